"""What is the verdict on a forecast, from what is known of it? The steps that all who ask for one share, so they agree.

Coverage and near misses cost most, and most verdicts do not ask for them: they are worked out where the rule that
decided does.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tracker.gather import Watching, findings, with_coverage
from tracker.match import Queries
from tracker.model import Criterion, Forecast, Verdict
from tracker.query import ConceptLookup
from tracker.resolve import Findings, Rule, resolve
from tracker.store import Store

# Rules that ask how the window was watched, or what came near.
_LOOK_CLOSER = {Rule.NOT_COVERED, Rule.AGAINST}


class Known(Protocol):
    """What is known on a day: of a store, or of a stream of news that is replayed."""

    def findings(self, criterion: Criterion) -> Findings:
        """The evidence on a criterion, without coverage."""

    def covered(self, criterion: Criterion, found: Findings) -> Findings:
        """The findings with coverage and near misses."""


def verdict(forecast: Forecast, known: Known, as_of: date) -> Verdict:
    """The verdict on a forecast from what is known on a day."""
    found = known.findings(forecast.criterion)
    condition = known.findings(forecast.condition) if forecast.condition else None
    judged = resolve(forecast, found, as_of, condition=condition)
    if forecast.condition and condition and judged.condition and judged.condition.rule in _LOOK_CLOSER:
        condition = known.covered(forecast.condition, condition)
        judged = resolve(forecast, found, as_of, condition=condition)
    if judged.rule in _LOOK_CLOSER:
        found = known.covered(forecast.criterion, found)
        judged = resolve(forecast, found, as_of, condition=condition)
    return judged


class Judging:
    """Verdicts of one day from one store, whose matches are up to date."""

    def __init__(self, store: Store, concepts: ConceptLookup, watching: Watching, as_of: date) -> None:
        self._store = store
        self._concepts = concepts
        self._watching = watching
        self._as_of = as_of

    def verdict(self, forecast: Forecast) -> Verdict:
        """The verdict on a forecast."""
        return verdict(forecast, self, self._as_of)

    def findings(self, criterion: Criterion) -> Findings:
        """The evidence on a criterion, without coverage."""
        return findings(self._store, criterion, Queries.of(criterion, self._concepts), self._as_of)

    def covered(self, criterion: Criterion, found: Findings) -> Findings:
        """The findings with coverage and near misses."""
        queries = Queries.of(criterion, self._concepts)
        return with_coverage(self._store, criterion, queries, found, self._watching, self._as_of)
