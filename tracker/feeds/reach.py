"""Is there any way to the net at all?

Where there is none, some name servers say so at once and others say nothing, so that each feed would wait out its own
limit. Feeds without a host name, while not one other has answered, are taken for a sign: the rest get a moment longer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

# Guesses on the safe side: nobody follows this many dead hosts and no live one, and of as many live ones the first
# answers sooner.
_NAMELESS = 12
_GRACE_SECONDS = 1.5


class Reach:
    """What the feeds of one poll have learnt of the net, and their limits of time."""

    def __init__(self, grace_seconds: float = _GRACE_SECONDS) -> None:
        self._grace_seconds = grace_seconds
        self._answered = False
        self._nameless: set[str] = set()
        self._clocks: dict[asyncio.Timeout, float] = {}
        self._deadline: float | None = None

    @property
    def lost(self) -> bool:
        """Whether we have given up on the net."""
        return self._deadline is not None and asyncio.get_running_loop().time() >= self._deadline

    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[None]:
        """TimeoutError after so many seconds, or earlier once there seems to be no net."""
        until = asyncio.get_running_loop().time() + seconds
        async with asyncio.timeout_at(min(until, self._deadline or until)) as clock:
            self._clocks[clock] = until
            try:
                yield
            finally:
                del self._clocks[clock]

    def answered(self) -> None:
        """Some host has answered: there is a net."""
        self._answered = True
        if self._deadline is not None:
            self._deadline = None
            for clock, until in self._clocks.items():
                clock.reschedule(until)

    def nameless(self, host: str) -> None:
        """The name of a host could not be found."""
        self._nameless.add(host)
        if len(self._nameless) >= _NAMELESS and not self._answered and self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._grace_seconds
            for clock, until in self._clocks.items():
                clock.reschedule(min(until, self._deadline))
