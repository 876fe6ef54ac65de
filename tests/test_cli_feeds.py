"""`tracker feeds`: following feeds in files and on a web server, reading them, and what is told when that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_add import FEED, run

from tracker.feeds.opml import read_opml
from tracker.model import Subscription
from tracker.schedule import alone
from tracker.workspace import create_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace that follows nothing, with a feed in a file."""
    create_workspace(tmp_path)
    (tmp_path / "data" / "feeds.opml").unlink()
    (tmp_path / "data" / "oil.atom").write_text(FEED, "utf-8")
    return tmp_path


def followed(workspace: Path) -> list[Subscription]:
    return read_opml(workspace / "data" / "feeds.opml")


def test_a_feed_is_added_read_listed_and_removed(workspace: Path) -> None:
    none = run(workspace, "feeds", "list")
    assert (none.returncode, none.stdout) == (0, "no feeds are followed: tracker feeds add ADDRESS\n")
    added = run(workspace / "data", "feeds", "add", "oil.atom", "--archive", "--language", "EN")
    assert (added.returncode, added.stdout) == (0, "following Oil news: 3 items, 3 of them new\n"), added.stderr
    assert followed(workspace) == [Subscription("data/oil.atom", "Oil news", "en", archive=True)]
    again = run(workspace, "feeds", "add", "./data/oil.atom")
    assert (again.returncode, again.stderr) == (2, "error: data/oil.atom is followed already (Oil news)\n")
    [data] = json.loads(run(workspace, "feeds", "list", "--json").stdout)
    assert (data["status"], data["items"], data["archive"], data["error"]) == ("ok", 3, True, None)
    removed = run(workspace, "feeds", "remove", "oil NEWS")
    assert (removed.returncode, removed.stdout) == (0, "no longer following Oil news; its items stay\n")
    assert followed(workspace) == []


def test_a_feed_that_cannot_be_read_is_followed_all_the_same(workspace: Path) -> None:
    address = "http://127.0.0.1:9/feed"
    added = run(workspace, "feeds", "add", address)
    assert added.returncode == 0
    assert added.stdout.startswith(f"following {address}, though it could not be read now: ")
    unread = run(workspace, "feeds", "add", "https://example.org/feed", "--title", "Example", "--no-poll")
    assert unread.stdout == "following Example\n"
    listed = run(workspace, "feeds", "list").stdout
    assert "failing             0  never             no title yet\n  http://127.0.0.1:9/feed\n" in listed
    assert "never polled        0  never             Example\n  https://example.org/feed\n" in listed
    assert listed.endswith("2 feeds: 1 failing, 1 never polled\n")


@pytest.mark.parametrize(
    ("address", "told"),
    {
        "nothing.xml": "no file nothing.xml in",
        "ftp://example.org/feed": "ftp://example.org/feed cannot be followed",
        "/etc/hostname": "no file /etc/hostname in",
        "http://": "is not an address on the web",
    }.items(),
)
def test_what_is_no_address_is_refused(workspace: Path, address: str, told: str) -> None:
    done = run(workspace, "feeds", "add", address)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert told in done.stderr
    assert not (workspace / "data" / "feeds.opml").exists()


def test_poll_tells_each_feed_and_fails_when_all_fail(workspace: Path) -> None:
    for address in ("data/oil.atom", "http://127.0.0.1:9/feed"):
        run(workspace, "feeds", "add", address, "--no-poll")
    everything = run(workspace, "feeds", "poll")
    assert everything.returncode == 0
    first, second, summary = everything.stdout.splitlines()
    assert first == "data/oil.atom: 3 new of 3 items"
    assert second.startswith("http://127.0.0.1:9/feed: refused")
    assert summary == "1 of 2 feeds read, 3 new items"
    offline = run(workspace, "feeds", "poll", "--offline")
    assert offline.stdout == "data/oil.atom: unchanged\n1 of 1 feed read, 0 new items; 1 on the web left out\n"
    named = run(workspace, "feeds", "poll", "http://127.0.0.1:9/feed")
    assert (named.returncode, named.stdout.splitlines()[-1]) == (1, "0 of 1 feed read, 0 new items")
    unknown = run(workspace, "feeds", "poll", "oil")
    assert (unknown.returncode, "did you mean data/oil.atom?" in unknown.stderr) == (2, True)


def test_a_poll_waits_for_nobody(workspace: Path) -> None:
    run(workspace, "feeds", "add", "data/oil.atom", "--no-poll")
    with alone(workspace / "data" / "tracker.lock"):
        done = run(workspace, "feeds", "poll")
    assert done.returncode == 1
    assert done.stderr.startswith("error: another tracker is at work in this workspace")


def test_a_broken_line_of_the_list_hides_no_other_feed(workspace: Path) -> None:
    run(workspace, "feeds", "add", "data/oil.atom", "--no-poll")
    path = workspace / "data" / "feeds.opml"
    path.write_text(path.read_text("utf-8").replace("<body>", '<body><outline xmlUrl="gopher://a"/>'), "utf-8")
    done = run(workspace, "feeds", "list")
    assert (done.returncode, "data/oil.atom" in done.stdout) == (1, True)
    assert "gopher://a is not an address on the web" in done.stderr
