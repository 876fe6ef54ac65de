"""When is the next pass, and which feeds are due in it? Passes one at a time, until a signal asks to stop."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType

from tracker.errors import LockedError
from tracker.feeds.clean import is_web_address
from tracker.model import FeedState, Subscription

LEAST = timedelta(minutes=1)
"""However soon a feed is due, a pass comes no sooner after the one before, unless it is asked for."""
# So soon after a signal, or after the machine woke, is the wait over.
_NAP_SECONDS = 1.0
_GRACE = timedelta(seconds=2)
_JOB = "the next pass"


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the workspace for as long as the block runs. LockedError when another tracker holds it.

    The operating system gives the lock back when a process ends, however it ends.
    """
    from filelock import FileLock, Timeout

    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(lock, timeout=0)
        held.acquire()
    except Timeout:
        raise LockedError(
            "another tracker is at work in this workspace", mend="wait for it, or stop the other tracker run"
        ) from None
    except OSError as error:
        raise LockedError(f"the lock cannot be written: {error.strerror}", where=str(lock)) from error
    try:
        yield
    finally:
        held.release()


def due(
    subscriptions: Sequence[Subscription], states: Mapping[str, FeedState], every: timedelta, now: datetime
) -> list[Subscription]:
    """The feeds that a pass at `now` should ask, passes being `every` so often. Files are read in each."""
    # A timer that fires a moment early must not find that no feed is due, and leave all of them to the next pass.
    soon = now + min(LEAST, every / 10)
    return [one for one in subscriptions if not is_web_address(one.address) or _due_at(one, states, every, now) <= soon]


def next_pass(
    subscriptions: Sequence[Subscription], states: Mapping[str, FeedState], every: timedelta, now: datetime
) -> datetime:
    """When to make the pass after the one that began at `now`: once a feed is due, and not later than after `every`.

    `states` are those that the pass has left.
    """
    soonest = min((_due_at(one, states, every, now) for one in subscriptions), default=now + every)
    return now + max(min(soonest - now, every), min(LEAST, every))


def _due_at(one: Subscription, states: Mapping[str, FeedState], every: timedelta, now: datetime) -> datetime:
    from tracker.feeds import pace

    return pace.due(states.get(one.address, FeedState(one.address)), every, now)


def _now() -> datetime:
    return datetime.now(UTC)


def repeat(pass_: Callable[[], datetime], every: timedelta, now: Callable[[], datetime] = _now) -> None:
    """Make passes until SIGINT or SIGTERM, each when the one before it says; the pass in hand is finished first.

    No wait is longer than `every`. A pass that outlasts the moment of the next one delays it. Those missed while the
    machine slept are made up for by one, and a clock (`now`) that is set back delays none. What a pass raises ends it.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    # What the passes return or raise, and None for the wish to stop.
    told: SimpleQueue[datetime | BaseException | None] = SimpleQueue()

    def make() -> None:
        try:
            told.put(pass_())
        except BaseException as error:
            told.put(error)

    def stop(number: int, frame: FrameType | None) -> None:
        told.put(None)

    def plan(at: datetime) -> None:
        scheduler.add_job(make, "date", run_date=at, id=_JOB, replace_existing=True)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    scheduler.start()
    try:
        plan(datetime.now(UTC))
        for wait in _ends(told, now, every, overdue=lambda: plan(datetime.now(UTC))):
            plan(datetime.now(UTC) + wait)
    finally:
        scheduler.shutdown(wait=True)
        for number, handler in before.items():
            signal.signal(number, handler)


def _ends(
    told: SimpleQueue[datetime | BaseException | None],
    now: Callable[[], datetime],
    every: timedelta,
    overdue: Callable[[], None],
) -> Iterator[timedelta]:
    """How long to wait after each pass, as it ends. Calls `overdue` when the wait is over and no pass began.

    The scheduler waits for a time of day, which it misses when the machine sleeps or its clock is set back.
    """
    at, longest = datetime.max.replace(tzinfo=UTC), float("inf")
    while True:
        try:
            end = told.get(timeout=_NAP_SECONDS)
        except Empty:
            if now() >= at or time.monotonic() >= longest:
                at, longest = datetime.max.replace(tzinfo=UTC), float("inf")
                overdue()
            continue
        if end is None:
            return
        if isinstance(end, BaseException):
            raise end
        wait = max(timedelta(), min(end - now(), every))
        # A moment's grace: the scheduler is to be first.
        at, longest = end + _GRACE, time.monotonic() + (wait + _GRACE).total_seconds()
        yield wait


def tell_systemd(state: str) -> None:
    """Tell systemd how the service is doing, such as READY=1, where it asks to be told (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
