"""Which feeds does a page name, and where would a site's feed usually be?

A page names its feeds in its head (https://www.rssboard.org/rss-autodiscovery); many name them in a link of their text
alone, and some nowhere. Nothing is fetched here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tracker.feeds.clean import plain_text, safe_link
from tracker.feeds.encoding import decode

_TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RSS",
    "application/feed+json": "JSON Feed",
}
# The last part of an address, or one of its parameters, says that a feed is there.
_FEED_PATH = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:/[\w-]+)?(?:\.(?:xml|rss|atom|json|php))?/?$"
    r"|\.(?:rss|atom|rdf)$|(?:rss|atom|feed|index)[\w-]*\.xml$|/feed\.json$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(r"(?:^|[?&])(?:feed|format|type|alt|output)=(?:rss2?|atom|feed|rdf)\b", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|комментари|kommentar|yorum", re.IGNORECASE)
_PLACES = ("feed", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feeds/all.atom", "feed.json", "?feed=rss2")
_MAX_TITLE = 200
_MAX_FOUND = 50
# The head of a page and a long text; a page of many megabytes is no page to look for feeds in.
_LONGEST_PAGE = 2_000_000


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed that a page names: its address, its title or the text of its link, and what kind the page says it is.

    `title` and `kind` (RSS, Atom, JSON Feed) are empty where the page does not say.
    """

    address: str
    title: str = ""
    kind: str = ""


def discover(html: bytes, base: str, content_type: str = "") -> list[Discovered]:
    """The feeds that a page of the address `base` names, http(s) only, each once, 50 at most.

    Those of its head come first, then links that look like feeds, and feeds of comments last of all. Never raises.

    >>> discover(b'<link rel="alternate" type="application/rss+xml" title="News" href="/rss">', "https://a.example/")
    [Discovered(address='https://a.example/rss', title='News', kind='RSS')]
    """
    page = _Page()
    page.feed(decode(html, content_type)[:_LONGEST_PAGE])
    page.close()
    base = safe_link(page.base, base) or base
    found: dict[str, Discovered] = {}
    for link, title, kind in [*page.named, *((link, title, "") for link, title in page.links)]:
        address = safe_link(link, base).partition("#")[0]
        if address and (kind or _looks_like_a_feed(address)):
            found.setdefault(address, Discovered(address, plain_text(title, limit=_MAX_TITLE), kind))
    found.pop(base, None)
    ordered = sorted(found.values(), key=lambda feed: bool(_COMMENTS.search(f"{feed.title} {feed.address}")))
    return ordered[:_MAX_FOUND]


def guesses(base: str) -> list[str]:
    """The addresses at which feeds usually are, the more usual first: below the page's own folder, then the site's.

    Empty when `base` is no http(s) address.

    >>> guesses("https://a.example/blog/")[:2], guesses("https://a.example/blog/")[9]
    (['https://a.example/blog/feed', 'https://a.example/blog/rss'], 'https://a.example/feed')
    """
    if not safe_link(base):
        return []
    parts = urlsplit(base)
    folder = parts.path.rpartition("/")[0]
    last = parts.path.rpartition("/")[2]
    # "/blog" without an ending is a folder too, whatever its server says; "/news/page.html" is none.
    folders = [f"{folder}/{last}" if last and "." not in last else folder, ""]
    site = f"{parts.scheme}://{parts.netloc}"
    return list(dict.fromkeys(f"{site}{folder}/{place}" for folder in folders for place in _PLACES))


def _looks_like_a_feed(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query))


class _Page(HTMLParser):
    """Collects what a page says of feeds: `named` in <link> with title and kind, `links` with their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.named: list[tuple[str, str, str]] = []
        self.links: list[tuple[str, str]] = []
        self._is_in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}  # of two with one name the first counts
        href = attributes.get("href", "").strip()
        if tag == "base" and href and not self.base:
            self.base = href
        elif tag == "link" and href:
            kind = _TYPES.get(attributes.get("type", "").partition(";")[0].strip().lower(), "")
            # HTML 4 and 5 say "alternate"; "feed" was proposed (https://www.ietf.org/archive/id/draft-ietf-httpbis-feed-link-01.html).
            if kind and {"alternate", "feed"} & set(attributes.get("rel", "").lower().split()):
                self.named.append((href, attributes.get("title", ""), kind))
        elif tag == "a":
            self._is_in_link = bool(href)
            if href:
                self.links.append((href, attributes.get("title", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._is_in_link = False

    def handle_data(self, data: str) -> None:
        if self._is_in_link and len(self.links[-1][1]) < _MAX_TITLE:
            href, title = self.links[-1]
            self.links[-1] = (href, f"{title} {data}".strip())
