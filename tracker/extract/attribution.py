"""To whom does a sentence lay its words? "X said that …", "…, said X", "according to X", "по словам X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.assess.pattern import Clauses
from tracker.extract.article import Span
from tracker.extract.cues import Hit, Table, read_clauses
from tracker.extract.names import Name
from tracker.extract.roster import Roster
from tracker.extract.saying import piece_start, says
from tracker.extract.subject import Phrase, Points, Subject, subject_of
from tracker.text import Word
from tracker.text.language import is_russian
from tracker.text.russian import is_future, is_plural

_LONGEST = 2000  # characters: no sentence of an article is as long, and each word of it is looked at many times
_ROLE_WORDS = 9  # words that may stand between the verb and the name: "said the institute's former head of research X"
_SHORT_SUBJECT = 3  # words of a subject without a name
_MOST_PIECES = 4  # stretches between commas in which the subject of a verb is looked for


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, and `words`, the wording that says so. `name` is empty where nobody is named beside it."""

    name: str
    words: str
    points: Points = Points.BY_NAME
    is_house: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of an author's sentence: its words, and the names in it."""

    text: str
    clauses: Clauses
    names: Sequence[Name]
    table: Table
    roster: Roster

    def laid(self, subject: Subject, start: int, end: int) -> Attribution:
        words = self.text[self.clauses.words[start].start : self.clauses.words[end - 1].end]
        return Attribution(subject.name, words, subject.points, subject.is_house)

    def phrase(self, start: int, end: int, case: str = "", *, follows: bool = False) -> Phrase:
        words = self.clauses.words[start:end]
        inside = [name for name in self.names if words and words[0].start <= name.start < words[-1].end]
        return Phrase(words, inside, case, follows)


def attribution(text: str, span: Span, table: Table, roster: Roster) -> Attribution | None:
    """Who a stretch of an author's sentence says the words are from; None where it lays them to nobody."""
    return next(attributions(text, span, table, roster), None)


def attributions(text: str, span: Span, table: Table, roster: Roster) -> Iterator[Attribution]:
    """Whom a stretch lays words to, the first of whom speaks them: "some think so, but John Brown says no"."""
    if span.end - span.start > _LONGEST:
        return
    clauses = read_clauses(text, span)
    stretch = _Stretch(text, clauses, roster.names(span), table, roster)
    for hit in table.sources.find(clauses):
        if laid := _of_source(stretch, hit):
            yield laid
    for hit in table.views.find(clauses):
        if laid := _after(stretch, hit, case="nomn"):
            yield laid
    for hit in table.says.find(clauses):
        if says(text, clauses, hit, table) and (laid := _of_verb(stretch, hit)):
            yield laid


def _of_source(stretch: _Stretch, hit: Hit) -> Attribution | None:
    """Whom "according to", "in his view" or «по словам» names."""
    own = stretch.clauses.words[hit.start : hit.end]
    inside = [name for name in stretch.names if own[0].start <= name.start and name.end <= own[-1].end]
    if inside:
        return stretch.laid(Subject(Points.BY_NAME, stretch.roster.who(inside[0].words)), hit.start, hit.end)
    if any(word.normal == "its" for word in own):
        return stretch.laid(Subject(Points.BACK_TO_HOUSE), hit.start, hit.end)
    if any(stretch.table.has("his", word.normal) for word in own):
        several = any(stretch.table.has("they", word.normal) for word in own)
        return stretch.laid(Subject(Points.BACK_TO_HOUSE if several else Points.BACK_TO_PERSON), hit.start, hit.end)
    if any(stretch.table.has("own", word.normal) or word.normal in ("my", "our") for word in own):
        return None
    return _after(stretch, hit, case="gent") or stretch.laid(Subject(Points.TO_NOBODY), hit.start, hit.end)


