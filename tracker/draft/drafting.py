"""Which topic, event and criteria are drafted from a claim, and why?

A wrong verdict is worse than none. So every word of the claim that tells something must be found again in what is
drafted: by a name, by an event family, as a bound, or as a word of its own. Where too much is left, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.concepts import Concepts
from tracker.draft.actors import Actor
from tracker.draft.claim import Claim, read_claim, tenses
from tracker.draft.families import Family, families
from tracker.draft.library import Found, Library, library
from tracker.draft.parts import Parts, read_parts
from tracker.draft.roles import might_be_reversed, modifies, phrases, roles_of, towards
from tracker.draft.thresholds import Threshold
from tracker.draft.vocabulary import vocabulary
from tracker.errors import QueryError
from tracker.model import Window
from tracker.query import parse
from tracker.text.numbers import numbers

_SOURCES = 2
_REACH = 8
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MAIN = 2
_MOST_ACTORS = 4
_MOST_WORDS = 3
_FEW_WORDS = 1
_INVOLVED = 4
_PLACE_REACH = 4
_DIRECT = 2
_ONE_OF_A_SERIES = 31


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for a forecast. `reasons` say where each part comes from.

    `doubts` say what a person must look at before any of it may settle the claim; without one the draft is `ready`.
    Where nothing was found, `topic` or `event` are empty.

    `makes_news` is true of events that are nearly always reported. It is not `audible: yes`: no drafted query finds
    every wording, so that silence counts is a person's word to give. `audible` is False where silence says nothing.
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
    makes_news: bool = False

    @property
    def ready(self) -> bool:
        """Whether the draft may stand as it is."""
        return not self.doubts


def draft(
    claim: str, *, sentence: str = "", language: str, published: date, window: Window | None, concepts: Concepts
) -> Draft:
    """The first draft for a claim, a statement or a question in `language` ("en" or "ru").

    `sentence` is what the claim was taken from, and names the actors where the claim does not. `published` is the day
    from which the claim's words of time are read; `window` the window, None if it is not known yet.
    """
    known = library(concepts)
    parts = read_parts(read_claim(claim, language, published), known)
    if not parts.actors and sentence:
        parts.actors = read_parts(read_claim(sentence, language, published), known).actors[:1]
        parts.reasons += [f"{actor.why}, from the sentence" for actor in parts.actors]
    if window and not window.open_ended and window.days <= _ONE_OF_A_SERIES:
        parts.words = _without_ranks(parts)
    told = _told(parts, known, concepts)
    event = _event(parts, told, known, concepts)
    topic = _topic(parts)
    against = _against(parts, window, known, concepts)
    parts.reasons += _reasons(parts)
    parts.doubts += _doubts(parts)
    if not event:
        parts.doubts.append("no event is told: say what would be reported")
    if event and topic and parts.event and not parts.bounds:
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
        lasts=parts.family.lasts,
        audible=False if _may_be_omitted(parts) else None,
        reasons=tuple(dict.fromkeys(parts.reasons)),
        doubts=tuple(dict.fromkeys(parts.doubts)),
        makes_news=parts.family.makes_news and bool(parts.actors) and not _may_be_omitted(parts),
    )


def _told(parts: Parts, known: Library, concepts: Concepts) -> str:
    """What a report must tell, whoever it is about: family, bounds and the words that are left, near together."""
    pieces = [_act(parts, parts.event, known)] if parts.event else []
    pieces += dict.fromkeys(_level(one) for one in parts.bounds)
    pieces += [_word(parts.claim, positions) for positions in parts.words[:_MOST_WORDS]]
    return _near(pieces, concepts)


def _level(bound: Threshold) -> str:
    """A bound as reports tell it: "rises by $2" and "a plan of $150 billion" are amounts, not where a price stands."""
    if not bound.unit:
        return bound.query
    known = vocabulary()
    words = known.stands_above if bound.query.startswith("#>") else known.stands_below
    return f"(({' OR '.join(words)}) NEAR/2 {bound.query})"


def _family(name: str, known: Library, *, worded: bool) -> str:
    """The query of a family: its concept, or its own wordings where these tell the claim or there is no concept."""
    wordings = families().get(name, Family()).wordings
    return f"({wordings})" if wordings and (worded or name not in known.definitions) else f"@{name}"


def _act(parts: Parts, event: Found, known: Library) -> str:
    """What tells the act: where both sides are named, a family's own wordings as well as its concept."""
    family, concept = parts.family, event.name in known.definitions
    if family.narrow:
        return f"({family.wordings})"
    doers, done_to = roles_of(parts)
    both = bool(doers and done_to) and (family.apart or might_be_reversed(parts, doers[0], done_to, known))
    if concept and family.wordings and (family.told_by or both):
        return f"(@{event.name} OR {family.wordings})"
    return _family(event.name, known, worded=event.worded)


