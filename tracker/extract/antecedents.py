"""Whom does "he", "the analyst", "the bank" or a first name mean? Whoever was named last and fits, or nobody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name
from tracker.extract.quotation import quoted_parts
from tracker.extract.roster import Roster
from tracker.extract.sentences import sentences
from tracker.text import Word, normal, stem, surfaces
from tracker.text.language import is_russian
from tracker.text.russian import gender

_GENDERS = {"masc": "he", "femn": "she"}
_FAR = 3  # paragraphs over which "he" or "the bank" may point back
_TITLE = 60  # characters before a name in which the last word is looked for
_NEAR = 2  # houses and people that were named since, among whom "they" may be meant
_PERSONAL = re.compile(r",\s+(?:who|whose|котор(?:ый|ая|ого|ой|ому))\b")
_INDEFINITE = re.compile(r",\s+(?:an?|the)\s+[^,.;:]+")
_OFFICE_WORDS = 6  # words before or behind a name among which an office may stand
_SHORT_KIND = 6  # words of an apposition among which a house's kind stands: "a London-based research firm"
_APPOSITION = re.compile(r",\s+[^,.;:]+")


class Antecedents:
    """The speakers of an article in the order in which they were named, as far as it was read; `people` are all."""

    def __init__(self, text: str, spans: Sequence[Span], people: Set[str], roster: Roster, table: Table) -> None:
        self._table = table
        self._roster = roster
        self._people = people
        self._recent: list[str] = []
        self._paragraphs: dict[str, int] = {}
        self._paragraph = 0
        self._mentioned: set[str] = set()
        self._doubtful: set[str] = set()
        self._offices = offices(text, spans, roster, table)
        self._kinds = kinds_of_houses(text, spans, roster, table)
        self._houses = set(told_as_houses(text, spans, roster, table)) | set(self._kinds)
        # «Корж и Левин» is a firm, and Korzh is not.
        self._houses |= {roster.who(name.words) for name in roster.found if name.is_house} - set(roster.full)
        self._houses |= roster.houses
        self._genders = self._learnt(text, spans) | {
            name: _GENDERS[told] for name in people if (told := gender(name)) in _GENDERS
        }
        self._persons = (set(self._genders) | set(told_as_persons(text, spans, roster, table))) - self._houses

    @property
    def last(self) -> str:
        """Who spoke, or was named as a speaker, last; empty before anybody was."""
        return next((who for who in reversed(self._recent) if who and who not in self._mentioned), "")

    def paragraph(self) -> None:
        """Another paragraph begins."""
        self._paragraph += 1

    def now(self, who: str, *, is_house: bool = False) -> None:
        """Somebody is named, or speaks."""
        if who and is_house and who not in self._persons:
            self._houses.add(who)
        self._paragraphs[who] = self._paragraph
        if who and self._recent[-1:] != [who]:
            self._recent.append(who)
        self._mentioned.discard(who)
        if who:
            self._doubtful.clear()

    def nobody(self) -> None:
        """Somebody speaks whose name is not told: "he", or "the official", may mean him afterwards."""
        if self._recent[-1:] != [""]:
            self._recent.append("")

    def mentioned(self, who: str, *, doubtful: bool) -> None:
        """Somebody is the subject of a sentence, who may be a person, and was not named as a speaker before.

        `doubtful`: the sentence speaks of another person too, so that "he" may mean either after it.
        """
        self._paragraphs[who] = self._paragraph
        if doubtful:
            self._doubtful.add(who)
        if who and who not in self._recent:
            self._mentioned.add(who)
        if who and self._recent[-1:] != [who]:
            self._recent.append(who)

    def person(self, words: str) -> str:
        """The person whom words point back to: the last of their gender, where it is known; empty for nobody."""
        wanted = self._gender_of(words)
        fitting = [
            who
            for who in reversed(self._recent)
            if not self.is_house(who) and not (wanted and self._genders.get(who, "") not in (wanted, ""))
        ]
        found = next((who for who in fitting[:1] if who not in self._doubtful and self._is_near(who, _FAR)), "")
        found = self._of_office(words, found)
        if found and wanted:
            self._genders.setdefault(found, wanted)
        return found

    def so_called(self, words: str) -> str:
        """Who is called so beside his name, of those near: "the sociologist laughed"; empty for nobody."""
        return self._of_office(words, "")

    def _of_office(self, words: str, last: str) -> str:
        """Of whom "the admiral" is told: of `last`, unless only somebody before is called so beside his name."""
        called = {stem(word) for word in surfaces(words)}
        if called & self._offices.get(last, set()):
            return last
        so_called = [who for who in reversed(self._recent) if who and called & self._offices.get(who, set())]
        return next((who for who in so_called[:1] if self._is_near(who, _FAR)), last)

    def _is_near(self, who: str, paragraphs: int) -> bool:
        return self._paragraph - self._paragraphs.get(who, -paragraphs) <= paragraphs

    def is_meant(self, who: str, words: str) -> bool:
        """Whether a pronoun in a sentence means a person: it is of the gender that is known."""
        return bool(told := self._gender_of(words)) and self._genders.get(who, "") == told

    def house(self, words: str) -> str:
        """The house that "they", "the bank" or "its analysts" means: of that kind, or named just now, or nobody."""
        spoken = {stem(word) for word in surfaces(words)}
        known = [who for who in reversed(self._recent) if who and not self._may_be_person(who)]
        alike = [who for who in known if spoken & (self._kinds.get(who, set()) | set(map(stem, who.split()[1:])))]
        if alike and self._is_near(alike[0], _FAR):
            return alike[0]
        near = reversed(self._recent[-_NEAR:])
        paragraphs = 0 if any(self._table.has("personal", normal(word)) for word in surfaces(words)) else 1
        return next((who for who in near if not self._may_be_person(who) and self._is_near(who, paragraphs)), "")

    def _may_be_person(self, who: str) -> bool:
        """Whether a speaker is a person, or has a Russian name of two words that is no house's."""
        return who in self._persons or (" " in who and is_russian(who) and not self.is_house(who))

    @property
    def last_house(self) -> str:
        """The house that was named last, in this paragraph, if nobody was named since; else empty."""
        last = self._recent[-1] if self._recent else ""
        return last if last and self.is_house(last) and self._is_near(last, 0) else ""

    def is_house(self, who: str) -> bool:
        """Whether a speaker is known to be no person."""
        return who in self._houses or any(self._table.has("bodies", normal(part)) for part in who.split())

    def is_person(self, who: str) -> bool:
        """Whether a speaker is known to be a person: by the first name, a pronoun, or what is told of him."""
        return who in self._persons

    def by_first(self, name: str) -> str:
        """A name, or the speaker whose first name alone it is."""
        alike = [who for who in self._people if " " not in name and who.split()[0] == name]
        return alike[0] if len(alike) == 1 else name

    def _gender_of(self, words: str) -> str:
        """The gender that pronouns and titles tell, as the table names it; empty for none, or for both."""
        spoken = {normal(word) for word in surfaces(words)}
        told = [name for name in _GENDERS.values() if any(self._table.has(name, word) for word in spoken)]
        return told[0] if len(told) == 1 else ""

    def _learnt(self, text: str, spans: Sequence[Span]) -> dict[str, str]:
        """The gender of each person by the pronouns of paragraphs, and sentences, that name nobody else."""
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        text = _without_speech(text, spans)
        for span in (*spans, *(sentence for paragraph in spans for sentence in sentences(text, paragraph))):
            found = self._roster.names(span)
            named = {self._roster.who(name.words) for name in found} & self._people
            # "He said that Brown …" tells nothing of Brown, nor does "Brown thinks that he …".
            told = (
                self._gender_of(text[found[0].start - min(5, found[0].start - span.start) : span.end]) if found else ""
            )
            if len(named) == 1 and told and self._is_said(text, Span(found[0].start, span.end), told):
                continue
            if len(named) == 1 and told:
                votes[next(iter(named))][told] += 1
        return {name: count.most_common(1)[0][0] for name, count in votes.items()}

    def _is_said(self, text: str, span: Span, told: str) -> bool:
        """Whether the pronoun of a sentence stands behind a verb of saying, where it may mean another."""
        clauses = read_clauses(text, span)
        hits = self._table.says.find(clauses)
        if not hits or any(self._table.has(told, word.normal) for word in clauses.words[: hits[0].start]):
            return False
        return not any(word.normal in ("that", "что") for word in clauses.words[hits[0].end : hits[0].end + 1])


