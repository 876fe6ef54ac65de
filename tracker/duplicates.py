"""Is a forecast in the ledger already, in other words?

Two forecasts are alike when one forecaster claims nearly the same of nearly the same time. Claims are compared as sets
of word stems: in short sentences of one person's a shared word is seldom chance. But where each has a name or a number
that the other lacks, as in "Starmer resigns" and "Zelensky resigns", they are about different things.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import ceil

from tracker.model import Forecast, Window
from tracker.text import normal, stem, surfaces

ALIKE_CLAIMS = 0.6
"""The share of both claims' words that must be in common (Jaccard), by judgement."""
ALIKE_WINDOWS = 0.5
"""The share of both windows' days that must be in common, by judgement."""

_SMALL = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "will",
        "would",
        "be",
        "is",
    }
    | {"are", "was", "its", "their", "his", "her", "this", "that", "it", "they", "в", "на", "и", "с", "по", "к", "от"}
    | {"до", "за", "из", "о", "об", "у", "не", "что", "это", "будет", "будут", "его", "ее", "их"}
)
_FAR = 3650  # days: a window without an end is compared as one of ten years


def duplicates(forecasts: Iterable[Forecast]) -> Iterator[tuple[Forecast, Forecast]]:
    """Every pair of forecasts that are alike, the later one first.

    Claims that share so many words share one of the rarest of either (prefix filtering: Chaudhuri, Ganti & Kaushik
    2006), so that not every pair is compared.
    """
    forecasts = list(forecasts)
    frequency = Counter(stem for forecast in forecasts for stem in _stems(forecast.claim))
    known: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, forecast in enumerate(forecasts):
        stems = sorted(_stems(forecast.claim), key=lambda stem: (frequency[stem], stem))
        rarest = stems[: len(stems) - ceil(ALIKE_CLAIMS * len(stems)) + 1]
        keys = [(_person(forecast.forecaster), stem) for stem in rarest]
        for other in sorted({other for key in keys for other in known[key]}):
            if _alike(forecast.claim, forecast.window, forecasts[other]):
                yield forecast, forecasts[other]
        for key in keys:
            known[key].append(number)


def like(forecaster: str, claim: str, window: Window, forecasts: Iterable[Forecast]) -> list[Forecast]:
    """The forecasts that one of this forecaster, claim and window would repeat."""
    person = _person(forecaster)
    return [other for other in forecasts if _person(other.forecaster) == person and _alike(claim, window, other)]


def quoting(sentence: str, forecasts: Iterable[Forecast]) -> list[Forecast]:
    """The forecasts whose quote is this sentence, or a part of it, or holds it."""
    words = _words(sentence)
    return [other for other in forecasts if _holds(words, _words(other.quote)) or _holds(_words(other.quote), words)]


def _alike(claim: str, window: Window, other: Forecast) -> bool:
    mine, theirs = _stems(claim), _stems(other.claim)
    if (mine - theirs) & _names(claim) and (theirs - mine) & _names(other.claim):
        return False
    shared, union = len(mine & theirs), len(mine | theirs)
    return bool(shared) and shared >= ALIKE_CLAIMS * union and _overlap(window, other.window) >= ALIKE_WINDOWS


def _overlap(one: Window, other: Window) -> float:
    """The share of the days of either window that both have, in [0, 1]."""
    first = min(one.opens, other.opens).toordinal()
    spans = [
        (window.opens.toordinal(), min(window.closes.toordinal() + 1, max(first, window.opens.toordinal()) + _FAR))
        for window in (one, other)
    ]
    shared = min(end for _, end in spans) - max(start for start, _ in spans)
    union = max(end for _, end in spans) - min(start for start, _ in spans)
    return max(0, shared) / union


def _person(name: str) -> str:
    return " ".join(normal(part) for part in surfaces(name))


@lru_cache(maxsize=10_000)
def _stems(claim: str) -> frozenset[str]:
    return frozenset(stem(word) for word in surfaces(claim) if normal(word) not in _SMALL)


@lru_cache(maxsize=10_000)
def _names(claim: str) -> frozenset[str]:
    """The stems of capitalised words, the first among them, for it is the subject as a rule; and numbers."""
    return frozenset(stem(word) for word in surfaces(claim) if not word[0].islower())


@lru_cache(maxsize=10_000)
def _words(sentence: str) -> str:
    return f" {' '.join(normal(word) for word in surfaces(sentence))} "


def _holds(whole: str, part: str) -> bool:
    return len(part.split()) >= 4 and part in whole
