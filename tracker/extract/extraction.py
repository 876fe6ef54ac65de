"""Which forecasts does an article hold? Its sentences, one after the other: proposed, or left out with a reason."""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.assess.pattern import Clauses
from tracker.extract.article import ArticleText, Span
from tracker.extract.claim import claim_of
from tracker.extract.cues import Governs, Table, read_clauses, table
from tracker.extract.forecast import aside_only, why_not
from tracker.extract.future import Marker, Statement, likelihood_of, markers, statements
from tracker.extract.proposal import Extraction, LeftOut, Proposal, Timing, Why
from tracker.extract.speakers import Segment, segments
from tracker.extract.timing import timing
from tracker.likelihood import find_likelihoods
from tracker.likelihood.finding import Kind
from tracker.model import Expects, Likelihood
from tracker.text.language import language_of
from tracker.text.russian import is_genitive
from tracker.windows import find_windows


def extract(article: ArticleText) -> Extraction:
    """The forecasts that an article holds, in its order, and what only looks like one.

    The language is that of most of its letters, English or Russian. Nothing is learnt from elsewhere: equal articles
    give equal proposals.
    """
    language = language_of(article.text)
    cues = table(language)
    proposals: list[Proposal] = []
    left_out: list[LeftOut] = []
    others = 0
    spoken = segments(article, cues)
    # In an article that lets others speak, what the author says will be is mostly what was announced; not so where the
    # author says "I".
    own = [segment.span.of(article.text) for segment in spoken if segment.is_author]
    is_news = len(spoken) - len(own) >= _VOICES and not any(map(_I.search, own))
    for segment in spoken:
        found, refused = _read(article, segment, cues, language, is_news=is_news)
        proposals += found
        if not found and refused is not None:
            left_out.append(LeftOut(segment.span.of(article.text), segment.span.start, segment.span.end, refused))
        others += not found and refused is None
    return Extraction(tuple(proposals), tuple(left_out), others, language)


def _read(
    article: ArticleText, segment: Segment, cues: Table, language: str, *, is_news: bool
) -> tuple[list[Proposal], Why | None]:
    """What one sentence proposes; else why not, or None where it does not speak of the future."""
    text = article.text
    if segment.span.end - segment.span.start > _LONGEST:
        return [], None
    clauses = read_clauses(text, segment.span)
    conditions = cues.conditions.find(clauses)
    found = markers(clauses, cues, reported=segment.reported or bool(conditions))
    if not found and not segment.is_heading:
        found = _stated(text, segment, clauses, language)
    if segment.is_heading or not found:
        return [], None
    if segment.is_question or _asks(text, segment.span):
        return [], Why.QUESTION
    proposals: list[Proposal] = []
    refused: Why | None = None
    made = statements(clauses, cues, found)
    for statement in made:
        why = why_not(clauses, statement, cues)
        if why is None and is_news and segment.is_author and statement.marker.is_plain and not statement.adverbs:
            why = Why.PLAN
        proposal = _proposal(article, segment, clauses, statement, cues, language) if why is None else None
        if proposal and proposals and _goes_on(clauses, statement, cues) and not _has_own_time(proposal, proposals):
            proposal, why = None, Why.SUBORDINATE
        if proposal is not None:
            proposals.append(proposal)
        else:
            refused = refused or why or Why.VAGUE
    return proposals, refused if made else aside_only(clauses, found, cues)


def _stated(text: str, segment: Segment, clauses: Clauses, language: str) -> list[Marker]:
    """A probability that a sentence states in figures, where no other word of it speaks of the future."""
    for one in find_likelihoods(segment.span.of(text), language):
        if one.kind is Kind.NUMBER:
            start, end = one.start + segment.span.start, one.end + segment.span.start
            inside = [p for p, word in enumerate(clauses.words) if start <= word.start and word.end <= end]
            if inside:
                return [Marker(inside[0], inside[-1] + 1, "possible", Governs.BEHIND)]
    return []


def _asks(text: str, span: Span) -> bool:
    return span.of(text).rstrip("\"'”’»)").endswith("?") or text[span.end : span.end + 1] == "?"


