"""Does an English verb of the present foretell? "Prices go up another 40% in the first quarter", "he leaves by May".

It does with a time ahead that is no appointment's, in a clause without another tense, where the verb is one of change
or outcome. A timetable's verbs ("starts", "opens", "takes effect") and exact days stay what they are: appointments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Governs, Table
from tracker.extract.future import Marker
from tracker.text import Word
from tracker.windows import FoundWindow

_APPOINTED = re.compile(
    r"^(?:on|at|from|since)\b|\b\d{1,2} [A-Z]|[A-Z][a-z]+ \d{1,2}\b(?!\d)|today|tonight|tomorrow|day\b"
)
_PAST = re.compile(r"\w{3,}ed$")


def may_be_present(clauses: Clauses, table: Table) -> bool:
    """Whether a sentence has a word that may be such a verb."""
    return any(table.has("foretelling", word.normal) for word in clauses.words[1:])


def present(clauses: Clauses, table: Table, times: Sequence[FoundWindow]) -> list[Marker]:
    """The marker of a sentence that foretells in the present; none where its times are those of a timetable."""
    if not times or all(_APPOINTED.search(time.phrase) for time in times):
        return []
    words = clauses.words
    for position in range(1, len(words)):
        word, before = words[position].normal, words[position - 1]
        if not table.has("foretelling", word) or clauses.marks[position - 1] or table.has("no_subjects", before.normal):
            continue
        following = words[position + 1].normal if position + 1 < len(words) else ""
        if word in ("go", "goes") and not table.has("directions", following):
            continue
        if table.has("timetable", following):
            continue
        if _agrees(word, before) and not _has_another_tense(clauses, position, table, times):
            return [Marker(position, position + 1, "will", Governs.WHOLE)]
    return []


def _agrees(verb: str, before: Word) -> bool:
    """Whether a word may be the last of a verb's subject: "inflation falls", "prices fall", "England go out"."""
    if verb.endswith("s") and not verb.endswith("ss"):
        return before.normal not in ("i", "you", "we", "they")
    return before.normal in ("we", "they") or before.normal.endswith("s") or before.surface[0].isupper()


def _has_another_tense(clauses: Clauses, position: int, table: Table, times: Sequence[FoundWindow]) -> bool:
    """Whether the clause of a verb has another, or a word for what is usual; "before the year is out" has none."""
    start, end = position, position
    while start and not clauses.marks[start - 1]:
        start -= 1
    while end < len(clauses.words) - 1 and not clauses.marks[end]:
        end += 1
    others = [
        word.normal
        for at, word in enumerate(clauses.words[start : end + 1], start)
        if at != position and not any(time.start <= word.start < time.end for time in times)
    ]
    return any(
        table.has("other_tenses", word) or table.has("auxiliaries", word) or _PAST.fullmatch(word) for word in others
    )
