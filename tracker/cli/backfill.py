"""`tracker backfill`: fetch what was reported before the feeds were followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json
from tracker.errors import NotFoundError, UsageError
from tracker.feeds.clean import printable
from tracker.wording import counted

if TYPE_CHECKING:
    from tracker.backfill import Asking, Found
    from tracker.history.source import Wanted
    from tracker.model import Forecast
    from tracker.store import Store

_SOURCES = ("google", "bing", "gdelt", "archive", "wordpress", "wayback")
# An archive that looks something up among billions of documents takes its time.
_SECONDS = 60.0
_CONNECT_SECONDS = 15.0
_MOST_LINES = 3
"""How many failures of a source, or remarks on one feed, are told one by one."""


@click.command("backfill")
@click.argument("names", metavar="[FORECAST]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="For all forecasts.")
@click.option("--since", type=Day(), metavar="DATE", help="From this day on, not from the opening of the windows.")
@click.option(
    "--source", "sources", type=click.Choice(_SOURCES), multiple=True, help="Only this source; can be repeated."
)
@click.option(
    "--from",
    "paths",
    metavar="PATH",
    multiple=True,
    help="A file or folder instead: Atom, RSS, JSON Feed, CSV, JSONL, packed or not; can be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def backfill_command(
    context: Context,
    names: tuple[str, ...],
    everything: bool,
    since: date | None,
    sources: tuple[str, ...],
    paths: tuple[str, ...],
    as_json: bool,
) -> int:
    """Fetch history for the windows of forecasts: what was reported before the feeds were followed.

    \b
    tracker backfill easing-by-early-autumn-2025
    tracker backfill --all --since 2025-06-01 --source google --source wayback
    tracker backfill --all --from news-2023.csv.gz

    Searches (Google News, Bing News, GDELT) find reports, and prove nothing about what they did not find. The older
    pages of the feeds (archives, WordPress), their copies in the Wayback Machine and files prove that their days were
    watched. It takes a while, as every server is asked slowly; what has been found is kept when it is stopped. The next
    check judges by it.

    Exits with 1 when a forecast file or the list of feeds has a mistake, a file cannot be read, or everything that was
    asked on the web failed, and with 130 when it was stopped.
    """
    from tracker.schedule import alone

    if bool(names) == everything:
        raise click.UsageError("Name the forecasts, or say --all.")
    if paths and sources:
        raise click.UsageError("--from takes files, --source asks the web: choose one.")
    if since is not None and since > context.today:
        raise click.UsageError(f"--since {since} lies in the future.")
    forecasts = list(context.ledger.forecasts) if everything else [context.forecast(name) for name in names]
    forecasts = list({forecast.id: forecast for forecast in forecasts}.values())
    files = [_path(context, words) for words in paths]
    mistakes = context.tell_mistakes() + context.tell(context.subscriptions[1])
    wanted = _wanted(context, forecasts, since)
    report = _Report(wanted, quiet=as_json)
    stopped = False
    with alone(context.workspace.lock), context.store(made=True) as store, _progress() as (on_page, paused):
        found = _found(context, store, forecasts, wanted, sources, files, report.begin(on_page))
        try:
            for one in found:
                with paused():
                    report.tell(one)
        except KeyboardInterrupt:
            stopped = True
        with paused():
            report.end()
    if as_json:
        print_json([_data(one) for one in report.told])
    else:
        click.echo(report.summary(len(forecasts)))
    if stopped:
        click.echo("stopped; what was found is kept, and the same command looks again for the rest", err=True)
        return 130
    return 1 if mistakes or report.failed else 0


def _wanted(context: Context, forecasts: Sequence[Forecast], since: date | None) -> Wanted:
    """The days that the forecasts need; UsageError when there are none."""
    from tracker.backfill import wanted_days
    from tracker.history.source import Wanted

    days = wanted_days(forecasts, since, context.today)
    if days is None:
        whose = "there are no forecasts" if not forecasts else "none of the windows has opened yet"
        raise UsageError(whose, mend="there is no history to fetch")
    if days[0] > days[1]:
        raise UsageError(f"nothing is needed after {days[1]}", mend="name an earlier day with --since")
    return Wanted(*days, zone=context.zone, now=context.now)


def _path(context: Context, words: str) -> Path:
    """The file or folder that is meant, seen from the workspace, else from here, always under one name."""
    root = context.workspace.root.resolve()
    for base in (root, Path.cwd()):
        try:
            path = (base / words).resolve()
            if words and path.exists():
                return path.relative_to(root) if path.is_relative_to(root) else path
        except (OSError, ValueError):  # too long a name, or a null character in it
            break
    raise NotFoundError(f"no file or folder “{words}”", mend="paths start at the workspace or here")


def _found(
    context: Context,
    store: Store,
    forecasts: list[Forecast],
    wanted: Wanted,
    sources: tuple[str, ...],
    files: list[Path],
    on_page: Callable[[Found], None],
) -> Iterator[Found]:
    from tracker import backfill

    if files:
        yield from backfill.backfill_files(store, context.workspace, files, wanted, on_page=on_page)
        return
    chosen = sources or _SOURCES
    yield from backfill.backfill(
        store,
        forecasts,
        context.subscriptions[0],
        context.concepts,
        wanted,
        _asking(context),
        feeds=[source for name, source in backfill.FEED_HISTORIES.items() if name in chosen],
        searches=[source for name, source in backfill.SEARCH_HISTORIES.items() if name in chosen],
        on_page=on_page,
    )


def _asking(context: Context) -> Asking:
    """Asks the web patiently, and the servers of the feeds as the feeds are asked."""
    from urllib.parse import urlsplit

    from tracker.backfill import Asking
    from tracker.feeds.answer import Answer, Request
    from tracker.feeds.fetch import fetch_one
    from tracker.polling import limits

    allowed = replace(limits(context.workspace), seconds=_SECONDS, connect_seconds=_CONNECT_SECONDS)
    feeds = {urlsplit(one.address).netloc: one for one in context.subscriptions[0]}

    def answer(address: str) -> Answer:
        feed = feeds.get(urlsplit(address).netloc)
        if feed is None:
            return fetch_one(Request(address), allowed)
        request = Request(address, user_agent=feed.user_agent, any_certificate=feed.any_certificate)
        return fetch_one(request, allowed)

    return Asking(answer)


@contextmanager
def _progress() -> Iterator[tuple[Callable[[Found], None], Callable[[], AbstractContextManager[None]]]]:
    """Tell what is being read where a person watches, and what silences that while lines are printed."""
    errors = console(stderr=True)
    if not errors.is_terminal:
        yield (lambda found: None), nullcontext
        return
    from rich.text import Text

    with errors.status("") as status:

        def show(found: Found) -> None:
            words = f"{found.source}, {printable(found.subject)}"
            words += f": {counted(found.items, 'item')}" if found.items else ""
            status.update(Text(words, overflow="ellipsis", no_wrap=True))

        @contextmanager
        def paused() -> Iterator[None]:
            status.stop()
            yield
            status.start()

        yield show, paused


class _Report:
    """What every source gave: a line for each feed or search that gave something, one for all that failed."""

    def __init__(self, wanted: Wanted, *, quiet: bool) -> None:
        self._days = f"from {wanted.since} to {wanted.until}"
        self.told: list[Found] = []
        self._quiet = quiet
        self._out = console()
        self._of_source: list[Found] = []
        self._current: Found | None = None

    def begin(self, on_page: Callable[[Found], None]) -> Callable[[Found], None]:
        """`on_page` that keeps what the source in hand has given so far."""

        def keep(found: Found) -> None:
            self._current = found
            on_page(found)

        return keep

    @property
    def failed(self) -> bool:
        """Whether nothing was had because all failed; a file that was named must be read, whatever others hold."""
        from tracker.backfill import FILES

        if any(found.error for found in self.told if found.source == FILES):
            return True
        return bool(self.told) and all(found.error and not found.items for found in self.told)

    def summary(self, forecasts: int) -> str:
        """What came of it all, in a line."""
        if not self.told:
            return "nothing to ask: no feed on the web is followed"
        new = sum(found.new for found in self.told)
        of = counted(forecasts, "forecast")
        return f"{counted(new, 'new item')} for {of}; tracker check judges by them" if new else f"nothing new for {of}"

    def tell(self, found: Found) -> None:
        """Tell what a feed or search gave, if anything; what failed is told when its source ends."""
        self._current = None
        if self._of_source and self._of_source[-1].source != found.source:
            self._end_source()
        self.told.append(found)
        self._of_source.append(found)
        if not (found.items or found.notes or found.proved):
            return
        proves = f", watched for {found.proved:.1f} days" if found.proved else ""
        until = f"; then {found.error}" if found.error else ""
        given = f"{found.new} new of {counted(found.items, 'item')}{proves}{until}"
        self._line(f"{found.source}, {printable(found.subject)}: {given}", "yellow" if found.error else "")
        self._some(found.notes, "dim")

    def end(self) -> None:
        """Tell of the last source, and of the one that was broken off."""
        if self._current is not None and self._current.items:
            self.tell(self._current)
        if self._of_source:
            self._end_source()

    def _end_source(self) -> None:
        ended, self._of_source = self._of_source, []
        failures = [one for one in ended if one.error and not (one.items or one.notes or one.proved)]
        source, asked = ended[0].source, len(ended)
        if failures and len(failures) == asked:
            often = f" for all {asked}, the first time" if asked > 1 else ""
            self._line(f"{source} failed{often}: {failures[0].error}", "yellow")
        elif failures:
            self._line(f"{source}: {len(failures)} of {asked} failed", "yellow")
            self._some([_failure(one) for one in failures], "yellow")
        elif not any(one.items or one.notes or one.proved for one in ended):
            self._line(f"{source}: nothing {self._days}", "dim")

    def _some(self, lines: Sequence[str], style: str) -> None:
        for line in lines[:_MOST_LINES]:
            self._line(f"  {line}", style)
        if len(lines) > _MOST_LINES:
            self._line(f"  and {len(lines) - _MOST_LINES} more", style)

    def _line(self, words: str, style: str) -> None:
        if not self._quiet:
            self._out.print(words, style=style or None, soft_wrap=True)


def _failure(found: Found) -> str:
    subject = printable(found.subject)
    return found.error if found.error.startswith(subject) else f"{subject}: {found.error}"


def _data(found: Found) -> dict[str, object]:
    from tracker.backfill import FEED_HISTORIES, SEARCH_HISTORIES

    names = {source.name: name for name, source in SEARCH_HISTORIES.items()}
    names |= {source.name: name for name, source in FEED_HISTORIES.items()}
    return {
        "source": names.get(found.source, found.source),
        "subject": found.subject,
        "items": found.items,
        "new": found.new,
        "days_watched": round(found.proved, 2),
        "notes": list(found.notes),
        "error": found.error or None,
    }
