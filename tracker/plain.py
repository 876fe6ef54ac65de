"""How does a frozen value of ours become plain data that JSON can hold, and how is it made again?

A dataclass becomes the list of its fields, in their order; what its types say is all that is needed to read it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_Read = Callable[[Any], Any]
_AS_THEY_ARE = (str, int, float, bool)


def plain(value: object) -> Any:  # noqa: ANN401
    """A value of dataclasses, tuples, dates, texts and numbers as JSON can hold it.

    >>> from tracker.model import Place
    >>> plain((Place("oil.yaml", 7), date(2025, 6, 30)))
    [['oil.yaml', 7], '2025-06-30']
    """
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return [plain(getattr(value, name)) for name in _names(value.__class__)]
    return value


@cache
def reader(kind: Any) -> _Read:  # noqa: ANN401
    """What makes a value of a type again from what `plain` made of it. TypeError for a type that is none of ours.

    What it is given must be of that shape: ValueError, TypeError or KeyError where that is noticed.

    >>> from tracker.model import Place
    >>> reader(tuple[Place, ...])([["oil.yaml", 7]])
    (Place(file='oil.yaml', line=7),)
    """
    if kind in _AS_THEY_ARE:
        return _as_it_is
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {member.value: member for member in kind}.__getitem__
    if kind in (date, datetime):
        made: _Read = kind.fromisoformat
        return made
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType) and len(inner) == 2 and NoneType in inner:
        some = reader(next(part for part in inner if part is not NoneType))
        return lambda data: None if data is None else some(data)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        each = reader(inner[0])
        return tuple if each is _as_it_is else lambda data: tuple([each(part) for part in data])
    if origin is tuple:
        several = [reader(part) for part in inner]
        return lambda data: tuple([read(part) for read, part in zip(several, data, strict=True)])
    if is_dataclass(kind):
        return _Dataclass(kind)
    raise TypeError(f"{kind} is not kept as plain data")


class _Dataclass:
    """Makes a dataclass again; its fields' types are looked at when the first one comes, since it may hold its like."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401
        self._kind = kind
        self._to_read: list[tuple[int, _Read]] | None = None

    def __call__(self, data: list[Any]) -> Any:  # noqa: ANN401
        if self._to_read is None:
            hints, names = get_type_hints(self._kind), _names(self._kind)
            readers = [reader(hints[name]) for name in names]
            self._to_read = [(place, read) for place, read in enumerate(readers) if read is not _as_it_is]
        values = list(data)
        for place, read in self._to_read:
            values[place] = read(values[place])
        return self._kind(*values)


def _as_it_is(data: Any) -> Any:  # noqa: ANN401
    return data


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(field.name for field in fields(kind))
