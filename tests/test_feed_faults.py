"""The faults that users of feed pollers report most, each met the way that users meet it, and none of them had.

A real server, a poll that is stored, and what the user is told afterwards. Parts of it are tried more closely
elsewhere: what a damaged document holds in test_feeds_parse.py and test_broken_feeds.py, and there that nothing outside
of it is fetched; what a misbehaving server may do in test_odd_servers.py; a database that is locked while a pass begins
or ends in test_disasters_disk.py; and what is asked of `tracker feeds` in test_cli_feeds.py.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from command import environment
from odd_servers import OddServer
from server import Asked, Reply, Server
from test_cli_add import Done, run

from tracker.cli.context import Context
from tracker.feeds.opml import add_subscription, read_opml
from tracker.feeds.pace import NEVER, due
from tracker.feeds.poll import poll
from tracker.model import FeedState, Item, Subscription
from tracker.polling import Polled, limits, poll_feeds
from tracker.store import Store, open_store
from tracker.workspace import Workspace, create_workspace, find_workspace

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LOOPBACK = 'private_networks = ["127.0.0.0/8"]\n'
MAIL = "Mon, 02 Mar 2026 09:00:00 GMT"


@dataclass
class Follower:
    """A workspace that follows feeds, and its database, at moments that the test sets: `at` is how long after NOW."""

    root: Path
    store: Store
    at: timedelta = timedelta()

    @property
    def workspace(self) -> Workspace:
        return find_workspace(self.root)

    @property
    def now(self) -> datetime:
        return NOW + self.at

    def settings(self, text: str) -> None:
        (self.root / "tracker.toml").write_text(text, "utf-8")

    def follow(self, *addresses: str, **how: Any) -> None:  # noqa: ANN401
        """Follow feeds as the list of feeds has them."""
        for address in addresses:
            add_subscription(self.workspace.opml, Subscription(address, **how))

    def poll(self, at: timedelta | None = None, *, anyway: bool = False) -> dict[str, Polled]:
        """Poll what is followed and not to be left alone, at a moment; what came of each, by the end of its address."""
        self.at = self.at if at is None else at
        subscriptions = read_opml(self.workspace.opml)
        found = poll_feeds(self.workspace, self.store, subscriptions, now=self.now, anyway=anyway)
        return {path_of(one.poll.address): one for one in found}

    def state(self, address: str) -> FeedState:
        return self.store.feed_states()[address]

    def items(self) -> list[Item]:
        return list(self.store.items(until=(NOW + 1000 * DAY).date()))

    def titled(self, title: str) -> Item:
        """The one item of a title."""
        [found] = [item for item in self.items() if item.title == title]
        return found

    def says(self, *arguments: str) -> Done:
        """What `tracker` says at this moment."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Context, "now", property(lambda _: self.now))
            return run(self.root, *arguments)

    def listed(self) -> dict[str, dict[str, Any]]:
        """`tracker feeds list`, by the end of each address."""
        return {path_of(row["address"]): row for row in json.loads(self.says("feeds", "list", "--json").stdout)}

    def complaints(self, path: str) -> dict[str, tuple[str, str]]:
        """What `tracker feeds doctor` has to say of a feed: words and mend by the kind of complaint."""
        rows = json.loads(self.says("feeds", "doctor", "--json").stdout)
        [row] = [row for row in rows if path_of(row["address"]) == path]
        return {one["kind"]: (one["words"], one["mend"]) for one in row["complaints"]}


def path_of(address: str) -> str:
    return f"/{address.split('/', 3)[-1]}"


@pytest.fixture
def follower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    monkeypatch.setenv("NO_PROXY", "*")
    root = tmp_path / "workspace"
    create_workspace(root)
    (root / "data" / "feeds.opml").unlink()
    (root / "tracker.toml").write_text(LOOPBACK, "utf-8")
    workspace = find_workspace(root)
    with open_store(workspace.database, zone=workspace.zone) as store:
        yield Follower(root, store)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def entry(title: str = "", link: str = "", guid: str = "", date: str = "") -> str:
    """An item of RSS with what is given."""
    parts = {"title": title, "link": link, "guid": guid, "pubDate": date}
    return f"<item>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in parts.items() if text)}</item>"


def rss(*entries: str, head: str = "") -> bytes:
    text = f'<rss version="2.0"><channel><title>The Gazette</title>{head}{"".join(entries)}</channel></rss>'
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}".encode()


def atom(*entries: str, feed: str = "", head: str = "") -> bytes:
    text = f'<feed xmlns="http://www.w3.org/2005/Atom" {feed}><title>The Gazette</title>{head}{"".join(entries)}</feed>'
    return text.encode()


BASE = entry("Tide tables", "https://gazette.example/tide", "tide", MAIL)
FEED = Reply(rss(BASE))
GONE = Reply(b"", 410)
PAGE = Reply(
    b"<!doctype html><html><title>Log in</title><p>Please log in</html>", headers={"Content-Type": "text/html"}
)


def moving(status: int, to: str) -> Reply:
    return Reply(b"", status, {"Location": to})


def asked_for(server: Server) -> list[str]:
    """The paths that were asked for since the last look."""
    paths = [asked.path for asked in server.asked]
    server.asked.clear()
    return paths


# Which item is this?

GUIDS = {
    "its guid moves to https": ("http://a.example/?p=1", "https://a.example/?p=1", "https://a.example/one"),
    "its guid moves to another host": ("http://a.example/?p=2", "https://b.example/?p=2", "https://a.example/two"),
    "its guid is counted up": ("https://a.example/three#1", "https://a.example/three#2", "https://a.example/three"),
    "its guid is drawn anew": ("8b1f7c", "02d9aa", "https://a.example/four"),
}


def test_an_item_whose_guid_changes_does_not_come_again(follower: Follower, server: Server) -> None:
    later = entry("New tide", "https://a.example/new", "new", MAIL)
    moved = entry("It all moves to another host", "https://{0}.a.example/5", "https://{0}.a.example/?p=5", MAIL)
    feeds = [
        rss(
            *(
                entry(title, link, guids[time], f"Mon, 02 Mar 2026 08:0{number}:00 GMT")
                for number, (title, (*guids, link)) in enumerate(GUIDS.items())
            ),
            moved.format(["old", "new"][time]),
            entry(["Edited once", "Edited for good"][time], "", f"{['http', 'https'][time]}://a.example/?p=6", MAIL),
            *([later] * time),
        )
        for time in (0, 1)
    ]
    server.replies["/feed"] = Reply(feeds[0])
    follower.follow(server.url("/feed"))
    assert follower.poll()["/feed"].new == len(GUIDS) + 2
    server.replies["/feed"] = Reply(feeds[1])
    follower.poll(HOUR)
    titles = [item.title for item in follower.items()]
    assert sorted(titles) == sorted([*GUIDS, "It all moves to another host", "Edited for good", "New tide"])
    assert follower.titled("New tide").first_seen == NOW + HOUR


