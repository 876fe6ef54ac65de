"""What does a document of the past change in what is stored? An item is no younger than its earliest sighting, and what
it said then stands from then on, in whatever order the sightings are learnt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from tracker.model import Item
from tracker.store.archives import TEXTS, renew_versions
from tracker.store.reading import in_batches
from tracker.store.schema import items, versions

_Stored = Row[*tuple[Any, ...]]


def date_by_sight(connection: Connection, sighted: Sequence[tuple[_Stored, Item]]) -> None:
    """Let stored items be no younger than an earlier sighting of them proves: their first moment, date and day."""
    rows = []
    for before, item in sighted:
        published = before.published if before.published and before.published <= item.first_seen else item.published
        day = before.day if published is not None and published == before.published else min(before.day, item.day)
        rows.append({"number": before.id, "first_seen": item.first_seen, "published": published, "day": day})
    if rows:
        connection.execute(update(items).where(items.c.id == bindparam("number")), rows)


def insert_earlier(connection: Connection, feed: int, shown: Mapping[int, Item], at: datetime) -> list[Item]:
    """Put in wordings that a feed showed of its own items, by id, before the newest known; the items that got another.

    A wording that is known from later on stood since then. The versions come under new ids, to be matched anew.
    """
    before: dict[int, list[dict[str, Any]]] = {}
    for batch in in_batches(list(shown)):
        ours = select(items.c.id).where(items.c.id.in_(batch), items.c.feed == feed)
        query = select(versions).where(versions.c.item.in_(ours)).order_by(versions.c.item, versions.c.version)
        for row in connection.execute(query):
            before.setdefault(row.item, []).append(dict(row._mapping))
    after = {}
    for number, rows in before.items():
        known = _with_sighting(rows, {name: getattr(shown[number], name) for name in TEXTS if name in rows[0]}, at)
        if known != rows:
            after[number] = [row | {"version": version} for version, row in enumerate(known, 1)]
    renew_versions(connection, before, after)
    return [shown[number] for number, rows in after.items() if len(rows) > len(before[number])]


def _with_sighting(rows: list[dict[str, Any]], texts: dict[str, Any], at: datetime) -> list[dict[str, Any]]:
    """An item's versions in order of time, with what it said at a moment that is not after the last of them."""
    place = sum(row["seen_at"] <= at for row in rows)
    if place == len(rows) or (place and _says(rows[place - 1], texts)):
        return rows
    if _says(rows[place], texts):
        return [*rows[:place], rows[place] | {"seen_at": at}, *rows[place + 1 :]]
    return [*rows[:place], rows[place] | texts | {"seen_at": at}, *rows[place:]]


def _says(row: Mapping[str, Any], texts: Mapping[str, Any]) -> bool:
    return all(row[name] == texts[name] for name in ("title", "summary"))
