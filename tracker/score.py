"""How good were the forecasts, and how sure can we be of that?

Every score compares the probability that was given to an event with whether the event happened. What the forecaster
expected plays no part in it; it decides only what counts as a hit.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist, fmean, quantiles

from tracker.errors import ScoreError
from tracker.model import Expects, Forecast, Status

# The log score of "certain" and wrong is infinite, so that one slip would hide all else. Words of probability are
# hardly ever finer than one per cent, so nothing finer is believed; a miss then costs 4.6 at most. By judgement.
LOG_CLIP = 0.01

# How many settled forecasts each figure needs; below that, the scorecard says so instead of giving a number.
# Hits: a Wilson interval is honest even for one forecast, it is wide. Brier and log: four errors can be resampled in 35
# ways, so that an interval is mere extremes; five in 126. Skill leans on the base rate of these very outcomes, whose
# standard error can exceed 0.16 under ten. The last two sort forecasts into groups: twenty give each of five rows four
# on average. All by judgement.
NEEDS = {
    **dict.fromkeys(("hit_rate", "hit_interval"), 1),
    **dict.fromkeys(("brier", "brier_interval", "brier_range", "log_score"), 5),
    "skill": 10,
    **dict.fromkeys(("murphy", "calibration"), 20),
}
CALIBRATION_BINS = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """A settled forecast: the probability given to its event, the interval [low, high] of the words, and what came.

    ScoreError unless 0 <= low <= probability <= high <= 1.
    """

    forecast: str
    forecaster: str
    probability: float
    low: float
    high: float
    happened: bool

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.probability <= self.high <= 1:
            what = f"{self.probability} with the interval [{self.low}, {self.high}] is not a probability"
            raise ScoreError(what, where=self.forecast, mend="0 <= low <= probability <= high <= 1")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many forecasts stand where; `overdue` are those of the pending whose window has closed."""

    confirmed: int
    refuted: int
    pending: int
    void: int
    overdue: int

    @property
    def total(self) -> int:
        """All forecasts."""
        return self.confirmed + self.refuted + self.pending + self.void

    @property
    def settled(self) -> int:
        """The forecasts that are scored: confirmed or refuted."""
        return self.confirmed + self.refuted

    @property
    def share_void(self) -> float:
        """Share of all forecasts that are void; 0 when there are none at all."""
        return self.void / self.total if self.total else 0.0

    @property
    def share_overdue(self) -> float:
        """Share of all forecasts that are pending though their window has closed; 0 when there are none at all."""
        return self.overdue / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Murphy:
    """The Brier score taken apart: reliability - resolution + uncertainty (Murphy 1973).

    `reliability` in [0, 1], 0 best: how far each stated probability lies from the share that then happened.
    `resolution` in [0, 0.25], more is better: how far those shares lie from the base rate.
    `uncertainty` in [0, 0.25]: what the base rate alone would score; the forecaster has no hand in it.
    """

    reliability: float
    resolution: float
    uncertainty: float


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """The forecasts said with a probability in [low, high) (the last row: [low, high]), and what became of them.

    `said` is their mean probability, `happened` the share that happened, [happened_low, happened_high] its 95% Wilson
    interval.
    """

    low: float
    high: float
    count: int
    said: float
    happened: float
    happened_low: float
    happened_high: float


