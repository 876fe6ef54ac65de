"""Which keys does a forecast file have, and what becomes of them? One file's text to its article and forecasts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tracker.errors import LedgerError, ManyErrors, TrackerError
from tracker.ledger.articles import article_text
from tracker.ledger.doubts import criterion_doubts, forecast_doubts, place_doubts
from tracker.ledger.entries import Defaults, Entry, FileReading
from tracker.ledger.fields import (
    Block,
    Key,
    day,
    read_block,
    read_what_can_be,
    share,
    text,
    text_list,
    whole,
    yes_or_no,
)
from tracker.ledger.files import MAX_BYTES
from tracker.ledger.nodes import compose, kind, place
from tracker.ledger.quotes import check_quote, plain
from tracker.likelihood import read_likelihood
from tracker.model import Article, Criterion, Expects, Forecast
from tracker.windows import Reading, read_window

if TYPE_CHECKING:
    from tracker.query import ConceptLookup

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a value may need besides its own words.

    `body` is the article's text as quotes are compared with it, None when it has none; `text` is it as it is kept.
    """

    file: str
    root: Path
    concepts: ConceptLookup | None
    defaults: Defaults
    article: Article | None = None
    body: str | None = None
    text: str = ""


def read_file(content: str, file: str, root: Path, concepts: ConceptLookup | None, defaults: Defaults) -> FileReading:
    """Read the text of one forecast file, called `file` in messages, of the workspace `root`.

    Every mistake becomes an error of its own; a broken forecast leaves the others standing, a broken article none.
    """
    try:
        node = compose(content, file)
        if node is None:
            raise LedgerError("the file is empty", where=file, mend="write article: and forecasts:, or delete it")
        top, errors = read_what_can_be(node, _FILE_KEYS, "the file", file)
    except TrackerError as error:
        return FileReading(errors=_flat(error))
    context = _Context(file, root, concepts, defaults)
    warnings: list[TrackerError] = []
    if "article" in top.values:
        try:
            context, warnings = _article(top.values["article"], context)
        except TrackerError as error:
            errors += _flat(error)
    entries = tuple(_entry(item, context) for item in top.values.get("forecasts", ()))
    for item in top.values["left_out"]:
        errors += _left_out(item, context)
    return FileReading(context.article, entries, errors, tuple(warnings))


def _entry(item: yaml.Node, context: _Context) -> Entry:
    pairs = item.value if isinstance(item, yaml.MappingNode) else []
    named = [value for key, value in pairs if key.value == "id" and isinstance(value, yaml.ScalarNode)]
    identity = named[0].value if named and _ID.fullmatch(named[0].value) else ""
    where = place(named[0] if named else item, context.file)
    try:
        forecast, warnings = _forecast(item, context)
    except TrackerError as error:
        return Entry(identity, where, errors=_flat(error))
    return Entry(identity, where, forecast, warnings=tuple(warnings))


def _article(node: yaml.Node, context: _Context) -> tuple[_Context, list[TrackerError]]:
    """The context with the article and its text in it, and what is odd about them."""
    keys = {
        "title": Key(text(), required=True),
        "published": Key(text(day), required=True),
        "url": Key(text(_web_address), default=""),
        "text": Key(text(lambda words: (words, *_body(words, context.root))), default=("", None, "")),
    }
    block = read_block(node, keys, "the article", context.file)
    path, body, kept = block.values["text"]
    article = Article(block.values["title"], block.values["published"], block.values["url"], path)
    warnings: list[TrackerError] = []
    if body is None:
        mend = "keep the article's words in a file and name it under text"
        warnings.append(LedgerError("without the article's text no quote can be checked", where=block.place, mend=mend))
    return replace(context, article=article, body=body, text=kept), warnings


def _forecast(node: yaml.Node, context: _Context) -> tuple[Forecast | None, list[TrackerError]]:
    """The forecast (None when the article is broken), and what is odd about it."""
    keys = {
        "id": Key(text(_kebab), required=True),
        "forecaster": Key(text(), required=True),
        "quote": Key(text(lambda words: _quote(words, context)), required=True),
        "at": Key(text(whole(0, MAX_BYTES))),
        "likelihood": Key(text(read_likelihood), required=True),
        "expects": Key(text(_expects), required=True),
        "window": Key(text(_window(context)), required=True),
        **_criterion_keys(context),
        "coverage": Key(text(share), default=context.defaults.coverage),
        "counts": Key(text(), default=""),
        "tags": Key(text_list, default=()),
        "if": Key(lambda node: _condition(node, context)),
    }
    block = read_block(node, keys, "the forecast", context.file)
    if context.article is None:
        return None, []
    values, condition = block.values, block.values["if"]
    criterion = _criterion(block, values["window"])
    forecast = Forecast(
        id=values["id"],
        forecaster=values["forecaster"],
        quote=values["quote"],
        likelihood=values["likelihood"],
        expects=values["expects"],
        criterion=criterion,
        article=context.article,
        place=block.place,
        condition=_criterion(condition, condition.values["window"] or values["window"]) if condition else None,
        counts=values["counts"],
        tags=values["tags"],
        coverage=values["coverage"],
    )
    found = (
        forecast_doubts(forecast, block)
        + place_doubts(block, context.text)
        + criterion_doubts(criterion, forecast.article, block)
    )
    if condition and forecast.condition:
        found += criterion_doubts(forecast.condition, forecast.article, condition)
    return forecast, found


