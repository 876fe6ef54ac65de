"""Whom does a claim name, and which query finds them? Concepts first, then names as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.draft.claim import Claim, content
from tracker.draft.library import Found, Kind, Library
from tracker.draft.names import SHORTEST_STEM, forms_of, inflected, is_given_name, plain_latin, sounds_like
from tracker.draft.vocabulary import vocabulary
from tracker.text import Word

_LINKS = frozenset(("of", "ten", "de", "del", "la", "le", "al", "bin", "von", "van", "der", "the", "du"))
_PARTED = re.compile(r"[,;:()]")


@dataclass(frozen=True, slots=True)
class Actor:
    """One who is named: the query that finds them, by which words of the claim, and the concept if it is one.

    `heads` are the words of queries that find the name after "on" or "into"; a `place` is where something happens. A
    `person` has aides, whose acts are not theirs.
    """

    query: str
    positions: tuple[int, ...]
    concept: str
    heads: tuple[str, ...]
    why: str
    place: bool = False
    person: bool = False


def actors(claim: Claim, found: Sequence[Found], taken: frozenset[int], library: Library) -> list[Actor]:
    """The actors in the order in which the claim names them. `taken` are the words that tell the event."""
    chosen: list[Found] = []
    used = set(taken)
    candidates = [one for one in found if one.kind is Kind.ACTOR and not _is_namesake(claim, one)]
    candidates = [
        one for one in _first_names(candidates) if not _is_any_body(claim, one) and not _begins_a_name(claim, one)
    ]
    candidates.sort(key=lambda one: (-len(one.positions), one.size, one.positions, one.name))
    for one in candidates:
        if used.isdisjoint(one.positions):
            chosen.append(one)
            used.update(one.positions)
    names = list(_names(claim, frozenset(used)))
    result = []
    for one in chosen:
        body = next((name for name in names if _is_body_of(claim, name, one, library)), None)
        if body and any(claim.words[at].stem in vocabulary().polities for at in body):
            names.remove(body)
            one = replace(one, positions=(*body, body[-1] + 1, *one.positions))
        elif body:
            names.remove(body)
            result.append(_body(claim, body, one))
            continue
        person = _is_person(claim, one, library)
        beside = [
            name
            for name in names
            if _touches(name, one.positions) and (person or all(_belongs(claim, at, one) for at in name))
        ]
        names = [name for name in names if name not in beside]
        positions = tuple(sorted({*one.positions, *(at for name in beside for at in name)}))
        place = _is_place(claim, one, library)
        if person or place:
            result.append(replace(_member(claim, one, positions, library), place=place, person=not place))
        else:
            heads = _heads(claim, one, library)
            told = " ".join(claim.words[at].surface for at in positions)
            result.append(Actor(f"@{one.name}", positions, one.name, heads, f"“{told}” is @{one.name}"))
    common = [name for name in names if len(name) == 1 and library.is_common(claim.words[name[0]].surface)]
    # A common word that is all that is named must be the name: the price of Bitcoin.
    alone = [] if result or len(names) > len(common) else common[:1]
    result += [_named(claim, name, library) for name in names if name not in common or name in alone]
    return _once(_without_initials(claim, sorted(result, key=lambda actor: actor.positions)))


def _first_names(found: Sequence[Found]) -> list[Found]:
    """The matches, of those of one concept's persons that stand side by side the first: "Thaksin", "Shinawatra".

    Where a given name alone is known, it tells the person; the surname is the family's.
    """
    result: list[Found] = []
    for one in sorted(found, key=lambda one: (one.name, one.positions)):
        before = result[-1] if result else None
        same = before is not None and before.name == one.name and _touches(before.positions, one.positions)
        if not (same and one.name.endswith("-leaders")):
            result.append(one)
    return result


def _is_any_body(claim: Claim, found: Found) -> bool:
    """Whether a match is only what any state has, here of one that is named: the Central Bank of Iceland."""
    after = found.positions[-1] + 1
    named = after + 1 < len(claim.words) and claim.words[after].normal == "of" and claim.capital(after + 1)
    return named and found.name == "central-banks"


def _begins_a_name(claim: Claim, found: Found) -> bool:
    """Whether a match only begins the name of a party or a federation: the Scottish National Party."""
    behind = at = found.positions[-1] + 1
    while at < len(claim.words) and claim.capital(at) and claim.words[at].stem not in vocabulary().societies:
        at += 1
    return behind < at < len(claim.words) and claim.capital(at)


def _is_body_of(claim: Claim, name: tuple[int, ...], found: Found, library: Library) -> bool:
    """Whether a state only ends the name of one of its bodies: the Bank of Canada."""
    first = found.positions[0]
    follows = first == name[-1] + 2 and claim.words[first - 1].normal == "of"
    return follows and claim.capital(first) and library.is_state(found.name)


def _body(claim: Claim, name: tuple[int, ...], found: Found) -> Actor:
    """A body by its whole name or its initials, and a central bank as such."""
    positions = (*name, name[-1] + 1, *found.positions)
    written = [claim.words[at].surface for at in positions]
    forms = ['"' + " ".join(map(inflected, written)) + '"', "=" + "".join(word[0] for word in written)]
    if any(word.normal == "bank" for word in (claim.words[at] for at in name)):
        forms.append(f'@{found.name} NEAR/2 "central bank"')
    told = " ".join(written)
    return Actor(" OR ".join(forms), positions, "", (inflected(written[-1]),), f"“{told}” is a name")


def _is_namesake(claim: Claim, found: Found) -> bool:
    """Whether a leader's surname stands after a given name that is another's: Hunter Biden."""
    first = found.positions[0]
    return first > 0 and claim.words[first - 1].normal in vocabulary().namesakes


def _belongs(claim: Claim, at: int, found: Found) -> bool:
    """Whether a word beside a name is of it: what kind of thing it is, or the rest of a concept's own name."""
    word = claim.words[at]
    return word.stem in vocabulary().types or word.normal in found.name.split("-")


