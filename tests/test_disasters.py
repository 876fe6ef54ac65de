"""A tracker that is killed (`kill -9`) at any moment loses nothing, doubles nothing, and the next pass goes on."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disasters import (
    COMMITS,
    CRANE_ITEM,
    WRITES,
    Proof,
    Tracker,
    World,
    added,
    check_sound,
    children,
    database,
    follow,
    is_running,
    ran,
    states,
    verdicts,
    wait_until,
)
from postgres import fresh_database
from server import Server

from tracker.decisions import read_decisions
from tracker.feeds.opml import read_opml
from tracker.ledger import read_ledger
from tracker.store import open_store


@pytest.fixture
def world() -> Iterator[World]:
    with Server() as server:
        yield World(server)


@pytest.fixture
def workspace(tmp_path: Path, world: World) -> Path:
    folder = tmp_path / "workspace"
    follow(folder, world)
    return folder


MOST = 60
"""No command under test has so many moments to die at."""


def killed_at_request(world: World, folder: Path, request: int, url: str, *command: str) -> list[int]:
    """Run a command and kill it when so many requests have come, with what was answered before stored one by one.

    At most two feeds of one host are asked at once: when request k comes, k - 2 have been answered. The processes that
    it had begun are returned.
    """
    began = datetime.now(UTC)
    orphans: list[int] = []

    def stored() -> int:
        known = states(url)
        return sum(known[one].last_polled > began for one in world.addresses if one in known)  # type: ignore[operator]

    def on_request(number: int) -> None:
        if number > request:
            return
        wait_until(lambda: stored() >= number - 2, f"the polls before request {number}")
        if number == request:
            orphans.extend(children(process.number))
            process.kill()

    # The process is known before its first request can come: it must start first.
    world.begin(on_request)
    with Tracker(folder, *command) as process:
        assert process.ended() == -9, process.output
    return orphans


POLLING = [
    ("sqlite", "check", (6, 5, 4, 3, 2, 1)),
    ("sqlite", "feeds poll", (5, 1)),
    ("postgresql", "check", (5, 3, 1)),
]


@pytest.mark.parametrize(("kind", "command", "requests"), POLLING)
def test_killed_while_it_polls(
    kind: str, command: str, requests: tuple[int, ...], world: World, workspace: Path, tmp_path: Path
) -> None:
    with fresh_database(kind, tmp_path) as url:
        proof = Proof(world)
        first = ran(workspace, "--database", url, *command.split())
        assert first[0] == 0, first[1]
        check_sound(url, proof, tmp_path)
        for request in requests:
            world.generation += 1
            killed_at_request(world, workspace, request, url, "--database", url, *command.split())
            settled(url)
            check_sound(url, proof, tmp_path)
        polls = sum(map(len, proof.polls.values()))
        assert polls > len(world.addresses), "some of what was read before the kill was kept"
        world.generation += 1
        for _ in range(2):
            world.begin()
            code, output = ran(workspace, "--database", url, *command.split())
            assert (code, "error" in output) == (0, False), output
            check_sound(url, proof, tmp_path)
        assert proof.missed() > 0, "some feeds were left out for so long that items came and went"
        assert "0 new items" in output, "all was there after the first pass"
        assert {polls[-1][1] for polls in proof.polls.values()} == {world.generation}


def settled(url: str) -> None:
    """Wait until a server has noticed that its client is dead."""
    if url.startswith("sqlite"):
        return
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        wait_until(lambda: connection.execute(others).fetchone() == (0,), "the end of the dead client's session")


def test_the_next_pass_of_a_killed_service_asks_those_that_it_had_not_read(
    world: World, workspace: Path, tmp_path: Path
) -> None:
    url, proof = database(workspace), Proof(world)
    open_store(url).close()
    killed_at_request(world, workspace, 4, url, "run", "--once")
    check_sound(url, proof, tmp_path)
    read = sum(map(len, proof.polls.values()))
    assert 2 <= read <= 3
    world.begin()
    code, output = ran(workspace, "run", "--once")
    assert code == 0, output
    assert world.requests == len(world.addresses) - read
    check_sound(url, proof, tmp_path)
    assert {len(polls) for polls in proof.polls.values()} == {1}


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_the_reading_process_of_a_killed_tracker_ends_by_itself(world: World, workspace: Path) -> None:
    url = database(workspace)
    open_store(url).close()
    orphans = killed_at_request(world, workspace, 4, url, "feeds", "poll")
    assert orphans, "documents are read in a process of their own"
    for one in orphans:
        wait_until(lambda one=one: not is_running(one), "the end of the reading process")  # type: ignore[misc]


@pytest.mark.parametrize("before", ["nothing", "a pass"])
def test_killed_before_each_of_its_transactions(before: str, world: World, workspace: Path, tmp_path: Path) -> None:
    url, proof = database(workspace), Proof(world)
    if before == "a pass":
        assert ran(workspace, "check")[0] == 0
        check_sound(url, proof, tmp_path)
    world.generation = (CRANE_ITEM - 3) // 2
    undisturbed = shutil.copytree(workspace, tmp_path / "undisturbed")
    assert ran(undisturbed, "check")[0] == 0
    expected = verdicts(database(undisturbed))
    assert [saying[0] for saying in expected["crane-falls"]] == [
        *(["pending"] if before == "a pass" else []),
        "confirmed",
    ]
    # From nothing there are many: each third will do.
    code, step = -9, 1 if before == "a pass" else 3
    number = 1 - step
    while code == -9 and number < MOST:
        number += step
        disturbed = shutil.copytree(workspace, tmp_path / str(number))
        url, seen = database(disturbed), proof.copy()
        code, output = ran(disturbed, "check", dies_at=number)
        if Path(disturbed / "data" / "tracker.sqlite").exists():
            check_sound(url, seen, tmp_path)
        if code == -9:
            again = ran(disturbed, "check")
            assert again[0] == 0, again[1]
            check_sound(url, seen, tmp_path)
        assert verdicts(url) == expected
    assert code == 0, output
    assert number > 4


def test_killed_while_it_writes_a_decision(workspace: Path) -> None:
    path = workspace / "data" / "decisions.jsonl"
    code, number, whole = -9, 0, b""
    while code == -9 and number < MOST:
        number += 1
        arguments = ("decide", "crane-falls", "void", "--by", "me", "--why", f"reason {number}")
        code, output = ran(workspace, *arguments, dies_at=number, calls=WRITES)
        after = path.read_bytes() if path.exists() else b""
        assert after.startswith(whole)
        written = after.removeprefix(whole)
        assert written == b"" or json.loads(written)["why"] == f"reason {number}"
        whole = after
    assert code == 0, output
    assert number >= 4
    decisions = read_decisions(path)
    assert decisions.errors == ()
    assert decisions.standing["crane-falls"].why == f"reason {number}"


def test_killed_while_it_writes_a_forecast(workspace: Path) -> None:
    path = workspace / "forecasts" / "cranes.yaml"
    code, number, whole = -9, 0, path.read_bytes()
    while code == -9 and number < MOST:
        number += 1
        code, output = ran(workspace, *added(f"second-{number}"), dies_at=number, calls=WRITES)
        after = path.read_bytes()
        assert after == whole or (after.startswith(whole.rstrip()) and f"id: second-{number}\n".encode() in after)
        whole = after
        ledger = read_ledger(workspace / "forecasts", concepts=None)
        assert ledger.errors == ()
        assert {forecast.id for forecast in ledger.forecasts} >= {"crane-falls", "talks-resume-in-march"}
    assert code == 0, output
    assert number >= 4
    assert f"second-{number}" in {forecast.id for forecast in ledger.forecasts}


def test_killed_while_it_follows_a_feed(world: World, workspace: Path, tmp_path: Path) -> None:
    path, proof = workspace / "data" / "feeds.opml", Proof(world)
    path.unlink()
    code, number = -9, 0
    while code == -9 and number < MOST:
        number += 1
        code, output = ran(workspace, "feeds", "add", world.addresses[0], dies_at=number, calls=WRITES | COMMITS)
        followed = [one.address for one in read_opml(path)] if path.exists() else []
        if (workspace / "data" / "tracker.sqlite").exists():
            check_sound(database(workspace), proof, tmp_path)
        if followed:
            # Killed when the list was there already: as it was before, for the next to be killed later.
            assert followed == [world.addresses[0]]
            path.unlink()
    assert code == 0, output
    assert followed == [world.addresses[0]]
    assert number >= 8
