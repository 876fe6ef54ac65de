"""Which forecasts does a workspace hold, and what is wrong with the rest? All files of its folder, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import DuplicateError, NotFoundError, TrackerError
from tracker.ledger.nodes import read_text
from tracker.ledger.schema import Defaults, FileReading, read_file
from tracker.model import Forecast, Place

if TYPE_CHECKING:
    from tracker.query import ConceptLookup


@dataclass(frozen=True, slots=True)
class Ledger:
    """The forecasts that can be judged, every mistake that kept one out, and what looks odd in the accepted ones."""

    forecasts: tuple[Forecast, ...] = ()
    errors: tuple[TrackerError, ...] = ()
    warnings: tuple[TrackerError, ...] = ()


def read_ledger(folder: Path, *, concepts: ConceptLookup | None, defaults: Defaults | None = None) -> Ledger:
    """Read every forecast file of `folder` (a workspace's forecasts/), by name; concepts.yaml is not one.

    Nothing in the folder raises: a mistake becomes an error with its file and line and keeps out only what it
    concerns. Of forecasts that share an id the first stands. Articles' texts are looked up from the folder's parent.
    Without `concepts` the queries are left unread, which most of the time goes into.
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
    for path in paths:
        reading = read_path(path, concepts=concepts, defaults=defaults)
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
    return Ledger(tuple(forecasts), tuple(errors), tuple(warnings))


def read_path(path: Path, *, concepts: ConceptLookup | None, defaults: Defaults) -> FileReading:
    """Read one forecast file of a workspace's forecasts/."""
    file = file_name(path)
    try:
        content = read_text(path, file)
    except TrackerError as error:
        return FileReading(errors=(error,))
    return read_file(content, file, path.parent.parent, concepts, defaults)


def duplicate(name: str, second: Place, first: Place) -> DuplicateError:
    """The error for an id that is used a second time."""
    return DuplicateError(f"the id “{name}” is taken", where=second, mend=f"{first} has it; choose another")


def file_name(path: Path) -> str:
    """What messages call a forecast file: its folder and name, without characters that a terminal would obey."""
    name = f"{path.parent.name}/{path.name}"
    return "".join(c if c.isprintable() else "�" for c in name)


def forecast_files(folder: Path) -> list[Path]:
    """The forecast files of a folder, by name; hidden ones (an editor's) are not. OSError if it cannot be listed."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
    return sorted(path for path in found if path.name != "concepts.yaml" and not path.name.startswith("."))
