"""Is a statement about the future a forecast? What only looks like one is refused, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Governs, Hit, Table
from tracker.extract.future import Marker
from tracker.extract.proposal import Why
from tracker.extract.statements import Statement
from tracker.text.russian import future_person, part_of_speech

_CLOSE = 4  # words
_SHORTEST = 3  # words; "It will end" leaves open what, «Рецессия неизбежна» does not


def why_not(clauses: Clauses, statement: Statement, table: Table) -> Why | None:
    """Why a statement is no forecast; None when it may be one."""
    marker = statement.marker
    if marker.aside and marker.aside not in ("which", "that"):
        return Why.QUESTION if marker.aside in ("whether", "how", "why", "what") else Why.SUBORDINATE
    spans = [(m.start, m.end) for m in (marker, *statement.inner)]
    for hit in table.not_forecasts.find(clauses):
        if statement.start <= hit.start < statement.end and _concerns(hit, spans, clauses):
            return hit.row.why
    ahead = clauses.words[marker.end - 1].normal in ("if", "before", "until", "till")  # "a matter of time before he is"
    if marker.governs is Governs.CLAUSE and not ahead and not statement.inner and _is_now(clauses, statement, table):
        return Why.PRESENT
    person = future_person(clauses.words[marker.start].normal)
    if person == "1per sing":
        return Why.PLAN  # a speaker tells what he will do himself: «я отвечу», «соглашусь»
    if person.startswith("2per"):
        return Why.VAGUE  # of whoever is spoken to: «спросите», «через год скажете»
    words = clauses.words[statement.start : statement.end]
    shortest = _SHORTEST - 1 if any(part_of_speech(word.normal) == "NOUN" for word in words) else _SHORTEST
    if len(words) < shortest or _leaves_open(clauses, statement):
        return Why.VAGUE
    return None


def is_conceded(clauses: Clauses, statement: Statement) -> bool:
    """Whether what may be is only granted, of the present: "he may be unpopular at home, but …"."""
    words, marker = clauses.words, statement.marker
    following = [word.normal for word in words[marker.end : statement.end + 1]]
    return words[marker.start].normal in ("may", "might") and following[:1] == ["be"] and "but" in following


def is_announced(statement: Statement, conditions: Sequence[Hit], *, timed: Callable[[], bool]) -> bool:
    """Whether an author's statement is mostly what was announced: "will" alone, that sets no condition.

    `timed` tells whether its sentence names a time that lies ahead: nobody announces what may, or will not, be then.
    """
    marker = statement.marker
    if not marker.is_plain or statement.adverbs or ((marker.negated or marker.only_may_be) and timed()):
        return False
    return not any(not hit.row.phrase and hit.start < marker.start for hit in conditions)


def aside_only(clauses: Clauses, found: Sequence[Marker], table: Table) -> Why:
    """Why a sentence is no forecast that speaks of the future in its asides alone ("unclear whether it will hold")."""
    if any(hit.row.why is Why.QUESTION for hit in table.not_forecasts.find(clauses)):
        return Why.QUESTION
    asked = any(marker.aside in ("whether", "how", "why", "what") for marker in found)
    return Why.QUESTION if asked else Why.SUBORDINATE


def _concerns(hit: Hit, spans: list[tuple[int, int]], clauses: Clauses) -> bool:
    """Whether a refusing cue stands near enough to the words of the future; a mere part of them is none."""
    if any(start <= hit.start and hit.end <= end and hit.end - hit.start < end - start for start, end in spans):
        return False
    start, end = spans[0]
    if hit.row.why is Why.DEMAND and (hit.start, hit.end) == (start, end):
        return False  # "inflation should fall": the verb behind it made the word one of the future
    if hit.row.why is Why.QUESTION and hit.start < start and _is_cleft(clauses, hit.start, end):
        return False  # "what it will not do is open the road"
    if hit.row.within == 0:
        # What governs the whole clause stands before the word of the future, or right behind.
        parted = any(clauses.marks[end - 1 : hit.start]) and hit.row.why is not Why.REJECTED
        return hit.start < end or (hit.start - end < _CLOSE and not parted)
    gap = hit.start - end if hit.start >= end else start - hit.end
    return gap < hit.row.within


def _is_cleft(clauses: Clauses, what: int, end: int) -> bool:
    """Whether "what" begins a clause that goes on, after the word of the future that ends at `end`, with "is"."""
    stop = next((p + 1 for p in range(end - 1, len(clauses.words)) if clauses.marks[p]), len(clauses.words))
    if clauses.words[end - 1].normal == "that":
        end -= 2  # "what is more likely | is that"
    return clauses.words[what].normal == "what" and any(w.normal in ("is", "was") for w in clauses.words[end:stop])


def _leaves_open(clauses: Clauses, statement: Statement) -> bool:
    """Whether nothing stands behind a word that governs a clause, or behind "will": «он не верит», "maybe we will"."""
    if statement.inner or statement.marker.end < statement.end:
        return False
    will = clauses.words[statement.marker.end - 1].normal in ("will", "won't", "would")
    return will or statement.marker.governs is Governs.CLAUSE


def _is_now(clauses: Clauses, statement: Statement, table: Table) -> bool:
    """Whether the clause that a marker governs speaks of the present: "it is likely that he believes"."""
    for position in range(statement.marker.end, statement.end):
        if table.fits("now", clauses.words[position]):
            return True
        if clauses.marks[position]:
            break
    return False
