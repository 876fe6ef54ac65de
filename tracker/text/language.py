"""In which language is a text? By its letters."""

from __future__ import annotations

import re

_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_SAMPLE = 20_000


def language_of(text: str) -> str:
    """The language of a text by its letters: "ru" where most are Cyrillic, else "en".

    >>> language_of("Москва и Баку"), language_of("Moscow (Москва) and Baku")
    ('ru', 'en')
    """
    sample = text[:_SAMPLE]
    return "ru" if 2 * len(_CYRILLIC.findall(sample)) > len(_LETTER.findall(sample)) else "en"


def is_russian(words: str) -> bool:
    """Whether words are written in Cyrillic letters, be it one of them.

    >>> is_russian("Баку"), is_russian("Baku"), is_russian("")
    (True, False, False)
    """
    return _CYRILLIC.search(words) is not None
