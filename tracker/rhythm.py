"""At what rate does an archive usually carry items, and on which days does it fall silent?

Usual is what holds in the archive's core, the span of all but the first and the last twentieth of its items: a trickle
at either end must not pass for its rhythm. A day is at the usual rate when its week is, and when it lies in no hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    first, last = _core(counts)
    weeks = _weeks(counts)
    usual = median(items for day, items in weeks.items() if first <= day <= last)
    found = {day for day, items in weeks.items() if items >= _THINNEST_WEEK and not _is_thin(items, usual)}
    longest = _longest_silence(counts, first, last)
    for before, after in pairwise(sorted(counts)):
        if (after - before).days - 1 > longest:
            found.difference_update(days_between(before + timedelta(days=1), after - timedelta(days=1)))
    return found


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


def _weeks(counts: Mapping[date, int]) -> dict[date, int]:
    """The number of items in the week around each day from the first to the last."""
    first = min(counts).toordinal()
    days = max(counts).toordinal() - first + 1
    daily = [0] * (days + _WEEK)
    for day, items in counts.items():
        daily[day.toordinal() - first] = items
    sums = [0, *accumulate(daily)]
    return {
        date.fromordinal(first + number): sums[number + _AROUND.days + 1] - sums[max(0, number - _AROUND.days)]
        for number in range(days)
    }


def _core(counts: Mapping[date, int]) -> tuple[date, date]:
    """The first and last day of the archive's core."""
    days = sorted(counts)
    sums = list(accumulate(counts[day] for day in days))
    first = next(day for day, items in zip(days, sums, strict=True) if items > _TAIL * sums[-1])
    last = next(day for day, items in zip(days, sums, strict=True) if items >= (1 - _TAIL) * sums[-1])
    return first, last


def _is_thin(items: int, usual: float) -> bool:
    """Whether a week has less than half of the usual items, and less than chance makes of them (Poisson)."""
    return items < _USUAL_SHARE * usual and _poisson(items, usual) < _CHANCE


def _poisson(most: int, mean: float) -> float:
    """The probability of at most so many where `mean` are usual; 0 for means so large that it has no digits."""
    return exp(-mean) * sum(mean**number / factorial(number) for number in range(most + 1)) if mean < 100 else 0.0


def _longest_silence(counts: Mapping[date, int], first: date, last: date) -> float:
    """The number of days in a row without an item that still belong to the archive's rhythm.

    News comes in bursts, so a silence is a hole only when neither chance nor the archive's own habit explains it.
    Chance: where a usual week brings items on k of 7 days, n days in a row bring none with probability (1 - k/7)ⁿ.
    Habit: the silences between its days in the core, beyond which one is far out.
    """
    inside = [day for day in sorted(counts) if first <= day <= last]
    silences = [(after - before).days - 1 for before, after in pairwise(inside)]
    habit = 0.0
    if len(silences) > 1:
        low, _, high = quantiles(silences, method="inclusive")
        habit = high + _FAR_OUT * (high - low)
    near = _weeks(dict.fromkeys(counts, 1))
    active = median(near[day] for day in days_between(first, last)) / _WEEK
    by_chance = 0
    while active < 1 and (1 - active) ** (by_chance + 1) >= _CHANCE and by_chance < _WEEK:
        by_chance += 1
    return max(habit, by_chance)
