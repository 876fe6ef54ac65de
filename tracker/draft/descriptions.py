"""Which words of a claim only say who or what it is that is named? Reports leave them out as often as not.

"Pakistan's former prime minister Imran Khan" is Imran Khan, "the town of Laukkai" is Laukkai, "Boeing's Starliner" is
Starliner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.draft.actors import Actor
from tracker.draft.claim import Claim
from tracker.draft.library import Library
from tracker.draft.vocabulary import vocabulary

_OWNED = ("'s", "’s", "s'", "s’")
_ARTICLES = frozenset(("a", "an", "the"))
_OFFICE_REACH = 2


def undescribed(claim: Claim, named: Sequence[Actor], library: Library) -> tuple[list[Actor], frozenset[int]]:
    """The actors without those who only say whose or from where another is, and the places of words that describe."""
    kept = list(named)
    idle: set[int] = set()
    for actor in named:
        if actor not in kept or actor.place:
            continue
        titles = _titles_before(claim, actor.positions[0])
        idle.update(titles)
        first = titles[0] if titles else actor.positions[0]
        holder = next((one for one in kept if one is not actor and first - 1 in one.positions), None)
        if holder is None or not _describes(claim, holder, first, bool(titles), actor, library):
            continue
        idle.update(_titles_before(claim, holder.positions[0]))
        elsewhere = tuple(at for at in holder.positions if at > first)
        kept[kept.index(holder)] = replace(holder, positions=elsewhere)
        idle.update(set(holder.positions) - set(elsewhere))
        if office := _office(claim, titles):
            query = f"{actor.query} OR ({holder.query}) NEAR/{_OFFICE_REACH} {office}"
            kept[kept.index(actor)] = replace(actor, query=query)
    kept = sorted((one for one in kept if one.positions), key=lambda one: one.positions)
    return kept, frozenset(idle | set(_kinds(claim, kept)))


def _titles_before(claim: Claim, first: int) -> list[int]:
    """The places of the titles, trades and ranks that stand right before a name."""
    known = vocabulary()
    since = first
    while since and claim.words[since - 1].stem in known.titles | known.describing:
        since -= 1
    return list(range(since, first))


def _describes(claim: Claim, holder: Actor, first: int, titled: bool, actor: Actor, library: Library) -> bool:
    """Whether a name right before another, or before its titles, only says whose or from where the other is."""
    word = claim.words[first - 1]
    owns = word.surface.endswith(_OWNED) or claim.text[word.start : word.end + 2].rstrip().endswith(_OWNED)
    if titled:
        return owns or bool(holder.concept)
    # A Russian title stands before the state, and that before the name: «президент Франции Николя Саркози».
    if not word.surface.isascii():
        person = actor.person or (not actor.concept and len(actor.positions) > 1)
        return bool(holder.concept) and person and bool(_titles_before(claim, holder.positions[0]))
    return owns and _tells_alone(claim, actor, library)


def _tells_alone(claim: Claim, actor: Actor, library: Library) -> bool:
    """Whether a name is nobody else's: "Starliner" is, "Issue 1" and "High Court" are not."""
    words = [claim.words[at].surface for at in actor.positions]
    common = all(library.is_common(word) or word.casefold() in vocabulary().common for word in words)
    return bool(actor.concept) or not (common or any(word[0].isdigit() for word in words))


def _office(claim: Claim, titles: Sequence[int]) -> str:
    """The query of an office that only one at a time holds, which a report may name instead; "" of another."""
    words = [claim.words[at].normal for at in titles]
    if vocabulary().over.intersection(words):
        return ""
    if {"prime", "minister"} <= set(words):
        return '("prime minister" OR =PM OR premier)'
    return next((word for word in words if word in vocabulary().only_one), "")


def _kinds(claim: Claim, named: Sequence[Actor]) -> Iterator[int]:
    """The places of the words for the kind of what is named: the "town of" Laukkai, the "design company" Figma."""
    begins = {actor.positions[0] for actor in named}
    kind = vocabulary().types
    for at, word in enumerate(claim.words[:-1]):
        if word.stem not in kind:
            continue
        if at + 2 in begins and claim.words[at + 1].normal == "of":
            yield at
        if at > 1 and at + 1 in begins and claim.words[at - 2].normal in _ARTICLES and not claim.capital(at - 1):
            yield at - 1
