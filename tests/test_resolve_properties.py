"""What holds of verdicts for any evidence, in any order, on any day?"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from builders import SEPTEMBER, affirmed, covered, criterion, day, forecast, judged, reprint, window
from builders import report as told
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import Assertion, Coverage, Evidence, Expects, Forecast, Role, Status, Verdict
from tracker.resolve import Findings, Rule, resolve
from tracker.resolve.happened import is_ahead

CONFIRMED, PENDING = Status.CONFIRMED, Status.PENDING


IF = criterion(claim="The summit is held.", event="summit", window=window(1, 45))
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
        # What is dated ahead is no report of the event; printed on the day itself, it is one.
        if not is_ahead(one)
        and (later := data.draw(st.integers(0, 4), label="days later, 0 for no reprint")) in (1, 2, 3)
    ]
    assert verdict(of, [*evidence, *copies], coverage, as_of) == verdict(of, evidence, coverage, as_of)


# A kind is about silence only: by it an event may become audible, and by the reports of it there is no silence.
BY_SILENCE = {Rule.ABSENCE, Rule.NOT_COVERED}


@given(FORECASTS, EVIDENCE, COVERAGES, EVIDENCE, DAYS)
def test_a_kind_decides_nothing_but_what_silence_decides(
    of: Forecast, evidence: list[Evidence], coverage: Coverage | None, similar: list[Evidence], as_of: int
) -> None:
    without = Findings(tuple(evidence), coverage)
    heard = replace(coverage, audible=True) if coverage else None
    condition = Findings((affirmed("A", 5), affirmed("B", 5), affirmed("C", 5)))
    before = resolve(of, without, day(as_of), condition=condition)
    for reports in ((), tuple(similar)):
        after = resolve(of, replace(without, coverage=heard, similar=reports), day(as_of), condition=condition)
        if before.rule not in BY_SILENCE:
            assert replace(after, coverage=None) == replace(before, coverage=None)
        assert after.rule == before.rule or {after.rule, before.rule} == BY_SILENCE
        if before.status is PENDING and after.status is not PENDING:
            assert after.rule == Rule.ABSENCE
        if any(of.condition is None or one.item.day >= day(5) for one in reports):
            assert after.rule != Rule.ABSENCE


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
