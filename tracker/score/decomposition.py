"""What is a Brier score made of? Reliability, resolution and uncertainty, which add up to it, also as printed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from tracker.score.accuracy import check_pairs


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


def murphy(said: Sequence[float], happened: Sequence[bool]) -> Murphy:
    """The Brier score as reliability - resolution + uncertainty (Murphy 1973).

    Forecasts are grouped by identical probability, never by bins, so that the three add up to the Brier score exactly
    (save for rounding in the last places). Groups of one or two make both reliability and resolution look large.
    ScoreError as for `brier`.

    >>> parts = murphy([0.7, 0.7, 0.2, 0.2], [True, False, False, False])
    >>> round(parts.reliability, 4), parts.resolution, parts.uncertainty
    (0.04, 0.0625, 0.1875)
    """
    check_pairs(said, happened)
    groups: dict[float, list[bool]] = defaultdict(list)
    for p, o in zip(said, happened, strict=True):
        groups[p].append(o)
    rate = fmean(happened)
    return Murphy(
        reliability=math.fsum(len(group) * (p - fmean(group)) ** 2 for p, group in groups.items()) / len(said),
        resolution=math.fsum(len(group) * (fmean(group) - rate) ** 2 for group in groups.values()) / len(said),
        uncertainty=rate * (1 - rate),
    )


def printed(parts: Murphy, score: float, places: int = 3) -> Murphy:
    """The parts with so many decimals that they add up to `score` as it is printed with as many.

    Each is rounded by itself; where the sum then misses the score, which it does by one in the last place, the part
    that this moves least from its true value gives way. No part is off by a whole unit of its last place.

    >>> parts = Murphy(0.0144, 0.0144, 0.2504)
    >>> printed(parts, 0.2504), printed(parts, 0.2506).uncertainty
    (Murphy(reliability=0.014, resolution=0.014, uncertainty=0.25), 0.251)
    """
    exact = [value * 10**places for value in (parts.reliability, -parts.resolution, parts.uncertainty)]
    units = [_units(value, places) for value in (parts.reliability, -parts.resolution, parts.uncertainty)]
    while missing := _units(score, places) - sum(units):
        step = 1 if missing > 0 else -1
        least = min(range(3), key=lambda number: abs(units[number] + step - exact[number]))
        units[least] += step
    reliability, resolution, uncertainty = (abs(unit) / 10**places for unit in units)
    return Murphy(reliability, resolution, uncertainty)


def _units(value: float, places: int) -> int:
    """A value in units of its last place, rounded as printing rounds it."""
    return int(Decimal(f"{value:.{places}f}").scaleb(places))
