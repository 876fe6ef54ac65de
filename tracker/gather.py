"""What does the store hold about a criterion, up to a day? From stored matches to findings that can be judged.

Matches are made once and kept: a new item meets all criteria (`match_new`), a new or edited criterion meets all stored
items. Everything after that (assertion, origin, coverage) is worked out anew from the items as they stood on the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta, tzinfo
from functools import cached_property
from itertools import islice

from tracker.copies import clusters
from tracker.coverage import ALIKE_ORIGINS, BEAT, ENOUGH_ALIKE, Press, coverage, shifted
from tracker.evidence import evidence
from tracker.match import Matcher, Queries
from tracker.model import Assertion, Carried, Criterion, Evidence, Forecast, Item, Role, Watch, Window
from tracker.near_miss import MOST, near_misses
from tracker.query import SUMMARY, ConceptLookup, Document, Program, Query, index_clauses
from tracker.resolve import Findings
from tracker.resolve.absence import told_otherwise
from tracker.store import Store

# Coverage looks at the topic so long before the window, and at the days around each of those days.
_BEFORE = BEAT + timedelta(days=7)
# A report of the first days may be a reprint of one from before the opening; `copies.clusters` looks as far back.
_REPRINTED = timedelta(days=3)
# So many new criteria meet all stored items faster side by side than one after the other through the index.
_MANY = 100
# So many items tell the matcher rare words from common ones.
_SAMPLE = 2_000


@dataclass(frozen=True)
class Watching:
    """How the feeds were watched, up to a day: what they carried, and the stretches that polls prove."""

    carried: Sequence[Carried]
    watches: Sequence[Watch]
    zone: tzinfo = UTC

    @cached_property
    def press(self) -> Press:
        """The same, arranged for `coverage`."""
        return Press(self.carried, self.watches, self.zone)


def criteria(forecasts: Sequence[Forecast], concepts: ConceptLookup) -> dict[str, Queries]:
    """The queries of all criteria, conditions included, by their fingerprints."""
    return {queries.fingerprint: queries for queries in queries_of(forecasts, concepts).values()}


def queries_of(forecasts: Sequence[Forecast], concepts: ConceptLookup) -> dict[Criterion, Queries]:
    """The queries of all criteria, conditions included, by the criterion."""
    asked = (one for forecast in forecasts for one in (forecast.criterion, forecast.condition) if one is not None)
    return {criterion: Queries.of(criterion, concepts) for criterion in dict.fromkeys(asked)}


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
    fresh = {name: queries[name] for name in queries if name not in done}
    if len(fresh) >= _MANY:
        matcher = Matcher(fresh, islice(store.items_after(0), _SAMPLE))
        together = (matched for item in store.items_after(0) for matched in matcher.match(item))
        store.save_matches([(one.criterion, one.role, one.item.key) for one in together], dict.fromkeys(fresh, newest))
        return
    for name in fresh:
        matcher = Matcher({name: queries[name]})
        found = [
            matched
            for role, _ in queries[name].roles()
            for item in store.find_versions(queries[name].clauses(role))
            for matched in matcher.match(item)
        ]
        store.save_matches([(one.criterion, one.role, one.item.key) for one in found], {name: newest})


def findings(store: Store, criterion: Criterion, queries: Queries, as_of: date) -> Findings:
    """The evidence on a criterion from the stored matches, as the items stood on `as_of`, without coverage.

    It begins shortly before the window, to tell what only repeats earlier reports. An item edited after the last day on
    which reports count is taken as it stood on that day, unless the edit takes back what it affirmed: a house that
    corrects itself is no witness of what it corrected.
    """
    since, until = reporting(criterion, as_of)
    if until < criterion.window.opens:
        return Findings(())
    items = store.matched(queries.fingerprint, since=since, until=until)
    return Findings(tuple(_told(store, queries, items, until, as_of)))


def _told(store: Store, queries: Queries, items: Iterable[Item], until: date, as_of: date) -> Iterator[Evidence]:
    """What items, as they stood on the last day on which reports count, are evidence of."""
    matcher = Matcher({queries.fingerprint: queries})
    found = (evidence(matched) for item in items for matched in matcher.match(item))
    return (_corrected(one, store, matcher, as_of) if until < as_of else one for one in found)


def _corrected(stood: Evidence, store: Store, matcher: Matcher, as_of: date) -> Evidence:
    """A report as a later edit has it, where it affirmed the event and does so no more; else as it stood."""
    if stood.assertion is not Assertion.AFFIRMED:
        return stood
    item = store.item(stood.item.key, as_of)
    if item is None or item.version <= stood.item.version:
        return stood
    edited = (evidence(matched) for matched in matcher.match(item) if matched.role is stood.role)
    return next((one for one in edited if one.assertion is not Assertion.AFFIRMED), stood)


def with_coverage(
    store: Store, criterion: Criterion, queries: Queries, found: Findings, watching: Watching, as_of: date
) -> Findings:
    """The findings with the coverage of the window and the near misses, for a window whose silence is to be judged."""
    since, until = around(criterion.window, as_of)
    on_topic = [one.item for one in search(store, queries.topic, since=since, until=until)]
    elsewhere = _elsewhere(store, queries, watching.press.followed, since, until)
    return covered(criterion, found, watching, on_topic, elsewhere, _similar(store, criterion, queries, as_of), as_of)


def _similar(store: Store, criterion: Criterion, queries: Queries, as_of: date) -> list[Evidence]:
    """What items on the topic tell of such events, in whatever words; nothing where no kind is named."""
    if queries.similar is None:
        return []
    since, until = reporting(criterion, as_of)
    items = store.find(queries.similar.clauses(Role.EVENT), since=since, until=until)
    return list(_told(store, queries.similar, items, until, as_of))


def reporting(criterion: Criterion, as_of: date) -> tuple[date, date]:
    """The first and last day of the reports that a criterion is judged by, those that tell its reprints included."""
    return shifted(criterion.window.opens, -_REPRINTED), min(criterion.last_report, as_of)


def around(window: Window, as_of: date) -> tuple[date, date]:
    """The first and last day of the items on the topic that tell whether it was followed during a window."""
    return shifted(window.opens, -BEAT), min(shifted(window.closes, BEAT), as_of)


def covered(
    criterion: Criterion,
    found: Findings,
    watching: Watching,
    on_topic: Sequence[Item],
    elsewhere: Iterable[Evidence],
    similar: Sequence[Evidence],
    as_of: date,
) -> Findings:
    """The findings with coverage and near misses, from the items on the topic and the reports of such events elsewhere.

    `on_topic` are those of the days `around` the window, `elsewhere` affirmed reports of the same days; they are not
    read where the analyst says whether such events are reported, nor further than needed. `similar` are the reports of
    such events on the topic, of the days of `reporting`: those by which there is no silence are near misses first.
    """
    opens, last = criterion.window.opens, min(criterion.window.closes, as_of)
    matched = {one.item.key for one in (*found.evidence, *found.set_aside)}
    matched.update(decision.item for decision in found.decisions)
    otherwise = told_otherwise(criterion, similar, matched)
    first = [one.item for one in otherwise[:MOST]]
    matched.update(one.item.key for one in otherwise)
    inside = [item for item in on_topic if opens <= item.day <= last]
    near = near_misses(_timeless(criterion), inside, matched, most=MOST - len(first))
    vouched = coverage(
        criterion,
        as_of=as_of,
        press=watching.press,
        topic={(item.day, item.source) for item in on_topic},
        alike=_alike(elsewhere) if criterion.audible is None else [],
    )
    return replace(found, coverage=vouched, near_misses=(*first, *(one.item for one in near)), similar=otherwise)


def _timeless(criterion: Criterion) -> str:
    """The claim without its phrase of time, which no report of the event repeats."""
    phrase = re.escape(criterion.window_phrase)
    return re.sub(rf"\b{phrase}\b", " ", criterion.claim, flags=re.IGNORECASE) if phrase else criterion.claim


def watching(store: Store, forecasts: Sequence[Forecast], as_of: date) -> Watching:
    """How the feeds were watched since the first of the forecasts' windows opened, and archives all their life.

    An archive's usual rate is that of its whole life; a forecast must not stand otherwise for being looked at alone.
    """
    opens = [forecast.window.opens for forecast in forecasts]
    opens += [forecast.condition.window.opens for forecast in forecasts if forecast.condition]
    since = shifted(min(opens, default=as_of), -_BEFORE)
    carried = [row for row in store.carried(date.min, as_of) if row.archive or row.day >= since]
    return Watching(carried, store.watches(as_of), store.zone)


@dataclass(frozen=True, slots=True)
class Found:
    """An item that a query matches, with the character offsets of every matched word in its title and summary."""

    item: Item
    in_title: tuple[tuple[int, int], ...]
    in_summary: tuple[tuple[int, int], ...]


def search(store: Store, query: Query, *, since: date | None, until: date) -> Iterator[Found]:
    """The stored items that a query matches, by day."""
    program = Program()
    number = program.add(query)
    for item in store.find(index_clauses(query), since=since, until=until):
        reading = program.read(Document.of(item))
        matches = reading.matches(number)
        if matches is not None:
            positions = sorted({position for match in matches for position in match})
            in_title = reading.document.offsets(position for position in positions if position < SUMMARY)
            in_summary = reading.document.offsets(position for position in positions if position >= SUMMARY)
            yield Found(item, tuple(in_title), tuple(in_summary))


def _alike(elsewhere: Iterable[Evidence]) -> list[str]:
    """The origins of such events' reports about others, one for each report that is no reprint, until they are enough.

    Reprints are told anew only when the reports have doubled: a wire that everybody carries would cost their square.
    """
    heard: dict[str, Evidence] = {}
    look = ENOUGH_ALIKE
    for report in elsewhere:
        heard[report.item.key] = report
        if len(heard) == look:
            look *= 2
            found = _origins(heard)
            if len(found) >= ENOUGH_ALIKE and len(set(found)) >= ALIKE_ORIGINS:
                return found
    return _origins(heard)


def _origins(heard: Mapping[str, Evidence]) -> list[str]:
    return [heard[cluster[0].key].origin for cluster in clusters([one.item for one in heard.values()])]


def _elsewhere(store: Store, queries: Queries, feeds: Set[str], since: date, until: date) -> Iterator[Evidence]:
    """Reports by these feeds of such events about others, told as facts.

    What only a search has found was sought: it does not show what the feeds report by themselves.
    """
    others = queries.elsewhere
    matcher = Matcher({others.fingerprint: others})
    for item in store.find(others.clauses(Role.EVENT), since=since, until=until):
        if item.feed not in feeds:
            continue
        for one in map(evidence, matcher.match(item)):
            if one.assertion is Assertion.AFFIRMED:
                yield one
