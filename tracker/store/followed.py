"""How are the feeds doing, and since when were they watched without a gap? Their rows, as some polls leave them.

What is needed of all of them is read at once, and what changes is written at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from tracker.model import Item, Poll, Terms
from tracker.store.reading import in_batches
from tracker.store.schema import NEVER_POLLED, feeds, watches
from tracker.store.watching import Shown, leaves, overlap

_Row = Row[*tuple[Any, ...]]
_NewRow = dict[str, Any]
_BLANK: _NewRow = {"title": "", "etag": "", "last_modified": "", "body_hash": "", "last_success": None, "failures": 0}
_SAYS_NOTHING: _NewRow = {"shown": [], "newest": [], "passed_over": []}
_TERMS = tuple(field.name for field in fields(Terms))


class Followed:
    """The feeds of some polls, each of another feed."""

    def __init__(self, connection: Connection, polls: Sequence[Poll]) -> None:
        self._connection = connection
        addresses = [poll.address for poll in polls]
        self.before: dict[str, _Row] = {}
        for batch in in_batches(addresses):
            found = connection.execute(select(feeds).where(feeds.c.address.in_(batch)))
            self.before.update((row.address, row) for row in found)
        self.numbers = {address: row.id for address, row in self.before.items()}
        self._watches = _last_watches(connection, list(self.numbers.values()))
        self._extended: list[_NewRow] = []
        self._begun: list[_NewRow] = []
        self._shown: list[_NewRow] = []

    def watch(self, poll: Poll, *, overlaps: bool) -> None:
        """Extend the feed's last watch to the poll if it overlapped it, else begin one.

        A watch that reaches beyond the poll was extended by a clock that was ahead, and vouches for nothing after it.
        """
        last = self._watches.get(self.numbers[poll.address])
        before = self.before.get(poll.address)
        if overlaps and last and before and before.last_success and last.until > before.last_success:
            # What was learnt of the past since the last poll reaches beyond it.
            self.vouch(poll, min(before.last_success, poll.at), poll.at)
        elif last is None or not overlaps:
            self._begun.append({"feed": self.numbers[poll.address], "since": poll.at, "until": poll.at})
        else:
            self._extended.append({"number": last.id, "until": max(last.since, poll.at)})

    def vouch(self, poll: Poll, since: datetime, until: datetime) -> None:
        """Take a stretch of the feed's past for watched; it becomes one with those that it touches.

        Two stretches that meet at noon prove the day between them, and a stretch proved again adds nothing.
        """
        feed = self.numbers[poll.address]
        touching = and_(watches.c.feed == feed, watches.c.since <= until, watches.c.until >= since)
        touched = self._connection.execute(select(watches).where(touching).order_by(watches.c.until)).all()
        if not touched:
            self._begun.append({"feed": feed, "since": since, "until": until})
            return
        whole = {"since": min(since, *(row.since for row in touched)), "until": max(until, touched[-1].until)}
        # The live feed's own one stays: it is the one that reaches furthest.
        last = touched[-1].id
        self._connection.execute(delete(watches).where(touching, watches.c.id != last))
        self._connection.execute(update(watches).where(watches.c.id == last).values(whole))

    def show(self, poll: Poll, now: Mapping[str, Item], carried: Set[str]) -> Set[str]:
        """Extend or begin the feed's watch; the keys of the undated items that are left out, since and for good.

        `carried` are the keys shown now that the feed is stored to have shown.
        """
        before = self.before.get(poll.address)
        earlier = Shown(before.shown, before.newest) if before else Shown()
        passed_over = set(before.passed_over) if before else set()
        known = carried | passed_over
        overlapping = overlap(earlier, now)
        self.watch(poll, overlaps=overlapping)
        if not overlapping:
            passed_over |= {key for key, item in now.items() if item.published is None and key not in known}
        left = leaves(earlier, now, known, overlapping=overlapping)
        self._shown.append(
            {
                "number": self.numbers[poll.address],
                "shown": left.keys,
                "newest": left.newest,
                "passed_over": sorted(passed_over),
            }
        )
        return passed_over

    def write(self) -> None:
        """Write what the polls have shown."""
        connection = self._connection
        if self._shown:
            connection.execute(update(feeds).where(feeds.c.id == bindparam("number")), self._shown)
        if self._extended:
            connection.execute(update(watches).where(watches.c.id == bindparam("number")), self._extended)
        if self._begun:
            first = (connection.scalar(select(func.max(watches.c.id))) or 0) + 1
            connection.execute(insert(watches), [row | {"id": first + i} for i, row in enumerate(self._begun)])

    def save_states(self, polls: Sequence[Poll]) -> None:
        """Write down how the polls went, and know their feeds."""
        states = [
            {"number": before.id} | _state(poll, before) for poll in polls if (before := self.before.get(poll.address))
        ]
        if states:
            self._connection.execute(update(feeds).where(feeds.c.id == bindparam("number")), states)
        self._add({poll.address: _state(poll, None) for poll in polls if poll.address not in self.numbers})

    def know(self, poll: Poll) -> None:
        """See that the feed of a document of the past has a row: its items refer to it. Nobody polled it for that."""
        if poll.address not in self.numbers:
            self._add({poll.address: _state(poll, None) | {"last_polled": NEVER_POLLED, "last_success": None}})

    def _add(self, states: Mapping[str, _NewRow]) -> None:
        """Add feeds by their addresses, with their states."""
        if states:
            first = (self._connection.scalar(select(func.max(feeds.c.id))) or 0) + 1
            self.numbers |= {address: first + place for place, address in enumerate(states)}
            rows = [
                _SAYS_NOTHING | state | {"id": self.numbers[address], "address": address}
                for address, state in states.items()
            ]
            self._connection.execute(insert(feeds), rows)


def _state(poll: Poll, before: _Row | None) -> _NewRow:
    """A feed's row after a poll, without what it showed. `before` is its row, if it has one."""
    state = {name: getattr(before, name) for name in _BLANK} if before else dict(_BLANK)
    state |= {"archive": before.archive if before else poll.archive, "last_polled": poll.at, "error": poll.error}
    state |= {name: getattr(poll.terms, name) for name in _TERMS}
    if poll.error:
        return state if poll.ours else state | {"failures": state["failures"] + 1}
    told = {"etag": poll.etag, "last_modified": poll.last_modified, "body_hash": poll.body_hash}
    # An unchanged feed need not repeat what it said; a changed one that is silent has taken its etag back.
    state |= {name: value for name, value in told.items() if value} if poll.unchanged else told
    title = poll.title or state["title"]
    return state | {"title": title, "last_success": poll.at, "failures": 0, "archive": poll.archive}


def _last_watches(connection: Connection, numbers: Sequence[int]) -> dict[int, _Row]:
    """The watch of each feed that reaches furthest: what was learnt later of the past comes after it by number."""
    found: dict[int, _Row] = {}
    for batch in in_batches(numbers):
        query = select(watches).where(watches.c.feed.in_(batch)).order_by(watches.c.until, watches.c.id)
        found.update((row.feed, row) for row in connection.execute(query))
    return found
