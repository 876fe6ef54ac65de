"""Do well-kept libraries come to the same figures, over forecasts made at random?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from random import Random

import numpy as np
import pytest
import scoringrules
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, bootstrap
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss

from tracker.score import bootstrap_brier, brier, calibration_rows, log_score, murphy, printed, skill, wilson

Pairs = list[tuple[float, bool]]
quick = settings(deadline=None, max_examples=60)
of_words = st.sampled_from([0.05, 0.2, 0.265, 0.35, 0.495, 0.7, 0.75, 0.95])
pairs = st.lists(st.tuples(st.floats(0, 1) | of_words, st.booleans()), min_size=1, max_size=60)
few = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.7, 0.9]), st.booleans()), min_size=1, max_size=9)


def apart(found: Pairs) -> tuple[list[float], list[bool]]:
    return [said for said, _ in found], [happened for _, happened in found]


@quick
@given(pairs)
def test_brier(found: Pairs) -> None:
    said, happened = apart(found)
    assert brier(said, happened) == pytest.approx(float(np.mean(scoringrules.brier_score(happened, said))), abs=1e-12)
    assert brier(said, happened) == pytest.approx(brier_score_loss(happened, said, pos_label=True), abs=1e-12)


@quick
@given(pairs)
def test_log_score(found: Pairs) -> None:
    said, happened = apart(found)
    clipped = np.clip(said, 0.01, 0.99)
    ours = log_score(said, happened)
    assert ours == pytest.approx(log_loss(happened, clipped, labels=[False, True]), abs=1e-12)
    theirs = float(np.mean(scoringrules.log_score(np.array(happened, float), clipped)))
    assert ours == pytest.approx(theirs, abs=1e-12)


@quick
@given(pairs)
def test_skill(found: Pairs) -> None:
    said, happened = apart(found)
    ours, rival = skill(said, happened), brier_score_loss(happened, [np.mean(happened)] * len(said), pos_label=True)
    if ours is None:
        assert rival == pytest.approx(0)
    else:
        assert ours == pytest.approx(1 - brier_score_loss(happened, said, pos_label=True) / rival, abs=1e-9)


@quick
@given(st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson(share: tuple[int, int], confidence: float) -> None:
    theirs = binomtest(*share).proportion_ci(confidence, method="wilson")
    assert wilson(*share, confidence) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@quick
@given(st.lists(st.tuples(st.integers(0, 99).map(lambda n: n / 100 + 0.005), st.booleans()), min_size=1, max_size=60))
def test_calibration(found: Pairs) -> None:
    """Off the edges, that is: the library puts an edge into the part below, we into the one above."""
    said, happened = apart(found)
    rows = calibration_rows(said, happened)
    happened_share, mean_said = calibration_curve(happened, said, n_bins=5, pos_label=True)
    assert [row.happened for row in rows] == pytest.approx(list(happened_share))
    assert [row.said for row in rows] == pytest.approx(list(mean_said))


@quick
@given(pairs)
def test_the_parts_are_those_of_the_groups(found: Pairs) -> None:
    """Murphy's parts worked out anew, as variances: of the groups' shares, and of said and happened within a group."""
    said, happened = (np.array(values, float) for values in apart(found))
    shares = np.array([happened[said == one].mean() for one in said])
    parts = murphy(*apart(found))
    assert parts.uncertainty == pytest.approx(happened.var(), abs=1e-12)
    assert parts.resolution == pytest.approx(shares.var(), abs=1e-12)
    assert parts.reliability == pytest.approx(np.mean((said - shares) ** 2), abs=1e-12)


@settings(deadline=None, max_examples=300)
@given(pairs, st.integers(0, 6))
def test_the_parts_add_up_as_they_are_printed(found: Pairs, places: int) -> None:
    said, happened = apart(found)
    score, parts = brier(said, happened), murphy(said, happened)
    shown = printed(parts, score, places)
    numbers = [f"{value:.{places}f}" for value in (shown.reliability, shown.resolution, shown.uncertainty, score)]
    reliability, resolution, uncertainty, total = (int(number.replace(".", "")) for number in numbers)
    assert reliability - resolution + uncertainty == total
    for value, exact in zip(
        (shown.reliability, shown.resolution, shown.uncertainty),
        (parts.reliability, parts.resolution, parts.uncertainty),
        strict=True,
    ):
        assert value >= 0
        assert abs(value - exact) < 10**-places


def resampled(errors: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Every mean of a resample, with its probability, from the lowest: each way to draw is counted."""
    counts, number = Counter(errors), len(errors)
    means = []
    for drawn in combinations_with_replacement(sorted(counts), number):
        times = Counter(drawn)
        ways = math.factorial(number) / math.prod(math.factorial(many) for many in times.values())
        means.append((sum(drawn) / number, ways * math.prod((counts[one] / number) ** n for one, n in times.items())))
    return iter(sorted(means))


