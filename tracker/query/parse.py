"""How is a query read from what an analyst types? Errors point at the column.

query   = and { "OR" and }
and     = not { "AND" not }
not     = "NOT" not | near
near    = single { ("NEAR/" | "ONEAR/") n single }
single  = "(" query ")" | "title:" single | "lang:" code | "@" name | '"' words '"' | number | word
number  = "#" comparison figures [scale] [unit]
word    = letters | letters "*" | "=" letters
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.errors import ConceptError, QueryError
from tracker.query.syntax import And, Concept, InTitle, Language, Near, Not, Number, Or, Phrase, Query, Word, parts
from tracker.text import surfaces
from tracker.text.numbers import is_unit

ConceptLookup = Callable[[str], Concept]
"""Gives the concept of a name; raises ConceptError for an unknown one."""

LONGEST_QUERY = 20_000
MOST_NEAR = 100
_DEEPEST = 60

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) | (?P<phrase>"[^"]*") | (?P<unclosed>")
    | (?P<near>O?NEAR(?:/[^\s()"]*)?(?![^\s()"]))
    | (?P<operator>(?:AND|OR|NOT)(?![^\s()"]))
    | (?P<title>title:) | lang:(?P<language>[^\s()"]*) | @(?P<concept>[^\s()"]*)
    | \#(?P<number>[^\s()"]*) | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
_NUMBER = re.compile(
    r"(?P<comparison>>=|<=|=|<|>)(?P<value>\d+(?:[.,]\d+)?)(?P<scale>[kKmM]|bn)?(?P<unit>%|[A-Za-z]{3})?\Z"
)
_SCALE = {None: 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def parse(text: str, concepts: ConceptLookup) -> Query:
    """Read a query. QueryError with its column where it cannot be, names an unknown concept, or requires no word."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"a query of {len(text):,} characters is too long",
            query=text[:40] + "…",
            column=1,
            mend=f"at most {LONGEST_QUERY:,}; put its synonyms into a concept",
        )
    query = _Reader(text, concepts).read()
    if not _requires_a_word(query):
        raise QueryError(
            "the query asks for no word that must be there", query=text, column=1, mend="NOT, lang: and # narrow a word"
        )
    return query


def any_of(queries: Iterable[Query]) -> Query:
    """One query for several, any of which may match. At least one."""
    found = tuple(queries)
    return found[0] if len(found) == 1 else Or(found)


def _requires_a_word(query: Query) -> bool:
    """Whether only texts with some word of the query can match it: without one, it would match nearly every text."""
    match query:
        case Or(parts=inner):
            return all(map(_requires_a_word, inner))
        case Not() | Language() | Number():
            return False
        case Word() | Phrase():
            return True
        case _:
            return any(map(_requires_a_word, parts(query)))


