"""Which forecasts does an article hold? Its sentences, one after the other: proposed, or left out with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.assess.pattern import Clauses
from tracker.extract.answers import Answer, answer_to
from tracker.extract.article import ArticleText, Span
from tracker.extract.claim import claim_of
from tracker.extract.cues import Governs, Table, read_clauses, table
from tracker.extract.forecast import aside_only, why_not
from tracker.extract.future import Marker, Statement, markers, statements
from tracker.extract.proposal import Extraction, LeftOut, Proposal, Timing, Why
from tracker.extract.speakers import Segment, segments
from tracker.extract.strength import likelihood_of
from tracker.extract.timing import of_denial, timing
from tracker.extract.verbless import verbless
from tracker.likelihood import FoundLikelihood, find_likelihoods, read_likelihood
from tracker.model import Expects, Likelihood
from tracker.text.language import language_of
from tracker.text.russian import is_genitive
from tracker.windows import FoundWindow, find_windows


@dataclass(frozen=True)
class _Sentence:
    """A sentence of an article, with what is read in it when it is asked for; offsets are those of the article."""

    article: ArticleText
    segment: Segment
    cues: Table
    language: str

    @cached_property
    def clauses(self) -> Clauses:
        return read_clauses(self.article.text, self.segment.span)

    @cached_property
    def likelihoods(self) -> list[FoundLikelihood]:
        base = self.segment.span.start
        found = find_likelihoods(self.text, self.language)
        return [replace(one, start=one.start + base, end=one.end + base) for one in found]

    @cached_property
    def times(self) -> list[FoundWindow]:
        """The phrases of time that do not lie in the past."""
        base = self.segment.span.start
        found = find_windows(self.text, self.article.published, self.language)
        return [replace(one, start=one.start + base, end=one.end + base) for one in found if one.reading is not None]

    @property
    def text(self) -> str:
        return self.segment.span.of(self.article.text)

    @property
    def asks(self) -> bool:
        end = self.segment.span.end
        return self.text.rstrip("\"'”’»)").endswith("?") or self.article.text[end : end + 1] == "?"


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
    asked: _Sentence | None = None
    since = 0
    for segment in spoken:
        sentence = _Sentence(article, segment, cues, language)
        found, refused = _read(sentence, is_news=is_news)
        is_empty = not found or (len(found) == 1 and len(found[0].claim.split()) < _SHORTEST_CLAIM)
        if is_empty and asked is not None and (answered := _answered(asked, sentence, at_once=since == 1)):
            found, refused = [answered], None
        if sentence.asks and not segment.is_heading:
            asked, since = sentence, 0
        asked, since = (asked, since + 1) if since < _LATEST_ANSWER else (None, 0)
        proposals += found
        if not found and refused is not None:
            left_out.append(LeftOut(sentence.text, segment.span.start, segment.span.end, refused))
        others += not found and refused is None
    return Extraction(tuple(proposals), tuple(left_out), others, language)


def _read(sentence: _Sentence, *, is_news: bool) -> tuple[list[Proposal], Why | None]:
    """What one sentence proposes; else why not, or None where it does not speak of the future."""
    segment, cues = sentence.segment, sentence.cues
    if segment.is_heading or segment.span.end - segment.span.start > _LONGEST:
        return [], None
    clauses = sentence.clauses
    conditions = cues.conditions.find(clauses)
    found = markers(clauses, cues, reported=segment.reported or bool(conditions))
    if any(marker.timed for marker in found) and not sentence.times:
        found = [marker for marker in found if not marker.timed]
    if not found and not sentence.asks:
        found = _verbless(sentence)
    if not found:
        return [], None
    if segment.is_question or sentence.asks:
        return [], Why.QUESTION
    proposals: list[Proposal] = []
    refused: Why | None = None
    made = statements(clauses, cues, found)
    if not made and (said := _verbless(sentence)):
        made = statements(clauses, cues, said)  # "He hangs on until May, when the party will want a head"
    for statement in made:
        why = why_not(clauses, statement, cues)
        if why is None and not sentence.times and _is_conceded(statement, clauses):
            why = Why.PRESENT
        if why is None and is_news and segment.is_author and _is_announced(statement, sentence):
            why = Why.PLAN
        proposal = _proposal(sentence, statement) if why is None else None
        if proposal and proposals and _goes_on(clauses, statement, cues) and not _has_own_time(proposal, proposals):
            proposal, why = None, Why.SUBORDINATE
        if proposal is not None:
            proposals.append(proposal)
        else:
            refused = refused or why or Why.VAGUE
    return proposals, refused if made else aside_only(clauses, found, cues)


def _is_conceded(statement: Statement, clauses: Clauses) -> bool:
    """Whether what may be is only granted, of the present: "he may be unpopular at home, but …"."""
    words, marker = clauses.words, statement.marker
    following = [word.normal for word in words[marker.end : statement.end + 1]]
    return words[marker.start].normal in ("may", "might") and following[:1] == ["be"] and "but" in following


def _is_announced(statement: Statement, sentence: _Sentence) -> bool:
    """Whether an author's statement is mostly what was announced: "will" alone, that sets no condition.

    Nobody announces what may, or will not, be at a certain time.
    """
    marker = statement.marker
    if not marker.is_plain or statement.adverbs or (sentence.times and (marker.negated or marker.only_may_be)):
        return False
    conditions = sentence.cues.conditions.find(sentence.clauses)
    conditional = any(not hit.row.phrase and hit.start < marker.start for hit in conditions)
    return not conditional


def _verbless(sentence: _Sentence) -> list[Marker]:
    text, likelihoods = sentence.article.text, sentence.likelihoods
    return verbless(text, sentence.clauses, sentence.cues, likelihoods, lambda: sentence.times)


def _answered(asked: _Sentence, sentence: _Sentence, *, at_once: bool) -> Proposal | None:
    """What a sentence foretells as a short answer to the question before it."""
    if sentence.asks or sentence.segment.is_heading:
        return None
    timed = bool(sentence.times or asked.times)
    answer = answer_to(
        sentence.article.text,
        asked.clauses,
        sentence.clauses,
        sentence.cues,
        sentence.likelihoods,
        timed=timed,
        at_once=at_once,
    )
    if answer is None:
        return None
    whole = Span(sentence.segment.span.start, asked.segment.span.start)
    when = timing(
        sentence.times or asked.times,
        asked.segment.span,
        whole,
        sentence.article.published,
        conditional=False,
        is_open=False,
    )
    if answer.likelihood.probability >= _EVEN:
        return _made(sentence, answer, when, "", Expects.HAPPENS)
    denied = of_denial(when, sentence.article.published)
    return _made(sentence, answer, denied, "", Expects.DOES_NOT_HAPPEN) if denied else None


def _denies(text: str, span: Span, phrase: str) -> bool:
    """Whether a statement says of a time that it is not then: "his time will come, but not this year"."""
    return bool(re.search(rf"\b(?:but not|но не)\s+{re.escape(phrase)}", text[span.start : span.end + len(phrase)]))


def _goes_on(clauses: Clauses, statement: Statement, cues: Table) -> bool:
    """Whether a statement only carries on the one before it: "…, and it may"."""
    first = clauses.words[statement.start]
    joined = cues.fits("boundaries", first) and not cues.fits("contrasts", first)
    return joined and statement.marker.is_plain


def _has_own_time(proposal: Proposal, before: list[Proposal]) -> bool:
    return not proposal.window.is_default and proposal.window.phrase != before[-1].window.phrase


def _proposal(sentence: _Sentence, statement: Statement) -> Proposal | None:
    text, clauses, cues = sentence.article.text, sentence.clauses, sentence.cues
    likelihood, said = likelihood_of(statement, clauses, text, sentence.likelihoods)
    span = Span(clauses.words[statement.start].start, clauses.words[statement.end - 1].end)
    marker = Span(clauses.words[statement.marker.start].start, clauses.words[statement.marker.end - 1].end)
    condition = _condition(text, clauses, cues, statement)
    when = timing(
        _without_day_of_saying(sentence, statement),
        span,
        marker,
        sentence.article.published,
        conditional=bool(condition),
        is_open=statement.is_open,
    )
    if statement.marker.is_plain and not when.is_default and _denies(text, span, when.phrase):
        said = "не будет" if sentence.language == "ru" else "will not"
        likelihood = read_likelihood(said)
    claim = claim_of(text, clauses, statement, cues)
    said_of = [word for word in read_clauses(claim, Span(0, len(claim))).words if not cues.fits("pronouns", word)]
    if statement.marker.governs in (Governs.VERB, Governs.WHOLE):
        # "They will." leaves open what; in Russian two words can say it.
        if len(claim.split()) < (2 if sentence.language == "ru" else 3):
            return None
    elif not said_of:
        return None  # "I doubt it."
    return _made(sentence, Answer(likelihood, said, claim), when, condition, _expects(statement, likelihood))


def _without_day_of_saying(sentence: _Sentence, statement: Statement) -> list[FoundWindow]:
    """The times of a sentence without the day of the week on which it was said: "she told MPs on Monday that …"."""
    marker = sentence.clauses.words[statement.marker.start].start
    if not any(hit.start < statement.marker.start for hit in sentence.cues.says.find(sentence.clauses)):
        return sentence.times
    return [time for time in sentence.times if time.start > marker or not _DAY_OF_WEEK.fullmatch(time.phrase)]


def _made(sentence: _Sentence, read: Answer, when: Timing, condition: str, expects: Expects) -> Proposal:
    segment = sentence.segment
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
        reason=_reason(read.said, when),
    )


_I = re.compile(r"\b(?:I|I['’]\w+|my|я|мне|мой|моя|моё|мое|моему|думаю|считаю|полагаю)\b")
_DAY_OF_WEEK = re.compile(
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?"
    r"|(?:в|во) (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)",
    re.IGNORECASE,
)
_LONGEST = 2000  # characters: no sentence of an article is as long, and each word of it is looked at many times
_SURPRISE = ("surprised", "astonished", "amazed", "удив")
_EVEN = 0.5
_SHORTEST_CLAIM = 2  # words
_LATEST_ANSWER = 2  # sentences after the question
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
        if hit.start and clauses.words[hit.start - 1].normal.startswith(_SURPRISE):
            continue
        if clauses.marks[hit.end - 1]:
            continue  # "a question of when, not if"
        before = text[clauses.words[hit.start - 1].end : clauses.words[hit.start].start] if hit.start else ""
        opens = hit.start and cues.fits("boundaries", clauses.words[hit.start - 1])
        if hit.start >= statement.marker.end and (";" in before or ":" in before or opens):
            continue  # of what is said next: "they will win; if both are fit it won't be close"
        if (
            hit.start
            and not clauses.marks[hit.start - 1]
            and clauses.words[hit.start].normal not in ("if", "unless", "если")
        ):
            continue
        end = next((p for p in range(hit.end, len(clauses.words)) if clauses.marks[p]), len(clauses.words) - 1)
        if not hit.row.phrase and hit.end < statement.marker.start <= end:
            end = statement.marker.start - 2  # "If they come third | they will go"
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
