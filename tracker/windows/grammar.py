"""What does a phrase say about a time: within it, until it, from it on? A grammar over the tokens of `vocabulary`.

phrase    open | span | deadline | range | since | periods
span      [within | in | через | over] [the next | the coming] COUNT UNIT
deadline  by | until | до | before | through  [the end of] PERIOD
range     [from | between] PERIOD to | until | - PERIOD
since     from | after PERIOD,  PERIOD onwards
periods   PERIOD { and | or  PERIOD }

PERIOD is read by `periods`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.errors import WindowError
from tracker.windows.calendar import Part, Period, Unit, following, holding
from tracker.windows.periods import CONNECTORS, PeriodReader
from tracker.windows.vocabulary import MEND, Token, tokens

_OF_TIME = {
    *("month", "season", "unit", "year", "quarter", "half_year", "date", "dotted", "slashed", "year_month", "now"),
    *("weekday", "number", "ordinal", "half"),
}


@dataclass(frozen=True, slots=True)
class Open:
    """No end."""


@dataclass(frozen=True, slots=True)
class Within:
    """Any day until so many units after the article."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class After:
    """About so many units after the article, and not before."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until a period: `word` is by, until, up to (до), before or through; `edge` says which edge of the period."""

    word: str
    edge: str
    period: Period
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """From a period on, without an end; `excluded` when it begins only after the period."""

    period: Period
    excluded: bool


@dataclass(frozen=True, slots=True)
class Range:
    """From the beginning of one period to the end of another."""

    first: Period
    last: Period


@dataclass(frozen=True, slots=True)
class Periods:
    """One period, or several that follow each other."""

    parts: tuple[Period, ...]


Statement = Open | Within | After | Deadline | Since | Range | Periods


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a phrase says, and what else some people would mean by it."""

    reading: Statement
    other: Statement | None = None
    doubt: str = ""


def parse(phrase: str, published: date) -> Sentence:
    """What `phrase` says in an article of the day `published`.

    UnknownWordError: a word is not in the vocabulary. WindowError: all are, but they do not make a window.
    """
    return _PhraseReader(phrase, tokens(phrase), published).sentence()


class _PhraseReader(PeriodReader):
    """Tries each form of phrase in turn; the first that reads all of it is it."""

    def sentence(self) -> Sentence:
        forms = (self._open, self._span, self._deadline, self._range, self._since, self._periods)
        for form in forms:
            self.position = 0
            sentence = form()
            if sentence is not None and self.position == len(self.tokens):
                return sentence
        if not self.phrase:
            raise WindowError("the window is empty", mend=MEND)
        if not any(token.role in _OF_TIME for token in self.tokens):
            raise WindowError(f"no dates in “{self.phrase}”", mend=MEND)
        rest = " ".join(token.text for token in self.tokens[self.furthest :])
        stuck = f"cannot read “{self.phrase}” from “{rest}” on" if rest else f"cannot make dates of “{self.phrase}”"
        raise WindowError(stuck, mend=MEND)

    def _open(self) -> Sentence | None:
        return Sentence(Open()) if self.take("open") else None

    def _span(self) -> Sentence | None:
        self.take("filler")
        how = self.take("in", "after a time", "during")
        the = self.take("the")
        which = self.take("which")
        if which and which.name == "this":
            return None
        if counted := self._count_and_unit():
            return self._counted(how, which, Within(*counted), After(*counted))
        unit = self.take("unit")
        return self._uncounted(how, the, which, unit) if unit else None

    def _count_and_unit(self) -> tuple[int, Unit] | None:
        if self.take("vague") and (unit := self.take("unit")):
            raise self.no_count(unit)
        count = self.take("number", "year")
        if count is None:
            return None
        number = count.number
        if count.name and number % 10 == 0 and 20 <= number <= 90:  # "twenty-one days": tens and ones add up
            self.take("dash")
            ones = self.take("number")
            if ones and ones.number > 9:
                return None
            number += ones.number if ones else 0
        self.take("which")  # "три ближайших месяца"
        unit = self.take("unit")
        if unit is None or (not count.name and self.is_numbered(unit)):
            return None
        if count.role == "year" and unit.name not in ("day", "week"):
            return None
        if number == 0:
            raise WindowError(f"“{self.phrase}” leaves no time", mend="write a number from 1 on")
        return number, Unit(unit.name)

    def _counted(self, how: Token | None, which: Token | None, within: Within, after: After) -> Sentence:
        hence = self.take("hence") or (self.take("since") and self.take("now"))
        if hence or (how and how.role == "after a time"):
            return Sentence(after, within, "some read it as any time until then")
        if how and how.role == "in" and which is None:
            return Sentence(within, after, "some read it as about that time, not before")
        return Sentence(within)

    def _uncounted(self, how: Token | None, the: Token | None, which: Token | None, token: Token) -> Sentence | None:
        """One unit without a number: the coming year, over the next month, within the year, через неделю."""
        unit = Unit(token.name)
        one = Within(1, unit)
        if which:
            self.refuse_plural(which, token)
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

    def _deadline(self) -> Sentence | None:
        self.fill()
        word = self.take("by", "until", "up to", "before", "through", "to")
        if word is None:
            return None
        the = self.fill()
        part = self.peek("part")
        edge = self.take("edge") or (self.take("part") if part and part.name == "mid" else None)
        period = self.period(bare=bool(edge or the))
        if period is None or (edge and not _has_edge(period, edge)):
            return None
        inclusive = bool(self.take("inclusive"))
        role = "by" if word.role == "to" else word.role
        return Sentence(Deadline(role, {"mid": "middle"}.get(edge.name, edge.name) if edge else "", period, inclusive))

    def _range(self) -> Sentence | None:
        self.fill()
        between = self.take("between")
        if not between:
            self.take("since")
        first = self.period()
        if first is None or not self.take(*(("and",) if between else CONNECTORS)):
            return None
        last = self._end_of_range(first)
        self.take("inclusive")
        return Sentence(Range(first, last)) if last else None

    def _end_of_range(self, first: Period) -> Period | None:
        """The second end: "20" after "July 16", "26" after "2025", else a period of its own."""
        here = self.position
        number = self.take("number", "ordinal")
        if number and first.unit is Unit.DAY and (number.role == "ordinal" or not number.name):
            year = self.year()
            if self.position == len(self.tokens):
                return replace(first, number=number.number, year=first.year if year is None else year)
        if number and first.unit is Unit.YEAR and first.year and number.number < 100:
            return replace(first, year=first.year // 100 * 100 + number.number)
        self.position = here
        return self.period()

    def _since(self) -> Sentence | None:
        self.fill()
        word = self.take("since", "after")
        period = self.period()
        onwards = self.take("onwards") or (word and self.take("filler"))  # "from 2026 on"
        if period is None or not (word or onwards):
            return None
        return Sentence(Since(period, excluded=bool(word and word.role == "after")))

    def _periods(self) -> Sentence | None:
        parts = []
        while period := self.period():
            parts.append(period)
            if not self.take("and"):
                return Sentence(Periods(tuple(parts)))
        return None


def _has_edge(period: Period, edge: Token) -> bool:
    """Whether the period has this edge: a day and "late summer" have none, a week has only its end."""
    if period.unit is Unit.WEEK:
        return edge.name == "end"
    return period.unit is not Unit.DAY and period.part in (Part.WHOLE, Part.FIRST_HALF, Part.SECOND_HALF)
