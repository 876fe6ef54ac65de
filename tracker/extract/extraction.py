"""Which forecasts does an article hold? Its sentences, one after the other: proposed, or left out with a reason.

For each sentence, in this order: who speaks it (`speakers`), its words of the future (`future`, else `verbless`), the
statements that they make, why one is no forecast (`forecast`), and else how likely (`strength`), under which condition
(`condition`), when (`timing`) and what (`claim`). A short answer takes its claim from the question before it
(`answers`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.assess.pattern import Clauses
from tracker.extract.answers import Answer, answer_to
from tracker.extract.article import ArticleText, Span
from tracker.extract.claim import claim_of
from tracker.extract.condition import condition_of
from tracker.extract.cues import Governs, Table, read_clauses, table
from tracker.extract.forecast import aside_only, is_announced, is_conceded, why_not
from tracker.extract.future import Marker, markers
from tracker.extract.present import may_be_present, present
from tracker.extract.proposal import Extraction, LeftOut, Proposal, Timing, Why
from tracker.extract.sentence import Sentence
from tracker.extract.speakers import Segment, segments
from tracker.extract.statements import Statement, statements
from tracker.extract.strength import likelihood_of
from tracker.extract.timing import is_day_of_week, of_denial, timing
from tracker.extract.verbless import verbless
from tracker.likelihood import read_likelihood
from tracker.model import Expects, Likelihood
from tracker.text.language import language_of
from tracker.windows import FoundWindow

_I = re.compile(r"\b(?:I|I['’]\w+|my|я|мне|мой|моя|моё|мое|моему|думаю|считаю|полагаю)\b")
_LONGEST = 2000  # characters: no sentence of an article is as long, and each word of it is looked at many times
_EVEN, _LOW = 0.5, 0.3  # probabilities
_SHORTEST_CLAIM = 2  # words
_LATEST_ANSWER = 2  # sentences after the question
_VOICES = 3  # sentences of others that make an article news rather than a column
_LEFT_OPEN = frozenset({"not ruled out", "not excluded", "не исключено", "не исключаем", "нельзя исключать"})


def extract(article: ArticleText) -> Extraction:
    """The forecasts that an article holds, in its order, and what only looks like one.

    The language is that of most of its letters, English or Russian. Nothing is learnt from elsewhere: equal articles
    give equal proposals.
    """
    language = language_of(article.text)
    cues = table(language)
    spoken = segments(article, cues)
    is_news = _is_news(article, spoken)
    sentences = [Sentence(article, segment, cues, language) for segment in spoken]
    proposals: list[Proposal] = []
    left_out: list[LeftOut] = []
    others = 0
    for number, sentence in enumerate(sentences):
        found, refused = _read(sentence, is_news=is_news)
        says_little = not found or (len(found) == 1 and len(found[0].claim.split()) < _SHORTEST_CLAIM)
        before = sentences[max(0, number - _LATEST_ANSWER) : number]
        if says_little and (answered := _answered(before, sentence)):
            found, refused = [answered], None
        proposals += found
        span = sentence.segment.span
        if not found and refused is not None:
            left_out.append(LeftOut(sentence.text, span.start, span.end, refused))
        others += not found and refused is None
    return Extraction(tuple(proposals), tuple(left_out), others, language)


def _is_news(article: ArticleText, spoken: Sequence[Segment]) -> bool:
    """Whether an article lets others speak, and its author does not say "I".

    What such an author says will be is mostly what was announced.
    """
    own = [segment.span.of(article.text) for segment in spoken if segment.is_author]
    return len(spoken) - len(own) >= _VOICES and not any(map(_I.search, own))


def _read(sentence: Sentence, *, is_news: bool) -> tuple[list[Proposal], Why | None]:
    """What one sentence proposes; else why not, or None where it does not speak of the future."""
    segment, clauses, cues = sentence.segment, sentence.clauses, sentence.cues
    if segment.is_heading or segment.span.end - segment.span.start > _LONGEST:
        return [], None
    found = _markers(sentence)
    if not found:
        return [], None
    if segment.is_question or sentence.asks:
        return [], Why.QUESTION
    made = statements(clauses, cues, found)
    if not made and (said := _verbless(sentence)):
        made = statements(clauses, cues, said)  # "He hangs on until May, when the party will want a head"
    if not made:
        return [], aside_only(clauses, found, cues)
    proposals: list[Proposal] = []
    refused: Why | None = None
    for statement in (*_told_before(sentence, made[0]), *made):
        why = _why_not(sentence, statement, is_news=is_news)
        proposal = None if why else _proposal(sentence, statement)
        if proposal and proposals and _goes_on(clauses, statement, cues) and not _has_own_time(proposal, proposals):
            proposal, why = None, Why.SUBORDINATE
        if proposal is not None:
            proposals.append(proposal)
        else:
            refused = refused or why or Why.VAGUE
    return proposals, refused


def _markers(sentence: Sentence) -> list[Marker]:
    """The words of the future in a sentence; where it has none, what foretells without such a word."""
    conditional = sentence.segment.reported or bool(sentence.conditions)
    found = markers(sentence.clauses, sentence.cues, reported=conditional)
    if any(marker.timed for marker in found) and not sentence.times:
        found = [marker for marker in found if not marker.timed]
    return found if found or sentence.asks else _verbless(sentence)


def _told_before(sentence: Sentence, first: Statement) -> list[Statement]:
    """What foretells in the present before the first statement: "Two drop out by May; I would be amazed if …"."""
    words, cues = sentence.clauses.words[: first.start], sentence.cues
    head = Clauses(words, sentence.clauses.marks[: first.start])
    if not words or not may_be_present(head, cues):
        return []
    times = [time for time in sentence.times if time.end <= words[-1].end]
    return statements(head, cues, present(head, cues, times))


def _verbless(sentence: Sentence) -> list[Marker]:
    text, likelihoods = sentence.article.text, sentence.likelihoods
    return verbless(text, sentence.clauses, sentence.cues, likelihoods, lambda: sentence.times)


def _why_not(sentence: Sentence, statement: Statement, *, is_news: bool) -> Why | None:
    """Why a statement is no forecast by its words, by what follows it, or by who says it; None when it may be one."""
    if why := why_not(sentence.clauses, statement, sentence.cues):
        return why
    if is_conceded(sentence.clauses, statement) and not sentence.times:
        return Why.PRESENT
    if is_news and sentence.segment.is_author:
        announced = is_announced(statement, sentence.conditions, timed=lambda: bool(sentence.times))
        return Why.PLAN if announced else None
    return None


def _goes_on(clauses: Clauses, statement: Statement, cues: Table) -> bool:
    """Whether a statement only carries on the one before it: "…, and it may"."""
    first = clauses.words[statement.start]
    joined = cues.fits("boundaries", first) and not cues.fits("contrasts", first)
    return joined and statement.marker.is_plain


def _has_own_time(proposal: Proposal, before: list[Proposal]) -> bool:
    return not proposal.window.is_default and proposal.window.phrase != before[-1].window.phrase


def _proposal(sentence: Sentence, statement: Statement) -> Proposal | None:
    """What a statement proposes; None where its claim names nothing ("They will.", "I doubt it.")."""
    text, clauses, cues = sentence.article.text, sentence.clauses, sentence.cues
    claim = claim_of(text, clauses, statement, cues)
    if not _names_something(claim, statement, sentence):
        return None
    likelihood, said = likelihood_of(statement, clauses, text, sentence.likelihoods)
    span = sentence.span(statement.start, statement.end)
    condition = condition_of(sentence, statement)
    when = timing(
        _times_of(sentence, statement),
        span,
        sentence.span(statement.marker.start, statement.marker.end),
        sentence.article.published,
        conditional=bool(condition),
        is_open=statement.is_open,
    )
    if statement.marker.is_plain and not when.is_default and _denies(text, span, when.phrase):
        said = "не будет" if sentence.language == "ru" else "will not"
        likelihood = read_likelihood(said)
    return _made(sentence, Answer(likelihood, said, claim), when, condition, _expects(statement, likelihood))


def _names_something(claim: str, statement: Statement, sentence: Sentence) -> bool:
    """Whether a claim says what is to come; in Russian two words can."""
    if statement.marker.governs in (Governs.VERB, Governs.WHOLE):
        return len(claim.split()) >= (2 if sentence.language == "ru" else 3)
    return any(not sentence.cues.fits("pronouns", word) for word in read_clauses(claim, Span(0, len(claim))).words)


def _times_of(sentence: Sentence, statement: Statement) -> list[FoundWindow]:
    """The times of a sentence without the day of the week on which it was said: "she told MPs on Monday that …"."""
    marker = statement.marker.start
    if not any(hit.start < marker for hit in sentence.cues.says.find(sentence.clauses)):
        return sentence.times
    begins = sentence.clauses.words[marker].start
    return [time for time in sentence.times if time.start > begins or not is_day_of_week(time.phrase)]


def _denies(text: str, span: Span, phrase: str) -> bool:
    """Whether a statement says of a time that it is not then: "his time will come, but not this year"."""
    return bool(re.search(rf"\b(?:but not|но не)\s+{re.escape(phrase)}", text[span.start : span.end + len(phrase)]))


def _expects(statement: Statement, likelihood: Likelihood) -> Expects:
    """An event that the words call unlikely is expected not to happen; one that they only leave open is."""
    low = likelihood.probability < _LOW and statement.marker.likelihood not in _LEFT_OPEN
    return Expects.DOES_NOT_HAPPEN if low else Expects.HAPPENS


def _answered(before: Sequence[Sentence], sentence: Sentence) -> Proposal | None:
    """What a sentence foretells as a short answer to a question among the sentences `before` it."""
    asked = next((one for one in reversed(before) if one.asks and not one.segment.is_heading), None)
    if asked is None or sentence.asks or sentence.segment.is_heading:
        return None
    text, published = sentence.article.text, sentence.article.published
    times = sentence.times or asked.times
    at_once = asked is before[-1]
    answer = answer_to(
        text, asked.clauses, sentence.clauses, sentence.cues, sentence.likelihoods, timed=bool(times), at_once=at_once
    )
    if answer is None:
        return None
    whole, nothing = Span(0, len(text)), Span(0, 0)
    when = timing(times, whole, nothing, published, conditional=False, is_open=False)
    if answer.likelihood.probability >= _EVEN:
        return _made(sentence, answer, when, "", Expects.HAPPENS)
    denied = of_denial(when, published)
    return _made(sentence, answer, denied, "", Expects.DOES_NOT_HAPPEN) if denied else None


def _made(sentence: Sentence, read: Answer, when: Timing, condition: str, expects: Expects) -> Proposal:
    segment = sentence.segment
    time = "no time is named" if when.is_default else f"“{when.phrase}” when"
    return Proposal(
        sentence=sentence.text,
        start=segment.span.start,
        end=segment.span.end,
        forecaster=segment.speaker,
        likelihood=read.likelihood,
        window=when,
        expects=expects,
        condition=condition,
        claim=read.claim,
        attribution=segment.how,
        reason=f"“{read.said}” says how likely, {time}",
    )
