"""What does an item say of the event, when its title and its summary say different things?

The matched words are judged where they stand. Three things then take an affirmation back:

1. The title tells the event and a sentence of the summary denies the report itself ("the claim is fake"): hedged.
2. The summary only names the event, while the title, which leads, announces or doubts the same deed ("Putin and Aliyev
   to meet") or is labelled as no news ("Opinion: ..."): what the title says. A deed told as done ("they met") stands.
3. All matched words of a title stand in one short quotation ("Iran 'launches satellite into space'"): the paper leaves
   them to somebody else, or means them as a figure ("a 'carbon bomb'"): hedged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tracker.assess.clauses import read_clauses, stretch
from tracker.assess.cues import Table, table
from tracker.assess.judge import Assessment, assess_with
from tracker.model import Assertion
from tracker.text import Word, words
from tracker.text.language import is_russian

_QUOTATION = re.compile(r"""(?<!\w)(?:‘[^‘’]+’|“[^“”]+”|«[^«»]+»|"[^"]+"|'[^']+')(?!\w)""")
# A longer quotation is a whole statement, judged like any other. Of 39 titles of 2023 that quote their event in at
# most six words and have no cue, the event was told as a fact in about five.
_SHORT_QUOTATION = 6
_LEAVES_OPEN = {Assertion.PLANNED, Assertion.ASKED, Assertion.HEDGED}


def assess(
    title: str,
    summary: str,
    spans: Sequence[tuple[int, int]],
    *,
    in_title: bool,
    published: date | None = None,
) -> Assessment:
    """Judge what an item says of the event whose words the query matched.

    `spans` are character offsets [start, end) of these words, into the title when `in_title`, else into the summary;
    without any, every cue in the text counts. `published` tells an older year from the current one; without it no year
    is older. English rules are used for text without Cyrillic letters, Russian rules for the rest.

    >>> assess("Putin may meet Zelensky", "", [(10, 14)], in_title=True).reason
    '“may” before the event makes it a possibility or a claim'
    """
    text = title if in_title else summary
    bounds = stretch(text, spans, whole=in_title)
    judged = assess_with(_table(text[slice(*bounds)]), text, spans, bounds, published)
    if judged.assertion is not Assertion.AFFIRMED:
        return judged
    if in_title:
        return _quoted(title, spans) or _taken_back(summary) or judged
    return _led_by(title, summary, spans, published) or judged


def _table(text: str) -> Table:
    return table("ru" if is_russian(text) else "en")


def _quoted(title: str, spans: Sequence[tuple[int, int]]) -> Assessment | None:
    """The doubt that quotation marks cast on the event, if they hold all of it and little else."""
    for match in _QUOTATION.finditer(title):
        first, last = match.span()
        if spans and all(first < start and end < last for start, end in spans):
            if len(words(match.group())) > _SHORT_QUOTATION:
                return None
            return Assessment(Assertion.HEDGED, match.group(), "quoted: somebody else's words", match.span())
    return None


def _taken_back(summary: str) -> Assessment | None:
    """The doubt that a summary casts on its title, if it does."""
    cues = _table(summary)
    clauses = read_clauses(summary, (0, len(summary)), cues, None)
    for _, extent in cues.taken_back_index.matches(clauses):
        wording = summary[clauses.words[extent.start].start : clauses.words[extent.end - 1].end]
        return Assessment(Assertion.HEDGED, wording, f"“{wording}” in the summary takes the report back", (0, 0))
    return None


def _led_by(title: str, summary: str, spans: Sequence[tuple[int, int]], published: date | None) -> Assessment | None:
    """What the title says, when it leads and the summary only names the event."""
    cues = _table(title)
    named = [word for word in words(summary) if any(word.start < end and start < word.end for start, end in spans)]
    if _is_labelled(title, cues):
        leading = assess_with(cues, title, (), (0, len(title)), published)
    else:
        again = [(word.start, word.end) for word in words(title) if any(_same_deed(word, one, cues) for one in named)]
        if not again or any(_table(summary).done.fits(word) for word in named):
            return None
        leading = assess_with(cues, title, again, (0, len(title)), published)
    if leading.assertion not in _LEAVES_OPEN:
        return None
    reason = f"the summary only names it; in the title {leading.reason}"
    return Assessment(leading.assertion, leading.cue, reason, (0, 0))


def _is_labelled(title: str, cues: Table) -> bool:
    clauses = read_clauses(title, (0, len(title)), cues, None)
    return any(not extent.start and cues.cues[number].pattern.labels for number, extent in cues.index.matches(clauses))


def _same_deed(one: Word, other: Word, cues: Table) -> bool:
    """Whether two words are inflections of one another, or two of the words for one deed."""
    return one.stem == other.stem or any(deed.fits(one) and deed.fits(other) for deed in cues.deeds)
