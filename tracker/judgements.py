"""What is the verdict on each of many forecasts, when most stand as they stood? Only the others are judged.

A judgement is remembered under a digest of all that it came from: what the forecast asks, its queries with their
concepts, what people said of its items, the program, and all that is stored of the days that it looks at. Those end a
month after the window; what comes later changes nothing, so that a forecast that closed in spring is not judged again
in autumn. What is remembered can be deleted at any time, and whatever is wrong with it, it is as if it were not there.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from tracker.cache_folder import make_cache_folder
from tracker.coverage import BEAT, shifted
from tracker.gather import Watching, match_new, queries_of, watching
from tracker.judging import Judgement, Judging, OnItems
from tracker.match import Queries
from tracker.model import Forecast
from tracker.plain import plain, reader
from tracker.query import ConceptLookup
from tracker.release import fingerprint
from tracker.store import Store
from tracker.store.schema import end_of

FEWEST = 200
"""Of forecasts: fewer are judged faster than anybody would notice."""

# Of the days after a window, those that can still bear on it: its neighbourhood, and the week around its last day.
_AFTER = BEAT + timedelta(days=7)
# What decides on a verdict, by the names of files and folders; a test holds it against what is imported.
_PROGRAM = (
    *("assess", "concepts", "occurred", "query", "resolve", "store", "text", "windows"),
    *("alerts.py", "copies.py", "coverage.py", "errors.py", "evidence.py", "gather.py", "item_decisions.py"),
    *("judgements.py", "judging.py", "match.py", "model.py", "near_miss.py", "origins.py", "origins.yaml", "plain.py"),
    *("rhythm.py", "wording.py"),
)
_AT_ONCE = 200  # judgements that are written together, so that a long pass that is broken off is not lost
_TABLE = "judgements_1"  # another number for another shape
_read = reader(Judgement)


def judgements(
    store: Store,
    forecasts: Sequence[Forecast],
    concepts: ConceptLookup,
    as_of: date,
    on_items: OnItems | None = None,
    remembered: Path | None = None,
    watched: Watching | None = None,
) -> Iterator[Judgement]:
    """The judgement on each forecast as of a day, in their order, from what is stored and what people say of items.

    `remembered` is a file that keeps judgements; without it all are made anew. `watched` is what `watching` says of the
    forecasts, where the caller has it already.
    """
    queries = queries_of(forecasts, concepts)
    match_new(store, {one.fingerprint: one for one in queries.values()})
    judging: Judging | None = None
    memory = _Memory(remembered, store, as_of) if remembered and len(forecasts) >= FEWEST else None
    for forecast in forecasts:
        said = (on_items or {}).get(forecast.id, ())
        asked = [queries[one] for one in (forecast.criterion, forecast.condition) if one is not None]
        digest = memory.digest(forecast, asked, repr(said)) if memory else b""
        found = memory.judgement(forecast, digest) if memory else None
        if found is None:
            if judging is None:
                watched = watched or watching(store, forecasts, as_of)
                judging = Judging(store, concepts, watched, as_of, on_items, queries)
            found = judging.judgement(forecast)
            if memory:
                memory.keep(forecast, digest, found)
        yield found
    if memory:
        memory.save()


class _Memory:
    """The judgements that a file remembers, for the verdicts of one day."""

    def __init__(self, path: Path, store: Store, as_of: date) -> None:
        self._path = path
        self._store = store
        self._as_of = as_of
        self._program = fingerprint(*_PROGRAM)
        self._digests: dict[date, bytes] = {}
        self._known: dict[str, tuple[bytes, bytes]] = {}
        self._fresh: list[tuple[str, bytes, bytes]] = []
        self._watches = store.watches(as_of)
        self._days, self._prefixes = _prefixes(store)
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(f"SELECT forecast, digest, judgement FROM {_TABLE}")  # noqa: S608
            self._known = {name: (digest, data) for name, digest, data in rows}

    def digest(self, forecast: Forecast, queries: Sequence[Queries], said: str) -> bytes:
        """Of all that a judgement on the forecast comes from."""
        asked = (self._program, forecast.id, forecast.asked, [one.fingerprint for one in queries], said)
        return blake2b(repr(asked).encode() + self._past(self._last_day(forecast)), digest_size=16).digest()

    def judgement(self, forecast: Forecast, digest: bytes) -> Judgement | None:
        """The judgement on the forecast, if that is remembered which comes from the same."""
        known = self._known.get(forecast.id)
        if known is None or known[0] != digest:
            return None
        try:
            found: Judgement = _read(json.loads(zlib.decompress(known[1])))
        except (zlib.error, ValueError, TypeError, KeyError, IndexError):
            return None
        verdict = found.verdict
        condition = replace(verdict.condition, as_of=self._as_of) if verdict.condition else None
        return replace(found, verdict=replace(verdict, as_of=self._as_of, condition=condition))

    def keep(self, forecast: Forecast, digest: bytes, judgement: Judgement) -> None:
        """Remember a judgement, where nothing of it would be lost."""
        data = json.dumps(plain(judgement), ensure_ascii=False, separators=(",", ":"))
        with suppress(UnicodeEncodeError):
            if _read(json.loads(data)) == judgement:
                self._fresh.append((forecast.id, digest, zlib.compress(data.encode(), 1)))
        if len(self._fresh) >= _AT_ONCE:
            self.save()

    def save(self) -> None:
        """Write down what is new; nothing where that cannot be."""
        fresh, self._fresh = self._fresh, []
        if not fresh or not make_cache_folder(self._path.parent):
            return
        with suppress(sqlite3.Error, OSError):
            try:
                self._write(fresh)
            except sqlite3.OperationalError:
                return  # another tracker is writing, or the disk is full
            except sqlite3.DatabaseError:
                self._path.unlink()  # broken
                self._write(fresh)

    def _write(self, fresh: Sequence[tuple[str, bytes, bytes]]) -> None:
        columns = "(forecast TEXT PRIMARY KEY, digest BLOB NOT NULL, judgement BLOB NOT NULL)"
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE} {columns}")
            connection.executemany(f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?, ?)", fresh)  # noqa: S608

    def _last_day(self, forecast: Forecast) -> date:
        """The last day of which anything bears on the verdict of this day."""
        asked = filter(None, (forecast.criterion, forecast.condition))
        return min(self._as_of, max(shifted(one.last_report, _AFTER) for one in asked))

    def _past(self, last: date) -> bytes:
        """Of all that is stored of the days until one, and of when feeds were watched until its end."""
        if last not in self._digests:
            end = end_of(last, self._store.zone)
            watched = [(one.address, one.since, min(one.until, end)) for one in self._watches if one.since <= end]
            prefix = self._prefixes[bisect_right(self._days, last)]
            told = f"{last} {self._store.zone} {watched}".encode() + prefix
            self._digests[last] = blake2b(told, digest_size=16).digest()
        return self._digests[last]


def _prefixes(store: Store) -> tuple[list[date], list[bytes]]:
    """The days that have items, and a digest of all that is stored of those before each of them, and of them all."""
    told = blake2b(digest_size=16)
    days, digests = [], [told.digest()]
    for day, words in store.days():
        told.update(words.encode())
        days.append(day)
        digests.append(told.digest())
    return days, digests
