"""What do the subscribed feeds hold now?

Each feed is one poll with its own outcome: whatever goes wrong with one is that poll's error, and the others go on.
Asking, reading and what the caller does with the outcomes run side by side, so that nobody waits for another.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from tracker.feeds.answer import Answer, Limits
from tracker.feeds.clean import is_web_address
from tracker.feeds.fetch import fetch
from tracker.feeds.outcome import Begun, Reader
from tracker.feeds.worker import PackedFeed, Worker
from tracker.model import FeedState, Poll, Subscription

# No more answers than this wait to be read, nor outcomes to be taken, so that memory stays bounded.
_AHEAD = 128
# Outcomes are handed over together where they come together: what follows is cheaper by the dozen.
_BATCH = 256
_BATCH_ITEMS = 1000
_LINGER_SECONDS = 0.2

# So many documents are read between two looks at the queue, or as many as have so many bytes.
_AT_ONCE = 8
_LARGE = 1_000_000
_MOST_BYTES = 30_000_000

# Reading takes longer than all the rest. Where many documents wait, a second process is worth its start.
_WORKERS = 2
_MANY = 32

_Asked = tuple[Subscription, Answer]
_Outcome = Poll | BaseException | None
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
) -> Generator[list[Poll], None, None]:
    """One poll of each subscription, as they end, some at a time; feeds on the web are left out when `offline`.

    A feed that is to be left alone for now, by its `states` (what is known by address), is left out unless `anyway`.
    `now` (aware) becomes the items' `first_seen`; dates without a zone are read in `zone`, and days are counted in it.
    Paths of files are relative to `root`. Whoever stops taking polls ends the polling.
    """
    reader = Reader(states, now, zone, root, limits.size)
    wanted = {
        one.address: one
        for one in subscriptions
        if not is_web_address(one.address) or not (offline or (reader.rests(one) and not anyway))
    }
    with _polling(wanted, reader, limits) as outcomes:
        yield from _batches(outcomes)


@contextmanager
def _polling(
    subscriptions: Mapping[str, Subscription], reader: Reader, limits: Limits
) -> Iterator[SimpleQueue[_Outcome]]:
    """The queue of outcomes, while threads beside this one ask for the subscriptions, by address, and read."""
    online = [one for address, one in subscriptions.items() if is_web_address(address)]
    answers = _Answers()
    outcomes: SimpleQueue[_Outcome] = SimpleQueue()
    stopped = threading.Event()

    def ask() -> None:
        try:
            may_begin = lambda: answers.has_room and outcomes.qsize() < _AHEAD  # noqa: E731
            fetch(map(reader.request, online), limits, answers.put, may_begin=may_begin, stopped=stopped)
        except BaseException as error:
            outcomes.put(error)
        finally:
            answers.end()

    def read() -> None:
        try:
            for outcome in _read(reader, subscriptions, answers):
                if stopped.is_set():
                    return
                outcomes.put(outcome)
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
        answers.drop()


class _Answers:
    """Answers on their way from the thread that asks to the one that reads."""

    def __init__(self) -> None:
        self._waiting: deque[Answer] = deque()
        self._bytes = self._documents = 0
        self._ended = self._dropped = False
        self._changed = threading.Condition()

    @property
    def has_room(self) -> bool:
        """Whether more are to be asked for. Those on their way may still come: large bodies wait on the disk."""
        return len(self._waiting) < _AHEAD and self._bytes < _MOST_BYTES

    @property
    def waiting(self) -> int:
        """How many documents wait to be read."""
        return self._documents

    def put(self, answer: Answer) -> None:
        """Add an answer."""
        with self._changed:
            if self._dropped and answer.packed:
                answer.packed.close()
            self._waiting.append(answer)
            self._bytes += _size(answer)
            self._documents += answer.packed is not None
            self._changed.notify_all()

    def end(self) -> None:
        """Say that no more answers will come."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def drop(self) -> None:
        """Let go of those that nobody will read any more, and of those to come."""
        with self._changed:
            self._dropped = True
            for answer in self._waiting:
                if answer.packed:
                    answer.packed.close()
            self._waiting.clear()
        self.end()

    def get(self, *, wait: bool) -> list[Answer] | None:
        """Some answers, none where there are none yet and they are not to be waited for; None at the end."""
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: self._ended or self._waiting)
            if self._ended and not self._waiting:
                return None
            taken: list[Answer] = []
            while self._waiting and len(taken) < _AT_ONCE and sum(map(_size, taken)) < _LARGE:
                taken.append(self._waiting.popleft())
                self._bytes -= _size(taken[-1])
                self._documents -= taken[-1].packed is not None
            return taken


def _size(answer: Answer) -> int:
    return answer.packed.size if answer.packed else 0


def _read(reader: Reader, subscriptions: Mapping[str, Subscription], answers: _Answers) -> Iterator[Poll]:
    """The polls that files and answers amount to. While workers read some documents, those before are looked at."""
    files = [one for one in subscriptions.values() if not is_web_address(one.address)]
    with ExitStack() as workers:
        reading: deque[tuple[Worker, list[Begun]]] = deque()
        idle: list[Worker] = []
        asked: Sequence[_Asked] | None = ()
        while asked is not None or reading:
            behind = answers.waiting >= _MANY
            if files:
                asked = [(file := files.pop(0), reader.file(file))]
            elif asked is not None:
                found = answers.get(wait=not reading)
                asked = None if found is None else [(subscriptions[answer.address], answer) for answer in found]
            fresh: list[Begun] = []
            with ExitStack() as bodies:  # closed also where nobody takes further polls
                for _, answer in asked or ():
                    if answer.packed:
                        bodies.callback(answer.packed.close)
                for subscription, answer in asked or ():
                    outcome = reader.begin(subscription, answer)
                    if isinstance(outcome, Poll):
                        yield outcome
                    else:
                        fresh.append(outcome)
            begun: list[Begun] = []
            packed: list[PackedFeed] = []
            if reading and not (fresh and behind and len(reading) < _WORKERS):
                worker, begun = reading.popleft()
                packed = worker.take()
                idle.append(worker)
            if fresh:
                worker = idle.pop() if idle else workers.enter_context(Worker())
                worker.give([one.document for one in fresh])
                reading.append((worker, fresh))
            for one, result in zip(begun, packed, strict=True):
                yield reader.end(one, result)


def _batches(outcomes: SimpleQueue[_Outcome]) -> Iterator[list[Poll]]:
    """The polls as they end, those that end together in one list. Raises what went wrong with the polling."""
    ended = False
    while not ended:
        batch: list[Poll] = []
        until, items = 0.0, 0
        while len(batch) < _BATCH and items < _BATCH_ITEMS and not ended:
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
                items += len(outcome.items)
                batch.append(outcome)
        if batch:
            yield batch
