"""How much of a window can be vouched for? Each part of coverage by scenarios whose keys say what they show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from builders import AFTER_ALL, carried, criterion, day, moment, watch, window
from hypothesis import given
from hypothesis import strategies as st

from tracker.coverage import Press, coverage, shifted, unwatched
from tracker.model import Carried, Coverage, Criterion, Watch, Window

SEPTEMBER = range(1, 31)
AROUND = range(-3, 34)
"""The days of September and those that stand for its ends."""


def of(
    rows: Sequence[Carried] = (),
    watches: Sequence[Watch] = (),
    *,
    about: Criterion | None = None,
    as_of: int = AFTER_ALL,
    topic: Collection[int] = (),
    by: str = "a.org",
    alike: Sequence[str] = (),
) -> Coverage:
    """Coverage of a criterion (two sources in September, unless told otherwise).

    `topic` are the numbers of the days on which the source `by` carried the topic.
    """
    return coverage(
        about or criterion(),
        as_of=day(as_of),
        press=Press(rows, watches),
        topic={(day(number), by) for number in topic},
        alike=alike,
    )


def live(source: str, feed: str = "") -> list[Carried]:
    """What a polled feed of one source carried: an item every third day."""
    return carried(source, range(-3, 34, 3), archive=False, feed=feed)


def archive(*sources: str, on: Collection[int] = AROUND, feed: str = "https://archive.org/feed") -> list[Carried]:
    """What one archive carried of several sources: an item of each a day."""
    return [row for source in sources for row in carried(source, on, feed=feed)]


LIVE = live("a.org") + live("b.org")
DENSE_THEN_THIN = archive("a.org", "b.org", on=range(-60, 20)) + archive("a.org", "b.org", on=range(20, 60, 5))
WATCHED = {
    "nothing was followed": ([], [], []),
    "two feeds watched without a break": (LIVE, [watch("a.org", 1, 30), watch("b.org", 1, 30)], list(SEPTEMBER)),
    "feeds that were read but whose polls do not overlap": (LIVE, [], []),
    "one source only": (live("a.org"), [watch("a.org", 1, 30)], []),
    "several feeds of one publisher are one source": (
        [*live("a.org"), *live("a.org", feed="https://a.org/world")],
        [watch("a.org", 1, 30), watch("a.org", 1, 30, feed="https://a.org/world")],
        [],
    ),
    "two domains of one house are one source": (
        live("tass.ru") + live("tass.com"),
        [watch("tass.ru", 1, 30), watch("tass.com", 1, 30)],
        [],
    ),
    "an archive of two domains of one house": (archive("tass.ru", "tass.com"), [], []),
    "the days that both were watched": (LIVE, [watch("a.org", 1, 20), watch("b.org", 11, 30)], list(range(11, 21))),
    "a gap in one": (
        LIVE,
        [watch("a.org", 1, 30), watch("b.org", 1, 9), watch("b.org", 15, 30)],
        [*range(1, 10), *range(15, 31)],
    ),
    "a day watched from noon on is not watched": (
        LIVE,
        [Watch("https://a.org/feed", moment(5), moment(9)), watch("b.org", 1, 30)],
        [6, 7, 8],
    ),
    "a watched feed that carried nothing for weeks is no source": (
        [*live("a.org"), *carried("b.org", [1], archive=False)],
        [watch("a.org", 1, 30), watch("b.org", 1, 30)],
        [1, 2, 3, 4],
    ),
    "a watch beyond the window": (LIVE, [watch("a.org", -60, 90), watch("b.org", -60, 90)], list(SEPTEMBER)),
    "an archive at its usual rate, without a poll": (archive("a.org", "b.org"), [], list(SEPTEMBER)),
    "an archive of one source": (archive("a.org"), [], []),
    "an archive and a watched feed": (archive("a.org") + live("b.org"), [watch("b.org", 1, 15)], list(range(1, 16))),
    "a feed that is no archive proves nothing by its items": (
        carried("a.org", AROUND, archive=False) + archive("b.org"),
        [],
        [],
    ),
    "a hole in an archive": (
        archive("a.org", "b.org", on=[number for number in range(-60, 60) if not 10 <= number <= 20]),
        [],
        [*range(1, 10), *range(21, 31)],
    ),
    "a weekend is no hole": (
        archive("a.org", "b.org", on=[number for number in AROUND if day(number).weekday() < 5]),
        [],
        list(SEPTEMBER),
    ),
    "three silent days in a daily archive, though the week around them is half full": (
        archive("a.org", "b.org", on=[number for number in range(-60, 60) if not 10 <= number <= 12]),
        [],
        [*range(1, 10), *range(13, 31)],
    ),
    "a long weekend, where weekends are silent, cannot be told from a hole": (
        archive("a.org", "b.org", on=[number for number in AROUND if day(number).weekday() < 5 and number != 8]),
        [],
        [*range(1, 6), *range(9, 31)],
    ),
    "an archive of every other day is silent for two days by chance": (
        archive("a.org", "b.org", on=[number for number in range(-60, 60) if number % 2 and number != 11]),
        [],
        list(SEPTEMBER),
    ),
    "an archive's thin tail": (DENSE_THEN_THIN, [], list(range(1, 21))),
    "an archive that ends": (archive("a.org", "b.org", on=range(-3, 11)), [], list(range(1, 11))),
    "an archive that begins": (archive("a.org", "b.org", on=range(20, 40)), [], list(range(20, 31))),
    "an archive of an item a week proves nothing about a day": (
        carried("a.org", range(-60, 60, 7)) + carried("b.org", range(-60, 60, 7)),
        [],
        [],
    ),
}


@pytest.mark.parametrize("case", WATCHED)
def test_which_days_were_watched(case: str) -> None:
    rows, watches, days = WATCHED[case]
    found = of(rows, watches)
    unwatched = {number for number in SEPTEMBER if any(gap.contains(day(number)) for gap in found.gaps)}
    assert sorted(set(SEPTEMBER) - unwatched) == days
    assert (found.watched_days, found.window_days) == (len(days), 30)


def test_one_source_is_enough_where_one_is_asked_for() -> None:
    found = of(live("a.org"), [watch("a.org", 1, 30)], about=criterion(sources=1))
    assert (found.watched_days, found.gaps) == (30, ())


def test_gaps_are_stretches_of_days() -> None:
    watches = [watch("a.org", 1, 30), watch("b.org", 4, 9), watch("b.org", 15, 28)]
    assert of(LIVE, watches).gaps == (window(1, 3), window(10, 14), window(29, 30))


HEARD = ["Reuters", "Reuters", "a.org"]
AS_OF = {"before it opens": (0, 0), "on its first day": (1, 1), "inside": (10, 10), "after it": (31, 30)}


@pytest.mark.parametrize("case", AS_OF)
def test_only_the_days_that_were_reached_are_counted(case: str) -> None:
    as_of, days = AS_OF[case]
    found = of(LIVE, [watch("a.org", 1, 30), watch("b.org", 1, 30)], as_of=as_of, topic=[1], alike=HEARD)
    assert (found.window_days, found.watched_days) == (days, days)
    assert (found.share == 1.0) == (days > 0)


LONG = criterion(window=window(1, 100))
ALL_ALONG = carried("a.org", range(-60, 160, 3), archive=False)
BEAT = {
    "nothing on the topic": ([], 0.0),
    "items speak for a month before and after": ([49, 50, 51], 0.63),
    "on the first days for a month": ([1, 2, 3], 0.33),
    "before the window for its beginning": ([-11, -10, -9], 0.21),
    "after the window for its end": ([110, 111, 112], 0.21),
    "long before the window for nothing": ([-40, -35, -30], 0.0),
    "an item a month": ([20, 50, 80], 1.0),
    "a silence of three months": ([1, 2, 100], 0.63),
    "one item is too few for a hundred days": ([50], 1 / 3),
    "an item every two months is too few": ([20, 80], 2 / 3),
}


@pytest.mark.parametrize("case", BEAT)
def test_were_the_feeds_on_the_beat(case: str) -> None:
    topic, share = BEAT[case]
    found = of(ALL_ALONG, [watch("a.org", -60, 160)], about=LONG, as_of=200, topic=topic)
    assert found.on_beat == pytest.approx(share)


def test_a_topic_that_only_an_unwatched_blog_carries_is_on_nobodys_beat() -> None:
    watches = [watch("a.org", 1, 30), watch("b.org", 1, 30)]
    assert of(LIVE + live("blog.org"), watches, topic=SEPTEMBER, by="blog.org").on_beat == 0.0


def test_what_a_house_carried_while_it_was_not_watched_does_not_count() -> None:
    assert of(LIVE, [watch("a.org", 20, 30)], topic=[10]).on_beat == 0.0


def test_the_topic_is_carried_by_a_house_under_any_of_its_domains() -> None:
    assert of(live("tass.ru"), [watch("tass.ru", 1, 30)], topic=[10], by="tass.com").on_beat == 1.0


def test_what_is_published_after_the_day_is_not_on_the_beat_yet() -> None:
    assert of(LIVE, [watch("a.org", -60, 160)], as_of=10, topic=[11]).on_beat == 0.0


AUDIBLE = {
    "the analyst says yes": (True, [], True, "the analyst says yes"),
    "the analyst says no, whatever was heard": (False, HEARD, False, "the analyst says no"),
    "such events elsewhere were reported": (
        None,
        HEARD,
        True,
        "the same feeds carried 3 or more reports of such events elsewhere",
    ),
    "hardly any were": (
        None,
        ["Reuters", "a.org"],
        False,
        "the same feeds carried 2 reports of such events elsewhere, 3 are needed",
    ),
    "one was": (
        None,
        ["Reuters"],
        False,
        "the same feeds carried 1 report of such events elsewhere, 3 are needed",
    ),
    "one house reported all of them": (
        None,
        ["a.org"] * 9,
        False,
        "all reports of such events elsewhere come from a.org, 2 origins are needed",
    ),
}


@pytest.mark.parametrize("case", AUDIBLE)
def test_would_such_an_event_have_been_reported(case: str) -> None:
    declared, alike, audible, because = AUDIBLE[case]
    found = of(about=criterion(audible=declared), alike=alike)
    assert (found.audible, found.audible_because) == (audible, because)


SHARES = {
    "the days watched": (Coverage(30, 21, 0.9, True, ""), 0.7),
    "the beat": (Coverage(30, 30, 0.9, True, ""), 0.9),
    "inaudible": (Coverage(30, 30, 1.0, False, ""), 0.0),
    "no days at all": (Coverage(0, 0, 1.0, True, ""), 0.0),
}


@pytest.mark.parametrize("case", SHARES)
def test_silence_means_no_more_than_the_weakest_part(case: str) -> None:
    found, share = SHARES[case]
    assert found.share == pytest.approx(share)


ROWS = st.lists(
    st.builds(
        Carried,
        st.sampled_from(["https://a.org/feed", "https://b.org/feed"]),
        st.sampled_from(["a.org", "b.org", "c.org"]),
        st.integers(-20, 50).map(day),
        st.integers(1, 9),
        st.booleans(),
    ),
    max_size=40,
)
WATCHES = st.lists(
    st.builds(
        lambda source, since, length: watch(source, since, since + length),
        st.sampled_from(["a.org", "b.org"]),
        st.integers(-10, 40),
        st.integers(0, 30),
    ),
    max_size=5,
)


@given(ROWS, WATCHES, st.integers(-3, 60))
def test_watched_days_and_gaps_are_the_window_up_to_the_day(
    rows: list[Carried], watches: list[Watch], as_of: int
) -> None:
    found = of(rows, watches, as_of=as_of)
    in_gaps = [number for gap in found.gaps for number in range(gap.days)]
    assert found.watched_days + len(in_gaps) == found.window_days == min(max(as_of, 0), 30)
    assert list(found.gaps) == sorted(found.gaps)
    assert all(one.closes < other.opens for one, other in pairwise(found.gaps))


@given(ROWS, WATCHES, st.integers(-3, 60), st.integers(1, 3))
def test_the_gaps_alone_are_those_of_the_coverage(
    rows: list[Carried], watches: list[Watch], as_of: int, sources: int
) -> None:
    about = criterion(sources=sources)
    alone = unwatched(about, as_of=day(as_of), press=Press(rows, watches))
    assert alone == of(rows, watches, about=about, as_of=as_of).gaps


@given(ROWS, WATCHES, st.integers(1, 30), st.integers(0, 10))
def test_one_more_watch_never_uncovers_a_day(rows: list[Carried], watches: list[Watch], since: int, days: int) -> None:
    more = [*watches, watch("b.org", since, since + days)]
    assert of(rows, more).watched_days >= of(rows, watches).watched_days


@given(ROWS, WATCHES)
def test_the_order_of_what_was_carried_makes_no_difference(rows: list[Carried], watches: list[Watch]) -> None:
    assert of(rows[::-1], watches[::-1]) == of(rows, watches)


def test_a_window_of_one_day() -> None:
    found = of(archive("a.org", "b.org"), about=criterion(window=Window(day(5), day(5))), topic=[5])
    assert (found.window_days, found.watched_days, found.on_beat) == (1, 1, 1.0)


def test_a_window_of_one_day_in_a_hole_of_three() -> None:
    rows = archive("a.org", "b.org", on=[number for number in range(-60, 60) if not 10 <= number <= 12])
    assert of(rows, about=criterion(window=window(11, 11))).watched_days == 0


def test_the_whole_calendar_can_be_asked_for() -> None:
    everything = Window(date.min, date.max)
    found = coverage(
        criterion(window=everything, sources=1),
        as_of=date.max,
        press=Press(live("a.org"), [watch("a.org", 1, 30)]),
        topic=[(date.min, "a.org"), (day(1), "a.org"), (date.max, "a.org")],
        alike=HEARD,
    )
    assert (found.window_days, found.watched_days) == (everything.days, 30)
    assert found.gaps == (Window(date.min, day(0)), Window(day(31), date.max))


SHIFTS = {"inside": (day(1), 2, day(3)), "past the end": (date.max, 1, date.max), "before": (date.min, -1, date.min)}


@pytest.mark.parametrize("case", SHIFTS)
def test_days_stay_in_the_calendar(case: str) -> None:
    begin, days, end = SHIFTS[case]
    assert shifted(begin, timedelta(days=days)) == end


def test_the_houses_that_carried_the_topic_are_counted_once_and_while_they_were_watched() -> None:
    watches = [watch("tass.ru", 1, 30), watch("a.org", 1, 30)]
    rows = live("tass.ru") + live("a.org") + live("b.org")
    said = {(day(5), "tass.com"), (day(6), "tass.ru"), (day(7), "a.org"), (day(8), "b.org")}
    found = coverage(criterion(), as_of=day(60), press=Press(rows, watches), topic=said, alike=[])
    assert (found.houses, found.houses_needed) == (2, 4)
