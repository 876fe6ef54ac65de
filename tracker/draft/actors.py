"""Whom does a claim name, and which query finds them? Concepts first, then names as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from tracker.draft.claim import Claim, content
from tracker.draft.library import Found, Kind, Library
from tracker.draft.vocabulary import vocabulary
from tracker.query.syntax import Query
from tracker.text import Word, normal
from tracker.text.numbers import numbers
from tracker.text.russian import latin

_CYRILLIC = re.compile("[Ѐ-ӿ]")
_SHORTEST_STEM = 4
_SHORTEST_ALONE = 4
_LINKS = frozenset(("of", "de", "del", "la", "le", "al", "bin", "von", "van", "der", "the", "du"))
_INITIALS = 3
_REACH = 8
_MEASURE_REACH = 6
_PARTED = re.compile(r"[,;:()]")
_ALIKE = 0.7
_ENDING = re.compile(r"(?:ого|его|ому|ему|ым|им|ом|ем|ой|ей|ою|ий|ый|а|я|у|ю|е|и|ы|ь|й)$")
"""What a Russian name changes from case to case."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One who is named: the query that finds them, by which words of the claim, and the concept if it is one.

    `heads` are the words of queries that find the name after "on" or "into"; a `place` is where something happens.
    """

    query: str
    positions: tuple[int, ...]
    concept: str
    heads: tuple[str, ...]
    why: str
    place: bool = False


def actors(claim: Claim, found: Sequence[Found], taken: frozenset[int], library: Library) -> list[Actor]:
    """The actors in the order in which the claim names them. `taken` are the words that tell the event."""
    chosen: list[Found] = []
    used = set(taken)
    candidates = [one for one in found if one.kind is Kind.ACTOR and not _is_namesake(claim, one)]
    candidates.sort(key=lambda one: (-len(one.positions), one.size, one.positions, one.name))
    for one in candidates:
        if used.isdisjoint(one.positions):
            chosen.append(one)
            used.update(one.positions)
    names = list(_names(claim, frozenset(used)))
    result = []
    for one in chosen:
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
            result.append(replace(_member(claim, one, positions, library), place=place))
        else:
            heads = _heads(claim, one, library)
            told = " ".join(claim.words[at].surface for at in positions)
            result.append(Actor(f"@{one.name}", positions, one.name, heads, f"“{told}” is @{one.name}"))
    common = [name for name in names if len(name) == 1 and library.is_common(claim.words[name[0]].surface)]
    result += [_named(claim, name, library) for name in names if name not in common or (name == (0,) and not result)]
    return _once(_without_initials(claim, sorted(result, key=lambda actor: actor.positions)))


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
    if len(written) == 1 or library.is_state(found.name):
        return False
    return not any(library.is_common(word.surface) or not word.surface[0].isupper() for word in written)


def _is_place(claim: Claim, found: Found, library: Library) -> bool:
    """Whether a state's capital or region stands as a place ("a part of Moscow") and not for its government."""
    first = found.positions[0]
    word = claim.words[first]
    if not library.is_state(found.name) or first == 0 or claim.words[first - 1].normal not in vocabulary().places:
        return False
    return _latin(word.normal)[:_SHORTEST_STEM] != found.name.replace("-", "")[:_SHORTEST_STEM]


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
    twins = [str(one) for one in library.alternatives(found.name) if _sounds_like(one, written[-1])]
    words = [word for word in twins if " " not in word and not word.startswith("=")]
    return tuple(dict.fromkeys([*map(inflected, written), *words]))


