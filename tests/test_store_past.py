"""What does a document of a feed's past change in the store, and what does it leave alone?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest
from builders import remember
from hypothesis import given, settings
from hypothesis import strategies as st
from test_store import ANY_DAY, FEED, NOON, OTHER, after, item, poll

from tracker.model import Item, Watch
from tracker.store import Store, open_store
from tracker.text import index_terms

Stretch = tuple[float, float]


def prove(store: Store, *stretches: Stretch, feed: str = FEED) -> None:
    """Stretches that documents without items prove, in hours from noon."""
    for since, until in stretches:
        store.save_past(poll(feed=feed), (after(hours=since), after(hours=until)))


def proved(store: Store, feed: str = FEED) -> list[Stretch]:
    """The stretches in which the feed was watched, in hours from noon, in their order."""
    watches = [watch for watch in store.watches(ANY_DAY) if watch.address == feed]
    return sorted((hours(watch.since), hours(watch.until)) for watch in watches)


def hours(moment: datetime) -> float:
    return (moment - NOON) / timedelta(hours=1)


def seen(hours: float, title: str = "Envoys recalled", key: str = "k", **other: object) -> Item:
    """An item as a document of the past shows it, so many hours from noon, published at noon unless told otherwise."""
    return item(key, title, first_seen=after(hours=hours), **other)


def save(store: Store, *items: Item) -> None:
    store.save_past(poll(*items, at=items[0].first_seen))


# What is proved

STRETCHES = {
    "stretches that meet are one": ([(0, 5), (5, 9)], [(0, 9)]),
    "the later one first": ([(5, 9), (0, 5)], [(0, 9)]),
    "the same again is nothing new": ([(0, 5), (0, 5)], [(0, 5)]),
    "one within another is nothing new": ([(0, 9), (3, 5)], [(0, 9)]),
    "one around others takes them in": ([(1, 2), (4, 5), (0, 9)], [(0, 9)]),
    "one between two joins them": ([(0, 3), (6, 9), (3, 6)], [(0, 9)]),
    "what lies apart stays apart": ([(0, 3), (4, 6)], [(0, 3), (4, 6)]),
}


@pytest.mark.parametrize(("stretches", "known"), STRETCHES.values(), ids=STRETCHES)
def test_stretches_add_up(store: Store, stretches: list[Stretch], known: list[Stretch]) -> None:
    prove(store, (0, 1), feed=OTHER)
    prove(store, *stretches)
    assert proved(store) == known
    assert proved(store, OTHER) == [(0, 1)], "another feed's have nothing to do with it"


_stretch = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database for many examples, each about a feed of its own."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('examples')}/tracker.sqlite") as opened:
        yield opened


_numbers = count()


@settings(max_examples=30)
@given(st.lists(_stretch, min_size=1, max_size=8))
def test_exactly_what_was_proved_is_known_to_be_watched_in_any_order(
    database: Store, stretches: list[tuple[int, int]]
) -> None:
    feed = f"https://example.org/feed/{next(_numbers)}"
    prove(database, *stretches, feed=feed)
    known = proved(database, feed)
    prove(database, *reversed(stretches), feed=feed)
    assert proved(database, feed) == known, "proved again, it is no longer"
    assert {hour for since, until in known for hour in range(int(since), int(until))} == {
        hour for since, until in stretches for hour in range(since, until)
    }
    assert all(before[1] < behind[0] for before, behind in pairwise(known))


def test_the_live_feed_goes_on_where_it_was_whatever_is_learnt_of_its_past(store: Store) -> None:
    first, second = item("1"), item("2", "Envoys return")
    remember(store, poll(first, at=NOON))
    prove(store, (-48, -24))
    remember(store, poll(second, first, at=after(hours=1)))
    assert proved(store) == [(-48, -24), (0, 1)], "what lies between was not proved"
    prove(store, (-24, 0.5))
    assert proved(store) == [(-48, 1)]
    remember(store, poll(second, at=after(hours=2)))
    assert proved(store) == [(-48, 2)]
    remember(store, poll(item("3", "Envoys vanish"), at=after(hours=3)))
    assert proved(store) == [(-48, 2), (3, 3)], "a poll that overlaps nothing begins anew"


def test_a_first_live_poll_after_a_backfill_is_not_joined_to_the_past(store: Store) -> None:
    save(store, seen(-5, published=after(hours=-6)))
    prove(store, (-9, -5))
    remember(store, poll(item(published=after(hours=-6)), at=NOON))
    assert proved(store) == [(-9, -5), (0, 0)]


def test_what_is_learnt_between_two_polls_does_not_make_them_overlap(store: Store) -> None:
    pinned = item("pinned", published=after(hours=-200))
    before = [item(f"a{number}", published=after(hours=-number)) for number in (1, 2)]
    later = [item(f"z{number}", published=after(hours=47 - number)) for number in (1, 2, 3)]
    remember(store, poll(pinned, *before))
    store.save_past(poll(pinned, *later, at=after(hours=47)), None)
    remember(store, poll(pinned, *later[:2], at=after(hours=48)))
    assert proved(store) == [(0, 0), (48, 48)], "the second poll shows none of the items that the first did but one"


def test_the_state_of_a_followed_feed_stays_as_it_is(store: Store) -> None:
    remember(store, poll(item(), at=NOON, title="Envoys daily", etag='"1"', body_hash="h"))
    remember(store, poll(at=after(hours=1), error="HTTP 503"))
    before = store.feed_states()
    store.save_past(poll(seen(-9), at=after(hours=-9), title="Envoys weekly"), (after(hours=-12), after(hours=-9)))
    assert store.feed_states() == before


# What is dated


def test_an_earlier_sighting_moves_the_first_moment_back_and_a_later_one_changes_nothing(store: Store) -> None:
    remember(store, poll(item(published=after(hours=-8), first_seen=NOON)))
    save(store, seen(-4, published=after(hours=-8)))
    assert store.item("k") == item(published=after(hours=-8), first_seen=after(hours=-4))
    save(store, seen(-2, published=after(hours=-8)))
    assert store.item("k") == item(published=after(hours=-8), first_seen=after(hours=-4))


def test_an_undated_item_counts_for_the_day_of_its_earliest_sighting(store: Store) -> None:
    remember(store, poll(item("other"), at=after(days=-2)))
    undated = item(published=None, first_seen=NOON)
    remember(store, poll(item("other"), undated, at=NOON))
    two_days_ago = after(days=-2)
    save(store, replace(undated, first_seen=two_days_ago, day=two_days_ago.date()))
    assert store.item("k") == replace(undated, first_seen=two_days_ago, day=two_days_ago.date())
    save(store, replace(undated, first_seen=after(days=-1), day=after(days=-1).date()))
    assert store.item("k") == replace(undated, first_seen=two_days_ago, day=two_days_ago.date())


def test_nothing_is_dated_later_than_a_sighting_of_it(store: Store) -> None:
    remember(store, poll(item(published=NOON, first_seen=NOON)))
    earlier = after(days=-3)
    save(store, seen(-72, published=after(days=-4), day=after(days=-4).date()))
    found = store.item("k")
    assert found is not None
    assert (found.published, found.first_seen, found.day) == (after(days=-4), earlier, after(days=-4).date())


# What is said


def test_wordings_of_the_past_are_versions_and_a_replay_shows_the_one_that_stood(store: Store) -> None:
    save(store, seen(0, "Envoys recalled"))
    save(store, seen(48, "Envoys not recalled", published=NOON))
    found = [(one.version, one.title) for one in store.versions("k")]
    assert found == [(1, "Envoys recalled"), (2, "Envoys not recalled")]
    between = store.item("k", after(days=1).date())
    assert between is not None
    assert between.title == "Envoys recalled"
    now = store.item("k")
    assert now is not None
    assert (now.title, now.first_seen) == ("Envoys not recalled", NOON)


def test_the_same_documents_again_change_nothing(store: Store) -> None:
    def everything() -> tuple[list[Item], list[Item], list[Watch]]:
        return list(store.items(until=ANY_DAY)), store.versions("k"), store.watches(ANY_DAY)

    def read() -> int:
        new = 0
        for number, title in enumerate(("Envoys recalled", "Envoys stay", "Envoys recalled", "Envoys recalled")):
            shown = (
                seen(number, title),
                seen(number, f"Item {number}", key=str(number), link=f"https://a.org/{number}"),
            )
            proves = (after(hours=number - 1), after(hours=number)) if number else None
            new += len(store.save_past(poll(*shown, at=after(hours=number)), proves).new)
        return new

    assert read() == 5
    before = everything()
    assert len(before[1]) == 3
    assert read() == 0
    assert everything() == before


def test_an_item_that_was_carried_live_is_recognised_when_its_guid_has_changed(store: Store) -> None:
    remember(store, poll(item("new"), names={"new": ("00000000000000aa", "")}))
    saved = store.save_past(poll(seen(-3, key="old"), at=after(hours=-3), names={"old": ("00000000000000aa", "")}))
    assert saved.new == ()
    assert [(one.key, one.first_seen) for one in store.items(until=ANY_DAY)] == [("new", after(hours=-3))]


def test_a_document_of_the_past_replaces_no_other_feeds_words(store: Store) -> None:
    remember(store, poll(item(title="Envoys recalled")))
    store.save_past(poll(seen(5, "Recalled: envoys"), at=after(hours=5), feed=OTHER))
    assert [one.title for one in store.versions("k")] == ["Envoys recalled"]
    assert {row.address for row in store.carried(NOON.date(), ANY_DAY)} == {FEED, OTHER}


@settings(max_examples=60)
@given(st.permutations(range(6)), st.booleans())
def test_wordings_stand_in_order_of_time_in_whatever_order_they_are_learnt(
    database: Store, order: list[int], is_live: bool
) -> None:
    key, words = f"k{next(_numbers)}", "AABBBC"
    for place, moment in enumerate(order):
        seen = item(key, f"Wording {words[moment]}", published=after(hours=-1), first_seen=after(hours=moment))
        if is_live and moment == 5 and place == 0:
            remember(database, poll(seen, at=after(hours=moment)))
        else:
            database.save_past(poll(seen, at=after(hours=moment)))
    assert [(one.version, one.title[-1]) for one in database.versions(key)] == [(1, "A"), (2, "B"), (3, "C")]
    found = database.item(key)
    assert found is not None
    assert found.first_seen == after(hours=0)
    assert key in {one.key for one in database.find([frozenset(index_terms("Wording"))], until=ANY_DAY)}


def test_what_another_release_indexed_is_indexed_anew_before_a_wording_is_put_in(tmp_path: Path) -> None:
    """A word is taken out of the index under the terms that it was put in by, or the index breaks."""
    path = tmp_path / "tracker.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        remember(store, poll(item("a", "Talks fail", published=NOON, first_seen=after(hours=2)), at=after(hours=2)))
        store.index()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE term_index SET made_by = 'another release'")
    with open_store(f"sqlite:///{path}") as store:
        store.save_past(poll(item("a", "Talks begin", published=NOON, first_seen=after(hours=1)), at=after(hours=1)))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT up_to FROM term_index WHERE made_by <> 'another release'").fetchall() == [
            (0,)
        ]
