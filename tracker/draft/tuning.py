"""Which change of a query would take in an item that it misses, or throw out one that it takes wrongly?

Changes are tried on the items of the topic: one is offered only if it does what was asked of it to every marked item,
and those come first that change the least of what the query takes otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.draft.vocabulary import vocabulary
from tracker.model import Item
from tracker.query import SUMMARY, ConceptLookup, Document, Program, Query, parse
from tracker.query.syntax import And, Concept, Near, Not, Number, Or, Phrase, parts
from tracker.query.syntax import Word as Asked
from tracker.text import Word, words

_MOST = 6
_NEAREST = 4
_WIDER = 2
_WIDEST = 30


@dataclass(frozen=True, slots=True)
class Change:
    """Another wording of the event: what it is, what it does, and the keys of the items it takes in and throws out."""

    event: str
    does: str
    takes: frozenset[str]
    loses: frozenset[str]
    before: int
    after: int


def changes(
    topic: str,
    event: str,
    concepts: ConceptLookup,
    *,
    takes: Sequence[Item],
    refuses: Sequence[Item],
    stored: Sequence[Item],
) -> list[Change]:
    """The best changes of an event query, at most six, those that change the least first.

    `takes` are items that it should match, `refuses` items that it should not; `stored` are items on the topic to try
    changes on. None is offered where nothing that is marked would change, or where the topic does not match an item.
    """
    on_topic = parse(topic, concepts)
    known = parse(event, concepts)
    items = {item.key: item for item in (*stored, *takes, *refuses)}
    documents = {key: Document.of(item) for key, item in items.items()}
    # An item that is off the topic cannot be taken in by the event.
    program = Program()
    number = program.add(on_topic)
    documents = {key: one for key, one in documents.items() if program.read(one).matches(number) is not None}

    def matched(query: Query) -> frozenset[str]:
        trial = Program()
        at = trial.add(query)
        return frozenset(key for key, document in documents.items() if trial.read(document).matches(at) is not None)

    before = matched(known)
    wanted = {item.key for item in takes}
    unwanted = {item.key for item in refuses}
    if wanted <= before and unwanted.isdisjoint(before):
        return []
    found: dict[str, Change] = {}
    for query, does in _proposals(known, takes, refuses, before, on_topic):
        after = matched(query)
        if wanted <= after and unwanted.isdisjoint(after) and str(query) not in found:
            found[str(query)] = Change(str(query), does, after - before, before - after, len(before), len(after))
    rank: Callable[[Change], tuple[int, int, str]] = lambda one: (  # noqa: E731
        len(one.takes - wanted) + len(one.loses - unwanted),
        len(one.event),
        one.event,
    )
    return sorted(found.values(), key=rank)[:_MOST]


def off_topic(topic: str, concepts: ConceptLookup, items: Sequence[Item]) -> list[Item]:
    """The items that the topic does not match."""
    program = Program()
    number = program.add(parse(topic, concepts))
    return [item for item in items if program.read(Document.of(item)).matches(number) is None]


def _proposals(
    event: Query, takes: Sequence[Item], refuses: Sequence[Item], before: Collection[str], topic: Query
) -> Iterator[tuple[Query, str]]:
    """Changes worth trying, each with what it does. Marks of both kinds are met one after the other."""
    missing = [item for item in takes if item.key not in before]
    wrong = [item for item in refuses if item.key in before]
    wider = list(_taking(event, missing, topic)) if missing else [(event, "")]
    for query, does in wider:
        if not wrong:
            yield query, does
            continue
        for narrower, also in _refusing(query, wrong, takes, _matched_stems(And((topic, event)), wrong[0])):
            yield narrower, "; ".join(filter(None, (does, also)))


def _taking(event: Query, missing: Sequence[Item], topic: Query) -> Iterator[tuple[Query, str]]:
    """The event wider: by longer reaches, or by words of the missing items' titles that stand together."""
    widened = _widened(event)
    if widened != event:
        yield widened, f"doubles the reach of NEAR (at most {_WIDEST})"
    known = _asked_words(topic)
    first = missing[0]
    for one, other, apart in _pairs(first.title, known):
        if apart == 1:
            phrase = Phrase((Asked.of(one.normal), Asked.of(other.normal)))
            yield Or((*_or_parts(event), phrase)), f"takes {phrase}"
        else:
            near = Near(Asked.of(one.normal), Asked.of(other.normal), _NEAREST + 2)
            yield Or((*_or_parts(event), near)), f"takes {near}"


