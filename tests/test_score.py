"""Are the scores what their formulas say, and do they stay silent where there is too little to say?"""

from __future__ import annotations

import math
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import ScoreError
from tracker.model import Article, Criterion, Expects, Forecast, Likelihood, Place, Status, Window
from tracker.score import (
    NEEDS,
    Compared,
    Scored,
    Summary,
    bootstrap_brier,
    brier,
    calibration_rows,
    compare,
    hit_rate,
    log_score,
    murphy,
    scored,
    skill,
    summarise,
    tally,
    wilson,
)

# Few enough to reckon by hand. docs/scoring.md works out a larger example: tests/test_scoring_example.py.
SAID = [0.70, 0.70, 0.70, 0.90, 0.20, 0.20, 0.20, 0.20]
LOW = [0.65, 0.65, 0.65, 0.84, 0.10, 0.10, 0.10, 0.10]
HIGH = [0.75, 0.75, 0.75, 0.95, 0.29, 0.29, 0.29, 0.29]
HAPPENED = [True, False, True, True, False, False, True, False]
STATUSES = [Status.CONFIRMED, Status.REFUTED] + [Status.CONFIRMED] * 4 + [Status.REFUTED, Status.CONFIRMED]

probabilities = st.floats(0, 1)
outcomes = st.lists(st.tuples(probabilities, st.booleans()), min_size=1, max_size=40)
few_values = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.7, 1.0]), st.booleans()), min_size=1, max_size=60)


def worked_example() -> list[Scored]:
    rows = zip(SAID, LOW, HIGH, HAPPENED, strict=True)
    return [Scored(f"f{n}", "A. Seer", *row) for n, row in enumerate(rows, 1)]


def settled(count: int, *, happened: int, said: float = 0.7) -> list[Scored]:
    return [Scored(f"f{n}", "A. Seer", said, said, said, n < happened) for n in range(count)]


def summary_of(forecasts: list[Scored]) -> Summary:
    return summarise([Status.CONFIRMED] * len(forecasts), forecasts)


def forecast(expects: Expects) -> Forecast:
    return Forecast(
        id="no-diplomatic-break",
        forecaster="A. Seer",
        quote="A break is unlikely.",
        likelihood=Likelihood("unlikely", 0.2, 0.1, 0.29),
        expects=expects,
        criterion=Criterion("They break.", "a", "b", Window(date(2025, 7, 1), date(2025, 12, 31))),
        article=Article("Ties", date(2025, 6, 30)),
        place=Place("forecasts/ties.yaml", 3),
    )


class TestWorkedExample:
    """Each figure as one works it out by hand."""

    def test_scores(self) -> None:
        assert brier(SAID, HAPPENED) == pytest.approx(0.18)
        assert log_score(SAID, HAPPENED) == pytest.approx(0.538, abs=5e-4)
        assert skill(SAID, HAPPENED) == pytest.approx(0.28)

    def test_hits(self) -> None:
        assert hit_rate(6, 2) == 0.75
        assert wilson(6, 8) == pytest.approx((0.409, 0.929), abs=5e-4)

    def test_decomposition(self) -> None:
        parts = murphy(SAID, HAPPENED)
        assert parts.reliability == pytest.approx(0.0029, abs=5e-5)
        assert parts.resolution == pytest.approx(0.0729, abs=5e-5)
        assert parts.uncertainty == 0.25

    def test_summary(self) -> None:
        summary = summarise([*STATUSES, Status.PENDING, Status.PENDING, Status.VOID], worked_example(), overdue=1)
        assert summary.hit_rate == 0.75
        assert summary.brier == pytest.approx(0.18)
        assert summary.brier_range == pytest.approx((0.1355, 0.2369), abs=5e-5)
        assert summary.brier_interval == pytest.approx((0.045, 0.351), abs=1e-3)
        assert summary.why_missing("skill") == "too few to say (8 settled, 10 needed)"
        assert summary.counts.total == 11
        assert (summary.counts.share_void, summary.counts.share_overdue) == (1 / 11, 1 / 11)


# Successes, trials: the interval, as published by Newcombe 1998 (table I, method 3).
WILSON = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}


