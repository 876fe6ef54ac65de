"""How far was what was said from what came? Brier score, log score, and skill against the base rate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from tracker.errors import ScoreError
from tracker.score.settled import Scored

# The log score of "certain" and wrong is infinite, so that one slip would hide all else. Words of probability are
# hardly ever finer than one per cent, so nothing finer is believed; a miss then costs 4.6 at most. By judgement.
LOG_CLIP = 0.01


def brier(said: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean of (p - o)², o = 1 if it happened: 0 best, 1 worst, 0.25 for always saying one half (Brier 1950, binary).

    Same length, not empty, each p in [0, 1]; else ScoreError.

    >>> round(brier([0.8, 0.3], [True, False]), 3)
    0.065
    """
    return fmean(squared_errors(said, happened))


def brier_range(settled: Sequence[Scored]) -> tuple[float, float]:
    """The Brier score with the words read as kindly as their intervals allow, and as harshly: (best, worst).

    Each squared error is smallest at one end of its interval and largest at the other, so no reading lies outside.
    ScoreError when nothing is settled.

    >>> best, worst = brier_range([Scored("talks-by-may", "A. Seer", 0.7, 0.6, 0.8, happened=True)])
    >>> round(best, 2), round(worst, 2)
    (0.04, 0.16)
    """
    happened = [one.happened for one in settled]
    best = [one.high if one.happened else one.low for one in settled]
    worst = [one.low if one.happened else one.high for one in settled]
    return brier(best, happened), brier(worst, happened)


def log_score(said: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean of -ln(probability of what came): 0.01 best, 4.605 worst, 0.693 for always saying one half (Good 1952).

    Probabilities are first clipped to [0.01, 0.99] (LOG_CLIP says why). ScoreError as for `brier`.

    >>> round(log_score([0.5], [True]), 3), round(log_score([1.0], [False]), 3)
    (0.693, 4.605)
    """
    check_pairs(said, happened)
    clipped = (min(max(p, LOG_CLIP), 1 - LOG_CLIP) for p in said)
    return fmean(-math.log(p if o else 1 - p) for p, o in zip(clipped, happened, strict=True))


def skill(said: Sequence[float], happened: Sequence[bool]) -> float | None:
    """Brier skill score, 1 - Brier / Brier of the base rate: 1 best, 0 no better than the base rate, negative worse.

    The base rate is the share of these very events that happened: a rival who knew it beforehand, hence a hard one.
    None when all events came out alike: that rival then makes no error at all. ScoreError as for `brier`.

    >>> round(skill([0.9, 0.2], [True, False]), 3)
    0.9
    """
    score, rate = brier(said, happened), fmean(happened)
    return 1 - score / (rate * (1 - rate)) if 0 < rate < 1 else None


def squared_errors(said: Sequence[float], happened: Sequence[bool]) -> list[float]:
    """(p - o)² of each forecast. ScoreError as for `brier`."""
    check_pairs(said, happened)
    return [(p - o) ** 2 for p, o in zip(said, happened, strict=True)]


def check_pairs(said: Sequence[float], happened: Sequence[bool]) -> None:
    """Refuse what is no probabilities with an outcome each: ScoreError."""
    if len(said) != len(happened):
        raise ScoreError(
            f"probabilities and outcomes differ in number: {len(said)} and {len(happened)}", mend="pair them"
        )
    if not said:
        raise ScoreError("no forecasts to score", mend="settle a forecast first")
    wrong = [p for p in said if not 0 <= p <= 1]
    if wrong:
        raise ScoreError(f"{wrong[0]} is not a probability", mend="write it between 0 and 1")
