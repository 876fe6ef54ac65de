"""What has a person decided about a forecast, or about an item for it? With a reason and a name, a JSON object a line.

They are kept as text beside the forecasts, not in the database: deleting the database loses none, and git keeps their
history. Lines are only ever added; a later one replaces an earlier one about the same.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from tracker.errors import LedgerError, LockedError, TrackerError
from tracker.model import Decision, ItemDecision, Place, Status

WAIT_SECONDS = 10.0  # for another tracker to finish its line: a matter of milliseconds

Line = Decision | ItemDecision
"""What a line of the file says."""
_L = TypeVar("_L", Decision, ItemDecision, Line)

# Of a decision on a forecast, and of one on an item: the keys that a line must have, and those that it may have.
_KEYS = ({"forecast", "status", "why", "by", "at"}, {"settled_on"})
_ITEM_KEYS = ({"forecast", "item", "counts", "why", "by", "at"}, {"condition"})
_LONGEST = 100_000  # characters of a line
_MEND = "mend the line by hand, or delete it"


@dataclass(frozen=True)
class Decisions:
    """All that people decided, in the order of the file, and what of it stands."""

    lines: tuple[Line, ...] = ()
    errors: tuple[TrackerError, ...] = ()

    @cached_property
    def standing(self) -> Mapping[str, Decision]:
        """Of each forecast the latest decision, unless it withdraws what was decided.

        The latest is the one with the latest moment (a merge in git may mix the lines), of equal ones the lower.
        """
        latest = {decision.forecast: decision for decision in _by_moment(self.history)}
        return {name: decision for name, decision in latest.items() if decision.status is not None}

    @cached_property
    def on_items(self) -> Mapping[str, tuple[ItemDecision, ...]]:
        """What stands on items, by forecast: of each item the latest word, unless it withdraws the earlier ones."""
        words = (line for line in self.lines if isinstance(line, ItemDecision))
        latest = {(word.forecast, word.item, word.condition): word for word in _by_moment(words)}
        found: dict[str, tuple[ItemDecision, ...]] = {}
        for word in latest.values():
            if word.counts is not None:
                found[word.forecast] = (*found.get(word.forecast, ()), word)
        return found

    @property
    def history(self) -> tuple[Decision, ...]:
        """Every decision on a forecast as a whole."""
        return tuple(line for line in self.lines if isinstance(line, Decision))

    def as_of(self, day: date, zone: tzinfo) -> Decisions:
        """What had been decided by the end of a day in a time zone."""
        made = tuple(line for line in self.lines if line.at.astimezone(zone).date() <= day)
        return Decisions(made, self.errors)

    def of(self, forecast: str) -> tuple[Decision, ...]:
        """What was decided about one forecast as a whole, first to last."""
        return tuple(decision for decision in self.history if decision.forecast == forecast)

    def about(self, forecast: str) -> tuple[Line, ...]:
        """All that was decided about one forecast and its items, first to last."""
        return tuple(line for line in self.lines if line.forecast == forecast)

    def last_by(self, name: str) -> Line | None:
        """The latest word of a person that still stands, on a forecast or an item; None when there is none."""
        standing = {*self.standing.values(), *(word for words in self.on_items.values() for word in words)}
        theirs = [line for line in _by_moment(self.lines) if line.by == name and line in standing]
        return theirs[-1] if theirs else None


def _by_moment(lines: Iterable[_L]) -> list[_L]:
    return sorted(lines, key=lambda line: line.at)


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file, none without one. A broken line is an error with its line, and the others count."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        return Decisions(errors=(LedgerError(f"cannot be read: {error.strerror}", where=str(path)),))
    found: list[Line] = []
    errors: list[TrackerError] = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                found.append(_read(line))
        except LedgerError as error:
            error.where = Place(f"{path.parent.name}/{path.name}", number)
            errors.append(error)
    return Decisions(tuple(found), tuple(errors))


def append_decision(path: Path, decision: Line) -> None:
    """Add a decision at the end of the file, which is made if need be, and wait until the disk has it.

    LedgerError when it would not read back (no reason, no name), LockedError when another tracker keeps writing.
    """
    from filelock import FileLock, Timeout

    line = _written(decision)
    _read(line)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=WAIT_SECONDS), path.open("a+b", buffering=0) as stream:
            end = stream.seek(0, os.SEEK_END)
            if end:
                stream.seek(-1, os.SEEK_END)
                # A line that a crash cut short must not swallow this one as well.
                line = line if stream.read(1) == b"\n" else b"\n" + line
            try:
                while line:  # as much at a time as there is room for
                    line = line[stream.write(line) :]
                os.fsync(stream.fileno())
            except OSError:
                stream.truncate(end)
                raise
    except Timeout as error:
        raise LockedError("another tracker is writing a decision", where=str(path), mend="try again") from error
    except OSError as error:
        raise LedgerError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _written(decision: Line) -> bytes:
    fields: dict[str, object] = {"forecast": decision.forecast}
    if isinstance(decision, ItemDecision):
        fields |= {"item": decision.item, "counts": decision.counts}
    else:
        fields["status"] = decision.status and decision.status.value
    fields |= {
        "why": decision.why,
        "by": decision.by,
        "at": decision.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    if isinstance(decision, ItemDecision):
        if decision.condition:
            fields["condition"] = True
    elif decision.settled_on:
        fields["settled_on"] = decision.settled_on.isoformat()
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _read(line: bytes) -> Line:
    """What one line says; LedgerError without a place when it is not a decision."""
    try:
        fields = json.loads(line[:_LONGEST])
    except (ValueError, RecursionError) as error:
        raise LedgerError("not a decision: the line is not one JSON object", mend=_MEND) from error
    if not isinstance(fields, dict):
        raise LedgerError("not a decision: the line is not one JSON object", mend=_MEND)
    if "item" in fields:
        return _on_item(fields)
    _check_keys(fields, *_KEYS)
    forecast, why, by = (_words(fields, key) for key in ("forecast", "why", "by"))
    return Decision(forecast, _status(fields["status"]), why, by, _moment(fields["at"]), _day(fields.get("settled_on")))


def _on_item(fields: Mapping[str, Any]) -> ItemDecision:
    _check_keys(fields, *_ITEM_KEYS)
    forecast, item, why, by = (_words(fields, key) for key in ("forecast", "item", "why", "by"))
    counts, condition = fields["counts"], fields.get("condition", False)
    if not (counts is None or isinstance(counts, bool)):
        raise LedgerError(f"counts is “{_printable(str(counts))}”", mend="true or false; null withdraws")
    if not isinstance(condition, bool):
        raise LedgerError(f"condition is “{_printable(str(condition))}”", mend="true, or leave it out")
    return ItemDecision(forecast, item, counts, why, by, _moment(fields["at"]), condition)


def _check_keys(fields: Mapping[str, Any], required: Set[str], optional: Set[str]) -> None:
    unknown, missing = fields.keys() - required - optional, required - fields.keys()
    if unknown or missing:
        said = [f"unknown key “{_printable(key)}”" for key in sorted(unknown)]
        raise LedgerError(", ".join(said + [f"{key} is missing" for key in sorted(missing)]), mend=_MEND)


def _words(fields: Mapping[str, Any], key: str) -> str:
    words = fields[key]
    if not isinstance(words, str) or not words.strip():
        raise LedgerError(f"{key} is empty", mend="a decision says what was decided, why, and by whom")
    if _printable(words) != words:
        raise LedgerError(f"{key} holds a control character", mend="write it in plain words")
    return words


def _printable(words: str) -> str:
    """The words without what a terminal would obey or could not show."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") and c != "\n" else c for c in words)


def _status(value: object) -> Status | None:
    try:
        return None if value is None else Status(str(value))
    except ValueError as error:
        known = ", ".join(Status)
        raise LedgerError(f"“{_printable(str(value))}” is not a status", mend=f"{known}; null withdraws") from error


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise LedgerError(f"“{_printable(str(value))}” is not a moment", mend="as in 2025-06-30T12:00:00Z")


def _day(value: object) -> date | None:
    try:
        return None if value is None else date.fromisoformat(str(value))
    except ValueError as error:
        raise LedgerError(f"“{_printable(str(value))}” is not a day", mend="as in 2025-06-30") from error
