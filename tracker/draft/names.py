"""In which forms does a report write a name?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tracker.draft.library import Library
from tracker.draft.vocabulary import vocabulary
from tracker.query.syntax import Query
from tracker.text import normal, stem
from tracker.text.language import is_russian
from tracker.text.numbers import numbers
from tracker.text.russian import latin

SHORTEST_STEM = 4
"""Letters of a Russian name's beginning that tell it."""
_SHORTEST_ALONE = 4
_INITIALS = 3
_REACH = 8
_MEASURE_REACH = 6
_ALIKE = 0.7
_ROMAN = re.compile(r"^[IVX]+$")
"""The number of one of a series: "Artemis III" is not "Artemis II"."""
_ENDING = re.compile(r"(?:ого|его|ому|ему|ым|им|ом|ем|ой|ей|ою|ий|ый|а|я|у|ю|е|и|ы|ь|й)$")
"""What a Russian name changes from case to case."""


def forms_of(bare: Sequence[str], library: Library, *, titled: bool) -> list[str]:
    """The queries of a name: all of it, or the part of it that tells the most. `titled` stands after a title."""
    if normal(bare[0]) in vocabulary().royal and len(bare) > 1:
        # There are many others called Charles, and reports leave out the rest of a sheikh's name.
        return ['"' + " ".join(map(inflected, bare[:2])) + '"']
    forms = ['"' + " ".join(map(inflected, bare)) + '"' if len(bare) > 1 else inflected(bare[0])]
    proper = [word for word in bare if word[0].isupper()]
    if stem(bare[-1]) in vocabulary().measures and len(bare) > 1:
        forms.append(_measure(bare[:-1]))
    elif len(bare) == len(proper) == len(("first", "last")) and not _ROMAN.match(bare[-1]):
        forms += [cased(word) for word in _alone(bare, library, titled=titled)]
    elif len(proper) >= _INITIALS and len(proper) == len(bare):
        forms.append("=" + "".join(word[0] for word in proper))
        # A club is called by its last word: the Rangers.
        forms += [cased(bare[-1])] if bare[-1].endswith("s") and _tells_alone(bare[-1], library) else []
    return [*forms, *_numbered(bare)]


def is_given_name(word: str, library: Library) -> bool:
    """Whether a word is a person's given name, as far as the concepts and the tables know."""
    return library.is_given_name(word) or normal(word) in vocabulary().given_names


def inflected(word: str) -> str:
    """A word of a query that finds a name in its cases: Russian ones by their beginning, capitals as they stand.

    >>> inflected("Суровикина"), inflected("Алиевым"), inflected("Brent"), inflected("OPEC")
    ('суровикин*', 'алиев*', 'brent', '=OPEC')
    """
    beginning = _ENDING.sub("", normal(word))
    if is_russian(word) and len(beginning) >= SHORTEST_STEM:
        return f"{beginning}*"
    if word.isupper() and len(word) > 1 and word.isalpha():
        return f"={word}"
    return normal(word) if word.isascii() else word.casefold()


def cased(word: str) -> str:
    """A word of a query that finds a name and not the common word that it also is."""
    return inflected(word) if is_russian(word) else f"={word}"


def sounds_like(alternative: Query, surname: str) -> bool:
    """Whether a wording names the same person in the other script."""
    last = re.sub(r"[^\w ]", "", str(alternative)).split()[-1:]
    if not last or is_russian(last[0]) == is_russian(surname):
        return False
    one, other = (plain_latin(word) for word in (last[0], surname))
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def plain_latin(word: str) -> str:
    """A word in Latin letters, in the plainest of the spellings that names have."""
    plain = latin(normal(word)).replace("kh", "h").replace("ks", "x").replace("w", "v").replace("iy", "i")
    return plain.replace("y", "i") or " "


def _measure(subject: Sequence[str]) -> str:
    """A law by its subject and any word for a law: the AI Act is "rules on artificial intelligence" too."""
    names = vocabulary().synonyms.get(stem(subject[0])) if len(subject) == 1 else None
    names = names or _phrase(" ".join(map(inflected, subject)))
    return f"({names}) NEAR/{_MEASURE_REACH} (act OR law OR bill OR legislation OR regulation OR rule OR treaty)"


def _phrase(words: str) -> str:
    return f'"{words}"' if " " in words else words


def _numbered(bare: Sequence[str]) -> Iterator[str]:
    """A name with a number as headlines take it apart: "Ohio rejects Issue 1", "the Big 3"."""
    if len(bare) > len(("name", "number")) and bare[-1].isdigit():
        whole = " ".join(map(inflected, bare[:-2]))
        yield f'{_phrase(whole)} NEAR/{_REACH} "{inflected(bare[-2])} {bare[-1]}"'
    for at, word in enumerate(bare):
        found = [number for number in numbers(word) if not word.isdigit() and number.value == int(number.value)]
        if at > 0 and found:
            before = " ".join(map(inflected, bare[:at]))
            yield from (f'"{before} {normal(word)}"', f'"{before} {int(found[0].value)}"')


def _alone(bare: Sequence[str], library: Library, *, titled: bool) -> list[str]:
    """Which word of a name of two stands for it alone: the last, as a surname does; or else the first.

    The first word of what may be a person's name, or a town's club, is too many others' as well.
    """
    first, last = bare
    known = vocabulary()
    if normal(first) in known.namesakes:
        return []
    if _tells_alone(last, library):
        return [last]
    person = titled or is_given_name(first, library)
    return [first] if not person and normal(first) not in known.towns and _tells_alone(first, library) else []


def _tells_alone(word: str, library: Library) -> bool:
    common = library.is_common(word) or normal(word) in vocabulary().common
    return len(word) >= _SHORTEST_ALONE and not word.isupper() and not common