@dataclass(frozen=True, slots=True)
class TooFew:
    """Why a figure, a field of Summary, is not given: how many of what there are, and how many are needed."""

    figure: str
    counted: str
    there_are: int
    needed: int

    def __str__(self) -> str:
        return f"too few to say ({self.there_are} {self.counted}, {self.needed} needed)"


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures for a set of forecasts. A figure is None when too few are settled; `too_few` then says so.

    Intervals are 95% ones, as (low, high). `brier_range` is the Brier score if each likelihood is read at the end of
    its interval that suits the outcome best, and worst: no reading of the words lies outside it.
    """

    counts: Counts
    hit_rate: float | None
    hit_interval: tuple[float, float] | None
    brier: float | None
    brier_interval: tuple[float, float] | None
    brier_range: tuple[float, float] | None
    log_score: float | None
    skill: float | None
    murphy: Murphy | None
    calibration: tuple[CalibrationRow, ...] | None
    too_few: tuple[TooFew, ...] = ()

    def why_missing(self, figure: str) -> str:
        """Why `figure`, a field of this class, is None, in words; empty when it is not."""
        return next((str(reason) for reason in self.too_few if reason.figure == figure), "")


def scored(forecast: Forecast, status: Status) -> Scored | None:
    """What a forecast's status says of its event, ready to be scored; None for pending and void.

    An event that was expected to happen did so if the forecast is confirmed; one expected not to, if it is refuted.
    """
    if status not in (Status.CONFIRMED, Status.REFUTED):
        return None
    likelihood = forecast.likelihood
    return Scored(
        forecast.id,
        forecast.forecaster,
        likelihood.probability,
        likelihood.low,
        likelihood.high,
        happened=(status is Status.CONFIRMED) == (forecast.expects is Expects.HAPPENS),
    )


def brier(said: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean of (p - o)², o = 1 if it happened: 0 best, 1 worst, 0.25 for always saying one half (Brier 1950, binary).

    Same length, not empty, each p in [0, 1]; else ScoreError.

    >>> round(brier([0.8, 0.3], [True, False]), 3)
    0.065
    """
    return fmean(_squared_errors(said, happened))


