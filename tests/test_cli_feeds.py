"""`tracker feeds`: following feeds in files and on a web server, reading them, and what is told when that fails."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from command import environment, run
from server import Reply, Server
from test_cli_add import FEED

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
    (tmp_path / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")
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
    assert "never read          0  never             Example\n  https://example.org/feed\n" in listed
    assert "2 feeds: 1 failing, 1 never read\n" in listed


@pytest.mark.parametrize(
    ("address", "told"),
    {
        "nothing.xml": "no file nothing.xml in",
        "ftp://example.org/feed": "ftp://example.org/feed cannot be followed",
        "/etc/hostname": "no file /etc/hostname in",
        "http://": "is not an address on the web",
        "https://example.org/a feed": "is not an address on the web",
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
    *told, summary = everything.stdout.splitlines()
    first, second = sorted(told)  # each is told as it ends
    assert first == "data/oil.atom: 3 new of 3 items"
    assert second.startswith("http://127.0.0.1:9/feed: refused")
    assert summary == "1 of 2 feeds read, 3 new items"
    offline = run(workspace, "feeds", "poll", "--offline")
    assert offline.stdout == "data/oil.atom: unchanged\n1 of 1 feed read, 0 new items; 1 on the web left out\n"
    named = run(workspace, "feeds", "poll", "http://127.0.0.1:9/feed")
    assert (named.returncode, named.stdout.splitlines()[-1]) == (1, "0 of 1 feed read, 0 new items")
    unknown = run(workspace, "feeds", "poll", "oil")
    assert (unknown.returncode, "did you mean data/oil.atom?" in unknown.stderr) == (2, True)


def test_a_poll_as_data(workspace: Path, server: Server) -> None:
    assert json.loads(run(workspace, "feeds", "poll", "--json").stdout) == []
    server.replies["/busy"] = Reply(b"", 503, {"Retry-After": "3600"})
    for address in ("data/oil.atom", server.url("/busy")):
        run(workspace, "feeds", "add", address)
    read, left_alone = json.loads(run(workspace, "feeds", "poll", "--json").stdout)
    counts = {"items": 0, "new_items": 0, "updated_items": 0}
    assert read == {"address": "data/oil.atom", "error": None, "unchanged": True, **counts}
    assert left_alone["address"] == server.url("/busy")
    assert left_alone["left_alone"].startswith("left alone until ")
    failed = run(workspace, "feeds", "poll", "--now", "--json", server.url("/busy"))
    [row] = json.loads(failed.stdout)
    assert (failed.returncode, "503" in row["error"]) == (1, True)


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


ATOM = Reply(FEED.encode(), headers={"Content-Type": "application/atom+xml"})


def page(*feeds: str) -> Reply:
    """A page that names feeds."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Feed {feed}" href="{feed}">' for feed in feeds
    )
    html = f"<!doctype html><html><head><title>A site</title>{links}</head><body><p>News</p></body></html>"
    return Reply(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def test_the_only_feed_of_a_page_is_followed(workspace: Path, server: Server) -> None:
    server.replies.update({"/": page("/oil.atom"), "/oil.atom": ATOM})
    done = run(workspace, "feeds", "add", server.url("/"), "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{server.url('/')} is a page; its feed is {server.url('/oil.atom')}\n"
        "following Oil news: 3 items, 3 of them new\n"
    )
    assert followed(workspace) == [Subscription(server.url("/oil.atom"), "Oil news", "en")]


def test_of_several_feeds_none_is_followed_unasked(workspace: Path, server: Server) -> None:
    server.replies["/"] = page("/a.atom", "/b.atom?x=1&y=2")
    done = run(workspace, "feeds", "add", server.url("/"), "--user-agent", "Mozilla/5.0 (X11)")
    assert done.returncode == 2
    assert done.stderr == "error: nothing is followed yet: which of these feeds?\n"
    assert f"  1  Feed /a.atom  (RSS)\n     {server.url('/a.atom')}\n" in done.stdout
    second = server.url("/b.atom?x=1&y=2")
    assert done.stdout.endswith(f"  tracker feeds add '{second}' --user-agent 'Mozilla/5.0 (X11)'\n")
    assert not (workspace / "data" / "feeds.opml").exists()


def on_terminal(workspace: Path, typed: str, *arguments: str) -> tuple[int, str]:
    """Run a command on a terminal of its own and type; its exit code and what stood on the screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tracker", *arguments]
    with subprocess.Popen(
        command,
        cwd=workspace,
        env=environment(workspace) | {"TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end was closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return process.wait(60), shown.decode().replace("\r", "")


def test_on_a_terminal_feeds_are_chosen_by_their_numbers(workspace: Path, server: Server) -> None:
    feeds = ["/a.atom", "/b.atom", "/c.atom"]
    server.replies.update({"/": page(*feeds)} | dict.fromkeys(feeds, ATOM))
    code, shown = on_terminal(workspace, "4\n1, 3\n", "feeds", "add", server.url("/"))
    assert code == 0, shown
    assert "write numbers from 1 to 3" in shown
    assert [one.address for one in followed(workspace)] == [server.url("/a.atom"), server.url("/c.atom")]
    code, shown = on_terminal(workspace, "\n", "feeds", "add", server.url("/"))
    assert (code, "1  Feed /a.atom  (RSS)  (followed already)" in shown) == (2, True)
    assert len(followed(workspace)) == 2
    server.replies["/"] = page("/a.atom")
    again = run(workspace, "feeds", "add", server.url("/"))
    assert (again.returncode, again.stderr) == (2, f"error: {server.url('/a.atom')} is followed already\n")


def test_a_page_that_names_no_feed_is_looked_at_where_feeds_usually_are(workspace: Path, server: Server) -> None:
    server.replies["/"] = page()
    none = run(workspace, "feeds", "add", server.url("/"))
    assert (none.returncode, none.stdout) == (2, "")
    assert none.stderr.startswith(f"error: {server.url('/')} is a page, and no feed was found on it")
    guessed = [asked.path for asked in server.asked if asked.path != "/"]
    assert 1 <= len(guessed) <= 6
    assert len(set(guessed)) == len(guessed)
    server.replies[guessed[-1]] = ATOM
    done = run(workspace, "feeds", "add", server.url("/"))
    assert done.stdout.endswith("following Oil news: 3 items, 3 of them new\n")
    assert [one.address for one in followed(workspace)] == [server.url(guessed[-1])]


def test_how_a_feed_is_to_be_asked_is_kept_and_done(workspace: Path, server: Server) -> None:
    server.replies["/feed"] = ATOM
    options = ("--user-agent", "Mozilla/5.0", "--time-zone", "Asia/Baku", "--any-certificate")
    done = run(workspace, "feeds", "add", server.url("/feed"), *options)
    assert done.returncode == 0, done.stderr
    expected = Subscription(
        server.url("/feed"), "Oil news", timezone="Asia/Baku", user_agent="Mozilla/5.0", any_certificate=True
    )
    assert followed(workspace) == [expected]
    assert server.asked[-1].headers["user-agent"] == "Mozilla/5.0"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--time-zone", "Mars/Olympus", "error: “Mars/Olympus” is not a time zone (write a name such as"),
        ("--user-agent", "a\r\nX-Evil: 1", "is not a name for a program that asks"),
        ("--user-agent", "x" * 301, "is not a name for a program that asks"),
    ],
)
def test_how_a_feed_cannot_be_asked(workspace: Path, option: str, value: str, told: str) -> None:
    done = run(workspace, "feeds", "add", "http://127.0.0.1:9/feed", option, value)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert not (workspace / "data" / "feeds.opml").exists()


def test_the_list_and_the_doctor_say_what_is_wrong_and_how_to_mend_it(workspace: Path, server: Server) -> None:
    server.replies.update(
        {
            "/well": ATOM,
            "/gone": ATOM,
            "/blocked": Reply(b"", 403),
            "/busy": Reply(b"", 429, {"Retry-After": "86400"}),
        }
    )
    for path in server.replies:
        run(workspace, "feeds", "add", server.url(path), "--title", path[1:])
    server.replies["/gone"] = Reply(b"", 410)
    run(workspace, "feeds", "poll", "gone", "well")
    listed = run(workspace, "feeds", "list").stdout
    for status, name in {"stale": "well", "gone": "gone", "blocked": "blocked", "failing": "busy"}.items():
        [line] = [line for line in listed.splitlines() if line.endswith(f"  {name}")]
        assert line.startswith(f"{status} ")
    assert max(len(line) for line in listed.splitlines()) <= 80
    assert "  it is left alone until " in listed
    done = run(workspace, "feeds", "doctor", "--json")
    assert done.returncode == 1
    told = {
        row["title"]: [(one["kind"], one["serious"]) for one in row["complaints"]] for row in json.loads(done.stdout)
    }
    assert told == {
        "well": [("stale", False)],
        "gone": [("gone", True)],
        "blocked": [("blocked", True)],
        "busy": [("failing", True), ("resting", False)],
    }
    blocked = run(workspace, "feeds", "doctor", "blocked")
    assert blocked.returncode == 1
    assert "--user-agent" in blocked.stdout
    assert "1 of 1 feed with something to look at" in blocked.stdout
    assert run(workspace, "feeds", "doctor", "well").returncode == 0


def test_a_feed_that_is_gone_is_not_followed_and_not_asked_again(workspace: Path, server: Server) -> None:
    server.replies["/gone"] = Reply(b"", 410)
    done = run(workspace, "feeds", "add", server.url("/gone"))
    assert (done.returncode, "it is gone for good" in done.stderr) == (2, True)
    assert not (workspace / "data" / "feeds.opml").exists()
    run(workspace, "feeds", "add", server.url("/gone"), "--no-poll")
    polled = run(workspace, "feeds", "poll", server.url("/gone"))
    assert "left alone for good because its server says that it is gone for good (410)" in polled.stdout
    assert len(server.asked) == 1


def test_a_gap_between_two_polls_is_told(workspace: Path, server: Server) -> None:
    server.replies["/feed"] = ATOM
    run(workspace, "feeds", "add", server.url("/feed"))
    assert run(workspace, "feeds", "doctor").returncode == 0
    server.replies["/feed"] = Reply(FEED.replace("<id>", "<id>later-").replace("oil", "gas").encode())
    run(workspace, "feeds", "poll")
    done = run(workspace, "feeds", "doctor", "--json")
    [row] = json.loads(done.stdout)
    assert (done.returncode, row["complaints"][0]["kind"]) == (1, "gap")
    assert run(workspace, "feeds", "list").stdout.splitlines()[1].startswith("gap  ")


def test_the_doctor_finds_nothing_wrong_with_a_feed_that_is_well(workspace: Path) -> None:
    run(workspace, "feeds", "add", "data/oil.atom", "--archive")
    done = run(workspace, "feeds", "doctor")
    assert (done.returncode, done.stdout) == (0, "1 feed, nothing to complain of\n")
    run(workspace, "feeds", "add", "http://127.0.0.1:9/feed", "--no-poll")
    done = run(workspace, "feeds", "doctor")
    assert (done.returncode, done.stdout) == (
        0,
        "Not read yet: http://127.0.0.1:9/feed\n    → tracker feeds poll\n\n1 of 2 feeds with something to look at\n",
    )


def test_a_feed_that_asks_for_rest_is_left_alone_unless_now(workspace: Path, server: Server) -> None:
    server.replies["/feed"] = Reply(b"", 503, {"Retry-After": "3600"})
    run(workspace, "feeds", "add", server.url("/feed"), "--title", "Busy")
    left_alone = run(workspace, "feeds", "poll", "busy")
    assert left_alone.returncode == 0
    assert left_alone.stdout.startswith("Busy: left alone until ")
    assert "because its server asks for it (Retry-After)" in left_alone.stdout
    assert len(server.asked) == 1
    server.replies["/feed"] = ATOM
    asked = run(workspace, "feeds", "poll", "--now")
    assert asked.stdout == "Busy: 3 new of 3 items\n1 of 1 feed read, 3 new items\n"


def test_a_feed_that_has_moved_for_good_is_asked_at_its_new_address(workspace: Path, server: Server) -> None:
    server.replies.update({"/old": Reply(status=301, headers={"Location": "/new"}), "/new": ATOM})
    run(workspace, "feeds", "add", server.url("/old"))
    for _ in range(2):
        run(workspace, "feeds", "poll", "--now")
    server.asked.clear()
    run(workspace, "feeds", "poll", "--now")
    assert [asked.path for asked in server.asked] == ["/new"]
    told = run(workspace, "feeds", "doctor")
    assert told.returncode == 0
    assert f"it has moved for good to {server.url('/new')}" in told.stdout.replace("\n     ", "")
    [listed] = json.loads(run(workspace, "feeds", "list", "--json").stdout)
    assert (listed["address"], listed["moved_to"]) == (server.url("/old"), server.url("/new"))


def test_a_page_to_which_a_feed_is_redirected_is_never_taken_for_its_address(workspace: Path, server: Server) -> None:
    server.replies["/old"] = ATOM
    run(workspace, "feeds", "add", server.url("/old"))
    server.replies.update({"/old": Reply(status=308, headers={"Location": "/login"}), "/login": page()})
    for _ in range(4):
        assert "HTML page" in run(workspace, "feeds", "poll", "--now").stdout
    assert [asked.path for asked in server.asked].count("/old") == 5
    [row] = json.loads(run(workspace, "feeds", "doctor", "--json").stdout)
    assert "this is an HTML page, not a feed" in row["complaints"][0]["words"]
    [listed] = json.loads(run(workspace, "feeds", "list", "--json").stdout)
    assert listed["moved_to"] is None


def test_lists_of_other_programs_are_taken_in_and_given_out(workspace: Path) -> None:
    theirs = workspace / "theirs.opml"
    outlines = (
        '<outline text="Folder"><outline type="rss" text="A" xmlUrl="https://a.example/feed" timezone="Asia/Baku"/>'
        '<outline type="rss" text="A again" xmlUrl="https://a.example/feed"/></outline>'
        '<outline type="rss" text="B &amp; C" xmlUrl="https://b.example/feed"/>'
        '<outline type="rss" text="Bad" xmlUrl="ftp://x.example/"/><outline text="File" xmlUrl="their/file.xml"/>'
    )
    theirs.write_text(f"<opml><head/><body>{outlines}</body></opml>", "utf-8")
    run(workspace, "feeds", "add", "data/oil.atom", "--no-poll")
    done = run(workspace, "feeds", "import", "theirs.opml")
    assert (done.returncode, done.stdout) == (1, "following 2 feeds more\n")
    assert "ftp://x.example/ is not an address on the web" in done.stderr
    assert "their/file.xml is a file of another workspace" in done.stderr
    a, b = (
        Subscription("https://a.example/feed", "A", timezone="Asia/Baku"),
        Subscription("https://b.example/feed", "B & C"),
    )
    assert followed(workspace)[1:] == [a, b]
    before = (workspace / "data" / "feeds.opml").read_bytes()
    again = run(workspace, "feeds", "import", "theirs.opml")
    assert again.stdout == "following 0 feeds more; 2 of the list followed already\n"
    assert (workspace / "data" / "feeds.opml").read_bytes() == before
    out = run(workspace, "feeds", "export", "ours.opml")
    assert (out.returncode, out.stdout) == (0, "2 feeds written to ours.opml\n")
    assert out.stderr == "1 file of this workspace left out\n"
    assert read_opml(workspace / "ours.opml") == [a, b]
    assert run(workspace, "feeds", "export").stdout == (workspace / "ours.opml").read_text("utf-8")
    refused = run(workspace, "feeds", "export", "ours.opml")
    assert (refused.returncode, "is there already" in refused.stderr) == (2, True)
    missing = run(workspace, "feeds", "import", "none.opml")
    assert (missing.returncode, "cannot be read: no such file" in missing.stderr) == (2, True)
