"""A workspace that follows feeds of a server in the test's hands, from one moment to the next."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from command import Done, run
from server import Reply, Server

from tracker.cli.context import Context
from tracker.feeds.opml import add_subscription, read_opml
from tracker.model import FeedState, Item, Subscription
from tracker.polling import Polled, poll_feeds
from tracker.store import Store
from tracker.workspace import Workspace, find_workspace

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
