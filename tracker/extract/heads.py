"""Who is named at the head of a paragraph, in a line of his own, or below, as the speaker of what stands there?

"Jane Doe, analyst: …", "1. Jane Doe: a bad year" over a paragraph, a line with a name and one with an office, a
signature "— Jane Doe", and "By Jane Doe" for the author.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from tracker.extract.article import Span
from tracker.extract.cues import Table, read_clauses
from tracker.extract.names import Name, key_of
from tracker.extract.quotation import CLOSERS, quoted_parts
from tracker.extract.roster import Roster
from tracker.text import Word
from tracker.text.russian import is_first_name, is_future, nominative

SAYS_I = re.compile(r"\b(?:I|I'm|I’m|I'd|I’d|I'll|I’ll|[Ww]e|[Яя]|[Мм]ы|[Мм]не|[Мм]еня)\b")
DASH = re.compile(r"[—–-]\s+")
LONGEST_HEADING = 15  # words of a line that only names who speaks
TYPE = "*_# "
"""Marks of bold type and of headings."""

_HEAD = re.compile(r"(?P<head>[^:!?\n]{2,140}?)\s*:(?:\s+(?=\S)|\s*$)", re.M)
# What may stand before a name at the head of a paragraph: a bullet, a number, the time of day, the marks of bold type.
_BEFORE_HEAD = re.compile(r"(?:#+\s+)?(?:(?:[•·*-]|\d{1,2}[.)]|\d{1,2}[:.]\d{2}[.,]?)\s+)?[*_]*")
_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:[ -][^\W\d_]{2,})?")
_BRACKETED = re.compile(r"\((?P<inside>[^()\n]+)\)\s*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?\s?){2,3}")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_OFFICE = 4  # words of an office before a name
_BYLINE_AMONG, _LONGEST_BYLINE = 10, 8  # paragraphs at the head; words
_SIGNED_BELOW = 2  # paragraphs at the end among which «Беседовал Иван Петров» stands
_SIGNED_AMONG = 5  # paragraphs at the head among which a name alone is the author's
_ENDS = ".!?…:;"
_QUOTES = tuple('«“„"')


def begins_item(text: str, span: Span) -> bool:
    """Whether a paragraph is an item of a list, or of news by the minute: who spoke before it does not go on."""
    match = _BEFORE_HEAD.match(text, span.start, span.end)
    return bool(match and match.group().strip(TYPE))


class Heads:
    """Reads the heads of the paragraphs `spans`; `headings` are the lines of their own, by number, with their names."""

    def __init__(self, text: str, spans: Sequence[Span], roster: Roster, table: Table) -> None:
        self.text, self.spans, self.roster, self.table = text, spans, roster, table
        self.mentions = Counter(roster.surname(name.words) for span in spans for name in roster.names(span))
        self._introduces = any(table.interviews.find(read_clauses(text, span)) for span in spans[:_BYLINE_AMONG])
        self._lines = {number: name for number, span in enumerate(spans) if (name := self._in_a_line(span))}
        self._topics = self._heads_with_topics()
        self.is_interview = False  # by its signature
        self.author = self._byline()
        self.headings = self._find_headings()

    def head(self, number: int) -> tuple[str, int]:
        """Who a paragraph names at its head as its speaker, and where the words begin; "" and its start for nobody."""
        span = self.spans[number]
        if number in self.headings:
            return self.headings[number], span.end
        match = self._before_colon(span)
        if match and self._calls(match["head"]):
            return self._called(match["head"]), match.end()
        if match and (who := self._by_initials(match["head"])):
            return who, match.end()
        name = self._leading(Span(match.start("head"), match.end("head"))) if match else None
        if not match or not name or name.is_house or (number == 0 and self._is_title(span)):
            return "", span.start
        rest = self.text[name.end : match.end("head")].strip(TYPE)
        known = self.mentions[self.roster.surname(name.words)] >= 2 or bool(rest) or self._is_one_of_several(name)
        office = read_clauses(self.text, Span(name.end, match.end("head"))).words
        if any(self.table.says.find(read_clauses(self.text, Span(name.end, match.end("head")))) for _ in rest[:1]):
            return "", span.start  # "Jane Doe, asked about it, said: …"
        bracketed = rest[:1] == "(" and rest[-1:] == ")"
        titled = (
            rest[:1] == ","
            or bracketed
            or (bool(office) and self.table.fits("prepositions", office[0]) and not any(map(self._is_verb, office)))
        )
        if (not rest or titled) and known and not self._is_listed(name):
            return self.roster.who(name.words), match.end()
        return "", span.start

    def signature(self, number: int) -> str:
        """Whose quotation stands in the paragraph before a line such as "— Jane Doe, analyst"; empty for nobody's."""
        if not 0 < number < len(self.spans) or self.text[self.spans[number - 1].start] not in CLOSERS + "«„":
            return ""
        span = self.spans[number]
        dash = DASH.match(self.text, span.start, span.end)
        name = self._leading(Span(dash.end(), span.end)) if dash else None
        line = span.of(self.text)
        ended = line.endswith((".", "!", "?", "…")) or len(line.split()) > LONGEST_HEADING
        if not name or ended or " " not in name.words or self.text[name.end : span.end][:1] not in ("", ",", "("):
            return ""
        return self.roster.who(name.words)

    def _byline(self) -> str:
        """Who signs the article in a line of its own: "By Jane Doe", or a name alone at its head or end; else empty."""
        for number, span in enumerate(self.spans):
            if _BYLINE_AMONG <= number < len(self.spans) - _SIGNED_BELOW:
                continue
            words = read_clauses(self.text, span).words
            signs = words and (self.table.fits("by", words[0]) or (len(words) > 1 and words[1].normal == "by"))
            if signs and len(words) <= _LONGEST_BYLINE:
                found = next(iter(self.roster.names(Span(words[0].end, span.end))), None)
                if found:
                    self.is_interview = self.table.fits("interviewers", words[0])
                    self._lines.pop(number, None)
                    return nominative(found.words)  # «Колонка Ивана Петрова»
                beside = self._lines.get(number + 1) or self._lines.get(number - 1) or self._in_title()
                if beside and len(words) == 1:
                    self._lines = {at: name for at, name in self._lines.items() if name is not beside}
                    return self.roster.who(beside.words)
        alone = [number for number in self._lines if not {number - 1, number + 1} & self._lines.keys()]
        ends = [number for number in alone if number in range(1, _SIGNED_AMONG) or number == len(self.spans) - 1]
        if (writer := self._in_title()) and self._is_title(self.spans[0]) and self._writes(writer):
            return self.roster.who(writer.words)
        for span in self.spans[1:_SIGNED_AMONG]:
            words = read_clauses(self.text, span).words
            name = next(iter(self.roster.names(span)), None)
            lead = [word for word in words if name and word.end <= name.start]
            ours = 0 < len(lead) <= _LONGEST_OFFICE + 1 and self.table.has("ours", lead[0].normal)
            if name and ours and self._says_i():
                return self.roster.who(name.words)  # "Our political editor Jane Doe looks ahead"
        # Several such lines head the parts of several speakers; a title may look like a name, so the first is none.
        if len(alone) == 1 and ends and self._lines[ends[-1]].words in self.roster.full:
            return self._lines.pop(ends[-1]).words
        return ""

    def _writes(self, name: Name) -> bool:
        """Whether who begins the title is its author: no quotation follows, and the text says "I" outside of such."""
        rest = self.text[name.end : self.spans[0].end].lstrip(".: ")
        return " " in name.words and not name.is_house and rest[:1] not in _QUOTES and self._says_i()

    def _says_i(self) -> bool:
        """Whether the text says "I" outside of quotations."""
        plain = (span for span in self.spans[1:] if not quoted_parts(self.text, span))
        return any(SAYS_I.search(span.of(self.text)) for span in plain)

    def quoted_in_title(self) -> str:
        """Who stands before the colon of the title, by his full name; empty for nobody."""
        name = self._in_title() if self.spans and self._is_title(self.spans[0]) else None
        whole = name and not name.is_house and " " in name.words
        return self.roster.who(name.words) if name and whole and name.words in self.roster.full else ""

    def _in_title(self) -> Name | None:
        """Who is named before the colon of the title: «Иван Петров: Год без чудес»."""
        match = self._before_colon(self.spans[0]) if self.spans else None
        first = next(iter(self.roster.names(self.spans[0])), None) if self.spans else None
        if first and first.start == self.spans[0].start and self.text[first.end : first.end + 2] == ". ":
            return first  # «Иван Петров. Год без чудес»
        return self._leading(Span(match.start("head"), match.end("head"))) if match else None

    def _find_headings(self) -> dict[int, str]:
        """The lines that name who speaks from there on, with the lines of their offices."""
        alone = {
            number: name for number, name in self._lines.items() if not {number - 1, number + 1} & self._lines.keys()
        }
        offices = {number for number in alone if number + 1 < len(self.spans) and self._tells_office(number + 1)}
        found: dict[int, str] = {}
        told = [name for number, name in alone.items() if self.text[name.end : self.spans[number].end].strip(TYPE)]
        sure = (
            self._introduces
            or len(told) > 1
            or any(number in offices or self._has_office(self.spans[number], name) for number, name in alone.items())
        )
        # A name alone may be that of a club or a land, which its part of the article speaks of.
        bare = [n for n, name in alone.items() if n > 0 and n not in offices and name not in told]
        if any(self._speaks_of(alone[n], n, alone) for n in bare):
            alone = {n: name for n, name in alone.items() if n not in bare}
        for number, name in sorted({**alone, **self._topics}.items()):
            after = number + 1 + (number in offices)
            if number == 0 or after >= len(self.spans):
                continue
            own = bool(SAYS_I.search(self.spans[after].of(self.text)))
            if sure or own or number in self._topics or is_first_name(name.words.split()[0]):
                found[number] = self._who(name)
                if number in offices:
                    found[number + 1] = found[number]
        return found

    def _speaks_of(self, name: Name, number: int, headings: Collection[int]) -> bool:
        """Whether what stands under a line speaks of whom, or what, the line names."""
        last = next((n for n in range(number + 1, len(self.spans)) if n in headings), len(self.spans))
        keys = {key_of(part) for part in name.words.split()}
        part = Span(self.spans[number].end, self.spans[last - 1].end)
        return any(key_of(word) in keys for one in self.roster.names(part) for word in one.words.split())

    def _tells_office(self, number: int) -> bool:
        """Whether a line is the office of who is named in the line before it."""
        span = self.spans[number]
        if not self._is_line(span):
            return False
        words = read_clauses(self.text, span).words
        named = self.text[self.spans[number - 1].end - 1] == ","
        return named or any(self.table.fits("speakers", word) for word in words)

    def _has_office(self, span: Span, name: Name) -> bool:
        words = read_clauses(self.text, Span(name.end, span.end)).words
        return any(self.table.fits("speakers", word) for word in words)

    def _in_brackets(self, span: Span) -> Name | None:
        """Who is named in brackets at the end of a line with a topic: "Bank of Japan (Jane Doe, Osaka University)"."""
        match = _BRACKETED.search(self.text, span.start, span.end)
        line = self.text[span.start : match.end()] if match else ""
        name = self._leading(Span(match.start("inside"), match.end("inside"))) if match else None
        whole = name and not name.is_house and " " in name.words and name.start == (match and match.start("inside"))
        return name if whole and len(line.split()) <= LONGEST_HEADING else None

    def _heads_with_topics(self) -> dict[int, Name]:
        """Lines with a name and a topic, each above a paragraph: "1. Jane Doe: a bad year"; two at least."""
        found = {number: name for number, span in enumerate(self.spans[1:-1], 1) if (name := self._in_brackets(span))}
        for number, span in enumerate(self.spans[1:-1], 1):
            match = self._before_colon(span)
            name = self._leading(Span(match.start("head"), match.end("head"))) if match else None
            if not match or not name or name.is_house or " " not in name.words or not self._is_line(span):
                continue
            topic = self.text[match.end() : span.end].strip(TYPE).split()
            is_list = not topic or all(word[0].isupper() or word[0].isdigit() for word in topic)
            whole = not self.text[name.end : match.end("head")].strip(TYPE)
            if whole and not is_list and not self._is_line(self.spans[number + 1]):
                found[number] = name
        return found if len({name.words for name in found.values()}) > 1 else {}

    def _is_line(self, span: Span) -> bool:
        """Whether a paragraph is a line of its own, without the end of a sentence."""
        line = span.of(self.text).rstrip(TYPE)
        return not line.rstrip(CLOSERS).endswith((".", "!", "?", "…", ";")) and len(line.split()) <= LONGEST_HEADING

    def _is_title(self, span: Span) -> bool:
        return self._is_line(span) and self.text[span.end - 1] != ":"

    def _before_colon(self, span: Span) -> re.Match[str] | None:
        """What stands before the first colon of a paragraph, where it may name who speaks."""
        start = _BEFORE_HEAD.match(self.text, span.start, span.end)
        return _HEAD.match(self.text, start.end() if start else span.start, min(span.end, span.start + 150))

    def _is_one_of_several(self, name: Name) -> bool:
        """Whether full names stand alone before the colons of several paragraphs."""
        return " " in name.words and len(self._named_alone()) > 1

    def _named_alone(self) -> set[str]:
        if not hasattr(self, "_alone"):
            found = [
                (match, name)
                for span in self.spans
                if (match := self._before_colon(span)) and (name := self._first(match))
            ]
            self._alone = {
                name.words for match, name in found if match["head"].strip(TYPE) == name.words and " " in name.words
            }
        return self._alone

    def _first(self, match: re.Match[str]) -> Name | None:
        return next(iter(self.roster.names(Span(match.start("head"), match.end("head")))), None)

    def _calls(self, head: str) -> bool:
        """Whether words before a colon are a name in capitals, as in transcripts: "SMITH: It will rain."."""
        if not head.isupper() or not _CAPITALS.fullmatch(head):
            return False
        heads = [match["head"] for span in self.spans if (match := self._before_colon(span))]
        return len([other for other in heads if other.isupper() and _CAPITALS.fullmatch(other)]) > 2

    def _called(self, head: str) -> str:
        return self.roster.who(_WORD.sub(lambda word: word.group().capitalize(), head))

    def _who(self, name: Name) -> str:
        return self._called(name.words) if name.words.isupper() else self.roster.who(name.words)

    def _by_initials(self, head: str) -> str:
        """The one person of the article whose initials stand before a colon: "J. D.: …", "JD: …"."""
        letters = _INITIALS.fullmatch(head.strip(TYPE)) and re.sub(r"[^\w]", "", head)
        if not letters:
            return ""
        fitting = [
            name
            for name in self.roster.full
            if name not in self.roster.houses and "".join(part[0] for part in name.split()) == letters
        ]
        return fitting[0] if len(fitting) == 1 else ""

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
        titled = (
            " " in first.words and len(before) <= _LONGEST_OFFICE and "," not in self.text[span.start : first.start]
        )
        titled = titled and not any(self.table.fits("prepositions", word) for word in before)
        office = any(self.table.fits("speakers", word) for word in before[:2]) or all(map(self._is_title_word, before))
        return first if not before or (titled and office) else None

    def _is_title_word(self, word: Word) -> bool:
        """Whether a word is a title before a name, or part of one: "Lt. Gen. (ret.) Jane Doe"."""
        small = self._is_preposition(word) or word.normal in ("the", "a", "an")
        return self.table.has("not_names", word.normal) and not small

    def _is_preposition(self, word: Word) -> bool:
        return self.table.fits("prepositions", word)

    def _is_headed(self, span: Span, name: Name) -> bool:
        """Whether a line begins with an office, and ends with whose it is."""
        words = read_clauses(self.text, Span(span.start, name.start)).words
        return bool(words) and self.table.fits("speakers", words[0])

    def _in_a_line(self, span: Span) -> Name | None:
        """Whose name a line tells, with a title at most, that is no sentence."""
        line = span.of(self.text).rstrip(TYPE)
        start = _BEFORE_HEAD.match(self.text, span.start, span.end)
        name = self._leading(Span(start.end() if start else span.start, span.end))
        if not name or name.is_house or not 2 <= len(name.words.split()) <= 4 or len(line.split()) > LONGEST_HEADING:
            return None
        rest = self.text[name.end : span.end].strip(TYPE)
        if rest == "." and self._is_headed(span, name):
            return name  # «Редактор отдела Иван Петров.»
        return name if line[-1] not in _ENDS and (not rest or rest[0] in ",(—–-|\n") else None
