"""Are the right forecasts chosen, and does each stand in the rows that it belongs to?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import forecast

from tracker.model import Article, Decision, Place, Status, Strength
from tracker.report.standing import UNTAGGED, Grouping, Selection, Standing, agreement, grouped, selected


def standing(
    id_: str,
    status: Status | None = Status.CONFIRMED,
    *,
    decided: Status | None = None,
    strength: Strength | None = None,
    **other: Any,  # noqa: ANN401
) -> Standing:
    decision = Decision(id_, decided, "why", "Eve", datetime(2025, 10, 1, tzinfo=UTC)) if decided else None
    return Standing(forecast(id=id_, **other), status, strength=strength, decision=decision)


def article(title: str, published: date = date(2025, 8, 31), url: str = "") -> Article:
    return Article(title, published, url)


EVERY = [
    standing("a", strength=Strength.STRONG, tags=("war", "oil"), article=article("Oil", date(2024, 12, 31))),
    standing("b", Status.REFUTED, strength=Strength.FAIR, tags=("war",), article=article("War", date(2025, 1, 1))),
    standing("c", Status.PENDING, forecaster="Сергей Маркедонов", article=article("War", date(2025, 6, 1))),
    standing("d", Status.CONFIRMED, decided=Status.VOID, strength=Strength.STRONG),
    standing("e", None),
]

SELECTIONS = {
    "nothing asked takes all": (Selection(), "abcde"),
    "a status is the person's before the machine's": (Selection(statuses=frozenset({Status.VOID})), "d"),
    "never checked is pending": (Selection(statuses=frozenset({Status.PENDING})), "ce"),
    "one of several statuses will do": (Selection(statuses=frozenset({Status.CONFIRMED, Status.REFUTED})), "ab"),
    "what a person decided has no strength": (Selection(strengths=frozenset({Strength.STRONG})), "a"),
    "a part of a name, in any case": (Selection(forecaster="маркедонов"), "c"),
    "a whole tag": (Selection(tag="war"), "ab"),
    "no part of a tag": (Selection(tag="wa"), ""),
    "the first day is included": (Selection(since=date(2025, 1, 1)), "bcde"),
    "the last day is included": (Selection(until=date(2025, 1, 1)), "ab"),
    "all that is asked must hold": (Selection(tag="war", since=date(2025, 1, 1)), "b"),
}


@pytest.mark.parametrize(("selection", "taken"), SELECTIONS.values(), ids=SELECTIONS)
def test_a_selection_takes(selection: Selection, taken: str) -> None:
    assert "".join(one.forecast.id for one in selected(EVERY, selection)) == taken


GROUPS = {
    Grouping.FORECASTER: {"Ambassador Trentino": "abde", "Сергей Маркедонов": "c"},
    Grouping.TAG: {"oil": "a", "war": "ab", UNTAGGED: "cde"},
    Grouping.YEAR: {"2024": "a", "2025": "bcde"},
    Grouping.ARTICLE: {"2024-12-31 Oil": "a", "2025-01-01 War": "b", "2025-06-01 War": "c", "2025-08-31 Envoys": "de"},
}


@pytest.mark.parametrize("by", Grouping)
def test_groups(by: Grouping) -> None:
    found = grouped(EVERY, by)
    assert {name: "".join(one.forecast.id for one in group) for name, group in found.items()} == GROUPS[by]
    assert list(found) == list(GROUPS[by])


def test_two_articles_of_one_title_and_day_are_two_rows() -> None:
    same = [
        standing("a", article=article("Outlook", url="https://a.org/1")),
        standing("b", article=article("Outlook"), place=Place("forecasts/b.yaml", 1)),
        standing("c", article=article("Outlook"), place=Place("forecasts/b.yaml", 9)),
    ]
    assert [(name, len(group)) for name, group in grouped(same, Grouping.ARTICLE).items()] == [
        ("2025-08-31 Outlook (forecasts/b.yaml)", 2),
        ("2025-08-31 Outlook (https://a.org/1)", 1),
    ]


def test_a_tag_that_is_named_twice_counts_once() -> None:
    assert len(grouped([standing("a", tags=("war", "war"))], Grouping.TAG)["war"]) == 1


def test_the_machine_is_compared_with_people_where_nobody_steered_it() -> None:
    apart = standing("a", Status.CONFIRMED, decided=Status.VOID)
    found = agreement(
        [
            apart,
            replace(apart, steered=True),
            standing("b", Status.REFUTED, decided=Status.REFUTED),
            standing("c", Status.PENDING, decided=Status.REFUTED),
            standing("d", None, decided=Status.REFUTED),
            standing("e", Status.CONFIRMED),
        ]
    )
    assert (found.compared, found.agreed) == (2, 1)
    assert [one.forecast for one in found.disagreements] == ["a"]


def test_nothing_gives_no_rows() -> None:
    assert grouped([], Grouping.TAG) == {}


def test_only_one_side_of_the_settled_is_a_choice_by_outcome() -> None:
    assert Selection(statuses=frozenset({Status.CONFIRMED, Status.PENDING})).by_outcome
    assert not Selection(statuses=frozenset({Status.CONFIRMED, Status.REFUTED})).by_outcome
    assert not Selection(statuses=frozenset({Status.VOID})).by_outcome
