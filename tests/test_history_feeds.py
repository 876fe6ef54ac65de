"""The past of a subscribed feed: its own archive, WordPress's pages, the Wayback Machine's copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from history_server import CONSENT, MISSING, TOO_MANY, Article, HistoryServer, Reply, ask, rss

from tracker.errors import FeedError
from tracker.history.rfc5005 import LinkedArchive
from tracker.history.source import FeedHistory, Page, Wanted
from tracker.history.wayback import Copy, Wayback, thinned
from tracker.history.wordpress import WordPress
from tracker.model import Subscription

NOW = datetime(2025, 7, 31, 12, tzinfo=UTC)
JULY = Wanted(date(2025, 7, 1), date(2025, 7, 31), UTC, NOW)


@pytest.fixture
def server() -> Iterator[HistoryServer]:
    with HistoryServer() as running:
        yield running


def july(day: float) -> datetime:
    """The moment so many days after the first of July."""
    return datetime(2025, 7, 1, tzinfo=UTC) + timedelta(days=day - 1)


def report(day: float | None) -> Article:
    return Article(f"Report of day {day}", None if day is None else july(day))


def reports(*days: float | None) -> list[Article]:
    return [report(day) for day in days]


def read(source: FeedHistory, address: str, wanted: Wanted = JULY) -> tuple[list[Page], str]:
    """The pages of a source, and what ended it."""
    pages = []
    try:
        for page in source.pages(Subscription(address), wanted, ask):
            pages.append(page)
    except FeedError as error:
        return pages, str(error)
    return pages, ""


def days(page: Page) -> list[int]:
    return [item.day.day for item in page.items]


def proved(pages: list[Page]) -> list[tuple[float, float] | None]:
    """What pages prove, as days of July."""
    first = july(1)
    return [
        page.proves
        and ((page.proves[0] - first) / timedelta(days=1) + 1, (page.proves[1] - first) / timedelta(days=1) + 1)
        for page in pages
    ]


# The feed's own archive


def linked(server: HistoryServer, relation: str, *documents: list[Article]) -> str:
    """Documents each of which links to the next by a relation; the address of the first."""
    for number, articles in enumerate(documents):
        last = number + 1 == len(documents)
        head = "" if last else f'<atom:link rel="{relation}" href="/part/{number + 1}"/>'
        server.fixed[f"/part/{number}"] = Reply(rss(articles, head=head))
    return server.url("/part/0")


def test_an_archive_is_read_back_to_the_day_wanted_and_proves_what_its_chain_covers(server: HistoryServer) -> None:
    june = -5
    address = linked(
        server, "prev-archive", reports(30, 25), reports(20, 15), reports(10, 4), reports(june), reports(-30)
    )
    pages, ended = read(LinkedArchive(), address)
    assert [days(page) for page in pages] == [[30, 25], [20, 15], [10, 4]]
    assert proved(pages) == [(20, 30), (10, 20), (1, 10)], "the last from the first of July, as June was reached"
    assert (ended, len(server.asked)) == ("", 4), "what lies behind the first document of June is not asked for"
    assert {page.feed for page in pages} == {address}, "its items are the feed's, wherever they were found"


def test_an_archive_that_begins_later_proves_from_its_oldest_item(server: HistoryServer) -> None:
    pages, _ = read(LinkedArchive(), linked(server, "prev-archive", reports(30, 25), reports(20, 15, 8)))
    assert proved(pages) == [(20, 30), (8, 20)]


def test_relative_links_and_redirects_lead_on(server: HistoryServer) -> None:
    linked(server, "prev-archive", reports(30), reports(20))
    server.fixed["/feed"] = Reply(b"", 301, location="/part/0")
    pages, ended = read(LinkedArchive(), server.url("/feed"))
    assert ([days(page) for page in pages], ended) == ([[30], [20]], "")
    assert pages[1].items[0].feed == server.url("/feed")


def test_a_paged_feed_is_read_but_its_pages_shift_and_prove_nothing(server: HistoryServer) -> None:
    pages, _ = read(LinkedArchive(), linked(server, "next", reports(30, 25), reports(20, 15), reports(-3)))
    assert [days(page) for page in pages] == [[30, 25], [20, 15]]
    assert proved(pages) == [None, None]


def test_a_server_that_repeats_its_page_is_not_asked_for_ever(server: HistoryServer) -> None:
    for number in range(9):
        again = f'<atom:link rel="next" href="/feed?page={number + 1}"/>'
        server.fixed[f"/feed?page={number}"] = Reply(rss(reports(30, 25), head=again))
    pages, ended = read(LinkedArchive(), server.url("/feed?page=0"))
    assert (len(pages), len(server.asked), ended) == (1, 2, "")


CHAINS_THAT_PROVE_LESS = {
    "a document older than the one before it is newer": (
        [reports(30, 25), reports(10, 8), reports(20, 15), reports(-1)],
        [(10, 30), None, None],
    ),
    "an item without a date may be of any day": ([reports(30, None), reports(20, 15)], [None, None]),
    "a document without items tells no date": ([reports(30, 25), [], reports(10, 5)], [None, None, None]),
    "the last document is in no order, so where it ends is not known": (
        [reports(30, 25), reports(20, 2, 15)],
        [(20, 30), None],
    ),
    "an old item pinned to the top": ([reports(-300, 30, 25), reports(20, 15)], [(20, 30), (15, 20)]),
}


@pytest.mark.parametrize("case", CHAINS_THAT_PROVE_LESS)
def test_what_a_chain_cannot_prove_it_does_not(server: HistoryServer, case: str) -> None:
    documents, expected = CHAINS_THAT_PROVE_LESS[case]
    pages, _ = read(LinkedArchive(), linked(server, "prev-archive", *documents))
    assert proved(pages) == expected


def test_a_broken_chain_keeps_what_was_read_and_says_why_it_ends(server: HistoryServer) -> None:
    address = linked(server, "prev-archive", reports(30, 25), reports(20, 15), reports(10))
    server.fixed["/part/2"] = TOO_MANY
    pages, ended = read(LinkedArchive(), address)
    assert proved(pages) == [(20, 30), (15, 20)]
    assert ended.startswith("HTTP 429")


def test_a_chain_that_leads_back_ends(server: HistoryServer) -> None:
    address = linked(server, "prev-archive", reports(30), reports(20))
    server.fixed["/part/1"] = Reply(rss(reports(20), head='<atom:link rel="prev-archive" href="/part/0"/>'))
    pages, ended = read(LinkedArchive(), address)
    assert [days(page) for page in pages] == [[30], [20]]
    assert "leads back" in ended


def test_a_chain_without_end_is_left_after_so_many_requests(server: HistoryServer) -> None:
    address = linked(server, "prev-archive", *(reports(30 - number / 10) for number in range(50)))
    pages, ended = read(LinkedArchive(most_requests=12), address)
    assert (len(pages), len(server.asked)) == (12, 12)
    assert ended == "stopped after 12 requests (ask for fewer days with --since)"


NO_ARCHIVE = {
    "a feed without links": rss(reports(30)),
    "a complete feed, which is all there is": rss(
        reports(30), head='<fh:complete/><atom:link rel="next" href="/part/1"/>'
    ),
    "a link that leads away from the web": rss(
        reports(30), head='<atom:link rel="prev-archive" href="file:///etc/passwd"/>'
    ),
}


@pytest.mark.parametrize("case", NO_ARCHIVE)
def test_a_feed_without_an_archive_is_asked_once(server: HistoryServer, case: str) -> None:
    server.fixed["/feed"] = Reply(NO_ARCHIVE[case])
    assert read(LinkedArchive(), server.url("/feed")) == ([], "")
    assert server.asked == ["/feed"]


@pytest.mark.parametrize("source", [LinkedArchive(), WordPress(), Wayback()], ids=lambda source: source.name)
def test_a_file_has_no_past_on_the_web(source: FeedHistory) -> None:
    assert read(source, "data/old.atom") == ([], "")


def test_days_are_those_of_the_zone(server: HistoryServer) -> None:
    baku = ZoneInfo("Asia/Baku")
    wanted = Wanted(date(2025, 7, 2), date(2025, 7, 2), baku, NOW)
    late, early = (
        Article("Late", datetime(2025, 7, 2, 21, tzinfo=UTC)),
        Article("Early", datetime(2025, 7, 1, 21, tzinfo=UTC)),
    )
    pages, _ = read(LinkedArchive(), linked(server, "prev-archive", [late], [early], reports(-9)), wanted)
    assert [item.title for page in pages for item in page.items] == ["Early"], "the 2nd began at 20:00 UTC and ended so"
    assert pages[-1].proves == (datetime(2025, 7, 1, 20, tzinfo=UTC), datetime(2025, 7, 1, 21, tzinfo=UTC))


def test_dates_without_a_zone_are_read_in_the_feed_s_own(server: HistoryServer) -> None:
    def entry(article: Article) -> str:
        return f"<title>A</title><link>{article.link}</link><pubDate>{article.published:%Y-%m-%d %H:%M:%S}</pubDate>"

    feed = Subscription(server.url("/feed"), timezone="Asia/Baku")
    server.fixed["/feed"] = Reply(rss(reports(30), head='<atom:link rel="next" href="/old"/>', entry=entry))
    server.fixed["/old"] = Reply(rss(reports(20), entry=entry))
    pages = list(LinkedArchive().pages(feed, JULY, ask))
    assert [item.published for page in pages for item in page.items] == [july(30 - 4 / 24), july(20 - 4 / 24)]


# WordPress


def test_wordpress_is_read_page_by_page_until_the_day_wanted(server: HistoryServer) -> None:
    server.articles, server.page_size = reports(*range(30, -40, -1)), 10
    pages, ended = read(WordPress(), server.url("/feed/"))
    assert [days(page) for page in pages] == [[*range(30, 20, -1)], [*range(20, 10, -1)], [*range(10, 0, -1)]]
    assert proved(pages) == [(20, 30), (10, 20), (1, 10)]
    assert (ended, server.asked) == ("", ["/feed/", *(f"/feed/?paged={number}" for number in (2, 3, 4))])


def test_404_is_the_end_of_wordpress_and_no_fault(server: HistoryServer) -> None:
    server.articles, server.page_size = reports(30, 25, 20, 15, 12), 2
    pages, ended = read(WordPress(), server.url("/feed/"))
    assert (proved(pages), ended) == ([(20, 30), (12, 20), None], ""), "one item is no stretch"


def test_a_post_that_comes_in_meanwhile_is_no_gap(server: HistoryServer) -> None:
    server.articles, server.page_size = reports(30, 29, 28, 27, 26, 25), 2
    server.fixed["/feed/"] = Reply(rss(reports(29, 28), head="<generator>WordPress</generator>"))
    pages, _ = read(WordPress(), server.url("/feed/"))
    assert proved(pages) == [(28, 29), (26, 28), (25, 26)]


def test_wordpress_without_its_name_is_known_by_its_older_pages(server: HistoryServer) -> None:
    server.fixed |= {"/rss": Reply(rss(reports(30, 25))), "/rss?paged=2": Reply(rss(reports(20, 15)))}
    pages, ended = read(WordPress(), server.url("/rss"))
    assert ([days(page) for page in pages], ended) == ([[30, 25], [20, 15]], "")


NO_WORDPRESS = {
    "the same page again": Reply(rss(reports(30, 25))),
    "newer items": Reply(rss(reports(31, 30))),
    "items without dates": Reply(rss(reports(None))),
    "no such page": MISSING,
    "a web page": Reply(CONSENT, content_type="text/html"),
    "a server that has had enough": TOO_MANY,
}


@pytest.mark.parametrize("case", NO_WORDPRESS)
def test_a_feed_that_has_no_second_page_is_no_wordpress(server: HistoryServer, case: str) -> None:
    server.fixed |= {"/rss": Reply(rss(reports(30, 25))), "/rss?paged=2": NO_WORDPRESS[case]}
    assert read(WordPress(), server.url("/rss")) == ([], "")


def test_wordpress_that_refuses_a_page_says_so(server: HistoryServer) -> None:
    server.articles, server.page_size = reports(30, 25, 20, 15), 1
    server.fixed["/feed/?paged=3"] = TOO_MANY
    pages, ended = read(WordPress(), server.url("/feed/"))
    assert ([days(page) for page in pages], ended[:8]) == ([[30], [25]], "HTTP 429")
    server.fixed["/feed/?paged=2"] = TOO_MANY
    assert read(WordPress(), server.url("/feed/"))[1][:8] == "HTTP 429"


# The Wayback Machine

FEED = "https://news.example/feed?a=1&b=2"


def copied(server: HistoryServer, copies: dict[float, list[Article]]) -> Wayback:
    server.copies = {july(day): Reply(rss(articles)) for day, articles in copies.items()}
    return Wayback(base=server.url())


def test_two_copies_prove_the_time_between_them_when_they_overlap(server: HistoryServer) -> None:
    wayback = copied(
        server, {5: reports(4.5, 4), 7: reports(6, 4.5), 9: reports(8, 6), 20: reports(19, 18), 22: reports(21, 19)}
    )
    pages, ended = read(wayback, FEED)
    assert proved(pages) == [None, (5, 7), (7, 9), None, (20, 22)]
    assert (ended, {page.feed for page in pages}) == ("", {FEED})
    assert "url=https%3A%2F%2Fnews.example%2Ffeed%3Fa%3D1%26b%3D2&" in server.asked[0]
    assert server.asked[1] == f"/web/20250705000000id_/{FEED}"


def test_copies_overlap_when_nothing_new_has_come(server: HistoryServer) -> None:
    wayback = copied(server, {5: reports(4.5, 4), 7: reports(4), 9: reports(4.5)})
    assert proved(read(wayback, FEED)[0]) == [None, (5, 7), None], "the third has nothing of what the second showed"


def test_an_item_that_stays_for_ever_is_no_overlap(server: HistoryServer) -> None:
    pinned = report(-90)
    wayback = copied(server, {5: [report(4), pinned], 7: [report(6), pinned], 9: [report(8), pinned]})
    assert proved(read(wayback, FEED)[0]) == [None, None, None]


def test_nothing_is_dated_later_than_the_copy_that_shows_it(server: HistoryServer) -> None:
    wayback = copied(server, {5: reports(5.5, 30, 4), 6: reports(5.9, 4)})
    pages, _ = read(wayback, FEED)
    found = {item.title: item for page in pages for item in page.items}
    assert found["Report of day 5.5"].published == july(5), "a date ahead of the copy is the copy's"
    for item in found.values():
        assert item.published is None or item.published <= item.first_seen
    assert "Report of day 30" not in found, "a date far ahead is none, and how old the item is nobody knows"


def test_an_undated_item_counts_for_its_first_copy_and_only_where_it_is_known_to_be_new(server: HistoryServer) -> None:
    first, second = Article("Old, perhaps", None), Article("New since", None)
    wayback = copied(
        server, {5: [report(4), first], 6: [second, report(4), first], 20: [report(19), Article("Any age", None)]}
    )
    pages, _ = read(wayback, FEED)
    undated = {item.title: item.day for page in pages for item in page.items if item.published is None}
    assert undated == {"New since": date(2025, 7, 6)}


def test_copies_are_read_as_of_the_moment_that_they_were_really_taken(server: HistoryServer) -> None:
    wayback = copied(server, {5: reports(4), 9: [report(4), Article("Undated", None)]})
    server.copies[july(7)] = Reply(b"", 302, location=f"/web/20250709000000id_/{FEED}")
    pages, _ = read(wayback, FEED)
    assert proved(pages) == [None, (5, 9)]
    assert [item.day for item in pages[1].items if item.published is None] == [date(2025, 7, 9)]
    assert len(pages) == 2, "the copy of the 9th is read once"


def test_a_copy_that_is_no_feed_is_passed_over_and_told(server: HistoryServer) -> None:
    wayback = copied(server, {5: reports(4.5), 6: [], 7: reports(6.5, 4.5)})
    server.copies[july(6)] = Reply(CONSENT, content_type="text/html")
    server.copies[july(8)] = Reply(b"\x00\x01 nonsense")
    pages, ended = read(wayback, FEED)
    assert (proved(pages), ended) == ([None, (5, 7), None], "")
    assert pages[1].note.startswith("the copy of 2025-07-06 00:00 is left out: this is an HTML page")
    assert (pages[2].items, pages[2].note[:34]) == ((), "the copy of 2025-07-08 00:00 is le")


def test_relative_links_start_at_the_feed_and_not_at_the_archive(server: HistoryServer) -> None:
    entry = f"<title>Near</title><link>/news/1</link><pubDate>{july(4):%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
    wayback = copied(server, {})
    server.copies = {july(5): Reply(rss(reports(4), entry=lambda _: entry))}
    pages, _ = read(wayback, FEED)
    assert [item.link for item in pages[0].items] == ["https://news.example/news/1"]


INDEX = {
    "no copies": (Reply(b"[]"), ""),
    "an empty answer": (Reply(b""), "the index of copies cannot be read: it says ''"),
    "breaks off": (Reply(b'[["timestamp","original"],["20250705'), "the index of copies cannot be read"),
    "words": (Reply(b"org.archive.util.io.RuntimeIOException: Blocked Site Error"), "it says 'org.archive"),
    "another list": (Reply(b'[["a","b"],["1","2"]]'), "the index of copies cannot be read"),
    "no list": (Reply(b'{"message": 5}'), "the index of copies cannot be read"),
    "rows that are none": (Reply(b'[["timestamp","original"], 5]'), "the index of copies cannot be read"),
    "moments and addresses that are none": (
        Reply(b'[["timestamp","original"],["20259999000000","http://a.example"],["20250705000000","javascript:1"]]'),
        "",
    ),
    "too many requests": (TOO_MANY, "HTTP 429"),
}


@pytest.mark.parametrize("case", INDEX)
def test_what_the_index_may_answer(server: HistoryServer, case: str) -> None:
    reply, expected = INDEX[case]
    wayback = Wayback(base=server.url())
    read(wayback, FEED)
    server.fixed[server.asked[0]] = reply
    pages, ended = read(wayback, FEED)
    assert pages == []
    assert expected in ended if expected else not ended


def test_a_frequent_archive_is_thinned_evenly(server: HistoryServer) -> None:
    hourly = [Copy(july(1) + timedelta(hours=hour), FEED) for hour in range(24 * 10)]
    few = thinned(hourly, most_a_day=4, most=100)
    assert len(few) == 40
    assert [copy.taken.hour for copy in few[:4]] == [5, 11, 17, 23]
    assert len(thinned(hourly, most_a_day=4, most=25)) == 20, "two a day"
    assert [copy.taken.day for copy in thinned(hourly, most_a_day=4, most=5)] == [2, 4, 6, 8, 10]
    assert thinned([], most_a_day=4, most=5) == []
    server.copies = {copy.taken: Reply(rss(reports(1))) for copy in hourly}
    pages, _ = read(Wayback(base=server.url(), most_requests=12), FEED)
    assert (len(server.asked), pages[0].note) == (11, "10 of 240 copies are read")
