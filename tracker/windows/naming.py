"""What are a period, a window and its narrower reading called, in English?"""

from __future__ import annotations

from datetime import date, timedelta

from tracker.model import Window
from tracker.windows.calendar import MONTHS, WINTER, Part, Period, Unit, add_months, bounds, first_day

SEASONS = ("spring", "summer", "autumn", "winter")
ORDINALS = ("first", "second", "third", "fourth")
_DAY = timedelta(days=1)
# First and last month of the narrower reading, counted from the period's first.
_NARROWER = {
    (Unit.YEAR, Part.EARLY): (0, 2),
    (Unit.YEAR, Part.MID): (5, 6),
    (Unit.YEAR, Part.LATE): (9, 11),
    (Unit.YEAR, Part.BEGINNING): (0, 0),
    (Unit.YEAR, Part.END): (11, 11),
    (Unit.SEASON, Part.EARLY): (0, 0),
    (Unit.SEASON, Part.BEGINNING): (0, 0),
    (Unit.SEASON, Part.LATE): (2, 2),
    (Unit.SEASON, Part.END): (2, 2),
}


def narrower(period: Period) -> tuple[Window, str] | None:
    """What some mean by a part of a year or season, where that is less than the convention, and the doubt in words."""
    months = _NARROWER.get((period.unit, period.part))
    if months is None:
        return None
    first = add_months(first_day(period), months[0])
    last = add_months(first_day(period), months[1])
    window = Window(first, add_months(last, 1) - _DAY)
    named = MONTHS[first.month - 1] + (f" to {MONTHS[last.month - 1]}" if last > first else "")
    return window, f"some read “{name(period)}” as {named} alone"


def name(period: Period) -> str:
    """What a period is called, in English.

    >>> name(Period(Unit.SEASON, 4, 2025, part=Part.LATE)), name(Period(Unit.QUARTER, 3, 2025))
    ('late winter 2025–26', 'the third quarter of 2025')
    """
    match period.unit:
        case Unit.DAY:
            plain = f"{period.number} {MONTHS[period.month - 1]} {period.year}"
        case Unit.WEEK:
            plain = f"the week of {_day(bounds(period).opens)}"
        case Unit.WEEKEND:
            plain = f"the weekend of {_day(bounds(period).opens)}"
        case Unit.MONTH:
            plain = f"{MONTHS[period.number - 1]} {period.year}"
        case Unit.SEASON if period.number == WINTER and period.year is not None:
            plain = f"winter {period.year}–{(period.year + 1) % 100:02}"
        case Unit.SEASON:
            plain = f"{SEASONS[period.number - 1]} {period.year}"
        case Unit.YEAR:
            plain = str(period.year)
        case Unit.DECADE:
            plain = f"the {period.year}s"
        case _:
            plain = f"the {ORDINALS[period.number - 1]} {period.unit} of {period.year}"
    match period.part:
        case Part.WHOLE:
            return plain
        case Part.FIRST_HALF | Part.SECOND_HALF | Part.BEGINNING | Part.END:
            return f"the {period.part} of {plain}"
        case Part.MID if not plain.startswith("the "):
            return f"mid-{plain}"
        case _:
            return f"{period.part} {plain.removeprefix('the ')}"


def in_days(window: Window) -> str:
    """First and last day of a window, in words.

    >>> in_days(Window(date(2025, 7, 16), date(2025, 10, 15)))
    '16 July to 15 October 2025'
    """
    if window.open_ended:
        return f"{_day(window.opens)} and after"
    if window.opens == window.closes:
        return _day(window.opens)
    opens = _day(window.opens)
    if window.opens.year == window.closes.year:
        opens = opens.removesuffix(f" {window.opens.year}")
        if window.opens.month == window.closes.month:
            opens = str(window.opens.day)
    return f"{opens} to {_day(window.closes)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