def test_an_item_that_is_known_is_not_taken_for_another_one_of_its_date(follower: Follower, server: Server) -> None:
    moving_on = entry("Moves on", "https://{0}.a.example/1", "https://{0}.a.example/1", MAIL)
    stays = entry("Stays", "https://a.example/2", "stays", MAIL)
    server.replies["/feed"] = Reply(rss(stays, moving_on.format("old")))
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(rss(stays, moving_on.format("new")))
    polled = follower.poll(HOUR)["/feed"]
    assert (polled.new, polled.updated) == (0, 0)
    assert sorted(item.title for item in follower.items()) == ["Moves on", "Stays"]


def test_items_do_not_come_again_when_the_whole_feed_moves_to_another_domain(
    follower: Follower, server: Server
) -> None:
    server.replies["/feed"] = Reply(rss(BASE))
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(
        rss(BASE).replace(b"gazette.example", b"gazette-news.example").replace(b">tide<", b">4<")
    )
    assert follower.poll(HOUR)["/feed"].new == 0


def test_a_story_that_is_issued_again_at_each_edit_is_one_item_with_versions(
    follower: Follower, server: Server
) -> None:
    story = "https://www.bbc.example/news/articles/c8d1"
    titles = ["Baku weighs recall of envoy", "Baku recalls envoy", "Baku recalls envoy from Moscow"]
    follower.follow(server.url("/feed"))
    for number, title in enumerate(titles):
        guid, date = f"{story}#{number}", f"Mon, 02 Mar 2026 {9 + number:02}:00:00 GMT"
        server.replies["/feed"] = Reply(rss(entry(title, f"{story}?at_medium=RSS", guid, date)))
        follower.poll(number * HOUR)
    [item] = follower.items()
    versions = follower.store.versions(item.key)
    assert [(one.version, one.title) for one in versions] == list(enumerate(titles, start=1))
    assert {one.published for one in versions} == {datetime(2026, 3, 2, 9, tzinfo=UTC)}, "an edit makes it no younger"


def test_items_that_share_one_guid_are_all_kept(follower: Follower, server: Server) -> None:
    shared = [
        entry("One, told by its link", "https://a.example/1", "same", MAIL),
        entry("Two, told by its link", "https://a.example/2", "same", MAIL),
        entry("Three, told by its title", "", "same", MAIL),
        entry("Four, told by its title", "", "same", MAIL),
    ]
    server.replies["/feed"] = Reply(rss(*shared))
    follower.follow(server.url("/feed"))
    assert follower.poll()["/feed"].new == 4
    server.replies["/feed"] = Reply(rss(BASE, *shared[::-1]))
    assert follower.poll(HOUR)["/feed"].new == 1
    assert len({item.title for item in follower.items()}) == len(follower.items()) == 5


def test_items_without_a_guid_come_once(follower: Follower, server: Server) -> None:
    bare = [
        entry("By its link", "https://a.example/1"),
        entry("By its link, without a date", "https://a.example/2?utm_source=rss"),
        entry("By title and date", date=MAIL),
        entry("By title and date", date="Sun, 01 Mar 2026 09:00:00 GMT"),
        entry("By its title"),
    ]
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    new = []
    for hour in (1, 2, 3):
        server.replies["/feed"] = Reply(rss(BASE, *bare, head=f"<lastBuildDate>{MAIL[:17]}0{hour}:00</lastBuildDate>"))
        new.append(follower.poll(hour * HOUR)["/feed"].new)
    assert new == [len(bare), 0, 0]


def test_items_that_have_left_the_feed_do_not_come_back_as_new(follower: Follower, server: Server) -> None:
    number = iter(range(100))
    undated = entry("Left out, undated", "https://a.example/undated")

    def shows(*letters: str, more: str = "") -> tuple[int, int]:
        items = [entry(f"Story {letter}", f"https://a.example/{letter}", letter, MAIL) for letter in letters]
        server.replies["/feed"] = Reply(rss(*items, more))
        polled = follower.poll(next(number) * DAY, anyway=True)["/feed"]
        return polled.new, polled.updated

    follower.follow(server.url("/feed"))
    assert shows("a", "b", more=undated) == (2, 0)
    assert shows("c", "d") == (2, 0)
    assert shows("e") == (1, 0)
    assert shows("e", "a", "b", "c", more=undated) == (0, 0)
    assert follower.titled("Story a").first_seen == NOW


# When was it published?

UNREADABLE = {
    "words": "the day before yesterday",
    "a day or a month first, nobody knows": "3/2/2026 6:05",
    "zeros": "0000-00-00 00:00:00",
    "a month that is none": "Mon, 02 Brumaire 2026 09:00:00 GMT",
    "the first second of 1970": "Thu, 01 Jan 1970 00:00:00 GMT",
    "seventy years ahead": "Sat, 02 Mar 2097 09:00:00 GMT",
}
READABLE = {
    "a long month": "Sunday, 01 February 2026 10:00:00 GMT",
    "a year of two figures": "Sun, 1 Feb 26 10:00:00 GMT",
    "the American order, by its AM": "2/1/2026 10:00:00 AM GMT",
}


def dated(dates: Mapping[str, str]) -> list[str]:
    return [entry(title, f"https://a.example/{len(title)}", title, date) for title, date in dates.items()]


