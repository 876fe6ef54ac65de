"""What has a person decided about a forecast? Overrides with a reason and a name, one JSON object on each line.

They are kept as text beside the forecasts, not in the database: deleting the database loses none, and git keeps their
history. Lines are only ever added; a later one replaces an earlier one of the same forecast.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from tracker.errors import LedgerError, LockedError, TrackerError
from tracker.model import Decision, Place, Status

WAIT_SECONDS = 10.0  # for another tracker to finish its line: a matter of milliseconds

_REQUIRED = {"forecast", "status", "why", "by", "at"}
_OPTIONAL = {"settled_on"}
_LONGEST = 100_000  # characters of a line


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every decision in the order of the file, and of each forecast the latest unless it withdraws what was decided."""

    standing: Mapping[str, Decision]
    history: tuple[Decision, ...] = ()
    errors: tuple[TrackerError, ...] = ()

    def as_of(self, day: date, zone: tzinfo) -> Decisions:
        """The decisions that had been made by the end of a day in a time zone."""
        made = tuple(decision for decision in self.history if decision.at.astimezone(zone).date() <= day)
        return Decisions(_standing(made), made, self.errors)

    def of(self, forecast: str) -> tuple[Decision, ...]:
        """What was decided about one forecast, first to last."""
        return tuple(decision for decision in self.history if decision.forecast == forecast)


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file; none when it does not exist. A broken line is an error with its line, the others count.

    The latest is the one with the latest moment (a merge in git may mix the lines), of equal ones the lower.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Decisions({})
    except OSError as error:
        return Decisions({}, errors=(LedgerError(f"cannot be read: {error.strerror}", where=str(path)),))
    history: list[Decision] = []
    errors: list[TrackerError] = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                history.append(_decision(line))
        except LedgerError as error:
            error.where = Place(f"{path.parent.name}/{path.name}", number)
            errors.append(error)
    return Decisions(_standing(history), tuple(history), tuple(errors))


def _standing(history: Iterable[Decision]) -> Mapping[str, Decision]:
    """Of each forecast the latest decision, unless it withdraws what was decided."""
    latest = {decision.forecast: decision for decision in sorted(history, key=lambda decision: decision.at)}
    return {name: decision for name, decision in latest.items() if decision.status is not None}


def append_decision(path: Path, decision: Decision) -> None:
    """Add a decision at the end of the file, which is made if need be, and wait until the disk has it.

    LedgerError when it would not read back (no reason, no name), LockedError when another tracker keeps writing.
    """
    from filelock import FileLock, Timeout

    line = _line(decision)
    _decision(line)
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


def _line(decision: Decision) -> bytes:
    fields = {
        "forecast": decision.forecast,
        "status": decision.status and decision.status.value,
        "why": decision.why,
        "by": decision.by,
        "at": decision.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    if decision.settled_on:
        fields["settled_on"] = decision.settled_on.isoformat()
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _decision(line: bytes) -> Decision:
    """What one line says; LedgerError without a place when it is not a decision."""
    mend = "mend the line by hand, or delete it"
    try:
        fields = json.loads(line[:_LONGEST])
    except (ValueError, RecursionError) as error:
        raise LedgerError("not a decision: the line is not one JSON object", mend=mend) from error
    if not isinstance(fields, dict):
        raise LedgerError("not a decision: the line is not one JSON object", mend=mend)
    unknown, missing = fields.keys() - _REQUIRED - _OPTIONAL, _REQUIRED - fields.keys()
    if unknown or missing:
        said = [f"unknown key “{_printable(key)}”" for key in sorted(unknown)]
        raise LedgerError(", ".join(said + [f"{key} is missing" for key in sorted(missing)]), mend=mend)
    forecast, why, by = (_words(fields, key) for key in ("forecast", "why", "by"))
    return Decision(forecast, _status(fields["status"]), why, by, _moment(fields["at"]), _day(fields.get("settled_on")))


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
