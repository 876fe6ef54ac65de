"""What did the last check say? Read straight from the SQLite file, for commands that must answer at once.

The store needs SQLAlchemy, whose import alone takes longer than all else that `tracker list` does. This reads one table
of it and changes nothing; wherever it is not sure of what it sees, it leaves the answer to the store.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

from tracker.database_file import address_to_read, database_file
from tracker.model import Status, Strength, VerdictRecord

# The schemas whose table of verdicts is as it is read here.
_KNOWN_SCHEMAS = ("0001", "0002", "0003", "0004")
_LATEST = """
    SELECT forecast, status, rule, reason, as_of, event_day, strength, contested, evidence, missing, recorded_at,
        asked
    FROM verdicts WHERE id IN (SELECT max(id) FROM verdicts GROUP BY forecast)
"""


def last_verdicts(database: str) -> dict[str, VerdictRecord] | None:
    """The newest verdict of each forecast by its id, from a database's URL; its near misses are left out.

    None when it cannot be told in this way: another kind of database, another schema, or one that does not answer.
    """
    path = database_file(database)
    if path is None:
        return None
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(address_to_read(path), uri=True)) as connection:
            version = connection.execute("SELECT version_num FROM tracker_version").fetchone()
            if version is None or version[0] not in _KNOWN_SCHEMAS:
                return None
            return {row[0]: _record(row) for row in connection.execute(_LATEST)}
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _record(row: tuple[str, ...]) -> VerdictRecord:
    forecast, status, rule, reason, as_of, event_day, strength, contested, evidence, missing, recorded_at, asked = row
    return VerdictRecord(
        forecast=forecast,
        status=Status(status),
        rule=rule,
        reason=reason,
        as_of=date.fromisoformat(as_of),
        event_day=date.fromisoformat(event_day) if event_day else None,
        strength=Strength(strength) if strength else None,
        contested=bool(contested),
        evidence=tuple(json.loads(evidence)),
        missing=tuple(json.loads(missing)),
        recorded_at=datetime.fromisoformat(recorded_at).replace(tzinfo=UTC),
        asked=asked,
    )
