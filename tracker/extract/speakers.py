"""Who speaks each sentence of an article? Quotations, reported speech, panels, interviews, and else the author.

The article is read once, paragraph by paragraph. `voice` is who speaks where no words say it: the person of a heading
("Jane Doe, analyst: …"), the interviewee after a question, whoever spoke last in a panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.extract.antecedents import told_as_persons
from tracker.extract.article import ArticleText, Span, paragraphs
from tracker.extract.cues import Table, read_clauses
from tracker.extract.future import markers
from tracker.extract.lines import LONGEST_HEADING, SAYS_I, begins_item
from tracker.extract.names import Name
from tracker.extract.quotation import CLOSERS, is_speech, quoted_parts
from tracker.extract.reference import References, told_by
from tracker.extract.roster import Roster
from tracker.extract.sentences import sentences
from tracker.extract.subject import Points
from tracker.extract.told import Teller
from tracker.extract.turns import Kind, read_layout
from tracker.text.russian import is_first_name

_SHORT_QUESTION = 6  # words of a heading that asks


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or the part of one that is speech.

    `speaker` is its speaker's name, `how` says by what it is known. `reported`: the author tells it in his own words.
    `is_author`: nobody is named, the author speaks. Where `speaker` is empty and `is_author` false, somebody speaks
    whose name is not told, or it is in doubt who. `is_heading`: it stands in a line of its own, without the end of a
    sentence. `is_question`: an interviewer asks it.
    """

    span: Span
    speaker: str
    how: str
    reported: bool = False
    is_author: bool = False
    is_heading: bool = False
    is_question: bool = False


def segments(article: ArticleText, table: Table) -> list[Segment]:
    """The sentences of an article with their speakers, in order."""
    return _Reader(article, table).read()


