"""`tracker backfill`: history from files and from the feeds' own servers, and what is told when there is none."""

from __future__ import annotations

import gzip
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from command import environment, run
from history_server import Article, HistoryServer, Reply
from test_cli_add import ARTICLE, FORECASTS

from tracker.schedule import alone
from tracker.workspace import create_workspace

ROWS = """\
date,title,url
2025-03-02T10:00:00Z,Oil passes $100,https://www.herald.com/1
2025-03-03T11:00:00Z,Oil now at $100 a barrel,https://www.gazette.org/2
2025-03-04T11:00:00Z,The tide keeps its time,https://www.gazette.org/3
,No day,https://www.gazette.org/4
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace that follows nothing, with a forecast on the price of oil from February to June 2025."""
    create_workspace(tmp_path)
    (tmp_path / "forecasts" / "example.yaml").unlink()
    (tmp_path / "forecasts" / "oil.yaml").write_text(FORECASTS, "utf-8")
    (tmp_path / "seeds" / "oil.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "data" / "feeds.opml").unlink()
    (tmp_path / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")
    (tmp_path / "data" / "oil.csv").write_text(ROWS, "utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[HistoryServer]:
    with HistoryServer() as running:
        yield running


def follow(workspace: Path, *addresses: str) -> None:
    outlines = "".join(
        f'<outline text="Feed {number}" xmlUrl="{address}"/>' for number, address in enumerate(addresses, 1)
    )
    opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
    (workspace / "data" / "feeds.opml").write_text(opml, "utf-8")


def reports(number: int) -> list[Article]:
    """So many reports of March 2025 and the days before, the newest first."""
    newest = datetime(2025, 3, 31, 12, tzinfo=UTC)
    return [Article(f"Oil report {day}", newest - timedelta(days=day)) for day in range(number)]


def status(workspace: Path) -> str:
    checked = run(workspace, "check", "--offline", "--json")
    return str(json.loads(checked.stdout)["forecasts"][0]["verdict"]["status"])


# Files


def test_a_file_settles_a_forecast_of_the_past_and_changes_nothing_when_it_is_read_again(workspace: Path) -> None:
    assert status(workspace) == "pending"
    done = run(workspace, "backfill", "oil-passes", "--from", "data/oil.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "files, data/oil.csv: 3 new of 3 items\n"
        "  1 of 4 rows left out: line 5 has no date\n"
        "3 new items for 1 forecast; tracker check judges by them\n"
    )
    assert status(workspace) == "confirmed"
    again = run(workspace, "backfill", "--all", "--from", "data/oil.csv")
    assert again.stdout.startswith("files, data/oil.csv: 0 new of 3 items\n")
    assert again.stdout.endswith("\nnothing new for 1 forecast\n")


PATHS = {
    "seen from the workspace": (".", "data/oil.csv"),
    "seen from here": ("data", "oil.csv"),
    "by a way round": (".", "data/../data/./oil.csv"),
    "as a whole": (".", "{root}/data/oil.csv"),
}


@pytest.mark.parametrize(("here", "path"), PATHS.values(), ids=PATHS)
def test_a_file_has_one_name_wherever_it_is_named_from(workspace: Path, here: str, path: str) -> None:
    done = run(workspace / here, "backfill", "--all", "--from", path.format(root=workspace), "--json")
    assert json.loads(done.stdout) == [
        {
            "source": "files",
            "subject": "data/oil.csv",
            "items": 3,
            "new": 3,
            "days_watched": 0.0,
            "notes": ["1 of 4 rows left out: line 5 has no date"],
            "error": None,
        }
    ]


def test_files_of_all_forms_in_folders_and_outside_the_workspace_are_read(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("archive")
    (outside / "a.csv.gz").write_bytes(gzip.compress(ROWS.encode()))
    line = {"published": "2025-03-07", "title": "Oil falls", "link": "https://a.org/5"}
    (outside / "b.jsonl").write_text(json.dumps(line), "utf-8")
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": []}
    item = {"id": "https://a.org/6", "url": "https://a.org/6", "title": "Oil", "date_published": "2025-03-08T10:00:00Z"}
    (outside / "c.json").write_text(json.dumps(feed | {"items": [item]}), "utf-8")
    (outside / "notes.txt").write_text("no news", "utf-8")
    (outside / "broken.csv").write_text("a,b\n1,2\n", "utf-8")
    done = run(workspace, "backfill", "--all", "--from", str(outside), "--from", "data/oil.csv")
    assert done.returncode == 0
    assert f"files, {outside}: 5 new of 5 items\n" in done.stdout
    assert "broken.csv: no column for the date: the first line says a, b" in done.stdout
    assert "files, data/oil.csv: 0 new of 3 items\n" in done.stdout, "the same reports"


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(workspace: Path) -> None:
    (workspace / "data" / "empty.csv").write_text("", "utf-8")
    (workspace / "data" / "broken.csv.gz").write_bytes(gzip.compress(ROWS.encode())[:40])
    paths = [part for name in ("empty.csv", "broken.csv.gz", "oil.csv") for part in ("--from", f"data/{name}")]
    done = run(workspace, "backfill", "--all", *paths)
    assert (done.returncode, done.stderr) == (1, "")
    assert "files, data/oil.csv: 3 new of 3 items\n" in done.stdout
    assert "files: 2 of 3 failed\n  data/empty.csv: the file is empty\n" in done.stdout
    one = run(workspace, "backfill", "--all", *paths[:2])
    assert (one.returncode, one.stdout) == (
        1,
        "files failed: data/empty.csv: the file is empty\nnothing new for 1 forecast\n",
    )


def test_a_file_of_other_days_is_told_to_have_nothing_of_those_that_count(workspace: Path) -> None:
    (workspace / "data" / "oil.csv").write_text(ROWS.replace("2025-03", "2024-03"), "utf-8")
    done = run(workspace, "backfill", "--all", "--from", "data/oil.csv")
    assert done.returncode == 0
    assert "files, data/oil.csv: 0 new of 0 items\n  1 of 4 rows left out" in done.stdout
    (workspace / "data" / "oil.csv").write_text("date,title\n2024-03-01,Oil\n", "utf-8")
    done = run(workspace, "backfill", "--all", "--from", "data/oil.csv")
    assert done.stdout == "files: nothing from 2025-02-01 to 2025-07-02\nnothing new for 1 forecast\n"


# Mistakes


MISTAKES = {
    "neither forecasts nor all": (["backfill"], "Name the forecasts, or say --all."),
    "both": (["backfill", "oil-passes-100", "--all"], "Name the forecasts, or say --all."),
    "files and sources": (["backfill", "--all", "--from", "x", "--source", "google"], "choose one."),
    "an unknown source": (["backfill", "--all", "--source", "altavista"], "'altavista' is not one of"),
    "an unknown forecast": (["backfill", "gold"], "error: no forecast “gold”"),
    "no day": (["backfill", "--all", "--since", "June"], "“June” is not a day"),
    "a day to come": (["backfill", "--all", "--since", "9999-01-01"], "--since 9999-01-01 lies in the future."),
    "a day after all is told": (
        ["backfill", "--all", "--since", "2025-08-01"],
        "error: nothing is needed after 2025-07-02",
    ),
    "no such file": (["backfill", "--all", "--from", "x.csv"], "error: no file or folder “x.csv”"),
    "no file at all": (["backfill", "--all", "--from", ""], "error: no file or folder “”"),
    "a null character": (["backfill", "--all", "--from", "a\0b"], "error: no file or folder"),
}


@pytest.mark.parametrize(("arguments", "told"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_told_in_words(workspace: Path, arguments: list[str], told: str) -> None:
    done = run(workspace, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_window_that_has_not_opened_has_no_history(workspace: Path) -> None:
    later = FORECASTS.replace("by the end of June 2025", "in 2190")
    (workspace / "forecasts" / "oil.yaml").write_text(later, "utf-8")
    done = run(workspace, "backfill", "--all", "--from", "data/oil.csv")
    assert (done.returncode, done.stderr) == (
        2,
        "error: none of the windows has opened yet (there is no history to fetch)\n",
    )


def test_a_second_tracker_waits(workspace: Path) -> None:
    with alone(workspace / "data" / "tracker.lock"):
        done = run(workspace, "backfill", "--all", "--from", "data/oil.csv")
    assert done.returncode == 1
    assert "another tracker is at work in this workspace" in done.stderr


def test_without_feeds_there_is_nothing_to_ask(workspace: Path) -> None:
    done = run(workspace, "backfill", "--all", "--source", "wordpress")
    assert (done.returncode, done.stdout) == (0, "nothing to ask: no feed on the web is followed\n")


# The web


def test_the_older_pages_of_a_feed_are_read_and_prove_their_days(workspace: Path, server: HistoryServer) -> None:
    server.articles, server.page_size = reports(25), 15
    follow(workspace, server.url("/feed/"), "http://127.0.0.1:9/feed")
    done = run(workspace, "backfill", "--all", "--source", "wordpress", "--source", "archive")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("  Feed 2: ")] == [
        "the feed's own archive: 1 of 2 failed",
        "WordPress's older pages, Feed 1: 25 new of 25 items, watched for 24.0 days",
        "WordPress's older pages: 1 of 2 failed",
        "25 new items for 1 forecast; tracker check judges by them",
    ]
    assert len(lines) == 6
    data = json.loads(run(workspace, "backfill", "--all", "--source", "wordpress", "--json").stdout)
    assert [(one["source"], one["items"], one["new"], one["days_watched"], bool(one["error"])) for one in data] == [
        ("wordpress", 25, 0, 24.0, False),
        ("wordpress", 0, 0, 0.0, True),
    ]


def test_many_feeds_without_a_past_are_a_line_a_source(workspace: Path, server: HistoryServer) -> None:
    server.fixed = {"/empty": Reply(b"<rss version='2.0'><channel/></rss>")}
    down = [f"http://127.0.0.1:{port}/feed" for port in range(1, 10)]
    follow(workspace, server.url("/empty"), *down)
    done = run(workspace, "backfill", "--all", "--source", "archive", "--source", "wordpress")
    lines = done.stdout.splitlines()
    assert (lines[0], lines[4]) == ("the feed's own archive: 9 of 10 failed", "  and 6 more")
    assert (lines[5], lines[9]) == ("WordPress's older pages: 9 of 10 failed", "  and 6 more")
    assert lines[10:] == ["nothing new for 1 forecast"]
    assert done.returncode == 0, "one feed was read, and has no past"


def test_titles_and_servers_words_do_not_reach_the_terminal_as_codes(workspace: Path, server: HistoryServer) -> None:
    server.articles, server.page_size = reports(12), 6
    follow(workspace, server.url("/feed/"))
    opml = workspace / "data" / "feeds.opml"
    opml.write_text(opml.read_text("utf-8").replace("Feed 1", "Feed &#155;31m [red]1[/red]"), "utf-8")
    done = run(workspace, "backfill", "--all", "--source", "wordpress")
    assert "\x9b" not in done.stdout
    assert "[red]1[/red]: 12 new of 12 items" in done.stdout


@pytest.fixture
def offline_feed(workspace: Path) -> Path:
    """A workspace whose feeds are on a server that is down; nothing else can be reached from here either."""
    follow(workspace, "http://127.0.0.1:9/feed", "http://127.0.0.1:9/other")
    return workspace


def test_what_cannot_be_reached_fails_calmly_in_a_line_a_source(offline_feed: Path) -> None:
    done = run(offline_feed, "backfill", "--all", "--source", "archive", "--source", "wordpress")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.split(" failed")[0] for line in lines[:2]] == ["the feed's own archive", "WordPress's older pages"]
    assert lines[2:] == ["nothing new for 1 forecast"]


# Stopping


def start(workspace: Path, *arguments: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tracker", *arguments]
    return subprocess.Popen(
        command, cwd=workspace, env=environment(workspace), text=True, stdout=subprocess.PIPE, stderr=stderr
    )


class Stalling(HistoryServer):
    """A server that stalls at the third page until it is told to go on."""

    def __init__(self, articles: list[Article]) -> None:
        self.reached, self.go_on = Event(), Event()
        super().__init__(articles)

    def __enter__(self) -> Stalling:
        super().__enter__()
        return self

    def reply(self, target: str) -> Reply:
        if target.endswith("paged=3"):
            self.reached.set()
            self.go_on.wait(30)
        return super().reply(target)


def test_ctrl_c_keeps_what_was_found(workspace: Path) -> None:
    with Stalling(reports(25)) as server:
        follow(workspace, server.url("/feed/"))
        command = start(workspace, "backfill", "--all", "--source", "wordpress")
        assert server.reached.wait(30)
        command.send_signal(signal.SIGINT)
        out, told = command.communicate(timeout=30)
        server.go_on.set()
        assert command.returncode == 130
        assert told == "stopped; what was found is kept, and the same command looks again for the rest\n"
        assert "WordPress's older pages, Feed 1: 10 new of 10 items" in out
        assert out.endswith("10 new items for 1 forecast; tracker check judges by them\n")
        again = run(workspace, "backfill", "--all", "--source", "wordpress")
        assert "15 new of 25 items" in again.stdout


def test_a_person_at_a_terminal_sees_how_far_it_is(workspace: Path, server: HistoryServer) -> None:
    server.articles, server.page_size = reports(25), 13
    follow(workspace, server.url("/feed/"))
    ours, theirs = pty.openpty()
    command = start(workspace, "backfill", "--all", "--source", "wordpress", stderr=theirs)
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    os.close(ours)
    out, _ = command.communicate(timeout=30)
    assert "WordPress's older pages, Feed 1" in shown.decode()
    assert out.count("\n") == 2
    assert "25 new of 25 items" in out


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so where the other end has gone
        return b""
