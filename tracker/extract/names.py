"""Which names stand in a text, and who is meant by a surname alone?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.extract.article import Span
from tracker.extract.cues import Table
from tracker.text import Word, normal, stem
from tracker.text.russian import is_common, is_first_name, is_land_of, may_be_subject, nominative

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*\.?|\d+")
_BETWEEN = re.compile(r"\s*&\s*|\s+|(?<=\.)")
_POSSESSIVE = re.compile(r"['’]s?$")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands: words with a capital in a row."""

    words: str
    start: int
    end: int


def names(text: str, span: Span, table: Table) -> Iterator[Name]:
    """The names in a stretch of text: runs of words with a capital, without those that have one for another reason."""
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        if run and not _joins(text[run[-1].end() : match.start()], run[-1].group(), match.group()):
            yield from _name(text, span.start, run, table)
            run = []
        if _is_capitalised(match.group()) or (run and _is_inside(run[-1].group(), match.group(), table)):
            run.append(match)
        elif run:
            yield from _name(text, span.start, run, table)
            run = []
    yield from _name(text, span.start, run, table)


def _joins(gap: str, before: str, after: str) -> bool:
    # A full stop parts names, save after an initial; a possessive ends the name of the owner; "глава Nvidia Дженсен
    # Хуанг" names two.
    if before.endswith(".") and len(before) > 2:
        return False
    if bool(_CYRILLIC.search(before)) != bool(_CYRILLIC.search(after)) and not gap.startswith("."):
        return False
    return bool(_BETWEEN.fullmatch(gap)) and "\n" not in gap and not _POSSESSIVE.search(before)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper()


def _is_inside(before: str, word: str, table: Table) -> bool:
    """Whether a small word may go on a name: "Ursula von der Leyen", "the Bank of England"."""
    return table.has("particles", word) or (word == "of" and table.has("bodies", normal(before)))


def _name(text: str, begins: int, run: Sequence[re.Match[str]], table: Table) -> Iterator[Name]:
    parts = _without_offices(text, begins, _without_small_words(run, table), table)
    # At the head of a sentence every word has a capital.
    if not parts or (len(parts) == 1 and _begins(text, begins, parts[0]) and is_common(parts[0].group())):
        return
    end = parts[-1].end()
    words = text[parts[0].start() : end]
    if words.endswith(".") and not _is_initial(parts[-1].group()):
        words, end = words[:-1], end - 1
    bare = _POSSESSIVE.sub("", words)
    if len(bare.strip(".")) > 1:
        yield Name(" ".join(bare.split()), parts[0].start(), end - (len(words) - len(bare)))


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


def _without_offices(text: str, begins: int, parts: list[re.Match[str]], table: Table) -> list[re.Match[str]]:
    """A Russian name without the office, house or land before it that has a capital too."""
    first = next((i for i, match in enumerate(parts) if is_first_name(match.group())), 0)
    if all(_may_precede(match.group()) or _is_office(match, table) for match in parts[:first]):
        parts = parts[first:]  # "Обозреватель Давид Тер-Погосов", but "Гэри Маркус"
    if parts and _begins(text, begins, parts[0]) and _CYRILLIC.search(parts[0].group()) and _is_office(parts[0], table):
        parts = parts[1:]  # "Представитель ООН"
    if len(parts) > 2 and is_land_of(parts[0].group()):
        parts = parts[1:]  # «премьер Японии Санаэ Такаити»
    return parts


def _may_precede(word: str) -> bool:
    """Whether a word before a first name is no part of the name: «ПСБ Денис Попов», «Сорбонны Пьер Дюваль»."""
    return is_common(word) or word.isupper() or not may_be_subject(word)


def _begins(text: str, begins: int, word: re.Match[str]) -> bool:
    return not re.search(r"\w", text[begins : word.start()])


def _is_office(match: re.Match[str], table: Table) -> bool:
    last = match.group().rpartition("-")[2]  # "Премьер-министр", "Экс-игрок"
    word = Word(last, normal(last), stem(last), match.start(), match.end())
    return table.fits("speakers", word) or table.fits("unnamed", word)


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word.endswith(".")


@dataclass
class Roster:
    """The people and organisations of an article, each known by its fullest name."""

    full: list[str] = field(default_factory=list)
    _by_last: dict[str, str] = field(default_factory=dict)
    _by_first: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, spans: Sequence[Span], table: Table) -> Roster:
        """The roster of a text: names of two to four words, the first of those that share their last."""
        roster = cls()
        found = [name.words for span in spans if not _is_title(span.of(text)) for name in names(text, span, table)]
        longer = [words for words in found if 2 <= len(words.split()) <= 4]
        # A Russian name stands in the nominative once at least, mostly; only else is it made.
        forms = dict.fromkeys(longer)
        for words in longer:
            roster._enter(_as_a_person(words, forms))
        return roster

    def _enter(self, name: str) -> None:
        parts = name.split()
        self.full.append(name)
        self._by_last.setdefault(
            key_of(parts[0] if "of" in parts else parts[-1]), name
        )  # "the Bank" is that of England
        self._by_first.setdefault(key_of(parts[0]), name)

    def who(self, words: str, case: str = "") -> str:
        """The fullest name of who is meant; `case` is that of Russian words, where it is known ("gent")."""
        if not _CYRILLIC.search(words):
            return self._known(words) or words
        forms = (words, nominative(words, case), nominative(words, "gent"))
        return next(filter(None, map(self._known, forms)), forms[1] if case else words)

    def _known(self, words: str) -> str:
        parts = words.split()
        if len(parts) > 1 and words in self.full:
            return words
        known = self._by_last.get(key_of(parts[-1]), "")
        if known and len(parts) > 1 and key_of(known.split()[0]) != key_of(parts[0]):
            return ""
        return known

    def by_first(self, words: str) -> str:
        """Who is addressed by a first name, or a first name and a patronymic; empty when that is nobody known."""
        return self._by_first.get(key_of(words.split()[0]), "")


def _is_title(line: str) -> bool:
    """Whether a line Has Capitals Like a Headline, which make names of common words."""
    letters = [word for word in line.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in letters)
    return len(letters) > 4 and 2 * capitals > len(letters) and line[-1] not in ".!?…"


def _as_a_person(words: str, forms: dict[str, None]) -> str:
    """A Russian name in the nominative: as the article has it elsewhere, else by the dictionary."""
    if not _CYRILLIC.search(words):
        return words
    alike = [
        form for form in forms if [key_of(part) for part in form.split()] == [key_of(part) for part in words.split()]
    ]
    plain = nominative(words)
    return next((form for form in alike if nominative(form) == form), plain)


def key_of(word: str) -> str:
    """By what a part of a name is known; in Russian without its ending."""
    bare = word.rstrip(".")
    return stem(bare) if _CYRILLIC.search(bare) else normal(bare)
