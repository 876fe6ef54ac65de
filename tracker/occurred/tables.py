"""Which words date an event? Reads words.yaml, where they stand as patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import yaml

from tracker.errors import ConfigError

_FILE = "tracker/occurred/words.yaml"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of words.yaml, as explained there; the numbered ones map a number or unit to a pattern."""

    months: Mapping[int, str]
    month_adjectives: Mapping[int, str]
    weekdays: Mapping[int, str]
    days_off: Mapping[int, str]
    counts: Mapping[int, str]
    units: Mapping[str, str]
    seasons: Mapping[int, str]
    others: Mapping[int, str]
    ahead: str
    past: str
    subordinators: str
    coordinators: str
    not_on: str
    joiners: str
    names: str

    def number(self, table: str, wording: str) -> int:
        """The number that a table gives to a wording that one of its patterns matched."""
        rows: Mapping[int, str] = getattr(self, table)
        return next(number for number, pattern in rows.items() if _is(pattern, wording))

    def unit(self, wording: str) -> str:
        """The unit that a wording means: day, week, month or year."""
        return next(unit for unit, pattern in self.units.items() if _is(pattern, wording))


def _is(pattern: str, wording: str) -> bool:
    return re.fullmatch(pattern, " ".join(wording.split()), re.IGNORECASE) is not None


@cache
def tables() -> Tables:
    """The tables that come with tracker."""
    return read_tables(files("tracker.occurred").joinpath("words.yaml").read_text("utf-8"))


def read_tables(text: str) -> Tables:
    """Tables from YAML. ConfigError for an unknown or missing one, or a pattern that cannot be read."""
    content = yaml.load(text, Loader=yaml.CSafeLoader)
    known = {field.name for field in fields(Tables)}
    for name in content.keys() - known:
        raise ConfigError(f"unknown table {name!r}", where=_FILE, mend=f"one of: {', '.join(sorted(known))}")
    for name in known - content.keys():
        raise ConfigError(f"the table {name!r} is missing", where=_FILE, mend="add it")
    for name, table in content.items():
        for pattern in table.values() if isinstance(table, dict) else [table]:
            try:
                re.compile(pattern)
            except (re.error, TypeError) as error:
                raise ConfigError(f"{pattern!r} in {name}: {error}", where=_FILE, mend="write a pattern") from None
    return Tables(**content)
