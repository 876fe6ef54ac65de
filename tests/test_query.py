"""Queries as analysts type them: what matches, what does not, and what a mistake says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import ConceptError, QueryError
from tracker.query import SUMMARY, Document, Match, Program, index_clauses, parse
from tracker.query.required import Alternatives
from tracker.query.syntax import And, Concept, InTitle, Language, Near, Not, Number, Or, Phrase, Query, Word
from tracker.text import index_terms, surfaces


def concepts(name: str) -> Concept:
    known = {
        "strike": Concept("strike", parse("strike OR shell*", concepts), parse('"strike a deal"', concepts))
        if name == "strike"
        else None,
        "russia": Concept("russia", parse("росси* OR russia*", concepts), None) if name == "russia" else None,
    }
    concept = known.get(name)
    if concept is None:
        raise ConceptError(f"there is no concept @{name}", mend="did you mean @russia")
    return concept


def has(query: str, title: str, summary: str = "", language: str = "en") -> bool:
    program = Program()
    number = program.add(parse(query, concepts))
    return program.read(Document(title, summary, language)).matches(number) is not None


MATCHES = {
    "a bare word matches its inflections": ("recall", "Moscow recalled its envoy"),
    "an irregular form too": ("meet", "Putin met Aliyev"),
    "a Russian word in any case form": ("посол", "Москва отозвала посла"),
    "case and accents are ignored": ("hurriyet", "HÜRRİYET reports"),
    "ё is е": ("путем", "Путём переговоров"),
    "й is not и": ("=мой", "мой"),
    "an exact form": ("=talks", "The talks go on"),
    "an exact form in its case": ("=US", "The US agrees"),
    "an exact form with a possessive": ("=US", "The US’s answer"),
    "a beginning": ("normali*", "Normalisation of ties"),
    "a beginning of an irregular form's dictionary form": ("mee*", "They met"),
    "AND takes both fields": ("kremlin AND envoy", "Kremlin speaks", "The envoy listens"),
    "OR takes either": ("kremlin OR envoy", "The envoy listens"),
    "NOT": ("kremlin AND NOT envoy", "Kremlin speaks"),
    "a phrase": ('"ambassador recalled"', "Ambassador recalled from Baku"),
    "a phrase across a hyphen": ('"cease fire"', "A cease-fire holds"),
    "a phrase inflects": ('"severed relations"', "They sever relations"),
    "NEAR in either order": ("envoy NEAR/3 recall", "Recall of the envoy"),
    "NEAR counts neighbours as 1": ("new NEAR/1 envoy", "The new envoy"),
    "NEAR of a list": ("(putin OR aliyev) NEAR/4 (talks OR meeting)", "Aliyev in talks"),
    "NEAR of NEAR": ("putin NEAR/3 aliyev NEAR/3 meet", "Putin and Aliyev met"),
    "ONEAR in its order": ("recall ONEAR/3 envoy", "Recall of the envoy"),
    "ONEAR counts neighbours as 1": ("new ONEAR/1 envoy", "The new envoy"),
    "ONEAR of lists": ("(putin OR aliyev) ONEAR/4 (talks OR meeting)", "Aliyev in talks"),
    "ONEAR by one of several ways": ("putin ONEAR/2 aliyev", "Aliyev calls Putin; Putin calls Aliyev"),
    "ONEAR in a row": ("putin ONEAR/3 meet ONEAR/3 aliyev", "Putin meets Aliyev"),
    "NEAR, then ONEAR: what is near stands before": ("meet NEAR/3 putin ONEAR/3 aliyev", "Putin meets with Aliyev"),
    "ONEAR, then NEAR: the last stands anywhere": ("putin ONEAR/3 meet NEAR/3 aliyev", "Aliyev: Putin will meet"),
    "ONEAR of parentheses": ("putin ONEAR/3 (aliyev NEAR/3 meet)", "Putin to meet Aliyev"),
    "title: of ONEAR": ("title:(putin ONEAR/3 aliyev)", "Putin calls Aliyev"),
    "NEAR binds tighter than AND": ("putin AND envoy NEAR/2 recall", "Recall the envoy, says Putin"),
    "title:": ("title:envoy", "The envoy", ""),
    "title: of a list": ("title:(envoy OR kremlin NEAR/3 speak*)", "Kremlin speaks", "The envoy"),
    "a part of a list that requires no word": ("envoy AND (kremlin OR NOT putin OR lang:ru)", "The envoy"),
    "NEAR in a list, by either side": ("(envoy NEAR/3 (recall OR =US)) OR (putin NEAR/2 meet)", "US envoy"),
    "title: of several": ("title:(envoy AND NOT kremlin)", "The envoy", "Kremlin silent"),
    "lang:": ("посол AND lang:ru", "Посол уехал", "", "ru"),
    "a concept": ("@strike", "Missiles strike the port"),
    "a concept beside its exception": ("@strike", "They strike a deal after shelling"),
    "a concept in NEAR": ("@russia NEAR/3 envoy", "Российский envoy"),
    "a number in figures": ("brent NEAR/8 #>=100USD", "Brent jumps to $119 a barrel"),
    "a number in words": ("killed NEAR/3 #>=3", "Five killed"),
    "a number with its scale": ("#>=1.2m AND people", "1.2 million people"),
    "a Russian scale": ("#>=100000 AND человек", "120 тыс. человек"),
    "percent in words": ("#<60% AND turnout", "Turnout of 41 percent"),
    "a rank equals": ("#=18 AND package", "EU adopts the 18th package"),
    "a rank in Russian words": ("#=19 AND пакет", "Девятнадцатый пакет"),
    "a year equals": ("#=2025 AND budget", "Budget of 2025"),
}

MISSES = {
    "another word with the same beginning": ("recall", "Recollection of a meeting"),
    "re-elected is not elected": ("elected", "Re-elected for a third term"),
    "an ex-president is no president": ("president", "The ex-president speaks"),
    "an exact form has no inflections": ("=talk", "The talks go on"),
    "an exact form in another case": ("=US", "Tell us more"),
    "й is a letter of its own": ("=мои", "мой"),
    "AND needs both": ("kremlin AND envoy", "Kremlin speaks"),
    "NOT excludes in either field": ("kremlin AND NOT envoy", "Kremlin speaks", "The envoy listens"),
    "a phrase in another order": ('"ambassador recalled"', "Recalled: the ambassador"),
    "a phrase across title and summary": ('"envoy recalled"', "The envoy", "recalled today"),
    "NEAR too far": ("envoy NEAR/2 recall", "Recall of the old envoy"),
    "NEAR across title and summary": ("envoy NEAR/5 recall", "The envoy", "recall"),
    "ONEAR in the other order": ("envoy ONEAR/5 recall", "Recall of the envoy"),
    "ONEAR too far": ("recall ONEAR/2 envoy", "Recall of the old envoy"),
    "ONEAR across title and summary": ("envoy ONEAR/5 recall", "The envoy", "recall"),
    "ONEAR needs two words": ("strike ONEAR/5 strike", "One strike"),
    "ONEAR in a row, out of order": ("putin ONEAR/9 meet ONEAR/9 aliyev", "Aliyev meets Putin"),
    "ONEAR in a row, a link too long": ("putin ONEAR/9 meet ONEAR/2 aliyev", "Putin meets a friend of Aliyev"),
    "NEAR, then ONEAR: what is near stands after": ("meet NEAR/3 putin ONEAR/3 aliyev", "Putin, Aliyev meet"),
    "NEAR needs two words": ("strike NEAR/5 strike", "One strike"),
    "NEAR in a list, one side missing": ("(envoy NEAR/3 (recall OR =US)) OR (putin NEAR/2 meet)", "Putin's envoy"),
    "title: of a list looks no further": ("title:(envoy OR kremlin NEAR/3 speak*)", "Kremlin", "The envoy speaks"),
    "title: looks no further": ("title:envoy", "Kremlin speaks", "The envoy"),
    "title: of AND needs both there": ("title:(envoy AND kremlin)", "The envoy", "Kremlin"),
    "lang: of another": ("посол AND lang:ru", "Посол поїхав", "", "uk"),
    "a concept's exception": ("@strike", "Both sides strike a deal"),
    "a number below": ("brent NEAR/8 #>=100USD", "Brent falls to $59"),
    "another unit": ("brent AND #>=100USD", "Brent up 119 percent"),
    "no unit where one is asked": ("brent AND #>=100USD", "Brent index at 119"),
    "a year is no count": ("listings AND #>=100", "Listings of 2025"),
    "a day of a month is no count": ("killed AND #>=10", "Two killed on 12 July"),
    "a rank is no count": ("package AND #>=10", "The 18th package"),
}


@pytest.mark.parametrize("case", MATCHES)
def test_matches(case: str) -> None:
    assert has(*MATCHES[case])


@pytest.mark.parametrize("case", MISSES)
def test_does_not_match(case: str) -> None:
    assert not has(*MISSES[case])


def test_two_spellings_of_a_stem_are_one_word() -> None:
    program = Program()
    numbers = [
        program.add(parse(query, concepts)) for query in ("recalled", "recalls AND envoy", "mee*", "met OR meets")
    ]
    reading = program.read(Document("Moscow recalls envoy after they met", "", "en"))
    assert [reading.matches(number) for number in numbers] == [[(1,)], [(1,), (2,)], [(5,)], [(5,)]]


MISTAKES = {
    "": (1, "the query is empty"),
    "a b": (3, "an operator is missing before b"),
    "a and b": (3, "an operator is missing before and"),
    "a AND": (6, "a word is missing at the end"),
    "AND a": (1, "a word is missing before AND"),
    "(a OR b": (1, "this parenthesis is never closed"),
    "a)": (2, "this parenthesis closes nothing"),
    'a OR "b c': (6, "this quotation mark is never closed"),
    '""': (1, "the phrase is empty"),
    "brent NEAR/x spike": (7, "NEAR needs a whole number after a slash"),
    "brent NEAR spike": (7, "NEAR needs a whole number after a slash"),
    "brent ONEAR spike": (7, "ONEAR needs a whole number after a slash"),
    "a ONEAR/0 b": (3, "ONEAR needs a whole number after a slash"),
    "a ONEAR/3 (b AND c)": (11, "ONEAR cannot measure from parts joined by AND"),
    "a onear/3 b": (3, "an operator is missing before onear/3"),
    "ONEAR/3 b": (1, "a word is missing before ONEAR/3"),
    "a NEAR/101 b": (3, "NEAR needs a whole number after a slash"),
    "a NEAR/² b": (3, "NEAR needs a whole number after a slash"),
    "a NEAR/3 (b AND c)": (10, "NEAR cannot measure from parts joined by AND"),
    "NOT a": (1, "the query asks for no word that must be there"),
    "a OR NOT b": (1, "the query asks for no word that must be there"),
    "#>=3": (1, "the query asks for no word that must be there"),
    "a AND lang:russian": (7, "lang: needs a language of two letters"),
    "a AND @rusia": (7, "there is no concept @rusia"),
    "a AND #5": (7, "a number is written as a comparison"),
    "a AND #>=5XYZ": (7, "XYZ is not a unit that can be read"),
    "a AND --": (7, "“--” is not a word"),
    "=wor*": (1, "= and * exclude each other"),
    "(" * 61 + "a" + ")" * 61: (61, "the query is nested too deeply"),
}


@pytest.mark.parametrize("query", MISTAKES)
def test_a_mistake_points_at_its_column(query: str) -> None:
    column, what = MISTAKES[query]
    with pytest.raises(QueryError) as caught:
        parse(query, concepts)
    assert (caught.value.column, caught.value.what) == (column, what)


_WORD = st.sampled_from(["putin", "envoy", "recall*", "=talks", "=US", "посол", "росси*", "2025"]).map(Word.of)
_LEAF = st.one_of(
    _WORD,
    st.lists(_WORD, min_size=2, max_size=3).map(lambda found: Phrase(tuple(found))),
    st.sampled_from(["strike", "russia"]).map(concepts),
)
_PLACED = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.builds(Near, inner, inner, st.integers(1, 100), st.booleans()),
        st.lists(inner, min_size=2, max_size=3).map(lambda found: Or(tuple(found))),
    ),
    max_leaves=5,
)
_ANY = st.recursive(
    st.one_of(
        _PLACED,
        st.just(Language("ru")),
        st.builds(Number, st.sampled_from(["=", "<", ">="]), st.just(1.5), st.just("USD")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(inner, min_size=2, max_size=3).map(lambda found: Or(tuple(found))),
        inner.map(Not),
        inner.map(InTitle),
    ),
    max_leaves=6,
)
QUERIES = _ANY.map(lambda query: And((Word.of("putin"), query)))
TEXTS = st.lists(
    st.sampled_from(
        [
            "Putin",
            "envoy",
            "envoys",
            "recalled",
            "talks",
            "talk",
            "US",
            "us",
            "посла",
            "Россия",
            "2025",
            "strike",
            "a",
            "deal",
            "$5",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(QUERIES)
def test_a_query_reads_back_as_itself(query: Query) -> None:
    assert str(parse(str(query), concepts)) == str(query)


@given(QUERIES, TEXTS, TEXTS)
def test_what_matches_passes_the_index(query: Query, title: str, summary: str) -> None:
    program = Program()
    matches = program.read(Document(title, summary, "ru")).matches(program.add(query))
    terms = index_terms(f"{title}\n{summary}")
    passes = all(
        any(one in terms if one[-1] != "*" else any(term.startswith(one[:-1]) for term in terms) for one in clause)
        for clause in index_clauses(query)
    )
    assert passes or matches is None


@given(st.lists(QUERIES, min_size=1, max_size=3), TEXTS, TEXTS)
def test_what_is_not_looked_at_would_not_have_matched(queries: list[Query], title: str, summary: str) -> None:
    program, thorough = Program(), Program()
    numbers = list(map(program.add, queries))
    assert numbers == list(map(thorough.add, queries))
    for number, node in enumerate(thorough.nodes):
        if not isinstance(node, Word):
            thorough.clauses[number] = []
        if isinstance(node, Or):
            thorough.alternatives[number] = Alternatives(set(), {}, list(thorough.inner[number]))
    document = Document(title, summary, "ru")
    reading, whole, asked = program.read(document), thorough.read(document), program.read(document)
    for number in numbers:
        assert asked.has(number) == (whole.matches(number) is not None)
        assert reading.matches(number) == whole.matches(number)
        assert reading.tellings(number) == whole.tellings(number)


@given(QUERIES, TEXTS, TEXTS)
def test_reading_back_does_not_change_what_matches(query: Query, title: str, summary: str) -> None:
    again = parse(str(query), concepts)
    program = Program()
    reading_of = program.add(query), program.add(again)
    reading = program.read(Document(title, summary, "ru"))
    assert reading.has(reading_of[0]) == reading.has(reading_of[1])
    assert (reading.matches(reading_of[0]) is not None) == reading.has(reading_of[0])
    assert (reading.matches(reading_of[1]) is None) == (reading.matches(reading_of[0]) is None)


_LINKS = st.tuples(st.integers(1, 4), st.sampled_from(["putin", "envoy", "talks"]))


@given(st.sampled_from(["putin", "envoy"]), st.lists(_LINKS, min_size=1, max_size=3), TEXTS, TEXTS)
@example("putin", [(1, "putin"), (2, "envoy")], "Putin Putin envoy", "")
def test_a_row_of_onear_is_words_in_order_each_near_to_the_one_before(
    first: str, links: list[tuple[int, str]], title: str, summary: str
) -> None:
    query = " ".join([first, *(f"ONEAR/{distance} {word}" for distance, word in links)])
    forms = {"putin": {"putin"}, "envoy": {"envoy", "envoys"}, "talks": {"talk", "talks"}}

    def ways(words: list[str]) -> Iterator[Match]:
        """Every choice of places, looked at one by one."""
        asked = [first, *(word for _, word in links)]
        for places in product(range(len(words)), repeat=len(asked)):
            told = all(words[at] in forms[word] for at, word in zip(places, asked, strict=True))
            steps = [after - before for before, after in pairwise(places)]
            if told and all(1 <= step <= most for step, (most, _) in zip(steps, links, strict=True)):
                yield places

    title_words, summary_words = (surfaces(text.casefold()) for text in (title[:60], summary[:60]))
    in_summary = [tuple(SUMMARY + at for at in way) for way in ways(summary_words)]
    program = Program()
    number = program.add(parse(query, concepts))
    found = program.read(Document(title[:60], summary[:60], "en")).matches(number)
    assert (found or []) == sorted([*ways(title_words), *in_summary])


@given(_PLACED, _PLACED, st.integers(1, 9), TEXTS)
def test_what_is_near_in_order_is_near(left: Query, right: Query, distance: int, title: str) -> None:
    program = Program()
    either, ordered, reverse = (
        program.add(query)
        for query in (
            Near(left, right, distance),
            Near(left, right, distance, ordered=True),
            Near(right, left, distance, ordered=True),
        )
    )
    reading = program.read(Document(title, "", "ru"))
    both = {*(reading.matches(ordered) or ()), *(reading.matches(reverse) or ())}
    near = set(reading.matches(either) or ())
    assert both <= near
    if isinstance(left, Word | Phrase) and isinstance(right, Word | Phrase):
        # Only matches with gaps in them, those of a nearness, can be near without an order.
        assert both == near


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_column(text: str) -> None:
    try:
        parse(text, concepts)
        column = 1
    except QueryError as error:
        column = error.column
    assert 1 <= column <= len(text) + 1
