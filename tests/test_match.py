"""Which items does a criterion concern? The index finds what reading every query finds, and marks the right words."""

from __future__ import annotations

import pytest
from builders import criterion, item
from hypothesis import given
from hypothesis import strategies as st
from test_query import QUERIES, TEXTS, concepts

from tracker.errors import QueryError
from tracker.match import Matcher, Queries
from tracker.model import Criterion, Item, Role
from tracker.query import Document, Program, Query, parse
from tracker.query.syntax import And
from tracker.text import index_terms

EVENT, AGAINST = Role.EVENT, Role.AGAINST


def queries(about: Criterion) -> Queries:
    return Queries.of(about, concepts)


ENVOYS = queries(criterion(topic="russia AND baku", event="envoy NEAR/3 recall", against="envoy NEAR/3 return"))
ROLES = {
    "topic and event": ("Russia and Baku recall envoys", "", [EVENT]),
    "topic and against": ("Envoys of Russia return to Baku", "", [AGAINST]),
    "both": ("Russia recalls its envoy, Baku's envoy returns", "", [EVENT, AGAINST]),
    "the topic in the summary": ("Envoys recalled", "Russia and Baku confirm.", [EVENT]),
    "the event without the topic": ("Envoys recalled", "Russia confirms.", []),
    "the topic without the event": ("Russia and Baku trade", "", []),
    "neither": ("Weather", "", []),
    "no text at all": ("", "", []),
}


@pytest.mark.parametrize("case", ROLES)
def test_which_roles_an_item_has(case: str) -> None:
    title, summary, roles = ROLES[case]
    found = Matcher({"envoys": ENVOYS}).match(item(title, summary))
    assert [(one.criterion, one.role) for one in found] == [("envoys", role) for role in roles]


WORDS = {
    "the words of the event, not those of the topic": ("Russia and Baku recall envoys", "", "recall envoys", True),
    "words apart, with a sign between": ("Russia recalls its envoy from Baku", "", "recalls … envoy", True),
    "in the title rather than the summary": (
        "Russia recalls a Baku envoy",
        "Envoys recalled at dawn.",
        "recalls … envoy",
        True,
    ),
    "in the summary when the title has none": ("Russia and Baku", "They recall all envoys.", "recall … envoys", False),
    "the closest words": ("Russia: envoy not yet recalled, Baku recalls envoy", "", "recalls envoy", True),
    "as they stand in the text": ("RUSSIA RECALLS BAKU ENVOY", "", "RECALLS … ENVOY", True),
}


@pytest.mark.parametrize("case", WORDS)
def test_which_words_matched(case: str) -> None:
    title, summary, words, in_title = WORDS[case]
    (found,) = Matcher({"envoys": ENVOYS}).match(item(title, summary))
    assert (found.words, found.in_title) == (words, in_title)


# An event of several parts is told by all of them: "Microsoft" alone would be a statement about nothing.
PARTS = {
    "all parts in the title": ("Microsoft abandons Activision deal", "", "Microsoft abandons … deal"),
    "all in the summary too": (
        "Microsoft news",
        "It may abandon the deal, Microsoft says.",
        "abandon … deal … Microsoft",
    ),
    "more of them in the summary": ("Microsoft news", "It may abandon the deal.", "abandon … deal"),
    "what must be absent has no words": ("Microsoft abandons a deal", "", "Microsoft abandons … deal"),
    "either of two ways": ("Sony abandons games deal", "", "Sony abandons … deal"),
}


@pytest.mark.parametrize("case", PARTS)
def test_an_event_of_several_parts_is_told_by_all_of_them(case: str) -> None:
    title, summary, words = PARTS[case]
    event = "microsoft AND abandon NEAR/4 deal AND NOT sony OR sony AND abandon NEAR/4 deal"
    (found,) = Matcher({"deal": queries(criterion(topic="deal", event=event))}).match(item(title, summary))
    assert found.words == words


def test_the_words_of_a_concept_and_of_a_number_are_marked_too() -> None:
    oil = queries(criterion(topic="brent", event="brent NEAR/8 #>=100USD"))
    (found,) = Matcher({"oil": oil}).match(item("Brent jumps to $119 a barrel"))
    assert found.words == "Brent … 119"
    shells = queries(criterion(topic="kyiv", event="@strike"))
    (found,) = Matcher({"shells": shells}).match(item("Kyiv shelled at night"))
    assert found.words == "shelled"


def test_criteria_come_in_the_order_in_which_they_were_given() -> None:
    given = {name: queries(criterion(topic=word, event="envoy")) for name, word in [("z", "last"), ("a", "first")]}
    common = [item("Envoy", on=number) for number in range(1, 4)]
    found = Matcher(given, common).match(item("First and last envoy"))
    assert [one.criterion for one in found] == ["z", "a"]


def test_equal_queries_have_one_fingerprint_and_others_another() -> None:
    about = criterion(topic="russia", event="envoy  OR recall")
    same = criterion(topic="russia", event="(envoy OR recall)", claim="Another claim.", sources=3)
    assert queries(about).fingerprint == queries(same).fingerprint
    others = [
        criterion(topic="russia", event="envoy AND recall"),
        criterion(topic="envoy OR recall", event="russia"),
        criterion(topic="russia", event="envoy OR recall", against="envoy"),
    ]
    assert len({queries(one).fingerprint for one in [about, *others]}) == 4


def test_a_concept_that_was_edited_changes_the_fingerprint() -> None:
    about = criterion(topic="@russia", event="envoy")
    edited = Queries.of(about, lambda name: type(concepts(name))(name, parse("moscow", concepts), None))
    assert queries(about).fingerprint != edited.fingerprint


def test_a_query_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(QueryError, match="never closed"):
        queries(criterion(event="(envoy"))


ITEMS = st.builds(
    lambda title, summary, language: item(title, summary, language=language),
    TEXTS,
    TEXTS,
    st.sampled_from(["en", "ru"]),
)
CRITERIA = st.dictionaries(
    st.sampled_from("abcdef"), st.builds(Queries, QUERIES, QUERIES, st.none() | QUERIES), max_size=4
)


def has(query: Query, of: Item) -> bool:
    """Whether an item matches a query, read by itself."""
    program = Program()
    number = program.add(query)
    return program.read(Document.of(of)).matches(number) is not None


@given(CRITERIA, ITEMS, st.lists(ITEMS, max_size=3))
def test_the_index_finds_exactly_what_reading_every_query_finds(
    criteria: dict[str, Queries], of: Item, sample: list[Item]
) -> None:
    naive = [
        (name, role)
        for name, each in criteria.items()
        for role, query in [(EVENT, each.event), (AGAINST, each.against)]
        if query is not None and has(And((each.topic, query)), of)
    ]
    assert [(one.criterion, one.role) for one in Matcher(criteria, sample).match(of)] == naive


@given(CRITERIA, ITEMS)
def test_what_the_matcher_finds_the_stores_index_finds_first(criteria: dict[str, Queries], of: Item) -> None:
    terms = index_terms(f"{of.title}\n{of.summary}")
    for one in Matcher(criteria).match(of):
        for clause in criteria[one.criterion].clauses(one.role):
            assert any(
                any(term.startswith(each[:-1]) for term in terms) if each.endswith("*") else each in terms
                for each in clause
            )


@given(CRITERIA, ITEMS)
def test_spans_lie_in_order_inside_their_field(criteria: dict[str, Queries], of: Item) -> None:
    for one in Matcher(criteria).match(of):
        text = of.title if one.in_title else of.summary
        assert list(one.spans) == sorted(set(one.spans))
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
        assert all(piece in text for piece in one.words.split(" … "))
