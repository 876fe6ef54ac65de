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

_VERBS = (
    "beat break cave climb collapse crack crash cross default disappear double drop ease exceed fail fall fold go grow "
    "halve hang hit last leave lose overtake pass peak plateau plunge quit reach rebound recover resign rise "
    "shrink shut sign sink slide slip slow snap soar spike split stay survive take top topple triple tumble turn "
    "unwind vanish weaken win"
)
_FORMS = {form for verb in _VERBS.split() for form in (verb, f"{verb}s", f"{verb}es")}
# After these it is a noun ("the fall", "price drops"), an infinitive, or an order.
_BEFORE_NOUNS = (
    "a an the this that to of in for by with at from on and or no any another his her its their our my big sharp steep "
    "further price rate please let never must may can"
)
# What says in the same clause that it is another tense, a condition, or a habit.
_OTHERS = (
    "am is are was were be been being has have had do does did don't said told says tells wants plans hopes went fell "
    "rose came took made gave saw got kept left lost won grew ran began became broke wrote knew found thought felt "
    "held bought sold sent usually often every always never typically normally if when whenever whether who which that"
)
_NO_SUBJECT, _NOT_BESIDE = frozenset(_BEFORE_NOUNS.split()), frozenset(_OTHERS.split())
_GOING = {"up", "down", "to", "out", "under", "bust", "bankrupt", "above", "below", "public", "through", "ahead"}
_TIMETABLE = {"effect", "office", "place", "part", "off", "over"}  # "the law takes effect in January"
_APPOINTED = re.compile(
    r"^(?:on|at|from|since)\b|\b\d{1,2} [A-Z]|[A-Z][a-z]+ \d{1,2}\b(?!\d)|today|tonight|tomorrow|day\b"
)
_PAST = re.compile(r"\w{3,}ed$")


def may_be_present(clauses: Clauses) -> bool:
    """Whether a sentence has a word that may be such a verb."""
    return any(word.normal in _FORMS for word in clauses.words[1:])


def present(clauses: Clauses, table: Table, times: Sequence[FoundWindow]) -> list[Marker]:
    """The marker of a sentence that foretells in the present; none where its times are those of a timetable."""
    if not times or all(_APPOINTED.search(time.phrase) for time in times):
        return []
    words = clauses.words
    for position in range(1, len(words)):
        word, before = words[position].normal, words[position - 1]
        if word not in _FORMS or clauses.marks[position - 1] or before.normal in _NO_SUBJECT:
            continue
        following = words[position + 1].normal if position + 1 < len(words) else ""
        if (word in ("go", "goes") and following not in _GOING) or following in _TIMETABLE:
            continue
        if _agrees(word, before) and not _has_another_tense(clauses, position, table):
            return [Marker(position, position + 1, "will", Governs.WHOLE)]
    return []


def _agrees(verb: str, before: Word) -> bool:
    """Whether a word may be the last of a verb's subject: "inflation falls", "prices fall", "England go out"."""
    if verb.endswith("s") and not verb.endswith("ss"):
        return before.normal not in ("i", "you", "we", "they")
    return before.normal in ("we", "they") or before.normal.endswith("s") or before.surface[0].isupper()


def _has_another_tense(clauses: Clauses, position: int, table: Table) -> bool:
    """Whether the clause of a verb has another, or a word for what is usual."""
    start, end = position, position
    while start and not clauses.marks[start - 1]:
        start -= 1
    while end < len(clauses.words) - 1 and not clauses.marks[end]:
        end += 1
    others = [word.normal for at, word in enumerate(clauses.words[start : end + 1], start) if at != position]
    return any(word in _NOT_BESIDE or table.has("auxiliaries", word) or _PAST.fullmatch(word) for word in others)
