"""Which items does the full-text index find? The same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import remember
from postgres import KINDS, fresh_store
from test_store import DAY, after, item, keys, poll

from tracker.store import Store

TITLES = {
    "envoys": "Baku recalls its envoys",
    "embassy": "Envoy returns to the embassy",
    "peace": "Мирный договор подписан, ещё один",
    "turkish": "Hürriyet: İstanbul görüşmeleri",
    "figures": "Brent at 120 dollars",
    "silent": "…",
}
CASES: dict[str, tuple[list[set[str]], list[str]]] = {
    "no clause is met by all": ([], ["embassy", "envoys", "figures", "peace", "silent", "turkish"]),
    "a term": ([{"wenvoys"}], ["envoys"]),
    "a stem finds every inflection": ([{"senvoy"}], ["embassy", "envoys"]),
    "any of a clause": ([{"wenvoys", "wbrent"}], ["envoys", "figures"]),
    "one of each clause": ([{"senvoy"}, {"wbaku", "wmoscow"}], ["envoys"]),
    "nothing meets a clause without terms": ([{"senvoy"}, set()], []),
    "nor a term that is no word": ([{"", "-"}], []),
    "a prefix": ([{"wenv*"}], ["embassy", "envoys"]),
    "a prefix and a term": ([{"wbre*", "wenvoys"}], ["envoys", "figures"]),
    "a prefix of nothing is met by all": ([{"*"}, {"wbrent"}], ["figures"]),
    "a whole term is no prefix": ([{"wenv"}], []),
    "й is kept": ([{"wмирный"}], ["peace"]),
    "й is not и": ([{"wмирныи"}], []),
    "a prefix in Cyrillic": ([{"wдогов*"}], ["peace"]),
    "ё is е": ([{"wеще"}], ["peace"]),
    "accents": ([{"whurriyet"}], ["turkish"]),
    "a number": ([{"w120"}], ["figures"]),
    "quotes are no syntax": ([{'wbrent" OR "wbaku'}, {"w'brent' | 'wbaku'"}], []),
    "nor are operators": ([{"wbrent)"}, {"NEAR(", "w120'"}, {'w120"'}, {"wbrent:*"}, {"-wat", "\\"}], ["figures"]),
}


@pytest.fixture(params=KINDS)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(request.param, tmp_path) as store:
        remember(store, poll(*(item(key, title=title, summary="") for key, title in TITLES.items())))
        yield store


def test_clauses(library: Store) -> None:
    found = {
        case: keys(library.find([frozenset(clause) for clause in clauses], until=DAY))
        for case, (clauses, _) in CASES.items()
    }
    assert found == {case: expected for case, (_, expected) in CASES.items()}


def test_what_stood_on_a_day_is_what_is_found(library: Store) -> None:
    remember(library, poll(item("envoys", title="Baku keeps its envoys", summary=""), at=after(days=3)))
    remember(library, poll(item("future", title="Baku", day=date(2025, 9, 2)), at=after(days=3)))
    recalled, kept = [frozenset({"wrecalls"})], [frozenset({"wkeeps"}), frozenset({"wbaku"})]
    assert (keys(library.find(recalled, until=DAY)), keys(library.find(kept, until=DAY))) == (["envoys"], [])
    until = date(2025, 9, 4)
    assert (keys(library.find(recalled, until=until)), keys(library.find(kept, until=until))) == ([], ["envoys"])
    assert keys(library.find([frozenset({"wbaku"})], until=until)) == ["envoys", "future"]


def test_thousands_of_alternatives(library: Store) -> None:
    many = frozenset(f"wword{number}" for number in range(3_000)) | {"wbrent"}
    prefixes = frozenset(f"{term}*" for term in many)
    assert keys(library.find([many, prefixes], until=DAY)) == ["figures"]


def test_a_word_too_long_for_the_index_is_still_found(library: Store) -> None:
    word = "я" * 5_000
    remember(library, poll(item("long", title=word), at=after(hours=1)))
    assert keys(library.find([frozenset({f"w{word}"})], until=DAY)) == ["long"]
