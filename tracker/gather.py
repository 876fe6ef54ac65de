"""What does the store hold about a criterion, up to a day? From stored matches to findings that can be judged.

Matches are made once and kept: a new item meets all criteria (`match_new`), a new or edited criterion meets all stored
items. Everything after that (assertion, origin, coverage) is worked out anew from the items as they stood on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from tracker.coverage import ENOUGH_ALIKE, coverage
from tracker.evidence import evidence
from tracker.match import Matched, Matcher, Queries
from tracker.model import Assertion, Carried, Coverage, Criterion, Forecast, Item, Role, Watch
from tracker.near_miss import near_misses
from tracker.query import ConceptLookup, Document, Program, index_clauses
from tracker.resolve import Findings
from tracker.store import Store

# Coverage looks at the days around a day: the feeds' items of the week before the window tell how its first days went.
_BEFORE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Watching:
    """How the feeds were watched, up to a day: what they carried, and the stretches that polls prove."""

    carried: Sequence[Carried]
    watches: Sequence[Watch]


def criteria(forecasts: Sequence[Forecast], concepts: ConceptLookup) -> dict[str, Queries]:
    """The queries of all criteria, conditions included, by their fingerprints."""
    found = {}
    for forecast in forecasts:
        for criterion in filter(None, (forecast.criterion, forecast.condition)):
            queries = Queries.of(criterion, concepts)
            found[queries.fingerprint] = queries
    return found


def match_new(store: Store, queries: Mapping[str, Queries]) -> None:
    """Bring the stored matches up to date: new items meet the criteria known before, new criteria meet all items."""
    newest = store.newest_version()
    done = store.matched_up_to()
    behind = {name: queries[name] for name in queries if done.get(name, newest) < newest}
    if behind:
        since = min(done[name] for name in behind)
        arrived = list(store.items_after(since))
        matcher = Matcher(behind, arrived)
        found = [matched for item in arrived for matched in matcher.match(item)]
        store.save_matches([(one.criterion, one.role, one.item.key) for one in found], dict.fromkeys(behind, newest))
    for name in queries.keys() - done.keys():
        matcher = Matcher({name: queries[name]})
        found = [
            matched
            for role, _ in queries[name].roles()
            for item in store.find(queries[name].clauses(role), until=date.max)
            for matched in matcher.match(item)
        ]
        store.save_matches([(one.criterion, one.role, one.item.key) for one in found], {name: newest})


def findings(store: Store, criterion: Criterion, queries: Queries, as_of: date) -> Findings:
    """The evidence on a criterion from the stored matches, as the items stood on `as_of`, without coverage."""
    last = min(criterion.last_report, as_of)
    if last < criterion.window.opens:
        return Findings(())
    matcher = Matcher({queries.fingerprint: queries})
    items = store.matched(queries.fingerprint, since=criterion.window.opens, until=last)
    return Findings(tuple(evidence(matched) for item in items for matched in matcher.match(item)))


def with_coverage(
    store: Store, criterion: Criterion, queries: Queries, found: Findings, watching: Watching, as_of: date
) -> Findings:
    """The findings with the coverage of the window and the near misses, for a window whose silence is to be judged."""
    opens, last = criterion.window.opens, min(criterion.window.closes, as_of)
    on_topic = list(_on_topic(store, queries, opens, last))
    matched = {one.item.key for one in found.evidence}
    near = near_misses(criterion.claim, on_topic, matched)
    return Findings(
        found.evidence,
        _coverage(store, criterion, queries, watching, on_topic, as_of),
        tuple(one.item for one in near),
    )


def _coverage(
    store: Store, criterion: Criterion, queries: Queries, watching: Watching, on_topic: Sequence[Item], as_of: date
) -> Coverage:
    alike = 0
    if criterion.audible is None:
        last = min(criterion.window.closes, as_of)
        alike = sum(1 for _ in islice(_alike(store, queries, criterion.window.opens, last), ENOUGH_ALIKE))
    return coverage(
        criterion,
        as_of=as_of,
        carried=watching.carried,
        watches=watching.watches,
        topic_days={item.day for item in on_topic},
        alike=alike,
    )


def watching(store: Store, forecasts: Sequence[Forecast], as_of: date) -> Watching:
    """How the feeds were watched since the first of the forecasts' windows opened."""
    opens = [forecast.window.opens for forecast in forecasts]
    opens += [forecast.condition.window.opens for forecast in forecasts if forecast.condition]
    since = min(opens, default=as_of) - _BEFORE
    # An archive's usual rate is that of its whole life, so what lies before the window counts as well.
    return Watching(store.carried(min(since, as_of), as_of), store.watches(as_of))


def _on_topic(store: Store, queries: Queries, since: date, until: date) -> Iterator[Item]:
    program = Program()
    topic = program.add(queries.topic)
    for item in store.find(index_clauses(queries.topic), since=since, until=until):
        if program.read(Document.of(item)).matches(topic) is not None:
            yield item


def _alike(store: Store, queries: Queries, since: date, until: date) -> Iterator[Item]:
    """Reports of such events about others: the event without the topic, told as a fact."""
    program = Program()
    topic, event = program.add(queries.topic), program.add(queries.event)
    only_event = Queries(queries.event, queries.event, None)
    matcher = Matcher({"alike": only_event})
    for item in store.find(index_clauses(queries.event), since=since, until=until):
        reading = program.read(Document.of(item))
        if reading.matches(event) is not None and reading.matches(topic) is None:
            told: list[Matched] = matcher.match(item)
            if any(one.role is Role.EVENT and evidence(one).assertion is Assertion.AFFIRMED for one in told):
                yield item
