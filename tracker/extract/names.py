"""Which names stand in a text: of people, houses and places?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from tracker.extract.article import Span
from tracker.extract.cues import Table
from tracker.text import Word, normal, stem
from tracker.text.language import is_russian
from tracker.text.russian import (
    agree,
    is_common,
    is_first_name,
    is_genitive,
    is_land_of,
    lemma,
    may_be_subject,
    nominative,
    part_of_speech,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*\.?|\d+")
_BETWEEN = re.compile(r"\s*&\s*|\s+|(?<=\.)")
_POSSESSIVE = re.compile(r"['’]s?$")
_PARTICLE = re.compile(r"(?P<particle>[^\W\d_]+)['’ʼ-](?P<name>.+)")
# What may stand between the end of one sentence and the first word of the next: marks of quotation, a dash, a bullet.
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…:\n])[\s«„“\"'(\[—–•*_#-]*$")
_OF_PLACE = re.compile(r"(?<!\w)(?:из(?:-под)?|во?|на|под|близ)\s+$")
_OFFICE_BEFORE = re.compile(r"[а-яё]{3,}\s+$")
_NEAR = 12  # characters before a word in which the end of the sentence before it is looked for
_MOST_OF_WHAT = 3  # words that tell whose a ministry or an institute is: «Министерство экономического развития»


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands: words with a capital in a row.

    `is_house`: no person's, by its words or quotation marks. `is_doubtful`: one word that begins a sentence, and stands
    nowhere else in the article with a capital, so that it may be any: "Turnout", "Swaps".
    """

    words: str
    start: int
    end: int
    is_house: bool = False
    is_doubtful: bool = False


def names(text: str, span: Span, table: Table, surnames: Set[str] = frozenset()) -> Iterator[Name]:
    """The names in a stretch of text: runs of words with a capital, without those that have one for another reason.

    `surnames` are the keys (`key_of`) of those that the article tells elsewhere with a first name, so that a common
    word at the head of a sentence is known as one of them.
    """
    tokens = list(_TOKEN.finditer(text, span.start, span.end))
    run: list[re.Match[str]] = []
    position = 0
    while position < len(tokens):
        match = tokens[position]
        position += 1
        if run and not _joins(text[run[-1].end() : match.start()], run[-1].group(), match.group()):
            yield from _name(text, run, table, surnames)
            run = []
        if _is_capitalised(match.group(), table) or (run and _is_inside(run[-1].group(), match.group(), table)):
            run.append(match)
            tail = _house_tail(text, tokens, position - 1, table)
            run += tail
            position += len(tail)
            if tail and position < len(tokens) and not tokens[position].group().isupper():
                yield from _name(text, run, table, surnames)  # «Центра новых технологий | Хироки Ямада»
                run = []
        elif run:
            yield from _name(text, run, table, surnames)
            run = []
    yield from _name(text, run, table, surnames)


def key_of(word: str) -> str:
    """By what a part of a name is known; in Russian without its ending."""
    bare = word.rstrip(".")
    return stem(bare) if is_russian(bare) else normal(bare)


def keys_of(words: str) -> set[str]:
    """By what the last part of a name is known in this case and in the nominative, whose stems may differ."""
    return {key_of(words.split()[-1]), key_of(nominative(words).split()[-1])}


def begins_sentence(text: str, position: int) -> bool:
    """Whether a sentence, or what is quoted after a colon, begins at a position."""
    before = text[max(0, position - _NEAR) : position]
    return bool(_SENTENCE_BEGINS.search(before)) and (position <= _NEAR or bool(before.strip()))


def _joins(gap: str, before: str, after: str) -> bool:
    # A full stop parts names, save after an initial; a possessive ends the name of the owner; "глава Nvidia Дженсен
    # Хуанг" names two.
    if before.endswith(".") and len(before) > 2:
        return False
    if is_russian(before) != is_russian(after) and not gap.startswith("."):
        return False
    return bool(_BETWEEN.fullmatch(gap)) and "\n" not in gap and not _POSSESSIVE.search(before)


def _is_capitalised(word: str, table: Table) -> bool:
    if word[0].isupper():
        return True
    match = _PARTICLE.fullmatch(word)  # "el-Tayeb", "d'Estaing"
    return bool(
        match and match["name"][0].isupper() and (table.has("particles", match["particle"]) or match.end(1) == 1)
    )


def _is_inside(before: str, word: str, table: Table) -> bool:
    """Whether a small word may go on a name: "Ursula von der Leyen", "the Bank of England"."""
    return table.has("particles", word) or (word == "of" and table.has("bodies", normal(before)))


def _house_tail(text: str, tokens: Sequence[re.Match[str]], at: int, table: Table) -> list[re.Match[str]]:
    """The small words that go on a Russian house's name: «Международный валютный фонд», «Министерство финансов»."""
    first = tokens[at].group()
    if not is_russian(first):
        return []
    following: list[re.Match[str]] = []
    for before, token in zip(tokens[at:], tokens[at + 1 : at + 1 + 2 * _MOST_OF_WHAT], strict=False):
        if not token.group()[0].islower() or text[before.end() : token.start()] != " " or before.group().endswith("."):
            break
        following.append(token)
    if table.has("bodies", lemma(first)):
        return _of_what(following)
    if part_of_speech(first.casefold()) != "ADJF" or not is_common(first):
        return []
    said = [token.group().rstrip(".") for token in following]
    noun = next((i for i, word in enumerate(said) if part_of_speech(word) != "ADJF"), len(said))
    if noun == len(said) or not agree(first.casefold(), said[noun]):
        return []
    is_body = table.has("bodies", lemma(said[noun]))
    if not is_body and begins_sentence(text, tokens[at].start()):
        return []  # «Новое правительство»
    return following[: noun + 1] + (_of_what(following[noun + 1 :]) if is_body else [])


