"""Do several processes make the same, in the same order, as one, and is it told when one of them fails?"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest

from tracker.errors import UsageError
from tracker.report.pages.workers import FEWEST, side_by_side

MANY = FEWEST + 123


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_all_are_made_in_their_order_by_copies_of_this_process() -> None:
    held = {"word": "page"}  # what this process holds, and could not be sent

    def make(number: int) -> tuple[int, str, int]:
        return number, held["word"], os.getpid()

    made = list(side_by_side(make, iter(range(MANY)), MANY))
    assert [(number, word) for number, word, _ in made] == [(number, "page") for number in range(MANY)]
    assert os.getpid() not in {process for *_, process in made}


@pytest.mark.parametrize("alone", ["few", "one processor", "no copies"])
def test_where_it_is_not_worth_it_or_cannot_be_all_is_made_here(alone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if alone == "one processor":
        monkeypatch.setattr(os, "cpu_count", lambda: 1)
    elif alone == "no copies":
        monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    count = FEWEST - 1 if alone == "few" else MANY
    assert set(side_by_side(lambda _: os.getpid(), range(count), count)) == {os.getpid()}


def test_no_more_is_asked_for_than_is_waited_for() -> None:
    asked = []

    def things() -> Iterator[int]:
        for number in range(10 * MANY):
            asked.append(number)
            yield number

    made = side_by_side(lambda number: number, things(), 10 * MANY)
    assert next(made) == 0
    assert len(asked) < MANY
    made.close()  # type: ignore[attr-defined]


def test_what_a_worker_raises_is_raised_here() -> None:
    def make(number: int) -> int:
        return 1 // (number - 300)

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(make, range(MANY), MANY))


def test_a_worker_that_is_killed_is_told() -> None:
    def make(number: int) -> int:
        if number == 300:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(UsageError, match="a process that makes pages was killed"):
        list(side_by_side(make, range(MANY), MANY))
