"""What does an archive change? What it says now replaces what it said before, as if it had never said anything else.

So a database that grew with an archive says the same as one that is made of it anew. An item that several feeds carry
has the words and the date of the archive that comes first by address, else of the feed that carried it first; what the
others say of it waits with them (`said`) until that one no longer carries it. An edit that a live feed was seen to make
stays an edit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, select, update

from tracker.model import Item
from tracker.store.fulltext import remove_texts
from tracker.store.matches import next_version
from tracker.store.reading import in_batches
from tracker.store.schema import feed_items, feeds, items, matches, versions

TEXTS = ("source", "title", "summary", "link", "language")

# A row of the table of versions, by the names of its columns.
VersionRow = Mapping[str, Any]

# What a feed says of an item, as JSON: the texts, `published` (ISO 8601 or null) and `day`.
Said = Mapping[str, Any]


def said(item: Item | Row[*tuple[Any, ...]]) -> Said:
    """What an item says: its texts and dates, without what we know of it ourselves."""
    return {
        **{name: getattr(item, name) for name in TEXTS},
        "published": item.published.isoformat() if item.published else None,
        "day": item.day.isoformat(),
    }


def reword(connection: Connection, words: Mapping[int, Said]) -> None:
    """Let the first versions of items, by id, say something else: under a new id, so that they are matched anew.

    Later versions stay where a live feed carries the item, whose edits they are.
    """
    for batch in in_batches(list(words)):
        dates = [
            {
                "number": number,
                "source": words[number]["source"],
                "published": _moment(words[number]),
                "day": date.fromisoformat(words[number]["day"]),
            }
            for number in batch
        ]
        connection.execute(update(items).where(items.c.id == bindparam("number")), dates)
        _reword_versions(connection, batch, words)


def _reword_versions(connection: Connection, numbers: Sequence[int], words: Mapping[int, Said]) -> None:
    query = select(versions).where(versions.c.item.in_(numbers)).order_by(versions.c.item, versions.c.version)
    before: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    for row in connection.execute(query):
        before[row.item].append(dict(row._mapping))
    live = _carried_live(connection, [number for number, rows in before.items() if len(rows) > 1])
    after = {}
    for number, (first, *edits) in before.items():
        texts = {name: words[number][name] for name in TEXTS if name in first}
        rows = [first | texts, *(edits if number in live else [])]
        if rows != before[number]:
            after[number] = rows
    renew_versions(connection, before, after)


def renew_versions(
    connection: Connection, before: Mapping[int, Sequence[VersionRow]], after: Mapping[int, Sequence[VersionRow]]
) -> None:
    """Let items, by id, have these versions instead of those `before`: under new ids, so that they are matched anew."""
    ids = count(next_version(connection))
    _forget_versions(connection, list(after), [row for number in after for row in before[number]])
    fresh = [{**row, "id": next(ids)} for rows in after.values() for row in rows]
    if fresh:
        connection.execute(insert(versions), fresh)


def _carried_live(connection: Connection, numbers: Sequence[int]) -> set[int]:
    query = select(feed_items.c.item).join(feeds, feed_items.c.feed == feeds.c.id)
    return set(connection.scalars(query.where(feed_items.c.item.in_(numbers), ~feeds.c.archive)))


def drop(connection: Connection, feed: int, kept: Collection[int]) -> None:
    """Let go of the items that an archive no longer holds: the next feed speaks for them, or they are forgotten."""
    carried = connection.scalars(select(feed_items.c.item).where(feed_items.c.feed == feed)).all()
    for batch in in_batches([number for number in carried if number not in kept]):
        connection.execute(delete(feed_items).where(feed_items.c.feed == feed, feed_items.c.item.in_(batch)))
        ours = connection.scalars(select(items.c.id).where(items.c.id.in_(batch), items.c.feed == feed)).all()
        heirs = _heirs(connection, ours)
        if heirs:
            _inherit(connection, heirs)
        _forget(connection, [number for number in ours if number not in heirs])


def _heirs(connection: Connection, numbers: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """The feed that speaks for each item next, and what it says."""
    query = (
        select(feed_items.c.item, feed_items.c.feed, feed_items.c.said)
        .join(feeds, feed_items.c.feed == feeds.c.id)
        .where(feed_items.c.item.in_(numbers))
    )
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    for row in connection.execute(query.where(feeds.c.archive).order_by(feeds.c.address)):
        found.setdefault(row.item, row)
    for row in connection.execute(query.where(~feeds.c.archive).order_by(feeds.c.id)):
        found.setdefault(row.item, row)
    return found


def _inherit(connection: Connection, heirs: Mapping[int, Row[*tuple[Any, ...]]]) -> None:
    rows = [{"number": number, "heir": row.feed} for number, row in heirs.items()]
    same = and_(feed_items.c.feed == bindparam("heir"), feed_items.c.item == bindparam("number"))
    connection.execute(update(feed_items).where(same).values(said=None), rows)
    connection.execute(update(items).where(items.c.id == bindparam("number")).values(feed=bindparam("heir")), rows)
    reword(connection, {number: row.said for number, row in heirs.items()})


def _forget(connection: Connection, numbers: Sequence[int]) -> None:
    query = select(versions).where(versions.c.item.in_(numbers))
    _forget_versions(connection, numbers, [dict(row._mapping) for row in connection.execute(query)])
    connection.execute(delete(items).where(items.c.id.in_(numbers)))


def _forget_versions(connection: Connection, numbers: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> None:
    """Remove all versions of the items, which are these rows, and what was found in them."""
    remove_texts(connection, {row["id"]: f"{row['title']}\n{row['summary']}" for row in rows})
    connection.execute(delete(matches).where(matches.c.item.in_(numbers)))
    connection.execute(delete(versions).where(versions.c.item.in_(numbers)))


def _moment(words: Said) -> datetime | None:
    return datetime.fromisoformat(words["published"]) if words["published"] else None
