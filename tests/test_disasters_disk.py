"""A full disk and a locked database are told in a line and leave nothing half-written; then the next pass goes on."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import environment
from disasters import Proof, Tracker, World, added, check_sound, database, follow, ran, wait_until
from server import Server

from tracker.check import check
from tracker.concepts import load_concepts
from tracker.decisions import read_decisions
from tracker.errors import StoreError
from tracker.feeds.opml import read_opml
from tracker.ledger import read_ledger
from tracker.store import Store, open_store
from tracker.workspace import find_workspace


@pytest.fixture
def world() -> Iterator[World]:
    with Server() as server:
        yield World(server)


@pytest.fixture
def workspace(tmp_path: Path, world: World) -> Path:
    """A workspace with one pass behind it."""
    folder = tmp_path / "workspace"
    follow(folder, world)
    code, output = ran(folder, "check")
    assert code == 0, output
    return folder


@pytest.fixture
def proof(world: World, workspace: Path, tmp_path: Path) -> Proof:
    """What the first pass proved; the world has gone on since."""
    found = Proof(world)
    check_sound(database(workspace), found, tmp_path)
    world.generation += 1
    return found


def one_error(output: str) -> str:
    """The only line of an output that tells an error."""
    assert "Traceback" not in output
    (line,) = [line for line in output.splitlines() if line.startswith("error: ")]
    return line


# The disk is full: no file can grow beyond a limit, and the system refuses what is beyond it.


@pytest.mark.parametrize("file_bytes", [0, 4_096, 20_000, 60_000])
def test_a_pass_that_finds_no_room_saves_nothing_by_halves(
    file_bytes: int, world: World, workspace: Path, proof: Proof, tmp_path: Path
) -> None:
    code, output = ran(workspace, "check", file_bytes=file_bytes)
    assert code == 1
    if file_bytes:  # else there is no room to say so either
        assert "the disk refused to read or write the database; nothing was saved" in one_error(output)
    check_sound(database(workspace), proof, tmp_path)
    code, output = ran(workspace, "check")
    assert code == 0, output
    check_sound(database(workspace), proof, tmp_path)
    assert {polls[-1][1] for polls in proof.polls.values()} == {world.generation}
    assert {len(polls) for polls in proof.polls.values()} == {2}


def test_a_decision_that_finds_no_room_is_not_written_by_half(workspace: Path) -> None:
    path = workspace / "data" / "decisions.jsonl"
    decide = ("decide", "crane-falls", "void", "--by", "me", "--why")
    assert ran(workspace, *decide, "the first")[0] == 0
    before = path.read_bytes()
    code, output = ran(workspace, *decide, "the second", file_bytes=len(before) + 30)
    assert code != 0
    assert "cannot be written" in one_error(output)
    assert path.read_bytes() == before
    assert ran(workspace, *decide, "the third")[0] == 0
    decisions = read_decisions(path)
    assert [decision.why for decision in decisions.history] == ["the first", "the third"]
    assert decisions.errors == ()


def test_an_edit_that_finds_no_room_leaves_the_file_as_it_was(workspace: Path) -> None:
    opml, cranes = workspace / "data" / "feeds.opml", workspace / "forecasts" / "cranes.yaml"
    # Larger than the database, which must have room for this to be about the list and the file of forecasts.
    cranes.write_bytes(cranes.read_bytes() + b"# a remark of twenty\n" * 40_000)
    for path, command in {
        opml: ("feeds", "add", "https://example.org/feed", "--no-poll"),
        cranes: tuple(added("second")),
    }.items():
        before, beside = path.read_bytes(), sorted(path.parent.iterdir())
        code, output = ran(workspace, *command, file_bytes=len(before))
        assert code != 0
        assert "cannot be written" in one_error(output)
        assert path.read_bytes() == before
        assert [one for one in sorted(path.parent.iterdir()) if one.suffix != ".lock"] == [
            one for one in beside if one.suffix != ".lock"
        ]
        assert ran(workspace, *command)[0] == 0
    assert "https://example.org/feed" in [one.address for one in read_opml(opml)]
    assert "second" in [one.id for one in read_ledger(workspace / "forecasts", concepts=None).forecasts]


SMALL_DISK = r"""
set -e
mount -t tmpfs -o size=1m none "$1"
cp -r "$2/." "$1"
cd "$1"
tracker() { "$PYTHON" -m tracker "$@"; echo "exit $?"; }
head -c 100m /dev/zero >filler 2>/dev/null || true
set +e
echo "== full"
tracker check 2>&1
tracker decide crane-falls void --by me --why "no room" 2>&1
tracker feeds add https://example.org/feed --no-poll 2>&1
rm filler
echo "== freed"
mount -o remount,size=50m "$1"
tracker check 2>&1
cp -r "$1" "$3"
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"),
    reason="only root on Linux can make a small disk of its own",
)
def test_on_a_disk_that_is_really_full(world: World, workspace: Path, proof: Proof, tmp_path: Path) -> None:
    disk, after = tmp_path / "disk", tmp_path / "after"
    disk.mkdir()
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", SMALL_DISK, "sh", disk, workspace, after],
        env=environment(tmp_path) | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=120,
    )
    if "mount" in done.stderr:
        pytest.skip(f"no disk can be made here: {done.stderr}")
    full, _, freed = done.stdout.partition("== freed")
    assert "Traceback" not in done.stdout + done.stderr
    assert [line for line in full.splitlines() if line.startswith("exit")] == ["exit 1", "exit 2", "exit 2"]
    errors = [line for line in full.splitlines() if line.startswith("error: ")]
    assert len(errors) == 3, full
    assert "the disk refused to read or write the database; nothing was saved" in errors[0]
    assert all("cannot be written: No space left on device" in error for error in errors[1:])
    assert "exit 0" in freed, freed
    check_sound(database(after), proof, tmp_path)
    assert {len(polls) for polls in proof.polls.values()} == {2}
    assert read_decisions(after / "data" / "decisions.jsonl").errors == ()
    assert (after / "data" / "feeds.opml").read_bytes() == (workspace / "data" / "feeds.opml").read_bytes()


