"""Which topic, event and criteria are drafted from a claim, and why?

A wrong verdict is worse than none. So every word of the claim that tells something must be found again in what is drafted:
by a name, by an event family, as a bound, or as a word of its own. Where that leaves too much, a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.concepts import Concepts
from tracker.draft.actors import Actor, actors, inflected
from tracker.draft.claim import Claim, content, read_claim, tenses
from tracker.draft.families import Family, families, telling_words, told_event, worded
from tracker.draft.library import Found, Library, library
from tracker.draft.thresholds import Threshold, threshold
from tracker.draft.vocabulary import vocabulary
from tracker.errors import QueryError
from tracker.model import Window
from tracker.query import parse

_SOURCES = 2
_REACH = 8
_MOST_ACTORS = 4
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for a forecast. `reasons` say where each part comes from.

    `doubts` say what a person must look at before any of it may settle the claim; without one the draft is `ready`.
    Where nothing was found, `topic` or `event` are empty.
    """

    topic: str
    event: str
    against: str
    counts: str
    sources: int
    lasts: bool
    audible: bool | None
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the draft may stand as it is."""
        return not self.doubts


@dataclass
class _Parts:
    """What was made of a claim so far."""

    claim: Claim
    actors: list[Actor]
    event: Found | None
    bounds: list[Threshold]
    words: list[tuple[int, ...]]
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def family(self) -> Family:
        return families().get(self.event.name, Family()) if self.event else Family()


def draft(
    claim: str, *, sentence: str = "", language: str, published: date, window: Window | None, concepts: Concepts
) -> Draft:
    """The first draft for a claim, a statement or a question in `language` ("en" or "ru").

    `sentence` is what the claim was taken from, and names the actors where the claim does not. `published` is the day
    from which the claim's words of time are read; `window` the window, None if it is not known yet.
    """
    known = library(concepts)
    parts = _read(read_claim(claim, language, published), known)
    if not parts.actors and sentence:
        parts.actors = _read(read_claim(sentence, language, published), known).actors[:1]
        parts.reasons += [f"{actor.why}, from the sentence" for actor in parts.actors]
    told = _told(parts, known, concepts)
    event = _event(parts, told, known, concepts)
    topic = _topic(parts.actors)
    against = _against(parts, told, window, known, concepts)
    parts.reasons += _reasons(parts)
    parts.doubts += _doubts(parts)
    if event and topic and parts.event:
        # The claim itself, as if it had happened, must be found by its own draft.
        both = parse(f"({topic}) AND ({event})", concepts)
        if not any(known.has(both, text) for text in tenses(parts.claim)):
            parts.doubts.append("the claim's own words are not found by these queries")
    return Draft(
        topic=topic,
        event=event,
        against=against,
        counts=_counts(parts.claim, language, window),
        sources=_SOURCES,
        lasts=parts.family.lasts or bool(parts.bounds and parts.bounds[0].unit),
        audible=True if _is_audible(parts) else None,
        reasons=tuple(dict.fromkeys(parts.reasons)),
        doubts=tuple(dict.fromkeys(parts.doubts)),
    )


def _read(claim: Claim, known: Library) -> _Parts:
    found = [*known.found_in(tenses(claim)), *worded(claim, known)]
    bounds = threshold(claim)
    bound = {at for one in bounds for at in one.positions}
    event = told_event(claim, [one for one in found if bound.isdisjoint(one.positions)])
    # What both the event and an actor need (an attack "on Iran") is the actor's.
    telling = set(telling_words(claim, event)) if event else set()
    telling -= {at for one in actors(claim, found, frozenset(bound), known) for at in one.positions if one.concept}
    named = actors(claim, found, frozenset(bound | telling), known)
    names = {at for one in named for at in one.positions}
    types = {at for at, word in enumerate(claim.words) if word.stem in vocabulary().types and {at - 1, at + 1} & names}
    used = bound | telling | names | types
    return _Parts(claim, named, event, bounds, _left(claim, used), doubts=list(claim.doubts))


def _left(claim: Claim, used: set[int]) -> list[tuple[int, ...]]:
    """The words that tell something and are not used yet; a number goes with the word before it."""
    left: list[tuple[int, ...]] = []
    for at, word in enumerate(claim.words):
        if at in used:
            continue
        joined = bool(left) and left[-1][-1] == at - 1 and (word.surface[0].isdigit() or claim.joined(at))
        if joined:
            left[-1] = (*left[-1], at)
        elif content(word):
            left.append((at,))
    return left


def _told(parts: _Parts, known: Library, concepts: Concepts) -> str:
    """What a report must tell, whoever it is about: the family, the bounds and the words that are left, near together."""
    pieces = [_family(parts, parts.event.name, known)] if parts.event else []
    pieces += [one.query for one in parts.bounds]
    pieces += [_word(parts.claim, positions) for positions in parts.words[:_MOST_WORDS]]
    return _near(pieces, concepts)


def _family(parts: _Parts, name: str, known: Library) -> str:
    """The query of a family: its own wordings where it has any and two are named, else its concept."""
    wordings = families().get(name, Family()).wordings
    if wordings and (name not in known.definitions or len(parts.actors) > 1):
        return f"({wordings})"
    return f"@{name}"


def _word(claim: Claim, positions: tuple[int, ...]) -> str:
    written = [claim.words[at] for at in positions]
    if len(written) > 1:
        return '"' + " ".join(word.surface for word in written) + '"'
    word = written[0]
    synonyms = vocabulary().synonyms.get(word.stem)
    if synonyms:
        return f"({synonyms})" if " OR " in synonyms else synonyms
    if word.surface[0].isdigit():
        return f"#={word.normal}" if word.normal.isdigit() else f'"{word.normal}"'
    return word.normal


def _near(pieces: Sequence[str], concepts: Concepts) -> str:
    """The parts, each near to those before it where it can be measured; else all of them anywhere."""
    if not pieces:
        return ""
    near, apart = pieces[0], []
    for piece in pieces[1:]:
        joined = f"{near} NEAR/{_REACH} {piece}"
        if _reads(joined, concepts):
            near = joined
        else:
            apart.append(piece)
    return " AND ".join([near, *apart])


def _reads(query: str, concepts: Concepts) -> bool:
    try:
        parse(query, concepts)
    except QueryError:
        return False
    return True


def _event(parts: _Parts, told: str, known: Library, concepts: Concepts) -> str:
    """What is told, tied to who did it and to whom it was done."""
    if not told:
        return ""
    doers, done_to = _roles(parts)
    # A family that names the actor itself ("NASA restores contact") is near to it already.
    inside = set(parts.event.positions) if parts.event else set()
    doers = [] if any(inside & set(actor.positions) for actor in doers) else doers
    done_to = None if done_to and inside & set(done_to.positions) and not doers else done_to
    pieces = []
    if doers:
        pieces.append("(" + " OR ".join(actor.query for actor in doers) + ")")
    pieces.append(told)
    if done_to and doers and _might_be_reversed(parts, doers[0], done_to, known):
        verbs, places = _towards(parts, done_to)
        parts.reasons.append("who acts on whom is told by the words before the second name")
        ways = [[*pieces, places], *([[pieces[0], verbs]] if verbs else [])]
        return " OR ".join(_tied(way, concepts) for way in ways)
    if done_to:
        pieces.append(f"({done_to.query})")
    return _tied(pieces, concepts)


def _tied(pieces: Sequence[str], concepts: Concepts) -> str:
    """The parts near together; one that NEAR cannot measure stands beside them."""
    near, apart = "", []
    for piece in pieces:
        joined = f"{near} NEAR/{_REACH} ({piece})" if near else f"({piece})"
        if _reads(f"{joined} NEAR/1 x", concepts):
            near = joined
        else:
            apart.append(f"({piece})")
    return str(parse(" AND ".join([part for part in (near, *apart) if part]), concepts))


def _roles(parts: _Parts) -> tuple[list[Actor], Actor | None]:
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
    for one, following in zip(before, before[1:], strict=False):
        between = [parts.claim.words[at].normal for at in range(one.positions[-1] + 1, following.positions[0])]
        if between not in (["and"], ["и"], ["or"], ["или"]):
            break
        doers.append(following)
    return doers, (after[0] if after else None)


def _might_be_reversed(parts: _Parts, doer: Actor, done_to: Actor, known: Library) -> bool:
    if parts.family.mutual or not doer.concept or not done_to.concept:
        return False
    return known.same_kind(doer.concept.removesuffix("-leaders"), done_to.concept.removesuffix("-leaders"))


def _towards(parts: _Parts, done_to: Actor) -> tuple[str, str]:
    """The second name as what is acted on: after the claim's own verbs, and after "on", "into", "against"."""
    named = {at for actor in parts.actors for at in actor.positions}
    telling = [at for at in (parts.event.positions if parts.event else ()) if at not in named]
    wordings = [parts.claim.words[at].normal for at in telling if content(parts.claim.words[at])]
    heads = [inflected(head) for head in done_to.heads]
    before = [word for word in vocabulary().towards if word.isascii() == done_to.heads[0].isascii()]
    return _phrases(wordings, heads), _phrases([f"={word}" for word in before], heads)