def _goes_on(clauses: Clauses, statement: Statement, cues: Table) -> bool:
    """Whether a statement only carries on the one before it: "…, and it may"."""
    first = clauses.words[statement.start]
    joined = cues.fits("boundaries", first) and not cues.fits("contrasts", first)
    return joined and statement.marker.is_plain


def _has_own_time(proposal: Proposal, before: list[Proposal]) -> bool:
    return not proposal.window.is_default and proposal.window.phrase != before[-1].window.phrase


def _proposal(
    article: ArticleText, segment: Segment, clauses: Clauses, statement: Statement, cues: Table, language: str
) -> Proposal | None:
    text = article.text
    base = segment.span.start
    words = [
        replace(one, start=one.start + base, end=one.end + base)
        for one in find_likelihoods(segment.span.of(text), language)
    ]
    likelihood, said = likelihood_of(statement, clauses, text, words)
    span = Span(clauses.words[statement.start].start, clauses.words[statement.end - 1].end)
    times = find_windows(segment.span.of(text), article.published, language)
    condition = _condition(text, clauses, cues, statement)
    marker = Span(
        clauses.words[statement.marker.start].start - base, clauses.words[statement.marker.end - 1].end - base
    )
    inside = Span(span.start - base, span.end - base)
    when = timing(times, inside, marker, article.published, conditional=bool(condition))
    claim = claim_of(text, clauses, statement, cues)
    said_of = [word for word in read_clauses(claim, Span(0, len(claim))).words if not cues.fits("pronouns", word)]
    if statement.marker.governs is Governs.VERB:
        # "They will." leaves open what; in Russian two words can say it.
        if len(claim.split()) < (2 if language == "ru" else 3):
            return None
    elif not said_of:
        return None  # "I doubt it."
    return Proposal(
        sentence=segment.span.of(text),
        start=segment.span.start,
        end=segment.span.end,
        forecaster=segment.speaker,
        likelihood=likelihood,
        window=when,
        expects=_expects(statement, likelihood),
        condition=condition,
        claim=claim,
        attribution=segment.how,
        reason=_reason(said, when),
    )


_I = re.compile(r"\b(?:I|I['’]\w+|my|я|мне|мой|моя|моё|мое|моему|думаю|считаю|полагаю)\b")
_LONGEST = 2000  # characters: no sentence of an article is as long, and each word of it is looked at many times
_VOICES = 3  # sentences of others that make an article news rather than a column
_OPEN = frozenset({"not ruled out", "not excluded", "не исключено", "не исключаем", "нельзя исключать"})


def _expects(statement: Statement, likelihood: Likelihood) -> Expects:
    """An event that the words call unlikely is expected not to happen; one that they only leave open is."""
    low = likelihood.probability < 0.3 and statement.marker.likelihood not in _OPEN
    return Expects.DOES_NOT_HAPPEN if low else Expects.HAPPENS


def _condition(text: str, clauses: Clauses, cues: Table, statement: Statement) -> str:
    """What must come first, in the article's words, without "if"; empty where nothing must."""
    for hit in cues.conditions.find(clauses):
        if statement.marker.start <= hit.start < statement.marker.end:
            continue  # "I would be surprised if …" sets no condition
        if (
            hit.start
            and not clauses.marks[hit.start - 1]
            and clauses.words[hit.start].normal not in ("if", "unless", "если")
        ):
            continue
        end = next((p for p in range(hit.end, len(clauses.words)) if clauses.marks[p]), len(clauses.words) - 1)
        if hit.row.phrase and statement.marker.start <= end:
            end = _phrase_end(clauses, hit.end, statement.marker.start)
        return text[clauses.words[hit.start].start : clauses.words[end].end]
    return ""


def _phrase_end(clauses: Clauses, start: int, stop: int) -> int:
    """The last word of a condition without a verb, before the subject that follows it without a comma in Russian."""
    end = start
    while end + 1 < stop and not clauses.marks[end] and is_genitive(clauses.words[end + 1].surface.casefold()):
        end += 1
    return end - 1 if end + 1 == stop and end > start else end


def _reason(said: str, when: Timing) -> str:
    time = "no time is named" if when.is_default else f"“{when.phrase}” when"
    return f"“{said}” says how likely, {time}"
