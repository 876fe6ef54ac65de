"""What do the subscribed feeds hold now?

Each feed is one poll with its own outcome: whatever goes wrong with one is that poll's error, and the others go on.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address, plain_text
from tracker.feeds.fetch import Answer, Limits, Request, fetch_all
from tracker.feeds.local import read_file
from tracker.feeds.parse import READING, parse_feed
from tracker.model import FeedState, Poll, Subscription


def poll(
    subscriptions: Sequence[Subscription],
    states: Mapping[str, FeedState],
    *,
    now: datetime,
    zone: tzinfo,
    root: Path,
    offline: bool = False,
    on_done: Callable[[Poll], None] = lambda _: None,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> list[Poll]:
    """One poll of each subscription, in their order; feeds on the web are left out when `offline`.

    `states` is what is known by address. `on_done` is called in this thread with each poll as it ends; what it raises
    ends the whole. `now` (aware) becomes the items' `first_seen`; dates without a zone are read in `zone`, and days are
    counted in it. Paths of files are relative to `root`.
    """
    done: dict[str, Poll] = {}
    reader = _Reader(states, now, zone)

    def finish(outcome: Poll) -> None:
        done[outcome.address] = outcome
        on_done(outcome)

    by_address = {subscription.address: subscription for subscription in subscriptions}
    online = {address: subscription for address, subscription in by_address.items() if is_web_address(address)}
    for address, subscription in by_address.items():
        if address not in online:
            finish(_poll_file(subscription, reader, root))
    if online and not offline:
        try:
            asyncio.run(_poll_web(online, reader, limits, finish))
        except BaseExceptionGroup as group:  # what `on_done` raised
            raise group.exceptions[0] from group
    return [done[address] for address in by_address if address in done]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what was fetched into polls."""

    states: Mapping[str, FeedState]
    now: datetime
    zone: tzinfo

    def state(self, address: str) -> FeedState:
        return self.states.get(address, FeedState(address))

    def reading(self, subscription: Subscription) -> str:
        """A fingerprint of all but the bytes that decides on what is read: the same bytes may be read otherwise."""
        how = (READING, str(self.zone), subscription.language, subscription.archive)
        return hashlib.sha256(repr(how).encode()).hexdigest()[:16] + ":"

    def request(self, subscription: Subscription) -> Request:
        """What to ask a feed on the web: for what is new, unless what it said before must be read otherwise now."""
        state = self.state(subscription.address)
        if not state.body_hash.startswith(self.reading(subscription)):
            return Request(state.address)
        return Request(state.address, state.etag, state.last_modified)

    def failed(self, subscription: Subscription, error: str) -> Poll:
        title = self.state(subscription.address).title or subscription.title
        return Poll(subscription.address, self.now, error=error, title=title, archive=subscription.archive)

    def read(self, subscription: Subscription, answer: Answer) -> Poll:
        """The poll that an answer amounts to; the same bytes as last time are not parsed again."""
        if answer.error:
            return self.failed(subscription, answer.error)
        state = self.state(subscription.address)
        outcome = Poll(
            subscription.address,
            self.now,
            title=state.title,
            etag=answer.etag,
            last_modified=answer.last_modified,
            body_hash=state.body_hash,
            archive=subscription.archive,
        )
        body_hash = self.reading(subscription) + hashlib.sha256(answer.body).hexdigest()
        if answer.unchanged or body_hash == state.body_hash:
            return replace(outcome, unchanged=True)
        try:
            parsed = parse_feed(
                answer.body,
                address=subscription.address,
                now=self.now,
                zone=self.zone,
                content_type=answer.content_type,
                base=answer.final_address,
                language=subscription.language,
                archive=subscription.archive,
            )
        except FeedError as error:
            return self.failed(subscription, _line(error))
        except Exception as error:  # a fault of ours, met by one feed, must not cost the others their poll
            reason = f"{type(error).__name__} {plain_text(str(error), limit=80)}".rstrip()
            return self.failed(subscription, f"a fault of tracker's own, please report it: {reason}")
        if subscription.archive and parsed.ahead:  # to be read again, although it be the same
            outcome, body_hash = replace(outcome, etag="", last_modified=""), ""
        return replace(outcome, title=parsed.title, items=parsed.items, body_hash=body_hash)


def _poll_file(subscription: Subscription, reader: _Reader, root: Path) -> Poll:
    try:
        body = read_file(subscription.address, root)
    except FeedError as error:
        return reader.failed(subscription, _line(error))
    return reader.read(subscription, Answer(subscription.address, body=body))


async def _poll_web(
    subscriptions: Mapping[str, Subscription], reader: _Reader, limits: Limits, finish: Callable[[Poll], None]
) -> None:
    loop = asyncio.get_running_loop()
    # One thread beside the loop: parsing a large feed must not eat into the time limits of those still on their way.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="parser") as parser:

        async def on_answer(answer: Answer) -> None:
            finish(await loop.run_in_executor(parser, reader.read, subscriptions[answer.address], answer))

        requests = [reader.request(subscription) for subscription in subscriptions.values()]
        await fetch_all(requests, limits, on_answer)


def _line(error: FeedError) -> str:
    """The error without its feed, which the poll names already."""
    return f"{error.what} ({error.mend})" if error.mend else error.what
