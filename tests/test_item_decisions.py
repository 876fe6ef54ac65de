"""What a person says of an item: heeded by the rules, dated, replayed, and taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import (
    AFTER_ALL,
    affirmed,
    against,
    criterion,
    day,
    denied,
    forecast,
    item,
    moment,
    remember,
    report,
    reprint,
)
from command import run
from hypothesis import given
from hypothesis import strategies as st

from tracker.check import judge
from tracker.concepts import load_concepts
from tracker.inspection import explain, inspect
from tracker.item_decisions import with_decisions
from tracker.model import Assertion, Evidence, Item, ItemDecision, Poll, Role, Status
from tracker.resolve import Findings, resolve
from tracker.store import Store, open_store

CONCEPTS = load_concepts()
MEETING = criterion(topic="freedonia AND sylvania", event="envoy NEAR/8 meet", against="envoy NEAR/4 expel")


def word(about: Evidence | Item, counts: bool | None, *, on: int = 20, **other: Any) -> ItemDecision:  # noqa: ANN401
    key = about.key if isinstance(about, Item) else about.item.key
    return ItemDecision("envoys-meet", key, counts, "I read it.", "Ana", moment(on), **other)


def heeded(evidence: list[Evidence], *words: ItemDecision, items: tuple[Item, ...] = ()) -> Findings:
    known = {one.key: one for one in (*items, *(one.item for one in evidence))}
    return with_decisions(Findings(tuple(evidence)), words, known)


def status(found: Findings) -> Status:
    return resolve(forecast(MEETING), found, day(AFTER_ALL)).status


def test_without_a_word_nothing_changes() -> None:
    reports = [affirmed("A", 4), denied("B", 5)]
    found = heeded(reports)
    assert (set(found.evidence), found.set_aside, found.decisions) == (set(reports), (), ())


def test_a_report_that_does_not_count_is_no_evidence() -> None:
    reports = [affirmed("A", 4), affirmed("B", 5)]
    assert status(heeded(reports)) is Status.CONFIRMED
    found = heeded(reports, word(reports[1], False))
    assert found.evidence == (reports[0],)
    (aside,) = found.set_aside
    assert (aside.item, aside.reason, aside.decided_by) == (
        reports[1].item,
        "Ana says it does not count: I read it",
        "Ana",
    )
    verdict = resolve(forecast(MEETING), found, day(AFTER_ALL))
    assert (verdict.status, verdict.set_aside) == (Status.PENDING, found.set_aside)


def test_a_reprint_does_not_step_in_for_a_report_that_does_not_count() -> None:
    first = affirmed("A", 4)
    again = reprint(first, 5)
    for ruled_out in (first, again):
        found = heeded([first, again, affirmed("B", 5)], word(ruled_out, False))
        assert [one.origin for one in found.evidence] == ["B"]
        assert len(found.set_aside) == 2


def test_a_report_that_counts_states_it_as_a_fact() -> None:
    hedged = report("B", 5, Assertion.HEDGED)
    assert status(heeded([affirmed("A", 4), hedged])) is Status.PENDING
    found = heeded([affirmed("A", 4), hedged], word(hedged, True))
    told = found.evidence[1]
    assert (told.assertion, told.reason, told.event_day) == (
        Assertion.AFFIRMED,
        "Ana says it counts: I read it",
        hedged.event_day,
    )
    assert status(found) is Status.CONFIRMED


def test_a_report_of_what_speaks_against_it_counts_as_that() -> None:
    expelled = replace(against("B", 5), assertion=Assertion.HEDGED)
    (told,) = heeded([expelled], word(expelled, True)).evidence
    assert (told.role, told.assertion) == (Role.AGAINST, Assertion.AFFIRMED)


def test_an_item_of_both_roles_counts_as_the_event() -> None:
    one = denied("B", 5)
    both = [one, replace(one, role=Role.AGAINST, assertion=Assertion.AFFIRMED)]
    (told,) = heeded(both, word(one, True)).evidence
    assert (told.role, told.assertion) == (Role.EVENT, Assertion.AFFIRMED)


DATES = {
    "publication": ("Sylvania hosts Freedonia", "", 9, 9),
    "what the text says": ("Freedonia and Sylvania sat down on 3 September", "", 9, 3),
    "what the summary says, without a title": ("", "Freedonia and Sylvania sat down on 3 September.", 9, 3),
}


@pytest.mark.parametrize("case", DATES)
def test_an_unmatched_item_that_counts_is_dated_by(case: str) -> None:
    title, summary, on, of = DATES[case]
    near = item(title, summary, on=on, source="c.org")
    (told,) = heeded([], word(near, True), items=(near,)).evidence
    assert (told.item, told.event_day, told.assertion, told.role) == (near, day(of), Assertion.AFFIRMED, Role.EVENT)
    assert told.matched == ""


def test_an_item_that_nobody_stored_is_no_evidence() -> None:
    assert heeded([], word(item(), True)).evidence == ()


def test_what_is_still_ahead_settles_nothing_whoever_says_that_it_counts() -> None:
    ahead = [
        item(f"Freedonia and Sylvania sit down on 25 September in {town}", on=9, source=f"{town}.org") for town in "PQ"
    ]
    assert status(heeded([], *(word(one, True) for one in ahead), items=tuple(ahead))) is Status.PENDING


REPORTS = [
    affirmed("A", 4),
    denied("B", 5),
    against("C", 6),
    report("D", 7, Assertion.HEDGED),
    reprint(affirmed("A", 4), 5),
]


@given(
    evidence=st.lists(st.sampled_from(REPORTS), unique_by=lambda one: one.item.key),
    words=st.lists(st.tuples(st.sampled_from(REPORTS), st.booleans()), unique_by=lambda pair: pair[0].item.key),
)
def test_whatever_is_said_no_report_is_lost_and_none_counts_that_does_not(
    evidence: list[Evidence], words: list[tuple[Evidence, bool]]
) -> None:
    found = heeded(evidence, *(word(one, counts) for one, counts in words))
    keys = {one.item.key for one in evidence}
    assert {one.item.key for one in (*found.evidence, *found.set_aside)} >= keys
    assert not {one.item.key for one in found.evidence} & {one.item.key for one, counts in words if not counts}
    assert {one.item.key for one in found.set_aside} <= keys
    counted = [one for one in found.evidence if one.decided_by]
    assert all(one.assertion is Assertion.AFFIRMED for one in counted)


# Through a real database: conditions, near misses, the day on which a word was given.


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as opened:
        yield opened


def save(store: Store, *items: Item) -> None:
    for feed in dict.fromkeys(one.feed for one in items):
        mine = tuple(one for one in items if one.feed == feed)
        remember(store, Poll(feed, moment(AFTER_ALL), items=mine, archive=True))


MET = [
    item("Envoys of Freedonia and Sylvania met", on=5, source="a.org"),
    item("Sylvania: envoys meet in Freedonia", on=5, source="b.org"),
]
ROOM = item("Freedonia and Sylvania: a room for envoys to have meetings", on=10, source="a.org")
WEATHER = [
    item(f"Freedonia and Sylvania: weather of day {number}", on=number, source=source)
    for number in range(-40, 50)
    for source in ("a.org", "b.org", "c.org", "d.org")
]
NEARLY = replace(MEETING, event='"envoys meet"', audible=True)
TRUCE = criterion(claim="They agree on a truce.", topic="freedonia AND sylvania", event="truce NEAR/4 agree")


def test_a_near_miss_that_does_not_count_is_shown_no_more_and_no_longer_weakens_a_silence(store: Store) -> None:
    save(store, *WEATHER, ROOM)
    about = forecast(NEARLY)
    before = inspect(store, about, CONCEPTS, day(AFTER_ALL))
    assert before.verdict.near_misses == (ROOM,)
    words = {about.id: (word(ROOM, False),)}
    after = inspect(store, about, CONCEPTS, day(AFTER_ALL), words)
    assert [after.verdict] == judge(store, [about], CONCEPTS, day(AFTER_ALL), words)
    assert after.found.near_misses == after.verdict.near_misses == ()


def test_a_report_that_does_not_count_is_no_near_miss_either(store: Store) -> None:
    meet = item("Envoys meet: Freedonia, Sylvania have an envoys' meeting", on=5, source="a.org")
    save(store, *WEATHER, meet)
    about = forecast(NEARLY)
    after = inspect(store, about, CONCEPTS, day(AFTER_ALL), {about.id: (word(meet, False),)})
    assert after.found.near_misses == ()
    assert [one.item for one in after.found.set_aside] == [meet]


KIND = replace(NEARLY, kind="sit NEAR/2 down")
SAT = item("Freedonia, Sylvania: the two sat down in a palace on the shore of the lake", on=9, source="a.org")
AGAIN = replace(SAT, key="again", source="b.org", day=day(10), published=moment(10), feed="https://b.org/feed")
RESTED = item("In Sylvania the men of Freedonia sit down on a bench", on=12, source="c.org")


def test_a_report_of_such_an_event_is_waited_for_until_a_person_says_that_it_does_not_count(store: Store) -> None:
    save(store, *WEATHER, SAT, AGAIN, RESTED)
    about = forecast(KIND)
    words: dict[str, tuple[ItemDecision, ...]] = {about.id: ()}
    rules = []
    for decided in ((), (word(AGAIN, False),), (word(AGAIN, False), word(RESTED, False))):
        words[about.id] = decided
        inspection = inspect(store, about, CONCEPTS, day(AFTER_ALL), words)
        assert [inspection.verdict] == judge(store, [about], CONCEPTS, day(AFTER_ALL), words)
        assert inspection.verdict.near_misses == tuple(one.item for one in inspection.found.similar)
        rules.append((inspection.verdict.rule, [one.item for one in inspection.found.similar]))
    # A reprint of what does not count does not step in for it, nor does the first text for the reprint.
    assert rules == [("not covered", [SAT, RESTED]), ("not covered", [RESTED]), ("absence", [])]
    before = judge(store, [about], CONCEPTS, day(12), words)
    assert [one.rule for one in before] == ["open"]


def test_a_report_of_such_an_event_that_counts_is_a_report_of_the_event(store: Store) -> None:
    save(store, *WEATHER, SAT)
    about = forecast(replace(KIND, sources=1))
    (verdict,) = judge(store, [about], CONCEPTS, day(AFTER_ALL), {about.id: (word(SAT, True),)})
    assert (verdict.status, [one.item for one in verdict.evidence]) == (Status.CONFIRMED, [SAT])


def test_of_a_condition_it_is_the_word_on_the_condition_that_is_waited_for(store: Store) -> None:
    save(store, *WEATHER, SAT)
    about = forecast(NEARLY, condition=replace(TRUCE, kind="sit NEAR/2 down", audible=True))
    rules = {}
    for condition in (None, False, True):
        words = {} if condition is None else {about.id: (word(SAT, False, condition=condition),)}
        (verdict,) = judge(store, [about], CONCEPTS, day(AFTER_ALL), words)
        rules[condition] = (verdict.status, verdict.near_misses)
    assert rules == {
        None: (Status.PENDING, (SAT,)),
        False: (Status.PENDING, (SAT,)),
        True: (Status.VOID, ()),
    }


def test_a_word_on_a_condition_leaves_the_claim_alone(store: Store) -> None:
    signed = [
        item(f"{town} sees Freedonia and Sylvania sign", on=3, source=f"{town.lower()}.org")
        for town in ("Rome", "Oslo")
    ]
    save(store, *MET, *signed)
    about = forecast(MEETING, condition=TRUCE)
    on_condition = {about.id: tuple(word(one, True, condition=True) for one in signed)}
    on_claim = {about.id: tuple(word(one, True) for one in signed)}
    (verdict,) = judge(store, [about], CONCEPTS, day(AFTER_ALL), on_condition)
    assert verdict.status is Status.CONFIRMED
    assert {one.item for one in verdict.evidence} == set(MET)
    (verdict,) = judge(store, [about], CONCEPTS, day(AFTER_ALL), on_claim)
    assert (verdict.status, verdict.rule) == (Status.PENDING, "condition")


def test_explain_gives_the_persons_word_as_the_reason(store: Store) -> None:
    save(store, *MET, ROOM)
    about = forecast(NEARLY)
    words = {about.id: (word(MET[0], False), word(ROOM, True))}
    found = inspect(store, about, CONCEPTS, day(AFTER_ALL), words).found
    out = explain(NEARLY, CONCEPTS, MET[0], found, day(AFTER_ALL))
    assert (out.counts, out.objections[0]) == (False, "Ana says it does not count: I read it")
    told = explain(NEARLY, CONCEPTS, ROOM, found, day(AFTER_ALL))
    assert told.counts
    assert told.reports[0].evidence.reason == "Ana says it counts: I read it"


# As a user does it.


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert run(folder, "init", "demo").returncode == 0
    assert run(folder / "demo", "check", "--offline").returncode == 0
    return folder / "demo"


@pytest.fixture
def workspace(checked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(checked, tmp_path / "demo"))


def said(folder: Path, *arguments: str) -> str:
    done = run(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def evidence_of(workspace: Path, *options: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(said(workspace, "show", "talks-resume", "--json", *options))
    return shown


def test_a_word_on_an_item_is_written_judged_by_shown_and_withdrawn(workspace: Path) -> None:
    before = evidence_of(workspace)
    assert before["status"] == "confirmed"
    keys = [one["key"] for one in before["verdict"]["evidence"]]
    for key in keys[:-1]:
        told = said(
            workspace, "decide", "talks-resume", "does-not-count", "--item", key, "--why", "Of 2024.", "--by", "Ana"
        )
    assert "does not count for talks-resume-in-march, by Ana (written to data/decisions.jsonl)" in told
    assert "talks-resume-in-march is pending by it: " in told
    assert "… pending" in said(workspace, "list")
    page = said(workspace, "show", "talks-resume")
    assert "Reports that a person says do not count" in page
    assert "Ana says it does not count: Of 2024" in page
    assert f"Ana: item {keys[0]} does not count, Of 2024." in page
    assert "Ana says it does not count: Of 2024" in said(workspace, "explain", "talks-resume", keys[0])
    for key in keys[:-1]:
        said(workspace, "decide", "talks-resume", "withdraw", "--item", key, "--why", "It is of 2025.", "--by", "Ana")
    assert evidence_of(workspace)["verdict"] == before["verdict"]


def test_a_word_is_not_heeded_before_the_day_on_which_it_was_given(workspace: Path) -> None:
    before = evidence_of(workspace, "--as-of", "2025-05-01")
    checked = said(workspace, "check", "--as-of", "2025-05-01", "--offline", "--json")
    for one in before["verdict"]["evidence"]:
        said(
            workspace, "decide", "talks-resume", "does-not-count", "--item", one["link"], "--why", "No.", "--by", "Ana"
        )
    assert evidence_of(workspace)["status"] == "pending"
    assert evidence_of(workspace, "--as-of", "2025-05-01") == before
    assert said(workspace, "check", "--as-of", "2025-05-01", "--offline", "--json") == checked


def test_deleting_the_database_loses_no_word(workspace: Path) -> None:
    for one in evidence_of(workspace)["verdict"]["evidence"]:
        said(workspace, "decide", "talks-resume", "does-not-count", "--item", one["key"], "--why", "No.", "--by", "Ana")
    after = evidence_of(workspace)
    for path in (workspace / "data").glob("tracker.sqlite*"):
        path.unlink()
    said(workspace, "check", "--offline")
    assert evidence_of(workspace) == after


def test_a_report_of_the_kind_is_shown_explained_and_reviewed_before_silence_counts(workspace: Path) -> None:
    name = "strike-before-easter"
    assert "✘ refuted" in said(workspace, "show", name)
    assert run(workspace, "edit", name, "--kind", "resume OR strike").returncode == 0
    shown = json.loads(said(workspace, "show", name, "--json"))
    assert (shown["status"], shown["criterion"]["kind"]) == ("pending", "resume OR strike")
    (near,) = shown["near_misses"]
    assert near["title"] == "Talks resume at Westhaven port after four weeks"
    page = said(workspace, "show", name)
    assert "kind        resume OR strike" in page
    assert "Missing: 1 report tells of such an event in other words" in page
    why = json.loads(said(workspace, "explain", name, near["key"], "--json"))
    assert [one["name"] for one in why["criteria"][0]["queries"]][-1] == "kind"
    assert "silence would not count until a person says whether this does" in str(why)
    assert "… pending  strike-before-easter" in said(workspace, "check", "--offline")
    assert "say of the 1 item that came near the claim whether they count" in said(workspace, "review")
    word = ("does-not-count", "--item", near["key"], "--why", "Of talks.", "--by", "Ana")
    assert f"{name} is refuted by it" in said(workspace, "decide", name, *word)


REFUSED = {
    "a status of a forecast": (("confirmed", "--item", "KEY"), "--item is decided by counts, does-not-count, withdraw"),
    "counts without an item": (("counts",), "decided by confirmed, refuted, pending, void, withdraw"),
    "an item that is not stored": (("counts", "--item", "none"), "no item “none”"),
    "nothing to withdraw": (("withdraw", "--item", "KEY"), "nobody has decided on item"),
    "no such condition": (("counts", "--item", "KEY", "--condition"), "talks-resume-in-march has no condition"),
    "a condition without an item": (("void", "--condition"), "--condition says for what --item counts"),
    "a day for an item": (("counts", "--item", "KEY", "--on", "2025-03-20"), "an item is dated by its own words"),
    "no name": (("counts", "--item", "KEY", "--by", " "), "nobody is named"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_decided_is_refused_and_not_written(checked: Path, case: str) -> None:
    arguments, words = REFUSED[case]
    key = json.loads(said(checked, "search", "Westhaven", "--json"))[0]["key"]
    named = [key if one == "KEY" else one for one in arguments]
    done = run(checked, "decide", "talks-resume", *named, "--why", "So.")
    assert done.returncode == 2
    assert words in done.stderr
    assert not (checked / "data" / "decisions.jsonl").exists()
