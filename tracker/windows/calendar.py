"""On which days does a season, quarter or part of a year begin and end?

Seasons are meteorological, northern hemisphere; a winter bears the year in which it opens. The halves of a season part
after the 15th of its middle month: late summer opens on 16 July, early autumn closes on 15 October. *Early* and *late*
are the halves of a season and the first and last third of anything else (a year: four months; a month: ten days);
*mid-* is a season's middle month, else the middle third. *The beginning* and *the end* are as early and late, save
those of a year, which are its first and last quarter.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]

from tracker.errors import WindowError
from tracker.model import Window

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WINTER = 4
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Unit(StrEnum):
    """A stretch of the calendar."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"


class Part(StrEnum):
    """Which part of a period is meant."""

    WHOLE = ""
    EARLY = "early"
    MID = "mid"
    LATE = "late"
    BEGINNING = "beginning"
    END = "end"
    FIRST_HALF = "first half"
    SECOND_HALF = "second half"


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of the calendar, or a part of it.

    `number` says which one of the year (a week's ISO number, a month's, a day's within `month`); a year has none.
    `year` is None where the phrase leaves it open. `other` is what some people mean by the words, and `doubt` says why.
    """

    unit: Unit
    number: int = 0
    year: int | None = None
    month: int = 0
    part: Part = Part.WHOLE
    other: Period | None = None
    doubt: str = ""


def bounds(period: Period) -> Window:
    """First and last day of a period whose year is known. WindowError: a day that does not exist.

    >>> str(bounds(Period(Unit.SEASON, 2, 2025, part=Part.LATE)))
    '2025-07-16 to 2025-08-31'
    """
    first, after, middle = first_day(period), _after(period), _middle(period)
    months = _months(period.unit)
    match period.part:
        case Part.FIRST_HALF:
            after = middle
        case Part.SECOND_HALF:
            first = middle
        case Part.EARLY | Part.BEGINNING if period.unit is Unit.WEEK:
            after = first + 3 * _DAY
        case Part.MID if period.unit is Unit.WEEK:
            first, after = first + _DAY, first + 4 * _DAY
        case Part.LATE | Part.END if period.unit is Unit.WEEK:
            first = first + 4 * _DAY
        case Part.EARLY | Part.BEGINNING if period.unit is Unit.SEASON:
            after = middle
        case Part.LATE | Part.END if period.unit is Unit.SEASON:
            first = middle
        case Part.EARLY | Part.BEGINNING if period.unit is Unit.DECADE:
            after = add_months(first, 48)
        case Part.MID if period.unit is Unit.DECADE:
            first, after = add_months(first, 36), add_months(first, 84)
        case Part.LATE | Part.END if period.unit is Unit.DECADE:
            first = add_months(first, 72)
        case Part.BEGINNING if period.unit is Unit.YEAR:
            after = add_months(first, 3)
        case Part.END if period.unit is Unit.YEAR:
            first = add_months(first, 9)
        case Part.EARLY | Part.BEGINNING:
            after = _third(first, months, 1)
        case Part.MID:
            first, after = _third(first, months, 1), _third(first, months, 2)
        case Part.LATE | Part.END:
            first = _third(first, months, 2)
    return Window(first, after - _DAY)


def start(period: Period) -> date:
    """The day on which a stretch that begins "from" the period opens: from mid-July is from the 16th."""
    return _middle(period) if period.part is Part.MID else bounds(period).opens


def end(period: Period) -> date:
    """The day on which a stretch that lasts "to" the period closes: to mid-October is to the 15th."""
    return _middle(period) - _DAY if period.part is Part.MID else bounds(period).closes


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter.

    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def later(day: date, count: int, unit: Unit) -> date:
    """The day that lies `count` units after `day`. WindowError: beyond the last year that a window may reach."""
    days = count * (7 if unit is Unit.WEEK else 1)
    months = count * _months(unit)
    if days > 366 * LAST_YEAR or months > 12 * LAST_YEAR or day.year + max(days // 366, months // 12) > LAST_YEAR:
        raise WindowError(f"the window reaches beyond the year {LAST_YEAR}", mend="write “open” for no end")
    return add_months(day, months) if months else day + timedelta(days=days)


def holding(unit: Unit, day: date) -> Period:
    """The day, week, month, quarter, half or year that holds `day`."""
    match unit:
        case Unit.DAY:
            return Period(unit, day.day, day.year, day.month)
        case Unit.WEEK | Unit.WEEKEND:
            year, week, _ = day.isocalendar()
            return Period(unit, week, year)
        case Unit.DECADE:
            return Period(unit, 0, day.year // 10 * 10)
        case _:
            return Period(unit, (day.month - 1) // _months(unit) + 1 if unit is not Unit.YEAR else 0, day.year)


def following(unit: Unit, day: date) -> Period:
    """The week, weekend, month, quarter, half, year or decade after the one that holds `day`, or is its week's."""
    return holding(unit, bounds(holding(unit, day)).closes + _DAY)


def weekday(number: int, day: date) -> date:
    """The first day from `day` on that is the weekday `number`: 1 is Monday, 7 Sunday.

    >>> weekday(5, date(2025, 6, 30))
    datetime.date(2025, 7, 4)
    """
    return day + (number - day.isoweekday()) % 7 * _DAY


def feast(number: int, year: int) -> Period:
    """A feast that moves, by its number in words.yaml: Easter in the west or the east, Thanksgiving."""
    match number:
        case 1:
            day = easter(year, EASTER_WESTERN)
        case 2:
            day = easter(year, EASTER_ORTHODOX)
        case _:
            day = weekday(4, date(year, 11, 22))  # the fourth Thursday of November
    return holding(Unit.DAY, day)


def first_year(period: Period, near: date, fits: Callable[[Period], bool]) -> Period:
    """The period itself when its year is known, else with the first year around `near` for which it `fits`.

    WindowError: a day that no year has.
    """
    # Nine years ahead, since 29 February can be eight away; one back, since a winter bears the year of its December.
    return _with_year(period, range(near.year - 1, near.year + 10), fits)


def last_year(period: Period, near: date, fits: Callable[[Period], bool]) -> Period:
    """As `first_year`, with the last year not after `near`'s."""
    return _with_year(period, range(near.year, near.year - 10, -1), fits)


def _with_year(period: Period, years: Iterable[int], fits: Callable[[Period], bool]) -> Period:
    if period.year is not None:
        return period
    dated = (replace(period, year=year) for year in years)
    found = next((candidate for candidate in dated if _exists(candidate) and fits(candidate)), None)
    if found is None:
        raise _no_such_day(period)
    return found


def _year(period: Period) -> int:
    if period.year is None:
        raise ValueError("the year of the period is not known yet")
    return period.year


def _months(unit: Unit) -> int:
    return {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF: 6, Unit.YEAR: 12, Unit.DECADE: 120}.get(unit, 0)


def first_day(period: Period) -> date:
    """The first day of the whole period, whatever part of it is meant."""
    year = _year(period)
    match period.unit:
        case Unit.DAY:
            if not _exists(period):
                raise _no_such_day(period)
            return date(year, period.month, period.number)
        case Unit.WEEK:
            return date.fromisocalendar(year, period.number, 1)
        case Unit.WEEKEND:
            return date.fromisocalendar(year, period.number, 6)
        case Unit.SEASON:
            return date(year, 3 * period.number, 1)
        case Unit.YEAR | Unit.DECADE:
            return date(year, 1, 1)
        case _:
            return date(year, (period.number - 1) * _months(period.unit) + 1, 1)


def _after(period: Period) -> date:
    """The day after the whole period's last."""
    if months := _months(period.unit):
        return add_months(first_day(period), months)
    return first_day(period) + {Unit.WEEK: 7, Unit.WEEKEND: 2}.get(period.unit, 1) * _DAY


def _middle(period: Period) -> date:
    """The first day of the second half: an odd number of months parts after the 15th of the middle one."""
    months = _months(period.unit)
    return add_months(first_day(period), months // 2) + (15 * _DAY if months % 2 else 0 * _DAY)


def _third(first: date, months: int, count: int) -> date:
    """The first day after `count` thirds of a stretch of months that begins on `first`."""
    return first + count * 10 * _DAY if months == 1 else add_months(first, count * months // 3)


def _exists(period: Period) -> bool:
    if period.unit is not Unit.DAY:
        return True
    return 1 <= period.month <= 12 and 1 <= period.number <= calendar.monthrange(_year(period), period.month)[1]


def _no_such_day(period: Period) -> WindowError:
    if not 1 <= period.month <= 12:
        return WindowError(f"there is no month {period.month}", mend="months run from 1 to 12, as in 2025-07-16")
    day = f"{period.number} {MONTHS[period.month - 1]}" + (f" {period.year}" if period.year else "")
    longest = calendar.monthrange(period.year or 2000, period.month)[1]
    return WindowError(f"there is no {day}", mend=f"that month has {longest} days at most")
