"""What is a broken feed, and what would a careful reader of it want?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

ADDRESS = "https://feed.example/news/rss.xml"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
"""When every case is read; its feeds were written in the week before."""
ZONE = timezone(timedelta(hours=4))
"""In which dates without a zone are read."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document, and what must become of it; what is None or empty is left open.

    `refused` is a regular expression that the one error matches; without it, and with nothing expected of the items,
    the document may end in items as well as in an error. `items` is their number, `at_least` the least of it. `titles`,
    `links`, `summaries` and `sources` are those of the items in order; a link may be any one of a tuple. `dates` are in
    ISO 8601, None for unknown. `including` are titles that must be among the others. `absent` is a regular expression
    that nothing of the outcome may match. `later` is what the same feed says a poll later: the same items, by their
    keys. Large documents are made when they are asked for.
    """

    kind: str
    name: str
    document: bytes | Callable[[], bytes]
    content_type: str = ""
    refused: str = ""
    items: int | None = None
    at_least: int = 0
    titles: tuple[str, ...] | None = None
    links: tuple[str | tuple[str, ...], ...] | None = None
    dates: tuple[str | None, ...] | None = None
    summaries: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None
    including: tuple[str, ...] = ()
    absent: str = ""
    later: bytes | None = None

    @property
    def body(self) -> bytes:
        """The document."""
        return self.document if isinstance(self.document, bytes) else self.document()

    @property
    def expected_items(self) -> int | None:
        """How many items must be found, 0 for what must be refused; None where it is left open."""
        if self.refused:
            return 0
        known = [self.items, *(len(each) for each in (self.titles, self.links, self.dates, self.summaries) if each)]
        return next((number for number in known if number is not None), None)

    @property
    def must_be_read(self) -> bool:
        """Whether an error would be wrong."""
        return (self.expected_items is not None and not self.refused) or bool(self.at_least or self.including)

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


Document = str | bytes | Callable[[], bytes]


def cases_of(kind: str, table: Mapping[str, tuple[Document, dict[str, Any]]]) -> Iterator[Case]:
    """The cases of one kind from a table of their names, documents and expectations."""
    for name, (document, expectations) in table.items():
        yield Case(kind, name, document.encode() if isinstance(document, str) else document, **expectations)
