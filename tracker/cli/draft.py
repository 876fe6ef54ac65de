"""`tracker draft`: the queries that would settle a claim, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json
from tracker.cli.forecast_options import text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tracker.draft import Draft
    from tracker.model import Item
    from tracker.preview import Matches
    from tracker.windows import Reading


@dataclass(frozen=True, slots=True)
class Tried:
    """What the queries of a draft find among the stored items. `trouble` says why that could not be seen."""

    stored: int = 0
    matches: tuple[Matches, ...] = ()
    near_misses: tuple[Item, ...] = ()
    trouble: str = ""


@click.command("draft")
@click.argument("claim", callback=text)
@click.option("--window", "phrase", callback=text, metavar="PHRASE", help="When; by default what the claim says.")
@click.option("--published", type=Day(), metavar="DATE", help="The day from which its time is read (default: today).")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def draft_command(context: Context, claim: str, phrase: str | None, published: date | None, as_json: bool) -> int:
    """Draft the queries of a claim, and show what they find.

    \b
    tracker draft "Russia recalls its ambassador from Baku by the end of next year"
    tracker draft "OPEC cuts its output" --window "in 2027" --published 2026-11-30

    The draft is made from the names and the event that the claim tells. Where these are not enough it says what a
    person must look at. Nothing is written: `tracker add` proposes the same draft.
    """
    from tracker.draft import draft
    from tracker.text.language import language_of

    context.refuse_missing_database()
    published = published or context.today
    reading = read_time(claim, phrase, published)
    made = draft(
        claim,
        language=language_of(claim),
        published=published,
        window=reading.window if reading else None,
        concepts=context.concepts,
    )
    tried = try_out(context, claim, made)
    if as_json:
        print_json(_data(claim, made, reading, tried))
        return 0
    from tracker.report.terminal import write

    write(console(), *_page(claim, made, reading, tried))
    return 0


def read_time(claim: str, phrase: str | None, published: date) -> Reading | None:
    """The window of a phrase, or of the last words of time in a claim; None where it has none. WindowError."""
    from tracker.text.language import language_of
    from tracker.windows import find_windows, read_window

    if phrase is not None:
        return read_window(phrase, published)
    found = [one.reading for one in find_windows(claim, published, language_of(claim)) if one.reading]
    return found[-1] if found else None


def try_out(context: Context, claim: str, made: Draft) -> Tried:
    """What a draft's queries find among the stored items."""
    from tracker.errors import StoreError
    from tracker.near_miss import near_misses
    from tracker.query import parse
    from tracker.query.syntax import And

    if not made.topic:
        return Tried(trouble="there is no topic to look for")
    topic = parse(made.topic, context.concepts)
    wanted = {"topic": topic}
    for name, query in (("event", made.event), ("against", made.against)):
        if query:
            wanted[name] = And((topic, parse(query, context.concepts)))
    try:
        stored, matches = context.drafting.matches(topic, wanted)
    except StoreError as error:
        return Tried(trouble=str(error))
    told = {item.key for one in matches[1:] for item in one.items}
    near = near_misses(claim, matches[0].items, told)
    return Tried(stored, matches, tuple(one.item for one in near))


def draft_lines(made: Draft, tried: Tried) -> Iterator[tuple[str, str, Sequence[Item]]]:
    """The parts of a draft: the key of a forecast file, its value with what it finds, and the newest of these items."""
    from tracker.preview import count_words

    found = {one.of: one for one in tried.matches}
    for key in ("topic", "event", "against"):
        query = getattr(made, key)
        if query:
            one = found.get(key)
            told = f"\n{count_words(len(one.items), tried.stored)}" if one else ""
            yield key, f"{query}{told}", one.latest if one and tried.stored else ()
        elif key != "against":
            yield key, "nothing could be drafted", ()
    yield "counts", made.counts, ()
    yield "sources", str(made.sources), ()
    if made.lasts:
        yield "lasts", "yes", ()
    if made.audible is not None:
        yield "audible", "yes" if made.audible else "no", ()
    if made.kind:
        yield "kind", made.kind, ()


def _page(claim: str, made: Draft, reading: Reading | None, tried: Tried) -> list[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("claim", Text(claim, style="bold"))
    table.add_row("window", Text(reading.meaning if reading else "the claim names none: say it with --window"))
    for key, value, latest in draft_lines(made, tried):
        told = Text(value)
        for item in latest:
            told.append(f"\n{item.day}  {item.title}", style="dim")
        table.add_row(key, told)
    if tried.near_misses:
        near = Text("on the topic, close to the claim, not taken by the event:")
        for item in tried.near_misses:
            near.append(f"\n{item.day}  {item.title}", style="dim")
        table.add_row("near misses", near)
    parts: list[RenderableType] = [table, Text()]
    if tried.trouble:
        parts.append(Text(f"not tried: {tried.trouble}", style="yellow"))
    parts += [Text(f"Because {reason}.", style="dim") for reason in made.reasons]
    parts += [Text(f"For a person: {doubt}.", style="yellow") for doubt in made.doubts]
    if not made.ready:
        parts.append(Text("This draft should not settle anything as it is.", style="yellow"))
    return parts


def _data(claim: str, made: Draft, reading: Reading | None, tried: Tried) -> dict[str, Any]:
    from tracker.report.data import item_data, window_data

    return {
        "claim": claim,
        "window": window_data(reading.window) if reading else None,
        "topic": made.topic,
        "event": made.event,
        "against": made.against or None,
        "counts": made.counts,
        "sources": made.sources,
        "lasts": made.lasts,
        "audible": made.audible,
        "kind": made.kind or None,
        "ready": made.ready,
        "doubts": list(made.doubts),
        "reasons": list(made.reasons),
        "stored_items": tried.stored,
        "matches": {
            one.of: {"items": len(one.items), "latest": [item_data(item) for item in one.latest]}
            for one in tried.matches
        },
        "near_misses": [item_data(item) for item in tried.near_misses],
        "not_tried": tried.trouble or None,
    }
