"""Who is meant by a name as it stands: a surname alone, another case, initials?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name, begins_sentence, is_house_name, key_of, keys_of, names
from tracker.extract.quotation import is_speech, quoted_parts
from tracker.text import normal, surfaces
from tracker.text.language import is_russian
from tracker.text.russian import case_after, is_first_name, nominative, nominative_of_house

_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)\s+$")
_TOLD_OF = re.compile(r",\s+(?:an?|the|which|who|whose)\b|['’]s\b|\s+(?:also\s+)?[a-z]+\s+its\b")
_SMALL = 5  # letters of a word that a headline in capitals leaves small: "with", "after"
_NEAR = 30  # characters before a name in which the word that governs it stands
_LONGEST_NAME = 4  # words of a person's name


@dataclass
class Roster:
    """The people and organisations of an article, each known by its fullest name.

    `found` are all names as they stand, in order; `houses` are those of `full` that are no person's by their form.
    """

    table: Table
    found: list[Name] = field(default_factory=list)
    full: list[str] = field(default_factory=list)
    houses: set[str] = field(default_factory=set)
    _by_last: dict[str, str] = field(default_factory=dict)
    _by_first: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, spans: Sequence[Span], table: Table) -> Roster:
        """The roster of a text: names of two to four words, the first of those that share their last."""
        first = [name for span in spans for name in names(text, span, table)]
        surnames = {key for name in first if " " in name.words and not name.is_house for key in keys_of(name.words)}
        found = [
            replace(name, is_house=name.is_house or any(part.start <= name.start < part.end for part in titled))
            for span in spans
            for titled in [[part.span for part in quoted_parts(text, span) if not is_speech(text, part)]]
            for name in names(text, span, table, surnames)
        ]
        sure = {name.words for name in found if " " in name.words or not begins_sentence(text, name.start)}
        sure = {part.casefold() for name in sure for part in (name, *name.split())}
        small = {word for word in surfaces(text) if word.islower()}
        roster = cls(table, [replace(name, is_doubtful=_is_doubtful(text, name, sure, small, table)) for name in found])
        found = roster.found
        titles = [span for span in spans if _is_title(span.of(text))]
        in_titles = {name for span in titles for name in roster.names(span)}
        longer = [name for name in found if _is_full(name)]
        plain = _nominatives(text, longer, {name.words for name in found if " " not in name.words})
        # A line Of Capitals makes names of common words; it tells only names that stand elsewhere too.
        elsewhere = {key_of(name.words.split()[-1]) for name in found if name not in in_titles}
        for name in longer:
            if name not in in_titles or key_of(name.words.split()[-1]) in elsewhere:
                roster._enter(plain[_alike(name.words)], name.is_house)
        return roster

    def names(self, span: Span) -> list[Name]:
        """The names that stand in a stretch of the text."""
        start = bisect_left(self.found, span.start, key=lambda name: name.start)
        end = bisect_left(self.found, span.end, key=lambda name: name.start)
        return [name for name in self.found[start:end] if name.end <= span.end]

    def _enter(self, name: str, is_house: bool) -> None:
        parts = name.split()
        if name not in self.full:
            self.full.append(name)
        if is_house:
            self.houses.add(name)
        if is_house and ("of" in parts or is_russian(name)):
            self._by_last.setdefault(key_of(parts[0]), name)  # "the Bank" is that of England
            return
        self._by_last.setdefault(key_of(parts[-1]), name)
        self._by_first.setdefault(key_of(parts[0]), name)

    def who(self, words: str, case: str = "") -> str:
        """The fullest name of who is meant; `case` is that of Russian words, where it is known ("gent")."""
        if not is_russian(words):
            return self._known(words) or words
        if is_house_name(words, self.table):
            plain = nominative_of_house(words)
            return self._known(plain) or plain
        forms = (words, nominative(words, case), nominative(words, "gent"))
        return next(filter(None, map(self._known, forms)), forms[1] if case else words)

    def surname(self, words: str) -> str:
        """By what the surname of a name is known, or the last word of a house's, in whatever case it stands."""
        return key_of(self.who(words).split()[-1])

    def _known(self, words: str) -> str:
        parts = words.split()
        if len(parts) > 1 and words in self.full:
            return words
        known = self._by_last.get(key_of(parts[-1]), "")
        if known and len(parts) > 1 and not _same_first(parts[0], known.split()[0]):
            return ""
        return known

    def by_first(self, words: str) -> str:
        """Who is addressed by a first name, or a first name and a patronymic; empty when that is nobody known."""
        return self._by_first.get(key_of(words.split()[0]), "")


