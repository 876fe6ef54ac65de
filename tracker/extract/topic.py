"""Whom is a sentence about? He, or the house, may be meant by a word that points back, or speak what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from tracker.assess.pattern import Clauses
from tracker.extract.article import Span
from tracker.extract.attribution import Attribution
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name
from tracker.extract.roster import Roster
from tracker.text import Word, normal
from tracker.text.language import is_russian
from tracker.text.russian import is_future

_OWNING = re.compile(r"\.?['’]s?(?:\s|$)")
_LONGEST = 2000  # characters: no sentence of an article is as long, and each word of it is looked at many times
_LONGEST_LEAD = 6  # words of a title before the name with which a sentence begins


class Topics:
    """Reads whom the sentences of an article are about; `people` are its known speakers."""

    def __init__(self, text: str, table: Table, roster: Roster, people: Set[str]) -> None:
        self.text, self.table, self.roster, self.people = text, table, roster, people

    def person(self, span: Span, among: Set[str] | None = None) -> str:
        """The person who is the subject of a sentence of the author, if it is one of the known speakers, or `among`."""
        known = self.people if among is None else among
        if span.end - span.start > _LONGEST:
            return ""
        clauses = read_clauses(self.text, span)
        for name in self.roster.names(span):
            who = self.roster.who(name.words)
            if who in known and not name.is_house and self._is_subject(name, clauses):
                return who
        return ""

    def only_person(self, span: Span, among: Set[str]) -> str:
        """The one person whom a sentence names, in whatever part of it: "Among the sceptics is Jane Doe"."""
        if span.end - span.start > _LONGEST:
            return ""
        clauses = read_clauses(self.text, span)
        if any(self.table.has(kind, word.normal) for word in clauses.words for kind in ("personal", "own")):
            return ""  # "he has never met Jane Doe"
        found = {
            who: name
            for name in self.roster.names(span)
            if not name.is_house and (who := self.roster.who(name.words)) in among
        }
        if len(found) != 1:
            return ""
        who, name = next(iter(found.items()))
        before = [word for word in clauses.words if word.end <= name.start][-1:]
        led = [word for word in before if self.table.fits("leads_to", word)]
        return who if led or who in self.people else ""

    def _is_subject(self, name: Name, clauses: Clauses) -> bool:
        """Whether a name may be the subject: no object, no owner, and nothing but an office before it in its piece."""
        if is_russian(name.words):
            # Russian puts its subject anywhere: "Иначе смотрит на дело Иван Петров".
            plain = normal(self.roster.who(name.words)).split()
            return normal(name.words).split()[-1] == plain[-1] and self._lead(name, clauses) is not None
        if _OWNING.match(self.text, name.end):
            return False  # "HSBC's Lucy Wren", "the E.U.'s trade chief, Maros Havel"
        lead = self._lead(name, clauses)
        if lead is None:
            return False
        at = next((position for position, word in enumerate(clauses.words) if lead and word is lead[0]), 0)
        begins = not at or clauses.marks[at - 1] == ":"  # "LUSAKA — Jane Doe", of any stronger mark than a comma
        titled = any(self.table.fits(kind, word) for word in lead[-1:] for kind in ("speakers", "unnamed"))
        return len(lead) <= _LONGEST_LEAD and (begins or titled)

    def _lead(self, name: Name, clauses: Clauses) -> Sequence[Word] | None:
        """The words of a name's piece of the sentence before it; None where the last of them makes it an object."""
        before = [position for position, word in enumerate(clauses.words) if word.end <= name.start]
        start = next((position + 1 for position in reversed(before) if clauses.marks[position]), 0)
        lead = clauses.words[start : len(before)]
        if lead and lead[-1].normal in ("the", "a", "an"):
            lead = lead[:-1]
        if start and len(lead) == 1 and self.table.fits("boundaries", lead[0]):
            return []  # "shares have risen, and Jane Doe has …"
        return None if lead and self.table.fits("prepositions", lead[-1]) else lead

    def is_no_speaker(self, who: str, span: Span) -> bool:
        """Whether a sentence's subject will hardly speak next: a club ("West Ham have"), or whose future it tells."""
        name = next(name for name in self.roster.names(span) if self.roster.who(name.words) == who)
        following = read_clauses(self.text, Span(name.end, span.end)).words[:2]
        several = any(word.normal in ("have", "are", "were") for word in following[:1])
        return several or any(is_future(word.normal) or word.normal in ("will", "may", "might") for word in following)

    def office(self, span: Span) -> str:
        """The office with which a sentence begins: "the sociologist | laughed", «академик | смеётся»; else empty."""
        words = read_clauses(self.text, span).words[:2]
        words = words[1:] if words and words[0].normal == "the" else words[:1]
        begins = words[:1] and self.table.fits("speakers", words[0]) and not self.table.fits("groups", words[0])
        named = any(name.start < words[0].end + 2 for name in self.roster.names(span)) if words else True
        return words[0].surface if begins and not named else ""

    def house_of(self, span: Span) -> str:
        """The house whose analysts a sentence is about: "Oosterhof's economists are milder", «аналитики «Ориона»»."""
        if span.end - span.start > _LONGEST:
            return ""
        words = read_clauses(self.text, span).words
        for name in self.roster.names(span):
            before = [word for word in words if word.end <= name.start][-1:]
            # Russian puts the house behind: «до Нового года | авторы ждут».
            behind = [word for word in words if word.start >= name.end and word.surface != "s"][:1]
            after = [] if is_russian(name.words) else behind
            if any(self.table.fits("groups", word) for word in (*before, *after)):
                return self.roster.who(name.words, "gent" if before and self.table.fits("groups", before[0]) else "")
        first = next(iter(self.roster.names(span)), None)
        led = read_clauses(self.text, Span(span.start, first.start)).words if first else []
        begins = all(self.table.fits("houses", word) or self.table.fits("prepositions", word) for word in led)
        houses = [name for name in self.roster.names(span) if name.is_house]
        only = houses[0] if len(houses) == 1 and not is_russian(houses[0].words) else None
        subject = first and begins and (first.is_house or (first.words.isupper() and not led))  # «ЦБ рисует иное»
        house = first if subject else only
        return self.roster.who(house.words) if house else ""

    def leading_house(self, laid: Attribution, span: Span) -> str:
        """The house with whose name a sentence begins that goes on with "the regulator"; "they" may mean anybody."""
        words = read_clauses(self.text, span).words
        own = next((name for name in self.roster.names(span) if not name.is_doubtful), None)
        spoken = [normal(word) for word in laid.words.split()]
        led = [word for word in words[:1] if own and word.end <= own.start and self.table.fits("prepositions", word)]
        if not own or own.start != words[len(led)].start or any(self.table.has("they", word) for word in spoken):
            return ""
        who = self.roster.who(own.words)
        return "" if laid.words.startswith(own.words) else who
