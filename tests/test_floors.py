"""Does every file import only from its own floor or those below, and is every file placed on one?

Each floor may use what lies below it; within a floor, imports are allowed where they run in no circle. Imports inside
functions and those for type checking count like any other. docs/architecture.md says what each floor is for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import tracker

FLOORS = {
    0: "model errors wording plain",
    1: "text windows likelihood query concepts",
    2: "match assess copies origins occurred evidence coverage near_miss rhythm resolve item_decisions score alerts"
    " draft extract duplicates",
    3: "store feeds history ledger workspace decisions glance notify release cache_folder articles database_file",
    4: "gather judging judgements deciding preview polling backfill check schedule inspection review",
    5: "report web cli __main__",
}
"""Modules and packages of tracker/ by floor. The package itself holds the version and imports nothing."""

ROOT = Path(tracker.__file__).parent
FLOOR_OF = {part: floor for floor, parts in FLOORS.items() for part in parts.split()}


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(("tracker", *path.relative_to(ROOT).with_suffix("").parts))
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imported(name: str, source: str) -> Iterator[tuple[int, str]]:
    """The modules of the package that a module's source names in its imports, with the line, wherever they stand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.split(".")[0] == "tracker")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively"
            if node.module and node.module.split(".")[0] == "tracker":
                for alias in node.names:
                    within = f"{node.module}.{alias.name}"
                    yield node.lineno, within if within in MODULES else node.module


def part(name: str) -> str:
    """The module or package of tracker/ that a module belongs to; empty for the package itself."""
    return name.split(".")[1] if "." in name else ""


def floor(name: str) -> int:
    """The floor of a module; the package itself lies under everything."""
    return FLOOR_OF[part(name)] if part(name) else -1


def test_every_module_is_placed_and_every_place_is_taken() -> None:
    here = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert here - {"__init__"} == FLOOR_OF.keys()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_its_own_floor_or_below(name: str) -> None:
    upwards = [
        f"line {line}: {other} (floor {floor(other)})"
        for line, other in imported(name, MODULES[name].read_text("utf-8"))
        if floor(other) > floor(name)
    ]
    assert not upwards, f"{name} (floor {floor(name)}) imports upwards"


def test_no_imports_run_in_a_circle() -> None:
    graph = {
        name: {other for _, other in imported(name, path.read_text("utf-8")) if other != name}
        for name, path in MODULES.items()
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' → '.join(error.args[1])}")
    assert set(order) >= graph.keys()


IMPORTS = {
    "a module": ("import tracker.errors", "tracker.errors"),
    "a name of a module": ("from tracker.errors import QueryError", "tracker.errors"),
    "a module of a package": ("from tracker.query import syntax", "tracker.query.syntax"),
    "inside a function": ("def f():\n    from tracker.store import Store", "tracker.store"),
    "for type checking": ("if TYPE_CHECKING:\n    from tracker.store.store import Store", "tracker.store.store"),
    "another's tracker": ("from trackers.store import Store", None),
    "a library": ("import json", None),
}


@pytest.mark.parametrize("case", IMPORTS)
def test_imports_are_seen_wherever_they_stand(case: str) -> None:
    source, expected = IMPORTS[case]
    assert [other for _, other in imported(case, source)] == ([expected] if expected else [])
