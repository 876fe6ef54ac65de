"""What does a short answer foretell? Its event stands in the question: "Will it hold?" "More likely than not."

An answer counts that has words of probability, or yes or no with a time ("Until the summer, yes"); so does one that
denies with a time alone ("Not before 2028"). A bare yes or no leaves the rest to the sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.assess.pattern import Clauses
from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.future import markers
from tracker.likelihood import FoundLikelihood, read_likelihood
from tracker.likelihood.finding import Kind
from tracker.model import Likelihood
from tracker.text.russian import is_finite, is_past, part_of_speech

_LONGEST = 8  # words
_SHORTEST = 3  # words of a yes or no that says more than that
_YES = re.compile(r"\b(?:yes|да)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|нет)\b", re.IGNORECASE)
_WITH_MORE = re.compile(r"\w\s*[,—–]\s*(?:yes|no|да|нет)\b", re.IGNORECASE)  # "In the north, yes"
_WHO = re.compile(r"^[\s—–-]*(?:(?:so|and|but|а|и|но)\s+)?(?:who|кто)\s+(?P<does>.+)", re.IGNORECASE)
_LONGEST_NAME = 6  # words, with what says how likely
_DENIED_TIME = re.compile(
    r"^(?:no, |certainly |definitely |probably |нет, |точно )?"
    r"(?:not (?:before|until|till|in|within|this|next|during|by|for)|никак не|не (?:раньше|ранее|в|до|этим|этой))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^(?:not in (?:my|our) lifetime|not a chance|never again|under no circumstances|не при моей жизни|ни за что|"
    r"ни при каких обстоятельствах|ни в коем случае)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^\W*(?:(?:so|and|but|then) )?(?:who|whom|what|how|where|why|which|whose)\b"
    r"|\b(?:кто|кого|что|чего|как|какой|какая|какие|каким|где|куда|почему|зачем|сколько)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(r"^(?:perhaps|possibly|maybe|возможно|может быть|быть может)$", re.IGNORECASE)
_THERE = re.compile(r"^there\b", re.IGNORECASE)
_NOW = {"am", "is", "are", "did", "was", "were", "had", "have", "has"}
_ASKS_WHEN = re.compile(r"\b(?:when|how (?:long|soon)|когда|как (?:скоро|долго))\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:will|would|is|does|do|can|could|are) (?P<who>it|he|she|they|there)\b (?P<rest>.+)", re.I)
_OPENING = re.compile(r"^[\s—–-]*(?:(?:so|and|but|то есть|а|и|но|так)\b,?\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """How likely an answer calls what was asked, the words that say so, and what was asked, as a claim."""

    likelihood: Likelihood
    said: str
    claim: str


def answer_to(
    question: str,
    answer: str,
    clauses: Clauses,
    table: Table,
    found: Sequence[FoundLikelihood],
    *,
    timed: bool,
    at_once: bool,
) -> Answer | None:
    """What a short answer says of what was asked; None where it says nothing of it, or says it in words of its own.

    `found` are the words of probability in the answer; `timed`: it, or the question, names a time that lies ahead;
    `at_once`: it follows the question, so that more than a denial answers it.
    """
    if at_once and (named := _who(question, answer, clauses, table)):
        return named
    if len(clauses.words) > _LONGEST or _THERE.match(answer) or not _may_be_answered(question, table):
        return None
    if any(is_past(w.normal) or part_of_speech(w.normal) == "INFN" for w in clauses.words):
        return None
    denied = _DENIED.match(answer) or (_DENIED_TIME.match(answer) if timed else None)
    if denied:
        likelihood = "не будет" if answer[denied.end() - 1] >= "а" else "will not"
        return Answer(read_likelihood(likelihood), denied.group(), _claim(question))
    if not at_once:
        return None
    asks_when = bool(_ASKS_WHEN.search(question))
    words = next((one for one in found if one.kind is not Kind.MODAL and not _LEFT_OPEN.search(one.phrase)), None)
    if words is not None:
        return Answer(words.likelihood, words.phrase, _claim(question)) if not asks_when or timed else None
    if len(clauses.words) < _SHORTEST or not (timed or _WITH_MORE.search(answer)):
        return None
    for pattern, both in ((_YES, ("will", "будет")), (_NO, ("will not", "не будет"))):
        if said := pattern.search(answer):
            words_of_scale = both[said.group()[0] >= "А"]
            return Answer(read_likelihood(words_of_scale), said.group(), _claim(question))
    return None


def _who(question: str, answer: str, clauses: Clauses, table: Table) -> Answer | None:
    """ "Who will win the cup?" "Norway, I think." A name alone may as well be the subject of what comes next."""
    asked = _WHO.search(question)
    if asked is None or len(clauses.words) > _LONGEST_NAME or not markers(_clauses(question), table, reported=False):
        return None
    adverb = next(iter(table.adverbs.find(clauses)), None)
    if adverb is None:
        return None
    said = [p for p in range(len(clauses.words)) if not adverb.start <= p < adverb.end]
    if not said or said[-1] - said[0] + 1 != len(said) or not clauses.words[said[0]].surface[0].isupper():
        return None
    first, last = (clauses.words[p].start for p in (said[0], said[-1]))
    begin = clauses.words[0].start - answer.find(clauses.words[0].surface)
    name = answer[first - begin : last - begin + len(clauses.words[said[-1]].surface)]
    if table.has("not_names", clauses.words[said[0]].normal) or any(w.normal in _NOW for w in clauses.words):
        return None
    return Answer(
        read_likelihood(adverb.row.likelihood), answer.rstrip(".! "), f"{name} {asked['does'].strip(' ?!…')}."
    )


def _clauses(text: str) -> Clauses:
    return read_clauses(text, Span(0, len(text)))


def _may_be_answered(question: str, table: Table) -> bool:
    """Whether a question asks if, or when, something will be; not who, what or how, nor what is or has been."""
    if _ASKS_WHEN.search(question):
        return True
    if _OPEN.search(question):
        return False
    asked = _clauses(question)
    if markers(asked, table, reported=True):
        return True
    return not any(word.normal in _NOW or is_finite(word.normal) for word in asked.words)


def _claim(question: str) -> str:
    """A question as a claim: a Russian one by its mark alone, an English one where its subject is a pronoun."""
    asked = _OPENING.sub("", question).rstrip("?!… ")
    if pronoun := _PRONOUN.fullmatch(asked):
        asked = f"{pronoun['who']} will {pronoun['rest']}"
    elif asked[:1].isascii():
        return f"Yes to the question: {asked[:1].casefold()}{asked[1:]}."
    return f"{asked[:1].upper()}{asked[1:]}."
