"""Who acts, and to whom is it done? The order of a claim's words says it, and reports must say the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.draft.actors import Actor
from tracker.draft.claim import content
from tracker.draft.families import Family, families
from tracker.draft.library import Library
from tracker.draft.parts import Parts
from tracker.draft.vocabulary import vocabulary

_ARTICLES = frozenset(("the", "a", "an"))


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
    after = [actor for actor in parts.actors if actor.positions[0] > first]
    doers = before[:1]
    for one, following in pairwise(before):
        between = [parts.claim.words[at].normal for at in range(one.positions[-1] + 1, following.positions[0])]
        if between not in (["and"], ["и"], ["or"], ["или"]):
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


def towards(parts: Parts, done_to: Actor, known: Library) -> tuple[str, str]:
    """The second name as what is acted on: after the words of the act itself, and after "on", "into", "against"."""
    named = {at for actor in parts.actors for at in actor.positions}
    telling = [at for at in (parts.event.positions if parts.event else ()) if at not in named]
    wordings = [parts.claim.words[at].normal for at in telling if content(parts.claim.words[at])]
    if parts.event:
        wordings += known.single_words(parts.event.name, families().get(parts.event.name, Family()).wordings)
    own = parts.claim.words[done_to.positions[0] - 1].normal
    before = [
        *(parts.family.to or vocabulary().towards),
        *([own] if own in vocabulary().idle and own not in _ARTICLES else []),
    ]
    places = [f"={word}" for word in before]
    places += [f"={word} the" for word in before if word.isascii()]
    return phrases(wordings, done_to.heads), phrases(places, done_to.heads)


def phrases(before: Sequence[str], heads: Sequence[str]) -> str:
    """Every word before every name of the same script."""
    pairs = [(word, head) for word in dict.fromkeys(before) for head in heads]
    return " OR ".join(f'"{word} {head}"' for word, head in pairs if word.isascii() == head.isascii())
