"""What search engines know of some words: Google News, Bing News, GDELT."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest
from history_server import CONSENT, TOO_MANY, Article, HistoryServer, Reply, ask, searched

from tracker.errors import FeedError
from tracker.history.bing_news import BingNews
from tracker.history.gdelt import Gdelt, gdelt_query
from tracker.history.google_news import GoogleNews
from tracker.history.search_words import SearchWords
from tracker.history.source import Page, SearchHistory, Wanted

NOW = datetime(2025, 7, 31, 12, tzinfo=UTC)
JULY = Wanted(date(2025, 7, 1), date(2025, 7, 31), UTC, NOW)
WORDS = SearchWords("en", (("azerbaijan", "baku"), ("ambassador", "called home")))
RUSSIAN = SearchWords("ru", (("баку", "азербайджан"), ("посол",)))


@pytest.fixture
def server() -> Iterator[HistoryServer]:
    with HistoryServer() as running:
        yield running


def july(day: float) -> datetime:
    return datetime(2025, 7, 1, tzinfo=UTC) + timedelta(days=day - 1)


def many(*, a_day: int, days: range) -> list[Article]:
    return [Article(f"Envoy {day} {number}", july(day + number / a_day)) for day in days for number in range(a_day)]


def search(source: SearchHistory, words: SearchWords = WORDS, wanted: Wanted = JULY) -> tuple[list[Page], str]:
    """The pages of a search, and what ended it."""
    pages = []
    try:
        for page in source.pages(words, wanted, ask):
            pages.append(page)
    except FeedError as error:
        return pages, str(error)
    return pages, ""


def titles(pages: list[Page]) -> Counter[str]:
    return Counter(item.title for page in pages for item in page.items)


SOURCES = {"google": GoogleNews, "bing": BingNews, "gdelt": Gdelt}
PATHS = {"google": "/rss/search", "bing": "/news/search", "gdelt": "/api/v2/doc/doc"}


def source(name: str, server: HistoryServer) -> SearchHistory:
    return SOURCES[name](base=server.url(PATHS[name]))  # type: ignore[no-any-return]


def test_google_halves_a_slice_that_is_full_until_it_has_all(server: HistoryServer) -> None:
    server.articles = [*many(a_day=20, days=range(1, 11)), *many(a_day=1, days=range(11, 31))]
    pages, ended = search(source("google", server))
    assert (sum(titles(pages).values()), len(titles(pages)), ended) == (220, 220, "")
    slices = [searched(target).partition('called home") ')[2] for target in server.asked]
    assert slices[:4] == [
        "after:2025-07-28 before:2025-08-02",
        "after:2025-06-30 before:2025-07-28",
        "after:2025-07-14 before:2025-07-28",
        "after:2025-06-30 before:2025-07-14",
    ], "a day more than wanted at either end, as Google's days are not ours"


def test_google_s_fullest_day_is_told(server: HistoryServer) -> None:
    server.articles = [*many(a_day=150, days=range(5, 6)), *many(a_day=2, days=range(6, 9))]
    pages, _ = search(source("google", server))
    assert sum(titles(pages).values()) == 106
    assert [page.note for page in pages if page.note] == [
        "2025-07-05: as many results as one answer holds, so some are missing"
    ]


def test_a_search_is_one_feed_and_proves_nothing(server: HistoryServer) -> None:
    server.articles = many(a_day=1, days=range(1, 31))
    for name in SOURCES:
        first, _ = search(source(name, server))
        second, _ = search(source(name, server), wanted=replace(JULY, since=date(2025, 7, 20)))
        assert len({page.feed for page in [*first, *second]}) == 1, "so that it has one row, however often it is made"
        assert "2025" not in first[0].feed
        assert {item.feed for page in first for item in page.items} == {first[0].feed}
        assert {page.proves for page in first} == {None}
        common = {item.key for page in second for item in page.items}
        assert common
        assert common <= {item.key for page in first for item in page.items}, "the same article, the same key"


def test_what_lies_outside_of_the_days_wanted_is_left_out(server: HistoryServer) -> None:
    server.articles = many(a_day=1, days=range(-3, 31))
    wanted = replace(JULY, since=date(2025, 7, 10), until=date(2025, 7, 12))
    for name in ("google", "gdelt"):
        pages, _ = search(source(name, server), wanted=wanted)
        assert titles(pages).keys() == {"Envoy 10 0", "Envoy 11 0", "Envoy 12 0"}
    assert titles(search(source("bing", server), wanted=wanted)[0]) == Counter(), "Bing has the latest ones only"


def test_google_items_are_their_publishers_and_say_what_the_headline_says(server: HistoryServer) -> None:
    server.articles = [
        Article("Envoy - and his wife - recalled", july(5), "www.themoscowtimes.com", "The Moscow Times"),
        Article("AT&T <b>cuts</b> jobs", july(5), "a.co.uk", "A & B - News"),
        Article("Talks resume", july(5), "news.example", "News"),
    ]
    pages, _ = search(source("google", server))
    found = {item.title: item for page in pages for item in page.items}
    assert found.keys() == {"Envoy - and his wife - recalled", "AT&T cuts jobs", "Talks resume"}
    assert found["Envoy - and his wife - recalled"].source == "themoscowtimes.com"
    assert {item.summary for item in found.values()} == {""}, "no second time the title, with the publisher's name"


def test_google_is_asked_in_the_edition_of_the_language(server: HistoryServer) -> None:
    server.articles = [Article("Посол отозван", july(5), "ria.ru", "РИА Новости")]
    pages, _ = search(source("google", server), RUSSIAN)
    query = parse_qs(urlsplit(server.asked[0]).query)
    assert (query["hl"], query["gl"], query["ceid"]) == (["ru"], ["RU"], ["RU:ru"])
    assert searched(server.asked[0]) == "(баку OR азербайджан) посол after:2025-07-28 before:2025-08-02"
    assert [(item.title, item.language) for page in pages for item in page.items] == [("Посол отозван", "ru")]


def test_bing_leads_to_the_articles_themselves(server: HistoryServer) -> None:
    server.articles = [
        Article("Envoy recalled", july(5), "www.trend.az", "Trend", summary="Baku calls its envoy home.")
    ]
    for _ in range(2):
        pages, ended = search(source("bing", server))
        (item,) = pages[0].items
        assert (item.link, item.source, ended) == ("https://www.trend.az/envoy-recalled", "trend.az", "")
        assert item.summary == "Baku calls its envoy home."
    assert len({query["mkt"][0] for query in (parse_qs(urlsplit(target).query) for target in server.asked)}) == 1


def test_gdelt_halves_its_slices_and_ends_with_what_lies_within_its_reach(server: HistoryServer) -> None:
    server.articles = [*many(a_day=90, days=range(16, 21)), *many(a_day=1, days=range(1, 16))]
    server.reaches_back_to = july(8)
    pages, ended = search(source("gdelt", server))
    assert len(titles(pages)) == 450 + 8
    assert set(titles(pages).values()) == {1}
    assert ended == "GDELT says: Timespan must be within the last 3 months."


def test_gdelt_s_fullest_hour_is_told(server: HistoryServer) -> None:
    server.articles = [Article(f"Envoy {number}", july(5) + timedelta(seconds=number)) for number in range(300)]
    pages, _ = search(source("gdelt", server), wanted=replace(JULY, since=date(2025, 7, 5), until=date(2025, 7, 5)))
    assert [page.note[:40] for page in pages if page.note] == ["2025-07-05 00:00: as many results as one"]


def test_gdelt_s_articles_are_their_publishers_in_their_language_on_the_day_seen(server: HistoryServer) -> None:
    server.articles = [
        Article("Посол отозван", july(5), "www.ria.ru", language="Russian"),
        Article("Botschafter abberufen", july(5), "tagesschau.de", language="German"),
        Article("\x1b[31mEnvoy <b>home</b>", july(5) + timedelta(hours=22), "www.bbc.co.uk"),
    ]
    wanted = replace(JULY, zone=timezone_of(3))
    found = {item.source: item for page in search(source("gdelt", server), wanted=wanted)[0] for item in page.items}
    assert {name: item.language for name, item in found.items()} == {
        "ria.ru": "ru",
        "tagesschau.de": "",
        "bbc.co.uk": "en",
    }
    assert (found["bbc.co.uk"].title, found["bbc.co.uk"].day) == ("Envoy home", date(2025, 7, 6))
    assert found["bbc.co.uk"].published == july(5) + timedelta(hours=22)


def timezone_of(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


QUERIES = {
    "names in parentheses, phrases in quotes": (
        (("azerbaijan", "baku"), ("ambassador", "called home")),
        '(azerbaijan OR baku) (ambassador OR "called home") (sourcelang:english OR sourcelang:russian)',
    ),
    "a single name stands without parentheses": (
        (("baku",),),
        "baku (sourcelang:english OR sourcelang:russian)",
    ),
    "what GDELT refuses is left out: short words, accents, hyphens": (
        (("EU", "european union"), ("Hürriyet",), ("tit-for-tat",)),
        '"european union" "tit for tat" (sourcelang:english OR sourcelang:russian)',
    ),
    "nothing is left": ((("EU",),), ""),
}


@pytest.mark.parametrize("case", QUERIES)
def test_words_as_gdelt_takes_them(case: str) -> None:
    groups, expected = QUERIES[case]
    assert gdelt_query(SearchWords("en", groups)) == expected


def test_a_long_search_is_cut_to_what_gdelt_takes(server: HistoryServer) -> None:
    words = SearchWords(
        "en", (tuple(f"country{number}" for number in range(20)), tuple(f"event{n}" for n in range(30)))
    )
    server.articles = many(a_day=1, days=range(1, 31))
    pages, ended = search(source("gdelt", server), words)
    assert (len(titles(pages)), ended) == (30, "")
    assert "country0 OR country1 OR country2" in searched(server.asked[0])
    assert "event0 OR event1 OR event2" in searched(server.asked[0])


def test_gdelt_is_not_asked_for_russian_words(server: HistoryServer) -> None:
    assert search(source("gdelt", server), RUSSIAN) == ([], "")
    assert server.asked == []


REFUSALS = {
    "too many requests": (TOO_MANY, "HTTP 429 Too Many Requests"),
    "a page for consent": (Reply(CONSENT, content_type="text/html"), "HTML|says: Before you continue to Google"),
    "nothing": (Reply(b""), "empty|says: nothing"),
    "breaks off": (Reply(b'{"articles": [{"url": "htt'), "breaks off|not XML"),
    "no list": (Reply(b"[[[["), "says: \\[\\[\\[\\[|not XML"),
    "deep nonsense": (Reply(b'{"articles":' + b"[" * 100_000), "breaks off|not XML"),
    "bytes": (Reply(bytes(range(256)) * 9), "says|not XML|not a feed"),
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_one_line_of_words(server: HistoryServer, name: str, case: str) -> None:
    reply, expected = REFUSALS[case]
    server.reply = lambda target: reply  # type: ignore[method-assign]
    pages, ended = search(source(name, server))
    assert pages == []
    assert re.search(expected, ended)
    assert ended.isprintable()
    assert len(ended) < 400


def test_an_answer_without_results_is_no_fault(server: HistoryServer) -> None:
    for name in SOURCES:
        pages, ended = search(source(name, server))
        assert (titles(pages), ended) == (Counter(), "")


def test_gdelt_s_odd_rows_are_passed_over(server: HistoryServer) -> None:
    rows = b"""{"articles": [5, null, {}, {"url": "javascript:1", "title": "A", "seendate": "20250705T000000Z"},
      {"url": "https://a.example/1", "title": "No date", "seendate": 5},
      {"url": "https://a.example/2", "title": "Ahead", "seendate": "20290705T000000Z"},
      {"url": "https://a.example/4", "title": "Of another day", "seendate": "20250703T000000Z"},
      {"url": "https://a.example/3", "title": "Tab \t here", "seendate": "20250705T000000Z", "domain": "<script>"}]}"""
    server.reply = lambda target: Reply(rows)  # type: ignore[method-assign]
    pages, _ = search(source("gdelt", server), wanted=replace(JULY, since=date(2025, 7, 5), until=date(2025, 7, 5)))
    assert [(item.title, item.source) for item in pages[0].items] == [("Tab here", "a.example")]


def test_a_search_is_left_after_so_many_requests(server: HistoryServer) -> None:
    server.articles = many(a_day=200, days=range(1, 31))
    pages, ended = search(GoogleNews(base=server.url("/rss/search"), most_requests=15))
    assert (len(server.asked), ended) == (15, "stopped after 15 requests (ask for fewer days with --since)")
    assert titles(pages)


OUT_OF_REACH = (
    "stopped after 200 requests (ask for fewer days with --since)",
    "GDELT says: Timespan must be within the last 3 months.",
)


def test_days_to_come_are_not_asked_for(server: HistoryServer) -> None:
    wanted = replace(JULY, until=date.max)
    assert search(source("google", server), wanted=wanted)[1] == ""
    assert search(source("gdelt", server), wanted=wanted)[1] == ""
    assert len(server.asked) < 12
    for name in SOURCES:
        assert search(source(name, server), wanted=replace(JULY, since=date.min))[1] in ("", *OUT_OF_REACH)
    later = replace(JULY, since=date(2026, 1, 1), until=date(2026, 2, 1))
    assert [search(source(name, server), wanted=later)[1] for name in SOURCES] == ["", "", ""]
