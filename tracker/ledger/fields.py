"""Which keys may a block hold, and what do they say? A block of keys to values, with all of its mistakes at once.

A reader of one value raises a TrackerError without a place, and a LedgerError without a subject (“must be yes or no”);
place and key are added here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import yaml

from tracker.errors import LedgerError, ManyErrors, QueryError, TrackerError
from tracker.ledger.nodes import cut_number, kind, place
from tracker.model import Place

MAX_LENGTH = 20_000  # characters of one value: room for the longest query, none for a book

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Key:
    """How the value of a key is read, and what stands for it where it is missing."""

    read: Callable[[yaml.Node], Any]
    required: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Block:
    """The values of a block by key, and where those that were written stand."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]
    place: Place


def read_block(node: yaml.Node, keys: Mapping[str, Key], what: str, file: str) -> Block:
    """The values of a block of keys, which messages call `what`; ManyErrors with every mistake in it."""
    block, errors = read_what_can_be(node, keys, what, file)
    if errors:
        raise ManyErrors(errors)
    return block


def read_what_can_be(
    node: yaml.Node, keys: Mapping[str, Key], what: str, file: str
) -> tuple[Block, tuple[TrackerError, ...]]:
    """As `read_block`, with the mistakes beside the values that are right. LedgerError when it is no block at all.

    A key that is unknown but looks like a required one is not reported a second time as missing.
    """
    if not isinstance(node, yaml.MappingNode):
        mend = "write “key: value” lines, indented"
        raise LedgerError(f"{what} must be a block of keys, not {kind(node)}", where=place(node, file), mend=mend)
    values = {name: key.default for name, key in keys.items() if not key.required}
    places: dict[str, Place] = {}
    errors: list[TrackerError] = []
    meant: set[str] = set()
    for key_node, value_node in node.value:
        name, where = _name(key_node), place(key_node, file)
        if name not in keys:
            error, nearest = _unknown(name, keys, what)
            meant.add(nearest)
        elif name in places:
            error = LedgerError(f"{name} stands twice in {what}, first in line {places[name].line}", mend="keep one")
        else:
            places[name] = where
            value, found = _value(keys[name], name, value_node, file)
            errors.extend(found)
            if not found:
                values[name] = value
            continue
        error.where = where
        errors.append(error)
    for name, key in keys.items():
        if key.required and name not in places and name not in meant:
            errors.append(LedgerError(f"{name} is missing in {what}", where=place(node, file), mend=f"add “{name}: …”"))
    return Block(values, places, place(node, file)), tuple(errors)


def text(read: Callable[[str], Any] = str) -> Callable[[yaml.Node], Any]:
    """A reader of a node that holds one text: white space becomes single spaces, then `read` has it."""
    return lambda node: read(_words(node))


def text_list(node: yaml.Node) -> tuple[str, ...]:
    """The texts of a list."""
    if not isinstance(node, yaml.SequenceNode):
        raise LedgerError(f"must be a list, not {kind(node)}", mend="write it as [one, two]")
    return tuple(_words(child) for child in node.value)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(words: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", words) or not least <= int(words) <= most:
            raise LedgerError(f"must be a whole number from {least} to {most}, not “{words}”")
        return int(words)

    return read


def share(words: str) -> float:
    """A number from 0 to 1, or a percentage.

    >>> share("0.8"), share("80%")
    (0.8, 0.8)
    """
    match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s?(%?)", words)
    value = float(match[1]) / (100 if match[2] else 1) if match else -1.0
    if not 0 <= value <= 1:
        raise LedgerError(f"must be a share from 0 to 1, not “{words}”", mend="write it as 0.8 or 80%")
    return value


def yes_or_no(words: str) -> bool:
    """`yes` or `no`."""
    answers = {"yes": True, "true": True, "no": False, "false": False}
    if words.casefold() not in answers:
        raise LedgerError(f"must be yes or no, not “{words}”")
    return answers[words.casefold()]


def day(words: str) -> date:
    """A day as 2025-06-30, of the years 1900 to 2200 as in windows."""
    mend = "write year-month-day, as in 2025-06-30"
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words) and 1900 <= int(words[:4]) <= 2200:
            return date.fromisoformat(words)
    except ValueError as error:
        raise LedgerError(f"must be a day that exists, not “{words}”: {error}", mend=mend) from error
    raise LedgerError(f"must be a day of the years 1900 to 2200, not “{words}”", mend=mend)


def _words(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise LedgerError(f"must be a text, not {kind(node)}", mend="put a text that begins with a bracket in quotes")
    if cut_number(node):
        mend = "put the whole value in quotes"
        raise LedgerError(f"is cut short: YAML takes “{cut_number(node)}” for a comment", mend=mend)
    words = " ".join(node.value.split())
    if not words or (not node.style and words in ("~", "null")):
        raise LedgerError("is empty", mend="write a value, or leave the key out if it is optional")
    if len(words) > MAX_LENGTH:
        raise LedgerError(f"is longer than {MAX_LENGTH} characters")
    if _CONTROL.search(words):
        raise LedgerError("holds a control character", mend="leave the escape out")
    return words


def _name(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else kind(node)


def _value(key: Key, name: str, node: yaml.Node, file: str) -> tuple[Any, list[TrackerError]]:
    """The value, or what is wrong with it: each with its place, and with the key's name where the words lack it."""
    try:
        return key.read(node), []
    except ManyErrors as many:
        return None, list(many.errors)
    except TrackerError as error:
        if error.where is None:
            error.where = place(node, file)
            # Our own readers say what the key must be; the errors of other parts are sentences.
            if not isinstance(error, QueryError):
                error.what = f"{name}{' ' if isinstance(error, LedgerError) else ': '}{error.what}"
        return None, [error]


def _unknown(name: str, keys: Mapping[str, Key], what: str) -> tuple[LedgerError, str]:
    """The error for an unknown key, and the known key that was probably meant, or nothing."""
    near = get_close_matches(name[:40].casefold(), keys, n=1)
    mend = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(keys)}"
    shown = "".join(c if c.isprintable() else "�" for c in name[:40])
    return LedgerError(f"unknown key “{shown}” in {what}", mend=mend), near[0] if near else ""
