"""Which documents are no feeds, although they came from a feed's address? Each must be called what it is."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import rss20
from broken_feeds.case import Case, Document, cases_of


def _page(title: str, body: str, doctype: str = "<!DOCTYPE html>") -> str:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    return (
        f'{doctype}\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title>{link}</head><body>{body}</body></html>"
    )


_HTML = {"refused": "HTML", "content_type": "text/html; charset=utf-8"}
_PAGES: dict[str, tuple[Document, dict[str, Any]]] = {
    "a login": (_page("Sign in", '<form action="/login"><input name="password" type="password"></form>'), _HTML),
    "maintenance": (_page("Back soon", "<h1>We are down for maintenance</h1>"), _HTML),
    "consent to cookies": (_page("Before you continue", '<form action="https://consent.example/save"></form>'), _HTML),
    "a challenge of Cloudflare": (
        _page(
            "Just a moment...",
            (
                '<div id="challenge-error-text">Enable JavaScript and cookies to continue</div>'
                '<script>window._cf_chl_opt={cvId:"3"};</script>'
            ),
        ),
        _HTML,
    ),
    "a captcha": (_page("Are you a robot?", '<div class="g-recaptcha"></div>'), _HTML),
    "a page that is not found, with 200": (_page("404", "<h1>Page not found</h1>"), _HTML),
    "a domain for sale": (_page("gazette.example is for sale", "<a href='/buy'>Buy</a>"), _HTML),
    "a home page with links to its feed": (
        _page("The Gazette", "<article><h2>Baku recalls envoy</h2></article>" * 30),
        _HTML,
    ),
    "a page as XHTML": (
        _page(
            "X",
            "<p/>",
            '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
        ),
        _HTML,
    ),
    "a page that says it is RSS": (_page("X", "<p>x</p>"), {"refused": "HTML", "content_type": "application/rss+xml"}),
    "a page in capitals": ("<HTML><HEAD><TITLE>X</TITLE></HEAD><BODY>x</BODY></HTML>", _HTML),
    "a page after blank lines and a comment": ("\n\n<!-- x --><html><body>x</body></html>", _HTML),
    "a page without its first tags": (
        "<head><title>X</title></head><body><p>x</p></body>",
        {"refused": "HTML|not a feed"},
    ),
    "a piece of a page": ("<div class='error'>Feed is disabled</div>", {"refused": "HTML|not a feed"}),
    "a page that shows a feed": (_page("feed.xml", "<pre>&lt;rss&gt;&lt;item&gt;</pre>"), _HTML),
    "a page in windows-1251": (_page("Вход", "Введите пароль").encode("cp1251"), _HTML),
    "a page in UTF-16": (_page("X", "x").encode("utf-16"), _HTML),
    "a page of a megabyte": (lambda: _page("X", "<p>words</p>" * 90_000).encode(), _HTML),
    "a page that was cut off": (_page("X", "<p>x</p>")[:60], _HTML),
    "a page that goes on elsewhere": (
        '<html><head><meta http-equiv="refresh" content="0;url=/new"></head></html>',
        _HTML,
    ),
}

_XML: dict[str, tuple[Document, dict[str, Any]]] = {
    "a list of subscriptions": (
        '<?xml version="1.0"?><opml version="2.0"><head/><body><outline type="rss" text="A" xmlUrl="https://a.example/"/></body></opml>',
        {"refused": "(?i)opml"},
    ),
    "a sitemap": (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
        {"refused": "(?i)urlset|sitemap"},
    ),
    "an index of sitemaps": (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/</loc></sitemap></sitemapindex>',
        {"refused": "(?i)sitemap"},
    ),
    "a picture": (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><title>Logo</title><script>alert(1)</script></svg>',
        {"refused": "(?i)svg"},
    ),
    "a message of SOAP": (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault/></soap:Body></soap:Envelope>',
        {"refused": "not a feed"},
    ),
    "an error of Amazon's": (
        '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
        {"refused": "not a feed"},
    ),
    "a style sheet": (
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>',
        {"refused": "not a feed"},
    ),
    "a property list": ('<?xml version="1.0"?><plist version="1.0"><dict/></plist>', {"refused": "not a feed"}),
    "an element of the same letters": ("<rssfeed><item><title>x</title></item></rssfeed>", {"refused": "not a feed"}),
    "an element with an endless name": (f"<{'a' * 100_000}/>", {"refused": "not a feed|not XML"}),
    "an element with commands to the terminal": ("<a\x1b[2J\u202eb/>", {"refused": "not"}),
    "a declaration alone": ('<?xml version="1.0" encoding="utf-8"?>', {"refused": "empty|truncated|not"}),
    "a document type alone": ("<!DOCTYPE rss>", {"refused": "empty|truncated|not"}),
    "a comment alone": ("<!-- nothing here -->", {"refused": "empty|truncated|not"}),
}

_JSON: dict[str, tuple[Document, dict[str, Any]]] = {
    name: (json.dumps(value), {"refused": "JSON", "content_type": "application/json"})
    for name, value in {
        "an error": {"error": {"code": 403, "message": "Forbidden"}},
        "a message of a server": {"message": "Too many requests", "retry_after": 60},
        "an empty object": {},
        "an empty list": [],
        "a list of posts as of WordPress": [{"id": 1, "title": {"rendered": "A"}, "link": "https://a.example/"}],
        "null": None,
        "a text": "rate limit exceeded",
        "a figure": 42,
        "GeoJSON": {"type": "FeatureCollection", "features": []},
        "an answer of GraphQL": {"data": {"posts": []}, "errors": [{"message": "x\x1b[2J" * 100}]},
        "a manifest": {"name": "The Gazette", "version": "1.1", "icons": []},
    }.items()
}

_FEED = rss20().encode()
_PACKED = "packed|gzip|binary|compressed|not XML|not a feed|bytes"
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0" + bytes(range(256)) * 4
_BINARY: dict[str, tuple[Document, dict[str, Any]]] = {
    "a picture as PNG": (_PNG, {"refused": "not|image|picture|binary"}),
    "a picture as JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 4, {"refused": "not|image|binary"}),
    "an icon as GIF": (b"GIF89a\1\0\1\0\x80\0\0" + bytes(60), {"refused": "not|image|binary"}),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n", {"refused": "not|PDF|binary"}),
    "a ZIP": (b"PK\3\4\x14\0\0\0\x08\0" + bytes(range(200)), {"refused": "not|ZIP|zip|binary"}),
    "sound": (b"ID3\4\0\0\0\0\0\x23" + bytes(range(256)), {"refused": "not|binary|sound"}),
    "a program": (b"\x7fELF\2\1\1" + bytes(200), {"refused": "not|binary"}),
    "a database": (b"SQLite format 3\0" + bytes(200), {"refused": "not|binary"}),
    # Where the bytes of a file of feeds are served as they are, reading them is as good as saying so.
    "a feed packed with gzip": (gzip.compress(_FEED, mtime=0), {}),
    "a feed packed twice": (gzip.compress(gzip.compress(_FEED, mtime=0), mtime=0), {}),
    "a feed packed with deflate": (zlib.compress(_FEED), {}),
    "a feed packed with bzip2": (bz2.compress(_FEED), {}),
    "a feed packed with xz": (lzma.compress(_FEED), {}),
    "a packed feed that was cut off": (gzip.compress(_FEED, mtime=0)[:400], {}),
    "a bomb of 20 MB in gzip": (
        lambda: gzip.compress(b"<rss>" + b" " * 20_000_000, mtime=0),
        {"refused": _PACKED + "|large"},
    ),
    "every byte": (bytes(range(256)), {"refused": "not|binary"}),
    "NULs": (bytes(5_000), {"refused": "empty|not|binary"}),
}

_TEXT: dict[str, tuple[Document, dict[str, Any]]] = {
    "nothing": (b"", {"refused": "empty"}),
    "a space": (b" ", {"refused": "empty"}),
    "blank lines": (b"\r\n" * 500, {"refused": "empty"}),
    "a byte order mark": (b"\xef\xbb\xbf", {"refused": "empty"}),
    "a byte order mark of UTF-16": (b"\xff\xfe", {"refused": "empty"}),
    "a few words": (b"Service Unavailable", {"refused": "not"}),
    "an error of a program": (
        b"Traceback (most recent call last):\n  File \"feed.py\", line 3\nKeyError: 'x'\n",
        {"refused": "not"},
    ),
    "one long line": (b"x" * 2_000_000, {"refused": "not"}),
    "commands to the terminal": (b"\x1b]0;owned\x07\x1b[2J\x1b[31mred", {"refused": "not"}),
    "text that changes its direction": ("\u202egnihton\u202c \u2066x".encode(), {"refused": "not"}),
    "a script": (b"window.location='https://a.example/'", {"refused": "not"}),
    "a table": (b"date;title;link\n2026-04-25;A;https://a.example/\n", {"refused": "not"}),
    "Markdown": (b"# News\n\n* [A](https://a.example/)\n", {"refused": "not"}),
    "a less-than sign": (b"<", {"refused": "not|truncated"}),
    "less-than signs": (b"<" * 500_000, {"refused": "not|truncated"}),
    "ampersands": (b"&" * 500_000, {"refused": "not"}),
    "the word rss": (b"rss feed channel item", {"refused": "not"}),
    "over the limit": (lambda: b"<rss><channel>" + b" " * 80_000_000, {"refused": "large"}),
}


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(
        cases_of("HTML pages", _PAGES),
        cases_of("other XML", _XML),
        cases_of("other JSON", _JSON),
        cases_of("binary", _BINARY),
        cases_of("no markup", _TEXT),
    )
