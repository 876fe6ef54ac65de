"""When is an archive at its usual rate, and when does its silence mean that nobody kept it?"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tracker.rhythm import Rhythm, usual_days

START = date(2025, 9, 1)  # a Monday


def archive(items: list[int]) -> dict[date, int]:
    """An archive with so many items on each day from the start."""
    return {START + timedelta(days=number): count for number, count in enumerate(items) if count}


def missing(items: list[int]) -> list[int]:
    """The numbers of the days that are not at the usual rate."""
    usual = usual_days(archive(items))
    return [number for number in range(len(items)) if START + timedelta(days=number) not in usual]


def test_a_daily_archive_misses_no_day_unseen() -> None:
    assert missing([20] * 60) == []
    assert missing([20] * 30 + [0] + [20] * 30) == [30]


def test_a_weekend_is_no_hole_in_an_archive_of_working_days() -> None:
    week = [8, 8, 8, 8, 8, 0, 0]
    assert missing(week * 8) == [54, 55], "it ends on a Friday: of what comes after it says nothing"
    assert set(range(30, 35)) <= set(missing(week * 4 + [8, 8, 0, 0, 0, 0, 0] + week * 4))


def test_the_quiet_days_of_an_archive_of_bursts_are_its_rhythm_and_its_long_silences_are_not() -> None:
    bursts = [3, 0, 0, 1, 2, 0, 4, 0, 1, 0]
    assert missing(bursts * 8) in ([], [79])
    holed = bursts * 6 + [0] * 25 + bursts * 6
    assert set(range(61, 84)) <= set(missing(holed))


def test_one_busy_week_does_not_make_the_others_thin() -> None:
    assert missing([1] * 30 + [40] * 7 + [1] * 30) == []


def test_a_dense_archive_that_falls_to_a_trickle_is_not_watched_there() -> None:
    assert set(range(63, 100)) <= set(missing([10] * 60 + [1, 0, 0, 0] * 10))


def test_a_trickle_before_or_after_does_not_change_what_was_watched() -> None:
    draw = Random(3)
    core = [draw.choice([0, 0, 1, 2, 5]) for _ in range(200)]
    core[0] = core[-1] = 3
    alone = usual_days(archive(core))
    with_tail = usual_days(archive(core + [0] * 20 + [1] + [0] * 30 + [1]))
    inner = {START + timedelta(days=number) for number in range(5, 190)}
    assert alone & inner == with_tail & inner


def test_no_archive_watches_nothing() -> None:
    assert usual_days({}) == set()
    assert usual_days({START: 1}) == set()


@given(st.lists(st.integers(0, 50), min_size=1, max_size=120))
def test_only_days_of_the_archives_life_are_at_its_rate(items: list[int]) -> None:
    counts = archive(items)
    found = usual_days(counts)
    assert not found or (min(counts) <= min(found) and max(found) <= max(counts))


@given(st.lists(st.sampled_from([0, 0, 1, 2, 5, 9]), max_size=90), st.integers(0, 95), st.integers(0, 20))
def test_what_came_later_says_nothing_of_a_day(tail: list[int], until: int, since: int) -> None:
    daily = [3, *tail, 2]
    first = date(2020, 1, 1)
    kept = {first + timedelta(days=day): items for day, items in enumerate(daily[: until + 1]) if items}
    flags = Rhythm(daily).usual(until, since)
    found = {first + timedelta(days=since + number) for number, usual in enumerate(flags) if usual}
    assert found == {day for day in usual_days(kept) if (day - first).days >= since}
