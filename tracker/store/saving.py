"""What does a poll change? New items, edits, the feed's state and how long it has been watched; within one transaction.

The caller sees to it that no other writer is at work, so what is read here still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, func, insert, select, update

from tracker.model import Item, Poll
from tracker.store.archives import Said, drop, reword, said
from tracker.store.fulltext import add_texts
from tracker.store.matches import next_version
from tracker.store.reading import in_batches, stood
from tracker.store.schema import feed_items, feeds, items, storable, versions, watches
from tracker.store.watching import Shown, leaves, overlap

_Stored = Row[*tuple[Any, ...]]
_NewRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a poll brought: items never seen before, and items whose title or summary was edited, as they now stand."""

    new: tuple[Item, ...]
    updated: tuple[Item, ...]


def save(connection: Connection, poll: Poll) -> Saved:
    """Write a poll down; see `Store.save_poll`."""
    before = connection.execute(select(feeds).where(feeds.c.address == poll.address)).first()
    feed = _save_feed(connection, poll, before)
    if poll.error:
        return Saved((), ())
    if poll.unchanged:
        if not poll.archive:
            _save_watch(connection, feed, poll.at, overlaps=True)
        return Saved((), ())
    shown: dict[str, Item] = {}
    for item in map(_storable, poll.items):
        shown.setdefault(item.key, replace(item, feed=storable(poll.address)))
    stored = _stored(connection, feed, list(shown), archive=poll.archive)
    if not poll.archive:
        known = {key for key, row in stored.items() if row.fingerprint is not None}
        passed_over = _save_shown(connection, feed, poll.at, before, shown, known)
        shown = {key: item for key, item in shown.items() if item.published or key in known or key not in passed_over}
    changes = _Changes(feed, poll, _next_id(connection, items), next_version(connection))
    for item in shown.values():
        if item.key not in stored:
            changes.add(item)
        elif poll.archive:
            changes.hear(stored[item.key], item)
        else:
            changes.meet(stored[item.key], item)
    changes.write(connection)
    if poll.archive:
        drop(connection, feed, {row.id for row in stored.values()} | changes.added)
    return Saved(tuple(changes.new), tuple(changes.updated))


class _Changes:
    """The rows that a poll of one feed adds or changes, gathered so that each table is written to once."""

    def __init__(self, feed: int, poll: Poll, next_item: int, next_version: int) -> None:
        self.new: list[Item] = []
        self.updated: list[Item] = []
        self.added: set[int] = set()
        self._feed = feed
        self._poll = poll
        self._next_item = next_item
        self._next_version = next_version
        self._items: list[_NewRow] = []
        self._versions: list[_NewRow] = []
        self._carried: list[_NewRow] = []
        self._shown: list[_NewRow] = []
        self._reworded: dict[int, Said] = {}
        self._outranked: list[_NewRow] = []

    def add(self, item: Item) -> None:
        """An item that is not stored yet."""
        item = replace(item, version=1)
        number = self._next_item
        self._next_item += 1
        self.added.add(number)
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
        self._carry(number, item, None)
        self.new.append(item)

    def meet(self, before: _Stored, item: Item) -> None:
        """An item of a live feed that is stored already: perhaps edited, perhaps new to this feed."""
        fingerprint = _fingerprint(item)
        if before.fingerprint is None:
            # Another feed's wording of it is no edit: two feeds would take turns at editing it, poll after poll.
            self._carry(before.id, item, said(item))
            return
        if before.fingerprint == fingerprint:
            return
        self._shown.append({"number": before.id, "fingerprint": fingerprint, "words": before.said})
        if (before.title, before.summary) == (item.title, item.summary):
            return
        item = replace(
            item,
            feed=before.address,
            source=before.source,
            published=before.published,
            first_seen=before.first_seen,
            day=before.day,
            version=before.version + 1,
        )
        self._add_version(before.id, item)
        self.updated.append(item)

    def hear(self, before: _Stored, item: Item) -> None:
        """An item of an archive that is stored already: perhaps corrected, perhaps said by another feed so far."""
        speaks = before.feed == self._feed
        takes_over = not speaks and not (before.archive and before.address < self._poll.address)
        words = None if speaks or takes_over else said(item)
        if before.fingerprint is None:
            self._carry(before.id, item, words)
        else:
            self._shown.append({"number": before.id, "fingerprint": _fingerprint(item), "words": words})
        if takes_over:
            self._outranked.append({"number": before.id, "other": before.feed, "words": said(before)})
        if (speaks or takes_over) and said(before) != said(item):
            self._reworded[before.id] = said(item)
            if (before.title, before.summary) != (item.title, item.summary):
                self.updated.append(replace(item, first_seen=before.first_seen, version=1))

    def write(self, connection: Connection) -> None:
        """Write the rows, and index the new versions."""
        _insert(connection, items, self._items)
        _insert(connection, versions, self._versions)
        _insert(connection, feed_items, self._carried)
        add_texts(connection, {row["id"]: f"{row['title']}\n{row['summary']}" for row in self._versions})
        if self._shown:
            same = and_(feed_items.c.feed == self._feed, feed_items.c.item == bindparam("number"))
            connection.execute(update(feed_items).where(same).values(said=bindparam("words")), self._shown)
        if self._outranked:
            theirs = and_(feed_items.c.feed == bindparam("other"), feed_items.c.item == bindparam("number"))
            connection.execute(update(feed_items).where(theirs).values(said=bindparam("words")), self._outranked)
            ours = update(items).where(items.c.id == bindparam("number")).values(feed=self._feed)
            connection.execute(ours, [{"number": row["number"]} for row in self._outranked])
        reword(connection, self._reworded)

    def _carry(self, number: int, item: Item, words: Said | None) -> None:
        self._carried.append({"feed": self._feed, "item": number, "fingerprint": _fingerprint(item), "said": words})

    def _add_version(self, number: int, item: Item) -> None:
        self._versions.append(
            {
                "id": self._next_version,
                "item": number,
                "version": item.version,
                "seen_at": self._poll.at,
                "title": item.title,
                "summary": item.summary,
                "link": item.link,
                "language": item.language,
            }
        )
        self._next_version += 1


