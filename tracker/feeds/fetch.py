"""What do web servers answer when they are asked for feeds?

One loop asks for all of them, a few at once of each host. Each has its own limits of time, bytes and redirects, so that
none delays the others, and whatever goes wrong with one is a line of words in its answer.
"""

from __future__ import annotations

import selectors
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pycurl

from tracker.errors import FeedError
from tracker.feeds.answer import Answer, Limits, Request
from tracker.feeds.transfer import Transfer, host_of

# Feeds without a host name, while not one other has answered, are taken for a sign that there is no net: the rest get a
# moment longer. Guesses on the safe side: nobody follows this many dead hosts and no live one.
NAMELESS = 12
_GRACE_SECONDS = 1.5
# A host that has had enough (429, 503) is asked for its other feeds one at a time, so many seconds apart.
_SPACING_SECONDS = 1.0
_ENOUGH = {429, 503}
_NO_WAY = {pycurl.E_COULDNT_RESOLVE_HOST, pycurl.E_COULDNT_RESOLVE_PROXY}
_NO_NET = "no internet: no feed has answered"
_TURN_SECONDS = 0.25


def fetch(
    requests: Iterable[Request],
    limits: Limits,
    on_answer: Callable[[Answer], None],
    *,
    may_begin: Callable[[], bool] = lambda: True,
    stopped: threading.Event | None = None,
) -> None:
    """Ask for every feed and hand over each answer as it comes, in no particular order. Raises nothing for a feed.

    A further one is begun only while `may_begin`, so that answers do not pile up; `stopped` ends it all early.
    """
    loop = _Loop(replace(limits, at_once=min(limits.at_once, _most_connections())), on_answer)
    try:
        loop.run(_in_turns(requests), may_begin, stopped or threading.Event())
    finally:
        if loop.is_busy:
            # What is broken off may be looking up a name, which cannot be cancelled and takes half a minute where name
            # servers do not answer. Nobody should wait for that.
            threading.Thread(target=loop.close, daemon=True, name="closing").start()
        else:
            loop.close()


def fetch_one(request: Request, limits: Limits) -> Answer:
    """Ask for one address; its body comes unpacked."""
    found: list[Answer] = []
    fetch([request], limits, found.append)
    answer = found[0]
    if answer.packed is None:
        return answer
    try:
        return replace(answer, packed=None, body=answer.packed.unpack())
    except FeedError as error:
        return replace(answer, packed=None, error=str(error))


