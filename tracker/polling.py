"""What do the followed feeds say now, and is it kept? Polls them and stores what they say, batch by batch.

Whatever was stored stays when the rest is broken off: each batch is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.feeds.addresses import Reachable
from tracker.feeds.answer import Limits
from tracker.feeds.poll import poll
from tracker.model import Poll, Subscription
from tracker.store import Store
from tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll as it was stored, and how many items it showed, brought and changed. The poll's own items are let go."""

    poll: Poll
    items: int
    new: int
    updated: int


def poll_feeds(
    workspace: Workspace,
    store: Store,
    subscriptions: Sequence[Subscription],
    *,
    now: datetime,
    offline: bool = False,
    anyway: bool = False,
    on_done: Callable[[Polled], None] = lambda polled: None,
) -> list[Polled]:
    """Poll subscriptions and store what they say; what came of each, in their order.

    Those that are to be left alone for now are left out unless `anyway`. `on_done` is told of each as it is stored.
    """
    polls = poll(
        subscriptions,
        store.feed_states(),
        now=now,
        zone=workspace.zone,
        root=workspace.root,
        offline=offline,
        anyway=anyway,
        limits=limits(workspace),
    )
    done: dict[str, Polled] = {}
    for outcomes in polls:
        for one, saved in zip(outcomes, store.save_polls(outcomes), strict=True):
            told = replace(one, items=(), names={})
            done[one.address] = Polled(told, len(one.items), len(saved.new), len(saved.updated))
            on_done(done[one.address])
    return [done[one.address] for one in subscriptions if one.address in done]


def limits(workspace: Workspace) -> Limits:
    """How much a server may take of us, and where a feed may lead, by the workspace's settings."""
    settings = workspace.settings
    return Limits(size=settings.feed_megabytes * 1_000_000, reachable=Reachable.of(settings.private_networks))
