"""What is each paragraph of an article: a speaker's turn, a question, an answer, or the author's own?

Panels name who speaks at the head of a paragraph ("Jane Doe, analyst: …") or in a line of its own; interviews mark
questions by labels, dashes or quotation marks, or by nothing but their question marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name, key_of
from tracker.extract.roster import Roster
from tracker.extract.quotation import CLOSERS, is_speech, quoted_parts
from tracker.text import Word
from tracker.text.russian import is_future, nominative

SAYS_I = re.compile(r"\b(?:I|I'm|I’m|[Ww]e|[Яя]|[Мм]ы|[Мм]не|[Мм]еня)\b")
LONGEST_HEADING = 15  # words of a line that only names who speaks

_DASH = re.compile(r"[—–-]\s+")
_INSERTED = re.compile(r",?\s+[—–]\s+")
_HEAD = re.compile(r"(?P<head>[^:!?\n]{2,140}?)\s*:(?:\s+(?=\S)|\s*$)", re.M)
# What may stand before a name at the head of a paragraph: a bullet, a number, the time of day, the stars of bold type.
_BEFORE_HEAD = re.compile(r"(?:(?:[•·*]|\d{1,2}[.)]|\d{1,2}[:.]\d{2}[.,]?)\s+)?\**")
_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:[ -][^\W\d_]{2,})?")
_LONGEST_OFFICE = 4  # words of an office before a name
_LABEL = re.compile(r"(?P<label>[^\W\d_]{1,15})\s*[:.]\s+(?=\S)")
_LONGEST_QUESTION = 60  # words of a paragraph that is one question of an interviewer
_BYLINE_AMONG, _LONGEST_BYLINE = 10, 8  # paragraphs at the head; words
_SIGNED_AMONG = 5  # paragraphs at the head among which a name alone is the author's
_MOST_HEADINGS = 2  # questions that may be a newspaper's own headings


class Kind(StrEnum):
    """What a paragraph is. PLAIN is one where quotation marks, or words, say who speaks, if anybody but the author."""

    HEADING = "a line that names who speaks from here on"
    NAMED = "begins with the name of its speaker"
    QUESTION = "an interviewer's question"
    ANSWER = "marked as an answer"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph; `body` is what it says, without the name, label or dash at its head, `who` that name or empty."""

    span: Span
    kind: Kind
    body: Span
    who: str = ""


@dataclass(frozen=True)
class Layout:
    """The paragraphs of an article, and what follows from them all.

    `author` signs it, or is empty; `interviewee` is whom it names most. In a panel or interview (`is_panel`) a speaker
    goes on until another begins; `by_quotes` when questions stand in quotation marks, `unmarked` when by nothing;
    `by_headings` when lines of their own name the speakers, so that another such line ends what the last one says.
    """

    turns: tuple[Turn, ...]
    author: str
    interviewee: str
    is_panel: bool
    by_quotes: bool
    unmarked: bool
    by_headings: bool


def begins_item(text: str, span: Span) -> bool:
    """Whether a paragraph is an item of a list, or of news by the minute: who spoke before it does not go on."""
    match = _BEFORE_HEAD.match(text, span.start, span.end)
    return bool(match and match.group().strip("*"))


def read_layout(text: str, spans: Sequence[Span], roster: Roster, table: Table) -> Layout:
    """What the paragraphs `spans` of an article are."""
    return _Reader(text, spans, roster, table).read()


