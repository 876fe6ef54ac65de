"""How does a database come up to date? Alembic steps, run inside the caller's transaction: all of them, or none."""

from __future__ import annotations

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Connection

from tracker.errors import StoreError
from tracker.store.schema import VERSION_TABLE


def migrate(connection: Connection, current: str | None, where: str) -> None:
    """Bring the database from revision `current` (None: it is empty) to the newest one.

    StoreError when this program has no step of that name, because a later release made it.
    """
    steps = ScriptDirectory(Path(__file__).parent / "migrations")
    try:
        ahead = list(steps.iterate_revisions("head", current or "base"))
    except RevisionError:
        raise StoreError(
            f"the database has schema {current}, which is newer than this program",
            where=where,
            mend="upgrade forecast-tracker, or name another database",
        ) from None
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    with Operations.context(context):
        for step in reversed(ahead):
            step.module.upgrade()
            context.stamp(steps, step.revision)
