"""Which part of a long list is shown on a page?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number` of `pages`, with `size` entries each."""

    number: int
    pages: int
    size: int

    @property
    def part(self) -> slice:
        """The entries on it."""
        return slice((self.number - 1) * self.size, self.number * self.size)


def paging(asked: str, total: int, size: int) -> Paging:
    """The page that is asked for by its number, of a list of `total` entries; the nearest one for any other words.

    >>> paging("2", 25, 10), paging("9", 25, 10).number, paging("x", 0, 10)
    (Paging(number=2, pages=3, size=10), 3, Paging(number=1, pages=1, size=10))
    """
    pages = max(1, -(-total // size))
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    return Paging(min(max(number, 1), pages), pages, size)
