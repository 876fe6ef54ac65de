"""Which window does a phrase of time mean in an article of a given day, and what else might it mean?

"By D", "until D" and "through D" include D, "before D" does not. A whole season, month or year in D's place is not
included ("by spring" is before it begins), and the other reading is shown; "by the end of" it closes with its last day.
A window already begun opens on the article's date, unless both its ends are written as days. "Within N units" closes on
the day N units later; "the coming year" is twelve months; "next year" is the next calendar year; a season or month
without a year is the one that is running, else the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import assert_never

from tracker.errors import WindowError, WindowOverError
from tracker.model import Window
from tracker.windows.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    Part,
    Period,
    Unit,
    add_months,
    bounds,
    end,
    first_year,
    holding,
    last_year,
    later,
    start,
)
from tracker.windows.grammar import parse
from tracker.windows.naming import in_days, name, narrower
from tracker.windows.statements import (
    After,
    AfterSome,
    Deadline,
    NotBefore,
    Open,
    Periods,
    Range,
    Sentence,
    Since,
    Slice,
    Statement,
    Within,
)
from tracker.windows.vocabulary import MEND, UnknownWordError

_DAY = timedelta(days=1)
_LONGEST_PHRASE = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How a phrase was read: its window, also in words.

    `other` is the other reading when nearly everyone does not share this one, and `doubt` says why; else None and "".
    """

    window: Window
    phrase: str
    meaning: str
    other: Window | None
    doubt: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A window not yet cut to the article's date. `written` when both its ends are days that the phrase writes out."""

    words: str
    window: Window
    other: Window | None = None
    doubt: str = ""
    written: bool = False


def read_window(phrase: str, published: date) -> Reading:
    """The window that `phrase` means in an article published on `published`.

    WindowError: no dates in it, a day that does not exist, a year outside 1900 to 2200, an end before the beginning, or
    all of it over before the article (unless both ends are written as days).

    >>> read_window("late summer and early autumn of 2025", date(2025, 6, 30)).meaning
    'late summer 2025 and early autumn 2025: 16 July to 15 October 2025'
    """
    _check(phrase, published)
    try:
        return read_known_words(phrase, published)
    except UnknownWordError as unknown:
        day = _day_written_otherwise(phrase)
        if day is None:
            raise WindowError(str(unknown), mend=MEND) from None
        return _reading(phrase, Sentence(Periods((holding(Unit.DAY, day),))), published)


def read_known_words(phrase: str, published: date) -> Reading:
    """As `read_window`, by the words of the vocabulary alone. UnknownWordError: another word stands in the phrase."""
    return _reading(phrase, parse(phrase, published), published)


def _check(phrase: str, published: date) -> None:
    if len(phrase) > _LONGEST_PHRASE:
        raise WindowError(f"a window phrase of {len(phrase)} characters", mend=f"write at most {_LONGEST_PHRASE}")
    if not FIRST_YEAR <= published.year <= LAST_YEAR:
        raise WindowError(f"an article of {published}", mend=f"its year must lie in {FIRST_YEAR} to {LAST_YEAR}")


def _reading(phrase: str, sentence: Sentence, published: date) -> Reading:
    found = _found(sentence.reading, published)
    if sentence.other is not None:
        found = replace(found, other=_found(sentence.other, published).window, doubt=sentence.doubt)
    for window in (found.window, found.other):
        if window is not None and not _in_range(window):
            raise WindowError(
                f"“{phrase.strip()}” leaves the years {FIRST_YEAR} to {LAST_YEAR}", mend="check the years"
            )
    if not found.written:
        found = _from_the_article(phrase.strip(), found, published)
    days = in_days(found.window)
    meaning = days if found.words in ("", days) else f"{found.words}: {days}"
    if found.other is None or found.other == found.window:
        return Reading(found.window, phrase, meaning, None, "")
    return Reading(found.window, phrase, meaning, found.other, found.doubt)


def _in_range(window: Window) -> bool:
    last = window.opens if window.open_ended else window.closes
    return window.opens.year >= FIRST_YEAR and last.year <= LAST_YEAR


def _from_the_article(phrase: str, found: _Found, published: date) -> _Found:
    """The window without the days before the article. WindowError: nothing is left of it."""
    # Of two readings, one that is over already cannot be what a forecast means.
    if found.window.closes < published and found.other is not None and found.other.closes >= published:
        found = _Found(f"“{phrase}”", found.other)
    if found.window.closes < published:
        raise WindowOverError(
            f"“{phrase}” was over on {found.window.closes}, before the article of {published}",
            mend="write the year that is meant, or both days as 2025-07-16/2025-10-15",
        )
    other = found.other if found.other is not None and found.other.closes >= published else None
    begun = ", from the article's date" if found.window.opens < published else ""
    return replace(
        found,
        words=found.words + begun,
        window=replace(found.window, opens=max(found.window.opens, published)),
        other=replace(other, opens=max(other.opens, published)) if other else None,
    )


