"""What does tracker make of a forecast before it is written? How each answer is read, and which stored items match.

The rules are those of the forecast files; both faces that ask for a new forecast go by this.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from tracker.duplicates import like
from tracker.errors import DuplicateError, LedgerError, ManyErrors, QueryError, StoreError, TrackerError
from tracker.ledger import Defaults
from tracker.ledger.articles import article_text
from tracker.ledger.fields import day, whole
from tracker.ledger.layout import Value, article_block, block
from tracker.ledger.quotes import check_quote, plain
from tracker.ledger.schema import read_file
from tracker.likelihood import read_likelihood
from tracker.match import Queries
from tracker.model import Article, Expects, Forecast, Item, Likelihood, Place, Window
from tracker.query import ConceptLookup, Document, Program, Query, index_clauses, parse
from tracker.query.syntax import And
from tracker.store import Store
from tracker.windows import Reading, read_window

_LATEST = 3
_LONGEST_ID = 50
_DRAFT = "the draft"
_SMALL_WORDS = {"a", "an", "the"}


@dataclass(frozen=True, slots=True)
class Matches:
    """The stored items that a query matches, by day; `of` names the query. There may be more unless it is `whole`."""

    of: str
    items: tuple[Item, ...]
    whole: bool = True

    @property
    def latest(self) -> tuple[Item, ...]:
        """The newest few, newest first."""
        return self.items[: -_LATEST - 1 : -1]

    def inside(self, window: Window) -> int:
        """How many are of the window's days."""
        return sum(window.contains(item.day) for item in self.items)


