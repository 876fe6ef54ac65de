"""How does a forecast stand, given the evidence and the coverage? The rules, pure: equal inputs, equal verdicts.

`happened` finds the events that enough independent origins report, `ruled_out` what leaves no room for them, `absence`
decides whether silence means anything, and `verdict` turns both into confirmed, refuted, pending or void.
"""

from tracker.resolve.judged import Rule
from tracker.resolve.verdict import Findings, resolve

__all__ = ["Findings", "Rule", "resolve"]
