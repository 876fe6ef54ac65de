"""Which query finds a report that the ones who are named did it, and to whom they did it?

English tells by order who acts on whom, so that there the one who acts must stand before the act (ONEAR), or after it
and "by". Russian tells it by cases, in any order: a Russian report needs them only near together.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.draft.actors import Actor
from tracker.draft.claim import tenses
from tracker.draft.joining import REACH, both, either, grouped, near, tied
from tracker.draft.library import Library
from tracker.draft.parts import Parts
from tracker.draft.roles import Towards, acts, might_be_reversed, modifies, phrases, roles_of, towards
from tracker.draft.vocabulary import vocabulary
from tracker.draft.wording import word
from tracker.query import parse

MOST_ACTORS = 4
"""More names than these are left to a person."""
_MAIN = 2
_INVOLVED = 4
_PLACE_REACH = 4
_DIRECT = 2
_PROPOSED = 5
_BY = "ONEAR/2 =by ONEAR/2"


def event_query(parts: Parts, told: Sequence[str], known: Library) -> str:
    """What is told, the act first, tied to who did it and to whom it was done."""
    if not told:
        return ""
    doers, done_to = roles_of(parts)
    # A family that names the actor itself ("NASA restores contact") is near to it already.
    inside = set(parts.event.positions) if parts.event else set()
    reversible = bool(done_to and doers) and might_be_reversed(parts, doers[0], done_to, known)
    if any(inside.issuperset(actor.positions) for actor in doers) and not reversible:
        doers = []
    done_to = None if done_to and inside & set(done_to.positions) and not doers else done_to
    doer = either([actor.query for actor in doers])
    if done_to and reversible:
        parts.reasons.append("who acts on whom is told by the words before the second name")
        found = _acted_on(parts, doer, near(told, known.concepts), done_to, known)
    elif doer and acts(parts):
        english, any_order = (_acted(parts, doer, told, done_to, known, ordered=ordered) for ordered in (True, False))
        # A family that knows who does it ("court strikes down") may hold the very name.
        finds = (
            any(known.has(parse(english, known.concepts), text) for text in tenses(parts.claim)) if english else False
        )
        found = _in_english_and_russian(doer, english, any_order) if finds else any_order
    else:
        found = _acted(parts, doer, told, done_to, known, ordered=False)
    return _without_others(beside(found, parts), told[0] if parts.event else "", parts, doers, known)


def main_actors(parts: Parts) -> list[Actor]:
    """Who acts and to whom it is done, or else those who are named first; at most two."""
    doers, done_to = roles_of(parts)
    found = [*doers, *([done_to] if done_to else [])]
    return found[:_MAIN] or parts.actors[:_MAIN]


def beside(event: str, parts: Parts) -> str:
    """An event with the names that the topic leaves to it, and the words that its own query holds."""
    main = main_actors(parts)
    rest = [grouped(actor.query) for actor in parts.actors[:MOST_ACTORS] if actor not in main]
    rest += [grouped(word(parts.claim, positions)) for positions in parts.inside]
    return " AND ".join([grouped(event) if rest else event, *rest])


def _without_others(event: str, act: str, parts: Parts, doers: Sequence[Actor], known: Library) -> str:
    """An event without that of somebody else: of a person's aides, of the side that was beaten, of a mere candidate.

    Nor one that the named only did to somebody, or that was only put forward.
    """
    found = [event]
    if act and (named := either([actor.query for actor in doers if actor.person])):
        people = f"({' OR '.join(vocabulary().people_of)})"
        found.append(
            f"NOT (({named}) ONEAR/2 {people} OR {people} ONEAR/1 =of ONEAR/3 ({named})) NEAR/{_INVOLVED} ({act})"
        )
    if parts.family.to_others and doers and roles_of(parts)[1] is None:
        named = either([actor.query for actor in doers])
        found.append(f"NOT (({named}) ONEAR/2 ({parts.family.to_others}))")
    if parts.family.beaten and doers:
        beaten, others = " OR ".join(vocabulary().beaten), " OR ".join(vocabulary().others)
        doer = either([actor.query for actor in doers])
        found.append(f"NOT (({beaten}) ONEAR/2 ({doer}) OR ({doer}) ONEAR/1 ({others}))")
    if any(one.stem in vocabulary().adopts for one in parts.claim.words):
        proposes, proposed = " OR ".join(vocabulary().proposes), " OR ".join(vocabulary().proposed)
        found.append(f"NOT ({proposes}) ONEAR/{_PROPOSED} ({proposed})")
    if parts.family.unless and not known.has(parse(parts.family.unless, known.concepts), parts.claim.text):
        found.append(f"NOT ({parts.family.unless})")
    return " AND ".join([grouped(event), *found[1:]]) if event and found[1:] else event


def _in_english_and_russian(doer: str, english: str, russian: str) -> str:
    """An event in the order of English, or in any order in Russian where the names can be found there."""
    if english == russian or not any(letter == "@" or "а" <= letter <= "я" for letter in doer):
        return english
    return f"{grouped(english)} OR lang:ru AND {grouped(russian)}"


def _acted(
    parts: Parts,
    doer: str,
    told: Sequence[str],
    done_to: Actor | None,
    known: Library,
    *,
    ordered: bool,
) -> str:
    """What is told, of these who act, and of the one to whom it is done."""
    act, *rest = told
    doers, _ = roles_of(parts)
    if parts.family.mutual and parts.event and len(doers) > 1:
        # Each of them: "Biden meets NATO leaders as Xi looks on" is no meeting of the two.
        names = [grouped(actor.query) for actor in doers]
        found = tied([tied([names[0], act], known.concepts, parts.family.reach), *names[1:], *rest], known.concepts)
    elif ordered:
        found = either(
            [
                tied([doer, act], known.concepts, parts.family.reach, ordered=True),
                tied([f"({act}) {_BY} ({doer})"], known.concepts),
            ]
        )
        found = tied([found, *rest], known.concepts)
    else:
        found = tied([doer, near(told, known.concepts)], known.concepts, parts.family.reach if doer else REACH)
    if done_to and parts.family.to and (done_to.concept or not parts.family.apart):
        # "Returns to Twitter after leaving Fox" is no return to Fox.
        side = towards(parts, done_to, known)
        found = both(found, either([tied([act, side.place], known.concepts, _DIRECT), side.verb]))
    elif done_to and found and doer and _may_stand_apart(parts, done_to):
        found = f"{grouped(found)} AND {grouped(done_to.query)}"
    elif done_to:
        found = tied([found, done_to.query], known.concepts, _PLACE_REACH if parts.family.at_place else REACH)
    if found and done_to and parts.family.at_place:
        found = f"{grouped(found)} AND NOT ({phrases(vocabulary().beside, done_to.heads)})"
    return found


def _acted_on(parts: Parts, doer: str, told: str, done_to: Actor, known: Library) -> str:
    """What one state did to another: never the act of the other, nor that of the friends of either."""
    inside = set(parts.event.positions) if parts.event else set()
    side = towards(parts, done_to, known)
    # A family that names whom it is done to ("attacks Iran") holds the very words that a NEAR would look for.
    holds = bool(inside & set(done_to.positions))
    extra = [word(parts.claim, positions) for positions in parts.words]
    found = _in_english_and_russian(
        doer,
        *(_done(parts, doer, told, side, extra, known, holds=holds, ordered=ordered) for ordered in (True, False)),
    )
    if found and parts.event and known.is_hostile(parts.event.name):
        friends = " OR ".join(f'"{head} {one}"' for head in done_to.heads for one in vocabulary().friends)
        found = f"({found}) AND NOT ({doer}) NEAR/{_INVOLVED} ({' OR '.join(vocabulary().involved)})"
        found += f" AND NOT ({friends})"
    return found


def _done(
    parts: Parts,
    doer: str,
    told: str,
    side: Towards,
    extra: Sequence[str],
    known: Library,
    *,
    holds: bool,
    ordered: bool,
) -> str:
    """The act "on" the second name, or the verb right before it; or, in order, the name, the verb and "by"."""
    reach = parts.family.reach
    act = tied([doer, told], known.concepts, reach, ordered=ordered)
    place = tied([told, side.place], known.concepts, _DIRECT if parts.family.to else _PLACE_REACH, ordered=ordered)
    found = [both(act, side.place if holds else place)]
    by_verb = (
        [tied([doer, tied([*extra, side.verb], known.concepts)], known.concepts, reach, ordered=ordered)]
        if side.verb
        else []
    )
    if side.passive and ordered:
        by_verb.append(tied([*extra, f"{side.passive} ONEAR/2 ({doer})"], known.concepts))
    # A verb that alone does not tell the act ("expels Chinese …") asks for the rest of it too.
    found += by_verb if side.whole else [both(told, either(by_verb))]
    return either(found)


def _may_stand_apart(parts: Parts, done_to: Actor) -> bool:
    """Whether the object need not be near the act: it only tells its kind, or the act's own query names it."""
    named = bool(parts.event and not parts.family.narrow and set(parts.event.positions) & set(done_to.positions))
    return parts.family.apart or modifies(parts, done_to) or named
