"""What does a feed link to besides its articles, and does it say that it is complete?

RFC 4287 has the links of a feed, RSS borrows them as atom:link, and RFC 5005 makes a chain of them by which the history
of a feed can be read.
"""

from __future__ import annotations

import re

from tracker.feeds.clean import plain_text, safe_link

RELATIONS = ("self", "next", "prev-archive", "current")
_LINK = re.compile(r"<(?:[\w-]+:)?link\s([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COMPLETE = re.compile(r"<[\w-]+:complete\s*/?>", re.IGNORECASE)
_HISTORY = "http://purl.org/syndication/history/1.0"
_LONGEST_LINK = 2000


def feed_links(outside: str, base: str) -> dict[str, str]:
    """The addresses that a feed gives for itself and its other pages, by RELATIONS; http(s) only, the first of each.

    `outside` is what stands outside of its items, `base` where relative links start.
    """
    found: dict[str, str] = {}
    for tag in _LINK.findall(outside):
        attributes = _attributes(tag)
        # RFC 4287, section 4.2.7.2: a relation may be written as its address at IANA.
        relation = attributes.get("rel", "").rpartition("/")[2].lower()
        if relation in RELATIONS and relation not in found:
            start = safe_link(attributes.get("xml:base", ""), base) or base
            link = safe_link(plain_text(attributes.get("href", ""), limit=_LONGEST_LINK), start)
            if link:
                found[relation] = link
    return found


def is_complete(outside: str) -> bool:
    """Whether a feed says that it shows all that it ever had (RFC 5005, section 2): what it lacks is gone."""
    return _HISTORY in outside and _COMPLETE.search(outside) is not None


def feed_base(outside: str, base: str) -> str:
    """Where the relative links of a feed start, going by its root's xml:base; `base` where it has none.

    >>> feed_base('<feed xml:base="/blog/">', "https://a.example/feed")
    'https://a.example/blog/'
    """
    root = _attributes(outside.partition(">")[0])
    return safe_link(plain_text(root.get("xml:base", ""), limit=_LONGEST_LINK), base) or base


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag)}
