"""In what context was it said? The sentences of the article around a quote, with the quote marked in them."""

from __future__ import annotations

from tracker.ledger.quotes import find_quote
from tracker.report.pages.marking import Piece, pieces

AROUND = 420
"""How many characters of the article are shown before and after the quote, at most."""


def in_context(quote: str, article: str) -> tuple[tuple[Piece, ...], ...]:
    """The article's paragraphs around a quote, each in pieces; the quote alone where the article does not have it.

    `article` is its text through `tracker.ledger.quotes.legible`, or empty. An ellipsis at either end
    stands for what is left out.
    """
    spans = find_quote(quote, article) if article else []
    if not spans:
        return ((Piece(quote, marked=True),),)
    start, end = _start(article, spans[0][0]), _end(article, spans[-1][1])
    found = []
    done = start
    for paragraph in article[start:end].split("\n"):
        inside = [(begin - done, stop - done) for begin, stop in spans if begin < done + len(paragraph) and stop > done]
        found.append(pieces(paragraph, inside))
        done += len(paragraph) + 1
    found = [paragraph for paragraph in found if paragraph and any(piece.text.strip() for piece in paragraph)]
    if start > 0:
        found[0] = (Piece("… "), *found[0])
    if end < len(article.rstrip()):
        found[-1] = (*found[-1], Piece(" …"))
    return tuple(found)


def _start(article: str, quote: int) -> int:
    """Where the context begins: with a paragraph if one is near, else with a sentence, else with a word."""
    earliest = max(0, quote - AROUND)
    if earliest == 0:
        return 0
    before = article[earliest:quote]
    for mark in ("\n", ". ", "? ", "! ", " "):
        if (at := before.find(mark)) >= 0:
            return earliest + at + len(mark)
    return quote


def _end(article: str, quote: int) -> int:
    latest = min(len(article), quote + AROUND)
    if latest == len(article):
        return latest
    after = article[quote:latest]
    for mark, kept in (("\n", 0), (". ", 1), ("? ", 1), ("! ", 1), (" ", 0)):
        if (at := after.rfind(mark)) >= 0:
            return quote + at + kept
    return quote