@dataclass
class _Reader:
    article: ArticleText
    table: Table
    voice: str = ""
    found: list[Segment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.article.text
        spans = paragraphs(self.text)
        self.roster = Roster.of(self.text, spans, self.table)
        self.layout = read_layout(self.text, spans, self.roster, self.table)
        self.author = self.article.author or self.layout.author
        self.line = Span(0, 0)
        self.teller = Teller(self.text, self.table, self.roster)
        self.people: set[str] = {turn.who for turn in self.layout.turns if turn.who} | self._named_speakers(spans)
        self.references = References(self.text, spans, self.table, self.roster, self.people)
        self.named = self.references.named

    def read(self) -> list[Segment]:
        """The sentences in order, paragraph by paragraph."""
        for turn in self.layout.turns:
            self.line = turn.span
            self.named.paragraph()
            match turn.kind:
                case Kind.HEADING:
                    self.voice = turn.who
                case Kind.QUESTION:
                    self._reported_in(turn.span)
                    self._asked(turn.span)
                    if self.layout.by_headings and self._is_heading:
                        self.voice = ""
                case Kind.NAMED:
                    self.voice = turn.who
                    self.named.now(turn.who)
                    head = self.text[turn.span.start : turn.body.start].strip()
                    self._speech(turn.body, f"named at the head: “{head}”" if head else f"signed by {turn.who}")
                case Kind.ANSWER:
                    last = self.layout.interviewee if self.layout.is_panel else self.named.last
                    self.voice = (self.voice if self.layout.is_panel else "") or last
                    self._speech(turn.body, "answers")
                case Kind.PLAIN:
                    if self.layout.by_headings and self._is_heading:
                        self.voice = ""
                    if self.layout.unmarked and not self.voice and self._answers(turn.span):
                        self.voice = self.layout.interviewee
                    if self.voice and (self._is_told(turn.span) or begins_item(self.text, turn.span)):
                        self.voice = ""
                    self._paragraph(turn.span)
        return self.found

    def _named_speakers(self, spans: Sequence[Span]) -> set[str]:
        """Who is named as a speaker anywhere, or has a first name that Russian knows; other names may be of places."""
        laid = (self.teller.attribution(sentence) for span in spans for sentence in sentences(self.text, span))
        people = {one.name for one in laid if one and one.name in self.roster.full}
        people |= set(told_as_persons(self.text, spans, self.roster, self.table))
        return people | {name for name in self.roster.full if is_first_name(name.split()[0])}

    def _reported_in(self, span: Span) -> None:
        """What an interviewer's question tells of others: "Your colleague says that it will burst. Will it?"."""
        for sentence in sentences(self.text, span):
            laid = self.teller.attribution(sentence)
            if laid and laid.name in self.roster.full and not sentence.of(self.text).rstrip(CLOSERS).endswith("?"):
                self._add(sentence, laid.name, told_by(laid), reported=True)
            else:
                self.found.append(Segment(sentence, "", "a question", is_question=True))

    def _answers(self, span: Span) -> bool:
        """Whether a paragraph of an interview without labels, before its first question, is the interviewee's."""
        before = self.text[: span.start]
        return (
            bool(SAYS_I.search(span.of(self.text)))
            and self.layout.interviewee in before
            and not quoted_parts(self.text, span)
        )

    def _is_told(self, span: Span) -> bool:
        """Whether the author tells a paragraph of a panel: it begins with somebody's name, or says who speaks."""
        if self.text[span.start] in CLOSERS + "«„":
            return False
        first, *_ = sentences(self.text, span)
        who = self.references.topics.person(first)
        if who == self.voice or (who and not self._is_sure):
            return True
        if self._is_sure:
            return False
        laid = [self.teller.attribution(sentence) for sentence in sentences(self.text, span)]
        return any(one and one.name in self.roster.full and one.name != self.voice for one in laid)

    @property
    def _is_sure(self) -> bool:
        """Whether lines of their own, or an introduction, say whose the paragraphs are until the next."""
        return self.layout.by_headings or (self.layout.unmarked and self.layout.is_introduced)

    def _asked(self, span: Span) -> None:
        """After a question: who is addressed by it answers, else whoever spoke last, else the interviewee."""
        for name in self.roster.names(span):
            addressed = self.text[name.end : name.end + 1] == "," and self.roster.by_first(name.words)
            asked = self.roster.who(name.words, "accs")
            if asked in self.people and self._is_asked_by_name(span, name):
                addressed = asked
            if addressed:
                self.voice = addressed
                self.named.now(addressed)
                return
        before = self.text[: span.start]
        introduced = self.layout.interviewee if self.layout.interviewee in before else ""
        if self.layout.is_introduced:
            self.voice = self.layout.interviewee
        self.voice = self.voice or introduced or self.named.last

    def _is_asked_by_name(self, span: Span, name: Name) -> bool:
        """Whether a name follows the verb of asking: "— Why? — we asked John Brown"."""
        lead = read_clauses(self.text, Span(span.start, name.start)).words
        return any(self.table.fits("asks", word) for word in lead)

    def _paragraph(self, span: Span) -> None:
        """A paragraph in which quotation marks, or words, say who speaks."""
        parts = [part for part in quoted_parts(self.text, span) if is_speech(self.text, part)]
        told = [self.teller.told(sentence, parts) for sentence in sentences(self.text, span)]
        before = self.voice or self.named.last
        named = [self.references.speaker_of(sentence) for sentence in told]
        quoted = self.references.quoted_speaker(told, named, before)
        goes_on = ""
        for sentence, one in zip(told, named, strict=True):
            if sentence.speech:
                quoted = one or quoted
                for speech in sentence.speech:
                    self._add(speech, *quoted)
                self.named.now(quoted[0])
                self.voice = quoted[0] if self.layout.by_quotes or quoted[0] == self.voice else ""
                goes_on = ""
                continue
            if (other := one or self.references.led_by(sentence.span)) and other[0] != quoted[0]:
                quoted = other  # “No,” said Doe. Brown was not so sure. “Yes.”
            if one and not (self.layout.is_panel and self.voice and one[0] not in self.roster.full):
                self._add(sentence.span, *one, reported=True)
                goes_on = one[0] if self.named.is_person(one[0]) else ""
            elif self.layout.is_panel and self.voice:
                self._add(sentence.span, self.voice, f"{self.voice} goes on")
            elif goes_on and self._may_go_on(sentence.span, goes_on):
                sure = self.named.is_meant(goes_on, sentence.span.of(self.text))
                how = f"{goes_on} goes on" if sure else f"{goes_on} or the author, which is not said"
                self._add(sentence.span, goes_on if sure else "", how, reported=True)
            else:
                goes_on = ""
                self._add(sentence.span, self.author, "nobody else speaks", is_author=True)

    def _may_go_on(self, span: Span, who: str) -> bool:
        """Whether the author may still be telling what somebody said: of the future, without "I" or another speaker."""
        clauses = read_clauses(self.text, span)
        if SAYS_I.search(span.of(self.text)) or not markers(clauses, self.table, reported=True):
            return False
        named = {self.roster.who(name.words) for name in self.roster.names(span)}
        return not (named & self.people) - {who}

    def _speech(self, span: Span, how: str) -> None:
        """Speech without quotation marks, all of it by the voice, save what it lays to others."""
        inside = [(sentence, *self.teller.spoken(sentence)) for sentence in sentences(self.text, span)]
        inserted = [sentence for sentence, parts, laid in inside if laid and _is_parted(sentence, parts)]
        if laid := next((laid for sentence, _, laid in inside if sentence in inserted), None):
            # "— No, — said he. — Not yet." lays the whole paragraph to him.
            self.voice, how = self.references.who(laid, span)
            self.named.now(self.voice)
        for sentence, parts, _ in inside:
            other = self.teller.attribution(sentence)
            if sentence in inserted:
                for part in parts:
                    self._add(part, self.voice, how)
            elif other and other.name and other.name != self.voice and other.name in self.roster.full:
                self._add(sentence, other.name, told_by(other), reported=True)
            elif other and other.points is Points.TO_NOBODY:
                self._add(sentence, "", f"{told_by(other)}: not named", reported=True)
            else:
                self._add(sentence, self.voice, how)

    @property
    def _is_heading(self) -> bool:
        """Whether the paragraph that is being read is a line of its own, without the end of a sentence."""
        line = self.line.of(self.text)
        asked = line.endswith("?") and len(line.split()) <= _SHORT_QUESTION
        ended = line.rstrip(CLOSERS).endswith((".", "!", "?", "…", ";", ","))
        return (not ended or asked) and len(line.split()) <= LONGEST_HEADING

    def _add(self, span: Span, who: str, how: str, *, reported: bool = False, is_author: bool = False) -> None:
        is_heading = self._is_heading and not self.line.of(self.text).endswith("?")
        self.found.append(Segment(span, who, how, reported, is_author, is_heading))


def _is_parted(sentence: Span, parts: Sequence[Span]) -> bool:
    """Whether something that is no speech stands inside a sentence, or at its end."""
    return len(parts) > 1 or (bool(parts) and parts[0].end < sentence.end - 3)
