"""Whom is a sentence about? He, or the house, may be meant by a word that points back, or speak what comes next."""

from __future__ import annotations

import re
from collections.abc import Set

from tracker.extract.article import Span
from tracker.extract.attribution import Attribution
from tracker.extract.cues import Table, read_clauses
from tracker.extract.roster import Roster
from tracker.text import normal
from tracker.text.russian import is_first_name, is_future

_OWNING = re.compile(r"\.?['’]s?\s+(?:[a-z-]+\s+){0,4}(?:[a-z-]+,\s+)?")
_LONGEST_LEAD = 6  # words of a title before the name with which a sentence begins


class Topics:
    """Reads whom the sentences of an article are about; `people` are its known speakers."""

    def __init__(self, text: str, table: Table, roster: Roster, people: Set[str]) -> None:
        self.text, self.table, self.roster, self.people = text, table, roster, people

    def person(self, span: Span, among: set[str] | None = None) -> str:
        """The person with whom a sentence of the author begins, as its subject, if it is one of the known speakers."""
        found = self.roster.names(span)
        while len(found) > 1 and _OWNING.fullmatch(self.text[found[0].end : found[1].start]):
            found.pop(0)  # "HSBC's Lucy Wren", "the E.U.'s trade chief, Maros Havel"
        if not found:
            return ""
        name = found[0]
        if len(found) == 1 and name.words in self.people and is_first_name(name.words.split()[0]):
            return name.words  # Russian puts its subject last: "Иначе смотрит на дело Иван Петров"
        lead = read_clauses(self.text, Span(span.start, name.start))
        if len(lead.words) > _LONGEST_LEAD or (lead.words and self.table.fits("prepositions", lead.words[-1])):
            return ""
        who = self.roster.who(name.words)
        return who if who in (among or self.people) else ""

    def is_no_speaker(self, span: Span) -> bool:
        """Whether who begins a sentence will hardly speak next: a club ("West Ham have"), or whose future it tells."""
        name = self.roster.names(span)[0]
        following = read_clauses(self.text, Span(name.end, span.end)).words[:2]
        several = any(word.normal in ("have", "are", "were") for word in following[:1])
        return several or any(
            is_future(word.normal) or word.normal in ("will", "would", "may", "might", "could") for word in following
        )

    def house_of(self, span: Span) -> str:
        """The house whose analysts a sentence is about: "Oosterhof's economists are milder", «аналитики «Ориона»»."""
        words = read_clauses(self.text, span).words
        for name in self.roster.names(span):
            before = [word for word in words if word.end <= name.start][-1:]
            # Russian puts the house behind: «до Нового года | авторы ждут».
            behind = [word for word in words if word.start >= name.end and word.surface != "s"][:1]
            after = [] if name.words[0] > "z" else behind
            if any(self.table.fits("groups", word) for word in (*before, *after)):
                return self.roster.who(name.words, "gent" if before and self.table.fits("groups", before[0]) else "")
        return ""

    def leading_house(self, laid: Attribution, span: Span) -> str:
        """The house with whose name a sentence begins that goes on with "the regulator"; "they" may mean anybody."""
        words = read_clauses(self.text, span).words
        own = next(iter(self.roster.names(span)), None)
        spoken = [normal(word) for word in laid.words.split()]
        if not own or own.start != words[0].start or any(self.table.has("they", word) for word in spoken):
            return ""
        who = self.roster.who(own.words)
        return "" if laid.words.startswith(own.words) else who
