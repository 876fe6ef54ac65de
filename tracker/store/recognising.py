"""Is an item that a feed shows under a new key one that is stored already? Its guid may have changed, and nothing else.

A feed that moves to another host, or counts up its guids at each edit, would else have every article told twice. The
same link tells the same article where its date stayed, or the title is alike and the date moved by no more than half a
day: some pages keep their address and tell something else each day. The same title and date tell an article of the feed
wherever it stands now, and one of the same publisher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, or_, select

from tracker.model import Item
from tracker.store.reading import STANDS_NOW, in_batches
from tracker.store.schema import feed_items, items, versions

_Stored = Row[*tuple[Any, ...]]
# An edited headline keeps some of its words.
_ALIKE = 0.5
_EDITED_WITHIN = timedelta(hours=12)


def recognised(
    connection: Connection,
    feed: int,
    shown: Mapping[str, Item],
    names: Mapping[str, tuple[str, str]],
    stored: Set[str],
) -> tuple[dict[str, Item], dict[str, tuple[str, str]]]:
    """The items by key, those that are stored under another key than they are shown under that one; and their names.

    `feed` is the id of the feed that shows them, `names` are their further names by key, and `stored` the keys under
    which items are known to be stored.
    """
    strangers = {key: names[key] for key in shown if key not in stored and any(names.get(key, ()))}
    by_link, by_title = _named(connection, feed, {name for pair in strangers.values() for name in pair if name})
    found: dict[str, Item] = {}
    renamed: dict[str, tuple[str, str]] = {}
    taken = set(shown)
    for key, item in shown.items():
        if key in strangers:
            link, title = strangers[key]
            known = _same(item, by_link.get(link), by_title.get(title))
            if known is not None and known.key not in taken:
                taken.add(known.key)
                renamed[known.key] = names[key]
                item = replace(item, key=known.key)
        found[item.key] = item
    return found, renamed


def _same(item: Item, linked: _Stored | None, titled: _Stored | None) -> _Stored | None:
    if linked is not None and (
        (item.published is not None and linked.published == item.published)
        or (_is_near(linked.published, item.published) and _alike(linked.title, item.title))
    ):
        return linked
    if titled is not None and item.published is not None and (titled.carried or titled.source == item.source):
        return titled
    return None


def _is_near(one: datetime | None, other: datetime | None) -> bool:
    """Whether two dates may be those of one article, edited within a day; a missing one may."""
    return one is None or other is None or abs(one - other) <= _EDITED_WITHIN


def _alike(one: str, other: str) -> bool:
    """Whether two titles share half of their words (Jaccard)."""
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return len(first & second) >= _ALIKE * max(1, len(first | second))


# Items as they stand now, and whether the feed numbered :carrier carried them.
_STANDING = select(
    items.c.key,
    items.c.source,
    items.c.published,
    items.c.by_link,
    items.c.by_title,
    versions.c.title,
    exists().where(feed_items.c.item == items.c.id, feed_items.c.feed == bindparam("carrier")).label("carried"),
).join_from(items, versions, and_(versions.c.item == items.c.id, STANDS_NOW))


def _named(connection: Connection, feed: int, names: Set[str]) -> tuple[dict[str, _Stored], dict[str, _Stored]]:
    """The stored items by the names of their links, and by those of title and date; `carried` are those of the feed."""
    by_link: dict[str, _Stored] = {}
    titled: dict[str, list[_Stored]] = defaultdict(list)
    wanted = {_number(name): name for name in names}
    for batch in in_batches(sorted(wanted)):
        is_named = or_(items.c.by_link.in_(batch), items.c.by_title.in_(batch))
        for row in connection.execute(_STANDING.where(is_named), {"carrier": feed}):
            if row.by_link in wanted:
                by_link[wanted[row.by_link]] = row
            if row.by_title in wanted:
                titled[wanted[row.by_title]].append(row)
    # An item without a guid is known by its link alone, or by its title: the name is its key.
    for keys in in_batches(sorted(names)):
        for row in connection.execute(_STANDING.where(items.c.key.in_(keys)), {"carrier": feed}):
            by_link.setdefault(row.key, row)
    # Publishers share titles and dates, but a feed tells each article once.
    return by_link, {name: max(rows, key=lambda row: row.carried) for name, rows in titled.items()}


def named_as(name: str) -> int | None:
    """A name, sixteen hexadecimal digits, as the number by which it is stored; None for an empty one."""
    return _number(name) if name else None


def _number(name: str) -> int:
    return int(name, 16) - (1 << 63)
