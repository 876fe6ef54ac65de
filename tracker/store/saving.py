"""What does a poll change? New items, edits, the feed's state and how long it has been watched; within one transaction.

The caller sees to it that no other writer is at work, so what is read here still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, func, insert, select, update

from tracker.model import Item, Poll
from tracker.store.fulltext import add_texts
from tracker.store.reading import BATCH, stood
from tracker.store.schema import feed_items, feeds, items, storable, versions, watches

_Stored = Row[*tuple[Any, ...]]
_NewRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a poll brought: items never seen before, and items whose title or summary was edited, as they now stand."""

    new: tuple[Item, ...]
    updated: tuple[Item, ...]


def save(connection: Connection, poll: Poll) -> Saved:
    """Write a poll down; see `Store.save_poll`."""
    feed = _save_feed(connection, poll)
    if poll.error:
        return Saved((), ())
    shown: dict[str, Item] = {}
    for item in map(_storable, poll.items):
        shown.setdefault(item.key, replace(item, feed=storable(poll.address)))
    stored = _stored(connection, feed, list(shown))
    if not poll.archive:
        overlaps = poll.unchanged or any(row.fingerprint is not None for row in stored.values())
        _save_watch(connection, feed, poll.at, overlaps=overlaps)
    changes = _Changes(feed, poll.at, _next_id(connection, items), _next_id(connection, versions))
    for item in shown.values():
        if item.key in stored:
            changes.meet(stored[item.key], item)
        else:
            changes.add(item)
    changes.write(connection)
    return Saved(tuple(changes.new), tuple(changes.updated))


class _Changes:
    """The rows that a poll of one feed adds or changes, gathered so that each table is written to once."""

    def __init__(self, feed: int, at: datetime, next_item: int, next_version: int) -> None:
        self.new: list[Item] = []
        self.updated: list[Item] = []
        self._feed = feed
        self._at = at
        self._next_item = next_item
        self._next_version = next_version
        self._items: list[_NewRow] = []
        self._versions: list[_NewRow] = []
        self._carried: list[_NewRow] = []
        self._shown: list[_NewRow] = []
        self._dates: list[_NewRow] = []

    def add(self, item: Item) -> None:
        """An item that is not stored yet."""
        item = replace(item, version=1)
        number = self._next_item
        self._next_item += 1
        self._items.append(
            {
                "id": number,
                "key": item.key,
                "feed": self._feed,
                "source": item.source,
                "published": item.published,
                "first_seen": item.first_seen,
                "day": item.day,
            }
        )
        self._add_version(number, item)
        self._carried.append({"feed": self._feed, "item": number, "fingerprint": _fingerprint(item)})
        self.new.append(item)

    def meet(self, before: _Stored, item: Item) -> None:
        """An item that is stored already: perhaps edited, perhaps with an earlier date, perhaps new to this feed."""
        published, day = _earliest(before, item)
        if (published, day) != (before.published, before.day):
            self._dates.append({"number": before.id, "published": published, "day": day})
        fingerprint = _fingerprint(item)
        if before.fingerprint is None:
            # Another feed's wording of it is no edit: two feeds would take turns at editing it, poll after poll.
            self._carried.append({"feed": self._feed, "item": before.id, "fingerprint": fingerprint})
            return
        if before.fingerprint == fingerprint:
            return
        self._shown.append({"number": before.id, "fingerprint": fingerprint})
        if (before.title, before.summary) == (item.title, item.summary):
            return
        item = replace(
            item,
            feed=before.address,
            source=before.source,
            published=published,
            first_seen=before.first_seen,
            day=day,
            version=before.version + 1,
        )
        self._add_version(before.id, item)
        self.updated.append(item)

    def write(self, connection: Connection) -> None:
        """Write the rows, and index the new versions."""
        _insert(connection, items, self._items)
        _insert(connection, versions, self._versions)
        _insert(connection, feed_items, self._carried)
        add_texts(connection, {row["id"]: f"{row['title']}\n{row['summary']}" for row in self._versions})
        if self._shown:
            same = and_(feed_items.c.feed == self._feed, feed_items.c.item == bindparam("number"))
            connection.execute(update(feed_items).where(same), self._shown)
        if self._dates:
            connection.execute(update(items).where(items.c.id == bindparam("number")), self._dates)

    def _add_version(self, number: int, item: Item) -> None:
        self._versions.append(
            {
                "id": self._next_version,
                "item": number,
                "version": item.version,
                "seen_at": self._at,
                "title": item.title,
                "summary": item.summary,
                "link": item.link,
                "language": item.language,
            }
        )
        self._next_version += 1


