"""Which cues stand in a text? The tables of cues (cues.en.yaml, cues.ru.yaml), read, indexed and looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.assess.names import matched_names
from tracker.assess.pattern import Clauses, Extent, Pattern, Slot, compile_pattern
from tracker.errors import ConfigError
from tracker.model import Assertion

LANGUAGES = ("en", "ru")
_WITHIN = 8
_TABLE_KEYS = {
    "stops_at",
    "comma_continues",
    "question_words",
    "answers_no",
    "deeds",
    "done",
    "months",
    "cues",
    "pseudo",
    "taken_back",
    "roles",
    "outsiders",
    "roles_follow",
    "role_links",
    "says",
    "answers",
    "elsewhere",
}
_CUE_KEYS = {"cue", "says", "looks", "stops_at", "within", "hit", "target", "miss", "miss_target"}
_PSEUDO_KEYS = {"cue", "hit", "target"}
_TAKEN_BACK_KEYS = {"cue", "hit", "miss"}


class Looks(StrEnum):
    """Where the words stand that a cue governs; ITSELF is a form of the event's own verb, and governs both ways too."""

    AHEAD = "ahead"
    BEHIND = "behind"
    BOTH = "both"
    ITSELF = "itself"


@dataclass(frozen=True, slots=True)
class Proof:
    """An example of a row: a headline, and the words in it that stand for the event."""

    headline: str
    target: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: what its wording says of the words around it. `says` is None for a pseudo-cue, which only masks others.

    `within` is how many words the scope may reach; None is the whole sentence, across clauses. `object_only` ends it
    with the last word of the wording, context included: «eased curbs and pushed prices up» denies curbs, not prices.
    """

    pattern: Pattern
    says: Assertion | None
    hit: Proof
    looks: Looks = Looks.AHEAD
    within: int | None = _WITHIN
    object_only: bool = False
    stops_at: tuple[Pattern, ...] = ()
    miss: Proof | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One row: wording by which a summary takes back what the title tells. `hit` and `miss` are summaries."""

    pattern: Pattern
    hit: str
    miss: str


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in a text, and where it stands."""

    cue: Cue
    extent: Extent

    @property
    def start(self) -> int:
        """The position of its first word."""
        return self.extent.start

    @property
    def end(self) -> int:
        """The position after its last word."""
        return self.extent.end


class Index:
    """Finds which patterns begin at a word without trying each of them."""

    def __init__(self, patterns: list[Pattern]) -> None:
        self._by_form: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        self._any: list[int] = []
        self._patterns = patterns
        for number, pattern in enumerate(patterns):
            self._enter(number, pattern.slots[0])
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})
        # The same few thousand words make up most headlines.
        self._candidates = lru_cache(maxsize=50_000)(self._look_up)

    def _enter(self, number: int, first: Slot) -> None:
        for table, keys in (
            (self._by_form, first.exact),
            (self._by_stem, first.stems),
            (self._by_beginning, first.beginnings),
        ):
            for key in keys:
                table.setdefault(key, []).append(number)
        if first.endings or first.number or first.past:
            self._any.append(number)

    def _look_up(self, normal: str, stem: str) -> tuple[int, ...]:
        numbers = {*self._by_form.get(normal, ()), *self._by_stem.get(stem, ()), *self._any}
        for length in self._lengths:
            numbers.update(self._by_beginning.get(normal[:length], ()))
        return tuple(sorted(numbers))

    def matches(self, clauses: Clauses) -> Iterator[tuple[int, Extent]]:
        """The number of each pattern that matches anywhere, and where it stands."""
        for position, word in enumerate(clauses.words):
            for number in self._candidates(word.normal, word.stem):
                extent = self._patterns[number].match(clauses, position)
                if extent is not None:
                    yield number, extent


@dataclass(frozen=True, slots=True)
class Table:
    """The cues of one language.

    `stops` end every scope, save where a cue reaches over the whole sentence; a comma ends it too, unless a word of
    `comma_continues` follows. A question that begins with one of `question_words` takes what stands before it as given;
    a word of `answers_no` right after a question denies what it asks.
    Each of `deeds` holds the words for one deed; `done` are forms that tell a deed as done, and not as a mere noun.
    `taken_back` is looked up in summaries only.

    `roles` are words for somebody near to a person, `outsiders` for those who do not even act for a state or a house;
    they follow the name, as in English, where `roles_follow`, and may stand before it with `role_links` between.
    `says` are verbs of saying; `answers` verbs by which the one named only answers what others did.
    At one of `elsewhere` a clause of somebody else may begin.
    """

    cues: tuple[Cue, ...]
    index: Index
    stops: Index
    comma_continues: Slot
    question_words: Slot
    answers_no: Slot
    deeds: tuple[Slot, ...]
    done: Slot
    months: tuple[Slot, ...]
    taken_back: tuple[TakenBack, ...]
    taken_back_index: Index
    roles: Slot
    outsiders: Slot
    roles_follow: bool
    role_links: Slot
    says: Slot
    answers: Index
    elsewhere: Index

    def find(self, clauses: Clauses, event: frozenset[int]) -> list[Found]:
        """The cues of a text, in order; of nested ones only the longest, and a pseudo-cue masks what it covers.

        `event` holds the positions of the words that the query matched: they are the event, so a cue made of them says
        nothing about it («threatens» when threats are what is looked for), unless it is a form of the event's verb. Nor
        does the rest of it: in «votes to ban», where votes are looked for, «to» announces nothing.
        """
        deeds = event - matched_names(clauses, event)
        found = {Found(self.cues[number], extent) for number, extent in self.index.matches(clauses)}
        standing = {
            f
            for f in found
            if f.cue.looks is Looks.ITSELF
            or (event.isdisjoint(f.extent.own) and deeds.isdisjoint(range(f.start, f.end)))
        }
        of_event = [f for f in found - standing if f.cue.says]
        widest = [f for f in standing if not any(_masks(other, f) for other in standing)]
        free = [f for f in widest if not any(_follows_in(other, f, event) for other in of_event)]
        return sorted((f for f in free if f.cue.says), key=lambda f: (f.start, f.end, f.cue.pattern.wording))


def _follows_in(other: Found, found: Found, event: frozenset[int]) -> bool:
    """Whether a cue lies in the rest of another that begins with the event's own words."""
    first = next(position for position in range(other.start, other.end) if position in event)
    return first < found.start and found.end <= other.end


