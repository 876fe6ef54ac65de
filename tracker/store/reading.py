"""What was known, and when? Items as they stood on a day, feeds, watches and counts, read within a given connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    or_,
    select,
)

from tracker.model import Carried, FeedState, Item, Terms, Watch
from tracker.store.fulltext import holds, up_to, with_terms
from tracker.store.schema import NEVER_POLLED, end_of, feed_items, feeds, items, versions, watches

BATCH = 1000
_Id = TypeVar("_Id", int, str)

# In the order of the fields of Item.
_ITEM = select(
    items.c.key,
    feeds.c.address,
    items.c.source,
    versions.c.title,
    versions.c.summary,
    versions.c.link,
    versions.c.language,
    items.c.published,
    items.c.first_seen,
    items.c.day,
    versions.c.version,
    items.c.claimed,
).select_from(versions.join(items, versions.c.item == items.c.id).join(feeds, items.c.feed == feeds.c.id))


_later = versions.alias("later")
_IS_LATER = and_(_later.c.item == versions.c.item, _later.c.version > versions.c.version)
STANDS_NOW = ~exists().where(_IS_LATER)
"""Whether a version is the one that stands now."""


def stood(end: datetime | None) -> ColumnElement[bool]:
    """Whether a version is the one that stood at a moment (None: that stands now)."""
    if end is None:
        return STANDS_NOW
    return and_(
        or_(versions.c.version == 1, versions.c.seen_at <= end),
        ~exists().where(_IS_LATER, _later.c.seen_at <= end),
    )


def standing_versions(
    connection: Connection, clauses: Sequence[frozenset[str]], since: date | None, until: date, zone: tzinfo
) -> list[Sequence[int]]:
    """The ids of the versions that stood at the end of `until` and meet all clauses, by day and key, in batches."""
    query = select(versions.c.id).join(items, versions.c.item == items.c.id)
    query = query.where(items.c.day <= until, stood(end_of(until, zone)))
    if since is not None:
        query = query.where(items.c.day >= since)
    return in_batches(_meeting(connection, query.order_by(items.c.day, items.c.key), clauses))


def versions_with(connection: Connection, clauses: Sequence[frozenset[str]]) -> list[Sequence[int]]:
    """The ids of all versions, whenever they stood, that meet all clauses, as they came, in batches."""
    query = select(versions.c.id)
    return in_batches(_meeting(connection, query.order_by(versions.c.id), clauses))


def _meeting(connection: Connection, query: Select[int], clauses: Sequence[frozenset[str]]) -> Sequence[int]:
    """Those of a query's versions that meet all clauses: by the index, and by their words where it has not come."""
    meeting = with_terms(connection, clauses)
    if meeting is None:
        return connection.scalars(query).all()
    newest = up_to(connection)
    found = connection.scalars(query.where(or_(versions.c.id.in_(meeting), versions.c.id > newest))).all()
    texts = select(versions.c.id, versions.c.title, versions.c.summary)
    passed: set[int] = set()
    for batch in in_batches([number for number in found if number > newest]):
        for row in connection.execute(texts.where(versions.c.id.in_(batch))):
            if holds(f"{row.title}\n{row.summary}", clauses):
                passed.add(row.id)
    return [number for number in found if number <= newest or number in passed]


def in_batches(ids: Sequence[_Id]) -> list[Sequence[_Id]]:
    """The ids or keys in runs of at most BATCH, as many as one query should be asked for."""
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def load(connection: Connection, ids: Sequence[int]) -> list[Item]:
    """The items in these versions, in this order."""
    query = _ITEM.add_columns(versions.c.id).where(versions.c.id.in_(ids))
    found = {number: Item(*values) for *values, number in connection.execute(query)}
    return [found[number] for number in ids]


def item(connection: Connection, key: str, until: date | None, zone: tzinfo) -> Item | None:
    """One item as it stood at the end of `until`, or None."""
    query = _ITEM.where(items.c.key == key, stood(None if until is None else end_of(until, zone)))
    if until is not None:
        query = query.where(items.c.day <= until)
    found = _items(connection, query)
    return found[0] if found else None


def versions_of(connection: Connection, key: str) -> list[Item]:
    """Every version of an item, oldest first."""
    return _items(connection, _ITEM.where(items.c.key == key).order_by(versions.c.version))


def count_items(connection: Connection) -> int:
    """Number of items."""
    return connection.scalar(select(func.count()).select_from(items)) or 0


def feed_states(connection: Connection) -> dict[str, FeedState]:
    """What is known of each feed, by address."""
    state, terms = FeedState.__slots__[:-1], Terms.__slots__
    rows = connection.execute(select(*(feeds.c[name] for name in (*state, *terms))).order_by(feeds.c.address))
    states = {}
    for row in rows:
        known = replace(FeedState(*row[: len(state)]), terms=Terms(*row[len(state) :]))
        states[row.address] = replace(known, last_polled=None) if row.last_polled == NEVER_POLLED else known
    return states


def watches_until(connection: Connection, until: date, zone: tzinfo) -> list[Watch]:
    """The watches that began by the end of `until`, none reaching beyond it; by feed, oldest first."""
    end = end_of(until, zone)
    query = (
        select(feeds.c.address, watches.c.since, watches.c.until)
        .join(feeds, watches.c.feed == feeds.c.id)
        .where(watches.c.since <= end)
        .order_by(feeds.c.address, watches.c.id)
    )
    return [Watch(row.address, row.since, min(row.until, end)) for row in connection.execute(query)]


def carried(connection: Connection, since: date, until: date) -> list[Carried]:
    """How many items each feed carried, by source and day."""
    columns = (feeds.c.address, items.c.source, items.c.day)
    query = (
        select(*columns, func.count(), feeds.c.archive)
        .join_from(feed_items, items, feed_items.c.item == items.c.id)
        .join(feeds, feed_items.c.feed == feeds.c.id)
        .where(items.c.day.between(since, until))
        .group_by(*columns, feeds.c.archive)
        .order_by(*columns)
    )
    return [Carried(*row) for row in connection.execute(query)]


def days(connection: Connection) -> list[tuple[date, str]]:
    """For each day that has items, figures in words that change with anything that is stored of its items, by day."""
    day, number = items.c.day, cast(items.c.id, BigInteger)
    of_items = select(
        day,
        func.count(),
        func.sum(number * items.c.feed),
        func.sum(extract("epoch", items.c.first_seen)),
        func.sum(extract("epoch", items.c.published)),
    )
    of_versions = select(day, func.count(), func.sum(versions.c.id), func.max(versions.c.id))
    of_carriers = select(
        day,
        func.sum(number * feed_items.c.feed),
        func.sum(case((feeds.c.archive, number * feed_items.c.feed), else_=0)),
    )
    queries = (
        of_items,
        of_versions.select_from(versions.join(items, versions.c.item == items.c.id)),
        of_carriers.select_from(
            feed_items.join(items, feed_items.c.item == items.c.id).join(feeds, feed_items.c.feed == feeds.c.id)
        ),
    )
    told: dict[date, str] = {}
    for query in queries:
        for row in connection.execute(query.group_by(day)):
            told[row.day] = f"{told.get(row.day, row.day)} {' '.join(map(str, row[1:]))}"
    return sorted(told.items())


def _items(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[Item]:
    return [Item(*row) for row in connection.execute(query)]
