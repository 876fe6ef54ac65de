"""What is to come true? A statement restated as a plain sentence, without its words of probability and its speaker."""

from __future__ import annotations

import re

from tracker.assess.pattern import Clauses
from tracker.extract.cues import Governs, Table
from tracker.extract.statements import Statement
from tracker.text import Word
from tracker.text.language import is_russian

_LONGEST_SUBJECT = 7  # words
_LONGEST_MARKER = 3  # words, save where it encloses its object: «ждать | снижения ставки до лета | не стоит»
_TWO = 2  # words: one alone, "Рынок | ждет коррекция", is no claim
_NOUNS_OF_CHANCE = re.compile(
    r"^(?:the |a |an )?(?:possibility|prospect|chance|probability|likelihood|risk|idea|вероятность|возможность|шансы?)"
    r" (?:of |that |на |того, что )?",
    re.IGNORECASE,
)
_COPULA_AT_END = re.compile(
    r"\s+(?:currently|now|still|also|сейчас|пока)?\s*(?:is|are|was|be|seems?|looks?|appears?|remains?)?$", re.IGNORECASE
)
# "the chance of one this year at 30 per cent": the number is the likelihood.
_STATED = re.compile(
    r",?\s+(?:at|is|are|stands? at|—|составляет|равна|оценивается в|(?:он |она |они )?оценива\w+ в)\s+(?:\w+\s+){0,3}?"
    r"\d[\d.,–-]*\s*(?:%|per ?cent|процент\w*).*$"
    r"|,?\s+at\s+(?:\w+\s+){0,2}?\w+ in \w+$"
    r"|\s+(?:is|are|looks?|seems?)\s+(?:\w+\s+)?(?:nil|zero|slim|slight|remote|low|high|small|poor|good|fair|minimal|"
    r"negligible|(?:better than|about) even)\b.*$"
    r"|,?\s+(?:\w+\s+)?(?:невелик\w*|мал[аы]|низк\w*|ничтожн\w*|высок\w*|велик\w*|нет)$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"^(?:[^\W\d_]+ ){1,3}(?:such as|like|вроде|наподобие) "
)  # "decisions such as a recall": the recall
_LEADING = re.compile(r"^[\s,;:—–-]+|^(?:that|what|что|если|of|on|to|if|if the|на|того)\s+", re.IGNORECASE)
_SHORT_COPULA = re.compile(r"(?<=it|at|he|re|ey)['’](?:s|re)$", re.IGNORECASE)  # "that's not about to"
_SAID_THAT = re.compile(r"^(?:(?:я|мы)\s+)?что\s+", re.IGNORECASE)  # «похоже, | что»
_TRAILING = re.compile(r"[\s,;:—–-]+$")


def claim_of(text: str, clauses: Clauses, statement: Statement, table: Table) -> str:
    """A statement as a sentence that says that its event happens.

    The words stay those of the article, so that pronouns and inflections may be left to mend.
    """
    words, marker = clauses.words, statement.marker
    first, last = _bounds(clauses, statement, table)
    dropped = {position for adverb in statement.adverbs for position in range(adverb.start, adverb.end)}
    match marker.governs:
        case Governs.BEHIND:
            told = _SUCH_AS.sub("", _pieces(text, clauses, first, marker.start, dropped))
            end = next((p + 1 for p in range(marker.end - 1, last) if clauses.marks[p]), last)
            told = f"{_COPULA_AT_END.sub('', told)} {_pieces(text, clauses, marker.end, end, dropped)}"
        case Governs.CLAUSE | Governs.OBJECT:
            ahead = _pieces(text, clauses, marker.end, last, dropped)
            inside = _pieces(text, clauses, first, marker.start, dropped)
            if not ahead and marker.end - marker.start > _LONGEST_MARKER:
                ahead = _pieces(text, clauses, marker.start + 1, marker.end - _LONGEST_MARKER + 1, dropped)
            is_told = len(ahead.split()) > 1 or any(map(str.isdigit, ahead)) or len(inside.split()) < _TWO
            is_told = is_told or (bool(ahead) and table.fits("pronouns", words[marker.end]))
            told = ahead if is_told else inside
            if marker.end - marker.start <= 2 and words[marker.end - 1].normal == "ли":
                told = f"{inside} {ahead}"
            if statement.inner:
                told = _plain_inner(told)
            if marker.is_chance:
                told = _STATED.sub("", told)
        case Governs.WHOLE:
            told = _pieces(text, clauses, first, last, dropped)
        case Governs.VERB if "wait" in (word.normal for word in words[marker.start : marker.end]):
            told = _pieces(text, clauses, first, last, dropped)
        case Governs.VERB:
            told = _verb(text, clauses, statement, table, first, last, dropped)
    if marker.governs not in (Governs.VERB, Governs.WHOLE):
        for pattern in (_LEADING, _NOUNS_OF_CHANCE, _LEADING):
            told = pattern.sub("", told)
    told = _SAID_THAT.sub("", told)
    told = _named_subject(text, clauses, statement, table, _TRAILING.sub("", told).lstrip(" ,;:—–"))
    return told[:1].upper() + told[1:] + "." if told else ""


