"""Which words date an event? Reads words.yaml, where they stand as patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.errors import ConfigError

_FILE = "tracker/occurred/words.yaml"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of words.yaml, as explained there; the numbered ones map a number or unit to a pattern."""

    months: Mapping[int, str]
    weekdays: Mapping[int, str]
    days_off: Mapping[int, str]
    counts: Mapping[int, str]
    units: Mapping[str, str]
    others: Mapping[int, str]
    ahead: str
    subordinators: str
    coordinators: str
    not_on: str
    names: str

    def key_of(self, table: str, wording: str) -> Any:
        """The number or unit that a table gives to a wording that its patterns matched."""
        rows: Mapping[Any, str] = getattr(self, table)
        return next(key for key, pattern in rows.items() if re.fullmatch(pattern, wording, re.IGNORECASE))


@cache
def tables() -> Tables:
    """The tables that come with tracker."""
    return read_tables(files("tracker.occurred").joinpath("words.yaml").read_text("utf-8"))


def read_tables(text: str) -> Tables:
    """Tables from YAML. ConfigError for an unknown or missing one, or a pattern that cannot be read."""
    content = yaml.load(text, Loader=yaml.CSafeLoader)
    known = {field.name for field in fields(Tables)}
    for name in content.keys() ^ known:
        mend = "add it" if name in known else f"one of: {', '.join(sorted(known))}"
        raise ConfigError(f"{name!r} is {'missing' if name in known else 'no table'}", where=_FILE, mend=mend)
    for name, table in content.items():
        for pattern in table.values() if isinstance(table, dict) else [table]:
            try:
                re.compile(pattern)
            except (re.error, TypeError) as error:
                raise ConfigError(f"{pattern!r} in {name}: {error}", where=_FILE, mend="write a pattern") from None
    return Tables(**content)
