"""Which parts does a claim have: who is named, what happens, with which bounds, and which words are left?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.draft.actors import Actor, actors
from tracker.draft.claim import Claim, content, stems, tenses
from tracker.draft.descriptions import undescribed
from tracker.draft.families import Family, families, is_ambiguous, telling_words, told_event, worded
from tracker.draft.library import Found, Library
from tracker.draft.thresholds import Threshold, threshold
from tracker.draft.vocabulary import vocabulary
from tracker.text import Word

_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass
class Parts:
    """What was made of a claim so far."""

    claim: Claim
    actors: list[Actor]
    event: Found | None
    bounds: list[Threshold]
    words: list[tuple[int, ...]]
    ambiguous: bool = False
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def is_role(self, actor: Actor) -> bool:
        """Whether a name only says as what somebody leaves: "as president of the Spanish federation"."""
        return self.family.role and self.event is not None and _as(self.claim, self.event) < actor.positions[0]

    @property
    def inside(self) -> list[tuple[int, ...]]:
        """The words that are left and that the event's own query holds: they cannot be near it."""
        told = set(self.event.positions) if self.event else set()
        return [positions for positions in self.words if told.issuperset(positions)]

    @property
    def family(self) -> Family:
        """What is to be known of its event; nothing of one without a family."""
        return families().get(self.event.name, Family()) if self.event else Family()


def read_parts(claim: Claim, known: Library) -> Parts:
    """The parts of a claim."""
    found = [*known.found_in(tenses(claim)), *worded(claim, known)]
    bounds = threshold(claim)
    bound = frozenset(at for one in bounds for at in one.positions)
    event = told_event(claim, [one for one in found if bound.isdisjoint(one.positions)])
    family = families().get(event.name, Family()) if event else Family()
    telling = _telling(claim, event, found, bound, known)
    named, describing = undescribed(claim, actors(claim, found, bound | telling, known), known)
    used = bound | describing | {at for one in named for at in one.positions}
    inherent = frozenset[str]()
    ambiguous = False
    if event:
        used |= _of_the_act(claim, event, family, telling, known)
        used |= _as_what(claim, event) if family.role else frozenset()
        inherent = stems(" ".join((event.name.replace("-", " "), *family.implies)))
        ambiguous = is_ambiguous(claim, event, found, known)
    used |= _said_already(claim, named, inherent)
    # The "Bank Rate" is the rate.
    named = [one for one in named if any(claim.words[at].stem not in inherent for at in one.positions)]
    left = _left(claim, used, office=family.office)
    return Parts(claim, named, event, bounds, left, ambiguous, doubts=list(claim.doubts))


def _telling(
    claim: Claim, event: Found | None, found: Sequence[Found], bound: frozenset[int], known: Library
) -> frozenset[int]:
    """The words that tell the event, and are nobody's name."""
    telling = {at for one in found if event and one.name == event.name for at in telling_words(claim, one)}
    # What both the event and an actor need (an attack "on Iran") is the actor's.
    telling -= {at for one in actors(claim, found, bound, known) for at in one.positions if one.concept}
    # A number written together with a letter is of a name: F-16.
    telling -= {at for at in telling if claim.words[at].surface[0].isdigit() and claim.joined(at)}
    if not claim.asked and telling - {0} and claim.words[0].surface[0].isupper():
        telling.discard(0)
    return frozenset(telling)


def _of_the_act(claim: Claim, event: Found, family: Family, telling: frozenset[int], known: Library) -> frozenset[int]:
    """Of the words that tell the event those that tell the act, not what it is about or who alone can do it."""
    # What no other headline names is what it is about: of "approves donanemab" the drug.
    about = {at for at in telling if not event.worded and not known.is_common(claim.words[at].surface)}
    # Not every strike in Hollywood is one of actors.
    trades = stems(" ".join(family.trades))
    return telling - (about - {event.positions[0]}) - {at for at in telling if claim.words[at].stem in trades}


def _said_already(claim: Claim, named: Sequence[Actor], inherent: frozenset[str]) -> frozenset[int]:
    """The words that say what kind of thing a name beside them is, and those that say no more than the event does."""
    names = {at for one in named for at in one.positions}
    kinds = vocabulary().types
    return frozenset(
        at
        for at, word in enumerate(claim.words)
        if (word.stem in kinds and {at - 1, at + 1} & names) or (word.stem in inherent and not claim.capital(at))
    )


def _as_what(claim: Claim, event: Found) -> frozenset[int]:
    """The words that say as what somebody leaves: "as president of the federation"."""
    return frozenset(at for at in range(_as(claim, event), len(claim.words)) if not claim.capital(at))


def _as(claim: Claim, event: Found) -> int:
    """The place of the "as" after an event; beyond the last word where there is none."""
    first = event.positions[0]
    return next((at for at, word in enumerate(claim.words) if at > first and word.normal == "as"), len(claim.words))


def _left(claim: Claim, used: frozenset[int], *, office: bool) -> list[tuple[int, ...]]:
    """The words that tell something and are not used yet; a number goes with the word before it.

    Of who takes an `office` its title tells something too: "prime minister".
    """
    left: list[tuple[int, ...]] = []
    for at, word in enumerate(claim.words):
        if at in used or _is_of_title(claim, at) or (_only_narrows(word) and not claim.capital(at)):
            continue
        if at and claim.joined(at) and _YEAR.match(claim.words[at - 1].normal):
            continue  # a season: 2022-23
        title = office and word.stem in vocabulary().titles
        follows = bool(left) and left[-1][-1] == at - 1
        if follows and (word.surface[0].isdigit() or claim.joined(at) or (title and _titles(claim, left[-1]))):
            left[-1] = (*left[-1], at)
        elif (content(word) or title or _is_sought(claim, at)) and not _YEAR.match(word.normal):
            left.append((at,))
    return left


def _only_narrows(word: Word) -> bool:
    """Whether a word only says which of its kind a thing is, or how something is done."""
    known = vocabulary()
    adverb = (
        word.normal.endswith("ly") and len(word.normal) > len("ally") and word.normal not in known.adverb_lookalikes
    )
    return adverb or word.stem in known.narrowing


def _titles(claim: Claim, positions: tuple[int, ...]) -> bool:
    """Whether some words are all of a title: "prime", to which "minister" belongs."""
    return all(claim.words[at].stem in vocabulary().titles for at in positions)


def _is_of_title(claim: Claim, at: int) -> bool:
    """Whether a word is the rank of a title: the "First" Minister."""
    following = claim.words[at + 1 : at + 2]
    return claim.capital(at) and bool(following) and following[0].stem in vocabulary().titles


def _is_sought(claim: Claim, at: int) -> bool:
    """Whether a title is what somebody runs for, not what stands before a name: "candidates for president"."""
    return at > 0 and claim.words[at].stem in vocabulary().titles and claim.words[at - 1].normal == "for"