def _is_person(claim: Claim, found: Found, library: Library) -> bool:
    """Whether a match names one of the persons that a concept knows, not the body that it stands for."""
    if found.name.endswith("-leaders"):
        return True
    written = [claim.words[at] for at in found.positions]
    before = claim.words[found.positions[0] - 1] if found.positions[0] else None
    given = before is not None and is_given_name(before.surface, library)
    if len(written) == 1 and not given:
        return False
    if library.is_state(found.name) and (not given or _is_of_state(written[0], found)):
        return False
    return not any(library.is_common(word.surface) or not word.surface[0].isupper() for word in written)


def _is_place(claim: Claim, found: Found, library: Library) -> bool:
    """Whether a state's capital or region stands as a place ("a part of Moscow") and not for its government."""
    first = found.positions[0]
    word = claim.words[first]
    if not library.is_state(found.name) or first == 0 or claim.words[first - 1].normal not in vocabulary().places:
        return False
    return not _is_of_state(word, found)


def _is_of_state(word: Word, found: Found) -> bool:
    """Whether a word is the name of the state that a concept stands for, not of a town or a person there."""
    return plain_latin(word.normal)[:SHORTEST_STEM] == found.name.replace("-", "")[:SHORTEST_STEM]


def _once(found: list[Actor]) -> list[Actor]:
    """The actors, one that is named twice only once."""
    result: dict[str, Actor] = {}
    for actor in found:
        known = result.setdefault(actor.query, actor)
        if known is not actor:
            positions = (*known.positions, *actor.positions)
            result[actor.query] = replace(known, positions=positions, heads=(*known.heads, *actor.heads))
    return list(result.values())


def _heads(claim: Claim, found: Found, library: Library) -> tuple[str, ...]:
    """The words of a concept's match, and those of the other script that sound like them."""
    written = [claim.words[at].surface for at in found.positions]
    twins = [str(one) for one in library.alternatives(found.name) if sounds_like(one, written[-1])]
    words = [word for word in twins if " " not in word and not word.startswith("=")]
    return tuple(dict.fromkeys([*map(inflected, written), *words]))


