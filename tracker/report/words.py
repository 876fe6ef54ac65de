"""How are a verdict and what it rests on put in words? The same words in the terminal and on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.model import (
    Coverage,
    Criterion,
    Decision,
    Expects,
    Forecast,
    ItemDecision,
    Likelihood,
    Status,
    Strength,
    Verdict,
    VerdictRecord,
)
from tracker.resolve import Rule
from tracker.wording import counted

_STRENGTHS: dict[tuple[str, Strength], str] = {
    (Rule.HAPPENED, Strength.STRONG): "Strong: more origins than needed, in headlines, and nobody contradicts.",
    (Rule.HAPPENED, Strength.FAIR): "Fair: no more origins than needed, or somebody contradicts.",
    (Rule.ABSENCE, Strength.STRONG): (
        "Strong: somebody vouches that it would be reported, many houses were watched nearly throughout, and nothing"
        " came near it."
    ),
    (Rule.ABSENCE, Strength.FAIR): (
        "Fair: nobody vouches that it would be reported, the watch has gaps or few houses, or something came near it."
    ),
    (Rule.AGAINST, Strength.STRONG): "Strong: more origins than needed, and nothing speaks for it.",
    (Rule.AGAINST, Strength.FAIR): "Fair: no more origins than needed, or something speaks for it.",
}
COUNTS: dict[bool | None, str] = {True: "counts", False: "does not count", None: "is left to tracker again"}
"""What a person says of an item, in words."""
_CONDITIONS = {Status.CONFIRMED: "It was met", Status.REFUTED: "It was not met", Status.PENDING: "It is not settled"}


def likelihood_words(likelihood: Likelihood) -> str:
    """A likelihood as it was said, with its number.

    >>> likelihood_words(Likelihood("quite likely", 0.75, 0.7, 0.8))
    'quite likely (75%)'
    """
    number = f"{likelihood.probability:.0%}"
    return number if likelihood.words == number else f"{likelihood.words} ({number})"


def interval_words(likelihood: Likelihood) -> str:
    """A likelihood as it was said, with its number and what the words leave open.

    >>> interval_words(Likelihood("quite likely", 0.75, 0.7, 0.8))
    'quite likely (75%), between 70% and 80%'
    """
    low, high = likelihood.low, likelihood.high
    return likelihood_words(likelihood) + (f", between {low:.0%} and {high:.0%}" if low < high else "")


def expects_words(expects: Expects) -> str:
    """What the forecaster says of the event."""
    return f"the event {expects.value}"


def window_words(criterion: Criterion) -> str:
    """A window with the phrase that it was read from, and how long reports of it count."""
    window = criterion.window
    phrase = criterion.window_phrase
    said = f" (“{phrase}”)" if phrase and phrase != f"{window.opens}/{window.closes}" else ""
    reports = "" if window.open_ended else f", reports count until {criterion.last_report}"
    return f"{window}{said}{reports}"


def headline(forecast: Forecast, status: Status) -> str:
    """A status and the claim that it is of, which says so where the event was expected not to happen."""
    expected = "" if forecast.expects is Expects.HAPPENS else ", expected not to happen"
    return f"{status.value.capitalize()}{expected}: {forecast.claim}"


def outcome_words(forecast: Forecast, status: Status, event_day: date | None) -> str:
    """What became of the event itself, which may have been expected not to happen; empty until it is settled."""
    if status not in (Status.CONFIRMED, Status.REFUTED):
        return ""
    if (status is Status.CONFIRMED) != (forecast.expects is Expects.HAPPENS):
        return "It did not happen."
    return f"It happened, on {event_day}." if event_day else "It happened."


def strength_words(verdict: Verdict) -> str:
    """Why a verdict is strong or only fair; empty where it is neither. One by its condition is as strong as that is."""
    if verdict.rule == Rule.CONDITION and verdict.condition:
        return strength_words(verdict.condition)
    return _STRENGTHS[verdict.rule, verdict.strength] if verdict.strength else ""


def coverage_words(coverage: Coverage) -> str:
    """How much of the window can be vouched for."""
    audible = "audible" if coverage.audible else "not shown to be audible"
    return (
        f"Coverage: watched on {coverage.watched_days} of {coverage.window_days} days; the topic was carried during"
        f" {coverage.on_beat:.0%} of them, by {counted(coverage.houses, 'house')}; {audible}"
        f" ({coverage.audible_because})"
    )


def condition_words(verdict: Verdict) -> str:
    """What became of a condition."""
    since = f" on {verdict.event_day}" if verdict.event_day else ""
    return f"{_CONDITIONS.get(verdict.status, verdict.status.value)}{since}: {verdict.reason}."


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said of a forecast: when, by whom, to which status (None withdraws a decision), and why.

    `about` is the key of the item that it was said of, if it was; then `counts` says whether it does (None withdraws).
    """

    at: datetime
    by: str
    status: Status | None
    strength: Strength | None
    why: str
    about: str = ""
    counts: bool | None = None
    by_machine: bool = False

    @property
    def said(self) -> str:
        """What was said, without who said it and why."""
        if self.about:
            return f"item {self.about} {COUNTS[self.counts]}"
        if self.status is None:
            return "withdrew the decision"
        return f"{self.status.value} ({self.strength.value})" if self.strength else self.status.value

    def __str__(self) -> str:
        return f"{self.by}: {self.said}, {self.why}"


def line_words(line: Decision | ItemDecision, title: str = "") -> str:
    """A decision with what it is about, in one line; `title` is that of the item, where it is known."""
    if isinstance(line, ItemDecision):
        of = "the condition of " if line.condition else ""
        item = f"“{title}”" if title else f"item {line.item}"
        return f"{item} {COUNTS[line.counts]} for {of}{line.forecast}"
    return f"{line.forecast} is {line.status.value}" if line.status else f"the decision on {line.forecast} is withdrawn"


def told_of(history: Sequence[VerdictRecord], decisions: Sequence[Decision | ItemDecision]) -> list[Told]:
    """What tracker and people said of a forecast and its items, first to last."""
    said = [Told(one.recorded_at, "tracker", one.status, one.strength, one.reason, by_machine=True) for one in history]
    for one in decisions:
        if isinstance(one, ItemDecision):
            said.append(Told(one.at, one.by, None, None, one.why, one.item, one.counts))
        else:
            said.append(Told(one.at, one.by, one.status, None, one.why))
    return sorted(said, key=lambda one: one.at)
