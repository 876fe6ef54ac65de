"""Who speaks each sentence of an article? Quotations, reported speech, panels, interviews, and else the author.

The article is read once, paragraph by paragraph. `voice` is who speaks where no words say it: the person of a heading
("Jane Doe, analyst: …"), the interviewee after a question, whoever spoke last in a panel.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tracker.extract.article import ArticleText, Span, paragraphs
from tracker.extract.attribution import Attribution, attribution
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name, Roster, names
from tracker.extract.quotation import Quoted, is_speech, quoted_parts
from tracker.extract.sentences import sentences
from tracker.text import normal, surfaces
from tracker.text.russian import gender, is_first_name

_I = re.compile(r"\b(?:I|I'm|I’m|we|я|мы|мне|меня)\b")
_DASH = re.compile(r"[—–-]\s+")
_INSERTED = re.compile(r",?\s+[—–]\s+")
_HEAD = re.compile(r"(?P<head>[^:!?\n]{2,140}?)\s*:\s+(?=\S)")
_LABEL = re.compile(r"(?P<label>[^\W\d_]{1,15})\s*[:.]\s+(?=\S)")
_LONGEST_HEADING = 15  # words of a line that only names who speaks
_LONGEST_QUESTION = 60  # words of a paragraph that is one question of an interviewer
_BYLINE_AMONG, _LONGEST_BYLINE = 10, 8  # paragraphs at the head; words
_SIGNED_AMONG = 5  # paragraphs at the head among which a name alone is the author's
_LONGEST_LEAD = 5  # words of a title before the name with which a sentence begins
_MOST_HEADINGS = 2  # questions that may be a newspaper's own headings
_CLOSERS = "\"'”’»“)"


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or the part of one that is speech; `speaker` is its speaker's name, `how` says by what it is known.

    `reported`: the author tells it in words of his own. `is_author`: nobody is named, the author speaks.
    `is_heading`: it stands in a line of its own, without the end of a sentence. `is_question`: an interviewer asks it.
    """

    span: Span
    speaker: str
    how: str
    reported: bool = False
    is_author: bool = False
    is_heading: bool = False
    is_question: bool = False


@dataclass
class _Told:
    """A sentence of a paragraph, its speech, and who the rest of it says is speaking."""

    span: Span
    speech: list[Span]
    laid: Attribution | None
    all_speech: bool


def segments(article: ArticleText, table: Table) -> list[Segment]:
    """The sentences of an article with their speakers, in order."""
    return _Reader(article, table).read()