def _of_what(following: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The words in the genitive that tell whose, or of what, a body is, up to a noun."""
    found = 0
    for number, token in enumerate(following[:_MOST_OF_WHAT]):
        word = token.group().rstrip(".")
        kind = part_of_speech(word)
        if kind not in ("ADJF", "NOUN") or not is_genitive(word):
            break
        if kind == "NOUN":
            found = number + 1
    return list(following[:found])


def _name(text: str, run: Sequence[re.Match[str]], table: Table, surnames: Set[str]) -> Iterator[Name]:
    parts = _without_offices(text, _without_opening(text, _without_small_words(run, table), table), table)
    # At the head of a sentence every word has a capital.
    if not parts or (
        len(parts) == 1
        and begins_sentence(text, parts[0].start())
        and is_common(parts[0].group().rstrip("."))
        and key_of(parts[0].group()) not in surnames
    ):
        return
    end = parts[-1].end()
    words = text[parts[0].start() : end]
    if words.endswith(".") and not _is_initial(parts[-1].group()):
        words, end = words[:-1], end - 1
    bare = _POSSESSIVE.sub("", words)
    if len(bare.strip(".")) > 1:
        whole = " ".join(bare.split())
        yield Name(whole, parts[0].start(), end - (len(words) - len(bare)), is_house_name(whole, table))


def is_house_name(words: str, table: Table) -> bool:
    """Whether a name is a body's by its words: «Банк России», «Счётная палата», "the Bank of England"."""
    parts = words.split()
    if "&" in parts:
        return True
    if len(parts) > 1 and any(table.has("bodies", normal(part)) for part in (parts[0], parts[-1])):
        return True
    if len(parts) > 1 and not is_russian(parts[0]) and table.fits("houses", _word(parts[-1])):
        return True
    if len(parts) < 2 or not is_russian(parts[0]):
        return False
    small = [part for part in parts if part[0].islower() and not table.has("particles", part)]
    return bool(small) or table.has("bodies", lemma(parts[0]))


def _without_small_words(run: Sequence[re.Match[str]], table: Table) -> list[re.Match[str]]:
    """A run without what is no part of a name at either end: particles, titles, words that only begin a sentence."""

    def is_none(match: re.Match[str]) -> bool:
        word = match.group()
        if word == "of" or table.has("particles", word):
            return True
        return table.has("not_names", normal(word.rstrip("."))) and not _is_initial(word)

    parts = list(run)
    while parts and is_none(parts[0]):
        parts.pop(0)
    while parts and is_none(parts[-1]):
        parts.pop()
    return parts


def _without_opening(text: str, parts: list[re.Match[str]], table: Table) -> list[re.Match[str]]:
    """A name without the word before it that only begins the sentence: "Sociologist Jane Doe", «Прежде Иванов»."""
    while len(parts) > 1 and parts[1].group()[0].isupper() and begins_sentence(text, parts[0].start()):
        word = parts[0].group()
        if not is_russian(word):
            if len(parts) > 2 and table.fits("speakers", _word(word)):
                parts = parts[1:]  # "Sociologist Jane Doe"
            break
        kind = part_of_speech(word.casefold()) if is_common(word) else "ADJF"
        is_house = table.has("bodies", lemma(word)) or table.fits("houses", _word(word))
        if kind == "ADJF" or (kind == "NOUN" and is_house):
            break  # «Северная Корея», «Банк России»
        parts = parts[1:]
    return parts


def _without_offices(text: str, parts: list[re.Match[str]], table: Table) -> list[re.Match[str]]:
    """A Russian name without the office, house or land before it that has a capital too."""
    first = next((i for i, match in enumerate(parts) if is_first_name(match.group())), 0)
    short = next((i for i, match in enumerate(parts) if not match.group().isupper()), 0)
    if short and len(parts) - short > 1 and is_russian(parts[0].group()):
        parts, first = parts[short:], 0  # «НИУ ВШЭ Роман Ступаков»
    owner = (
        first > 0
        and first + 1 < len(parts)
        and _OFFICE_BEFORE.search(text, max(0, parts[0].start() - _NEAR), parts[0].start())
    )
    if owner or all(_may_precede(match.group()) or _is_office(match, table) for match in parts[:first]):
        parts = parts[first:]  # "Обозреватель Давид Тер-Погосов", but "Гэри Маркус"
    if (
        parts
        and begins_sentence(text, parts[0].start())
        and is_russian(parts[0].group())
        and _is_office(parts[0], table)
    ):
        parts = parts[1:]  # "Представитель ООН"
    place = len(parts) > 2 and parts[1].group()[0].isupper() and not is_first_name(parts[0].group())
    if place and (
        is_land_of(parts[0].group()) or _OF_PLACE.search(text, max(0, parts[0].start() - _NEAR), parts[0].start())
    ):
        parts = parts[1:]  # «премьер Японии Санаэ Такаити», «скаут из Миннесоты Уэйн Хартли»
    return parts


def _may_precede(word: str) -> bool:
    """Whether a word before a first name is no part of the name: «ПСБ Денис Попов», «Сорбонны Пьер Дюваль»."""
    short = "-" not in word and sum(letter.isupper() for letter in word) > 1  # «РАНХиГС»
    return is_common(word) or short or not may_be_subject(word)


def _is_office(match: re.Match[str], table: Table) -> bool:
    word = _word(match.group().rpartition("-")[2])  # "Премьер-министр", "Экс-игрок"
    return table.fits("speakers", word) or table.fits("unnamed", word)


def _word(surface: str) -> Word:
    return Word(surface, normal(surface), stem(surface), 0, len(surface))


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word.endswith(".")
