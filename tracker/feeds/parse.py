"""What items does a feed's document hold?

What can be read of a broken document is read; what is no feed at all is refused with the reason.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text, safe_link
from tracker.feeds.dates import is_ahead, item_date
from tracker.feeds.encoding import decode
from tracker.feeds.identity import Identity, distinct_keys, publisher
from tracker.model import Item

MAX_BYTES = 10_000_000
# To be raised whenever the same document is read otherwise, so that documents read before are read again.
READING = 1
_MAX_TITLE = 500
_MAX_SUMMARY = 4000
_TITLE_FROM_SUMMARY = 140

# The first of these decides whether a document is a feed or a page; comments are passed over.
_START = re.compile(
    r"<!--.*?(?:-->|\Z)|(?P<page><(?:!doctype\s+html|html)\b)"
    r"|(?P<root><(?P<name>rss|(?:[\w-]+:)?(?:rdf|feed)|channel)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)")
_ENTRY_CLOSES = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
# What XML 1.0 (section 2.2) forbids, as a character or by its number; one of them would cost us the whole document.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")

# A feed, an entry or a part of one, as feedparser gives it.
Fields = dict[str, object]

_CYRILLIC_LANGUAGES = frozenset(
    {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "tt", "ba", "ce", "os", "ab"}
)
_ONLY_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "mk"})


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's title, its items in the document's order, and its language (ISO 639-1, empty when it claims none).

    `ahead` says that an entry claims a date after the moment of reading: read later, the document holds other items.
    """

    title: str
    items: tuple[Item, ...]
    language: str
    ahead: bool = False


def parse_feed(
    body: bytes,
    *,
    address: str,
    now: datetime,
    zone: tzinfo,
    content_type: str = "",
    base: str = "",
    language: str = "",
    archive: bool = False,
) -> ParsedFeed:
    """The items of an RSS, RDF or Atom document; FeedError, in one line, for what is not one.

    `address` names the subscription, `base` is where relative links start (the address after redirects), `language` the
    subscription's hint. Dates without a zone, and the day that an item counts for, are read in `zone`. An undated item
    counts for the day of `now`; in an archive it is left out, because an old report would pass for today's news.
    """
    if len(body) > MAX_BYTES:
        raise FeedError(f"too large: over {MAX_BYTES // 1_000_000} MB", where=address)
    document = _feed_part(decode(body, content_type), address)
    feed, entries = _read(document, address)
    claimed = _language_code(_text(feed, "language"))
    found = []
    for entry in entries:
        item = _item(entry, address, base or address, now, zone)
        if (item.title or item.link) and not (archive and item.published is None):
            spoken = _language_code(_text(_fields(entry, "title_detail"), "language")) or claimed
            text = f"{item.title} {item.summary}"
            found.append((_identity(entry, item), replace(item, language=_language(text, (spoken, language)))))
    keys = distinct_keys([identity for identity, _ in found])
    items = _latest(replace(item, key=key) for key, (_, item) in zip(keys, found, strict=True))
    ahead = any(is_ahead(_claims(entry), now=now, zone=zone) for entry in entries)
    return ParsedFeed(plain_text(_text(feed, "title"), limit=_MAX_TITLE), items, claimed, ahead)


def _feed_part(text: str, address: str) -> str:
    """The document from its root element on, without a last entry that was cut off.

    What stands before the root is left out, the document type with its entities first of all.
    """
    if not text.strip("\0 \t\r\n\ufeff"):
        raise FeedError("the document is empty", where=address)
    start = next((match for match in _START.finditer(text) if match["page"] or match["root"]), None)
    if start is None:
        raise FeedError(_stranger(text), where=address)
    if start["page"]:
        what = "this is an HTML page, not a feed; its address may have moved, or it asks for a login"
        raise FeedError(what, where=address)
    document = _FORBIDDEN.sub("", _REFERENCE.sub(_allowed_reference, text[start.start() :]))
    if f"</{start['name']}" in document or document.count("<") == 1:
        return document
    last_close = max((match.end() for match in _ENTRY_CLOSES.finditer(document)), default=0)
    if not last_close:
        raise FeedError("truncated: the document breaks off before the end of its first item", where=address)
    return document[:last_close]


