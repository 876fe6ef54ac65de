"""Which probability do a forecaster's words stand for, and which words are refused?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import LikelihoodError
from tracker.likelihood import Row, parse_scale, read_likelihood, scale

# What is said: the probability of the event, and the interval.
READ = {
    "likely": (0.70, 0.65, 0.75),
    "It is QUITE likely that": (0.75, 0.60, 0.90),
    "are likely to": (0.70, 0.65, 0.75),
    "will probably": (0.75, 0.65, 0.80),
    "currently seems unlikely": (0.20, 0.10, 0.29),
    "almost certainly": (0.95, 0.90, 0.98),
    "not ruled out": (0.20, 0.05, 0.45),
    "are not excluded": (0.20, 0.05, 0.45),
    "can't be ruled out": (0.20, 0.05, 0.45),
    "toss-up": (0.50, 0.50, 0.50),
    "50/50": (0.50, 0.50, 0.50),
    "60-40": (0.60, 0.60, 0.60),
    "80 на 20": (0.80, 0.80, 0.80),
    "один к двадцати": (0.047619048, 0.047619048, 0.047619048),
    "процентов тридцать": (0.30, 0.30, 0.30),
    "we doubt": (0.25, 0.15, 0.33),
    "probably not": (0.265, 0.20, 0.39),
    "impossible": (0.0, 0.0, 0.0),
    "скорее всего": (0.75, 0.60, 0.90),
    "Весьма вероятно, что": (0.875, 0.80, 0.95),
    "не исключён": (0.20, 0.05, 0.45),
    "нельзя исключать": (0.20, 0.05, 0.45),
    "маловероятной": (0.20, 0.10, 0.29),
    "вряд ли": (0.20, 0.10, 0.29),
    "крайне маловероятен": (0.05, 0.05, 0.10),
    "ожидается, что": (0.75, 0.60, 0.90),
    "почти наверняка": (0.95, 0.90, 0.98),
    "70%": (0.70, 0.70, 0.70),
    "70 per cent": (0.70, 0.70, 0.70),
    "70 процентов": (0.70, 0.70, 0.70),
    "a 70% chance": (0.70, 0.70, 0.70),
    "с вероятностью около 70%": (0.70, 0.70, 0.70),
    "0.7": (0.70, 0.70, 0.70),
    "0,7": (0.70, 0.70, 0.70),
    "0,125": (0.125, 0.125, 0.125),
    "1.0": (1.0, 1.0, 1.0),
    "12,5%": (0.125, 0.125, 0.125),
    "7 in 10": (0.70, 0.70, 0.70),
    "7 out of 10": (0.70, 0.70, 0.70),
    "7 из 10": (0.70, 0.70, 0.70),
    "60-70%": (0.65, 0.60, 0.70),
    "60 – 70 %": (0.65, 0.60, 0.70),
    "between 60% and 70%": (0.65, 0.60, 0.70),
    "от 60 до 70%": (0.65, 0.60, 0.70),
    "0.6 to 0.7": (0.65, 0.60, 0.70),
    "0%": (0.0, 0.0, 0.0),
    "100%": (1.0, 1.0, 1.0),
    "over 70%": (0.70, 0.70, 1.0),
    "at least an 80 per cent chance": (0.80, 0.80, 1.0),
    "under five per cent": (0.05, 0.0, 0.05),
    "не выше пяти процентов": (0.05, 0.0, 0.05),
    "one in ten": (0.10, 0.10, 0.10),
    "one chance in four": (0.25, 0.25, 0.25),
    "семьдесят процентов": (0.70, 0.70, 0.70),
    "35-процентная вероятность": (0.35, 0.35, 0.35),
    "is expected not to": (0.25, 0.10, 0.40),
    "very likely not": (0.125, 0.05, 0.20),
    "скорее всего, не": (0.265, 0.20, 0.39),
    "не думаю, что": (0.25, 0.10, 0.40),
    "could not be ruled out": (0.20, 0.05, 0.45),
    "0.7%": (0.007, 0.007, 0.007),
}

# What is said: a part of what the user is told.
REFUSED: dict[str | float, str] = {
    "": "no words",
    " \n ": "no words",
    "likley": "near: likely",
    "prety likely": "pretty likely",
    "сорее всего": "near: скорее всего",
    "we expect it is unlikely that they meet": "near: we expect, unlikely",
    "like": "not in the scale",
    "вероятность": "not in the scale",
    "it is": "not in the scale",
    "unlikely likely": "not in the scale",
    "exceedingly very likely": "near: very likely",
    "the ambassadors will not have been recalled by the time that the two presidents meet in the autumn, says one who "
    "should know": "quote only the words",
    "70": "write 70%",
    "1 to 3": "write 70%",
    "40-60": "write 70%",
    "60-30": "write 70%",
    "60-70": "write 70%",
    "3:1": "write 70%",
    "7/10": "write 70%",
    "70% at least 80%": "write 70%",
    "could not": "near: could",
    "at least likely": "near: likely",
    "<10%": "write 70%",
    "-5%": "write 70%",
    "70% unlikely": "write 70%",
    "70% or 80%": "write 70%",
    "1,000": "write 70%",
    "1,000%": "write 70%",
    "1 in 1,000": "write 70%",
    "70-60%": "smaller number first",
    "150%": "from 0% to 100%",
    "1.5": "from 0% to 100%",
    "3 in 2": "from 0% to 100%",
    "1 in 0": "from 0% to 100%",
    1: "share or a percentage",
    70: "share or a percentage",
    1.5: "from 0% to 100%",
    -0.1: "from 0% to 100%",
    float("nan"): "from 0% to 100%",
    float("inf"): "from 0% to 100%",
}

BROKEN_FILES = {
    "an unknown key in a row": ("{phrase: likely, probability: 0.7, low: 0.6, high: 0.8, source: s, odds: 2}", "odds"),
    "a row without an interval": ("{phrase: likely, probability: 0.7, source: s}", "lacks «high»"),
    "an unknown source": ("{phrase: likely, probability: 0.7, low: 0.6, high: 0.8, source: t}", "unknown source «t»"),
    "an interval beside the probability": (
        "{phrase: likely, probability: 0.7, low: 0.8, high: 0.9, source: s}",
        "low <= probability",
    ),
    "a percentage for a share": ("{phrase: likely, probability: 70, low: 60, high: 80, source: s}", "<= 1"),
    "a figure in words": ("{phrase: likely, probability: high, low: 0.6, high: 0.8, source: s}", "not a number"),
    "a wording that YAML reads as false": (
        "{phrase: likely, also: [no], probability: 0.7, low: 0.6, high: 0.8, source: s}",
        "not text",
    ),
    "one wording in two rows": (
        "{phrase: likely, probability: 0.7, low: 0.6, high: 0.8, source: s}, "
        "{phrase: Likely, probability: 0.6, low: 0.6, high: 0.6, source: s}",
        "in two rows",
    ),
    "a row that is no mapping": ("likely", "not a mapping"),
}


@pytest.mark.parametrize(("said", "expected"), READ.items(), ids=READ)
def test_words_and_numbers_are_read(said: str, expected: tuple[float, float, float]) -> None:
    likelihood = read_likelihood(said)
    assert (likelihood.probability, likelihood.low, likelihood.high) == expected


@pytest.mark.parametrize(("said", "told"), REFUSED.items(), ids=map(repr, REFUSED))
def test_what_cannot_be_read_is_refused_with_a_mend(said: str | float, told: str) -> None:
    with pytest.raises(LikelihoodError) as caught:
        read_likelihood(said)
    assert told in str(caught.value)
    assert caught.value.mend


def test_a_number_from_a_file_is_a_share() -> None:
    likelihood = read_likelihood(0.7)
    assert (likelihood.words, likelihood.low, likelihood.probability, likelihood.high) == ("0.7", 0.7, 0.7, 0.7)


def test_yes_in_a_file_is_not_taken_for_certainty() -> None:
    with pytest.raises(LikelihoodError, match="true is not a probability"):
        read_likelihood(True)


def test_the_words_are_kept_as_said() -> None:
    assert read_likelihood("  It is quite\n likely that ").words == "It is quite likely that"


def test_a_refusal_carries_no_terminal_escapes() -> None:
    with pytest.raises(LikelihoodError) as caught:
        read_likelihood("\x1b[2Jlikely")
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("row", scale(), ids=lambda row: row.phrase)
def test_every_wording_of_every_row_reads_as_its_row(row: Row) -> None:
    for wording in row.wordings:
        likelihood = read_likelihood(wording.upper())
        assert (likelihood.probability, likelihood.low, likelihood.high) == (row.probability, row.low, row.high)


def test_the_documentation_shows_the_scale_as_it_is() -> None:
    page = (Path(__file__).parents[1] / "docs" / "scoring.md").read_text("utf-8")
    for row in scale():
        probability, low, high = (f"{round(100 * share, 1):g}%" for share in (row.probability, row.low, row.high))
        assert f"| {row.phrase} | {probability} | {low} to {high} | {row.source} |" in page


def test_the_scale_speaks_both_languages() -> None:
    wordings = [wording for row in scale() for wording in row.wordings]
    russian = [wording for wording in wordings if any("а" <= letter <= "я" for letter in wording.casefold())]
    assert len(russian) >= 60
    assert len(wordings) - len(russian) >= 60


def test_what_is_only_judged_leaves_room_for_other_readings() -> None:
    """A figure that nobody has published must not look as sure as one that was measured."""
    judged = {row.phrase: row.high - row.low for row in scale() if row.source == "by judgement"}
    assert {"not ruled out", "will", "quite likely"} <= set(judged)
    assert min(judged.values()) >= 0.19


def test_a_forecaster_who_ruled_nothing_out_pays_little_when_it_does_not_happen() -> None:
    for hedge in ("not ruled out", "not excluded", "cannot be excluded", "не исключено"):
        assert read_likelihood(hedge).probability ** 2 <= 0.05


STRONGER_FIRST = [
    ["certain", "almost certain", "highly likely", "quite likely", "likely", "better than even", "about even", "might"],
    [
        "about even",
        "possible",
        "not ruled out",
        "little chance",
        "very unlikely",
        "highly unlikely",
        "almost no chance",
    ],
    ["почти наверняка", "весьма вероятно", "вероятно", "возможно", "не исключено", "крайне маловероятно", "невозможно"],
]


@pytest.mark.parametrize("ladder", STRONGER_FIRST, ids=lambda ladder: ladder[0])
def test_stronger_words_mean_more(ladder: list[str]) -> None:
    probabilities = [read_likelihood(words).probability for words in ladder]
    assert probabilities == sorted(set(probabilities), reverse=True)


@pytest.mark.parametrize(("rows", "told"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_broken_scale_is_refused(rows: str, told: str) -> None:
    with pytest.raises(LikelihoodError, match=r"^scale\.yaml: ") as caught:
        parse_scale(f"{{sources: {{s: somebody}}, framing: {{before: [], after: [], number: []}}, rows: [{rows}]}}")
    assert told in str(caught.value)


def test_an_unknown_key_of_the_file_is_refused() -> None:
    with pytest.raises(LikelihoodError, match="unknown key «colour»"):
        parse_scale("{sources: {}, framing: {before: [], after: [], number: []}, rows: [], colour: red}")


@settings(deadline=None)
@given(st.text() | st.floats() | st.from_regex(r"[0-9.,%\- /in]{1,12}"))
def test_anything_at_all_is_either_a_probability_or_refused(said: str | float) -> None:
    try:
        likelihood = read_likelihood(said)
    except LikelihoodError:
        return
    assert 0 <= likelihood.low <= likelihood.probability <= likelihood.high <= 1


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_a_percentage_is_a_hundredth(tenths: int) -> None:
    assert read_likelihood(f"{tenths / 10}%").probability == pytest.approx(tenths / 1000, abs=1e-9)


WORDINGS = st.sampled_from([(row, wording) for row in scale() for wording in row.wordings])
SPACES = st.sampled_from([" ", "  ", "\t", "\n "])


@given(WORDINGS, st.sampled_from([str.upper, str.title, str.casefold]), SPACES)
def test_case_and_spaces_of_words_do_not_matter(one: tuple[Row, str], cased: Callable[[str], str], space: str) -> None:
    row, wording = one
    likelihood = read_likelihood(space.join(cased(wording).split(" ")))
    assert (likelihood.probability, likelihood.low, likelihood.high) == (row.probability, row.low, row.high)


@given(st.integers(0, 100), st.integers(0, 100), SPACES)
def test_a_stated_interval_and_its_bounds_are_read_back(one: int, other: int, space: str) -> None:
    low, high = sorted((one, other))
    for said in (f"{low}-{high}%", f"between{space}{low}%{space}and{space}{high}%", f"от {low} до {high} процентов"):
        likelihood = read_likelihood(said)
        assert (likelihood.low, likelihood.high) == (low / 100, high / 100)
        assert likelihood.probability == pytest.approx((low + high) / 200)
    for said in (f"at least{space}{low}%", f"НЕ МЕНЕЕ {low} процентов", f"over {low} per cent"):
        floor = read_likelihood(said)
        assert (floor.low, floor.probability, floor.high) == (low / 100, low / 100, 1.0)
    for said in (f"under{space}{high}%", f"не более {high} процентов", f"Less than {high} percent"):
        ceiling = read_likelihood(said)
        assert (ceiling.low, ceiling.probability, ceiling.high) == (0.0, high / 100, high / 100)


@given(WORDINGS)
def test_words_before_not_leave_what_they_do_not_take(one: tuple[Row, str]) -> None:
    row, wording = one
    denial = "не" if any("а" <= letter <= "я" for letter in wording.casefold()) else "not"
    try:
        denied = read_likelihood(f"{wording} {denial}")
    except LikelihoodError:
        return  # a modal verb
    if denied.words.casefold() not in {known.casefold() for row in scale() for known in row.wordings}:
        assert denied.low <= denied.probability <= denied.high
        assert (denied.probability > 0.5) == (row.probability < 0.5) or row.probability == 0.5
