"""What of a settled forecast is scored? The probability of its event, and whether that happened."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.errors import ScoreError
from tracker.model import Expects, Forecast, Status


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
