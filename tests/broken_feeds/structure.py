"""Which feeds are broken in their markup: cut off, unclosed, wrongly nested, with junk around them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import TITLES, WHOLE, atom, atom10, rdf, rss, rss20
from broken_feeds.case import Case, Document, cases_of

_THREE = ("<title>One</title>", "<title>Two</title>", "<title>Three</title>")
_TITLES = ("One", "Two", "Three")
_ALL: dict[str, Any] = {"titles": TITLES}
_THREE_TITLES: dict[str, Any] = {"titles": _TITLES}
_PHP = "<br />\n<b>Warning</b>:  Cannot modify header information in <b>/var/www/feed.php</b> on line <b>3</b><br />\n"


def three(replaced: str, by: str) -> str:
    """A feed of three items, One, Two and Three, with a piece of it replaced."""
    document = rss(*_THREE)
    assert replaced in document, replaced
    return document.replace(replaced, by)


def cut_off() -> Iterator[Case]:
    """Documents that end too early: every item that was whole before the cut is there."""
    for feed in ("RSS 2.0", "RDF", "Atom", "podcast", "windows-1251"):
        body = WHOLE[feed]
        for tenth in range(1, 10):
            at = len(body) * tenth // 10 + tenth
            whole = len(re.findall(rb"</(?:item|entry)>", body[:at]))
            yield Case("cut off", f"{feed} after {tenth} tenths", body[:at], at_least=whole)
    body = rss20().encode()
    last = body.rindex(b"</item>")
    places = {
        "within a tag": body.index(b"<guid", last // 2) + 9,
        "within an attribute": body.index(b"isPermaLink", last // 2) + 14,
        "within a CDATA section": body.index(b"<![CDATA[", last // 2) + 20,
        "within the mark of a CDATA section": body.index(b"<![CDATA[", last // 2) + 5,
        "within an entity": body.index(b"&amp;utm_medium", last // 2) + 3,
        "before the end of the channel": last + len(b"</item>"),
        "within the last tag": len(body.rstrip()) - 2,
    }
    for name, at in places.items():
        yield Case("cut off", name, body[:at], at_least=body[:at].count(b"</item>"))
    letters = rss("<title>One</title>", "<title>Саммит в Астане</title>").encode()
    yield Case("cut off", "within a letter", letters[: letters.index("ммит".encode()) + 1], at_least=1)
    yield Case(
        "cut off", "within the declaration", b'<?xml version="1.0" enc', refused="truncated|breaks off|not XML|empty"
    )
    yield Case("cut off", "within the root", b'<?xml version="1.0"?><rss vers', refused="truncated|breaks off|not")
    yield Case("cut off", "before the first item", b"<rss><channel><title>T</ti", refused="truncated|breaks off")


_TAGS: dict[str, tuple[Document, dict[str, Any]]] = {
    "a title that is not closed": (three("One</title>", "One"), {"including": ("Two", "Three")}),
    "a link that is not closed": (
        three("<title>Two", "<link>https://a.example/2<title>Two"),
        {"including": ("One", "Three")},
    ),
    "an item that is not closed": (
        three("</title></item>\n<item><title>Two", "</title><item><title>Two"),
        {"including": ("Two", "Three")},
    ),
    "no item is closed": (rss(*_THREE).replace("</item>", ""), _THREE_TITLES),
    "the channel is not closed": (three("</channel>", ""), _THREE_TITLES),
    "the root is not closed": (three("</rss>", ""), _THREE_TITLES),
    "neither is closed": (three("</channel></rss>", ""), _THREE_TITLES),
    "the root and the channel are closed in the wrong order": (
        three("</channel></rss>", "</rss></channel>"),
        _THREE_TITLES,
    ),
    "a tag is closed twice": (three("One</title>", "One</title></title>"), _THREE_TITLES),
    "an item is closed twice": (three("</item>\n<item><title>Two", "</item></item>\n<item><title>Two"), _THREE_TITLES),
    "a tag closed that was never opened": (three("<title>Two", "</p></div><title>Two"), _THREE_TITLES),
    "elements that cross": (three("<title>Two</title>", "<a><b></a></b><title>Two</title>"), _THREE_TITLES),
    "HTML that is not escaped": (
        three(
            "<title>Two</title>", "<title>Two</title><description><p>Some <b>bold<br> text</p><img src=x></description>"
        ),
        _THREE_TITLES,
    ),
    "attributes without quotation marks": (
        three("<title>Two", "<guid isPermaLink=false>2</guid><title>Two"),
        _THREE_TITLES,
    ),
    "an attribute twice": (three("<title>Two", '<guid a="1" a="2">2</guid><title>Two'), _THREE_TITLES),
    "an attribute that is not closed": (three("<title>Two", '<guid a="1>2</guid><title>Two'), {"including": ("One",)}),
    "a < in an attribute": (three("<title>Two", '<media:credit a="1 < 2"/><title>Two'), _THREE_TITLES),
    "a < in a text": (three("One", "1 < 2"), {"including": ("Two", "Three")}),
    "a space after <": (three("<title>Two", "< title>Two"), {"including": ("One", "Three")}),
    "closing tags with spaces": (rss(*_THREE).replace("</title>", "</title  \n>"), _THREE_TITLES),
    "tags of different case": (three("One</title>", "One</TITLE>"), {"including": ("Two", "Three")}),
    "an item within an item": (
        three("<title>Two</title>", "<title>Two</title><item><title>Inner</title></item>"),
        {"including": ("One", "Three")},
    ),
    "an empty item": (rss("", *_THREE, ""), _THREE_TITLES),
    "an empty item as one tag": (three("</channel>", "<item/></channel>"), _THREE_TITLES),
    "no items": (rss(), {"items": 0}),
    "an empty channel": ("<rss version='2.0'><channel/></rss>", {"items": 0}),
    "a root alone": ("<rss version='2.0'/>", {"items": 0}),
    "everything on one line": (rss20().replace("\n", ""), _ALL),
    "lines that end as on old Macs": (rss20().replace("\n", "\r"), _ALL),
    "two titles in an item": (
        three("<title>Two</title>", "<title>Two</title><title>Zwei</title>"),
        {"items": 3, "including": ("One", "Three")},
    ),
    "the title after a title of a picture": (
        rss("<media:group><media:title>A picture</media:title></media:group><title>Two</title>"),
        {"titles": ("Two",)},
    ),
    "the title before a title of a picture": (
        rss("<title>Two</title><media:content url='x'><media:title>A picture</media:title></media:content>"),
        {"titles": ("Two",)},
    ),
    "an image of the channel with a title and a link": (
        three("<item><title>One", "<image><title>Logo</title><link>https://a.example/</link></image><item><title>One"),
        _THREE_TITLES,
    ),
    "a text input of the channel": (
        three("</channel>", "<textInput><title>Search</title><link>https://a.example/</link></textInput></channel>"),
        _THREE_TITLES,
    ),
}

_NAMESPACES: dict[str, tuple[Document, dict[str, Any]]] = {
    "no prefix is declared": (re.sub(r' xmlns:\w+="[^"]*"', "", rss20()), _ALL),
    "one prefix is not declared": (rss20().replace('xmlns:media="http://search.yahoo.com/mrss/"', ""), _ALL),
    "content:encoded without its name": (
        rss("<title>A</title><content:encoded><![CDATA[<p>Whole text</p>]]></content:encoded>", names=""),
        {"titles": ("A",), "summaries": ("Whole text",)},
    ),
    "dc:date without its name": (
        rss("<title>A</title><dc:date>2026-04-25T10:00:00Z</dc:date>", names=""),
        {"dates": ("2026-04-25T10:00Z",)},
    ),
    "other prefixes than usual": (
        rss(
            "<title>A</title><d:date>2026-04-25T10:00:00Z</d:date><c:encoded>Text</c:encoded>",
            names='xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/"',
        ),
        {"dates": ("2026-04-25T10:00Z",), "summaries": ("Text",)},
    ),
    "an empty name": (rss(*_THREE, names='xmlns:media=""'), _THREE_TITLES),
    "a name declared twice": (rss(*_THREE, names='xmlns:a="urn:1" xmlns:a="urn:2"'), _THREE_TITLES),
    "a colon too many": (three("<title>Two", "<a:b:c>x</a:b:c><title>Two"), _THREE_TITLES),
    "a colon at the start": (three("<title>Two", "<:b>x</:b><title>Two"), _THREE_TITLES),
    "an element that begins with a figure": (
        three("<title>Two", "<2b>x</2b><title>Two"),
        {"including": ("One", "Three")},
    ),
    "RDF without any declaration": (re.sub(r' xmlns(:\w+)?="[^"]*"', "", rdf()), _ALL),
    "Atom without its name": (atom10().replace(' xmlns="http://www.w3.org/2005/Atom"', ""), _ALL),
    "Atom with a name that is not quite its own": (
        atom10().replace("http://www.w3.org/2005/Atom", "https://www.w3.org/2005/Atom/"),
        _ALL,
    ),
}

_AROUND: dict[str, tuple[Document, dict[str, Any]]] = {
    "a blank line before the declaration": ("\n" + rss20(), _ALL),
    "spaces and blank lines before it": (" \t\r\n\r\n  " + rss20(), _ALL),
    "a byte order mark before it": ("\ufeff" + rss20(), _ALL),
    "two byte order marks": ("\ufeff\ufeff" + rss20(), _ALL),
    "a byte order mark after a blank line": ("\n\ufeff" + rss20(), _ALL),
    "a byte order mark of Latin letters": ("ï»¿" + rss20(), _ALL),
    "a warning of PHP before it": (_PHP + rss20(), _ALL),
    "a whole stack trace before it": (_PHP * 40 + rss20(), _ALL),
    "a comment before it": ("<!-- cached 2026-05-01 -->\n" + rss20(), _ALL),
    "a comment that holds a page before it": ("<!-- <html><body>old</body></html> -->" + rss20(), _ALL),
    "a script's variable before it": ("var feed = 1;\n" + rss20(), _ALL),
    "headers in the body": ("Content-Type: text/xml\r\nX-Cache: HIT\r\n\r\n" + rss20(), _ALL),
    "the lengths of chunks in the body": ("1f4a\r\n" + rss20() + "\r\n0\r\n\r\n", _ALL),
    "NULs before it": ("\0\0\0" + rss20(), _ALL),
    "the declaration twice": ('<?xml version="1.0"?>' + rss20(), _ALL),
    "a declaration of XML 1.1": (rss20().replace('version="1.0"', 'version="1.1"', 1), _ALL),
    "a declaration of XML 2.0": (rss20().replace('version="1.0"', 'version="2.0"', 1), _ALL),
    "a declaration without quotation marks": (rss20().replace('version="1.0"', "version=1.0", 1), _ALL),
    "a declaration that is not closed": (rss20().replace("?>", ">", 1), _ALL),
    "no declaration": (rss20().split("\n", 1)[1], _ALL),
    "a document type": (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
        + rss(*_THREE),
        _THREE_TITLES,
    ),
    "style sheets": (
        '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="/feed.xsl"?>' + rss(*_THREE),
        _THREE_TITLES,
    ),
    "text after the end": (rss20() + "\nGenerated in 0.3 s", _ALL),
    "a script after the end": (rss20() + "<script src='https://counter.example/c.js'></script>", _ALL),
    "a comment after the end": (rss20() + "<!-- 31 queries -->", _ALL),
    "a page after the end": (rss20() + "<html><body>Error</body></html>", _ALL),
    "NULs after the end": (rss20() + "\0" * 300, _ALL),
    "letters of no encoding after the end": (rss20().encode() + b"\xff\xfe\x80" * 20, _ALL),
    "the same document twice": (rss20() * 2, {"at_least": 12, "including": TITLES}),
    "two documents in one": (rss20() + rss("<title>Another's</title>"), {"at_least": 12, "including": TITLES}),
    "an empty document before the whole": (rss() + rss20(), {}),
    "RSS and then Atom": (rss20() + atom("<title>Another's</title>"), {"at_least": 12, "including": TITLES}),
    "white space only after the end": (rss20() + "\n" * 100_000, _ALL),
}

_MARKS: dict[str, tuple[Document, dict[str, Any]]] = {
    "comments everywhere": (re.sub(r"(<\w+>)", r"<!-- c -->\1<!-- <item> -->", rss(*_THREE)), _THREE_TITLES),
    "a comment within a title": (three("Two", "Tw<!-- x -->o"), _THREE_TITLES),
    "an item in a comment": (
        three("<item><title>Two", "<!--<item><title>Hidden</title></item>--><item><title>Two"),
        _THREE_TITLES,
    ),
    "two hyphens in a comment": (three("<title>Two", "<!-- a -- b --><title>Two"), _THREE_TITLES),
    "a comment that is not closed": (three("<title>Three", "<!-- <title>Three"), {"including": ("One", "Two")}),
    "a comment closed as in HTML": (three("<title>Two", "<!-- x --!><title>Two"), {"including": ("One",)}),
    "a comment with a hyphen at its end": (three("<title>Two", "<!-- x ---><title>Two"), _THREE_TITLES),
    "processing instructions": (three("<title>Two", "<?php echo 1; ?><title><?x?>Two"), _THREE_TITLES),
    "a processing instruction that is not closed": (
        three("<title>Three", "<?php echo 1; <title>Three"),
        {"including": ("One", "Two")},
    ),
    "CDATA in pieces": (three("Two", "<![CDATA[T]]>w<![CDATA[o]]>"), _THREE_TITLES),
    "CDATA with an end in it": (three("Two", "<![CDATA[Two]]]]><![CDATA[>]]>"), {"items": 3}),
    "CDATA within CDATA": (three("Two", "<![CDATA[<![CDATA[Two]]>]]>"), {"items": 3, "including": ("One", "Three")}),
    "CDATA that is not closed": (three("Three", "<![CDATA[Three"), {"including": ("One", "Two")}),
    "CDATA in small letters": (three("Two", "<![cdata[Two]]>"), {"including": ("One", "Three")}),
    "CDATA with spaces": (three("Two", "<! [CDATA[Two]]>"), {"including": ("One", "Three")}),
    "CDATA that was escaped": (three("Two", "&lt;![CDATA[Two]]&gt;"), _THREE_TITLES),
    "an empty CDATA": (
        three("<title>Two</title>", "<title><![CDATA[]]></title><description>Two</description>"),
        _THREE_TITLES,
    ),
    "an end of CDATA in a text": (three("<title>Two", "<author>a ]]> b</author><title>Two"), _THREE_TITLES),
    "markup in CDATA that looks like items": (
        three(
            "<title>Two</title>",
            "<title>Two</title><description><![CDATA[</item><item><title>No</title>]]></description>",
        ),
        _THREE_TITLES,
    ),
}


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(
        cut_off(),
        cases_of("tags", _TAGS),
        cases_of("namespaces", _NAMESPACES),
        cases_of("around the document", _AROUND),
        cases_of("comments and CDATA", _MARKS),
    )
