"""Whom does a sentence name, or point back to, as the speaker of its words, or of the quotation beside it?"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from tracker.extract.antecedents import Antecedents
from tracker.extract.article import Span
from tracker.extract.attribution import Attribution, attributions
from tracker.extract.cues import Table
from tracker.extract.quotation import CLOSERS
from tracker.extract.roster import Roster
from tracker.extract.subject import Points
from tracker.extract.told import Told
from tracker.extract.topic import Topics
from tracker.text import normal

_ANOTHER = re.compile(r"\b(?:him|ему|ей|ним|ней)\b")


class References:
    """Reads the sentences of an article in their order, and keeps who was `named` so far; `people` are its speakers."""

    def __init__(self, text: str, spans: Sequence[Span], table: Table, roster: Roster, people: Set[str]) -> None:
        self.text, self.table, self.roster, self.people = text, table, roster, people
        self.topics = Topics(text, table, roster, people)
        self.named = Antecedents(text, spans, people, roster, table)
        self._persons = people | (set(roster.full) - roster.houses)

    def speaker_of(self, sentence: Told) -> tuple[str, str] | None:
        """Who is named for a sentence and by which words; whom it begins with is known to the ones after it."""
        if sentence.speech:
            outside = Span(sentence.span.start, sentence.speech[0].start)
            introduced = self.text[outside.start : outside.end].rstrip(CLOSERS + " «„").endswith(":")
            person = self.topics.person(outside, self._persons) if introduced else ""
            if person and not sentence.laid:
                self.named.now(person)
                return person, f"“{' '.join(outside.of(self.text).split())}”"
        elif self._is_about(sentence):
            self._mention(sentence.span)
        if sentence.laid is None:
            self.named.now(self.topics.house_of(sentence.span), is_house=True)
            return None
        found = self.who(sentence.laid, sentence.span)
        self.named.now(found[0], is_house=sentence.laid.is_house)
        if sentence.laid.points is Points.TO_NOBODY:
            self.named.now(self._named_later(sentence.span))
        return found

    def _named_later(self, span: Span) -> str:
        """Who else a sentence names as a speaker: "some think so, but John Brown says no"."""
        laid = attributions(self.text, span, self.table, self.roster)
        return next((one.name for one in laid if one.name in self.people), "")

    def _is_about(self, sentence: Told) -> bool:
        """Whether a sentence is about the one with whose name it begins, and not what somebody else says of him."""
        laid = sentence.laid
        if laid is None or laid.points in (Points.BY_NAME, Points.TO_NOBODY):
            return True
        before = self.text[sentence.span.start : self.text.find(laid.words, sentence.span.start)]
        return ":" in before or ";" in before  # "Wren is among the pessimists: she sees a recession"

    def led_by(self, span: Span) -> tuple[str, str] | None:
        """The known person with whose name a sentence begins, as who may speak what comes next."""
        who = self.topics.person(span)
        return (who, f"{who} goes on") if who else None

    def _mention(self, span: Span) -> None:
        """Whom a sentence is about is known to the ones after it: "Kane was more careful. “No,” he said."."""
        who = self.topics.person(span, self._persons)
        if who in self.people:
            self.named.now(who)
        elif who and not self.topics.is_no_speaker(who, span):
            self.named.mentioned(who, doubtful=bool(_ANOTHER.search(span.of(self.text))))
        elif who := self.topics.only_person(span, self._persons):
            self.named.mentioned(who, doubtful=False)
        elif who := self.named.so_called(self.topics.office(span)):
            self.named.now(who)

    def quoted_speaker(
        self, told: Sequence[Told], named: Sequence[tuple[str, str] | None], before: str
    ) -> tuple[str, str]:
        """Who speaks quotations that no words lay to anybody: the first named for another, else who spoke `before`."""
        for sentence, one in zip(told, named, strict=True):
            if one and sentence.speech:
                return one
        if any(named):
            return next(one for one in named if one)
        mentioned = [self.topics.person(sentence.span) for sentence in told if not sentence.speech]
        who = next(filter(None, mentioned), "") or before
        return (who, f"{who} goes on" if who else "nobody is named")

    def who(self, laid: Attribution, span: Span) -> tuple[str, str]:
        """Who it is that a sentence is laid to, empty where that is not told or in doubt; and by which words."""
        told = told_by(laid)
        match laid.points:
            case Points.BY_NAME:
                return self.named.by_first(laid.name), told
            case Points.BACK_TO_PERSON:
                who = self.named.person(laid.words)
                if (house := self.named.last_house) and self._may_be_a_houses(laid.words):
                    who = "" if who else house  # «по его прогнозу» is the bank's, or a person's of whom we read before
            case Points.BACK_TO_HOUSE:
                leading = self.topics.leading_house(laid, span)
                who = self.topics.house_of(span) or ("" if self.named.is_person(leading) else leading)
                who = who or self.named.house(laid.words)
            case Points.TO_NOBODY:
                self.named.nobody()
                who = ""
        return who, told if who else f"{told}: not named"

    def _may_be_a_houses(self, words: str) -> bool:
        """Whether a forecast or an estimate, which a Russian «его» may lay to a house, is told of."""
        return any(self.table.has("of_houses", normal(word)) for word in words.split())


def told_by(laid: Attribution) -> str:
    """The words that say who speaks, as a reason."""
    return f"“{' '.join(laid.words.split())}”"