@pytest.mark.parametrize(("share", "interval"), WILSON.items(), ids=map(str, WILSON))
def test_wilson_agrees_with_published_intervals(share: tuple[int, int], interval: tuple[float, float]) -> None:
    assert wilson(*share) == pytest.approx(interval, abs=5e-5)


def test_wilson_widens_with_confidence() -> None:
    narrow, wide = wilson(5, 10, 0.5), wilson(5, 10, 0.99)
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]


SCORES = {
    "always saying one half scores a quarter": ([0.5] * 4, [True, False, False, False], 0.25),
    "certain and right scores nothing": ([1.0, 0.0], [True, False], 0.0),
    "certain and wrong scores all": ([1.0, 0.0], [False, True], 1.0),
}


@pytest.mark.parametrize(("said", "happened", "score"), SCORES.values(), ids=SCORES)
def test_brier(said: list[float], happened: list[bool], score: float) -> None:
    assert brier(said, happened) == score


def test_certain_and_wrong_costs_much_in_the_log_score_but_not_everything() -> None:
    assert log_score([1.0], [False]) == log_score([0.99], [False]) == pytest.approx(-math.log(0.01))


def test_skill_is_nought_for_saying_the_base_rate_and_negative_for_worse() -> None:
    happened = [True, False, False, False]
    assert skill([0.25] * 4, happened) == pytest.approx(0)
    assert skill([0.9] * 4, happened) == pytest.approx(1 - brier([0.9] * 4, happened) / 0.1875)


def test_skill_has_no_rival_when_all_events_came_out_alike() -> None:
    assert skill([0.7, 0.9], [True, True]) is None


def test_calibration_puts_an_edge_into_the_part_above_and_one_into_the_last() -> None:
    rows = calibration_rows([0.2, 0.6, 0.29, 1.0], [False, True, True, True])
    assert [(row.low, row.high, row.count) for row in rows] == [(0.2, 0.4, 2), (0.6, 0.8, 1), (0.8, 1.0, 1)]
    assert rows[0].said == pytest.approx(0.245)
    assert rows[0].happened == 0.5
    assert rows[0].happened_low < 0.5 < rows[0].happened_high
    assert [row.low for row in calibration_rows([0.29], [True], bins=100)] == [0.29]


WHAT_CAME = {
    "expected to happen and confirmed: it happened": (Expects.HAPPENS, Status.CONFIRMED, True),
    "expected to happen and refuted: it did not": (Expects.HAPPENS, Status.REFUTED, False),
    "expected not to happen and confirmed: it did not": (Expects.DOES_NOT_HAPPEN, Status.CONFIRMED, False),
    "expected not to happen and refuted: it happened": (Expects.DOES_NOT_HAPPEN, Status.REFUTED, True),
}


@pytest.mark.parametrize(("expects", "status", "happened"), WHAT_CAME.values(), ids=WHAT_CAME)
def test_a_score_is_of_the_event(expects: Expects, status: Status, happened: bool) -> None:
    assert scored(forecast(expects), status) == Scored("no-diplomatic-break", "A. Seer", 0.2, 0.1, 0.29, happened)


def test_nobody_gains_by_calling_a_right_no_a_right_yes() -> None:
    """ "Unlikely", and it did not happen: the same small cost whether a yes was refuted or a no confirmed."""
    right = scored(forecast(Expects.DOES_NOT_HAPPEN), Status.CONFIRMED)
    wrong = scored(forecast(Expects.HAPPENS), Status.REFUTED)
    assert right is not None
    assert right == wrong
    assert brier([right.probability], [right.happened]) == pytest.approx(0.04)


@pytest.mark.parametrize("status", [Status.PENDING, Status.VOID])
def test_pending_and_void_are_never_scored(status: Status) -> None:
    assert scored(forecast(Expects.HAPPENS), status) is None


def test_without_forecasts_there_are_counts_and_no_figures() -> None:
    summary = summarise([Status.PENDING, Status.VOID], [])
    assert (summary.counts.settled, summary.counts.share_void, summary.counts.share_overdue) == (0, 0.5, 0.0)
    assert all(getattr(summary, figure) is None for figure in NEEDS)
    assert summary.why_missing("hit_rate") == "too few to say (0 settled, 1 needed)"
    assert summarise([], []).counts.share_void == 0.0


