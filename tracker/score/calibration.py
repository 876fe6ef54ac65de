"""Of what was said with 60 to 80%, how much happened?"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from tracker.errors import ScoreError
from tracker.score.accuracy import check_pairs
from tracker.score.share import wilson

BINS = 5


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


def calibration_rows(said: Sequence[float], happened: Sequence[bool], bins: int = BINS) -> tuple[CalibrationRow, ...]:
    """One row for each of `bins` equal parts of [0, 1] in use.

    A probability on an edge belongs to the part above it, 1 to the last. ScoreError as for `brier`, or without bins.

    >>> rows = calibration_rows([0.7, 0.7, 0.1], [True, False, False])
    >>> [(row.low, row.high, row.count, row.happened) for row in rows]
    [(0.0, 0.2, 1, 0.0), (0.6, 0.8, 2, 0.5)]
    """
    check_pairs(said, happened)
    if bins < 1:
        raise ScoreError(f"{bins} is not a number of bins", mend="take 5")
    edges = [number / bins for number in range(bins + 1)]
    members: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, o in zip(said, happened, strict=True):
        members[min(bisect_right(edges, p), bins) - 1].append((p, o))
    return tuple(_row(edges[number], edges[number + 1], members[number]) for number in sorted(members))


def _row(low: float, high: float, inside: Sequence[tuple[float, bool]]) -> CalibrationRow:
    happening = sum(o for _, o in inside)
    interval = wilson(happening, len(inside))
    return CalibrationRow(low, high, len(inside), fmean(p for p, _ in inside), happening / len(inside), *interval)
