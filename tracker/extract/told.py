"""Which part of a sentence is speech, and to whom does the rest of it lay that?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.extract.article import Span
from tracker.extract.attribution import Attribution, attribution
from tracker.extract.cues import Table
from tracker.extract.quotation import CLOSERS, Quoted
from tracker.extract.remarks import bare, remark, remarks, without
from tracker.extract.roster import Roster


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
        self._spoken: dict[Span, tuple[list[Span], Attribution | None]] = {}

    def attribution(self, span: Span) -> Attribution | None:
        """As `attribution`, once for each stretch."""
        if span not in self._laid:
            self._laid[span] = attribution(self.text, span, self.table, self.roster)
        return self._laid[span]

    def told(self, sentence: Span, parts: Sequence[Quoted]) -> Told:
        """Which part of a sentence is speech, and to whom the rest lays it."""
        inside = [
            bare(self.text, Span(max(part.span.start, sentence.start), min(part.span.end, sentence.end)))
            for part in parts
            if part.span.start < sentence.end and part.span.end > sentence.start
        ]
        inside = [piece for span in inside if span.start < span.end for piece in self.spoken(span)[0]]
        if not inside:
            return Told(sentence, [], self.attribution(sentence))
        gaps = [
            Span(sentence.start, inside[0].start),
            *(Span(one.end, other.start) for one, other in pairwise(inside)),
            Span(inside[-1].end, sentence.end),
        ]
        outside = [gap for gap in gaps if re.search(r"\w", gap.of(self.text))]
        laid = next(filter(None, (self.attribution(gap) for gap in outside)), None)
        behind = [gap for gap in outside if gap.start >= inside[0].end]
        laid = laid or next(filter(None, (self._remark(gap) for gap in behind)), None)
        introduced = any(gap.of(self.text).rstrip(CLOSERS + " «„").endswith(":") for gap in outside[:1])
        if outside and not laid and not introduced and sum(len(gap.of(self.text).split()) for gap in outside) > 8:
            return Told(sentence, [], self.attribution(sentence))
        return Told(sentence, inside, laid)

    def _remark(self, gap: Span) -> Attribution | None:
        return remark(self.text, bare(self.text, gap), self.table, self.roster)

    def spoken(self, span: Span) -> tuple[list[Span], Attribution | None]:
        """The parts of a sentence of speech, and to whom what dashes set apart in it lays them."""
        if span not in self._spoken:
            inserted = remarks(self.text, span, self.table, self.roster)
            laid = (remark(self.text, bare(self.text, one), self.table, self.roster) for one in inserted)
            self._spoken[span] = (without(span, inserted, self.text), next(filter(None, laid), None))
        return self._spoken[span]
