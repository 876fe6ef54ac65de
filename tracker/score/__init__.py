"""How good were the forecasts, and how sure can we be of that? The scores, pure; docs/scoring.md works them by hand.

Every score compares the probability that was given to an event with whether the event happened. What the forecaster
expected plays no part in it; it decides only what counts as a hit.

`settled` makes a forecast ready to be scored, `accuracy` holds the scores, `decomposition` takes one apart,
`calibration` sorts by what was said, `share` and `bootstrap` say how sure a figure is, `agreement` compares machine and
person, and `summary` gives all figures of a set of forecasts, or says why one is not given.
"""

from tracker.score.accuracy import brier, brier_range, log_score, skill, squared_errors
from tracker.score.agreement import Agreement, Compared, compare
from tracker.score.bootstrap import bootstrap_brier
from tracker.score.calibration import CalibrationRow, calibration_rows
from tracker.score.decomposition import Murphy, murphy, printed
from tracker.score.settled import Scored, scored
from tracker.score.share import hit_rate, wilson
from tracker.score.summary import NEEDS, Counts, Missing, Summary, Tally, summarise, tally

__all__ = [
    "NEEDS",
    "Agreement",
    "CalibrationRow",
    "Compared",
    "Counts",
    "Missing",
    "Murphy",
    "Scored",
    "Summary",
    "Tally",
    "bootstrap_brier",
    "brier",
    "brier_range",
    "calibration_rows",
    "compare",
    "hit_rate",
    "log_score",
    "murphy",
    "printed",
    "scored",
    "skill",
    "squared_errors",
    "summarise",
    "tally",
    "wilson",
]
