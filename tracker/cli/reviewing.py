"""How does a person go through the queue in a terminal? One case at a time, everything to read on it, one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import click

from tracker.cli.context import Context, console
from tracker.cli.decide import stands_words, taken_back
from tracker.deciding import decide, decide_item
from tracker.decisions import read_decisions
from tracker.errors import TrackerError
from tracker.inspection import inspect
from tracker.model import Status
from tracker.report.review import Reading, case_text, readings
from tracker.report.terminal import write
from tracker.review import Case
from tracker.store import Store

_STATUSES = {
    "confirm": Status.CONFIRMED,
    "refute": Status.REFUTED,
    "void": Status.VOID,
    "pending": Status.PENDING,
}
_HELP = """\
  confirm, refute, void, pending   decide the forecast (pending: leave it so)
  counts N, not N                  the item with that number counts, or does not
  undo                             take back your last decision
  skip (or Enter), quit            go on, or stop"""


@dataclass
class Reviewing:
    """A person by that name at work in a workspace, whose store is open."""

    context: Context
    store: Store
    by: str

    def go_through(self, cases: Sequence[Case]) -> None:
        """Show each case until the person decides it or goes on. UsageError without a name."""
        self.context.person(self.by)
        click.echo(f"\n{_HELP}\n")
        for number, case in enumerate(cases, start=1):
            if not self._review(case, f"{number} of {len(cases)}"):
                return

    def _review(self, case: Case, position: str) -> bool:
        """Take answers on one case until one ends it; False to stop altogether."""
        found = self._shown(case)
        while True:
            words = click.prompt(f"{position}, what is it", default="skip").casefold().split()
            match words:
                case ["quit" | "q"]:
                    return False
                case ["skip" | "s"]:
                    return True
                case [answer] if answer in _STATUSES:
                    if self._tried(partial(self._decide, case, _STATUSES[answer])):
                        return True
                case ["counts" | "not" as answer, number] if number.isdecimal() and 1 <= int(number) <= len(found):
                    one, counts = found[int(number) - 1], answer == "counts"
                    if self._tried(partial(self._decide_item, case, one, counts)):
                        found = self._shown(case)
                case ["undo"]:
                    if self._tried(partial(taken_back, self.context, self.store, self.by)):
                        found = self._shown(case)
                case _:
                    click.echo(_HELP)

    def _shown(self, case: Case) -> list[Reading]:
        """Show a case as it stands by now, and what there is to read on it."""
        on_items = read_decisions(self.context.workspace.decisions).on_items
        forecast = self.context.forecast(case.name)
        found = readings(inspect(self.store, forecast, self.context.concepts, self.context.today, on_items))
        write(console(), *case_text(case, found))
        return found

    def _tried(self, act: Callable[[], str]) -> bool:
        """Do it and say what was done, or what kept it from being done; whether it was."""
        try:
            click.echo(f"  {act()}")
        except TrackerError as error:
            click.echo(f"  {error}")
            return False
        return True

    def _decide(self, case: Case, status: Status) -> str:
        forecast = self.context.forecast(case.name)
        decide(self.context.workspace.decisions, forecast, status, _why(), self.context.person(self.by))
        return f"{forecast.id} is {status.value}, by {self.by}"

    def _decide_item(self, case: Case, one: Reading, counts: bool) -> str:
        stands = decide_item(
            self.context.workspace.decisions,
            self.store,
            self.context.concepts,
            self.context.forecast(case.name),
            one.item,
            counts,
            _why(),
            self.context.person(self.by),
            condition=one.condition,
        )
        return stands_words(stands)


def _why() -> str:
    return str(click.prompt("  why", default="", show_default=False))
