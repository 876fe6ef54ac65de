"""What share came true, and between which limits may the true share lie?"""

from __future__ import annotations

import math
from statistics import NormalDist

from tracker.errors import ScoreError


def hit_rate(confirmed: int, refuted: int) -> float:
    """Share of the settled forecasts that were confirmed, in [0, 1]; ScoreError when none is settled.

    >>> hit_rate(6, 2)
    0.75
    """
    if confirmed < 0 or refuted < 0 or confirmed + refuted == 0:
        raise ScoreError(f"{confirmed} confirmed and {refuted} refuted give no rate", mend="settle a forecast first")
    return confirmed / (confirmed + refuted)


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
