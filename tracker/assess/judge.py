"""What does a stretch of text say of the event: affirmed, denied, planned, hedged, asked for or recalled?

The method is ConText's (Harkema, Dowling, Thornblade & Chapman 2009): a cue governs the words ahead of it or behind it,
up to a number of words, a word that ends its scope, or the end of its clause; a pseudo-cue looks like a cue and is
none. The classes are those that the factuality of news needs (Saurí & Pustejovsky 2009). A cue governs the event when
one matched word lies in its scope.

When several cues govern:

1. A question mark at the end of the sentence: asked; denied when what follows answers it with a no, or calls it a hoax.
2. A cue in the scope of another that denies, hedges or asks is what that other one speaks of; the outer one decides:
   "denies plans to strike" is denied, "may reject" hedged, "urges Israel not to strike" asked, "rejects call" denied.
   A denial of a denial ("denies refusing to meet") leaves the matter open: hedged.
3. Of the rest: asked, then recalled, denied, hedged, planned. A report that does not settle anything goes before one
   that does, since a headline read as news when it is none costs more than one left out; and what is denied of an
   older year says nothing of today.

Nothing governs: affirmed, unless a matched word, or one among them, is a verb in the future («уйдёт»), or it is told
of somebody beside those whom the matched words name (bystanders.py), or of something of theirs (objects.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.assess.bystanders import bystander
from tracker.assess.clauses import read_clauses
from tracker.assess.cues import Found, Looks, Table
from tracker.assess.objects import another_object
from tracker.assess.pattern import Clauses
from tracker.assess.scope import Governing, govern, reaches
from tracker.model import Assertion
from tracker.text import Word
from tracker.text.language import is_russian
from tracker.text.russian import is_future

_FIRST_TO_DECIDE = (
    Assertion.ASKED,
    Assertion.RECALLED,
    Assertion.DENIED,
    Assertion.HEDGED,
    Assertion.PLANNED,
)
_OVERRULES = {Assertion.DENIED, Assertion.HEDGED, Assertion.ASKED}
_MEANING = {
    Assertion.DENIED: "denies it",
    Assertion.PLANNED: "puts it in the future",
    Assertion.HEDGED: "makes it a possibility or a claim",
    Assertion.ASKED: "asks for it, or asks about it",
    Assertion.RECALLED: "points to an older event",
}
_OF_THEIRS = "is only something of the one named"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a report says of the event, and by which words.

    `cue` is the wording that decided, as it stands in the text, empty for plain affirmation; `reason` says in words
    what it does; `scope` holds the character offsets [start, end) of the stretch that it governs, (0, 0) if none.
    """

    assertion: Assertion
    cue: str
    reason: str
    scope: tuple[int, int]


def assess_with(
    cues: Table, text: str, spans: Sequence[tuple[int, int]], bounds: tuple[int, int], published: date | None
) -> Assessment:
    """Judge the stretch `bounds` of a text by one table of cues; the rest as in `tracker.assess.assess`."""
    clauses = read_clauses(text, bounds, cues, published)
    event = frozenset(
        i for i, word in enumerate(clauses.words) if any(word.start < end and start < word.end for start, end in spans)
    )
    # A query can match without words to point at (NOT alone, a number's unit): then any cue may be about the event.
    matched = event or frozenset(range(len(clauses.words)))
    but_names = _but_names(matched, clauses)
    question = _question(clauses, but_names, cues)
    if question is not None:
        scope = _extent(clauses, question)
        answer = _answered_no(clauses, question, cues)
        if answer is not None:
            wording = text[clauses.words[answer.start].start : clauses.words[answer.stop - 1].end]
            return Assessment(Assertion.DENIED, wording, f"“{wording}” denies what the question asks", scope)
        return Assessment(Assertion.ASKED, "?", "asked, not told: the sentence ends in “?”", scope)
    stops = {extent.start for _, extent in cues.stops.matches(clauses)}
    governing = [
        candidate
        for found in cues.find(clauses, event)
        if (candidate := govern(found, clauses, cues, stops)) and reaches(candidate, matched)
    ]
    judged = _decide(governing, matched, clauses, text)
    if judged.assertion is Assertion.DENIED and not any(
        candidate.says is Assertion.DENIED and reaches(candidate, but_names) for candidate in governing
    ):
        reason = f"“{judged.cue}” denies something of those concerned, perhaps not the event"
        return Assessment(Assertion.HEDGED, judged.cue, reason, judged.scope)
    if judged.assertion is not Assertion.AFFIRMED:
        return judged
    ahead = next((i for i in _within(event, clauses) if _is_ahead(clauses.words[i])), None)
    if ahead is not None:
        first, end = _extent(clauses, range(ahead, ahead + 1))
        wording = text[first:end]
        return Assessment(Assertion.PLANNED, wording, f"“{wording}” {_MEANING[Assertion.PLANNED]}", (first, end))
    thing = another_object(clauses, event, text)
    beside = (thing, _OF_THEIRS) if thing is not None else bystander(clauses, event, cues, text)
    if beside is not None:
        positions, why = beside
        first, end = _extent(clauses, positions)
        wording = text[first:end]
        return Assessment(Assertion.HEDGED, wording, f"“{wording}” {why}", (first, end))
    return judged


