"""Which items were matched to which criterion, and how far has the matching come?

A criterion is known by its fingerprint. `matched_up_to` is the id of the newest version that it has met: versions are
numbered in the order in which they came, so what is new to a criterion is what has a higher number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

from sqlalchemy import Connection, delete, func, insert, select, update

from tracker.model import Item, Role
from tracker.store.fulltext import up_to
from tracker.store.reading import in_batches, load, stood
from tracker.store.schema import criteria, end_of, items, matches, versions


def newest_version(connection: Connection) -> int:
    """The id of the newest version, 0 when there is none."""
    return connection.scalar(select(func.max(versions.c.id))) or 0


def matched_up_to(connection: Connection) -> dict[str, int]:
    """How far each criterion ever matched has come, by fingerprint."""
    rows = connection.execute(select(criteria.c.fingerprint, criteria.c.matched_up_to))
    return {row.fingerprint: row.matched_up_to for row in rows}


def versions_after(connection: Connection, version: int) -> list[Sequence[int]]:
    """The ids of the versions that came after one, in batches."""
    return in_batches(
        connection.scalars(select(versions.c.id).where(versions.c.id > version).order_by(versions.c.id)).all()
    )


def next_version(connection: Connection) -> int:
    """The id of the next version: above every one that a criterion or the index has met, although some may be gone."""
    met = connection.scalar(select(func.max(criteria.c.matched_up_to))) or 0
    return max(newest_version(connection), met, up_to(connection)) + 1


def save(connection: Connection, found: Iterable[tuple[str, Role, str]], up_to: Mapping[str, int]) -> None:
    """Write matches down (fingerprint, role, item key), and how far their criteria have come."""
    numbers = {row.fingerprint: row.id for row in connection.execute(select(criteria.c.id, criteria.c.fingerprint))}
    next_id = max(numbers.values(), default=0) + 1
    for fingerprint, version in up_to.items():
        if fingerprint in numbers:
            known = criteria.c.id == numbers[fingerprint]
            connection.execute(update(criteria).where(known), {"matched_up_to": version})
        else:
            row = {"id": next_id, "fingerprint": fingerprint, "matched_up_to": version}
            connection.execute(insert(criteria), row)
            numbers[fingerprint] = next_id
            next_id += 1
    wanted = {(numbers[fingerprint], key, role.value) for fingerprint, role, key in found}
    ids = _item_ids(connection, sorted({key for _, key, _ in wanted}))
    rows = {(criterion, ids[key], role) for criterion, key, role in wanted}
    known_rows = _known(connection, {criterion for criterion, _, _ in rows})
    fresh = [{"criterion": one, "item": item, "role": role} for one, item, role in sorted(rows - known_rows)]
    if fresh:
        connection.execute(insert(matches), fresh)


def matched(connection: Connection, fingerprint: str, since: date, until: date, zone: tzinfo) -> list[Item]:
    """The items matched to a criterion in any role, of the days from `since` to `until`, as they stood at its end."""
    query = (
        select(versions.c.id)
        .join(items, versions.c.item == items.c.id)
        .where(
            items.c.day.between(since, until),
            stood(end_of(until, zone)),
            items.c.id.in_(
                select(matches.c.item)
                .join(criteria, matches.c.criterion == criteria.c.id)
                .where(criteria.c.fingerprint == fingerprint)
            ),
        )
        .order_by(items.c.day, items.c.key)
    )
    return [found for batch in in_batches(connection.scalars(query).all()) for found in load(connection, batch)]


def forget(connection: Connection) -> None:
    """Leave every criterion to be matched anew."""
    connection.execute(delete(matches))
    connection.execute(delete(criteria))


def _item_ids(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in in_batches(keys):
        found.update(
            (row.key, row.id)
            for row in connection.execute(select(items.c.id, items.c.key).where(items.c.key.in_(batch)))
        )
    return found


def _known(connection: Connection, numbers: Iterable[int]) -> set[tuple[int, int, str]]:
    query = select(matches.c.criterion, matches.c.item, matches.c.role).where(matches.c.criterion.in_(sorted(numbers)))
    return {(row.criterion, row.item, row.role) for row in connection.execute(query)}
