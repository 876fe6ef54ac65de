"""Who is named at the head of a paragraph, in a line of his own, or below, as the speaker of what stands there?

"Jane Doe, analyst: …", "1. Jane Doe: a bad year" over a paragraph, a line with a name and one with an office, and a
signature "— Jane Doe".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from tracker.extract.article import Span
from tracker.extract.byline import HEAD, byline, standing_alone
from tracker.extract.cues import Table, read_clauses
from tracker.extract.lines import LONGEST_HEADING, SAYS_I, TYPE, Lines
from tracker.extract.names import Name, key_of
from tracker.extract.quotation import CLOSERS
from tracker.extract.roster import Roster
from tracker.text import Word
from tracker.text.russian import is_first_name, is_future

DASH = re.compile(r"[—–-]\s+")

_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:[ -][^\W\d_]{2,})?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?\s?){2,3}")
_WORD = re.compile(r"[^\W\d_]+")


class Heads:
    """Reads the heads of the paragraphs `spans`; `headings` are the lines of their own, by number, with their names."""

    def __init__(self, text: str, spans: Sequence[Span], roster: Roster, table: Table) -> None:
        self.text, self.spans, self.roster, self.table = text, spans, roster, table
        self.lines = Lines(text, spans, roster, table)
        self.mentions = Counter(roster.surname(name.words) for span in spans for name in roster.names(span))
        named = {number: name for number, span in enumerate(spans) if (name := self.lines.named(span))}
        self.byline = byline(self.lines, named)
        self._named = {number: name for number, name in named.items() if number not in self.byline.lines}
        self._topics = self._heads_with_topics()
        self.headings = self._find_headings()

    def head(self, number: int) -> tuple[str, int]:
        """Who a paragraph names at its head as its speaker, and where the words begin; "" and its start for nobody."""
        span = self.spans[number]
        if number in self.headings:
            return self.headings[number], span.end
        match = self.lines.before_colon(span)
        if match and self._calls(match["head"]):
            return self._called(match["head"]), match.end()
        if match and (who := self._by_initials(match["head"])):
            return who, match.end()
        name = self.lines.before_its_colon(span)
        if not match or not name or name.is_house or (number == 0 and self.lines.is_title(span)):
            return "", span.start
        rest = self.text[name.end : match.end("head")].strip(TYPE)
        office = read_clauses(self.text, Span(name.end, match.end("head")))
        if rest and self.table.says.find(office):
            return "", span.start  # "Jane Doe, asked about it, said: …"
        known = self.mentions[self.roster.surname(name.words)] >= 2 or bool(rest) or self._is_one_of_several(name)
        if known and (not rest or self._is_office(rest, office.words)) and not self._is_listed(name):
            return self.roster.who(name.words), match.end()
        return "", span.start

    def signature(self, number: int) -> str:
        """Whose quotation stands in the paragraph before a line such as "— Jane Doe, analyst"; empty for nobody's."""
        if not 0 < number < len(self.spans) or self.text[self.spans[number - 1].start] not in CLOSERS + "«„":
            return ""
        span = self.spans[number]
        dash = DASH.match(self.text, span.start, span.end)
        name = self.lines.leading(Span(dash.end(), span.end)) if dash else None
        line = span.of(self.text)
        ended = line.endswith((".", "!", "?", "…")) or len(line.split()) > LONGEST_HEADING
        if not name or ended or " " not in name.words or self.text[name.end : span.end][:1] not in ("", ",", "("):
            return ""
        return self.roster.who(name.words)

    def _is_office(self, rest: str, words: Sequence[Word]) -> bool:
        """Whether what stands between a name and the colon is an office: after a comma, in brackets, "of Oosterhof"."""
        if rest[0] == "," or (rest[0] == "(" and rest[-1] == ")"):
            return True
        return bool(words) and self.table.fits("prepositions", words[0]) and not any(map(self._is_verb, words))

    def _find_headings(self) -> dict[int, str]:
        """The lines that name who speaks from there on, with the lines of their offices."""
        alone = standing_alone(self._named)
        offices = {number for number in alone if number + 1 < len(self.spans) and self._tells_office(number + 1)}
        found: dict[int, str] = {}
        told = [name for number, name in alone.items() if self.text[name.end : self.spans[number].end].strip(TYPE)]
        sure = (
            any(self.table.interviews.find(read_clauses(self.text, span)) for span in self.spans[:HEAD])
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
        if not self.lines.is_line(span):
            return False
        words = read_clauses(self.text, span).words
        named = self.text[self.spans[number - 1].end - 1] == ","
        return named or any(self.table.fits("speakers", word) for word in words)

    def _has_office(self, span: Span, name: Name) -> bool:
        words = read_clauses(self.text, Span(name.end, span.end)).words
        return any(self.table.fits("speakers", word) for word in words)

    def _heads_with_topics(self) -> dict[int, Name]:
        """Lines with a name and a topic, each above a paragraph: "1. Jane Doe: a bad year"; two at least."""
        inner = list(enumerate(self.spans[1:-1], 1))
        found = {number: name for number, span in inner if (name := self.lines.in_brackets(span))}
        for number, span in inner:
            match, name = self.lines.before_colon(span), self.lines.before_its_colon(span)
            if not match or not name or name.is_house or " " not in name.words or not self.lines.is_line(span):
                continue
            topic = self.text[match.end() : span.end].strip(TYPE).split()
            is_list = not topic or all(word[0].isupper() or word[0].isdigit() for word in topic)
            whole = not self.text[name.end : match.end("head")].strip(TYPE)
            if whole and not is_list and not self.lines.is_line(self.spans[number + 1]):
                found[number] = name
        return found if len({name.words for name in found.values()}) > 1 else {}

    def _is_one_of_several(self, name: Name) -> bool:
        """Whether full names stand alone before the colons of several paragraphs."""
        return " " in name.words and len(self._named_alone) > 1

    @cached_property
    def _named_alone(self) -> set[str]:
        found = [(match, name) for match in self._colons if (name := self._first(match))]
        return {name.words for match, name in found if match["head"].strip(TYPE) == name.words and " " in name.words}

    @cached_property
    def _colons(self) -> list[re.Match[str]]:
        return [match for span in self.spans if (match := self.lines.before_colon(span))]

    def _first(self, match: re.Match[str]) -> Name | None:
        return next(iter(self.roster.names(Span(match.start("head"), match.end("head")))), None)

    def _calls(self, head: str) -> bool:
        """Whether words before a colon are a name in capitals, as in transcripts: "SMITH: It will rain."."""
        if not head.isupper() or not _CAPITALS.fullmatch(head):
            return False
        heads = [match["head"] for match in self._colons]
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
