"""Confirmed, refuted, pending or void: which, by which rule, why, and what is missing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.model import (
    Coverage,
    Criterion,
    Evidence,
    Expects,
    Forecast,
    Item,
    ItemDecision,
    Role,
    Status,
    Strength,
    Verdict,
)
from tracker.resolve.absence import lacking, says_not, speaks_for_window
from tracker.resolve.happened import SAME_EVENT, Occurrence, Reported, is_hint, origins
from tracker.resolve.judged import Judged, Outcome, Rule
from tracker.resolve.ruled_out import clashing, outweighs, ruled_out_by, still_expected
from tracker.resolve.words import heard, listed, needed, similar_words
from tracker.wording import counted

# Beyond this a silence is as good as watched throughout, and as good as everybody's: docs/accuracy.md.
_STRONG_COVERAGE = 0.95
_STRONG_HOUSES_A_SOURCE = 5


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is known about one criterion: what matched, how the window was covered, and the near misses.

    `decisions` are what people said of its items, `set_aside` the reports that do not count by it; they are not among
    the evidence. `similar` are reports on the topic that tell of such an event in other words (`told_otherwise`).
    """

    evidence: tuple[Evidence, ...]
    coverage: Coverage | None = None
    near_misses: tuple[Item, ...] = ()
    decisions: tuple[ItemDecision, ...] = ()
    set_aside: tuple[Evidence, ...] = ()
    similar: tuple[Evidence, ...] = ()


def resolve(forecast: Forecast, found: Findings, as_of: date, *, condition: Findings | None = None) -> Verdict:
    """The verdict on a forecast on a day. Nothing published after `as_of` is looked at.

    `condition` holds the findings about the forecast's condition, when it has one. A conditional forecast is judged by
    what followed its condition; a condition that was never met, or only when the forecast's window had closed, makes it
    void.
    """
    if forecast.condition is None:
        return _verdict(forecast, found, as_of)
    met = _judge(forecast.condition, condition or Findings(()), forecast.coverage, as_of)
    about = _told(forecast, met, condition or Findings(()), as_of, _condition_status(met))
    closes = forecast.criterion.window.closes
    status = Status.VOID
    if met.day is not None and met.day <= closes:
        return replace(_verdict(forecast, found, as_of, since=met.began), condition=about)
    if met.day is not None:
        reason = f"its condition was met on {met.day}, after the forecast's window closed on {closes}: {met.reason}"
    elif met.outcome is Outcome.DID_NOT:
        reason = f"its condition was not met: {met.reason}"
    else:
        status = Status.PENDING
        claim = forecast.condition.claim.rstrip(".")
        reason = f"it waits for its condition “{claim}”: {met.reason}"
    return replace(about, status=status, rule=Rule.CONDITION, reason=reason, event_day=None, condition=about)


def _condition_status(met: Judged) -> Status:
    """A condition that is met counts as confirmed, one that is not as refuted."""
    return {
        Outcome.HAPPENED: Status.CONFIRMED,
        Outcome.DID_NOT: Status.REFUTED,
        Outcome.UNSETTLED: Status.PENDING,
    }[met.outcome]


def _verdict(forecast: Forecast, found: Findings, as_of: date, *, since: date | None = None) -> Verdict:
    judged = _judge(forecast.criterion, found, forecast.coverage, as_of, since=since)
    as_expected = (judged.outcome is Outcome.HAPPENED) == (forecast.expects is Expects.HAPPENS)
    status = Status.PENDING
    if judged.outcome is not Outcome.UNSETTLED:
        status = Status.CONFIRMED if as_expected else Status.REFUTED
    return _told(forecast, judged, found, as_of, status)


def _told(forecast: Forecast, judged: Judged, found: Findings, as_of: date, status: Status) -> Verdict:
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
        set_aside=found.set_aside,
    )


