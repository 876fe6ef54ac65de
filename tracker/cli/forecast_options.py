"""Which options say what a forecast is? The same for `tracker add` and `tracker edit`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from tracker.ledger.layout import ORDER, REQUIRED, Value
from tracker.model import Expects

OPTIONAL = tuple(key for key in ORDER if key not in REQUIRED)
"""The keys of a forecast file that a forecast may do without."""


def text(context: click.Context, parameter: click.Parameter, value: Any) -> Any:  # noqa: ANN401
    """An option's text as a forecast file can hold it: not empty, in one line, nothing in it that a terminal obeys."""
    if not isinstance(value, str):
        return tuple(text(context, parameter, one) for one in value) if value else value
    words = " ".join(value.split())
    if not words or not words.isprintable():
        raise click.BadParameter("it holds a control character" if words else "it is empty", context, parameter)
    return words


_EXPECTS = click.Choice([expects.value for expects in Expects])
_OPTIONS = (
    click.option("--id", callback=text, metavar="ID", help="Its short name, in kebab-case: oil-above-100."),
    click.option("--forecaster", callback=text, metavar="NAME", help="Who says it."),
    click.option(
        "--quote", callback=text, metavar="TEXT", help="The sentence, word for word as it stands in the article."
    ),
    click.option("--claim", callback=text, metavar="TEXT", help="What is to come true, in one sentence."),
    click.option("--likelihood", callback=text, metavar="WORDS", help="Of the event: quite likely, 70%, 60-70%."),
    click.option(
        "--window", callback=text, metavar="PHRASE", help="When: by the end of 2025, or 2025-07-16/2025-10-15."
    ),
    click.option("--expects", type=_EXPECTS, help="What the forecaster says of the event."),
    click.option("--topic", callback=text, metavar="QUERY", help="Which items are about the right actors."),
    click.option("--event", callback=text, metavar="QUERY", help="Which of them report the event."),
    click.option("--against", callback=text, metavar="QUERY", help="Which of them report what the event rules out."),
    click.option("--sources", type=click.IntRange(1, 100), metavar="COUNT", help="Independent origins needed."),
    click.option("--times", type=click.IntRange(1, 1000), metavar="COUNT", help="Distinct events needed."),
    click.option("--counts", callback=text, metavar="TEXT", help="What would settle it, in words."),
    click.option("--tag", "tags", callback=text, multiple=True, metavar="TAG", help="A tag; may be repeated."),
    click.option("--lasts/--no-lasts", default=None, help="The event, once begun, stands until something ends it."),
    click.option("--audible", type=click.Choice(["yes", "no"]), help="Whether such an event is always reported."),
    click.option("--kind", callback=text, metavar="QUERY", help="Such events, whoever they are of, in any words."),
)


def forecast_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a forecast, by the names of the keys that they set."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def given(options: Mapping[str, Any]) -> dict[str, Value]:
    """What the options say, by the keys of a forecast file and as it stands there."""
    found = {key: options[key] for key in ORDER if options.get(key) not in (None, ())}
    if "tags" in found:
        found["tags"] = list(found["tags"])
    if "audible" in found:
        found["audible"] = found["audible"] == "yes"
    return found


def option_name(key: str) -> str:
    """The option that sets a key.

    >>> option_name("tags"), option_name("claim")
    ('--tag', '--claim')
    """
    return f"--{'tag' if key == 'tags' else key}"
