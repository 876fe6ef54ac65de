"""Whom does a report really come from: which agency or outlet does it credit, and if none, who published it?

The houses, their domains and names, and the phrases that credit are in origins.yaml; each row there brings examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.errors import ConfigError
from tracker.model import Item

# No wording between "according to" and the name is longer, and a text of nothing but names must not take minutes.
_REACH_CHARACTERS = 200
_CYRILLIC = re.compile(r"[А-яЁё]")
_FILE = "tracker/origins.yaml"
_PHRASE_KEYS = {"before", "after", "relays", "dateline", "hit", "miss"}
_HOUSE_KEYS = {"name", "domains", "credits", "credits_in_russian", "credits_in_datelines", "satire", "hit", "miss"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The house that a report comes from. `credited` holds the words that credit it, empty for the publisher itself."""

    name: str
    credited: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Wording that makes a name a credit: patterns for what ends where the name begins and for what follows it.

    A phrase that `relays` names the source of another agency ("TASS reported, citing Reuters") and outranks the others.
    After a `dateline` stands an agency even where its name is a plain word ("BAKU, Azerbaijan, July 5. Trend").
    `hit` is an example that credits, `miss` one that only looks like it.
    """

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    relays: bool
    dateline: bool
    hit: str
    miss: str


@dataclass(frozen=True, slots=True)
class Credit:
    """A house that a text credits: by a phrase that `relays` or not, from which character on, in which words."""

    relays: bool
    start: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class House:
    """A publisher or agency: its domains, and its names as texts write them.

    Some are names in Russian texts only, and some only after a dateline, because they are words or names of others too.

    `hit` credits it, `miss` (may be empty) looks like it but does not. What one of `satire` prints is invented.
    """

    name: str
    domains: tuple[str, ...]
    credits: tuple[str, ...]
    credits_in_russian: tuple[str, ...]
    credits_in_datelines: tuple[str, ...]
    hit: str
    miss: str
    satire: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that texts write."""
        return self.credits + self.credits_in_russian + self.credits_in_datelines


def origin(item: Item) -> Origin:
    """The house that the item's title or summary credits, else its publisher.

    The title goes before the summary, a house that is cited through another before that other, the first named before
    later ones. A publisher that the table does not know keeps its domain as its name.
    """
    for text in (item.title, item.summary):
        found = credits_in(text, phrases())
        if found:
            credit = min(found, key=lambda credit: (not credit.relays, credit.start))
            return Origin(credit.name, credit.words)
    return Origin(publisher(item.source), "")


def houses() -> tuple[House, ...]:
    """All rows of the table of houses."""
    return _tables()[0]


def phrases() -> tuple[Phrase, ...]:
    """All crediting phrases."""
    return _tables()[1]


def credits_in(text: str, wordings: Sequence[Phrase]) -> list[Credit]:
    """Each credit that a text gives by any of the `wordings`, in the order of the names."""
    found = []
    in_russian = bool(_CYRILLIC.search(text))
    for match in _names().finditer(text):
        plain_word = match[1] in _only_in_datelines() or (not in_russian and match[1] in _only_in_russian())
        for phrase in wordings:
            if plain_word and not phrase.dateline:
                continue
            reach = max(0, match.start() - _REACH_CHARACTERS)
            before = phrase.before.search(text, reach, match.start()) if phrase.before else None
            after = phrase.after.match(text, match.end()) if phrase.after else None
            if (phrase.before and not before) or (phrase.after and not after):
                continue
            start = before.start() if before else match.start()
            end = after.end() if after else match.end()
            found.append(Credit(phrase.relays, match.start(), _house_of(match[1]), text[start:end].strip()))
    return found


def publisher(source: str) -> str:
    """The house of a domain: sub-domains belong to it. A domain that the table does not know is a house of its own."""
    domain = source.lower().removeprefix("www.")
    labels = domain.split(".")
    known = _by_domain()
    return next((known[end] for end in (".".join(labels[n:]) for n in range(len(labels))) if end in known), domain)


def is_satire(source: str) -> bool:
    """Whether a domain is one of a house whose news is invented."""
    return publisher(source) in _satire()


@cache
def _satire() -> frozenset[str]:
    return frozenset(house.name for house in houses() if house.satire)


@cache
def _by_domain() -> Mapping[str, str]:
    return {domain: house.name for house in houses() for domain in house.domains}


