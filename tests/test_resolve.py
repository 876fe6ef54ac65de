"""How does a forecast stand? The rules as scenarios, each key a rule in words; then what holds for any evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import NamedTuple

import pytest
from builders import (
    AFTER_ALL,
    SEPTEMBER,
    affirmed,
    against,
    covered,
    criterion,
    day,
    denied,
    forecast,
    item,
    reprint,
    window,
)
from builders import report as told
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import (
    Assertion,
    Coverage,
    Criterion,
    Evidence,
    Expects,
    Forecast,
    Role,
    Status,
    Strength,
    Verdict,
    Window,
)
from tracker.resolve import Findings, Rule, resolve

CONFIRMED, REFUTED, PENDING, VOID = Status.CONFIRMED, Status.REFUTED, Status.PENDING, Status.VOID
STRONG, FAIR = Strength.STRONG, Strength.FAIR


def judged(
    reports: list[Evidence],
    about: Criterion | None = None,
    *,
    as_of: int = AFTER_ALL,
    coverage: Coverage | None = None,
    expects: Expects = Expects.HAPPENS,
) -> Verdict:
    """The verdict on a forecast about a criterion (two origins in September, unless told otherwise)."""
    return resolve(forecast(about, expects=expects), Findings(tuple(reports), coverage), day(as_of))


TASS = affirmed("TASS", 3)
HAPPENED = {
    "two origins inside the window confirm": ([TASS, affirmed("Reuters", 4)], CONFIRMED),
    "one origin does not": ([TASS], PENDING),
    "one agency quoted twice is one origin": ([TASS, affirmed("TASS", 4)], PENDING),
    "a reprint counts once, whoever prints it": ([TASS, reprint(TASS, 4)], PENDING),
    "a reprint of a report of before the opening is none of the window": (
        [affirmed("TASS", 0), reprint(affirmed("TASS", 0), 1), affirmed("Reuters", 2)],
        PENDING,
    ),
    "the days of opening and close belong to the window": ([affirmed("A", 1), affirmed("B", 1)], CONFIRMED),
    "the last day belongs to it": ([affirmed("A", 30), affirmed("B", 30)], CONFIRMED),
    "a report of the day before the opening does not count": ([affirmed("A", 0), affirmed("B", 1)], PENDING),
    "an event of the day after the close does not count": ([affirmed("A", 30), affirmed("B", 31)], PENDING),
    "a report within the lag of an event inside counts": ([affirmed("A", 30), affirmed("B", 36, of=30)], CONFIRMED),
    "the last day of the lag still counts": ([affirmed("A", 30), affirmed("B", 37, of=30)], CONFIRMED),
    "a report after the lag does not": ([affirmed("A", 30), affirmed("B", 38, of=30)], PENDING),
    "an event before the opening reported inside does not count": (
        [affirmed("A", 2, of=0), affirmed("B", 2, of=0)],
        PENDING,
    ),
    "an event dated after its report is still to come": ([affirmed("A", 5, of=9), affirmed("B", 5, of=9)], PENDING),
    "reports dated three days apart are of one event": ([affirmed("A", 3), affirmed("B", 6)], CONFIRMED),
    "reports dated four days apart are of two": ([affirmed("A", 3), affirmed("B", 7)], PENDING),
    "late reports of one day are of one event": ([affirmed("A", 3), affirmed("B", 20, of=3)], CONFIRMED),
    "an earlier report by one of two origins does not unmake it": (
        [affirmed("A", 3), affirmed("A", 6), affirmed("B", 7)],
        CONFIRMED,
    ),
    "denials of equal standing contest": (
        [TASS, affirmed("Reuters", 4), denied("Kremlin", 5), denied("AP", 5)],
        PENDING,
    ),
    "one origin that denies it twice is one": (
        [TASS, affirmed("Reuters", 4), denied("Kremlin", 5), denied("Kremlin", 6)],
        CONFIRMED,
    ),
    "denials of a day before the event are not about it": (
        [TASS, affirmed("Reuters", 4), denied("Kremlin", 2), denied("AP", 2)],
        CONFIRMED,
    ),
    "denials of weeks later are about something else": (
        [TASS, affirmed("Reuters", 4), denied("Kremlin", 25), denied("AP", 25)],
        CONFIRMED,
    ),
    "what speaks against it does not contest what happens once": (
        [TASS, affirmed("Reuters", 4), against("A", 5), against("B", 5)],
        CONFIRMED,
    ),
} | {
    f"a report that is {says} never settles": ([told("A", 3, says), told("B", 4, says), told("C", 5, says)], PENDING)
    for says in Assertion
    if says is not Assertion.AFFIRMED
}


@pytest.mark.parametrize("case", HAPPENED)
def test_did_it_happen(case: str) -> None:
    reports, status = HAPPENED[case]
    assert judged(reports).status == status
    # Nothing is known of coverage here, so that the other side of the coin is pending with the same cases.
    opposite = REFUTED if status is CONFIRMED else PENDING
    assert judged(reports, expects=Expects.DOES_NOT_HAPPEN).status == opposite


def test_a_confirmed_verdict_says_by_whom_and_when() -> None:
    reports = [affirmed("Reuters", 4), TASS, denied("Kremlin", 5)]
    verdict = judged(reports)
    assert verdict.rule == Rule.HAPPENED
    assert verdict.reason == "2 origins report it, first of 2025-09-03: Reuters, TASS"
    assert verdict.event_day == day(3)
    assert [one.origin for one in verdict.evidence] == ["TASS", "Reuters"]
    assert [one.origin for one in verdict.contrary] == ["Kremlin"]
    assert verdict.missing == ()


def test_where_one_origin_is_enough_the_reason_says_one() -> None:
    verdict = judged([TASS], criterion(sources=1))
    assert (verdict.status, verdict.reason) == (CONFIRMED, "1 origin reports it, first of 2025-09-03: TASS")


def test_a_contested_event_waits_for_a_person() -> None:
    verdict = judged([TASS, affirmed("Reuters", 4), denied("Kremlin", 5), denied("AP", 6)])
    assert (verdict.rule, verdict.contested, verdict.event_day) == (Rule.CONTESTED, True, None)
    assert verdict.reason == "reported of 2025-09-03, and denied by AP, Kremlin"
    assert verdict.missing == ("a person's decision: tracker decide",)


THREE = [affirmed("A", 3), affirmed("B", 4), affirmed("C", 4)]
STRENGTH = {
    "as many origins as are needed are fair": (THREE[:2], FAIR),
    "one more is strong": (THREE, STRONG),
    "a denial by too few leaves it fair": ([*THREE, denied("D", 5)], FAIR),
    "told in no headline it is fair": ([replace(one, in_title=False) for one in THREE], FAIR),
    "told in one headline is enough": ([THREE[0], *(replace(one, in_title=False) for one in THREE[1:])], STRONG),
}


@pytest.mark.parametrize("case", STRENGTH)
def test_how_strong_a_confirmed_verdict_is(case: str) -> None:
    reports, strength = STRENGTH[case]
    verdict = judged(reports)
    assert (verdict.status, verdict.strength) == (CONFIRMED, strength)


def thrice(*days: int, origins: str = "AB") -> list[Evidence]:
    """Reports of events on these days, each by these origins."""
    return [affirmed(origin, on) for on in days for origin in origins]


TIMES = {
    "three events reported by two each": (thrice(3, 10, 20), CONFIRMED, Rule.HAPPENED),
    "two events are too few, and the silence on a third is not covered": (
        thrice(3, 10),
        PENDING,
        Rule.NOT_COVERED,
    ),
    "a third by one origin may be one": ([*thrice(3, 10), affirmed("A", 20)], PENDING, Rule.TOO_FEW),
    "reports of three days close together are one event, which is not silence on two more": (
        thrice(3, 4, 5),
        PENDING,
        Rule.TOO_FEW,
    ),
    "a contested third does not count": (
        [*thrice(3, 10, 20), denied("C", 21), denied("D", 21)],
        PENDING,
        Rule.CONTESTED,
    ),
    "a fourth makes up for a contested one": (
        [*thrice(3, 10, 16, 25), denied("C", 11), denied("D", 11)],
        CONFIRMED,
        Rule.HAPPENED,
    ),
}


@pytest.mark.parametrize("case", TIMES)
def test_how_often_did_it_happen(case: str) -> None:
    reports, status, rule = TIMES[case]
    verdict = judged(reports, criterion(times=3))
    assert (verdict.status, verdict.rule) == (status, rule)


def test_what_must_happen_three_times_happened_on_the_third_day() -> None:
    verdict = judged(thrice(3, 10, 20, 25), criterion(times=3))
    assert verdict.event_day == day(20)
    assert verdict.reason == "2 origins report it 3 times, first of 2025-09-03: A, B"
    assert {one.event_day for one in verdict.evidence} == {day(3), day(10), day(20)}


def test_two_of_three_events_in_a_window_that_was_watched_are_too_few() -> None:
    verdict = judged(thrice(3, 10), criterion(times=3), coverage=covered())
    assert (verdict.status, verdict.rule, verdict.strength) == (REFUTED, Rule.ABSENCE, FAIR)
    assert verdict.reason == "it is established 2 times of the 3 needed, and the feeds were watched on 30 of 30 days"
    assert [one.event_day for one in verdict.contrary] == [day(3), day(3), day(10), day(10)]


class Silence(NamedTuple):
    """What little was reported, how the window was covered, and what a forecast that it happens comes to."""

    reports: list[Evidence]
    coverage: Coverage | None
    status: Status
    rule: Rule
    missing: str = ""


SILENCES = {
    "watched, on the beat and audible": Silence([], covered(), REFUTED, Rule.ABSENCE),
    "watched for just the threshold": Silence([], covered(24), REFUTED, Rule.ABSENCE),
    "not watched enough": Silence(
        [], covered(21), PENDING, Rule.NOT_COVERED, "the feeds were watched on 21 of 30 days (70%, 80% needed)"
    ),
    "off the beat": Silence(
        [], covered(on_beat=0.5), PENDING, Rule.NOT_COVERED, "carried the topic during 50% of the window (80% needed)"
    ),
    "inaudible": Silence(
        [], covered(audible=False), PENDING, Rule.NOT_COVERED, "nothing shows that such an event would be reported"
    ),
    "nothing known of coverage": Silence(
        [], None, PENDING, Rule.NOT_COVERED, "nothing is known of how the window was watched"
    ),
    "hedged and planned reports are silence all the same": Silence(
        [told("A", 3, Assertion.HEDGED), told("B", 4, Assertion.PLANNED)], covered(), REFUTED, Rule.ABSENCE
    ),
    "one affirmed report of the two needed is not silence": Silence(
        [TASS], covered(), PENDING, Rule.TOO_FEW, "a report from 1 more independent origin"
    ),
    "an affirmed report of an event outside the window is": Silence(
        [affirmed("A", 2, of=0)], covered(), REFUTED, Rule.ABSENCE
    ),
}


@pytest.mark.parametrize("case", SILENCES)
def test_does_silence_mean_that_it_did_not_happen(case: str) -> None:
    reports, coverage, status, rule, missing = SILENCES[case]
    verdict = judged(reports, coverage=coverage)
    assert (verdict.status, verdict.rule) == (status, rule)
    assert missing in " ".join(verdict.missing)
    assert bool(verdict.missing) == (status is PENDING)
    opposite = CONFIRMED if status is REFUTED else status
    assert judged(reports, coverage=coverage, expects=Expects.DOES_NOT_HAPPEN).status == opposite


def test_a_forecast_may_ask_for_less_coverage() -> None:
    found = Findings((), covered(21))
    assert resolve(forecast(coverage=0.7), found, day(AFTER_ALL)).status == REFUTED
    assert resolve(forecast(coverage=0.71), found, day(AFTER_ALL)).status == PENDING


def test_the_longest_gap_is_named() -> None:
    coverage = replace(covered(21), gaps=(window(3, 4), window(10, 16)))
    assert "the longest gap is 2025-09-10 to 2025-09-16" in judged([], coverage=coverage).missing[0]


SILENT_STRENGTH = {
    "watched throughout": (Findings((), covered()), STRONG),
    "watched for the most part": (Findings((), covered(28)), FAIR),
    "but a near miss is left unreviewed": (Findings((), covered(), (item(),)), FAIR),
    "but someone spoke of it as possible": (Findings((told("A", 3, Assertion.HEDGED),), covered()), FAIR),
    "but someone said that it would come": (Findings((affirmed("A", 3, of=9),), covered()), FAIR),
    "and denied, which supports it": (Findings((denied("A", 3),), covered()), STRONG),
}


@pytest.mark.parametrize("case", SILENT_STRENGTH)
def test_how_strong_a_silence_is(case: str) -> None:
    found, strength = SILENT_STRENGTH[case]
    verdict = resolve(forecast(), found, day(AFTER_ALL))
    assert (verdict.rule, verdict.strength) == (Rule.ABSENCE, strength)


LASTING = {
    "reported by A on the 1st and by B on the 12th it is one state": (
        [affirmed("A", 1), affirmed("B", 12)],
        CONFIRMED,
        Rule.HAPPENED,
    ),
    "over again, by as many origins, of days after the last report": (
        [affirmed("A", 1), affirmed("B", 12), against("C", 20), against("D", 21)],
        PENDING,
        Rule.CONTESTED,
    ),
    "over again by one origin only": (
        [affirmed("A", 1), affirmed("B", 12), against("C", 20), against("C", 21)],
        CONFIRMED,
        Rule.HAPPENED,
    ),
    "what spoke against it before it was last reported": (
        [affirmed("A", 1), against("C", 5), against("D", 6), affirmed("B", 12)],
        CONFIRMED,
        Rule.HAPPENED,
    ),
    "over only after the close": (
        [affirmed("A", 25), affirmed("B", 26), against("C", 32), against("D", 33)],
        CONFIRMED,
        Rule.HAPPENED,
    ),
    "against, in the window's last tenth, by enough origins": (
        [against("C", 28), against("D", 29)],
        REFUTED,
        Rule.AGAINST,
    ),
    "against, after the close": ([against("C", 32), against("D", 33)], REFUTED, Rule.AGAINST),
    "denials late enough say the same": ([denied("C", 28), against("D", 29)], REFUTED, Rule.AGAINST),
    "against, by one origin": ([against("C", 28), against("C", 29)], PENDING, Rule.NOT_COVERED),
    "against, too early to speak for the window": (
        [against("C", 20), against("D", 27)],
        PENDING,
        Rule.NOT_COVERED,
    ),
    "against, told late of an early day": (
        [against("C", 29, of=10), against("D", 30, of=10)],
        PENDING,
        Rule.NOT_COVERED,
    ),
    "against, announced for a day to come": (
        [against("C", 28, of=30), against("D", 28, of=30)],
        PENDING,
        Rule.NOT_COVERED,
    ),
    "against, hedged": (
        [told(origin, 29, Assertion.HEDGED, role=Role.AGAINST) for origin in "CD"],
        PENDING,
        Rule.NOT_COVERED,
    ),
    "against, by enough origins, after a single report of it": (
        [affirmed("A", 5), against("C", 28), against("D", 29)],
        REFUTED,
        Rule.AGAINST,
    ),
    "against, by enough origins, but before a single report of it": (
        [against("C", 28), against("D", 29), affirmed("A", 30)],
        PENDING,
        Rule.TOO_FEW,
    ),
}


@pytest.mark.parametrize("case", LASTING)
def test_an_event_that_lasts(case: str) -> None:
    reports, status, rule = LASTING[case]
    verdict = judged(reports, criterion(lasts=True, against="envoys part"))
    assert (verdict.status, verdict.rule) == (status, rule)


def test_what_speaks_late_against_an_event_that_does_not_last_says_nothing_of_the_days_before() -> None:
    reports = [against("C", 28), against("D", 29)]
    assert judged(reports, criterion(against="envoys part")).rule == Rule.NOT_COVERED


def test_an_end_of_what_lasts_is_told_with_its_day() -> None:
    reports = [affirmed("A", 1), affirmed("B", 12), against("C", 22, of=21), against("D", 21, of=20)]
    verdict = judged(reports, criterion(lasts=True, against="envoys part"))
    assert verdict.reason == "reported from 2025-09-01 on, and over by 2025-09-20 according to C, D"
    assert [one.origin for one in verdict.contrary] == ["D", "C"]


AGAINST_STRENGTH = {
    "more origins than needed": (["C", "D", "E"], [], STRONG),
    "as many as needed": (["C", "D"], [], FAIR),
    "with a report of it before": (["C", "D", "E"], [affirmed("A", 5)], FAIR),
}


@pytest.mark.parametrize("case", AGAINST_STRENGTH)
def test_how_strong_the_word_against_it_is(case: str) -> None:
    origins, before, strength = AGAINST_STRENGTH[case]
    reports = [*before, *(against(origin, 29) for origin in origins)]
    verdict = judged(reports, criterion(lasts=True, against="envoys part"))
    assert (verdict.rule, verdict.strength, list(verdict.contrary)) == (Rule.AGAINST, strength, before)


def test_an_end_by_too_few_origins_leaves_it_fair() -> None:
    reports = [*THREE, against("D", 20)]
    verdict = judged(reports, criterion(lasts=True, against="envoys part"))
    assert (verdict.status, verdict.strength) == (CONFIRMED, FAIR)
    assert [one.origin for one in verdict.contrary] == ["D"]


ON_THE_WAY = {
    "before it opens": (0, "the window opens on 2025-09-01; no report of it so far"),
    "on the first day": (1, "the window closes on 2025-09-30; no report of it so far"),
    "with one report": (
        5,
        "the window closes on 2025-09-30; 1 origin of the 2 needed (TASS) reported it of 2025-09-03",
    ),
    "on the last day": (
        30,
        "the window closes on 2025-09-30; 1 origin of the 2 needed (TASS) reported it of 2025-09-03",
    ),
    "in the lag": (
        37,
        "the window closed on 2025-09-30; reports still count until 2025-10-07;"
        " 1 origin of the 2 needed (TASS) reported it of 2025-09-03",
    ),
}


@pytest.mark.parametrize("case", ON_THE_WAY)
def test_while_reports_may_still_come_silence_means_nothing(case: str) -> None:
    as_of, reason = ON_THE_WAY[case]
    verdict = judged([TASS], as_of=as_of, coverage=covered())
    assert (verdict.status, verdict.rule, verdict.reason) == (PENDING, Rule.OPEN, reason)


def test_the_day_after_the_lag_silence_is_judged() -> None:
    assert judged([], as_of=37, coverage=covered()).rule == Rule.OPEN
    assert judged([], as_of=38, coverage=covered()).rule == Rule.ABSENCE


def test_an_event_is_established_as_soon_as_enough_report_it() -> None:
    reports = [TASS, affirmed("Reuters", 4)]
    assert [judged(reports, as_of=number).status for number in (3, 4)] == [PENDING, CONFIRMED]


MENTIONED = {
    "one hedged report": ([told("A", 3, Assertion.HEDGED)], "1 report mentions it, none as a fact", "(hedged)"),
    "two kinds": (
        [told("A", 3, Assertion.HEDGED), told("B", 3, Assertion.ASKED)],
        "2 reports mention it, none as a fact",
        "(asked, hedged)",
    ),
    "of another time": (
        [affirmed("A", 3, of=0), affirmed("B", 3, of=9)],
        "2 reports mention it",
        "(dated ahead, dated outside it)",
    ),
}


@pytest.mark.parametrize("case", MENTIONED)
def test_what_was_said_without_settling_it_is_told(case: str) -> None:
    reports, number, kinds = MENTIONED[case]
    reason = judged(reports, as_of=5).reason
    assert number in reason
    assert reason.endswith(kinds)


OPEN_ENDED = criterion(window=Window(day(1), date.max), lasts=True, against="envoys part")


def test_a_window_without_an_end_never_closes() -> None:
    late_word = [against("C", 9000), against("D", 9001)]
    verdict = judged(late_word, OPEN_ENDED, as_of=10_000, coverage=covered())
    assert (verdict.status, verdict.rule) == (PENDING, Rule.OPEN)
    assert verdict.reason.startswith("the window has no end; ")


def test_what_happens_in_a_window_without_an_end_is_settled() -> None:
    assert judged([affirmed("A", 9000), affirmed("B", 9001)], OPEN_ENDED, as_of=10_000).status == CONFIRMED


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


def test_a_condition_that_may_still_be_met_is_waited_for() -> None:
    verdict = conditional(Findings(()), Findings(()), as_of=20)
    assert (verdict.status, verdict.rule) == (PENDING, Rule.CONDITION)
    assert verdict.reason == (
        "it waits for its condition “The summit is held.”: the window closes on 2025-09-30; no report of it so far"
    )
    assert verdict.missing == ("reports of it from 2 independent origins",)


def test_a_void_forecast_says_how_its_condition_failed() -> None:
    verdict = conditional(Findings((), covered()), AFTER)
    assert verdict.reason == (
        "its condition was not met: no report of it as a fact, and the feeds were watched on 30 of 30 days"
    )
    assert verdict.condition is not None
    assert (verdict.condition.status, verdict.condition.rule) == (REFUTED, Rule.ABSENCE)


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


EVIDENCE = st.lists(
    st.builds(
        lambda origin, on, before, says, role: told(origin, on, says, of=on - before, role=role),
        st.sampled_from("ABCD"),
        st.integers(-3, 45),
        st.sampled_from([0, 0, 0, 1, 5, -2]),
        st.sampled_from([Assertion.AFFIRMED, Assertion.AFFIRMED, *Assertion]),
        st.sampled_from([Role.EVENT, Role.EVENT, Role.AGAINST]),
    ),
    max_size=14,
    unique_by=lambda one: one.item.key,
)
COVERAGES = st.sampled_from([None, covered(), covered(20), covered(audible=False)])
FORECASTS = st.builds(
    lambda lasts, times, sources, expects, condition: forecast(
        criterion(lasts=lasts, times=times, sources=sources, against="envoys part"),
        expects=expects,
        condition=IF if condition else None,
    ),
    st.booleans(),
    st.integers(1, 2),
    st.integers(1, 3),
    st.sampled_from(Expects),
    st.booleans(),
)
DAYS = st.integers(-2, 50)


def verdict(of: Forecast, evidence: list[Evidence], coverage: Coverage | None, as_of: int) -> Verdict:
    found = Findings(tuple(evidence), coverage)
    return resolve(of, found, day(as_of), condition=found)


@given(FORECASTS, EVIDENCE, COVERAGES, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_makes_no_difference(
    of: Forecast,
    evidence: list[Evidence],
    coverage: Coverage | None,
    as_of: int,
    chance: Random,
) -> None:
    shuffled = chance.sample(evidence, len(evidence))
    assert verdict(of, shuffled, coverage, as_of) == verdict(of, evidence, coverage, as_of)


@given(FORECASTS, EVIDENCE, COVERAGES, DAYS)
def test_what_is_published_after_the_day_changes_nothing(
    of: Forecast, evidence: list[Evidence], coverage: Coverage | None, as_of: int
) -> None:
    known = [one for one in evidence if one.item.day <= day(as_of)]
    assert verdict(of, known, coverage, as_of) == verdict(of, evidence, coverage, as_of)


@given(FORECASTS, EVIDENCE, COVERAGES, DAYS, st.data())
def test_a_reprint_changes_nothing(
    of: Forecast, evidence: list[Evidence], coverage: Coverage | None, as_of: int, data: st.DataObject
) -> None:
    copies = [
        reprint(one, (one.item.day - day(0)).days + later, by=f"Copyist {number}")
        for number, one in enumerate(evidence)
        if (later := data.draw(st.integers(0, 4), label="days later, 0 for no reprint")) in (1, 2, 3)
    ]
    assert verdict(of, [*evidence, *copies], coverage, as_of) == verdict(of, evidence, coverage, as_of)


@given(EVIDENCE, DAYS, st.integers(1, 3), st.integers(1, 2), st.integers(1, 30))
def test_one_more_report_of_an_event_never_unmakes_it(
    evidence: list[Evidence], as_of: int, sources: int, times: int, on: int
) -> None:
    about = criterion(sources=sources, times=times)
    reports = [one for one in evidence if one.assertion is Assertion.AFFIRMED]
    if judged(reports, about, as_of=as_of).status is CONFIRMED:
        assert judged([*reports, affirmed("Another", on)], about, as_of=as_of).status is CONFIRMED


@given(FORECASTS, EVIDENCE, COVERAGES, DAYS)
def test_a_settled_verdict_says_why_and_a_pending_one_what_is_missing(
    of: Forecast, evidence: list[Evidence], coverage: Coverage | None, as_of: int
) -> None:
    given = verdict(of, evidence, coverage, as_of)
    assert given.reason
    assert given.reason[0].islower() or given.reason[0].isdigit()
    assert not given.reason.endswith(".")
    assert bool(given.missing) == (given.status is PENDING)
    assert (given.strength is None) == (given.status is PENDING)
    assert (given.event_day is not None) == (given.rule == Rule.HAPPENED)
    if given.event_day is not None:
        assert SEPTEMBER.contains(given.event_day)