def _named_subject(text: str, clauses: Clauses, statement: Statement, table: Table, told: str) -> str:
    """The claim with the subject of the clause before it in place of a pronoun: "Tensions will last, but they …"."""
    pronoun = told.partition(" ")[0]
    if not statement.start or not table.has("personal", pronoun.casefold()):
        return told
    end = next((p for p in range(1, min(statement.start, _LONGEST_SUBJECT)) if _is_verb(clauses, p, table)), 0)
    subject = _pieces(text, clauses, _after_openers(clauses, 0, end, table), end, set()) if end else ""
    return f"{subject}{told[len(pronoun) :]}" if subject else told


def _is_verb(clauses: Clauses, position: int, table: Table) -> bool:
    word = clauses.words[position]
    return table.has("copulas", word.normal) or table.has("auxiliaries", word.normal)


def _is_copula(word: Word, table: Table) -> bool:
    """Whether a word before a marker belongs to it and not to the subject: "is very | likely to"."""
    return table.has("copulas", word.normal) or table.has("intensifiers", word.normal)


def _verb(
    text: str, clauses: Clauses, statement: Statement, table: Table, first: int, last: int, dropped: set[int]
) -> str:
    """A statement whose marker governs a verb, with "will" in the marker's place; in Russian without its negation."""
    words, marker = clauses.words, statement.marker
    begins, ends = marker.start, marker.end
    if not is_russian(words[marker.start].normal):
        while begins > first and _is_copula(words[begins - 1], table):
            begins -= 1
        subject = _pieces(text, clauses, first, _before_aside(clauses, first, begins), dropped)
        rest = _pieces(text, clauses, ends, last, dropped)
        if not rest:
            return ""  # "They will." leaves open what
        subject = subject or _denied_subject(words[marker.start], words[marker.start + 1])
        head = words[marker.start].surface
        if "'" in head.replace("’", "'") and head.casefold().endswith("ll"):
            subject = f"{subject} {head[: -len('_ll')]}".strip()
        return f"{_SHORT_COPULA.sub('', subject)} will {rest}"
    # Russian verbs carry their tense, so that only the negation of one that is expected not to happen goes.
    without = dropped | ({begins - 1} if marker.negated and words[begins - 1].normal == "не" else set())
    if marker.negated and words[begins].normal == "не":
        without = dropped | {begins}
    return _pieces(text, clauses, first, last, without)


def _denied_subject(first: Word, second: Word) -> str:
    """Of whom an event is denied by the words of the future themselves: "no party will …", "nobody is going to …"."""
    if first.normal == "nobody" or second.normal == "one":
        return "Somebody"
    return f"A {second.surface}" if first.normal in ("no", "few") else ""


def _before_aside(clauses: Clauses, first: int, end: int) -> int:
    """The end of a subject without what stands between commas after it: "Lithuania, for its part, | will"."""
    if end > first and clauses.marks[end - 1]:
        return next((p + 1 for p in range(first, end - 1) if clauses.marks[p]), end)
    return end


def _plain_inner(told: str) -> str:
    return re.sub(r"\b(?:would|could|may|might)\b", "will", told, count=1)