def _left_out(node: yaml.Node, context: _Context) -> tuple[TrackerError, ...]:
    """What is wrong with a sentence that was left out: nothing is made of it, but it must stand in the article."""
    keys = {
        "quote": Key(text(lambda words: _quote(words, context)), required=True),
        "why": Key(text(), required=True),
    }
    try:
        read_block(node, keys, "the sentence left out", context.file)
    except TrackerError as error:
        return _flat(error)
    return ()


def _condition(node: yaml.Node, context: _Context) -> Block:
    keys = {"window": Key(text(_window(context))), **_criterion_keys(context)}
    return read_block(node, keys, "the condition", context.file)


def _criterion_keys(context: _Context) -> dict[str, Key]:
    """What a forecast and its condition are both judged by, the window aside."""
    query = text(lambda words: _query(words, context.concepts))
    return {
        "claim": Key(text(), required=True),
        "topic": Key(query, required=True),
        "event": Key(query, required=True),
        "against": Key(query, default=""),
        "sources": Key(text(whole(1, 100)), default=context.defaults.sources),
        "times": Key(text(whole(1, 1000)), default=1),
        "lag": Key(text(whole(0, 3650)), default=context.defaults.lag_days),
        "lasts": Key(text(yes_or_no), default=False),
        "audible": Key(text(yes_or_no)),
        "kind": Key(query, default=""),
    }


def _criterion(block: Block, reading: Reading) -> Criterion:
    values = block.values
    return Criterion(
        claim=values["claim"],
        topic=values["topic"],
        event=values["event"],
        window=reading.window,
        against=values["against"],
        window_phrase=reading.phrase,
        sources=values["sources"],
        times=values["times"],
        lag_days=values["lag"],
        lasts=values["lasts"],
        audible=values["audible"],
        kind=values["kind"],
    )


def _as_it_is(node: yaml.Node) -> yaml.Node:
    return node


def _items(first_key: str) -> Callable[[yaml.Node], list[yaml.Node]]:
    """A reader of lists whose items begin with this key."""

    def read(node: yaml.Node) -> list[yaml.Node]:
        if not node.value:
            raise LedgerError("is empty", mend=f"begin each item with “- {first_key}: …”")
        if not isinstance(node, yaml.SequenceNode):
            raise LedgerError(f"must be a list, not {kind(node)}", mend=f"begin each item with “- {first_key}: …”")
        return list(node.value)

    return read


_FILE_KEYS = {
    "article": Key(_as_it_is, required=True),
    "forecasts": Key(_items("id"), required=True),
    # Sentences that only look like forecasts, with the reason, so that nobody takes them for overlooked.
    "left_out": Key(_items("quote"), default=()),
}


def _flat(error: TrackerError) -> tuple[TrackerError, ...]:
    return error.errors if isinstance(error, ManyErrors) else (error,)


def _kebab(words: str) -> str:
    if not _ID.fullmatch(words) or len(words) > 80:
        better = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:80].strip("-") or "oil-above-100-by-2026"
        mend = f"at most 80 small letters and digits, joined by hyphens: {better}"
        raise LedgerError(f"must be short and in kebab-case, not “{words[:80]}”", mend=mend)
    return words


def _expects(words: str) -> Expects:
    try:
        return Expects(words.casefold())
    except ValueError as error:
        what = f"must be “happens” or “does not happen”, not “{words}”"
        raise LedgerError(what, mend="write what the forecaster says of the event") from error


def _web_address(words: str) -> str:
    if not re.match(r"https?://[^\s/]+", words, re.IGNORECASE) or " " in words:
        raise LedgerError(f"must be a web address, not “{words}”", mend="write it with https://, or leave it out")
    return words


def _query(words: str, concepts: ConceptLookup | None) -> str:
    if concepts is not None:
        from tracker.query import parse

        parse(words, concepts)
    return words


def _window(context: _Context) -> Callable[[str], Reading | None]:
    """A reader of windows, which are relative to the article's date: without that date they are left unread."""
    article = context.article
    return lambda words: read_window(words, article.published) if article else None


def _quote(words: str, context: _Context) -> str:
    if context.article and context.body is not None:
        check_quote(words, context.body, context.article.text)
    return words


def _body(path: str, root: Path) -> tuple[str, str]:
    """The article's text as quotes are compared with it, and as it is kept."""
    kept = article_text(path, root)
    return plain(kept), kept
