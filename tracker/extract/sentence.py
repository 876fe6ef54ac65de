"""What does a sentence of an article say: its words, its times that lie ahead, its words of probability?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.assess.pattern import Clauses
from tracker.extract.article import ArticleText, Span
from tracker.extract.cues import Hit, Table, read_clauses
from tracker.extract.speakers import Segment
from tracker.likelihood import FoundLikelihood, find_likelihoods
from tracker.windows import FoundWindow, find_windows


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article, with what is read in it when it is asked for; offsets are those of the article."""

    article: ArticleText
    segment: Segment
    cues: Table
    language: str

    @cached_property
    def clauses(self) -> Clauses:
        """Its words, and the marks between them."""
        return read_clauses(self.article.text, self.segment.span)

    @cached_property
    def likelihoods(self) -> list[FoundLikelihood]:
        """Its words of probability, and the numbers that are one."""
        base = self.segment.span.start
        found = find_likelihoods(self.text, self.language)
        return [replace(one, start=one.start + base, end=one.end + base) for one in found]

    @cached_property
    def times(self) -> list[FoundWindow]:
        """The phrases of time that do not lie in the past."""
        base = self.segment.span.start
        found = find_windows(self.text, self.article.published, self.language)
        return [replace(one, start=one.start + base, end=one.end + base) for one in found if one.reading is not None]

    @cached_property
    def conditions(self) -> Sequence[Hit]:
        """The words that open a condition."""
        return self.cues.conditions.find(self.clauses)

    @property
    def text(self) -> str:
        """The sentence as it stands in the article."""
        return self.segment.span.of(self.article.text)

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        end = self.segment.span.end
        return self.text.rstrip("\"'”’»)").endswith("?") or self.article.text[end : end + 1] == "?"

    def span(self, first: int, end: int) -> Span:
        """Where the words [first, end) stand in the article."""
        return Span(self.clauses.words[first].start, self.clauses.words[end - 1].end)
