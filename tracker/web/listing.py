"""Which forecasts are on a page of the list? Those that were asked for, in order, so many at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.report.pages.index import IndexPage, Row
from tracker.web.paging import Paging, paging

ROWS = 100
"""How many forecasts are on a page: a browser should not have to lay out ten thousand."""
KEYS = ("status", "forecaster", "tag", "text", "sort")
"""What can be asked."""
SORTS = {"closes": "first to close", "-closes": "last to close", "claim": "claim", "said": "likelihood"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list: its rows, how many fit in all, and what was asked."""

    rows: Sequence[Row]
    found: int
    paging: Paging
    asked: Mapping[str, str]


def listing(index: IndexPage, asked: Mapping[str, str], page: str) -> Listing:
    """The rows that fit what was asked, of the page with that number."""
    words = asked.get("text", "").casefold().split()
    status = asked.get("status", "")
    rows = [
        row
        for row in index.rows
        if (not status or row.status.value == status)
        and (not asked.get("forecaster") or row.forecaster == asked["forecaster"])
        and (not asked.get("tag") or asked["tag"] in row.tags)
        and all(word in f"{row.id} {row.claim} {row.forecaster}".casefold() for word in words)
    ]
    match asked.get("sort", ""):
        case "-closes":
            rows.sort(key=lambda row: row.closes or date.max, reverse=True)
        case "claim":
            rows.sort(key=lambda row: row.claim.casefold())
        case "said":
            rows.sort(key=lambda row: -row.likelihood)
    shown = paging(page, len(rows), ROWS)
    return Listing(rows[shown.part], len(rows), shown, asked)