def _phrases(before: Sequence[str], heads: Sequence[str]) -> str:
    return " OR ".join(f'"{word} {head}"' for word in dict.fromkeys(before) for head in dict.fromkeys(heads))


def _topic(named: Sequence[Actor]) -> str:
    queries = [f"({actor.query})" if " OR " in actor.query else actor.query for actor in named[:_MOST_ACTORS]]
    queries = list(dict.fromkeys(queries))
    return queries[0].strip("()") if len(queries) == 1 and queries[0].startswith("(") else " AND ".join(queries)


def _against(parts: _Parts, told: str, window: Window | None, known: Library, concepts: Concepts) -> str:
    """What rules the event out, tied to the same doer: the families that are its rivals, or the other side of a bound."""
    doers, done_to = _roles(parts)
    if parts.words or not doers:
        return ""
    if parts.bounds:
        if not parts.bounds[0].unit or len(parts.bounds) > 1 or not parts.event:
            return ""
        rivals = [f"@{parts.event.name} NEAR/{_REACH} {parts.bounds[0].reverse}"]
    else:
        rivals = [_family(parts, name, known) for name in parts.family.rivals_in(window)]
    if not rivals:
        return ""
    parts.reasons.append(f"against: {' OR '.join(rivals)} would leave no room for it")
    pieces = ["(" + " OR ".join(actor.query for actor in doers) + ")", " OR ".join(rivals)]
    if done_to:
        pieces.append(done_to.query)
    return _tied(pieces, concepts)


