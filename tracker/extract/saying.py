"""Is a word that may be a verb of saying one here? "They agree", but not "they will agree" or "a think-tank"."""

from __future__ import annotations

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Hit, Table
from tracker.text.russian import is_future


def says(text: str, clauses: Clauses, hit: Hit, table: Table) -> bool:
    """Whether the words of a hit are a verb of saying here: no name, no noun, no passive, nothing yet to be said."""
    word = clauses.words[hit.start]
    before = clauses.words[hit.start - 1].normal if hit.start else ""
    if hit.start and not word.surface[0].islower():
        return False  # "United States"
    if "-" in (text[word.start - 1 : word.start], text[word.end : word.end + 1]):
        return False  # "a think-tank"
    if table.has("also_nouns", word.normal) and table.has("before_nouns", before):
        return False  # "such forecasts"
    ahead = [one.normal for one in clauses.words[max(0, hit.start - 2) : hit.start]]
    if any(table.has("modals", one) for one in ahead[-1:] or ()) or (
        ahead[-1:] and table.has("intensifiers", ahead[-1]) and any(table.has("modals", one) for one in ahead)
    ):
        return False  # "they will not agree", "is likely to announce"
    if ahead[:-1] in (["than"], ["чем"]) and table.has("personal", ahead[-1]):
        return False  # "sooner than he thinks"
    if _tells_of_deeds(clauses, hit, table):
        return False
    if is_future(word.normal):
        return False  # «не признает», and will not
    # "is expected to win"
    return not (table.has("passives", word.normal) and any(table.has("being", one) for one in ahead))


def _tells_of_deeds(clauses: Clauses, hit: Hit, table: Table) -> bool:
    """Whether what follows a verb that may be one of saying, or its clause, makes it tell of deeds."""
    verb = clauses.words[hit.start].normal
    before = clauses.words[hit.start - 1].normal if hit.start else ""
    if hit.end < len(clauses.words) and not clauses.marks[hit.end - 1]:
        following = clauses.words[hit.end]
        if following.normal == "or" or (following.normal == "on" and not hit.start):
            return True  # "give or take", "Reckon on a cut"
        has_object = before in ("has", "have", "had") and not table.fits("prepositions", following)
        if table.has("carrying_on", verb) and following.normal != "that" and (following.normal == "to" or has_object):
            return True  # "the war continues to wind down", "the club has added a winger"
        if table.has("fates", following.normal):
            return True  # «клуб ждет разгром»
    piece = clauses.words[piece_start(clauses, hit.start) : hit.start]
    # "a fund that has put €400m into it"
    return table.has("vague_says", verb) and any(table.has("relative", one.normal) for one in piece)


def piece_start(clauses: Clauses, position: int) -> int:
    """The first word after the mark before a position."""
    while position > 0 and not clauses.marks[position - 1]:
        position -= 1
    return position
