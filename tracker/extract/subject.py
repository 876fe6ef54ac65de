"""Whom does the phrase beside a verb of saying name: somebody, whoever was named before, or nobody?

"Goldman Sachs economist John Brown" is John Brown, "economists at Oosterhof" speak for Oosterhof, "the analyst" was
named before, and "a spokesman for the ministry" or "the manager at Oosterhof" is a person whose name is not told:
neither the ministry nor whoever spoke last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tracker.extract.cues import Table
from tracker.extract.names import Name
from tracker.extract.roster import Roster
from tracker.text import Word
from tracker.text.language import is_russian
from tracker.text.russian import is_animate, is_genitive, may_be_subject

_NEAR = 4  # words
_OWNING = re.compile(r"['’]s?$")  # "the bank's analysts"; a "fund manager" is no fund's


class Points(Enum):
    """How a phrase tells who speaks."""

    BY_NAME = auto()
    BACK_TO_PERSON = auto()  # "he", "the analyst"
    BACK_TO_HOUSE = auto()  # "the bank", "its analysts", "they"
    TO_NOBODY = auto()  # "a spokesman", "the club's manager"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a phrase is; `name` is empty unless it is told by name, `is_house` where that is known to be no person's."""

    points: Points
    name: str = ""
    is_house: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase, the names among them, and the case that a Russian name stands in there ("gent").

    `follows`: it stands behind the verb, where what else the verb says may stand too.
    """

    words: Sequence[Word]
    names: Sequence[Name]
    case: str = ""
    follows: bool = False

    def ends_in(self, *words: str) -> bool:
        """Whether one of these is its last word."""
        return bool(self.words) and self.words[-1].normal in words


def subject_of(phrase: Phrase, table: Table, roster: Roster) -> Subject | None:
    """Whom a phrase beside a verb of saying names; None where it is nobody who could speak."""
    phrase = _own_clause(phrase, table)
    free = [name for name in phrase.names if _may_speak(name, phrase, table)]
    if (pronoun := _pronoun(phrase, free, table)) is not None:
        return pronoun
    if len(free) > 1 and not phrase.follows and not phrase.case and _are_two(free[-2], free[-1], phrase, table):
        return Subject(Points.TO_NOBODY)
    if free:
        return _by_name(_nearest(free, phrase, table), phrase, table, roster)
    role = _role(phrase, table)
    if not phrase.names or (role and (role.start > phrase.names[-1].end or table.fits("interlocutors", role))):
        return None if role is None else _by_role(role, phrase, table)
    if role and not table.fits("groups", role):
        return Subject(Points.TO_NOBODY)
    if role is None and all(_is_demonym(name, phrase, table) for name in phrase.names):
        return None  # "the Syrian war continues"
    if role is None and phrase.follows and phrase.words[0].normal not in ("в", "во"):
        return None  # "expects a truce by Christmas"
    if role is not None and role.end <= phrase.names[0].start and _is_place(role, phrase.names[0], phrase, table):
        return Subject(Points.TO_NOBODY)  # "traders in London"
    # "Economists at Oosterhof" speak for it, and so does «В «АвтоВАЗе» считают».
    case = phrase.case or ("loct" if phrase.words[0].normal in ("в", "во", "на") else "")
    return Subject(Points.BY_NAME, roster.who(phrase.names[0].words, case), is_house=role is not None)


def _own_clause(phrase: Phrase, table: Table) -> Phrase:
    """A phrase without what its last clause is about: "the OPEC meeting in which | analysts"."""
    for position in range(len(phrase.words) - 1, 0, -1):
        led, word = phrase.words[position - 1], phrase.words[position]
        if word.normal in ("which", "whom") and table.fits("prepositions", led):
            names = [name for name in phrase.names if name.start > word.end]
            return Phrase(phrase.words[position + 1 :], names, phrase.case, phrase.follows)
    return phrase


def _may_speak(name: Name, phrase: Phrase, table: Table) -> bool:
    """Whether a name is a subject by its form, and by what stands before it."""
    before = [word for word in phrase.words if word.end <= name.start][-2:]
    after = [word for word in phrase.words if word.start >= name.end][:1]
    if " " not in name.words and _is_demonym(name, phrase, table) and after and after[0].surface[0].islower():
        return False  # "says Zambian tycoon"
    if phrase.follows and [word.normal for word in before] == ["и"]:
        before = []  # «согласен и Петров»
    if before and before[-1].normal in ("the", "a", "an"):
        before = before[:-1]
    joined = bool(before) and table.has("and", before[-1].normal) and not phrase.follows
    if before and table.fits("prepositions", before[-1]) and not before[-1].surface[0].isupper() and not joined:
        return False
    return bool(phrase.case) or any(may_be_subject(part) for part in name.words.split()[:1])


def _pronoun(phrase: Phrase, free: Sequence[Name], table: Table) -> Subject | None:
    """Whom a pronoun means that is the subject itself: "in an interview with Le Monde he said"."""
    last = free[-1].start if free and not phrase.follows else -1
    for word in phrase.words[:1] if phrase.follows else reversed(phrase.words):
        if word.start < last:
            return None
        if table.has("personal", word.normal):
            single = table.has("he", word.normal) or table.has("she", word.normal)
            return Subject(Points.BACK_TO_PERSON if single else Points.BACK_TO_HOUSE)
    return None


def _parts(word: Word, table: Table) -> bool:
    """Whether a word parts a name from who is told of behind it."""
    return table.has("relative", word.normal) or (table.fits("prepositions", word) and word.normal not in ("of", "and"))


def _is_place(role: Word, name: Name, phrase: Phrase, table: Table) -> bool:
    """Whether a name behind those who speak tells where they are, and not whose they are."""
    between = [word for word in phrase.words if role.end <= word.start < name.start]
    return any(table.has("places", word.normal) for word in between[-2:])


def _are_two(one: Name, other: Name, phrase: Phrase, table: Table) -> bool:
    """Whether two names are two speakers, of whom a forecast can be laid to neither: "UBS and HSBC expect"."""
    between = [word for word in phrase.words if one.end <= word.start < other.start]
    behind = [word for word in phrase.words if word.start >= other.end]
    joined = len(between) == 1 and table.has("and", between[0].normal)
    return joined and all(table.has("intensifiers", word.normal) for word in behind)


def _nearest(free: Sequence[Name], phrase: Phrase, table: Table) -> Name:
    """Of the names of a phrase the one who speaks: the last before a preposition or a relative clause."""
    speaker = free[0]
    for name in free[1:]:
        between = [word for word in phrase.words if speaker.end <= word.start and word.end <= name.start]
        if any(table.fits("prepositions", word) or word.normal in ("who", "which") for word in between):
            break
        speaker = name
    return speaker


def _by_name(name: Name, phrase: Phrase, table: Table, roster: Roster) -> Subject:
    """A name, unless it only tells whose analyst, president or spokesman speaks, and not his name."""
    if name.is_doubtful:
        return Subject(Points.TO_NOBODY)
    led = [word for word in phrase.words if word.end <= name.start][-1:]
    apposed = name.is_house and led and is_russian(led[0].surface) and not is_animate(led[0].normal)
    case = "nomn" if apposed and " " not in name.words else phrase.case  # «по данным портала «Ледметрика»»
    who = Subject(Points.BY_NAME, roster.who(name.words, case))
    after = [word for word in phrase.words if word.start >= name.end]
    before = [word for word in phrase.words if word.end <= name.start]
    served = next((word for word in after if not table.has("intensifiers", word.normal)), None)
    near = next(
        (p for p, word in enumerate(after) if _parts(word, table)), len(after)
    )  # "OPEC meeting | in which analysts"
    following = _role(Phrase(after[: min(near, _NEAR)], ()), table)
    if following and served and not table.fits("prepositions", served) and served.surface[0].islower():
        if table.fits("groups", following) and not _is_demonym(name, phrase, table):
            return Subject(Points.BY_NAME, who.name, is_house=True)
        return Subject(Points.TO_NOBODY)
    if " " not in who.name and any(table.fits("unnamed", word) for word in before):
        return Subject(Points.TO_NOBODY)  # «один из сотрудников миссии ООН»
    if before and table.fits("groups", before[-1]):
        return Subject(Points.BY_NAME, who.name, is_house=True)
    holds_office = bool(before) and (table.fits("speakers", before[-1]) or table.fits("unnamed", before[-1]))
    if holds_office and _is_owner(name, before[-1], who.name, table):
        return Subject(Points.TO_NOBODY)
    return who


def _is_demonym(name: Name, phrase: Phrase, table: Table) -> bool:
    """Whether a name tells only of which land or party somebody is: "Republican senators"."""
    last = [word for word in phrase.words if name.start <= word.start < name.end][-1:]
    return any(table.fits("demonyms", word) for word in last)


def _is_owner(name: Name, office: Word, who: str, table: Table) -> bool:
    """Whether a name after an office is that of a house: «глава ЦБ», «аналитик JPMorgan» are not the house itself."""
    is_house = name.words.isupper() or re.match("[A-Z]", name.words) or not may_be_subject(name.words.split()[-1])
    return is_russian(office.normal) and (bool(is_house) or table.fits("unnamed", office)) and " " not in who


def _role(phrase: Phrase, table: Table) -> Word | None:
    """The word of a phrase that says what the speaker is: "analyst", "bank", "spokesman"."""
    kinds = ("groups", "unnamed", "speakers", "houses")
    inside = [word for name in phrase.names for word in phrase.words if name.start <= word.start < name.end]
    words = [word for word in phrase.words if word not in inside]
    fitting = [word for word in words if any(table.fits(kind, word) for kind in kinds)]
    if any(is_russian(word.normal) for word in fitting):
        # Russian puts whose it is behind: «советник президента», «сын президента».
        inside_of = phrase.words[0].normal in ("в", "во", "на")  # «в институте полагают»
        free = (word for word in fitting if phrase.case or inside_of or may_be_subject(word.surface.casefold()))
        return next(free, None)
    return fitting[-1] if fitting else None


def _by_role(role: Word, phrase: Phrase, table: Table) -> Subject:
    """Whom a phrase without a name means; what tells one of several, or what nobody was called before, means nobody."""
    before = [word for word in phrase.words if word.end <= role.start]
    after = [word for word in phrase.words if word.start >= role.end]
    following = after[0] if after else None
    is_group = table.fits("groups", role)
    owned = any(table.fits("houses", word) and _OWNING.search(word.surface) for word in before)
    owned |= any(word.normal == "its" or (is_russian(word.normal) and table.has("his", word.normal)) for word in before)
    owned |= following is not None and table.fits("houses", following) and not table.fits("interlocutors", role)
    if is_group and owned:
        return Subject(Points.BACK_TO_HOUSE)
    of_a_land = len(before) > 1 and before[-1].surface[0].isupper()  # "the French president"
    further = following is not None and _narrows(following, table) and not table.fits("interlocutors", role)
    is_new = any(table.fits("indefinite", word) for word in before) or owned or table.fits("unnamed", role)
    if further or of_a_land or is_new or (is_group and not _is_definite(role, before)):
        return Subject(Points.TO_NOBODY)
    is_house = is_group or table.fits("houses", role)
    return Subject(Points.BACK_TO_HOUSE if is_house else Points.BACK_TO_PERSON)


def _narrows(word: Word, table: Table) -> bool:
    """Whether a word after an office says whose or where it is: "the manager | at", «глава | компании»."""
    if is_russian(word.normal):
        light = any(table.has(kind, word.normal) for kind in ("intensifiers", "auxiliaries"))
        return is_genitive(word.normal) and not light and not table.fits("pronouns", word)
    return word.normal in ("of", "at", "for", "from", "with", "familiar", "close", "who")


def _is_definite(role: Word, before: Sequence[Word]) -> bool:
    return any(word.normal in ("the", "эти", "те") for word in before) or role.normal in ("авторы", "авторов")
