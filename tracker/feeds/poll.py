"""What do the subscribed feeds hold now?

Each feed is one poll with its own outcome: whatever goes wrong with one is that poll's error, and the others go on.
Asking, reading and what the caller does with the outcomes run side by side, so that nobody waits for another.
"""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address
from tracker.feeds.fetch import fetch
from tracker.feeds.local import read_file
from tracker.feeds.pace import Told, address_to_ask, conditions, is_gone, moved, resting, rests
from tracker.feeds.parse import READING
from tracker.feeds.transfer import Answer, Limits, Request
from tracker.feeds.worker import Document, Worker
from tracker.model import FeedState, Poll, Subscription

# No more answers than this wait to be read, nor outcomes to be taken, so that memory stays bounded.
_AHEAD = 64
# Outcomes are handed over together where they come together: what follows is cheaper by the dozen.
_BATCH = 64
_LINGER_SECONDS = 0.05

Outcome = Poll | BaseException | None
"""A poll, what went wrong with the polling as a whole, or the end."""


def poll(
    subscriptions: Sequence[Subscription],
    states: Mapping[str, FeedState],
    *,
    now: datetime,
    zone: tzinfo,
    root: Path,
    offline: bool = False,
    anyway: bool = False,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Iterator[list[Poll]]:
    """One poll of each subscription, as they end, some at a time; feeds on the web are left out when `offline`.

    A feed that is to be left alone for now, by its `states` (what is known by address), is left out unless `anyway`.
    `now` (aware) becomes the items' `first_seen`; dates without a zone are read in `zone`, and days are counted in it.
    Paths of files are relative to `root`. Whoever stops taking polls ends the polling.
    """
    reader = _Reader(states, now, zone, root, limits.size)
    wanted = {
        one.address: one
        for one in subscriptions
        if not is_web_address(one.address) or not (offline or (reader.rests(one) and not anyway))
    }
    with _polling(list(wanted.values()), reader, limits) as outcomes:
        yield from _batches(outcomes)


@contextmanager
def _polling(subscriptions: Sequence[Subscription], reader: _Reader, limits: Limits) -> Iterator[SimpleQueue[Outcome]]:
    """The queue of outcomes, while threads beside this one ask and read."""
    by_address = {one.address: one for one in subscriptions}
    online = [one for one in subscriptions if is_web_address(one.address)]
    answers: SimpleQueue[Answer | None] = SimpleQueue()
    outcomes: SimpleQueue[Outcome] = SimpleQueue()
    stopped = threading.Event()

    def ask() -> None:
        try:
            may_begin = lambda: answers.qsize() < _AHEAD and outcomes.qsize() < _AHEAD  # noqa: E731
            fetch(map(reader.request, online), limits, answers.put, may_begin=may_begin, stopped=stopped)
        except BaseException as error:
            outcomes.put(error)
        finally:
            answers.put(None)

    def read() -> None:
        try:
            with Worker() as worker:
                for one in subscriptions:
                    if not is_web_address(one.address) and not stopped.is_set():
                        outcomes.put(reader.read(one, reader.file(one), worker))
                while not stopped.is_set() and (answer := answers.get()) is not None:
                    outcomes.put(reader.read(by_address[answer.address], answer, worker))
        except BaseException as error:
            outcomes.put(error)
        finally:
            outcomes.put(None)

    # A name server that does not answer holds a thread for half a minute, which nobody should wait for at the end.
    for work, name in ((ask, "asker"), (read, "reader")):
        threading.Thread(target=work, daemon=True, name=name).start()
    try:
        yield outcomes
    finally:
        stopped.set()
        answers.put(None)


def _batches(outcomes: SimpleQueue[Outcome]) -> Iterator[list[Poll]]:
    """The polls as they end, those that end together in one list. Raises what went wrong with the polling."""
    ended = False
    while not ended:
        batch: list[Poll] = []
        until = 0.0
        while len(batch) < _BATCH and not ended:
            try:
                outcome = outcomes.get(timeout=max(0.0, until - monotonic()) if batch else None)
            except Empty:
                break
            if isinstance(outcome, BaseException):
                raise outcome
            if outcome is None:
                ended = True
            else:
                until = until or monotonic() + _LINGER_SECONDS
                batch.append(outcome)
        if batch:
            yield batch


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what was fetched into polls."""

    states: Mapping[str, FeedState]
    now: datetime
    zone: tzinfo
    root: Path
    size: int

    def state(self, subscription: Subscription) -> FeedState:
        return self.states.get(subscription.address) or FeedState(subscription.address)

    def rests(self, subscription: Subscription) -> bool:
        """Whether the feed is to be left alone now."""
        return resting(self.state(subscription).terms, self.now) is not None

    def reading(self, subscription: Subscription) -> str:
        """A fingerprint of all but the bytes that decides on what is read: the same bytes may be read otherwise."""
        how = (READING, str(self.zone), subscription.language, subscription.archive, subscription.timezone)
        return hashlib.sha256(repr(how).encode()).hexdigest()[:16] + ":"

    def request(self, subscription: Subscription) -> Request:
        """What to ask a feed on the web: for what is new, unless what it said before must be read otherwise now."""
        state = self.state(subscription)
        request = Request(
            address_to_ask(state),
            user_agent=subscription.user_agent,
            any_certificate=subscription.any_certificate,
            name=subscription.address,
        )
        if not (state.body_hash.startswith(self.reading(subscription)) and conditions(state, self.now)):
            return request
        return replace(request, etag=state.etag, last_modified=state.last_modified)

    def file(self, subscription: Subscription) -> Answer:
        """What a file holds, as if a server had answered with it."""
        try:
            return Answer(subscription.address, body=read_file(subscription.address, self.root, self.size))
        except FeedError as error:
            return Answer(subscription.address, error=_line(error))

    def read(self, subscription: Subscription, answer: Answer, worker: Worker) -> Poll:
        """The poll that an answer amounts to; the same bytes as last time are not read again."""
        if answer.error:
            return self._failed(subscription, answer, answer.error)
        state = self.state(subscription)
        outcome = Poll(
            subscription.address,
            self.now,
            title=state.title,
            etag=answer.etag,
            last_modified=answer.last_modified,
            body_hash=state.body_hash,
            archive=subscription.archive,
            terms=state.terms,
        )
        if answer.unchanged:
            return self._read(state, answer, replace(outcome, unchanged=True))
        outcome = replace(outcome, terms=replace(state.terms, last_full=self.now))
        body_hash = self.reading(subscription) + hashlib.sha256(answer.body).hexdigest()
        if body_hash == state.body_hash:
            return self._read(state, answer, replace(outcome, unchanged=True))
        try:
            parsed = worker.read(self._document(subscription, answer))
        except FeedError as error:
            return self._failed(subscription, answer, _line(error))
        if subscription.archive and parsed.ahead:  # to be read again, although it be the same
            outcome, body_hash = replace(outcome, etag="", last_modified=""), ""
        terms = replace(outcome.terms, wishes=parsed.wishes.as_json(), lasts=parsed.lasts)
        outcome = replace(outcome, title=parsed.title, items=parsed.items, names=parsed.names, terms=terms)
        return self._read(state, answer, replace(outcome, body_hash=body_hash))

    def _document(self, subscription: Subscription, answer: Answer) -> Document:
        return Document(
            answer.body,
            subscription.address,
            self.now,
            self.zone,
            answer.content_type,
            answer.final_address,
            subscription.language,
            subscription.archive,
            subscription.timezone,
            self.size,
        )

    def _read(self, state: FeedState, answer: Answer, outcome: Poll) -> Poll:
        """The poll of a feed that was read, with the terms on which it is asked from now on."""
        until, because = rests(Told(answer.status, answer.headers), now=self.now, wishes=outcome.terms.wishes)
        moved_to, moved_polls = moved(state, answer.moved_to)
        terms = replace(
            outcome.terms,
            rests_until=until,
            rests_because=because,
            gone=False,
            moved_to=moved_to,
            moved_polls=moved_polls,
        )
        return replace(outcome, terms=terms)

    def _failed(self, subscription: Subscription, answer: Answer, error: str) -> Poll:
        state = self.state(subscription)
        told = Told(answer.status, answer.headers)
        until, because = rests(
            told,
            now=self.now,
            failures=state.failures + 1,
            ours=answer.ours or not is_web_address(subscription.address),
            wishes=state.terms.wishes,
            jitter=random.random(),  # noqa: S311 (no secret)
        )
        if is_gone(told):
            error = f"{error}: it is gone for good, and not asked again"
        terms = replace(state.terms, rests_until=until, rests_because=because, gone=is_gone(told))
        title = state.title or subscription.title
        return Poll(
            subscription.address,
            self.now,
            error=error,
            title=title,
            archive=subscription.archive,
            ours=answer.ours,
            terms=terms,
        )


def _line(error: FeedError) -> str:
    """The error without its feed, which the poll names already."""
    return f"{error.what} ({error.mend})" if error.mend else error.what
