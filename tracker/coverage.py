"""How much of a window can we vouch for? Watched, on the beat, audible: three parts of a silence that means something.

*Watched*: on a day when enough independent sources were provably followed, by polls that overlap or by an archive that
carries its items around that day at its usual rate. *On the beat*: the feeds carried the topic around that day, so
that they were looking. *Audible*: an event of this kind would have been reported at all, by the analyst's word or
because the same feeds report such events of others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from tracker.model import Carried, Coverage, Criterion, Watch, Window

# Days either side of a day that stand for it: with them a day is seen with its week, and no weekend looks like a hole.
_AROUND = timedelta(days=3)
# An archive that falls under half of its usual week has a hole there. A guess, to be measured against known holes.
_USUAL_SHARE = 0.5
# Fewer items than this in a usual week prove nothing about any one day.
_THINNEST_WEEK = 2
# A beat on which nothing is heard for two months is not covered. A guess, to be measured likewise.
_BEAT = timedelta(days=30)
ENOUGH_ALIKE = 3
"""How many reports of such events elsewhere show that events of the kind are reported."""


def coverage(
    criterion: Criterion,
    *,
    as_of: date,
    carried: Sequence[Carried],
    watches: Sequence[Watch],
    topic_days: Collection[date],
    alike: int,
) -> Coverage:
    """Coverage of the part of the window that `as_of` has reached.

    `carried` are the feeds' items by source and day, up to `as_of`: those of archives all their life, those of others
    from a week before the window on. `watches` are the stretches that polls prove, `topic_days` the days on which items
    on the topic were carried, `alike` how many reports of such events by others the same feeds carried.
    """
    window = criterion.window
    last = min(window.closes, as_of)
    if last < window.opens:
        return Coverage(0, 0, 0.0, False, "the window is not yet open")
    sources = _sources_by_day(carried, watches, window.opens, last)
    days = list(_days(window.opens, last))
    watched = [day for day in days if len(sources.get(day, ())) >= criterion.sources]
    beat = sorted(topic_days)
    on_beat = sum(_near(beat, day, _BEAT) for day in days) / len(days)
    audible, because = _audible(criterion, alike)
    return Coverage(len(days), len(watched), on_beat, audible, because, tuple(_stretches(days, set(watched))))


def _audible(criterion: Criterion, alike: int) -> tuple[bool, str]:
    if criterion.audible is not None:
        return criterion.audible, f"the analyst says {'yes' if criterion.audible else 'no'}"
    if alike >= ENOUGH_ALIKE:
        return True, f"the same feeds carried {alike} or more reports of such events elsewhere"
    carried = f"{alike} report{'' if alike == 1 else 's'}"
    return False, f"the same feeds carried {carried} of such events elsewhere, {ENOUGH_ALIKE} are needed"


def _sources_by_day(
    carried: Sequence[Carried], watches: Sequence[Watch], first: date, last: date
) -> dict[date, set[str]]:
    """The sources provably watched on each day."""
    archives: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    by_day: dict[tuple[str, date], set[str]] = defaultdict(set)
    for row in carried:
        by_day[row.address, row.day].add(row.source)
        if row.archive:
            archives[row.address][row.day] += row.items
    found: dict[date, set[str]] = defaultdict(set)
    for address, counts in archives.items():
        for day in _days_at_usual_rate(counts, first, last):
            found[day] |= _sources_around(by_day, address, day)
    for watch in watches:
        for day in _days(max(first, watch.since.date()), min(last, watch.until.date())):
            if watch.since <= _begin(day) and watch.until >= _begin(day + timedelta(days=1)):
                found[day] |= _sources_around(by_day, watch.address, day)
    return found


def _days_at_usual_rate(counts: dict[date, int], first: date, last: date) -> Iterator[date]:
    """The days around which an archive carries its items at its usual rate.

    The usual rate is the median week of the archive's life, its thin stretches included.
    """
    weeks = {day: _around(counts, day) for day in _days(min(counts), max(counts))}
    enough = max(_THINNEST_WEEK, _USUAL_SHARE * median(weeks.values()))
    return (day for day in _days(first, last) if weeks.get(day, 0) >= enough)


def _around(counts: dict[date, int], day: date) -> int:
    return sum(counts.get(near, 0) for near in _days(day - _AROUND, day + _AROUND))


def _sources_around(by_day: dict[tuple[str, date], set[str]], address: str, day: date) -> set[str]:
    near = _days(day - _AROUND, day + _AROUND)
    return set().union(*(by_day.get((address, other), set()) for other in near))


def _near(days: Sequence[date], day: date, distance: timedelta) -> bool:
    """Whether any of the sorted days lies within a distance."""
    return bisect_left(days, day - distance) < bisect_right(days, day + distance)


def _stretches(days: Sequence[date], watched: set[date]) -> Iterator[Window]:
    """The unwatched days as windows."""
    opened: date | None = None
    for day in days:
        if day in watched:
            if opened is not None:
                yield Window(opened, day - timedelta(days=1))
            opened = None
        elif opened is None:
            opened = day
    if opened is not None:
        yield Window(opened, days[-1])


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
