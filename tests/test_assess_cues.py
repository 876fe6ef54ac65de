"""Does every row of the cue tables do what it says, and is none there without a reason?"""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tracker.assess import Assessment, assess
from tracker.assess.cues import LANGUAGES, Cue, Index, Proof, Table, TakenBack, read_table, table
from tracker.assess.judge import assess_with
from tracker.assess.pattern import compile_pattern
from tracker.errors import ConfigError
from tracker.model import Assertion

ROWS = [(language, cue) for language in LANGUAGES for cue in table(language).cues]


def judge(proof: Proof, cues: Table) -> Assessment:
    start = proof.headline.index(proof.target)
    span = (start, start + len(proof.target))
    return assess_with(cues, proof.headline, [span], (0, len(proof.headline)), date(2026, 1, 15))


def without(cues: Table, row: Cue) -> Table:
    rest = tuple(cue for cue in cues.cues if cue is not row)
    return dataclasses.replace(cues, cues=rest, index=Index([cue.pattern for cue in rest]))


@pytest.mark.parametrize(("language", "row"), ROWS, ids=[f"{lang}: {row.pattern.wording}" for lang, row in ROWS])
def test_row_decides_its_hit_and_leaves_its_miss_alone(language: str, row: Cue) -> None:
    cues = table(language)
    hit = judge(row.hit, cues)
    assert hit.assertion is (row.says or Assertion.AFFIRMED), hit.reason
    assert judge(row.hit, without(cues, row)) != hit, "another row already decides this example"
    if row.miss is not None:
        miss = judge(row.miss, cues)
        assert miss.assertion is Assertion.AFFIRMED, miss.reason


SUMMARIES = [(language, row) for language in LANGUAGES for row in table(language).taken_back]


@pytest.mark.parametrize(("language", "row"), SUMMARIES, ids=[row.pattern.wording for _, row in SUMMARIES])
def test_wording_of_a_summary_takes_its_title_back_and_its_miss_does_not(language: str, row: TakenBack) -> None:
    title = {"en": "Baku recalls ambassador", "ru": "Баку отозвал посла"}[language]
    span = (5, len(title))
    assert assess(title, row.hit, [span], in_title=True).assertion is Assertion.HEDGED
    assert assess(title, row.miss, [span], in_title=True).assertion is Assertion.AFFIRMED


HEAD = """
stops_at: [but]
comma_continues: =that
question_words: =what
answers_no: =no
deeds: []
done: =met
months: []
taken_back: []
roles: =aide
outsiders: =rival
roles_follow: true
role_links: =to
says: =says
answers: [=hails]
elsewhere: [while]
"""
ROW = (
    "{cue: deny, says: denied, hit: Iran denies coup, target: coup, miss: 'Iran denies it, coup on', miss_target: coup}"
)

BROKEN = {
    "unknown key of the table": (f"{HEAD}\nextra: 1\ncues: []\npseudo: []", "unknown key 'extra'"),
    "unknown key of a row": (f"{HEAD}\ncues: [{ROW[:-1]}, colour: red}}]\npseudo: []", "unknown key 'colour'"),
    "unknown class": (f"{HEAD}\ncues: [{ROW.replace('denied,', 'doubted,')}]\npseudo: []", "'doubted' is not"),
    "unknown direction": (f"{HEAD}\ncues: [{ROW[:-1]}, looks: up}}]\npseudo: []", "'up' is not"),
    "reach of nothing": (f"{HEAD}\ncues: [{ROW[:-1]}, within: 0}}]\npseudo: []", "within is 0"),
    "no proof": (f"{HEAD}\ncues: [{{cue: deny, says: denied}}]\npseudo: []", "is missing"),
    "target not in its example": (
        f"{HEAD}\ncues: [{ROW.replace(', target: coup', ', target: talks')}]\npseudo: []",
        "talks",
    ),
    "notation that means nothing": (f"{HEAD}\ncues: [{ROW.replace('cue: deny', 'cue: de+ny')}]\npseudo: []", "de+ny"),
    "cue of context alone": (
        f"{HEAD}\ncues: [{ROW.replace('cue: deny', 'cue: (deny)')}]\npseudo: []",
        "word of its own",
    ),
    "table without pseudo-cues": (f"{HEAD}\ncues: []", "'pseudo' is missing"),
}


@pytest.mark.parametrize(("text", "complaint"), BROKEN.values(), ids=BROKEN)
def test_broken_table_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=r"cues\.test\.yaml") as caught:
        read_table(text, "cues.test.yaml")
    assert complaint in str(caught.value)


def test_sound_table_is_read() -> None:
    assert len(read_table(f"{HEAD}\ncues: [{ROW}]\npseudo: []", "cues.test.yaml").cues) == 1


def test_gap_at_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        compile_pattern("call ..")