def _masks(other: Found, found: Found) -> bool:
    if not (other.start <= found.start and found.end <= other.end):
        return False
    if other.cue.says is None:
        return found.cue.says is not None
    # «scheduled to» looks ahead only: it must not mask «scheduled», which looks behind.
    same_way = other.cue.looks in {found.cue.looks, Looks.BOTH}
    return same_way and other.end - other.start > found.end - found.start


@cache
def table(language: str) -> Table:
    """The shipped table of a language, "en" or "ru"."""
    name = f"cues.{language}.yaml"
    return read_table(files("tracker.assess").joinpath(name).read_text("utf-8"), name)


def read_table(text: str, name: str) -> Table:
    """Read a table; ConfigError for an unknown key, a value that means nothing, or a row without its proof."""
    document = yaml.load(text, Loader=yaml.CSafeLoader)
    _keys(document, _TABLE_KEYS, _TABLE_KEYS, name)
    cues = [_cue(row, f"{name}, cue {row.get('cue', '?')!r}") for row in document["cues"]]
    cues += [_pseudo(row, f"{name}, pseudo-cue {row.get('cue', '?')!r}") for row in document["pseudo"]]
    taken_back = tuple(
        _taken_back(row, f"{name}, taken back {row.get('cue', '?')!r}") for row in document["taken_back"]
    )
    return Table(
        cues=tuple(cues),
        index=Index([cue.pattern for cue in cues]),
        stops=Index([_pattern(stop, name) for stop in document["stops_at"]]),
        comma_continues=_pattern(document["comma_continues"], name).slots[0],
        question_words=_pattern(document["question_words"], name).slots[0],
        answers_no=_pattern(document["answers_no"], name).slots[0],
        deeds=tuple(_pattern(deed, name).slots[0] for deed in document["deeds"]),
        done=_pattern(document["done"], name).slots[0],
        months=tuple(_pattern(month, name).slots[0] for month in document["months"]),
        taken_back=taken_back,
        taken_back_index=Index([row.pattern for row in taken_back]),
        roles=_pattern(document["roles"], name).slots[0],
        outsiders=_pattern(document["outsiders"], name).slots[0],
        roles_follow=document["roles_follow"],
        role_links=_pattern(document["role_links"], name).slots[0],
        says=_pattern(document["says"], name).slots[0],
        answers=Index([_pattern(answer, name) for answer in document["answers"]]),
        elsewhere=Index([_pattern(word, name) for word in document["elsewhere"]]),
    )


def _cue(row: Mapping[str, Any], where: str) -> Cue:
    _keys(row, _CUE_KEYS, {"cue", "says", "hit", "target", "miss", "miss_target"}, where)
    within = row.get("within", _WITHIN)
    if within not in ("sentence", "object") and (not isinstance(within, int) or within < 1):
        raise ConfigError(f"within is {within!r}", where=where, mend="a number of words, or: sentence, or: object")
    try:
        says, looks = Assertion(row["says"]), Looks(row.get("looks", Looks.AHEAD))
    except ValueError as error:
        raise ConfigError(str(error), where=where, mend="see the head of the file for the values") from None
    return Cue(
        pattern=_pattern(row["cue"], where),
        says=says,
        hit=_proof(row["hit"], row["target"], where),
        looks=looks,
        within=None if within == "sentence" else _WITHIN if within == "object" else within,
        object_only=within == "object",
        stops_at=tuple(_pattern(stop, where) for stop in row.get("stops_at", ())),
        miss=_proof(row["miss"], row["miss_target"], where),
    )


def _pseudo(row: Mapping[str, Any], where: str) -> Cue:
    _keys(row, _PSEUDO_KEYS, _PSEUDO_KEYS, where)
    return Cue(_pattern(row["cue"], where), None, _proof(row["hit"], row["target"], where))


def _taken_back(row: Mapping[str, Any], where: str) -> TakenBack:
    _keys(row, _TAKEN_BACK_KEYS, _TAKEN_BACK_KEYS, where)
    return TakenBack(_pattern(row["cue"], where), row["hit"], row["miss"])


def _proof(headline: str, target: str, where: str) -> Proof:
    if target not in headline:
        raise ConfigError(f"«{target}» is not in «{headline}»", where=where, mend="copy the words from the example")
    return Proof(headline, target)


def _pattern(wording: str, where: str) -> Pattern:
    try:
        return compile_pattern(wording)
    except ValueError as error:
        raise ConfigError(str(error), where=where, mend="see tracker/assess/pattern.py for the notation") from None


def _keys(row: Mapping[str, Any], known: set[str], needed: set[str], where: str) -> None:
    for key in sorted(row.keys() - known):
        raise ConfigError(f"unknown key {key!r}", where=where, mend=f"one of: {', '.join(sorted(known))}")
    for key in sorted(needed - row.keys()):
        raise ConfigError(f"{key!r} is missing", where=where, mend="add it; every row brings its proof")
