"""When is the next pass? Passes repeated at an interval, one at a time, until a signal asks to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from tracker.errors import LockedError

_GRACE = timedelta(days=1)


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


def repeat(pass_: Callable[[], None], every: timedelta) -> None:
    """Make a pass now and then one at each interval, until SIGINT or SIGTERM; the pass in hand is finished first.

    A pass that outlasts the interval delays the next one, and those missed meanwhile (or while the machine slept) are
    made up for by one.
    """
    import logging

    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.blocking import BlockingScheduler

    scheduler = BlockingScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(_GRACE.total_seconds())},
    )
    # It would warn of every interval that a long pass outlasts, which is no fault here.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler.add_job(pass_, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC))

    def stop(number: int, frame: FrameType | None) -> None:
        scheduler.shutdown(wait=True)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        scheduler.start()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