def _of_verb(stretch: _Stretch, hit: Hit) -> Attribution | None:
    clauses, table = stretch.clauses, stretch.table
    start = piece_start(clauses, hit.start)
    led = clauses.words[start : hit.start]
    if any(table.has("conceding", word.normal) or table.fits("asks", word) for word in led):
        return None  # "whatever the minister says", "asked whether he believed it"
    if led and table.has("there", led[0].normal) and is_plural(clauses.words[hit.start].normal):
        return stretch.laid(Subject(Points.BACK_TO_HOUSE), start, hit.end)
    if start and not led:
        laid = _of_apposition(stretch, hit, start) or _of_first_piece(stretch, hit, start)
        if laid:
            return laid
    inverted = all(table.fits("openers", word) or table.has("so", word.normal) for word in led)
    inverted |= _is_of_another(led, stretch.phrase(start, hit.start), table)
    if inverted and (laid := _after(stretch, hit)):
        return laid
    if start and not led and _tells(clauses, start, table):
        return stretch.laid(Subject(Points.TO_NOBODY), hit.start, hit.end)
    if laid := _before(stretch, hit):
        return laid
    # "The castaway said that it will rain": somebody whom the table does not know, and not the author.
    first = led[0].normal if led else clauses.words[0].normal
    unknown = (
        first in ("the", "a", "an")
        and len(led) <= _SHORT_SUBJECT
        and table.has("people_say", clauses.words[hit.start].normal)
    )
    return stretch.laid(Subject(Points.TO_NOBODY), start, hit.end) if unknown else None


def _tells(clauses: Clauses, end: int, table: Table) -> bool:
    """Whether what stands before a verb of saying is what is said, and no speaker: «Базу сохранят, уверяли там»."""
    words = clauses.words[piece_start(clauses, end - 1) : end]
    return any(is_future(word.normal) or word.normal in ("will", "won't", "would") for word in words)


def _is_of_another(led: Sequence[Word], phrase: Phrase, table: Table) -> bool:
    """Whether who is told of before a verb is no subject: «С Ивановым согласен и Петров», «С ней не согласен он»."""
    if not led or led[0].normal not in ("с", "со"):
        return False
    other = phrase.names[0].end if len(phrase.names) == 1 else led[1].end if len(led) > 1 and not phrase.names else 0
    return all(word.start <= other or table.has("intensifiers", word.normal) for word in led)


def _of_apposition(stretch: _Stretch, hit: Hit, start: int) -> Attribution | None:
    """Whose full name stands alone between commas before the verb: "The minister, Ed Brown, told MPs that …"."""
    clauses = stretch.clauses
    if not piece_start(clauses, start - 1):
        return None
    first = clauses.words[piece_start(clauses, start - 1)]
    last = clauses.words[start - 1]
    for name in stretch.names:
        titles = [word for word in clauses.words if first.start <= word.start and word.end <= name.start]
        alone = name.end == last.end and all(word.surface[0].isupper() for word in titles)
        if first.start <= name.start and alone and " " in name.words:
            words = stretch.text[name.start : clauses.words[hit.end - 1].end]
            return Attribution(stretch.roster.who(name.words), words)
    return None


def _of_first_piece(stretch: _Stretch, hit: Hit, start: int) -> Attribution | None:
    """Who begins the sentence and is told of before the verb: "Jane Doe, who lives in Paris, thinks Rome will …"."""
    clauses = stretch.clauses
    end = next((at + 1 for at in range(start) if clauses.marks[at]), start)
    if end < start and stretch.table.fits("boundaries", clauses.words[end]):
        return None  # "Lloyd's has raised it, and Jane Doe, a broker, reckons …"
    if end == start or not _is_apposition(clauses.words[end:start], stretch.table):
        return None
    phrase = stretch.phrase(0, end)
    if not phrase.names or phrase.names[-1].end != phrase.words[-1].end:
        return None
    subject = subject_of(phrase, stretch.table, stretch.roster)
    if subject is None or subject.points is not Points.BY_NAME:
        return None
    words = stretch.text[phrase.words[0].start : clauses.words[hit.end - 1].end]
    led_by_the = phrase.words[0].normal == "the" and " " not in subject.name
    if led_by_the and clauses.words[end].normal in ("who", "whose"):
        return Attribution("", words, Points.BACK_TO_PERSON)  # "the Swede, who has sold none, says …"
    return Attribution(subject.name, words, subject.points, subject.is_house)


def _is_apposition(words: Sequence[Word], table: Table) -> bool:
    """Whether words between commas tell who somebody is: a relative clause, or an office without a verb."""
    if words[0].normal in ("who", "whose") or words[0].normal.startswith("котор"):
        return True
    tells = any(table.fits(kind, word) for kind in ("speakers", "houses") for word in words)
    return _opens_apposition(words[0]) and tells and not any(_ends_a_subject(word, table) for word in words)


def _opens_apposition(word: Word) -> bool:
    """Whether a word begins what tells of somebody: a small one, or an owner ("Ethiopia's chief negotiator")."""
    return word.surface[0].islower() or word.surface.endswith(("'s", "’s", "s'", "s’"))


