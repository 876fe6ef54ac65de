"""`tracker run`: passes at an interval, one tracker at a time, a clean end on a signal."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import article_workspace, environment, tracker

Running = subprocess.Popen[str]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return article_workspace(tmp_path)


@pytest.fixture
def running(workspace: Path) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "tracker", "run", "--every", "1s"],
        cwd=workspace,
        env=environment(workspace),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Whoever waits for a line that never comes is let go by the end of the process.
    patience = threading.Timer(90, process.kill)
    patience.start()
    yield process
    patience.cancel()
    process.kill()
    process.communicate()


def wait_for(process: Running, words: str, times: int = 1) -> None:
    """Read lines until one has the words so many times; the process ends the wait if it ends."""
    assert process.stdout is not None
    for line in process.stdout:
        times -= words in line
        if times == 0:
            return
    pytest.fail(f"it ended without saying “{words}”")


def test_it_checks_again_and_again_and_finds_nothing_new(running: Running) -> None:
    wait_for(running, "329 new items")
    wait_for(running, "Nothing changed in 14 forecasts", times=2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_pass_in_hand(running: Running, workspace: Path, number: signal.Signals) -> None:
    wait_for(running, "329 new items")
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in err
    assert err.endswith("stopped\n")
    assert "all " in out, "the pass in hand was told to its end"
    assert tracker(workspace, "check", "--offline").returncode == 0, "the workspace is free again"


def test_a_second_tracker_is_refused(running: Running, workspace: Path) -> None:
    wait_for(running, "329 new items")
    for command in (["run"], ["check"]):
        done = tracker(workspace, *command)
        assert done.returncode == 1
        assert done.stderr.startswith("error: another tracker is at work in this workspace")


def test_a_killed_tracker_leaves_the_workspace_free(running: Running, workspace: Path) -> None:
    wait_for(running, "329 new items")
    running.kill()
    running.wait(timeout=30)
    done = tracker(workspace, "check", "--offline")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("span", ["soon", "0s", "-1h", "40d", ""])
def test_a_bad_span_is_a_usage_error(workspace: Path, span: str) -> None:
    done = tracker(workspace, "run", "--every", span)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
