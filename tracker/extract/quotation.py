"""Which parts of a paragraph stand between quotation marks, and are they somebody's speech?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.extract.article import Span

_OPENING, _CLOSING = "“«„", "”»"
_STRAIGHT = '"‟'
CLOSERS = "\"'”’»“)"
"""Marks that may stand after the end of a sentence."""
_SPEECH_WORDS = 4  # fewer words in quotation marks are a title, an irony or a term


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two quotation marks, which are left out; `opened` and `closed` say whether they are there.

    A part without its opening mark began in an earlier paragraph; one without its closing mark goes on in the next.
    """

    span: Span
    opened: bool
    closed: bool


def quoted_parts(text: str, paragraph: Span) -> list[Quoted]:
    """The outermost quoted parts of a paragraph, in order.

    >>> [part.span.of("“No”, he said. “Not yet.”") for part in quoted_parts("“No”, he said. “Not yet.”", Span(0, 25))]
    ['No', 'Not yet.']
    """
    found: list[Quoted] = []
    marks: list[str] = []  # the opening marks that are not closed yet
    opened = -1
    for position in range(paragraph.start, paragraph.end):
        character = text[position]
        straight = character in _STRAIGHT
        closes = character in _CLOSING or (character == "“" and marks[-1:] == ["„"])
        if straight:
            # A straight mark that opens inside a quotation is an inner one; its closing mark would end the outer one.
            closes = bool(marks) and not _opens(text, position, paragraph)
            closes |= not marks and not _opens(text, position, paragraph) and _closes(text, position, paragraph)
        if closes and len(marks) == 1:
            found.append(Quoted(Span(opened, position), opened=True, closed=True))
        elif closes and not marks and not found:
            found.append(Quoted(Span(paragraph.start, position), opened=False, closed=True))
        if closes:
            marks = marks[:-1]
        elif character in _OPENING or (straight and not marks):
            opened = opened if marks else position + 1
            marks.append(character)
    if marks:
        found.append(Quoted(Span(opened, paragraph.end), opened=True, closed=False))
    return found


def _opens(text: str, position: int, paragraph: Span) -> bool:
    before = text[position - 1] if position > paragraph.start else " "
    after = text[position + 1] if position + 1 < paragraph.end else " "
    return (before.isspace() or before in "(—–-[") and not after.isspace()


def _closes(text: str, position: int, paragraph: Span) -> bool:
    before = text[position - 1] if position > paragraph.start else " "
    return not before.isspace()


def is_speech(text: str, part: Quoted) -> bool:
    """Whether a quoted part is a sentence that somebody said, rather than a few words of one, a title or a term."""
    words = part.span.of(text)
    if not part.opened or not part.closed:
        return True
    first = re.search(r"\w", words)
    long_enough = len(words.split()) >= _SPEECH_WORDS or words.rstrip().endswith((".", "!", "?", ",", "…"))
    return bool(first and (first.group().isupper() or first.group().isdigit()) and long_enough)