def _same_first(one: str, other: str) -> bool:
    """Whether two first names may be the same; an initial is that of a name."""
    if one.endswith(".") and len(one) == 2:
        return one[0] == other[0]
    return key_of(one) == key_of(other)


def _is_doubtful(text: str, name: Name, sure: Set[str], small: Set[str], table: Table) -> bool:
    """Whether an English word begins a sentence, is no acronym, is told of no further, and stands nowhere else so."""
    alone = " " not in name.words and not is_russian(name.words) and not name.words.isupper()
    if not alone or name.words.casefold() in sure or _TOLD_OF.match(text, name.end):
        return False
    if table.has("fields", normal(name.words)) or name.words.lower() in small:
        return True  # "Options traders", "Oil analysts"
    following = read_clauses(text, Span(name.end, min(len(text), name.end + _NEAR))).words[:1]
    return not any(table.fits("groups", word) for word in following)  # "Rysgaard analysts"


def _is_full(name: Name) -> bool:
    parts = name.words.split()
    initials = all(len(part.rstrip(".")) == 1 for part in parts)
    return len(parts) >= 2 and not initials and (name.is_house or len(parts) <= _LONGEST_NAME)


def _is_title(line: str) -> bool:
    """Whether a line Has Capitals Like a Headline, which make names of common words; Russian has no such."""
    if is_russian(line):
        return False
    letters = [word for word in line.split() if word[0].isalpha()]
    if any(word.islower() and len(word) > _SMALL for word in letters):
        return False
    capitals = sum(word[0].isupper() for word in letters)
    return len(letters) > 4 and 2 * capitals > len(letters) and line[-1] not in ".!?…"


def _alike(words: str) -> tuple[str, ...]:
    return tuple(key_of(part) for part in words.split())


def _nominatives(text: str, longer: Sequence[Name], single: set[str]) -> dict[tuple[str, ...], str]:
    """The names in the nominative, by what is alike in their cases: as the article has them, else by the dictionary."""
    forms: dict[tuple[str, ...], list[Name]] = {}
    for name in longer:
        forms.setdefault(_alike(name.words), []).append(name)
    return {alike: _nominative(text, found, single) for alike, found in forms.items()}


def _nominative(text: str, forms: Sequence[Name], single: set[str]) -> str:
    words = forms[0].words
    if not is_russian(words):
        return words
    if forms[0].is_house:
        return nominative_of_house(words)
    cases = {name.words: _case(text, name) for name in reversed(forms)}
    told = next((form for form, case in cases.items() if case == "nomn"), "")
    known = is_first_name(words.split()[0])
    if known:
        plain = nominative(words, "" if told != words else "nomn")
        alike = next((form for form in cases if nominative(form) == form), plain)
        return _with_ending(alike, single)
    if told:
        return told
    oblique = next(((form, case) for form, case in cases.items() if case), None)
    if oblique:
        return _with_ending(nominative(*oblique), single)
    # Nothing tells the case of a name that the dictionary does not know: most often it is the subject.
    return Counter(name.words for name in forms).most_common(1)[0][0]


def _case(text: str, name: Name) -> str:
    """The case of a Russian name by the word that stands before it, as OpenCorpora names it; empty for not told."""
    match = _WORD_BEFORE.search(text, max(0, name.start - _NEAR), name.start)
    return case_after(match[1]) if match and match[1].islower() else ""


def _with_ending(name: str, single: set[str]) -> str:
    """A surname like «Ланской», whose other cases are those of «Ланский», as the article has it alone."""
    first, _, last = name.rpartition(" ")
    other = f"{last[:-2]}ой"
    return f"{first} {other}" if last.endswith(("ий", "ый")) and other in single else name
