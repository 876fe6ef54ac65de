"""How likely does a statement call its event, and by which words?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.assess.pattern import Clauses
from tracker.extract.statements import Statement
from tracker.likelihood import FoundLikelihood, read_likelihood
from tracker.likelihood.finding import Kind
from tracker.likelihood.reading import in_words
from tracker.model import Likelihood
from tracker.text.language import is_russian
from tracker.text.russian import is_finite

_LINKS = frozenset(("is", "are", "look", "looks", "seem", "seems", "remain", "remains"))


def _stated_chance(statement: Statement, clauses: Clauses, found: Sequence[FoundLikelihood]) -> FoundLikelihood | None:
    """The words of probability that a verb lays to a chance: "the chances of a deal look better than even"."""
    links = {word.end + 1 for word in clauses.words[statement.marker.end : statement.end] if word.normal in _LINKS}
    return next((one for one in found if one.kind is Kind.WORDS and one.start in links), None)


def _size_of_chance(statement: Statement, clauses: Clauses) -> tuple[Likelihood, str] | None:
    """What a word further on says of a chance: «вероятность войны …, невелика», "the chances of a deal are slim"."""
    noun = clauses.words[statement.marker.start]
    russian = is_russian(noun.normal)
    forms = ("вероятность", "шансы") if russian else ("chances are",)
    for word in clauses.words[statement.marker.end : statement.end]:
        if russian and not is_finite(word.normal):
            continue
        if read := next((read for form in forms if (read := in_words(f"{form} {word.normal}"))), None):
            return read, word.surface
    return None


def likelihood_of(
    statement: Statement, clauses: Clauses, text: str, found: Sequence[FoundLikelihood]
) -> tuple[Likelihood, str]:
    """The probability that a statement gives to its event, and the words that give it, as they stand in the article.

    `found` are the words of probability and the numbers in its sentence, with offsets into `text`. A number says more
    than words, a stronger wording ("very likely") more than the marker inside it, an adverb more than "will" alone.
    """
    marker, first, last = statement.marker, clauses.words[statement.start].start, clauses.words[statement.end - 1].end
    inside = [one for one in found if first <= one.start < last]
    if number := next((one for one in inside if one.kind is Kind.NUMBER), None):
        return number.likelihood, number.phrase
    start, end = clauses.words[marker.start].start, clauses.words[marker.end - 1].end
    if marker.is_plain and statement.adverbs:
        adverb = statement.adverbs[0]
        said = text[clauses.words[adverb.start].start : clauses.words[adverb.end - 1].end]
        return read_likelihood(f"{adverb.row.likelihood} not" if marker.negated else adverb.row.likelihood), said
    wider = [one for one in inside if one.start < end and start < one.end and one.kind is Kind.WORDS]
    if not marker.is_plain and wider and not wider[0].negated:
        return wider[0].likelihood, wider[0].phrase
    if marker.is_chance and (stated := _stated_chance(statement, clauses, inside)):
        return stated.likelihood, f"{text[start:end]} … {stated.phrase}"
    if marker.is_chance and (sized := _size_of_chance(statement, clauses)):
        likelihood, word = sized
        return likelihood, f"{text[start:end]} … {word}"
    # "Might" is less than "could", whether what might be is denied or not.
    scale_words = clauses.words[marker.start].normal if marker.likelihood == "could" else marker.likelihood
    return read_likelihood(scale_words), text[start:end]
