"""What do all commands need? The workspace with its settings, and what is in it, opened when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.database_file import database_file
from tracker.errors import ManyErrors, NotFoundError, StoreError, TrackerError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from tracker.concepts import Concepts
    from tracker.deciding import Person
    from tracker.decisions import Decisions
    from tracker.errors import OpmlError
    from tracker.ledger import Defaults, Ledger
    from tracker.model import Forecast, Subscription
    from tracker.preview import Drafting
    from tracker.store import Store
    from tracker.workspace import Workspace


@dataclass
class Context:
    """The folder and the settings that the command line names, and what follows from them."""

    folder: Path | None
    options: Mapping[str, object]

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace; NotFoundError if there is none."""
        from tracker.workspace import find_workspace

        return find_workspace(Path.cwd(), self.folder).with_options(**self.options)

    @cached_property
    def concepts(self) -> Concepts:
        """The concepts that queries may use."""
        from tracker.concepts import load_concepts

        return load_concepts(self.workspace.concepts_file)

    @property
    def defaults(self) -> Defaults:
        """What holds for forecasts that do not say it."""
        from tracker.ledger import Defaults

        settings = self.workspace.settings
        return Defaults(settings.coverage, settings.lag_days, settings.sources)

    @cached_property
    def ledger(self) -> Ledger:
        """The forecasts, and every mistake in their files."""
        from tracker.ledger import read_ledger

        return read_ledger(
            self.workspace.forecasts,
            concepts=self.concepts,
            defaults=self.defaults,
            remembered=self.workspace.remembered_ledger,
        )

    @cached_property
    def listed(self) -> Ledger:
        """The forecasts with their queries left unread, for commands that only tell of them."""
        from tracker.ledger import read_ledger

        return read_ledger(
            self.workspace.forecasts,
            concepts=None,
            defaults=self.defaults,
            remembered=self.workspace.remembered_ledger,
        )

    @cached_property
    def decisions(self) -> Decisions:
        """What people decided."""
        from tracker.decisions import read_decisions

        return read_decisions(self.workspace.decisions)

    @property
    def drafting(self) -> Drafting:
        """Where new forecasts are drafted."""
        from tracker.preview import Drafting

        return Drafting(self.workspace.root, self.concepts, self.defaults, self.ledger.forecasts, self.store)

    def person(self, name: str) -> Person:
        """The person who decides, now. UsageError when there is no name."""
        from tracker.deciding import Person

        return Person(name, self.now, self.today)

    @contextmanager
    def store(self, *, made: bool = False, wait_seconds: float = 30) -> Iterator[Store]:
        """The database, open for as long as the block runs; a writer waits so long for its turn.

        One that is not there yet is `made`, or else an empty one stands in for it: who only reads needs no right to
        write. StoreError as `refuse_missing_database`, and where it cannot be opened.
        """
        from tempfile import TemporaryDirectory

        from tracker.store import open_store
        from tracker.workspace import DEFAULT

        url = self.workspace.database
        with ExitStack() as until_closed:
            if made and self.workspace.settings.origin("database") == DEFAULT:
                self.workspace.make_data_folder()
            if not made:
                self.refuse_missing_database()
                file = database_file(url)
                if file is not None and not file.exists():
                    url = f"sqlite:///{until_closed.enter_context(TemporaryDirectory())}/empty.sqlite"
            yield until_closed.enter_context(open_store(url, wait_seconds=wait_seconds, zone=self.zone))

    def refuse_missing_database(self) -> None:
        """Refuse to read a database that the command line names and that is not there: its path may be mistyped.

        That of the workspace is not there before the first check. StoreError.
        """
        from tracker.workspace import OPTION

        file = database_file(self.workspace.database)
        if self.workspace.settings.origin("database") == OPTION and file is not None and not file.exists():
            mend = "look for a slip in its path; tracker check makes a new one"
            raise StoreError("there is no database here", where=str(file), mend=mend)

    def forecast(self, name: str) -> Forecast:
        """The forecast of an id, or of the one id that begins so. NotFoundError otherwise."""
        ids = [forecast.id for forecast in self.ledger.forecasts]
        found = [forecast for forecast in self.ledger.forecasts if forecast.id == name]
        if name:
            found = found or [forecast for forecast in self.ledger.forecasts if forecast.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(
                f"“{name}” begins several ids", mend=", ".join(forecast.id for forecast in found[:5]) + "?"
            )
        self.tell_mistakes()
        from difflib import get_close_matches

        near = get_close_matches(name, ids, n=1)
        raise NotFoundError(
            f"no forecast “{name}”", mend=f"did you mean {near[0]}?" if near else "tracker list shows the ids"
        )

    @cached_property
    def subscriptions(self) -> tuple[list[Subscription], list[OpmlError]]:
        """The feeds that are followed, and every mistake in their list; none when there is no list."""
        from tracker.feeds.opml import read_outlines

        return read_outlines(self.workspace.opml) if self.workspace.opml.is_file() else ([], [])

    def tell_mistakes(self, ledger: Ledger | None = None) -> int:
        """Tell every mistake in the forecast files and decisions on standard error; their number."""
        return self.tell([*(ledger or self.ledger).errors, *self.decisions.errors])

    @staticmethod
    def tell(errors: Sequence[TrackerError]) -> int:
        """Tell mistakes on standard error; their number."""
        for error in errors:
            for one in error.errors if isinstance(error, ManyErrors) else (error,):
                click.echo(f"error: {one}", err=True)
        return len(errors)

    def refuse_future(self, day: date | None) -> None:
        """Refuse a day that has not come: nothing is known of it. UsageError."""
        if day is not None and day > self.today:
            raise click.UsageError(f"--as-of {day} lies in the future.")

    @property
    def now(self) -> datetime:
        """The moment."""
        return datetime.now(UTC)

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return self.workspace.zone

    @property
    def today(self) -> date:
        """The day, in the workspace's time zone."""
        return self.workspace.today(self.now)


pass_context = click.make_pass_decorator(Context)


class Day(click.ParamType[date]):
    """A calendar day as an option's value."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> date:  # noqa: ANN401
        """The day that YYYY-MM-DD names."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day; write it as 2025-09-01", param, context)


def console(*, stderr: bool = False) -> Console:
    """Where to print: colours on a terminal only and never with NO_COLOR, 80 columns where there is no terminal."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, emoji=False, markup=False, soft_wrap=False)


def print_json(value: object) -> None:
    """Print JSON: readable, in a fixed order, one newline at the end."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False))