class _Reader:
    def __init__(self, text: str, spans: Sequence[Span], roster: Roster, table: Table) -> None:
        self.text, self.spans, self.roster, self.table = text, spans, roster, table
        self.mentions = Counter(key_of(name.words.split()[-1]) for span in spans for name in roster.names(span))
        self.headings = {number for number, span in enumerate(spans) if self._is_heading(span)}
        self.askers = self._find_askers()

    def read(self) -> Layout:
        """The layout of the whole."""
        author = self._byline()
        turns = [self._turn(number) for number in range(len(self.spans))]
        asked = [turn.span for turn in turns if turn.kind is Kind.QUESTION]
        plain = [span for span in asked if self._is_unmarked(span)]
        # A newspaper's own headings may be questions too; an interview has many of them, and somebody who says "I".
        asked_of = self._interviewed(plain)
        unmarked = len(plain) > _MOST_HEADINGS and self._says_i() and bool(asked_of)
        return Layout(
            turns=tuple(turns),
            author=author,
            interviewee=asked_of if unmarked else self._interviewed(asked) or self._most_named(author),
            is_panel=len(asked) - len(plain) >= 2 or len({turn.who for turn in turns if turn.who}) >= 2 or unmarked,
            by_quotes=sum(bool(quoted_parts(self.text, span)[:1]) for span in asked) >= 2,
            unmarked=unmarked,
            by_headings=any(turn.kind is Kind.HEADING for turn in turns),
        )

    def _turn(self, number: int) -> Turn:
        span = self.spans[number]
        if self._signature(number):
            return Turn(span, Kind.HEADING, Span(span.end, span.end))
        if signed := self._signature(number + 1):
            return Turn(span, Kind.NAMED, span, signed)
        who, start = self._head(number)
        if start >= span.end:
            return Turn(span, Kind.HEADING, Span(start, start), who)
        if self._is_question(span):
            return Turn(span, Kind.QUESTION, span)
        if who:
            return Turn(span, Kind.NAMED, Span(start, span.end), who)
        if label := self._label(span, "answers"):
            return Turn(span, Kind.ANSWER, Span(label, span.end))
        if dash := _DASH.match(self.text, span.start, span.end):
            return Turn(span, Kind.ANSWER, Span(dash.end(), span.end))
        return Turn(span, Kind.PLAIN, span)

    def _signature(self, number: int) -> str:
        """Whose quotation stands in the paragraph before a line such as "— Jane Doe, analyst"; empty for nobody's."""
        if not 0 < number < len(self.spans) or self.text[self.spans[number - 1].start] not in CLOSERS + "«„":
            return ""
        span = self.spans[number]
        dash = _DASH.match(self.text, span.start, span.end)
        name = self._leading(Span(dash.end(), span.end)) if dash else None
        line = span.of(self.text)
        ended = line.endswith((".", "!", "?", "…")) or len(line.split()) > LONGEST_HEADING
        if not name or ended or " " not in name.words or self.text[name.end : span.end][:1] not in ("", ",", "("):
            return ""
        return self.roster.who(name.words)

    def _byline(self) -> str:
        """Who signs the article in a line of its own: "By Jane Doe", or a name alone at its head or end; else empty."""
        for span in self.spans[:_BYLINE_AMONG]:
            words = read_clauses(self.text, span).words
            if words and len(words) <= _LONGEST_BYLINE and self.table.fits("by", words[0]):
                found = next(iter(self.roster.names(Span(words[0].end, span.end))), None)
                if found:
                    self.headings.discard(self.spans.index(span))
                    return nominative(found.words)  # «Колонка Ивана Петрова»
        alone = [number for number in self.headings if not {number - 1, number + 1} & self.headings]
        ends = [number for number in alone if number in range(1, _SIGNED_AMONG) or number == len(self.spans) - 1]
        # Several such lines head the parts of several speakers; a title may look like a name, so the first is none.
        if (
            len(alone) == 1
            and ends
            and (name := self._leading(self.spans[ends[-1]]))
            and name.words in self.roster.full
        ):
            self.headings.discard(ends[-1])
            return name.words
        return ""

    def _interviewed(self, asked: Sequence[Span]) -> str:
        """Whom questions are put to: who is named before them, and of whom nobody speaks afterwards.

        A column that asks and answers its own questions has nobody such.
        """
        if not asked:
            return ""
        before = [span for span in self.spans if span.end <= asked[0].start]
        after = [span for span in self.spans if span.start >= asked[0].start]
        spoken_of = {key_of(name.words.split()[-1]) for span in after for name in self.roster.names(span)}
        introduced = {key_of(name.words.split()[-1]) for span in before for name in self.roster.names(span)}
        author = self._byline()
        fitting = [
            name
            for name in dict.fromkeys(self.roster.full)
            if name != author and name not in self.roster.houses and key_of(name.split()[-1]) in introduced - spoken_of
        ]
        return max(
            fitting, key=lambda name: (self.mentions[key_of(name.split()[-1])], -fitting.index(name)), default=""
        )

    def _most_named(self, author: str) -> str:
        """The person whom an interview is with: the one most often named, the author aside."""
        named = [name for name in dict.fromkeys(self.roster.full) if name not in self.roster.houses]
        people = [name for name in named if name != author and self.mentions[key_of(name.split()[-1])] > 1]
        return max(people, key=lambda name: (self.mentions[key_of(name.split()[-1])], -people.index(name)), default="")

    def _head(self, number: int) -> tuple[str, int]:
        """Who a paragraph names at its head as its speaker, and where the words begin; "" and its start for nobody."""
        span = self.spans[number]
        match = self._before_colon(span)
        if match and self._calls(match["head"]):
            return self._called(match["head"]), match.end()
        name = self._leading(Span(match.start("head"), match.end("head"))) if match else None
        if match and name:
            rest = self.text[name.end : match.end("head")].strip("* ")
            known = self.mentions[key_of(name.words.split()[-1])] >= 2 or bool(rest)
            office = read_clauses(self.text, Span(name.end, match.end("head"))).words
            titled = rest[:1] in (",", "(") or (
                bool(office) and self.table.fits("prepositions", office[0]) and not any(map(self._is_verb, office))
            )
            if (not rest or titled) and known and not self._is_listed(name):
                return self.roster.who(name.words), match.end()
        if number in self.headings and not {number - 1, number + 1} & self.headings:
            name = self._leading(span)
            if name and number + 1 < len(self.spans):
                return self.roster.who(name.words), span.end
        return "", span.start

    def _before_colon(self, span: Span) -> re.Match[str] | None:
        """What stands before the first colon of a paragraph, where it may name who speaks."""
        start = _BEFORE_HEAD.match(self.text, span.start, span.end)
        return _HEAD.match(self.text, start.end() if start else span.start, min(span.end, span.start + 150))

    def _calls(self, head: str) -> bool:
        """Whether words before a colon are a name in capitals, as in transcripts: "SMITH: It will rain."."""
        if not head.isupper() or not _CAPITALS.fullmatch(head):
            return False
        heads = [match["head"] for span in self.spans if (match := self._before_colon(span))]
        return len([other for other in heads if other.isupper() and _CAPITALS.fullmatch(other)]) > 2

    def _called(self, head: str) -> str:
        return self.roster.who(" ".join(part.capitalize() for part in head.split()))

    def _is_verb(self, word: Word) -> bool:
        """Whether a word makes a sentence of what might be a name and an office."""
        return is_future(word.normal) or any(self.table.has(kind, word.normal) for kind in ("copulas", "auxiliaries"))

    def _is_listed(self, name: Name) -> bool:
        return len(name.words.split()) == 1 and self.roster.who(name.words) == name.words

    def _leading(self, span: Span) -> Name | None:
        """The name with which a stretch begins, or a full name that only an office stands before."""
        first = next(iter(self.roster.names(span)), None)
        if not first:
            return None
        before = read_clauses(self.text, Span(span.start, first.start)).words
        titled = " " in first.words and len(before) <= _LONGEST_OFFICE
        office = titled and any(self.table.fits("speakers", word) for word in before[:2])
        return first if not before or office else None

    def _is_heading(self, span: Span) -> bool:
        """Whether a paragraph is a line with a name and a title, and no sentence."""
        words = span.of(self.text)
        name = self._leading(span)
        if not name or not 2 <= len(name.words.split()) <= 4 or len(words.split()) > LONGEST_HEADING:
            return False
        rest = self.text[name.end : span.end].strip()
        return words[-1] not in ".!?…:;" and (not rest or rest[0] in ",(—–-|")

    def _label(self, span: Span, kind: str) -> int:
        """Where the words begin after a label such as "Q:"; 0 where there is none."""
        match = _LABEL.match(self.text, span.start, min(span.end, span.start + 20))
        if not match:
            return 0
        words = read_clauses(self.text, Span(span.start, match.end("label"))).words
        return match.end() if words and self.table.fits(kind, words[0]) else 0

    def _is_question(self, span: Span) -> bool:
        """Whether a paragraph is an interviewer's question."""
        if self._label(span, "questions"):
            return True
        words = span.of(self.text)
        if self._asker(span) in self.askers:
            return True
        dash = _DASH.match(self.text, span.start, span.end)
        inserted = _INSERTED.search(self.text, dash.end(), span.end) if dash else None
        if inserted and self.text[span.start : inserted.start()].rstrip().endswith("?"):
            return any(
                self.table.fits("asks", word) for word in read_clauses(self.text, Span(inserted.end(), span.end)).words
            )
        parts = [part for part in quoted_parts(self.text, span) if is_speech(self.text, part)]
        if parts and not self.text[span.start : parts[0].span.start].strip(CLOSERS + " «„—–-"):
            rest = read_clauses(self.text, Span(parts[-1].span.end, span.end)).words
            asked = parts[-1].span.of(self.text).rstrip().endswith("?")
            return asked and any(self.table.fits("asks", word) for word in rest)
        return not parts and words.rstrip(CLOSERS).endswith("?") and len(words.split()) <= _LONGEST_QUESTION

    def _asker(self, span: Span) -> str:
        """The one word before a colon with which a paragraph begins: a newspaper that asks, or a label."""
        match = _LABEL.match(self.text, span.start, min(span.end, span.start + 20))
        return match["label"] if match and ":" in match.group() else ""

    def _find_askers(self) -> set[str]:
        """Those of such words that stand before a question, twice at least, and are no known person's name."""
        asked = Counter(self._asker(span) for span in self.spans if span.of(self.text).rstrip(CLOSERS).endswith("?"))
        return {word for word, times in asked.items() if word and times >= 2 and self.roster.who(word) == word}

    def _is_unmarked(self, span: Span) -> bool:
        """Whether a question stands there without a label, a dash or quotation marks."""
        return not (
            self._label(span, "questions")
            or self._asker(span) in self.askers
            or _DASH.match(self.text, span.start, span.end)
            or quoted_parts(self.text, span)[:1]
        )

    def _says_i(self) -> bool:
        return any(SAYS_I.search(span.of(self.text)) and not quoted_parts(self.text, span) for span in self.spans)
