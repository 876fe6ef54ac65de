"""Which wordings speak of the future, and which of speakers? The tables cues.*.yaml, read and indexed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.assess.cues import Index
from tracker.assess.pattern import Clauses, Pattern, Slot, compile_pattern
from tracker.errors import ConfigError
from tracker.extract.article import Span
from tracker.extract.proposal import Why
from tracker.text import Word, normal, stem

_NEAR = 3  # words between a cue that says why not and the word of the future that it concerns
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\d+(?:[.,]\d+)*(?:st\b|nd\b|rd\b|th\b)?")
_MARK = re.compile(r"[;:,?!…()\[\]–—|]|(?<=\s)-{1,2}(?=\s)|\n")
_SLOTS = (
    "now",
    "asides",
    "boundaries",
    "contrasts",
    "pronouns",
    "openers",
    "asks",
    "speakers",
    "groups",
    "houses",
    "unnamed",
    "indefinite",
    "questions",
    "answers",
    "prepositions",
    "demonyms",
    "you",
    "interlocutors",
    "interviewers",
    "leads_to",
    "topics",
)
_PLAIN = (
    "not_names",
    "copulas",
    "auxiliaries",
    "personal",
    "subordinators",
    "intensifiers",
    "particles",
    "his",
    "he",
    "she",
    "they",
    "own",
    "bodies",
    "modals",
    "passives",
    "being",
    "also_nouns",
    "before_nouns",
    "conceding",
    "addressed",
    "so",
    "there",
    "and",
    "of_houses",
    "people_say",
    "vague_says",
    "carrying_on",
    "fates",
    "relative",
    "places",
    "ours",
    "fields",
    "foretelling",
    "no_subjects",
    "other_tenses",
    "directions",
    "timetable",
    "leads",
    "asks_which",
    "asks_who",
    "affirming",
    "denying",
    "leaves_open",
    "is_now",
    "begins_anew",
)
_LISTS = (
    "future",
    "adverbs",
    "not_forecasts",
    "conditions",
    "says",
    "sources",
    "views",
    "interviews",
    "replies",
    "asks_when",
)


class Governs(StrEnum):
    """Which words a cue speaks of: the verb, clause or object that follows, what stands before, or all with the cue."""

    VERB = "verb"
    CLAUSE = "clause"
    OBJECT = "object"
    BEHIND = "behind"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its wording, the proof of it, and what it says; keys that its table does not have are empty."""

    pattern: Pattern
    hit: str
    likelihood: str = ""
    governs: Governs = Governs.VERB
    reported: bool = False
    timed: bool = False
    open: bool = False
    phrase: bool = False
    idle: bool = False
    why: Why | None = None
    within: int = _NEAR
    who: str = ""
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A row in a text: the positions [start, end) of its own words."""

    row: Row
    start: int
    end: int


class Rows:
    """The rows of one table, found in a text."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        self._index = Index([row.pattern for row in rows])

    def find(self, clauses: Clauses) -> list[Hit]:
        """Where they stand, in order; of those that lie in one another only the longest, idle ones aside."""
        found = [Hit(self.rows[number], at.start, at.end) for number, at in self._index.matches(clauses)]
        found.sort(key=lambda hit: (hit.start, hit.start - hit.end))
        kept: list[Hit] = []
        for hit in found:
            if not any(other.start <= hit.start and hit.end <= other.end for other in kept):
                kept.append(hit)
        return [hit for hit in kept if not hit.row.idle]


@dataclass(frozen=True)
class Table:
    """The cues of one language; the head of cues.en.yaml says what each part holds."""

    future: Rows
    adverbs: Rows
    not_forecasts: Rows
    conditions: Rows
    says: Rows
    sources: Rows
    views: Rows
    interviews: Rows
    replies: Rows
    asks_when: Rows
    slots: Mapping[str, Slot]
    plain: Mapping[str, frozenset[str]]

    def fits(self, name: str, word: Word) -> bool:
        """Whether a word is among those that the table lists under `name`."""
        return self.slots[name].fits(word)

    def has(self, name: str, word: str) -> bool:
        """Whether a word, in its normal form, stands in the plain list `name`."""
        return word in self.plain[name]


