"""Did a feed end as a careful reader would want: in sound items, or in one clear error?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from broken_feeds.case import ADDRESS, NOW, Case
from tracker.model import Item

LONGEST_ERROR = 160
LONGEST_LINK = 10_000
_LONGEST = {"title": 500, "summary": 4_000}
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def complaints(
    case: Case, *, error: str = "", title: str = "", items: Sequence[Item] = (), address: str = ADDRESS
) -> list[str]:
    """What is wrong with how a case ended, each in a few words; nothing when all is well.

    `error` is the one error, without the feed's name; `title` is the feed's. `address` is where the document was.
    """
    found = [*_of_error(case, error), *_of_any_items(items), *_of_expected_items(case, error, items, address)]
    words = [error, title, *(part for item in items for part in (item.title, item.summary, item.link))]
    if not _is_fit(title):
        found.append("the feed's title is not fit to print")
    if case.absent:
        found += [f"{case.absent} in {word[:60]!r}" for word in words if re.search(case.absent, word)]
    return found


def _of_error(case: Case, error: str) -> Iterator[str]:
    if not error:
        if case.refused:
            yield f"was read, where an error ({case.refused}) was due"
        return
    if case.must_be_read:
        yield f"was refused: {error}"
    if case.refused and not re.search(case.refused, error):
        yield f"the error does not say {case.refused}: {error}"
    if not _is_fit(error) or len(error) > LONGEST_ERROR:
        yield f"the error is not one line fit to print: {error[:200]!r}"
    if re.search(r"[a-z]Error\b|a fault of tracker's own|object at 0x", error):
        yield f"the error is no sentence for a reader: {error}"


def _of_any_items(items: Sequence[Item]) -> Iterator[str]:
    if len({item.key for item in items}) < len(items):
        yield "two items have one key"
    for item in items:
        for field, longest in _LONGEST.items():
            text = getattr(item, field)
            if not _is_fit(text) or len(text) > longest or text != text.strip():
                yield f"the {field} is not a line fit to print: {text[:80]!r}"
        if not (item.title or item.link):
            yield "an item of nothing"
        if item.link and not _is_sound(item.link):
            yield f"the link is not fit to follow: {item.link[:80]!r}"
        if item.published and not _EARLIEST <= item.published <= NOW:
            yield f"dated {item.published}"
        if item.first_seen != NOW:
            yield f"first seen {item.first_seen}"
        if not re.fullmatch("[a-z]{2}", item.language):
            yield f"the language is {item.language!r}"


def _is_fit(text: str) -> bool:
    """Whether a text is one line without controls, halves of letters, and what is invisible or turns the direction."""
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text)


def _is_sound(link: str) -> bool:
    try:
        parts = urlsplit(link)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
    return sound and _is_fit(link) and not re.search(r"\s", link) and len(link) <= LONGEST_LINK


def _of_expected_items(case: Case, error: str, items: Sequence[Item], address: str) -> Iterator[str]:
    if error:
        return
    if case.items is not None and len(items) != case.items:
        yield f"{len(items)} items, where {case.items} were due"
    if len(items) < case.at_least:
        yield f"{len(items)} items, where at least {case.at_least} were due"
    for title in case.including:
        if title not in {item.title for item in items}:
            yield f"no item {title!r} among {[item.title for item in items][:5]}"
    moments = None if case.dates is None else [datetime.fromisoformat(date) if date else None for date in case.dates]
    for expected, got in (
        (case.titles, [item.title for item in items]),
        (case.summaries, [item.summary for item in items]),
        (case.sources, [item.source for item in items]),
        (moments, [item.published for item in items]),
    ):
        if expected is not None and list(expected) != got:
            yield f"{_short(got)}, where {_short(list(expected))} was due"
    links = [item.link for item in items]
    if case.links is not None and not _are(links, case.links, address):
        yield f"{_short(links)}, where {_short(list(case.links))} was due"


def _are(links: Sequence[str], expected: Sequence[str | tuple[str, ...]], address: str) -> bool:
    """Whether each link is what is expected of it, for a document at another address than the cases' own."""
    folder, host = address.rsplit("/", 1)[0], address.split("/", 3)[2]

    def moved(link: str) -> str:
        link = link.replace(ADDRESS, address).replace(ADDRESS.rsplit("/", 1)[0], folder)
        return link.replace("https://feed.example/", f"{address.split(':', 1)[0]}://{host}/")

    allowed = [{moved(one) for one in ((wanted,) if isinstance(wanted, str) else wanted)} for wanted in expected]
    return len(links) == len(allowed) and all(link in wanted for link, wanted in zip(links, allowed, strict=True))


def _short(values: Sequence[object]) -> str:
    different = ", ".join(str(value) if isinstance(value, datetime) else repr(value)[:70] for value in values[:3])
    return f"[{different}{', …' if len(values) > 3 else ''}]"
