"""What does a poll change? New items, edits, the feed's state and how long it has been watched; within one transaction.

The caller sees to it that no other writer is at work, so what is read here still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, func, select, update

from tracker.model import Item, Poll
from tracker.store.archives import Said, drop, reword, said
from tracker.store.bulk import insert_rows
from tracker.store.followed import Followed
from tracker.store.matches import next_version
from tracker.store.past import date_by_sight, insert_earlier
from tracker.store.reading import STANDS_NOW, in_batches
from tracker.store.recognising import named_as, recognised
from tracker.store.schema import feed_items, feeds, items, storable, versions

_Stored = Row[*tuple[Any, ...]]
_NewRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a poll brought: items never seen before, and items whose title or summary was edited, as they now stand."""

    new: tuple[Item, ...]
    updated: tuple[Item, ...]


def save(connection: Connection, polls: Sequence[Poll]) -> list[Saved]:
    """Write down polls, each of another feed; see `Store.save_polls`."""
    followed = Followed(connection, polls)
    followed.save_states(polls)
    changes = _Changes(_next_id(connection, items), next_version(connection))
    stored = _stored_keys(connection, [item.key for poll in polls for item in poll.items])
    saved = []
    for poll in polls:
        changes.begin(poll, followed.numbers[poll.address])
        if poll.unchanged and not poll.error and not poll.archive:
            followed.watch(poll, overlaps=True)
        elif not (poll.error or poll.unchanged):
            _save_items(connection, poll, followed, changes, stored)
        saved.append(Saved(tuple(changes.new), tuple(changes.updated)))
    changes.write(connection)
    followed.write()
    return saved


def save_past(connection: Connection, poll: Poll, proves: tuple[datetime, datetime] | None) -> Saved:
    """Write down a document of a feed's past; see `Store.save_past`."""
    followed = Followed(connection, [poll])
    followed.know(poll)
    changes = _Changes(_next_id(connection, items), next_version(connection))
    feed = followed.numbers[poll.address]
    changes.begin(poll, feed)
    shown = {item.key: replace(item, feed=storable(poll.address)) for item in map(_storable, poll.items)}
    shown, stored = _met(connection, poll, shown, _stored_keys(connection, list(shown)), changes)
    for key, item in shown.items():
        before = stored.get(key)
        if before is None:
            changes.add(item, poll.names.get(key, ("", "")))
        elif before.fingerprint is None or before.seen_at < poll.at:
            changes.meet(before, item)
    sighted = [(stored[key], item) for key, item in shown.items() if key in stored]
    changes.write(connection)
    earlier = {before.id: item for before, item in sighted if before.fingerprint is not None}
    changes.updated += insert_earlier(connection, feed, earlier, poll.at)
    date_by_sight(connection, [pair for pair in sighted if pair[1].first_seen < pair[0].first_seen])
    if proves is not None:
        followed.vouch(poll, *proves)
    followed.write()
    return Saved(tuple(changes.new), tuple(changes.updated))


def _save_items(
    connection: Connection, poll: Poll, followed: Followed, changes: _Changes, known_keys: Set[str]
) -> None:
    """Gather what the items of a poll change; `known_keys` are those that were stored before the polls in hand."""
    address = storable(poll.address)
    shown: dict[str, Item] = {}
    for item in map(_storable, poll.items):
        shown.setdefault(item.key, item if item.feed == address else replace(item, feed=address))
    stored: dict[str, _Stored] = {}
    before = followed.before.get(poll.address)
    feed = followed.numbers[poll.address]
    if before is not None or poll.archive or not shown.keys().isdisjoint(known_keys | changes.keys):
        # Only where anything is stored yet that may be met again is it worth a look.
        changes.write(connection)
        if before is not None and not poll.archive:
            shown, stored = _met(connection, poll, shown, known_keys, changes)
        else:
            stored = _stored(connection, feed, list(shown), archive=poll.archive)
    if not poll.archive:
        known = {key for key, row in stored.items() if row.fingerprint is not None}
        passed_over = followed.show(poll, shown, known)
        shown = {key: item for key, item in shown.items() if item.published or key in known or key not in passed_over}
    for item in shown.values():
        if item.key not in stored:
            changes.add(item, poll.names.get(item.key, ("", "")))
        elif poll.archive:
            changes.hear(stored[item.key], item)
        else:
            changes.meet(stored[item.key], item)
    if poll.archive:
        changes.write(connection)
        drop(connection, feed, {row.id for row in stored.values()} | changes.added)


