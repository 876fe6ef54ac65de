"""Do polls of misbehaving servers end in the feed's items, or in one clear error, none of them at another's expense?"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from broken_feeds import NOW, ZONE, Case
from broken_feeds.judging import complaints
from odd_servers import OddServer
from oddities import ODDITIES

from tracker.feeds.addresses import Reachable
from tracker.feeds.answer import Limits
from tracker.feeds.poll import poll
from tracker.model import FeedState, Poll, Subscription

LOCAL = Reachable.of(["127.0.0.0/8"])
SLOW = {"silence", "a redirect to silence"}
"""Those that end when the time is up, beside all of the kind "time"."""

# What is right, and is not done yet: the error is "libcurl's error 100".


def polled(server: OddServer, names: list[str], seconds: float, states: dict[str, FeedState]) -> dict[str, Poll]:
    by_address = {server.url(name): name for name in names}
    limits = Limits(seconds=seconds, connect_seconds=30, reachable=LOCAL)
    subscriptions = [Subscription(address) for address in by_address]
    found = poll(subscriptions, states, now=NOW, zone=ZONE, root=Path("/"), anyway=True, limits=limits)
    return {by_address[one.address]: one for one in chain.from_iterable(found)}


def amiss(name: str, one: Poll) -> list[str]:
    oddity = next(oddities[name] for oddities in ODDITIES.values() if name in oddities)
    case = Case("", "", b"", refused=oddity.error, items=3 if oddity.read else None)
    return [f"{name}: {each}" for each in complaints(case, error=one.error, title=one.title, items=one.items)]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def test_misbehaving_servers_end_in_items_or_in_one_clear_error() -> None:
    names = [name for kind, oddities in ODDITIES.items() if kind != "time" for name in oddities if name not in SLOW]
    stalling = {"a length too long", "a length over the limit", "a greeting of SSH"}
    with OddServer(hosts=250) as server:
        found = polled(server, [name for name in names if name not in stalling], 30, {})
    assert [each for name, one in found.items() for each in amiss(name, one)] == []
    assert len(found) == len(names) - len(stalling & set(names))


def test_servers_that_take_for_ever_do_so_until_the_time_is_up() -> None:
    names = [*ODDITIES["time"], *SLOW - ODDITIES["time"].keys(), "a length over the limit", "a greeting of SSH"]
    with OddServer(hosts=250) as server:
        found = polled(server, names, 1.5, {})
    assert [each for name, one in found.items() for each in amiss(name, one)] == []
    assert len(found) == len(names)


def test_what_a_server_says_of_its_feed_goes_back_word_for_word() -> None:
    names = [name for oddities in ODDITIES.values() for name, oddity in oddities.items() if oddity.again]
    with OddServer(hosts=250) as server:
        first = polled(server, names, 30, {})
        states = {
            one.address: FeedState(one.address, etag=one.etag, last_modified=one.last_modified, body_hash=one.body_hash)
            for one in first.values()
        }
        again = polled(server, names, 30, states)
    assert [name for name, one in again.items() if not one.unchanged] == []
    assert all(server.asked[name] == 2 for name in names)