def _after(stretch: _Stretch, hit: Hit, case: str = "") -> Attribution | None:
    """Who is named, or pointed back to, in the words that follow up to the next mark."""
    clauses, table = stretch.clauses, stretch.table
    end = hit.end
    while end < len(clauses.words) and end - hit.end < _ROLE_WORDS and not (end > hit.end and clauses.marks[end - 1]):
        end += 1
    is_verb = not case
    if (
        end == hit.end
        or clauses.marks[hit.end - 1]
        or (is_verb and table.has("addressed", clauses.words[hit.start].normal))
    ):
        return None
    if is_verb and clauses.words[hit.end].normal in ("в", "во") and not is_plural(clauses.words[hit.start].normal):
        return None  # «сказал в Москве»; «предупреждают в «Роснефти»» tells who speaks
    if is_verb and any(_ends_a_subject(word, table) for word in clauses.words[hit.end : end]):
        return None  # "thinks Rome will win": Rome wins, and does not think
    if is_verb and not table.has("people_say", clauses.words[hit.start].normal) and _is_to_do(stretch, hit.end, end):
        return None  # "expects Sudan to sign"
    subject = subject_of(stretch.phrase(hit.end, end, case, follows=is_verb), table, stretch.roster)
    if subject and subject.points is not Points.BY_NAME and end < len(clauses.words) and clauses.marks[end - 1] == ",":
        # "said one, Jane Doe of Oosterhof"
        apposed = (name for name in stretch.names if name.start == clauses.words[end].start and " " in name.words)
        if (name := next(apposed, None)) and not name.is_house:
            words = stretch.text[clauses.words[hit.start].start : name.end]
            return Attribution(stretch.roster.who(name.words), words)
    return stretch.laid(subject, hit.start, end) if subject else None


def _is_to_do(stretch: _Stretch, start: int, end: int) -> bool:
    """Whether what follows a verb begins with a name that is to do something."""
    words = stretch.clauses.words[start:end]
    first = next((name for name in stretch.names if name.start == words[0].start), None)
    behind = [word for word in words if first and word.start >= first.end][:1]
    return any(word.normal == "to" for word in behind)


def _ends_a_subject(word: Word, table: Table) -> bool:
    """Whether a word is the verb of a clause, so that the name before it is the subject of that."""
    return table.has("auxiliaries", word.normal) or table.has("copulas", word.normal) or is_future(word.normal)


def _before(stretch: _Stretch, hit: Hit) -> Attribution | None:
    """The subject of the verb: in its own piece, or before the apposition that the piece follows."""
    clauses, table = stretch.clauses, stretch.table
    start, end = piece_start(clauses, hit.start), hit.start
    for pieces in range(_MOST_PIECES):
        begins = start + (pieces > 0 and end - start > 1 and table.fits("boundaries", clauses.words[start]))
        phrase = stretch.phrase(begins, end)
        apposition = pieces > 0 and start > 0 and bool(phrase.words) and _opens_apposition(phrase.words[0])
        apposition &= not _ends_in_subject(phrase, stretch.roster)
        subjects = phrase.words if pieces == 0 else phrase.words[-2:]
        if any(table.has("own", word.normal) for word in subjects) or phrase.ends_in("my", "our"):
            return None  # "I think", "in our view" are the author's own
        if not apposition and phrase.words and (subject := subject_of(phrase, table, stretch.roster)):
            begins = phrase.names[-1].start if subject.name else phrase.words[0].start
            words = stretch.text[begins : clauses.words[hit.end - 1].end]
            return Attribution(subject.name, words, subject.points, subject.is_house)
        if pieces == 0 and not all(_is_light(word, table) for word in phrase.words):
            return None  # the verb has a subject of its own: "whatever the board says"
        if not start or clauses.marks[start - 1] == ":":
            return None
        end, start = start, piece_start(clauses, start - 1)
    return None


def _ends_in_subject(phrase: Phrase, roster: Roster) -> bool:
    """Whether an apposition ends in whose it is: «бывший посол, а ныне сотрудник института Иван Петров»."""
    last = phrase.names[-1] if phrase.names else None
    whole = last is not None and " " in last.words and is_russian(last.words) and last.end == phrase.words[-1].end
    relative = bool(phrase.words) and phrase.words[0].normal.startswith("котор")
    return bool(last and whole and not relative and roster.who(last.words) == last.words)


def _is_light(word: Word, table: Table) -> bool:
    """Whether a word may stand between a subject and its verb: "X, who | also said"."""
    return any(table.fits(name, word) for name in ("openers", "pronouns")) or any(
        table.has(name, word.normal) for name in ("copulas", "auxiliaries", "intensifiers")
    )