def _most_connections() -> int:
    """How many connections this process may have open: each takes two descriptors while it is made."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return 10_000
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(8, (soft - 80) // 3) if soft > 0 else 10_000


def _in_turns(requests: Iterable[Request]) -> list[Request]:
    """The requests in such an order that those to one host are far apart."""
    asked: dict[str, int] = defaultdict(int)
    turns = []
    for request in requests:
        host = host_of(request.address)
        turns.append((asked[host], request))
        asked[host] += 1
    return [request for _, request in sorted(turns, key=lambda turn: turn[0])]


class _Loop:
    """All transfers, driven by the readiness of their sockets."""

    def __init__(self, limits: Limits, on_answer: Callable[[Answer], None]) -> None:
        self._limits = limits
        self._on_answer = on_answer
        self._selector = selectors.DefaultSelector()
        self._multi: Any = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)
        self._timer: float | None = None
        self._idle: list[Any] = []
        self._busy: dict[Any, Transfer] = {}
        self._waiting: dict[str, deque[Transfer]] = defaultdict(deque)
        self._at_host: dict[str, int] = defaultdict(int)
        # Hosts that had enough, and when they may be asked again.
        self._slowed: dict[str, float] = {}
        self._net = _Net()
        # Failures of which only the fate of the others tells whose fault they are.
        self._unreached: list[Answer] = []

    def run(self, requests: Iterable[Request], may_begin: Callable[[], bool], stopped: threading.Event) -> None:
        """Make all transfers."""
        todo = deque(requests)
        while (todo or self._busy or self._waiting) and not stopped.is_set():
            now = time.monotonic()
            if self._net.is_lost(now):
                self._give_up(todo)
                todo.clear()
                break
            self._begin(todo, may_begin, now)
            self._turn()
            self._collect()
        self._release()

    @property
    def is_busy(self) -> bool:
        """Whether some transfers have not ended."""
        return bool(self._busy)

    def close(self) -> None:
        """Let go of every connection."""
        for curl, transfer in self._busy.items():
            self._multi.remove_handle(curl)
            transfer.close()
            curl.close()
        for curl in self._idle:
            curl.close()
        self._multi.close()
        self._selector.close()

    def _begin(self, todo: deque[Request], may_begin: Callable[[], bool], now: float) -> None:
        """Begin as many transfers as the limits allow, those that wait for their host first."""
        for host in list(self._waiting):
            waiting = self._waiting[host]
            while waiting and self._has_room() and self._is_free(host, now) and may_begin():
                self._start(waiting.popleft(), now)
            if not waiting:
                del self._waiting[host]
        while todo and self._has_room() and may_begin():
            transfer = Transfer(todo.popleft(), self._limits)
            if self._is_free(transfer.host, now):
                self._start(transfer, now)
            else:
                self._waiting[transfer.host].append(transfer)

    def _has_room(self) -> bool:
        return len(self._busy) < self._limits.at_once

    def _is_free(self, host: str, now: float) -> bool:
        if host in self._slowed:
            return self._at_host[host] == 0 and now >= self._slowed[host]
        return self._at_host[host] < self._limits.at_once_per_host

    def _start(self, transfer: Transfer, now: float) -> None:
        curl = self._idle.pop() if self._idle else pycurl.Curl()
        try:
            transfer.prepare(curl, now)
        except FeedError as error:
            self._idle.append(curl)
            self._end(transfer, transfer.failed(error.what))
            return
        self._at_host[transfer.host] += 1
        self._busy[curl] = transfer
        self._multi.add_handle(curl)

    def _turn(self) -> None:
        """Wait for a socket or for libcurl's timer, and let libcurl go on."""
        wait = _TURN_SECONDS
        if self._timer is not None:
            wait = max(0.0, min(wait, self._timer - time.monotonic()))
        for key, events in self._selector.select(wait):
            mask = (pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0) | (
                pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
            )
            self._multi.socket_action(key.fd, mask)
        if self._timer is not None and time.monotonic() >= self._timer:
            self._timer = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def _collect(self) -> None:
        """Take what has ended."""
        more = 1
        while more:
            more, well, badly = self._multi.info_read()
            for curl in well:
                self._hop(curl)
            for curl, code, words in badly:
                transfer = self._leave(curl)
                answer = transfer.failed(transfer.broken(code, words, curl))
                self._idle.append(curl)
                if code in _NO_WAY and self._net.unreached(transfer.host, time.monotonic()):
                    transfer.close()
                    self._unreached.append(answer)
                else:
                    self._end(transfer, answer)

    def _hop(self, curl: Any) -> None:  # noqa: ANN401
        transfer = self._leave(curl)
        host = transfer.host
        self._net.answered()
        try:
            answer = transfer.answer(curl)
            if answer is not None and not answer.error and not answer.unchanged:
                answer = replace(answer, packed=transfer.packed())
        except FeedError as error:
            answer = transfer.failed(str(error))
        self._idle.append(curl)
        if transfer.status in _ENOUGH:
            self._slowed[host] = time.monotonic() + _SPACING_SECONDS
        if answer is None:
            self._waiting[transfer.host].append(transfer)
        else:
            self._end(transfer, answer)

    def _leave(self, curl: Any) -> Transfer:  # noqa: ANN401
        transfer = self._busy.pop(curl)
        self._multi.remove_handle(curl)
        now = time.monotonic()
        transfer.pause(now)
        self._at_host[transfer.asked_host] -= 1
        if transfer.asked_host in self._slowed:
            self._slowed[transfer.asked_host] = now + _SPACING_SECONDS
        return transfer

    def _end(self, transfer: Transfer, answer: Answer) -> None:
        transfer.close()
        self._on_answer(answer)

    def _release(self) -> None:
        """Hand over the failures that were held back: where nobody answered at all, the fault is this machine's."""
        for answer in self._unreached:
            error = _NO_NET if self._net.seems_lost else answer.error
            self._on_answer(replace(answer, error=error, ours=not self._net.has_answered))

    def _give_up(self, todo: deque[Request]) -> None:
        """Let all that is under way and all that is to come fail at once: there is no net."""
        left = [*self._busy.values(), *(one for waiting in self._waiting.values() for one in waiting)]
        for transfer in [*left, *(Transfer(request, self._limits) for request in todo)]:
            self._on_answer(transfer.failed(_NO_NET, ours=True))

    def _on_socket(self, event: int, number: int, multi: object, data: object) -> None:
        known = number in self._selector.get_map()
        if event == pycurl.POLL_REMOVE:
            if known:
                self._selector.unregister(number)
            return
        events = (selectors.EVENT_READ if event & pycurl.POLL_IN else 0) | (
            selectors.EVENT_WRITE if event & pycurl.POLL_OUT else 0
        )
        if known:
            self._selector.modify(number, events)
        else:
            self._selector.register(number, events)

    def _on_timer(self, milliseconds: int) -> None:
        self._timer = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000


class _Net:
    """Is there any way to the net at all, going by how the feeds of one poll fare?

    Where there is none, some name servers say so at once and others say nothing, so that each feed would wait out its
    own limit.
    """

    def __init__(self) -> None:
        self.has_answered = False
        self._nameless: set[str] = set()
        self._patience_ends = 0.0

    def answered(self) -> None:
        """Some host has answered: there is a net."""
        self.has_answered = True

    def unreached(self, host: str, now: float) -> bool:
        """Note that there was no way to a host; whether there may be no net."""
        self._nameless.add(host)
        if len(self._nameless) == NAMELESS:
            self._patience_ends = now + _GRACE_SECONDS
        return not self.has_answered

    @property
    def seems_lost(self) -> bool:
        """Whether nobody has answered, and so many hosts had no name that it cannot be theirs."""
        return not self.has_answered and len(self._nameless) >= NAMELESS

    def is_lost(self, now: float) -> bool:
        """Whether to give up."""
        return self.seems_lost and now >= self._patience_ends
