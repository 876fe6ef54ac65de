"""What must come first, before what a statement foretells: "if oil prices fall", «в случае второго удара»?"""

from __future__ import annotations

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Hit
from tracker.extract.sentence import Sentence
from tracker.extract.statements import Statement
from tracker.text.russian import is_genitive

_SURPRISE = ("surprised", "astonished", "amazed", "удив")
_ANYWHERE = ("if", "unless", "если")  # these open a condition behind no mark, too


def condition_of(sentence: Sentence, statement: Statement) -> str:
    """The condition of a statement, in the article's words, "if" included; empty where nothing must come first."""
    clauses = sentence.clauses
    for hit in sentence.conditions:
        if _is_set(sentence, statement, hit):
            end = _end(clauses, statement, hit)
            return sentence.span(hit.start, end + 1).of(sentence.article.text)
    return ""


def _is_set(sentence: Sentence, statement: Statement, hit: Hit) -> bool:
    """Whether the words of a condition set one for this statement."""
    clauses, marker = sentence.clauses, statement.marker
    if marker.start <= hit.start < marker.end or clauses.marks[hit.end - 1]:
        return False  # "I would be surprised if …"; "a question of when, not if"
    if not hit.start:
        return True
    led, first = clauses.words[hit.start - 1], clauses.words[hit.start]
    if led.normal.startswith(_SURPRISE):
        return False
    gap = sentence.article.text[led.end : first.start]
    opens = sentence.cues.fits("boundaries", led)
    if hit.start >= marker.end and (";" in gap or ":" in gap or opens):
        return False  # of what is said next: "they will win; if both are fit it won't be close"
    return bool(clauses.marks[hit.start - 1]) or first.normal in _ANYWHERE


def _end(clauses: Clauses, statement: Statement, hit: Hit) -> int:
    """The last word of a condition."""
    begins = statement.marker.start
    end = next((p for p in range(hit.end, len(clauses.words)) if clauses.marks[p]), len(clauses.words) - 1)
    if hit.row.phrase and begins <= end:
        return _phrase_end(clauses, hit.end, begins)
    if not hit.row.phrase and hit.end < begins <= end:
        return begins - 2  # "If they come third | they will go"
    return end


def _phrase_end(clauses: Clauses, start: int, stop: int) -> int:
    """The last word of a condition without a verb, before the subject that follows it without a comma in Russian."""
    end = start
    while end + 1 < stop and not clauses.marks[end] and is_genitive(clauses.words[end + 1].surface.casefold()):
        end += 1
    return end - 1 if end + 1 == stop and end > start else end
