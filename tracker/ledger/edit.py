"""How does a forecast get into a file, or change in it, with every other byte left as its author wrote it?

The place of each value is known from the parsed nodes, so an edit replaces those characters and no others: comments,
order, quoting and line breaks stay without having to be written anew. What comes out is read before it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tracker.errors import LedgerError, ManyErrors, NotFoundError, TrackerError, UsageError
from tracker.ledger.entries import Defaults, FileReading
from tracker.ledger.files import decode, file_name, forecast_files
from tracker.ledger.layout import ORDER, Value, after_colon, article_block, block, pair
from tracker.ledger.nodes import compose
from tracker.ledger.read import duplicate, read_path
from tracker.ledger.replace import replace_file
from tracker.ledger.schema import read_file
from tracker.model import Article, Forecast, Place

if TYPE_CHECKING:
    from tracker.query import ConceptLookup


def append_forecast(
    path: Path,
    article: Article | None,
    fields: Mapping[str, Value],
    *,
    concepts: ConceptLookup,
    defaults: Defaults | None = None,
) -> Forecast:
    """Add a forecast, given by the keys of a forecast file, at the end of `path` in a workspace's forecasts/.

    A new file begins with `article`; for one that exists it may be None, and must not be another article than the
    file's. TrackerError (ManyErrors for several), and nothing written, when the file would not read back well.
    """
    path = path.absolute()
    if path.suffix not in (".yaml", ".yml") or path.name.startswith((".", "concepts.")):
        raise UsageError(f"{path.name} is not the name of a forecast file", mend="choose a name such as oil.yaml")
    file, before = file_name(path), _bytes(path) if path.exists() else None
    if before is not None:
        text = decode(before, file)
        reading = read_file(text, file, path.parent.parent, concepts, defaults or Defaults())
        _check_article(article, reading, file)
        return _keep(path, before, _appended(text, fields, file), len(reading.entries), concepts, defaults)
    if article is None:
        raise LedgerError("a new file needs its article", where=file, mend="give its title and date")
    text = f"{article_block(article)}forecasts:\n{_item(fields, 2)}\n"
    return _keep(path, None, text, 0, concepts, defaults)


def edit_forecast(
    path: Path,
    name: str,
    changes: Mapping[str, Value | None],
    *,
    concepts: ConceptLookup,
    defaults: Defaults | None = None,
) -> Forecast:
    """Set keys of the forecast whose id is `name`. None takes a key out; of `if` only the keys that are given change.

    NotFoundError when `path` has no such forecast; TrackerError (ManyErrors for several), and nothing written, when the
    file would not read back well.
    """
    path, defaults = path.absolute(), defaults or Defaults()
    before = _bytes(path)
    text = decode(before, file_name(path))
    reading = read_file(text, file_name(path), path.parent.parent, concepts, defaults)
    ids = [entry.id for entry in reading.entries]
    if name not in ids:
        raise NotFoundError(f"no forecast “{name}” in {file_name(path)}", mend="tracker list shows the ids")
    index = ids.index(name)
    for key, value in changes.items():
        text = _changed(text, index, (key,), value, file_name(path))
    return _keep(path, before, text, index, concepts, defaults)


def _keep(
    path: Path,
    before: bytes | None,
    text: str,
    index: int,
    concepts: ConceptLookup,
    defaults: Defaults | None,
) -> Forecast:
    """Write `text` if its forecast number `index` is accepted and no other forecast has changed by it."""
    file, defaults = file_name(path), defaults or Defaults()
    reading = read_file(text, file, path.parent.parent, concepts, defaults)
    entry = reading.entries[index] if index < len(reading.entries) else None
    if entry is None or entry.forecast is None:
        # The text was never saved, so its lines would lead nowhere.
        errors = (*reading.errors, *(entry.errors if entry else ()))
        raise ManyErrors([_elsewhere(error, file, "the forecast as it would be written") for error in errors])
    if before is not None:
        old = read_file(decode(before, file), file, path.parent.parent, concepts, defaults)
        if _others(old, index) != _others(reading, index):
            mend = "the file is written in a way that cannot be edited safely; edit it by hand"
            raise LedgerError("other forecasts would change", where=file, mend=mend)
    for other in forecast_files(path.parent):
        entries = reading.entries if other == path else read_path(other, concepts=concepts, defaults=defaults).entries
        for taken in entries:
            if taken.id == entry.id and taken is not entry:
                raise duplicate(entry.id, Place(file, entry.place.line), taken.place)
    mark = b"\xef\xbb\xbf" if (before or b"").startswith(b"\xef\xbb\xbf") else b""
    replace_file(path, before, mark + text.encode())
    return entry.forecast


def _others(reading: FileReading, index: int) -> list[Forecast]:
    """The accepted forecasts but for number `index`, wherever in the file they stand."""
    kept = [entry for number, entry in enumerate(reading.entries) if number != index]
    return [replace(entry.forecast, place=Place("", 0)) for entry in kept if entry.forecast]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFoundError(f"cannot be read: {error.strerror}", where=file_name(path)) from error


def _elsewhere(error: TrackerError, file: str, where: str) -> TrackerError:
    """The error, saying `where` instead of a line of `file`."""
    if isinstance(error.where, Place) and error.where.file == file:
        error.where = where
    return error


def _check_article(article: Article | None, reading: FileReading, file: str) -> None:
    if reading.article is None:
        raise ManyErrors(reading.errors)
    theirs = reading.article
    if article is not None and (article.title, article.published) != (theirs.title, theirs.published):
        mend = "one file holds the forecasts of one article: choose another file"
        raise LedgerError(f"this file is about “{theirs.title}” of {theirs.published}", where=file, mend=mend)


def _item(fields: Mapping[str, Value], indent: int) -> str:
    """A forecast as an item of a list whose dashes stand at `indent`."""
    return " " * indent + "- " + block(fields, indent + 2).lstrip()


def _appended(text: str, fields: Mapping[str, Value], file: str) -> str:
    """The text with one more forecast after its last."""
    key, items = _pair(compose(text, file), "forecasts", file)
    last = items.value[-1]
    if items.flow_style:
        raise _in_brackets("the forecasts", key, file)
    end = _line_end(text, _end(text, last))
    item = _item(fields, items.start_mark.column)
    return _spliced(text, end, end, f"\n\n{item}" if end < len(text) else f"\n\n{item}\n")


def _changed(text: str, index: int, path: tuple[str, ...], value: Value | None, file: str) -> str:
    """The text with the key at `path` of forecast number `index` set to `value`, or taken out."""
    _, items = _pair(compose(text, file), "forecasts", file)
    mapping = items.value[index]
    for key in path[:-1]:
        _, mapping = _pair(mapping, key, file)
    if mapping.flow_style:
        raise _in_brackets("the forecast", mapping, file)
    name, places = path[-1], {key.value: (key, node) for key, node in mapping.value}
    if value is None:
        return _without(text, mapping, name, file) if name in places else text
    indent = mapping.start_mark.column
    if name not in places:
        earlier = ORDER[: ORDER.index(name)] if name in ORDER else ORDER
        above = [places[key][1] for key in earlier if key in places] or [node for _, node in mapping.value]
        end = _line_end(text, _end(text, above[-1]))
        return _spliced(text, end, end, "\n" + " " * indent + pair(name, value, indent))
    key_node, node = places[name]
    if isinstance(value, Mapping) and isinstance(node, yaml.MappingNode):
        for inner, inner_value in value.items():
            text = _changed(text, index, (*path, inner), inner_value, file)
        return text
    start = text.index(":", key_node.end_mark.index) + 1
    written = after_colon(value, indent, start - key_node.start_mark.index)
    same_line = node.start_mark.line == key_node.end_mark.line and node.start_mark.index > start
    if same_line and not written.startswith("\n"):  # the author may have aligned the values
        start, written = node.start_mark.index, written.removeprefix(" ")
    return _spliced(text, start, _end(text, node), written)


def _without(text: str, mapping: yaml.MappingNode, name: str, file: str) -> str:
    """The text without a key: its whole lines, or what stands between the dash and the next key."""
    keys = [key.value for key, _ in mapping.value]
    number = keys.index(name)
    key, node = mapping.value[number]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    if not text[start : key.start_mark.index].strip():
        return text[:start] + text[_line_end(text, _end(text, node)) :].removeprefix("\r").removeprefix("\n")
    if number + 1 == len(keys):
        raise LedgerError(f"{name} is the only key", where=file, mend="edit the file by hand")
    return text[: key.start_mark.index] + text[mapping.value[number + 1][0].start_mark.index :]


def _pair(node: yaml.Node | None, name: str, file: str) -> tuple[yaml.Node, yaml.CollectionNode]:
    """The key `name` of a block, and the list or block that it holds."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else []:
        if key.value == name and isinstance(value, yaml.CollectionNode) and value.value:
            return key, value
    raise LedgerError(f"{name} holds nothing", where=file, mend="edit the file by hand")


def _in_brackets(what: str, node: yaml.Node, file: str) -> LedgerError:
    where = Place(file, node.start_mark.line + 1)
    return LedgerError(f"{what} is written in brackets", where=where, mend="edit by hand, or write one key per line")


def _end(text: str, node: yaml.Node) -> int:
    """Where a value's last character stands, plus one: a block reaches, for the parser, to the next word after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)
    end: int = node.end_mark.index
    return len(text[:end].rstrip()) if getattr(node, "style", None) in ("|", ">") else end


def _line_end(text: str, position: int) -> int:
    """The end of the line, before its line break; a comment after the value is passed."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end - (text[end - 1] == "\r")


def _spliced(text: str, start: int, end: int, new: str) -> str:
    """The text with [start, end) replaced, in the line breaks that it uses."""
    return text[:start] + (new.replace("\n", "\r\n") if "\r\n" in text else new) + text[end:]