def _refusing(
    event: Query, wrong: Sequence[Item], keeps: Sequence[Item], own: Collection[str]
) -> Iterator[tuple[Query, str]]:
    """The event without what the wrong items share: a word, or two words that stand together.

    Words of which the first of them has `own` stems are those that the event is told in: the right items have them too.
    """
    shared = set.intersection(*({word.stem for word in _content(item.title)} for item in wrong))
    kept = {word.stem for item in keeps for word in words(f"{item.title} {item.summary}")}
    for word in _content(wrong[0].title):
        if word.stem in shared - kept and word.stem not in own:
            refused = Asked.of(word.normal)
            yield _without(event, refused), f"throws out what has {refused}"
    for one, other, _ in _pairs(wrong[0].title, frozenset()):
        if one.stem in own and other.stem in own:
            continue
        near = Near(Asked.of(one.normal), Asked.of(other.normal), _NEAREST)
        yield _without(event, near), f"throws out what has {near}"


def _matched_stems(query: Query, item: Item) -> set[str]:
    """The stems of the words of an item's title that a query matches."""
    program = Program()
    number = program.add(query)
    reading = program.read(Document.of(item))
    positions = {at for match in reading.matches(number) or () for at in match if at < SUMMARY}
    spans = set(reading.document.offsets(positions))
    return {word.stem for word in words(item.title) if (word.start, word.end) in spans}


def _without(event: Query, refused: Query) -> Query:
    inner = event.parts if isinstance(event, And) else (event,)
    return And((*inner, Not(refused)))


def _or_parts(event: Query) -> tuple[Query, ...]:
    return event.parts if isinstance(event, Or) else (event,)


def _widened(query: Query) -> Query:
    match query:
        case Near(left=left, right=right, distance=distance):
            reach = max(distance, min(distance * _WIDER, _WIDEST))
            return replace(query, left=_widened(left), right=_widened(right), distance=reach)
        case And(parts=inner):
            return And(tuple(map(_widened, inner)))
        case Or(parts=inner):
            return Or(tuple(map(_widened, inner)))
        case _:
            return query


def _asked_words(query: Query) -> frozenset[str]:
    """The keys of the words that a query asks for by name; those of its concepts count too."""
    match query:
        case Asked(key=key):
            return frozenset((key,))
        case Phrase(words=inner):
            return frozenset(word.key for word in inner)
        case Number():
            return frozenset()
        case Concept(body=body):
            return _asked_words(body)
        case _:
            return frozenset().union(*map(_asked_words, parts(query)))


def _content(title: str) -> list[Word]:
    known = vocabulary()
    return [
        word
        for word in words(title)
        if word.normal not in known.idle and not word.normal[0].isdigit() and len(word.normal) > 1
    ]


def _pairs(title: str, known: Collection[str]) -> Iterator[tuple[Word, Word, int]]:
    """Two words of a title that stand close together, one of them at least not of the topic; with their distance."""
    places = {word.start: at for at, word in enumerate(words(title))}
    telling = _content(title)
    for index, one in enumerate(telling):
        for other in telling[index + 1 :]:
            apart = places[other.start] - places[one.start]
            if apart <= _NEAREST and not {one.stem, other.stem, one.normal, other.normal} & set(known):
                yield one, other, apart
