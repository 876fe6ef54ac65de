"""The network is cut in the middle of a poll, and the clock is set back or forward: what was proved stays, no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from disasters import CRANE_ITEM, CutServer, Proof, World, check_sound, database, follow, ran, states, verdicts
from server import Reply

from tracker.check import Checked, check
from tracker.concepts import load_concepts
from tracker.feeds.opml import read_opml
from tracker.ledger import read_ledger
from tracker.model import Item, Subscription
from tracker.polling import poll_feeds
from tracker.store import open_store
from tracker.workspace import find_workspace

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def server() -> Iterator[CutServer]:
    running = CutServer()
    with running:
        yield running


@pytest.fixture
def world(server: CutServer) -> World:
    return World(server)


@pytest.fixture
def workspace(tmp_path: Path, world: World) -> Path:
    folder = tmp_path / "workspace"
    follow(folder, world)
    return folder


# The network


@pytest.mark.parametrize("way", ["the server hangs up", "nobody listens any more"])
def test_a_network_that_is_cut_in_the_middle_of_a_poll(
    way: str, server: CutServer, world: World, workspace: Path, tmp_path: Path
) -> None:
    url, proof = database(workspace), Proof(world)
    for generation in (0, 1):
        world.generation = generation
        assert ran(workspace, "check")[0] == 0
        check_sound(url, proof, tmp_path)

    def cut(number: int) -> None:
        if number > 3:
            if number == 4 and way == "nobody listens any more":
                server.stop_listening()
            raise ConnectionAbortedError("cut")

    world.generation = 2
    world.begin(cut)
    code, output = ran(workspace, "check")
    world.begin()
    assert code == 0, "some feeds were read"
    told = [line for line in output.splitlines() if line.startswith("feed ")]
    assert len(told) == 3
    assert all("the server broke off the connection" in line or "nothing listens there" in line for line in told)
    check_sound(url, proof, tmp_path)
    left_out = [address for address in world.addresses if proof.polls[address][-1][1] == 1]
    assert len(left_out) == 3
    assert all(states(url)[address].failures == 1 for address in left_out)
    if way == "nobody listens any more":
        server.listen_again()
    world.generation = 4
    code, output = ran(workspace, "check")
    assert code == 0, output
    check_sound(url, proof, tmp_path)
    assert proof.missed() > 0, "items came and went while the network was cut"
    assert len(proof.watches()) == 2 * len(world.addresses), "and no watch spans that time"
    assert not any(state.failures for state in states(url).values())


# The clock


def a_pass(folder: Path, now: datetime) -> Checked:
    """Make a pass at a moment."""
    workspace = find_workspace(folder)
    concepts = load_concepts(workspace.concepts_file)
    ledger = read_ledger(workspace.forecasts, concepts=concepts)
    with open_store(workspace.database, zone=workspace.zone) as store:
        return check(workspace, store, ledger, concepts, read_opml(workspace.opml), now=now)


def first_versions(url: str) -> dict[str, Item]:
    """Every item as it was first seen, by its link."""
    with open_store(url) as store:
        return {item.link: item for item in store.items_after(0) if item.version == 1}


CLOCKS = {
    "set back by an hour": [timedelta(hours=-1)],
    "set back by years": [-3 * YEAR],
    "set back by years, twice": [-3 * YEAR, -2 * YEAR],
    "set forward by years": [10 * YEAR],
    "set forward, then back": [10 * YEAR, -10 * YEAR],
}


@pytest.mark.parametrize("case", CLOCKS)
def test_a_clock_that_is_wrong_for_a_while_loses_and_doubles_nothing(
    case: str, world: World, workspace: Path, tmp_path: Path
) -> None:
    url = database(workspace)
    if min(map(abs, CLOCKS[case])) > timedelta(days=30):
        # A rest that this clock would not end for years; an hour more or less is no harm.
        world.headers = {"Cache-Control": "max-age=1800"}
    world.generation = seen = (CRANE_ITEM - 3) // 2
    a_pass(workspace, NOW)
    before, standing = first_versions(url), verdicts(url)
    assert any(history[-1][0] == "confirmed" for history in standing.values())
    for shift in CLOCKS[case]:
        world.generation += 1
        world.begin()
        assert not any(poll.error for poll in a_pass(workspace, NOW + shift).polls)
        assert world.requests == len(world.addresses), "no feed is left alone because of a clock"
        assert ordered(url)
    world.generation += 1
    world.begin()
    a_pass(workspace, NOW + timedelta(hours=1))
    assert world.requests == len(world.addresses), "nor when it is right again"
    assert ordered(url)
    after = first_versions(url)
    assert {link: after[link] for link in before} == before, "what was known keeps its first moment, date and words"
    feeds = world.addresses
    shown = {link for each in range(seen, world.generation + 1) for one in feeds for link in world.shown(one, each)}
    assert {link for link in after if link.startswith("http://127.0.0.1")} == shown
    with open_store(url) as store:
        assert store.count_items() == len(after)
    for name, history in verdicts(url).items():
        assert history[: len(standing[name])] == standing[name], "what was said stays said"
        assert history[-1] == standing[name][-1], "and stands again"
        assert all(one != other for one, other in pairwise(history))


def ordered(url: str) -> bool:
    """Whether no watch ends before it begins."""
    with open_store(url) as store:
        return all(watch.since <= watch.until for watch in store.watches(date.max))


def test_a_clock_that_was_ahead_for_a_while_does_not_vouch_for_the_days_to_come(world: World, workspace: Path) -> None:
    a_pass(workspace, NOW)
    a_pass(workspace, NOW + YEAR)
    a_pass(workspace, NOW + timedelta(hours=1))
    later = NOW.date() + timedelta(days=200)
    with open_store(database(workspace)) as store:
        vouched = [watch.until for watch in store.watches(later) if watch.address in world.addresses]
    assert vouched
    assert max(vouched) <= NOW + timedelta(hours=1), "nobody has watched since the clock was set right"


def test_a_pass_as_of_an_earlier_day_records_nothing(world: World, workspace: Path) -> None:
    world.generation = (CRANE_ITEM - 3) // 2
    assert ran(workspace, "check")[0] == 0
    standing = verdicts(database(workspace))
    assert standing["crane-falls"]
    code, output = ran(workspace, "check", "--as-of", "2025-05-15")
    assert code == 0, output
    assert "crane-falls" in output
    assert verdicts(database(workspace)) == standing


def test_a_feed_that_asked_to_wait_under_a_wrong_clock_is_asked_under_the_right_one(
    server: CutServer, workspace: Path
) -> None:
    server.replies["/busy"] = Reply(status=503, headers={"Retry-After": "86400"})
    feed = Subscription(server.url("/busy"))
    found = find_workspace(workspace)
    with open_store(found.database) as store:
        for now in (NOW + 5 * YEAR, NOW, NOW + timedelta(hours=1)):
            poll_feeds(found, store, [feed], now=now)
        rest = store.feed_states()[feed.address].terms.rests_until
    assert len(server.asked) == 2, "at once under the right clock, and then as the server asks"
    assert rest == NOW + timedelta(days=1)