def _met(
    connection: Connection, poll: Poll, shown: Mapping[str, Item], known_keys: Set[str], changes: _Changes
) -> tuple[dict[str, Item], dict[str, _Stored]]:
    """The items that a live feed shows, by the keys under which they are stored or will be, and what is stored."""
    recognition, renamed = recognised(connection, changes.feed, shown, poll.names, known_keys)
    stored = _stored(connection, changes.feed, list(recognition), archive=False)
    changes.rename({stored[key].id: names for key, names in renamed.items()})
    return recognition, stored


class _Changes:
    """The rows that polls add or change, gathered so that each table is written to once for many of them.

    `feed`, `new` and `updated` are those of the poll in hand, `keys` those of all items added by these polls.
    """

    def __init__(self, next_item: int, next_version: int) -> None:
        self.new: list[Item] = []
        self.updated: list[Item] = []
        self.added: set[int] = set()
        self.keys: set[str] = set()
        self._next_item = next_item
        self._next_version = next_version
        self._items: list[tuple[Any, ...]] = []
        self._versions: list[tuple[Any, ...]] = []
        self._carried: list[tuple[Any, ...]] = []
        self._shown: list[_NewRow] = []
        self._reworded: dict[int, Said] = {}
        self._outranked: list[_NewRow] = []
        self._renamed: list[_NewRow] = []

    def begin(self, poll: Poll, feed: int) -> None:
        """Turn to another poll."""
        self._poll, self.feed = poll, feed
        self.new, self.updated, self.added = [], [], set()

    def add(self, item: Item, names: tuple[str, str]) -> None:
        """An item that is not stored yet, with its further names."""
        number = self._next_item
        self._next_item += 1
        self.added.add(number)
        self.keys.add(item.key)
        link, title = named_as(names[0]), named_as(names[1]) if item.published else None
        dates = (item.published, item.first_seen, item.day)
        self._items.append((number, item.key, self.feed, item.source, *dates, link, title, item.claimed))
        self._add_version(number, item, item.first_seen)
        self._carry(number, item, None)
        self.new.append(item)

    def rename(self, names: Mapping[int, tuple[str, str]]) -> None:
        """Let items, by id, be known by the further names that they have now."""
        for number, (link, title) in names.items():
            row = {"number": number, "link": named_as(link), "title": named_as(title)}
            self._renamed.append(row)

    def meet(self, before: _Stored, item: Item) -> None:
        """An item of a live feed that is stored already: perhaps edited, perhaps new to this feed."""
        fingerprint = _fingerprint(item)
        if before.fingerprint is None:
            # Another feed's wording of it is no edit: two feeds would take turns at editing it, poll after poll.
            self._carry(before.id, item, said(item))
            if before.summary or not item.summary:
                return
            # But a search may have brought the headline alone.
        elif before.fingerprint == fingerprint:
            return
        else:
            self._show(before.id, fingerprint, before.said)
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
            claimed=before.claimed,
        )
        self._add_version(before.id, item, self._poll.at)
        self.updated.append(item)

    def hear(self, before: _Stored, item: Item) -> None:
        """An item of an archive that is stored already: perhaps corrected, perhaps said by another feed so far."""
        speaks = before.feed == self.feed
        takes_over = not speaks and not (before.archive and before.address < self._poll.address)
        words = None if speaks or takes_over else said(item)
        if before.fingerprint is None:
            self._carry(before.id, item, words)
        else:
            self._show(before.id, _fingerprint(item), words)
        if takes_over:
            outranked = {"number": before.id, "carrier": before.feed, "words": said(before), "speaker": self.feed}
            self._outranked.append(outranked)
        if (speaks or takes_over) and said(before) != said(item):
            self._reworded[before.id] = said(item)
            if (before.title, before.summary) != (item.title, item.summary):
                self.updated.append(replace(item, first_seen=before.first_seen, version=1))

    def write(self, connection: Connection) -> None:
        """Write the rows that have been gathered since they were written last."""
        for table, rows in ((items, self._items), (versions, self._versions), (feed_items, self._carried)):
            insert_rows(connection, table, rows)
            rows.clear()
        same = and_(feed_items.c.feed == bindparam("carrier"), feed_items.c.item == bindparam("number"))
        if self._shown:
            connection.execute(update(feed_items).where(same).values(said=bindparam("words")), self._shown)
        if self._outranked:
            theirs = [{name: row[name] for name in ("carrier", "number", "words")} for row in self._outranked]
            connection.execute(update(feed_items).where(same).values(said=bindparam("words")), theirs)
            ours = [{"number": row["number"], "speaker": row["speaker"]} for row in self._outranked]
            speaks = update(items).where(items.c.id == bindparam("number")).values(feed=bindparam("speaker"))
            connection.execute(speaks, ours)
        if self._renamed:
            known_as: dict[str, Any] = {
                name: func.coalesce(bindparam(value), items.c[name])
                for name, value in (("by_link", "link"), ("by_title", "title"))
            }
            connection.execute(update(items).where(items.c.id == bindparam("number")).values(known_as), self._renamed)
        reword(connection, self._reworded)
        self._renamed.clear()
        self._shown.clear()
        self._outranked.clear()
        self._reworded.clear()

    def _carry(self, number: int, item: Item, words: Said | None) -> None:
        self._carried.append((self.feed, number, _fingerprint(item), words))

    def _show(self, number: int, fingerprint: int, words: Said | None) -> None:
        self._shown.append({"carrier": self.feed, "number": number, "fingerprint": fingerprint, "words": words})

    def _add_version(self, number: int, item: Item, seen_at: datetime) -> None:
        texts = (item.title, item.summary, item.link, item.language)
        self._versions.append((self._next_version, number, item.version, seen_at, *texts))
        self._next_version += 1


