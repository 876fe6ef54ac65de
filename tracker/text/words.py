"""What are the words of a text, and which words are inflections of one another?

Case and accents are ignored. Inflections are folded by the Snowball stemmers (Porter 2001, "Snowball: a language for
stemming algorithms"): Russian for words in Cyrillic letters, English for the rest, so that a text of mixed languages
needs no guess about its own; irregular forms come from irregular.txt, because no stemmer sees that "met" is "meet".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import Stemmer

from tracker.text.language import is_russian

# A prefix that changes what a word means stays part of it: "re-elected" is not "elected".
_WORD = re.compile(
    r"(?:(?:re|co|de|pre|non|ex|anti|un|экс|анти|не)[-‐‑])?[^\W\d_]+(?:['’ʼ][^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*(?:st\b|nd\b|rd\b|th\b)?",
    re.IGNORECASE,
)
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
# ё is written as е as often as not; й is a letter of its own and keeps its breve, unlike every other accent.
_BREVE = "\u0306"
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'»”)\]]*\s+(?=[\"'«“(\[]*[A-ZА-ЯЁ0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-ЯЁ]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|"
    r"г|гг|им|т|д|н|стр|ул|руб|долл|тыс|млн|млрд)|\b[A-Za-z]\.[A-Za-z])\.$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it stands, normalised, its stem, and its character offsets [start, end) in the text."""

    surface: str
    normal: str
    stem: str
    start: int
    end: int


def surfaces(text: str) -> list[str]:
    """The words of a text as they stand, in order; a number with its separators is one word.

    >>> surfaces("Azerbaijan's re-elected leader, 61, fell 1.2%")
    ["Azerbaijan's", 're-elected', 'leader', '61', 'fell', '1.2']
    """
    return _WORD.findall(text)


def offsets(text: str) -> list[tuple[int, int]]:
    """The character offsets [start, end) of the words of a text, in the order and number of `surfaces`.

    >>> offsets("Envoys recalled")
    [(0, 6), (7, 15)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> list[Word]:
    """The words of a text with normal form, stem and offsets, in the order and number of `surfaces`."""
    return [
        Word(match.group(), normal(match.group()), stem(match.group()), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """A word without case, accents, inner hyphen and possessive ending.

    >>> normal("Azerbaijan’s"), normal("Hürriyet"), normal("Ещё"), normal("Re-elected")
    ('azerbaijan', 'hurriyet', 'еще', 'reelected')
    """
    folded = word.casefold().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = unicodedata.normalize(
            "NFC", "".join(c for i, c in enumerate(decomposed) if not unicodedata.combining(c) or _keeps(decomposed, i))
        )
        folded = folded.replace("ı", "i")
    folded = folded.removesuffix("'s").removesuffix("'")
    return folded.replace("-", "").replace("‐", "").replace("‑", "")


def _keeps(decomposed: str, index: int) -> bool:
    """Whether the accent at `index` belongs to its letter: й without its breve would be another letter."""
    return decomposed[index] == _BREVE and index > 0 and decomposed[index - 1] == "и"


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The part that a word shares with its inflections; not itself a word.

    >>> stem("recalled") == stem("recalls"), stem("met") == stem("meeting"), stem("послов") == stem("посла")
    (True, True, True)
    """
    regular = base(word)
    return _stemmers()["russian" if is_russian(regular) else "english"].stemWord(regular)  # type: ignore[no-any-return]


def index_terms(text: str) -> frozenset[str]:
    """The terms by which a full-text index finds a text: `w` and the normal or base form, `s` and the stem.

    Letters and digits only, so that any tokenizer keeps each term whole. What `index_term` makes of a query's word is
    among the terms of every text that has it.

    >>> sorted(index_terms("Envoys recalled"))
    ['senvoy', 'srecal', 'wenvoys', 'wrecalled']
    """
    found = set()
    for surface in surfaces(text):
        found.add(index_term("w", normal(surface)))
        found.add(index_term("w", base(surface)))
        found.add(index_term("s", stem(surface)))
    return frozenset(found)


@lru_cache(maxsize=400_000)
def index_term(kind: str, form: str) -> str:
    """One term of the index: its kind (`w` for a normal form, `s` for a stem) and the form's letters and digits."""
    return kind + _NOT_ALPHANUMERIC.sub("", form)


@lru_cache(maxsize=200_000)
def base(word: str) -> str:
    """The normal form of a word, of an irregular one that of its dictionary form.

    >>> base("Met"), base("Talks")
    ('meet', 'talks')
    """
    plain = normal(word)
    return _irregular().get(plain, plain)


def sentences(text: str) -> list[tuple[int, int]]:
    """Character offsets [start, end) of the sentences of a text, blank ones left out.

    >>> text = "Mr. Aliyev met Putin. They talked."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Mr. Aliyev met Putin.', 'They talked.']
    """
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text, start, match.start()):
            continue
        # Closing marks belong to what they close.
        closed = match.start() + len(match.group()) - len(match.group().lstrip("\"'»”)]"))
        found.append((start, closed))
        start = match.end()
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]


@cache
def _stemmers() -> dict[str, Stemmer.Stemmer]:
    return {name: Stemmer.Stemmer(name) for name in ("english", "russian")}


@cache
def _irregular() -> dict[str, str]:
    """Irregular form → regular one, from irregular.txt: each line a dictionary form and the forms that belong to it."""
    forms: dict[str, str] = {}
    for line in files("tracker.text").joinpath("irregular.txt").read_text("utf-8").splitlines():
        content = line.partition("#")[0].split()
        if content:
            forms.update(dict.fromkeys(content[1:], content[0]))
    return forms
