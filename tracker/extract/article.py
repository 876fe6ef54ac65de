"""What is an article, as text? Its words with what is known about them, and where its paragraphs stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LINE_BREAK = re.compile(r"[ \t\r]*\n\s*")
_WRAPPED_AT = 100  # characters: a longest line below it, broken inside sentences, is what a mail program wraps


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article's words, as they are kept; offsets of what is found in it count the characters of `text`.

    `published` is the day on which it appeared; `author` and `url` may be empty.
    """

    text: str
    published: date
    title: str = ""
    author: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The characters [start, end) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


def paragraphs(text: str) -> list[Span]:
    """Where the paragraphs stand, without the white space around them: each line, or each block of wrapped lines.

    >>> [span.of("One.\\n\\nTwo.\\n") for span in paragraphs("One.\\n\\nTwo.\\n")]
    ['One.', 'Two.']
    """
    found, start = [], 0
    for gap in (_BLANK_LINE if _is_wrapped(text) else _LINE_BREAK).finditer(text):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [span for begin, end in found if (span := _trimmed(text, begin, end))]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _is_wrapped(text: str) -> bool:
    """Whether lines are broken inside sentences, and paragraphs are set apart by blank lines."""
    if not _BLANK_LINE.search(text.strip()):
        return False
    blocks = [[line.strip() for line in block.split("\n")] for block in _BLANK_LINE.split(text.strip())]
    lines = [line for block in blocks for line in block]
    broken = [line for block in blocks for line in block[:-1]]
    if not broken or max(map(len, lines)) > _WRAPPED_AT:
        return False
    open_ended = sum(not line.endswith((".", "!", "?", "…", ":", '"', "”", "»")) for line in broken)
    return 2 * open_ended > len(broken)
