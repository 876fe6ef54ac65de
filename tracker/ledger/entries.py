"""What does one forecast file come to? Plain data that reading it gives, and the defaults that it is read by."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.errors import TrackerError
from tracker.model import Article, Forecast, Place


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a forecast that does not say it: coverage in [0, 1], lag in days, independent origins needed."""

    coverage: float = 0.8
    lag_days: int = 2
    sources: int = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One forecast as it stands in a file: its id (empty where it has no proper one), where that stands, what it says.

    `forecast` is None, and `errors` say why, when it cannot be accepted.
    """

    id: str
    place: Place
    forecast: Forecast | None = None
    errors: tuple[TrackerError, ...] = ()
    warnings: tuple[TrackerError, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file held: its article, the forecasts in their order, and what is wrong or odd about the rest of it."""

    article: Article | None = None
    entries: tuple[Entry, ...] = ()
    errors: tuple[TrackerError, ...] = ()
    warnings: tuple[TrackerError, ...] = ()
