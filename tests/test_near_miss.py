"""Which items come close to a claim without matching it? Shown for review, so the best must come first."""

from __future__ import annotations

import pytest
from builders import item
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import Item
from tracker.near_miss import HIGH_RANK, near_misses

CLAIM = "Freedonia recalls its ambassador from Sylvania."
ON_TOPIC = [
    item("Freedonia and Sylvania argue about upper wages", on=1),
    item("Freedonia and Sylvania sign a trade deal", on=2),
    item("Sylvania praises the Freedonia marching band", on=3),
    item("Freedonia, Sylvania: elections near", on=4),
]
AMBASSADOR_RECALLED = item("Freedonia calls its ambassador home from Sylvania; recall to follow", on=5)


def found(*more: Item, claim: str = CLAIM, matched: tuple[str, ...] = (), most: int = 5) -> list[str]:
    return [near.item.title for near in near_misses(claim, [*ON_TOPIC, *more], matched, most=most)]


def test_an_item_with_the_rare_words_of_the_claim_is_near() -> None:
    assert found(AMBASSADOR_RECALLED) == [AMBASSADOR_RECALLED.title]


def test_one_that_matched_is_not_missed() -> None:
    assert found(AMBASSADOR_RECALLED, matched=(AMBASSADOR_RECALLED.key,)) == []


FAR = {
    "the words that all items on the topic have say nothing": item("Freedonia and Sylvania", on=6),
    "one word of the claim is chance": item("The ambassador sings", on=6),
    "short words say nothing": item("He is in its way from here", on=6),
}


@pytest.mark.parametrize("case", FAR)
def test_what_is_not_near(case: str) -> None:
    assert FAR[case].title not in found(AMBASSADOR_RECALLED, FAR[case])


def test_words_are_compared_by_their_stems_in_title_and_summary() -> None:
    told_below = item("A diplomatic row", "Freedonia has been recalling ambassadors.", on=6)
    assert found(told_below) == [told_below.title]


def test_more_of_the_claim_comes_first_then_the_earlier() -> None:
    later = item("Ambassador of Freedonia recalled", on=9, key="a")
    earlier = item("Freedonia ambassador, recalled, speaks", on=8, key="z")
    most = item("Freedonia ambassador recalled at midnight from Sylvania", on=10)
    assert found(later, most, earlier, claim="Freedonia recalls its ambassador at midnight.") == [
        most.title,
        earlier.title,
        later.title,
    ]


def test_at_most_so_many_are_shown() -> None:
    copies = [item("Ambassador recalled", on=number, key=str(number)) for number in range(10, 13)]
    claim = "Freedonia recalls its ambassador."
    assert len(found(*copies, claim=claim)) == 3
    assert len(found(*copies, claim=claim, most=2)) == 2


NOTHING = {
    "no items": ([], CLAIM),
    "no words in the claim": (ON_TOPIC, ""),
    "no word in common": (ON_TOPIC, "Ein ganz anderer Satz."),
    "only words that all have": (ON_TOPIC, "Freedonia, Sylvania."),
}


@pytest.mark.parametrize("case", NOTHING)
def test_nothing_to_compare_is_nothing_found(case: str) -> None:
    items, claim = NOTHING[case]
    assert near_misses(claim, items, ()) == []


WORDS = st.sampled_from(["ambassador", "recalled", "freedonia", "midnight", "wages", "band"])
ITEMS = st.lists(
    st.builds(
        lambda words, on, number: item(" ".join(words), on=on, key=f"{number}"),
        st.lists(WORDS, max_size=5),
        st.integers(1, 30),
        st.integers(),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(ITEMS)
def test_the_best_come_first_and_their_order_makes_no_difference(items: list[Item]) -> None:
    claim = "Freedonia's ambassador is recalled at midnight."
    near = near_misses(claim, items, ())
    assert near == near_misses(claim, items[::-1], ())
    ranks = [one.rank for one in near]
    assert ranks == sorted(ranks, reverse=True)
    assert all(HIGH_RANK <= rank <= 1.0 + 1e-9 for rank in ranks)