def _found(statement: Statement, published: date) -> _Found:
    match statement:
        case Open():
            return _Found("no end", Window(published, date.max))
        case Within(count, unit):
            closes = later(published, count, unit)
            return _Found(f"within {_counted(count, unit)} of the article", Window(published, closes))
        case After(count, unit):
            return _after(count, unit, published)
        case AfterSome(fewest, most, unit):
            first, last = (_after(count, unit, published) for count in (fewest, most))
            words = f"{fewest} to {_counted(most, unit)} after the article"
            return _Found(words, Window(first.window.opens, last.window.closes))
        case NotBefore(count, unit):
            opens = later(published, count, unit)
            return _Found(f"not before {_counted(count, unit)} after the article", Window(opens, date.max))
        case Slice():
            return _slice(statement, published)
        case Deadline():
            return _deadline(statement, published)
        case Since(period, excluded):
            period = first_year(period, published, lambda p: bounds(p).closes >= published)
            opens = bounds(period).closes + _DAY if excluded else start(period)
            words = f"after {name(period)}" if excluded else f"from {name(period)} on"
            return _Found(words, Window(opens, date.max), written=period.unit is Unit.DAY)
        case Range(first, last):
            return _range(first, last, published)
        case Periods(parts):
            return _periods(parts, published)
    assert_never(statement)


def _counted(count: int, unit: Unit) -> str:
    plain = "half-year" if unit is Unit.HALF else str(unit)
    return f"{count} {plain}{'s' if count != 1 else ''}"


def _after(count: int, unit: Unit, published: date) -> _Found:
    """The day, week, month or year that lies so far ahead; a quarter or half-year ahead is told to the month."""
    precision = Unit.MONTH if unit in (Unit.QUARTER, Unit.HALF) else unit
    period = holding(precision, later(published, count, unit))
    told = "" if unit is Unit.DAY else f", {name(period)}"
    return _Found(f"{_counted(count, unit)} after the article{told}", bounds(period))


def _slice(part: Slice, published: date) -> _Found:
    """The first, the last or the so-manieth units of a period."""
    period = first_year(part.period, published, lambda p: _days_of(part, p).closes >= published)
    which = "last" if part.from_end else "first" if not part.skipped else f"{part.skipped + 1}th"
    units = _counted(part.count, part.unit) if part.count > 1 else str(part.unit)
    return _Found(f"the {which} {units} of {name(period)}", _days_of(part, period))


def _days_of(part: Slice, period: Period) -> Window:
    whole = bounds(period)
    if part.from_end:
        after = whole.closes + _DAY
        return Window(max(whole.opens, later(after, -part.count, part.unit)), whole.closes)
    opens = later(whole.opens, part.skipped, part.unit)
    closes = min(whole.closes, later(opens, part.count, part.unit) - _DAY)
    if closes < opens:
        raise WindowError(f"{name(period)} has no {part.unit} {part.skipped + 1}", mend="check the number")
    return Window(opens, closes)


def _deadline(deadline: Deadline, published: date) -> _Found:
    period = first_year(deadline.period, published, lambda p: _closes(deadline, p)[0] >= published)
    closes, other = _closes(deadline, period)
    if closes < published and other is not None:
        closes, other = other, None
    word = {"up to": "until"}.get(deadline.word, deadline.word)
    edge = f"the {deadline.edge} of " if deadline.edge else ""
    words = f"{word} {edge}{name(period)}"
    if closes < published:
        raise WindowOverError(f"“{words}” was over before the article of {published}", mend="check the year")
    decade = f"some count {name(period)} to the end of {closes.year + 1}"
    doubts = {
        "by": f"some take “by” a {period.unit} to include it",
        "until": f"some take “until” a {period.unit} to include it",
        "up to": f"some take “до” a {period.unit} to {'leave it out' if period.unit is Unit.DAY else 'include it'}",
    }
    window = Window(published, closes)
    if other is None or other <= published:
        return _Found(words, window)
    if period.unit is Unit.DECADE and deadline.edge == "end":
        return _Found(words, window, Window(published, other), decade)
    doubt = f"some read “{words}” as before it begins" if period.part is not Part.WHOLE else doubts[deadline.word]
    return _Found(words, window, Window(published, other), doubt)


