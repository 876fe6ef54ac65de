"""Which family of events does a claim tell, and what is to be known of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from tracker.draft.claim import Claim, content, stems, tenses
from tracker.draft.library import Found, Kind, Library
from tracker.model import Window
from tracker.query import Query, parse

_WIDEST = 100_000


@dataclass(frozen=True, slots=True)
class Family:
    """What is to be known of an event family, as families.yaml explains it. `within` is in days, 0 without a bound;
    `reach` in words."""

    makes_news: bool = False
    lasts: bool = False
    mutual: bool = False
    happens: bool = False
    rivals: tuple[str, ...] = ()
    within: int = 0
    verbs: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    unless: str = ""
    to_others: str = ""
    persons: bool = False
    beaten: bool = False
    office: bool = False
    role: bool = False
    apart: bool = False
    narrow: bool = False
    at_place: bool = False
    reach: int = 5
    to: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    hit: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()

    @property
    def wordings(self) -> str:
        """The query of its own wordings; "" where it has none."""
        return " OR ".join(self.verbs)

    def rivals_in(self, window: Window | None) -> tuple[str, ...]:
        """The families that leave no room for it in a window."""
        if self.within and (window is None or window.open_ended or window.days > self.within):
            return ()
        return self.rivals


@cache
def families() -> Mapping[str, Family]:
    """The families of families.yaml by name."""
    rows = yaml.load(files("tracker.draft").joinpath("families.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    lists = ("rivals", "verbs", "claims", "implies", "told_by", "trades", "to", "hit", "miss")
    return {name: Family(**{**row, **{key: tuple(row.get(key, ())) for key in lists}}) for name, row in rows.items()}


def worded(claim: Claim, library: Library) -> Iterator[Found]:
    """The families whose own wordings a claim has."""
    queries = _claim_queries(library)
    matches = {(name, match) for text in tenses(claim) for name, match in library.having(queries, text)}
    yield from (Found(name, Kind.EVENT, match, _WIDEST, worded=True) for name, match in sorted(matches))


@lru_cache(maxsize=4)
def _claim_queries(library: Library) -> tuple[tuple[str, Query], ...]:
    """The wordings by which claims tell each family that has any."""
    return tuple(
        (name, parse(" OR ".join((*family.verbs, *family.claims)), library.concepts))
        for name, family in families().items()
        if family.verbs
    )


def telling_words(claim: Claim, event: Found) -> tuple[int, ...]:
    """The words of an event's match that tell it, those that are names left out."""
    return tuple(at for at in event.positions if not claim.capital(at) and (event.worded or content(claim.words[at])))


def told_event(claim: Claim, found: Sequence[Found]) -> Found | None:
    """The event family that tells most of the claim.

    First the one that only such as the claim names can do (workers strike in their own way); then by most of its words
    that name nobody; then the one whose name shares words with the claim; then the narrowest.
    """
    named = {at for one in found if one.kind is Kind.ACTOR for at in one.positions}
    asked = stems(claim.text)
    best: Found | None = None
    best_rank: tuple[int, int, int, int, int] | None = None
    for one in found:
        if one.kind is not Kind.EVENT:
            continue
        telling = [at for at in telling_words(claim, one) if at not in named]
        family = families().get(one.name, Family())
        if not telling or (family.narrow and not one.worded) or (family.persons and _names_version(claim, telling[-1])):
            continue
        shared = len(stems(one.name.replace("-", " ")) & asked)
        rank = (not _told_by(one, asked), -len(telling), -shared, one.size, one.positions[0])
        if best_rank is None or rank < best_rank:
            best, best_rank = one, rank
        elif best and one.name == best.name and rank[:3] == best_rank[:3] and one.positions < best.positions:
            best = one  # the verb comes first: "arrives in France for a state visit"
    return best


def _names_version(claim: Claim, at: int) -> bool:
    """Whether a name with a number follows, which is a product's: "releases GPT-6"."""
    return any(
        claim.capital(after) and claim.words[after + 1].surface[0].isdigit()
        for after in range(at + 1, len(claim.words) - 1)
    )


def _told_by(event: Found, asked: frozenset[str]) -> bool:
    """Whether a claim names those by whom this family is told from others of the same words."""
    return not asked.isdisjoint(stems(" ".join(families().get(event.name, Family()).told_by)))


def is_ambiguous(claim: Claim, event: Found, found: Sequence[Found], library: Library) -> bool:
    """Whether a family of another field is told by the same words: a strike may be one of bombs or one of workers.

    Where the claim names who alone can do it, it is not.
    """
    if _told_by(event, stems(claim.text)):
        return False
    telling = set(telling_words(claim, event))
    field = library.field(event.name)
    return bool(field) and any(
        one.kind is Kind.EVENT
        and not one.worded
        and library.field(one.name) not in ("", field)
        and telling <= set(telling_words(claim, one))
        for one in found
    )
