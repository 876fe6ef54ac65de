"""Does a quote stand in its article, word for word, and where?

Only what a typesetter may change is forgiven: white space, the shape of quotation marks and dashes, invisible
characters. An ellipsis in the quote stands for words left out; at its ends it says that the sentence goes on.
"""

from __future__ import annotations

import re
import unicodedata

from tracker.errors import LedgerError

_ELLIPSIS = re.compile(r"\[?(?:…|\.{3,}|\. \. \.)\]?")
_QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\xab\xbb\u2032\u2033\u02bc`\"'"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212-"
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
_MARKS = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_HYPHENS, "-"))
# What stands in a text for a character of what went through `plain`.
_AS_SET = {" ": r"\s+", "'": f"[{re.escape(_QUOTES)}]{{1,2}}", "-": rf"\s*[{re.escape(_HYPHENS)}]+\s*"}


def legible(text: str) -> str:
    """A text as a reader sees it: without invisible characters, its accents on their letters."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def plain(text: str) -> str:
    """A text without what a typesetter may change.

    >>> plain("“It  is — perhaps — so”") == plain("'It is - perhaps - so'")
    True
    """
    marked = legible(text).translate(_MARKS)
    return re.sub(r" ?-+ ?", "-", " ".join(marked.split())).replace("''", "'")


def check_quote(quote: str, article: str, file: str) -> None:
    """LedgerError when the quote does not stand in the article, a text that went through `plain` and came from `file`.

    The error says up to which word it does.
    """
    parts = _parts(quote)
    if not parts:
        raise LedgerError("has no words", mend="copy the sentence from the article")
    end = 0
    for part in parts:
        start = _standing(part, article, end)
        if start < 0:
            raise LedgerError(f"does not stand in {file}", mend=_where_it_parts(part, article, end))
        end = start + len(part)


def find_quote(quote: str, text: str) -> list[tuple[int, int]]:
    """Where a quote stands in a text that went through `legible`: offsets (start, end) of its parts; empty if nowhere.

    >>> find_quote("a  “b” … d", "So: a 'b' c d")
    [(4, 8), (12, 13)]
    """
    found: list[tuple[int, int]] = []
    end = 0
    for part in filter(plain, _ELLIPSIS.split(quote)):
        # Nearly every quote is set as its article is, and then need not be sought by a pattern.
        words = legible(part).strip().strip(_QUOTES)
        start = _standing(words, text, end) if words else -1
        span = (start, start + len(words)) if start >= 0 else _otherwise_set(plain(part).strip(" '"), text, end)
        if span is None:
            return []
        if span[0] < span[1]:
            found.append(span)
        end = span[1]
    return found


def offsets(quote: str, text: str) -> list[int]:
    """Where a quote begins in an article's text as it is kept, in characters from its start; every place, in order.

    >>> offsets("it may - perhaps", "So it may — perhaps. Or it may – perhaps not.")
    [3, 24]
    """
    parts = _parts(quote)
    return [match.start() for match in _as_set(parts[0]).finditer(text)] if parts else []


def _otherwise_set(part: str, text: str, start: int) -> tuple[int, int] | None:
    """Where a part that went through `plain` stands in a legible text from `start` on."""
    match = _as_set(part).search(text, start)
    return match.span() if match else None


def _as_set(part: str) -> re.Pattern[str]:
    """A part of a quote that went through `plain`, as it may stand in a text, whole words only."""
    return re.compile(rf"(?<!\w){''.join(_AS_SET.get(letter) or re.escape(letter) for letter in part)}(?!\w)")


def _parts(quote: str) -> list[str]:
    """The stretches of a quote between its ellipses, through `plain`."""
    return [part for part in (plain(part).strip(" '") for part in _ELLIPSIS.split(quote)) if part]


def _standing(part: str, article: str, start: int) -> int:
    """Where a part stands from `start` on, -1 if nowhere. Whole words only: “sanction” is not in “sanctions”."""
    while (start := article.find(part, start)) >= 0:
        end = start + len(part)
        if not (start and _in_word(article[start - 1])) and not (end < len(article) and _in_word(article[end])):
            return start
        start += 1
    return -1


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _where_it_parts(part: str, article: str, start: int) -> str:
    words = part.split()
    low, high = 0, len(words)  # the first `low` words stand there, the first `high` do not
    while high - low > 1:
        middle = (low + high) // 2
        if _standing(" ".join(words[:middle]), article, start) >= 0:
            low = middle
        else:
            high = middle
    if low == 0:
        return f"copy the sentence from it word for word; “{words[0]}” is not there"
    after = " ".join(words[max(0, low - 6) : low])
    return f"it parts from the article after “{after}”, before “{words[low]}”"
