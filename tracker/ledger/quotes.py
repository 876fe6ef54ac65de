"""Does a quote stand in its article, word for word, and where?

Only what a typesetter may change is forgiven: white space, the shape of quotation marks and dashes, invisible
characters. An ellipsis in the quote stands for words left out; at its ends it says that the sentence goes on.
"""

from __future__ import annotations

import re
import unicodedata

from tracker.errors import LedgerError

_ELLIPSIS = re.compile(r"\[?(?:…|\.{3,}|\. \. \.)\]?")
_MARKS = str.maketrans(
    dict.fromkeys('\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\xab\xbb\u2032\u2033\u02bc`"', "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff", None)
)
# What each character of a plain text may have been before a typesetter's choices were taken out of it.
_QUOTE_MARKS = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\xab\xbb\u2032\u2033\u02bc`\"'"
_LOOSELY = {" ": r"\s+", "'": f"[{_QUOTE_MARKS}]{{1,2}}", "-": "\\s*[-\u2010-\u2015\u2212]+\\s*"}


def plain(text: str) -> str:
    """A text without what a typesetter may change.

    >>> plain("“It  is — perhaps — so”") == plain("'It is - perhaps - so'")
    True
    """
    marked = unicodedata.normalize("NFC", text).translate(_MARKS)
    return re.sub(r" ?-+ ?", "-", " ".join(marked.split())).replace("''", "'")


def check_quote(quote: str, article: str, file: str) -> None:
    """LedgerError when the quote does not stand in the article, a text that went through `plain` and came from `file`.

    The error says up to which word it does.
    """
    parts = [part for part in (plain(part).strip(" '") for part in _ELLIPSIS.split(quote)) if part]
    if not parts:
        raise LedgerError("has no words", mend="copy the sentence from the article")
    end = 0
    for part in parts:
        match = _standing(part).search(article, end)
        if not match:
            raise LedgerError(f"does not stand in {file}", mend=_where_it_parts(part, article, end))
        end = match.end()


def offsets(quote: str, text: str) -> list[int]:
    """Where a quote begins in an article's text as it is kept, in characters from its start; every place, in order.

    >>> offsets("it may - perhaps", "So it may — perhaps. Or it may – perhaps not.")
    [3, 24]
    """
    parts = [part for part in (plain(part).strip(" '") for part in _ELLIPSIS.split(quote)) if part]
    if not parts:
        return []
    pattern = "".join(_LOOSELY.get(character, re.escape(character)) for character in parts[0])
    return [match.start() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]


def _standing(part: str) -> re.Pattern[str]:
    """Whole words only: “sanction” does not stand in “sanctions”."""
    return re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")


def _where_it_parts(part: str, article: str, start: int) -> str:
    words = part.split()
    low, high = 0, len(words)  # the first `low` words stand there, the first `high` do not
    while high - low > 1:
        middle = (low + high) // 2
        if _standing(" ".join(words[:middle])).search(article, start):
            low = middle
        else:
            high = middle
    if low == 0:
        return f"copy the sentence from it word for word; “{words[0]}” is not there"
    after = " ".join(words[max(0, low - 6) : low])
    return f"it parts from the article after “{after}”, before “{words[low]}”"
