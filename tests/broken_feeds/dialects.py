"""Which feeds are of a rarer kind, or of one kind with the manners of another?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import STORIES, TITLES, WHOLE, atom, atom10, json_feed, podcast, rdf, rss, rss091, rss20, videos
from broken_feeds.case import Case, Document, cases_of

_ALL = {"titles": TITLES}
_DATED = {"titles": TITLES, "dates": tuple(story.iso for story in STORIES)}
_LINKED = {"links": tuple(story.link for story in STORIES)}
_TEXTS = {"summaries": tuple(story.text for story in STORIES)}
_PREFIXED = re.sub(r"(</?)(\w)", r"\1a:\2", atom10()).replace("xmlns=", "xmlns:a=")
_RSS = "<title>One</title><link>https://a.example/1</link>"

_KINDS: dict[str, tuple[Document, dict[str, Any]]] = {
    "RSS 2.0": (rss20(), _DATED | _TEXTS),
    "RSS 0.91": (rss091(), _ALL | _LINKED | _TEXTS),
    "RSS 0.92": (rss091().replace("0.91", "0.92"), _ALL | _LINKED),
    "RSS 0.90": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
        f"<channel><title>T</title></channel><item>{_RSS}</item></rdf:RDF>",
        {"titles": ("One",), "links": ("https://a.example/1",)},
    ),
    "RSS 1.0": (rdf(), _DATED | _LINKED | _TEXTS),
    "Atom 1.0": (atom10(), _DATED | _LINKED | _TEXTS),
    "Atom 0.3": (
        atom10()
        .replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
        .replace("<feed", '<feed version="0.3"'),
        _ALL,
    ),
    "Atom under a prefix": (_PREFIXED, _DATED | _LINKED),
    "RSS under a name": (rss20().replace("<rss ", '<rss xmlns="http://backend.userland.com/rss2" ', 1), _DATED),
    "RSS under the name of RSS 1.0": (rss20().replace("<rss ", '<rss xmlns="http://purl.org/rss/1.0/" ', 1), _ALL),
    "RSS under the name of Atom": (rss20().replace("<rss ", '<rss xmlns="http://www.w3.org/2005/Atom" ', 1), _ALL),
    "RSS under a prefix": (
        rss(_RSS).replace("<rss ", '<r:rss xmlns:r="http://backend.userland.com/rss2" ').replace("</rss", "</r:rss"),
        {},
    ),
    "RSS in capitals": (
        re.sub(r"<(/?)(rss|channel|item|title|link)\b", lambda tag: tag[0].upper(), rss(_RSS)),
        {"titles": ("One",)},
    ),
    "RSS in mixed letters": (rss(_RSS).replace("item>", "Item>").replace("title>", "Title>"), {"titles": ("One",)}),
    "RDF with its prefix in capitals": (rdf().replace("rdf:", "RDF:").replace("xmlns:rdf", "xmlns:RDF"), _ALL),
    "a channel as the root": (f"<channel><title>T</title><item>{_RSS}</item></channel>", {"titles": ("One",)}),
    "items beside the channel": (
        f"<rss version='2.0'><channel><title>T</title></channel><item>{_RSS}</item></rss>",
        {"titles": ("One",)},
    ),
    "items without a channel": (f"<rss version='2.0'><item>{_RSS}</item></rss>", {"titles": ("One",)}),
    "two channels": (
        (
            f"<rss version='2.0'><channel><item>{_RSS}</item></channel><channel>"
            f"<item>{_RSS.replace('One', 'Two').replace('/1', '/2')}</item></channel></rss>"
        ),
        {"titles": ("One", "Two")},
    ),
    "items within RDF's list": (f"<rss version='2.0'><channel><items><item>{_RSS}</item></items></channel></rss>", {}),
    "Atom's entries in RSS": (rss(_RSS).replace("item>", "entry>"), {}),
    "RSS's items in Atom": (atom(_RSS).replace("entry>", "item>"), {}),
    "an entry alone": (f'<entry xmlns="http://www.w3.org/2005/Atom">{_RSS}</entry>', {}),
    "version 3.0": (rss20().replace("version='2.0'", "version='3.0'"), _ALL),
    "no version": (rss20().replace(" version='2.0'", ""), _ALL),
    "a feed that calls itself HTML": (rss20(), _ALL | {"content_type": "text/html; charset=utf-8"}),
    "a feed that calls itself JSON": (rss20(), _ALL | {"content_type": "application/json"}),
    "a feed that calls itself a picture": (rss20(), _ALL | {"content_type": "image/png"}),
    "a feed that calls itself nonsense": (rss20(), _ALL | {"content_type": "\x00;;;charset=;charset"}),
    "JSON that calls itself XML": (json_feed(), _ALL | {"content_type": "text/xml"}),
    "an Atom feed with its entries' sources": (
        atom(
            "<title>One</title><source><title>The Wire</title><id>https://wire.example/</id><updated>2020-01-01T00:00:00Z</updated></source>"
            "<updated>2026-04-25T10:00:00Z</updated>"
        ),
        {"titles": ("One",), "dates": ("2026-04-25T10:00Z",)},
    ),
    "a history as of RFC 5005": (
        atom10().replace(
            "<entry>",
            '<link rel="prev-archive" href="/2026/03"/><fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/><entry>',
            1,
        ),
        _ALL,
    ),
    "withdrawn entries as of RFC 6721": (
        atom10().replace(
            "<entry>",
            ('<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="x" when="2026-04-25"/><entry>'),
            1,
        ),
        _ALL,
    ),
    "threads of comments": (
        rss('<title>One</title><thr:in-reply-to ref="x"/>', names='xmlns:thr="http://purl.org/syndication/thread/1.0"'),
        {"titles": ("One",)},
    ),
    "places on a map": (
        rss(
            "<title>One</title><georss:point>40.4 49.9</georss:point>",
            names='xmlns:georss="http://www.georss.org/georss"',
        ),
        {"titles": ("One",)},
    ),
}

_MEDIA: dict[str, tuple[Document, dict[str, Any]]] = {
    "a podcast": (podcast(), _DATED),
    "a podcast without titles": (re.sub("<title>[^<]*</title>(?=<itunes)", "", podcast()), _ALL),
    "a podcast with empty titles": (re.sub("<title>[^<]*</title>(?=<itunes)", "<title/>", podcast()), _ALL),
    "a podcast without any titles": (re.sub("<(itunes:)?title>[^<]*</(itunes:)?title>", "", podcast()), {"items": 12}),
    "a podcast of sounds alone": (
        rss('<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="1"/><guid>1</guid>'),
        {},
    ),
    "a podcast with a length of nonsense": (
        rss('<title>One</title><enclosure url="x" length="many" type="?"/>'),
        {"titles": ("One",)},
    ),
    "a podcast without its name": (
        podcast().replace('xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"', ""),
        _DATED,
    ),
    "videos": (videos(), _DATED),
    "videos whose titles stand in their groups alone": (re.sub("<title>[^<]*</title>(?=<link)", "", videos()), _ALL),
    "videos whose texts stand in their groups": (videos(), _TEXTS),
    "pictures with titles": (
        rss("<title>One</title><media:content url='x.jpg'><media:title>A picture</media:title></media:content>"),
        {"titles": ("One",)},
    ),
    "pictures with texts": (
        rss("<title>One</title><description>Text</description><media:description>A picture</media:description>"),
        {"summaries": ("Text",)},
    ),
    "feeds of an aggregator": (
        rss(
            '<title>Envoy recalled</title><link>https://news.google.com/1</link><source url="https://wire.example">Wire</source>'
        ),
        {"sources": ("wire.example",)},
    ),
}

_ITEM: dict[str, Any] = {"id": "1", "url": "https://a.example/1", "title": "One"}


def _json(*items: object, **feed: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": list(items)} | feed)


_OTHERS = [_ITEM | {"id": "2", "url": "https://a.example/2", "title": "Two"}, _ITEM]
_ODD_VALUES: dict[str, object] = {
    "a number": 7,
    "a huge number": 10**400,
    "a truth": True,
    "null": None,
    "a list": ["x", 1],
    "an object": {"x": 1},
    "an empty text": "",
    "commands to the terminal": "\x1b[2J",
    "half a surrogate pair": "\ud83d",
}

_JSON: dict[str, tuple[Document, dict[str, Any]]] = {
    "JSON Feed 1.1": (json_feed(), _DATED | _LINKED | _TEXTS),
    "JSON Feed 1.0": (json_feed().replace("version/1.1", "version/1"), _DATED),
    "a byte order mark before it": ("\ufeff" + json_feed(), _ALL),
    "blank lines before it": ("\r\n\r\n" + json_feed(), _ALL),
    "HTML in its texts": (
        _json(_ITEM | {"content_html": "<p>Some <b>bold</b> text</p><script>x</script>"}),
        {"summaries": ("Some bold text",)},
    ),
    "a text alone": (_json({"id": "1", "content_text": "Just a note."}), {"titles": ("Just a note.",)}),
    "a summary and a text": (_json(_ITEM | {"summary": "Short", "content_text": "Long"}), {"summaries": ("Short",)}),
    "a date of change alone": (
        _json(_ITEM | {"date_modified": "2026-04-25T10:00:00Z"}),
        {"dates": ("2026-04-25T10:00Z",)},
    ),
    "a date of nonsense": (_json(_ITEM | {"date_published": "soon"}), {"dates": (None,)}),
    "a number as the id": (
        _json(_ITEM | {"id": 1}, _ITEM | {"id": 2, "title": "Two", "url": "https://a.example/2"}),
        {"titles": ("One", "Two")},
    ),
    "a date as a number": (_json(_ITEM | {"date_published": 1777111200}), {"titles": ("One",)}),
    "a relative link": (_json(_ITEM | {"url": "/1"}), {"links": ("https://feed.example/1",)}),
    "a link to a script": (_json(_ITEM | {"url": "javascript:alert(1)"}), {"links": ("",)}),
    "a link to elsewhere": (
        _json(_ITEM | {"external_url": "https://b.example/9"}),
        {"links": (("https://a.example/1", "https://b.example/9"),)},
    ),
    "no items": (_json(), {"items": 0}),
    "items that are missing": ('{"version": "https://jsonfeed.org/version/1.1", "title": "T"}', {}),
    "items that are an object": (_json(items={"1": _ITEM}), {}),
    "items that are a text": (_json(items="none"), {}),
    "items that are null": (_json(items=None), {}),
    "no version": (json.dumps({"title": "T", "items": [_ITEM]}), {}),
    "a version of another kind": (_json(_ITEM, version=1), {}),
    "a title of another kind": (_json(_ITEM, title=["T"]), {"titles": ("One",)}),
    "cut off": (json_feed()[: len(json_feed()) // 2], {}),
    "a comma too many": (json_feed().replace("\n]", ",\n]").replace("}\n ]", "},\n ]"), {}),
    "NaN": (_json(_ITEM | {"x": float("nan")}), {"titles": ("One",)}),
    "a figure of 5,000 digits": (_json(_ITEM).replace('"id": "1"', f'"id": {"9" * 5_000}'), {}),
    "a key twice": (_json(_ITEM).replace('"title": "One"', '"title": "Zero", "title": "One"'), {"titles": ("One",)}),
    "a real control character in a text": (_json(_ITEM).replace("One", "O\x0bne\n"), {"items": 1}),
    "a broken byte in a text": (_json(_ITEM).encode().replace(b"One", b"One\xff"), {"items": 1}),
    "junk after the end": (_json(_ITEM) + "\n<!-- cached -->", {}),
    "a call around it": ("callback(" + _json(_ITEM) + ");", {}),
    "apostrophes for quotation marks": (_json(_ITEM).replace('"', "'"), {"refused": "JSON|not"}),
    "signs of a script before it": (")]}',\n" + _json(_ITEM), {}),
}
_JSON |= {
    f"{value_name} as the {field}": (
        _json(_ITEM | {field: value}, _OTHERS[0]),
        {"including": ("Two",)},
    )
    for field in ("id", "url", "title", "content_html", "date_published", "authors", "language")
    for value_name, value in _ODD_VALUES.items()
}
_JSON |= {
    f"{value_name} as an item": (_json(_ITEM, value, _OTHERS[0]), {"including": ("One", "Two")})
    for value_name, value in _ODD_VALUES.items()
}


def whole() -> Iterator[Case]:
    """Whole feeds of each kind, under names of hosts and languages that are no names."""
    for name, body in WHOLE.items():
        items = 6 if name.startswith(("windows", "koi8")) else 12
        yield Case("whole feeds", name, body, items=items)


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(
        whole(),
        cases_of("kinds of feeds", _KINDS),
        cases_of("sound and pictures", _MEDIA),
        cases_of("JSON Feed", _JSON),
    )
