"""Which items does the store take for one, whose keys differ from poll to poll? From the document to the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
from builders import remember
from postgres import KINDS, fresh_store

from tracker.feeds.parse import parse_feed
from tracker.model import Item, Poll
from tracker.store import Saved, Store

FEED = "https://news.example/feed"
NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = "Mon, 03 Mar 2025 00:00:00 GMT"
MORNING = "Mon, 03 Mar 2025 10:00:00 GMT"
ANY_DAY = date.max

Entry = tuple[str, str, str, str]
"""What an item of a document says: guid, link, title and date."""


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(request.param, tmp_path, zone=UTC) as opened:
        yield opened


def show(store: Store, at: datetime, *entries: Entry) -> Saved:
    """A poll at a moment, at which the feed shows these items."""
    names = ("guid", "link", "title", "pubDate")
    told = [
        "".join(f"<{name}>{escape(text)}</{name}>" for name, text in zip(names, one, strict=True)) for one in entries
    ]
    body = f"<rss version='2.0'><channel><title>News</title>{''.join(f'<item>{one}</item>' for one in told)}"
    parsed = parse_feed(f"{body}</channel></rss>".encode(), address=FEED, now=at, zone=UTC)
    assert len(parsed.items) == len(entries)
    return remember(store, Poll(FEED, at, title=parsed.title, items=parsed.items, names=parsed.names))


def stored(store: Store) -> list[Item]:
    return list(store.items(until=ANY_DAY))


PAGES = {
    "the same title every day": "Daily briefing",
    "a title that names the day": "Situation report, {:%-d} March",
}


@pytest.mark.parametrize("title", PAGES.values(), ids=PAGES)
def test_a_page_that_tells_something_else_each_day_is_a_new_item_each_day(store: Store, title: str) -> None:
    moments = [NOON + number * DAY for number in range(4)]
    titles = [title.format(at) for at in moments]
    for at, said in zip(moments, titles, strict=True):
        date = format_datetime(at.replace(hour=6), usegmt=True)
        saved = show(store, at, (f"briefing-{at.day}", "https://news.example/briefing", said, date))
        assert (len(saved.new), len(saved.updated)) == (1, 0)
    found = [(item.title, item.day, item.version) for item in stored(store)]
    assert found == [(said, at.date(), 1) for said, at in zip(titles, moments, strict=True)]
    watched = sorted((watch.since, watch.until) for watch in store.watches(ANY_DAY))
    assert watched == [(at, at) for at in moments], "what came between two days has been seen by nobody"


STATEMENT = "Statement by the spokesperson"
# Two entries that two polls show, and how many items they are.
ALIKE: dict[str, tuple[Entry, Entry, int]] = {
    "two statements of one day, whose dates have no time": (
        ("1", "https://news.example/s/1", STATEMENT, MIDNIGHT),
        ("2", "https://news.example/s/2", STATEMENT, MIDNIGHT),
        2,
    ),
    "so also at two publishers": (
        ("1", "https://news.example/s/1", STATEMENT, MIDNIGHT),
        ("2", "https://gazette.example/9", STATEMENT, MIDNIGHT),
        2,
    ),
    "an article that moves to another domain, by its time of day": (
        ("1", "https://news.example/s/1", STATEMENT, MORNING),
        ("4711", "https://news-online.example/archive/one", STATEMENT, MORNING),
        1,
    ),
}


@pytest.mark.parametrize(("first", "second", "number"), ALIKE.values(), ids=ALIKE)
def test_the_same_title_and_date_tell_one_article_where_the_date_has_a_time_of_day(
    store: Store, first: Entry, second: Entry, number: int
) -> None:
    old = ("0", "https://news.example/s/0", "An older statement", "Sun, 02 Mar 2025 00:00:00 GMT")
    show(store, NOON, first, old)
    saved = show(store, NOON + HOUR, second, old)
    assert (len(saved.new), len(saved.updated)) == (number - 1, 0)
    assert [item.title for item in stored(store)].count(STATEMENT) == number


def test_an_article_that_has_moved_is_still_that_one_when_it_is_edited_there(store: Store) -> None:
    here, there = ("old:1", "https://news.example/a"), ("new:1", "https://news.example/world/a")
    edits = ["Quake hits northern Chile, dozens dead", "Northern Chile counts its dead"]
    show(store, NOON, (*here, "Quake hits Chile", MORNING))
    assert show(store, NOON + HOUR, (*there, "Quake hits Chile", MORNING)).new == ()
    for number, title in enumerate(edits, start=2):
        saved = show(store, NOON + number * HOUR, (*there, title, MORNING))
        assert (len(saved.new), [item.title for item in saved.updated]) == (0, [title])
    [item] = stored(store)
    versions = [(one.version, one.title) for one in store.versions(item.key)]
    assert versions == list(enumerate(["Quake hits Chile", *edits], start=1))
