"""What is each paragraph of an article: a speaker's turn, a question, an answer, or the author's own?

Panels name who speaks at the head of a paragraph ("Jane Doe, analyst: …") or in a line of its own; interviews mark
questions by labels, dashes, bold type or quotation marks, or by nothing but their question marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.extract.article import Span
from tracker.extract.byline import quoted_in_title
from tracker.extract.cues import Table, read_clauses
from tracker.extract.heads import DASH, Heads
from tracker.extract.interview import LONGEST_QUESTION, exchange, introduced, questions
from tracker.extract.lines import SAYS_I, TYPE
from tracker.extract.names import key_of
from tracker.extract.quotation import CLOSERS, is_speech, quoted_parts
from tracker.extract.remarks import remarks
from tracker.extract.roster import Roster
from tracker.extract.sentences import sentences

_LABEL = re.compile(r"(?P<label>[^\W\d_]{1,15})\s*[:.]\s+(?=\S)")
_HEADLINES = 4  # lines at the head that may say who answers
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

    `author` signs it, or is empty; `interviewee` is whom it names most, or, where it `is_introduced`, with whom its
    first paragraphs say that the interview is. In a panel or interview (`is_panel`) a speaker goes on until another
    begins; `by_quotes` when questions stand in quotation marks, `unmarked` when by nothing; `by_headings` when lines of
    their own name the speakers, so that another such line ends what the last one says.
    """

    turns: tuple[Turn, ...]
    author: str
    interviewee: str
    is_introduced: bool
    is_panel: bool
    by_quotes: bool
    unmarked: bool
    by_headings: bool


def read_layout(text: str, spans: Sequence[Span], roster: Roster, table: Table) -> Layout:
    """What the paragraphs `spans` of an article are."""
    return _Reader(text, spans, roster, table).read()


