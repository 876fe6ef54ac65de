"""What needs a person, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from builders import AFTER_ALL, day, forecast, moment

from tracker.model import Decision, FeedState, Forecast, Status, Strength, Subscription, Terms, VerdictRecord
from tracker.resolve import Rule
from tracker.review import Case, Clock, Need, current, queue, tally

FORECAST = forecast()
CONFIRMED, REFUTED, PENDING = Status.CONFIRMED, Status.REFUTED, Status.PENDING


def verdict(status: Status, rule: Rule, about: Forecast = FORECAST, **other: Any) -> VerdictRecord:  # noqa: ANN401
    fields: dict[str, Any] = {
        "forecast": about.id,
        "reason": "closed without a report that settles it",
        "as_of": day(50),
        "event_day": None,
        "strength": None,
        "contested": rule is Rule.CONTESTED,
        "evidence": (),
        "missing": (),
        "recorded_at": moment(50),
        "asked": about.asked,
    }
    return VerdictRecord(status=status, rule=rule, **(fields | other))


def cases(
    *verdicts: VerdictRecord,
    forecasts: tuple[Forecast, ...] = (FORECAST,),
    decided: tuple[Decision, ...] = (),
    feeds: tuple[tuple[Subscription, FeedState], ...] = (),
    on: int = AFTER_ALL,
) -> list[Case]:
    clock = Clock(moment(on), day(on), UTC, timedelta(hours=1))
    said = current(forecasts, {one.forecast: one for one in verdicts})
    return queue(forecasts, said, {one.forecast: one for one in decided}, feeds, clock)


def decision(status: Status, on: int) -> Decision:
    return Decision(FORECAST.id, status, "I read it.", "Ana", moment(on))


NEEDED = {
    "contested": (verdict(PENDING, Rule.CONTESTED), Need.CONTESTED),
    "closed, not watched": (verdict(PENDING, Rule.NOT_COVERED), Need.OVERDUE),
    "closed, too few origins": (verdict(PENDING, Rule.TOO_FEW, evidence=("k",)), Need.OVERDUE),
    "closed, the day unknown": (verdict(PENDING, Rule.DAY_UNKNOWN), Need.OVERDUE),
    "closed, its condition unsettled": (verdict(PENDING, Rule.CONDITION), Need.OVERDUE),
    "a silence that something came near": (verdict(REFUTED, Rule.ABSENCE, near_misses=("k",)), Need.NEAR_MISS),
    "late reports against it, and something near": (verdict(REFUTED, Rule.AGAINST, near_misses=("k",)), Need.NEAR_MISS),
}
NOT_NEEDED = {
    "it happened": verdict(CONFIRMED, Rule.HAPPENED, strength=Strength.FAIR),
    "it happened, whatever came near": verdict(CONFIRMED, Rule.HAPPENED, near_misses=("k",)),
    "a silence that nothing came near": verdict(REFUTED, Rule.ABSENCE),
    "a verdict on what it asked before": verdict(PENDING, Rule.CONTESTED, asked="something else"),
    "a verdict on a forecast that is gone": verdict(PENDING, Rule.CONTESTED, forecast="another"),
}


@pytest.mark.parametrize("case", NEEDED)
def test_a_person_is_needed(case: str) -> None:
    said, need = NEEDED[case]
    (found,) = cases(said)
    assert (found.need, found.name, found.verdict) == (need, FORECAST.id, said)
    assert said.reason in found.reason
    assert found.remedies


@pytest.mark.parametrize("case", NOT_NEEDED)
def test_nobody_is_needed(case: str) -> None:
    assert cases(NOT_NEEDED[case]) == []


def test_nobody_is_needed_while_reports_still_count() -> None:
    last = FORECAST.criterion.last_report
    open_until = (last - day(0)).days
    assert cases(verdict(PENDING, Rule.OPEN), on=open_until) == []
    assert len(cases(verdict(PENDING, Rule.NOT_COVERED), on=open_until + 1)) == 1


def test_a_contested_forecast_needs_a_person_though_it_is_open() -> None:
    assert [one.need for one in cases(verdict(PENDING, Rule.CONTESTED), on=10)] == [Need.CONTESTED]


def test_what_a_person_decided_needs_none() -> None:
    for said, _ in NEEDED.values():
        assert cases(said, decided=(decision(CONFIRMED, 40),)) == []


def test_what_was_left_pending_comes_back_when_the_verdict_changes() -> None:
    said = verdict(PENDING, Rule.CONTESTED)
    assert cases(said, decided=(decision(PENDING, 51),)) == []
    assert len(cases(said, decided=(decision(PENDING, 49),))) == 1


def test_the_remedies_are_those_of_the_case() -> None:
    (case,) = cases(verdict(PENDING, Rule.NOT_COVERED, near_misses=("k", "l")))
    assert case.remedies == (
        "say of the 2 items that came near the claim whether they count",
        "fetch what was reported then: tracker backfill envoys-meet",
        "confirm or refute it by what you know, or call it void",
        "or leave it pending, and say why",
    )


FEED = Subscription("https://a.org/feed", "A. News")
DOWN = FeedState(FEED.address, "A.", last_polled=moment(60), last_success=moment(50), failures=9, error="HTTP 404")
FEEDS = {
    "fails for long": (DOWN, True),
    "gone for good": (replace(DOWN, failures=1, terms=Terms(gone=True)), True),
    "failed once": (replace(DOWN, failures=1), False),
    "fails since this morning": (replace(DOWN, last_success=moment(AFTER_ALL, 8)), False),
    "is well": (replace(DOWN, failures=0, error=""), False),
    "was never read": (FeedState(FEED.address), False),
}


@pytest.mark.parametrize("case", FEEDS)
def test_a_feed_needs_a_person_when_it_will_hardly_mend_by_itself(case: str) -> None:
    state, needed = FEEDS[case]
    found = cases(feeds=((FEED, state),))
    assert [(one.need, one.name, one.feed_title) for one in found] == [(Need.FEED, FEED.address, "A. News")] * needed
    assert all(one.reason and one.remedies for one in found)


def test_the_most_pressing_come_first_and_what_closed_last_before_the_others() -> None:
    early, late, contested, near = (forecast(id=name) for name in ("early", "late", "contested", "near"))
    early = replace(early, criterion=replace(early.criterion, window=replace(early.window, closes=day(20))))
    found = cases(
        verdict(PENDING, Rule.NOT_COVERED, early),
        verdict(PENDING, Rule.NOT_COVERED, late),
        verdict(REFUTED, Rule.ABSENCE, near, near_misses=("k",)),
        verdict(PENDING, Rule.CONTESTED, contested),
        forecasts=(early, late, contested, near),
        feeds=((FEED, DOWN),),
    )
    assert [one.name for one in found] == ["contested", "near", "late", "early", FEED.address]
    assert tally(found) == {Need.CONTESTED: 1, Need.NEAR_MISS: 1, Need.OVERDUE: 2, Need.FEED: 1}
