"""A verdict can be replayed: the same bytes from the same news, and nothing published later leaks in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from command import Done, article_workspace, run, tracker
from postgres import fresh_database


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return article_workspace(tmp_path_factory.mktemp("replay"))


@pytest.fixture(scope="module")
def first(workspace: Path) -> str:
    """What the first check says, in a process of its own: each process has its own order of what has none."""
    return replay(workspace, tracker)


def replay(
    workspace: Path, by: Callable[..., Done | CompletedProcess[str]] = run, options: tuple[str, ...] = ()
) -> str:
    done = by(workspace, *options, "check", "--as-of", "2025-09-01", "--offline", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_twice_and_after_deleting_the_database_the_bytes_are_the_same(workspace: Path, first: str) -> None:
    assert '"2025-08-22"' in first
    assert replay(workspace, tracker) == first
    for path in (workspace / "data").glob("tracker.sqlite*"):
        path.unlink()
    assert replay(workspace, tracker) == first


def test_a_replay_after_a_check_of_today_is_the_same(workspace: Path, first: str) -> None:
    assert run(workspace, "check", "--offline").returncode == 0
    assert replay(workspace) == first


def test_what_was_published_later_does_not_matter(first: str, tmp_path: Path) -> None:
    earlier = article_workspace(tmp_path)
    archive = next((earlier / "data").glob("*.atom"))
    text = archive.read_text("utf-8")
    entries = re.findall(r"\s*<entry.*?</entry>", text, flags=re.DOTALL)
    late = [entry for entry in entries if re.search(r"<published>(2025-09-0[2-9]|2025-09-[123]|2025-1|2026)", entry)]
    assert 150 < len(late) < len(entries)
    for entry in late:
        text = text.replace(entry, "")
    archive.write_text(text, "utf-8")
    assert replay(earlier) == first
    assert "2025-09-02" not in re.sub(r'"closes": "[^"]*"', "", first)


def test_postgresql_gives_the_same_bytes(workspace: Path, first: str, tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path) as database:
        assert replay(workspace, options=("--database", database)) == first
        assert run(workspace, "--database", database, "check", "--offline").returncode == 0
        listed = run(workspace, "--database", database, "list").stdout
        assert "confirmed" in listed
        assert "refuted" in listed


def test_a_replay_records_nothing(tmp_path: Path) -> None:
    other = article_workspace(tmp_path)
    replay(other)
    assert "never checked" in run(other, "list").stdout
