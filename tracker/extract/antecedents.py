"""Whom does "he", "she", "the analyst" or a first name mean? Whoever was named last, of the right gender."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set

from tracker.extract.article import Span
from tracker.extract.cues import Table
from tracker.extract.names import Roster, names
from tracker.text import normal, surfaces
from tracker.text.russian import gender

_GENDERS = {"masc": "he", "femn": "she"}


class Antecedents:
    """The speakers of an article in the order in which they were named, as far as it was read; `people` are all."""

    def __init__(self, text: str, spans: Sequence[Span], people: Set[str], roster: Roster, table: Table) -> None:
        self._table = table
        self._people = people
        self._recent: list[str] = []
        self._genders = self._learnt(text, spans, roster) | {
            name: _GENDERS[told] for name in people if (told := gender(name)) in _GENDERS
        }

    @property
    def last(self) -> str:
        """Who was named last; empty before anybody was."""
        return self._recent[-1] if self._recent else ""

    def now(self, who: str) -> None:
        """Somebody is named, or speaks."""
        if who and who != self.last:
            self._recent.append(who)

    def meant(self, words: str) -> str:
        """Whom words that point back mean: the last who was named, of their gender where it is known."""
        wanted = self._gender_of(words)
        fitting = (who for who in reversed(self._recent) if not wanted or self._genders.get(who, "") in (wanted, ""))
        return next(fitting, self.last)

    def by_first(self, name: str) -> str:
        """A name, or the speaker whose first name alone it is."""
        alike = [who for who in self._people if " " not in name and who.split()[0] == name]
        return alike[0] if len(alike) == 1 else name

    def _gender_of(self, words: str) -> str:
        """The gender that pronouns and titles tell, as the table names it; empty for none, or for both."""
        spoken = {normal(word) for word in surfaces(words)}
        told = [name for name in _GENDERS.values() if any(self._table.has(name, word) for word in spoken)]
        return told[0] if len(told) == 1 else ""

    def _learnt(self, text: str, spans: Sequence[Span], roster: Roster) -> dict[str, str]:
        """The gender of each person by the pronouns of paragraphs that name nobody else."""
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for span in spans:
            named = {roster.who(name.words) for name in names(text, span, self._table)} & self._people
            told = self._gender_of(span.of(text))
            if len(named) == 1 and told:
                votes[next(iter(named))][told] += 1
        return {name: count.most_common(1)[0][0] for name, count in votes.items()}
