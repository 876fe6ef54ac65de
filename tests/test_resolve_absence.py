"""It was not reported, or it is over again: what does that mean? The rules of silence and of events that last."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest
from builders import (
    AFTER_ALL,
    affirmed,
    against,
    covered,
    criterion,
    day,
    denied,
    forecast,
    item,
    judged,
    reprint,
    window,
)
from builders import report as told

from tracker.model import Assertion, Coverage, Evidence, Expects, Role, Status, Strength
from tracker.resolve import Findings, Rule, resolve
from tracker.resolve.absence import told_otherwise

CONFIRMED, REFUTED, PENDING = Status.CONFIRMED, Status.REFUTED, Status.PENDING
STRONG, FAIR = Strength.STRONG, Strength.FAIR


def test_two_of_three_events_in_a_window_that_was_watched_are_too_few() -> None:
    verdict = judged(
        [affirmed(origin, on) for on in (3, 10) for origin in "AB"], criterion(times=3), coverage=covered()
    )
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
    "followed by too few houses": Silence(
        [],
        replace(covered(), houses=3, houses_needed=4),
        PENDING,
        Rule.NOT_COVERED,
        "3 houses carried the topic (4 needed)",
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
        [affirmed("TASS", 3)], covered(), PENDING, Rule.TOO_FEW, "a report from 1 more independent origin"
    ),
    "a report of the day after the close that names no day is not silence": Silence(
        [affirmed("TASS", 31)], covered(), PENDING, Rule.DAY_UNKNOWN, "a report that names the day"
    ),
    "nor is one of three days after it": Silence(
        [affirmed("TASS", 33)], covered(), PENDING, Rule.DAY_UNKNOWN, "a report that names the day"
    ),
    "one of four days after it is": Silence([affirmed("TASS", 34)], covered(), REFUTED, Rule.ABSENCE),
    "a report that may only tell again what was known before the opening is not silence": Silence(
        [affirmed("A", 0), affirmed("B", 0), affirmed("C", 3), affirmed("D", 3)],
        covered(),
        PENDING,
        Rule.DAY_UNKNOWN,
        "a report that names the day",
    ),
    "an affirmed report of an event outside the window is": Silence(
        [replace(affirmed("A", 2, of=0), dated_by="the text says “yesterday”")], covered(), REFUTED, Rule.ABSENCE
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


def told_by(reports: list[Evidence], *known: Evidence) -> list[Evidence]:
    """The reports of such events by which there is no silence in September, where some items are known."""
    return list(told_otherwise(criterion(), reports, {one.item.key for one in known}))


WIRE = affirmed("A", 5)
SIMILAR: dict[str, tuple[list[Evidence], list[Evidence], list[Evidence]]] = {
    # Reports of such events; the known among them; those by which there is no silence.
    "told as a fact": ([WIRE], [], [WIRE]),
    "announced": ([told("A", 5, Assertion.PLANNED)], [], [told("A", 5, Assertion.PLANNED)]),
    "told neither as a fact nor as planned": (
        [told("A", 5, says) for says in Assertion if says not in (Assertion.AFFIRMED, Assertion.PLANNED)],
        [],
        [],
    ),
    "still ahead": ([affirmed("A", 3, of=9)], [], []),
    "of another day, which may be misread": ([affirmed("A", 5, of=-300)], [], [affirmed("A", 5, of=-300)]),
    "before the opening": ([affirmed("A", 0)], [], []),
    "on the first day, and the last on which reports count": (
        [affirmed("B", 37), affirmed("A", 1)],
        [],
        [affirmed("A", 1), affirmed("B", 37)],
    ),
    "after that": ([affirmed("A", 38)], [], []),
    "told again in the same words": ([WIRE, reprint(WIRE, 6)], [], [WIRE]),
    "told again in the same words, of before the opening": ([affirmed("A", 0), reprint(affirmed("A", 0), 1)], [], []),
    "known": ([WIRE, affirmed("B", 6)], [WIRE], [affirmed("B", 6)]),
    "what the known reprints": ([WIRE, reprint(WIRE, 6)], [reprint(WIRE, 6)], []),
    "what reprints the known": ([WIRE, reprint(WIRE, 6)], [WIRE], []),
}


@pytest.mark.parametrize("case", SIMILAR)
def test_which_reports_of_such_events_are_told_otherwise(case: str) -> None:
    reports, known, expected = SIMILAR[case]
    assert told_by(reports, *known) == expected
    assert told_by(reports[::-1], *known) == expected


@pytest.mark.parametrize("expects", Expects)
def test_while_the_topic_tells_of_such_an_event_silence_does_not_count(expects: Expects) -> None:
    similar = (affirmed("A", 5), affirmed("B", 6))
    found = Findings((), covered(), (similar[0].item,), similar=similar)
    verdict = resolve(forecast(criterion(audible=True), expects=expects), found, day(AFTER_ALL))
    assert (verdict.status, verdict.rule) == (PENDING, Rule.NOT_COVERED)
    assert verdict.near_misses == found.near_misses
    assert verdict.missing == (
        "2 reports tell of such an event in other words (A, B): see the near misses, and say whether they count",
        "or a person's decision: tracker decide",
    )
    assert verdict.reason == (
        "closed on 2025-09-30 without a report that settles it, and silence does not count while the topic tells of"
        " such an event"
    )
    unwatched = resolve(forecast(), replace(found, coverage=covered(21)), day(AFTER_ALL))
    assert len(unwatched.missing) == 3
    assert unwatched.missing[2].startswith("follow feeds that cover it")
    assert unwatched.reason.endswith("and silence proves nothing here")


def test_such_events_of_before_the_condition_are_silence() -> None:
    met = Findings((affirmed("A", 10), affirmed("B", 10)))
    about = forecast(condition=criterion(event="summit"))
    for on, status in ((9, REFUTED), (10, PENDING)):
        found = Findings((), covered(), similar=(affirmed("C", on),))
        assert resolve(about, found, day(AFTER_ALL), condition=met).status is status


def test_a_condition_of_which_the_topic_tells_is_waited_for() -> None:
    about = forecast(condition=criterion(event="summit", audible=True))
    silent = Findings((), covered())
    assert resolve(about, silent, day(AFTER_ALL), condition=silent).status is Status.VOID
    verdict = resolve(about, silent, day(AFTER_ALL), condition=replace(silent, similar=(affirmed("C", 9),)))
    assert (verdict.status, verdict.rule) == (PENDING, Rule.CONDITION)
    assert "1 report tells of such an event in other words (C)" in verdict.missing[0]


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
    verdict = resolve(forecast(criterion(audible=True)), found, day(AFTER_ALL))
    assert (verdict.rule, verdict.strength) == (Rule.ABSENCE, strength)
    measured = resolve(forecast(), found, day(AFTER_ALL))
    assert (measured.rule, measured.strength) == (Rule.ABSENCE, FAIR), "what feeds report of others is nobody's word"


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


# Reports → the verdict on "it happens", by which rule, on a day inside the window and after all.
RULED_OUT = {
    "a rival fact by two origins settles it, before the close": ([against("C", 5), against("D", 6)], REFUTED, REFUTED),
    "by one origin it does not": ([against("C", 5)], PENDING, PENDING),
    "nor by two that date it apart": ([against("C", 2), against("D", 9)], PENDING, PENDING),
    "nor while it is only planned": (
        [told(origin, 5, Assertion.PLANNED, role=Role.AGAINST) for origin in "CD"],
        PENDING,
        PENDING,
    ),
    "nor when as many deny the rival fact": (
        [against("C", 5), against("D", 5), *(told(by, 6, Assertion.DENIED, role=Role.AGAINST) for by in "EF")],
        PENDING,
        PENDING,
    ),
    "nor of a day before the opening": ([against("C", 2, of=-2), against("D", 2, of=-2)], PENDING, PENDING),
    "a single report of the event before it does not save it": (
        [affirmed("A", 3), against("C", 5), against("D", 6)],
        REFUTED,
        REFUTED,
    ),
    "nor does one on that day or after it, against twice as many origins": (
        [against("C", 5), against("D", 6), affirmed("A", 7), against("E", 7)],
        REFUTED,
        REFUTED,
    ),
    "a single report of the event on that day or after it, against two, does": (
        [against("C", 5), against("D", 6), affirmed("A", 7)],
        PENDING,
        PENDING,
    ),
    "the event and what rules it out, within days, are for a person": (
        [affirmed("A", 5), affirmed("B", 5), against("C", 6), against("D", 7)],
        PENDING,
        PENDING,
    ),
    "so they are when the event comes after what rules it out": (
        [against("C", 2), against("D", 2), affirmed("A", 9), affirmed("B", 9)],
        PENDING,
        PENDING,
    ),
    "reports of the day after the close may be of the last day": (
        [against("C", 10), against("D", 10), *(affirmed(origin, 31) for origin in "EFG")],
        REFUTED,
        PENDING,
    ),
    "while as many still expect the event, it waits for the close": (
        [against("C", 5), against("D", 6), *(told(origin, 8, Assertion.PLANNED) for origin in "EF")],
        PENDING,
        REFUTED,
    ),
    "one that still expects it is not waited for": (
        [against("C", 5), against("D", 6), told("E", 8, Assertion.PLANNED)],
        REFUTED,
        REFUTED,
    ),
    "what comes long after the event does not undo it": (
        [affirmed("A", 2), affirmed("B", 2), against("C", 9), against("D", 9)],
        CONFIRMED,
        CONFIRMED,
    ),
}


@pytest.mark.parametrize("case", RULED_OUT)
def test_what_leaves_no_room_for_an_event_that_happens_once(case: str) -> None:
    reports, inside, after = RULED_OUT[case]
    about = criterion(against="envoys part")
    assert judged(reports, about, as_of=12).status == inside
    assert judged(reports, about).status == after
    if after is REFUTED:
        assert judged(reports, about).rule == Rule.AGAINST
        assert judged(reports, about, expects=Expects.DOES_NOT_HAPPEN).status == CONFIRMED


def test_what_rules_it_out_is_told_with_its_origins() -> None:
    verdict = judged([against(origin, 5) for origin in "CDE"], criterion(against="envoys part"))
    assert verdict.reason == "3 independent origins report what rules it out, of 2025-09-05: C, D, E"
    assert (verdict.strength, [one.origin for one in verdict.evidence]) == (STRONG, ["C", "D", "E"])
    both = [affirmed("A", 5), affirmed("B", 5), against("C", 6), against("D", 7)]
    verdict = judged(both, criterion(against="envoys part"))
    assert verdict.reason == "reported of 2025-09-05, and so is what rules it out, of 2025-09-06, by C, D"
    assert (verdict.rule, verdict.contested) == (Rule.CONTESTED, True)


def test_an_end_of_what_lasts_is_told_with_its_day() -> None:
    reports = [affirmed("A", 1), affirmed("B", 12), against("C", 22, of=21), against("D", 21, of=20)]
    verdict = judged(reports, criterion(lasts=True, against="envoys part"))
    assert verdict.reason == "reported from 2025-09-01 on, and over by 2025-09-20 according to C, D"
    assert [one.origin for one in verdict.contrary] == ["D", "C"]


@pytest.mark.parametrize(("houses", "strength"), [(10, STRONG), (9, FAIR)])
def test_a_strong_silence_is_that_of_many_houses(houses: int, strength: Strength) -> None:
    found = judged([], criterion(audible=True), coverage=replace(covered(), houses=houses))
    assert found.strength is strength


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
    reports = [*(affirmed(origin, 3) for origin in "ABC"), against("D", 20)]
    verdict = judged(reports, criterion(lasts=True, against="envoys part"))
    assert (verdict.status, verdict.strength) == (CONFIRMED, FAIR)
    assert [one.origin for one in verdict.contrary] == ["D"]
