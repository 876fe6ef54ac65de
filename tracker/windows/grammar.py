"""What does a phrase say about a time: within it, until it, from it on? A grammar over the tokens of `vocabulary`.

phrase    open | span | slice | deadline | range | since | periods
deadline  by | until | до | before | through  [the end of] PERIOD
range     [from | between] PERIOD to | until | - PERIOD
since     from | after PERIOD,  PERIOD onwards
periods   PERIOD { and | or  PERIOD }

Spans and slices are read by `spans`, PERIOD by `periods`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tracker.errors import WindowError
from tracker.windows.calendar import Part, Period, Unit, bounds, first_year, holding
from tracker.windows.periods import CONNECTORS
from tracker.windows.spans import SpanReader
from tracker.windows.statements import Deadline, Open, Periods, Range, Sentence, Since
from tracker.windows.vocabulary import MEND, Token, tokens

_OF_TIME = {
    *("month", "season", "unit", "year", "quarter", "half_year", "date", "dotted", "slashed", "year_month", "now"),
    *("weekday", "number", "ordinal", "half"),
}


def parse(phrase: str, published: date) -> Sentence:
    """What `phrase` says in an article of the day `published`.

    UnknownWordError: a word is not in the vocabulary. WindowError: all are, but they do not make a window.
    """
    return _PhraseReader(phrase, tokens(phrase), published).sentence()


class _PhraseReader(SpanReader):
    """Tries each form of phrase in turn; the first that reads all of it is it."""

    def sentence(self) -> Sentence:
        forms = (self._open, self.span, self._deadline, self._range, self._since, self._periods, self.slice)
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

    def _deadline(self) -> Sentence | None:
        self.fill()
        word = self.take("by", "until", "up to", "before", "through", "to")
        if word is None:
            latest = self.period()  # "2027 at the latest"
            return Sentence(Deadline("through", "", latest)) if latest and self.take("inclusive") else None
        the = self.fill()
        part = self.peek("part")
        edge = self.take("edge") or (self.take("part") if part and part.name == "mid" else None)
        period = self.period(bare=bool(edge or the))
        if period is None or (edge and not _has_edge(period, edge)):
            return None
        inclusive = bool(self.take("inclusive"))
        role = "by" if word.role == "to" else word.role
        named = {"mid": "middle"}.get(edge.name, edge.name) if edge else ""
        deadline = Deadline(role, named, period, inclusive)
        if not self.take("and"):
            return Sentence(deadline)
        later = self.period()  # "by 2026 or 2027"; without a year it is not known which comes first
        if later is None or later.year is None:
            return None
        earlier = replace(deadline, period=replace(period, year=period.year or later.year))
        return Sentence(replace(deadline, period=later, edge=""), earlier, "some hold it to the earlier of the two")

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
            self.year_word()
            return replace(first, year=first.year // 100 * 100 + number.number)
        self.position = here
        return self.period()

    def _since(self) -> Sentence | None:
        self.fill()
        word = self.take("since", "after")
        if word and word.text.startswith(("no", "не ")) and (not_before := self.not_before()):
            return not_before
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
                feast = len(parts) == 1 and any(token.role in ("holiday", "feast") for token in self.tokens)
                return _with_days_around(period, self.published) if feast else Sentence(Periods(tuple(parts)))
        return None


def _with_days_around(feast: Period, published: date) -> Sentence:
    """At Christmas: that day, or the week before and after it."""
    feast = first_year(feast, published, lambda one: bounds(one).closes >= published)
    day = bounds(feast).opens
    week_before, week_after = (holding(Unit.DAY, day + timedelta(days=days)) for days in (-7, 7))
    return Sentence(Periods((feast,)), Range(week_before, week_after), "some mean the days around it, too")


def _has_edge(period: Period, edge: Token) -> bool:
    """Whether the period has this edge: "late summer" has none, a day only its end, a week no middle."""
    if period.unit is Unit.DAY:
        return edge.name == "end"
    if period.unit is Unit.WEEK:
        return edge.name in ("beginning", "end")
    return period.unit is not Unit.WEEKEND and period.part in (
        Part.WHOLE,
        Part.FIRST_HALF,
        Part.SECOND_HALF,
    )