def _names(claim: Claim, used: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """The runs of words with a capital that are not used otherwise, with what is joined to them."""
    run: list[int] = []
    for at, word in enumerate(claim.words):
        if run and _PARTED.search(claim.text[claim.words[at - 1].end : word.start]):
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


def _is_name(word: Word) -> bool:
    known = vocabulary()
    return word.stem not in known.titles and (word.surface.isupper() or word.normal not in known.idle)


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
    forms = ['"' + " ".join(map(inflected, bare)) + '"' if len(bare) > 1 else inflected(bare[0])]
    proper = [word for word in bare if word[0].isupper()]
    if claim.words[positions[-1]].stem in known.measures and len(bare) > 1:
        forms += [_measure(claim, positions)]
    elif len(bare) == len(proper) == len(("first", "last")):
        titled = positions[0] > 0 and claim.words[positions[0] - 1].stem in known.titles
        forms += [cased(word) for word in _alone(bare, library, titled=titled)]
    elif len(proper) >= _INITIALS and len(proper) == len(bare):
        forms.append("=" + "".join(word[0] for word in proper))
    forms += _numbered(bare)
    heads = tuple(dict.fromkeys(map(inflected, (bare[-1], bare[0]))))
    return Actor(" OR ".join(forms), positions, "", heads, f"“{told}” is a name")


def _measure(claim: Claim, positions: tuple[int, ...]) -> str:
    """A law by its subject and any word for a law: the AI Act is "rules on artificial intelligence" too."""
    subject = [claim.words[at] for at in positions[:-1]]
    names = vocabulary().synonyms.get(subject[0].stem) if len(subject) == 1 else None
    names = names or _phrase(" ".join(inflected(word.surface) for word in subject))
    return f"({names}) NEAR/{_MEASURE_REACH} (act OR law OR bill OR legislation OR regulation OR rule OR treaty)"


def _phrase(words: str) -> str:
    return f'"{words}"' if " " in words else words


def _numbered(bare: Sequence[str]) -> Iterator[str]:
    """A name with a number as headlines take it apart: "Ohio rejects Issue 1", "the Big 3"."""
    if len(bare) > len(("name", "number")) and bare[-1].isdigit():
        whole = " ".join(map(inflected, bare[:-2]))
        yield f'{_phrase(whole)} NEAR/{_REACH} "{inflected(bare[-2])} {bare[-1]}"'
    for at, word in enumerate(bare):
        found = [number for number in numbers(word) if not word.isdigit() and number.value == int(number.value)]
        if at > 0 and found:
            before = " ".join(map(inflected, bare[:at]))
            yield from (f'"{before} {normal(word)}"', f'"{before} {int(found[0].value)}"')


def _alone(bare: Sequence[str], library: Library, *, titled: bool) -> list[str]:
    """Which words of a name of two stand for it alone: a surname, or either word of what is no person's name."""
    if normal(bare[0]) in vocabulary().namesakes:
        return []
    person = titled or library.is_given_name(bare[0]) or normal(bare[0]) in vocabulary().given_names
    return [word for word in bare[1 if person else 0 :] if _tells_alone(word, library)]


def _tells_alone(word: str, library: Library) -> bool:
    common = library.is_common(word) or normal(word) in vocabulary().common
    return len(word) >= _SHORTEST_ALONE and not word.isupper() and not common


def _member(claim: Claim, found: Found, positions: tuple[int, ...], library: Library) -> Actor:
    """A person or a place that a concept of several knows: the wordings of this one, in both languages."""
    surname = claim.words[found.positions[-1]].surface
    forms: dict[str, None] = {}
    for alternative in library.alternatives(found.name):
        if any(set(match) <= set(found.positions) for match in library.has(alternative, claim.text)) or _sounds_like(
            alternative, surname
        ):
            forms[str(alternative)] = None
    told = " ".join(claim.words[at].surface for at in positions)
    query = " OR ".join(forms) or inflected(surname)
    return Actor(query, positions, found.name, (inflected(surname),), f"“{told}” is of @{found.name}")


def _sounds_like(alternative: Query, surname: str) -> bool:
    """Whether a wording names the same person in the other script."""
    last = re.sub(r"[^\w ]", "", str(alternative)).split()[-1:]
    if not last or bool(_CYRILLIC.search(last[0])) == bool(_CYRILLIC.search(surname)):
        return False
    one, other = (_latin(word) for word in (last[0], surname))
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _latin(word: str) -> str:
    """A word in Latin letters, in the plainest of the spellings that names have."""
    plain = latin(normal(word)).replace("kh", "h").replace("ks", "x").replace("w", "v").replace("iy", "i")
    return plain.replace("y", "i") or " "


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


def inflected(word: str) -> str:
    """A word of a query that finds a name in its cases: Russian ones by their beginning, capitals as they stand.

    >>> inflected("Суровикина"), inflected("Алиевым"), inflected("Brent"), inflected("OPEC")
    ('суровикин*', 'алиев*', 'brent', '=OPEC')
    """
    beginning = _ENDING.sub("", normal(word))
    if _CYRILLIC.search(word) and len(beginning) >= _SHORTEST_STEM:
        return f"{beginning}*"
    if word.isupper() and len(word) > 1 and word.isalpha():
        return f"={word}"
    return normal(word) if word.isascii() else word.casefold()


def cased(word: str) -> str:
    """A word of a query that finds a name and not the common word that it also is."""
    return inflected(word) if _CYRILLIC.search(word) else f"={word}"
