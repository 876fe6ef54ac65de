"""Which dates does a text name, counted from the day on which it was published?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from tracker.occurred.clauses import Clauses, clauses
from tracker.occurred.tables import tables

Precision = Literal["day", "month", "year", "published"]

# "Putin visits Baku on 22 August", published on the 10th, does not speak of last year.
COMING_DAYS = 31
MONTHS_OF_A_SEASON = 3
# Prices and jobs of a month are published until the middle of the next but one.
FIGURES_OF_A_MONTH = timedelta(days=76)
# Days for which a headline in the present tense tells what happened.
_NEWS_OF_A_DAY = 1
LONGEST_WORD = 30  # of the words right before a date that are looked at, with room for white space
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\s\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date that a text names, with its offsets [start, end); `adverbial` when it cannot belong to a noun."""

    day: date
    precision: Precision
    start: int
    end: int
    adverbial: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A wording of a date, when it was published, and what the words around it say of it.

    `ahead` says that it is ahead, `past` that the sentence has a verb in the past.
    """

    match: re.Match[str]
    published: date
    ahead: bool
    past: bool = False

    def number(self, table: str, group: str) -> int | None:
        """The number that a table gives to the words of a group; None when the group is empty."""
        wording = self.match[group]
        return tables().number(table, wording) if wording else None


def mentions(text: str, start: int, end: int, published: date) -> Iterator[Mention]:
    """The dates that the sentence text[start:end] names, left to right, each in its longest reading.

    Left out are those on which an event cannot be ("since July", "by Friday") and those that belong to a noun ("the
    June war"). Without a year, or with a weekday alone, a date is a past one unless the sentence says that it is ahead.
    """
    found = [(match, read) for pattern, read in _kinds() for match in pattern.finditer(text, start, end)]
    parts = clauses(text, start, end)
    cues = list(_ahead().finditer(text, start, end))
    past = _past().search(text, start, end) is not None
    taken = start
    for match, read in sorted(found, key=lambda entry: (entry[0].start(), -entry[0].end())):
        if match.start() < taken:
            continue
        taken = match.end()
        if read is None or _not_on().search(text, max(start, match.start() - LONGEST_WORD), match.start()):
            continue
        try:
            day, precision = read(_Told(match, published, _is_ahead(match, cues, parts), past))
        except (ValueError, OverflowError):  # there is no 31 June
            continue
        yield Mention(day, precision, match.start(), match.end(), _is_adverbial(match))


def month_of_noun(text: str, start: int, published: date) -> Mention | None:
    """The month by which the noun at a character is called: "the June strikes", «июньские удары».

    None without one, and for a month that is hardly over, which may be that of a figure: July tells of June's prices.
    """
    match = _called_by().search(text, max(0, start - LONGEST_WORD), start)
    # "Theresa May resigns", "April meets Bob": a month that is also a name, or follows one, dates nothing.
    if match is None or match["called"] in ("May", "April") or _NAME_BEFORE.search(text, 0, match.start()):
        return None
    table = "months" if match["month"] else "month_adjectives"
    told = _Told(match, published, ahead=False)
    month = told.number(table, "month" if match["month"] else "adjective") or 0
    first = _first_or_published(_without_year(month, 1, told), "month", published)
    if timedelta() < published - first < FIGURES_OF_A_MONTH:
        return None
    return Mention(first, "month", match.start(), match.end("called"), adverbial=False)


def _is_adverbial(match: re.Match[str]) -> bool:
    """Whether a date cannot belong to a noun: it has a preposition, or its way of writing or language needs none."""
    return bool(match.groupdict().get("on", "needs none")) or bool(_CYRILLIC.search(match.group()))


def _is_ahead(match: re.Match[str], cues: Sequence[re.Match[str]], parts: Clauses) -> bool:
    """Whether a cue before the date in its clause, or right after it, says that the date is ahead.

    A cue further on does not: "Moscow said on Tuesday it will answer".
    """
    clause = parts.at(match.start())
    return any(
        cue.start() == match.end() + 1 or (cue.end() <= match.start() and parts.at(cue.start()) == clause)
        for cue in cues
    )


def _day_of_month(told: _Told) -> tuple[date, Precision]:
    month, day = told.number("months", "month"), int(told.match["day"])
    year = _year(told)
    if month is None:
        raise ValueError("no month")
    return (date(year, month, day) if year else _without_year(month, day, told)), "day"


def _in_figures(told: _Told) -> tuple[date, Precision]:
    return date(*(int(told.match[part]) for part in ("year", "month", "day"))), "day"


def _weekday(told: _Told) -> tuple[date, Precision]:
    weekday, other = told.number("weekdays", "weekday"), told.number("others", "other")
    since = (told.published.weekday() - (weekday or 0)) % 7  # days since the latest such weekday
    if other == -1:
        return told.published - timedelta(days=since or 7), "day"
    if other == 1:
        return told.published + timedelta(days=7 - since), "day"
    if other == 0 or told.ahead or (other is None and not told.past and since > _NEWS_OF_A_DAY):
        return told.published + timedelta(days=-since % 7), "day"
    return told.published - timedelta(days=since), "day"


def _day_off(told: _Told) -> tuple[date, Precision]:
    return told.published + timedelta(days=told.number("days_off", "off") or 0), "day"


def _ago(told: _Told) -> tuple[date, Precision]:
    count = told.match["count"] or "one"
    number = int(count) if count.isdigit() else tables().number("counts", count)
    return _units_off(told, -number, tables().unit(told.match["unit"]))


def _other_unit(told: _Told) -> tuple[date, Precision]:
    return _units_off(told, told.number("others", "other") or 0, tables().unit(told.match["unit"]))


def _units_off(told: _Told, number: int, unit: str) -> tuple[date, Precision]:
    """The day that lies a number of units after publication: weeks to the day, months and years to their first."""
    published = told.published
    if unit == "day":
        return published + timedelta(days=number), "day"
    if unit == "week":
        return published + timedelta(weeks=number), "day"
    if unit == "month":
        years, months = divmod(published.year * 12 + published.month - 1 + number, 12)
        return _first_or_published(date(years, months + 1, 1), "month", published), "month"
    return _first_or_published(date(published.year + number, 1, 1), "year", published), "year"


def _month(told: _Told) -> tuple[date, Precision]:
    month, other = told.number("months", "month") or 0, told.number("others", "other")
    year, published = _year(told), told.published
    if other is not None and not year:
        # "last June" is the latest June over, "next June" the first that has not begun.
        this_years_is_on_that_side = (month - published.month) * other > 0
        year = published.year + (0 if this_years_is_on_that_side else other)
    first = date(year, month, 1) if year else _without_year(month, 1, told)
    return _first_or_published(first, "month", published), "month"


def _season(told: _Told) -> tuple[date, Precision]:
    """The first day of a season, or publication where that lies within: January's "this winter" began in December."""
    month, other, published = told.number("seasons", "season") or 0, told.number("others", "other"), told.published
    firsts = [date(year, month, 1) for year in range(published.year - 2, published.year + 3)]
    begun = [first for first in firsts if first <= published]
    within = (published.year - begun[-1].year) * 12 + published.month - begun[-1].month < MONTHS_OF_A_SEASON
    if other == 1:
        return firsts[len(begun)], "month"
    if other == -1:
        return begun[-2 if within else -1], "month"
    # In March "this winter" is the one just over; in June it is the next.
    over = (published.year - begun[-1].year) * 12 + published.month - begun[-1].month < 2 * MONTHS_OF_A_SEASON
    if over and not within and not told.ahead:
        return begun[-1], "month"
    return (published if within else firsts[len(begun)]), "month"


def _whole_year(told: _Told) -> tuple[date, Precision]:
    return _first_or_published(date(int(told.match["year"]), 1, 1), "year", told.published), "year"


def _year(told: _Told) -> int | None:
    """The year that a date names, in figures or as "last year"."""
    if told.match["year"]:
        return int(told.match["year"])
    other = told.number("others", "other_year")
    return None if other is None else told.published.year + other


def _without_year(month: int, day: int, told: _Told) -> date:
    """The nearest such day when it is said to be ahead, else the latest that is not far ahead."""
    published = told.published
    candidates = []
    for year in range(published.year - 8, published.year + 9):  # 29 February comes every four years, or eight
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    if told.ahead:
        return min(candidates, key=lambda candidate: abs(candidate - published))
    return max(candidate for candidate in candidates if candidate <= published + timedelta(days=COMING_DAYS))


def _first_or_published(first: date, precision: Literal["month", "year"], published: date) -> date:
    """The first day of a month or year, or publication where that lies within: the report may be of that very day."""
    within = first.year == published.year and (precision == "year" or first.month == published.month)
    return published if within else first


_Reading = Callable[[_Told], tuple[date, Precision]]


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], _Reading | None], ...]:
    """The ways of writing a date, each with what reads it; names that only hold a word of time have none.

    The group "on" holds the preposition; a way without the group is an adverb by itself.
    """
    table = tables()
    alternatives = {
        name: "|".join(getattr(table, name).values())
        for name in ("months", "weekdays", "days_off", "counts", "units", "seasons", "others")
    }
    month, other, unit = (f"(?P<{name}>{alternatives[f'{name}s']})" for name in ("month", "other", "unit"))
    count = rf"(?P<count>\d{{1,3}}|{alternatives['counts']})"
    year = r"(?P<year>(?:19|20)\d\d)"
    of_year = (
        rf"(?:,? {year}\b(?:-?го)?(?: года?\b| г\.)?"
        rf"|,? (?:of )?(?P<other_year>{alternatives['others']}) (?:year|года?)\b)?"
    )
    part = (
        r"(?:(?:early|late|mid|(?:the )?(?:start|beginning|middle|end|spring|summer|autumn|fall|winter)(?: of)?"
        r"|начале|середине|конце|первой половине|второй половине)[- ])?"
    )
    own = r"(?!['’]s)"  # in "last year's report", "in June's vote" the time is that of the noun
    # In 7-10 October, 7 and 8 October, 1 to 5 July, the first day is meant.
    more_days = r"(?: ?(?:[-–—,]|and|to|or|и|по|до) ?\d{1,2}(?:st|nd|rd|th)?\b){0,4}"
    kinds: list[tuple[str, _Reading | None]] = [
        (table.names, None),
        (rf"(?:on )?{year}-(?P<month>\d\d)-(?P<day>\d\d)", _in_figures),
        (rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{year}", _in_figures),
        (
            rf"(?P<on>(?:on|for|at|in) (?:the )?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?{more_days}"
            rf" (?:of )?{month}{of_year}",
            _day_of_month,
        ),
        (
            rf"(?P<on>(?:on|for|at) )?{month} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.,]\d){more_days}{of_year}",
            _day_of_month,
        ),
        (rf"(?:(?:in|at|for|during|throughout|в|во|на) {part}(?:{other} )?){month}{of_year}{own}", _month),
        (rf"{other} (?P<month>{alternatives['months']})(?P<year>)(?P<other_year>){own}", _month),
        (rf"(?:in|during|throughout|at) {part}{year}{own}", _whole_year),
        (rf"(?:(?:во? {part}|весной |летом |осенью |зимой ){year}(?:-?м|-?го)? (?:году|года|г\.))", _whole_year),
        (rf"(?:in )?{other} (?P<season>{alternatives['seasons']}){own}", _season),
        (rf"(?P<on>(?:on|for|at|in|в|во|на) )?(?:{other} )?(?P<weekday>{alternatives['weekdays']})", _weekday),
        (rf"(?P<off>{alternatives['days_off']})", _day_off),
        (rf"(?:{count} {unit} (?:ago|назад))", _ago),
        (rf"(?P<count>){unit} назад", _ago),
        (rf"(?<!from )(?:in |во? |на )?{other} (?P<unit>week|month|year|недел[юе]|месяце?|году?){own}", _other_unit),
    ]
    return tuple(
        (re.compile(rf"(?<![\w.-])(?:{pattern})(?!\w)".replace(" ", r"\s"), re.IGNORECASE), read)
        for pattern, read in kinds
    )


@cache
def _called_by() -> re.Pattern[str]:
    months, adjectives = ("|".join(table.values()) for table in (tables().months, tables().month_adjectives))
    return re.compile(rf"(?<![\w.-])(?P<called>(?P<month>{months})|(?P<adjective>{adjectives}))\s+\Z", re.IGNORECASE)


@cache
def _not_on() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{tables().not_on})\s+\Z", re.IGNORECASE)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{tables().past})\b", re.IGNORECASE)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{tables().ahead})\b", re.IGNORECASE)
