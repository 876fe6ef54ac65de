"""What can a query say? Its parts as plain data; `str()` of a part is a query that reads as the same part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.text import normal, stem


class Form(StrEnum):
    """How a word of a query is compared with a word of a text."""

    INFLECTED = "inflected"
    EXACT = "exact"
    CASED = "cased"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `key` is what is compared: a stem, a normal form, the very letters, or a normal form's beginning."""

    form: Form
    key: str
    # Two spellings of one stem are the same word: what is compared is the key.
    written: str = field(compare=False)

    @classmethod
    def of(cls, written: str) -> Word:
        """The word that was written, with its mark: `=word` exact, `=Word` in this case too, `stem*` a beginning."""
        if written.startswith("="):
            bare = written[1:]
            if bare != bare.lower():
                return cls(Form.CASED, bare, written)
            return cls(Form.EXACT, normal(bare), written)
        if written.endswith("*"):
            return cls(Form.PREFIX, normal(written[:-1]), written)
        return cls(Form.INFLECTED, stem(written), written)

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another."""

    words: tuple[Word, ...]

    def __str__(self) -> str:
        return '"' + " ".join(map(str, self.words)) + '"'


@dataclass(frozen=True, slots=True)
class Number:
    """A number compared with `value` by `comparison` (one of = < <= > >=); `unit` is "%", an ISO 4217 code, or ""."""

    comparison: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"#{self.comparison}{self.value:.15g}{self.unit}"

    def holds(self, value: float) -> bool:
        """Whether `value` compares as asked."""
        match self.comparison:
            case "=":
                return value == self.value
            case "<":
                return value < self.value
            case "<=":
                return value <= self.value
            case ">":
                return value > self.value
            case _:
                return value >= self.value


@dataclass(frozen=True, slots=True)
class Near:
    """Two parts whose nearest words lie at most `distance` words apart, within one field.

    They stand in either order, or, where `ordered`, the last word of the left before the first of the right.
    """

    left: Query
    right: Query
    distance: int
    ordered: bool = False

    def __str__(self) -> str:
        right = f"({self.right})" if isinstance(self.right, Near) else _inside(self.right, _BINDS_NEAR)
        operator = "ONEAR" if self.ordered else "NEAR"
        return f"{_inside(self.left, _BINDS_NEAR)} {operator}/{self.distance} {right}"


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " AND ".join(_inside(part, _BINDS_AND) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any part."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part, _BINDS_OR) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part is absent from the whole text."""

    part: Query

    def __str__(self) -> str:
        return f"NOT {_inside(self.part, _BINDS_NOT)}"


@dataclass(frozen=True, slots=True)
class InTitle:
    """The part stands in the title."""

    part: Query

    def __str__(self) -> str:
        return f"title:({self.part})"


@dataclass(frozen=True, slots=True)
class Language:
    """The text is in a language (ISO 639-1)."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


@dataclass(frozen=True, slots=True)
class Concept:
    """A named set of synonyms: `body`, save where its words lie inside a match of `exceptions`."""

    name: str
    body: Query
    exceptions: Query | None

    def __hash__(self) -> int:
        # Bodies are large and names tell nearly all concepts apart; equality still compares the bodies.
        return hash(self.name)

    def __str__(self) -> str:
        return f"@{self.name}"


Query = Word | Phrase | Number | Near | And | Or | Not | InTitle | Language | Concept

_BINDS_OR, _BINDS_AND, _BINDS_NOT, _BINDS_NEAR, _BINDS_ALONE = range(5)


def _binding(query: Query) -> int:
    """How tightly the part holds together: the looser, the smaller."""
    match query:
        case Or():
            return _BINDS_OR
        case And():
            return _BINDS_AND
        case Not():
            return _BINDS_NOT
        case Near():
            return _BINDS_NEAR
        case _:
            return _BINDS_ALONE


def _inside(query: Query, outer: int) -> str:
    """The part as written inside a part that binds as `outer`, in parentheses where it binds no tighter.

    NOT and NEAR may stand unwrapped inside their own kind, as the reader takes them.
    """
    binding = _binding(query)
    loose = binding < outer or (binding == outer and outer in (_BINDS_OR, _BINDS_AND))
    return f"({query})" if loose else str(query)


def parts(query: Query) -> tuple[Query, ...]:
    """The direct parts of a part, those of a concept's body included and its exceptions left out."""
    match query:
        case And(parts=inner) | Or(parts=inner):
            return inner
        case Near(left=left, right=right):
            return (left, right)
        case Not(part=part) | InTitle(part=part):
            return (part,)
        case Concept(body=body):
            return (body,)
        case _:
            return ()


def alternatives(query: Query) -> Iterator[Query]:
    """The parts joined by OR of which a text must have one; a concept is one of them, whatever it stands for."""
    if isinstance(query, Or):
        for part in query.parts:
            yield from alternatives(part)
    else:
        yield query