def _stranger(text: str) -> str:
    """What a document is that is neither a feed nor a page."""
    element = _ELEMENT.search(text)
    if text.lstrip("\ufeff \t\r\n").startswith("<") and element:
        return f"not a feed: its outermost element is <{plain_text(element[1], limit=40)}>"
    return f"not XML: it begins with {plain_text(text[:200], limit=30)!r}"


def _allowed_reference(match: re.Match[str]) -> str:
    number = int(match[1]) if match[1] else int(match[2], 16)
    return "" if number > 0x10FFFF or _FORBIDDEN.match(chr(number)) else match[0]


def _read(document: str, address: str) -> tuple[Fields, list[Fields]]:
    """feedparser's feed and entries: HTML as it came (we strip it ourselves), relative links unresolved."""
    import feedparser

    try:
        parsed = feedparser.parse(
            io.BytesIO(document.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # its lenient parser raises nearly anything on nonsense
        raise FeedError(f"cannot be read as a feed: {type(error).__name__}", where=address) from error
    return parsed.feed, parsed.entries


def _item(entry: Fields, address: str, base: str, now: datetime, zone: tzinfo) -> Item:
    """An entry as an item, its key and language still empty."""
    summary = plain_text(_text(entry, "summary") or _content(entry), limit=_MAX_SUMMARY)
    title = plain_text(_text(entry, "title"), limit=_MAX_TITLE) or plain_text(summary, limit=_TITLE_FROM_SUMMARY)
    link = safe_link(_text(entry, "feedburner_origlink") or _text(entry, "link"), base)
    origin = _fields(entry, "source")
    source_url = next((found for name in ("href", "link", "id") if (found := safe_link(_text(origin, name)))), "")
    published = item_date(_claims(entry), now=now, zone=zone)
    return Item(
        key="",
        feed=address,
        source=publisher(link, source_url, address),
        title=title,
        summary=summary,
        link=link,
        language="",
        published=published,
        first_seen=now,
        day=(published or now).astimezone(zone).date(),
    )


def _claims(entry: Fields) -> list[str]:
    """What the entry says of its date, the best first."""
    return [_text(entry, name) for name in ("published", "updated", "created")]


def _identity(entry: Fields, item: Item) -> Identity:
    return Identity(_text(entry, "id"), item.link, item.title, _text(entry, "published"), item.source)


def _latest(items: Iterable[Item]) -> tuple[Item, ...]:
    """One item for each key: the latest version, at the place of the first."""
    kept: dict[str, Item] = {}
    for item in items:
        earlier = kept.get(item.key)
        if earlier is None or (earlier.published and item.published and item.published > earlier.published):
            kept[item.key] = item
    return tuple(kept.values())


def _language(text: str, claims: Sequence[str]) -> str:
    """The first claim that the letters do not contradict, else Russian for Cyrillic letters and English for the rest.

    A site's software says "en-US" of everything until somebody sets it.
    """
    cyrillic = sum("\u0400" <= character <= "\u04ff" for character in text)
    if cyrillic * 2 > sum(map(str.isalpha, text)):
        return next((claim for claim in claims if claim in _CYRILLIC_LANGUAGES), "ru")
    return next((claim for claim in claims if claim and claim not in _ONLY_CYRILLIC), "en")


def _language_code(claim: str) -> str:
    """ISO 639-1 of "en-GB" or "ru_RU"; empty for anything that does not begin with two letters of their own."""
    code = re.split("[-_]", claim.strip().lower())[0]
    return code if re.fullmatch("[a-z]{2}", code) else ""


def _content(entry: Fields) -> str:
    """An Atom entry's content, or RSS's content:encoded: the whole article, where the feed has it."""
    parts = dict.get(entry, "content")
    return (
        next((_text(part, "value") for part in parts if isinstance(part, dict)), "") if isinstance(parts, list) else ""
    )


def _text(fields: Fields, name: str) -> str:
    # dict.get: feedparser's own lookup answers "updated" with "published", and warns.
    value = dict.get(fields, name)
    return value if isinstance(value, str) else ""


def _fields(fields: Fields, name: str) -> Fields:
    value = dict.get(fields, name)
    return value if isinstance(value, dict) else {}