def _save_feed(connection: Connection, poll: Poll) -> int:
    """Write down how the poll went; the feed's id."""
    before = connection.execute(select(feeds).where(feeds.c.address == poll.address)).first()
    state: _NewRow = {"last_polled": poll.at, "error": poll.error}
    if poll.error:
        state["failures"] = before.failures + 1 if before else 1
    else:
        state |= {"last_success": poll.at, "failures": 0, "archive": poll.archive}
        told = {"etag": poll.etag, "last_modified": poll.last_modified, "body_hash": poll.body_hash}
        # An unchanged feed need not repeat what it said; a changed one that is silent has taken its etag back.
        state |= {name: value for name, value in told.items() if value} if poll.unchanged else told
        if poll.title:
            state["title"] = poll.title
    if before:
        connection.execute(update(feeds).where(feeds.c.id == before.id), state)
        return int(before.id)
    blank = {"title": "", "etag": "", "last_modified": "", "body_hash": "", "archive": poll.archive}
    feed = _next_id(connection, feeds)
    connection.execute(insert(feeds), blank | state | {"id": feed, "address": poll.address})
    return feed


def _save_watch(connection: Connection, feed: int, at: datetime, *, overlaps: bool) -> None:
    """Extend the feed's last watch to `at` if the poll overlapped it, else begin one. It never gets shorter."""
    last = connection.execute(
        select(watches).where(watches.c.feed == feed).order_by(watches.c.id.desc()).limit(1)
    ).first()
    if last is None or not overlaps:
        row = {"id": _next_id(connection, watches), "feed": feed, "since": at, "until": at}
        connection.execute(insert(watches), row)
    elif at > last.until:
        connection.execute(update(watches).where(watches.c.id == last.id), {"until": at})


def _stored(connection: Connection, feed: int, keys: Sequence[str]) -> dict[str, _Stored]:
    """What is stored under these keys, in its newest version; `fingerprint` is None where this feed never showed it."""
    query = (
        select(
            items.c.id,
            items.c.key,
            items.c.source,
            items.c.published,
            items.c.first_seen,
            items.c.day,
            feeds.c.address,
            versions.c.version,
            versions.c.title,
            versions.c.summary,
            feed_items.c.fingerprint,
        )
        .join(feeds, items.c.feed == feeds.c.id)
        .join(versions, and_(versions.c.item == items.c.id, stood(None)))
        .outerjoin(feed_items, and_(feed_items.c.item == items.c.id, feed_items.c.feed == feed))
    )
    found: dict[str, _Stored] = {}
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        found.update((row.key, row) for row in connection.execute(query.where(items.c.key.in_(batch))))
    return found


def _earliest(before: _Stored, item: Item) -> tuple[datetime | None, date]:
    """The earliest date that any feed gave the item; one that lies after we first saw it can only date an edit."""
    if item.published is None or item.published > before.first_seen:
        return before.published, before.day
    if before.published is not None and before.published <= item.published:
        return before.published, before.day
    return item.published, min(before.day, item.day)


def _storable(item: Item) -> Item:
    """The item as it will be read back, so that it compares equal to itself at the next poll."""
    return replace(
        item,
        key=storable(item.key),
        source=storable(item.source),
        title=storable(item.title),
        summary=storable(item.summary),
        link=storable(item.link),
        language=storable(item.language),
    )


def _fingerprint(item: Item) -> int:
    """64 bits that tell one wording of an item from another."""
    wording = f"{item.title}\0{item.summary}".encode()
    return int.from_bytes(blake2b(wording, digest_size=8).digest(), signed=True)


def _next_id(connection: Connection, table: Table) -> int:
    return (connection.scalar(select(func.max(table.c.id))) or 0) + 1


def _insert(connection: Connection, table: Table, rows: list[_NewRow]) -> None:
    if rows:
        connection.execute(insert(table), rows)