def log_score(said: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean of -ln(probability of what came): 0.01 best, 4.605 worst, 0.693 for always saying one half (Good 1952).

    Probabilities are first clipped to [0.01, 0.99] (LOG_CLIP says why). ScoreError as for `brier`.

    >>> round(log_score([0.5], [True]), 3), round(log_score([1.0], [False]), 3)
    (0.693, 4.605)
    """
    _check(said, happened)
    clipped = (min(max(p, LOG_CLIP), 1 - LOG_CLIP) for p in said)
    return fmean(-math.log(p if o else 1 - p) for p, o in zip(clipped, happened, strict=True))


def wilson(successes: float, trials: float, confidence: float = 0.95) -> tuple[float, float]:
    """The interval for a share in [0, 1] (Wilson 1927, without continuity correction); it always contains the share.

    Weighted counts may be fractions.

    ScoreError unless 0 <= successes <= trials, trials >= 1 and 0 < confidence < 1.

    >>> low, high = wilson(6, 8)
    >>> round(low, 3), round(high, 3)
    (0.409, 0.929)
    """
    if not (0 <= successes <= trials and trials >= 1):
        raise ScoreError(f"{successes} of {trials} is not a share", mend="at least one trial, and no more successes")
    if not 0 < confidence < 1:
        raise ScoreError(f"a confidence of {confidence} is not between 0 and 1", mend="write 0.95")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / trials
    middle = share + z * z / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    # At no or only successes one end is the share itself, which rounding would miss by a hair.
    return min(share, max(0.0, (middle - reach) / scale)), max(share, min(1.0, (middle + reach) / scale))


def hit_rate(confirmed: int, refuted: int) -> float:
    """Share of the settled forecasts that were confirmed, in [0, 1]; ScoreError when none is settled.

    >>> hit_rate(6, 2)
    0.75
    """
    if confirmed < 0 or refuted < 0 or confirmed + refuted == 0:
        raise ScoreError(f"{confirmed} confirmed and {refuted} refuted give no rate", mend="settle a forecast first")
    return confirmed / (confirmed + refuted)


def skill(said: Sequence[float], happened: Sequence[bool]) -> float | None:
    """Brier skill score, 1 - Brier / Brier of the base rate: 1 best, 0 no better than the base rate, negative worse.

    The base rate is the share of these very events that happened: a rival who knew it beforehand, hence a hard one.
    None when all events came out alike: that rival then makes no error at all. ScoreError as for `brier`.

    >>> round(skill([0.9, 0.2], [True, False]), 3)
    0.9
    """
    score, rate = brier(said, happened), fmean(happened)
    return 1 - score / (rate * (1 - rate)) if 0 < rate < 1 else None


def murphy(said: Sequence[float], happened: Sequence[bool]) -> Murphy:
    """The Brier score as reliability - resolution + uncertainty (Murphy 1973).

    Forecasts are grouped by identical probability, never by bins, so that the three add up to the Brier score exactly
    (save for rounding in the last places). Groups of one or two make both reliability and resolution look large.
    ScoreError as for `brier`.

    >>> parts = murphy([0.7, 0.7, 0.2, 0.2], [True, False, False, False])
    >>> round(parts.reliability, 4), parts.resolution, parts.uncertainty
    (0.04, 0.0625, 0.1875)
    """
    _check(said, happened)
    groups: dict[float, list[bool]] = defaultdict(list)
    for p, o in zip(said, happened, strict=True):
        groups[p].append(o)
    rate = fmean(happened)
    return Murphy(
        reliability=math.fsum(len(group) * (p - fmean(group)) ** 2 for p, group in groups.items()) / len(said),
        resolution=math.fsum(len(group) * (fmean(group) - rate) ** 2 for group in groups.values()) / len(said),
        uncertainty=rate * (1 - rate),
    )


def bootstrap_brier(
    said: Sequence[float], happened: Sequence[bool], resamples: int = 2000, seed: int = 1950
) -> tuple[float, float]:
    """The 95% percentile interval of the Brier score over resampled forecasts (Efron 1979), as (low, high).

    The same forecasts in any order, with the same seed, give the same interval. It takes forecasts as independent;
    several about one story are not, and then it is too narrow. ScoreError as for `brier`, or for under 2 resamples.

    >>> low, high = bootstrap_brier([0.7, 0.7, 0.9, 0.2, 0.2], [True, False, True, False, True])
    >>> 0 <= low < brier([0.7, 0.7, 0.9, 0.2, 0.2], [True, False, True, False, True]) < high <= 1
    True
    """
    if resamples < 2:
        raise ScoreError(f"{resamples} is too few resamples for an interval", mend="take 2000")
    errors = sorted(_squared_errors(said, happened))
    draw = Random(seed)  # noqa: S311 - figures that are the same each time, not secrets
    means = [fmean(draw.choices(errors, k=len(errors))) for _ in range(resamples)]
    # Forty equal parts: the outer cuts are the 2.5th and 97.5th percentiles.
    cuts = quantiles(means, n=40, method="inclusive")
    return cuts[0], cuts[-1]


def calibration(
    said: Sequence[float], happened: Sequence[bool], bins: int = CALIBRATION_BINS
) -> tuple[CalibrationRow, ...]:
    """Of what was said with 60 to 80%, how much happened? One row for each of `bins` equal parts of [0, 1] in use.

    A probability on an edge belongs to the part above it, 1 to the last. ScoreError as for `brier`, or without bins.

    >>> [(row.low, row.high, row.count, row.happened) for row in calibration([0.7, 0.7, 0.1], [True, False, False])]
    [(0.0, 0.2, 1, 0.0), (0.6, 0.8, 2, 0.5)]
    """
    _check(said, happened)
    if bins < 1:
        raise ScoreError(f"{bins} is not a number of bins", mend="take 5")
    edges = [number / bins for number in range(bins + 1)]
    members: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, o in zip(said, happened, strict=True):
        members[min(bisect_right(edges, p), bins) - 1].append((p, o))
    return tuple(_calibration_row(edges[number], edges[number + 1], members[number]) for number in sorted(members))


def _calibration_row(low: float, high: float, inside: Sequence[tuple[float, bool]]) -> CalibrationRow:
    happening = sum(o for _, o in inside)
    interval = wilson(happening, len(inside))
    return CalibrationRow(low, high, len(inside), fmean(p for p, _ in inside), happening / len(inside), *interval)


def summarise(statuses: Iterable[Status], settled: Sequence[Scored], overdue: int = 0) -> Summary:
    """All figures for a set of forecasts: the status of each, those that are settled, and how many are overdue.

    Only confirmed and refuted forecasts are scored, pending and void ones never. ScoreError when `settled` does not
    hold each of them once, or when more are overdue than pending.

    >>> summary = summarise(
    ...     [Status.CONFIRMED, Status.PENDING], [Scored("talks-by-may", "A. Seer", 0.7, 0.65, 0.75, happened=True)]
    ... )
    >>> summary.hit_rate, summary.brier, summary.why_missing("brier")
    (1.0, None, 'too few to say (1 settled, 5 needed)')
    """
    counts = _count(list(statuses), settled, overdue)
    said, happened = [one.probability for one in settled], [one.happened for one in settled]
    too_few = _too_few(happened)
    missing = {reason.figure for reason in too_few}
    return Summary(
        counts=counts,
        hit_rate=None if "hit_rate" in missing else hit_rate(counts.confirmed, counts.refuted),
        hit_interval=None if "hit_interval" in missing else wilson(counts.confirmed, counts.settled),
        brier=None if "brier" in missing else brier(said, happened),
        brier_interval=None if "brier_interval" in missing else bootstrap_brier(said, happened),
        brier_range=None if "brier_range" in missing else _brier_range(settled),
        log_score=None if "log_score" in missing else log_score(said, happened),
        skill=None if "skill" in missing else skill(said, happened),
        murphy=None if "murphy" in missing else murphy(said, happened),
        calibration=None if "calibration" in missing else calibration(said, happened),
        too_few=too_few,
    )


def _count(statuses: Sequence[Status], settled: Sequence[Scored], overdue: int) -> Counts:
    number = Counter(statuses)
    counts = Counts(
        number[Status.CONFIRMED], number[Status.REFUTED], number[Status.PENDING], number[Status.VOID], overdue
    )
    if not 0 <= overdue <= counts.pending:
        raise ScoreError(
            f"{overdue} overdue, of {counts.pending} pending", mend="count as overdue only what is pending"
        )
    name, times = max(Counter(one.forecast for one in settled).items(), key=lambda pair: pair[1], default=("", 0))
    if times > 1:
        raise ScoreError(f"scored {times} times", where=name, mend="score each forecast once")
    if len(settled) != counts.settled:
        raise ScoreError(
            f"confirmed and refuted: {counts.settled}, but scored: {len(settled)}",
            mend="score the confirmed and the refuted, and no others",
        )
    return counts


def _too_few(happened: Sequence[bool]) -> tuple[TooFew, ...]:
    """The figures that so many outcomes do not support."""
    reasons = [TooFew(figure, "settled", len(happened), need) for figure, need in NEEDS.items() if len(happened) < need]
    if len(happened) >= NEEDS["skill"] and len(set(happened)) == 1:
        absent = "events that did not happen" if happened[0] else "events that happened"
        reasons.append(TooFew("skill", absent, 0, 1))
    return tuple(reasons)


def _brier_range(settled: Sequence[Scored]) -> tuple[float, float]:
    """The Brier score at the ends of the intervals: a squared error is smallest and largest there."""
    happened = [one.happened for one in settled]
    best = [one.high if one.happened else one.low for one in settled]
    worst = [one.low if one.happened else one.high for one in settled]
    return brier(best, happened), brier(worst, happened)


def _squared_errors(said: Sequence[float], happened: Sequence[bool]) -> list[float]:
    _check(said, happened)
    return [(p - o) ** 2 for p, o in zip(said, happened, strict=True)]


def _check(said: Sequence[float], happened: Sequence[bool]) -> None:
    if len(said) != len(happened):
        raise ScoreError(
            f"probabilities and outcomes differ in number: {len(said)} and {len(happened)}", mend="pair them"
        )
    if not said:
        raise ScoreError("no forecasts to score", mend="settle a forecast first")
    wrong = [p for p in said if not 0 <= p <= 1]
    if wrong:
        raise ScoreError(f"{wrong[0]} is not a probability", mend="write it between 0 and 1")
