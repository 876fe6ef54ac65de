"""Which parts of a paragraph stand between quotation marks, and are they somebody's speech?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.extract.article import Span

_OPENING, _CLOSING = "“«„", "”»"
_STRAIGHT = '"‟'
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
    opened, depth = -1, 0
    for position in range(paragraph.start, paragraph.end):
        character = text[position]
        if character in _OPENING and not (character == "“" and depth and text[opened - 1] == "„"):
            if not depth:
                opened = position + 1
            depth += 1
        elif character in _CLOSING or (character == "“" and depth):
            depth = _close(found, paragraph, opened, position, depth)
        elif character in _STRAIGHT:
            if depth and not _opens(text, position, paragraph):
                depth = _close(found, paragraph, opened, position, depth)
            elif not depth and (_opens(text, position, paragraph) or not _closes(text, position, paragraph)):
                opened, depth = position + 1, 1
            elif not depth:
                _close(found, paragraph, opened, position, depth)
            # A straight mark that opens inside a quotation is an inner one; its closing mark would end the outer one.
    if depth:
        found.append(Quoted(Span(opened, paragraph.end), opened=True, closed=False))
    return found


def _close(found: list[Quoted], paragraph: Span, opened: int, position: int, depth: int) -> int:
    if depth == 1:
        found.append(Quoted(Span(opened, position), opened=True, closed=True))
    elif depth == 0 and not found:
        found.append(Quoted(Span(paragraph.start, position), opened=False, closed=True))
    return max(0, depth - 1)


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