def test_a_date_that_cannot_be_read_stays_unknown(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(rss(BASE, *dated(UNREADABLE | READABLE)))
    follower.poll(HOUR)
    found = {item.title: item for item in follower.items()}
    assert {title: found[title].published for title in UNREADABLE} == dict.fromkeys(UNREADABLE)
    assert {found[title].published for title in READABLE} == {datetime(2026, 2, 1, 10, tzinfo=UTC)}
    assert {found[title].first_seen for title in UNREADABLE | READABLE} == {NOW + HOUR}
    told, _ = follower.complaints("/feed")["undated"]
    assert told.startswith(f"{len(UNREADABLE)} items of the last 30 days came without a date that can be read")


def test_an_undated_item_is_not_dated_anew_at_each_poll(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    for day in (1, 2, 3):
        title = "Ferry sails" if day < 3 else "Ferry sails again"
        undated = entry(title, "https://a.example/ferry", "ferry")
        server.replies["/feed"] = Reply(rss(BASE, undated, head=f"<ttl>{day}</ttl>"))
        follower.poll(day * DAY)
    item = follower.titled("Ferry sails again")
    assert (item.version, item.first_seen, item.day, item.published) == (2, NOW + DAY, (NOW + DAY).date(), None)


def test_a_date_without_a_zone_is_read_in_the_zone_of_its_feed(follower: Follower, server: Server) -> None:
    body = rss(
        entry("In the morning", "https://a.example/1", "1", "2026-03-02 06:00:00"),
        entry("Within the hours between", "https://a.example/2", "2", "2026-03-02 14:30:00"),
    )
    server.replies |= {"/baku": Reply(body), "/here": Reply(body.replace(b"a.example", b"b.example"))}
    follower.follow(server.url("/baku"), timezone="Asia/Baku")
    follower.follow(server.url("/here"))
    follower.poll()
    found = {(path_of(item.feed), item.title): item.published for item in follower.items()}
    assert found == {
        ("/baku", "In the morning"): datetime(2026, 3, 2, 2, tzinfo=UTC),
        ("/baku", "Within the hours between"): datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
        ("/here", "In the morning"): datetime(2026, 3, 2, 6, tzinfo=UTC),
        ("/here", "Within the hours between"): NOW,
    }, "and never later than it was first seen"


def test_an_item_from_the_future_counts_for_the_day_on_which_it_was_seen(follower: Follower, server: Server) -> None:
    scheduled = entry("Scheduled", "https://a.example/scheduled", "scheduled", "Tue, 03 Mar 2026 07:00:00 GMT")
    server.replies["/feed"] = Reply(rss(scheduled, BASE))
    follower.follow(server.url("/feed"))
    follower.poll()
    after = entry("Comes after it", "https://a.example/after", "after", "Mon, 02 Mar 2026 12:30:00 GMT")
    server.replies["/feed"] = Reply(rss(scheduled, after, BASE))
    assert follower.poll(HOUR)["/feed"].new == 1, "it hides nothing that comes after it"
    follower.poll(2 * DAY)
    item = follower.titled("Scheduled")
    assert (item.published, item.first_seen, item.day) == (NOW, NOW, NOW.date())
    assert item.claimed == datetime(2026, 3, 3, 7, tzinfo=UTC), "what it claimed is kept"
    assert follower.titled("Comes after it").claimed is None
    newest = max(follower.items(), key=lambda item: item.published or NOW)
    assert newest.title == "Comes after it", "it does not stay at the top"


def test_items_newer_than_the_feed_calls_itself_are_read(follower: Follower, server: Server) -> None:
    old = "Mon, 01 Jan 2001 00:00:00 GMT"
    stale = {
        "/rss": (rss, f"<lastBuildDate>{old}</lastBuildDate><pubDate>{old}</pubDate>", BASE),
        "/atom": (
            atom,
            "<updated>2001-01-01T00:00:00Z</updated>",
            '<entry><id>1</id><title>Tide</title><link href="https://b.example/1"/><updated>2026-03-02T09:00:00Z</updated>'
            "</entry>",
        ),
    }
    same = {"Last-Modified": old}
    for path, (feed, head, item) in stale.items():
        server.replies[path] = Reply(feed(item, head=head), headers=same)
        follower.follow(server.url(path))
    assert {path: one.new for path, one in follower.poll().items()} == {"/rss": 1, "/atom": 1}
    for path, (feed, head, item) in stale.items():
        second = item.replace("Tide", "Ebb").replace("<guid>tide", "<guid>ebb").replace("<id>1", "<id>2")
        second = second.replace("example/1", "example/2").replace("example/tide", "example/ebb")
        server.replies[path] = Reply(feed(second, item, head=head), headers=same)
    assert {path: one.new for path, one in follower.poll(HOUR).items()} == {"/rss": 1, "/atom": 1}


# When, where and how is a feed asked?


def test_a_server_that_asks_to_wait_is_left_alone_so_long_and_its_other_feeds_are_not(
    follower: Follower, server: Server
) -> None:
    # The server writes the date of this day into its answers, by which its Retry-After is read.
    server.replies |= {
        "/well": FEED,
        "/seconds": Reply(b"", 429, {"Retry-After": "7200"}),
        "/date": Reply(b"", 503, {"Retry-After": format_datetime(datetime.now(UTC) + 3 * HOUR, usegmt=True)}),
        "/for-ever": Reply(b"", 429, {"Retry-After": "999999999"}),
    }
    follower.follow(*map(server.url, server.replies))
    assert set(follower.poll()) == set(server.replies)
    until = {path: follower.state(server.url(path)).terms.rests_until for path in server.replies}
    assert until["/well"] is None
    assert until["/seconds"] == NOW + 2 * HOUR
    assert until["/date"] is not None
    assert abs(until["/date"] - (NOW + 3 * HOUR)) < MINUTE
    assert until["/for-ever"] == NOW + 7 * DAY, "no server has a feed left alone for years"
    words, _ = follower.complaints("/seconds")["resting"]
    assert words == "it is left alone until 2026-03-02 14:00 because its server asks for it (Retry-After)"
    told = follower.says("feeds", "list").stdout
    assert "left alone until 2026-03-02 14:00" in told
    asked_for(server)
    assert set(follower.poll(HOUR)) == set(asked_for(server)) == {"/well"}
    assert set(follower.poll(2 * HOUR)) == set(asked_for(server)) == {"/well", "/seconds"}


def test_a_server_that_has_had_enough_is_asked_for_one_feed_after_the_other(follower: Follower, server: Server) -> None:
    times: list[float] = []

    def enough(asked: Asked) -> Reply:
        times.append(monotonic())
        return Reply(b"", 429)

    server.replies |= dict.fromkeys(("/1", "/2", "/3"), enough)
    follower.follow(*map(server.url, server.replies))
    follower.poll()
    assert len(times) == 3
    assert times[2] - times[1] > 0.9, "the first two were under way"


def test_a_host_is_asked_for_two_feeds_at_once_for_each_once_and_for_news_alone(
    follower: Follower, server: Server
) -> None:
    going: set[str] = set()
    most = []
    more = threading.Condition()

    def count(asked: Asked) -> Reply:
        with more:
            going.add(asked.path)
            most.append(len(going))
            more.notify_all()
            more.wait_for(lambda: len(going) > 2, timeout=0.2)  # would a third one come?
            going.discard(asked.path)
        known = asked.headers.get("if-none-match") == f'"{asked.path}"'
        return Reply(status=304) if known else Reply(rss(BASE), headers={"ETag": f'"{asked.path}"'})

    server.replies |= {f"/{number}": count for number in range(6)}
    follower.follow(*map(server.url, server.replies))
    opml = follower.workspace.opml
    once = opml.read_text("utf-8")
    twice = re.sub(r"(<outline[^>]*/>)", r"\1\1", once)
    assert twice.count("<outline") == 2 * once.count("<outline") == 12
    opml.write_text(twice, "utf-8")
    for unchanged in (False, True):
        polled = follower.poll(HOUR if unchanged else None)
        assert {one.poll.unchanged for one in polled.values()} == {unchanged}
        assert {"if-none-match" in asked.headers for asked in server.asked} == {unchanged}
        assert sorted(asked_for(server)) == sorted(server.replies), "one request a feed, though it is listed twice"
    assert max(most) == 2


def test_a_failing_feed_is_asked_less_and_less_but_never_given_up(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = Reply(b"", 500)
    follower.follow(server.url("/feed"))
    moments = [timedelta()]
    for _ in range(14):
        assert follower.poll(moments[-1])["/feed"].poll.error == "HTTP 500 Internal Server Error"
        moments.append(due(follower.state(server.url("/feed")), 5 * MINUTE, follower.now) - NOW)
    waits = [after - before for before, after in pairwise(moments)]
    assert waits[0] == 5 * MINUTE, "one failure is no habit"
    assert waits[3] > 3 * waits[1], "a quarter of an hour, half an hour, an hour"
    assert max(waits) <= DAY, "asked once a day at the least"
    assert min(waits[-4:]) >= DAY * 3 / 4
    assert follower.poll(moments[-2] + HOUR) == {}, "left alone in between"
    listed = follower.listed()["/feed"]
    assert (listed["status"], listed["failures"]) == ("failing", 14)
    words, _ = follower.complaints("/feed")["failing"]
    assert words == "HTTP 500 Internal Server Error, 14 times in a row; never read"
    assert follower.says("feeds", "doctor").returncode == 1
    server.replies["/feed"] = FEED
    assert follower.poll(moments[-1])["/feed"].new == 1
    assert follower.listed()["/feed"]["status"] == "ok"
    assert follower.state(server.url("/feed")).terms.rests_until is None


def test_a_feed_that_is_not_found_for_hours_is_not_gone(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(b"not here", 404)
    for hour in range(1, 10):
        follower.poll(hour * HOUR)
    assert len(asked_for(server)) > 4
    words, mend = follower.complaints("/feed")["failing"]
    assert words.startswith("HTTP 404 Not Found")
    assert "it may come back" in mend
    assert follower.listed()["/feed"]["status"] == "failing"
    server.replies["/feed"] = Reply(rss(BASE, entry("Back again", "https://a.example/back", "back", MAIL)))
    assert follower.poll(DAY)["/feed"].new == 1
    assert follower.listed()["/feed"]["status"] == "ok"


def test_a_feed_that_is_gone_is_asked_no_more_and_said_to_be_gone(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = GONE
    assert "it is gone for good, and not asked again" in follower.poll(HOUR)["/feed"].poll.error
    assert due(follower.state(server.url("/feed")), HOUR, follower.now) == NEVER
    asked_for(server)
    assert [follower.poll(days * DAY) for days in (1, 30, 300)] == [{}, {}, {}]
    assert asked_for(server) == []
    words, mend = follower.complaints("/feed")["gone"]
    assert words == "its server says that it is gone for good (410); it is not asked any more"
    assert f"tracker feeds remove {server.url('/feed')}" in mend
    assert follower.says("feeds", "list").stdout.splitlines()[1].startswith("gone ")
    assert follower.titled("Tide tables")


def test_a_feed_is_not_gone_when_what_it_leads_to_for_now_is(follower: Follower, server: Server) -> None:
    server.replies |= {"/feed": moving(302, "/landing"), "/landing": GONE}
    follower.follow(server.url("/feed"))
    assert follower.poll()["/feed"].poll.error.startswith("HTTP 410 Gone")
    assert follower.listed()["/feed"]["status"] == "failing"
    server.replies["/landing"] = FEED
    assert follower.poll(DAY)["/feed"].new == 1
    server.replies["/feed"] = GONE
    follower.poll(2 * DAY)
    assert follower.listed()["/feed"]["status"] == "gone", "at its own address it is"
    assert follower.poll(30 * DAY) == {}


def test_a_permanent_redirect_is_learnt_when_it_has_held_and_unlearnt_when_it_has_not(
    follower: Follower, server: Server
) -> None:
    server.replies |= {
        "/moved": moving(301, "/new"),
        "/moved-308": moving(308, "/step"),
        "/step": moving(302, "/there"),
        "/for-now": moving(302, "/there"),
        "/for-now-307": moving(307, "/there"),
    } | dict.fromkeys(("/new", "/there"), FEED)
    follower.follow(*map(server.url, ("/moved", "/moved-308", "/for-now", "/for-now-307")))
    for hour in range(3):
        asked_for(server)
        follower.poll(hour * HOUR)
        assert "/moved" in asked_for(server), "it has not held often enough"
    follower.poll(4 * HOUR)
    assert sorted(asked_for(server)) == [*["/for-now", "/for-now-307", "/new", "/step"], *["/there"] * 3]
    listed = follower.listed()
    assert (listed["/moved"]["moved_to"], listed["/for-now"]["moved_to"]) == (server.url("/new"), None)
    words, _ = follower.complaints("/moved")["moved"]
    assert words == f"it has moved for good to {server.url('/new')}, and is asked there"
    assert read_opml(follower.workspace.opml)[0].address == server.url("/moved"), "it keeps its name"
    server.replies |= {"/new": Reply(b"", 404), "/moved": FEED}
    follower.poll(5 * HOUR)
    assert "/moved" not in asked_for(server)
    assert follower.poll(6 * HOUR)["/moved"].poll.error == "", "where it failed, its old address is tried"
    assert "/moved" in asked_for(server)
    follower.poll(7 * HOUR)
    assert "/new" not in asked_for(server)
    assert follower.listed()["/moved"]["moved_to"] is None


def test_a_redirect_to_a_page_never_becomes_the_address_of_a_feed(follower: Follower, server: Server) -> None:
    server.replies |= {"/feed": moving(301, "/elsewhere"), "/elsewhere": FEED, "/login": PAGE}
    follower.follow(server.url("/feed"))
    before = follower.workspace.opml.read_bytes()
    for hour in range(2):
        follower.poll(hour * HOUR)
    asked_for(server)
    server.replies["/elsewhere"] = moving(308, "/login")
    for hour in range(2, 8):
        follower.poll(hour * HOUR, anyway=True)
    words, _ = follower.complaints("/feed")["failing"]
    assert words.startswith("this is an HTML page, not a feed")
    assert follower.listed()["/feed"]["moved_to"] != server.url("/login")
    asked = asked_for(server)
    assert asked.count("/feed") >= 3
    assert asked.count("/login") == asked.count("/elsewhere") == 6, "it is met on the way only"
    server.replies["/feed"] = FEED
    errors = [follower.poll(hour * HOUR, anyway=True)["/feed"].poll.error for hour in (9, 10, 11)]
    assert errors[1:] == ["", ""]
    assert asked_for(server)[-1] == "/feed"
    assert follower.listed()["/feed"]["moved_to"] is None
    assert follower.workspace.opml.read_bytes() == before


def test_a_feed_that_turns_robots_away_is_blocked_until_it_is_asked_under_another_name(
    follower: Follower, server: Server
) -> None:
    def guarded(status: int) -> Callable[[Asked], Reply]:
        return lambda asked: FEED if "Mozilla" in asked.headers["user-agent"] else Reply(b"<html>Checking", status)

    server.replies |= {"/403": guarded(403), "/503": guarded(503), "/open": guarded(403)}
    follower.follow(server.url("/403"), server.url("/503"))
    follower.follow(server.url("/open"), user_agent="Mozilla/5.0")
    polled = follower.poll()
    assert {path: one.new for path, one in polled.items()} == {"/403": 0, "/503": 0, "/open": 1}
    names = {asked.path: asked.headers["user-agent"].partition("/")[0] for asked in server.asked}
    assert names == {"/403": "tracker", "/503": "tracker", "/open": "Mozilla"}
    listed = follower.listed()
    assert {path: row["status"] for path, row in listed.items()} == {
        "/403": "blocked",
        "/503": "blocked",
        "/open": "ok",
    }
    words, mend = follower.complaints("/403")["blocked"]
    assert words == "HTTP 403 Forbidden; never read"
    assert "no sign that there is no news" in mend
    assert f'tracker feeds add {server.url("/403")} --user-agent "Mozilla/5.0"' in mend


def test_a_page_where_the_feed_was_is_called_a_page_and_the_feed_counts_as_down(
    follower: Follower, server: Server
) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    follower.poll(HOUR)
    server.replies["/feed"] = PAGE
    [error] = [one.poll.error for one in follower.poll(2 * HOUR).values()]
    assert error == "this is an HTML page, not a feed; its address may have moved, or it asks for a login"
    listed = follower.listed()["/feed"]
    assert (listed["status"], listed["failures"], listed["items"]) == ("failing", 1, 1)
    told = follower.says("feeds", "list").stdout
    assert "  this is an HTML page, not a feed;" in told
    [watch] = follower.store.watches(follower.now.date())
    assert (watch.since, watch.until) == (NOW, NOW + HOUR), "it was not watched while there was a page"


def test_what_one_address_said_of_its_news_is_sent_to_no_other(follower: Follower, server: Server) -> None:
    said = {"ETag": '"1"', "Last-Modified": MAIL}

    def answer(asked: Asked) -> Reply:
        return Reply(status=304) if "if-none-match" in asked.headers else Reply(rss(BASE), 200, said)

    server.replies |= {"/feed": moving(302, "/b"), "/b": answer, "/c": answer}
    follower.follow(server.url("/feed"))
    for hour, path in enumerate(["/b", "/b", "/c", "/c"]):
        server.replies["/feed"] = moving(302, path)
        follower.poll(hour * HOUR)
    words = ("if-none-match", "if-modified-since")
    sent = [(asked.path, *(asked.headers.get(name) for name in words)) for asked in server.asked]
    alone, known = (None, None), tuple(said.values())
    asked = [("/b", alone), ("/b", known), ("/c", alone), ("/c", known)]
    assert sent == [each for path, told in asked for each in (("/feed", *alone), (path, *told))]


def test_a_server_that_says_for_ever_that_nothing_changed_is_asked_for_everything_once_a_day(
    follower: Follower, server: Server
) -> None:
    said = {"/etag": {"ETag": 'W/"é 1"'}, "/2041": {"Last-Modified": "Tue, 01 Jan 2041 00:00:00 GMT"}}
    sent_back = {"/etag": "if-none-match", "/2041": "if-modified-since"}

    def frozen(asked: Asked) -> Reply:
        [told] = said[asked.path].values()
        if asked.headers.get(sent_back[asked.path]) == told:
            return Reply(status=304)
        return Reply(
            rss(BASE, *([entry("Fresh", "https://a.example/fresh", "fresh", MAIL)] * news)), 200, said[asked.path]
        )

    news = 0
    server.replies |= dict.fromkeys(said, frozen)
    follower.follow(*map(server.url, said))
    follower.poll()
    news = 1
    for hour in (1, 12, 24):
        polled = follower.poll(hour * HOUR)
        assert {path: one.poll.unchanged for path, one in polled.items()} == dict.fromkeys(said, True), "word for word"
    polled = follower.poll(25 * HOUR)
    assert {path: one.items for path, one in polled.items()} == dict.fromkeys(said, 2)
    assert follower.titled("Fresh").first_seen == NOW + 25 * HOUR
    said["/etag"]["ETag"] = '"2"'
    follower.poll(26 * HOUR)
    follower.poll(27 * HOUR)
    assert [asked for asked in server.asked if asked.path == "/etag"][-1].headers["if-none-match"] == '"2"', "renewed"


# What can be read?


def read(follower: Follower, server: Server, documents: Mapping[str, Reply]) -> dict[str, list[str]]:
    """The titles of the items that are stored of each of these documents, in their order."""
    paths = {f"/{number}": name for number, name in enumerate(documents)}
    server.replies |= {path: documents[name] for path, name in paths.items()}
    follower.follow(*map(server.url, paths))
    polled = follower.poll()
    assert {paths[path]: one.poll.error for path, one in polled.items()} == dict.fromkeys(documents, "")
    found: dict[str, list[str]] = {name: [] for name in documents}
    for item in sorted(follower.items(), key=lambda item: item.link):
        found[paths[path_of(item.feed)]].append(item.title)
    return found


def pair(title: str, host: str) -> bytes:
    """Two items, the second of which says as much as the first leaves of it; `title` is markup."""
    first = f"<item><title>{title}</title><link>https://{host}.example/1</link><pubDate>{MAIL}</pubDate></item>"
    return rss(first, entry("The second", f"https://{host}.example/2", "", MAIL))


def test_one_wrong_character_does_not_cost_a_feed(follower: Follower, server: Server) -> None:
    documents = {
        "a control character": Reply(pair("One\x0b two", "a")),
        "a control character by its number": Reply(pair("One &#11;two", "b")),
        "an entity that is not declared": Reply(pair("One&nbsp;two", "c")),
    }
    found = read(follower, server, documents)
    assert all(titles[1:] == ["The second"] for titles in found.values())
    assert {titles[0] for titles in found.values()} == {"One two"}


def test_what_stands_before_the_declaration_does_not_cost_a_feed(follower: Follower, server: Server) -> None:
    documents = {
        "a blank line": Reply(b"\n" + pair("One", "a")),
        "several, and a mark of the byte order": Reply(b"\xef\xbb\xbf\r\n \r\n" + pair("One", "b")),
        "a mark after the blank line": Reply(b"\n\xef\xbb\xbf" + pair("One", "c")),
        "a warning": Reply(b"<br />\n<b>Warning</b>: include(): failed<br />\n" + pair("One", "d")),
    }
    found = read(follower, server, documents)
    assert [name for name, titles in found.items() if titles != ["One", "The second"]] == []


def test_russian_letters_are_read_by_header_declaration_or_look(follower: Follower, server: Server) -> None:
    title = "Баку отозвал посла из Москвы"

    def written(host: str, encoding: str, declared: str, header: str = "") -> Reply:
        text = pair(title, host).decode().split("\n", 1)[1]
        head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
        return Reply((head + text).encode(encoding), headers={"Content-Type": header} if header else {})

    documents = {
        "windows-1251 by the header": written("a", "cp1251", "", "text/xml; charset=windows-1251"),
        "windows-1251 by the declaration": written("b", "cp1251", "windows-1251", "text/xml"),
        "windows-1251 by its look": written("c", "cp1251", "", "application/rss+xml"),
        "koi8-r by the header": written("d", "koi8-r", "", "text/xml; charset=koi8-r"),
        "koi8-r by the declaration": written("e", "koi8-r", "koi8-r"),
        "iso-8859-5 by the declaration": written("h", "iso-8859-5", "iso-8859-5"),
        "koi8-r by its look": written("f", "koi8-r", ""),
        "the header before the declaration": written("g", "koi8-r", "windows-1251", "text/xml; charset=koi8-r"),
    }
    found = read(follower, server, documents)
    assert [name for name, titles in found.items() if titles != [title, "The second"]] == []
    assert len(json.loads(follower.says("search", "отозвал NEAR/2 посла", "--json").stdout)) == len(documents)


def test_entities_that_were_escaped_twice_are_plain_text_to_a_query(follower: Follower, server: Server) -> None:
    documents = {
        "once": Reply(pair("Baku &quot;recalls&quot; its envoy &amp; more", "a")),
        "twice": Reply(pair("Baku &amp;quot;recalls&amp;quot; its envoy &amp;amp; more", "b")),
        "three times": Reply(pair("Baku &amp;amp;#x22;recalls&amp;amp;#x22; its envoy &amp;amp;amp; more", "c")),
    }
    title = 'Baku "recalls" its envoy & more'
    found = read(follower, server, documents)
    assert [name for name, titles in found.items() if titles != [title, "The second"]] == []
    assert len(json.loads(follower.says("search", '"Baku recalls its envoy"', "--json").stdout)) == len(documents)


def test_relative_links_begin_where_the_document_says_else_where_it_was_found(
    follower: Follower, server: Server
) -> None:
    item = '<entry><id>{0}</id><title>{0}</title><link href="news/1"/><updated>2026-03-02T09:00:00Z</updated></entry>'
    server.replies |= {
        "/blog/feed": Reply(atom(item.format("by the feed"), feed='xml:base="https://a.example/blog/"')),
        "/entry": Reply(
            atom(item.format("by the entry").replace("<entry>", '<entry xml:base="https://b.example/deep/">'))
        ),
        "/relative/feed": Reply(atom(item.format("by a base without a host"), feed='xml:base="/other/"')),
        "/old": moving(302, "/moved/here/feed"),
        "/moved/here/feed": Reply(atom(item.format("where it led"))),
    }
    follower.follow(*map(server.url, ("/blog/feed", "/entry", "/relative/feed", "/old")))
    follower.poll()
    assert {item.title: item.link for item in follower.items()} == {
        "by the feed": "https://a.example/blog/news/1",
        "by the entry": "https://b.example/deep/news/1",
        "by a base without a host": server.url("/other/news/1"),
        "where it led": server.url("/moved/here/news/1"),
    }


def test_a_base_may_lead_upwards_from_where_the_document_was_found(follower: Follower, server: Server) -> None:
    item = '<entry><id>1</id><title>One</title><link href="news/1"/><updated>2026-03-02T09:00:00Z</updated></entry>'
    server.replies["/deep/feed"] = Reply(atom(item, feed='xml:base="../other/"'))
    follower.follow(server.url("/deep/feed"))
    follower.poll()
    assert follower.titled("One").link == server.url("/other/news/1")


def test_a_giant_feed_is_refused_with_the_setting_that_lets_it_in(follower: Follower, server: Server) -> None:
    body = rss(
        f"<item><title>A giant</title><description>{'tide ' * 300_000}</description><pubDate>{MAIL}</pubDate></item>"
    )
    server.replies |= {"/plain": Reply(body), "/packed": Reply(gzip.compress(body), 200, {"Content-Encoding": "gzip"})}
    follower.settings(f"{LOOPBACK}feed_megabytes = 1\n")
    follower.follow(*map(server.url, server.replies))
    polled = follower.poll()
    for path in server.replies:
        assert polled[path].poll.error.startswith("too large: over 1 MB")
        assert follower.complaints(path)["failing"][1] == "allow larger feeds with feed_megabytes in tracker.toml"
    follower.settings(f"{LOOPBACK}feed_megabytes = 2\n")
    assert {path: one.poll.error for path, one in follower.poll(HOUR).items()} == dict.fromkeys(server.replies, "")
    assert {item.title for item in follower.items()} == {"A giant"}


# One feed and the others, one command and the others


def test_feeds_that_hang_keep_nobody_waiting_beyond_their_time(follower: Follower, server: Server) -> None:
    server.replies |= {f"/{number}": FEED for number in range(4)}
    server.replies["/stalls"] = Reply(b"<rss>", stalls=True)
    seconds = 3.0
    with OddServer() as odd:
        hanging = [server.url("/stalls"), odd.url("silence"), odd.url("a body letter by letter")]
        addresses = [*hanging, *(server.url(f"/{number}") for number in range(4))]
        began, saved, first = monotonic(), [], 0.0
        for batch in poll(
            [Subscription(address) for address in addresses],
            {},
            now=NOW,
            zone=UTC,
            root=follower.root,
            limits=replace(limits(follower.workspace), seconds=seconds, connect_seconds=seconds),
        ):
            follower.store.save_polls(batch)
            saved += [one.address for one in batch]
            first = first or monotonic() - began
        taken = monotonic() - began
    assert set(saved[:4]) == set(addresses[3:]), "they are stored while the others hang"
    assert first < seconds
    assert seconds <= taken < seconds + 5
    states = follower.store.feed_states()
    assert {states[address].error for address in hanging} == {"timed out after 3 s"}


def test_a_poll_locks_nobody_out_of_the_database_while_it_waits_for_a_server(
    follower: Follower, server: Server
) -> None:
    done: list[str] = []
    turn, both = threading.Lock(), threading.Barrier(2, timeout=10)

    def meanwhile(asked: Asked) -> Reply:
        # Another command, that would not wait a moment for the poll.
        with turn, open_store(follower.workspace.database, wait_seconds=0) as store:
            store.save_alerts({asked.path}, NOW)
            done.append(f"{asked.path} {store.count_items()}")
        both.wait()
        return FEED

    server.replies |= {"/1": meanwhile, "/2": meanwhile}
    follower.follow(*map(server.url, server.replies))
    polled = follower.poll()
    assert {one.poll.error for one in polled.values()} == {""}
    assert sorted(done) == ["/1 0", "/2 0"]
    assert follower.store.alerts_sent() == {"/1", "/2"}
    with closing(sqlite(follower)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",), "readers go on while one writes"


def sqlite(follower: Follower) -> Any:  # noqa: ANN401
    import sqlite3

    return sqlite3.connect(follower.root / "data" / "tracker.sqlite")


# Whom do we trust?


class SafeServer(Server):
    """The server over TLS, with a certificate and its key in one file."""

    def __init__(self, certificate: Path) -> None:
        super().__init__()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def url(self, path: str) -> str:
        return super().url(path).replace("http:", "https:")


def certificate(folder: Path, name: str, *, issuer: str = "", host: str = "IP:127.0.0.1", days: int = 2) -> Path:
    """A certificate, by itself or by an issuer, and its key, in one file; `days` that it is valid, from today."""
    made, key, request = (folder / f"{name}.{kind}" for kind in ("pem", "key", "csr"))
    extensions = folder / f"{name}.ext"
    extensions.write_text(f"subjectAltName={host}\nbasicConstraints=critical,CA:{'FALSE' if issuer else 'TRUE'}\n")
    if name == "between":
        extensions.write_text("basicConstraints=critical,CA:TRUE\n")
    signed = (
        ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial"] if issuer else ["-signkey", key.name]
    )
    elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for command in (
        ["req", "-new", *elliptic, "-subj", f"/CN={name}", "-keyout", key.name, "-out", request.name],
        [
            "x509",
            "-req",
            "-in",
            request.name,
            "-extfile",
            extensions.name,
            "-days",
            str(days),
            "-out",
            made.name,
            *signed,
        ],
    ):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    made.write_text(made.read_text() + key.read_text())
    return made


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here to make certificates with")
def test_a_certificate_that_proves_nothing_is_told_and_let_through_for_that_feed_alone(
    follower: Follower, tmp_path: Path
) -> None:
    root = certificate(tmp_path, "root")
    certificate(tmp_path, "between", issuer="root")
    shown = {
        "sound": (certificate(tmp_path, "sound", issuer="root"), ""),
        "self-signed": (certificate(tmp_path, "self"), "self.signed certificate"),
        "expired": (certificate(tmp_path, "expired", issuer="root", days=-1), "certificate has expired"),
        "a chain that lacks its middle": (certificate(tmp_path, "leaf", issuer="between"), "local issuer certificate"),
        "of another host": (
            certificate(tmp_path, "other", issuer="root", host="DNS:other.example"),
            "does not match|no alt",
        ),
    }
    with ExitStack() as servers:
        running = {name: servers.enter_context(SafeServer(pem)) for name, (pem, _) in shown.items()}
        for one in running.values():
            one.replies |= {"/strict": FEED, "/lenient": FEED}
            # The lenient one first: a connection that proved nothing is not used again for the other.
            follower.follow(one.url("/lenient"), any_certificate=True)
            follower.follow(one.url("/strict"))
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "feeds", "poll"],
            cwd=follower.root,
            env=environment(follower.root) | {"SSL_CERT_FILE": str(root), "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        addresses = {name: one.url("/strict") for name, one in running.items()}
        assert {name: len(one.asked) for name, one in running.items()} == {
            name: 2 if name == "sound" else 1 for name in shown
        }, "who is not trusted is told nothing"
    assert done.returncode == 0, done.stderr
    assert f"{len(shown) + 1} of {2 * len(shown)} feeds read" in done.stdout
    follower.at = datetime.now(UTC) - NOW
    rows = {row["address"]: row for row in json.loads(follower.says("feeds", "doctor", "--json").stdout)}
    for name, (_, error) in shown.items():
        complaints = {one["kind"]: one for one in rows[addresses[name]]["complaints"]}
        assert ("certificate" in complaints) == bool(error)
        if error:
            told = complaints["certificate"]
            assert re.search(error, told["words"], re.IGNORECASE), f"{name}: {told['words']}"
            assert "--any-certificate" in told["mend"]
            assert told["serious"]


PRIVATE = {
    "in figures": "http://127.0.0.1:{port}/feed",
    "by its name": "http://localhost:{port}/feed",
    "by a name below it": "http://news.localhost:{port}/feed",
    "as one number": "http://2130706433:{port}/feed",
    "in octal figures": "http://0177.0.0.1:{port}/feed",
    "in hexadecimal figures": "http://0x7f.0.0.1:{port}/feed",
    "shortened": "http://127.1:{port}/feed",
    "this machine, by any address of it": "http://0.0.0.0:{port}/feed",
    "with full-width figures": "http://１２７.0.0.1:{port}/feed",
    "in IPv6": "http://[::1]:{port}/feed",
    "within IPv6": "http://[::ffff:127.0.0.1]:{port}/feed",
    "within IPv6, in hexadecimal figures": "http://[::ffff:7f00:1]:{port}/feed",
    "by NAT64": "http://[64:ff9b::127.0.0.1]:{port}/feed",
    "by 6to4": "http://[2002:7f00:1::1]:{port}/feed",
    "a neighbour": "http://10.0.0.1:{port}/feed",
    "a neighbour in IPv6": "http://[fd00::1]:{port}/feed",
    "a machine on the same wire": "http://[fe80::1]:{port}/feed",
    "the keeper of a cloud's secrets": "http://169.254.169.254:{port}/latest/meta-data/",
    "everybody": "http://224.0.0.1:{port}/feed",
}


def test_no_way_of_writing_a_private_address_leads_there_unless_the_workspace_allows_it(
    follower: Follower, server: Server
) -> None:
    server.replies["/feed"] = FEED
    port = server.url("/").split(":")[2].rstrip("/")
    addresses = {name: address.format(port=port) for name, address in PRIVATE.items()}
    follower.settings("")
    subscriptions = [Subscription(address) for address in addresses.values()]
    polled = poll_feeds(follower.workspace, follower.store, subscriptions, now=NOW)
    errors = {one.poll.address: one.poll.error for one in polled}
    led = {name: errors[address] for name, address in addresses.items() if "private address" not in errors[address]}
    assert led == {}
    assert server.asked == []
    follower.follow(addresses["in figures"], addresses["by its name"])
    listed = follower.says("feeds", "list").stdout
    assert "127.0.0.1 is a private address" in listed
    rows = json.loads(follower.says("feeds", "doctor", "--json").stdout)
    assert {one["mend"] for row in rows for one in row["complaints"]} == {
        "allow its network with private_networks in tracker.toml, if it is yours"
    }
    follower.settings(LOOPBACK)
    names = ["in figures", "by its name", "by a name below it", "as one number", "in octal figures", "shortened"]
    subscriptions = [Subscription(addresses[name]) for name in names]
    polled = poll_feeds(follower.workspace, follower.store, subscriptions, now=NOW + HOUR)
    assert {one.poll.error for one in polled} == {""}, "they all led there"


WITHIN_IPV6 = {
    "compatible with it (RFC 4291, 2.5.5.1)": "http://[::127.0.0.1]/feed",
    "translated (RFC 2765, 2.1)": "http://[::ffff:0:127.0.0.1]/feed",
    "by a network's own NAT64 (RFC 8215)": "http://[64:ff9b:1::127.0.0.1]/feed",
}


def test_no_address_of_ipv6_stands_for_a_private_one_of_ipv4(follower: Follower) -> None:
    follower.settings("")
    follower.follow(*WITHIN_IPV6.values())
    follower.poll()
    states = follower.store.feed_states()
    led = {name: states[address].error for name, address in WITHIN_IPV6.items()}
    assert {name: error for name, error in led.items() if "private address" not in error} == {}


@contextmanager
def listening(host: str) -> Iterator[socket.socket]:
    """A socket that would take a connection; skips the test where there is no such address."""
    try:
        listener = socket.create_server((host, 0))
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with listener:
        listener.setblocking(False)
        yield listener


def test_a_redirect_leads_to_no_address_that_the_feed_itself_might_not_have(follower: Follower, server: Server) -> None:
    follower.settings('private_networks = ["127.0.0.0/16"]\n')
    with listening("127.5.0.1") as forbidden:
        port = forbidden.getsockname()[1]
        targets = {
            "/301": (301, f"http://127.5.0.1:{port}/"),
            "/302": (302, f"http://127.5.0.1:{port}/"),
            "/308": (308, f"//127.5.0.1:{port}/"),
            "/number": (307, f"http://2131034113:{port}/"),
            "/mapped": (302, f"http://[::ffff:127.5.0.1]:{port}/"),
            "/twice": (302, "/302"),
        }
        server.replies |= {path: moving(*target) for path, target in targets.items()} | {
            "/allowed": moving(302, "/feed")
        }
        server.replies["/feed"] = FEED
        follower.follow(*map(server.url, (*targets, "/allowed")))
        polled = follower.poll()
        with pytest.raises(BlockingIOError):
            forbidden.accept()
    assert {path for path, one in polled.items() if "127.5.0.1 is a private address" in one.poll.error} == set(targets)
    assert polled["/allowed"].new == 1


BOMBS = {
    "a billion laughs": "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "ha" * 10}">' for level in range(10)
    ),
    "a quadratic one": f'<!ENTITY l9 "{"ha" * 50_000}">',
    "a file from outside": '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
    "an address from outside": '<!ENTITY % l8 SYSTEM "{url}"> %l8; <!ENTITY l9 "x">',
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_list_of_feeds_with_entities_of_its_own_is_refused(follower: Follower, server: Server, bomb: str) -> None:
    entities = bomb.replace("{url}", server.url("/entities.dtd"))
    body = f'<outline text="{"&l9;" * 50}" xmlUrl="https://a.example/feed"/>'
    text = f'<?xml version="1.0"?><!DOCTYPE opml [{entities}]><opml version="2.0"><head/><body>{body}</body></opml>'
    (follower.root / "theirs.opml").write_text(text, "utf-8")
    began = monotonic()
    done = follower.says("feeds", "import", "theirs.opml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "theirs.opml" in done.stderr
    assert "entities" in done.stderr
    assert "root:" not in done.stderr
    assert not follower.workspace.opml.exists()
    follower.workspace.opml.write_text(text, "utf-8")
    assert follower.says("feeds", "list").returncode == 2
    assert monotonic() - began < 30
    assert server.asked == []


CLEAR = "\x1b[2J"
TITLE_OF_WINDOW = "\x1b]0;owned\x07"


def test_nothing_that_a_feed_says_reaches_the_terminal_as_a_command(follower: Follower, server: Server) -> None:
    commands = f"red{CLEAR}{TITLE_OF_WINDOW}\x9b31m\x07\u202e\x08 alert"
    written = "red&#27;[2J&amp;#27;]0;owned&amp;#7;\x9b31m\u202e\u200b alert"
    titled = f"<title>{written}</title><link>https://a.example/1</link><pubDate>{MAIL}</pubDate>"
    server.replies |= {
        "/feed": Reply(rss(f"<item>{titled}</item>").replace(b"The Gazette", commands.encode())),
        "/packed": Reply(b"x", 200, {"Content-Encoding": f"x{CLEAR}"}),
        "/moved": moving(301, f"/to/{CLEAR}"),
        "/to": moving(302, f"x{CLEAR}:y"),
        "/nowhere": moving(302, f"{TITLE_OF_WINDOW}://x"),
        "/text": Reply(f"{commands} is no feed".encode()),
        "/element": Reply(f"<{'x' * 5}{CLEAR}>".encode()),
        "/status": Reply(b"", 799),
    }
    follower.follow(*map(server.url, server.replies))
    outlines = follower.workspace.opml.read_text("utf-8")
    named = outlines.replace(
        f'xmlUrl="{server.url("/text")}"', f'title="\x9b31m&#155;2J" xmlUrl="{server.url("/text")}"'
    )
    follower.workspace.opml.write_text(named, "utf-8")
    assert named != outlines
    said = [
        follower.says(*arguments)
        for arguments in (
            ("feeds", "poll"),
            ("feeds", "list"),
            ("feeds", "list", "--json"),
            ("feeds", "doctor"),
            ("search", "alert"),
        )
    ]
    assert "red alert" in said[1].stdout
    assert "1 of 1 stored items match" in said[-1].stdout
    text = "".join(done.stdout + done.stderr for done in said)
    assert {character for character in text if not character.isprintable()} <= {"\n"}
    assert "owned" not in text
    assert "[2J" not in said[1].stdout.partition("/packed")[0]
