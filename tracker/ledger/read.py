"""Which forecasts does a workspace hold, and what is wrong with the rest? All files of its folder, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import DuplicateError, NotFoundError, TrackerError
from tracker.ledger.entries import Defaults, FileReading
from tracker.ledger.files import decode, file_name, forecast_files, read_bytes
from tracker.ledger.memory import Memory
from tracker.model import Forecast, Place

if TYPE_CHECKING:
    from tracker.query import ConceptLookup


@dataclass(frozen=True, slots=True)
class Ledger:
    """The forecasts that can be judged, every mistake that kept one out, and what looks odd in the accepted ones."""

    forecasts: tuple[Forecast, ...] = ()
    errors: tuple[TrackerError, ...] = ()
    warnings: tuple[TrackerError, ...] = ()


def read_ledger(
    folder: Path, *, concepts: ConceptLookup | None, defaults: Defaults | None = None, remembered: Path | None = None
) -> Ledger:
    """Read every forecast file of `folder` (a workspace's forecasts/), by name; concepts.yaml is not one.

    Nothing in the folder raises: a mistake becomes an error with its file and line and keeps out only what it
    concerns. Of forecasts that share an id the first stands. Articles' texts are looked up from the folder's parent.
    Without `concepts` the queries are left unread, which most of the time goes into. `remembered` is a file that keeps
    what unchanged files said (see memory.py); then `concepts` must be those of the folder's concepts.yaml.
    """
    folder = folder.absolute()
    try:
        paths = forecast_files(folder)
    except OSError as error:
        reason = f"the forecasts cannot be read: {error.strerror}"
        return Ledger(errors=(NotFoundError(reason, where=str(folder), mend="tracker init DIR makes a workspace"),))
    defaults = defaults or Defaults()
    forecasts: list[Forecast] = []
    errors: list[TrackerError] = []
    warnings: list[TrackerError] = []
    first: dict[str, Place] = {}
    memory = Memory(remembered, folder.parent, defaults, queries=concepts is not None) if remembered else None
    for path in paths:
        reading = read_path(path, concepts=concepts, defaults=defaults, memory=memory)
        errors += reading.errors
        warnings += reading.warnings
        for entry in reading.entries:
            errors += entry.errors
            warnings += entry.warnings
            if entry.id in first:
                errors.append(duplicate(entry.id, entry.place, first[entry.id]))
            elif entry.forecast:
                forecasts.append(entry.forecast)
            if entry.id:
                first.setdefault(entry.id, entry.place)
    if memory:
        memory.save()
    return Ledger(tuple(forecasts), tuple(errors), tuple(warnings))


def read_path(
    path: Path, *, concepts: ConceptLookup | None, defaults: Defaults, memory: Memory | None = None
) -> FileReading:
    """Read one forecast file of a workspace's forecasts/, unless `memory` has what it says."""
    file = file_name(path)
    try:
        content = read_bytes(path, file)
        known = memory.reading(file, content) if memory else None
        if known is not None:
            return known
        text = decode(content, file)
    except TrackerError as error:
        return FileReading(errors=(error,))
    from tracker.ledger.schema import read_file  # takes long to import, and is not needed where all is remembered

    reading = read_file(text, file, path.parent.parent, concepts, defaults)
    if memory:
        memory.keep(file, content, reading)
    return reading


def duplicate(name: str, second: Place, first: Place) -> DuplicateError:
    """The error for an id that is used a second time."""
    return DuplicateError(f"the id “{name}” is taken", where=second, mend=f"{first} has it; choose another")