def _judge(
    criterion: Criterion, found: Findings, threshold: float, as_of: date, *, since: date | None = None
) -> Judged:
    """What a criterion came to by `as_of`; with `since`, by what happened on that day or after it."""
    told = Reported.of(criterion, found.evidence, as_of, since)
    uncontested = [event for event in told.standing if not event.contested(criterion.sources)]
    ends = _ends(criterion, uncontested, told.reports)
    undone = len(origins(ends)) >= criterion.sources
    ruled_out = told.ruled_out
    if len(uncontested) >= criterion.times and not undone:
        deciding = uncontested[: criterion.times]
        clash = [fact for fact in ruled_out if fact.day <= deciding[-1].day + SAME_EVENT]
        return clashing(deciding, clash) if clash else _happened(criterion, deciding, ends)
    if len(told.standing) >= criterion.times:
        return _contested(criterion, told.standing, ends if undone else [])
    if ruled_out and outweighs(ruled_out, (*told.affirming, *told.of_unknown_day), criterion.sources):
        over = as_of > criterion.last_report
        if over or not still_expected(told, ruled_out[0]):
            return ruled_out_by(told, ruled_out)
    if as_of <= criterion.last_report:
        return _open(told, as_of)
    return _after_close(told, found, threshold)


def _ends(criterion: Criterion, events: Sequence[Occurrence], reports: Sequence[Evidence]) -> list[Evidence]:
    """The reports that a lasting event stands no more, dated after the last report of it.

    An end after the close is none: the event stood while it counted.
    """
    if not criterion.lasts or not events:
        return []
    last = max(report.event_day for event in events for report in event.reports)
    return [
        one
        for one in reports
        if one.role is Role.AGAINST and says_not(one) and last < one.event_day <= criterion.window.closes
    ]


def _happened(criterion: Criterion, events: Sequence[Occurrence], ends: Sequence[Evidence]) -> Judged:
    """`events` are those that decide, `ends` the reports that it was over, from too few origins to undo it."""
    evidence = tuple(report for event in events for report in event.reports)
    contrary = (*(denial for event in events for denial in event.denials), *ends)
    names = sorted(origins(evidence))
    times = f" {criterion.times} times, first" if criterion.times > 1 else ","
    days = [event.dated(criterion.sources) for event in events]
    strong = all(len(event.origins) > criterion.sources for event in events) and not contrary
    return Judged(
        Outcome.HAPPENED,
        Rule.HAPPENED,
        f"{counted(len(names), 'origin', 'report')} it{times} of {days[0]}: {listed(names)}",
        day=days[-1],
        began=events[-1].day,
        evidence=evidence,
        contrary=contrary,
        strength=Strength.STRONG if strong else Strength.FAIR,
    )


def _contested(criterion: Criterion, events: Sequence[Occurrence], undone: Sequence[Evidence]) -> Judged:
    evidence = tuple(report for event in events for report in event.reports)
    contrary = tuple(undone) or tuple(denial for event in events for denial in event.denials)
    names = listed(sorted(origins(contrary)))
    if undone:
        over = min(one.event_day for one in undone)
        reason = f"reported from {events[0].day} on, and over by {over} according to {names}"
    else:
        day = next(event.day for event in events if event.contested(criterion.sources))
        reason = f"reported of {day}, and denied by {names}"
    return Judged(
        Outcome.UNSETTLED,
        Rule.CONTESTED,
        reason,
        ("a person's decision: tracker decide",),
        evidence=evidence,
        contrary=contrary,
    )


def _open(told: Reported, as_of: date) -> Judged:
    criterion, window = told.criterion, told.criterion.window
    if as_of < window.opens:
        when = f"the window opens on {window.opens}"
    elif window.open_ended:
        when = "the window has no end"
    elif as_of <= window.closes:
        when = f"the window closes on {window.closes}"
    else:
        when = f"the window closed on {window.closes}; reports still count until {criterion.last_report}"
    return Judged(
        Outcome.UNSETTLED,
        Rule.OPEN,
        f"{when}; {heard(told)}",
        needed(told),
        evidence=told.affirming,
        contrary=tuple(one for one in told.reports if says_not(one)),
    )


