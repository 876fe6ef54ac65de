"""Which stretch of the calendar do words name? "Early autumn of 2025", "third quarter", "next month", "16 July".

PERIOD    [early | mid | late | the end of] WHOLE
WHOLE     DATE | DAY MONTH [YEAR] | [this | next | coming] MONTH | SEASON [YEAR] | ORDINAL quarter | half [YEAR] | YEAR
          | this | next  day | week | weekend | month | quarter | year | decade | DECADE
          | [this | next] WEEKDAY | FEAST [YEAR] | tomorrow
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.errors import WindowError
from tracker.windows.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    WINTER,
    Part,
    Period,
    Unit,
    bounds,
    feast,
    first_year,
    following,
    holding,
    weekday,
)
from tracker.windows.vocabulary import Token, numbered_units

_DEADLINES = {"by", "until", "up to", "before", "through"}
CONNECTORS = ("to", "until", "up to", "through", "dash")

_PARTS = {
    "early": Part.EARLY,
    "mid": Part.MID,
    "late": Part.LATE,
    "beginning": Part.BEGINNING,
    "middle": Part.MID,
    "end": Part.END,
}


class PeriodReader:
    """Reads tokens from left to right. A method that answers None may have moved: its caller goes back."""

    def __init__(self, phrase: str, found: list[Token], published: date) -> None:
        self.phrase = phrase.strip()
        self.tokens = found
        self.published = published
        self.position = 0
        self.furthest = 0

    def peek(self, *roles: str, ahead: int = 0) -> Token | None:
        """The token so far ahead, if it has one of the roles."""
        index = self.position + ahead
        return self.tokens[index] if index < len(self.tokens) and self.tokens[index].role in roles else None

    def take(self, *roles: str) -> Token | None:
        """The next token, if it has one of the roles; moves past it."""
        token = self.peek(*roles)
        if token is not None:
            self.position += 1
            self.furthest = max(self.furthest, self.position)
        return token

    def fill(self) -> bool:
        """Skip prepositions and articles; whether "the" was among them."""
        the = False
        while token := self.take("filler", "in", "during", "the"):
            the = the or token.role == "the"
        return the

    def period(self, *, bare: bool = False) -> Period | None:
        """A period; `bare` lets a unit stand alone for the current one ("the end of the month")."""
        the = self.fill()
        token = self.take("part", "edge")
        if token is None:
            return self._whole(bare or the)
        if self._shares("part", "edge"):
            shared = self._shared()
            return replace(shared, part=_PARTS[token.name]) if shared else None
        self.fill()
        period = self._whole(bare=True)
        if period is None or period.unit in (Unit.DAY, Unit.WEEKEND) or period.part is not Part.WHOLE:
            return None
        return _part_of(period, _PARTS[token.name])

    def year(self) -> int | None:
        """The year after a name: of 2025, of next year. None when none follows, or only "of the year"."""
        here = self.position
        self.fill()
        if token := self.take("year"):
            self.year_word()
            return self._checked(token.number)
        which = self.take("which")
        if self.year_word():
            return None if which is None else self.published.year + (which.name != "this")
        self.position = here
        return None

    def is_numbered(self, unit: Token) -> bool:
        """Whether a figure before the unit is its number: "2 квартал" is the second one, "2 квартала" are two."""
        return unit.name in ("quarter", "half") and unit.text in numbered_units()

    def is_plural(self, which: Token | None, unit: Token) -> bool:
        """Whether several units are meant, as in "coming months", "ближайшие недели"."""
        russian = which is not None and which.text.endswith(("ие", "их"))
        return russian or (unit.text.isascii() and unit.text.endswith("s"))

    def _whole(self, bare: bool) -> Period | None:
        if self.take("now"):
            return holding(Unit.DAY, self.published)
        if ahead := self.take("ahead"):
            return holding(Unit.DAY, self.published + timedelta(days=ahead.number))
        for form in (
            *(self._weekday, self._feast, self._date, self._day, self._named, self._ordinal, self._short),
            *(self._decade, self._year_alone),
        ):
            here = self.position
            if period := form():
                return period
            self.position = here
        return self._unit(bare)

    def _shares(self, *roles: str) -> bool:
        """Whether a like word follows after a connector: the "third" of "third and fourth quarters"."""
        return bool(self.peek(*CONNECTORS, "and") and self.peek(*roles, ahead=1))

    def _shared(self) -> Period | None:
        """The period after a connector, without moving: "16" in "16 to 20 July" takes month and year from it."""
        here = self.position
        self.position += 1
        period = self.period()
        self.position = here
        return period

    def _weekday(self) -> Period | None:
        """Friday, next Friday; Friday, 16 July is that day."""
        before = self.tokens[self.position - 1].role if self.position else ""
        which = self.take("which")
        token = self.take("weekday")
        if token is None:
            return None
        here = self.position
        self.take("filler")
        if written := self._date() or self._day():
            return written
        self.position = here
        # On a Monday "this Monday" is today, "by Monday" and "next Monday" are not.
        ahead = before in _DEADLINES or (which is not None and which.name != "this")
        earliest = self.published + timedelta(days=ahead)
        nearest = weekday(token.number, earliest)
        day = holding(Unit.DAY, nearest)
        if which is None or which.name != "next" or nearest.isocalendar()[:2] != self.published.isocalendar()[:2]:
            return day
        week_after = holding(Unit.DAY, nearest + timedelta(days=7))
        return replace(day, other=week_after, doubt=f"some take “{which.text}” for that of the next week")

    def _feast(self) -> Period | None:
        """Christmas, Easter 2026."""
        self.take("which")
        token = self.take("holiday", "feast")
        if token is None:
            return None
        year = self.year()
        if token.role == "holiday":
            return Period(Unit.DAY, token.number % 100, year, token.number // 100)
        years = [year] if year is not None else [self.published.year, self.published.year + 1]
        days = [feast(token.number, one) for one in years]
        return next((one for one in days if bounds(one).closes >= self.published), days[-1])

    def _decade(self) -> Period | None:
        """The 2030s."""
        token = self.take("decade")
        self.year_word()
        return Period(Unit.DECADE, 0, self._checked(token.number)) if token else None

    def _date(self) -> Period | None:
        token = self.take("date", "dotted", "slashed", "year_month")
        if token is None:
            return None
        figures = [int(figure) for figure in re.split(r"[-./]", token.text)]
        if token.role == "year_month":
            return Period(Unit.MONTH, figures[1], self._checked(figures[0]))
        if token.role == "date":
            return Period(Unit.DAY, figures[2], self._checked(figures[0]), figures[1])
        first, second, year = figures
        day_first = Period(Unit.DAY, first, self._checked(year), second)
        month_first = Period(Unit.DAY, second, year, first)
        if token.role == "dotted" or first > 12 or first == second:
            return day_first
        if second > 12:
            return month_first
        doubt = f"“{token.text}” is {first} {MONTHS[second - 1]} to some and {second} {MONTHS[first - 1]} to others"
        return replace(day_first, other=month_first, doubt=doubt)

    def _day(self) -> Period | None:
        """16 July 2025, the 16th of July, July 16."""
        if month := self.take("month"):
            self.take("the")
            number = self.take("number", "ordinal")
            if number is None or (number.role == "number" and number.name) or self.peek("unit", "half"):
                return None
            return Period(Unit.DAY, number.number, self.year(), month.number)
        number = self.take("number", "ordinal")
        if number is None or (number.role == "number" and number.name):
            return None
        if self._shares("number", "ordinal"):
            shared = self._shared()
            return replace(shared, number=number.number) if shared and shared.unit is Unit.DAY else None
        if self.take("of month") or (
            number.text[0].isdigit() and number.role == "ordinal" and self.position == len(self.tokens)
        ):
            return self._day_of_month(number.number)
        self.fill()
        month = self.take("month")
        return Period(Unit.DAY, number.number, self.year(), month.number) if month else None

    def _day_of_month(self, number: int) -> Period | None:
        """The 15th, without a month: the next one."""
        day = self.published
        for _ in range(62):
            if day.day == number:
                return holding(Unit.DAY, day)
            day += timedelta(days=1)
        return None

    def _named(self) -> Period | None:
        """A month or a season, with its year if the phrase tells it."""
        which = self.take("which")
        token = self.take("month", "season")
        if token is None:
            return None
        period = Period(Unit(token.role), token.number)
        if which is None:
            return self._winter(replace(period, year=self.year()))
        if which.name == "this":
            running = first_year(period, self.published, lambda p: bounds(p).closes >= self.published)
            return running if bounds(running).opens <= self.published else replace(period, year=self.published.year)
        nearest = first_year(period, self.published, lambda p: bounds(p).opens > self.published)
        if which.name == "coming" or nearest.year != self.published.year:
            return nearest
        year_after = replace(nearest, year=self.published.year + 1)
        return replace(nearest, other=year_after, doubt=f"some take “{which.text}” for that of the next calendar year")

    def _winter(self, period: Period) -> Period:
        """Winter 2025–26 is one winter; "winter 2025" may be the one that opens then or the one that closes then."""
        if period.unit is not Unit.SEASON or period.number != WINTER or period.year is None:
            return period
        here = self.position
        if self.take("dash") and (token := self.take("year", "number")) and (token.number - period.year - 1) % 100 == 0:
            self.year_word()
            return period
        self.position = here
        year = period.year
        doubt = f"“winter {year}” opens in December {year} to some and closes in February {year} to others"
        return replace(period, other=replace(period, year=year - 1), doubt=doubt)

    def _ordinal(self) -> Period | None:
        """The third quarter of 2025, the second half of October."""
        ordinal = self.take("ordinal") or self.take("number")
        if ordinal is None:
            return None
        if ordinal.role == "number":
            unit = self.peek("unit")
            if ordinal.name or unit is None or not self.is_numbered(unit):
                return None
        if self._shares("ordinal"):
            shared = self._shared()
            return self._part_of_year(shared.unit, ordinal, shared.year) if shared else None
        if self.take("half"):
            here = self.position
            self.fill()
            if ordinal.number <= 2 and (inner := self._named() or self._decade()):
                return _part_of(inner, Part.FIRST_HALF if ordinal.number == 1 else Part.SECOND_HALF)
            self.position = here
            return self._part_of_year(Unit.HALF, ordinal, self.year())
        token = self.take("unit")
        return self._part_of_year(Unit(token.name), ordinal, self.year()) if token else None

    def _short(self) -> Period | None:
        """Q3 2025, 2025 Q3, H2."""
        year = self.take("year")
        self.take("dash")
        token = self.take("quarter", "half_year")
        if token is None:
            return None
        unit = Unit.QUARTER if token.role == "quarter" else Unit.HALF
        return self._part_of_year(unit, token, self._checked(year.number) if year else self.year())

    def _part_of_year(self, unit: Unit, ordinal: Token, year: int | None) -> Period | None:
        most = {Unit.QUARTER: 4, Unit.HALF: 2}.get(unit)
        if most is None:
            return None
        if not 1 <= ordinal.number <= most:
            raise WindowError(f"a year has no {unit} {ordinal.number}", mend=f"they are numbered from 1 to {most}")
        return Period(unit, ordinal.number, year)

    def _year_alone(self) -> Period | None:
        """2025, 2025 года, the year 2025."""
        self.year_word()
        token = self.take("year")
        self.year_word()
        return Period(Unit.YEAR, 0, self._checked(token.number)) if token else None

    def _unit(self, bare: bool) -> Period | None:
        """This year, next week; `bare`: the month."""
        which = self.take("which")
        token = self.take("unit")
        if token is None or not (which or bare or token.name == "weekend"):
            return None
        unit = Unit(token.name)
        if unit is Unit.WEEKEND:
            return self._weekend(which)
        if which and which.name != "this":
            return None if self.is_plural(which, token) else following(unit, self.published)
        return holding(unit, self.published)

    def _weekend(self, which: Token | None) -> Period:
        """The weekend of this week; "next" may be that or the one after."""
        this, after = holding(Unit.WEEKEND, self.published), following(Unit.WEEKEND, self.published)
        if which is None or which.name != "next":
            return this
        return replace(after, other=this, doubt=f"some take “{which.text}” for the one that comes first")

    def year_word(self) -> bool:
        """Take the word "year", if it is next."""
        token = self.peek("unit")
        return bool(token and token.name == "year" and self.take("unit"))

    def _checked(self, year: int) -> int:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise WindowError(f"the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}", mend="check the year")
        return year


def _part_of(period: Period, part: Part) -> Period:
    """A part of a period. Late winter 2026 is in 2026, early winter 2025 in 2025: no doubt about the year is left."""
    other = period.other
    if other is None or period.year is None or other.year is None:
        return replace(period, part=part)
    if other.year > period.year:
        return replace(period, part=part, other=replace(other, part=part))
    in_december = part in (Part.EARLY, Part.BEGINNING, Part.FIRST_HALF)
    return replace(period if in_december else other, part=part, other=None, doubt="")
