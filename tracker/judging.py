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


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and all that was found on the way to it, counted or not; `condition` where the forecast has one."""

    verdict: Verdict
    found: Findings
    condition: Findings | None


def judgement(forecast: Forecast, known: Known, as_of: date) -> Judgement:
    """The verdict on a forecast from what is known on a day, with what it rests on."""
    found = known.findings(forecast.criterion)
    condition = known.findings(forecast.condition) if forecast.condition else None
    judged = resolve(forecast, found, as_of, condition=condition)
    if forecast.condition and condition and judged.condition and judged.condition.rule in _LOOK_CLOSER:
        condition = known.covered(forecast.condition, condition)
        judged = resolve(forecast, found, as_of, condition=condition)
    if judged.rule in _LOOK_CLOSER:
        found = known.covered(forecast.criterion, found)
        judged = resolve(forecast, found, as_of, condition=condition)
    return Judgement(judged, found, condition)


def verdict(forecast: Forecast, known: Known, as_of: date) -> Verdict:
    """The verdict on a forecast from what is known on a day."""
    return judgement(forecast, known, as_of).verdict


OnItems = Mapping[str, Sequence[ItemDecision]]
"""What people say of items, by the forecast that they say it for."""


class Judging:
    """Verdicts of one day from one store, whose matches are up to date, by what people had said of items by then.

    `queries` are those of criteria that were read already; the others are read when they are asked for.
    """

    def __init__(
        self,
        store: Store,
        concepts: ConceptLookup,
        watching: Watching,
        as_of: date,
        on_items: OnItems | None = None,
        queries: Mapping[Criterion, Queries] | None = None,
    ) -> None:
        self._store = store
        self._concepts = concepts
        self._watching = watching
        self._as_of = as_of
        self._on_items = on_items or {}
        self._queries = dict(queries or {})

    def judgement(self, forecast: Forecast) -> Judgement:
        """The verdict on a forecast, with what it rests on."""
        return judgement(forecast, self.known_of(forecast), self._as_of)

    def known_of(self, forecast: Forecast) -> Known:
        """What is known of a forecast's criteria."""
        decisions = self._on_items.get(forecast.id, ())
        return _Decided(self, forecast, decisions) if decisions else self

    def findings(self, criterion: Criterion) -> Findings:
        """The evidence on a criterion, without coverage, by what the items say."""
        return findings(self._store, criterion, self._queries_of(criterion), self._as_of)

    def covered(self, criterion: Criterion, found: Findings) -> Findings:
        """The findings with coverage and near misses."""
        queries = self._queries_of(criterion)
        return with_coverage(self._store, criterion, queries, found, self._watching, self._as_of)

    def _queries_of(self, criterion: Criterion) -> Queries:
        if criterion not in self._queries:
            self._queries[criterion] = Queries.of(criterion, self._concepts)
        return self._queries[criterion]

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
