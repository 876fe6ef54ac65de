"""A database that grew with its archives says the same as one that is made of them anew. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import remember
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres import fresh_store
from test_store import ANY_DAY, DAY, after, item, keys, poll

from tracker.model import Item, Role
from tracker.store import Store

ARCHIVE, SECOND = "data/a.atom", "data/b.atom"
RECALLED, STAY = [frozenset({"wrecalled"})], [frozenset({"wstay"})]
NEXT_DAY: dict[str, Any] = {"published": after(days=1), "day": DAY + timedelta(days=1)}


def archived(store: Store, *items: Item, days: int = 9, feed: str = ARCHIVE) -> Any:  # noqa: ANN401
    at = after(days=days)
    return remember(store, poll(*(replace(each, first_seen=at) for each in items), at=at, feed=feed, archive=True))


def said(store: Store) -> list[tuple[Any, ...]]:
    """All that is said of the past, and what is found in it."""
    found = set(keys(store.find(RECALLED, until=ANY_DAY)))
    return [
        (each.key, each.feed, each.source, each.title, each.published, each.day, each.version, each.key in found)
        for each in store.items(until=ANY_DAY)
    ] + [(row.address, row.day, row.items) for row in store.carried(date.min, date.max)]


CORRECTIONS = {
    "a later date": [item(**NEXT_DAY), item("other")],
    "an earlier date": [item(published=after(days=-1), day=DAY - timedelta(days=1)), item("other")],
    "another text": [item(title="Envoys stay"), item("other")],
    "another publisher": [item(source="tass.ru"), item("other")],
    "an entry deleted": [item("other")],
    "all deleted": [],
    "an entry added": [item(), item("other"), item("third")],
}


@pytest.mark.parametrize("corrected", CORRECTIONS.values(), ids=CORRECTIONS.keys())
def test_what_an_archive_says_now_stands(store: Store, corrected: Sequence[Item], tmp_path: Path) -> None:
    archived(store, item(), item("other"))
    archived(store, *corrected, days=10)
    (tmp_path / "anew").mkdir()
    with fresh_store("sqlite", tmp_path / "anew") as anew:
        archived(anew, *corrected)
        assert said(store) == said(anew)


def test_a_corrected_text_is_met_anew_by_every_criterion(store: Store) -> None:
    archived(store, item(), item("other"))
    store.save_matches([("c", Role.EVENT, "k"), ("c", Role.EVENT, "other")], {"c": store.newest_version()})
    assert [each.title for each in archived(store, item(title="Envoys stay"), item("other")).updated] == ["Envoys stay"]
    assert keys(iter(store.matched("c", since=DAY, until=DAY))) == ["other"]
    assert [each.title for each in store.items_after(store.matched_up_to()["c"])] == ["Envoys stay"]
    assert (keys(store.find(RECALLED, until=DAY)), keys(store.find(STAY, until=DAY))) == (["other"], ["k"])


def test_a_deleted_entry_leaves_no_number_to_be_taken_for_one_that_was_met(store: Store) -> None:
    archived(store, item("other"), item())
    store.save_matches([], {"c": store.newest_version()})
    archived(store, item("other"))
    archived(store, item("other"), item("late"))
    assert keys(store.items_after(store.matched_up_to()["c"])) == ["late"]


def test_a_feed_that_carried_it_too_speaks_where_the_archive_is_silent(store: Store) -> None:
    live = item(title="Envoys stay", **NEXT_DAY)
    remember(store, poll(live))
    archived(store, item())
    assert [(each.title, each.day) for each in store.items(until=ANY_DAY)] == [("Envoys recalled", DAY)]
    archived(store)
    assert list(store.items(until=ANY_DAY)) == [live]


def test_an_edit_that_a_live_feed_was_seen_to_make_stays(store: Store) -> None:
    remember(store, poll(item(title="one")))
    remember(store, poll(item(title="two"), at=after(days=2)))
    archived(store, item(title="zero"))
    assert [each.title for each in store.versions("k")] == ["zero", "two"]
    archived(store)
    assert [each.title for each in store.versions("k")] == ["one", "two"]


CONTENTS = st.dictionaries(
    st.sampled_from("xyz"),
    st.builds(
        lambda title, days: {"title": title, "published": after(days=days), "day": after(days=days).date()},
        st.sampled_from(["Envoys recalled", "Envoys stay"]),
        st.integers(0, 2),
    ),
)


@given(history=st.lists(st.tuples(st.sampled_from([ARCHIVE, SECOND]), CONTENTS), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_however_archives_came_about(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, Mapping[str, Mapping[str, Any]]]]
) -> None:
    with (
        fresh_store("sqlite", tmp_path_factory.mktemp("grown")) as grown,
        fresh_store("sqlite", tmp_path_factory.mktemp("anew")) as anew,
    ):
        for days, (feed, content) in enumerate(history):
            archived(grown, *(item(key, **fields) for key, fields in content.items()), days=days + 3, feed=feed)
        for feed, content in dict(reversed(dict(history).items())).items():
            archived(anew, *(item(key, **fields) for key, fields in content.items()), feed=feed)
        assert said(grown) == said(anew)
