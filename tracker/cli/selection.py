"""Which options choose forecasts? The same for every command that lists or scores them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import click

from tracker.cli.context import Day
from tracker.model import Status, Strength
from tracker.report.standing import Selection

_OPTIONS = (
    click.option(
        "--status",
        "statuses",
        type=click.Choice([status.value for status in Status]),
        multiple=True,
        help="Only those that stand so; can be repeated.",
    ),
    click.option(
        "--strength",
        "strengths",
        type=click.Choice([strength.value for strength in Strength]),
        multiple=True,
        help="Only those that the machine settled with evidence of this strength.",
    ),
    click.option(
        "--forecaster", default="", metavar="NAME", help="Only those of a forecaster (a part of the name will do)."
    ),
    click.option("--tag", default="", metavar="TAG", help="Only those with a tag."),
    click.option(
        "--since",
        type=Day(),
        default=date.min,
        metavar="DATE",
        help="Only from articles published on that day or after.",
    ),
    click.option(
        "--until", type=Day(), default=date.max, metavar="DATE", help="Only from articles published up to that day."
    ),
)


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose forecasts; it takes them as one `selection`."""

    @wraps(command)
    def choosing(
        *arguments: Any,  # noqa: ANN401
        statuses: tuple[str, ...],
        strengths: tuple[str, ...],
        forecaster: str,
        tag: str,
        since: date,
        until: date,
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if until < since:
            raise click.UsageError(f"--until {until} lies before --since {since}.")
        selection = Selection(
            frozenset(map(Status, statuses)), frozenset(map(Strength, strengths)), forecaster, tag, since, until
        )
        return command(*arguments, selection=selection, **options)

    found: Callable[..., Any] = choosing
    for option in reversed(_OPTIONS):
        found = option(found)
    return found
