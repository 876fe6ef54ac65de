"""Which feeds have odd dates? Unknown stays unknown: never today, 1970 or 2097."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import atom, rss
from broken_feeds.case import Case, Document, cases_of

# Dates without a zone are read in that of the cases, four hours ahead of UTC; they are read on 1 May 2026 at noon UTC.
_DATES: dict[str, str | None] = {
    "Sat, 25 Apr 2026 10:00:00 GMT": "2026-04-25T10:00Z",
    "Sat, 25 Apr 2026 10:00:00 +0300": "2026-04-25T07:00Z",
    "Sat, 25 Apr 2026 10:00:00 +03:00": "2026-04-25T07:00Z",
    "Sat, 25 Apr 2026 10:00:00 -0000": "2026-04-25T10:00Z",
    "Sat, 25 Apr 2026 10:00:00 Z": "2026-04-25T10:00Z",
    "Sat, 25 Apr 2026 10:00:00 UT": "2026-04-25T10:00Z",
    "Sat, 25 Apr 2026 10:00:00 MSK": "2026-04-25T07:00Z",
    "Sat, 25 Apr 2026 10:00:00 CET": "2026-04-25T09:00Z",
    "Sat, 25 Apr 2026 10:00:00 CEST": "2026-04-25T08:00Z",
    "Sat, 25 Apr 2026 10:00:00 EST": "2026-04-25T15:00Z",
    "Sat, 25 Apr 2026 10:00:00 EDT": "2026-04-25T14:00Z",
    "Sat, 25 Apr 2026 10:00:00 PDT": "2026-04-25T17:00Z",
    "Sat, 25 Apr 2026 10:00:00 GMT+3": "2026-04-25T07:00Z",
    "Sat, 25 Apr 2026 10:00:00 GMT+0300 (Moscow Standard Time)": "2026-04-25T07:00Z",
    "Sat, 25 Apr 2026 10:00:00 +0300 (MSK)": "2026-04-25T07:00Z",
    "Sat, 25 Apr 2026 10:00:00": "2026-04-25T06:00Z",
    "Sat, 25 Apr 2026 10:00": "2026-04-25T06:00Z",
    "Sat, 25 Apr 26 10:00:00 GMT": "2026-04-25T10:00Z",
    "25 Apr 2026 10:00:00 GMT": "2026-04-25T10:00Z",
    "Sat,25 Apr 2026 10:00:00 GMT": "2026-04-25T10:00Z",
    "Sat 25 Apr 2026 10:00:00 GMT": "2026-04-25T10:00Z",
    "SAT, 25 APR 2026 10:00:00 gmt": "2026-04-25T10:00Z",
    "Mon, 25 Apr 2026 10:00:00 GMT": "2026-04-25T10:00Z",
    "Saturday, 25 April 2026 10:00:00 GMT": "2026-04-25T10:00Z",
    "Sat, 5 Apr 2026 7:05:00 GMT": "2026-04-05T07:05Z",
    "Saturday, April 25, 2026 10:00 AM": "2026-04-25T06:00Z",
    "April 25, 2026": "2026-04-24T20:00Z",
    "Apr 25, 2026 10:00 PM EST": "2026-04-26T03:00Z",
    "Sat Apr 25 10:00:00 2026": "2026-04-25T06:00Z",
    "Sat Apr 25 10:00:00 UTC 2026": "2026-04-25T10:00Z",
    "Saturday, 25-Apr-26 10:00:00 GMT": "2026-04-25T10:00Z",
    "2026-04-25T10:00:00Z": "2026-04-25T10:00Z",
    "2026-04-25t10:00:00z": "2026-04-25T10:00Z",
    "2026-04-25T10:00:00+03:00": "2026-04-25T07:00Z",
    "2026-04-25T10:00:00+0300": "2026-04-25T07:00Z",
    "2026-04-25T10:00:00+03": "2026-04-25T07:00Z",
    "2026-04-25T10:00:00 +03:00": "2026-04-25T07:00Z",
    "2026-04-25 10:00:00 UTC": "2026-04-25T10:00Z",
    "2026-04-25 10:00:00 +0000 UTC": "2026-04-25T10:00Z",
    "2026-04-25T10:00:00": "2026-04-25T06:00Z",
    "2026-04-25 10:00": "2026-04-25T06:00Z",
    "2026-04-25T10:00": "2026-04-25T06:00Z",
    "2026-04-25": "2026-04-24T20:00Z",
    "2026-04-25T10:00:00.1234567Z": "2026-04-25T10:00:00.123456Z",
    "2026-04-25T10:00:00,5Z": "2026-04-25T10:00:00.5Z",
    "2026-04-25T10:00:00.123456789+00:00": "2026-04-25T10:00:00.123456Z",
    "20260425T100000Z": "2026-04-25T10:00Z",
    "2026/04/25 10:00:00": "2026-04-25T06:00Z",
    "25.04.2026 10:00": "2026-04-25T06:00Z",
    "25/04/2026 10:00": "2026-04-25T06:00Z",
    "04/25/2026 10:00": "2026-04-25T06:00Z",
    "4/25/2026 10:00:00 AM": "2026-04-25T06:00Z",
    "4/5/2026 6:05:00 PM": "2026-04-05T14:05Z",
    "05.04.2026 10:00": "2026-04-05T06:00Z",
    "03/04/2026 10:00": None,
    "Сб, 25 апр 2026 10:00:00 +0300": "2026-04-25T07:00Z",
    "Сб, 25 Апр 2026 10:00:00 MSK": "2026-04-25T07:00Z",
    "25 апреля 2026 10:00": "2026-04-25T06:00Z",
    "25 апреля 2026 г. 10:00": "2026-04-25T06:00Z",
    "суббота, 25 апреля 2026, 10:00": "2026-04-25T06:00Z",
    "25 квітня 2026 10:00": "2026-04-25T06:00Z",
    "Sa, 25 Apr 2026 10:00:00 +0200": "2026-04-25T08:00Z",
    "25. März 2026 10:00": "2026-03-25T06:00Z",
    "Mi, 25 Mär 2026 10:00:00 +0100": "2026-03-25T09:00Z",
    "Samstag, 25. April 2026 - 10:00 Uhr": "2026-04-25T06:00Z",
    "sam., 25 avr. 2026 10:00:00 +0200": "2026-04-25T08:00Z",
    "25 avril 2026 10:00": "2026-04-25T06:00Z",
    "sáb, 25 abr 2026 10:00:00 +0200": "2026-04-25T08:00Z",
    "25 Nisan 2026 10:00": "2026-04-25T06:00Z",
    "25 kwietnia 2026 10:00": "2026-04-25T06:00Z",
    "2026年4月25日 10:00": "2026-04-25T06:00Z",
    "2026年04月25日 10时00分": "2026-04-25T06:00Z",
    "2026년 4월 25일 10:00": "2026-04-25T06:00Z",
    "25 أبريل 2026 10:00": "2026-04-25T06:00Z",
    "1777111200": "2026-04-25T10:00Z",
    "1777111200000": "2026-04-25T10:00Z",
    "1777111200.5": "2026-04-25T10:00:00.5Z",
    "13 March 2026 - 17:19": "2026-03-13T13:19Z",
    "Sat, 25 Apr 2026 10:00:00 +0000 ": "2026-04-25T10:00Z",
    "\n  Sat, 25 Apr 2026\n 10:00:00 GMT\n": "2026-04-25T10:00Z",
    "<![CDATA[Sat, 25 Apr 2026 10:00:00 GMT]]>": "2026-04-25T10:00Z",
    "Sat, 25 Apr 2026 10:00:00 GMT\u200e": "2026-04-25T10:00Z",
    "Sat, 25\u00a0Apr\u00a02026 10:00:00 GMT": "2026-04-25T10:00Z",
    "Fri, 01 May 2026 15:00:00 GMT": "2026-05-01T12:00Z",
    "Sun, 31 May 2026 12:00:00 GMT": None,
    "2097-01-01T00:00:00Z": None,
    "9999-12-31T23:59:59Z": None,
    "9999-12-31T23:59:59-12:00": None,
    "0001-01-01T00:00:00+14:00": None,
    "0000-00-00": None,
    "0000-00-00 00:00:00": None,
    "-0001-11-30T00:00:00Z": None,
    "Wed, 30 Nov -0001 00:00:00 +0000": None,
    "Thu, 01 Jan 1970 00:00:00 +0000": None,
    "1969-12-31T23:59:59Z": None,
    "0": None,
    "-1": None,
    "99999999999999999999": None,
    "Sat, 32 Apr 2026 10:00:00 GMT": None,
    "Sat, 30 Feb 2026 10:00:00 GMT": None,
    "2026-13-45T10:00:00Z": None,
    "2026-04-25T99:99:99Z": None,
    "2026": None,
    "yesterday": None,
    "2 hours ago": None,
    "now": None,
    "today at 10:00": None,
    "10:00": None,
    "Saturday": None,
    "April": None,
    "null": None,
    "undefined": None,
    "Invalid Date": None,
    "NaN": None,
    "{{ post.date }}": None,
    "%a, %d %b %Y %H:%M:%S %z": None,
    "Sat, 25 Apr": None,
    "&lt;b&gt;soon&lt;/b&gt;": None,
    "\x1b[2J": None,
    "1e9999": None,
    "٢٥/٠٤/٢٠٢٦": "2026-04-24T20:00Z",
    "": None,
}


def dates() -> Iterator[Case]:
    """An item with each of the dates."""
    for raw, moment in _DATES.items():
        name = ascii(raw)[1:-1][:60] or "nothing"
        body = rss(f"<title>One</title><guid>1</guid><pubDate>{raw}</pubDate>").encode()
        yield Case("dates", name, body, dates=(moment,))


_GOOD = "2026-04-25T10:00:00Z"
_READ = {"dates": ("2026-04-25T10:00Z",)}
_PLACES: dict[str, tuple[Document, dict[str, Any]]] = {
    "no date": (rss("<title>One</title>"), {"dates": (None,)}),
    "no date, but one of the feed": (
        rss("<title>One</title>").replace(
            "<item>", f"<pubDate>{_GOOD}</pubDate><lastBuildDate>{_GOOD}</lastBuildDate><item>"
        ),
        {"dates": (None,)},
    ),
    "an Atom entry newer than its feed": (
        atom(f"<title>One</title><updated>{_GOOD}</updated>").replace(
            "<entry>", "<updated>2020-01-01T00:00:00Z</updated><entry>"
        ),
        _READ,
    ),
    "dc:date alone": (rss(f"<title>One</title><dc:date>{_GOOD}</dc:date>"), _READ),
    "nonsense, and a dc:date": (rss(f"<title>One</title><pubDate>soon</pubDate><dc:date>{_GOOD}</dc:date>"), _READ),
    "an empty date, and a dc:date": (rss(f"<title>One</title><pubDate/><dc:date>{_GOOD}</dc:date>"), _READ),
    "0000-00-00, and a date of Atom": (
        rss(f"<title>One</title><pubDate>0000-00-00</pubDate><atom:updated>{_GOOD}</atom:updated>"),
        _READ,
    ),
    "the far future, and a dc:date": (
        rss(f"<title>One</title><pubDate>Fri, 01 Jan 2097 00:00:00 GMT</pubDate><dc:date>{_GOOD}</dc:date>"),
        _READ,
    ),
    "published and updated": (
        atom(f"<title>One</title><updated>2026-04-30T10:00:00Z</updated><published>{_GOOD}</published>"),
        _READ,
    ),
    "updated alone": (atom(f"<title>One</title><updated>{_GOOD}</updated>"), _READ),
    "Atom 0.3's issued and modified": (
        atom(
            f"<title>One</title><issued>{_GOOD}</issued><modified>2026-04-30T10:00:00Z</modified>",
            names='version="0.3" xmlns="http://purl.org/atom/ns#"',
        ),
        _READ,
    ),
    "dcterms": (
        rss(f"<title>One</title><t:created>{_GOOD}</t:created>", names='xmlns:t="http://purl.org/dc/terms/"'),
        _READ,
    ),
    "dcterms as issued": (
        rss(f"<title>One</title><t:issued>{_GOOD}</t:issued>", names='xmlns:t="http://purl.org/dc/terms/"'),
        _READ,
    ),
    "pubdate in small letters": (rss(f"<title>One</title><pubdate>{_GOOD}</pubdate>"), _READ),
    "a date called date": (rss(f"<title>One</title><date>{_GOOD}</date>"), {"items": 1}),
    "published in RSS": (rss(f"<title>One</title><published>{_GOOD}</published>"), _READ),
    "two dates, of which the first is nonsense": (
        rss(f"<title>One</title><pubDate>soon</pubDate><pubDate>{_GOOD}</pubDate>"),
        {"items": 1},
    ),
    "a date with elements in it": (
        rss("<title>One</title><pubDate><day>25</day>.<month>04</month></pubDate>"),
        {"dates": (None,)},
    ),
    "a date of its own for each of three": (
        rss(*(f"<title>{n}</title><pubDate>{date}</pubDate>" for n, date in enumerate(("soon", _GOOD, "")))),
        {"dates": (None, "2026-04-25T10:00Z", None)},
    ),
}


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(dates(), cases_of("places of dates", _PLACES))
