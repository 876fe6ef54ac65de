"""Which statements about what may come does a sentence make?

Each is a stretch that has its own word of the future: "tensions will last, but a break is unlikely" has two. Of
several such words in one statement the one that says most about the likelihood governs it: "it is quite likely that
they will meet" is quite likely, not certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Governs, Hit, Table
from tracker.extract.future import Marker


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch [start, end) of a sentence's words with the marker that governs it, and the adverbs that qualify it."""

    start: int
    end: int
    marker: Marker
    inner: tuple[Marker, ...]
    adverbs: tuple[Hit, ...]

    @property
    def is_open(self) -> bool:
        """Whether its words say that no time is set: "a matter of time", "sooner or later"."""
        return self.marker.open or any(adverb.row.open for adverb in self.adverbs)


def statements(clauses: Clauses, table: Table, found: Sequence[Marker]) -> list[Statement]:
    """The statements of a sentence, in order. Of asides only a relative clause counts, where there is nothing else."""
    main = [marker for marker in found if not marker.aside] or [m for m in found if m.aside in ("which", "that")][:1]
    groups: list[tuple[int, list[Marker]]] = []
    for marker in main:
        if not groups:
            groups.append((_beginning(clauses, table, 0, marker), [marker]))
            continue
        boundary = _boundary(clauses, table, groups[-1][1][-1].end, marker.start)
        if not boundary and _opens(clauses, marker):
            boundary = marker.start  # "…; my guess is that he goes"
        if not boundary and groups[-1][1][-1].is_plain and marker.weight == 0:
            boundary = _piece(clauses, groups[-1][1][-1].end, marker.start)
        if boundary:
            groups.append((boundary, [marker]))
        else:
            groups[-1][1].append(marker)
    adverbs = table.adverbs.find(clauses)
    made = []
    for number, (start, group) in enumerate(groups):
        end = groups[number + 1][0] if number + 1 < len(groups) else len(clauses.words)
        governing = _governing(group)
        inner = tuple(marker for marker in group if marker is not governing)
        inside = tuple(
            adverb
            for adverb in adverbs
            if start <= adverb.start < end and not _boundary(clauses, table, governing.end, adverb.start)
        )
        made.append(Statement(start, end, governing, inner, inside))
    return made


def _beginning(clauses: Clauses, table: Table, start: int, marker: Marker) -> int:
    """Where the first statement begins: after what another statement, without a word of the future, says before it."""
    return _boundary(clauses, table, start, marker.start) or (marker.start if _opens(clauses, marker) else start)


def _opens(clauses: Clauses, marker: Marker) -> bool:
    """Whether a marker that looks ahead stands right behind a semicolon, a colon or a dash."""
    looks_ahead = marker.governs in (Governs.CLAUSE, Governs.OBJECT)
    return looks_ahead and marker.start > 0 and clauses.marks[marker.start - 1] == ":"


def _boundary(clauses: Clauses, table: Table, start: int, end: int) -> int:
    """The position of the first word of a new statement between two positions; 0 where there is none."""
    least = 0 if end < len(clauses.words) and table.has("own", clauses.words[end].normal) else 1  # "but | I'd wager"
    for position in range(end - 1, max(start, 1) - 1, -1):
        word, mark = clauses.words[position], clauses.marks[position - 1]
        if word.normal == "и" and not mark and any(clauses.marks[position:end]):
            continue  # «цен на нефть и политики США, к концу года рубль упадет»
        if table.fits("asides", word) and word.normal == "which" and any(clauses.marks[position:end]):
            continue  # "the election, which pits two generals, could be close"
        if table.fits("boundaries", word) and end - position > least and (mark or word.normal in ("but", "и")):
            return position
        if mark == ":" and end - position >= 1:
            return position
    return 0


def _piece(clauses: Clauses, start: int, end: int) -> int:
    """Where the piece between marks begins that `end` stands in, if `start` is in an earlier one; else 0.

    «Цены вырастут, рубль едва ли укрепится»: what is hardly likely is the second.
    """
    begins = next((p for p in range(end, start - 1, -1) if clauses.marks[p - 1]), 0)
    return begins if begins < end else 0


def _governing(group: Sequence[Marker]) -> Marker:
    """The marker that says most: one that is about likelihood before a plain one, an earlier before a later."""
    return min(group, key=lambda marker: (marker.weight, marker.start))
