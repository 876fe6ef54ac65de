"""Which topic, event and criteria are drafted from a claim, and why?

A wrong verdict is worse than none. So every word of the claim that tells something must be found again in what is
drafted: by a name, by an event family, as a bound, or as a word of its own. Where too much is left, a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.concepts import Concepts
from tracker.draft.claim import read_claim, tenses
from tracker.draft.event import MOST_ACTORS, beside, event_query, main_actors
from tracker.draft.joining import either, grouped, near, tied
from tracker.draft.levels import level_query
from tracker.draft.library import Library, library
from tracker.draft.parts import Parts, read_parts
from tracker.draft.roles import modifies, roles_of, verb_tells
from tracker.draft.vocabulary import vocabulary
from tracker.draft.wording import MOST_WORDS, family_query, kind_query, told, word
from tracker.model import Window
from tracker.query import parse
from tracker.text.numbers import numbers

_SOURCES = 2
_FEW_WORDS = 1
_AMOUNT = 1_000
_ONE_OF_A_SERIES = 31


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for a forecast. `reasons` say where each part comes from.

    `doubts` say what a person must look at before any of it may settle the claim; without one the draft is `ready`.
    Where nothing was found, `topic` or `event` are empty.

    `kind` is a query for such events whoever they are of, of events that are nearly always reported: silence counts
    where the feeds report those of others, and nothing on the topic tells of one, in whatever words. `audible` is
    False where silence says nothing.
    """

    topic: str
    event: str
    against: str
    counts: str
    sources: int
    lasts: bool
    audible: bool | None
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    kind: str = ""

    @property
    def ready(self) -> bool:
        """Whether the draft may stand as it is."""
        return not self.doubts


def draft(
    claim: str, *, sentence: str = "", language: str, published: date, window: Window | None, concepts: Concepts
) -> Draft:
    """The first draft for a claim, a statement or a question in `language` ("en" or "ru").

    `sentence` is what the claim was taken from, and names the actors where the claim does not. `published` is the day
    from which the claim's words of time are read; `window` the window, None if it is not known yet.
    """
    known = library(concepts)
    parts = read_parts(read_claim(claim, language, published), known)
    if not parts.actors and sentence:
        parts.actors = read_parts(read_claim(sentence, language, published), known).actors[:1]
        parts.reasons += [f"{actor.why}, from the sentence" for actor in parts.actors]
    if window and not window.open_ended and window.days <= _ONE_OF_A_SERIES:
        parts.words = _without_ranks(parts)
    level = level_query(parts, concepts)
    if level:
        parts.words = []
        parts.event = parts.event if parts.family.lasts else None
        parts.reasons.append("it says where something stands: a report must say it right behind what is measured")
    event = level or event_query(parts, told(parts, known), known)
    topic = _topic(parts)
    against = _against(parts, window, known, concepts)
    parts.reasons += _reasons(parts)
    parts.doubts += _doubts(parts)
    if not event:
        parts.doubts.append("no event is told: say what would be reported")
    finds_itself = bool(parts.event) and not parts.bounds and not _told_as_claims_do(parts, known)
    if event and topic and (level or finds_itself):
        # The claim itself, as if it had happened, must be found by its own draft.
        whole = parse(f"({topic}) AND ({event})", concepts)
        if not any(known.has(whole, text) for text in tenses(parts.claim)):
            parts.doubts.append("the claim's own words are not found by these queries")
    return Draft(
        topic=topic,
        event=event,
        against=against,
        counts=_counts(claim, language),
        sources=_SOURCES,
        lasts=parts.family.lasts,
        audible=False if _may_be_omitted(parts) else None,
        reasons=tuple(dict.fromkeys(parts.reasons)),
        doubts=tuple(dict.fromkeys(parts.doubts)),
        kind=_kind(parts, known),
    )


def _told_as_claims_do(parts: Parts, known: Library) -> bool:
    """Whether only words that no report would use tell the event: to "control" a town, which reports see taken."""
    if not parts.family.claims or not parts.event:
        return False
    reports = parse(kind_query(parts.event.name, known), known.concepts)
    return not any(known.has(reports, text) for text in tenses(parts.claim))


def _without_ranks(parts: Parts) -> list[tuple[int, ...]]:
    """The words that are left, without the rank of one of a series: in a short window there is no other."""
    words = [parts.claim.words[group[0]] for group in parts.words]
    if not any(one.stem in vocabulary().series for one in words):
        return parts.words
    return [group for group, one in zip(parts.words, words, strict=True) if not _is_rank(one.surface)]


def _topic(parts: Parts) -> str:
    """Who acts; where nobody is said to, those who are named first.

    To whom it is done is the event's to ask, and reports call it by other names: the silence of a topic that asked it
    too would say little.
    """
    doers, _ = roles_of(parts)
    if doers:
        return grouped(either([actor.query for actor in doers]))
    return " AND ".join(grouped(actor.query) for actor in main_actors(parts))