class _Reader:
    def __init__(self, text: str, spans: Sequence[Span], roster: Roster, table: Table) -> None:
        self.text, self.spans, self.roster, self.table = text, spans, roster, table
        self.heads = Heads(text, spans, roster, table)
        self.askers = self._find_askers()
        self.by_dashes = self._dashes()
        self.bold = self._find_bold()

    def read(self) -> Layout:
        """The layout of the whole."""
        author = self.heads.byline.author
        turns = [self._turn(number) for number in range(len(self.spans))]
        asked = [turn for turn in turns if turn.kind is Kind.QUESTION]
        plain = [turn for turn in asked if self._is_unmarked(turn.span)]
        begins = asked[0].span.start if asked else 0
        before = [span for span in self.spans if span.end <= begins]
        aside = {author, *self._named(turns)}
        told = introduced(self.text, before, self.roster, self.table, aside, quoted_in_title(self.heads.lines))
        # A newspaper's own headings may be questions too; an interview has many of them, and somebody who says "I", or
        # is introduced, and whom nobody tells of in its answers.
        says_i = self._says_i(turns) or self.heads.byline.is_interview
        asked_of = told or self._interviewed(turns, author)
        if self.bold and not (told or says_i):
            asked_of = ""  # a newspaper's questions and its own answers
        enough = len(plain) > _MOST_HEADINGS if says_i else len(plain) >= _MOST_HEADINGS
        unmarked = enough and bool(asked_of) and (bool(told) or says_i) and not self._tells_of(asked_of, begins)
        if unmarked:
            turns = self._alternate(turns)
        if not (author or asked) and self._says_i(turns) and not self._named(turns):
            # «На вопросы года отвечает экономист Иван Петров», and he does so himself.
            author = introduced(self.text, self.spans[:_HEADLINES], self.roster, self.table, set())
            author = "" if author and self._tells_of(author, self.spans[:_HEADLINES][-1].end) else author
        marked = len(asked) - len(plain) >= 2 and bool(asked_of or not self.bold)
        return Layout(
            turns=tuple(turns),
            author=author,
            interviewee=asked_of if unmarked or told or self.bold else asked_of or self._most_named(author),
            is_introduced=bool(told) and (marked or unmarked),
            is_panel=marked or len(self._named(turns)) >= 2 or unmarked,
            by_quotes=sum(bool(quoted_parts(self.text, turn.span)[:1]) for turn in asked) >= 2,
            unmarked=unmarked,
            by_headings=any(turn.kind is Kind.HEADING for turn in turns),
        )

    def _named(self, turns: Sequence[Turn]) -> set[str]:
        return {turn.who for turn in turns if turn.who}

    def _turn(self, number: int) -> Turn:
        span = self.spans[number]
        if self.heads.signature(number):
            return Turn(span, Kind.HEADING, Span(span.end, span.end))
        if signed := self.heads.signature(number + 1):
            return Turn(span, Kind.NAMED, span, signed)
        who, start = self.heads.head(number)
        if start >= span.end:
            return Turn(span, Kind.HEADING, Span(start, start), who)
        if self._is_question(number) and not (who and self._only_ends_asking(Span(start, span.end))):
            return Turn(span, Kind.QUESTION, span)
        if who:
            return Turn(span, Kind.NAMED, Span(start, span.end), who)
        if label := self._label(span, "answers"):
            return Turn(span, Kind.ANSWER, Span(label, span.end))
        is_bullet = self.text[span.start] == "-" and not any(self.by_dashes.values())
        if (dash := DASH.match(self.text, span.start, span.end)) and not is_bullet:
            return Turn(span, Kind.ANSWER, Span(dash.end(), span.end))
        return Turn(span, Kind.PLAIN, span)

    def _only_ends_asking(self, span: Span) -> bool:
        """Whether what somebody says begins with no question: "Jane Doe: It will rain. Have you seen the sky?"."""
        return not exchange(self.text, span, self.table).asks_first

    def _alternate(self, turns: Sequence[Turn]) -> list[Turn]:
        """The turns of an interview without marks, where an answer too may end with a question."""
        first = next(number for number, turn in enumerate(turns) if turn.kind is Kind.QUESTION)
        open_ones = [n for n in range(first, len(turns)) if turns[n].kind in (Kind.QUESTION, Kind.PLAIN)]
        looks = [exchange(self.text, turns[n].span, self.table) for n in open_ones]
        asks = dict(zip(open_ones, questions(looks, marked=False), strict=True))
        changed = list(turns)
        for number, question in asks.items():
            span = turns[number].span
            changed[number] = Turn(span, Kind.QUESTION if question else Kind.PLAIN, span)
        return changed

    def _interviewed(self, turns: Sequence[Turn], author: str) -> str:
        """Whom questions are put to: who is named before them, and of whom nobody speaks afterwards.

        A column that asks and answers its own questions has nobody such.
        """
        first = next((turn.span.start for turn in turns if turn.kind is Kind.QUESTION), -1)
        if first < 0:
            return ""
        keys = [
            {self.roster.surname(name.words) for span in part for name in self.roster.names(span)}
            for part in ([s for s in self.spans if s.end <= first], [s for s in self.spans if s.start >= first])
        ]
        people = [name for name in self._people(author) if key_of(name.split()[-1]) in keys[0] - keys[1]]
        return self._most_mentioned(people)

    def _most_named(self, author: str) -> str:
        """The person whom an interview is with: the one most often named, the author aside."""
        people = [name for name in self._people(author) if self.heads.mentions[key_of(name.split()[-1])] > 1]
        return self._most_mentioned(people)

    def _people(self, author: str) -> list[str]:
        return [name for name in self.roster.full if name != author and name not in self.roster.houses]

    def _most_mentioned(self, people: Sequence[str]) -> str:
        mentions = self.heads.mentions
        return max(people, key=lambda name: (mentions[key_of(name.split()[-1])], -people.index(name)), default="")

    def _tells_of(self, who: str, begins: int) -> bool:
        """Whether the author goes on to tell of somebody, so that it is a report."""
        key = key_of(who.split()[-1])
        told = [
            span
            for span in self.spans
            if span.start >= begins and any(self.roster.surname(name.words) == key for name in self.roster.names(span))
        ]
        return len(told) > 1

    def _label(self, span: Span, kind: str) -> int:
        """Where the words begin after a label such as "Q:"; 0 where there is none."""
        match = _LABEL.match(self.text, span.start, min(span.end, span.start + 20))
        if not match:
            return 0
        words = read_clauses(self.text, Span(span.start, match.end("label"))).words
        return match.end() if words and self.table.fits(kind, words[0]) else 0

    def _is_question(self, number: int) -> bool:
        """Whether a paragraph is an interviewer's question."""
        span = self.spans[number]
        if self._label(span, "questions") or self._asker(span) in self.askers or span in self.bold:
            return True
        if number in self.by_dashes:
            return self.by_dashes[number]
        parts = [part for part in quoted_parts(self.text, span) if is_speech(self.text, part)]
        if parts and not self.text[span.start : parts[0].span.start].strip(CLOSERS + " «„—–-"):
            rest = read_clauses(self.text, Span(parts[-1].span.end, span.end)).words
            asked = parts[-1].span.of(self.text).rstrip().endswith("?")
            return asked and any(self.table.fits("asks", word) for word in rest)
        words = span.of(self.text).rstrip(CLOSERS + TYPE)
        # The first line is the title.
        return number > 0 and not parts and words.endswith("?") and len(words.split()) <= LONGEST_QUESTION

    def _dashes(self) -> dict[int, bool]:
        """The paragraphs that begin with a dash, and whether they ask."""
        numbers = [n for n, span in enumerate(self.spans) if DASH.match(self.text, span.start, span.end)]
        told = {number: self._inserted(self.spans[number]) for number in numbers}
        found = {number: self._asked_by_author(told[number]) for number in numbers if told[number]}
        open_ones = [number for number in numbers if number not in found]
        looks = {n: exchange(self.text, self.spans[n], self.table, after_break=n - 1 not in numbers) for n in open_ones}
        pairs = [n for n in open_ones if looks[n].asks and looks[n].asks_first and n + 1 in numbers]
        if len(pairs) >= 2:
            return found | dict(zip(open_ones, questions(list(looks.values()), marked=True), strict=True))
        return found | {number: number in pairs for number in open_ones}

    def _inserted(self, span: Span) -> list[Span]:
        """What dashes set apart in a paragraph of speech to say who speaks."""
        return [one for part in sentences(self.text, span) for one in remarks(self.text, part, self.table, self.roster)]

    def _asked_by_author(self, inserted: Sequence[Span]) -> bool:
        """Whether it is the author who says that he asks: «— А Китай? — спрашиваю я»."""
        words = [word for one in inserted for word in read_clauses(self.text, one).words]
        return any(self.table.fits("asks", word) for word in words) and (
            self.text[inserted[0].start - 1] == "?" or any(self.table.has("own", word.normal) for word in words)
        )

    def _find_bold(self) -> set[Span]:
        """The paragraphs that stand in bold type as a whole, where two at least ask."""
        bold = [
            span
            for number, span in enumerate(self.spans)
            if span.of(self.text).startswith(("**", "__"))
            and span.of(self.text).endswith(("**", "__"))
            and number not in self.heads.headings
        ]
        asked = [span for span in bold if span.of(self.text).rstrip(TYPE + CLOSERS).endswith("?")]
        return {span for span in bold if span.start >= asked[0].start} if len(asked) >= 2 else set()

    def _asker(self, span: Span) -> str:
        """The one word before a colon with which a paragraph begins: a newspaper that asks, or a label."""
        match = _LABEL.match(self.text, span.start, min(span.end, span.start + 20))
        return match["label"] if match and ":" in match.group() else ""

    def _find_askers(self) -> set[str]:
        """Those of such words that stand before a question, twice at least, and are no known person's name."""
        asked = Counter(self._asker(span) for span in self.spans if span.of(self.text).rstrip(CLOSERS).endswith("?"))
        return {word for word, times in asked.items() if word and times >= 2 and self.roster.who(word) == word}

    def _is_unmarked(self, span: Span) -> bool:
        """Whether a question stands there without a label, a dash, bold type or quotation marks."""
        return not (
            self._label(span, "questions")
            or self._asker(span) in self.askers
            or span in self.bold
            or DASH.match(self.text, span.start, span.end)
            or quoted_parts(self.text, span)[:1]
        )

    def _says_i(self, turns: Sequence[Turn]) -> bool:
        """Whether somebody says "I" in a plain paragraph, outside of quotations."""
        return any(
            SAYS_I.search(turn.span.of(self.text)) and not quoted_parts(self.text, turn.span)
            for turn in turns
            if turn.kind is Kind.PLAIN
        )
