"""Why does a forecast stand as it does, and why did an item count or not? Through a real database, from polls on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import AFTER_ALL, criterion, day, forecast, item, moment, remember

from tracker.check import judge
from tracker.concepts import load_concepts
from tracker.inspection import Explanation, explain, find_item, inspect
from tracker.model import Forecast, Item, Poll
from tracker.resolve import Rule
from tracker.store import Store, open_store

CONCEPTS = load_concepts()
MEETING = criterion(topic="freedonia AND sylvania", event="envoy NEAR/8 meet", against="envoy NEAR/4 expel")
TRUCE = criterion(claim="They agree on a truce.", topic="freedonia AND sylvania", event="truce NEAR/4 agree")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as opened:
        yield opened


def save(store: Store, *items: Item) -> None:
    for feed in dict.fromkeys(one.feed for one in items):
        mine = tuple(one for one in items if one.feed == feed)
        remember(store, Poll(feed, moment(AFTER_ALL), items=mine, archive=True))


MET = {"a.org": "Envoys of Freedonia and Sylvania met", "b.org": "Sylvania: envoys meet in Freedonia"}
AGREED = {"a.org": "Freedonia and Sylvania agreed a truce", "b.org": "Truce agreed, says Sylvania to Freedonia"}
EXPELLED = {"a.org": "Freedonia and Sylvania expel envoys", "b.org": "Envoys expelled from Sylvania by Freedonia"}


def both(titles: dict[str, str], on: int) -> list[Item]:
    """What two houses say in words of their own."""
    return [item(title, on=on, source=source) for source, title in titles.items()]


WEATHER = [
    item(f"Freedonia and Sylvania: weather of day {number}", on=number, source=source)
    for number in range(-40, 50)
    for source in ("a.org", "b.org", "c.org", "d.org")
]
ROOM = item("Freedonia and Sylvania: a room for envoys to have meetings", on=10, source="a.org")
NEARLY = replace(MEETING, event='"envoys meet"', audible=True)
SAT = item("Freedonia and Sylvania sat down by the lake", on=9, source="a.org")
KIND = replace(NEARLY, kind="sit NEAR/2 down")
LASTING = replace(MEETING, lasts=True)
CONDITIONAL = forecast(MEETING, condition=TRUCE)
STANDINGS: dict[str, tuple[Forecast, list[Item], Rule]] = {
    "it happened": (forecast(MEETING), [*WEATHER, *both(MET, 5)], Rule.HAPPENED),
    "it was silent, and watched": (forecast(NEARLY), [*WEATHER, ROOM], Rule.ABSENCE),
    "it was silent, and nobody looked": (forecast(NEARLY), [ROOM], Rule.NOT_COVERED),
    "it was silent, watched, and told otherwise": (forecast(KIND), [*WEATHER, SAT, ROOM], Rule.NOT_COVERED),
    "late reports speak against it": (forecast(LASTING), [*WEATHER, *both(EXPELLED, 30), ROOM], Rule.AGAINST),
    "its condition was met": (
        CONDITIONAL,
        [*WEATHER, *both(AGREED, 4), *both(MET, 9)],
        Rule.HAPPENED,
    ),
    "its condition was not met": (forecast(MEETING, condition=replace(TRUCE, audible=True)), WEATHER, Rule.CONDITION),
    "its condition is unsettled": (CONDITIONAL, both(MET, 9), Rule.CONDITION),
}


@pytest.mark.parametrize("case", STANDINGS)
def test_the_verdict_is_that_of_a_check_in_every_part(store: Store, case: str) -> None:
    about, items, rule = STANDINGS[case]
    save(store, *items)
    for as_of in (3, 12, AFTER_ALL):
        inspection = inspect(store, about, CONCEPTS, day(as_of))
        assert [inspection.verdict] == judge(store, [about], CONCEPTS, day(as_of))
    assert inspection.verdict.rule == rule


def test_coverage_and_near_misses_are_found_whatever_the_verdict_rests_on(store: Store) -> None:
    meet = {"a.org": "Envoys meet: Freedonia, Sylvania", "b.org": "Sylvania and Freedonia hail it as envoys meet"}
    save(store, *WEATHER, ROOM, *both(meet, 5))
    inspection = inspect(store, forecast(NEARLY), CONCEPTS, day(AFTER_ALL))
    assert (inspection.verdict.rule, inspection.verdict.coverage) == (Rule.HAPPENED, None)
    assert inspection.found.near_misses == (ROOM,)
    assert inspection.found.coverage is not None
    assert inspection.found.coverage.watched == 1.0


def explained(store: Store, about: Forecast, of: Item, *, as_of: int = AFTER_ALL) -> Explanation:
    """What is said of an item for the forecast itself."""
    inspection = inspect(store, about, CONCEPTS, day(as_of))
    known = find_item(store, of.key, day(as_of))
    condition = inspection.verdict.condition
    return explain(about.criterion, CONCEPTS, known, inspection.found, day(as_of), condition=condition)


def met(on: int) -> Item:
    return item(MET["a.org"], on=on, source="a.org")


def test_an_item_that_helps_to_settle_it_counts(store: Store) -> None:
    save(store, met(5))
    assert explained(store, forecast(MEETING), met(5)).counts


CONDITIONS = {
    "after it was met": (9, both(AGREED, 4), ""),
    "on the day on which it was met": (4, both(AGREED, 4), ""),
    "before it was met": (3, both(AGREED, 4), "the event is of 2025-09-03, before the condition was met on 2025-09-04"),
    "while it is unsettled": (9, both(AGREED, 4)[:1], "the condition is not settled: "),
    "when it was not met": (9, WEATHER, "the condition was not met: "),
}


@pytest.mark.parametrize("case", CONDITIONS)
def test_an_event_counts_from_the_day_on_which_its_condition_was_met(store: Store, case: str) -> None:
    on, others, objection = CONDITIONS[case]
    save(store, met(on), *others)
    told = explained(store, forecast(MEETING, condition=replace(TRUCE, audible=True)), met(on))
    assert told.counts == (not objection)
    assert [one.startswith(objection) for one in told.objections] == ([True] if objection else [])


LONG = "in Paris and agreed to go on talking about the price of wheat and barley"
SAYS = {
    "in the same words": (f"Envoys of Freedonia and Sylvania met {LONG}", True),
    "the opposite, in nearly the same words": (f"Envoys of Freedonia and Sylvania have not met {LONG}", False),
    "in words of its own": ("Freedonia, Sylvania: envoys meet for an hour", False),
}


@pytest.mark.parametrize("case", SAYS)
def test_a_reprint_says_the_same_in_nearly_the_same_words(store: Store, case: str) -> None:
    title, reprint = SAYS[case]
    first, second = (
        item(f"Envoys of Freedonia and Sylvania met {LONG}", on=5, source="a.org"),
        item(title, on=6, source="b.org"),
    )
    save(store, first, second)
    objections = explained(store, forecast(MEETING), second).objections
    named = f"it is a reprint of {first.key}, published on 2025-09-05 by a.org"
    assert (named in objections) == reprint
    assert explained(store, forecast(MEETING), first).counts


TELLS = {
    "tells of such an event": (
        SAT,
        "it is on the topic, but does not report the event, nor what speaks against it; it tells of such an event,"
        " so that silence would not count until a person says whether this does",
    ),
    "says that it may come": (
        item("Freedonia and Sylvania may sit down", on=9),
        "it is on the topic, but does not report the event, nor what speaks against it",
    ),
    "is of another kind": (
        item("Freedonia and Sylvania sing", on=9),
        "it is on the topic, but does not report the event, nor what speaks against it",
    ),
}


@pytest.mark.parametrize("case", TELLS)
def test_an_item_by_which_silence_does_not_count_says_so(store: Store, case: str) -> None:
    told, objection = TELLS[case]
    save(store, told)
    found = explained(store, forecast(KIND), told)
    assert (found.counts, found.objections) == (False, (objection,))
    (kind,) = (part for part in found.parts if part.name == "kind")
    assert kind.query == "sit NEAR/2 down"
    assert (kind.matched is None) == ("sing" in told.title)
    assert "kind" not in [part.name for part in explained(store, forecast(NEARLY), told).parts]


LACKING = {
    "a word of the topic": ("Freedonia: envoys meet", "topic", ("sylvania",)),
    "both words of the topic": ("Envoys meet", "topic", ("freedonia", "sylvania")),
    "one side of a NEAR": ("Freedonia and Sylvania: envoys part", "event", ("meet",)),
    "words too far apart": (
        "Freedonia and Sylvania send their envoys to a town by the sea where nobody would ever want them to meet",
        "event",
        ("envoy NEAR/8 meet, which stand further apart",),
    ),
    "nothing": ("Freedonia and Sylvania: envoys meet", "event", ()),
}


@pytest.mark.parametrize("case", LACKING)
def test_what_an_item_lacks_for_a_query_is_named(store: Store, case: str) -> None:
    title, name, lacks = LACKING[case]
    save(store, told := item(title, on=5))
    (part,) = (part for part in explained(store, forecast(MEETING), told).parts if part.name == name)
    assert (part.lacks, part.matched is None) == (lacks, bool(lacks))


def test_words_out_of_order_are_named(store: Store) -> None:
    save(store, told := item("Freedonia and Sylvania meet an envoy", on=5))
    ordered = replace(MEETING, event="envoy ONEAR/8 meet")
    (part,) = (part for part in explained(store, forecast(ordered), told).parts if part.name == "event")
    assert part.lacks == ("envoy ONEAR/8 meet, which stand further apart or in another order",)


def test_a_reports_cue_is_shown_with_its_reach_and_its_origin_with_the_credit(store: Store) -> None:
    save(store, told := item("Freedonia and Sylvania: envoys may meet in May, Reuters reports", on=5))
    (report,) = explained(store, forecast(MEETING), told).reports
    assert (report.evidence.cue, report.governed, report.evidence.origin) == ("may", "may meet in May", "Reuters")
    assert report.credited


def test_a_report_of_what_was_known_before_the_opening_says_so(store: Store) -> None:
    again = item("In Freedonia, Sylvania's envoys have met, it is confirmed", on=1, source="c.org")
    save(store, *both(MET, 0), again)
    (objection, *_) = explained(store, forecast(MEETING), again).objections
    assert objection == "it names no day, and reports of before the opening are of 2025-08-31: it is of that event"
