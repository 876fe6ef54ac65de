"""What does a short answer foretell? Its event stands in the question: "Will it hold?" "More likely than not."

An answer counts that has words of probability, or yes or no with a time ("Until the summer, yes"); so does one that
denies with a time alone ("Not before 2028"), that says the verb of the question again («Закроют?» «Закроют»), or that
the table knows ("Not a chance", "It won't"). A bare yes or no leaves the rest to the sentence after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Table
from tracker.extract.future import markers
from tracker.likelihood import FoundLikelihood, read_likelihood
from tracker.likelihood.finding import Kind
from tracker.model import Likelihood
from tracker.text import Word, normal
from tracker.text.language import is_russian
from tracker.text.russian import is_finite, is_future, is_past, part_of_speech

_LONGEST = 8  # words
_SHORTEST = 3  # words of a yes or no that says more than that
_LONGEST_NAME = 6  # words, with what says how likely


@dataclass(frozen=True, slots=True)
class Answer:
    """How likely an answer calls what was asked, the words that say so, and what was asked, as a claim."""

    likelihood: Likelihood
    said: str
    claim: str


def answer_to(
    text: str,
    question: Clauses,
    answer: Clauses,
    table: Table,
    found: Sequence[FoundLikelihood],
    *,
    timed: bool,
    at_once: bool,
) -> Answer | None:
    """What a short answer says of what was asked; None where it says nothing of it, or says it in words of its own.

    Both are read from `text`. `found` are the words of probability in the answer; `timed`: it, or the question, names
    a time that lies ahead; `at_once`: it follows the question, so that more than a denial answers it.
    """
    asked = _without_leads(question, table)
    if not asked.words or not answer.words:
        return None
    if at_once and (named := _who(text, asked, answer, table)):
        return named
    if len(answer.words) > _LONGEST or not _may_be_answered(asked, table):
        return None
    if any(is_past(word.normal) or part_of_speech(word.normal) == "INFN" for word in answer.words):
        return None
    claim = _claim(text, asked, table)
    for hit in table.replies.find(answer):
        if hit.start <= 1 and (timed or not hit.row.timed):  # a "No," may stand before it
            said = _text(text, answer.words[hit.start : hit.end])
            return Answer(read_likelihood(hit.row.likelihood), said, claim)
    if not at_once or table.has("begins_anew", answer.words[0].normal):
        return None
    words = next((one for one in found if one.kind is not Kind.MODAL and not _leaves_open(one, table)), None)
    if words is not None:
        when = bool(table.asks_when.find(asked))
        return Answer(words.likelihood, words.phrase, claim) if not when or timed else None
    return _again(text, asked, answer, claim) or _yes_or_no(text, answer, table, claim, timed=timed)


def _leaves_open(found: FoundLikelihood, table: Table) -> bool:
    return table.has("leaves_open", normal(found.phrase))


def _again(text: str, asked: Clauses, answer: Clauses, claim: str) -> Answer | None:
    """An answer that only says the verb of the question again, in Russian: «Закроют», «Не закроют»."""
    verb = answer.words[-1].normal
    if not is_future(verb) or verb not in {word.normal for word in asked.words}:
        return None
    before = [word.normal for word in answer.words[:-1]]
    if before not in ([], ["не"]):
        return None
    return Answer(read_likelihood("не будет" if before else "будет"), _text(text, answer.words), claim)


def _yes_or_no(text: str, answer: Clauses, table: Table, claim: str, *, timed: bool) -> Answer | None:
    """A yes or no with something more: a time, or of what it is said ("In the north, yes")."""
    for kind, both in (("affirming", ("will", "будет")), ("denying", ("will not", "не будет"))):
        for position, word in enumerate(answer.words):
            narrowed = position > 0 and bool(answer.marks[position - 1])
            if table.has(kind, word.normal) and len(answer.words) >= _SHORTEST and (timed or narrowed):
                return Answer(read_likelihood(both[is_russian(word.normal)]), _text(text, [word]), claim)
    return None


def _who(text: str, asked: Clauses, answer: Clauses, table: Table) -> Answer | None:
    """ "Who will win the cup?" "Norway, I think." A name alone may as well be the subject of what comes next."""
    if not table.has("asks_who", asked.words[0].normal) or len(answer.words) > _LONGEST_NAME:
        return None
    adverb = next(iter(table.adverbs.find(answer)), None)
    if adverb is None or not markers(asked, table, reported=False):
        return None
    said = [p for p in range(len(answer.words)) if not adverb.start <= p < adverb.end]
    if not said or said[-1] - said[0] + 1 != len(said) or not answer.words[said[0]].surface[0].isupper():
        return None
    name = answer.words[said[0] : said[-1] + 1]
    if table.has("not_names", name[0].normal) or any(table.has("is_now", word.normal) for word in answer.words):
        return None
    claim = f"{_text(text, name)} {_text(text, asked.words[1:])}."
    return Answer(read_likelihood(adverb.row.likelihood), _text(text, answer.words), claim)


def _may_be_answered(asked: Clauses, table: Table) -> bool:
    """Whether a question asks if, or when, something will be; not who, what or how, nor what is or has been."""
    if table.asks_when.find(asked):
        return True
    russian = is_russian(asked.words[0].normal)  # an English question begins with what it asks for
    if any(table.has("asks_which", word.normal) for word in (asked.words if russian else asked.words[:1])):
        return False
    if markers(asked, table, reported=True):
        return True
    return not any(table.has("is_now", word.normal) or is_finite(word.normal) for word in asked.words)


def _without_leads(question: Clauses, table: Table) -> Clauses:
    """A question without the "And" or "So" with which it may begin."""
    first = next((p for p, word in enumerate(question.words) if not table.has("leads", word.normal)), 0)
    return Clauses(question.words[first:], question.marks[first:])


def _claim(text: str, asked: Clauses, table: Table) -> str:
    """A question as a claim: a Russian one by its mark alone, an English one where its subject is a pronoun."""
    told = _text(text, asked.words)
    if not is_russian(asked.words[0].normal):
        verb, subject = asked.words[0].normal, asked.words[1].normal if len(asked.words) > 1 else ""
        inverted = table.has("copulas", verb) or table.has("auxiliaries", verb)
        if not inverted or not (table.has("personal", subject) or subject == "there"):
            return f"Yes to the question: {told[:1].casefold()}{told[1:]}."
        told = f"{subject} will {_text(text, asked.words[2:])}"
    return f"{told[:1].upper()}{told[1:]}."


def _text(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
