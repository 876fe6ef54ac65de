"""What can a user get wrong, and how is it mended? One type for each kind of mistake.

TrackerError
├── UsageError          a command's words do not fit together                      exit 2
├── NotFoundError       no such forecast, item, feed, file or workspace            exit 2
├── LedgerError         a forecast file: unknown key, bad value, missing quote     exit 2
│   └── DuplicateError  one id used twice                                          exit 2
├── WindowError         a phrase of time that cannot be read                       exit 2
│   └── WindowOverError a time that was over before the article                    exit 2
├── LikelihoodError     words of probability that cannot be read                   exit 2
├── QueryError          a query that cannot be read; carries the column            exit 2
├── ConceptError        a concept that is unknown, broken or refers to itself      exit 2
├── ConfigError         tracker.toml                                               exit 2
├── OpmlError           a list of subscriptions that cannot be read                exit 2
├── FeedError           one feed could not be fetched or read                      exit 1
├── StoreError          the database cannot be opened, read or written             exit 1
├── LockedError         another tracker is at work in this workspace               exit 1
├── ScoreError          figures that cannot be scored                              exit 1
└── ManyErrors          several of the above, shown together
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.model import Place


class TrackerError(Exception):
    """A mistake that a user can mend: `what` is wrong, `where`, and the `mend`.

    `where` is a place in a file, or any words that say it; empty when the mistake is in the command itself.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: Place | str | None = None, mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        mend = f" ({self.mend})" if self.mend else ""
        return f"{where}{self.what}{mend}"


class UsageError(TrackerError):
    """A command's words do not fit together."""


class NotFoundError(TrackerError):
    """No such forecast, item, feed, file or workspace."""


class LedgerError(TrackerError):
    """A forecast file that cannot be accepted as it stands."""


class DuplicateError(LedgerError):
    """One id used for two forecasts."""


class WindowError(TrackerError):
    """A phrase of time that cannot be read as a window."""


class WindowOverError(WindowError):
    """A phrase whose window was over before the article."""


class LikelihoodError(TrackerError):
    """Words of probability, or a number, that cannot be read."""


class QueryError(TrackerError):
    """A query that cannot be read. `column` counts characters of the query from 1."""

    def __init__(self, what: str, *, query: str, column: int, where: Place | str | None = None, mend: str = "") -> None:
        super().__init__(what, where=where, mend=mend)
        self.query = query
        self.column = column

    def __str__(self) -> str:
        where = f"{self.where}, " if self.where else ""
        mend = f" ({self.mend})" if self.mend else ""
        return f"{where}column {self.column} of «{self.query}»: {self.what}{mend}"


class ConceptError(TrackerError):
    """A concept that is unknown, broken, or refers to itself."""


class ConfigError(TrackerError):
    """A mistake in tracker.toml."""


class OpmlError(TrackerError):
    """A list of subscriptions that cannot be read."""


class FeedError(TrackerError):
    """One feed that could not be fetched or read; the others go on."""

    exit_code = 1


class StoreError(TrackerError):
    """The database cannot be opened, read or written."""

    exit_code = 1


class LockedError(TrackerError):
    """Another tracker is at work in this workspace."""

    exit_code = 1


class ScoreError(TrackerError):
    """Figures that cannot be scored."""

    exit_code = 1


class ManyErrors(TrackerError):  # noqa: N818 - it is one name for several
    """Several mistakes, shown together so that they can be mended together."""

    def __init__(self, errors: Sequence[TrackerError]) -> None:
        self.errors = tuple(errors)
        count = len(self.errors)
        super().__init__(f"{count} mistake{'s' if count != 1 else ''}")
        self.exit_code = max((error.exit_code for error in self.errors), default=2)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)