def _word(claim: Claim, positions: tuple[int, ...]) -> str:
    written = [claim.words[at] for at in positions]
    if len(written) > 1:
        if synonyms := vocabulary().synonyms.get(" ".join(word.stem for word in written)):
            return f"({synonyms})"
        return '"' + " ".join(word.surface for word in written) + '"'
    word = written[0]
    if word.normal in _RANKS:
        return _rank(_RANKS.index(word.normal) + 1)
    if ordinal := _ORDINAL.match(word.normal):
        return _rank(int(ordinal[1]))
    synonyms = vocabulary().synonyms.get(word.stem)
    if synonyms:
        return f"({synonyms})" if " OR " in synonyms else synonyms
    if word.surface[0].isdigit():
        return f"#={word.normal}" if word.normal.isdigit() else f'"{word.normal}"'
    return word.normal


def _rank(number: int) -> str:
    """A rank in words and figures: "second", "2nd"."""
    if 0 < number <= len(_RANKS):
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
        return f"(={_RANKS[number - 1]} OR ={number}{ending})"
    return f"#={number}"


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


def _event(parts: Parts, told: str, known: Library, concepts: Concepts) -> str:
    """What is told, tied to who did it and to whom it was done."""
    if not told:
        return ""
    doers, done_to = roles_of(parts)
    # A family that names the actor itself ("NASA restores contact") is near to it already.
    inside = set(parts.event.positions) if parts.event else set()
    reversible = bool(done_to and doers) and might_be_reversed(parts, doers[0], done_to, known)
    if any(inside.issuperset(actor.positions) for actor in doers) and not reversible:
        doers = []
    done_to = None if done_to and inside & set(done_to.positions) and not doers else done_to
    pieces = []
    if doers:
        pieces.append("(" + " OR ".join(actor.query for actor in doers) + ")")
    pieces.append(told)
    if done_to and reversible:
        verbs, places = towards(parts, done_to, known)
        parts.reasons.append("who acts on whom is told by the words before the second name")
        # A family that names whom it is done to ("attacks Iran") holds the very words that a NEAR would look for.
        holds = bool(inside & set(done_to.positions))
        near = _tied(pieces, concepts, parts.family.reach)
        place = _tied([told, places], concepts, _DIRECT if parts.family.to else _PLACE_REACH)
        by_place = f"{near} AND ({places})" if holds else _both(near, place)
        extra = [_word(parts.claim, positions) for positions in parts.words]
        by_verb = _tied([pieces[0], *extra, verbs], concepts, parts.family.reach) if verbs else ""
        either = " OR ".join(filter(None, (by_place, by_verb)))
        if either and parts.event and known.is_hostile(parts.event.name):
            friends = " OR ".join(f'"{head} {word}"' for head in done_to.heads for word in vocabulary().friends)
            either = f"({either}) AND NOT {pieces[0]} NEAR/{_INVOLVED} ({' OR '.join(vocabulary().involved)})"
            either += f" AND NOT ({friends})"
        return _beside(either, parts)
    near = _tied(pieces, concepts, parts.family.reach if doers else _REACH)
    if done_to and near and doers and _may_stand_apart(parts, done_to):
        near = f"{near} AND ({done_to.query})"
    elif done_to:
        near = _tied([near, f"({done_to.query})"], concepts, _PLACE_REACH if parts.family.at_place else _REACH)
    if near and done_to and parts.family.at_place:
        near += f" AND NOT ({phrases(vocabulary().beside, done_to.heads)})"
    return _beside(near, parts)


def _both(one: str, other: str) -> str:
    return f"{one} AND {other}" if one and other else ""


def _may_stand_apart(parts: Parts, done_to: Actor) -> bool:
    """Whether the object need not be near the act: it only tells its kind, or the act's own query names it."""
    named = bool(parts.event and not parts.family.narrow and set(parts.event.positions) & set(done_to.positions))
    return parts.family.apart or modifies(parts, done_to) or named


def _without_ranks(parts: Parts) -> list[tuple[int, ...]]:
    """The words that are left, without the rank of one of a series: in a short window there is no other."""
    words = [parts.claim.words[group[0]] for group in parts.words]
    if not any(word.stem in vocabulary().series for word in words):
        return parts.words
    return [group for group, word in zip(parts.words, words, strict=True) if not _is_rank(word.surface)]


