"""Is the event told of those whom the matched words name, or of somebody beside them?

A query asks for a name near a deed; who does the deed, the text says. Where capitals tell which matched words are
names, five things leave the deed to somebody else, and the report settles nothing:

1. The name only tells whose aide, envoy or son it is: "Zelensky's energy minister resigns", «Помощник Путина
   встретился с Алиевым». A state, a body or a house acts through its ministers and envoys, a person does not; through
   its rivals, critics and suppliers nobody acts.
2. The name is that of the speaker: "Maduro: Petro leaves office".
3. The named one says it of another: "Verstappen says Norris wins".
4. Between the name and the deed stands a word by which the named one only answers it: "Orban hails AfD election win".
5. The name stands in another clause than the deed: "Bank of Canada cuts rates as Fed waits".
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from tracker.assess.cues import Table
from tracker.assess.names import POSSESSIVE, capitalises_all, is_adjective, is_institution, matched_names
from tracker.assess.pattern import Clauses, Slot
from tracker.text.russian import is_animate, is_genitive, may_be_subject

# "Putin's deputy prime minister Overchuk": so far from a possessive its noun may stand.
_REACH = 3
# «Министр Кадырова», but «министр Галант»: a possessor stands in the genitive, or has no cases.
_GENITIVE = re.compile(r"(?:а|я|ого|его|ой|и|о|у|е|ы)$")
_OWN = frozenset(("i", "i'm", "i'll", "my", "we", "our", "я", "мы", "мой", "моя", "мое", "мои", "наш", "наша", "наши"))
# «as Fed waits», «as Fed cut sticks»: a verb so soon after "as" makes a clause; "as prime minister" is none.
_CLAUSE = 4
_VERB = re.compile(r"[a-z]+(?:[^s'’]s|ed)$")


def bystander(clauses: Clauses, event: frozenset[int], cues: Table, text: str) -> tuple[range, str] | None:
    """The words that leave the event to somebody beside those named, and why; None where nothing does.

    `event` holds the positions of the matched words, `text` is what the clauses were read from.
    """
    names = matched_names(clauses, event)
    deeds = event - names
    if not names or not deeds:
        return None
    for position in sorted(names):
        word = clauses.words[position]
        if is_institution(word) and is_adjective(word):
            continue
        kinds = (cues.outsiders,) if is_institution(word) else (cues.roles, cues.outsiders)
        role = _role(clauses, position, event, cues, kinds)
        if role is not None:
            return role, "is who it is told of"
    speaker = _speaker(clauses, names, deeds)
    if speaker is not None:
        return speaker, "only speaks of it"
    for position in sorted(names):
        another = _of_another(clauses, position, deeds, event, cues)
        if another is not None:
            return another, "tells it of somebody else"
    verbs = {extent.start for _, extent in cues.answers.matches(clauses)} - event
    for position in sorted(names):
        answers = _answers(clauses, position, deeds, verbs)
        if answers is not None:
            return answers, "only answers what others did"
    wall = _wall(clauses, names, deeds, cues, text)
    return (wall, "parts the name from the event") if wall is not None else None


def _role(clauses: Clauses, name: int, event: frozenset[int], cues: Table, kinds: Sequence[Slot]) -> range | None:
    """The words that tell who somebody is to the one named: «'s energy minister», «Помощник», "aide to"."""
    if cues.roles_follow:
        possessive = POSSESSIVE.search(clauses.words[name].surface) is not None
        for position in range(name + 1, min(name + 1 + (_REACH if possessive else 1), len(clauses.words))):
            if clauses.marks[position - 1] or position in event:
                break
            if any(kind.accepts(clauses, position) for kind in kinds):
                return range(name + 1, position + 1)
    linked = not cues.roles_follow and _GENITIVE.search(clauses.words[name].normal) is not None
    for position in range(name - 1, max(-1, name - 1 - _REACH), -1):
        if clauses.marks[position] or position in event:
            return None
        if linked and any(kind.accepts(clauses, position) for kind in kinds):
            return range(position, name)
        if position == name - 1 and cues.roles in kinds and _belongs_to(clauses, name):
            return range(position, name)
        if not cues.role_links.accepts(clauses, position):
            return None
        linked = linked or cues.roles_follow
    return None


