"""Which file is an SQLite database in, and how is it read where nothing may be written?"""

from __future__ import annotations

import os
from pathlib import Path

_SQLITE = "sqlite:///"


def database_file(url: str) -> Path | None:
    """The file that a database's URL names; None for a database of another kind, and for a URL that names no file.

    >>> str(database_file("sqlite:////srv/tracker.sqlite")), database_file("postgresql://host/name")
    ('/srv/tracker.sqlite', None)
    """
    path = url.removeprefix(_SQLITE)
    return Path(path) if url.startswith(_SQLITE) and path not in ("", ":memory:") else None


def may_write(path: Path) -> bool:
    """Whether SQLite may write to a file: also to its folder, where it keeps notes on what it is about."""
    return _may_write(path) and _may_write(path.parent)


def address_to_read(path: Path) -> str:
    """The address under which SQLite reads a file and writes nothing (https://www.sqlite.org/uri.html).

    Where its folder may not be written to, SQLite cannot keep notes on a database that others write to, and reads it as
    one that nobody does, unless a writer's notes are there.
    """
    noted = path.with_name(f"{path.name}-wal").exists()
    alone = not noted and not _may_write(path.parent)
    return f"{path.absolute().as_uri()}?{'immutable=1' if alone else 'mode=ro'}"


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