def _after_close(told: Reported, found: Findings, threshold: float) -> Judged:
    """The window and its lag are over and it has not been established: absent, or unknown?"""
    criterion, evidence = told.criterion, told.affirming
    # What was said before the event was last reported does not speak against that report.
    late = [
        one
        for one in speaks_for_window(criterion, told.reports)
        if all(one.event_day > report.event_day for report in evidence)
    ]
    names = sorted(origins(late))
    if len(names) >= criterion.sources:
        strong = len(names) > criterion.sources and not evidence and not found.near_misses
        return Judged(
            Outcome.DID_NOT,
            Rule.AGAINST,
            f"{counted(len(names), 'independent origin', 'report')}, late in the window, what it would have made"
            f" impossible: {listed(names)}",
            evidence=tuple(late),
            contrary=evidence,
            strength=Strength.STRONG if strong else Strength.FAIR,
        )
    if len({one.event_day for one in evidence}) >= criterion.times:
        # An affirmed report is not silence, even one that is not enough. Where more events are needed than there are
        # days of which any is reported, the silence on the others is judged like any other.
        return Judged(
            Outcome.UNSETTLED,
            Rule.TOO_FEW,
            f"closed on {criterion.window.closes}; {heard(told)}",
            (*needed(told), "or a person's decision: tracker decide"),
            evidence=evidence,
            contrary=tuple(one for one in told.reports if says_not(one)),
        )
    if told.of_unknown_day:
        whom = listed(sorted(origins(told.of_unknown_day)))
        return Judged(
            Outcome.UNSETTLED,
            Rule.DAY_UNKNOWN,
            f"reported by {whom} without its day, which may have been in the window or not",
            ("a report that names the day, or a person's decision: tracker decide",),
            evidence=told.of_unknown_day,
        )
    return _silence(told, found, threshold)


def _silence(told: Reported, found: Findings, threshold: float) -> Judged:
    """Nothing was reported, or too little to count: does that mean that there was no more?"""
    evidence = told.affirming
    contrary = tuple(one for one in told.reports if says_not(one))
    reported = heard(told) if told.events or told.too_early else ""
    coverage = found.coverage
    # What came before the condition was met is not what was forecast.
    similar = [one for one in found.similar if told.since is None or one.item.day >= told.since]
    short = ["nothing is known of how the window was watched"]
    if coverage is not None:
        short = lacking(coverage, threshold)
        if not short and not similar:
            doubtful = told.events or any(is_hint(one) for one in told.reports)
            everybody = coverage.houses >= _STRONG_HOUSES_A_SOURCE * told.criterion.sources
            # What the feeds report of others is less than the word of somebody who knows them.
            sure = told.criterion.audible is True and not (found.near_misses or doubtful)
            strong = sure and coverage.share >= _STRONG_COVERAGE and everybody
            return Judged(
                Outcome.DID_NOT,
                Rule.ABSENCE,
                f"{reported or 'no report of it as a fact'}, and the feeds were watched"
                f" on {coverage.watched_days} of {coverage.window_days} days",
                evidence=contrary,
                contrary=evidence,
                strength=Strength.STRONG if strong else Strength.FAIR,
            )
    why, mend = "silence proves nothing here", "follow feeds that cover it, or decide by hand: tracker decide"
    if not short:
        why, mend = (
            "silence does not count while the topic tells of such an event",
            "or a person's decision: tracker decide",
        )
    return Judged(
        Outcome.UNSETTLED,
        Rule.NOT_COVERED,
        f"closed on {told.criterion.window.closes}"
        f"{f'; {reported}' if reported else ' without a report that settles it'}, and {why}",
        (*([similar_words(similar)] if similar else []), *short, mend),
        evidence=evidence,
        contrary=contrary,
    )
