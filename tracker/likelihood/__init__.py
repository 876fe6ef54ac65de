"""What probability do a forecaster's words stand for? A scale of words, English and Russian, and stated numbers.

`scale` holds the words (scale.yaml), `reading` reads words or a number that stand alone, `finding` finds them in
a text.
"""

from tracker.likelihood.finding import FoundLikelihood, Kind, find_likelihoods
from tracker.likelihood.reading import read_likelihood
from tracker.likelihood.scale import Row, parse_scale, scale

__all__ = ["FoundLikelihood", "Kind", "Row", "find_likelihoods", "parse_scale", "read_likelihood", "scale"]
