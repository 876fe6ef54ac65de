"""Confirmed, refuted, pending or void: which, by which rule, why, and what is missing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.model import (
    Assertion,
    Coverage,
    Criterion,
    Evidence,
    Expects,
    Forecast,
    Item,
    Role,
    Status,
    Strength,
    Verdict,
)
from tracker.resolve.absence import lacking, says_not, speaks_for_window
from tracker.resolve.happened import Occurrence, collapse_reprints, in_time, occurrences

# Beyond this a silence is as good as watched throughout.
_STRONG_COVERAGE = 0.95


class Rule(StrEnum):
    """Which rule decided."""

    HAPPENED = "happened"
    CONTESTED = "contested"
    ABSENCE = "absence"
    AGAINST = "against"
    CONDITION = "condition"
    OPEN = "open"
    TOO_FEW = "too few origins"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is known about one criterion: what matched, how the window was covered, and the near misses."""

    evidence: tuple[Evidence, ...]
    coverage: Coverage | None = None
    near_misses: tuple[Item, ...] = ()


class _Outcome(StrEnum):
    HAPPENED = "happened"
    DID_NOT = "did not happen"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a criterion came to, before anyone's expectation of it."""

    outcome: _Outcome
    rule: Rule
    reason: str
    missing: tuple[str, ...] = ()
    day: date | None = None
    evidence: tuple[Evidence, ...] = ()
    contrary: tuple[Evidence, ...] = ()
    strength: Strength | None = None


def resolve(forecast: Forecast, found: Findings, as_of: date, *, condition: Findings | None = None) -> Verdict:
    """The verdict on a forecast on a day. Nothing published after `as_of` is looked at.

    `condition` holds the findings about the forecast's condition, when it has one. A conditional forecast is judged by
    what followed its condition; a condition that was never met makes it void.
    """
    if forecast.condition is None:
        return _verdict(forecast, found, as_of)
    met = _judge(forecast.condition, condition or Findings(()), forecast.coverage, as_of)
    about = _told(forecast, met, condition or Findings(()), as_of, _condition_status(met))
    match met.outcome:
        case _Outcome.HAPPENED:
            since = tuple(one for one in found.evidence if met.day is None or one.event_day >= met.day)
            return replace(_verdict(forecast, replace(found, evidence=since), as_of), condition=about)
        case _Outcome.DID_NOT:
            reason = f"its condition was not met: {met.reason}"
            return replace(about, status=Status.VOID, rule=Rule.CONDITION, reason=reason, condition=about)
        case _:
            reason = f"it waits for its condition “{forecast.condition.claim}”: {met.reason}"
            return replace(
                about,
                rule=Rule.CONDITION,
                reason=reason,
                strength=None,
                contested=met.rule is Rule.CONTESTED,
                condition=about,
            )


def _condition_status(met: _Judged) -> Status:
    """A condition that is met counts as confirmed, one that is not as refuted."""
    return {
        _Outcome.HAPPENED: Status.CONFIRMED,
        _Outcome.DID_NOT: Status.REFUTED,
        _Outcome.UNSETTLED: Status.PENDING,
    }[met.outcome]


def _verdict(forecast: Forecast, found: Findings, as_of: date) -> Verdict:
    judged = _judge(forecast.criterion, found, forecast.coverage, as_of)
    as_expected = (judged.outcome is _Outcome.HAPPENED) == (forecast.expects is Expects.HAPPENS)
    status = Status.PENDING
    if judged.outcome is not _Outcome.UNSETTLED:
        status = Status.CONFIRMED if as_expected else Status.REFUTED
    return _told(forecast, judged, found, as_of, status)


def _told(forecast: Forecast, judged: _Judged, found: Findings, as_of: date, status: Status) -> Verdict:
    return Verdict(
        forecast=forecast.id,
        status=status,
        rule=judged.rule,
        reason=judged.reason,
        as_of=as_of,
        missing=judged.missing,
        event_day=judged.day,
        strength=judged.strength,
        evidence=judged.evidence,
        contrary=judged.contrary,
        near_misses=found.near_misses,
        coverage=found.coverage,
        contested=judged.rule is Rule.CONTESTED,
    )


