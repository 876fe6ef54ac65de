"""Is a forecast that stands in the ledger already told apart from one that is new?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import criterion, forecast
from hypothesis import given
from hypothesis import strategies as st

from tracker.duplicates import duplicates, like, quoting
from tracker.ledger import read_ledger
from tracker.ledger.quotes import offsets
from tracker.model import Window

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
CLAIM = "Azerbaijan recalls its ambassador from Russia."
KNOWN = forecast(
    criterion(claim=CLAIM, window=YEAR), id="known", forecaster="John Brown", quote="Baku will recall its envoy."
)

ALIKE = {
    "the same": ("John Brown", CLAIM, YEAR, True),
    "other inflections and order": ("John Brown", "From Russia Azerbaijan will recall its ambassadors", YEAR, True),
    "a little later": ("John Brown", CLAIM, Window(date(2026, 3, 1), date(2026, 12, 31)), True),
    "another forecaster": ("Mary White", CLAIM, YEAR, False),
    "another year": ("John Brown", CLAIM, Window(date(2027, 1, 1), date(2027, 12, 31)), False),
    "a month of the year": ("John Brown", CLAIM, Window(date(2026, 3, 1), date(2026, 3, 31)), False),
    "without an end": ("John Brown", CLAIM, Window(date(2026, 1, 1), date.max), False),
    "another claim": ("John Brown", "Azerbaijan signs a treaty with Russia.", YEAR, False),
    "an empty claim": ("John Brown", "", YEAR, False),
}


@pytest.mark.parametrize(("who", "claim", "window", "alike"), ALIKE.values(), ids=ALIKE.keys())
def test_forecasts_are_alike_by_forecaster_claim_and_window(who: str, claim: str, window: Window, alike: bool) -> None:
    assert like(who, claim, window, [KNOWN]) == ([KNOWN] if alike else [])
    other = forecast(criterion(claim=claim, window=window), id="other", forecaster=who)
    assert list(duplicates([KNOWN, other])) == ([(other, KNOWN)] if alike else [])


PAIRS = {
    "another subject": ("Starmer resigns by the end of November", "Zelensky resigns by the end of November", False),
    "another object": ("Putin meets Trump in Alaska in 2026", "Putin meets Zelensky in Alaska in 2026", False),
    "другое лицо": ("Путин встретится с Трампом в Стамбуле", "Путин встретится с Зеленским в Стамбуле", False),
    "another number": ("Brent rises above $100 in 2026", "Brent rises above $120 in 2026", False),
    "a name left out": ("Keir Starmer resigns by the end of November", "Starmer resigns by the end of November", True),
    "a subject further on": ("The price of oil rises above $100", "Oil rises in price above $100", True),
    "a further word": ("Starmer resigns by the end of November", "Starmer resigns his office by November's end", True),
}


@pytest.mark.parametrize(("one", "other", "alike"), PAIRS.values(), ids=PAIRS.keys())
def test_claims_about_another_name_or_number_are_not_alike(one: str, other: str, alike: bool) -> None:
    known = forecast(criterion(claim=one, window=YEAR), id="known", forecaster="John Brown")
    assert bool(like("John Brown", other, YEAR, [known])) is alike


CLAIMS = st.lists(st.sampled_from(["oil", "gas", "rises", "falls", "Opec", "meets", "Baku", "talks"]), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["A", "B"]), CLAIMS), max_size=8))
def test_no_pair_is_missed_by_what_is_not_compared(said: list[tuple[str, list[str]]]) -> None:
    forecasts = [
        forecast(criterion(claim=" ".join(words), window=YEAR), id=f"f{number}", forecaster=who)
        for number, (who, words) in enumerate(said)
    ]
    pairs = {
        (one.id, other.id)
        for number, one in enumerate(forecasts)
        for other in like(one.forecaster, one.claim, one.window, forecasts[:number])
    }
    assert {(one.id, other.id) for one, other in duplicates(forecasts)} == pairs


def test_a_quoted_sentence_is_known_again_in_part_and_in_whole() -> None:
    assert quoting("“Baku will recall its envoy,” he said.", [KNOWN]) == [KNOWN]
    assert quoting("will recall its envoy", [KNOWN]) == [KNOWN]
    assert quoting("its envoy", [KNOWN]) == []
    assert quoting("Baku will not recall its envoy", [KNOWN]) == []


def test_the_panels_forecasts_are_all_different() -> None:
    ledger = read_ledger(Path(__file__).parents[1] / "forecasts", concepts=None)
    assert len(ledger.forecasts) == 14
    assert list(duplicates(ledger.forecasts)) == []


OFFSETS = {
    "as it stands": ("will rise", "Oil will rise.", [4]),
    "twice": ("will rise", "Oil will rise. Gas will rise.", [4, 19]),
    "with other marks and spaces": ("“it” may - rise", "So 'it'  may—rise.", [4]),
    "whole words only": ("will rise", "Oil will risen.", []),
    "its first part": ("Oil will rise … by May", "Then oil: Oil will rise, he says, by May.", [10]),
    "no words": ("…", "Oil will rise.", []),
}


@pytest.mark.parametrize(("quote", "text", "expected"), OFFSETS.values(), ids=OFFSETS.keys())
def test_a_quote_is_found_where_it_stands(quote: str, text: str, expected: list[int]) -> None:
    assert offsets(quote, text) == expected
