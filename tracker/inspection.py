"""Why does a forecast stand as it does, and why did one item count or not? The same pass, looked at closely.

What `check` does in bulk is done here for one forecast, offline, keeping every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.assess import assess
from tracker.errors import NotFoundError
from tracker.evidence import evidence
from tracker.gather import criteria, match_new, watching
from tracker.item_decisions import said
from tracker.judging import Judgement, Judging, OnItems
from tracker.match import Matcher, Queries
from tracker.model import Assertion, Criterion, Evidence, Forecast, Item, Role, Status, Verdict
from tracker.origins import origin
from tracker.query import SUMMARY, ConceptLookup, Document, Match, Program, Query, Reading
from tracker.query.syntax import And, Near
from tracker.resolve import Findings
from tracker.resolve.happened import Reported, is_ahead, original_of
from tracker.store import Store


def inspect(
    store: Store, forecast: Forecast, concepts: ConceptLookup, as_of: date, on_items: OnItems | None = None
) -> Judgement:
    """Judge one forecast as of a day, by what people had said of items, and look closer than the verdict needs.

    The verdict is that of `check`; the findings have coverage and near misses even where it did not ask for them.
    """
    match_new(store, criteria([forecast], concepts))
    judging = Judging(store, concepts, watching(store, [forecast], as_of), as_of, on_items)
    judged, known = judging.judgement(forecast), judging.known_of(forecast)

    def closely(criterion: Criterion, found: Findings) -> Findings:
        return found if found.coverage else known.covered(criterion, found)

    condition = closely(forecast.condition, judged.condition) if forecast.condition and judged.condition else None
    return Judgement(judged.verdict, closely(forecast.criterion, judged.found), condition)


@dataclass(frozen=True, slots=True)
class PartRead:
    """A query of a criterion against an item: the words that matched, by field; None where it did not match.

    Then `lacks` are the parts of the query that the item does not have.
    """

    name: str
    query: str
    matched: tuple[str, ...] | None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRead:
    """A role that an item has: the evidence, the stretch that its cue governs, and the words that credit its origin.

    Either is empty where there is none.
    """

    evidence: Evidence
    governed: str
    credited: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An item against one criterion: each query, the reports that it is (if any), and why it does not count."""

    criterion: Criterion
    parts: tuple[PartRead, ...]
    reports: tuple[ReportRead, ...]
    objections: tuple[str, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the item is evidence of."""
        return tuple(report.evidence for report in self.reports)

    @property
    def counts(self) -> bool:
        """Whether the item helps to settle the criterion."""
        return bool(self.evidence) and not self.objections


def find_item(store: Store, name: str, as_of: date) -> Item:
    """The item of a key, or of a link. NotFoundError if none was published by `as_of`."""
    found = store.item(name, as_of)
    if found is None:
        found = next((item for item in store.items(until=as_of) if item.link == name), None)
    if found is None:
        raise NotFoundError(f"no item “{name}” by {as_of}", mend="tracker search shows keys; a link will do as well")
    return found


def explain(
    criterion: Criterion,
    concepts: ConceptLookup,
    item: Item,
    found: Findings,
    as_of: date,
    *,
    condition: Verdict | None = None,
) -> Explanation:
    """Say why an item does or does not count for a criterion, given all its findings.

    `condition` is the verdict on what must happen first for the criterion to be judged at all, if anything must.
    """
    queries = Queries.of(criterion, concepts)
    program = Program()
    document = Document.of(item)
    named: list[tuple[str, str, Query]] = [
        ("topic", criterion.topic, queries.topic),
        ("event", criterion.event, queries.event),
    ]
    if queries.against is not None:
        named.append(("against", criterion.against, queries.against))
    if queries.kind is not None:
        named.append(("kind", criterion.kind, queries.kind))
    numbers = [program.add(query) for _, _, query in named]
    reading = program.read(document)
    parts = tuple(
        PartRead(name, text, _words(document, reading.matches(number)), tuple(_lacking(program, reading, number)))
        for (name, text, _), number in zip(named, numbers, strict=True)
    )
    told = tuple(evidence(matched) for matched in Matcher({"": queries}).match(item))
    word = next((decision for decision in found.decisions if decision.item == item.key), None)
    if word is not None and word.counts:
        told = tuple(one for one in found.evidence if one.item.key == item.key) or told
    objections = _objections(item, criterion, parts, told, found, as_of, condition)
    if word is not None and not word.counts:
        objections = list(dict.fromkeys([said(word), *objections]))
    return Explanation(criterion, parts, tuple(map(_read, told)), tuple(objections))


def _read(one: Evidence) -> ReportRead:
    item = one.item
    if not one.spans:  # a person's word, not the text's
        return ReportRead(one, "", origin(item).credited)
    judged = assess(item.title, item.summary, one.spans, in_title=one.in_title, published=item.day)
    start, end = judged.scope
    return ReportRead(one, (item.title if one.in_title else item.summary)[start:end], origin(item).credited)


def _lacking(program: Program, reading: Reading, number: int) -> Iterator[str]:
    """The smallest parts that a text must have for a query and does not; alternatives that all fail are one part."""
    query, inner = program.nodes[number], program.inner[number]
    absent = [part for part in inner if not reading.has(part)] if isinstance(query, And | Near) else []
    for part in absent:
        yield from _lacking(program, reading, part)
    if not absent and not reading.has(number):
        yield f"{query}{_why_apart(query)}"


def _why_apart(query: Query) -> str:
    """What keeps two parts that a text has from being near each other; "" for a part that is no nearness."""
    match query:
        case Near(ordered=True):
            return ", which stand further apart or in another order"
        case Near():
            return ", which stand further apart"
        case _:
            return ""


def _words(document: Document, matches: list[Match] | None) -> tuple[str, ...] | None:
    """The words of each way in which a query matched, as they stand."""
    if matches is None:
        return None
    found = []
    for match in matches:
        field, text = ("title", document.title) if match[-1] < SUMMARY else ("summary", document.summary)
        words = [text[start:end] for start, end in document.offsets(match)]
        found.append(f"{field}: {' … '.join(words)}")
    return tuple(dict.fromkeys(found))


def _objections(
    item: Item,
    criterion: Criterion,
    parts: tuple[PartRead, ...],
    told: tuple[Evidence, ...],
    found: Findings,
    as_of: date,
    condition: Verdict | None,
) -> list[str]:
    """Everything that keeps an item from counting, in the order in which it is asked."""
    by_name = {part.name: part for part in parts}
    if not told and by_name["topic"].matched is None:
        return ["it is not on the topic"]
    if not told:
        against = ", nor what speaks against it" if "against" in by_name else ""
        silent = f"it is on the topic, but does not report the event{against}"
        if any(one.item.key == item.key for one in found.similar):
            told_of = "it tells of such an event, so that silence would not count until a person says whether this does"
            return [f"{silent}; {told_of}"]
        return [silent]
    objections = []
    retold = Reported.of(criterion, found.evidence, as_of, None).reports
    window = criterion.window
    if item.day < window.opens:
        objections.append(f"it was published on {item.day}, before the window opens on {window.opens}")
    if item.day > min(criterion.last_report, as_of):
        objections.append(f"it was published on {item.day}, after the last day on which reports count")
    for one in told:
        if one.role is Role.EVENT and one.assertion is not Assertion.AFFIRMED:
            objections.append(f"it does not say that it happened ({one.assertion.value}): {one.reason}")
        again = next((other for other in retold if other.item.key == item.key and other.role is one.role), one)
        if again.event_day != one.event_day:
            objections.append(f"it names no day, and {again.dated_by} are of {again.event_day}: it is of that event")
        if is_ahead(one):
            objections.append(f"it dates the event after itself, on {one.event_day} ({one.dated_by})")
        elif one.role is Role.EVENT and not window.contains(one.event_day):
            objections.append(f"the event is of {one.event_day}, outside the window ({one.dated_by})")
        if condition and condition.event_day and one.event_day < condition.event_day:
            objections.append(f"the event is of {one.event_day}, before the condition was met on {condition.event_day}")
        aside = next(
            (other for other in found.set_aside if other.item.key == item.key and other.role is one.role), None
        )
        if aside is not None:
            objections.append(aside.reason)
        original = original_of(found.evidence, one).item if one in found.evidence else item
        if original.key != item.key:
            objections.append(f"it is a reprint of {original.key}, published on {original.day} by {original.source}")
    if condition and condition.status is not Status.CONFIRMED:
        unmet = "is not settled" if condition.status is Status.PENDING else "was not met"
        objections.append(f"the condition {unmet}: {condition.reason}")
    return list(dict.fromkeys(objections))
