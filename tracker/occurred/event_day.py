"""Which of the dates that a report names is that of its event?

A date counts when it stands in the clause of the matched words: "summoned the envoy on 2 July" dates the summons, while
in "summoned the envoy over raids on 27 June" the date is that of the raids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tracker.occurred.clauses import clauses
from tracker.occurred.dates import Mention, Precision, mentions, month_of_noun
from tracker.occurred.tables import tables
from tracker.text import sentences, words

# The nearest date is that of the event; what speaks against a date counts as so many characters further away. An adverb
# ("on Friday") outranks a date that may belong to a noun ("Friday's talks"), and "arrested him on 30 June and freed him
# on 9 October" dates each by what follows. By the feel of some hundred reports, not measured.
BARE_DATE_CHARACTERS = 40
JOINER_CHARACTERS = 20

# "2020: Serbia's premier resigns", "[2019] …", "… (2020) - Reuters": an old story told again, under its year. In the
# middle of a title a year in brackets is that of a film or a car.
_YEAR_OF_TITLE = re.compile(
    r"\A\W*(?:(?P<leading>(?:19|20)\d\d):\s|[(\[](?P<first>(?:19|20)\d\d)[)\]])"
    r"|[(\[](?P<last>(?:19|20)\d\d)[)\]](?=\s*:|\W*\Z|\s+[-–—|]\s)"
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Occurred:
    """The day of an event, how precisely it is known, and the words that say so.

    With "month" and "year" the day is the first of them, or publication where that lies within. With "published" the
    text names no date, `said` is empty and the day is that of publication.
    """

    day: date
    precision: Precision
    said: str


def occurred(title: str, summary: str, spans: Sequence[Span], in_title: bool, published: date) -> Occurred:
    """When the event that `spans` report took place, as the text says.

    `spans` are character offsets of the matched words, into the title when `in_title`, else the summary; without any,
    the whole text is taken to report it. Looked at are the sentences of the spans; failing a date there, the sentences
    of the other part that tell it again, with most of the matched words; failing that, the month by which the event is
    called ("June strikes"). A weekday is the latest one up to publication,
    a date without a year the latest one, unless it is said to be ahead or is at most 31 days ahead: a day after
    publication is returned as it is. A title that stands under an older year ("2020: …", "… (2020)") tells of that
    year: its dates are read as at the end of it.

    >>> occurred("Azerbaijan recalls envoy on 2 July over raids on 27 June", "", [(11, 24)], True, date(2025, 7, 3))
    Occurred(day=datetime.date(2025, 7, 2), precision='day', said='on 2 July')
    """
    marked = _year_of_title(title, published)
    if marked is not None:
        found_then = _occurred(title, summary, spans, in_title, date(marked.day.year, 12, 31))
        return marked if found_then.precision == "published" else found_then
    return _occurred(title, summary, spans, in_title, published)


def _year_of_title(title: str, published: date) -> Occurred | None:
    """The year under which a title tells an old story; None without one, and for one that is not over."""
    match = _YEAR_OF_TITLE.search(title)
    year = int(match["leading"] or match["first"] or match["last"]) if match else published.year
    return Occurred(date(year, 1, 1), "year", match.group().strip()) if match and year < published.year else None


def _occurred(title: str, summary: str, spans: Sequence[Span], in_title: bool, published: date) -> Occurred:
    text, other = (title, summary) if in_title else (summary, title)
    spans = spans or [(0, len(text))]
    found = _nearest(text, [span for span in sentences(text) if _overlaps(span, spans)], spans, published)
    if found is not None:
        return _said(text, found)
    for sentence, again in _told_again(text, spans, other):
        found = _nearest(other, [sentence], again, published)
        if found is not None:
            return _said(other, found)
    for start, _ in spans:
        named = month_of_noun(text, start, published)
        if named is not None:
            return _said(text, named)
    return Occurred(published, "published", "")


def _said(text: str, mention: Mention) -> Occurred:
    return Occurred(mention.day, mention.precision, text[mention.start : mention.end])


def _told_again(text: str, spans: Sequence[Span], other: str) -> list[tuple[Span, list[Span]]]:
    """The sentences of `other` with more than half of the matched words of `text`, and where those stand."""
    stems = {word.stem for word in words(text) if _overlaps((word.start, word.end), spans)}
    found = []
    for start, end in sentences(other):
        again = [word for word in words(other[start:end]) if word.stem in stems]
        if 2 * len({word.stem for word in again}) > len(stems):
            found.append(((start, end), [(start + word.start, start + word.end) for word in again]))
    return found


def _nearest(text: str, within: Sequence[Span], spans: Sequence[Span], published: date) -> Mention | None:
    """The date nearest to a span in a clause of that span; None when there is none."""
    ranked = []
    for start, end in within:
        parts = clauses(text, start, end)
        here = [(span, parts.between(max(span[0], start), min(span[1], end))) for span in spans]
        for mention in mentions(text, start, end, published):
            clause = parts.at(mention.start)
            distances = [_distance(text, span, mention) for span, told_in in here if clause in told_in]
            if distances:
                ranked.append((min(distances), mention.start, mention))
    return min(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _distance(text: str, span: Span, mention: Mention) -> int:
    between = text[span[1] : mention.start] or text[mention.end : span[0]]
    joined = len(_joiner().findall(between))
    return len(between) + joined * JOINER_CHARACTERS + (0 if mention.adverbial else BARE_DATE_CHARACTERS)


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{tables().joiners})\b", re.IGNORECASE)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
