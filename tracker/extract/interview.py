"""With whom is an interview, and which of its paragraphs ask, which answer?

Questions are put by dashes, in bold type or by nothing but their question marks; some end without one ("— He speaks of
twenty seats."), and some answers end with one. They mostly take turns, so that the cheapest alternation is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name
from tracker.extract.quotation import CLOSERS
from tracker.extract.roster import Roster
from tracker.extract.sentences import sentences
from tracker.text.language import is_russian

LONGEST_QUESTION = 60  # words of a paragraph that is one question of an interviewer
_LONG_REMARK = 40  # words; what an interviewer says without a question is shorter
_SHORT_REMARK = 30  # words; without a mark, only what is shorter is an interviewer's
_HEADLINES = 4  # lines at the head that may be a title of an interview
_NEVER = 100.0
_AND = re.compile(r"\s*,?\s*(?:and|и|&)\s+(?:[^\W\d_]+\s+){0,5}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A paragraph that asks or answers, as it looks.

    `asks`: it ends with a question mark; `asks_first`: so does its first sentence; `to_you`, `says_i`: it says "you",
    "I"; `opens_you`: "your" or "you" is its first word; `after_break`: the author's words, or the rest of an answer,
    stand before it.
    """

    asks: bool
    asks_first: bool
    words: int
    to_you: bool
    says_i: bool
    opens_you: bool = False
    after_break: bool = False


def exchange(text: str, span: Span, table: Table, *, after_break: bool = False) -> Exchange:
    """How a paragraph looks."""
    words = read_clauses(text, span).words
    parts = sentences(text, span)
    return Exchange(
        asks=_asks(text, span),
        asks_first=bool(parts) and _asks(text, parts[0]),
        words=len(words),
        to_you=any(table.fits("you", word) for word in words),
        says_i=any(table.has("own", word.normal) for word in words),
        opens_you=any(table.fits("you", word) for word in words[:1]),
        after_break=after_break,
    )


def _asks(text: str, span: Span) -> bool:
    return span.of(text).rstrip(CLOSERS + "*_ ").endswith("?")


def questions(paragraphs: Sequence[Exchange], *, marked: bool) -> list[bool]:
    """Which paragraphs of an interview ask, as the likeliest alternation has it.

    `marked`: each begins with a dash, so that an answer of several paragraphs is rare, and what asks may have no
    question mark.

    >>> asks, tells = Exchange(True, True, 5, False, False), Exchange(False, False, 5, False, False)
    >>> questions([asks, tells, tells, tells], marked=True)
    [True, False, True, False]
    >>> questions([asks, tells, tells, tells], marked=False)
    [True, False, False, False]
    """
    costs: list[tuple[float, float]] = []  # of all up to here, where the last answers, and where it asks
    before: list[tuple[bool, bool]] = []  # whether the one before asks, by whether this one does
    for number, one in enumerate(paragraphs):
        own = (_answering(one, marked=marked), _asking(one, marked=marked))
        if not number:
            costs.append((own[0] + 1.5, own[1]))
            before.append((False, False))
            continue
        last = costs[-1]
        again = (2.5 if not one.after_break else 1.0) if marked else 0.0
        answers_on, asks_on = last[0] + again, last[1] + 2.5
        before.append((last[1] < answers_on, asks_on <= last[0]))
        costs.append((min(last[1], answers_on) + own[0], min(last[0], asks_on) + own[1]))
    if not costs:
        return []
    asks = costs[-1][1] < costs[-1][0]
    found = [asks]
    for steps in reversed(before[1:]):
        asks = steps[asks]
        found.append(asks)
    return found[::-1]


def _asking(one: Exchange, *, marked: bool) -> float:
    if one.words > LONGEST_QUESTION:
        return _NEVER
    if one.asks:
        return 0.0 if one.asks_first or one.words <= _LONG_REMARK else 1.0
    if not marked and one.words <= _SHORT_REMARK and not one.says_i and (one.opens_you or one.asks_first):
        return 0.5  # "Your colleague says that it will burst.", "And sport? Everyone is paying for it."
    if not marked:
        return _NEVER
    return 2.0 - one.to_you + 1.5 * one.says_i + 1.5 * (one.words > _LONG_REMARK)


def _answering(one: Exchange, *, marked: bool) -> float:
    if not marked and one.words <= _SHORT_REMARK and not (one.asks or one.says_i):
        return 1.5 if one.opens_you else 0.6 if one.asks_first else 0.0
    if not one.asks:
        return 0.5 * (marked and one.to_you and not one.says_i)
    return 3.0 if one.asks_first else 1.5


def introduced(
    text: str, spans: Sequence[Span], roster: Roster, table: Table, aside: Set[str], quoted: str = ""
) -> str:
    """Whom the paragraphs before the first question say the interview is with, save `aside`; empty for nobody, or two.

    "We spoke to Jane Doe", «экономист Иван Петров — о рубле», «в разговоре с Анной Ивановой»; "she talks to Tom Ashby",
    or "Tom Ashby met her", is about whoever was named before. `quoted` is who stands before the colon of the title, if
    anybody.
    """
    earlier = ""
    for number, span in enumerate(spans):
        for sentence in sentences(text, span):
            people = [
                (name, who)
                for name in roster.names(sentence)
                if not name.is_house
                and (who := roster.who(name.words)) in roster.full
                and who not in {*aside, *roster.houses}
            ]
            clauses = read_clauses(text, sentence)
            if number < _HEADLINES and (who := _talks_of(text, span, people, table)):
                return who
            for hit in table.interviews.find(clauses):
                beside = [*clauses.words[: hit.start], *clauses.words[hit.end : hit.end + 1]]
                if earlier and any(table.has("he", word.normal) or table.has("she", word.normal) for word in beside):
                    return earlier
                found = _spoken_with(text, people, clauses.words[hit.end - 1].end, subject=hit.row.subject)
                if found:
                    return found[0] if len(found) == 1 else ""
            earlier = people[0][1] if people else earlier
    return "" if quoted in aside else quoted


def _talks_of(text: str, span: Span, people: Sequence[tuple[Name, str]], table: Table) -> str:
    """Who a line without the end of a sentence says talks of something: "Jane Doe on the price of bread"."""
    if span.of(text).endswith((".", "!", "?")):
        return ""
    for name, who in people:
        following = read_clauses(text, Span(name.end, span.end)).words[:1]
        if name.words == who and any(table.fits("topics", word) for word in following):
            return who
    return ""


def _spoken_with(text: str, people: Sequence[tuple[Name, str]], cue: int, *, subject: bool) -> list[str]:
    """Who of the people of a sentence is meant by the words of an introduction that end at `cue`; two for either."""
    behind = [(name, who) for name, who in people if name.start >= cue]
    before = [(name, who) for name, who in people if name.end <= cue]
    if subject and people and is_russian(people[0][0].words):
        # Who tells stands in the nominative: «рассказал корреспонденту Анне Ивановой Иван Петров».
        telling = [(name, who) for name, who in people if name.words == who]
        before, behind = telling or list(people[:1]), []
    chosen = (before or behind) if subject else (behind or before[-1:])
    if not chosen:
        return []
    if not subject and before and behind and not is_russian(chosen[0][0].words):
        return [before[-1][1], behind[0][1]]  # "Tom Ashby spoke to Jane Doe", or she to him
    joined = len(chosen) > 1 and _is_joined(text, chosen[0][0], chosen[1][0])
    return [who for _, who in chosen[: 2 if joined else 1]]


def _is_joined(text: str, one: Name, other: Name) -> bool:
    return bool(_AND.fullmatch(text, one.end, other.start))