@dataclass(frozen=True, slots=True)
class Preview:
    """A forecast as it was read. `stored` is None, and `trouble` says why, where the database could not be read."""

    forecast: Forecast
    window: Reading
    warnings: tuple[TrackerError, ...]
    matches: tuple[Matches, ...] = ()
    stored: int | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to what a key of a forecast file asks, as it was read: its value, and what was made of it.

    Only that is set which the key is about: a window, a likelihood, or the items that match out of those `stored`.
    """

    value: Value
    window: Reading | None = None
    likelihood: Likelihood | None = None
    matches: Matches | None = None
    stored: int = 0


@dataclass(frozen=True)
class Drafting:
    """Where forecasts are drafted: a workspace's root, its concepts and defaults, the forecasts that it has, its store.

    `open_store` opens the store for as long as a block runs, or raises StoreError. No more than `most` items are looked
    at for what matches, where that is given: those that may match a topic can be a tenth of all.
    """

    root: Path
    concepts: ConceptLookup
    defaults: Defaults
    forecasts: Sequence[Forecast]
    open_store: Callable[[], AbstractContextManager[Store]]
    most: int | None = None

    def read(self, article: Article, fields: Mapping[str, Value]) -> tuple[Forecast, tuple[TrackerError, ...]]:
        """The forecast that the keys of a forecast file make, not yet written, and what is odd about it.

        ManyErrors with every mistake in it; they name keys, since there are no lines yet. DuplicateError for a taken
        id.
        """
        text = f"{article_block(article)}forecasts:\n  - {block(fields, 4).lstrip()}\n"
        reading = read_file(text, _DRAFT, self.root, self.concepts, self.defaults)
        errors = [*reading.errors, *(error for entry in reading.entries for error in entry.errors)]
        warnings = [*reading.warnings, *(warning for entry in reading.entries for warning in entry.warnings)]
        for one in (*errors, *warnings):
            _name_key(one, text)
        if errors or not reading.entries or reading.entries[0].forecast is None:
            raise ManyErrors(errors)
        forecast = reading.entries[0].forecast
        for other in self.forecasts:
            if other.id == forecast.id:
                raise DuplicateError(f"the id “{other.id}” is taken", mend=f"{other.place} has it; choose another")
        return forecast, (*warnings, *self._repeats(forecast))

    def _repeats(self, forecast: Forecast) -> Iterator[TrackerError]:
        """Which forecasts of the ledger a new one would repeat."""
        for other in like(forecast.forecaster, forecast.claim, forecast.window, self.forecasts):
            what = f"{other.id} claims nearly the same: “{other.claim}”"
            yield LedgerError(what, mend=f"{other.place} has it")

    def article(self, parts: Mapping[str, str]) -> Article:
        """The article of these keys of a forecast file. ManyErrors with every mistake in them."""
        mistakes: list[TrackerError] = []
        published = date(2000, 1, 1)
        try:
            published = day(parts["published"])
        except LedgerError as error:
            error.what = f"published {error.what}"
            mistakes.append(error)
        article = Article(parts["title"], published, parts.get("url", ""), parts.get("text", ""))
        text = f"{article_block(article)}forecasts: [none yet]\n"
        reading = read_file(text, _DRAFT, self.root, self.concepts, self.defaults)
        for mistake in reading.errors:
            _name_key(mistake, text)
        mistakes += reading.errors
        if mistakes:
            raise ManyErrors(mistakes)
        return article

    def preview(self, forecast: Forecast, warnings: Sequence[TrackerError]) -> Preview:
        """Read the window once more, for its words, and count the stored items that match."""
        criterion = forecast.criterion
        window = read_window(criterion.window_phrase, forecast.article.published)
        queries = Queries.of(criterion, self.concepts)
        wanted = {"topic": queries.topic, **{role.value: whole for role, whole in queries.roles()}}
        if queries.kind is not None:
            wanted["kind"] = And((queries.topic, queries.kind))
        try:
            stored, matches = self.matches(queries.topic, wanted)
        except StoreError as error:
            return Preview(forecast, window, tuple(warnings), trouble=str(error))
        return Preview(forecast, window, tuple(warnings), matches, stored)

    def matches(self, topic: Query, wanted: Mapping[str, Query]) -> tuple[int, tuple[Matches, ...]]:
        """How many items are stored, and which of them match each query; all must ask for `topic`. StoreError."""
        program = Program()
        numbers = {name: program.add(query) for name, query in wanted.items()}
        found: dict[str, list[Item]] = {name: [] for name in wanted}
        with self.open_store() as store:
            stored = store.count_items()
            may_match = store.find(index_clauses(topic), until=date.max)
            for item in islice(may_match, self.most):
                reading = program.read(Document.of(item))
                for name, number in numbers.items():
                    if reading.matches(number) is not None:
                        found[name].append(item)
            whole = next(may_match, None) is None
        return stored, tuple(Matches(name, tuple(items), whole) for name, items in found.items())

    def answer(self, article: Article, fields: Mapping[str, Value], key: str, words: str) -> Answer:
        """Read the answer to a key; `fields` holds the keys that are answered already. TrackerError when it is none.

        What a query matches is left out where the database cannot be read.
        """
        match key:
            case "quote":
                self._check_quote(article, words)
            case "likelihood":
                return Answer(words, likelihood=read_likelihood(words))
            case "window":
                return Answer(words, window=read_window(words, article.published))
            case "expects":
                return Answer(_expects(words))
            case "topic" | "event" | "against" | "kind":
                return self._matching(key, words, fields)
            case "sources" | "times":
                return Answer(whole(1, 100 if key == "sources" else 1000)(words))
            case "id":
                # All else is answered: what is still wrong with the whole is the id.
                self.read(article, {**fields, "id": words})
        return Answer(words)

    def _matching(self, key: str, words: str, fields: Mapping[str, Value]) -> Answer:
        query = topic = parse(words, self.concepts)
        if key != "topic":
            topic = parse(str(fields["topic"]), self.concepts)
            query = And((topic, query))
        try:
            stored, (found,) = self.matches(topic, {key: query})
        except StoreError:
            return Answer(words)
        return Answer(words, matches=found, stored=stored)

    def _check_quote(self, article: Article, quote: str) -> None:
        if article.text:
            check_quote(quote, plain(article_text(article.text, self.root)), article.text)


def count_words(count: int, stored: int, *, whole: bool = True) -> str:
    """How many of the stored items match; at least so many where not the `whole` store was looked at.

    >>> count_words(0, 54), count_words(1, 54), count_words(2, 0)
    ('none of the 54 stored items matches', '1 of the 54 stored items matches', 'no items are stored yet')
    >>> count_words(312, 1_000_000, whole=False)
    'at least 312 of the 1,000,000 stored items match'
    """
    if not stored:
        return "no items are stored yet"
    if not whole:
        return f"at least {count:,} of the {stored:,} stored items match"
    return f"{count or 'none'} of the {stored:,} stored items match{'es' if count < 2 else ''}"


def propose_id(claim: str, taken: Iterable[str]) -> str:
    """A short name for a claim, in kebab-case, that is not taken; empty when the claim has no Latin letters.

    >>> propose_id("The price of oil rises above $100.", {"price-of-oil-rises-above-100"})
    'price-of-oil-rises-above-100-2'
    """
    plain = unicodedata.normalize("NFKD", claim.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", plain.casefold()) if word not in _SMALL_WORDS]
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > _LONGEST_ID:
            break
        name = f"{name}-{word}" if name else word[:_LONGEST_ID]
    taken = set(taken)
    proposals = (name if number == 1 else f"{name}-{number}" for number in range(1, len(taken) + 2))
    return next(proposal for proposal in proposals if proposal not in taken) if name else ""


def _name_key(error: TrackerError, text: str) -> None:
    """Say the key instead of a line of a text that nobody will see; most errors say it in their words already."""
    if isinstance(error.where, Place) and error.where.file == _DRAFT:
        line = text.splitlines()[error.where.line - 1]
        error.where = line.partition(":")[0].strip(" -") if isinstance(error, QueryError) else None


def _expects(words: str) -> str:
    found = [expects.value for expects in Expects if expects.value.startswith(words.casefold())]
    if len(found) != 1:
        raise LedgerError("must be “happens” or “does not happen”")
    return found[0]
