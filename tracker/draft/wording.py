"""In which words would a report tell what a claim says, whoever it is about?"""

from __future__ import annotations

import re

from tracker.draft.claim import Claim
from tracker.draft.families import Family, families
from tracker.draft.library import Found, Library
from tracker.draft.parts import Parts
from tracker.draft.roles import might_be_reversed, roles_of
from tracker.draft.thresholds import Threshold
from tracker.draft.vocabulary import vocabulary

MOST_WORDS = 3
"""More words than these, besides names and event, are left to a person."""
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def told(parts: Parts, known: Library) -> list[str]:
    """What a report must tell: the act first, if a family tells it, then the bounds and the words that are left."""
    pieces = [_act(parts, parts.event, known)] if parts.event else []
    pieces += dict.fromkeys(_level(one) for one in parts.bounds)
    beside = [positions for positions in parts.words[:MOST_WORDS] if positions not in parts.inside]
    return pieces + [word(parts.claim, positions) for positions in beside]


def family_query(name: str, known: Library, *, worded: bool) -> str:
    """The query of a family: its concept, or its own wordings where these tell the claim or there is no concept."""
    wordings = families().get(name, Family()).wordings
    return f"({wordings})" if wordings and (worded or name not in known.definitions) else f"@{name}"


def kind_query(name: str, known: Library) -> str:
    """All that may tell an event of a family, its concept and its own wordings."""
    concept = [f"@{name}"] if name in known.definitions else []
    return " OR ".join([*concept, *families().get(name, Family()).verbs])


def word(claim: Claim, positions: tuple[int, ...]) -> str:
    """A word of the claim, or several that are written together, as a query with its synonyms."""
    written = [claim.words[at] for at in positions]
    if len(written) > 1:
        if synonyms := vocabulary().synonyms.get(" ".join(one.stem for one in written)):
            return f"({synonyms})"
        return '"' + " ".join(one.surface for one in written) + '"'
    only = written[0]
    if only.normal in _RANKS:
        return _rank(_RANKS.index(only.normal) + 1)
    if ordinal := _ORDINAL.match(only.normal):
        return _rank(int(ordinal[1]))
    synonyms = vocabulary().synonyms.get(only.stem)
    if synonyms:
        return f"({synonyms})" if " OR " in synonyms else synonyms
    if only.surface[0].isdigit():
        return f"#={only.normal}" if only.normal.isdigit() else f'"{only.normal}"'
    return only.normal


def _level(bound: Threshold) -> str:
    """A bound as reports tell it: "rises by $2" and "a plan of $150 billion" are amounts, not where a price stands."""
    if not bound.unit:
        return bound.query
    known = vocabulary()
    words = known.stands_above if bound.query.startswith("#>") else known.stands_below
    return f"(({' OR '.join(words)}) NEAR/2 {bound.query})"


def _act(parts: Parts, event: Found, known: Library) -> str:
    """What tells the act: where both sides are named, a family's own wordings as well as its concept."""
    family, concept = parts.family, event.name in known.definitions
    if family.narrow:
        return f"({family.wordings})"
    doers, done_to = roles_of(parts)
    named = bool(doers and done_to) and (family.apart or might_be_reversed(parts, doers[0], done_to, known))
    if concept and family.wordings and (family.told_by or named):
        return f"(@{event.name} OR {family.wordings})"
    return family_query(event.name, known, worded=event.worded)


def _rank(number: int) -> str:
    """A rank in words and figures: "second", "2nd"."""
    if 0 < number <= len(_RANKS):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
        return f"(={_RANKS[number - 1]} OR ={number}{ending})"
    return f"#={number}"
