"""What did a forecast file hold when it was read last? Remembered, so that only what has changed is read as YAML again.

The files stay the source of truth. A reading is remembered under a digest of all that it came from: the bytes of the
file and of its article's text, the defaults, and the program; for queries the workspace's concepts as well. What is
remembered can be deleted at any time. It is a line of JSON for each file, each with a digest of its own, so that a
broken line is no line; files with mistakes are never remembered, they are read anew and told with their lines.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tracker.cache_folder import make_cache_folder
from tracker.errors import LedgerError, TrackerError
from tracker.ledger.entries import Defaults, Entry, FileReading
from tracker.model import Article, Criterion, Expects, Forecast, Likelihood, Place, Window
from tracker.release import fingerprint

FEWEST_BYTES = 100_000
"""Of forecast files: fewer are read faster than anybody would notice."""

# What decides on what a forecast file says.
_PROGRAM = (
    "errors.py",
    "likelihood",
    "model.py",
    "concepts",
    "ledger",
    "query",
    "text",
    "windows",
)


class Memory:
    """The readings that a file remembers, of a workspace `root`. `queries` says whether queries are read as well."""

    def __init__(self, path: Path, root: Path, defaults: Defaults, *, queries: bool) -> None:
        self._path = path
        self._root = root
        self._origin = f"{fingerprint(*_PROGRAM)} {defaults}"
        self._queries = _digest(_content(root / "forecasts" / "concepts.yaml")) if queries else ""
        self._known = dict(_lines(path))
        self._kept: dict[bytes, bytes] = {}
        self._fresh = False
        self._bytes = 0

    def reading(self, file: str, content: bytes) -> FileReading | None:
        """What the file that messages call `file` holds, if that is remembered of these bytes."""
        self._bytes += len(content)
        key = self._key(file, content)
        line = self._known.get(key)
        if line is None:
            return None
        try:
            queries, text_digest, data = json.loads(line)
            reading = _reading(data, file)
        except (ValueError, TypeError, IndexError, KeyError):
            return None
        if self._queries not in ("", queries) or text_digest != self._text_digest(reading):
            return None
        self._kept[key] = line
        return reading

    def keep(self, file: str, content: bytes, reading: FileReading) -> None:
        """Remember what a file holds; not where it has mistakes, nor where anything would be lost."""
        if reading.errors or any(entry.errors for entry in reading.entries):
            return
        data = _data(reading)
        if data is None or not _same(_reading(data, file), reading):
            return
        line = json.dumps([self._queries, self._text_digest(reading), data], ensure_ascii=False, separators=(",", ":"))
        with suppress(UnicodeEncodeError):
            self._kept[self._key(file, content)] = line.encode()
            self._fresh = True

    def save(self) -> None:
        """Write what is remembered, at once or not at all, if it is worth it and there is a folder for it."""
        folder = self._path.parent
        if not self._fresh or self._bytes < FEWEST_BYTES or not make_cache_folder(folder):
            return
        with suppress(OSError):
            holder, name = tempfile.mkstemp(prefix=self._path.name, dir=folder)
            try:
                with os.fdopen(holder, "wb") as stream:
                    stream.writelines(
                        b"%s %s %s\n" % (key, _checked(line), line) for key, line in sorted(self._kept.items())
                    )
                Path(name).replace(self._path)
            finally:
                Path(name).unlink(missing_ok=True)

    def _key(self, file: str, content: bytes) -> bytes:
        return _digest(f"{self._origin} {file}\0".encode(), content).encode()

    def _text_digest(self, reading: FileReading) -> str:
        text = reading.article.text if reading.article else ""
        return _digest(_content(self._root / text)) if text else ""


def _lines(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Every remembered line that is whole, by its key."""
    for line in _content(path).split(b"\n"):
        key, _, rest = line.partition(b" ")
        check, _, data = rest.partition(b" ")
        if data and check == _checked(data):
            yield key, data


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


def _digest(*parts: bytes) -> str:
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def _checked(line: bytes) -> bytes:
    return blake2b(line, digest_size=8).hexdigest().encode()


def _same(one: FileReading, other: FileReading) -> bool:
    """Whether two readings say the same; warnings are compared by their words."""
    return (
        one.article == other.article
        and [(e.id, e.place, e.forecast, _words(e.warnings)) for e in one.entries]
        == [(e.id, e.place, e.forecast, _words(e.warnings)) for e in other.entries]
        and _words(one.warnings) == _words(other.warnings)
    )


def _words(warnings: Sequence[TrackerError]) -> list[tuple[type, str]]:
    return [(type(warning), str(warning)) for warning in warnings]


def _data(reading: FileReading) -> list[Any] | None:
    """A reading as JSON can hold it; None where it holds something that `_reading` could not give back."""
    article = reading.article
    if article is None or not all(entry.forecast for entry in reading.entries):
        return None
    return [
        [article.title, str(article.published), article.url, article.text],
        [_entry_data(entry, entry.forecast) for entry in reading.entries if entry.forecast],
        [_warning_data(warning) for warning in reading.warnings],
    ]


def _entry_data(entry: Entry, forecast: Forecast) -> list[Any]:
    said, condition = forecast.likelihood, forecast.condition
    return [
        entry.place.line,
        forecast.place.line,
        [_warning_data(warning) for warning in entry.warnings],
        forecast.id,
        forecast.forecaster,
        forecast.quote,
        [said.words, said.probability, said.low, said.high],
        forecast.expects.value,
        _criterion_data(forecast.criterion),
        _criterion_data(condition) if condition else None,
        forecast.counts,
        forecast.tags,
        forecast.coverage,
    ]


def _criterion_data(criterion: Criterion) -> list[Any]:
    window = criterion.window
    texts = (criterion.claim, criterion.topic, criterion.event, criterion.against, criterion.window_phrase)
    numbers = (criterion.sources, criterion.times, criterion.lag_days, criterion.lasts, criterion.audible)
    return [str(window.opens), str(window.closes), *texts, *numbers, criterion.kind]


def _warning_data(warning: TrackerError) -> list[Any]:
    return [warning.what, warning.where.line if isinstance(warning.where, Place) else 0, warning.mend]


def _reading(data: list[Any], file: str) -> FileReading:
    (title, published, url, text), entries, warnings = data
    article = Article(title, date.fromisoformat(published), url, text)
    return FileReading(
        article,
        tuple(_entry(values, article, file) for values in entries),
        warnings=tuple(_warning(values, file) for values in warnings),
    )


def _entry(values: list[Any], article: Article, file: str) -> Entry:
    line, begins, warnings, name, forecaster, quote, said, expects, criterion, condition, counts, tags, coverage = (
        values
    )
    forecast = Forecast(
        name,
        forecaster,
        quote,
        Likelihood(*said),
        Expects(expects),
        _criterion(criterion),
        article,
        Place(file, begins),
        _criterion(condition) if condition else None,
        counts,
        tuple(tags),
        coverage,
    )
    return Entry(name, Place(file, line), forecast, warnings=tuple(_warning(told, file) for told in warnings))


def _criterion(values: list[Any]) -> Criterion:
    opens, closes, claim, topic, event, against, phrase, sources, times, lag_days, lasts, audible, kind = values
    window = Window(date.fromisoformat(opens), date.fromisoformat(closes))
    return Criterion(claim, topic, event, window, against, phrase, sources, times, lag_days, lasts, audible, kind)


def _warning(values: list[Any], file: str) -> LedgerError:
    what, line, mend = values
    return LedgerError(what, where=Place(file, line), mend=mend)
