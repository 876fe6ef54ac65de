"""Does one feed, or one command, hold up the others? Faults that users of feed pollers report.

Each is met the way that users meet it: a real server, a poll that is stored, and what the user is told afterwards.
A database that is locked while a pass begins or ends is tried in test_disasters_disk.py.
"""

import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from time import monotonic
from typing import Any

from follower import FEED, NOW, Follower
from odd_servers import OddServer
from server import Asked, Reply, Server

from tracker.feeds.poll import poll
from tracker.model import Subscription
from tracker.polling import limits
from tracker.store import open_store


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