@cache
def _names() -> re.Pattern[str]:
    """One pattern for all names with the article and quotation marks around them; its group is the name alone."""
    options = "|".join(_pattern(name) for name, _ in _written())
    # A slash may open a dateline's name (/TASS/) but not one within an address or "and/or".
    return re.compile(rf"""(?<![\w@])(?<!\w-)(?<![\w/:]/)["«“„]?(?:[Tt]he )?({options})(?![\w@]|-\w|\.\w)[»”"]?""")


def _house_of(name: str) -> str:
    return next(house for written, house in _written() if re.fullmatch(_pattern(written), name))


def _pattern(name: str) -> str:
    """A name as a pattern: a * takes Russian endings."""
    return re.escape(name).replace(re.escape("*"), "[а-яё]{0,3}")


@cache
def _written() -> tuple[tuple[str, str], ...]:
    """Every name with its house, the longest first: "Interfax-Ukraine" before "Interfax"."""
    named = [(name, house.name) for house in houses() for name in house.names]
    return tuple(sorted(named, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _only_in_russian() -> frozenset[str]:
    return frozenset(name for house in houses() for name in house.credits_in_russian)


@cache
def _only_in_datelines() -> frozenset[str]:
    return frozenset(name for house in houses() for name in house.credits_in_datelines)


@cache
def _tables() -> tuple[tuple[House, ...], tuple[Phrase, ...]]:
    return read_tables(files("tracker").joinpath("origins.yaml").read_text("utf-8"))


def read_tables(text: str) -> tuple[tuple[House, ...], tuple[Phrase, ...]]:
    """The houses and phrases of a table in YAML, as explained at its head.

    ConfigError for an unknown key, a missing one, a name or domain given to two houses, or credits without an example.
    """
    table = yaml.load(text, Loader=yaml.CSafeLoader)
    _check_keys(table, allowed={"fillers", "houses", "phrases"}, needed={"fillers", "houses", "phrases"})
    rows = tuple(_house(row) for row in table["houses"])
    owner: dict[str, str] = {}
    for row in rows:
        for key in (*row.domains, *row.names):
            if owner.setdefault(key, row.name) != row.name:
                raise ConfigError(f"{key!r} belongs to {owner[key]} and to {row.name}", where=_FILE, mend="keep one")
    return rows, tuple(_phrase(row, table["fillers"]) for row in table["phrases"])


def _house(row: Mapping[str, Any]) -> House:
    _check_keys(row, allowed=_HOUSE_KEYS, needed={"name"})
    house = House(
        row["name"],
        tuple(row.get("domains", ())),
        tuple(row.get("credits", ())),
        tuple(row.get("credits_in_russian", ())),
        tuple(row.get("credits_in_datelines", ())),
        row.get("hit", ""),
        row.get("miss", ""),
        row.get("satire", False),
    )
    if house.names and not house.hit:
        raise ConfigError(f"{house.name} has names but no example", where=_FILE, mend="add hit, a text that credits it")
    return house


def _phrase(row: Mapping[str, Any], fillers: Mapping[str, str]) -> Phrase:
    _check_keys(row, allowed=_PHRASE_KEYS, needed={"hit", "miss"})
    before, after = (_filled(row.get(side, ""), fillers) for side in ("before", "after"))
    if not before and not after:
        raise ConfigError(f"no pattern for {row['hit']!r}", where=_FILE, mend="give before, after or both")
    try:
        patterns = [re.compile(pattern) if pattern else None for pattern in (before and rf"(?:{before})\Z", after)]
    except re.error as error:
        raise ConfigError(f"the pattern of {row['hit']!r}: {error}", where=_FILE, mend="write a pattern") from None
    flags = bool(row.get("relays")), bool(row.get("dateline"))
    return Phrase(patterns[0], patterns[1], *flags, row["hit"], row["miss"])


def _filled(pattern: str, fillers: Mapping[str, str]) -> str:
    for name, filler in fillers.items():
        pattern = pattern.replace(f"{{{name}}}", filler)
    return pattern


def _check_keys(row: Mapping[str, Any], *, allowed: set[str], needed: set[str]) -> None:
    for key in row.keys() - allowed:
        raise ConfigError(
            f"unknown key {key!r} in {dict(row)}", where=_FILE, mend=f"one of: {', '.join(sorted(allowed))}"
        )
    for key in needed - row.keys():
        raise ConfigError(f"{key!r} is missing in {dict(row)}", where=_FILE, mend="add it")