@dataclass
class _Reader:
    article: ArticleText
    table: Table
    voice: str = ""
    recent: list[str] = field(default_factory=list)
    found: list[Segment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.article.text
        self.spans = paragraphs(self.text)
        self.roster = Roster.of(self.text, self.spans, self.table)
        self.mentions = Counter(
            name.words.split()[-1] for span in self.spans for name in names(self.text, span, self.table)
        )
        self.headings = {number for number, span in enumerate(self.spans) if self._is_heading(span)}
        self.author = self.article.author or self._byline()
        self._laid: dict[Span, Attribution | None] = {}
        self.heads = [self._head(number) for number in range(len(self.spans))]
        self.askers = self._find_askers()
        asked = [span for span in self.spans if self._is_question(span)]
        plain = [span for span in asked if self._is_plain(span)]
        heads = {who for who, _ in self.heads if who}
        # A newspaper's own headings may be questions too; an interview has many of them, and somebody who says "I".
        is_interview = len(plain) > _MOST_HEADINGS and self._says_i()
        self.by_quotes = sum(bool(quoted_parts(self.text, span)[:1]) for span in asked) >= 2
        self.is_interview = is_interview
        self.is_panel = len(asked) - len(plain) >= 2 or len(heads) >= 2 or is_interview
        self.interviewee = self._most_named()
        self.people = heads | self._named_speakers()

    @property
    def last(self) -> str:
        """Who spoke last, or was named last as one of whom the article speaks."""
        return self.recent[-1] if self.recent else ""

    def _now(self, who: str) -> None:
        if who and who != self.last:
            self.recent.append(who)

    def read(self) -> list[Segment]:
        for number, span in enumerate(self.spans):
            who, start = self.heads[number]
            body = Span(start, span.end)
            if body.start >= body.end:
                self.voice = who or self.voice
            elif self._is_question(span):
                self._reported_in(span)
                self._asked(span)
            elif who:
                self.voice = who
                self._now(who)
                self._speech(body, f"named at the head: “{self.text[span.start : start].strip()}”")
            elif label := self._label(span, "answers"):
                self.voice = self.voice or self.interviewee
                self._speech(Span(label, span.end), "answers")
            elif dash := _DASH.match(self.text, span.start, span.end):
                self.voice = self.voice or self.interviewee
                self._speech(Span(dash.end(), span.end), "answers")
            else:
                if self.is_interview and not self.voice and self._answers(span):
                    self.voice = self.interviewee
                if self.voice and self._is_told(span):
                    self.voice = ""
                self._paragraph(span)
        return self.found

    def _named_speakers(self) -> set[str]:
        """Who is named as a speaker anywhere, or has a first name that Russian knows; other names may be of places."""
        laid = (self._attribution(sentence) for span in self.spans for sentence in sentences(self.text, span))
        people = {one.name for one in laid if one and one.name in self.roster.full}
        return people | {name for name in self.roster.full if is_first_name(name.split()[0])}

    def _attribution(self, span: Span) -> Attribution | None:
        """As `attribution`, once for each stretch."""
        if span not in self._laid:
            self._laid[span] = attribution(self.text, span, self.table, self.roster)
        return self._laid[span]

    def _byline(self) -> str:
        """Who signs the article in a line of its own: "By Jane Doe", or a name alone at its head or end; else empty."""
        for span in self.spans[:_BYLINE_AMONG]:
            words = read_clauses(self.text, span).words
            if words and len(words) <= _LONGEST_BYLINE and self.table.fits("by", words[0]):
                found = next(names(self.text, Span(words[0].end, span.end), self.table), None)
                if found:
                    self.headings.discard(self.spans.index(span))
                    return found.words
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

    # --- what a paragraph is

    def _head(self, number: int) -> tuple[str, int]:
        """Who a paragraph names at its head as its speaker, and where the words begin; "" and its start for nobody."""
        span = self.spans[number]
        match = _HEAD.match(self.text, span.start, min(span.end, span.start + 150))
        if match and (name := self._leading(Span(span.start, match.end("head")))):
            rest = self.text[name.end : match.end("head")].strip()
            known = self.mentions[name.words.split()[-1]] >= 2 or bool(rest)
            office = read_clauses(self.text, Span(name.end, match.end("head"))).words
            titled = rest[:1] in (",", "(") or (bool(office) and self.table.fits("prepositions", office[0]))
            if (not rest or titled) and known and not self._is_listed(name):
                return self.roster.who(name.words), match.end()
        if number in self.headings and not {number - 1, number + 1} & self.headings:
            name = self._leading(span)
            if name and number + 1 < len(self.spans):
                return self.roster.who(name.words), span.end
        return "", span.start

    def _is_listed(self, name: Name) -> bool:
        return len(name.words.split()) == 1 and self.roster.who(name.words) == name.words

    def _leading(self, span: Span) -> Name | None:
        """The name with which a stretch begins."""
        first = next(names(self.text, span, self.table), None)
        return first if first and not re.search(r"\w", self.text[span.start : first.start]) else None

    def _is_heading(self, span: Span) -> bool:
        """Whether a paragraph is a line with a name and a title, and no sentence."""
        words = span.of(self.text)
        name = self._leading(span)
        if not name or not 2 <= len(name.words.split()) <= 4 or len(words.split()) > _LONGEST_HEADING:
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
        if inserted and self.text[: inserted.start()].rstrip().endswith("?"):
            return any(
                self.table.fits("asks", word) for word in read_clauses(self.text, Span(inserted.end(), span.end)).words
            )
        parts = [part for part in quoted_parts(self.text, span) if is_speech(self.text, part)]
        if parts and not self.text[span.start : parts[0].span.start].strip(_CLOSERS + " «„—–-"):
            rest = read_clauses(self.text, Span(parts[-1].span.end, span.end)).words
            asked = parts[-1].span.of(self.text).rstrip().endswith("?")
            return asked and any(self.table.fits("asks", word) for word in rest)
        return not parts and words.rstrip(_CLOSERS).endswith("?") and len(words.split()) <= _LONGEST_QUESTION

    def _reported_in(self, span: Span) -> None:
        """What an interviewer's question tells of others: "Your colleague says that it will burst. Will it?"."""
        for sentence in sentences(self.text, span):
            laid = self._attribution(sentence)
            if laid and laid.name in self.roster.full and not sentence.of(self.text).rstrip(_CLOSERS).endswith("?"):
                self._add(sentence, laid.name, f"“{' '.join(laid.words.split())}”", reported=True)
            else:
                self.found.append(Segment(sentence, "", "a question", is_question=True))

    def _asker(self, span: Span) -> str:
        """The one word before a colon with which a paragraph begins: a newspaper that asks, or a label."""
        match = _LABEL.match(self.text, span.start, min(span.end, span.start + 20))
        return match["label"] if match and ":" in match.group() else ""

    def _find_askers(self) -> set[str]:
        """Those of such words that stand before a question, twice at least, and are no known person's name."""
        asked = Counter(self._asker(span) for span in self.spans if span.of(self.text).rstrip(_CLOSERS).endswith("?"))
        return {word for word, times in asked.items() if word and times >= 2 and self.roster.who(word) == word}

    def _is_plain(self, span: Span) -> bool:
        """Whether a question stands there without a label, a dash or quotation marks."""
        return not (
            self._label(span, "questions")
            or self._asker(span) in self.askers
            or _DASH.match(self.text, span.start, span.end)
            or quoted_parts(self.text, span)[:1]
        )

    def _says_i(self) -> bool:
        return any(_I.search(span.of(self.text)) and not quoted_parts(self.text, span) for span in self.spans)

    def _answers(self, span: Span) -> bool:
        """Whether a paragraph of an interview without labels, before its first question, is the interviewee's."""
        before = self.text[: span.start]
        return bool(_I.search(span.of(self.text))) and self.interviewee in before and not quoted_parts(self.text, span)

    def _is_told(self, span: Span) -> bool:
        """Whether the author tells a paragraph of a panel: it begins with somebody's name, or says who speaks."""
        if self.text[span.start] in _CLOSERS + "«„":
            return False
        if self._person(span):
            return True
        laid = [self._attribution(sentence) for sentence in sentences(self.text, span)]
        return any(one and one.name in self.roster.full and one.name != self.voice for one in laid)

    def _asked(self, span: Span) -> None:
        """After a question: who is addressed by it answers, else whoever spoke last, else the interviewee."""
        for name in names(self.text, span, self.table):
            addressed = self.text[name.end : name.end + 1] == "," and self.roster.by_first(name.words)
            asked = self.roster.who(name.words, "accs")
            if asked in self.people and self._is_asked_by_name(span, name):
                addressed = asked
            if addressed:
                self.voice = addressed
                self._now(addressed)
                return
        before = self.text[: span.start]
        self.voice = self.voice or self.last or (self.interviewee if self.interviewee in before else "")

    def _is_asked_by_name(self, span: Span, name: Name) -> bool:
        """Whether a name follows the verb of asking: "— Why? — we asked John Brown"."""
        lead = read_clauses(self.text, Span(span.start, name.start)).words
        return any(self.table.fits("asks", word) for word in lead)

    def _most_named(self) -> str:
        """The person whom an interview is with: the one most often named, the author aside."""
        named = dict.fromkeys(self.roster.full)
        people = [name for name in named if name != self.author and self.mentions[name.split()[-1]] > 1]
        return max(people, key=lambda name: (self.mentions[name.split()[-1]], -people.index(name)), default="")

    # --- who speaks in it

    def _paragraph(self, span: Span) -> None:
        """A paragraph in which quotation marks, or words, say who speaks."""
        parts = [part for part in quoted_parts(self.text, span) if is_speech(self.text, part)]
        told = [self._told(sentence, parts) for sentence in sentences(self.text, span)]
        before = self.voice or self.last
        named = [self._speaker_of(sentence) for sentence in told]
        quoted = self._quoted_speaker(told, named, before)
        goes_on = ""
        for sentence, one in zip(told, named, strict=True):
            if sentence.speech:
                quoted = one or quoted
                for speech in sentence.speech:
                    self._add(speech, *quoted)
                self._now(quoted[0])
                self.voice = quoted[0] if self.by_quotes or quoted[0] == self.voice else ""
                goes_on = ""
            elif one and not (self.is_panel and self.voice and one[0] not in self.roster.full):
                self._add(sentence.span, *one, reported=True)
                goes_on = one[0]
            elif self.is_panel and self.voice:
                self._add(sentence.span, self.voice, f"{self.voice} goes on")
            elif goes_on and not _I.search(sentence.span.of(self.text)):
                self._add(sentence.span, goes_on, f"{goes_on} goes on", reported=True)
            else:
                self._add(sentence.span, self.author, "nobody else speaks", is_author=True)

    def _speaker_of(self, sentence: _Told) -> tuple[str, str] | None:
        """Who is named for a sentence and by which words; whom it begins with is known to the ones after it."""
        if sentence.speech:
            outside = Span(sentence.span.start, sentence.speech[0].start)
            introduced = self.text[outside.start : outside.end].rstrip(_CLOSERS + " «„").endswith(":")
            person = self._person(outside, set(self.roster.full)) if introduced else ""
            if person and not (sentence.laid and sentence.laid.name):
                self._now(person)
                return person, f"“{' '.join(outside.of(self.text).split())}”"
        else:
            self._now(self._person(sentence.span))
        if sentence.laid is None:
            return None
        found = self._named(sentence.laid)
        own = next(names(self.text, sentence.span, self.table), None)
        spoken = [normal(word) for word in surfaces(sentence.laid.words)]
        at = self.text.find(sentence.laid.words, sentence.span.start)
        led = own and own.start < at and len(self.text[sentence.span.start : own.start].split()) <= _LONGEST_LEAD
        if own and led and not sentence.laid.name and any(self.table.has("they", word) for word in spoken):
            # "The bank's analysts are milder: by their count …"
            found = (self.roster.who(own.words, "gent"), found[1])
        self._now(found[0])
        return found

    def _told(self, sentence: Span, parts: Sequence[Quoted]) -> _Told:
        """Which part of a sentence is speech, and to whom the rest lays it."""
        inside = [
            _trim(self.text, Span(max(part.span.start, sentence.start), min(part.span.end, sentence.end)))
            for part in parts
            if part.span.start < sentence.end and part.span.end > sentence.start
        ]
        inside = [piece for span in inside if span.start < span.end for piece in self._without_insertions(span)]
        if not inside:
            return _Told(sentence, [], self._attribution(sentence), all_speech=False)
        gaps = [
            Span(sentence.start, inside[0].start),
            *(Span(one.end, other.start) for one, other in pairwise(inside)),
            Span(inside[-1].end, sentence.end),
        ]
        outside = [gap for gap in gaps if re.search(r"\w", gap.of(self.text))]
        laid = next(filter(None, (self._attribution(gap) for gap in outside)), None)
        if outside and not laid and sum(len(gap.of(self.text).split()) for gap in outside) > 8:
            return _Told(sentence, [], self._attribution(sentence), all_speech=False)
        return _Told(sentence, inside, laid, all_speech=not outside)

    def _without_insertions(self, span: Span) -> list[Span]:
        """Speech without what a dash sets apart inside it: «Нет, — сказал он, — не сейчас»."""
        dashes = list(_INSERTED.finditer(self.text, span.start, span.end))
        kept, start, number = [], span.start, 0
        while number < len(dashes):
            end = dashes[number + 1].start() if number + 1 < len(dashes) else span.end
            clauses = read_clauses(self.text, Span(dashes[number].end(), end))
            if any(hit.start <= 1 for hit in self.table.says.find(clauses)):
                kept.append(Span(start, dashes[number].start()))
                start = dashes[number + 1].end() if number + 1 < len(dashes) else span.end
                number += 1
            number += 1
        kept.append(Span(start, span.end))
        trimmed = (_trim(self.text, one) for one in kept)
        return [one for one in trimmed if one.start < one.end]

    def _quoted_speaker(
        self, told: Sequence[_Told], named: Sequence[tuple[str, str] | None], before: str
    ) -> tuple[str, str]:
        """Who speaks quotations that no words lay to anybody: the first named for another, else who spoke `before`."""
        for sentence, one in zip(told, named, strict=True):
            if one and sentence.speech:
                return one
        if any(named):
            return next(one for one in named if one)
        mentioned = [self._person(sentence.span) for sentence in told if not sentence.speech]
        who = next(filter(None, mentioned), "") or before
        return (who or self.author, f"{who} goes on" if who else "nobody is named")

    def _named(self, laid: Attribution) -> tuple[str, str]:
        who = self._by_first(laid.name) or self._meant(laid.words) or self.author
        return who, f"“{' '.join(laid.words.split())}”"

    def _by_first(self, name: str) -> str:
        """A name, or the speaker whose first name alone it is."""
        alike = [who for who in self.people if " " not in name and who.split()[0] == name]
        return alike[0] if len(alike) == 1 else name

    def _meant(self, words: str) -> str:
        """Who a word that points back means: whoever was named last, in Russian of the word's gender."""
        spoken = [normal(word) for word in surfaces(words)]
        genders = {"femn": "she", "masc": "he"}
        wanted = next((one for one, name in genders.items() if any(self.table.has(name, word) for word in spoken)), "")
        fitting = (who for who in reversed(self.recent) if not wanted or gender(who) in (wanted, ""))
        return next(fitting, self.last)

    def _person(self, span: Span, among: set[str] | None = None) -> str:
        """The person with whom a sentence of the author begins, as its subject, if it is one of the known speakers."""
        found = list(names(self.text, span, self.table))
        if not found:
            return ""
        name = found[0]
        if len(found) == 1 and name.words in self.people and is_first_name(name.words.split()[0]):
            return name.words  # Russian puts its subject last: "Иначе смотрит на дело Иван Петров"
        lead = read_clauses(self.text, Span(span.start, name.start))
        if len(lead.words) > _LONGEST_LEAD or (lead.words and self.table.fits("prepositions", lead.words[-1])):
            return ""
        who = self.roster.who(name.words)
        return who if who in (among or self.people) else ""

    def _speech(self, span: Span, how: str) -> None:
        """Speech without quotation marks, all of it by the voice, save what it lays to others."""
        for sentence in sentences(self.text, span):
            parts = self._without_insertions(sentence)
            laid = self._attribution(sentence)
            if len(parts) > 1 or (parts and parts[0].end < sentence.end - 3):
                who = self._named(laid)[0] if laid else self.voice
                for part in parts:
                    self._add(part, who or self.voice, how)
            elif laid and laid.name and laid.name != self.voice and laid.name in self.roster.full:
                self._add(sentence, laid.name, f"“{' '.join(laid.words.split())}”", reported=True)
            else:
                self._add(sentence, self.voice, how)

    def _add(self, span: Span, who: str, how: str, *, reported: bool = False, is_author: bool = False) -> None:
        line = next(one for one in self.spans if one.start <= span.start < one.end)
        short = len(line.of(self.text).split()) <= _LONGEST_HEADING
        heading = short and not line.of(self.text).rstrip(_CLOSERS).endswith((".", "!", "?", "…", ";", ","))
        self.found.append(Segment(span, who, how, reported, is_author or not who, heading))


def _trim(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" \t\n—–" + _CLOSERS + "«„"))
    return Span(start, max(start, span.start + len(words.rstrip(" \t\n—–" + _CLOSERS))))