def _save_feed(connection: Connection, poll: Poll, before: _Stored | None) -> int:
    """Write down how the poll went; the feed's id. `before` is its row, if it has one."""
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
    blank: _NewRow = {"title": "", "etag": "", "last_modified": "", "body_hash": "", "archive": poll.archive}
    blank |= {"shown": [], "newest": [], "passed_over": []}
    feed = _next_id(connection, feeds)
    connection.execute(insert(feeds), blank | state | {"id": feed, "address": poll.address})
    return feed


def _save_shown(
    connection: Connection,
    feed: int,
    at: datetime,
    before: _Stored | None,
    now: Mapping[str, Item],
    carried: Set[str],
) -> set[str]:
    """Extend or begin the feed's watch; the keys of the undated items that are left out, since and for good.

    `carried` are the keys shown now that the feed is stored to have shown.
    """
    earlier = Shown(before.shown, before.newest) if before else Shown()
    passed_over = set(before.passed_over) if before else set()
    known = carried | passed_over
    overlapping = overlap(earlier, now, known)
    _save_watch(connection, feed, at, overlaps=overlapping)
    if not overlapping:
        passed_over |= {key for key, item in now.items() if item.published is None and key not in known}
    left = leaves(earlier, now, known, overlapping=overlapping)
    row = {"shown": left.keys, "newest": left.newest, "passed_over": sorted(passed_over)}
    connection.execute(update(feeds).where(feeds.c.id == feed), row)
    return passed_over


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


def _stored(connection: Connection, feed: int, keys: Sequence[str], *, archive: bool) -> dict[str, _Stored]:
    """What is stored under these keys; `fingerprint` is None where this feed never showed it.

    The words are those that stand now; for an archive, which speaks of the past, those of the first version.
    """
    query = (
        select(
            items.c.id,
            items.c.key,
            items.c.feed,
            items.c.source,
            items.c.published,
            items.c.first_seen,
            items.c.day,
            feeds.c.address,
            feeds.c.archive,
            versions.c.version,
            versions.c.title,
            versions.c.summary,
            versions.c.link,
            versions.c.language,
            feed_items.c.fingerprint,
            feed_items.c.said,
        )
        .join(feeds, items.c.feed == feeds.c.id)
        .join(versions, and_(versions.c.item == items.c.id, versions.c.version == 1 if archive else stood(None)))
        .outerjoin(feed_items, and_(feed_items.c.item == items.c.id, feed_items.c.feed == feed))
    )
    found: dict[str, _Stored] = {}
    for batch in in_batches(keys):
        found.update((row.key, row) for row in connection.execute(query.where(items.c.key.in_(batch))))
    return found


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
