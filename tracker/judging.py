"""What is the verdict on a forecast, from what is known of it? The steps that all who ask for one share, so they agree.

Coverage and near misses cost most, and most verdicts do not ask for them: they are worked out where the rule that
decided does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracker.gather import Watching, findings, reporting, with_coverage
from tracker.item_decisions import with_decisions
from tracker.match import Queries
from tracker.model import Criterion, Forecast, ItemDecision, Verdict
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


OnItems = Mapping[str, Sequence[ItemDecision]]
"""What people say of items, by the forecast that they say it for."""


class Judging:
    """Verdicts of one day from one store, whose matches are up to date, by what people had said of items by then."""

    def __init__(
        self, store: Store, concepts: ConceptLookup, watching: Watching, as_of: date, on_items: OnItems | None = None
    ) -> None:
        self._store = store
        self._concepts = concepts
        self._watching = watching
        self._as_of = as_of
        self._on_items = on_items or {}

    def verdict(self, forecast: Forecast) -> Verdict:
        """The verdict on a forecast."""
        return verdict(forecast, self.known_of(forecast), self._as_of)

    def known_of(self, forecast: Forecast) -> Known:
        """What is known of a forecast's criteria."""
        decisions = self._on_items.get(forecast.id, ())
        return _Decided(self, forecast, decisions) if decisions else self

    def findings(self, criterion: Criterion) -> Findings:
        """The evidence on a criterion, without coverage, by what the items say."""
        return findings(self._store, criterion, Queries.of(criterion, self._concepts), self._as_of)

    def covered(self, criterion: Criterion, found: Findings) -> Findings:
        """The findings with coverage and near misses."""
        queries = Queries.of(criterion, self._concepts)
        return with_coverage(self._store, criterion, queries, found, self._watching, self._as_of)

    def decided(self, criterion: Criterion, decisions: Sequence[ItemDecision]) -> Findings:
        """The evidence on a criterion, without coverage, by what the items say and people say of them."""
        _, until = reporting(criterion, self._as_of)
        counted = (self._store.item(decision.item, until) for decision in decisions if decision.counts)
        return with_decisions(self.findings(criterion), decisions, {item.key: item for item in counted if item})


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is known of a forecast on whose items people have decided."""

    judging: Judging
    forecast: Forecast
    decisions: Sequence[ItemDecision]

    def findings(self, criterion: Criterion) -> Findings:
        condition = criterion is self.forecast.condition
        return self.judging.decided(criterion, [one for one in self.decisions if one.condition is condition])

    def covered(self, criterion: Criterion, found: Findings) -> Findings:
        return self.judging.covered(criterion, found)
