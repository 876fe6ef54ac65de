"""What went wrong with the database, in words that help? The driver's codes, read as StoreErrors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, ProgrammingError

from tracker.errors import StoreError

_LOCKED = ("another process keeps the database locked", "wait for it to end, or end it, and try again")
_FULL = ("the disk is full; nothing was saved", "free some space and try again")
_READ_ONLY = (
    "the database cannot be written to",
    "let its owner run tracker check, or give yourself the right to write to it and to its folder",
)
_NOT_OURS = ("this is not an SQLite database", "name another file, or move this one away and tracker makes a new one")
_DAMAGED = ("the database is damaged", "restore a copy, or delete it: a check rebuilds it from the feeds")

# By SQLite's name of the result code, or PostgreSQL's SQLSTATE (appendix A of its manual): what is wrong, and the mend.
_KNOWN = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": ("the database cannot be opened", "see that it is a file that you may read and write"),
    "SQLITE_NOTADB": _NOT_OURS,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_IOERR": ("the disk refused to read or write the database; nothing was saved", "see to the disk"),
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": ("the database user may not do this", "let it own the database (ALTER DATABASE … OWNER TO …)"),
    "22P05": ("the database does not keep its text in UTF-8", "make another: createdb -E UTF8 -T template0 …"),
}
# Without a known code these speak of a mistake in the program, not of the user's database.
_BUGS = (DataError, IntegrityError, ProgrammingError)


@contextmanager
def as_store_errors(where: str) -> Iterator[None]:
    """Turn what the user can mend into a StoreError that says `where`; leave a mistake of the program's own alone."""
    try:
        yield
    except DBAPIError as error:
        code = _code(error)
        if code in _KNOWN:
            what, mend = _KNOWN[code]
        elif isinstance(error, DatabaseError) and not isinstance(error, _BUGS):
            what, mend = f"the database cannot be used: {' '.join(str(error.orig).split())}", ""
        else:
            raise
        raise StoreError(what, where=where, mend=mend) from error


def _code(error: DBAPIError) -> str:
    """The driver's code: SQLite's without its extension (SQLITE_READONLY_DIRECTORY is SQLITE_READONLY)."""
    if name := getattr(error.orig, "sqlite_errorname", None):
        return "_".join(str(name).split("_")[:2])
    return getattr(error.orig, "sqlstate", None) or ""
