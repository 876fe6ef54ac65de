"""What items does a feed's document hold?

What can be read of a broken document is read; what is no feed at all is refused with the reason. A plain document is
read the fast way, any other by the reference, and the items come out the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from tracker.errors import FeedError
from tracker.feeds.channel import RELATIONS, feed_base, feed_links, is_complete
from tracker.feeds.clean import plain_text, safe_link
from tracker.feeds.dates import believable, claimed_moments
from tracker.feeds.document import feed_part, outside_items
from tracker.feeds.encoding import decode
from tracker.feeds.entry import Entry
from tracker.feeds.fast import read_fast
from tracker.feeds.identity import Identity, distinct_names, publisher
from tracker.feeds.json_feed import is_json_feed, read_json_feed
from tracker.feeds.lasting import lasting
from tracker.feeds.reference import read_reference
from tracker.feeds.wishes import Wishes
from tracker.model import Item

MAX_BYTES = 10_000_000
MAX_ENTRIES = 5_000
# To be raised whenever the same document is read otherwise, so that documents read before are read again.
READING = 3
_MAX_TITLE = 500
_MAX_SUMMARY = 4000
_TITLE_FROM_SUMMARY = 140
# After so many dates that nobody can read, a document's others are not puzzled over either.
_MAX_UNREAD = 100

_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_CYRILLIC_LANGUAGES = frozenset(
    {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "tt", "ba", "ce", "os", "ab"}
)
_ONLY_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "mk"})


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's title, its items in the document's order, and its language (ISO 639-1, empty when it claims none).

    `ahead` says that an entry claims a date after the moment of reading: read later, the document holds other items.
    `wishes` is what the feed asks of its readers, `lasts` how long an item stays on it, None where dates do not tell.
    `names` has for each item's key the digests of its link and of its title with date, as far as they are its own.
    `links` are the feed's own addresses by relation (RFC 5005), `complete` that it shows all that it ever had.
    """

    title: str
    items: tuple[Item, ...]
    language: str
    ahead: bool = False
    wishes: Wishes = Wishes()  # noqa: RUF009 (frozen)
    lasts: timedelta | None = None
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False


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
    dates_in: tzinfo | None = None,
    size: int = MAX_BYTES,
) -> ParsedFeed:
    """The items of an RSS, RDF, Atom or JSON Feed document; FeedError, in one line, for what is not one.

    `address` names the subscription, `base` is where relative links start (the address after redirects), `language` the
    subscription's hint. The day that an item counts for is that of `zone`; dates that name no zone are read in
    `dates_in`, by default the same. An undated item counts for the day of `now`; in an archive it is left out, because
    an old report would pass for today's news. A document has `size` bytes at most, and of more than MAX_ENTRIES entries
    the first are read.
    """
    if len(body) > size:
        raise FeedError(f"too large: over {size / 1_000_000:g} MB", where=address)
    base = base or address
    text = decode(body, content_type)
    if is_json_feed(text):
        feed, said = read_json_feed(text, address, limit=MAX_ENTRIES)
        outside = ""
        links = {relation: link for relation in RELATIONS if (link := safe_link(said.get(relation, ""), base))}
    else:
        document = feed_part(text, address)
        fast = read_fast(document, limit=MAX_ENTRIES)
        feed = fast or read_reference(document, address, limit=MAX_ENTRIES, base=base)
        outside = outside_items(document)
        links = feed_links(outside, feed_base(outside, base))
    claimed = _language_code(feed.language)
    items, names, ahead = _items(
        feed.entries, _Reading(address, base, now, zone, dates_in or zone, (claimed, language), archive)
    )
    return ParsedFeed(
        title=plain_text(feed.title, limit=_MAX_TITLE),
        items=items,
        language=claimed,
        ahead=ahead,
        wishes=Wishes.of(outside),
        lasts=lasting((item.published for item in items), now),
        names=names,
        links=links,
        complete=is_complete(outside),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """All but the document that decides on what is read. `languages`: what the feed claims, and the hint."""

    address: str
    base: str
    now: datetime
    zone: tzinfo
    dates_in: tzinfo
    languages: tuple[str, str]
    archive: bool


def _items(entries: Sequence[Entry], reading: _Reading) -> tuple[tuple[Item, ...], dict[str, tuple[str, str]], bool]:
    """The items with their other names, and whether an entry claims a date ahead of the reading.

    Of entries with one key the latest version is kept, at the place of the first.
    """
    identities, drafts = [], []
    ahead = False
    unread = 0
    for entry in entries:
        moments = claimed_moments(entry.claims, reading.dates_in, in_words=unread < _MAX_UNREAD)
        unread += not moments and any(entry.claims)
        ahead = ahead or max(moments, default=reading.now) > reading.now
        published = believable(moments, reading.now)
        if reading.archive and published is None:
            continue
        summary = plain_text(entry.summary, limit=_MAX_SUMMARY)
        title = plain_text(entry.title, limit=_MAX_TITLE) or plain_text(summary, limit=_TITLE_FROM_SUMMARY)
        stated = safe_link(entry.link, reading.base)
        link = stated or safe_link(entry.permalink)
        if title or link:
            source_url = next(filter(None, map(safe_link, entry.sources)), "")
            source = publisher(link, source_url, reading.address)
            # A link that is the guid is no second witness of which article this is.
            identities.append(Identity(entry.guid, stated, title, entry.published, source))
            claimed = moments[0] if moments and moments[0] > reading.now and not reading.archive else None
            drafts.append((link, summary, published, claimed, _language_code(entry.language)))
    items: dict[str, Item] = {}
    names: dict[str, tuple[str, str]] = {}
    for known, identity, draft in zip(distinct_names(identities), identities, drafts, strict=True):
        link, summary, published, claimed, spoken = draft
        earlier = items.get(known.key)
        if earlier and not (earlier.published and published and published > earlier.published):
            continue
        claims = (spoken or reading.languages[0], reading.languages[1])
        names[known.key] = (known.link, known.title)
        items[known.key] = Item(
            key=known.key,
            feed=reading.address,
            source=identity.source,
            title=identity.title,
            summary=summary,
            link=link,
            language=_language(f"{identity.title} {summary}", claims),
            published=published,
            first_seen=reading.now,
            day=(published or reading.now).astimezone(reading.zone).date(),
            claimed=claimed,
        )
    return tuple(items.values()), names, ahead


def _language(text: str, claims: Sequence[str]) -> str:
    """The first claim that the letters do not contradict, else Russian for Cyrillic letters and English for the rest.

    A site's software says "en-US" of everything until somebody sets it.
    """
    if _is_cyrillic(text):
        return next((claim for claim in claims if claim in _CYRILLIC_LANGUAGES), "ru")
    return next((claim for claim in claims if claim and claim not in _ONLY_CYRILLIC), "en")


def _is_cyrillic(text: str) -> bool:
    """Whether more than half of the letters are Cyrillic."""
    if text.isascii():
        return False
    cyrillic = sum(map(len, _CYRILLIC.findall(text)))
    # Most texts are decided by this; the letters are counted one by one only where the alphabets mix.
    if cyrillic == 0 or cyrillic * 2 > len(text):
        return cyrillic > 0
    return cyrillic * 2 > sum(map(str.isalpha, text))


@lru_cache(maxsize=1024)
def _language_code(claim: str) -> str:
    """ISO 639-1 of "en-GB" or "ru_RU"; empty for anything that does not begin with two letters of their own."""
    code = re.split("[-_]", claim.strip().lower())[0]
    return code if re.fullmatch("[a-z]{2}", code) else ""
