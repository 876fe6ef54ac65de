"""Do errors say what is wrong, where, and how to mend it? Every type of them, found by walking the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tracker import errors
from tracker.errors import LedgerError, ManyErrors, QueryError, StoreError, TrackerError
from tracker.model import Place

PLACE = Place("forecasts/oil.yaml", 14)


def types(root: type[TrackerError] = TrackerError) -> Iterator[type[TrackerError]]:
    yield root
    for kind in root.__subclasses__():
        yield from types(kind)


KINDS = {kind.__name__: kind for kind in types()}


def made(kind: type[TrackerError], where: Place | str | None, mend: str) -> TrackerError:
    """An error of that type about the same mistake."""
    if kind is QueryError:
        return QueryError("a word is missing", query="a AND", column=6, where=where, mend=mend)
    if kind is ManyErrors:
        return ManyErrors([TrackerError("a word is missing", where=where, mend=mend)])
    return kind("a word is missing", where=where, mend=mend)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_says_what_and_where_and_how_to_mend_it(kind: str) -> None:
    said = str(made(KINDS[kind], PLACE, "write NEAR/5"))
    assert said.startswith("forecasts/oil.yaml:14")
    assert "a word is missing" in said
    assert said.endswith("(write NEAR/5)")


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_of_a_command_line_needs_no_place(kind: str) -> None:
    said = str(made(KINDS[kind], None, ""))
    assert said.endswith("a word is missing")
    assert "None" not in said
    assert "()" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_says_which_exit_code_it_ends_with(kind: str) -> None:
    assert made(KINDS[kind], None, "").exit_code == (1 if kind in ONE else 2)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_explains_itself(kind: str) -> None:
    assert KINDS[kind].__doc__
    assert KINDS[kind].__module__ == "tracker.errors"


def drawn() -> dict[str, str]:
    """What the module's docstring draws: each error's name and what stands above it in the tree."""
    above: list[str] = []
    found = {}
    for line in (errors.__doc__ or "").splitlines():
        branch = re.match(r"([│ ├└─]*)(\w+Errors?)(?: |$)", line)
        if branch:
            depth = len(branch[1]) // 4
            above[depth:] = [branch[2]]
            found[branch[2]] = above[depth - 1] if depth else "Exception"
    return found


ONE = set(re.findall(r"(\w+Error) .* exit 1$", errors.__doc__ or "", re.MULTILINE))


def test_the_tree_that_is_drawn_is_the_tree_that_is() -> None:
    assert drawn() == {name: kind.__mro__[1].__name__ for name, kind in KINDS.items()}


def test_a_query_error_shows_the_column_in_the_query() -> None:
    error = QueryError("a word is missing", query="a AND", column=6, where=PLACE, mend="write one")
    assert str(error) == "forecasts/oil.yaml:14, column 6 of «a AND»: a word is missing (write one)"


def test_many_errors_are_shown_line_by_line_and_the_gravest_code_counts() -> None:
    errors = ManyErrors([StoreError("no database"), LedgerError("unknown key", where=PLACE)])
    assert str(errors) == "no database\nforecasts/oil.yaml:14: unknown key"
    assert (errors.what, errors.exit_code) == ("2 mistakes", 2)
    assert ManyErrors([StoreError("no database")]).exit_code == 1
