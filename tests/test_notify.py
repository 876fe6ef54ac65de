"""Do alerts reach people, each once, whatever fails on the way? Against a real webhook, by the real command."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command import environment, run, tracker
from server import Reply, Server

from tracker.workspace import create_workspace

# A library that Apprise loads is behind the times; Python itself would not tell of it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

SECRET = "S3cret"
GREETING = "tracker follows 3 forecasts and"
VERDICTS = ["confirmed: talks-resume-in-march", "refuted: strike-before-easter"]
ARCHIVE = '<outline text="Archive" type="archive" xmlUrl="data/example.atom"/>'
FEED = (
    b"<rss version='2.0'><channel><title>Local</title>"
    b"<item><title>Ships sail</title><guid>1</guid><pubDate>Mon, 01 Sep 2025 12:00:00 GMT</pubDate></item>"
    b"</channel></rss>"
)


class Webhook:
    """A server that takes what is posted to it; `answers` with a status, and does `first` before."""

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.answers = 200
        self.first: Callable[[], None] = lambda: None
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                webhook.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                webhook.first()
                try:
                    self.send_response(webhook.answers)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except ConnectionError:  # the sender is gone
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"json://me:{SECRET}@127.0.0.1:{self._server.server_port}/{SECRET}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def taken(self) -> list[str]:
        """The titles that came since this was last asked."""
        titles = [message["title"] for message in self.got]
        self.got.clear()
        return titles

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    yield hook
    hook.close()


@pytest.fixture
def workspace(tmp_path: Path, webhook: Webhook) -> Path:
    """The example of `tracker init`, following nothing yet, with alerts to the webhook."""
    create_workspace(tmp_path)
    follow(tmp_path)
    configure(tmp_path, webhook.address)
    return tmp_path


def follow(workspace: Path, *outlines: str) -> None:
    opml = f'<opml version="2.0"><head/><body>{"".join(outlines)}</body></opml>'
    (workspace / "data" / "feeds.opml").write_text(opml, "utf-8")


def configure(workspace: Path, *addresses: str) -> None:
    settings = f'alerts = {json.dumps(addresses)}\nprivate_networks = ["127.0.0.0/8"]\n'
    (workspace / "tracker.toml").write_text(settings, "utf-8")


def one_pass(workspace: Path, code: int = 0) -> str:
    """Make a pass as the service does; what it told."""
    done = run(workspace, "run", "--once")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_verdict_is_told_once_whatever_passes_follow(workspace: Path, webhook: Webhook) -> None:
    one_pass(workspace)
    assert webhook.taken() == ["tracker follows 3 forecasts and 0 feeds"]
    follow(workspace, ARCHIVE)
    told = one_pass(workspace)
    confirmed = webhook.got[0]
    assert webhook.taken() == VERDICTS
    assert "alert sent: alert address 1 (json): confirmed: talks-resume-in-march" in told
    assert confirmed["message"].splitlines()[-1].startswith("https://westhaven-herald.example/2025/03/24/")
    assert tracker(workspace, "run", "--once").returncode == 0, "nor does one of another process"
    assert run(workspace, "check", "--alert").returncode == 0
    assert webhook.taken() == []


def test_verdicts_from_before_the_first_alert_are_told_in_one_message(workspace: Path, webhook: Webhook) -> None:
    follow(workspace, ARCHIVE)
    assert run(workspace, "check").returncode == 0
    assert webhook.taken() == [], "a check tells nobody unless it is asked to"
    assert tracker(workspace, "check", "--alert").returncode == 0
    [greeting] = webhook.got
    assert greeting["title"] == "tracker follows 3 forecasts and 1 feed"
    assert "1 confirmed, 1 refuted, 1 pending" in greeting["message"]


def test_a_webhook_that_fails_gets_its_alerts_later_and_others_at_once(workspace: Path, webhook: Webhook) -> None:
    other = Webhook()
    configure(workspace, webhook.address, other.address)
    one_pass(workspace)
    assert len(webhook.taken()) == len(other.taken()) == 1
    follow(workspace, ARCHIVE)
    webhook.answers = 500
    told = one_pass(workspace, code=1)
    assert "alert failed: alert address 1 (json): it answered with HTTP status 500; tried again" in told
    assert (webhook.taken(), other.taken()) == (VERDICTS, VERDICTS)
    done = run(workspace, "check", "--alert")
    assert done.returncode == 1
    assert f"error: alert address 1 (json): it answered with HTTP status 500; “{VERDICTS[0]}” is sent" in done.stderr
    webhook.answers = 200
    webhook.taken()
    one_pass(workspace)
    one_pass(workspace)
    assert (webhook.taken(), other.taken()) == (VERDICTS, [])
    other.close()


def test_a_kill_between_sending_and_writing_down_repeats_one_at_most(workspace: Path, webhook: Webhook) -> None:
    one_pass(workspace)
    webhook.taken()
    follow(workspace, ARCHIVE)
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "run", "--once"],
        cwd=workspace,
        env=environment(workspace),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    webhook.first = lambda: os.kill(process.pid, signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    webhook.first = lambda: None
    assert webhook.taken() == VERDICTS[:1]
    one_pass(workspace)
    one_pass(workspace)
    assert webhook.taken() == VERDICTS, "the one that was on its way is repeated, none is lost"


def test_a_window_about_to_close_is_told_once(workspace: Path, webhook: Webhook) -> None:
    today = datetime.now(UTC).date()
    path = workspace / "forecasts" / "example.yaml"
    text = path.read_text("utf-8")
    window = next(line for line in text.splitlines() if line.strip().startswith("window:"))
    path.write_text(text.replace(window, f"    window: 2025-03-03/{today + timedelta(days=3)}", 1), "utf-8")
    one_pass(workspace)
    assert [title for title in webhook.taken() if not title.startswith(GREETING)] == [
        "closes in 3 days: talks-resume-in-march"
    ]
    one_pass(workspace)
    assert webhook.taken() == []


def ago(workspace: Path, days: int, failures: int) -> None:
    """Let the feeds have been read so many days ago, and have failed since."""
    past = datetime.now(UTC) - timedelta(days=days)
    with sqlite3.connect(workspace / "data" / "tracker.sqlite") as connection:
        connection.execute(
            "UPDATE feeds SET last_polled = ?, last_success = ?, failures = ?, rests_until = NULL",
            (past.strftime("%Y-%m-%d %H:%M:%S.%f"), past.strftime("%Y-%m-%d %H:%M:%S.%f"), failures),
        )
    connection.close()


def test_a_feed_that_died_and_came_back_is_told(workspace: Path, webhook: Webhook) -> None:
    with Server() as server:
        server.replies["/feed"] = Reply(FEED, headers={"Content-Type": "application/rss+xml"})
        follow(workspace, f'<outline text="Local" type="rss" xmlUrl="{server.url("/feed")}"/>')
        assert "1 of 1 feed read" in one_pass(workspace)
        ago(workspace, 4, failures=5)
        good, server.replies["/feed"] = server.replies["/feed"], Reply(status=404)
        one_pass(workspace, code=1)
        assert webhook.taken()[1:] == ["feed fails for 3 days or more: Local"]
        one_pass(workspace)
        assert webhook.taken() == []
        ago(workspace, 5, failures=6)
        server.replies["/feed"] = good
        assert "feed came back: Local" in one_pass(workspace)
        assert webhook.taken() == ["feed came back: Local"]
        ago(workspace, 1, failures=0)
        server.replies["/feed"] = Reply(status=410)
        told = one_pass(workspace, code=1)
        assert "feed gone for good: Local" in told
        assert "(1 is gone)" in told
        assert webhook.taken() == ["feed gone for good: Local"]
        assert "0 of 1 feed read (1 is gone)" in one_pass(workspace)
        assert webhook.taken() == []


SECRETIVE = {
    "an address that cannot be reached": ([f"json://me:{SECRET}@127.0.0.1:1/{SECRET}"], 1),
    "a service that does not exist": ([f"jsoon://{SECRET}@127.0.0.1/{SECRET}"], 2),
    "an address that its service cannot read": ([f"tgram://{SECRET}"], 2),
    "no address at all": ([SECRET], 2),
    "an address with a space": ([f"json://a b:{SECRET}@127.0.0.1"], 2),
}


@pytest.mark.parametrize("case", SECRETIVE)
@pytest.mark.parametrize("by", ["tracker.toml", "TRACKER_ALERTS"])
def test_secrets_are_never_shown(workspace: Path, case: str, by: str, caplog: pytest.LogCaptureFixture) -> None:
    addresses, code = SECRETIVE[case]
    configure(workspace, *(addresses if by == "tracker.toml" else ()))
    given = {"TRACKER_ALERTS": addresses[0]} if by == "TRACKER_ALERTS" else {}
    for command in (["notify", "--test"], ["check", "--alert"], ["run", "--once", "--log-format", "json"]):
        done = run(workspace, *command, **given)
        assert done.returncode == code, done.stderr
        assert "1 (json" in done.stdout + done.stderr if code == 1 else "error: " in done.stderr
        # What pytest takes from the log would be printed in a process of its own.
        assert SECRET not in done.stdout + done.stderr + caplog.text
        assert "Traceback" not in done.stderr
    assert not any(SECRET.encode() in path.read_bytes() for path in (workspace / "data").iterdir())


def test_secrets_are_not_shown_by_a_process_of_its_own_either(workspace: Path) -> None:
    for addresses, code in SECRETIVE.values():
        configure(workspace, *addresses)
        done = tracker(workspace, "notify", "--test")
        assert done.returncode == code, done.stderr
        assert SECRET not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_the_test_message_says_what_failed(workspace: Path, webhook: Webhook) -> None:
    configure(workspace, webhook.address, "json://127.0.0.1:1")
    done = run(workspace, "notify", "--test")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "alert address 1 (json): sent",
        "alert address 2 (json): it could not be reached, or refused it",
    ]
    assert webhook.taken() == ["test message of tracker"]
    assert run(workspace, "notify").stdout.splitlines()[:2] == ["alert address 1 (json)", "alert address 2 (json)"]


def test_without_addresses_there_is_nothing_to_test(workspace: Path) -> None:
    configure(workspace)
    for command in (["notify"], ["notify", "--test"], ["check", "--alert"]):
        done = run(workspace, *command)
        assert done.returncode == 2
        assert done.stderr.startswith("error: no address for alerts is set (")
    assert "alert" not in one_pass(workspace)


def test_without_apprise_it_is_said_what_to_install(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "apprise.py").write_text("raise ImportError")
    path = os.pathsep.join(filter(None, (str(tmp_path / "hidden"), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "run", "--once"],
        cwd=workspace,
        env=environment(workspace) | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "error: alerts need the apprise package (pip install 'forecast-tracker[alerts]')\n",
    )


def test_alerts_are_about_now() -> None:
    done = run(Path.cwd(), "check", "--alert", "--as-of", "2025-09-01")
    assert done.returncode == 2
    assert "--alert tells how things stand now" in done.stderr
