"""Which numbers does a text name, in figures or words, with their scale and unit?

The words are in numbers.yaml. A number that only names (a year, a day of a month, a rank) is told apart from one that
counts, because "more than 18" must not be true of "the 19th package" or of "2025".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from tracker.text.words import normal

_PIECE = re.compile(
    r"(?P<figures>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<rank>st\b|nd\b|rd\b|th\b|-?(?:й|го|м|ый|ой|ому|ом|я|ая)\b)?"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[%$€£₽₼¥₺₴₹])|(?P<other>\S)",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


@dataclass(frozen=True, slots=True)
class TextNumber:
    """A number in a text: its value with its scale, its unit ("" if none), and its character offsets [start, end).

    `names` is true of a year, a day, or a rank: it can equal another number but is not more or less than one.
    """

    value: float
    unit: str
    names: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Tables:
    cardinals: dict[str, float]
    ranks: dict[str, float]
    rank_beginning: re.Pattern[str]
    scales: dict[str, float]
    alone: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]
    months: frozenset[str]
    years: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    start: int
    end: int
    rank: bool


def is_unit(code: str) -> bool:
    """Whether a unit can be read: "%", or one of the currency codes of numbers.yaml."""
    return code in _tables().units


def numbers(text: str) -> list[TextNumber]:
    """The numbers of a text, in order.

    >>> [(n.value, n.unit) for n in numbers("Brent fell 1.2% to $59.80; 120 тыс. рублей, two million euros")]
    [(1.2, '%'), (59.8, 'USD'), (120000.0, 'RUB'), (2000000.0, 'EUR')]
    >>> [(n.value, n.names) for n in numbers("the 18th package of July 18, 2025, with 2,025 listings")]
    [(18.0, True), (18.0, True), (2025.0, True), (2025.0, False)]
    """
    pieces = [
        _Piece(
            str(match.lastgroup if match.lastgroup != "rank" else "figures"),
            match["figures"] or match.group(),
            match.start(),
            match.end(),
            bool(match["rank"]),
        )
        for match in _PIECE.finditer(text)
    ]
    found, index = [], 0
    while index < len(pieces):
        read = _read(text, pieces, index)
        if read is None:
            index += 1
        else:
            number, index = read
            found.append(number)
    return found


def _read(text: str, pieces: list[_Piece], index: int) -> tuple[TextNumber, int] | None:
    """The number that begins at a piece, and the index after it."""
    tables, piece = _tables(), pieces[index]
    rank = False
    if piece.kind == "figures":
        value, after, rank = _figures(piece.text), index + 1, piece.rank
    elif piece.kind == "word":
        worded = _in_words(pieces, index)
        if worded is None:
            return None
        value, after, rank = worded
    else:
        return None
    scaled = False
    while not rank and after < len(pieces) and (scale := tables.scales.get(_plain(pieces[after]))) is not None:
        value, after, scaled = value * scale, after + 1, True
        if after < len(pieces) and pieces[after].text == ".":
            after += 1
    unit, end = _unit(text, pieces, index, after)
    names = rank or (not unit and not scaled and _is_name(text, pieces, index, after))
    start = piece.start
    return TextNumber(value, "" if rank else unit, names, start, pieces[max(after, end) - 1].end), max(after, end)


def _figures(written: str) -> float:
    """The value of figures. A comma before three figures parts thousands, before others decimals (as in Russian)."""
    bare = re.sub(r"[\u00a0\u202f ]", "", written)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        return float(bare.replace(",", ""))
    return float(bare.replace(",", "."))


def _plain(piece: _Piece) -> str:
    return normal(piece.text) if piece.kind == "word" else piece.text


def _in_words(pieces: list[_Piece], index: int) -> tuple[float, int, bool] | None:
    """A number in words: its value, the index after it, and whether it is a rank."""
    tables, first = _tables(), _plain(pieces[index])
    if first in tables.alone:
        # "A million": the word is its own number, and `_read` multiplies one by it.
        return 1.0, index, False
    total, after = tables.cardinals.get(first), index + 1
    if total is None:
        rank = _rank(first)
        return None if rank is None else (rank, after, True)
    while after < len(pieces):
        word = _plain(pieces[after])
        value = tables.cardinals.get(word)
        if value is not None and (total % 100 == 0 or (total % 10 == 0 and value < 10)):
            total, after = total + value, after + 1
        elif word == "hundred" and total < 100:
            total, after = total * 100, after + 1
        elif (word == "and" and total and total % 100 == 0 and _plain_at(pieces, after + 1) in tables.cardinals) or (
            pieces[after].text == "-" and total and _plain_at(pieces, after + 1) in tables.cardinals
        ):
            after += 1
        else:
            break
    last = _rank(_plain_at(pieces, after + 1)) if _plain_at(pieces, after) == "-" else _rank(_plain_at(pieces, after))
    if last is not None and last < 10 <= total and total % 10 == 0:
        return total + last, after + 1 + (_plain_at(pieces, after) == "-"), True
    return total, after, False


def _plain_at(pieces: list[_Piece], index: int) -> str:
    return _plain(pieces[index]) if index < len(pieces) else ""


def _rank(word: str) -> float | None:
    tables = _tables()
    beginning = None if word in tables.ranks else tables.rank_beginning.match(word)
    return tables.ranks.get(beginning[0] if beginning else word)


def _unit(text: str, pieces: list[_Piece], index: int, after: int) -> tuple[str, int]:
    """The unit of a number and the index after it: a sign before it, or a sign or word after it."""
    tables = _tables()
    following = _plain_at(pieces, after)
    if following in tables.after and (following.isalpha() or pieces[after].start - pieces[after - 1].end <= 1):
        return tables.after[following], after + 1
    if index and pieces[index - 1].text in tables.before and pieces[index - 1].end == pieces[index].start:
        return tables.before[pieces[index - 1].text], after
    return "", after


def _is_name(text: str, pieces: list[_Piece], index: int, after: int) -> bool:
    """Whether a number without scale or unit is a year, a day or a time of day rather than a count."""
    tables, piece = _tables(), pieces[index]
    neighbours = {_plain_at(pieces, after), _plain(pieces[index - 1]) if index else ""}
    if neighbours & tables.months or _plain_at(pieces, after) in tables.years:
        return True
    if piece.kind != "figures":
        return False
    touching = text[piece.end : piece.end + 1] == ":" or text[piece.start - 1 : piece.start] == ":"
    return touching or (piece.text.isdigit() and len(piece.text) == 4 and _FIRST_YEAR <= int(piece.text) <= _LAST_YEAR)


@cache
def _tables() -> _Tables:
    table = yaml.load(files("tracker.text").joinpath("numbers.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    ranks = {word: float(value) for value, listed in table["ranks"].items() for word in listed}
    units: dict[str, dict[str, list[str]]] = table["units"]
    return _Tables(
        cardinals={word: float(value) for value, listed in table["cardinals"].items() for word in listed},
        ranks=ranks,
        rank_beginning=re.compile("|".join(word for word in ranks if not word.isascii())),
        scales={word: float(value) for value, listed in table["scales"].items() for word in listed},
        alone=frozenset(table["alone"]),
        before={sign: code for code, signs in units.items() for sign in signs.get("before", ())},
        after={sign: code for code, signs in units.items() for sign in signs.get("after", ())},
        months=frozenset(table["months"]),
        years=frozenset(table["years"]),
        units=frozenset(units),
    )
