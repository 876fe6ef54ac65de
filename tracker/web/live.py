"""How does everything stand now? The ledger and the standings, in memory until a file or the database changes.

Reading thousands of forecast files for every page would take seconds. Whether any of them changed is told by their
times and sizes; whether a check has come to other verdicts, by the number of the newest one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from tracker.concepts import Concepts, load_concepts
from tracker.decisions import Decisions, read_decisions
from tracker.errors import NotFoundError, OpmlError, TrackerError
from tracker.feeds.opml import read_outlines
from tracker.ledger import Defaults, Ledger, read_ledger
from tracker.ledger.files import forecast_files
from tracker.model import FeedState, Forecast, Subscription, VerdictRecord
from tracker.preview import Drafting
from tracker.report.pages.addresses import slugs_of
from tracker.report.pages.index import IndexPage, index_page
from tracker.report.standing import Standing
from tracker.review import Case, Clock, current, queue
from tracker.store import Store
from tracker.workspace import Workspace


@dataclass(frozen=True)
class Snapshot:
    """The workspace at a moment: what its files said, what the last check said, and what follows from both.

    `verdicts` are those on what the forecasts ask now.
    """

    today: date
    ledger: Ledger
    concepts: Concepts
    decisions: Decisions
    verdicts: Mapping[str, VerdictRecord]

    @cached_property
    def forecasts(self) -> Mapping[str, Forecast]:
        """The forecasts by their ids."""
        return {forecast.id: forecast for forecast in self.ledger.forecasts}

    @cached_property
    def standings(self) -> Sequence[Standing]:
        """How each forecast stands, by its verdict and the decision that stands."""
        decided = self.decisions.standing
        return [
            Standing.of(forecast, self.verdicts.get(forecast.id), decided.get(forecast.id))
            for forecast in self.ledger.forecasts
        ]

    @cached_property
    def index(self) -> IndexPage:
        """The list of all forecasts."""
        return index_page(self.standings, self.today)

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The forecasters' names as parts of addresses."""
        return slugs_of(dict.fromkeys(forecast.forecaster for forecast in self.ledger.forecasts))

    @property
    def mistakes(self) -> Sequence[TrackerError]:
        """Every mistake in the forecast files and the decisions."""
        return [*self.ledger.errors, *self.decisions.errors]


MOST_LOOKED_AT = 10_000
"""Items, for a preview that is made anew with every pause in typing."""

_Signs = tuple[object, ...]
"""What changes when something else does."""


class Live:
    """A workspace and its open store; `now` is the clock. Safe to share between threads."""

    def __init__(self, workspace: Workspace, store: Store, now: Callable[[], datetime]) -> None:
        self.workspace = workspace
        self.store = store
        self._now = now
        self._lock = threading.Lock()
        self._written: _Signs = ()
        self._read: tuple[Ledger, Concepts] | None = None
        self._newest = 0
        self._said: dict[str, VerdictRecord] = {}
        self._current: dict[str, VerdictRecord] = {}
        self._signs: _Signs = ()
        self._snapshot: Snapshot | None = None

    @property
    def now(self) -> datetime:
        """The moment."""
        return self._now()

    @property
    def today(self) -> date:
        """The day, in the workspace's time zone."""
        return self.workspace.today(self.now)

    def snapshot(self) -> Snapshot:
        """How everything stands; read anew where something has changed. TrackerError where it cannot be read."""
        with self._lock:
            written = _signs([self.workspace.concepts_file, *self._forecast_files()])
            newest = self.store.newest_verdict()
            signs = (written, newest, self.today, _signs([self.workspace.decisions]))
            if self._snapshot is None or signs != self._signs:
                ledger, concepts = self._renew(written, newest)
                decisions = read_decisions(self.workspace.decisions)
                self._snapshot = Snapshot(self.today, ledger, concepts, decisions, self._current)
                self._signs = signs
            return self._snapshot

    def _renew(self, written: _Signs, newest: int) -> tuple[Ledger, Concepts]:
        """The ledger and the concepts, read anew if a file has changed; also reads the verdicts that are new."""
        if self._read is None or written != self._written:
            self._read = self._read_ledger()
        ledger = self._read[0]
        if newest < self._newest:  # another database in the place of the one before
            self._newest, self._said = 0, {}
        new = self.store.verdicts_since(self._newest) if newest != self._newest else {}
        self._said = {**self._said, **new}
        if written != self._written or len(new) == len(self._said):
            self._current = current(ledger.forecasts, self._said)
        elif new:
            forecasts = [forecast for forecast in ledger.forecasts if forecast.id in new]
            kept = {name: verdict for name, verdict in self._current.items() if name not in new}
            self._current = {**kept, **current(forecasts, new)}
        self._written, self._newest = written, newest
        return self._read

    def _read_ledger(self) -> tuple[Ledger, Concepts]:
        concepts = load_concepts(self.workspace.concepts_file)
        ledger = read_ledger(
            self.workspace.forecasts,
            concepts=concepts,
            defaults=self.defaults,
            remembered=self.workspace.remembered_ledger,
        )
        return ledger, concepts

    def _forecast_files(self) -> list[Path]:
        try:
            return forecast_files(self.workspace.forecasts)
        except OSError as error:
            what = f"the forecasts cannot be read: {error.strerror}"
            raise NotFoundError(what, where=self.workspace.forecasts.name) from error

    @property
    def defaults(self) -> Defaults:
        """What holds for forecasts that do not say it."""
        settings = self.workspace.settings
        return Defaults(settings.coverage, settings.lag_days, settings.sources)

    def drafting(self, snapshot: Snapshot) -> Drafting:
        """Where new forecasts are drafted."""

        @contextmanager
        def opened() -> Iterator[Store]:
            yield self.store

        root, forecasts = self.workspace.root, snapshot.ledger.forecasts
        return Drafting(root, snapshot.concepts, self.defaults, forecasts, opened, MOST_LOOKED_AT)

    def queue(self, snapshot: Snapshot) -> list[Case]:
        """What needs a person."""
        states = self.store.feed_states()
        feeds = [(feed, states.get(feed.address, FeedState(feed.address))) for feed in self._subscriptions()]
        clock = Clock(self.now, snapshot.today, self.workspace.zone, self.workspace.settings.every)
        return queue(snapshot.ledger.forecasts, snapshot.verdicts, snapshot.decisions.standing, feeds, clock)

    def _subscriptions(self) -> Sequence[Subscription]:
        try:
            return read_outlines(self.workspace.opml)[0] if self.workspace.opml.is_file() else []
        except OpmlError:
            return []  # tracker lint and tracker check tell it; the forecasts can be reviewed all the same


def _signs(paths: Sequence[Path]) -> _Signs:
    """What changes when one of the files does: time and size of each, nothing for one that is not there."""
    found = []
    for path in paths:
        try:
            told = path.stat()
            found.append((path.name, told.st_mtime_ns, told.st_size))
        except OSError:
            found.append((path.name, 0, -1))
    return tuple(found)