def _reasons(parts: _Parts) -> Iterator[str]:
    yield from (actor.why for actor in parts.actors)
    if parts.event:
        told = " ".join(parts.claim.words[at].surface for at in parts.event.positions)
        yield f"“{told}” is told as {parts.event.name}"
    for bound in parts.bounds:
        told = " ".join(parts.claim.words[at].surface for at in bound.positions)
        yield f"“{told}” is the bound {bound.query}"
    for positions in parts.words:
        told = " ".join(parts.claim.words[at].surface for at in positions)
        yield f"“{told}” is asked for as a word"


def _doubts(parts: _Parts) -> Iterator[str]:
    if not parts.actors:
        yield "nobody is named: say whom or what it is about"
    if not parts.event and not parts.words:
        yield "no event is told: say what would be reported"
    elif not parts.event and not parts.bounds:
        yield "no known family of events tells it: look whether its own words tell that it happened"
    if len(parts.words) > _MOST_WORDS:
        rest = ", ".join(parts.claim.words[at].surface for group in parts.words[_MOST_WORDS:] for at in group)
        yield f"not asked for: {rest}"
    if len(parts.actors) > _MOST_ACTORS:
        yield f"only the first {_MOST_ACTORS} names are asked for"
    if len(parts.bounds) > 1:
        yield "more than one bound"


def _is_audible(parts: _Parts) -> bool:
    """Whether silence would say something: a family that makes news, of someone known, and nothing else asked for."""
    known = [actor for actor in parts.actors if actor.concept]
    return parts.family.audible and bool(known) and not parts.words and not parts.bounds


def _counts(claim: Claim, language: str, window: Window | None) -> str:
    """The criteria as a sentence."""
    told = claim.text[:1].upper() + claim.text[1:]
    if language == "ru":
        when = f", в период {window.opens} – {window.closes}" if window and not window.open_ended else ""
        return f"Сообщено как о свершившемся{when}: {told}. Планы, призывы и слухи не в счёт."
    when = f", between {window.opens} and {window.closes}" if window and not window.open_ended else ""
    return f"Reported as a fact{when}: {told}. Plans, demands and rumours do not count."