@pytest.mark.parametrize("figure", NEEDS)
def test_each_figure_is_given_from_the_number_that_it_needs_and_not_before(figure: str) -> None:
    need = NEEDS[figure]
    before, after = summary_of(settled(need - 1, happened=1)), summary_of(settled(need, happened=1))
    assert getattr(before, figure) is None
    assert before.why_missing(figure) == f"too few to say ({need - 1} settled, {need} needed)"
    assert getattr(after, figure) is not None
    assert after.why_missing(figure) == ""


ONE_SIDED = {
    "all happened": (10, "too few to say (0 events that did not happen, 1 needed)"),
    "none happened": (0, "too few to say (0 events that happened, 1 needed)"),
}


@pytest.mark.parametrize(("happened", "why"), ONE_SIDED.values(), ids=ONE_SIDED)
def test_skill_says_why_it_is_missing_when_all_came_out_alike(happened: int, why: str) -> None:
    summary = summary_of(settled(10, happened=happened))
    assert summary.skill is None
    assert summary.why_missing("skill") == why


@pytest.mark.parametrize("count", [0, 1, 4, 5, 20])
@pytest.mark.parametrize("by_outcome", [False, True])
def test_a_line_of_a_table_says_what_the_summary_says(count: int, by_outcome: bool) -> None:
    forecasts = settled(count, happened=count // 2)
    statuses = [Status.CONFIRMED] * count + [Status.VOID]
    whole = summarise(statuses, forecasts, by_outcome=by_outcome)
    assert tally(statuses, forecasts, by_outcome=by_outcome) == whole.tally


def test_what_was_chosen_by_its_outcome_has_no_figure_and_says_so() -> None:
    found = summarise([Status.CONFIRMED] * 20, settled(20, happened=20), by_outcome=True)
    assert all(getattr(found, figure) is None for figure in NEEDS)
    assert {found.why_missing(figure) for figure in NEEDS} == {"not given: these were chosen by how they came out"}
    assert found.counts.confirmed == 20


COMPARED = {
    "both say the same": (Status.CONFIRMED, Status.CONFIRMED, (1, 1)),
    "a person turns it round": (Status.CONFIRMED, Status.REFUTED, (1, 0)),
    "a person calls it void": (Status.REFUTED, Status.VOID, (1, 0)),
    "a person leaves it pending": (Status.REFUTED, Status.PENDING, (1, 0)),
    "pending claims nothing": (Status.PENDING, Status.CONFIRMED, (0, 0)),
    "nor does void": (Status.VOID, Status.VOID, (0, 0)),
}


@pytest.mark.parametrize(("machine", "person", "counts"), COMPARED.values(), ids=COMPARED)
def test_machine_and_person_are_compared(machine: Status, person: Status, counts: tuple[int, int]) -> None:
    pair = Compared("f1", machine, person)
    found = compare([pair])
    assert (found.compared, found.agreed) == counts
    assert found.disagreements == ((pair,) if counts == (1, 0) else ())
    assert (found.share is None) == (found.interval is None) == (counts == (0, 0))


def test_agreement_has_its_wilson_interval() -> None:
    pairs = [Compared(f"f{n}", Status.CONFIRMED, Status.CONFIRMED if n < 6 else Status.VOID) for n in range(8)]
    assert compare(pairs).interval == wilson(6, 8)


def test_stated_numbers_leave_no_range() -> None:
    summary = summary_of(settled(5, happened=2))
    assert summary.brier_range == (summary.brier, summary.brier)


REFUSED = {
    "unequal lengths": (lambda: brier([0.5], [True, False]), "differ in number: 1 and 2"),
    "nothing to score": (lambda: log_score([], []), "no forecasts to score"),
    "a percentage": (lambda: murphy([70.0], [True]), "70.0 is not a probability"),
    "not a number": (lambda: bootstrap_brier([math.nan], [True]), "nan is not a probability"),
    "a negative one in a table": (lambda: calibration_rows([-0.1], [True]), "-0.1 is not a probability"),
    "no bins": (lambda: calibration_rows([0.1], [True], bins=0), "0 is not a number of bins"),
    "more successes than trials": (lambda: wilson(3, 2), "3 of 2"),
    "no trials": (lambda: wilson(0, 0), "0 of 0"),
    "full confidence": (lambda: wilson(1, 2, 1.0), "confidence of 1.0"),
    "none settled": (lambda: hit_rate(0, 0), "no rate"),
    "an interval beside its probability": (lambda: Scored("f", "S", 0.7, 0.8, 0.9, True), "f: 0.7 with the interval"),
    "fewer scored than settled": (lambda: summarise([Status.CONFIRMED], []), "confirmed and refuted: 1, but scored: 0"),
    "more overdue than pending": (lambda: summarise([Status.VOID], [], overdue=1), "1 overdue, of 0 pending"),
    "one forecast scored twice": (
        lambda: summarise([Status.CONFIRMED] * 2, settled(1, happened=1) * 2),
        "f0: scored 2 times",
    ),
}


@pytest.mark.parametrize(("attempt", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_scored_is_refused(attempt: object, told: str) -> None:
    assert callable(attempt)
    with pytest.raises(ScoreError) as caught:
        attempt()
    assert told in str(caught.value)
    assert caught.value.mend


@settings(deadline=None)
@given(outcomes)
def test_scores_stay_in_their_ranges(pairs: list[tuple[float, bool]]) -> None:
    said, happened = [p for p, _ in pairs], [o for _, o in pairs]
    assert 0 <= brier(said, happened) <= 1
    assert 0 < log_score(said, happened) <= -math.log(0.01) + 1e-9
    assert (skill(said, happened) or 0) <= 1


@settings(deadline=None)
@given(outcomes | few_values)
def test_the_three_parts_add_up_to_the_brier_score(pairs: list[tuple[float, bool]]) -> None:
    said, happened = [p for p, _ in pairs], [o for _, o in pairs]
    parts = murphy(said, happened)
    assert parts.reliability - parts.resolution + parts.uncertainty == pytest.approx(brier(said, happened), abs=1e-12)
    assert 0 <= parts.reliability <= 1
    assert 0 <= parts.resolution <= parts.uncertainty + 1e-12 <= 0.25 + 1e-12


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.9999))
def test_wilson_contains_the_share_and_stays_inside(share: tuple[int, int], confidence: float) -> None:
    low, high = wilson(*share, confidence)
    assert 0 <= low <= share[0] / share[1] <= high <= 1
    assert low < high


@settings(deadline=None)
@given(outcomes)
def test_calibration_counts_each_forecast_once(pairs: list[tuple[float, bool]]) -> None:
    rows = calibration_rows([p for p, _ in pairs], [o for _, o in pairs])
    assert sum(row.count for row in rows) == len(pairs)
    assert round(sum(row.count * row.happened for row in rows)) == sum(o for _, o in pairs)
    assert all(row.low <= row.said <= row.high + 1e-12 for row in rows)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_forecasts_changes_nothing(seed: int) -> None:
    draw = random.Random(seed)
    said = [draw.choice([0.05, 0.2, 0.7, 0.95]) for _ in range(25)]
    forecasts = [Scored(f"f{n}", "A. Seer", p, p * 0.9, p, draw.random() < p) for n, p in enumerate(said)]
    shuffled = draw.sample(forecasts, len(forecasts))
    assert shuffled != forecasts
    assert summary_of(shuffled) == summary_of(forecasts)


def test_the_bootstrap_interval_narrows_with_more_forecasts_and_knows_no_order() -> None:
    said, happened = SAID * 10, HAPPENED * 10
    low, high = bootstrap_brier(SAID, HAPPENED)
    closer_low, closer_high = bootstrap_brier(said, happened)
    assert low < closer_low < brier(said, happened) < closer_high < high
    assert bootstrap_brier(SAID[::-1], HAPPENED[::-1]) == (low, high)


def test_the_range_of_readings_contains_the_score() -> None:
    summary = summarise(STATUSES, worked_example())
    assert summary.brier is not None
    assert summary.brier_range is not None
    assert summary.brier_range[0] < summary.brier < summary.brier_range[1]
