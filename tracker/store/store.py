"""How is the database spoken to? Each method is one short transaction, and no two writers are at work at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, text

from tracker.alerts import Turn
from tracker.model import Carried, FeedState, Item, Poll, Role, VerdictRecord, Watch
from tracker.store import alerts, days, fulltext, matches, reading, saving, verdicts
from tracker.store.faults import as_store_errors
from tracker.store.saving import Saved

# Any number will do, as long as every tracker takes the same lock: the letters of "tracker" on a telephone.
_WRITERS_LOCK = 8722537


@contextmanager
def locked_for_writing(engine: Engine, wait_seconds: float) -> Iterator[Connection]:
    """A transaction that no other writer can overlap, committed at the end; it waits `wait_seconds` for its turn."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            patience = f"{round(wait_seconds * 1000)}ms"
            connection.execute(text("SELECT set_config('lock_timeout', :patience, true)"), {"patience": patience})
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _WRITERS_LOCK})
        yield connection


class Store:
    """An open database; `open_store` makes one. Every method may raise StoreError. Safe to share between threads.

    Days begin and end in the time zone with which it was opened.
    """

    def __init__(self, engine: Engine, where: str, wait_seconds: float, zone: tzinfo) -> None:
        self._engine = engine
        self._where = where
        self._wait_seconds = wait_seconds
        self.zone = zone
        self._index_is_current = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def save_polls(self, polls: Sequence[Poll]) -> list[Saved]:
        """Remember what polls of different feeds brought: their items, the feeds' state and watch, all or nothing.

        An item is known by its key, or by another of its names where its feed was known before. Shown with another
        title or summary by a feed that showed it before, it gets a further version, and keeps its first moment and its
        first date: what is said of a date later would change the past. An archive speaks of the past: what it says now
        stands as if it had never said anything else, and what it no longer holds is gone unless another feed carried
        it. A failed poll changes only the feed's state.

        An undated item of a live feed may be of any age, unless its feed was watched when it came: from a poll that
        does not overlap the one before it is left out for good.
        """
        if any(poll.archive for poll in polls):
            self._renew_index()
        with self._write() as connection:
            return saving.save(connection, polls)

    def save_past(self, poll: Poll, proves: tuple[datetime, datetime] | None = None) -> Saved:
        """Remember a document of a feed's past, read as of the moment `poll.at`: its items, and what it proves.

        `proves` is a stretch in which nothing that the feed carried can have slipped through. An item that is stored
        already is no younger than this sighting of it; another wording is an edit where it was seen later than all
        that are known. The feed's state stays as it is.
        """
        self._renew_index()
        with self._write() as connection:
            return saving.save_past(connection, poll, proves)

    def feed_states(self) -> dict[str, FeedState]:
        """What is known of each feed ever polled, by address."""
        with self._read() as connection:
            return reading.feed_states(connection)

    def watches(self, until: date) -> list[Watch]:
        """The stretches of time in which feeds were watched, up to the end of the day `until`."""
        with self._read() as connection:
            return reading.watches_until(connection, until, self.zone)

    def carried(self, since: date, until: date) -> list[Carried]:
        """How many items each feed carried, by source and day, both days included."""
        with self._read() as connection:
            return reading.carried(connection, since, until)

    def items(self, *, since: date | None = None, until: date) -> Iterator[Item]:
        """The items of the days from `since` to `until`, both included, by day and key.

        Each comes in the version that stood at the end of `until`. The first version always stands, even where
        the item was fetched later: it is what the feed says it published then.
        """
        return self._items([], since, until)

    def find(self, clauses: Sequence[frozenset[str]], *, since: date | None = None, until: date) -> Iterator[Item]:
        """The items as `items` has them that hold at least one term of every clause.

        Terms are those of `tracker.text.index_terms`; one that ends in `*` stands for all that it begins.
        """
        self._renew_index()
        return self._items(clauses, since, until)

    def find_versions(self, clauses: Sequence[frozenset[str]]) -> Iterator[Item]:
        """The items in every version, whenever it stood, that holds at least one term of every clause.

        They come in the order in which they were stored.
        """
        self._renew_index()
        with self._read() as connection:
            batches = reading.versions_with(connection, clauses)
        yield from self._loaded(batches)

    def item(self, key: str, until: date | None = None) -> Item | None:
        """One item in its newest version, or in the one that stood at the end of `until`; None if there is none."""
        with self._read() as connection:
            return reading.item(connection, key, until, self.zone)

    def versions(self, key: str) -> list[Item]:
        """Every version of an item, oldest first; empty if there is none of that key."""
        with self._read() as connection:
            return reading.versions_of(connection, key)

    def newest_version(self) -> int:
        """The number of the newest version of any item, 0 when there is none; later ones have higher numbers."""
        with self._read() as connection:
            return matches.newest_version(connection)

    def items_after(self, version: int) -> Iterator[Item]:
        """The items in every version that came after one, in the order in which they came."""
        with self._read() as connection:
            batches = matches.versions_after(connection, version)
        yield from self._loaded(batches)

    def matched_up_to(self) -> dict[str, int]:
        """The newest version that each criterion ever matched has met, by the criterion's fingerprint.

        Empty again after a release that reads words otherwise: then every criterion is new.
        """
        self._renew_index()
        with self._read() as connection:
            return matches.matched_up_to(connection)

    def save_matches(self, found: Iterable[tuple[str, Role, str]], up_to: Mapping[str, int]) -> None:
        """Remember matches (a criterion's fingerprint, role, item key) and how far their criteria have come."""
        with self._write() as connection:
            matches.save(connection, found, up_to)

    def matched(self, fingerprint: str, *, since: date, until: date) -> list[Item]:
        """The items matched to a criterion, by day and key, in the version that stood at the end of `until`."""
        with self._read() as connection:
            return matches.matched(connection, fingerprint, since, until, self.zone)

    def days(self) -> list[tuple[date, str]]:
        """For each day that has items, words that change with anything that is stored of its items; by day."""
        with self._read() as connection:
            return reading.days(connection)

    def count_items(self) -> int:
        """Number of items, whatever their versions."""
        with self._read() as connection:
            return reading.count_items(connection)

    def save_verdicts(self, records: Sequence[VerdictRecord]) -> list[tuple[VerdictRecord | None, VerdictRecord]]:
        """Append the verdicts that say something else than the last of their forecast; returns (before, after) of each.

        That a verdict was asked for on another day (`as_of`, `recorded_at`) is no difference.
        """
        with self._write() as connection:
            return verdicts.append_changed(connection, records)

    def verdicts(self) -> dict[str, VerdictRecord]:
        """The newest verdict of each forecast, by the forecast's id."""
        with self._read() as connection:
            return verdicts.latest(connection)

    def verdicts_since(self, number: int) -> dict[str, VerdictRecord]:
        """The newest verdict of each forecast that has one with a higher number, by the forecast's id."""
        with self._read() as connection:
            return verdicts.since(connection, number)

    def newest_verdict(self) -> int:
        """The number of the newest verdict, 0 when there is none; later ones have higher numbers."""
        with self._read() as connection:
            return verdicts.newest(connection)

    def verdict_history(self, forecast: str) -> list[VerdictRecord]:
        """Every verdict on a forecast, oldest first."""
        with self._read() as connection:
            return verdicts.history(connection, forecast)

    def verdict_histories(self) -> dict[str, list[VerdictRecord]]:
        """Every verdict on each forecast by its id, oldest first."""
        with self._read() as connection:
            return verdicts.histories(connection)

    def turns(self) -> list[Turn]:
        """Every verdict that stands otherwise than the one before it, in the order in which they were recorded."""
        with self._read() as connection:
            return alerts.turns(connection)

    def alerts_sent(self) -> set[str]:
        """The keys of all that was ever told."""
        with self._read() as connection:
            return alerts.sent(connection)

    def save_alerts(self, keys: Collection[str], at: datetime) -> None:
        """Write down that these were told."""
        with self._write() as connection:
            alerts.save(connection, keys, at)

    def _items(self, clauses: Sequence[frozenset[str]], since: date | None, until: date) -> Iterator[Item]:
        # The ids first, then their rows by the batch: whoever stops halfway leaves no transaction open.
        with self._read() as connection:
            batches = reading.standing_versions(connection, clauses, since, until, self.zone)
        yield from self._loaded(batches)

    def _loaded(self, batches: Sequence[Sequence[int]]) -> Iterator[Item]:
        for batch in batches:
            with self._read() as connection:
                found = reading.load(connection, batch)
            yield from found

    def _renew_index(self) -> None:
        """Empty an index that a release with another reading of words has made, and forget its matches. Done once."""
        if self._index_is_current:
            return
        with self._read() as connection:
            current = fulltext.is_current(connection)
        if not current:
            with self._write() as connection:
                fulltext.make_anew(connection)
                matches.forget(connection)
        self._index_is_current = True

    def index(self) -> None:
        """Index every item that is not indexed yet: until then `find` reads the words of each."""
        self._renew_index()
        with self._read() as connection:
            behind = fulltext.up_to(connection) < matches.newest_version(connection)
        if behind:
            with self._write() as connection:
                fulltext.catch_up(connection)

    def count_days_anew(self) -> None:
        """Have the days of all items counted in the store's time zone, where another one was used before."""
        with self._read() as connection:
            counted = days.is_counted_in(connection, self.zone)
        if not counted:
            with self._write() as connection:
                days.count_anew(connection, self.zone)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with as_store_errors(self._where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with as_store_errors(self._where), locked_for_writing(self._engine, self._wait_seconds) as connection:
            yield connection
