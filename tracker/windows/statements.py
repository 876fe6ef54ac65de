"""What may a phrase say about a time? That something comes within it, after it, by a deadline, or in named periods."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.windows.calendar import Period, Unit


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
class AfterSome:
    """Between so many and so many units after the article."""

    fewest: int
    most: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Slice:
    """Units at the beginning or the end of a period: after `skipped` units, `count` of them."""

    count: int
    unit: Unit
    period: Period
    skipped: int = 0
    from_end: bool = False


@dataclass(frozen=True, slots=True)
class NotBefore:
    """From so many units after the article on, without an end."""

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


Statement = Open | Within | After | AfterSome | Slice | NotBefore | Deadline | Since | Range | Periods


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a phrase says, and what else some people would mean by it."""

    reading: Statement
    other: Statement | None = None
    doubt: str = ""
