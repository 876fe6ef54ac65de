"""Who acts, and to whom is it done? The order of a claim's words says it, and reports must say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.draft.actors import Actor
from tracker.draft.claim import content
from tracker.draft.families import Family, families, telling_words
from tracker.draft.library import Library
from tracker.draft.parts import Parts
from tracker.draft.vocabulary import vocabulary

_ARTICLES = frozenset(("the", "a", "an"))
_BE = frozenset(("is", "are", "was", "were", "been", "being", "gets", "get", "got"))
_PASSIVE = ("=is", "=are", "=was", "=were", "=been", "=being", "=gets")


def roles_of(parts: Parts) -> tuple[list[Actor], Actor | None]:
    """Who acts: those named before the event, joined by "and". To whom it is done: the first one named after it."""
    positions = [*(parts.event.positions if parts.event else ()), *(at for group in parts.words for at in group)]
    positions += [at for one in parts.bounds for at in one.positions]
    named = {at for actor in parts.actors for at in actor.positions}
    telling = [at for at in positions if at not in named]
    first = min(telling, default=len(parts.claim.words))
    if parts.event:
        first = min((at for at in parts.event.positions if at not in named), default=first)
    before = [actor for actor in parts.actors if actor.positions[0] < first]
    after = [actor for actor in parts.actors if actor.positions[0] > first and not parts.is_role(actor)]
    doers = before[:1]
    for one, following in pairwise(before):
        between = [parts.claim.words[at].normal for at in range(one.positions[-1] + 1, following.positions[0])]
        if [word for word in between if word not in _ARTICLES] not in (["and"], ["и"], ["or"], ["или"]):
            break
        doers.append(following)
    return doers, (after[0] if after else None)


def modifies(parts: Parts, actor: Actor) -> bool:
    """Whether a name only tells of what kind the thing after it is: the "Republican" debate."""
    words = parts.claim.words
    after = next((at for at in range(actor.positions[-1] + 1, len(words)) if content(words[at])), None)
    beside = after is not None and all(
        words[at].stem in vocabulary().titles for at in range(actor.positions[-1] + 1, after)
    )
    return beside and not actor.concept and any(after in group for group in parts.words)


def might_be_reversed(parts: Parts, doer: Actor, done_to: Actor | None, known: Library) -> bool:
    """Whether a report might tell the same act of these two the other way round."""
    if done_to is None or parts.family.mutual or not doer.concept or not done_to.concept or done_to.place:
        return False
    states = [actor.concept.removesuffix("-leaders") for actor in (doer, done_to)]
    return states[0] != states[1] and known.same_kind(*states)


@dataclass(frozen=True, slots=True)
class Towards:
    """The second name as the one on whom it is done: after "on" or "into", right after a verb, or before a passive.

    Each is a query; "" where no single word tells the act. `whole` is true of a verb that tells all of it.
    """

    place: str
    verb: str
    passive: str
    whole: bool


def towards(parts: Parts, done_to: Actor, known: Library) -> Towards:
    """How a report tells that the act is done to the second name."""
    named = {at for actor in parts.actors for at in actor.positions}
    telling = [at for at in (parts.event.positions if parts.event else ()) if at not in named]
    # The verb stands first: of "recalls its ambassador" only "recalls" tells to whom it is done.
    wordings = [parts.claim.words[at].normal for at in telling if content(parts.claim.words[at])][:1]
    if parts.event:
        wordings += known.single_words(parts.event.name, families().get(parts.event.name, Family()).wordings)
    own = parts.claim.words[done_to.positions[0] - 1].normal
    before = [
        *(parts.family.to or vocabulary().towards),
        *([own] if own in vocabulary().idle and own not in _ARTICLES else []),
    ]
    places = [f"={word}" for word in before]
    name, verbs = f"({done_to.query})", " OR ".join(dict.fromkeys(wordings))
    name = f"({name} OR ({' OR '.join(f'={word}' for word in vocabulary().parts_of_place)}) ONEAR/1 {name})"
    whole = len([at for at in telling if content(parts.claim.words[at])]) <= 1
    verb = f"({verbs}) ONEAR/1 {name}" if verbs else ""
    if not whole and telling[0] < done_to.positions[0] < telling[-1]:
        # Whose the thing is that is acted on: "expels two German diplomats".
        verb = f"({verbs}) ONEAR/4 ({done_to.query}) ONEAR/1 {parts.claim.words[telling[-1]].normal}"
    return Towards(
        place=f"({' OR '.join(places)}) ONEAR/1 {name}",
        verb=verb,
        whole=whole,
        passive=f"({name} OR {name} ONEAR/2 ({' OR '.join(_PASSIVE)})) ONEAR/1 ({verbs}) ONEAR/1 =by" if verbs else "",
    )


def acts(parts: Parts) -> bool:
    """Whether the claim tells in the active voice, and in English, that those who are named first do it.

    Then an English report names them before the act; who is "dismissed" may be named before or after it.
    """
    words = parts.claim.words
    doers, _ = roles_of(parts)
    if (
        not doers
        or not parts.event
        or parts.family.mutual
        or (parts.family.happens and not doers[0].person)
        or not words[doers[0].positions[0]].surface.isascii()
    ):
        return False
    telling = telling_words(parts.claim, parts.event)
    between = [word.normal for word in words[doers[-1].positions[-1] + 1 : min(telling, default=0) + 1]]
    return bool(telling) and _BE.isdisjoint(between)


def verb_tells(parts: Parts) -> bool:
    """Whether the claim's verb, right behind those who act, is among the words that tell the event.

    Where it is not ("get his seat in parliament back"), the family may be mistaken, and its silence says nothing.
    """
    doers, _ = roles_of(parts)
    if not doers or not parts.event:
        return False
    named = {at for actor in parts.actors for at in actor.positions}
    behind = range(doers[-1].positions[-1] + 1, len(parts.claim.words))
    skipped = _BE | _ARTICLES
    words = ((at, parts.claim.words[at].normal) for at in behind if at not in named)
    verb = next((at for at, word in words if word not in skipped and not word.endswith("ly")), None)
    return verb in parts.event.positions


def phrases(before: Sequence[str], heads: Sequence[str]) -> str:
    """Every word before every name of the same script."""
    pairs = [(word, head) for word in dict.fromkeys(before) for head in heads]
    return " OR ".join(f'"{word} {head}"' for word, head in pairs if word.isascii() == head.isascii())
