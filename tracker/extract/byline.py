"""Who signs an article: "By Jane Doe", a name alone at its head or end, or before the colon of its title?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.extract.article import Span
from tracker.extract.cues import read_clauses
from tracker.extract.lines import LONGEST_OFFICE, Lines
from tracker.extract.names import Name
from tracker.text.russian import nominative

HEAD = 10
"""Paragraphs at the head of an article among which a byline, or what introduces a guest, stands."""

_LONGEST = 8  # words
_SIGNED_BELOW = 2  # paragraphs at the end among which «Беседовал Иван Петров» stands
_SIGNED_AMONG = 5  # paragraphs at the head among which a name alone is the author's
_QUOTES = tuple('«“„"')


@dataclass(frozen=True, slots=True)
class Byline:
    """The author, empty for none that is named; whether he signs an interview; the lines, by number, that sign it."""

    author: str = ""
    is_interview: bool = False
    lines: frozenset[int] = frozenset()


def byline(lines: Lines, named: Mapping[int, Name]) -> Byline:
    """Who signs the article; `named` are the lines that tell a name, by their number."""
    for number, span in enumerate(lines.spans):
        if _is_near_an_end(lines, number) and (found := _signed(lines, named, number, span)):
            return found
    if (writer := lines.in_title()) and lines.is_title(lines.spans[0]) and _writes(lines, writer):
        return Byline(lines.roster.who(writer.words))
    for span in lines.spans[1:_SIGNED_AMONG]:
        words = read_clauses(lines.text, span).words
        name = next(iter(lines.roster.names(span)), None)
        lead = [word for word in words if name and word.end <= name.start]
        ours = 0 < len(lead) <= LONGEST_OFFICE + 1 and lines.table.has("ours", lead[0].normal)
        if name and ours and lines.say_i():
            return Byline(lines.roster.who(name.words))  # "Our political editor Jane Doe looks ahead"
    alone = standing_alone(named)
    ends = [number for number in alone if number in range(1, _SIGNED_AMONG) or number == len(lines.spans) - 1]
    # Several such lines head the parts of several speakers; a title may look like a name, so the first is none.
    if len(alone) == 1 and ends and named[ends[-1]].words in lines.roster.full:
        return Byline(named[ends[-1]].words, lines=frozenset(ends[-1:]))
    return Byline()


def standing_alone(named: Mapping[int, Name]) -> dict[int, Name]:
    """The lines with a name that no other such line stands beside."""
    return {number: name for number, name in named.items() if not {number - 1, number + 1} & named.keys()}


def quoted_in_title(lines: Lines) -> str:
    """Who stands before the colon of the title, by his full name; empty for nobody."""
    name = lines.in_title() if lines.spans and lines.is_title(lines.spans[0]) else None
    whole = name and not name.is_house and " " in name.words
    return lines.roster.who(name.words) if name and whole and name.words in lines.roster.full else ""


def _is_near_an_end(lines: Lines, number: int) -> bool:
    return number < HEAD or number >= len(lines.spans) - _SIGNED_BELOW


def _signed(lines: Lines, named: Mapping[int, Name], number: int, span: Span) -> Byline | None:
    """Who signs in a line of its own that says so, or is named in the line beside it."""
    words = read_clauses(lines.text, span).words
    signs = words and (lines.table.fits("by", words[0]) or (len(words) > 1 and words[1].normal == "by"))
    if not signs or len(words) > _LONGEST:
        return None
    found = next(iter(lines.roster.names(Span(words[0].end, span.end))), None)
    if found:
        is_interview = lines.table.fits("interviewers", words[0])
        return Byline(nominative(found.words), is_interview, frozenset([number]))  # «Колонка Ивана Петрова»
    beside = named.get(number + 1) or named.get(number - 1) or lines.in_title()
    if beside and len(words) == 1:
        return Byline(
            lines.roster.who(beside.words), lines=frozenset(at for at, name in named.items() if name is beside)
        )
    return None


def _writes(lines: Lines, name: Name) -> bool:
    """Whether who begins the title is its author: no quotation follows, and the text says "I" outside of such."""
    rest = lines.text[name.end : lines.spans[0].end].lstrip(".: ")
    return " " in name.words and not name.is_house and rest[:1] not in _QUOTES and lines.say_i()
