"""At what rate does an archive usually carry items, and on which days does it fall silent?

Usual is what holds in the archive's core, the span of all but the first and the last twentieth of its items: a trickle
at either end must not pass for its rhythm. A day is at the usual rate when its week is, and when it lies in no hole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from math import exp, factorial
from statistics import median, quantiles

_AROUND = timedelta(days=3)
_WEEK = 7
# Items before and after the core, as shares of all.
_TAIL = 0.05
# A week under half of the usual one is thin, unless chance brings so few in more than 1 of 20 such weeks: with five
# items in a usual week, two are no sign of anything. A guess, to be measured against known holes.
_USUAL_SHARE = 0.5
_CHANCE = 0.05
# Fewer items than this around a day prove nothing about it.
_THINNEST_WEEK = 2
# What lies further beyond the third quartile than three interquartile ranges is far out (Tukey 1977).
_FAR_OUT = 3.0


def usual_days(counts: Mapping[date, int]) -> set[date]:
    """The days on which an archive was at its usual rate, from the number of items that it carries on each day."""
    if not counts:
        return set()
    first = min(counts).toordinal()
    daily = [0] * (max(counts).toordinal() - first + 1)
    for day, items in counts.items():
        daily[day.toordinal() - first] = items
    flags = Rhythm(daily).usual(len(daily) - 1)
    return {date.fromordinal(first + number) for number, usual in enumerate(flags) if usual}


class Rhythm:
    """The items of an archive's days in a row, arranged once to tell what was usual up to any of them."""

    def __init__(self, daily: Sequence[int]) -> None:
        self._sums = [0, *accumulate(daily)]
        self._active_sums = [0, *accumulate(min(items, 1) for items in daily)]
        self._weeks, self._active = _weeks(self._sums), _weeks(self._active_sums)
        self._days = [number for number, items in enumerate(daily) if items]
        self._silences = [after - before - 1 for before, after in pairwise(self._days)]

    def usual(self, until: int, since: int = 0) -> bytearray:
        """A 1 for each day at the usual rate, else 0, by what the archive carried until a day of the row.

        They begin with the day `since` and end with the last one that has items.
        """
        count = bisect_right(self._days, until)
        if not count:
            return bytearray()
        end = self._days[count - 1]
        first, last = self._core(end)
        weeks = _cut(self._weeks, self._sums, end)
        usual = median(weeks[first : last + 1])
        enough = max(_THINNEST_WEEK, _USUAL_SHARE * usual)
        found = bytearray(
            items >= enough or (items >= _THINNEST_WEEK and not _is_thin(items, usual)) for items in weeks[since:]
        )
        longest = self._longest_silence(first, last, end)
        for number in range(max(0, bisect_left(self._days, since) - 1), count - 1):
            if self._silences[number] > longest:
                begin = max(since, self._days[number] + 1)
                found[begin - since : self._days[number + 1] - since] = bytes(self._days[number + 1] - begin)
        return found

    def _core(self, end: int) -> tuple[int, int]:
        """The first and last day of the archive's core."""
        every, beyond = self._sums[end + 1], end + 2
        return (
            bisect_right(self._sums, _TAIL * every, hi=beyond) - 1,
            bisect_left(self._sums, (1 - _TAIL) * every, hi=beyond) - 1,
        )

    def _longest_silence(self, first: int, last: int, end: int) -> float:
        """The number of days in a row without an item that still belong to the archive's rhythm.

        `first` and `last` are the ends of its core. News comes in bursts, so a silence is a hole only when neither
        chance nor the archive's own habit explains it. Chance: where a usual week brings items on k of 7 days, n days
        in a row bring none with probability (1 - k/7)ⁿ. Habit: the silences between its days in the core, beyond which
        one is far out.
        """
        inside = slice(bisect_left(self._days, first), max(0, bisect_right(self._days, last) - 1))
        silences = self._silences[inside]
        habit = 0.0
        if len(silences) > 1:
            low, _, high = quantiles(silences, method="inclusive")
            habit = high + _FAR_OUT * (high - low)
        active = median(_cut(self._active, self._active_sums, end)[first : last + 1]) / _WEEK
        by_chance = 0
        while active < 1 and (1 - active) ** (by_chance + 1) >= _CHANCE and by_chance < _WEEK:
            by_chance += 1
        return max(habit, by_chance)


def week(day: date) -> Iterator[date]:
    """The days around a day that stand for it: seen with its week, no weekend looks like a hole."""
    for step in range(-_AROUND.days, _AROUND.days + 1):
        try:
            yield day + timedelta(days=step)
        except OverflowError:
            continue


def days_between(first: date, last: date) -> Iterator[date]:
    """The days from first to last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _weeks(sums: Sequence[int]) -> list[int]:
    """The number of items in the week around each day of a row, from those before each day, and in all."""
    last, reach = len(sums) - 1, _AROUND.days
    return [sums[min(last, day + reach + 1)] - sums[max(0, day - reach)] for day in range(last)]


def _cut(weeks: Sequence[int], sums: Sequence[int], end: int) -> list[int]:
    """The weeks of a row that ends with a day: those of its last days hold nothing of later ones."""
    found = list(weeks[: end + 1])
    for day in range(max(0, end - _AROUND.days + 1), end + 1):
        found[day] = sums[end + 1] - sums[max(0, day - _AROUND.days)]
    return found


def _is_thin(items: int, usual: float) -> bool:
    """Whether a week has less than half of the usual items, and less than chance makes of them (Poisson)."""
    return items < _USUAL_SHARE * usual and _poisson(items, usual) < _CHANCE


def _poisson(most: int, mean: float) -> float:
    """The probability of at most so many where `mean` are usual; 0 for means so large that it has no digits."""
    return exp(-mean) * sum(mean**number / factorial(number) for number in range(most + 1)) if mean < 100 else 0.0