# The database is locked.


def test_who_only_reads_is_not_kept_waiting_by_a_writer(workspace: Path) -> None:
    code, output = ran(workspace, "check")  # which leaves the index up to date
    assert code == 0, output
    with closing(sqlite3.connect(workspace / "data" / "tracker.sqlite")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE feeds SET title = 'never'")
        for command in (["list"], ["show", "crane-falls"], ["search", "ship"], ["feeds", "list"], ["scorecard"]):
            code, output = ran(workspace, *command)
            assert code == 0, output
            assert "never" not in output.replace("never read", "")


def test_a_search_of_what_was_polled_is_not_kept_waiting_by_a_writer(workspace: Path) -> None:
    (workspace / "data" / "tracker.sqlite").unlink()
    code, output = ran(workspace, "feeds", "poll")
    assert code == 0, output
    with closing(sqlite3.connect(workspace / "data" / "tracker.sqlite")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with open_store(database(workspace), wait_seconds=0.1) as store:
            assert list(store.find([frozenset({"wship"})], until=datetime.now(UTC).date()))


def test_a_pass_waits_for_a_writer_and_goes_on(world: World, workspace: Path, proof: Proof, tmp_path: Path) -> None:
    world.begin()
    with closing(sqlite3.connect(workspace / "data" / "tracker.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with Tracker(workspace, "check") as process:
            wait_until(lambda: world.requests == len(world.addresses), "all feeds are asked meanwhile")
            assert process.is_running
            assert writer.execute("SELECT count(*) FROM versions WHERE summary = 'Told as corrected.'").fetchone() == (
                12,
            )
            writer.execute("COMMIT")
            assert process.ended() == 0, process.output
    check_sound(database(workspace), proof, tmp_path)
    assert {len(polls) for polls in proof.polls.values()} == {2}


def one_pass(folder: Path, store: Store) -> None:
    """Make a pass as `tracker check` does."""
    workspace = find_workspace(folder)
    concepts = load_concepts(workspace.concepts_file)
    ledger = read_ledger(workspace.forecasts, concepts=concepts)
    check(workspace, store, ledger, concepts, read_opml(workspace.opml), now=datetime.now(UTC))


def test_a_pass_whose_patience_ends_says_so_and_the_next_goes_on(
    world: World, workspace: Path, proof: Proof, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(workspace / "data" / "tracker.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with open_store(database(workspace), wait_seconds=0.2) as store:
            with pytest.raises(StoreError, match="another process keeps the database locked"):
                one_pass(workspace, store)
            writer.execute("COMMIT")
            one_pass(workspace, store)
    check_sound(database(workspace), proof, tmp_path)
    assert {len(polls) for polls in proof.polls.values()} == {2}


# Two trackers at once


def test_a_second_tracker_is_refused_until_the_first_is_dead(
    world: World, workspace: Path, proof: Proof, tmp_path: Path
) -> None:
    refusals: list[tuple[int, str]] = []

    def meanwhile(number: int) -> None:
        if number == 1:
            refusals.extend(ran(workspace, *command) for command in (["check"], ["feeds", "poll"], ["run", "--once"]))
            refusals.append(ran(workspace, "decide", "crane-falls", "void", "--by", "me", "--why", "a person may"))
            process.kill()

    world.begin(meanwhile)
    with Tracker(workspace, "check") as process:
        assert process.ended() == -9
    for code, output in refusals[:3]:
        assert (code, "another tracker is at work in this workspace" in one_error(output)) == (1, True)
    assert refusals[3][0] == 0, refusals[3][1]
    assert len(refusals) == 4
    world.begin()
    code, output = ran(workspace, "check", "--json")
    assert code == 0, output
    check_sound(database(workspace), proof, tmp_path)
    [decided] = [one for one in json.loads(output)["forecasts"] if one["id"] == "crane-falls"]
    assert "a person may" in json.dumps(decided)
