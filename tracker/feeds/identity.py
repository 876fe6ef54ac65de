"""Which item is this, and who published it?

An item keeps its key when the same article comes again from another poll, another feed of the same publisher or after
the database was rebuilt: the key is made of the item's own words and depends on nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

_KEY_LENGTH = 16
_HAS_TIME = re.compile(r"(?<!\d)(?!00:00(?::00)?(?!:?\d))\d{1,2}:\d\d")
# An address as nearly all are written, in the parts that urlsplit makes of it.
_PLAIN_LINK = re.compile(r"""https?://([a-z0-9.-]+)((?:/[!-"$->@-~]*)?)(?:\?([!-"$-~]*))?(?:#([!-~]*))?""")


class Identity(NamedTuple):
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


class Names(NamedTuple):
    """How one entry of a document is known: its key, and what else it may be recognised by when its guid changes.

    `link` and `title` are digests like the key, of the link and of title with date. Each is empty where the entry has
    no such thing, where another article of the document has the same, and where it is what the key is made of.
    """

    key: str
    link: str = ""
    title: str = ""


def distinct_names(entries: Sequence[Identity]) -> list[Names]:
    """The names of each entry of one document, in order; a guid or link shared by different articles makes no key.

    Equal keys remain where one article is listed twice: same guid and same link.
    """
    all_links = [_link_name(entry.link) for entry in entries]
    titles = [_title_name(entry.title, entry.published, entry.source) for entry in entries]
    guids = [
        link if entry.guid == entry.link and link else _guid_name(entry.guid, entry.source)
        for entry, link in zip(entries, all_links, strict=True)
    ]
    shared_guids = _shared(guids, [link or title for link, title in zip(all_links, titles, strict=True)])
    guids = ["" if guid in shared_guids else guid for guid in guids]
    # A link is judged only among the entries that have nothing better.
    linked = ["" if guid else link for guid, link in zip(guids, all_links, strict=True)]
    shared_links = _shared(linked, [entry.title for entry in entries])
    links = ["" if link in shared_links else link for link in all_links]
    grounds = [guid or link or title for guid, link, title in zip(guids, links, titles, strict=True)]
    # Without the publisher: a feed that moves to another domain tells the same articles. A day alone is too coarse:
    # many a ministry has several statements of one title on it.
    dated = [
        _title_name(one.title, one.published, "") if one.title and _HAS_TIME.search(one.published) else ""
        for one in entries
    ]
    others = zip(grounds, _other_names(all_links, grounds), _other_names(dated, grounds), strict=True)
    return [Names(_digest(ground), link, title) for ground, link, title in others]


def _other_names(names: Sequence[str], grounds: Sequence[str]) -> list[str]:
    """The digests of names that belong to one key alone and are not what it is made of; the others empty."""
    shared = _shared(names, grounds)
    return [
        _digest(name) if name and name != ground and name not in shared else ""
        for name, ground in zip(names, grounds, strict=True)
    ]


def publisher(link: str, source_url: str, feed_address: str) -> str:
    """The publisher's registrable domain, by the item's own source, else its link, else the feed's address.

    >>> publisher("https://news.bbc.co.uk/x", "", ""), publisher("", "https://en.trend.az/", "")
    ('bbc.co.uk', 'trend.az')
    """
    for address in (source_url, link, feed_address):
        host = _parts(address)[0]
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
    host, path, query, fragment = _parts(link)
    if not host:
        return ""
    if query:
        query = "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))
    # "#!/news/1" and "#/news/1" are pages of a site that runs in the browser.
    fragment = f"#{fragment}" if fragment.startswith(("!", "/")) else ""
    path = path.rstrip("/")
    place = f"{path}?{query}{fragment}" if path and query else f"{path}{query}{fragment}"
    return f"{host.removeprefix('www.')}{place}" if place else ""


def _parts(address: str) -> tuple[str, str, str, str]:
    """Host, path, query and fragment of an http(s) address; the host is empty for any other."""
    plain = _PLAIN_LINK.fullmatch(address)
    if plain:
        host, path, query, fragment = plain.groups("")
        return host, path, query, fragment
    try:
        parts = urlsplit(address.strip())
        if parts.scheme in ("http", "https"):
            return parts.hostname or "", parts.path, parts.query, parts.fragment
    except ValueError:
        pass
    return "", "", "", ""


def _title_name(title: str, published: str, source: str) -> str:
    return "\n".join((source, " ".join(title.casefold().split()), published.strip()))


def _shared(names: Sequence[str], witnesses: Sequence[str]) -> set[str]:
    """The names that stand for more than one thing, by their witnesses."""
    seen = defaultdict(set)
    for name, witness in zip(names, witnesses, strict=True):
        seen[name].add(witness)
    return {name for name, known in seen.items() if name and len(known) > 1}


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]


@lru_cache(maxsize=10_000)
def _registrable(host: str) -> str:
    """The registrable domain of a host by the Public Suffix List (https://publicsuffix.org/list/), or the host itself.

    An address in figures is one, and so is a suffix alone.
    """
    if ":" in host or host.replace(".", "").isdigit():
        return host
    labels = host.removesuffix(".").split(".")
    length = _suffix_length([_in_letters(label) for label in labels])
    return ".".join(labels[-length - 1 :]) if length < len(labels) and all(labels) else host


def _suffix_length(labels: Sequence[str]) -> int:
    """How many labels the public suffix of a host has: the longest rule that fits, one where none does."""
    rules = _suffix_rules()
    for length in range(len(labels), 0, -1):
        name = ".".join(labels[-length:])
        if f"!{name}" in rules:  # an exception from the rule for all names below the next label
            return length - 1
        if f"*.{name}" in rules:
            return min(length + 1, len(labels))
        if name in rules:
            return length
    return 1


def _in_letters(label: str) -> str:
    """A label of an international name in its own letters, in which the list has it."""
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


@cache
def _suffix_rules() -> frozenset[str]:
    """The rules of the list that publicsuffixlist brings along; its own reader takes ten times as long."""
    from importlib.resources import files

    text = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text("utf-8")
    return frozenset(text.split("\n"))


@lru_cache(maxsize=4096)
def _is_tracking(parameter: str) -> bool:
    return _tracking().match(parameter) is not None


@cache
def _tracking() -> re.Pattern[str]:
    from fnmatch import translate
    from importlib.resources import files

    lines = files("tracker.feeds").joinpath("tracking.txt").read_text("utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    # A name alone means the parameter with any value, or none.
    wanted = [form for name in patterns for form in ([name] if "=" in name else [name, f"{name}=*"])]
    return re.compile("|".join(map(translate, wanted)), re.IGNORECASE)
