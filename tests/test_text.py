"""How is text read: which words, which sentences, which numbers? Examples in English and Russian."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text import index_term, index_terms, normal, sentences, stem, surfaces, words
from tracker.text.numbers import is_unit, numbers

SURFACES = {
    "words and figures": ("Baku fell 12 to 3", ["Baku", "fell", "12", "to", "3"]),
    "a possessive stays with its word": ("Russia's envoy", ["Russia's", "envoy"]),
    "a curly apostrophe too": ("Russia’s envoy", ["Russia’s", "envoy"]),
    "a number with its separators": ("1,200.5 barrels", ["1,200.5", "barrels"]),
    "a full stop after a number is not its own": ("In 2025.", ["In", "2025"]),
    "a rank": ("the 18th package", ["the", "18th", "package"]),
    "a prefix that changes the meaning": ("re-elected ex-president", ["re-elected", "ex-president"]),
    "a Russian one": ("экс-министр", ["экс-министр"]),
    "any other hyphen parts": ("cease-fire Москва-Баку", ["cease", "fire", "Москва", "Баку"]),
    "signs are no words": ("«Да» — $5 & #1_a", ["Да", "5", "1", "a"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("case", SURFACES)
def test_the_words_of_a_text(case: str) -> None:
    text, expected = SURFACES[case]
    assert surfaces(text) == expected


NORMAL = {
    "case": ("BAKU", "baku"),
    "accents": ("Aliyév", "aliyev"),
    "Turkish letters": ("İstanbul", "istanbul"),
    "a dotless i": ("Diyarbakır", "diyarbakir"),
    "ё is е": ("Ещё", "еще"),
    "й is a letter of its own": ("Мой", "мой"),
    "an accent on a Russian vowel": ("за́мок", "замок"),
    "the possessive": ("Putin’s", "putin"),
    "the possessive of a plural": ("envoys'", "envoys"),
    "an inner hyphen": ("re-elected", "reelected"),
}


@pytest.mark.parametrize("case", NORMAL)
def test_the_normal_form_of_a_word(case: str) -> None:
    word, expected = NORMAL[case]
    assert normal(word) == expected


INFLECTED = {
    "a plural": ("envoy", "envoys"),
    "a past": ("recall", "recalled"),
    "an irregular past": ("meet", "met"),
    "an irregular plural": ("crisis", "crises"),
    "Russian cases": ("посол", "послом"),
    "Russian persons": ("отзывает", "отзывают"),
    "a possessive": ("Russia", "Russia's"),
}
DISTINCT = {
    "a prefix": ("elected", "re-elected"),
    "another word with the same beginning": ("recall", "recollect"),
    "мой and мои": ("мой", "мои"),
    "a name and a word of another alphabet": ("баку", "baku"),
}


@pytest.mark.parametrize("case", INFLECTED)
def test_inflections_share_a_stem(case: str) -> None:
    one, other = INFLECTED[case]
    assert stem(one) == stem(other)


@pytest.mark.parametrize("case", DISTINCT)
def test_different_words_do_not(case: str) -> None:
    one, other = DISTINCT[case]
    assert normal(one) != normal(other)


SENTENCES = {
    "two": ("They met. They talked.", ["They met.", "They talked."]),
    "an abbreviation ends none": ("Mr. Aliyev met Gen. Shoigu in St. Petersburg.", None),
    "initials end none": ("И. о. министра В. Путин приехал.", None),
    "a Russian abbreviation": ("В 2025 г. Баку отозвал посла.", None),
    "a number with a point": ("It fell 1.2 percent.", None),
    "a question and an exclamation": ("Really? Yes! Good.", ["Really?", "Yes!", "Good."]),
    "a line break ends one": ("Headline\nText follows", ["Headline", "Text follows"]),
    "small letters do not begin one": ("He said no. but he went.", None),
    "blank text has none": ("  \n ", []),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_the_sentences_of_a_text(case: str) -> None:
    text, expected = SENTENCES[case]
    assert [text[start:end] for start, end in sentences(text)] == ([text] if expected is None else expected)


NUMBERS = {
    "figures": ("killed 12", [(12, "")]),
    "thousands parted by commas": ("1,234,567 people", [(1_234_567, "")]),
    "thousands parted by spaces": ("120 000 человек", [(120_000, "")]),
    "by a no-break space": ("120\u00a0000 человек", [(120_000, "")]),
    "a decimal point": ("1.5 points", [(1.5, "")]),
    "a decimal comma": ("1,5 пункта", [(1.5, "")]),
    "a scale": ("1.2 million", [(1_200_000, "")]),
    "a scale that touches": ("$3.5bn", [(3_500_000_000, "USD")]),
    "a Russian scale": ("120 тыс. рублей", [(120_000, "RUB")]),
    "in words": ("two hundred and fifty dollars", [(250, "USD")]),
    "in words with a hyphen": ("twenty-five", [(25, "")]),
    "in Russian words": ("сто двадцать пять тысяч", [(125_000, "")]),
    "two side by side": ("between two and three", [(2, ""), (3, "")]),
    "percent": ("fell 5% or 5 percent or 5 процентов", [(5, "%"), (5, "%"), (5, "%")]),
    "a sign before": ("€40 and £30", [(40, "EUR"), (30, "GBP")]),
    "a code after": ("40 USD", [(40, "USD")]),
    "a range": ("10–15%", [(10, ""), (15, "%")]),
    "a zero": ("zero, ноль", [(0, ""), (0, "")]),
    "a word of scale by itself": ("a million dollars, миллиард рублей", [(1e6, "USD"), (1e9, "RUB")]),
    "vague plurals are none": ("millions fled, миллионы бежали", []),
    "a rank of two words": ("the twenty-first, двадцать первый", [(21, ""), (21, "")]),
    "ranks in Russian, however declined": ("первому, вторыми, третьего", [(1, ""), (2, ""), (3, "")]),
    "a rank after a hyphen": ("fifty-third and the sixty-one", [(53, ""), (61, "")]),
    "hundreds with tens": ("six hundred and forty-two", [(642, "")]),
    "none": ("No numbers, only words", []),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_the_numbers_of_a_text(case: str) -> None:
    text, expected = NUMBERS[case]
    assert [(number.value, number.unit) for number in numbers(text)] == expected


NAMES = {
    "a year": "in 2025",
    "a rank": "the 18th package",
    "a Russian rank": "18-й пакет",
    "a rank in words": "the third round",
    "a Russian rank in words": "девятнадцатый пакет",
    "a day": "on 21 July",
    "a day after the month": "July 21",
    "a Russian day": "21 июля",
    "a time": "at 10:30",
    "a year with its word": "85 год",
}
COUNTS = {
    "people": "2,025 people",
    "money": "$2025",
    "percent": "18%",
    "a scale": "2 thousand",
    "a number in words": "eighteen dead",
}


@pytest.mark.parametrize("case", NAMES)
def test_a_number_that_only_names(case: str) -> None:
    found = numbers(NAMES[case])
    assert found
    assert all(number.names for number in found)


@pytest.mark.parametrize("case", COUNTS)
def test_a_number_that_counts(case: str) -> None:
    (found,) = numbers(COUNTS[case])
    assert not found.names


def test_units_are_percent_and_the_known_currencies() -> None:
    assert [unit for unit in ("%", "USD", "AZN", "usd", "XYZ", "") if is_unit(unit)] == ["%", "USD", "AZN"]


TEXT = st.text(st.sampled_from("aB1 20,.-’'«»%$тыс.ёй\n—/§²İ"), max_size=40) | st.text(max_size=40)


@given(TEXT)
def test_every_word_stands_where_it_says(text: str) -> None:
    found = words(text)
    assert [text[word.start : word.end] for word in found] == surfaces(text)
    assert all(
        word.surface and (word.normal, word.stem) == (normal(word.surface), stem(word.surface)) for word in found
    )
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(TEXT)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    for surface in surfaces(text):
        assert normal(normal(surface)) == normal(surface)


@given(TEXT)
def test_every_word_lies_in_one_sentence(text: str) -> None:
    found = sentences(text)
    assert all(text[start:end].strip() for start, end in found)
    for word in words(text):
        assert sum(start <= word.start and word.end <= end for start, end in found) == 1


@given(TEXT)
def test_numbers_stand_in_order_inside_the_text(text: str) -> None:
    found = numbers(text)
    assert all(0 <= number.start < number.end <= len(text) for number in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(number.value >= 0 for number in found)


@given(TEXT)
def test_the_index_has_every_word_by_its_form_and_its_stem(text: str) -> None:
    terms = index_terms(text)
    for word in words(text):
        assert {index_term("w", word.normal), index_term("s", word.stem)} <= terms
    assert all(term.isalnum() for term in terms)
