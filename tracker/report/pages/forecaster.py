"""What is on a forecaster's page? Counts and scores, the calibration, how the score went over time, every forecast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.report.pages.index import Row, rows_of
from tracker.report.standing import Standing, summary

if TYPE_CHECKING:
    from tracker.score import Summary


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """The Brier score of the forecasts that were settled by the end of a day, and how many they were."""

    day: date
    settled: int
    brier: float


@dataclass(frozen=True, slots=True)
class ForecasterPage:
    """Everything on a forecaster's page. `scores` is empty while too few forecasts are settled."""

    name: str
    as_of: date
    summary: Summary
    scores: tuple[ScorePoint, ...]
    rows: tuple[Row, ...]


def forecaster_page(
    name: str, standings: Sequence[Standing], as_of: date, *, by_outcome: bool = False
) -> ForecasterPage:
    """The page of a forecaster whose forecasts these are; `by_outcome` if they were chosen by how they came out."""
    return ForecasterPage(
        name=name,
        as_of=as_of,
        summary=summary(standings, as_of, by_outcome=by_outcome),
        scores=() if by_outcome else tuple(score_over_time(standings, as_of)),
        rows=tuple(rows_of(standings, as_of)),
    )


def score_over_time(standings: Iterable[Standing], as_of: date) -> list[ScorePoint]:
    """The Brier score after each day on which forecasts were settled, from as many on as a Brier score needs."""
    from tracker.score import NEEDS, scored
    from tracker.score.accuracy import squared_errors

    settled = sorted(
        (settled_on(standing, as_of), one.probability, one.happened)
        for standing in standings
        if (one := scored(standing.forecast, standing.status))
    )
    if not settled:
        return []
    errors = squared_errors([said for _, said, _ in settled], [happened for _, _, happened in settled])
    points: list[ScorePoint] = []
    total = 0.0
    for count, ((day, _, _), error) in enumerate(zip(settled, errors, strict=True), start=1):
        total += error
        if points and points[-1].day == day:
            points.pop()
        if count >= NEEDS["brier"]:
            points.append(ScorePoint(day, count, total / count))
    return points


def settled_on(standing: Standing, as_of: date) -> date:
    """The day from which a settled forecast was decided: that of the event, else the last day of the window."""
    return min(standing.event_day or standing.forecast.window.closes, as_of)
