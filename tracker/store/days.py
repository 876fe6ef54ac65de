"""On which day does an item count, once the workspace's time zone has changed? Its moment's day in the new zone."""

from __future__ import annotations

from datetime import datetime, tzinfo

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from tracker.store.schema import calendar, feed_items, items


def is_counted_in(connection: Connection, zone: tzinfo) -> bool:
    """Whether the stored days are those of this zone."""
    return connection.scalar(select(calendar.c.zone)) == str(zone)


def count_anew(connection: Connection, zone: tzinfo) -> None:
    """Give every item the day of its moment in the zone."""
    rows = connection.execute(select(items.c.id, items.c.published, items.c.first_seen, items.c.day)).all()
    days = [(row.id, row.day, (row.published or row.first_seen).astimezone(zone).date()) for row in rows]
    moved = [{"number": number, "day": day} for number, before, day in days if before != day]
    if moved:
        connection.execute(update(items).where(items.c.id == bindparam("number")), moved)
    # What other feeds say of the items, in store for the day on which an archive no longer does.
    waiting = select(feed_items.c.feed, feed_items.c.item, feed_items.c.said, items.c.first_seen)
    waiting = waiting.join(items, feed_items.c.item == items.c.id).where(feed_items.c.said.is_not(None))
    for row in connection.execute(waiting).all():
        moment = datetime.fromisoformat(row.said["published"]) if row.said["published"] else row.first_seen
        said = row.said | {"day": moment.astimezone(zone).date().isoformat()}
        same = and_(feed_items.c.feed == row.feed, feed_items.c.item == row.item)
        connection.execute(update(feed_items).where(same), {"said": said})
    connection.execute(delete(calendar))
    connection.execute(insert(calendar), {"zone": str(zone)})
