"""What does a feed say of itself and of one entry, in its own words?

Every reader of a format fills these; nothing in them is cleaned, resolved or trusted yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Entry(NamedTuple):
    """An entry as its feed says it, each field empty when it says nothing. A tuple, because a poll makes thousands.

    `summary` is markup, the whole content where there is no summary. `published`, `updated` and `created` are dates in
    the feed's own wording. `language` is claimed of this entry. `sources` are addresses of where the feed has it from.
    `permalink` is a guid that serves for the link that is missing.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    created: str = ""
    language: str = ""
    sources: tuple[str, ...] = ()
    permalink: str = ""

    @property
    def claims(self) -> tuple[str, str, str]:
        """What the entry says of its date, the best first."""
        return self.published, self.updated, self.created


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's title and language as claimed, and its entries in the document's order."""

    title: str
    language: str
    entries: Sequence[Entry]
