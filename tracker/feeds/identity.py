"""Which item is this, and who published it?

An item keeps its key when the same article comes again from another poll, another feed of the same publisher or after
the database was rebuilt: the key is made of the item's own words and depends on nothing else.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What an entry says of who it is: as claimed by the feed, each empty when missing.

    `published` is the feed's own wording of the date, because what we make of it may change from poll to poll.
    `source` is the publisher, within which a bare guid such as "4711" is unique.
    """

    guid: str
    link: str
    title: str
    published: str
    source: str


def item_key(guid: str, link: str, title: str, published: str, source: str = "") -> str:
    """A stable key of 16 hexadecimal digits: from the guid, else the link, else title and date.

    Scheme, `www.`, fragment and tracking parameters of addresses do not count, so that neither a move to https nor
    BBC's counter (`…#0`, `…#1`) makes a new item.

    >>> key = item_key("https://www.bbc.com/news/c1#2", "", "", "")
    >>> key == item_key("", "http://bbc.com/news/c1?at_medium=RSS", "", "")
    True
    """
    names = (_guid_name(guid, source), _link_name(link), _title_name(title, published, source))
    return _digest(next(name for name in names if name))


def distinct_keys(entries: Sequence[Identity]) -> list[str]:
    """The key of each entry of one document, in order, where a guid or link shared by different articles is not used.

    Equal keys remain where one article is listed twice: same guid and same link.
    """
    guids = [_guid_name(entry.guid, entry.source) for entry in entries]
    links = [_link_name(entry.link) for entry in entries]
    titles = [_title_name(entry.title, entry.published, entry.source) for entry in entries]
    shared_guids = _shared(guids, [link or title for link, title in zip(links, titles, strict=True)])
    guids = ["" if guid in shared_guids else guid for guid in guids]
    # A link is judged only among the entries that have nothing better.
    linked = ["" if guid else link for guid, link in zip(guids, links, strict=True)]
    shared_links = _shared(linked, [entry.title for entry in entries])
    links = ["" if link in shared_links else link for link in links]
    return [_digest(guid or link or title) for guid, link, title in zip(guids, links, titles, strict=True)]


def publisher(link: str, source_url: str, feed_address: str) -> str:
    """The publisher's registrable domain, by the item's own source, else its link, else the feed's address.

    >>> publisher("https://news.bbc.co.uk/x", "", ""), publisher("", "https://en.trend.az/", "")
    ('bbc.co.uk', 'trend.az')
    """
    for address in (source_url, link, feed_address):
        host = _host(address)
        if host:
            return _registrable(host)
    return feed_address


def _guid_name(guid: str, source: str) -> str:
    guid = guid.strip()
    if not guid or guid.lower().startswith(("tag:", "urn:")):
        return guid
    # A guid that is no address is unique within its publisher at best: many a site counts its articles from 1.
    return _link_name(guid) or f"{source} {guid}"


def _link_name(link: str) -> str:
    """An address without what does not tell articles apart; empty for a home page or for what is no address."""
    host = _host(link)
    if not host:
        return ""
    parts = urlsplit(link.strip())
    kept = [pair for pair in parts.query.split("&") if pair and not _tracking().match(pair)]
    # "#!/news/1" and "#/news/1" are pages of a site that runs in the browser.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    place = "?".join(filter(None, (parts.path.rstrip("/"), "&".join(kept)))) + (f"#{fragment}" if fragment else "")
    return f"{host.removeprefix('www.')}{place}" if place else ""


def _title_name(title: str, published: str, source: str) -> str:
    return "\n".join((source, " ".join(title.casefold().split()), published.strip()))


def _shared(names: Sequence[str], witnesses: Sequence[str]) -> set[str]:
    """The names that stand for more than one thing, by their witnesses."""
    seen = defaultdict(set)
    for name, witness in zip(names, witnesses, strict=True):
        seen[name].add(witness)
    return {name for name, known in seen.items() if name and len(known) > 1}


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]


def _host(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        return parts.hostname or "" if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


@lru_cache(maxsize=10_000)
def _registrable(host: str) -> str:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _private_suffix()(host) or host
    return host


@cache
def _private_suffix() -> Callable[[str], str | None]:
    """The registrable domain of a host by the bundled Public Suffix List (https://publicsuffix.org/)."""
    from publicsuffixlist import PublicSuffixList

    find: Callable[[str], str | None] = PublicSuffixList().privatesuffix
    return find


@cache
def _tracking() -> re.Pattern[str]:
    lines = files("tracker.feeds").joinpath("tracking.txt").read_text("utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    # A name alone means the parameter with any value, or none.
    wanted = [form for name in patterns for form in ([name] if "=" in name else [name, f"{name}=*"])]
    return re.compile("|".join(map(translate, wanted)), re.IGNORECASE)
