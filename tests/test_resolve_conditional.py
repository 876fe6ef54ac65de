"""How does a forecast on a condition stand? Judged only when the condition happened, by what came after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import AFTER_ALL, affirmed, against, covered, criterion, day, denied, forecast, reprint, window

from tracker.model import Criterion, Expects, Status, Verdict
from tracker.report.words import strength_words
from tracker.resolve import Findings, Rule, resolve

CONFIRMED, REFUTED, PENDING, VOID = Status.CONFIRMED, Status.REFUTED, Status.PENDING, Status.VOID


IF = criterion(claim="The summit is held.", event="summit")


def conditional(
    condition: Findings,
    found: Findings,
    *,
    as_of: int = AFTER_ALL,
    about: Criterion = IF,
    expects: Expects = Expects.HAPPENS,
) -> Verdict:
    """The verdict on a forecast of September that holds only if its condition happened."""
    return resolve(forecast(condition=about, expects=expects), found, day(as_of), condition=condition)


MET = Findings((affirmed("A", 10), affirmed("B", 11)))
AFTER = Findings((affirmed("A", 12), affirmed("B", 13)), covered())
BEFORE = Findings((affirmed("A", 5), affirmed("B", 6)), covered())
CONDITIONS = {
    "met, and then it happened": (MET, AFTER, CONFIRMED, Rule.HAPPENED),
    "met, and it happened on the same day": (
        MET,
        Findings((affirmed("A", 10), affirmed("B", 10))),
        CONFIRMED,
        Rule.HAPPENED,
    ),
    "met, and it had happened before only": (MET, BEFORE, REFUTED, Rule.ABSENCE),
    "met, and one report of two came before": (
        MET,
        Findings((affirmed("A", 9), affirmed("B", 10)), covered()),
        PENDING,
        Rule.TOO_FEW,
    ),
    "met, and a report of before is printed again": (
        MET,
        Findings((affirmed("A", 9), reprint(affirmed("A", 9), 10), affirmed("B", 11)), covered()),
        PENDING,
        Rule.TOO_FEW,
    ),
    "met, and silence that is not covered": (MET, Findings(()), PENDING, Rule.NOT_COVERED),
    "never met, by a silence that counts": (Findings((), covered()), AFTER, VOID, Rule.CONDITION),
    "not known to be met": (Findings(()), AFTER, PENDING, Rule.CONDITION),
    "reported by too few": (Findings((affirmed("A", 10),), covered()), AFTER, PENDING, Rule.CONDITION),
    "contested": (Findings((*MET.evidence, denied("C", 12), denied("D", 12))), AFTER, PENDING, Rule.CONDITION),
}


@pytest.mark.parametrize("case", CONDITIONS)
def test_a_forecast_on_a_condition(case: str) -> None:
    condition, found, status, rule = CONDITIONS[case]
    verdict = conditional(condition, found)
    assert (verdict.status, verdict.rule) == (status, rule)
    assert verdict.condition is not None
    assert verdict.contested == (case == "contested")


LONGER = criterion(claim="The summit is held.", event="summit", window=window(1, 90))
MET_LATE = Findings((affirmed("A", 40), affirmed("B", 41)))


@pytest.mark.parametrize("expects", Expects)
@pytest.mark.parametrize("found", [Findings((), covered()), AFTER, Findings(())])
def test_a_condition_met_after_the_forecasts_window_makes_it_void(found: Findings, expects: Expects) -> None:
    verdict = conditional(MET_LATE, found, about=LONGER, expects=expects)
    assert (verdict.status, verdict.rule, verdict.event_day) == (VOID, Rule.CONDITION, None)
    assert verdict.reason == (
        "its condition was met on 2025-10-10, after the forecast's window closed on 2025-09-30:"
        " 2 origins report it, of 2025-10-10: A, B"
    )
    assert verdict.condition is not None
    assert (verdict.condition.status, verdict.condition.event_day) == (CONFIRMED, day(40))


def test_a_condition_met_on_the_forecasts_last_day_is_in_time() -> None:
    met = Findings((affirmed("A", 30), affirmed("B", 31, of=30)))
    assert conditional(met, Findings((), covered()), about=LONGER).status == REFUTED


TOO_EARLY = {
    "and silence that counts": (BEFORE, AFTER_ALL, "{}, and the feeds were watched on 30 of 30 days"),
    "and silence that is not covered": (
        Findings(BEFORE.evidence),
        AFTER_ALL,
        "closed on 2025-09-30; {}, and silence proves nothing here",
    ),
    "and the window is open": (BEFORE, 20, "the window closes on 2025-09-30; {}"),
}


@pytest.mark.parametrize("case", TOO_EARLY)
def test_what_was_reported_before_the_condition_was_met_is_not_called_silence(case: str) -> None:
    found, as_of, reason = TOO_EARLY[case]
    told = "what was reported of it came before its condition was met on 2025-09-10"
    assert conditional(MET, found, as_of=as_of).reason == reason.format(told)


def test_a_condition_that_may_still_be_met_is_waited_for() -> None:
    verdict = conditional(Findings(()), Findings(()), as_of=20)
    assert (verdict.status, verdict.rule) == (PENDING, Rule.CONDITION)
    assert verdict.reason == (
        "it waits for its condition “The summit is held”: the window closes on 2025-09-30; no report of it so far"
    )
    assert verdict.missing == ("reports of it from 2 independent origins",)


def test_a_void_forecast_says_how_its_condition_failed() -> None:
    verdict = conditional(Findings((), covered()), AFTER)
    assert verdict.reason == (
        "its condition was not met: no report of it as a fact, and the feeds were watched on 30 of 30 days"
    )
    assert verdict.condition is not None
    assert (verdict.condition.status, verdict.condition.rule) == (REFUTED, Rule.ABSENCE)


def test_a_void_forecast_is_as_strong_as_what_its_condition_failed_by() -> None:
    absent = conditional(Findings((), covered()), AFTER, about=replace(IF, audible=True))
    assert absent.strength is not None
    assert strength_words(absent).endswith("nothing came near it.")
    late = conditional(Findings((affirmed("A", 40), affirmed("B", 40))), AFTER, about=replace(IF, window=window(1, 50)))
    assert strength_words(late) == "Fair: no more origins than needed, or somebody contradicts."


def test_a_met_condition_is_shown_with_its_evidence() -> None:
    condition = conditional(MET, AFTER).condition
    assert condition is not None
    assert (condition.status, condition.event_day, condition.evidence) == (CONFIRMED, day(10), MET.evidence)


def test_what_is_expected_not_to_happen_on_a_condition() -> None:
    assert conditional(MET, AFTER, expects=Expects.DOES_NOT_HAPPEN).status == REFUTED
    assert conditional(MET, BEFORE, expects=Expects.DOES_NOT_HAPPEN).status == CONFIRMED


def test_a_lasting_condition_that_is_over_again_is_not_met() -> None:
    lasting = criterion(claim="Oil stays cheap.", lasts=True, against="oil dear")
    ended = Findings((*MET.evidence, against("C", 20), against("D", 21)))
    assert conditional(MET, AFTER, about=lasting).status == CONFIRMED
    assert conditional(ended, AFTER, about=lasting).status == PENDING


def test_what_follows_the_first_report_of_a_condition_follows_it() -> None:
    met = Findings((affirmed("P", 1), affirmed("Q", 3), affirmed("R", 3)))
    followed = Findings(tuple(affirmed(origin, 2) for origin in "CDE"), covered())
    assert conditional(met, followed).status == CONFIRMED
