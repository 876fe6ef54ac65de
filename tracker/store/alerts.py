"""Which verdicts turned, and what was told of it? What is told once is written down here, and never told again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, Label, func, insert, or_, select

from tracker.alerts import Turn
from tracker.model import Status
from tracker.store.reading import in_batches
from tracker.store.schema import alerts, verdicts


def sent(connection: Connection) -> set[str]:
    """The keys of all that was ever told."""
    return set(connection.scalars(select(alerts.c.key)))


def save(connection: Connection, keys: Collection[str], at: datetime) -> None:
    """Write down that these were told; those told before keep their moment."""
    for batch in in_batches(sorted(set(keys))):
        known = set(connection.scalars(select(alerts.c.key).where(alerts.c.key.in_(batch))))
        if fresh := [{"key": key, "sent_at": at} for key in batch if key not in known]:
            connection.execute(insert(alerts), fresh)


def turns(connection: Connection) -> list[Turn]:
    """Every verdict that differs from the one before it in status, or in being contested, in the order of recording."""

    def before(column: Column[object]) -> Label[object]:
        lag = func.lag(column, type_=column.type)
        return lag.over(partition_by=verdicts.c.forecast, order_by=verdicts.c.id).label(f"{column.name}_before")

    names = ("id", "forecast", "status", "contested", "asked", "reason", "evidence")
    compared = (before(verdicts.c[name]) for name in ("status", "contested", "asked"))
    seen = select(*(verdicts.c[name] for name in names), *compared).subquery()
    turned = or_(
        seen.c.status_before.is_(None),
        seen.c.status_before != seen.c.status,
        seen.c.contested_before != seen.c.contested,
    )
    return [
        Turn(
            number=row.id,
            forecast=row.forecast,
            before=Status(row.status_before) if row.status_before else None,
            status=Status(row.status),
            contested=row.contested,
            edited=row.asked_before not in (None, row.asked),
            reason=row.reason,
            evidence=tuple(row.evidence),
        )
        for row in connection.execute(select(seen).where(turned).order_by(seen.c.id))
    ]
