"""Are sentences, paragraphs and quotations cut where a reader would cut them?"""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extract import ArticleText, extract
from tracker.extract.article import Span, paragraphs
from tracker.extract.quotation import is_speech, quoted_parts
from tracker.extract.sentences import sentences
from tracker.text.language import language_of

SENTENCES = {
    "titles and initials": ["Mr. Aliyev met J. R. Smith in St. Louis.", "They talked."],
    "hours and countries": ["At 5 p.m. on Friday the U.S. Senate voted.", "It failed."],
    "numbers": ["Prices rose 3.5% to $1.2 million in No. 5.", "Then they fell."],
    "a question inside": ["“Will it hold?” asked Izvestia.", "“It will.”"],
    "an exclamation inside": ["«Это конец!» — сказал он.", "Зал молчал."],
    "Russian initials": ["По словам И. И. Петрова, договор подпишут.", "Срок не назван."],
    "Russian abbreviations": ["Доходы в 5 млн руб. потеряны, т. е. ушли.", "Им. Ленина завод закрыт."],
    "an ellipsis that goes on": ["Some think… they are right.", "Others do not…", "Who knows?"],
    "closing marks": ["“He said (quietly) that it will.”", "(It did.)", "So it ends."],
    "a dash of speech": ["— Что будет?", "— Ничего."],
    "marks in a row": ["What?!", "No…", "Yes."],
    "notes": ["It will rise.[3]", "Then it falls."],
}


@pytest.mark.parametrize("expected", SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences_end_where_they_should(expected: list[str]) -> None:
    text = " ".join(expected)
    assert [span.of(text) for span in sentences(text)] == expected


PIECES = st.sampled_from(
    [
        " ",
        " ",
        ". ",
        "? ",
        "… ",
        "\n",
        "\n\n",
        "“",
        "”",
        "«",
        "»",
        '"',
        "(",
        ")",
        " — ",
        "Mr. ",
        "U.S. ",
        "г. ",
        "5.5",
        ", ",
    ]
)
WORDS = st.sampled_from(
    ["Oil", "will", "rise", "said", "John", "Brown", "Нефть", "вырастет", "считает", "Петров", "if", "не"]
)
TEXTS = st.lists(st.one_of(PIECES, WORDS, st.text(max_size=6)), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_joined_by_their_offsets_give_back_the_text(text: str) -> None:
    spans = sentences(text)
    assert all(one.start < one.end for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    gaps, at = [], 0
    for span in spans:
        gaps.append(text[at : span.start])
        at = span.end
    gaps.append(text[at:])
    assert not "".join(gaps).strip()
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_paragraphs_leave_nothing_out(text: str) -> None:
    spans = paragraphs(text)
    assert "".join(re.sub(r"\s", "", span.of(text)) for span in spans) == re.sub(r"\s", "", text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_a_crash_and_quotes_stand_where_they_say(text: str) -> None:
    found = extract(ArticleText(text, date(2026, 1, 15)))
    spans = [(one.start, one.end, one.sentence) for one in found.proposals]
    spans += [(one.start, one.end, one.sentence) for one in found.left_out]
    assert all(text[start:end] == sentence for start, end, sentence in spans)
    for proposal in found.proposals:
        assert proposal.window.reading.window.closes >= date(2026, 1, 15)
        assert 0 <= proposal.likelihood.probability <= 1
        assert proposal.claim.endswith(".")


LONG = [
    "if " * 5000 + "will",
    "will " * 5000,
    "X said " * 3000,
    "Ab. " * 3000,
    "“" * 3000,
    "A, " * 5000 + "said.",
    "— " * 3000,
]


@pytest.mark.parametrize("text", LONG, ids=[text[:7] for text in LONG])
def test_nonsense_without_an_end_takes_no_time(text: str) -> None:
    began = time.process_time()
    assert extract(ArticleText(text, date(2026, 1, 15))).proposals == ()
    assert time.process_time() - began < 30


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_quoted_parts_lie_in_their_paragraph_and_do_not_overlap(text: str) -> None:
    parts = quoted_parts(text, Span(0, len(text)))
    assert all(0 <= part.span.start <= part.span.end <= len(text) for part in parts)
    assert all(one.span.end <= other.span.start for one, other in pairwise(parts))


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The truce will\nhold until the spring, said\nJohn Brown.\n\nNobody else\nbelieves it."
    assert [span.of(text).split()[0] for span in paragraphs(text)] == ["The", "Nobody"]
    text = "One line.\nAnother line.\n\nA third."
    assert len(paragraphs(text)) == 3


def test_the_language_is_that_of_most_letters() -> None:
    assert language_of("Рубль (RUB) упадёт к лету") == "ru"
    assert language_of("The rouble (рубль) will fall") == "en"
    assert language_of("") == "en"


QUOTED = {
    "two of one sentence": ("“No”, he said, “not yet.”", ["No", "not yet."]),
    "Russian": ("«Нет, — сказал он, — не „сейчас“».", ["Нет, — сказал он, — не „сейчас“"]),
    "straight": ('"It will," he said. "Or not."', ["It will,", "Or not."]),
    "one inside another": ("“He said ‘never’ twice.”", ["He said ‘never’ twice."]),
    "begun before": ("and it will rise.”", ["and it will rise."]),
    "goes on": ("“It will rise. And then", ["It will rise. And then"]),
}


@pytest.mark.parametrize(("text", "expected"), QUOTED.values(), ids=QUOTED.keys())
def test_quoted_parts_are_found(text: str, expected: list[str]) -> None:
    assert [part.span.of(text) for part in quoted_parts(text, Span(0, len(text)))] == expected


def test_a_title_in_quotation_marks_is_no_speech() -> None:
    text = "The “Middle Corridor” and “the door of dialogue” matter. “It will rise soon enough.”"
    assert [is_speech(text, part) for part in quoted_parts(text, Span(0, len(text)))] == [False, False, True]
