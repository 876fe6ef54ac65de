"""How are many new rows written quickly? By the driver's own `executemany`, each value made ready here.

What SQLAlchemy does for each value of each row takes longer than the database does for the row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Connection, Date, Table
from sqlalchemy.engine import Dialect

from tracker.store.schema import Moment

_Ready = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, each with a value for every column of the table in their order. Texts must be `storable` already."""
    if not rows:
        return
    dialect = connection.dialect
    ready = [(place, make) for place, column in enumerate(table.c) if (make := _ready(column.type, dialect))]
    made = []
    for row in rows:
        values = list(row)
        for place, make in ready:
            if values[place] is not None:
                values[place] = make(values[place])
        made.append(tuple(values))
    connection.exec_driver_sql(_statement(table, dialect), made)


def _statement(table: Table, dialect: Dialect) -> str:
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(column.name for column in table.c)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.c))})"  # noqa: S608


def _ready(kind: object, dialect: Dialect) -> _Ready | None:
    """What makes a value of a column's type ready for the driver; None where it is already."""
    text = dialect.name == "sqlite"
    match kind:
        case Moment():
            return _moment_in_words if text else _without_zone
        case Date() if text:
            return date.isoformat
        case JSON():
            return json.dumps
    return None


@lru_cache(maxsize=1024)
def _moment_in_words(moment: datetime) -> str:
    """As SQLAlchemy writes it into SQLite."""
    return _without_zone(moment).isoformat(" ", "microseconds")


def _without_zone(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
