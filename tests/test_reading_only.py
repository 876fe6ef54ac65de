"""Commands that only read need no right to write, and tell of a database that is named and is not there."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command import run, tracker

from tracker.workspace import create_workspace

ITEM = "https://www.kommersant.ru/doc/7987988"
READING = (
    ("list",),
    ("show", "easing-by"),
    ("scorecard",),
    ("explain", "easing-by", ITEM),
    ("search", "putin AND aliyev"),
    ("export", "csv"),
    ("review",),
    ("feeds", "list"),
    ("feeds", "doctor"),
    ("tune", "easing-by", "--takes", ITEM),
    ("draft", "Putin meets Aliyev by the end of 2026"),
)
NEW_READING = (*READING[:3], ("search", "putin"), *READING[5:9], READING[10])


def fenced(folder: Path) -> None:
    """Let everybody read a folder and nobody write to it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.fixture
def workspace(checked_article: Path, everybodys: Path) -> Path:
    return Path(shutil.copytree(checked_article, everybodys / "workspace"))


@pytest.fixture
def to_read(workspace: Path) -> Path:
    fenced(workspace)
    return workspace


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    create_workspace(folder)

    return folder


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_workspace_that_may_not_be_written_to_is_read_as_any(
    command: tuple[str, ...], to_read: Path, checked_article: Path, request: pytest.FixtureRequest
) -> None:
    usual = run(checked_article, *command)
    request.getfixturevalue("unprivileged")
    assert run(to_read, *command) == usual


def test_pages_are_made_of_it(to_read: Path, everybodys: Path, request: pytest.FixtureRequest) -> None:
    everybodys.chmod(0o777)
    assert run(to_read, "scorecard", "--html", str(everybodys / "usual")).returncode == 0
    request.getfixturevalue("unprivileged")
    done = run(to_read, "scorecard", "--html", str(everybodys / "pages"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (everybodys / "pages" / "index.html").read_bytes() == (everybodys / "usual" / "index.html").read_bytes()


def test_what_a_writer_has_just_noted_is_read_with_it(workspace: Path, request: pytest.FixtureRequest) -> None:
    path = workspace / "data" / "tracker.sqlite"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("UPDATE items SET source = 'just noted'")
        writer.commit()
        assert (workspace / "data" / "tracker.sqlite-wal").stat().st_size
        usual = run(workspace, "search", "putin AND aliyev", "--json")
        fenced(workspace)
        request.getfixturevalue("unprivileged")
        assert usual == run(workspace, "search", "putin AND aliyev", "--json")
        assert "just noted" in run(workspace, "search", "putin AND aliyev", "--json").stdout


def test_what_cannot_be_done_without_writing_says_so_in_a_line(workspace: Path, request: pytest.FixtureRequest) -> None:
    with closing(sqlite3.connect(workspace / "data" / "tracker.sqlite")) as connection, connection:
        connection.execute("DELETE FROM criteria")  # as after a forecast was edited: its items must be matched anew
    fenced(workspace)
    request.getfixturevalue("unprivileged")
    for command in (("show", "easing-by"), ("check", "--offline")):
        done = run(workspace, *command)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "cannot be written" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *READING,
        ("add",),
        ("extract", "seeds/azerbaijan-cuts-ties.txt"),
        ("decide", "easing-by", "counts", "--item", ITEM, "--why", "so it says"),
    ],
    ids=" ".join,
)
def test_a_database_that_is_named_and_not_there_is_told(command: tuple[str, ...], checked_article: Path) -> None:
    done = run(checked_article, "--database", "sqlite:///data/traker.sqlite", *command)
    assert (done.returncode, done.stdout) == (1, "")
    path = checked_article / "data" / "traker.sqlite"
    assert done.stderr == (
        f"error: {path}: there is no database here (look for a slip in its path; tracker check makes a new one)\n"
    )
    assert not path.exists()


def test_the_server_tells_it_too(checked_article: Path) -> None:
    done = tracker(checked_article, "--database", "sqlite:///data/traker.sqlite", "serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no database here" in done.stderr


def test_a_check_makes_the_database_that_is_named(new: Path) -> None:
    named = ("--database", "sqlite:///data/other.sqlite")
    assert run(new, *named, "check", "--offline").returncode == 0
    assert run(new, *named, "list").returncode == 0


@pytest.mark.parametrize("command", NEW_READING, ids=" ".join)
def test_a_workspace_that_was_never_checked_is_read_calmly_and_nothing_is_made(
    command: tuple[str, ...], new: Path
) -> None:
    before = set(new.rglob("*"))
    done = run(new, *(word.replace("easing-by", "talks-resume") for word in command))
    assert (done.returncode, done.stderr) == (0, "")
    assert {path for path in new.rglob("*") if ".cache" not in path.parts} == before
