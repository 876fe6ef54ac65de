"""Does every row of the extraction's tables do what its example says?"""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from tracker.errors import ConfigError
from tracker.extract import ArticleText, extract
from tracker.extract.article import Span
from tracker.extract.cues import Row, read_clauses, read_table, table
from tracker.extract.forecast import why_not
from tracker.extract.future import markers
from tracker.extract.speakers import segments
from tracker.extract.statements import statements
from tracker.likelihood import read_likelihood
from tracker.windows import find_windows

LANGUAGES = ("en", "ru")
DAY = date(2026, 1, 15)


def rows(part: str) -> list[tuple[str, Row]]:
    return [(language, row) for language in LANGUAGES for row in getattr(table(language), part).rows]


def name(case: tuple[str, Row]) -> str:
    return f"{case[0]}: {case[1].pattern.wording[:60]}"


@pytest.mark.parametrize("case", rows("future"), ids=name)
def test_a_word_of_the_future_is_found_in_its_example(case: tuple[str, Row]) -> None:
    language, row = case
    clauses = read_clauses(row.hit, Span(0, len(row.hit)))
    hits = table(language).future.find(clauses)
    assert row in [hit.row for hit in hits]
    found = statements(clauses, table(language), markers(clauses, table(language), reported=True))
    assert row.likelihood in [statement.marker.likelihood for statement in found]
    read_likelihood(row.likelihood)


@pytest.mark.parametrize("case", [case for case in rows("future") if case[1].timed], ids=name)
def test_what_counts_only_with_a_time_is_no_forecast_without_one(case: tuple[str, Row]) -> None:
    language, row = case
    timeless = row.hit
    for time in reversed(find_windows(row.hit, DAY, language)):
        timeless = timeless[: time.start] + timeless[time.end :]
    assert timeless != row.hit
    (proposal,) = extract(ArticleText(row.hit, DAY)).proposals
    assert not proposal.window.is_default
    assert extract(ArticleText(timeless, DAY)).proposals == ()


@pytest.mark.parametrize("case", rows("adverbs"), ids=name)
def test_an_adverb_qualifies_its_example(case: tuple[str, Row]) -> None:
    language, row = case
    clauses = read_clauses(row.hit, Span(0, len(row.hit)))
    found = statements(clauses, table(language), markers(clauses, table(language), reported=False))
    assert [[adverb.row for adverb in statement.adverbs] for statement in found] == [[row]]
    read_likelihood(row.likelihood)


@pytest.mark.parametrize("case", rows("not_forecasts"), ids=name)
def test_what_is_no_forecast_is_refused_for_the_reason_of_its_row(case: tuple[str, Row]) -> None:
    language, row = case
    clauses = read_clauses(row.hit, Span(0, len(row.hit)))
    found = table(language).not_forecasts.find(clauses)
    assert row in [hit.row for hit in found]
    assert extract(ArticleText(row.hit, DAY)).proposals == ()
    made = statements(clauses, table(language), markers(clauses, table(language), reported=True))
    assert not made or why_not(clauses, made[0], table(language)) is not None


@pytest.mark.parametrize("case", [case for case in rows("conditions") if case[1].idle], ids=name)
def test_what_only_looks_like_a_condition_is_none(case: tuple[str, Row]) -> None:
    _, row = case
    assert row.pattern.match(read_clauses(row.hit, Span(0, len(row.hit))), 0) is not None
    (proposal,) = extract(ArticleText(row.hit, DAY)).proposals
    assert proposal.condition == ""


@pytest.mark.parametrize("case", rows("replies"), ids=name)
def test_a_reply_of_the_table_answers_whether_it_will_be(case: tuple[str, Row]) -> None:
    language, row = case
    asked = "Will the truce hold until May?" if language == "en" else "Продержится ли перемирие до мая?"
    (proposal,) = extract(ArticleText(f"{asked}\n{row.hit}", DAY)).proposals
    assert proposal.sentence == row.hit
    assert proposal.likelihood.probability == read_likelihood(row.likelihood).probability
    assert str(proposal.window.phrase) != "within 12 months"


@pytest.mark.parametrize("case", [case for case in rows("conditions") if not case[1].idle], ids=name)
def test_a_condition_is_told_apart_from_the_claim(case: tuple[str, Row]) -> None:
    _, row = case
    (proposal,) = extract(ArticleText(row.hit, DAY)).proposals
    assert proposal.condition
    assert row.hit.startswith(proposal.condition)
    assert "," not in proposal.condition
    assert proposal.condition not in proposal.claim or row.phrase


@pytest.mark.parametrize("case", [*rows("says"), *rows("sources"), *rows("views")], ids=name)
def test_words_are_laid_to_the_speaker_of_the_example(case: tuple[str, Row]) -> None:
    language, row = case
    assert segments(ArticleText(row.hit, DAY), table(language))[-1].speaker == row.who


@pytest.mark.parametrize("case", rows("interviews"), ids=name)
def test_an_interview_is_with_whom_the_example_introduces(case: tuple[str, Row]) -> None:
    language, row = case
    text = f"{row.hit}\n— Что будет?\n— Мир наступит.\n— А потом?\n— Peace will come."
    assert segments(ArticleText(text, DAY), table(language))[-1].speaker == row.who


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("governs: verb, hit", "governs: noun, hit", "noun"),
        ("likelihood: will,", "likelihod: will,", "unknown key 'likelihod'"),
        ('cue: "=will|shall|', 'cue: "=wi!ll|shall|', "is not a word of the notation"),
        ("why: question,", "why: nonsense,", "NONSENSE"),
    ],
)
def test_a_broken_table_is_refused(old: str, new: str, says: str) -> None:
    text = files("tracker.extract").joinpath("cues.en.yaml").read_text("utf-8")
    assert old in text
    with pytest.raises(ConfigError, match=says):
        read_table(text.replace(old, new, 1), "cues.en.yaml")
