"""Which items do local files and folders hold? Atom, RSS, JSON Feed, CSV and JSON Lines, packed or not.

A file proves by the rate at which it carries items, as a subscribed archive does (`rhythm.py`), so its pages prove
nothing by themselves. For that rate to be seen whole at both ends, some days more than the wanted ones are read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from tracker.errors import FeedError
from tracker.feeds.parse import MAX_BYTES, MAX_ENTRIES, parse_feed
from tracker.history.packed import MOST_UNPACKED, Document, documents, unpacked_name
from tracker.history.rows import LeftOut, csv_rows, items_of, json_lines, json_list
from tracker.history.source import Page, Wanted
from tracker.model import Item

_FORMATS = frozenset({".atom", ".rss", ".rdf", ".xml", ".json", ".csv", ".tsv", ".jsonl", ".ndjson"})
# A day is judged with the week around it.
_AROUND = timedelta(days=7)
_JSON_FEED = b"//jsonfeed.org/version"
_MOST_ON_A_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Files:
    """Files and folders; their paths are relative to the workspace `root` unless they are absolute."""

    root: Path
    most_unpacked: int = MOST_UNPACKED

    def pages(self, path: Path, wanted: Wanted) -> Iterator[Page]:
        """The items of a file, or of all files in a folder and those below it, in pages of some thousands.

        All are kept under the path's address. What a folder holds beside news is passed over; of a folder, a file that
        cannot be read is told and the others go on. FeedError for a file, or a folder without any.
        """
        whole = self.root / path
        feed = whole.relative_to(self.root).as_posix() if whole.is_relative_to(self.root) else str(whole)
        around = replace(wanted, since=_moved(wanted.since, -_AROUND), until=_moved(wanted.until, _AROUND))
        if not whole.is_dir():
            yield from self._file(whole, feed, feed, around)
            return
        found = [file for file in sorted(whole.rglob("*")) if _is_news(file.relative_to(whole)) and file.is_file()]
        if not found:
            raise FeedError("no feed, CSV or JSON Lines file in this folder", where=feed)
        for file in found:
            try:
                yield from self._file(file, f"{feed}/{file.relative_to(whole).as_posix()}", feed, around)
            except FeedError as error:
                yield Page(feed, "", (), note=str(error))

    def _file(self, path: Path, name: str, feed: str, wanted: Wanted) -> Iterator[Page]:
        try:
            for document in documents(path, most=self.most_unpacked):
                if path.suffix.lower() != ".zip":
                    yield from _pages(document, feed, wanted)
                elif _is_news(Path(document.name)):
                    yield from _member(document, feed, wanted)
        except FeedError as error:
            where = f"{name}: {error.where}" if error.where and path.suffix.lower() == ".zip" else name
            raise FeedError(error.what, where=where, mend=error.mend) from error


def _member(document: Document, feed: str, wanted: Wanted) -> Iterator[Page]:
    """The items of a file in a .zip; what is wrong is the file's."""
    try:
        yield from _pages(document, feed, wanted)
    except FeedError as error:
        raise FeedError(error.what, where=document.name, mend=error.mend) from error


def _pages(document: Document, feed: str, wanted: Wanted) -> Iterator[Page]:
    """A document's items; in what form it has them, its first letter tells rather than its name."""
    content = document.content
    start = content.peek(4096)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    left_out = LeftOut()
    if start.startswith(b"{") and document.name.lower().endswith(".json"):
        body = _whole(document)
        content = io.BufferedReader(io.BytesIO(body))
        start = body
    if start.startswith(b"<") or (start.startswith(b"{") and _JSON_FEED in start):
        yield _feed_page(content.read(MAX_BYTES + 1), feed, wanted)
    elif start.startswith(b"["):
        left_out = LeftOut("article")
        yield from _table(items_of(json_list(_whole(document)), feed, wanted, left_out), feed, wanted, left_out)
    elif start.startswith(b"{"):
        yield from _table(items_of(json_lines(content), feed, wanted, left_out), feed, wanted, left_out)
    elif start:
        yield from _table(items_of(csv_rows(content), feed, wanted, left_out), feed, wanted, left_out)
    else:
        raise FeedError("the file is empty")


def _feed_page(body: bytes, feed: str, wanted: Wanted) -> Page:
    parsed = parse_feed(body, address=feed, now=wanted.now, zone=wanted.zone)
    dated = [item for item in parsed.items if item.published]
    undated = len(parsed.items) - len(dated)
    notes = [f"{undated} of {len(parsed.items)} entries left out: without a readable date"] if undated else []
    if len(parsed.items) >= MAX_ENTRIES:
        notes.append(f"only the first {MAX_ENTRIES:,} entries are read")
    return Page(feed, parsed.title, wanted.of(dated), note="; ".join(notes), names=parsed.names)


def _table(items: Iterator[Item], feed: str, wanted: Wanted, left_out: LeftOut) -> Iterator[Page]:
    """The items of a table in pages; the note about what was left out stands on the last."""
    wanted_items = (item for item in items if wanted.since <= item.day <= wanted.until)
    while page := tuple(islice(wanted_items, _MOST_ON_A_PAGE)):
        yield Page(feed, "", page)
    if left_out.rows:
        yield Page(feed, "", (), note=str(left_out))


def _whole(document: Document) -> bytes:
    body = document.content.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise FeedError(
            f"too large: over {MAX_BYTES // 1_000_000} MB in one list",
            mend="write a line for each article, into a .jsonl file",
        )
    return body


def _is_news(path: Path) -> bool:
    """Whether a file in a folder is one of ours by its name; hidden ones and those in hidden folders are not."""
    if any(part.startswith(".") for part in path.parts):
        return False
    return path.suffix.lower() == ".zip" or Path(unpacked_name(path)).suffix.lower() in _FORMATS


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
