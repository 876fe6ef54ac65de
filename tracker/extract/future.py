"""Which words of a sentence speak of what may come, and what do they say of it?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Governs, Hit, Table
from tracker.text import Word
from tracker.text.language import is_russian
from tracker.text.russian import is_future, is_imperative

# Words of the scale that only say that something will, or may, be.
_MAY_BE = {"could", "may well", "может"}
_PLAIN = {"will", "will not", "is going to", "is not going to", "set to", "будет", "не будет"} | _MAY_BE
_SHORTEST_CONDITION = 2  # words: subject and verb
_DENIALS = {"not", "never", "isn't", "aren't"}
# What is left of a likelihood that is denied: "is not a foregone conclusion".
_DENIED = {
    "likely": "unlikely",
    "expected": "not expected",
    "almost certain": "not certain",
    "certain": "not certain",
    "unlikely": "not ruled out",
    "very unlikely": "not ruled out",
}
_NOUN_OF_CHANCE = {"possible", "возможно"}
_NEGATED = {"will not", "is not going to", "не будет"}


@dataclass(frozen=True, slots=True)
class Marker:
    """A word of the future: positions [start, end) of its words, what it says, and the subordinate word before it.

    `timed`: it speaks of the future only where its sentence names a time that lies ahead ("she puts growth at 2%").
    `open`: it says that no time is set ("a matter of time").
    """

    start: int
    end: int
    likelihood: str
    governs: Governs
    aside: str = ""
    reported: bool = False
    negated: bool = False
    timed: bool = False
    open: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it only says that something will, or may, be, so that any other word about it says more."""
        return self.likelihood in _PLAIN

    @property
    def only_may_be(self) -> bool:
        """Whether it is a verb that says no more than that something may be."""
        return self.likelihood in _MAY_BE

    @property
    def weight(self) -> int:
        """How much it says of the likelihood, 0 most: a noun such as "chance" waits for what is said of it."""
        if self.timed:
            return 3
        return 2 if self.is_plain else 1 if self.is_chance else 0

    @property
    def is_chance(self) -> bool:
        """Whether it is a noun such as "chance", of which something else says how large it is."""
        return self.likelihood in _NOUN_OF_CHANCE and self.governs is Governs.OBJECT


def markers(clauses: Clauses, table: Table, *, reported: bool) -> list[Marker]:
    """The words of the future in a sentence, in order. `reported`: it tells somebody's words, and "would" counts."""
    found = [_marker(hit, clauses) for hit in table.future.find(clauses)]
    taken = {position for marker in found for position in range(marker.start, marker.end)}
    for position, word in enumerate(clauses.words):
        if position in taken or not is_russian(word.normal) or not is_future(word.surface.casefold()):
            continue
        led = clauses.words[position - 1].normal if position else ""
        if is_imperative(word.normal) and led not in ("вы", "не"):
            continue  # «спросите у него»
        negated = led == "не"
        likelihood = "не будет" if negated else "будет"
        found.append(Marker(position, position + 1, likelihood, Governs.VERB, negated=negated))
    conditional = {  # "Should oil fall, …", but not "the mine, flooded in May, should be back"
        hit.start
        for hit in table.conditions.find(clauses)
        if hit.end == len(clauses.words) or clauses.words[hit.end].normal != "be"
    }
    found = [
        marker
        for marker in found
        if (reported or not marker.reported) and marker.start not in conditional and not _is_a_month(clauses, marker)
    ]
    kept: list[Marker] = []
    for marker in sorted(found, key=lambda marker: (marker.start, -marker.end)):
        before = kept[-1] if kept else None
        if before and marker.start < before.end:
            # "is likely" is part of "is likely not to", which looks ahead.
            if marker.end > before.end and before.governs is Governs.BEHIND:
                kept[-1] = replace(marker, start=before.start, aside=before.aside)
            continue
        if before and marker.start == before.end and before.negated and marker.governs is Governs.OBJECT:
            continue  # "they won't | see the light of day"
        kept.append(replace(marker, aside=_aside(clauses, marker, table, before.end if before else 0)))
    speaking = {hit.start for hit in table.says.find(clauses)} if len(kept) > 1 else set()
    return [marker for marker in kept if marker is kept[0] or not _only_says_who(clauses, marker, speaking)]


def _only_says_who(clauses: Clauses, marker: Marker, speaking: Collection[int]) -> bool:
    """Whether a verb of saying behind a comma only tells whose words stand before it: ", predicts John Brown."."""
    if marker.start not in speaking or not clauses.marks[marker.start - 1] or marker.governs is not Governs.OBJECT:
        return False
    piece = next((p for p in range(marker.start, len(clauses.words)) if clauses.marks[p]), len(clauses.words) - 1)
    return clauses.words[piece].surface[0].isupper()