def _closes(deadline: Deadline, period: Period) -> tuple[date, date | None]:
    """The last day that a deadline leaves, and the one that others would say."""
    whole = bounds(period)
    before = whole.opens - _DAY
    if deadline.edge == "end":
        return whole.closes, add_months(whole.closes, 12) if period.unit is Unit.DECADE else None
    if deadline.edge == "middle":
        return end(replace(period, part=Part.MID)), None
    if deadline.edge == "beginning" or deadline.word == "before":
        return before, None
    if deadline.word == "through" or deadline.inclusive:
        return end(period), None
    if period.unit is Unit.DAY:
        return whole.closes, before if deadline.word == "up to" else None
    if period.part is not Part.WHOLE:
        return whole.closes, before
    # "Strategy до 2030" takes the year in, "до весны" does not.
    doubtful = deadline.word in ("by", "until") or (deadline.word == "up to" and period.unit is Unit.YEAR)
    return before, whole.closes if doubtful else None


def _range(first: Period, last: Period, published: date) -> _Found:
    year_written = first.year is not None
    first, last = _in_order((first, last), published)
    opens, closes = start(first), end(last)
    if not year_written and opens < published and opens.year < closes.year:
        # "From 15 October to 16 July 2025", said in 2025: nobody means an October that is long over.
        opens = start(replace(first, year=last.year))
    if closes < opens:
        raise WindowError(
            f"{in_days(Window(closes, closes))} is before {in_days(Window(opens, opens))}", mend="swap the two"
        )
    written = first.unit is last.unit is Unit.DAY
    doubts = [period.doubt for period in (first, last) if period.doubt]
    other = None
    if doubts:
        opens_too, closes_too = start(first.other or first), end(last.other or last)
        other = Window(opens_too, closes_too) if opens_too <= closes_too else None
    words = "" if written else f"from {name(first)} to {name(last)}"
    return _Found(words, Window(opens, closes), other, "; ".join(doubts), written)


def _periods(parts: tuple[Period, ...], published: date) -> _Found:
    undated = len(parts) == 1 and parts[0].year is None
    parts = _in_order(parts, published)
    if undated:
        parts = (_or_next_years(parts[0], published),)
    window = _joined([bounds(part) for part in parts])
    words = " and ".join(name(part) for part in parts)
    if window is None:
        raise WindowError(f"{words} do not follow each other", mend="write one forecast for each, or the days between")
    others, doubts = [], []
    for part in parts:
        other = (bounds(part.other), part.doubt) if part.other else narrower(part)
        others.append(other[0] if other else bounds(part))
        doubts += [other[1]] if other else []
    return _Found(words, window, _joined(others) if doubts else None, "; ".join(doubts))


def _or_next_years(period: Period, published: date) -> Period:
    """In late June "in the first half" may well mean next year's: most of this one is over."""
    window = bounds(period)
    # Three quarters is a guess: with less of it gone, the one that is running is what people mean.
    if period.year is None or (published - window.opens).days * 4 < window.days * 3:
        return period
    doubt = f"most of {name(period)} was over, so some may mean that of {period.year + 1}"
    return replace(period, other=replace(period, year=period.year + 1), doubt=doubt)


def _joined(windows: list[Window]) -> Window | None:
    """One window over several that follow each other without a gap; None when they do not."""
    for earlier, next_one in pairwise(windows):
        if not earlier.opens <= next_one.opens <= earlier.closes + _DAY:
            return None
    return Window(windows[0].opens, max(window.closes for window in windows))


def _in_order(parts: tuple[Period, ...], published: date) -> tuple[Period, ...]:
    """The parts with their years: one without takes it from the next that has one, else from the one before it."""
    known = next((index for index, part in enumerate(parts) if part.year is not None), None)
    if known is None:
        known = 0
        parts = (first_year(parts[0], published, lambda p: bounds(p).closes >= published), *parts[1:])
    dated = [parts[known]]
    for part in reversed(parts[:known]):
        opens = bounds(dated[0]).opens
        dated.insert(0, last_year(part, opens, partial(_opens_by, opens)))
    for part in parts[known + 1 :]:
        opens = bounds(dated[-1]).opens
        dated.append(first_year(part, opens, partial(_opens_from, opens)))
    return tuple(dated)


def _opens_by(day: date, period: Period) -> bool:
    return bounds(period).opens <= day


def _opens_from(day: date, period: Period) -> bool:
    return bounds(period).opens >= day


def _day_written_otherwise(phrase: str) -> date | None:
    """A single full date in a form or language that the grammar does not know ("16 juillet 2025"), by dateparser."""
    figures = re.findall(r"[0-9]+", phrase)
    if not any(len(figure) == 4 for figure in figures):
        return None
    import dateparser  # type: ignore[import-untyped]

    found: datetime | None = dateparser.parse(
        phrase,
        settings={"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]},
    )
    # dateparser fills in what it does not find; only figures that stand in the phrase are believed.
    if found is None or not {str(found.year), str(found.day)} <= {figure.lstrip("0") for figure in figures}:
        return None
    return found.date()