def _tied(pieces: Sequence[str], concepts: Concepts, reach: int = _REACH) -> str:
    """The parts near together; one that NEAR cannot measure stands beside them."""
    near, apart = "", []
    for piece in filter(None, pieces):
        joined = f"{near} NEAR/{reach} ({piece})" if near else f"({piece})"
        if _reads(f"{joined} NEAR/1 x", concepts):
            near = joined
        else:
            apart.append(f"({piece})")
    whole = " AND ".join([part for part in (near, *apart) if part])
    # A number alone asks for no word, and finds nothing that could be looked up.
    return str(parse(whole, concepts)) if _reads(whole, concepts) else ""


def _topic(parts: Parts) -> str:
    """Who acts and to whom it is done. A topic of more is too rarely in the news for its silence to say anything."""
    return " AND ".join(_grouped(actor.query) for actor in _main(parts))


def _main(parts: Parts) -> list[Actor]:
    doers, done_to = roles_of(parts)
    main = [*doers, *([done_to] if done_to else [])]
    return main[:_MAIN] or parts.actors[:_MAIN]


def _beside(event: str, parts: Parts) -> str:
    """An event with the names that the topic leaves to it."""
    main = _main(parts)
    rest = [_grouped(actor.query) for actor in parts.actors[:_MOST_ACTORS] if actor not in main]
    return " AND ".join([f"({event})" if rest and " OR " in event else event, *rest])


def _grouped(query: str) -> str:
    return f"({query})" if " OR " in query else query


def _against(parts: Parts, window: Window | None, known: Library, concepts: Concepts) -> str:
    """What rules the event out, tied to the same doer: the families that are its rivals."""
    doers, done_to = roles_of(parts)
    if len(parts.words) > _MOST_WORDS or not doers or parts.bounds:
        return ""
    worded = bool(parts.event and parts.event.worded)
    rivals = [_family(name, known, worded=worded) for name in parts.family.rivals_in(window)]
    if not rivals:
        return ""
    parts.reasons.append(f"against: {' OR '.join(rivals)} would leave no room for it")
    words = [_word(parts.claim, positions) for positions in parts.words]
    rival = _near(["(" + " OR ".join(rivals) + ")", *words], concepts)
    pieces = ["(" + " OR ".join(actor.query for actor in doers) + ")", rival]
    if done_to and modifies(parts, done_to):
        return _beside(f"{_tied(pieces, concepts)} AND ({done_to.query})", parts)
    if done_to:
        pieces.append(done_to.query)
    return _beside(_tied(pieces, concepts), parts)


def _reasons(parts: Parts) -> Iterator[str]:
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


def _doubts(parts: Parts) -> Iterator[str]:
    if not parts.actors:
        yield "nobody is named: say whom or what it is about"
    if not parts.event and parts.words and not parts.bounds:
        yield "no known family of events tells it: look whether its own words tell that it happened"
    if len(parts.words) > _MOST_WORDS:
        rest = ", ".join(parts.claim.words[at].surface for group in parts.words[_MOST_WORDS:] for at in group)
        yield f"not asked for: {rest}"
    if len(parts.actors) > _MOST_ACTORS:
        yield f"only the first {_MOST_ACTORS} names are asked for"
    if len(parts.bounds) > 1:
        yield "more than one bound"


def _may_be_omitted(parts: Parts) -> bool:
    """Whether reports of the event may lack something that is asked for, so that silence says nothing.

    A number, more than a word that is no rank, a family that another field tells in the same words; or somebody who is
    not named ("any candidate"), because reports will name them.
    """
    words = [group for group in parts.words if not _is_rank(parts.claim.words[group[0]].surface)]
    return (
        len(words) > _FEW_WORDS
        or parts.ambiguous
        or (bool(parts.bounds) and not parts.family.lasts)
        or any(word.normal in vocabulary().indefinite for word in parts.claim.words)
    )


def _is_rank(word: str) -> bool:
    return any(number.names for number in numbers(word))


def _counts(claim: Claim, language: str, window: Window | None) -> str:
    """The criteria as a sentence."""
    told = claim.text[:1].upper() + claim.text[1:]
    if language == "ru":
        when = f", в период {window.opens} – {window.closes}" if window and not window.open_ended else ""
        return f"Сообщено как о свершившемся{when}: {told}. Планы, призывы и слухи не в счёт."
    when = f", between {window.opens} and {window.closes}" if window and not window.open_ended else ""
    return f"Reported as a fact{when}: {told}. Plans, demands and rumours do not count."
