"""`tracker run`: passes at an interval, each feed when it is due, one tracker at a time, a clean end on a signal."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import environment, run, tracker
from server import Reply, Server

from tracker.model import FeedState, Subscription, Terms
from tracker.schedule import LEAST, due, next_pass, repeat
from tracker.workspace import create_workspace

Running = subprocess.Popen[str]
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The example of `tracker init`, following its archive alone."""
    create_workspace(tmp_path)
    follow(tmp_path, "data/example.atom", kind="archive")
    return tmp_path


def follow(workspace: Path, address: str, kind: str = "rss") -> None:
    opml = f'<opml version="2.0"><head/><body><outline text="Local" type="{kind}" xmlUrl="{address}"/></body></opml>'
    (workspace / "data" / "feeds.opml").write_text(opml, "utf-8")
    (workspace / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")


@pytest.fixture
def start(workspace: Path) -> Iterator[Callable[..., Running]]:
    """Starts the service with further arguments and environment."""
    started: list[tuple[Running, threading.Timer]] = []

    def begin(*arguments: str, **more: str) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tracker", "run", "--every", "1s", *arguments],
            cwd=workspace,
            env=environment(workspace) | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        # Whoever waits for a line that never comes is let go by the end of the process.
        patience = threading.Timer(90, process.kill)
        patience.start()
        started.append((process, patience))
        return process

    yield begin
    for process, patience in started:
        patience.cancel()
        process.kill()
        process.communicate()


@pytest.fixture
def running(start: Callable[..., Running]) -> Running:
    return start()


def wait_for(process: Running, words: str, times: int = 1) -> str:
    """Read the log until a line has the words so many times, and give that line; it ends if the process ends."""
    assert process.stderr is not None
    for line in process.stderr:
        times -= words in line
        if times == 0:
            return line
    pytest.fail(f"it ended without saying “{words}”")


def test_it_checks_again_and_again_and_finds_nothing_new(running: Running) -> None:
    wait_for(running, "pass 1: 1 of 1 feed read, 25 new items, 2 verdicts changed; next at ")
    wait_for(running, "1 of 1 feed read, 0 new items, no verdict changed; next at ", times=2)


def test_what_changed_is_printed_and_what_did_not_is_not(running: Running) -> None:
    wait_for(running, "pass 3: ")
    running.terminate()
    out, _ = running.communicate(timeout=30)
    assert out.count("1 of 1 feeds read, 25 new items") == 1
    assert out.count("new items") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_pass_in_hand(running: Running, workspace: Path, number: signal.Signals) -> None:
    wait_for(running, "verdict on ")
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in err
    assert "pass 1: " in err, "the pass in hand was told to its end"
    assert "pass 2: " not in err
    assert err.endswith("stopped\n")
    assert "all " in out, "and its report was printed"
    assert run(workspace, "check", "--offline").returncode == 0, "the workspace is free again"


def test_a_second_tracker_is_refused(running: Running, workspace: Path) -> None:
    wait_for(running, "25 new items")
    for command in (["run"], ["run", "--once"], ["check"]):
        done = tracker(workspace, *command)
        assert done.returncode == 1
        assert done.stderr.startswith("error: another tracker is at work in this workspace")


def test_a_killed_tracker_leaves_the_workspace_free_and_the_next_goes_on(
    running: Running, start: Callable[..., Running]
) -> None:
    wait_for(running, "25 new items")
    running.kill()
    running.wait(timeout=30)
    wait_for(start(), "pass 1: 1 of 1 feed read, 0 new items, no verdict changed")


@pytest.mark.parametrize("span", ["soon", "0s", "-1h", "40d", ""])
def test_a_bad_span_is_a_usage_error(workspace: Path, span: str) -> None:
    done = run(workspace, "run", "--every", span)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_one_pass_leaves_alone_what_is_not_due_and_reads_files_anew(workspace: Path) -> None:
    first, second = (run(workspace, "run", "--once") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert "pass 1: 1 of 1 feed read, 25 new items" in first.stderr
    assert "pass 1: 1 of 1 feed read, 0 new items, no verdict changed" in second.stderr
    assert second.stdout == ""
    with Server() as server:
        follow(workspace, server.url("/feed"))
        server.replies["/feed"] = Reply(b"<rss version='2.0'><channel><title>L</title></channel></rss>")
        first, second = (run(workspace, "run", "--once") for _ in range(2))
        assert "1 of 1 feed read, 0 new items" in first.stderr
        assert "0 of 1 feed read (1 rests), 0 new items" in second.stderr


def test_a_feed_on_the_web_is_asked_no_more_often_than_it_should_be(
    start: Callable[..., Running], workspace: Path
) -> None:
    with Server() as server:
        follow(workspace, server.url("/feed"))
        server.replies["/feed"] = Reply(
            b"<rss version='2.0'><channel><title>L</title><item><title>Ships sail</title></item></channel></rss>"
        )
        running = start()
        wait_for(running, "pass 1: 1 of 1 feed read, ")
        wait_for(running, "pass 4: 0 of 1 feed read (1 rests), ")
        assert [asked.path for asked in server.asked].count("/feed") == 1


def test_a_feed_that_begins_to_fail_is_told_once(start: Callable[..., Running], workspace: Path) -> None:
    follow(workspace, "data/missing.xml")
    running = start()
    wait_for(running, "feed failed: Local: ")
    wait_for(running, "pass 3: 0 of 1 feed read (1 fails), ")
    running.terminate()
    _, err = running.communicate(timeout=30)
    assert "feed failed" not in err
    assert run(workspace, "run", "--once", "--every", "1s").returncode == 1, "no feed could be read"


def test_a_pass_that_fails_is_told_in_a_line_and_the_next_goes_on(
    start: Callable[..., Running], workspace: Path
) -> None:
    database = workspace / "data" / "tracker.sqlite"
    database.mkdir()
    running = start()
    line = wait_for(running, "pass 2 failed: ")
    assert "this is a folder, not a database" in line
    database.rmdir()
    wait_for(running, "25 new items")


def test_mistakes_in_the_files_are_told_once_and_the_rest_goes_on(
    start: Callable[..., Running], workspace: Path
) -> None:
    (workspace / "forecasts" / "broken.yaml").write_text("article: 1\n", "utf-8")
    running = start()
    wait_for(running, "error: forecasts/broken.yaml:1: ")
    wait_for(running, "25 new items")
    wait_for(running, "pass 3: ")
    running.terminate()
    assert "broken.yaml" not in running.communicate(timeout=30)[1]


def test_programs_read_every_event_as_json(start: Callable[..., Running]) -> None:
    running = start("--log-format", "json")
    wait_for(running, '"pass_ended"')
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=30)
    events = [json.loads(line) for line in err.splitlines()]
    assert events[-1]["event"] == "stopped"
    assert all(datetime.fromisoformat(event["at"]).tzinfo for event in events)
    assert out == "", "one log, and nothing beside it"


def test_the_events_of_a_pass_have_their_figures(workspace: Path) -> None:
    done = run(workspace, "run", "--once", "--log-format", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["pass_began", *["verdict_changed"] * 2, "pass_ended"]
    assert {event["after"] for event in events[1:-1]} == {"confirmed", "refuted"}
    figures = {name: events[-1][name] for name in ("feeds", "read", "resting", "failing", "gone", "new_items")}
    assert figures == {"feeds": 1, "read": 1, "resting": 0, "failing": 0, "gone": 0, "new_items": 25}
    ahead = datetime.fromisoformat(events[-1]["next"]) - datetime.fromisoformat(events[0]["at"])
    assert timedelta(minutes=59) < ahead <= HOUR + timedelta(seconds=1)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="systemd is told through a Unix socket")
def test_systemd_is_told_when_it_is_ready_and_when_it_stops(start: Callable[..., Running], tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        running = start(NOTIFY_SOCKET=str(tmp_path / "notify"))
        assert systemd.recv(200) == b"READY=1"
        assert systemd.recv(200).startswith(b"STATUS=pass 1 ended; next at ")
        running.terminate()
        running.communicate(timeout=30)
        told = []
        systemd.settimeout(0.1)
        with suppress(TimeoutError):
            while True:
                told.append(systemd.recv(200))
        assert told[-1] == b"STOPPING=1"


def polled(minutes_ago: float, **terms: object) -> FeedState:
    return FeedState("https://a.org/feed", last_polled=NOW - timedelta(minutes=minutes_ago), terms=Terms(**terms))  # type: ignore[arg-type]


FEED = Subscription("https://a.org/feed")
DUE = {
    "a feed that was never asked": (None, True),
    "a feed that was asked at the last pass": (polled(60), True),
    "a feed that was asked in between": (polled(30), False),
    "a feed that a timer comes to a moment early": (polled(59.5), True),
    "a feed that rests": (polled(60, rests_until=NOW + HOUR), False),
    "a feed that is gone": (polled(600, gone=True), False),
    "a feed that turns over fast": (polled(30, lasts=HOUR), True),
    "a feed that was asked in the future, by a clock since set back": (polled(-600), True),
}


@pytest.mark.parametrize("case", DUE)
def test_a_feed_is_asked_when_it_is_due(case: str) -> None:
    state, expected = DUE[case]
    states = {FEED.address: state} if state else {}
    assert due([FEED], states, HOUR, NOW) == ([FEED] if expected else [])


NEXT = {
    "no feed": (None, HOUR, HOUR),
    "a feed that was just asked": (polled(0), HOUR, HOUR),
    "a feed that turns over fast": (polled(0, lasts=HOUR), HOUR, timedelta(minutes=20)),
    "a feed that is due again at once": (polled(19.9, lasts=HOUR), HOUR, LEAST),
    "a feed that is gone": (polled(0, gone=True), HOUR, HOUR),
    "a feed that rests for long": (polled(0, rests_until=NOW + 5 * HOUR), HOUR, HOUR),
    "an interval shorter than the least": (polled(0), timedelta(seconds=5), timedelta(seconds=5)),
}


@pytest.mark.parametrize("case", NEXT)
def test_the_next_pass_comes_when_a_feed_is_due(case: str) -> None:
    state, every, wait = NEXT[case]
    feeds, states = ([FEED], {FEED.address: state}) if state else ([], {})
    assert next_pass(feeds, states, every, NOW) == NOW + wait


def passes(wait: timedelta, clock_moves: timedelta, most: int = 3) -> list[datetime]:
    """When passes were made, by a clock that moves after the first of them; each asks for the next after `wait`."""
    made: list[datetime] = []

    def now() -> datetime:
        return datetime.now(UTC) + (clock_moves if made else timedelta())

    def one_pass() -> datetime:
        at = now()
        made.append(at)
        if len(made) == most:
            signal.raise_signal(signal.SIGTERM)
        return at + wait

    repeat(one_pass, wait, now)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    return made


def test_passes_missed_while_the_machine_slept_are_made_up_for_by_one() -> None:
    first, second = passes(wait=HOUR, clock_moves=3 * HOUR, most=2)
    assert second - first < 4 * HOUR


def test_a_clock_that_is_set_back_delays_no_pass() -> None:
    first, second, third = passes(wait=timedelta(seconds=0.5), clock_moves=-24 * HOUR)
    assert second < first
    assert timedelta(seconds=0.4) < third - second < timedelta(seconds=30)