class _Reader:
    """A recursive-descent reader of one query."""

    def __init__(self, text: str, concepts: ConceptLookup) -> None:
        self._text = text
        self._concepts = concepts
        self._tokens = self._split()
        self._next = 0
        self._depth = 0

    def read(self) -> Query:
        if not self._tokens:
            raise self._error("the query is empty", 1, "write at least one word")
        query = self._or()
        rest = self._peek()
        if rest is not None:
            if rest.kind == "close":
                raise self._error("this parenthesis closes nothing", rest.column, "delete it, or open one before it")
            raise self._error(f"an operator is missing before {rest.text}", rest.column, self._mend_missing(rest))
        return query

    def _mend_missing(self, token: _Token) -> str:
        if token.text.upper().partition("/")[0] in {"AND", "OR", "NOT", "NEAR", "ONEAR"}:
            return f"operators are written in capitals: {token.text.upper()}"
        return 'join words by AND, OR or NEAR/5, or quote them as a "phrase"'

    def _split(self) -> list[_Token]:
        tokens, position = [], 0
        while position < len(self._text.rstrip()):
            match = _TOKEN.match(self._text, position)
            if match is None:  # pragma: no cover - the last alternative takes any character
                raise self._error("this cannot be read", position + 1, "")
            kind = str(match.lastgroup)
            start = match.end() - len(match.group().lstrip())
            tokens.append(_Token(kind, match[kind], start + 1))
            if kind == "unclosed":
                raise self._error("this quotation mark is never closed", start + 1, 'write "a phrase"')
            position = match.end()
        return tokens

    def _error(self, what: str, column: int, mend: str) -> QueryError:
        return QueryError(what, query=self._text, column=column, mend=mend)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str, text: str | None = None) -> _Token | None:
        token = self._peek()
        if token is not None and token.kind == kind and text in (None, token.text):
            self._next += 1
            return token
        return None

    def _or(self) -> Query:
        found = [self._and()]
        while self._take("operator", "OR"):
            found.append(self._and())
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _and(self) -> Query:
        found = [self._not()]
        while self._take("operator", "AND"):
            found.append(self._not())
        return found[0] if len(found) == 1 else And(tuple(found))

    def _not(self) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            column = token.column if (token := self._peek()) else len(self._text)
            raise self._error("the query is nested too deeply", column, f"at most {_DEEPEST} levels; use a concept")
        try:
            return Not(self._not()) if self._take("operator", "NOT") else self._near()
        finally:
            self._depth -= 1

    def _near(self) -> Query:
        start = self._peek()
        left = self._single()
        while near := self._take("near"):
            operator, _, words = near.text.partition("/")
            if not words.isascii() or not words.isdigit() or not 1 <= int(words) <= MOST_NEAR:
                raise self._error(
                    f"{operator} needs a whole number after a slash",
                    near.column,
                    f"write {operator}/5; 1 to {MOST_NEAR} words",
                )
            right_start = self._peek()
            right = self._single()
            for part, token in ((left, start), (right, right_start)):
                self._require_place(operator, part, token)
            left = Near(left, right, int(words), ordered=operator == "ONEAR")
        return left

    def _require_place(self, operator: str, part: Query, token: _Token | None) -> None:
        """NEAR measures between words: what has no place in the text cannot be near anything."""
        reason = _placeless(part)
        if reason:
            raise self._error(
                f"{operator} cannot measure from {reason}",
                token.column if token else 1,
                f"{operator} joins words, phrases, numbers, concepts, and lists of them joined by OR",
            )

    def _single(self) -> Query:
        token = self._peek()
        if token is None:
            raise self._error("a word is missing at the end", len(self._text) + 1, "")
        self._next += 1
        match token.kind:
            case "open":
                inner = self._or()
                if not self._take("close"):
                    rest = self._peek()
                    if rest is not None and rest.kind != "close":
                        raise self._error(
                            f"an operator is missing before {rest.text}", rest.column, self._mend_missing(rest)
                        )
                    raise self._error("this parenthesis is never closed", token.column, "close it with )")
                return inner
            case "title":
                return InTitle(self._single())
            case "language":
                return self._language(token)
            case "concept":
                return self._concept(token)
            case "phrase":
                return self._phrase(token)
            case "number":
                return self._number(token)
            case "word":
                return self._word(token.text, token.column)
            case _:
                raise self._error(
                    f"a word is missing before {token.text}", token.column, "an operator stands between two parts"
                )

    def _language(self, token: _Token) -> Query:
        if not re.fullmatch(r"[a-z]{2}", token.text):
            raise self._error("lang: needs a language of two letters", token.column, "write lang:ru or lang:en")
        return Language(token.text)

    def _concept(self, token: _Token) -> Query:
        try:
            return self._concepts(token.text)
        except ConceptError as error:
            raise self._error(error.what, token.column, error.mend) from error

    def _phrase(self, token: _Token) -> Query:
        inside, column = token.text[1:-1], token.column + 1
        found: list[Word] = []
        for match in re.finditer(r"\S+", inside):
            word = self._word(match.group(), column + match.start())
            found.extend(word.words if isinstance(word, Phrase) else (word,))
        if not found:
            raise self._error("the phrase is empty", token.column, 'write "a phrase"')
        return found[0] if len(found) == 1 else Phrase(tuple(found))

    def _number(self, token: _Token) -> Query:
        match = _NUMBER.match(token.text)
        if match is None:
            raise self._error(
                "a number is written as a comparison", token.column, "write #>=100, #<60%, #=3, #>=1.2m or #>=100USD"
            )
        unit = (match["unit"] or "").upper()
        if unit and not is_unit(unit):
            raise self._error(
                f"{unit} is not a unit that can be read", token.column, "use %, or a currency such as USD or RUB"
            )
        scale = match["scale"]
        value = float(match["value"].replace(",", ".")) * _SCALE[scale.lower() if scale else None]
        return Number(match["comparison"], value, unit)

    def _word(self, written: str, column: int) -> Word | Phrase:
        """One word; what a text would split into several (Moscow-Baku, U.S.) is a phrase."""
        bare = written.removeprefix("=").removesuffix("*")
        split = surfaces(bare)
        if "*" in bare or "=" in bare or not split:
            raise self._error(
                f"“{written}” is not a word",
                column,
                "letters or digits; = before for the exact form, * after for a beginning",
            )
        if written.startswith("=") and written.endswith("*"):
            raise self._error("= and * exclude each other", column, f"write ={bare} or {bare}*")
        mark = "=" if written.startswith("=") else ""
        found = [Word.of(mark + surface) for surface in split[:-1]]
        found.append(Word.of(mark + split[-1] + ("*" if written.endswith("*") else "")))
        return found[0] if len(found) == 1 else Phrase(tuple(found))


def _placeless(query: Query) -> str:
    """Why the part has no place in a text; empty when it has one."""
    match query:
        case And():
            return "parts joined by AND"
        case Not():
            return "NOT"
        case Language():
            return "lang:"
        case InTitle():
            return "title:"
        case _:
            return next((reason for part in parts(query) if (reason := _placeless(part))), "")
