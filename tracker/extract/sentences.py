"""Where do sentences begin and end? Abbreviations, initials, numbers and quotations do not end one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from tracker.extract.article import Span

# The end of a sentence: its mark, what closes after it (a note's number too), a space, and what a sentence begins with.
_END = re.compile(
    r"""(?P<mark>[.!?…]+)(?P<closing>["'»”’)\]]*)(?P<note>\[\d{1,3}\])?(?P<gap>\s+)"""
    r"""(?=[—–-]?\s*["'«“„‘(\[]*(?P<next>[^\W_]))"""
)
_INITIAL = re.compile(r"(?:^|[\s(«“\"'.-])[A-ZА-ЯЁ]$")
_DOTTED = re.compile(r"(?:^|\W)(?:[^\W\d_]\.)+[^\W\d_]$")
_WORD_BEFORE = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of a text, or of a paragraph of it, in order, without the white space between them.

    >>> text = "Mr. Aliyev met J. R. Smith at 5 p.m. on Friday. “Will it hold?” asked Izvestia. It will."
    >>> [span.of(text) for span in sentences(text)]
    ['Mr. Aliyev met J. R. Smith at 5 p.m. on Friday.', '“Will it hold?” asked Izvestia.', 'It will.']
    """
    begin, end = (within.start, within.end) if within else (0, len(text))
    found, start = [], begin
    for match in _END.finditer(text, begin, end):
        if _goes_on(text, start, match):
            continue
        found.append(Span(start, match.start("gap")))
        start = match.end("gap")
    found.append(Span(start, end))
    return [span for span in (_trimmed(text, span) for span in found) if span.start < span.end]


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence goes on after what looks like its end."""
    following = match["next"]
    if following.islower():
        # “…” said X; « … » — сказал он; "5 p.m. on Friday".
        return True
    if match["mark"] != ".":
        return False
    before = text[start : match.start()]
    if _INITIAL.search(before) or (_DOTTED.search(before) and not match["closing"]):
        # "J. Smith", "U.S. Senate"; a sentence that ends in "U.S." is joined to the next, which is the lesser evil.
        return True
    word = _WORD_BEFORE.search(before)
    if word is None or match["closing"]:
        return False
    said = word.group().casefold()
    abbreviations = _abbreviations()
    return said in abbreviations["always"] or (said in abbreviations["before_number"] and following.isdigit())


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """`always`: words that a full stop after them only shortens; `before_number`: those it shortens before a number."""
    text = files("tracker.extract").joinpath("abbreviations.yaml").read_text("utf-8")
    content = yaml.load(text, Loader=yaml.CSafeLoader)
    return {name: frozenset(str(word) for word in content[name]) for name in ("always", "before_number")}