def error_of(pair: tuple[float, bool]) -> float:
    return (pair[0] - pair[1]) ** 2


@quick
@given(few)
@example([(0.7, True)] * 8 + [(0.7, False)])
@example([(0.2, True)])
def test_the_bootstrap_is_that_of_all_resamples(found: Pairs) -> None:
    """Within a fifteenth of a standard error, no more than 2.5% (save for the blur) of all resamples lie outside."""
    errors = [error_of(pair) for pair in found]
    low, high = bootstrap_brier(*apart(found))
    slack = float(np.std(errors)) / math.sqrt(len(errors)) / 15 + 1e-9
    every = list(resampled(errors))
    assert sum(share for mean, share in every if mean < low - slack) < 0.025 + 0.002
    assert sum(share for mean, share in every if mean <= low + slack) > 0.025 - 0.002
    assert sum(share for mean, share in every if mean > high + slack) < 0.025 + 0.002
    assert sum(share for mean, share in every if mean >= high - slack) > 0.025 - 0.002


@pytest.mark.parametrize(("number", "seed"), [(12, 1), (40, 2), (300, 3), (2000, 4)])
def test_the_bootstrap_is_that_of_scipy(number: int, seed: int) -> None:
    """Scipy draws: of 20,000 draws the ends are uncertain by 0.02 of a standard error, and they are 0.1 at most."""
    draw = Random(seed)
    found = [
        (p, draw.random() < p) for p in (draw.choice([0.05, 0.2, 0.35, 0.5, 0.7, 0.75, 0.95]) for _ in range(number))
    ]
    errors = np.array([error_of(pair) for pair in found])
    theirs = bootstrap(
        (errors,), np.mean, n_resamples=20_000, method="percentile", batch=500, rng=np.random.default_rng(seed)
    )
    close = 0.1 * theirs.standard_error
    low, high = bootstrap_brier(*apart(found))
    assert (low, high) == pytest.approx((theirs.confidence_interval.low, theirs.confidence_interval.high), abs=close)


@pytest.mark.parametrize(("number", "misses"), [(20, 1), (50, 1), (1000, 1), (1000, 2), (1000, 5), (10_000, 3)])
def test_a_few_large_errors_among_many_small_ones_are_counted_as_they_come(number: int, misses: int) -> None:
    """The worst case for waves: the scores lie in lumps far apart, as many misses as a binomial draw has."""
    low, high = bootstrap_brier([0.1] * number, [place < misses for place in range(number)])
    of_misses = binom(number, misses / number)
    assert (low * number - 0.01 * number) / 0.8 == pytest.approx(of_misses.ppf(0.025), abs=0.02)
    assert (high * number - 0.01 * number) / 0.8 == pytest.approx(of_misses.ppf(0.975), abs=0.02)


@quick
@given(pairs)
def test_the_bootstrap_interval_has_the_score_and_knows_no_order(found: Pairs) -> None:
    said, happened = apart(found)
    low, high = bootstrap_brier(said, happened)
    assert 0 <= low <= brier(said, happened) + 1e-12
    assert brier(said, happened) - 1e-12 <= high <= 1
    assert bootstrap_brier(said[::-1], happened[::-1]) == (low, high)


def test_the_bootstrap_of_ten_thousand_forecasts_is_nearly_normal() -> None:
    said, happened = [0.2, 0.7] * 5000, [False, True, True, False] * 2500
    low, high = bootstrap_brier(said, happened)
    score = brier(said, happened)
    error = float(np.std([error_of(pair) for pair in zip(said, happened, strict=True)])) / 100
    assert (low, high) == pytest.approx((score - 1.96 * error, score + 1.96 * error), abs=0.05 * error)
