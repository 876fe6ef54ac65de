"""Which items were matched to which criterion, and how far has the matching come?

A criterion is known by its fingerprint. `matched_up_to` is the id of the newest version that it has met: versions are
numbered in the order in which they came, so what is new to a criterion is what has a higher number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from tracker.model import Item, Role
from tracker.store.bulk import insert_rows
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
    fresh = [fingerprint for fingerprint in up_to if fingerprint not in numbers]
    further = [{"number": numbers[name], "version": version} for name, version in up_to.items() if name in numbers]
    if further:
        reached = update(criteria).where(criteria.c.id == bindparam("number"))
        connection.execute(reached.values(matched_up_to=bindparam("version")), further)
    numbers |= {name: number for number, name in enumerate(fresh, max(numbers.values(), default=0) + 1)}
    begun = [{"id": numbers[name], "fingerprint": name, "matched_up_to": up_to[name]} for name in fresh]
    if begun:
        connection.execute(insert(criteria), begun)
    wanted = {(numbers[fingerprint], key, role.value) for fingerprint, role, key in found}
    ids = _item_ids(connection, sorted({key for _, key, _ in wanted}))
    rows = {(criterion, ids[key], role) for criterion, key, role in wanted}
    rows -= _known(connection, {criterion for criterion, _, _ in rows} - {numbers[name] for name in fresh})
    insert_rows(connection, matches, sorted(rows))


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
    query = select(matches.c.criterion, matches.c.item, matches.c.role)
    return {
        (row.criterion, row.item, row.role)
        for batch in in_batches(sorted(numbers))
        for row in connection.execute(query.where(matches.c.criterion.in_(batch)))
    }
