"""What did we say of a forecast, and when? Verdicts are only ever added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, func, insert, select

from tracker.model import Status, Strength, VerdictRecord
from tracker.store.schema import storable, verdicts


def latest(connection: Connection) -> dict[str, VerdictRecord]:
    """The newest verdict of each forecast, by its id."""
    return dict(sorted(since(connection, 0).items()))


def since(connection: Connection, number: int) -> dict[str, VerdictRecord]:
    """The newest verdict of each forecast that has one with a higher number, by its id."""
    newer = select(func.max(verdicts.c.id)).where(verdicts.c.id > number).group_by(verdicts.c.forecast)
    return {row.forecast: _record(row) for row in connection.execute(select(verdicts).where(verdicts.c.id.in_(newer)))}


def newest(connection: Connection) -> int:
    """The number of the newest verdict, 0 when there is none."""
    return connection.scalar(select(func.coalesce(func.max(verdicts.c.id), 0))) or 0


def history(connection: Connection, forecast: str) -> list[VerdictRecord]:
    """Every verdict on one forecast, oldest first."""
    query = select(verdicts).where(verdicts.c.forecast == forecast).order_by(verdicts.c.id)
    return [_record(row) for row in connection.execute(query)]


def histories(connection: Connection) -> dict[str, list[VerdictRecord]]:
    """Every verdict on each forecast by its id, oldest first."""
    found: dict[str, list[VerdictRecord]] = {}
    for row in connection.execute(select(verdicts).order_by(verdicts.c.id)):
        found.setdefault(row.forecast, []).append(_record(row))
    return found


def append_changed(
    connection: Connection, records: Sequence[VerdictRecord]
) -> list[tuple[VerdictRecord | None, VerdictRecord]]:
    """Add the records that differ from the last one of their forecast; what changed, as (before, after)."""
    known = latest(connection)
    changes = []
    for record in map(_storable, records):
        before = known.get(record.forecast)
        if before is None or not _says_the_same(before, record):
            changes.append((before, record))
            known[record.forecast] = record
    if changes:
        last = newest(connection)
        rows = [_row(record) | {"id": last + count} for count, (_, record) in enumerate(changes, 1)]
        connection.execute(insert(verdicts), rows)
    return changes


def _says_the_same(before: VerdictRecord, after: VerdictRecord) -> bool:
    """Whether only the day and the moment of asking differ: each check asks anew, and that alone is no change."""
    return replace(before, as_of=after.as_of, recorded_at=after.recorded_at) == after


def _storable(record: VerdictRecord) -> VerdictRecord:
    """The record as it will be read back, so that it compares equal to itself."""
    return replace(
        record,
        forecast=storable(record.forecast),
        rule=storable(record.rule),
        reason=storable(record.reason),
        evidence=tuple(map(storable, record.evidence)),
        missing=tuple(map(storable, record.missing)),
        near_misses=tuple(map(storable, record.near_misses)),
    )


def _row(record: VerdictRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in VerdictRecord.__slots__} | {
        "status": record.status.value,
        "strength": record.strength.value if record.strength else None,
    }


def _record(row: Row[*tuple[object, ...]]) -> VerdictRecord:
    values = dict(row._mapping)
    del values["id"]
    values["status"] = Status(values["status"])
    values["strength"] = Strength(values["strength"]) if values["strength"] else None
    values["evidence"] = tuple(values["evidence"])
    values["missing"] = tuple(values["missing"])
    values["near_misses"] = tuple(values["near_misses"])
    return VerdictRecord(**values)
