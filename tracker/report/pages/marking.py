"""Which words of a text are marked? A text in pieces, for a template to put a mark around some of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is marked."""

    text: str
    marked: bool = False


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text in pieces, those within `spans` (character offsets) marked; empty pieces are left out.

    >>> [(piece.text, piece.marked) for piece in pieces("envoys met", [(7, 10)])]
    [('envoys ', False), ('met', True)]
    """
    found = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            found += [Piece(text[done:start]), Piece(text[start:end], marked=True)]
            done = end
    return tuple(piece for piece in [*found, Piece(text[done:])] if piece.text)
