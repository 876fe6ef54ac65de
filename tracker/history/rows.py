"""Which items do the rows of a table hold? CSV (RFC 4180, also with semicolons or tabs), JSON Lines, a list in JSON.

Columns are known by their usual names (columns.yaml). A row is left out, and told, when it cannot be read, says
nothing, or has no date that can be read: in an archive, an old report without a date would pass for today's news.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text, printable, safe_link
from tracker.feeds.dates import item_date
from tracker.feeds.encoding import decode
from tracker.feeds.identity import item_key, publisher
from tracker.history.source import Wanted
from tracker.model import Item
from tracker.text.language import language_of
from tracker.wording import counted

_ROLES = ("date", "title", "summary", "link", "source", "feed", "language")
_LONGEST_ROW = 1_000_000
_MAX_TITLE = 500
_MAX_SUMMARY = 4000
_TITLE_FROM_SUMMARY = 140
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}")

Row = Mapping[str, Any]
"""A row by its columns' names; None stands for a row that cannot be read."""


@dataclass(slots=True)
class LeftOut:
    """The rows that were left out so far, and why the first one was. `place` is what is counted to name a row."""

    place: str = "line"
    rows: int = 0
    of: int = 0
    first: str = ""

    def add(self, number: int, why: str) -> None:
        """One more, at a place counted from 1."""
        self.rows += 1
        self.first = self.first or f"{self.place} {number} {why}"

    def __str__(self) -> str:
        return f"{self.rows} of {counted(self.of, 'row')} left out: {self.first}" if self.rows else ""


def items_of(rows: Iterable[tuple[int, Row | None]], feed: str, wanted: Wanted, left_out: LeftOut) -> Iterator[Item]:
    """The items of some rows with their lines; `feed` is the address under which they are kept."""
    for line, row in rows:
        left_out.of += 1
        if row is None:
            left_out.add(line, "cannot be read")
            continue
        item = _item(row, feed, wanted)
        if isinstance(item, str):
            left_out.add(line, item)
        else:
            yield item


def csv_rows(content: io.BufferedReader) -> Iterator[tuple[int, Row | None]]:
    """The rows of a table with its columns' names in the first line; FeedError when it has none for date and title."""
    lines = _lines(content)
    header = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t|", key=lambda mark: len(_known(_cells(header, mark))))
    names = _cells(header, delimiter)
    known = _known(names)
    if "date" not in known or not {"title", "summary"} & known:
        missing = "the date" if "date" not in known else "the title"
        shown = printable(", ".join(names))[:100] or "nothing"
        mend = f"call it {_some('date' if 'date' not in known else 'title')}"
        raise FeedError(f"no column for {missing}: the first line says {shown}", mend=mend)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield reader.line_num + 1, None
            continue
        if cells is None:
            return
        if cells:
            yield reader.line_num + 1, dict(zip(names, cells, strict=False))


def json_lines(content: io.BufferedReader) -> Iterator[tuple[int, Row | None]]:
    """The rows of JSON Lines: an object in each line, blank lines apart."""
    for number, line in enumerate(_lines(content), 1):
        if line.strip():
            try:
                row = json.loads(line, strict=False)
            except (ValueError, RecursionError):
                row = None
            yield number, row if isinstance(row, dict) else None


def json_list(body: bytes) -> Iterator[tuple[int, Row | None]]:
    """The rows of a list in JSON, counted from 1; FeedError when it is no list."""
    try:
        rows = json.loads(decode(body), strict=False)
    except (ValueError, RecursionError) as error:
        raise FeedError("cannot be read: it breaks off, or is no JSON") from error
    if not isinstance(rows, list):
        raise FeedError("not a list of articles, nor a JSON Feed")
    return ((number, row if isinstance(row, dict) else None) for number, row in enumerate(rows, 1))


