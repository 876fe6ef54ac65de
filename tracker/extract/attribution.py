"""To whom does a sentence lay its words? "X said that …", "…, said X", "according to X", "по словам X"."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.assess.pattern import Clauses
from tracker.extract.article import Span
from tracker.extract.cues import Hit, Table, read_clauses
from tracker.extract.names import Name, Roster, names
from tracker.text import Word

_LONGEST = 2000  # characters: no sentence of an article is as long, and each word of it is looked at many times
_ROLE_WORDS = 9  # words that may stand between the verb and the name: "said the institute's former head of research X"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it: a name, or empty where a word such as "he" points back; `words` is the wording that says so."""

    name: str
    words: str


def attribution(text: str, span: Span, table: Table, roster: Roster) -> Attribution | None:
    """Who a stretch of an author's sentence says the words are from; None where it lays them to nobody."""
    if span.end - span.start > _LONGEST:
        return None
    clauses = read_clauses(text, span)
    found = list(names(text, span, table))
    for hit in table.sources.find(clauses):
        if any(table.has("his", word.normal) for word in clauses.words[hit.start : hit.end]):
            return Attribution("", text[clauses.words[hit.start].start : clauses.words[hit.end - 1].end])
        if laid := _after(text, clauses, hit, found, table, roster, case="gent"):
            return laid
    for hit in table.says.find(clauses):
        if hit.start and not clauses.words[hit.start].surface[0].islower():
            continue  # "United States"
        if laid := _of_verb(text, clauses, hit, found, table, roster):
            return laid
    return None


def _of_verb(
    text: str, clauses: Clauses, hit: Hit, found: list[Name], table: Table, roster: Roster
) -> Attribution | None:
    start = _piece_start(clauses, hit.start)
    led = clauses.words[start : hit.start]
    inverted = all(table.fits("openers", word) or word.normal in ("как", "as", "так") for word in led)
    if start and not led and (laid := _of_apposition(text, clauses, hit, start, found, roster)):
        return laid
    if inverted and (laid := _after(text, clauses, hit, found, table, roster)):
        return laid
    return _before(text, clauses, hit, found, table, roster)


def _of_apposition(
    text: str, clauses: Clauses, hit: Hit, start: int, found: list[Name], roster: Roster
) -> Attribution | None:
    """Whose full name stands alone between commas before the verb: "The minister, Ed Brown, told MPs that …"."""
    first = clauses.words[_piece_start(clauses, start - 1)]
    last = clauses.words[start - 1]
    for name in found:
        titles = [word for word in clauses.words if first.start <= word.start and word.end <= name.start]
        alone = name.end == last.end and all(word.surface[0].isupper() for word in titles)
        if first.start <= name.start and alone and " " in name.words:
            return Attribution(roster.who(name.words), text[name.start : clauses.words[hit.end - 1].end])
    return None


def _after(
    text: str, clauses: Clauses, hit: Hit, found: list[Name], table: Table, roster: Roster, case: str = ""
) -> Attribution | None:
    """The name, or the word that points back, in the words that follow up to the next mark."""
    end = hit.end
    while end < len(clauses.words) and end - hit.end < _ROLE_WORDS and not (end > hit.end and clauses.marks[end - 1]):
        end += 1
    if end == hit.end or clauses.marks[hit.end - 1] == ":":
        return None
    first, last = clauses.words[hit.end], clauses.words[end - 1]
    told = text[clauses.words[hit.start].start : last.end]
    inside = [name for name in found if first.start <= name.start < last.end]
    if inside:
        return Attribution(roster.who(_subject(inside, clauses, table).words, case), told)
    if any(table.fits("speakers", word) for word in clauses.words[hit.end : end]):
        return Attribution("", told)
    return None


def _before(
    text: str, clauses: Clauses, hit: Hit, found: list[Name], table: Table, roster: Roster
) -> Attribution | None:
    """The subject of the verb: in its own piece, or before the apposition that the piece follows."""
    start, end = _piece_start(clauses, hit.start), hit.start
    pieces = 0
    while pieces < 4:
        words = clauses.words[start:end]
        if words:
            inside = [name for name in found if words[0].start <= name.start < words[-1].end]
            apposition = pieces > 0 and _is_apposition(words[0].surface) and start > 0
            if inside and not apposition:
                told = text[inside[-1].start : clauses.words[hit.end - 1].end]
                return Attribution(roster.who(_subject(inside, clauses, table).words), told)
            if any(table.fits("speakers", word) for word in words) and not inside:
                return Attribution("", text[words[0].start : clauses.words[hit.end - 1].end])
            if pieces == 0 and not all(_is_light(word, table) for word in words):
                return None  # the verb has a subject of its own: "whatever the board says"
        if not start or clauses.marks[start - 1] == ":":
            return None
        end, start = start, _piece_start(clauses, start - 1)
        pieces += 1
    return None


def _subject(inside: list[Name], clauses: Clauses, table: Table) -> Name:
    """Of the names beside a verb the one who speaks.

    "Mary Doe of Number Crunchers" is Mary Doe, "Goldman Sachs economist John Brown" is John Brown, and "economists at
    Oosterhof" speak for Oosterhof.
    """
    free = [name for name in inside if not _is_after_preposition(name, clauses, table)]
    if not free:
        return inside[0]
    speaker = free[0]
    for name in free[1:]:
        between = [word for word in clauses.words if speaker.end <= word.start and word.end <= name.start]
        if any(table.fits("prepositions", word) or word.normal in ("who", "which") for word in between):
            break
        speaker = name
    return speaker


def _is_after_preposition(name: Name, clauses: Clauses, table: Table) -> bool:
    before = [word for word in clauses.words if word.end <= name.start][-2:]
    if before and before[-1].normal in ("the", "a", "an"):
        before = before[:-1]
    return bool(before) and table.fits("prepositions", before[-1]) and not before[-1].surface[0].isupper()


def _is_light(word: Word, table: Table) -> bool:
    """Whether a word may stand between a subject and its verb: "X, who | also said"."""
    return any(table.fits(name, word) for name in ("openers", "pronouns")) or any(
        table.has(name, word.normal) for name in ("copulas", "auxiliaries", "intensifiers")
    )


def _is_apposition(first: str) -> bool:
    return first[0].islower()


def _piece_start(clauses: Clauses, position: int) -> int:
    """The first word after the mark before a position."""
    while position > 0 and not clauses.marks[position - 1]:
        position -= 1
    return position