def _within(event: frozenset[int], clauses: Clauses) -> Iterator[int]:
    """The positions of the matched words, and of those between two of them that no mark parts."""
    for before, after in pairwise([*sorted(event), len(clauses.words)]):
        yield before
        if after in event and not any(clauses.marks[before:after]):
            yield from range(before + 1, after)


def _is_ahead(word: Word) -> bool:
    """Whether a word is a Russian verb in the future: «уйдёт», «превысит»."""
    return word.surface[0].islower() and is_russian(word.surface) and is_future(word.normal)


def _but_names(event: frozenset[int], clauses: Clauses) -> frozenset[int]:
    """The matched words without the names among them, where letters show them.

    «Hungary blocks EU aid for Ukraine hours after membership talks were approved» denies no talks for all we know: EU
    and Ukraine are what it reaches. The first word of a sentence has its capital for another reason, and in a headline
    that capitalises all words there is no telling.
    """
    return (
        frozenset(
            i
            for i in event
            if clauses.words[i].surface[:1].islower() or i == 0 or clauses.marks[i - 1] in {"?", ".", ":"}
        )
        or event
    )


def _question(clauses: Clauses, event: frozenset[int], cues: Table) -> range | None:
    """The words of the question that the event is part of, if it is part of one.

    «Israel strikes Iran: what next?» asks about what follows the strike, not about the strike.
    """
    for position in sorted(event):
        end = next((i for i in range(position, len(clauses.words)) if clauses.marks[i] in {"?", "."}), None)
        if end is None or clauses.marks[end] != "?":
            continue
        start = next((i + 1 for i in range(end - 1, -1, -1) if clauses.marks[i] in {"?", ".", ":"}), 0)
        if start > position and cues.question_words.accepts(clauses, start):
            continue
        return range(min(start, position), end + 1)
    return None


def _answered_no(clauses: Clauses, question: range, cues: Table) -> range | None:
    """The words after a question that deny what it asks: «Mayor arrested? No», «Actor dead? Hoax fools thousands»."""
    if question.stop < len(clauses.words) and cues.answers_no.accepts(clauses, question.stop):
        return range(question.stop, question.stop + 1)
    for found in cues.find(clauses, frozenset()):
        if found.start >= question.stop and found.cue.says is Assertion.DENIED and found.cue.within is None:
            return range(found.start, found.end)
    return None


def _decide(governing: list[Governing], event: frozenset[int], clauses: Clauses, text: str) -> Assessment:
    """Apply the order of precedence at the head of this module."""
    outer = [c for c in governing if not any(_speaks_of(other, c, event) for other in governing)]
    for says in _FIRST_TO_DECIDE:
        for candidate in outer:
            if candidate.says is says:
                return _assessment(candidate, governing, event, clauses, text)
    return Assessment(Assertion.AFFIRMED, "", "told as a fact: no cue governs the event", (0, 0))


def _speaks_of(other: Governing, candidate: Governing, event: frozenset[int]) -> bool:
    """Whether `candidate` stands between `other` and the event that both govern: it is what `other` is about."""
    return (
        other.says in _OVERRULES
        and other.found.cue.looks in {Looks.AHEAD, Looks.BOTH}
        and candidate.found.start in other.ahead
        and any(position in candidate.ahead for position in event)
    )


def _assessment(
    chosen: Governing, governing: list[Governing], event: frozenset[int], clauses: Clauses, text: str
) -> Assessment:
    wording = _wording(chosen.found, clauses, text)
    scope = _extent(clauses, range(min(chosen.behind.start, chosen.ahead.start), chosen.ahead.stop))
    if chosen.says is Assertion.DENIED and chosen.found.cue.looks is Looks.AHEAD:
        for inner in governing:
            if inner.says is Assertion.DENIED and _speaks_of(chosen, inner, event):
                denied = _wording(inner.found, clauses, text)
                return Assessment(Assertion.HEDGED, wording, f"“{wording}” denies what “{denied}” denies", scope)
    return Assessment(chosen.says, wording, f"“{wording}” {_place(chosen, event)}{_MEANING[chosen.says]}", scope)


def _place(chosen: Governing, event: frozenset[int]) -> str:
    """Where the cue stands, in words; nothing when it is the event's own verb."""
    if not event.isdisjoint(chosen.found.extent.own):
        return ""
    return "before the event " if any(position in chosen.ahead for position in event) else "after the event "


def _wording(found: Found, clauses: Clauses, text: str) -> str:
    return text[clauses.words[found.start].start : clauses.words[found.end - 1].end]


def _extent(clauses: Clauses, positions: range) -> tuple[int, int]:
    """Character offsets of a stretch of words; (0, 0) for none."""
    if not positions or not clauses.words:
        return 0, 0
    return clauses.words[positions[0]].start, clauses.words[min(positions[-1], len(clauses.words) - 1)].end
