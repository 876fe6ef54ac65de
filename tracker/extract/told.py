"""Which part of a sentence is speech, and to whom does the rest of it lay that?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.extract.article import Span
from tracker.extract.attribution import Attribution, attribution
from tracker.extract.cues import Table, read_clauses
from tracker.extract.roster import Roster
from tracker.extract.quotation import CLOSERS, Quoted
from tracker.extract.turns import INSERTED

_LONGEST_LAID = 200  # characters after a dash among which a verb of saying must begin


@dataclass
class Told:
    """A sentence of a paragraph, its speech, and who the rest of it says is speaking."""

    span: Span
    speech: list[Span]
    laid: Attribution | None


class Teller:
    """Reads the sentences of an article, each stretch once."""

    def __init__(self, text: str, table: Table, roster: Roster) -> None:
        self.text, self.table, self.roster = text, table, roster
        self._laid: dict[Span, Attribution | None] = {}

    def attribution(self, span: Span) -> Attribution | None:
        """As `attribution`, once for each stretch."""
        if span not in self._laid:
            self._laid[span] = attribution(self.text, span, self.table, self.roster)
        return self._laid[span]

    def told(self, sentence: Span, parts: Sequence[Quoted]) -> Told:
        """Which part of a sentence is speech, and to whom the rest lays it."""
        inside = [
            _trim(self.text, Span(max(part.span.start, sentence.start), min(part.span.end, sentence.end)))
            for part in parts
            if part.span.start < sentence.end and part.span.end > sentence.start
        ]
        inside = [piece for span in inside if span.start < span.end for piece in self.without_insertions(span)]
        if not inside:
            return Told(sentence, [], self.attribution(sentence))
        gaps = [
            Span(sentence.start, inside[0].start),
            *(Span(one.end, other.start) for one, other in pairwise(inside)),
            Span(inside[-1].end, sentence.end),
        ]
        outside = [gap for gap in gaps if re.search(r"\w", gap.of(self.text))]
        laid = next(filter(None, (self.attribution(gap) for gap in outside)), None)
        if outside and not laid and sum(len(gap.of(self.text).split()) for gap in outside) > 8:
            return Told(sentence, [], self.attribution(sentence))
        return Told(sentence, inside, laid)

    def without_insertions(self, span: Span) -> list[Span]:
        """Speech without what a dash sets apart inside it: «Нет, — сказал он, — не сейчас»."""
        dashes = list(INSERTED.finditer(self.text, span.start, span.end))
        kept, start, number = [], span.start, 0
        while number < len(dashes):
            end = dashes[number + 1].start() if number + 1 < len(dashes) else span.end
            clauses = read_clauses(
                self.text, Span(dashes[number].end(), min(end, dashes[number].end() + _LONGEST_LAID))
            )
            if any(hit.start <= 1 for hit in self.table.says.find(clauses)):
                kept.append(Span(start, dashes[number].start()))
                start = dashes[number + 1].end() if number + 1 < len(dashes) else span.end
                number += 1
            number += 1
        kept.append(Span(start, span.end))
        trimmed = (_trim(self.text, one) for one in kept)
        return [one for one in trimmed if one.start < one.end]


def _trim(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" \t\n—–" + CLOSERS + "«„"))
    return Span(start, max(start, span.start + len(words.rstrip(" \t\n—–" + CLOSERS))))