def _item(row: Row, feed: str, wanted: Wanted) -> Item | str:
    """A row's item, or why it has none."""
    said = _said(row)
    summary = plain_text(next(iter(said["summary"]), ""), limit=_MAX_SUMMARY)
    title = plain_text(next(iter(said["title"]), ""), limit=_MAX_TITLE) or plain_text(
        summary, limit=_TITLE_FROM_SUMMARY
    )
    link = next((link for claim in said["link"] if (link := safe_link(claim))), "")
    if not title:
        return "has no title"
    published = item_date(said["date"], now=wanted.now, zone=wanted.zone)
    if published is None:
        return f"has no readable date ({printable(said['date'][0])[:40]})" if said["date"] else "has no date"
    source = _source(said, link, feed)
    return Item(
        key=item_key("", link, title, said["date"][0], source),
        feed=feed,
        source=source,
        title=title,
        summary=summary,
        link=link,
        language=_language(said["language"], f"{title} {summary}"),
        published=published,
        first_seen=wanted.now,
        day=published.astimezone(wanted.zone).date(),
    )


def _said(row: Row) -> dict[str, list[str]]:
    """What a row says in each role, the best column first, empty cells left out."""
    found: dict[str, list[tuple[int, str]]] = {role: [] for role in _ROLES}
    for name, value in row.items():
        place = _places().get(_plain(str(name)))
        text = _text(value) if place else ""
        if place and text:
            found[place[0]].append((place[1], text))
    return {role: [text for _, text in sorted(claims)] for role, claims in found.items()}


def _text(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case bool() | None:
            return ""
        case int() | float():
            return f"{value:.0f}" if abs(value) < 1e15 else ""
        case dict():  # {"id": …, "name": "Reuters"}, as news services give their sources
            return next((text for name in ("url", "href", "domain", "name") if (text := _text(value.get(name)))), "")
        case _:
            return ""


def _source(said: Mapping[str, Sequence[str]], link: str, feed: str) -> str:
    """The publisher: what the row names as an address or a host, else the link's, else the feed's, else a bare name."""
    named = next(iter(said["source"]), "")
    origin = safe_link(f"https://{named}" if _HOST.fullmatch(named) else named)
    carried = next((address for claim in said["feed"] if (address := safe_link(claim))), "")
    if origin or link or carried or not named:
        return publisher(link, origin, carried or feed)
    return plain_text(named, limit=100).casefold()


def _language(claims: Sequence[str], text: str) -> str:
    """ISO 639-1 by a claim of two letters, else Russian for Cyrillic letters and English for the rest."""
    code = next((found[0] for claim in claims if (found := re.match(r"[a-z]{2}(?=[-_]|$)", claim.lower()))), "")
    return code or language_of(text)


def _lines(content: io.BufferedReader) -> Iterator[str]:
    """The lines of a text, each read in its own encoding: files put together from several feeds have more than one.

    A line that is longer than any row comes in pieces.
    """
    mark = content.peek(2)[:2]
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        yield from io.TextIOWrapper(content, "utf-16", errors="replace", newline="")
        return
    while line := content.readline(_LONGEST_ROW):
        yield decode(line)


def _some(role: str) -> str:
    """A few names that a column may have."""
    *names, last = _names()[role][:3]
    return f"{', '.join(names)} or {last}"


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _known(names: Iterable[str]) -> set[str]:
    """The roles that some columns have."""
    return {place[0] for name in names if (place := _places().get(_plain(name)))}


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name.casefold().lstrip("\ufeff"))


@cache
def _places() -> dict[str, tuple[str, int]]:
    """The role of a column's name, and how good a name it is for it."""
    return {_plain(name): (role, place) for role, names in _names().items() for place, name in enumerate(names)}


@cache
def _names() -> dict[str, list[str]]:
    table = yaml.load(files("tracker.history").joinpath("columns.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    if tuple(table) != _ROLES:
        raise ValueError(f"columns.yaml: {', '.join(table)} where {', '.join(_ROLES)} are known")
    return dict(table)
