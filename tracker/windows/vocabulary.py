"""Which words of a phrase speak of time, and what is the role of each? The words themselves are in words.yaml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

MEND = "write a phrase such as “by the end of 2025” or “next spring”, or two dates as 2025-07-16/2025-10-15"

_TABLES = {
    "month",
    "season",
    "unit",
    "number",
    "ordinal",
    "part",
    "edge",
    "which",
    "weekday",
    "ahead",
    "holiday",
    "feast",
}
_LISTS = {
    *("vague", "half", "by", "until", "up to", "before", "through", "after", "since", "between", "to"),
    *("and", "in", "hence", "after a time", "during", "the", "filler", "now", "onwards", "inclusive", "open"),
    *("to come", "last", "of month", "days of month", "ten days", "idle"),
}
_VALUES = {
    "unit": {"day", "week", "weekend", "month", "quarter", "half", "year", "decade"},
    "part": {"early", "mid", "late"},
    "edge": {"beginning", "middle", "end"},
    "which": {"this", "next", "coming"},
}
_NAMED = {"month", "season", "quarter", "half_year", "year"}  # what a list "June, July and August" is made of

_TOKEN = re.compile(
    r"""(?P<date>[0-9]{4}(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?![0-9]))
    |(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]))
    |(?P<slashed>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![0-9]))
    |(?P<year_month>[0-9]{4}-(?:0[1-9]|1[0-2])(?![0-9]))
    |(?P<quarter>q[1-4]|[1-4]q)
    |(?P<half_year>h[12]|[12]h)
    |(?P<decade>[0-9]{3}0(?:s|-?(?:х|е|ые|ых))\b)
    |(?P<year>[0-9]{4}(?:-(?:й|го|м|му|ом)\b)?(?![0-9])|'[0-9]{2}(?![0-9])|(?<=[1-4][qh])[0-9]{2}(?![0-9]))
    |(?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th|-?(?:й|го|е|м|ом|ый|ое|я|ой|му))\b)
    |(?P<number>[0-9]+)
    |(?P<dash>\.{2,}|[-‐‑–—−/])
    |(?P<comma>,)
    |(?P<word>[^\W\d_]+(?:'(?![0-9])s?)?)""",
    re.VERBOSE,
)
# Punctuation that says nothing: all but the apostrophe of '25 and the dots of a range.
_IDLE = re.compile(r"""(?:(?!'[0-9]{2}(?![0-9'])|\.\.)[\s.;:!?"'«»“”„()\[\]])*""")


class UnknownWordError(ValueError):
    """A word or sign that is not in the vocabulary; another reader of dates may know it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a phrase with its role; `number` and `name` hold its value, as the role needs."""

    role: str
    text: str
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words that have a role together; a word that ends in * stands for all that begin so."""

    words: tuple[str, ...]
    role: str
    name: str

    def fits(self, texts: list[str]) -> bool:
        """Whether `texts` begins with this entry's words."""
        return len(texts) >= len(self.words) and all(map(_is_word, texts, self.words))


def _is_word(text: str, word: str) -> bool:
    return text.startswith(word[:-1]) if word[-1] == "*" else text == word


def tokens(phrase: str) -> list[Token]:
    """The tokens of a phrase, in order; case, spaces and idle punctuation do not matter.

    UnknownWordError: a word or sign that is not in words.yaml.

    >>> [(token.role, token.number) for token in tokens("осенью 2025 года")]
    [('season', 3), ('year', 2025), ('unit', 0)]
    """
    lexed = _rewritten(_lexed(phrase))
    found: list[Token] = []
    position = 0
    while position < len(lexed):
        if lexed[position].role not in ("word", "dash"):
            found.append(lexed[position])
            position += 1
            continue
        entry = _entry(_vocabulary, [token.text for token in lexed[position:]])
        if entry is not None:
            text = " ".join(token.text for token in lexed[position : position + len(entry.words)])
            number = int(entry.name) if entry.name.isdigit() else 0
            found.append(Token(entry.role, text, number, entry.name))
            position += len(entry.words)
        elif lexed[position].role == "dash":
            found.append(lexed[position])
            position += 1
        elif len(lexed) == 1:
            raise UnknownWordError(f"no dates in “{phrase.strip()}”")
        else:
            raise UnknownWordError(f"cannot read “{lexed[position].text}” in “{phrase.strip()}”")
    return _without_idle_marks([token for token in found if token.role != "idle"])


@lru_cache(maxsize=8192)
def roles_of_word(word: str) -> frozenset[str]:
    """The roles of the entries in which a word stands, alone or with others; empty for a word that tells no time.

    `word` is in lower case, without a genitive's 's. The last word of a shorthand has the role "rewrite",
    too, its others "rewrite inside".

    >>> sorted(roles_of_word("осенью")), roles_of_word("ambassador")
    (['season'], frozenset())
    """
    beginnings, whole = _words_with_roles()
    roles = set(whole.get(word, ()))
    for length in range(1, len(word) + 1):
        roles |= beginnings.get(word[:length], set())
    return frozenset(roles)


@cache
def _words_with_roles() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The roles of each beginning ("сентябр*") and of each whole word."""
    beginnings: dict[str, set[str]] = {}
    whole: dict[str, set[str]] = {}
    for entry in (*_vocabulary(), *_shorthand()):
        for place, word in enumerate(entry.words, start=1):
            table, key = (beginnings, word[:-1]) if word.endswith("*") else (whole, word)
            inside = entry.role == "rewrite" and place < len(entry.words)
            table.setdefault(key, set()).add("rewrite inside" if inside else entry.role)
    return beginnings, whole


@cache
def numbered_units() -> frozenset[str]:
    """The forms of a unit before which a figure is its number: "2 квартал" is the second one, "2 квартала" are two."""
    return frozenset(_data()["numbered"])


def _lexed(phrase: str) -> list[Token]:
    """Numbers and written dates with their role, every other word as a "word"."""
    plain = unicodedata.normalize("NFKC", phrase).casefold().replace("ё", "е").replace("’", "'").replace("‘", "'")
    found: list[Token] = []
    position = _after_idle(plain, 0)
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            raise UnknownWordError(f"cannot read “{plain[position]}” in “{phrase.strip()}”")
        found.append(_token(str(match.lastgroup), match.group()))
        position = _after_idle(plain, match.end())
    return found


def _after_idle(plain: str, position: int) -> int:
    idle = _IDLE.match(plain, position)
    return idle.end() if idle else position


def _token(role: str, text: str) -> Token:
    if role == "word":
        return Token(role, text.removesuffix("'s").removesuffix("'"))
    if role == "dash":
        return Token(role, "-")
    if role not in ("quarter", "half_year", "decade", "year", "ordinal", "number"):
        return Token(role, text)
    digits = re.sub(r"[^0-9]", "", text)[:9]  # enough for any number that a window can hold
    return Token(role, text, int(digits) + (2000 if role == "year" and len(digits) == 2 else 0))


def _rewritten(lexed: list[Token]) -> list[Token]:
    """The tokens with shorthand spelled out: "полгода" becomes "6 months"."""
    found: list[Token] = []
    position = 0
    while position < len(lexed):
        entry = _entry(_shorthand, [token.text for token in lexed[position:]])
        found.extend(_lexed(entry.name) if entry else [lexed[position]])
        position += len(entry.words) if entry else 1
    return found


def _without_idle_marks(found: list[Token]) -> list[Token]:
    """A comma joins two months (seasons, quarters, years) and a dash two periods; elsewhere they say nothing."""
    kept: list[Token] = []
    for index, token in enumerate(found):
        before = found[index - 1].role if index else ""
        after = found[index + 1].role if index + 1 < len(found) else ""
        if token.role == "comma":
            kept += [Token("and", ",")] if before == after and before in _NAMED else []
        elif token.role != "dash" or not (before in ("part", "edge") or {before, after} & {"to", "and"}):
            kept.append(token)
    return kept


def _entry(entries: Callable[[], tuple[_Entry, ...]], texts: list[str]) -> _Entry | None:
    return next((entry for entry in _beginning(entries, texts[0]) if entry.fits(texts)), None)


@lru_cache(maxsize=4096)
def _beginning(entries: Callable[[], tuple[_Entry, ...]], word: str) -> tuple[_Entry, ...]:
    """The entries whose first word `word` may be: few of the hundreds, and a ledger asks thousands of times."""
    return tuple(entry for entry in entries() if _is_word(word, entry.words[0]))


@cache
def _shorthand() -> tuple[_Entry, ...]:
    """The rewrites of words.yaml, each with the words that it becomes as its name."""
    return _longest_first(
        [
            _Entry(_words(text), "rewrite", str(longhand))
            for longhand, texts in _data()["rewrite"].items()
            for text in texts
        ]
    )


@cache
def _vocabulary() -> tuple[_Entry, ...]:
    """Every entry of words.yaml that has a role. ValueError: an unknown role or value, or words listed twice."""
    entries: dict[tuple[str, ...], _Entry] = {}
    for role, content in _data().items():
        if role in ("rewrite", "numbered"):
            continue
        if role not in _TABLES | _LISTS or isinstance(content, dict) != (role in _TABLES):
            raise ValueError(f"words.yaml: “{role}” is not a role, or not of this shape")
        for value, texts in content.items() if isinstance(content, dict) else [("", content)]:
            if value != "" and (value not in _VALUES[role] if role in _VALUES else not isinstance(value, int)):
                raise ValueError(f"words.yaml: “{value}” is not a value of “{role}”")
            for text in texts:
                words = _words(text)
                if words in entries:
                    raise ValueError(f"words.yaml: “{text}” is listed twice")
                entries[words] = _Entry(words, role, str(value))
    return _longest_first(list(entries.values()))


def _longest_first(entries: list[_Entry]) -> tuple[_Entry, ...]:
    return tuple(
        sorted(entries, key=lambda entry: (-len(entry.words), any(word.endswith("*") for word in entry.words)))
    )


def _words(text: str) -> tuple[str, ...]:
    words = [token.text for token in _lexed(text.removesuffix("*"))]
    return (*words[:-1], words[-1] + "*" * text.endswith("*"))


@cache
def _data() -> dict[str, Any]:
    text = files("tracker.windows").joinpath("words.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)  # type: ignore[no-any-return]