def _without_speech(text: str, spans: Sequence[Span]) -> str:
    """A text with blanks for what stands in quotation marks, so that places stay what they are."""
    letters = list(text)
    for part in (part.span for span in spans for part in quoted_parts(text, span)):
        letters[part.start : part.end] = " " * (part.end - part.start)
    return "".join(letters)


def told_as_persons(text: str, spans: Sequence[Span], roster: Roster, table: Table) -> Iterator[str]:
    """Whose full name stands beside what only a person is: "economist Jane Doe", "Jane Doe, who …", "Dr Jane Doe"."""
    for span in spans:
        for name in roster.names(span):
            who = roster.who(name.words)
            if who in roster.full and " " in name.words and _is_told_as_person(text, span, name, table):
                yield who


def told_as_houses(text: str, spans: Sequence[Span], roster: Roster, table: Table) -> Iterator[str]:
    """Which names are those of houses: "economists at Oosterhof", «аналитики «Орион Капитала»», «обзор «Ориона»»."""
    for span in spans:
        words = read_clauses(text, span).words
        for name in roster.names(span):
            before = _before(words, name, 1)
            quoted = text[name.start - 1 : name.start] in ("«", "„") and text[name.end : name.end + 1] in ("»", "“")
            led = bool(before) and table.fits("groups", before[0])
            if quoted or led:
                yield roster.who(name.words, "gent" if led else "")