def _against(parts: Parts, window: Window | None, known: Library, concepts: Concepts) -> str:
    """What rules the event out, tied to the same doer: the families that are its rivals."""
    doers, done_to = roles_of(parts)
    if len(parts.words) > MOST_WORDS or not doers or parts.bounds:
        return ""
    worded = bool(parts.event and parts.event.worded)
    rivals = [family_query(name, known, worded=worded) for name in parts.family.rivals_in(window)]
    if not rivals:
        return ""
    parts.reasons.append(f"against: {' OR '.join(rivals)} would leave no room for it")
    words = [word(parts.claim, positions) for positions in parts.words]
    rival = near(["(" + " OR ".join(rivals) + ")", *words], concepts)
    pieces = [either([actor.query for actor in doers]), rival]
    if done_to and modifies(parts, done_to):
        return beside(f"{tied(pieces, concepts)} AND ({done_to.query})", parts)
    if done_to:
        pieces.append(done_to.query)
    return beside(tied(pieces, concepts), parts)


def _kind(parts: Parts, known: Library) -> str:
    """The family of the event, whoever does it; "" of what is not sure to be reported, so that silence says nothing."""
    if not parts.event or not parts.family.makes_news or not verb_tells(parts) or _may_be_omitted(parts):
        return ""
    return kind_query(parts.event.name, known)


def _reasons(parts: Parts) -> Iterator[str]:
    yield from (actor.why for actor in parts.actors)
    if parts.event:
        yield f"“{_written(parts, parts.event.positions)}” is told as {parts.event.name}"
    yield from (f"“{_written(parts, bound.positions)}” is the bound {bound.query}" for bound in parts.bounds)
    yield from (f"“{_written(parts, positions)}” is asked for as a word" for positions in parts.words)


def _written(parts: Parts, positions: tuple[int, ...]) -> str:
    return " ".join(parts.claim.words[at].surface for at in positions)


def _doubts(parts: Parts) -> Iterator[str]:
    if not parts.actors:
        yield "nobody is named: say whom or what it is about"
    if not parts.event and parts.words and not parts.bounds:
        yield "no known family of events tells it: look whether its own words tell that it happened"
    if len(parts.words) > MOST_WORDS:
        rest = ", ".join(parts.claim.words[at].surface for group in parts.words[MOST_WORDS:] for at in group)
        yield f"not asked for: {rest}"
    if len(parts.actors) > MOST_ACTORS:
        yield f"only the first {MOST_ACTORS} names are asked for"
    if len(parts.bounds) > 1:
        yield "more than one bound"
    yield from (f"not asked for: {amount}" for amount in _amounts_left(parts))


def _amounts_left(parts: Parts) -> Iterator[str]:
    """The amounts that no bound, name or word asks for; a bare number may be of the event, as in "Chapter 11"."""
    places_asked = [*(one.positions for one in parts.bounds), *(one.positions for one in parts.actors), *parts.words]
    asked = {at for positions in places_asked for at in positions}
    told = set(parts.event.positions) if parts.event else set()
    for number in numbers(parts.claim.text):
        places = {at for at, one in enumerate(parts.claim.words) if one.start < number.end and one.end > number.start}
        written = parts.claim.text[number.start : number.end]
        bare = not number.unit and number.value < _AMOUNT
        if not number.names and places.isdisjoint(asked) and not (bare and (places & told or written.isalpha())):
            yield written


def _may_be_omitted(parts: Parts) -> bool:
    """Whether reports of the event may lack something that is asked for, so that silence says nothing.

    A number, more than a word that is no rank, a family that another field tells in the same words; or somebody who is
    not named ("any candidate"), because reports will name them.
    """
    words = [group for group in parts.words if not _is_rank(parts.claim.words[group[0]].surface)]
    return (
        len(words) > _FEW_WORDS
        or parts.ambiguous
        or (bool(parts.bounds) and not parts.family.lasts)
        or any(one.normal in vocabulary().indefinite for one in parts.claim.words)
    )


def _is_rank(word: str) -> bool:
    return any(number.names for number in numbers(word))


def _counts(claim: str, language: str) -> str:
    """The criteria as sentences. The claim stands in them as it was written: in another tense it may be no grammar.

    The days of the window are left to the window: it may be edited.
    """
    told = " ".join(claim.split()).rstrip(".")
    asks = told.endswith("?")
    stop = "" if told.endswith(("?", "!", "…")) else "."
    if language == "ru":
        that = "ответом на этот вопрос в срок стало «да»" if asks else "это сбылось в срок"
        return f"Сообщено как о факте, что {that}: «{told}»{stop} Планы, призывы и слухи не в счёт."
    that = "the answer to this became yes within the window" if asks else "this came true within the window"
    return f"It is reported as a fact that {that}: “{told}{stop}” Plans, demands and rumours do not count."
