"""The fast way of reading a feed is taken for plain documents only, and says what the reference says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.feeds.clean import plain_text
from tracker.feeds.document import feed_part
from tracker.feeds.entry import Document
from tracker.feeds.fast import read_fast
from tracker.feeds.reference import read_reference

FEEDS = Path(__file__).parent / "data" / "feeds"
ADDRESS = "https://feed.example/rss"
NAMESPACES = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"'
)
ITEM = "<title>One</title><link>https://a.example/1</link><pubDate>Tue, 01 Jul 2025 10:00:00 GMT</pubDate>"
ENTRY = '<title>One</title><id>urn:1</id><link href="https://a.example/1"/><updated>2025-07-01T10:00:00Z</updated>'


def rss(*items: str, root: str = NAMESPACES, head: str = "<title>T</title>") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"{root}><channel>{head}{inside}</channel></rss>'


def atom(*entries: str, root: str = NAMESPACES, head: str = "<title>T</title>") -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{root}>{head}{inside}</feed>'


def said(document: Document) -> tuple[object, ...]:
    """All that a reading says, the summaries as text: readers differ in the white space between tags."""
    entries = [entry._replace(summary=plain_text(entry.summary, limit=4000)) for entry in document.entries]
    return document.title, document.language, entries


PLAIN = {
    "RSS": rss(ITEM, ITEM.replace("One", "Two")),
    "RSS with a guid": rss(f'{ITEM}<guid isPermaLink="false">4711</guid>'),
    "RSS with HTML in CDATA": rss(f"{ITEM}<description><![CDATA[<p>Text & <b>more</b></p>]]></description>"),
    "RSS with a date in CDATA": rss(
        "<title>One</title><link>https://a.example/1</link><pubDate><![CDATA[2025-07-01]]></pubDate>"
    ),
    "RSS with its whole content": rss(f"{ITEM}<content:encoded><![CDATA[<p>All of it</p>]]></content:encoded>"),
    "RSS with two dates": rss(f"{ITEM}<dc:date>2025-07-02T10:00:00Z</dc:date>"),
    "RSS with a date in words": rss(ITEM.replace("Tue, 01 Jul", "Вт, 01 июля")),
    "RSS without a date": rss("<title>4711</title><link>https://a.example/1</link><guid>20250701</guid>"),
    "RSS with pictures and tags": rss(f'{ITEM}<media:content url="https://a.example/1.jpg"/><category>x</category>'),
    "RSS with a link to itself": rss(ITEM, head='<title>T</title><atom:link rel="self" href="https://a.example/"/>'),
    "RSS that names its language": rss(ITEM, head="<title>T</title><language>ru-RU</language>"),
    "RSS with markup in comments": rss(f"<!-- <title>No</title><item> -->{ITEM}"),
    "RSS with a namespace of one element": rss(
        f'{ITEM}<thr:total xmlns:thr="http://purl.org/syndication/thread/1.0">0</thr:total>'
    ),
    "RSS with a picture of its own": rss(ITEM, head="<title>T</title><image><title>I</title><url>u</url></image>"),
    "RSS encoded twice": rss(ITEM.replace("One", "CafÃ© noir")),
    "Atom": atom(ENTRY),
    "Atom with types": atom(
        ENTRY.replace("<title>", '<title type="html">') + '<summary type="text">A &lt; B</summary>'
    ),
    "Atom with several links": atom(
        ENTRY.replace("<link ", "<link rel='alternate' ") + '<link rel="edit" href="https://a.example/edit"/>'
    ),
    "Atom in a language": atom(ENTRY, root=f'{NAMESPACES} xml:lang="tr"'),
    "Atom with an author": atom(f"{ENTRY}<author><name>N</name><uri>https://a.example/n</uri></author>"),
    "Atom with its link behind another": atom(f'<link rel="self" href="https://a.example/self"/>{ENTRY}'),
    "RSS with an entity in a date": rss(ITEM.replace("GMT", "&#71;MT")),
}


@pytest.mark.parametrize("document", PLAIN.values(), ids=PLAIN.keys())
def test_a_plain_document_is_read_the_fast_way_and_alike(document: str) -> None:
    fast = read_fast(document, limit=100)
    assert fast is not None
    assert said(fast) == said(read_reference(document, ADDRESS, limit=100))


DOUBTFUL = {
    "not well-formed": rss(f"{ITEM}<b>"),
    "an undeclared entity": rss(f"{ITEM}<description>a&nbsp;b</description>"),
    "an undeclared prefix": rss(f"{ITEM}<x:y/>", root=""),
    "a control character": rss(ITEM.replace("One", "One\x0b")),
    "a base for its links": rss(ITEM, root=' xml:base="https://b.example/"'),
    "an item's base for its links": rss(ITEM).replace("<item>", '<item xml:base="https://b.example/">'),
    "an item's language": atom(ENTRY.replace("<title>", '<title xml:lang="de">')),
    "an item's source": rss(f'{ITEM}<source url="https://wire.example/">W</source>'),
    "feedburner's own link": rss(
        f"{ITEM}<f:origLink>https://a.example/</f:origLink>",
        root=' xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"',
    ),
    "no link": rss("<title>One</title><guid>https://a.example/1</guid>"),
    "a comment within a text": rss(f"{ITEM}<guid>a<!-- 1 -->b</guid>"),
    "two titles": rss(f"{ITEM}<title>Another</title>"),
    "a picture's title": rss(f"<media:title>Picture</media:title>{ITEM}"),
    "markup that is not escaped": rss(f"{ITEM}<description>a <b>b</b></description>"),
    "XHTML": atom(f'{ENTRY}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content>'),
    "two links to the page": atom(f'{ENTRY}<link rel="alternate" href="https://a.example/2"/>'),
    "an item in an item": rss(f"{ITEM}<item>{ITEM}</item>"),
    "a namespace that is not the prefix's": rss(
        f"{ITEM}<content:encoded>x</content:encoded>", root=' xmlns:content="https://other.example/"'
    ),
    "RSS in a namespace": rss(ITEM, root=' xmlns="http://backend.userland.com/rss2"'),
    "a link with a text": atom(ENTRY.replace('/1"/>', '/1">https://a.example/2</link>')),
    "an item in mixed letters": rss(ITEM).replace("item>", "Item>"),
    "an item beside the channel": rss(ITEM).replace("</rss>", f"<item>{ITEM}</item></rss>"),
    "two titles of the feed": rss(ITEM, head="<title>T</title><dc:title>U</dc:title>"),
    "RDF": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title></feed>',
    "a second channel": rss(ITEM).replace("</rss>", f"<channel><item>{ITEM}</item></channel></rss>"),
    "a link with what looks like an entity": rss(ITEM.replace("/1<", "/?a=1&amp;copy;=2<")),
}


@pytest.mark.parametrize("document", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_a_document_in_doubt_is_left_to_the_reference(document: str) -> None:
    assert read_fast(document, limit=100) is None


@pytest.mark.parametrize("path", sorted(FEEDS.glob("*.xml")), ids=lambda path: path.stem)
def test_the_feeds_of_the_tests_are_read_alike_or_left(path: Path) -> None:
    document = feed_part(path.read_text("utf-8"), ADDRESS)
    fast = read_fast(document, limit=100)
    assert fast is None or said(fast) == said(read_reference(document, ADDRESS, limit=100))


def test_no_more_entries_are_read_than_asked_for() -> None:
    document = rss(*[ITEM] * 5)
    fast = read_fast(document, limit=3)
    assert fast is not None
    assert len(fast.entries) == len(read_reference(document, ADDRESS, limit=3).entries) == 3


_NAMES = [
    *["title", "link", "guid", "id", "description", "summary", "content", "content:encoded", "pubDate", "dc:date"],
    *["published", "updated", "created", "dc:title", "media:title", "media:description", "media:content", "atom:link"],
    *["atom:updated", "itunes:summary", "itunes:title", "itunes:image", "dcterms:modified", "category", "comments"],
    *["image", "source", "author", "name", "subtitle", "language", "PubDate", "dc:creator", "media:group", "div"],
]
_TEXTS = st.sampled_from(
    [
        "",
        " ",
        "Text",
        "https://a.example/1",
        "/2",
        "4711",
        "urn:1",
        "Tue, 01 Jul 2025 10:00:00 GMT",
        "2025-07-01T10:00:00Z",
        "20250701",
        "a &amp; b &lt;b&gt;c&lt;/b&gt;",
        "<![CDATA[<p>Text</p> <item>]]>",
        "<![CDATA[https://a.example/3]]>",
        "<![CDATA[ ]]>",
        "a<!-- <title>c</title> -->b",
        "a<?b <title>?>c",
        " a <![CDATA[ b ]]>c<![CDATA[d]]>",
        "<b>bold</b> text",
        "Ã© \x93x\x94 é",
        "&#233;&#x94;",
        "Текст",
        "https://a.example/?a=1&amp;b;=2",
        " \n two\n lines ",
        "en",
    ]
)
_ATTRIBUTES = st.sampled_from(
    [
        *["", "", "", ' type="html"', ' type="text"', ' type="xhtml"', ' isPermaLink="false"', " isPermaLink='true'"],
        *[' href="https://a.example/4"', ' rel="alternate" href="/5"', ' rel="self" href="https://a.example/6"'],
        *[' rel="alternate" type="text/plain" href="/7"', ' xml:lang="de"', ' xml:base="/b/"', ' t="a > b"'],
    ]
)


@st.composite
def _element(draw: st.DrawFn) -> str:
    name, attributes, text = draw(st.sampled_from(_NAMES)), draw(_ATTRIBUTES), draw(_TEXTS)
    return f"<{name}{attributes}/>" if draw(st.integers(0, 9)) == 0 else f"<{name}{attributes}>{text}</{name}>"


@st.composite
def _document(draw: st.DrawFn) -> str:
    write, base = draw(st.sampled_from([(rss, ITEM), (atom, ENTRY)]))
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        # Some entries are plain but for one element or two, others anything.
        elements = draw(st.lists(_element(), max_size=3))
        at = draw(st.integers(0, len(elements)))
        parts.append(
            "".join([*elements[:at], draw(st.sampled_from([base, base, base, base, base, ""])), *elements[at:]])
        )
    root = draw(st.sampled_from([NAMESPACES, NAMESPACES, f'{NAMESPACES} xml:lang="tr"', ""]))
    return write(*parts, root=root, head=draw(st.sampled_from(["<title>T</title>", "<language>de</language>", ""])))


@settings(max_examples=300, deadline=None)
@given(_document())
def test_whatever_is_read_the_fast_way_is_read_as_by_the_reference(document: str) -> None:
    fast = read_fast(document, limit=100)
    if fast is not None:
        assert said(fast) == said(read_reference(document, ADDRESS, limit=100))