def _belongs_to(clauses: Clauses, name: int) -> bool:
    """Whether a Russian noun of a living being stands before a name in no case but the genitive: «Игрок «Зенита»»."""
    named, before = clauses.words[name].surface, clauses.words[name - 1].normal
    return not named.isascii() and is_animate(before) and is_genitive(named) and not may_be_subject(named)


def _speaker(clauses: Clauses, names: frozenset[int], deeds: frozenset[int]) -> range | None:
    """The name that stands alone before a colon, if it is a person's and no other: «Maduro: Petro leaves office».

    Who says "I" or "we" may speak of a deed of their own.
    """
    end = next((i + 1 for i, mark in enumerate(clauses.marks) if mark == ":"), 0)
    if not end or not names.issuperset(range(end)) or len(names) > end or min(deeds) < end:
        return None
    if any(is_institution(clauses.words[i]) for i in range(end)):
        return None
    own = any(word.normal in _OWN for word in clauses.words[end:])
    return None if own else range(end)


def _of_another(clauses: Clauses, name: int, deeds: frozenset[int], event: frozenset[int], cues: Table) -> range | None:
    """The verb of saying, and the other name behind it, whose the deed is: "Verstappen says Norris" wins."""
    deed = min((deed for deed in deeds if deed > name), default=0)
    if not deed or any(clauses.marks[name:deed]) or capitalises_all(clauses):
        return None
    for position in range(name + 1, deed - 1):
        other = clauses.words[position + 1]
        if cues.says.accepts(clauses, position) and other.surface[0].isupper() and position + 1 not in event:
            return range(position, position + 2)
    return None


def _answers(clauses: Clauses, name: int, deeds: frozenset[int], verbs: Set[int]) -> range | None:
    """The verb between a name and the deed behind it by which the one named only answers the deed."""
    behind = [deed for deed in deeds if deed > name]
    for position in range(name + 1, min(behind, default=0)):
        if clauses.marks[position - 1]:
            return None
        if position in verbs:
            return range(position, position + 1)
    return None


def _wall(clauses: Clauses, names: frozenset[int], deeds: frozenset[int], cues: Table, text: str) -> range | None:
    """The word, or the words around the mark, that part a name from every deed."""
    event = sorted(names | deeds)
    conjunctions = {extent.start for _, extent in cues.elsewhere.matches(clauses)}
    sides, walls = [[event[0]]], []
    for before, after in pairwise(event):
        wall = _between(clauses, before, after, names, conjunctions, text)
        if wall is None:
            sides[-1].append(after)
        else:
            walls.append(wall)
            sides.append([after])
    for number, side in enumerate(sides):
        if names.issuperset(side):
            return walls[max(0, number - 1)]
    return None


def _between(
    clauses: Clauses, before: int, after: int, names: frozenset[int], conjunctions: set[int], text: str
) -> range | None:
    """What ends a clause between two matched words, if anything does."""
    for position in range(before + 1, after + 1):
        mark = clauses.marks[position - 1]
        gap = text[clauses.words[position - 1].end : clauses.words[position].start]
        # «Sarkozy sentenced to prison, Le Pen reacts»: the name has a verb of its own.
        begins_with_name = position == after and after in names and before not in names and mark == ","
        if ";" in gap or mark == "." or begins_with_name:
            return range(position - 1, position + 1)
        is_as = clauses.words[position].normal == "as"
        if position in conjunctions and position < after and (not is_as or _opens_clause(clauses, position)):
            return range(position, position + 1)
    return None


def _opens_clause(clauses: Clauses, position: int) -> bool:
    """Whether a verb comes soon after "as"."""
    capitals = capitalises_all(clauses)
    for following in range(position + 1, min(position + 1 + _CLAUSE, len(clauses.words))):
        surface = clauses.words[following].surface
        if following > position + 1 and _VERB.fullmatch(surface.lower() if capitals else surface):
            return True
        if clauses.marks[following]:
            break
    return False
