"""Which feeds have odd items: what they are known by, where they lead, what their titles and texts say?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import TITLES, atom, rss, rss20
from broken_feeds.case import ADDRESS, Case, Document, cases_of

_A = "https://a.example"
_BARE = ("One", "Two", "Three")
_SAME = rss(*(f"<title>{title}</title><link>{_A}/{title}</link><guid>1</guid>" for title in _BARE))


def _twice(first: str, later: str, titles: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """A feed that says its items otherwise a poll later, although they are the same."""
    return rss(first), {"titles": titles, "later": rss(later).encode()}


_EDITED = (
    f"<title>One</title><link>{_A}/story-1</link><guid>{{0}}</guid><pubDate>Sat, 25 Apr 2026 10:00:00 GMT</pubDate>"
)
_IDENTITY: dict[str, tuple[Document, dict[str, Any]]] = {
    "no guid": (rss(*(f"<title>{title}</title><link>{_A}/{title}</link>" for title in _BARE)), {"titles": _BARE}),
    "no guid and no link": (rss(*(f"<title>{title}</title>" for title in _BARE)), {"titles": _BARE}),
    "no title, guid and link": (rss(*(f"<description>{title}</description>" for title in _BARE)), {"titles": _BARE}),
    "one guid for all": (_SAME, {"titles": _BARE}),
    "one guid for all and no link": (
        rss(*(f"<title>{title}</title><guid>1</guid>" for title in _BARE)),
        {"titles": _BARE},
    ),
    "one link for all": (rss(*(f"<title>{title}</title><link>{_A}/live</link>" for title in _BARE)), {"titles": _BARE}),
    "the home page as the link of all": (
        rss(*(f"<title>{title}</title><link>{_A}/</link>" for title in _BARE)),
        {"titles": _BARE},
    ),
    "one guid and one link for all": (
        rss(*(f"<title>{title}</title><link>{_A}/</link><guid>{_A}/</guid>" for title in _BARE)),
        {"titles": _BARE},
    ),
    "an empty guid for all": (rss(*(f"<title>{title}</title><guid></guid>" for title in _BARE)), {"titles": _BARE}),
    "a guid of white space for all": (
        rss(*(f"<title>{title}</title><guid> \n</guid>" for title in _BARE)),
        {"titles": _BARE},
    ),
    "one Atom id for all": (
        atom(*(f'<title>{title}</title><id>urn:uuid:0</id><link href="{_A}/{title}"/>' for title in _BARE)),
        {"titles": _BARE},
    ),
    "an item twice": (rss(*["<title>One</title><guid>1</guid>"] * 2), {"titles": ("One",)}),
    "every item twice": (
        rss20().replace(
            "</channel>", rss20().split("<item>", 1)[1].join(["<item>", ""]).split("</channel>")[0] + "</channel>"
        ),
        {"titles": TITLES},
    ),
    "an item in two versions, told apart by a counter in its guid": (
        rss(
            *(
                (
                    f"<title>One, version {n}</title><link>{_A}/story-1</link>"
                    f"<guid>{_A}/story-1#{n}</guid><pubDate>Sat, 25 Apr 2026 1{n}:00:00 GMT</pubDate>"
                )
                for n in (1, 0)
            )
        ),
        {"titles": ("One, version 1",)},
    ),
    "the guid moves to https": _twice(
        _EDITED.format(f"http://{_A[8:]}/story-1"), _EDITED.format(f"{_A}/story-1"), ("One",)
    ),
    "the guid's counter is raised": _twice(
        _EDITED.format(f"{_A}/story-1#1"), _EDITED.format(f"{_A}/story-1#2"), ("One",)
    ),
    "the guid gets tracking": _twice(
        _EDITED.format(f"{_A}/story-1"), _EDITED.format(f"{_A}/story-1?utm_source=rss"), ("One",)
    ),
    "the guid gets www": _twice(
        _EDITED.format(f"{_A}/story-1"), _EDITED.format("https://www.a.example/story-1"), ("One",)
    ),
    "the title is edited": _twice(_EDITED.format(1), _EDITED.format(1).replace("One", "One, updated"), ("One",)),
    "the link is moved": _twice(
        _EDITED.format("a-1"), _EDITED.format("a-1").replace("/story-1", "/news/story-1"), ("One",)
    ),
    "the date is edited": _twice(_EDITED.format(1), _EDITED.format(1).replace("10:00", "11:00"), ("One",)),
    "a date appears where nothing else is known": _twice(
        "<title>One</title><link>https://a.example/x</link>",
        "<title>One</title><link>https://a.example/x</link><pubDate>Sat, 25 Apr 2026 10:00:00 GMT</pubDate>",
        ("One",),
    ),
    "commands to the terminal in a guid": (rss("<title>One</title><guid>\x1b[2J</guid>"), {"titles": ("One",)}),
    "half a surrogate pair in a guid": (rss("<title>One</title><guid>a&#xD800;</guid>"), {"titles": ("One",)}),
    "a guid of elements": (
        rss("<title>One</title><guid><b>1</b></guid>", "<title>Two</title><guid><b>2</b></guid>"),
        {"titles": ("One", "Two")},
    ),
}

_LINK: dict[str, str | tuple[str, ...]] = {
    f"{_A}/1": f"{_A}/1",
    " \n https://a.example/1 \n": f"{_A}/1",
    "<![CDATA[https://a.example/?a=1&b=2]]>": f"{_A}/?a=1&b=2",
    "https://a.example/?a=1&amp;b=2": f"{_A}/?a=1&b=2",
    "https://a.example/?a=1&b=2": f"{_A}/?a=1&b=2",
    "https://a.example/?a=1&copy=2": f"{_A}/?a=1&copy=2",
    "/1": "https://feed.example/1",
    "story/1": "https://feed.example/news/story/1",
    "../1": "https://feed.example/1",
    "?id=1": "https://feed.example/news/rss.xml?id=1",
    "//cdn.example/1": ("https://cdn.example/1", "http://cdn.example/1"),
    "HTTPS://A.example/1": ("https://A.example/1", f"{_A}/1", "HTTPS://A.example/1"),
    "javascript:alert(1)": "",
    "JaVaScRiPt:alert(1)": "",
    "java\tscript:alert(1)": "",
    "java&#10;script:alert(1)": "",
    "&#1;javascript:alert(1)": "",
    "javascript://a.example/%0aalert(1)": "",
    "vbscript:msgbox(1)": "",
    "data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;": "",
    "ftp://a.example/1": "",
    "file:///etc/passwd": "",
    "mailto:editor@a.example": "",
    "magnet:?xt=urn:btih:0": "",
    "blob:https://a.example/1": "",
    "view-source:https://a.example/1": "",
    "https://a.example/my story": f"{_A}/my%20story",
    "https://a.example/sto\nry": f"{_A}/story",
    "https://a.example/\x1b[2J1": (f"{_A}/[2J1", f"{_A}/%5B2J1", f"{_A}/1", f"{_A}/%1B[2J1", f"{_A}/%1B%5B2J1", ""),
    "https://a.example/\u202egpj.exe": (f"{_A}/gpj.exe", f"{_A}/%E2%80%AEgpj.exe", ""),
    "https://a.example/\u200b1": (f"{_A}/1", f"{_A}/%E2%80%8B1"),
    "http://[2001:db8::1]:8080/1": "http://[2001:db8::1]:8080/1",
    "http://[::1": "",
    "http://[not-an-address]/": "",
    "https://": "",
    "http:///1": "",
    "https://пример.рф/новость": (
        "https://пример.рф/новость",
        "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C",
        "https://xn--e1afmkfd.xn--p1ai/новость",
    ),
    "https://a.example/%D0%B0": f"{_A}/%D0%B0",
    "https://www.bbc.com@a.example/1": (f"{_A}/1", ""),
    "https://user:password@a.example/1": (f"{_A}/1", ""),
    "https://a.example/1#part": f"{_A}/1#part",
    "https://a.example/&lt;script&gt;": (f"{_A}/%3Cscript%3E", f"{_A}/", f"{_A}/<script>", ""),
    'https://a.example/"onmouseover="x': (f"{_A}/%22onmouseover=%22x", f'{_A}/"onmouseover="x', ""),
    "": "",
}


def links() -> Iterator[Case]:
    """An item with each of the links."""
    for raw, link in _LINK.items():
        name = ascii(raw)[1:-1][:70] or "nothing"
        yield Case("links", name, rss(f"<title>One</title><link>{raw}</link><guid>1</guid>").encode(), links=(link,))


_PLACES: dict[str, tuple[Document, dict[str, Any]]] = {
    "the guid is the link": (rss(f"<title>One</title><guid>{_A}/1</guid>"), {"links": (f"{_A}/1",)}),
    "the guid is expressly the link": (
        rss(f'<title>One</title><guid isPermaLink="true">{_A}/1</guid>'),
        {"links": (f"{_A}/1",)},
    ),
    "a link of Atom in RSS": (rss(f'<title>One</title><atom:link href="{_A}/1"/>'), {"links": (f"{_A}/1",)}),
    "an empty link and one of Atom": (
        rss(f'<title>One</title><link/><atom:link href="{_A}/1"/>'),
        {"links": (f"{_A}/1",)},
    ),
    "a link of RSS as an attribute": (rss(f'<title>One</title><link href="{_A}/1"/>'), {"links": (f"{_A}/1",)}),
    "many links of Atom": (
        atom(
            f'<title>One</title><link rel="self" href="{_A}/self"/><link rel="enclosure" href="{_A}/x.mp3"/>'
            f'<link rel="replies" href="{_A}/r"/><link rel="edit" href="{_A}/e"/>'
            f'<link rel="alternate" type="text/html" href="{_A}/1"/><link rel="related" href="{_A}/2"/>'
        ),
        {"links": (f"{_A}/1",)},
    ),
    "a link of Atom as text": (atom(f"<title>One</title><link>{_A}/1</link>"), {"links": (f"{_A}/1",)}),
    "FeedBurner's link and the real one": (
        rss(
            f"<title>One</title><link>http://feedproxy.google.com/~r/x/~3/1</link><feedburner:origLink>{_A}/1</feedburner:origLink>",
            names='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
        ),
        {"links": (f"{_A}/1",), "sources": ("a.example",)},
    ),
    "FeedBurner's link to a script": (
        rss(
            f"<title>One</title><link>{_A}/1</link><feedburner:origLink>javascript:x</feedburner:origLink>",
            names='xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
        ),
        {"links": (f"{_A}/1",)},
    ),
    "xml:base of the feed": (
        atom('<title>One</title><link href="1"/>').replace("<feed", f'<feed xml:base="{_A}/n/"'),
        {"links": (f"{_A}/n/1",)},
    ),
    "xml:base of an entry": (
        atom('<title>One</title><link href="1"/>', '<title>Two</title><link href="2"/>').replace(
            "<entry>", f'<entry xml:base="{_A}/n/">', 1
        ),
        {"links": (f"{_A}/n/1", "https://feed.example/news/2")},
    ),
    "xml:base within xml:base": (
        atom('<title>One</title><link xml:base="c/" href="1"/>')
        .replace("<feed", f'<feed xml:base="{_A}/a/"')
        .replace("<entry>", '<entry xml:base="b/">'),
        {"links": (f"{_A}/a/b/c/1",)},
    ),
    "xml:base that is relative": (
        atom('<title>One</title><link href="1"/>').replace("<feed", '<feed xml:base="/n/"'),
        {"links": ("https://feed.example/n/1",)},
    ),
    "xml:base in RSS": (
        rss("<title>One</title><link>1</link>").replace("<rss ", f'<rss xml:base="{_A}/n/" '),
        {"links": (f"{_A}/n/1",)},
    ),
    "xml:base that is a script": (
        atom('<title>One</title><link href="1"/>').replace("<feed", '<feed xml:base="javascript:x/"'),
        {"links": (("https://feed.example/news/1", ""),)},
    ),
    "xml:base that is nonsense": (
        atom('<title>One</title><link href="1"/>').replace("<feed", '<feed xml:base="http://[::1"'),
        {"links": (("https://feed.example/news/1", ""),)},
    ),
    "the publisher of an aggregator's item": (
        rss(
            "<title>Envoy recalled - The Wire</title><link>https://news.google.com/rss/articles/CBMi1</link>"
            '<source url="https://www.wire.example">The Wire</source>'
        ),
        {"sources": ("wire.example",), "links": ("https://news.google.com/rss/articles/CBMi1",)},
    ),
    "a source without an address": (
        rss(f"<title>One</title><link>{_A}/1</link><source>The Wire</source>"),
        {"sources": ("a.example",)},
    ),
    "a source that is a script": (
        rss(f'<title>One</title><link>{_A}/1</link><source url="javascript:x">W</source>'),
        {"sources": ("a.example",)},
    ),
    "a publisher before an @": (
        rss("<title>One</title><link>https://www.bbc.com@a.example/1</link><guid>1</guid>"),
        {"sources": (("a.example"),)},
    ),
    "the feed's own address as the link": (rss(f"<title>One</title><link>{ADDRESS}</link>"), {"titles": ("One",)}),
}

_TITLES: dict[str, str] = {
    "<![CDATA[Tom & Jerry]]>": "Tom & Jerry",
    "Tom &amp; Jerry": "Tom & Jerry",
    "Tom &amp;amp; Jerry": "Tom & Jerry",
    "Tom &amp;amp;amp; Jerry": "Tom & Jerry",
    "It&amp;#x27;s &amp;quot;over&amp;quot;": 'It\'s "over"',
    "It&amp;amp;#x27;s": "It's",
    "&lt;b&gt;Bold&lt;/b&gt; words": "Bold words",
    "&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; words": "Bold words",
    "<b>Bold</b> words": "Bold words",
    "5 &lt; 6 and 7 &gt; 6": "5 < 6 and 7 > 6",
    "<![CDATA[5 < 6 & 7]]>": "5 < 6 & 7",
    "<![CDATA[<a href='https://a.example/'>Linked</a> words]]>": "Linked words",
    "&lt;script&gt;alert(1)&lt;/script&gt;One": "One",
    "&lt;SCRIPT SRC=x&gt;&lt;/SCRIPT&gt;One": "One",
    "&lt;img src=x onerror=alert(1)&gt;One": "One",
    "&lt;style&gt;b{}&lt;/style&gt;One": "One",
    "One\n    two\t three": "One two three",
    "  One  ": "One",
    "One\u00a0two\u2003three": "One two three",
    "\x1b[31mRed\x1b[0m alert": "Red alert",
    "&#27;[31mRed&#27;[0m alert": "Red alert",
    "&amp;#27;[31mRed&amp;#27;[0m alert": "Red alert",
    "\x1b]0;owned\x07One": "One",
    "safe\u202egpj.exe": "safegpj.exe",
    "a&#x202e;b&#x2066;c": "abc",
    "A\u200bz\u200cerba\u2060ijan": "Azerbaijan",
    "Win 🎉 now": "Win 🎉 now",
    "&#x1F389; Win": "🎉 Win",
    "السفير يعود إلى باكو": "السفير يعود إلى باكو",
    "השגריר חזר לבאקו": "השגריר חזר לבאקו",
    "и\u0306од": "йод",
    "&lt;Reuters&gt; says": "<Reuters> says",
    "<![CDATA[ ]]><![CDATA[One]]>": "One",
    "One &lt;!-- hidden --&gt;two": "One two",
    "C&amp;A, H&amp;M &amp; AT&amp;T": "C&A, H&M & AT&T",
    "100 &euro; &ndash; 3 &frac12;": "100 € – 3 ½",
    "&amp;nbsp;One&amp;nbsp;two": "One two",
    "&amp;lt;script&amp;gt;x&amp;lt;/script&amp;gt;One": "One",
    "One<br/>two": "One two",
}
_LONG = "word " * 300


def titles() -> Iterator[Case]:
    """An item with each of the titles, in RSS and in an Atom title of HTML."""
    for raw, title in _TITLES.items():
        name = ascii(raw)[1:-1][:70]
        yield Case("titles", name, rss(f"<title>{raw}</title><guid>1</guid>").encode(), titles=(title,))
    for title_type in ("html", "xhtml", "text", "text/html", "nonsense"):
        inside = "Baku recalls <b>envoy</b>"
        if title_type == "xhtml":
            inside = f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'
        else:
            inside = inside.replace("<", "&lt;")
        body = atom(f'<title type="{title_type}">{inside}</title><id>1</id>').encode()
        yield Case("titles", f"an Atom title of type {title_type}", body, titles=("Baku recalls envoy",))


_TEXTS: dict[str, tuple[Document, dict[str, Any]]] = {
    "an item of nothing": (rss("", "<title>Two</title>"), {"titles": ("Two",)}),
    "an item of white space": (rss(" <title> </title>\n<description/> ", "<title>Two</title>"), {"titles": ("Two",)}),
    "a description alone": (rss("<description>Just a note.</description>"), {"titles": ("Just a note.",)}),
    "a link alone": (rss(f"<link>{_A}/1</link>"), {"links": (f"{_A}/1",)}),
    "a title of tags alone": (
        rss("<title>&lt;p&gt;&lt;/p&gt;</title><description>Text</description>"),
        {"titles": ("Text",)},
    ),
    "a title of a picture alone": (
        rss(f"<title>&lt;img src=x&gt;</title><link>{_A}/1</link>"),
        {"links": (f"{_A}/1",)},
    ),
    "content:encoded alone": (
        rss("<title>One</title><content:encoded><![CDATA[<p>Whole <b>text</b></p>]]></content:encoded>"),
        {"summaries": ("Whole text",)},
    ),
    "a description and content:encoded": (
        rss("<title>One</title><description>Short</description><content:encoded>Long text</content:encoded>"),
        {"summaries": ("Short",)},
    ),
    "Atom with content as XHTML": (
        atom(
            '<title>One</title><content type="xhtml">'
            '<div xmlns="http://www.w3.org/1999/xhtml"><p>Whole <b>text</b></p></div></content>'
        ),
        {"titles": ("One",), "summaries": ("Whole text",)},
    ),
    "Atom with XHTML under a prefix": (
        atom(
            '<title>One</title><content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">'
            "<h:p>Whole <h:b>text</h:b></h:p></h:div></content>"
        ),
        {"titles": ("One",), "summaries": ("Whole text",)},
    ),
    "Atom with a summary and content": (
        atom("<title>One</title><summary>Short</summary><content>Long</content>"),
        {"summaries": ("Short",)},
    ),
    "Atom with content in base64": (
        atom('<title>One</title><content type="image/png">iVBORw0KGgo=</content>'),
        {"titles": ("One",)},
    ),
    "Atom with content of another XML": (
        atom('<title>One</title><content type="application/xml"><x><title>No</title></x></content>'),
        {"titles": ("One",)},
    ),
    "a title that is too long": (rss(f"<title>{_LONG}</title>"), {"items": 1}),
    "a script in a text": (
        rss("<title>One</title><description><![CDATA[<script>alert(1)</script>Text]]></description>"),
        {"summaries": ("Text",)},
    ),
    "commands to the terminal in a text": (
        rss("<title>One</title><description>a\x1b[2J\x1b[1mb</description>"),
        {"summaries": ("ab",)},
    ),
    "commands to the terminal in the feed's title": (
        rss("<title>One</title>", title="\x1b[2JGazette\u202e"),
        {"titles": ("One",), "absent": "\x1b|\u202e|\\[2J"},
    ),
    "a table in a text": (
        rss("<title>One</title><description><![CDATA[<table><tr><td>Oil</td><td>60</td></tr></table>]]></description>"),
        {"summaries": ("Oil. 60",)},
    ),
    "a frame in a text": (
        rss(
            '<title>One</title><description><![CDATA[<iframe src="https://x.example/">no</iframe>Text]]></description>'
        ),
        {"summaries": ("Text",)},
    ),
    "the title again in the text": (rss("<title>One</title><description>One</description>"), {"titles": ("One",)}),
}


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(
        cases_of("identity", _IDENTITY),
        links(),
        cases_of("places of links", _PLACES),
        titles(),
        cases_of("texts", _TEXTS),
    )
