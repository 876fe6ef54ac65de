"""Between which limits would the Brier score lie with other forecasts of the same kind? The bootstrap, without drawing.

The bootstrap (Efron 1979) scores forecasts drawn from those at hand, with replacement, as many as there are, again and
again, and cuts 2.5% off either end of the scores that come. Drawing only approaches the distribution of those scores,
which is known: the mean of n independent draws from n given errors has the characteristic function of one draw, to the
power of n (so Pagano and Tritchler 1983 find the distributions of permutation tests). That is what is computed here. It
has no seed and no luck, and it costs as much for ten thousand forecasts as for ten.
"""

from __future__ import annotations

import math
from cmath import exp
from collections import Counter
from collections.abc import Sequence

from tracker.score.accuracy import squared_errors

_TAIL = 0.025
# All below is in standard errors of the mean from the score. The distribution is written as waves (a Fourier series) on
# eight of them to either side: beyond it lies nothing that shows. Of the 2.5% tails, none begins beyond 6.3 (Cantelli's
# inequality: at most 1 / (1 + 6.3²) lies there).
_REACH = 8.0
_FARTHEST = 6.3
_HALVINGS = 13  # of the 12.6 above: to 0.0015
# With few different errors the scores come in lumps, and only many waves keep those apart; with many different ones
# they run together, and few waves do. Hence so many products of wave and error, within limits.
_PRODUCTS = 4000
_FEWEST, _MOST = 150, 1200
# The last wave counts exp(-4.3² / 2), a ten-thousandth: cut off without fading, waves would ripple at each lump. This
# blurs the distribution by a hundredth of a standard error with few different errors, by a fourteenth with many.
_FADING = 4.3
_FAINT = 1e-6  # a wave that is not worth counting


def bootstrap_brier(said: Sequence[float], happened: Sequence[bool]) -> tuple[float, float]:
    """The 95% percentile interval of the Brier score over resampled forecasts (Efron 1979), as (low, high).

    The same forecasts in any order give the same interval. It takes forecasts as independent; several about one story
    are not, and then it is too narrow. ScoreError as for `brier`.

    >>> low, high = bootstrap_brier([0.7, 0.7, 0.9, 0.2, 0.2], [True, False, True, False, True])
    >>> round(low, 2), round(high, 2)
    (0.04, 0.49)
    """
    counts = dict(sorted(Counter(squared_errors(said, happened)).items()))
    number = len(said)
    score = math.fsum(error * count for error, count in counts.items()) / number
    standard_error = math.sqrt(math.fsum(count * (error - score) ** 2 for error, count in counts.items())) / number
    if standard_error < 1e-9:  # all errors are the same, save for rounding
        return score, score
    steps = [(error - score) / (standard_error * number) for error in counts]
    waves = _waves(steps, [count / number for count in counts.values()], number)
    low, high = (score + standard_error * _quantile(waves, share) for share in (_TAIL, 1 - _TAIL))
    return max(low, min(counts)), min(high, max(counts))


def _waves(steps: Sequence[float], shares: Sequence[float], number: int) -> list[tuple[complex, complex]]:
    """The sum of `number` draws from `steps`, each with its share, as waves: their frequencies and weights."""
    count = max(_FEWEST, min(_MOST, _PRODUCTS // len(steps)))
    blur = _FADING / count
    turn = -1j * math.pi / _REACH
    turns = [exp(-turn * step) for step in steps]
    one_draw = list(map(complex, shares))
    found = []
    for order in range(1, count + 1):
        one_draw = [value * by for value, by in zip(one_draw, turns, strict=True)]
        weight = 1j * sum(one_draw) ** number * math.exp(-((blur * order) ** 2) / 2) / (math.pi * order)
        if abs(weight) > _FAINT:
            found.append((order * turn, weight))
    return found


def _quantile(waves: Sequence[tuple[complex, complex]], share: float) -> float:
    """Below which value the given share of the distribution lies, in standard errors."""
    base = 0.5 - sum((weight * exp(-frequency * _REACH)).real for frequency, weight in waves)
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = base + middle / (2 * _REACH) + sum((weight * exp(middle * by)).real for by, weight in waves)
        low, high = (middle, high) if below < share else (low, middle)
    return (low + high) / 2
