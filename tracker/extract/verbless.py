"""Does a sentence foretell something without any word of the future?

So do a probability in figures ("a truce by May: one chance in five"), a level at a time («к концу года — 95 рублей за
доллар»), an adverb that stands alone ("probably in May"), a denial with a time ("no cut before June") and a tip ("Spain
to beat France").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Governs, Table
from tracker.extract.future import Marker
from tracker.extract.present import may_be_present, present
from tracker.likelihood import FoundLikelihood
from tracker.likelihood.finding import Kind
from tracker.text.language import is_russian
from tracker.text.russian import is_finite, is_past, part_of_speech
from tracker.windows import FoundWindow

_SHORT = 10  # words: what is longer has a verb, if not one that is known here
_TIP = re.compile(
    r"(?P<who>[A-Z][\w'’-]+(?: (?:(?:and|of|de|van|der) )?[A-Z][\w'’-]+){0,3}) to "
    r"(?:beat|become|claim|defend|draw|edge|end|fall|finish|go|lift|lose|miss|qualify|reach|retain|rise|score|survive|"
    r"take|top|upset|win)\b"
)
_UNIT = re.compile(
    r"\d\s?%|(?:процент|рубл|доллар|евро|пункт|юан|тенге|баррел|[$€₽])|\d \w+ за (?:доллар|евро|баррел)",
    re.IGNORECASE,
)
_AHEAD_OF = re.compile(
    r"^(?:к|ко|до|через|на конец|на горизонте|по итогам|в \d{4}|в следующ\w+|в будущ\w+)\b", re.IGNORECASE
)


def verbless(
    text: str,
    clauses: Clauses,
    table: Table,
    likelihoods: Sequence[FoundLikelihood],
    times: Callable[[], Sequence[FoundWindow]],
) -> list[Marker]:
    """The marker of a sentence that has no word of the future, if it foretells all the same; else none.

    `likelihoods` are those of the sentence, and `times` tells those of its times that lie ahead, with offsets into
    `text`; they are asked for only where they may decide, since to find them takes the longest.
    """
    if not clauses.words:
        return []
    found = _stated(clauses, likelihoods) or _tip(text, clauses)
    if found:
        return found
    if any(is_russian(word.normal) for word in clauses.words):
        is_short = len(clauses.words) <= _SHORT or any(word.surface[0].isdigit() for word in clauses.words)
        return (_level(text, clauses, times()) or _alone(clauses, table, times())) if is_short else []
    if len(clauses.words) <= _SHORT and (alone := _alone(clauses, table, times())):
        return alone
    return present(clauses, table, times()) if may_be_present(clauses, table) else []


def _stated(clauses: Clauses, likelihoods: Sequence[FoundLikelihood]) -> list[Marker]:
    """A probability in figures: it speaks of what stands before it, or of what follows with "that"."""
    for one in likelihoods:
        if one.kind is Kind.NUMBER and (inside := _positions(clauses, one.start, one.end)):
            end = inside[-1] + 1
            follows = end < len(clauses.words) and clauses.words[end].normal in ("that", "что")
            return [Marker(inside[0], end, "possible", Governs.CLAUSE if follows else Governs.BEHIND)]
    return []


def _level(text: str, clauses: Clauses, times: Sequence[FoundWindow]) -> list[Marker]:
    """«К концу года — 95 рублей за доллар»: a time ahead and a level, in a piece of a sentence without a verb."""
    for time in times:
        inside = _positions(clauses, time.start, time.end)
        if not inside or not _AHEAD_OF.match(time.phrase):
            continue
        first, last = inside[0], inside[-1]
        while first and clauses.marks[first - 1] != ",":
            first -= 1
        while last + 1 < len(clauses.words) and clauses.marks[last] != ",":
            last += 1
        piece = clauses.words[first : last + 1]
        rest = text[piece[0].start : time.start] + text[time.end : piece[-1].end + 1]
        if _UNIT.search(rest) and any(map(str.isdigit, rest)) and not _has_verb(clauses, first, last + 1):
            return [Marker(inside[0], inside[-1] + 1, "ожидается", Governs.WHOLE, timed=True)]
    return []


def _has_verb(clauses: Clauses, start: int, end: int) -> bool:
    words = [word.normal for word in clauses.words[start:end]]
    return any(is_finite(word) or is_past(word) or part_of_speech(word) in ("INFN", "GRND") for word in words)


def _alone(clauses: Clauses, table: Table, times: Sequence[FoundWindow]) -> list[Marker]:
    """A short sentence without a verb that begins with an adverb of probability, or with a denial."""
    words = clauses.words
    if not times or len(words) > _SHORT:
        return []
    if any(table.has("copulas", w.normal) or table.has("auxiliaries", w.normal) for w in words):
        return []
    if is_russian(words[0].normal) and _has_verb(clauses, 0, len(words)):
        return []
    if (first := next(iter(table.adverbs.find(clauses)), None)) and first.start == 0:
        if first.end < len(words) and words[first.end].normal in ("not", "не"):
            return []  # "Probably not before May": that denies what was asked
        return [Marker(0, first.end, first.row.likelihood, Governs.CLAUSE, timed=True)]
    if words[0].normal == "no" and not any(word.normal.endswith("ed") for word in words):
        return [Marker(0, 1, "will not", Governs.CLAUSE, timed=True)]
    return []


def _tip(text: str, clauses: Clauses) -> list[Marker]:
    """ "Spain to beat France": a name that the article has elsewhere too, and never without its capital."""
    tip = _TIP.match(text, clauses.words[0].start)
    if tip is None:
        return []
    if " " not in tip["who"]:
        is_name = len(re.findall(rf"\b{re.escape(tip['who'])}\b", text)) > 1
        if not is_name or re.search(rf"\b{re.escape(tip['who'].lower())}\b", text):
            return []
    to = next(p for p, word in enumerate(clauses.words) if word.start >= tip.end("who"))
    return [Marker(to, to + 1, "expected", Governs.VERB)]


def _positions(clauses: Clauses, start: int, end: int) -> list[int]:
    return [p for p, word in enumerate(clauses.words) if start <= word.start and word.end <= end]