def _stored_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of the keys under which an item is stored."""
    found: set[str] = set()
    for batch in in_batches(sorted(set(keys))):
        found.update(connection.scalars(select(items.c.key).where(items.c.key.in_(batch))))
    return found


# What is stored of items, and of how the feed numbered :carrier showed them.
_STORED = (
    select(
        items.c.id,
        items.c.key,
        items.c.feed,
        items.c.source,
        items.c.published,
        items.c.first_seen,
        items.c.day,
        items.c.claimed,
        feeds.c.address,
        feeds.c.archive,
        versions.c.version,
        versions.c.seen_at,
        versions.c.title,
        versions.c.summary,
        versions.c.link,
        versions.c.language,
        feed_items.c.fingerprint,
        feed_items.c.said,
    )
    .join(feeds, items.c.feed == feeds.c.id)
    .join(versions, versions.c.item == items.c.id)
    .outerjoin(feed_items, and_(feed_items.c.item == items.c.id, feed_items.c.feed == bindparam("carrier")))
)
_STANDING, _FIRST = _STORED.where(STANDS_NOW), _STORED.where(versions.c.version == 1)


def _stored(connection: Connection, feed: int, keys: Sequence[str], *, archive: bool) -> dict[str, _Stored]:
    """What is stored under these keys; `fingerprint` is None where this feed never showed it.

    The words are those that stand now; for an archive, which speaks of the past, those of the first version.
    """
    query = _FIRST if archive else _STANDING
    found: dict[str, _Stored] = {}
    for batch in in_batches(keys):
        rows = connection.execute(query.where(items.c.key.in_(batch)), {"carrier": feed})
        found.update((row.key, row) for row in rows)
    return found


def _storable(item: Item) -> Item:
    """The item as it will be read back, so that it compares equal to itself at the next poll."""
    if storable(whole := "".join((item.key, item.source, item.title, item.summary, item.link, item.language))) == whole:
        return item
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
