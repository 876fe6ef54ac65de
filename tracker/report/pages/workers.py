"""How are many pages made by several processes, in the order in which they were asked for?

Each is worked out from what is handed over and from what this process held when it began: the workers are its copies.
Where the system cannot copy a process, or there is one processor, everything is made here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from tracker.errors import UsageError

FEWEST = 500
"""Of pages: fewer are made sooner than processes are worth."""
_MOST_WORKERS = 4
_AT_ONCE = 20  # that are handed over together
_AHEAD = 20  # such batches wait at most for who takes the results: memory must not grow with the ledger

_Asked = TypeVar("_Asked")
_Made = TypeVar("_Made")


def side_by_side(make: Callable[[_Asked], _Made], asked: Iterable[_Asked], count: int) -> Iterator[_Made]:
    """What `make` makes of each of about `count` things, in their order; what it raises is raised here.

    `make` may not use the database, whose connections belong to this process, nor change anything that others see.
    UsageError when a worker is killed.
    """
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    if count < FEWEST or workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(make, asked)
        return
    # Pages leave nothing behind that only the collector can free, and looking through a large ledger again and again
    # takes a sixth of the time. What was switched off here is so in the copies.
    collecting = gc.isenabled()
    gc.disable()
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(make,))
    waiting: deque[Future[list[_Made]]] = deque()
    things = iter(asked)
    try:
        while batch := list(islice(things, _AT_ONCE)):
            waiting.append(pool.submit(_made_of_each, batch))
            if len(waiting) > _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise UsageError("a process that makes pages was killed", mend="is there memory enough?") from error
    finally:
        pool.shutdown(cancel_futures=True)
        if collecting:
            gc.enable()


_make: list[Callable[[Any], Any]] = []


def _begin(make: Callable[[Any], Any]) -> None:
    """In a worker: keep what makes pages; it came with the copy, for it cannot be sent. Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _make[:] = [make]


def _made_of_each(batch: list[Any]) -> list[Any]:
    return [_make[0](one) for one in batch]
