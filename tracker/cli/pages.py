"""Which options of `tracker scorecard` write the pages that people publish, and where?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, Day
from tracker.wording import counted

if TYPE_CHECKING:
    from tracker.report.standing import Selection

_OPTIONS = (
    click.option(
        "--html",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Write pages to a folder: a list, one for each forecast and forecaster, a feed. They open from disk.",
    ),
    click.option("--title", metavar="WORDS", help="What the pages call themselves."),
    click.option("--url", metavar="ADDRESS", help="Where the pages will be published, for those who link to them."),
    click.option("--as-of", type=Day(), metavar="DATE", help="The pages as they stood on a day."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pages are asked for: to which folder, and what else was said of them."""

    folder: Path
    title: str | None
    url: str | None
    as_of: date | None


def pages_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that write pages; it takes them as `pages`, None if none are wanted."""

    @wraps(command)
    def choosing(
        *arguments: Any,  # noqa: ANN401
        folder: Path | None,
        title: str | None,
        url: str | None,
        as_of: date | None,
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if folder is None and (title or url or as_of):
            raise click.UsageError("--title, --url and --as-of are about the pages that --html DIR writes.")
        if url and not url.lower().startswith(("http://", "https://")):
            raise click.UsageError(f"--url {url} is not an address of the web: https://example.org/forecasts/")
        pages = Asked(folder, title, url, as_of) if folder else None
        return command(*arguments, pages=pages, **options)

    found: Callable[..., Any] = choosing
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


def write_pages(context: Context, pages: Asked, selection: Selection) -> int:
    """Write the pages, and tell where they are; the exit code."""
    from tracker.gather import watching
    from tracker.judgements import judgements
    from tracker.report.pages.folder import write_folder
    from tracker.report.pages.render import Site
    from tracker.report.pages.site import material, site_files

    context.refuse_future(pages.as_of)
    mistakes = context.tell_mistakes()
    forecasts, workspace = context.ledger.forecasts, context.workspace
    day = pages.as_of or context.today
    decided = context.decisions.as_of(day, context.zone)
    remembered = workspace.remembered_judgements if pages.as_of is None else None  # a replay works all out anew
    names = dict.fromkeys(forecast.forecaster for forecast in forecasts)
    site = Site(pages.title or Site().title, f"{pages.url.rstrip('/')}/" if pages.url else "")
    with context.store() as store:
        watched = watching(store, forecasts, day)
        judged = judgements(store, forecasts, context.concepts, day, decided.on_items, remembered, watched)
        made_of = material(workspace, store, decided, day, watched)
        files = site_files(zip(forecasts, judged, strict=True), names, made_of, site, selection, len(forecasts))
        count = write_folder(pages.folder, files)
    click.echo(f"{counted(count, 'file')} written: open {pages.folder / 'index.html'}")
    return 1 if mistakes else 0
