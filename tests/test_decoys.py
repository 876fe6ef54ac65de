"""Is a forecast left unsettled by what only looks like its event? Invented headlines, from the query to the verdict.

The questions, the decoys by kind and the genuine headlines are in decoys/; how a report is written, in decoys/cases.py.
Here they go the whole way: through the matcher, the evidence and the settling.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from builders import AFTER_ALL, day, forecast, item
from decoys.another_time import ANOTHER_TIME
from decoys.cases import HOUSES, REPORT, YES, Case
from decoys.dates_inside import DATES_INSIDE
from decoys.known_to_fool import KNOWN_TO_FOOL
from decoys.look_alikes import LOOK_ALIKES
from decoys.news import NEWS
from decoys.no_news import NO_NEWS
from decoys.one_of_two_parts import ONE_OF_TWO_PARTS
from decoys.opposite_answers import OPPOSITE_ANSWERS
from decoys.questions import QUESTIONS
from decoys.reprints import REPRINTS
from decoys.still_ahead import STILL_AHEAD
from decoys.unconfirmed import UNCONFIRMED
from decoys.undone import UNDONE

from tracker.concepts import load_concepts
from tracker.evidence import evidence
from tracker.match import Matcher, Queries
from tracker.model import Assertion, Evidence, Role, Verdict
from tracker.resolve import Findings, resolve

KINDS: dict[str, dict[str, Case]] = {
    "a look-alike": LOOK_ALIKES,
    "still ahead": STILL_AHEAD,
    "another time": ANOTHER_TIME,
    "unconfirmed": UNCONFIRMED,
    "undone": UNDONE,
    "one of two parts": ONE_OF_TWO_PARTS,
    "opposite answers": OPPOSITE_ANSWERS,
    "dates inside texts": DATES_INSIDE,
    "no news": NO_NEWS,
    "reprints": REPRINTS,
}
# Kinds whose decoys name the event itself: the query finds them, and what they say of it decides.
FOUND = {"still ahead", "another time", "unconfirmed", "undone", "dates inside texts", "reprints"}


@cache
def matcher() -> Matcher:
    """All questions at once, as a workspace has them."""
    concepts = load_concepts()
    return Matcher({name: Queries.of(asked, concepts) for name, (asked, _) in QUESTIONS.items()})


def findings(reports: tuple[str, ...], question: str) -> tuple[Evidence, ...]:
    """What the reports are to a question."""
    found = []
    for number, report in enumerate(reports):
        told = REPORT.fullmatch(report)
        assert told, report
        source = told["house"] or HOUSES[number]
        language = "ru" if re.search("[А-яё]", told["title"]) else "en"
        news = item(told["title"], told["summary"] or "", on=int(told["day"]), source=source, language=language)
        found += [evidence(matched) for matched in matcher().match(news) if matched.criterion == question]
    return tuple(found)


def verdict(question: str, evidence: tuple[Evidence, ...]) -> Verdict:
    return resolve(forecast(QUESTIONS[question][0]), Findings(evidence), day(AFTER_ALL))


def told(evidence: tuple[Evidence, ...], verdict: Verdict) -> str:
    """The verdict with what each report was taken to say, to be shown when a test fails."""
    lines = (f"{e.assertion} of {e.event_day} by {e.origin} ({e.role}): {e.item.title} [{e.reason}]" for e in evidence)
    return "\n".join([f"{verdict.status}, {verdict.rule}: {verdict.reason}", *lines])


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_answered_by_its_own_reports(question: str) -> None:
    found = findings(QUESTIONS[question][1], question)
    judged = verdict(question, found)
    assert (judged.status, judged.rule) == YES, told(found, judged)


@pytest.mark.parametrize("question", NEWS)
def test_plain_news_counts_however_it_is_worded(question: str) -> None:
    for headline in NEWS[question]:
        found = [one for one in findings((f"9 {headline}",), question) if one.role is Role.EVENT]
        assert [(one.assertion, one.event_day) for one in found] == [(Assertion.AFFIRMED, day(9))], headline


CASES = [
    pytest.param(
        kind,
        name,
        id=f"{kind}: {name}",
        marks=[pytest.mark.xfail(strict=True, reason=KNOWN_TO_FOOL[name])] if name in KNOWN_TO_FOOL else [],
    )
    for kind, cases in KINDS.items()
    for name in cases
]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_decoys_settle_nothing_and_what_only_looks_like_one_does(kind: str, name: str) -> None:
    expectations, reports = KINDS[kind][name]
    for question, expected in expectations.items():
        found = findings(reports, question)
        judged = verdict(question, found)
        assert (judged.status, judged.rule) == expected, told(found, judged)
        assert found or kind not in FOUND, "the query finds none of the reports"


def test_every_known_failure_is_a_case() -> None:
    assert set(KNOWN_TO_FOOL) <= {name for cases in KINDS.values() for name in cases}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_table_worth_its_name(kind: str) -> None:
    assert len(KINDS[kind]) >= 12
