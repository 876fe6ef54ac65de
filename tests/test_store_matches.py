"""What does the store remember of matches? The same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date, timedelta

from builders import remember
from test_store import DAY, after, item, keys, poll

from tracker.model import Role
from tracker.store import Store


def test_what_came_after_a_version_comes_in_the_order_in_which_it_came(store: Store) -> None:
    assert (store.newest_version(), list(store.items_after(0))) == (0, [])
    remember(store, poll(item("z"), item("a")))
    seen = store.newest_version()
    assert (keys(store.items_after(0)), keys(store.items_after(seen))) == (["z", "a"], [])
    remember(store, poll(item("z", title="Edited"), item("m"), at=after(hours=1)))
    assert [(each.key, each.title) for each in store.items_after(seen)] == [("z", "Edited"), ("m", "Envoys recalled")]


def test_matches_are_kept_by_criterion_and_read_as_the_items_stood(store: Store) -> None:
    later = item("c", day=DAY + timedelta(days=1))
    remember(store, poll(item("b"), item("a"), later, item("unmatched")))
    found = [("one", Role.EVENT, "b"), ("one", Role.AGAINST, "b"), ("one", Role.EVENT, "a"), ("one", Role.EVENT, "c")]
    for _ in range(2):  # what is known already is no harm
        store.save_matches([*found, ("two", Role.EVENT, "b")], {"one": 3, "two": 4})
    remember(store, poll(item("b", title="Edited"), at=after(days=2)))
    assert list(store.matched("one", since=DAY, until=DAY)) == [item("a"), item("b")]
    assert [each.title for each in store.matched("two", since=DAY, until=DAY + timedelta(days=2))] == ["Edited"]
    assert list(store.matched("one", since=DAY + timedelta(days=1), until=date.max)) == [later]
    assert list(store.matched("three", since=DAY, until=DAY)) == []


def test_how_far_a_criterion_was_matched(store: Store) -> None:
    assert store.matched_up_to() == {}
    store.save_matches([], {"one": 3, "two": 4})
    store.save_matches([], {"one": 9})
    assert store.matched_up_to() == {"one": 9, "two": 4}


def test_an_edit_does_not_hide_what_an_earlier_version_said(store: Store) -> None:
    remember(store, poll(item("k", title="Envoys recalled", summary="")))
    remember(store, poll(item("k", title="Envoys stay", summary=""), at=after(days=3)))
    recalled = [frozenset({"wrecalled"})]
    assert list(store.find(recalled, until=date.max)) == []
    assert [each.title for each in store.find_versions(recalled)] == ["Envoys recalled"]
    assert [each.title for each in store.find_versions([])] == ["Envoys recalled", "Envoys stay"]
