"""Which figures does a set of forecasts bear out? All of them at once; for those that it does not, the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from tracker.errors import ScoreError
from tracker.model import Status
from tracker.score.accuracy import brier, brier_range, log_score, skill
from tracker.score.bootstrap import bootstrap_brier
from tracker.score.calibration import CalibrationRow, calibration_rows
from tracker.score.decomposition import Murphy, murphy
from tracker.score.settled import Scored
from tracker.score.share import hit_rate, wilson

# How many settled forecasts each figure needs; below that, the scorecard says so instead of giving a number.
# Hits: a Wilson interval is honest even for one forecast, it is wide. Brier and log: four errors can be resampled in 35
# ways, so that an interval is mere extremes; five in 126. Skill leans on the base rate of these very outcomes, whose
# standard error can exceed 0.16 under ten. The last two sort forecasts into groups: twenty give each of five rows four
# on average. All by judgement.
NEEDS = {
    **dict.fromkeys(("hit_rate", "hit_interval"), 1),
    **dict.fromkeys(("brier", "brier_interval", "brier_range", "log_score"), 5),
    **dict.fromkeys(("base_rate", "skill"), 10),
    **dict.fromkeys(("murphy", "calibration"), 20),
}


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
class Tally:
    """A line among many: the counts, and hit rate and Brier score where they can be given."""

    counts: Counts
    hit_rate: float | None
    brier: float | None


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a figure, a field of Summary, is not given."""

    figure: str
    why: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures for a set of forecasts. A figure is None when it would mean nothing; `missing` then says why.

    Intervals are 95% ones, as (low, high). `brier_range` is the Brier score if each likelihood is read at the end of
    its interval that suits the outcome best, and worst: no reading of the words lies outside it. `base_rate` in [0, 1]
    is the share of the settled events that happened.
    """

    counts: Counts
    hit_rate: float | None
    hit_interval: tuple[float, float] | None
    brier: float | None
    brier_interval: tuple[float, float] | None
    brier_range: tuple[float, float] | None
    log_score: float | None
    base_rate: float | None
    skill: float | None
    murphy: Murphy | None
    calibration: tuple[CalibrationRow, ...] | None
    missing: tuple[Missing, ...] = ()

    @property
    def tally(self) -> Tally:
        """These figures as a line among many."""
        return Tally(self.counts, self.hit_rate, self.brier)

    def why_missing(self, figure: str) -> str:
        """Why `figure`, a field of this class, is None, in words; empty when it is not."""
        return next((reason.why for reason in self.missing if reason.figure == figure), "")


def tally(
    statuses: Iterable[Status], settled: Sequence[Scored], overdue: int = 0, *, by_outcome: bool = False
) -> Tally:
    """What `summarise` would give, for a line: without the figures that take long. ScoreError as there."""
    counts = _count(list(statuses), settled, overdue)
    if by_outcome or not settled:
        return Tally(counts, None, None)
    said, happened = [one.probability for one in settled], [one.happened for one in settled]
    score = brier(said, happened) if len(settled) >= NEEDS["brier"] else None
    return Tally(counts, hit_rate(counts.confirmed, counts.refuted), score)


def summarise(
    statuses: Iterable[Status], settled: Sequence[Scored], overdue: int = 0, *, by_outcome: bool = False
) -> Summary:
    """All figures for a set of forecasts: the status of each, those that are settled, and how many are overdue.

    Only confirmed and refuted forecasts are scored, pending and void ones never. Nothing is scored when the forecasts
    were chosen `by_outcome`: who looks at the confirmed alone finds every forecaster right. ScoreError when `settled`
    does not hold each of them once, or when more are overdue than pending.

    >>> summary = summarise(
    ...     [Status.CONFIRMED, Status.PENDING], [Scored("talks-by-may", "A. Seer", 0.7, 0.65, 0.75, happened=True)]
    ... )
    >>> summary.hit_rate, summary.brier, summary.why_missing("brier")
    (1.0, None, 'too few to say (1 settled, 5 needed)')
    """
    counts = _count(list(statuses), settled, overdue)
    said, happened = [one.probability for one in settled], [one.happened for one in settled]
    reasons = _chosen_by_outcome() if by_outcome else _too_few(happened)
    missing = {reason.figure for reason in reasons}
    return Summary(
        counts=counts,
        hit_rate=None if "hit_rate" in missing else hit_rate(counts.confirmed, counts.refuted),
        hit_interval=None if "hit_interval" in missing else wilson(counts.confirmed, counts.settled),
        brier=None if "brier" in missing else brier(said, happened),
        brier_interval=None if "brier_interval" in missing else bootstrap_brier(said, happened),
        brier_range=None if "brier_range" in missing else brier_range(settled),
        log_score=None if "log_score" in missing else log_score(said, happened),
        base_rate=None if "base_rate" in missing else fmean(happened),
        skill=None if "skill" in missing else skill(said, happened),
        murphy=None if "murphy" in missing else murphy(said, happened),
        calibration=None if "calibration" in missing else calibration_rows(said, happened),
        missing=reasons,
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


def _too_few(happened: Sequence[bool]) -> tuple[Missing, ...]:
    """The figures that so many outcomes do not bear out."""
    settled = len(happened)
    reasons = [
        Missing(figure, f"too few to say ({settled} settled, {need} needed)")
        for figure, need in NEEDS.items()
        if settled < need
    ]
    if settled >= NEEDS["skill"] and len(set(happened)) == 1:
        absent = "events that did not happen" if happened[0] else "events that happened"
        reasons.append(Missing("skill", f"too few to say (0 {absent}, 1 needed)"))
    return tuple(reasons)


def _chosen_by_outcome() -> tuple[Missing, ...]:
    """Every figure, when the outcome decided which forecasts are looked at."""
    return tuple(Missing(figure, "not given: these were chosen by how they came out") for figure in NEEDS)
