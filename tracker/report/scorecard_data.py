"""What do other programs read of a scorecard? Counts, scores, agreement as plain data for JSON, keys in a fixed order.

The file `export.schema.json` beside this one says what each key means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tracker.score import Agreement, Summary

Data = dict[str, Any]


def summary_data(summary: Summary) -> Data:
    """A summary; figures that the forecasts do not bear out are null, and `missing` says why."""
    found = asdict(summary)
    found["missing"] = {reason.figure: reason.why for reason in summary.missing}
    return found


def summaries_data(summaries: Mapping[str, Summary]) -> Data:
    """Summaries by the names of their rows."""
    return {name: summary_data(summary) for name, summary in summaries.items()}


def agreement_data(agreement: Agreement) -> Data:
    """How far machine and person agree, with every forecast on which they do not."""
    found = asdict(agreement)
    found["disagreements"] = [
        {"id": one.forecast, "machine": one.machine.value, "person": one.person.value}
        for one in agreement.disagreements
    ]
    return found
