"""What does a claim say, read as if it had happened? Its words without its time, and what makes it hard to draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.draft.vocabulary import vocabulary
from tracker.text import Word, normal, stem, words
from tracker.text.russian import past_forms
from tracker.windows import FoundWindow, find_windows

# "Before 2024, will it be announced that the president resigns?" asks whether the president resigns.
_QUESTION = re.compile(
    r"^(?:[^,?]{1,40},\s*)?(?:will|is|are|does|did|has)\s+"
    r"(?:it\s+be\s+(?:announced|confirmed|reported|declared)\s+that\s+|there\s+be\s+)?",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|may|might|could|can|is going to|are going to|is set to)\s+", re.IGNORECASE)
_BE = re.compile(r"\bbe\b", re.IGNORECASE)
_EMPTY = re.compile(r"\(\s*,?\s*\)")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{2,60}[\"”“»]")
_BEING = frozenset(("is", "are", "was", "were", "be"))
_JOINS = re.compile(r"^[-.‐‑]?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim's words, without the words of time, and the doubts that its form raises.

    `asked` is true of a question, whose first word is then as it would be within a sentence.
    """

    text: str
    words: tuple[Word, ...]
    asked: bool
    doubts: tuple[str, ...]

    def joined(self, position: int) -> bool:
        """Whether the word is written together with the one before it: "Luna-25", "BA.2.86"."""
        if position == 0:
            return False
        return bool(_JOINS.match(self.text[self.words[position - 1].end : self.words[position].start]))

    def quoted(self, position: int) -> bool:
        """Whether the word stands in quotation marks, a few words of which are a name: the "reasonableness" law."""
        word = self.words[position]
        return any(
            start < word.start and word.end <= end for start, end in (m.span() for m in _QUOTED.finditer(self.text))
        )

    def capital(self, position: int) -> bool:
        """Whether the word begins with a capital letter that is not that of the sentence."""
        return self.words[position].surface[0].isupper() and (position > 0 or self.asked)


def read_claim(claim: str, language: str, published: date) -> Claim:
    """A claim or a question, in either language, as a statement of what happened."""
    told = " ".join(claim.split()).rstrip("?.! ").replace("?", "")
    opening = _QUESTION.match(told) if "?" in claim and language != "ru" else None
    if opening:
        told = told[opening.end() :]
    told = _BE.sub("is", _AHEAD.sub("", apart_from_time(told, published, language)[0]))
    found = words(told)
    claim_read = Claim(told, tuple(found), opening is not None, tuple(_doubts(found)))
    return replace(claim_read, doubts=(*claim_read.doubts, *_relations(claim_read)))


def apart_from_time(text: str, published: date, language: str) -> tuple[str, list[FoundWindow]]:
    """The text without the phrases that say when, and these.

    >>> apart_from_time("Israel strikes Iran before 2024", date(2023, 10, 9), "en")[0]
    'Israel strikes Iran'
    """
    times = find_windows(text, published, language)
    for found in reversed(times):
        text = f"{text[: found.start]} {text[found.end :]}"
    return _EMPTY.sub("", " ".join(text.split())).rstrip(" ,("), times


def _doubts(found: list[Word]) -> Iterator[str]:
    known = vocabulary()
    normals = ["", *(word.normal for word in found), ""]
    for word, before, after in zip(found, normals, normals[2:], strict=False):
        if word.normal in known.negations:
            yield f"it denies (“{word.surface}”): draft from what would happen, and expect that it does not"
        elif (word.stem in known.goes_on and not word.normal.endswith("ing")) or (
            word is found[-1] and word.stem in known.holds
        ):
            yield f"it says that a state goes on (“{word.surface}”): draft its end, and expect that it does not happen"
        elif word.normal in known.conditions:
            yield f"it has a condition (“{word.surface}”): write that under if"
        elif word.normal in known.quantities:
            yield f"it is about all of something (“{word.surface}”), of which reports tell a part"
        elif word.normal == "over" and before in _BEING and not after[:1].isdigit():
            yield "it says that something is over: draft its end (“ends”, “is called off”)"
        elif word.normal in known.pronouns:
            yield f"it does not name whom it is about (“{word.surface}”)"


def _relations(claim: Claim) -> Iterator[str]:
    """A name after "than" or "after" is not who acts, nor whom it is done to."""
    for at, word in enumerate(claim.words[:-1]):
        if word.normal in vocabulary().relations and claim.capital(at + 1):
            yield f"it compares or orders (“{word.surface} {claim.words[at + 1].surface}”), which no query can ask"


def tenses(claim: Claim) -> Iterator[str]:
    """The claim's text as it would be told of what happened: as it is, and with each of its verbs in two forms.

    Which of its words are verbs is not known, so each plain word is put into them in turn, in its place.
    """
    yield claim.text
    for word in claim.words:
        if word.surface.islower() and word.surface.isascii() and word.surface.isalpha() and content(word):
            before, after = claim.text[: word.start], claim.text[word.end :]
            yield f"{before}{_with(word.surface, 's')}{after}"
            yield f"{before}{_with(word.surface, 'ed')}{after}"
        elif not word.surface.isascii():
            before, after = claim.text[: word.start], claim.text[word.end :]
            yield from (f"{before}{form}{after}" for form in past_forms(word.normal))


def _with(verb: str, ending: str) -> str:
    """A regular form of a verb: "carry" and "s" is "carries".

    >>> _with("carry", "s"), _with("reach", "s"), _with("strike", "s"), _with("endorse", "ed")
    ('carries', 'reaches', 'strikes', 'endorsed')
    """
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return f"{verb[:-1]}ie{ending[-1]}"
    if ending == "s":
        return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return verb + ("d" if verb.endswith("e") else "ed")


def content(word: Word) -> bool:
    """Whether the word says something that a report would repeat."""
    known = vocabulary()
    if word.normal in known.idle or word.stem in known.idle_stems or word.stem in known.titles:
        return False
    return len(normal(word.surface)) > 1 or word.surface.isdigit()


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(stem(word.surface) for word in words(text))