def _bounds(clauses: Clauses, statement: Statement, table: Table) -> tuple[int, int]:
    """The words of a statement without openers, without who says it, and without what is added after it."""
    first, last, marker = statement.start, statement.end, statement.marker
    first = _after_speaker(clauses, first, marker.start, table)
    first = _after_openers(clauses, first, marker.start, table)
    first = _after_conditions(clauses, first, marker.start, table)
    for position in range(marker.end, last):
        if not clauses.marks[position - 1]:
            continue
        word = clauses.words[position]
        tail = Clauses(clauses.words[position:last], clauses.marks[position:last])
        ends = table.fits("contrasts", word) or table.fits("asides", word) or _is_participle(word.normal)
        if ends or _is_attribution(tail, table):
            last = position
            break
    return first, last


def _is_participle(word: str) -> bool:
    """«…, helped by low stocks»: a reason, added without a verb of its own."""
    return not is_russian(word) and len(word) > _LONGEST_OPENER and word.endswith(("ed", "ing"))


def _after_speaker(clauses: Clauses, start: int, end: int, table: Table) -> int:
    """The first word after who says it: "She told the club in May that …", "According to X, …"."""
    lead = Clauses(clauses.words[start:end], clauses.marks[start:end])
    first = start
    for hit in table.sources.find(lead):
        first = next((p + 1 for p in range(start + hit.end - 1, end) if clauses.marks[p]), start + hit.end)
    for hit in table.says.find(lead):
        after = start + hit.end
        stop = next((p + 1 for p in range(after - 1, end) if clauses.marks[p]), end)
        thats = [p for p in range(after, stop) if clauses.words[p].normal in ("that", "что")]
        first = max(first, thats[0] + 1 if thats else after)
    if first < end and clauses.words[first].normal in ("that", "что"):
        first += 1
    return first


_LONGEST_ATTRIBUTION = 12  # words
_LONGEST_OPENER = 4  # words before a comma: "from my point of view" is longer, and stays


def _after_openers(clauses: Clauses, first: int, end: int, table: Table) -> int:
    """The first word after "But", "Of course," and the like: a piece that is made of such words only, or one alone."""
    piece = next((p + 1 for p in range(first, end) if clauses.marks[p]), end)
    if (
        piece < end
        and piece - first <= _LONGEST_OPENER
        and all(table.fits("openers", word) for word in clauses.words[first:piece])
    ):
        return _after_openers(clauses, piece, end, table)
    if first < end and table.fits("contrasts", clauses.words[first]):
        return _after_openers(clauses, first + 1, end, table)
    if first < end - 1 and table.fits("boundaries", clauses.words[first]):
        return first + 1
    return first


def _after_conditions(clauses: Clauses, first: int, end: int, table: Table) -> int:
    """The first word after a condition at the head of a statement, which is told apart from the claim."""
    lead = Clauses(clauses.words[first:end], clauses.marks[first:end])
    if any(hit.start == 0 for hit in table.conditions.find(lead)):
        return next((p + 1 for p in range(first, end) if clauses.marks[p]), first)
    return first


def _is_attribution(tail: Clauses, table: Table) -> bool:
    """Whether a piece at the end only says who speaks: ", he conceded", ", energy analyst Priit Tamm told us"."""
    end = next((p + 1 for p, mark in enumerate(tail.marks) if mark), len(tail.words))
    piece = Clauses(tail.words[:end], tail.marks[:end])
    return end <= _LONGEST_ATTRIBUTION and any(
        hit.start <= 2 or piece.words[hit.start - 1].surface[:1].isupper() for hit in table.says.find(piece)
    )


def _pieces(text: str, clauses: Clauses, first: int, last: int, dropped: set[int]) -> str:
    """The text of a range of words, as it stands, without the dropped ones."""
    told: list[str] = []
    for position in range(first, last):
        if position in dropped:
            continue
        word = clauses.words[position]
        before = clauses.words[position - 1] if position > first else None
        gap = text[before.end : word.start] if before is not None and position - 1 not in dropped else " "
        if not told:
            gap = _opening(text, word.start)
        told.append(gap + word.surface)
    closing = text[clauses.words[last - 1].end : clauses.words[last - 1].end + 1] if last > first else ""
    words = "".join(told) + (closing if closing in ")%" else "")
    return " ".join(words.replace("\n", " ").split())


def _opening(text: str, start: int) -> str:
    return text[start - 1] if start and text[start - 1] in "$€£@#" else ""
