"""What does `@name` stand for? Named sets of synonyms: those that come with tracker, and the workspace's own.

A concept is a mapping in a YAML file of this folder, or of forecasts/concepts.yaml, which may replace one of ours:

    recall-ambassador:
      means: A state calls its own ambassador home.
      any: [recall* NEAR/4 ambassador]        # queries; one of them must match
      except: [recall NEAR/3 product]         # optional; words inside such a match do not count
      hit: [Moscow recalls its ambassador]    # headlines that have the concept
      miss: [Moscow summons the ambassador]   # headlines that look like it and do not
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, partial
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from tracker.errors import ConceptError, QueryError
from tracker.model import Place
from tracker.query.parse import any_of, parse
from tracker.query.syntax import Concept

_KEYS = {"means": str, "any": list, "except": list, "hit": list, "miss": list}
_NAME = re.compile(r"^([a-z0-9-]+):$", re.MULTILINE)
_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Definition:
    """A concept as it is written, and where."""

    name: str
    means: str
    any: tuple[str, ...]
    exceptions: tuple[str, ...]
    hit: tuple[str, ...]
    miss: tuple[str, ...]
    place: Place


class Concepts:
    """The concepts that queries may use, each read when it is first named. Call it with a name."""

    def __init__(self, definitions: Mapping[str, Callable[[], Definition]]) -> None:
        self._definitions = definitions
        self._read: dict[str, Concept] = {}
        self._reading: list[str] = []

    def __iter__(self) -> Iterator[Definition]:
        return (read() for read in self._definitions.values())

    def __call__(self, name: str) -> Concept:
        """The concept of a name. ConceptError when it is unknown, refers to itself, or has a broken query."""
        if name in self._read:
            return self._read[name]
        if name not in self._definitions:
            near = get_close_matches(name, self._definitions, n=3, cutoff=0.6)
            known = " or ".join(f"@{other}" for other in near)
            mend = f"did you mean {known}" if near else "add it to forecasts/concepts.yaml"
            raise ConceptError(f"there is no concept @{name}", mend=mend)
        definition = self._definitions[name]()
        if name in self._reading:
            circle = " → ".join(f"@{other}" for other in [*self._reading[self._reading.index(name) :], name])
            raise ConceptError(f"the concept refers to itself: {circle}", where=definition.place)
        self._reading.append(name)
        try:
            body = any_of(parse(query, self) for query in definition.any)
            looks_alike = [parse(query, self) for query in definition.exceptions]
        except QueryError as error:
            mend, error.mend = error.mend, ""
            told = f"the concept @{name} has a query that cannot be read: {error}"
            raise ConceptError(told, where=definition.place, mend=mend) from error
        finally:
            self._reading.pop()
        self._read[name] = concept = Concept(name, body, any_of(looks_alike) if looks_alike else None)
        return concept


def load_concepts(workspace_file: Path | None = None) -> Concepts:
    """The concepts that come with tracker, and a workspace's own if its file exists. ConceptError if that is broken."""
    definitions = dict(_shipped())
    if workspace_file is not None and workspace_file.is_file():
        where = f"{workspace_file.parent.name}/{workspace_file.name}"
        try:
            content = workspace_file.read_bytes()
        except OSError as error:
            raise ConceptError(f"cannot be read: {error.strerror}", where=where) from error
        if len(content) > _LARGEST_FILE:
            raise ConceptError("the file is too large", where=where, mend=f"at most {_LARGEST_FILE:,} bytes")
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ConceptError("not in UTF-8", where=where, mend="save the file as UTF-8") from error
        for name, definition in read_definitions(text, where).items():
            definitions[name] = partial(_as_is, definition)
    return Concepts(definitions)


def _as_is(definition: Definition) -> Definition:
    return definition


@cache
def _shipped() -> Mapping[str, Callable[[], Definition]]:
    """Our own concepts. Their files are cut at the names, and only what is used is read as YAML: it costs the most."""
    found: dict[str, Callable[[], Definition]] = {}
    for file in sorted(files("tracker.concepts").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            text = file.read_text("utf-8")
            starts = [*_NAME.finditer(text)]
            line = text.count("\n", 0, starts[0].start()) if starts else 0
            for start, following in zip_longest(starts, starts[1:]):
                block = text[start.start() : following.start() if following else None]
                found[start[1]] = cache(partial(_one, block, f"tracker/concepts/{file.name}", line))
                line += block.count("\n")
    return found


def _one(block: str, file: str, lines_before: int) -> Definition:
    """The definition of a block of a file, which begins after some lines."""
    return next(iter(read_definitions("\n" * lines_before + block, file).values()))


def read_definitions(text: str, file: str) -> dict[str, Definition]:
    """The concepts of one YAML text. ConceptError, with file and line, at the first that is not as it should be."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise ConceptError(
                    "anchors and aliases are not used here",
                    where=_place(file, event),
                    mend="write it out",
                )
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(file, mark.line + 1) if mark else file
        raise ConceptError(
            f"not YAML: {getattr(error, 'problem', error)}", where=where, mend="mend the line"
        ) from error
    except RecursionError as error:
        raise ConceptError("nested too deeply", where=file) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ConceptError("concepts are a mapping of names", where=_place(file, root), mend="name: {…}")
    definitions: dict[str, Definition] = {}
    for key, value in root.value:
        place = _place(file, key)
        name = str(key.value)
        if name in definitions:
            raise ConceptError(f"@{name} is there twice, first in line {definitions[name].place.line}", where=place)
        definitions[name] = _definition(name, value, place)
    return definitions


def _place(file: str, part: yaml.Node | yaml.Event) -> Place:
    return Place(file, part.start_mark.line + 1 if part.start_mark else 1)


def _definition(name: str, node: yaml.Node, place: Place) -> Definition:
    if not isinstance(node, yaml.MappingNode):
        raise ConceptError(f"@{name} needs its parts", where=place, mend=f"known are {', '.join(_KEYS)}")
    found: dict[str, Any] = {}
    for key, value in node.value:
        where = _place(place.file, key)
        if key.value not in _KEYS:
            raise ConceptError(
                f"unknown key “{key.value}” in @{name}", where=where, mend=f"known are {', '.join(_KEYS)}"
            )
        if _KEYS[key.value] is str:
            if not isinstance(value, yaml.ScalarNode):
                raise ConceptError(f"“{key.value}” of @{name} is a sentence", where=where)
            found[key.value] = value.value
        else:
            if not isinstance(value, yaml.SequenceNode) or not all(isinstance(v, yaml.ScalarNode) for v in value.value):
                raise ConceptError(f"“{key.value}” of @{name} is a list of texts", where=where, mend="- one in a line")
            found[key.value] = tuple(v.value for v in value.value)
    if not found.get("any"):
        raise ConceptError(f"@{name} has no “any”", where=place, mend="list at least one query under any:")
    return Definition(
        name,
        found.get("means", ""),
        found["any"],
        found.get("except", ()),
        found.get("hit", ()),
        found.get("miss", ()),
        place,
    )