def offices(text: str, spans: Sequence[Span], roster: Roster, table: Table) -> dict[str, set[str]]:
    """What people are called beside their names, as stems: "Admiral Jane Doe", «политолог Иван Петров»."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for span in spans:
        words = read_clauses(text, span).words
        for name in roster.names(span):
            beside = _before(words, name, _OFFICE_WORDS)
            if apposition := _APPOSITION.match(text, name.end, span.end):
                beside += _behind(words, name, apposition.end())[:_OFFICE_WORDS]
            parted = [word for word in beside if not re.search(r"[.!?;:]", text[word.end : name.start])]
            called = {word.stem for word in parted if _is_office(word, table)}
            if called and not name.is_house:
                found[roster.who(name.words)] |= called
    return dict(found)


def kinds_of_houses(text: str, spans: Sequence[Span], roster: Roster, table: Table) -> dict[str, set[str]]:
    """What houses are called beside their names, as stems: "Rysgaard, a consultancy", «агентство «Полярис»»."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for span in spans:
        words = read_clauses(text, span).words
        for name in roster.names(span):
            before = _before(words, name, 1)
            beside = [word for word in before if name.is_house or not is_russian(name.words)]
            if apposition := _INDEFINITE.match(text, name.end, span.end):
                told = read_clauses(text, Span(name.end, apposition.end())).words[:_SHORT_KIND]
                # "Chloe Martin, an analyst at the bank"
                beside += takewhile(
                    lambda word: not table.fits("prepositions", word) and not _is_office(word, table), told
                )
            called = {word.stem for word in beside if table.fits("houses", word)}
            if called:
                kinds[roster.who(name.words)] |= called
    return dict(kinds)


def _is_told_as_person(text: str, span: Span, name: Name, table: Table) -> bool:
    if _PERSONAL.match(text, name.end, span.end):
        return True
    before = read_clauses(text, Span(max(span.start, name.start - _TITLE), name.start)).words[-1:]
    if before and not re.search(r"[.!?:;]", text[before[0].end : name.start].rstrip(". ")):
        title = before[0]
        if any(table.has(kind, title.normal) for kind in ("he", "she")) or _is_office(title, table):
            return True
    apposition = _APPOSITION.match(text, name.end, span.end)
    words = read_clauses(text, Span(name.end, apposition.end())).words[:4] if apposition else []
    return any(_is_office(word, table) for word in words)


def _before(words: Sequence[Word], name: Name, number: int) -> list[Word]:
    """So many of the words before a name."""
    end = bisect_right(words, name.start, key=lambda word: word.end)
    return list(words[max(0, end - number) : end])


def _behind(words: Sequence[Word], name: Name, end: int) -> list[Word]:
    """The words behind a name that begin before `end`."""
    first = bisect_left(words, name.end, key=lambda word: word.start)
    return list(words[first : bisect_left(words, end, key=lambda word: word.start)])


def _is_office(word: Word, table: Table) -> bool:
    return table.fits("speakers", word) and not table.fits("groups", word)