def _judge(criterion: Criterion, found: Findings, threshold: float, as_of: date) -> _Judged:
    """What a criterion came to by `as_of`."""
    reports = collapse_reprints(in_time(criterion, found.evidence, as_of))
    events = occurrences(criterion, reports)
    standing = [event for event in events if event.stands(criterion.sources)]
    uncontested = [event for event in standing if not event.contested(criterion.sources)]
    undone = _undone(criterion, uncontested, reports)
    if len(uncontested) >= criterion.times and not undone:
        return _happened(criterion, uncontested, reports)
    if len(standing) >= criterion.times:
        return _contested(criterion, standing, undone)
    if as_of <= criterion.last_report:
        return _open(criterion, events, standing, reports, as_of)
    return _after_close(criterion, found, events, reports, threshold)


def _undone(criterion: Criterion, events: Sequence[Occurrence], reports: Sequence[Evidence]) -> list[Evidence]:
    """The reports that a lasting event stands no more, when enough origins say so after the last report of it."""
    if not criterion.lasts or not events:
        return []
    last = max(report.event_day for event in events for report in event.reports)
    against = [one for one in reports if one.role is Role.AGAINST and says_not(one) and one.event_day > last]
    return against if len({one.origin for one in against}) >= criterion.sources else []


def _happened(criterion: Criterion, events: Sequence[Occurrence], reports: Sequence[Evidence]) -> _Judged:
    deciding = events[: criterion.times]
    evidence = tuple(report for event in deciding for report in event.reports)
    contrary = tuple(denial for event in deciding for denial in event.denials)
    origins = sorted({one.origin for one in evidence})
    times = f" {criterion.times} times" if criterion.times > 1 else ""
    day = deciding[-1].day
    strong = (
        all(len(event.origins) > criterion.sources for event in deciding)
        and not contrary
        and all(any(report.in_title for report in event.reports) for event in deciding)
    )
    return _Judged(
        _Outcome.HAPPENED,
        Rule.HAPPENED,
        f"{_count(len(origins), 'origin')} report it{times}, first of {deciding[0].day}: {_listed(origins)}",
        day=day,
        evidence=evidence,
        contrary=contrary,
        strength=Strength.STRONG if strong else Strength.FAIR,
    )


def _contested(criterion: Criterion, events: Sequence[Occurrence], undone: Sequence[Evidence]) -> _Judged:
    evidence = tuple(report for event in events for report in event.reports)
    contrary = tuple(undone) or tuple(denial for event in events for denial in event.denials)
    origins = _listed(sorted({one.origin for one in contrary}))
    if undone:
        reason = f"reported from {events[0].day} on, and undone by {undone[-1].event_day} according to {origins}"
    else:
        reason = f"reported of {events[0].day}, and denied by {origins}"
    return _Judged(
        _Outcome.UNSETTLED,
        Rule.CONTESTED,
        reason,
        ("a person's decision: tracker decide",),
        evidence=evidence,
        contrary=contrary,
    )


def _open(
    criterion: Criterion,
    events: Sequence[Occurrence],
    standing: Sequence[Occurrence],
    reports: Sequence[Evidence],
    as_of: date,
) -> _Judged:
    window = criterion.window
    if as_of < window.opens:
        when = f"the window opens on {window.opens}"
    elif window.open_ended:
        when = "the window has no end"
    elif as_of <= window.closes:
        when = f"the window closes on {window.closes}"
    else:
        when = f"the window closed on {window.closes}; reports still count until {criterion.last_report}"
    heard = _heard(criterion, events, standing, reports)
    return _Judged(
        _Outcome.UNSETTLED,
        Rule.OPEN,
        f"{when}; {heard}",
        _needed(criterion, events, standing),
        evidence=tuple(report for event in events for report in event.reports),
        contrary=tuple(one for one in reports if says_not(one)),
    )


