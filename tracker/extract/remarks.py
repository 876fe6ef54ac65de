"""What does an author put between two parts of speech, to say who speaks? «— Нет, — вздохнул он. — Не сейчас»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.article import Span
from tracker.extract.attribution import Attribution, attribution
from tracker.extract.cues import Table, read_clauses
from tracker.extract.quotation import CLOSERS
from tracker.extract.roster import Roster
from tracker.extract.subject import Phrase, Points, subject_of
from tracker.text import Word
from tracker.text.language import is_russian
from tracker.text.russian import is_future, part_of_speech

_DASH = re.compile(r",?\s+[—–]\s+")
_LONGEST = 200  # characters after a dash among which a verb of saying must begin
_SPEECH_ENDS = ",?!…"


def remarks(text: str, span: Span, table: Table, roster: Roster) -> list[Span]:
    """The stretches of a sentence of speech that dashes set apart, and that say who speaks."""
    dashes = list(_DASH.finditer(text, span.start, span.end))
    found, number = [], 0
    while number < len(dashes):
        end = dashes[number + 1].start() if number + 1 < len(dashes) else span.end
        stretch = Span(dashes[number].end(), min(end, dashes[number].end() + _LONGEST))
        clauses = read_clauses(text, stretch)
        said = any(hit.start <= 1 for hit in table.says.find(clauses))
        said |= any(table.fits("asks", word) for word in clauses.words[:2])
        if said or (_ends_speech(text, dashes[number]) and remark(text, stretch, table, roster)):
            found.append(Span(dashes[number].start(), end))
            number += 1
        number += 1
    return found


def without(span: Span, inserted: Sequence[Span], text: str) -> list[Span]:
    """A stretch without what is inserted in it, and without the dashes and marks around the parts."""
    starts = [span.start, *(one.end for one in inserted)]
    ends = [*(one.start for one in inserted), span.end]
    kept = (bare(text, Span(start, end)) for start, end in zip(starts, ends, strict=True))
    return [one for one in kept if one.start < one.end]


def bare(text: str, span: Span) -> Span:
    """A stretch without the dashes and quotation marks at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" \t\n—–" + CLOSERS + "«„"))
    return Span(start, max(start, span.start + len(words.rstrip(" \t\n—–" + CLOSERS))))


def _ends_speech(text: str, dash: re.Match[str]) -> bool:
    return dash.group().startswith(",") or text[dash.start() - 1] in _SPEECH_ENDS + CLOSERS


def remark(text: str, stretch: Span, table: Table, roster: Roster) -> Attribution | None:
    """Who is told of right behind speech, whatever the verb: «вздохнул он», «Лютов поднял палец», "Brown shrugged"."""
    if laid := attribution(text, stretch, table, roster):
        return laid
    clauses = read_clauses(text, stretch)
    end = next((position + 1 for position, mark in enumerate(clauses.marks) if mark), len(clauses.words))
    words = clauses.words[:end]
    while words and table.has("intensifiers", words[0].normal):
        words = words[1:]
    if len(words) < 2:
        return None
    names = [name for name in roster.names(stretch) if words[0].start <= name.start < words[-1].end]
    if _is_deed(words[0], words[1], table):
        subject = subject_of(Phrase(words[1:], names, follows=True), table, roster)
    else:
        lead = [word for word in words if not names or word.start < names[0].end][: 1 if not names else None]
        behind = words[len(lead) :]
        if not behind or len(lead) > 1 + len(names[0].words.split() if names else ()) or not _does(behind[0]):
            return None
        subject = subject_of(Phrase(lead, names[:1]), table, roster)
    if subject is None or subject.points is Points.BACK_TO_HOUSE:
        return None
    if subject.points is Points.BY_NAME and subject.name not in roster.full:
        return None
    return Attribution(subject.name, text[words[0].start : words[-1].end], subject.points)


def _does(word: Word) -> bool:
    """Whether a word tells what somebody does, or did, behind his name."""
    if is_russian(word.surface):
        return part_of_speech(word.normal) == "VERB" and not is_future(word.normal)
    return word.surface.islower() and word.normal.endswith(("ed", "s"))


def _is_deed(word: Word, following: Word, table: Table) -> bool:
    """Whether a word before a name tells what he did: «усмехается он», "laughed Brown"."""
    if is_russian(word.surface):
        return _does(word)
    named = following.surface[0].isupper() or table.has("personal", following.normal)
    return named and _does(word)
