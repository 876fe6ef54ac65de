"""Which words a search engine is asked for, going by a forecast's queries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote_plus

import pytest
from builders import SEPTEMBER
from hypothesis import given
from hypothesis import strategies as st

from tracker.concepts import load_concepts
from tracker.errors import QueryError
from tracker.history.search_words import LANGUAGES, MOST_SEARCHES, SearchWords, search_words
from tracker.model import Criterion

CONCEPTS = load_concepts()


def searches(topic: str, event: str, against: str = "") -> list[SearchWords]:
    return search_words(Criterion("A claim.", topic, event, SEPTEMBER, against), CONCEPTS)


def written(found: Iterable[SearchWords]) -> list[str]:
    return [f"{search.language}: {search}" for search in found]


CASES = {
    "words stand as they are, inflected ones too": ("opec", "cuts", ["en: opec cuts"]),
    "a phrase is quoted": ('"crude oil"', "falls", ['en: "crude oil" falls']),
    "marks are taken off": ("=Baku", "=recalls OR =IPO", ["en: Baku (recalls OR IPO)"]),
    "a stem that is a word is written so": ("opec", "recall*", ["en: opec recall"]),
    "a stem that is none is written as a word that begins with it": (
        "турци*",
        "переговор*",
        ["ru: турции переговоры"],
    ),
    "NOT, numbers and nearness are left out": (
        "opec AND NOT russia",
        "cut NEAR/5 #>=100 OR quota NEAR/3 barrel",
        ["en: opec (cut OR quota)"],
    ),
    "an OR with a part that requires no word requires none": (
        "brent",
        "falls AND (low OR #<60USD)",
        ["en: brent falls"],
    ),
    "each language has its own words": (
        "opec OR опек",
        "cut OR сокращает",
        ["en: opec cut", "ru: опек сокращает"],
    ),
    "a language in which nothing can match is not searched": (
        "opec AND quota",
        "cut OR сокращает",
        ["en: opec quota cut"],
    ),
    "a query for one language is searched in it alone": (
        "(opec OR опек) AND lang:ru",
        "cut OR сокращает",
        ["ru: опек сокращает"],
    ),
    "what the title must say is asked for": ("title:(opec)", "title:(cut)", ["en: opec cut"]),
    "inflections of one word are one": ("opec", "=cut OR =cuts OR cutting", ["en: opec cut"]),
    "a phrase whose word is asked for is not asked for too": ("opec", '"output cut" OR cut', ["en: opec cut"]),
    "what speaks against it is asked for too": (("opec"), "cut", ["en: opec (cut OR rise)"], "rise"),
    "an event that tells no more than its topic asks for the topic": ("opec", "opec NEAR/5 (opec)", ["en: opec"]),
    "the shortest list of an event's parts stands for it": (
        "opec",
        "(cut OR trim OR slash) NEAR/5 output",
        ["en: opec output"],
    ),
    "a word that engines take for an operator is quoted": ("=OR", "flood", ['en: "OR" flood']),
    "quotes in a query cannot break out": ('"a b"', '"c d" OR e', ['en: "a b" ("c d" OR e)']),
}


@pytest.mark.parametrize("case", CASES)
def test_queries_as_searches(case: str) -> None:
    topic, event, expected, *against = CASES[case]
    assert written(searches(str(topic), str(event), *map(str, against))) == expected


def test_concepts_give_their_first_names_and_the_forecast_its_searches() -> None:
    found = searches("@azerbaijan AND @russia", "@recall-ambassador")
    english, russian = (str(search) for search in found)
    assert english.startswith("(azerbaijan OR baku OR azeri OR")
    assert "(russia OR moscow OR kremlin OR" in english
    assert english.endswith("(ambassador OR envoy OR pull)")
    assert russian.startswith("(азербайджана OR баку OR")
    assert russian.endswith("(посол OR посланник)")


def test_a_long_event_is_asked_for_in_a_few_searches_and_all_are_short() -> None:
    for topic, event in (
        ("@azerbaijan AND @russia", "@protest OR @worsen-relations"),
        ("@russia AND @nato", "@sanction"),
    ):
        found = searches(topic, event)
        for language in LANGUAGES:
            assert 1 <= sum(search.language == language for search in found) <= MOST_SEARCHES
        for search in found:
            assert len(words(search)) <= 30
            assert len(quote_plus(str(search))) <= 2000


def words(search: SearchWords) -> list[str]:
    return [word for word in re.findall(r'[^\s()"]+', str(search)) if word != "OR"]


def test_a_long_topic_leaves_room_for_the_event() -> None:
    (found,) = searches(" OR ".join(f"country{number}" for number in range(60)), "ceasefire OR truce")
    assert found.groups[1] == ("ceasefire", "truce")
    assert 4 <= len(found.groups[0]) < 20
    (found,) = searches(" AND ".join(f"(a{n} OR b{n} OR c{n} OR d{n})" for n in range(20)), "ceasefire")
    assert found.groups[-1] == ("ceasefire",)
    assert len(words(found)) <= 30


def test_what_cannot_be_read_is_the_query_s_error() -> None:
    with pytest.raises(QueryError):
        searches("opec AND", "cut")
    with pytest.raises(QueryError):
        searches("@no-such-concept", "cut")


word = st.sampled_from(
    ["opec", "cut*", "=Baku", '"crude oil"', "опек", "сокраща*", "#>=5", "@russia", "lang:en", "=NATO"]
)
query = st.recursive(
    word,
    lambda inner: st.one_of(
        st.builds("({}) OR ({})".format, inner, inner),
        st.builds("({}) AND ({})".format, inner, inner),
        st.builds(
            "({}) NEAR/5 ({})".format, st.sampled_from(["opec", "cut*", "опек"]), st.sampled_from(["oil", "сокраща*"])
        ),
        st.builds("NOT ({})".format, inner),
    ),
    max_leaves=8,
)


@given(topic=query, event=query)
def test_any_query_gives_searches_that_are_short_and_well_formed(topic: str, event: str) -> None:
    try:
        found = searches(topic, event)
    except QueryError:
        return
    for search in found:
        assert search.groups
        assert all(search.groups)
        assert len(words(search)) <= 30
        assert not re.search(r"[*=#@]|NOT|NEAR|AND", str(search).replace('"OR"', ""))
        outside = re.sub(r"\([^()]*\)", "", str(search))
        assert " OR " not in outside