def read_clauses(text: str, span: Span) -> Clauses:
    """The words of a stretch with the marks between them: "," or ":" for any stronger one; offsets are the text's."""
    whole = _words_of(text)
    first = bisect_left(whole.starts, span.start)
    end = bisect_right(whole.ends, span.end)
    if first >= end:
        return Clauses([], [])
    return Clauses(whole.words[first:end], [*whole.marks[first : end - 1], _mark(text[whole.ends[end - 1] : span.end])])


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, where they start and end, and the marks behind them."""

    words: list[Word]
    starts: list[int]
    ends: list[int]
    marks: list[str]


@lru_cache(maxsize=8)  # an article is asked for a stretch of it thousands of times, its claims once each
def _words_of(text: str) -> _Words:
    words = []
    for match in _WORD.finditer(text):
        surface = match.group()
        words.append(Word(surface, normal(surface), stem(surface), match.start(), match.end()))
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    following = [*starts[1:], len(text)][: len(words)]
    return _Words(words, starts, ends, [_mark(text[end:after]) for end, after in zip(ends, following, strict=True)])


def _mark(gap: str) -> str:
    if gap in (" ", ""):
        return ""
    marks = set(_MARK.findall(gap.replace("(", ",").replace(")", ",")))
    return "" if not marks else "," if marks == {","} else ":"


@cache
def table(language: str) -> Table:
    """The shipped table of a language, "en" or "ru"."""
    name = f"cues.{language}.yaml"
    return read_table(files("tracker.extract").joinpath(name).read_text("utf-8"), name)


def read_table(text: str, name: str) -> Table:
    """Read a table; ConfigError for what means nothing in it, or a row without its proof."""
    document = yaml.load(text, Loader=yaml.CSafeLoader)
    known = {*_SLOTS, *_LISTS, *_PLAIN, "by"}
    if wrong := sorted(document.keys() ^ known):
        mend = f"it holds {', '.join(sorted(known))}"
        raise ConfigError(f"{wrong[0]!r} is unknown or missing", where=name, mend=mend)
    rows = {part: Rows(tuple(_row(row, part, name) for row in document[part])) for part in _LISTS}
    slots = {part: _pattern(document[part], name).slots[0] for part in (*_SLOTS, "by")}
    plain = {part: frozenset(normal(str(word)) for word in document[part]) for part in _PLAIN}
    return Table(**rows, slots=slots, plain=plain)


_KEYS = {
    "future": {"cue", "likelihood", "governs", "reported", "timed", "open", "hit"},
    "adverbs": {"cue", "likelihood", "open", "hit"},
    "not_forecasts": {"cue", "why", "within", "hit"},
    "conditions": {"cue", "phrase", "idle", "hit"},
    "says": {"cue", "hit", "who"},
    "sources": {"cue", "hit", "who"},
    "views": {"cue", "hit", "who"},
    "interviews": {"cue", "hit", "who", "subject"},
    "replies": {"cue", "likelihood", "timed", "hit"},
    "asks_when": {"cue", "hit"},
}


def _row(row: Mapping[str, Any], part: str, name: str) -> Row:
    where = f"{name}, {part}, {row.get('cue', '?')!r}"
    if wrong := sorted(row.keys() - _KEYS[part]):
        raise ConfigError(f"unknown key {wrong[0]!r}", where=where, mend=f"one of: {', '.join(sorted(_KEYS[part]))}")
    if missing := sorted(
        _KEYS[part] - row.keys() - {"within", "reported", "timed", "open", "phrase", "idle", "subject"}
    ):
        raise ConfigError(f"{missing[0]!r} is missing", where=where, mend="add it; every row brings its proof")
    try:
        why = Why[row["why"].upper()] if "why" in row else None
        governs = Governs(row.get("governs", Governs.VERB))
    except (KeyError, ValueError) as error:
        raise ConfigError(str(error), where=where, mend="see tracker/extract/cues.py and proposal.py") from None
    return Row(
        pattern=_pattern(row["cue"], where),
        hit=row["hit"],
        likelihood=row.get("likelihood", ""),
        governs=governs,
        reported=row.get("reported", False) in (True, "yes"),
        timed=row.get("timed", False) in (True, "yes"),
        open=row.get("open", False) in (True, "yes"),
        phrase=row.get("phrase", False) in (True, "yes"),
        idle=row.get("idle", False) in (True, "yes"),
        why=why,
        within=row.get("within", _NEAR),
        who=row.get("who", ""),
        subject=row.get("subject", False) in (True, "yes"),
    )


def _pattern(wording: str, where: str) -> Pattern:
    try:
        return compile_pattern(wording)
    except ValueError as error:
        raise ConfigError(str(error), where=where, mend="see tracker/assess/pattern.py for the notation") from None
