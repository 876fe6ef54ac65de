"""What does the store remember, and what does it say of a day in the past? The same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import remember
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.model import Carried, FeedState, Item, Poll, Watch
from tracker.store import Store, open_store
from tracker.text import index_terms

FEED = "https://example.org/feed"
OTHER = "https://example.com/rss"
NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)
DAY = NOON.date()
ANY_DAY = date.max


def after(**time: float) -> datetime:
    """A moment so long after noon on 1 September 2025."""
    return NOON + timedelta(**time)


def item(key: str = "k", title: str = "Envoys recalled", **other: Any) -> Item:  # noqa: ANN401
    """An item published and first seen at noon, unless told otherwise."""
    fields: dict[str, Any] = {
        "feed": FEED,
        "source": "example.org",
        "summary": "Послы отозваны",
        "link": "https://example.org/1",
        "language": "en",
        "published": NOON,
        "first_seen": NOON,
        "day": DAY,
    }
    return Item(key=key, title=title, **(fields | other))


def poll(*items: Item, at: datetime = NOON, feed: str = FEED, **other: Any) -> Poll:  # noqa: ANN401
    return Poll(feed, at, items=items, **other)


def keys(items: Iterator[Item]) -> list[str]:
    return [item.key for item in items]


def test_new_items_are_reported_once_and_read_back_whole(store: Store) -> None:
    first = item("a")
    assert remember(store, poll(first)).new == (first,)
    second = item("b", title="Talks")
    saved = remember(store, poll(first, second, at=after(hours=1)))
    assert (saved.new, saved.updated) == ((second,), ())
    assert list(store.items(until=DAY)) == [first, second]
    assert store.item("a") == first
    assert store.count_items() == 2


def test_an_unknown_item_is_none_and_has_no_versions(store: Store) -> None:
    assert store.item("nothing") is None
    assert store.versions("nothing") == []
    assert list(store.items(until=ANY_DAY)) == []


def test_items_come_by_day_and_then_by_key_in_code_point_order(store: Store) -> None:
    # A dictionary would put b before Z and a-b after aa.
    names = ["Z", "a", "a-b", "aa", "b", "ä", "я"]
    early = item("zz", day=DAY - timedelta(days=1))
    remember(store, poll(*(item(name) for name in reversed(names)), early))
    assert keys(store.items(until=DAY)) == ["zz", *names]


def test_items_are_limited_to_the_days_asked_for_both_included(store: Store) -> None:
    days = [DAY + timedelta(days=number) for number in range(5)]
    remember(store, poll(*(item(str(day), day=day) for day in days)))
    assert keys(store.items(since=days[1], until=days[3])) == [str(day) for day in days[1:4]]


def test_more_items_than_one_batch_are_all_read_in_order(store: Store) -> None:
    remember(store, poll(*(item(f"{number:05}") for number in range(2_345))))
    assert keys(store.items(until=DAY)) == [f"{number:05}" for number in range(2_345)]


def test_reading_may_stop_halfway_and_write_meanwhile(store: Store) -> None:
    remember(store, poll(*(item(f"{number:05}") for number in range(1_500))))
    reading = store.items(until=DAY)
    assert next(reading).key == "00000"
    assert remember(store, poll(item("late"), at=after(hours=1))).new
    assert "late" not in keys(reading)


def test_a_key_listed_twice_in_one_poll_counts_as_it_is_listed_first(store: Store) -> None:
    upper, lower = item(title="Upper"), item(title="Lower")
    assert remember(store, poll(upper, lower)).new == (upper,)
    assert remember(store, poll(upper, lower, at=after(hours=1))).updated == ()
    assert [version.title for version in store.versions("k")] == ["Upper"]


NUMBERS = count()
TEXTS = ("key", "source", "title", "summary", "link", "language")


def without_unstorable(item: Item) -> Item:
    bare: dict[str, Any] = {
        name: "".join(c for c in getattr(item, name) if c != "\x00" and not "\ud800" <= c <= "\udfff") for name in TEXTS
    }
    return replace(item, **bare)


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_field_of_an_item_survives(store: Store, data: st.DataObject) -> None:
    # In UTC, as an item's moments are: Python calls no moment equal to one of an hour that its zone's clocks repeat.
    moments = st.datetimes(datetime(3, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - limits
    given_item = data.draw(
        st.builds(
            Item,
            key=st.text(max_size=50).map(lambda text: f"{next(NUMBERS)} {text}"),
            feed=st.just(FEED),
            source=st.text(),
            title=st.text(),
            summary=st.text(),
            link=st.text(),
            language=st.text(max_size=3),
            published=moments,
            first_seen=moments,
            day=st.dates(),
            version=st.just(1),
        )
    )
    saved = remember(store, poll(given_item)).new
    bare = without_unstorable(given_item)
    assert saved == (bare,)
    assert store.item(given_item.key) == bare
    found = store.find([frozenset({term}) for term in index_terms(f"{bare.title}\n{bare.summary}")], until=ANY_DAY)
    assert bare in list(found)


def test_nul_and_half_surrogates_are_left_out_and_are_no_edit(store: Store) -> None:
    odd = item("k\x00", title="Nul\x00 and \ud800half", source="\x00", link="\x00", language="\x00")
    assert remember(store, poll(odd, title="\x00")).new[0].title == "Nul and half"
    assert remember(store, poll(odd, at=after(hours=1))).updated == ()
    assert store.item("k\x00") == store.item("k")


def test_a_naive_moment_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        remember(store, poll(item(), at=datetime(2025, 9, 1)))  # noqa: DTZ001
    assert store.feed_states() == {}


def test_an_edit_is_a_new_version_that_keeps_the_first_moment_and_date(store: Store) -> None:
    remember(store, poll(item()))
    edit = item(title="Envoys stay", link="https://example.org/2", first_seen=after(days=2), day=DAY)
    saved = remember(store, poll(edit, at=after(days=2)))
    second = replace(edit, first_seen=NOON, version=2)
    assert (saved.new, saved.updated) == ((), (second,))
    assert store.versions("k") == [item(), second]
    assert store.count_items() == 1


def test_an_edit_does_not_stand_before_the_day_on_which_it_was_seen(store: Store) -> None:
    remember(store, poll(item(title="one"), at=after(days=9)))
    remember(store, poll(item(title="two"), at=after(days=10)))
    remember(store, poll(item(title="three"), at=after(days=11)))
    by_day = {days: store.item("k", until=DAY + timedelta(days=days)) for days in (-1, 0, 9, 10, 11)}
    titles = {days: found.title if found else None for days, found in by_day.items()}
    assert titles == {-1: None, 0: "one", 9: "one", 10: "two", 11: "three"}
    for days, title in titles.items():
        until = DAY + timedelta(days=days)
        assert [found.title for found in store.items(until=until)] == ([title] if title else [])
    assert store.item("k") == store.item("k", until=ANY_DAY)


def test_days_end_at_midnight_in_the_zone_that_is_named(tmp_path: Path) -> None:
    titles = {"Asia/Tokyo": "two", "UTC": "two", "America/New_York": "three"}
    for name, title in titles.items():
        zone = ZoneInfo(name)
        with open_store(f"sqlite:///{tmp_path}/{title}{zone.key[:2]}.sqlite", zone=zone) as store:
            remember(store, poll(item(title="one")))
            remember(store, poll(item(title="two"), at=datetime(2025, 9, 2, 14, tzinfo=UTC)))
            remember(store, poll(item(title="three"), at=datetime(2025, 9, 3, 0, tzinfo=UTC)))
            assert [each.title for each in store.items(until=date(2025, 9, 2))] == [title]
            assert [each.title for each in store.items(until=ANY_DAY)] == ["three"]
            end = datetime.combine(date(2025, 9, 2), time.max, zone)
            (watch,) = store.watches(date(2025, 9, 2))
            assert watch.until == min(end, datetime(2025, 9, 3, 0, tzinfo=UTC))


def test_the_days_of_stored_items_follow_the_zone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tracker.sqlite"
    late = item(published=datetime(2025, 9, 1, 22, tzinfo=UTC))
    with open_store(url, zone=UTC) as store:
        remember(store, poll(late))
    for name, day in {"Europe/Moscow": 2, "America/New_York": 1, "UTC": 1}.items():
        with open_store(url, zone=ZoneInfo(name)) as store:
            assert store.item("k") == replace(late, day=date(2025, 9, day))
    with open_store(url) as store:
        assert store.item("k") == late


def test_the_day_of_an_edit_ends_at_midnight_in_utc(store: Store) -> None:
    east = datetime.fromisoformat("2025-09-03T01:30+04:00")  # still 2 September in UTC
    remember(store, poll(item(title="one")))
    remember(store, poll(item(title="two"), at=east))
    assert [found.title for found in store.items(until=date(2025, 9, 1))] == ["one"]
    assert [found.title for found in store.items(until=date(2025, 9, 2))] == ["two"]


def test_an_edit_taken_back_is_an_edit_too(store: Store) -> None:
    for hours, title in enumerate(["one", "two", "one"]):
        remember(store, poll(item(title=title), at=after(hours=hours)))
    assert [version.title for version in store.versions("k")] == ["one", "two", "one"]


def test_another_link_alone_is_no_edit(store: Store) -> None:
    remember(store, poll(item()))
    assert remember(store, poll(item(link="https://example.org/?from=rss"), at=after(hours=1))).updated == ()


def test_two_feeds_that_word_an_item_differently_do_not_take_turns_at_editing_it(store: Store) -> None:
    here, there = item(summary="In full"), item(summary="In short", feed=OTHER)
    for hours in range(4):
        saved = [
            remember(store, poll(here, at=after(hours=hours))),
            remember(store, poll(there, at=after(hours=hours), feed=OTHER)),
        ]
        assert [len(each.updated) for each in saved] == [0, 0]
    assert store.versions("k") == [here]
    corrected = remember(store, poll(item(summary="Corrected"), at=after(hours=9), feed=OTHER)).updated
    assert [(each.feed, each.summary) for each in corrected] == [(FEED, "Corrected")]


EARLY, LATE = after(days=-3), after(days=5)
# What an item said first, what its edit says, and what is kept, which is the first always: each (published, day).
DATES = {
    "an earlier date": ((NOON, DAY), (EARLY, EARLY.date()), (NOON, DAY)),
    "a later date": ((NOON, DAY), (LATE, LATE.date()), (NOON, DAY)),
    "no date leaves what was known": ((NOON, DAY), (None, LATE.date()), (NOON, DAY)),
    "a date that comes late": ((None, DAY), (EARLY, EARLY.date()), (None, DAY)),
}


@pytest.mark.parametrize("case", DATES)
def test_dates(store: Store, case: str) -> None:
    (published, day), (edited_published, edited_day), kept = DATES[case]
    remember(store, poll(item("before")))
    remember(store, poll(item("before"), item(published=published, day=day)))
    edit = item(title="Edited", published=edited_published, day=edited_day, first_seen=after(days=8))
    remember(store, poll(edit, at=after(days=8)))
    found = store.item("k")
    assert found is not None
    assert ((found.published, found.day), found.first_seen) == (kept, NOON)


def test_a_poll_leaves_what_the_next_one_needs(store: Store) -> None:
    remember(store, poll(title="News", etag="e1", last_modified="Mon", body_hash="h1"))
    expected = FeedState(FEED, "News", "e1", "Mon", "h1", NOON, NOON)
    assert store.feed_states() == {FEED: expected}
    remember(store, poll(at=after(hours=1), unchanged=True))
    later = replace(expected, last_polled=after(hours=1), last_success=after(hours=1))
    assert store.feed_states() == {FEED: later}
    remember(store, poll(at=after(hours=2), body_hash="h2"))
    last = FeedState(FEED, "News", "", "", "h2", after(hours=2), after(hours=2))
    assert store.feed_states() == {FEED: last}


def test_failures_are_counted_in_a_row_and_change_nothing_else(store: Store) -> None:
    remember(store, poll(item(), etag="e1"))
    before, watched = store.feed_states()[FEED], store.watches(ANY_DAY)
    for hours in (1, 2):
        saved = remember(store, poll(at=after(hours=hours), error="timed out"))
        assert (saved.new, saved.updated) == ((), ())
    assert store.feed_states()[FEED] == replace(before, last_polled=after(hours=2), failures=2, error="timed out")
    assert store.watches(ANY_DAY) == watched
    remember(store, poll(item(), at=after(hours=3), etag="e1"))
    assert (store.feed_states()[FEED].failures, store.feed_states()[FEED].error) == (0, "")


def test_a_feed_that_never_answered_is_known_by_its_failures(store: Store) -> None:
    remember(store, poll(error="no such host"))
    assert store.feed_states() == {FEED: FeedState(FEED, last_polled=NOON, failures=1, error="no such host")}
    assert store.watches(ANY_DAY) == []


def test_items_are_counted_for_every_feed_that_carried_them(store: Store) -> None:
    remember(store, poll(item("a"), item("b"), item("c", source="tass.ru")))
    remember(store, poll(item("a", feed=OTHER), item("d", day=date(2025, 9, 2)), feed=OTHER, archive=True))
    assert store.count_items() == 4
    assert store.carried(DAY, date(2025, 9, 2)) == [
        Carried(OTHER, "example.org", DAY, 1, True),
        Carried(OTHER, "example.org", date(2025, 9, 2), 1, True),
        Carried(FEED, "example.org", DAY, 2, False),
        Carried(FEED, "tass.ru", DAY, 1, False),
    ]
    assert len(store.carried(DAY, DAY)) == 3


WATCHES: dict[str, tuple[list[Poll], list[tuple[float, float]]]] = {
    "the first poll begins a watch": ([poll(item("a"))], [(0, 0)]),
    "an overlap extends it": ([poll(item("a")), poll(item("a"), item("b"), at=after(hours=1))], [(0, 1)]),
    "without overlap another begins": ([poll(item("a")), poll(item("b"), at=after(hours=1))], [(0, 0), (1, 1)]),
    "only the last is extended": (
        [poll(item("a")), poll(item("b"), at=after(hours=1)), poll(item("b"), at=after(hours=2))],
        [(0, 0), (1, 2)],
    ),
    "an unchanged feed was watched": ([poll(item("a")), poll(at=after(hours=1), unchanged=True)], [(0, 1)]),
    "an empty feed proves nothing": ([poll(item("a")), poll(at=after(hours=1))], [(0, 0), (1, 1)]),
    "a failure leaves the overlap to be shown": (
        [poll(item("a")), poll(at=after(hours=1), error="down"), poll(item("a"), at=after(hours=2))],
        [(0, 2)],
    ),
    "a clock that went back was ahead, and vouches for no time to come": (
        [poll(item("a")), poll(item("a"), at=after(hours=3)), poll(item("a"), at=after(hours=1))],
        [(0, 1)],
    ),
    "what another feed carried is no overlap": (
        [poll(item("a")), poll(item("b"), feed=OTHER), poll(item("b"), at=after(hours=1))],
        [(0, 0), (1, 1)],
    ),
    "what is pinned proves nothing": (
        [
            poll(item("pin"), item("a", published=after(hours=1))),
            poll(item("pin"), item("b", published=after(hours=2)), at=after(hours=2)),
            poll(item("pin"), item("c", published=after(hours=3)), at=after(hours=3)),
        ],
        [(0, 0), (2, 2), (3, 3)],
    ),
    "nor what never goes away, undated": (
        [
            poll(item("a"), item("subscribe", published=None)),
            poll(item("b"), item("subscribe", published=None), at=after(hours=1)),
        ],
        [(0, 0), (1, 1)],
    ),
    "nor an old item at the foot, while those above were replaced": (
        [
            poll(item("old", published=after(days=-9))),
            poll(item("a"), item("old", published=after(days=-9)), at=after(hours=1)),
            poll(item("b"), item("old", published=after(days=-9)), at=after(hours=2)),
        ],
        [(0, 1), (2, 2)],
    ),
    "one of those that came last is enough": (
        [
            poll(item("old")),
            poll(item("b"), item("a"), item("old"), at=after(hours=1)),
            poll(item("c"), item("a"), at=after(hours=2)),
        ],
        [(0, 2)],
    ),
    "where nothing new comes, nothing slips through": (
        [poll(item("b"), item("a", published=after(days=-1))), poll(item("a"), at=after(hours=1))],
        [(0, 1)],
    ),
    "unless nothing is left of what was shown": (
        [
            poll(item("a")),
            poll(item("b"), item("a"), at=after(hours=1)),
            poll(item("b"), at=after(hours=2)),
            poll(item("a"), at=after(hours=3)),
        ],
        [(0, 2), (3, 3)],
    ),
    "a feed without any dates": (
        [
            poll(item("a", published=None)),
            poll(item("b", published=None), item("a", published=None), at=after(hours=1)),
            poll(item("c", published=None), item("b", published=None), at=after(hours=2)),
        ],
        [(0, 2)],
    ),
    "an archive is not watched": ([poll(item("a"), archive=True)], []),
}


@pytest.mark.parametrize("case", WATCHES)
def test_watches(store: Store, case: str) -> None:
    polls, expected = WATCHES[case]
    for each in polls:
        remember(store, each)
    found = [watch for watch in store.watches(ANY_DAY) if watch.address == FEED]
    assert found == [Watch(FEED, after(hours=since), after(hours=until)) for since, until in expected]


def test_an_undated_item_counts_only_where_it_was_seen_to_come(store: Store) -> None:
    old, new, later = (item(name, published=None) for name in ("old", "new", "later"))
    assert remember(store, poll(item("a"), old)).new == (item("a"),)
    assert remember(store, poll(new, item("a"), old, at=after(hours=1))).new == (new,)
    gap = poll(later, item("b", published=after(hours=9)), old, at=after(hours=9))
    assert [each.key for each in remember(store, gap).new] == ["b"]
    gap = poll(later, item("b", published=after(hours=9)), old, new, at=after(hours=10))
    assert remember(store, gap).new == ()
    dated = replace(old, published=after(days=-300), day=after(days=-300).date())
    assert remember(store, poll(dated, item("b"), at=after(hours=11))).new == (dated,)


def test_what_is_seen_later_does_not_change_what_was_known_on_a_day(store: Store) -> None:
    remember(store, poll(item()))
    earlier = item(published=EARLY, day=EARLY.date(), first_seen=LATE)
    remember(store, poll(earlier, at=LATE, feed=OTHER))
    assert list(store.items(until=EARLY.date())) == []
    assert list(store.items(until=DAY)) == [item()]


def test_watches_end_with_the_day_asked_for(store: Store) -> None:
    remember(store, poll(item("a")))
    remember(store, poll(item("a"), at=after(days=2)))
    remember(store, poll(item("b"), at=after(days=3)))
    end = datetime(2025, 9, 2, 23, 59, 59, 999_999, tzinfo=UTC)
    assert store.watches(date(2025, 9, 2)) == [Watch(FEED, NOON, end)]
    assert store.watches(date(2025, 8, 31)) == []
