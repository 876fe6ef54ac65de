"""Did it happen, and is it known yet? The rules as scenarios, each key a rule in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import affirmed, against, covered, criterion, day, denied, item, judged, moment, reprint
from builders import report as told

from tracker.model import Assertion, Evidence, Expects, Role, Status, Strength, Window
from tracker.resolve import Rule
from tracker.resolve.happened import original_of

CONFIRMED, REFUTED, PENDING = Status.CONFIRMED, Status.REFUTED, Status.PENDING
STRONG, FAIR = Strength.STRONG, Strength.FAIR


HEADLINE = "Azerbaijan {} its ambassador from Russia over the deaths in Yekaterinburg raids"


def worded(
    origin: str, words: str, on: int, says: Assertion = Assertion.AFFIRMED, *, of: int | None = None, hour: int = 12
) -> Evidence:
    """What an origin says in a headline that differs from the others' in these words only; `of` a day that it names."""
    told = item(HEADLINE.format(words), on=on, source=f"{origin.lower()}.org", published=moment(on, hour))
    dated_by = "its publication" if of is None else f"the text says “day {of}”"
    return Evidence(told, Role.EVENT, says, origin, day(on if of is None else of), dated_by, words)


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
    "reports of the first days that name no day are of an event that was known before the opening": (
        [affirmed("A", 0), affirmed("B", 0), affirmed("C", 1), affirmed("D", 2)],
        PENDING,
    ),
    "unless that event was denied before": (
        [affirmed("A", 0), affirmed("B", 0), denied("E", 0), denied("F", 0), affirmed("C", 1), affirmed("D", 2)],
        CONFIRMED,
    ),
    "one that names a day inside is not": (
        [affirmed("A", 0), affirmed("B", 0), *(replace(affirmed(by, 2, of=1), dated_by="“on Monday”") for by in "CD")],
        CONFIRMED,
    ),
    "one origin before the opening makes nothing known": (
        [affirmed("A", 0), affirmed("C", 1), affirmed("D", 2)],
        CONFIRMED,
    ),
    "what was known four days before is another event": (
        [affirmed("A", -2), affirmed("B", -2), affirmed("C", 2), affirmed("D", 2)],
        CONFIRMED,
    ),
    "two origins that mention it in passing do not": (
        [replace(affirmed(by, 4), in_title=False) for by in "AB"],
        PENDING,
    ),
    "one of them that has it for its news is enough": (
        [affirmed("A", 4), replace(affirmed("B", 4), in_title=False)],
        CONFIRMED,
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
} | {
    f"a report that is {says} never settles": ([told("A", 3, says), told("B", 4, says), told("C", 5, says)], PENDING)
    for says in Assertion
    if says is not Assertion.AFFIRMED
}


LIKE_HEADLINES = {
    "a denial in nearly the words of the report before it is heard": (
        [
            worded("A", "recalls", 5),
            affirmed("B", 5),
            worded("A", "denies it recalls", 6, Assertion.DENIED),
            denied("C", 6),
        ],
        PENDING,
    ),
    "a report in nearly the words of an announcement is heard": (
        [worded("A", "to recall", 5, Assertion.PLANNED), worded("A", "recalled", 6), affirmed("C", 6)],
        CONFIRMED,
    ),
    "and of an announcement by another house before the opening": (
        [worded("A", "to recall", 0, Assertion.PLANNED), worded("B", "recalled", 1), affirmed("C", 1)],
        CONFIRMED,
    ),
    "and of what was dated ahead": (
        [worded("A", "recalls", 2, of=4), worded("B", "recalls", 4, of=4), affirmed("C", 4)],
        CONFIRMED,
    ),
    "and of an event of another day that is named": (
        [worded("A", "recalls", 1, of=-3), worded("B", "recalls", 3, of=2), affirmed("C", 2)],
        CONFIRMED,
    ),
    "and of a day that was to come when another was reported": (
        [worded("A", "recalls", 0), worded("B", "recalls", 2, of=1), affirmed("C", 2)],
        CONFIRMED,
    ),
    "what names the day is a reprint of what does not": (
        [worded("A", "recalls", 5), worded("B", "recalls", 6, of=5)],
        PENDING,
    ),
    "what does not name the day is a reprint of what does": (
        [worded("A", "recalls", 5, of=4), worded("B", "recalls", 6)],
        PENDING,
    ),
    "two denials in the same words are one": (
        [TASS, affirmed("C", 5), *(worded(by, "denies it recalls", 6, Assertion.DENIED) for by in "AB")],
        CONFIRMED,
    ),
}


@pytest.mark.parametrize("case", LIKE_HEADLINES)
def test_nearly_the_same_words_are_one_report_only_where_they_say_the_same(case: str) -> None:
    reports, status = LIKE_HEADLINES[case]
    assert judged(reports).status == status


def test_the_original_of_a_reprint_says_the_same() -> None:
    plan = worded("A", "to recall", 1, Assertion.PLANNED)
    fact, again = worded("B", "recalled", 2), worded("C", "recalled", 3)
    evidence = [again, plan, fact]
    assert [original_of(evidence, one) for one in evidence] == [fact, plan, fact]


ON_ONE_DAY = {
    "denials of hours before the first report do not contest it": (9, 9, 12, CONFIRMED),
    "those of hours after it do": (15, 15, 12, PENDING),
    "one before and one after are one denial": (9, 15, 12, CONFIRMED),
    "an hour that is not known is no hour before": (None, None, 12, PENDING),
    "nor is any before an unknown one": (9, 9, None, PENDING),
}


@pytest.mark.parametrize("case", ON_ONE_DAY)
def test_denials_follow(case: str) -> None:
    *hours, status = ON_ONE_DAY[case]
    ones = (denied("Kremlin", 3), denied("AP", 3), TASS)
    at = [None if hour is None else moment(3, hour) for hour in hours]
    reports = [replace(one, item=replace(one.item, published=when)) for one, when in zip(ones, at, strict=True)]
    assert judged([*reports, affirmed("Reuters", 4)]).status == status


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
    assert verdict.reason == "2 origins report it, of 2025-09-03: Reuters, TASS"
    assert verdict.event_day == day(3)
    assert [one.origin for one in verdict.evidence] == ["TASS", "Reuters"]
    assert [one.origin for one in verdict.contrary] == ["Kremlin"]
    assert verdict.missing == ()


def test_where_one_origin_is_enough_the_reason_says_one() -> None:
    verdict = judged([TASS], criterion(sources=1))
    assert (verdict.status, verdict.reason) == (CONFIRMED, "1 origin reports it, of 2025-09-03: TASS")


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


DATED = {
    "by the first report": ([affirmed("A", 3), affirmed("B", 4)], 3),
    "not by one that ran ahead": ([affirmed("A", 3), affirmed("B", 5), affirmed("C", 6)], 5),
    "by the first of all where they date it far apart": ([affirmed("A", 3), affirmed("B", 6)], 3),
}


@pytest.mark.parametrize("case", DATED)
def test_how_an_event_is_dated(case: str) -> None:
    reports, of = DATED[case]
    verdict = judged(reports)
    assert verdict.event_day == day(of)
    assert f", of {day(of)}: " in verdict.reason


def test_what_is_told_in_passing_is_said_to_be() -> None:
    verdict = judged([replace(affirmed(by, 4), in_title=False) for by in "AB"])
    assert verdict.reason == "closed on 2025-09-30; 2 origins report it of 2025-09-04, none of them in its title"
    assert verdict.missing[0] == "a report that tells it in its title"
