"""What do other programs read of a scorecard? Counts, scores, agreement as plain data for JSON, keys in a fixed order.

The file `export.schema.json` beside this one says what each key means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from tracker.report.standing import Grouping, Selection, Standing, agreement, grouped, summary
from tracker.score import Agreement, Summary

Data = dict[str, Any]


def summary_data(found: Summary) -> Data:
    """A summary; figures that the forecasts do not bear out are null, and `missing` says why."""
    return {**asdict(found), "missing": {reason.figure: reason.why for reason in found.missing}}


def summaries_data(summaries: Mapping[str, Summary]) -> Data:
    """Summaries by the names of their rows."""
    return {name: summary_data(found) for name, found in summaries.items()}


def agreement_data(found: Agreement) -> Data:
    """How far machine and person agree, with every forecast on which they do not."""
    apart = [
        {"id": one.forecast, "machine": one.machine.value, "person": one.person.value} for one in found.disagreements
    ]
    return {**asdict(found), "disagreements": apart}


def scorecard_data(standings: Sequence[Standing], by: Grouping, as_of: date, selection: Selection) -> Data:
    """The scorecard of standings that a selection took: of all, and of each group."""

    def data(some: Sequence[Standing]) -> Data:
        found = summary_data(summary(some, as_of, by_outcome=selection.by_outcome))
        return {**found, "agreement": agreement_data(agreement(some))}

    return {
        "as_of": str(as_of),
        "chosen": str(selection) or None,
        "all": data(standings),
        f"{by.value}s": {name: data(group) for name, group in grouped(standings, by).items()},
    }
