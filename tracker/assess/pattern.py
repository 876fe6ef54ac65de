"""Does a stretch of words match a pattern of the cue tables?

The notation is that of the query language, word by word:

    deny          a word in any inflection (same stem)       =to           this very form
    debunk*       words that begin so                        *ться         words that end so
    plan|intend   one of these; `=` holds for all of them    (ban|tax)     must stand there, but is no part of the cue
    ..            up to three words, or none                 #             a number in figures
    #past         a year, or a month with its year, that lies well before publication
    ^  $          the text or a clause begins here; the clause ends here
    :             at either end: a colon or a dash stands there; a gap may stand before it ("^ timeline .. :")
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.text import Word, normal, stem

_LONGEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a stretch of text; `marks[i]` is what parts word i from the next, one of "" , : . and ?.

    `past` holds the positions of words that name a time well before publication.
    """

    words: list[Word]
    marks: list[str]
    past: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """What one word of a pattern accepts. `context` words must stand there but do not belong to the cue."""

    exact: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    number: bool = False
    past: bool = False
    gap: bool = False
    context: bool = False

    def accepts(self, clauses: Clauses, position: int) -> bool:
        """Whether the word at `position` fits."""
        return self.fits(clauses.words[position]) or (self.past and position in clauses.past)

    def fits(self, word: Word) -> bool:
        """Whether a word fits by its form, wherever it stands."""
        return (
            word.normal in self.exact
            or word.stem in self.stems
            or (bool(self.beginnings) and word.normal.startswith(self.beginnings))
            or (bool(self.endings) and word.normal.endswith(self.endings))
            or (self.number and word.surface[0].isdigit())
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cue's wording, compiled."""

    slots: tuple[Slot, ...]
    at_start: bool = False
    at_end: bool = False
    after_colon: bool = False
    before_colon: bool = False
    wording: str = field(default="", compare=False)

    @property
    def labels(self) -> bool:
        """Whether it is a label: words that begin a clause and end in a colon."""
        return self.at_start and self.before_colon

    def match(self, clauses: Clauses, start: int) -> tuple[int, int, int] | None:
        """Positions [first, after) of the cue's own words, and the position after all that it took, context included.

        None when the pattern does not begin at word `start`.
        """
        if self.at_start and start and not clauses.marks[start - 1]:
            return None
        if self.after_colon and (not start or clauses.marks[start - 1] != ":"):
            return None
        fitted = self._fit(clauses, start, 0)
        if fitted is None:
            return None
        own = [position for position, slot in fitted if not slot.context]
        return min(own), max(own) + 1, fitted[-1][0] + 1

    def _fit(self, clauses: Clauses, position: int, index: int) -> list[tuple[int, Slot]] | None:
        """The word for each slot from `index` on; a gap takes as few words as it can, and nothing crosses a mark."""
        if index == len(self.slots):
            if self.before_colon:
                return [] if clauses.marks[position - 1] == ":" else None
            over = position == len(clauses.words) or bool(clauses.marks[position - 1])
            return [] if over or not self.at_end else None
        slot = self.slots[index]
        if slot.gap:
            for skipped in range(_LONGEST_GAP + 1):
                if position + skipped > len(clauses.words) or any(clauses.marks[position - 1 : position - 1 + skipped]):
                    return None
                rest = self._fit(clauses, position + skipped, index + 1)
                if rest is not None:
                    return rest
            return None
        if position >= len(clauses.words) or (index and clauses.marks[position - 1]):
            return None
        if not slot.accepts(clauses, position):
            return None
        rest = self._fit(clauses, position + 1, index + 1)
        return None if rest is None else [(position, slot), *rest]


def compile_pattern(wording: str) -> Pattern:
    """Compile the notation above; ValueError says what is wrong with it.

    >>> compile_pattern("^ =no plan to").at_start
    True
    """
    parts = wording.split()
    at_start, after_colon = parts[:1] == ["^"], parts[:1] == [":"]
    at_end, before_colon = parts[-1:] == ["$"], parts[-1:] == [":"]
    parts = parts[at_start or after_colon : len(parts) - (at_end or before_colon)]
    slots = tuple(_slot(part) for part in parts)
    if not slots or slots[0].gap or (slots[-1].gap and not before_colon) or all(slot.context for slot in slots):
        raise ValueError(f"«{wording}» needs a word of its own, and no gap at either end")
    return Pattern(slots, at_start, at_end, after_colon, before_colon, wording)


def _slot(part: str) -> Slot:
    if part == "..":
        return Slot(gap=True)
    context = part.startswith("(") and part.endswith(")")
    inner = part[1:-1] if context else part
    is_exact = inner.startswith("=")
    exact, stems, beginnings, endings = set(), set(), [], []
    number = past = False
    for alternative in inner.removeprefix("=").split("|"):
        bare = alternative.strip("*")
        if alternative == "#":
            number = True
        elif alternative == "#past":
            past = True
        elif not bare.replace("'", "").isalpha():
            raise ValueError(f"«{part}» is not a word of the notation")
        elif alternative.startswith("*"):
            endings.append(normal(bare))
        elif alternative.endswith("*"):
            beginnings.append(normal(bare))
        elif is_exact:
            exact.add(normal(bare))
        else:
            stems.add(stem(bare))
    return Slot(
        frozenset(exact), frozenset(stems), tuple(beginnings), tuple(endings), number=number, past=past, context=context
    )