def _after_close(
    criterion: Criterion, found: Findings, events: Sequence[Occurrence], reports: Sequence[Evidence], threshold: float
) -> _Judged:
    """The window and its lag are over and it has not been established: absent, or unknown?"""
    standing = [event for event in events if event.stands(criterion.sources)]
    evidence = tuple(report for event in events for report in event.reports)
    contrary = tuple(one for one in reports if says_not(one))
    if events and len(standing) < criterion.times:
        # An affirmed report is not silence, even one that is not enough.
        return _Judged(
            _Outcome.UNSETTLED,
            Rule.TOO_FEW,
            f"closed on {criterion.window.closes}; {_heard(criterion, events, standing, reports)}",
            (*_needed(criterion, events, standing), "or a person's decision: tracker decide"),
            evidence=evidence,
            contrary=contrary,
        )
    late = speaks_for_window(criterion, reports)
    origins = sorted({one.origin for one in late})
    if len(origins) >= criterion.sources:
        return _Judged(
            _Outcome.DID_NOT,
            Rule.AGAINST,
            f"{_count(len(origins), 'independent origin')} report, late in the window, what it would have made"
            f" impossible: {_listed(origins)}",
            evidence=tuple(late),
            contrary=evidence,
            strength=Strength.FAIR if len(origins) == criterion.sources or found.near_misses else Strength.STRONG,
        )
    coverage = found.coverage
    short = ["nothing is known of how the window was watched"]
    if coverage is not None:
        short = lacking(coverage, threshold, criterion)
        if not short:
            doubtful = any(
                one.assertion in (Assertion.HEDGED, Assertion.PLANNED) and one.role is Role.EVENT for one in reports
            )
            strong = coverage.share >= _STRONG_COVERAGE and not found.near_misses and not doubtful
            return _Judged(
                _Outcome.DID_NOT,
                Rule.ABSENCE,
                "no report of it, and the feeds were watched"
                f" on {coverage.watched_days} of {coverage.window_days} days",
                evidence=contrary,
                strength=Strength.STRONG if strong else Strength.FAIR,
            )
    return _Judged(
        _Outcome.UNSETTLED,
        Rule.NOT_COVERED,
        f"closed on {criterion.window.closes} without a report that settles it, and silence proves nothing here",
        (*short, "follow feeds that cover it, or decide by hand: tracker decide"),
        contrary=contrary,
    )


def _heard(
    criterion: Criterion, events: Sequence[Occurrence], standing: Sequence[Occurrence], reports: Sequence[Evidence]
) -> str:
    """What was reported so far, in words."""
    if standing:
        return f"it is established {_count(len(standing), 'time')} of the {criterion.times} needed"
    if events:
        best = max(events, key=lambda event: len(event.origins))
        return (
            f"{_count(len(best.origins), 'origin')} of the {criterion.sources} needed"
            f" ({_listed(sorted(best.origins))}) reported it of {best.day}"
        )
    others = [one for one in reports if one.role is Role.EVENT]
    if not others:
        return "no report of it so far"
    kinds = sorted({one.assertion.value for one in others})
    return f"{_count(len(others), 'report')} mention it, none as a fact inside the window ({', '.join(kinds)})"


def _needed(criterion: Criterion, events: Sequence[Occurrence], standing: Sequence[Occurrence]) -> tuple[str, ...]:
    if standing:
        more = _count(criterion.times - len(standing), "more event")
        return (f"{more}, each from {criterion.sources} independent origins",)
    if events:
        best = max(events, key=lambda event: len(event.origins))
        return (f"a report from {_count(criterion.sources - len(best.origins), 'more independent origin')}",)
    return (f"reports of it from {_count(criterion.sources, 'independent origin')}",)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str], most: int = 6) -> str:
    """Names in words, the rest as a number."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
