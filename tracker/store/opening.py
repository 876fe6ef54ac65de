"""Which database does a URL mean, and is it ours? Opens it, with its schema brought up to date."""

from __future__ import annotations

import sqlite3
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError

from tracker.database_file import address_to_read, database_file, may_write
from tracker.errors import StoreError
from tracker.store.faults import as_store_errors
from tracker.store.schema import HEAD, VERSION_TABLE
from tracker.store.store import Store, locked_for_writing

_FORMS = "write sqlite:///path/to/tracker.sqlite or postgresql+psycopg://user:password@host/database"


def open_store(url: str, *, wait_seconds: float = 30, zone: tzinfo | None = None) -> Store:
    """Open the database that `url` names, making it if it is an SQLite file that does not exist yet.

    A file that may not be written to can be read, as long as it is up to date.

    Days begin and end in `zone`, the workspace's; where another one was named before, the days of all items are counted
    anew. Without it they end in UTC, and stay as they are stored.

    A writer waits up to `wait_seconds` for another one to finish. StoreError when the URL cannot be read, the folder is
    missing, or what is there is not a database of this program; a password never appears in it.
    """
    if url.startswith("sqlite:"):
        path = database_file(url)
        if path is None:
            raise StoreError("the database URL names no file", where=url, mend=_FORMS)
        where = str(path)
        engine = _sqlite(path, wait_seconds)
    else:
        parsed = _postgresql_url(url)
        where = parsed.set(query={}).render_as_string(hide_password=True)
        engine = _postgresql(parsed)
    store = Store(engine, where, wait_seconds, zone or UTC)
    try:
        with as_store_errors(where):
            _bring_up_to_date(engine, where, wait_seconds)
        if zone is not None:
            store.count_days_anew()
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(engine: Engine, where: str, wait_seconds: float) -> None:
    with engine.connect() as connection:
        version = _version(connection, where)
    if version == HEAD:
        return
    if version is None and engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with locked_for_writing(engine, wait_seconds) as connection:
        version = _version(connection, where)  # another process may have been faster
        if version != HEAD:
            from tracker.store.migrating import migrate

            migrate(connection, version, where)


def _version(connection: Connection, where: str) -> str | None:
    """The revision of the schema, None in an empty database; StoreError when it holds something else."""
    try:
        with connection.begin_nested() if connection.in_transaction() else connection.begin():
            version: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
            return version
    except (OperationalError, ProgrammingError):
        tables = sorted(inspect(connection).get_table_names())
        if VERSION_TABLE in tables:
            raise
    if tables:
        some = ", ".join(tables[:3]) + (", …" if len(tables) > 3 else "")
        raise StoreError(
            f"this is not a database of tracker: it holds {some}", where=where, mend="name another database"
        )
    return None


def _write_ahead(engine: Engine) -> None:
    """Let readers go on while one process writes (WAL). The file remembers it, so once is enough.

    Not done on connecting, so that a database that is not ours stays as it was.
    """
    with engine.connect().execution_options(begin="") as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _sqlite(path: Path, wait_seconds: float) -> Engine:
    if not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent}", where=str(path), mend="make it, or run tracker init")
    if path.is_dir():
        raise StoreError("this is a folder, not a database", where=str(path), mend="name a file in it")
    if not path.exists() or may_write(path):
        engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": wait_seconds})
    else:

        def open_to_read() -> sqlite3.Connection:
            return sqlite3.connect(address_to_read(path), wait_seconds, uri=True, check_same_thread=False)

        # Opened anew for each transaction: what is read as if nobody wrote to it must not be remembered for long.
        engine = create_engine("sqlite://", creator=open_to_read, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: object) -> None:  # noqa: ANN401
        connection.isolation_level = None  # we say BEGIN ourselves, below
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: two readers that both turn writer would wait for each other in vain.
        if statement := connection.get_execution_options().get("begin", "BEGIN"):
            connection.exec_driver_sql(statement)

    return engine


def _postgresql_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # What cannot be read cannot be shown safely either, unless there is no room in it for a password.
        raise StoreError("this is not a database URL", where="" if "@" in url else url, mend=_FORMS) from None
    if parsed.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise StoreError(f"tracker does not work with {parsed.drivername} databases", mend=_FORMS)
    if any("@" in part for part in (parsed.host or "", parsed.database or "")):
        raise StoreError("the database URL has an @ too many", mend="write an @ in the password as %40")
    return parsed.set(drivername="postgresql+psycopg")


def _postgresql(url: URL) -> Engine:
    arguments = {"client_encoding": "utf8"} | ({} if "connect_timeout" in url.query else {"connect_timeout": 10})
    try:
        from psycopg import ProgrammingError as WrongOption
        from psycopg.conninfo import make_conninfo
    except ImportError:
        raise StoreError(
            "PostgreSQL needs the psycopg package", mend="pip install 'forecast-tracker[postgresql]'"
        ) from None
    # A server may have been restarted since the last pass of a long run, so each connection is tried before use.
    engine = create_engine(url, connect_args=arguments, pool_pre_ping=True)
    try:
        make_conninfo(**dict.fromkeys(url.query, ""))
    except WrongOption as error:
        raise StoreError(f"the database URL has an {' '.join(str(error).split())}", mend=_FORMS) from None
    return engine
