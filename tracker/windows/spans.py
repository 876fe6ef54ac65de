"""How long do words count, and from where? "Within 3 to 6 months", "a year from now", "the first two months of 2026".

span      [within | in | через | over] [the next | the coming] COUNT [to | or COUNT] UNIT
slice     [the] first | last | third [COUNT] UNIT [of] PERIOD

A plural without a number ("in the coming weeks") stands for a usual number, and a generous one is the other reading.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.errors import WindowError
from tracker.windows.calendar import Part, Unit, following, holding
from tracker.windows.periods import CONNECTORS, PeriodReader
from tracker.windows.statements import After, AfterSome, NotBefore, Periods, Sentence, Slice, Within
from tracker.windows.vocabulary import Token

# How many units a plural without a number stands for, and how many to a generous reader: by judgement, since no two
# readers agree.
_SOME = {
    Unit.DAY: (7, 14),
    Unit.WEEK: (6, 12),
    Unit.MONTH: (6, 12),
    Unit.QUARTER: (3, 4),
    Unit.HALF: (2, 3),
    Unit.YEAR: (5, 10),
    Unit.DECADE: (2, 3),
}
# The same for "the first days of July".
_FIRST_FEW = {Unit.DAY: (5, 10), Unit.WEEK: (3, 4), Unit.MONTH: (3, 4)}
_UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.SEASON, Unit.HALF, Unit.YEAR, Unit.DECADE)
_AFTER = Token("after a time", "через")


class SpanReader(PeriodReader):
    """Reads spans and slices; a method that answers None may have moved, as in `PeriodReader`."""

    def span(self) -> Sentence | None:
        """A length of time that counts from the article, if the phrase is one."""
        self.take("filler")
        if backwards := self._unit_first():
            return backwards
        how = self.take("in", "after a time")
        how = self.take("during", "between", "since") or how
        the = self.take("the")
        which = self.take("which")
        if which and which.name == "this":
            return None
        if counted := self._count_and_unit():
            return self._counted(how, which, *counted)
        vague = self.take("vague")
        self.take("which")
        unit = self.take("unit")
        if unit is None or unit.name == "weekend" or (how and how.role in ("between", "since")):
            return None
        if another := self._another():  # "через месяц-два"
            return self._counted(how, which, 1, another.number, Unit(unit.name))
        coming = self.take("to come")
        if vague:
            self._hence()
        if vague or coming or (self.is_plural(which, unit) and (how or which)):
            return _vague(Unit(unit.name))
        return self._uncounted(how, the, which, unit)

    def _unit_first(self) -> Sentence | None:
        """About so many units after the article, as Russian says it: "лет через пять"."""
        here = self.position
        unit = self.take("unit")
        if unit and self.take("after a time") and (count := self._count()):
            another = self._another()
            return self._counted(_AFTER, None, count.number, (another or count).number, Unit(unit.name))
        self.position = here
        return None

    def _count_and_unit(self) -> tuple[int, int, Unit] | None:
        """The fewest and the most units: "6 months", "3 to 6 months", "a year or two", "two and a half years"."""
        count = self._count()
        if count is None:
            return None
        and_a_half = self._and_a_half()
        another = None if and_a_half else self._another()
        self.take("which")  # "три ближайших месяца"
        token = self.take("unit")
        if token is None or token.name == "weekend" or (not count.name and self.is_numbered(token)):
            return None
        unit = Unit(token.name)
        if count.role == "year" and unit not in (Unit.DAY, Unit.WEEK):
            return None
        if count.number == 0:
            raise WindowError(f"“{self.phrase}” leaves no time", mend="write a number from 1 on")
        if and_a_half:
            months = 12 * count.number + 6
            return (months, months, Unit.MONTH) if unit is Unit.YEAR else None
        another = another or self._another()
        return count.number, max(count.number, another.number if another else 0), unit

    def _count(self) -> Token | None:
        """A number; "twenty-one": tens and ones add up."""
        count = self.take("number", "year")
        if count is None or not count.name or count.number % 10 or not 20 <= count.number <= 90:
            return count
        here = self.position
        self.take("dash")
        ones = self.take("number")
        if ones and ones.name and ones.number <= 9:
            return replace(count, number=count.number + ones.number)
        self.position = here
        return count

    def _another(self) -> Token | None:
        """The second number of "two or three", without moving when there is none."""
        here = self.position
        if self.take(*CONNECTORS, "and") and (count := self._count()):
            return count
        self.position = here
        return None

    def _and_a_half(self) -> bool:
        here = self.position
        if self.take("and", "since"):
            self.take("number")
            if self.take("half"):
                return True
        self.position = here
        return False

    def _counted(self, how: Token | None, which: Token | None, few: int, most: int, unit: Unit) -> Sentence:
        within = Within(most, unit)
        after = After(most, unit) if few == most else AfterSome(few, most, unit)
        if self._hence() or (how and how.role == "after a time"):
            return Sentence(after, within, "some read it as any time until then")
        if few < most:
            return Sentence(within, Within(few, unit), f"some hold it to the shorter time, {few} of the {most}")
        if how and how.role == "in" and which is None:
            return Sentence(within, after, "some read it as about that time, not before")
        return Sentence(within)

    def _hence(self) -> bool:
        """From now, from today, hence."""
        return bool(self.take("hence") or (self.take("since") and self.take("now")))

    def _uncounted(self, how: Token | None, the: Token | None, which: Token | None, token: Token) -> Sentence | None:
        """One unit without a number: the coming year, over the next month, within the year, через неделю."""
        unit = Unit(token.name)
        one = Within(1, unit)
        if which:
            if which.name == "coming":
                return Sentence(one)
            if the and how:
                calendar = Periods((following(unit, self.published),))
                return Sentence(one, calendar, f"some read it as the next calendar {unit}")
            return None
        if how is None or how.role == "in":
            return None
        if how.role == "after a time":
            return Sentence(After(1, unit), one, "some read it as any time until then")
        this = Periods((holding(unit, self.published),))
        if the:
            return Sentence(this, one, f"some count a whole {unit} from the article's date")
        if unit is Unit.YEAR:
            return Sentence(one, this, "some read it as until the end of this calendar year")
        return Sentence(one)

    def not_before(self) -> Sentence | None:
        """Not before so many units: "не раньше чем через год"."""
        here = self.position
        if counted := self._count_and_unit():
            return Sentence(NotBefore(counted[0], counted[2]))
        self.position = here
        if (unit := self.take("unit")) and self.position == len(self.tokens):
            return Sentence(NotBefore(1, Unit(unit.name)))
        self.position = here
        return None

    def slice(self) -> Sentence | None:
        """Some units of a period: the first two months of 2026, the last week of July, в первых числах августа."""
        self.fill()
        edge = self.take("ordinal", "last")
        if edge is None:
            return None
        from_end = edge.role == "last"
        if not from_end and self.take("ten days"):
            self.fill()
            month = self.period()
            third = {1: Part.EARLY, 2: Part.MID, 3: Part.LATE}.get(edge.number)
            whole = month is not None and month.unit is Unit.MONTH and month.part is Part.WHOLE
            return Sentence(Periods((replace(month, part=third),))) if month and whole and third else None
        count = self._count()
        token = self.take("unit", "days of month")
        self.fill()
        period = self.period(bare=True)
        if period and not any(one.role in ("which", "year") for one in self.tokens) and period.unit is Unit.YEAR:
            period = replace(period, year=None)  # "of the year": this one, or the next when it is over
        if token is None or period is None or period.part is not Part.WHOLE or period.other is not None:
            return None
        unit = Unit(token.name) if token.role == "unit" else Unit.DAY
        if unit not in _UNITS or period.unit not in _UNITS or _UNITS.index(unit) >= _UNITS.index(period.unit):
            return None
        plural = token.role == "days of month" or edge.text.endswith(("ые", "ых", "ие", "их"))
        if count is None and (plural or self.is_plural(None, token)):
            if not from_end and edge.number != 1:
                return None
            few, many = _FIRST_FEW.get(unit, (0, 0))
            some = Slice(many, unit, period, from_end=from_end)
            doubt = f"“{self.phrase}” does not say how many {unit}s: here {few}, to some {many}"
            return Sentence(Slice(few, unit, period, from_end=from_end), some, doubt) if few else None
        if count is None:
            skipped = 0 if from_end else edge.number - 1
            return Sentence(Slice(1, unit, period, skipped, from_end))
        return Sentence(Slice(count.number, unit, period, 0, from_end)) if from_end or edge.number == 1 else None


def _vague(unit: Unit) -> Sentence:
    """What units without a number stand for: "in the coming weeks", "несколько месяцев"."""
    usual, most = _SOME[unit]
    doubt = f"no number of {unit}s is named: here {usual}, to some {most}"
    return Sentence(Within(usual, unit), Within(most, unit), doubt)
