"""Feeds are found in pages as sites write them, and guessed where a page names none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.feeds.discover import discover, guesses

BASE = "https://gazette.example/news/index.html"

WORDPRESS = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Gazette</title>
<link rel="dns-prefetch" href="//s.w.org">
<link rel="alternate" type="application/rss+xml" title="The Gazette &raquo; Feed"
 href="https://gazette.example/feed/" />
<link rel="alternate" type="application/rss+xml" title="The Gazette &raquo; Comments Feed"
 href="https://gazette.example/comments/feed/" />
<link rel="alternate" type="application/json" href="https://gazette.example/wp-json/wp/v2/pages/2" />
<link rel="stylesheet" href="/feed.css"></head><body><a href="/feed/">RSS</a></body></html>"""

PAGES = {
    "WordPress: comments last, the same feed once": (
        WORDPRESS,
        ["https://gazette.example/feed/", "https://gazette.example/comments/feed/"],
    ),
    "comments that come first go last": (
        '<link rel=alternate type=application/rss+xml title="Comments" href=/c>'
        "<link rel=alternate type=application/atom+xml href=/atom>",
        ["https://gazette.example/atom", "https://gazette.example/c"],
    ),
    "relative to the page": (
        "<link rel='alternate' type='application/atom+xml' href='atom.xml'>",
        ["https://gazette.example/news/atom.xml"],
    ),
    "relative to the page's base": (
        "<base href='https://cdn.example/a/'>"
        "<link rel='ALTERNATE home' type='Application/RSS+XML; charset=x' href='b'>",
        ["https://cdn.example/a/b"],
    ),
    "JSON Feed and RDF": (
        '<link rel="alternate" type="application/feed+json" href="/feed.json">'
        '<link rel="alternate" type="application/rdf+xml" href="/x">',
        ["https://gazette.example/feed.json", "https://gazette.example/x"],
    ),
    "links of the text that look like feeds": (
        "<a href='/about'>About</a><a href='/rss'><b>All</b> news</a><a href='/world/rss.xml'>World</a>"
        "<a href='/?feed=rss2'>x</a><a href='https://feeds.feedburner.example/feeds/gazette'>y</a><a href='#rss'>z</a>",
        [
            "https://gazette.example/rss",
            "https://gazette.example/world/rss.xml",
            "https://gazette.example/?feed=rss2",
            "https://feeds.feedburner.example/feeds/gazette",
        ],
    ),
    "those of the head come first": (
        "<a href='/rss'>R</a><link rel='alternate' type='application/rss+xml' href='/main'>",
        ["https://gazette.example/main", "https://gazette.example/rss"],
    ),
    "a stylesheet and a translation are no feeds": (
        "<link rel=stylesheet type=application/rss+xml href=/a><link rel=alternate hreflang=de href=/de>",
        [],
    ),
    "only http and https": (
        "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>"
        "<link rel=alternate type=application/rss+xml href='feed:https://a.example/'>"
        "<a href='file:///etc/feed'>x</a><a href='http://[broken/feed'>x</a>",
        [],
    ),
    "words about feeds are no feeds": ("<a href='/how-to-feed-a-cat'>Cats</a><a href='/feedback'>x</a>", []),
    "the page itself is none": ("<a href='/news/index.html'>x</a>", []),
    "in a comment": ("<!-- <link rel=alternate type=application/rss+xml href=/old> -->", []),
    "cut off": ("<link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=appl", ["/a"]),
}


@pytest.mark.parametrize(("page", "addresses"), PAGES.values(), ids=PAGES.keys())
def test_feeds_of_pages(page: str, addresses: list[str]) -> None:
    expected = [address if "://" in address else f"https://gazette.example{address}" for address in addresses]
    assert [feed.address for feed in discover(page.encode(), BASE)] == expected


def test_titles_are_plain_and_kinds_are_named() -> None:
    first, second = discover(WORDPRESS.encode(), BASE)
    assert (first.title, first.kind) == ("The Gazette » Feed", "RSS")
    assert second.title == "The Gazette » Comments Feed"
    (link,) = discover(b"<a href='/rss'>  <b>All\x1b[31m</b> news</a><p>other text</p>", BASE)
    assert (link.title, link.kind) == ("All news", "")


def test_a_page_in_windows_1251_has_its_titles() -> None:
    page = '<link rel="alternate" type="application/rss+xml" title="Новости страны" href="/rss">'.encode("cp1251")
    assert discover(page, BASE, "text/html; charset=windows-1251")[0].title == "Новости страны"


def test_a_page_of_a_thousand_feeds_names_fifty() -> None:
    page = "".join(f"<a href='/{number}/rss'>x</a>" for number in range(1000))
    assert len(discover(page.encode(), BASE)) == 50


@given(st.binary(max_size=300) | st.text("<>/aliknkhref='\"= \n!-&;rs:.", max_size=300).map(str.encode))
def test_no_page_is_too_broken(page: bytes) -> None:
    for feed in discover(page, BASE):
        assert feed.address.startswith(("http://", "https://"))
        assert feed.title.isprintable()


def test_guesses_start_in_the_folder_of_the_page() -> None:
    assert guesses("https://a.example")[:3] == [
        "https://a.example/feed",
        "https://a.example/rss",
        "https://a.example/rss.xml",
    ]
    blog = guesses("https://a.example/blog")
    assert blog.index("https://a.example/blog/feed") < blog.index("https://a.example/feed")
    assert guesses("https://a.example/blog/page.html")[0] == "https://a.example/blog/feed"
    assert len(blog) == len(set(blog))


def test_nothing_is_guessed_of_what_is_no_web_address() -> None:
    assert guesses("file:///etc/") == guesses("") == guesses("feeds/local.xml") == []