def _marker(hit: Hit, clauses: Clauses) -> Marker:
    row, end, governs = hit.row, hit.end, hit.row.governs
    if governs is Governs.BEHIND and end < len(clauses.words) and not clauses.marks[end - 1]:
        # "is likely" looks behind, "is likely to" and "is likely that" ahead.
        following = clauses.words[end].normal
        if following == "to" and _is_person(clauses, end + 1):
            following = ""  # "looks improbable to Pemberton"
        if following in ("to", "that", "if"):
            governs, end = (Governs.VERB, end + 1) if following == "to" else (Governs.CLAUSE, end + 1)
    elif governs is Governs.BEHIND and end < len(clauses.words) and clauses.words[end].normal in ("что", "чтобы"):
        governs = Governs.CLAUSE
    likelihood, start = row.likelihood, hit.start
    if row.governs is Governs.BEHIND and not any(slot.exact & _DENIALS for slot in row.pattern.slots):
        denied = start and not clauses.marks[start - 1] and clauses.words[start - 1].normal in _DENIALS
        start -= bool(denied)
        if any(word.normal in _DENIALS for word in clauses.words[start : hit.end]):
            likelihood = _DENIED.get(likelihood, likelihood)
    negated = row.likelihood in _NEGATED
    return Marker(
        start, end, likelihood, governs, reported=row.reported, negated=negated, timed=row.timed, open=row.open
    )


def _is_person(clauses: Clauses, position: int) -> bool:
    word = clauses.words[position] if position < len(clauses.words) else None
    return word is not None and (word.surface[0].isupper() or word.normal in ("me", "us", "him", "her", "them"))


def _is_a_month(clauses: Clauses, marker: Marker) -> bool:
    """«in May», «May 9»."""
    word = clauses.words[marker.start]
    if word.surface != "May" or marker.start == 0:
        return False
    following = clauses.words[marker.end].surface if marker.end < len(clauses.words) else ""
    before = clauses.words[marker.start - 1]
    return (
        before.surface[0].isdigit()
        or before.normal in ("in", "by", "of", "until", "since", "mid", "early", "late")
        or (following[:1].isdigit())
    )


def _aside(clauses: Clauses, marker: Marker, table: Table, free_from: int) -> str:
    """The word that makes the marker's clause no statement of its own ("if", "when", "which"); empty for none.

    What stands before `free_from` belongs to another marker.
    """
    start = marker.start
    while start > free_from and not clauses.marks[start - 1]:
        start -= 1
    words = clauses.words[start : marker.start]
    if not words:
        return ""
    head = Clauses(words, clauses.marks[start : marker.start])
    for hit in table.conditions.find(head):
        if hit.row.phrase:
            continue  # "in case of a strike the port will close": no clause of its own
        if (
            hit.start == 0
            or (hit.start == 1 and table.fits("boundaries", words[0]))
            or words[hit.start].normal in ("if", "unless")
        ) and not _has_own_subject(words, hit.end, table):
            return "if"
    first = (
        words[1]
        if len(words) > 1 and table.fits("boundaries", words[0]) and not table.fits("asides", words[0])
        else words[0]
    )
    ends = next((p for p in range(marker.end, len(clauses.words)) if clauses.marks[p]), len(clauses.words))
    following = (*words[1:], *clauses.words[marker.end : ends])
    is_cleft = first.normal == "what" and any(word.normal in ("is", "was") for word in following)
    if table.fits("asides", first) and not is_cleft:
        return first.normal
    for position in range(len(words) - 1, 0, -1):
        word = words[position].normal
        if table.has("subordinators", word) and not is_cleft:
            return word
        if word == "that" and _is_relative(clauses, start, start + position, marker, table):
            return word
    return ""


def _has_own_subject(words: Sequence[Word], start: int, table: Table) -> bool:
    """Whether a pronoun before the marker begins what follows a condition: "If they come third | they will go"."""
    head = words[start:]
    return (
        len(head) > _SHORTEST_CONDITION
        and (table.has("personal", head[-1].normal) or table.has("own", head[-1].normal))
        and not table.says.find(Clauses(list(head), [""] * len(head)))
    )


def _is_relative(clauses: Clauses, start: int, that: int, marker: Marker, table: Table) -> bool:
    """Whether "that" opens a relative clause ("sanctions that may follow") and not what is said ("she said that …")."""
    if marker.start == that + 1:
        return True
    before = Clauses(clauses.words[start:that], clauses.marks[start:that])
    return not (table.says.find(before) or table.future.find(before) or table.adverbs.find(before))
