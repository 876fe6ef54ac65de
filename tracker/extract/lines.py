"""Which paragraphs are lines of their own, and whom do such lines, and the heads of other paragraphs, name?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name
from tracker.extract.quotation import CLOSERS, quoted_parts
from tracker.extract.roster import Roster
from tracker.text import Word

SAYS_I = re.compile(r"\b(?:I|I'm|I’m|I'd|I’d|I'll|I’ll|[Ww]e|[Яя]|[Мм]ы|[Мм]не|[Мм]еня)\b")
LONGEST_HEADING = 15  # words of a line that only names who speaks
LONGEST_OFFICE = 4  # words of an office before a name
TYPE = "*_# "
"""Marks of bold type and of headings."""

_HEAD = re.compile(r"(?P<head>[^:!?\n]{2,140}?)\s*:(?:\s+(?=\S)|\s*$)", re.M)
# What may stand before a name at the head of a paragraph: a bullet, a number, the time of day, the marks of bold type.
_BEFORE_HEAD = re.compile(r"(?:#+\s+)?(?:(?:[•·*-]|\d{1,2}[.)]|\d{1,2}[:.]\d{2}[.,]?)\s+)?[*_]*")
_FARTHEST_COLON = 150  # characters
_BRACKETED = re.compile(r"\((?P<inside>[^()\n]+)\)\s*$")
_ENDS = ".!?…:;"


def begins_item(text: str, span: Span) -> bool:
    """Whether a paragraph is an item of a list, or of news by the minute: who spoke before it does not go on."""
    match = _BEFORE_HEAD.match(text, span.start, span.end)
    return bool(match and match.group().strip(TYPE))


class Lines:
    """The paragraphs `spans` of a text, asked for lines and for the names in them."""

    def __init__(self, text: str, spans: Sequence[Span], roster: Roster, table: Table) -> None:
        self.text, self.spans, self.roster, self.table = text, spans, roster, table

    def is_line(self, span: Span) -> bool:
        """Whether a paragraph is a line of its own, without the end of a sentence."""
        line = span.of(self.text).rstrip(TYPE)
        return not line.rstrip(CLOSERS).endswith((".", "!", "?", "…", ";")) and len(line.split()) <= LONGEST_HEADING

    def is_title(self, span: Span) -> bool:
        """Whether a paragraph is a line that may be the article's title."""
        return self.is_line(span) and self.text[span.end - 1] != ":"

    def before_colon(self, span: Span) -> re.Match[str] | None:
        """What stands before the first colon of a paragraph, as "head", where it may name who speaks."""
        start = _BEFORE_HEAD.match(self.text, span.start, span.end)
        return _HEAD.match(self.text, start.end() if start else span.start, min(span.end, span.start + _FARTHEST_COLON))

    def leading(self, span: Span) -> Name | None:
        """The name with which a stretch begins, or a full name that only an office stands before."""
        first = next(iter(self.roster.names(span)), None)
        if not first:
            return None
        before = read_clauses(self.text, Span(span.start, first.start)).words
        titled = " " in first.words and len(before) <= LONGEST_OFFICE and "," not in self.text[span.start : first.start]
        titled = titled and not any(self.table.fits("prepositions", word) for word in before)
        office = any(self.table.fits("speakers", word) for word in before[:2]) or all(map(self._is_title_word, before))
        return first if not before or (titled and office) else None

    def before_its_colon(self, span: Span) -> Name | None:
        """Who leads what stands before the colon of a paragraph."""
        match = self.before_colon(span)
        return self.leading(Span(match.start("head"), match.end("head"))) if match else None

    def named(self, span: Span) -> Name | None:
        """Whose name a line tells, with a title at most, that is no sentence."""
        line = span.of(self.text).rstrip(TYPE)
        start = _BEFORE_HEAD.match(self.text, span.start, span.end)
        name = self.leading(Span(start.end() if start else span.start, span.end))
        if not name or name.is_house or not 2 <= len(name.words.split()) <= 4 or len(line.split()) > LONGEST_HEADING:
            return None
        rest = self.text[name.end : span.end].strip(TYPE)
        if rest == "." and self._begins_with_office(span, name):
            return name  # «Редактор отдела Иван Петров.»
        return name if line[-1] not in _ENDS and (not rest or rest[0] in ",(—–-|\n") else None

    def in_brackets(self, span: Span) -> Name | None:
        """Who is named in brackets at the end of a line with a topic: "Bank of Japan (Jane Doe, Osaka University)"."""
        match = _BRACKETED.search(self.text, span.start, span.end)
        line = self.text[span.start : match.end()] if match else ""
        name = self.leading(Span(match.start("inside"), match.end("inside"))) if match else None
        whole = name and not name.is_house and " " in name.words and name.start == (match and match.start("inside"))
        return name if whole and len(line.split()) <= LONGEST_HEADING else None

    def in_title(self) -> Name | None:
        """Who is named before the colon, or at the head, of the title: «Иван Петров: Год без чудес»."""
        first = next(iter(self.roster.names(self.spans[0])), None) if self.spans else None
        if first and first.start == self.spans[0].start and self.text[first.end : first.end + 2] == ". ":
            return first  # «Иван Петров. Год без чудес»
        return self.before_its_colon(self.spans[0]) if self.spans else None

    def say_i(self) -> bool:
        """Whether the text says "I" outside of quotations."""
        plain = (span for span in self.spans[1:] if not quoted_parts(self.text, span))
        return any(SAYS_I.search(span.of(self.text)) for span in plain)

    def _is_title_word(self, word: Word) -> bool:
        """Whether a word is a title before a name, or part of one: "Lt. Gen. (ret.) Jane Doe"."""
        small = self.table.fits("prepositions", word) or word.normal in ("the", "a", "an")
        return self.table.has("not_names", word.normal) and not small

    def _begins_with_office(self, span: Span, name: Name) -> bool:
        """Whether a line begins with an office, and ends with whose it is."""
        words = read_clauses(self.text, Span(span.start, name.start)).words
        return bool(words) and self.table.fits("speakers", words[0])
