"""Does the store open what is ours, refuse what is not in words that help, and survive what happens to processes?"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from builders import remember
from postgres import KINDS, fresh_database, server
from sqlalchemy import Engine, create_engine, event, text
from test_store import after, item, keys, poll

from tracker.errors import StoreError
from tracker.model import Role
from tracker.store import migrations, open_store
from tracker.store.schema import HEAD, VERSION_TABLE, metadata


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh_database(request.param, tmp_path) as fresh:
        yield fresh


def refusal(url: str) -> str:
    """What is said on opening a database that cannot be opened."""
    with pytest.raises(StoreError) as refused:
        open_store(url, wait_seconds=0.1).close()
    return str(refused.value)


def execute(url: str, *statements: str) -> None:
    """Do something to a database behind the store's back."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


# Opening what is ours


def test_what_was_saved_is_there_after_reopening(url: str) -> None:
    with open_store(url) as store:
        remember(store, poll(item()))
    with open_store(url) as store:
        assert store.item("k") == item()
        assert remember(store, poll(item(), at=after(hours=1))).new == ()


def test_the_newest_migration_is_the_schema_that_the_program_expects(url: str) -> None:
    open_store(url).close()
    assert ScriptDirectory(Path(migrations.__file__).parent).get_current_head() == HEAD
    engine = create_engine(url)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, *_: not str(name).startswith("version_terms")}
        context = MigrationContext.configure(connection, opts=options | {"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_an_up_to_date_database_is_opened_without_alembic_and_drivers_of_others(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tracker.sqlite"
    open_store(url).close()
    program = (
        "import sys; from tracker.store import open_store; open_store(sys.argv[1]).verdicts();"
        "print(*sorted({'alembic', 'psycopg', 'Stemmer'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_database_of_sqlite_lets_readers_read_while_one_writes(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/tracker.sqlite").close()
    connection = sqlite3.connect(tmp_path / "tracker.sqlite")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize("name", ["what?.sqlite", "50%.sqlite", "a b#c&d=e.sqlite", "база.sqlite", "x@y:z.sqlite"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    open_store(f"sqlite:///{tmp_path}/{name}").close()
    assert (tmp_path / name).is_file()


def test_the_short_names_of_postgresql_will_do(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path) as url:
        for scheme in ("postgresql://", "postgres://"):
            with open_store(url.replace("postgresql+psycopg://", scheme)) as store:
                assert store.count_items() == 0


def test_what_a_release_indexed_that_read_words_otherwise_is_indexed_anew(url: str) -> None:
    with open_store(url) as store:
        remember(store, poll(*(item(str(number)) for number in range(1_001))))
        store.save_matches([("c", Role.EVENT, "1")], {"c": store.newest_version()})
    clear = "INSERT INTO version_terms (version_terms) VALUES ('delete-all')"
    execute(
        url,
        clear if url.startswith("sqlite") else "DELETE FROM version_terms",
        "UPDATE term_index SET made_by = 'an earlier release'",
    )
    for _ in range(2):
        with open_store(url) as store:
            assert store.matched_up_to() == {}
            assert len(keys(store.find([frozenset({"wrecalled"})], until=date.max))) == 1_001


# Refusing what is not


def test_a_newer_schema_is_refused(url: str) -> None:
    open_store(url).close()
    execute(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    assert "schema 9999, which is newer than this program (upgrade forecast-tracker" in refusal(url)


def test_another_programs_database_is_refused_and_left_as_it_was(url: str) -> None:
    execute(url, "CREATE TABLE bookmarks (id integer)", "CREATE TABLE alembic_version (version_num text)")
    assert "not a database of tracker: it holds alembic_version, bookmarks (name another database)" in refusal(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA journal_mode")) == "delete"
        assert connection.scalar(text("SELECT count(*) FROM bookmarks")) == 0
    engine.dispose()


def test_files_that_are_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(
        "These are notes, and rather more of them than an SQLite header is long.\n" * 20
    )
    (tmp_path / "folder").mkdir()
    cases = {
        "notes.txt": "notes.txt: this is not an SQLite database",
        "folder": "folder: this is a folder, not a database",
        "missing/tracker.sqlite": f"there is no folder {tmp_path}/missing (make it, or run tracker init)",
    }
    for name, expected in cases.items():
        assert expected in refusal(f"sqlite:///{tmp_path}/{name}")
    assert not (tmp_path / "missing").exists()


URLS = {
    "": "this is not a database URL",
    "data/tracker.sqlite": "data/tracker.sqlite: this is not a database URL (write sqlite:///",
    "sqlite://": "names no file",
    "sqlite:///": "names no file",
    "sqlite:///:memory:": "names no file",
    "mysql://me:secret@host/db": "tracker does not work with mysql databases",
    "nonsense://me:secret@host/db": "tracker does not work with nonsense databases",
    "postgresql//me:secret@host/db": "this is not a database URL",
    "postgresql://me:secret@host:port/db": "this is not a database URL",
    "postgresql://me:s@secret@host/db": "has an @ too many (write an @ in the password as %40)",
    "postgresql://me:s@s/secret@host/db": "has an @ too many",
    "postgresql://me:s@s:secret@host/db": "this is not a database URL",
    "postgresql://me:secret@127.0.0.1:1/db": "//me:***@127.0.0.1:1/db: the database cannot be used: ",
    "postgresql://127.0.0.1:1/db?user=me&password=secret": "//127.0.0.1:1/db: the database cannot be used: ",
    "postgresql://me:secret@127.0.0.1:1/db?nonsense=secret": 'invalid connection option "nonsense"',
}


@pytest.mark.parametrize("bad", URLS)
def test_urls_that_cannot_be_used_are_told_without_the_password(bad: str) -> None:
    said = refusal(bad)
    assert URLS[bad] in said
    assert "secret" not in said
    assert "\n" not in said


def test_a_database_that_the_server_does_not_have() -> None:
    assert 'database "nowhere" does not exist' in refusal(f"postgresql://tracker@/nowhere?host={server()}")


def test_a_database_that_is_not_in_utf_8(tmp_path: Path) -> None:
    with psycopg.connect(host=server(), user="tracker", dbname="postgres", autocommit=True) as admin:
        admin.execute("CREATE DATABASE latin ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
        with (
            open_store(f"postgresql://tracker@/latin?host={server()}") as store,
            pytest.raises(StoreError, match="UTF-8"),
        ):
            remember(store, poll(item()))
        admin.execute("DROP DATABASE latin WITH (FORCE)")


@pytest.mark.usefixtures("unprivileged")
def test_a_folder_that_may_not_be_written_to() -> None:
    assert "the database cannot be opened (see that" in refusal("sqlite:////usr/tracker.sqlite")


def test_a_database_that_may_not_be_written_to(everybodys: Path, request: pytest.FixtureRequest) -> None:
    path = everybodys / "tracker.sqlite"
    open_store(f"sqlite:///{path}").close()
    path.chmod(0o444)
    everybodys.chmod(0o777)
    request.getfixturevalue("unprivileged")
    with open_store(f"sqlite:///{path}") as store, pytest.raises(StoreError, match="cannot be written to"):
        remember(store, poll(item()))


# What happens to processes


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tracker.sqlite"
    with open_store(url) as store:
        remember(store, poll(item("before")))

    def fill_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 50")

    event.listen(Engine, "connect", fill_up)
    try:
        with open_store(url) as store:
            with pytest.raises(StoreError, match="the disk is full; nothing was saved"):
                remember(store, poll(*(item(str(number), summary="x" * 1_000) for number in range(1_000))))
            assert keys(store.items(until=date.max)) == ["before"]
    finally:
        event.remove(Engine, "connect", fill_up)


def test_a_full_disk_of_the_server_is_told(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path) as url, open_store(url) as store:
        full = "BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'; END"
        execute(
            url,
            f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${full}$$",
            "CREATE TRIGGER full_disk BEFORE INSERT ON versions EXECUTE FUNCTION full_disk()",
        )
        with pytest.raises(StoreError, match="the disk is full; nothing was saved"):
            remember(store, poll(item()))
        assert (store.count_items(), store.feed_states()) == (0, {})


def test_a_writer_that_does_not_end_is_told_and_readers_go_on(url: str) -> None:
    with open_store(url) as store:
        remember(store, poll(item()))
    engine = create_engine(url)
    with engine.connect() as other, open_store(url, wait_seconds=0.2) as store:
        if engine.dialect.name == "sqlite":
            other.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            other.exec_driver_sql("LOCK TABLE items IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="another process keeps the database locked"):
            remember(store, poll(item("b"), at=after(hours=1)))
        other.rollback()
        assert remember(store, poll(item("b"), at=after(hours=1))).new
    engine.dispose()


WRITER = """
import sys
from builders import remember
from test_store import after, item, poll
from tracker.store import open_store
url, feed = sys.argv[1:]
with open_store(url) as store:
    for number in range(25):
        mine = [item(f"{feed} {number} {each}") for each in range(20)]
        both = item(f"both {number}", title=f"seen by {feed}")
        remember(store, poll(*mine, both, at=after(hours=number), feed=feed))
        print(number, flush=True)
"""


def writer(url: str, feed: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, feed],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_write_at_once(url: str) -> None:
    writers = [writer(url, feed) for feed in ("a", "b")]  # they make the database as well
    for each in writers:
        each.communicate(timeout=60)
    assert [each.returncode for each in writers] == [0, 0]
    with open_store(url) as store:
        assert store.count_items() == 2 * 25 * 20 + 25
        counts = {feed: sum(c.items for c in store.carried(date.min, date.max) if c.address == feed) for feed in "ab"}
        assert counts == {"a": 25 * 21, "b": 25 * 21}
        assert all(len(store.versions(f"both {number}")) == 1 for number in range(25))


def test_a_killed_process_leaves_whole_polls_only(url: str) -> None:
    process = writer(url, "a")
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "3\n":
                process.kill()
                break
    with open_store(url) as store:
        found = store.count_items()
        assert found >= 4 * 21
        assert found % 21 == 0
        assert len(list(store.find([frozenset({"sreca*", "wseen"})], until=date.max))) == found
        assert remember(store, poll(item("after"), at=after(days=9), feed="a")).new


def test_many_open_a_new_database_at_once(url: str) -> None:
    ready = Barrier(4)

    def opened(_: int) -> int:
        ready.wait()
        with open_store(url) as store:
            return store.count_items()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(opened, range(4))) == [0] * 4