def _names(claim: Claim, used: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """The runs of words with a capital that are not used otherwise, with what is joined to them."""
    run: list[int] = []
    for at, word in enumerate(claim.words):
        if _ends_with_owner(claim, run) or (run and _PARTED.search(claim.text[claim.words[at - 1].end : word.start])):
            yield tuple(run)
            run = []
        free = at not in used
        figure = word.surface[0].isdigit() and bool(run) and run[-1] == at - 1 and _beside(claim, at)
        first = at == 0 and not claim.asked and word.surface[0].isupper() and content(word)
        if free and (claim.quoted(at) or (claim.capital(at) and _is_name(word)) or figure or first):
            run.append(at)
            continue
        link = bool(run) and run[-1] == at - 1 and word.normal in _LINKS and at + 1 < len(claim.words)
        if link and free and claim.capital(at + 1) and at + 1 not in used and word.normal != "the":
            run.append(at)
            continue
        if run:
            yield tuple(run)
        run = []
    if run:
        yield tuple(run)


def _ends_with_owner(claim: Claim, run: Sequence[int]) -> bool:
    """Whether a run of capitals is so far the name of an owner: "Boeing's", but not "People's"."""
    if not run:
        return False
    word = claim.words[run[-1]].surface.casefold()
    bare = word.removesuffix("'s").removesuffix("’s")
    return bare != word and bare not in vocabulary().owners


def _is_name(word: Word) -> bool:
    known = vocabulary()
    # "Chiefs" is no title: it names a club.
    title = word.stem in known.titles and not word.normal.endswith("s")
    return not title and (word.surface.isupper() or word.normal not in known.idle)


def _beside(claim: Claim, at: int) -> bool:
    """Whether a number belongs to the name before it: Luna-25, Issue 1, but not "Tesla, 100"."""
    between = claim.text[claim.words[at - 1].end : claim.words[at].start]
    return between in ("", " ", "-", ".", "‐", "‑")


def _touches(name: tuple[int, ...], positions: tuple[int, ...]) -> bool:
    return name[-1] + 1 == positions[0] or positions[-1] + 1 == name[0]


def _named(claim: Claim, positions: tuple[int, ...], library: Library) -> Actor:
    """A name: all of it, or the part of it that tells the most."""
    written = [claim.words[at].surface for at in positions]
    told = " ".join(written)
    known = vocabulary()
    synonyms = known.synonyms.get(claim.words[positions[0]].stem) if len(positions) == 1 else None
    if synonyms:
        return Actor(synonyms, positions, "", (inflected(written[0]),), f"“{told}” is a name")
    bare = [word.removesuffix("'s").removesuffix("’s") for word in written]
    titled = positions[0] > 0 and claim.words[positions[0] - 1].stem in known.titles
    forms = forms_of(bare, library, titled=titled)
    heads = tuple(dict.fromkeys(map(inflected, (bare[-1], bare[0]))))
    person = len(bare) > 1 and is_given_name(bare[0], library)
    return Actor(" OR ".join(forms), positions, "", heads, f"“{told}” is a name", person=person)


def _member(claim: Claim, found: Found, positions: tuple[int, ...], library: Library) -> Actor:
    """A person or a place that a concept of several knows: the wordings of this one, in both languages."""
    surname = claim.words[found.positions[-1]].surface
    forms: dict[str, None] = {}
    for alternative in library.alternatives(found.name):
        if any(set(match) <= set(found.positions) for match in library.has(alternative, claim.text)) or sounds_like(
            alternative, surname
        ):
            forms[str(alternative)] = None
    told = " ".join(claim.words[at].surface for at in positions)
    query = " OR ".join(forms) or inflected(surname)
    return Actor(query, positions, found.name, (inflected(surname),), f"“{told}” is of @{found.name}")


def _without_initials(claim: Claim, found: list[Actor]) -> list[Actor]:
    """The actors, an abbreviation in parentheses joined to the name before it: "Train Drivers' Union (GDL)"."""
    result: list[Actor] = []
    for actor in found:
        first, last = claim.words[actor.positions[0]], claim.words[actor.positions[-1]]
        in_brackets = claim.text[: first.start].endswith("(") and claim.text[last.end :].startswith(")")
        if in_brackets and result and not actor.concept and first.surface.isupper():
            before = result.pop()
            query = f"{before.query} OR ={first.surface}"
            positions = (*before.positions, *actor.positions)
            result.append(Actor(query, positions, before.concept, (*before.heads, f"={first.surface}"), before.why))
        else:
            result.append(actor)
    return result
