"""Which query finds a report that a price, a rate or an index passed a bound?

"Bitcoin ETF inflow falls to $50,000" and «Доллар упал до 100 рублей» have the name and the number of "Bitcoin falls
below $80,000" and «Доллар превысит 100 рублей», and tell nothing of them. So what is measured must stand right before
the verb, and the verb lead in the bound's direction: "below" the bound itself, but "to" what lies beyond it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.concepts import Concepts
from tracker.draft.claim import content, stems
from tracker.draft.joining import either, reads
from tracker.draft.parts import Parts
from tracker.draft.thresholds import Threshold
from tracker.draft.wording import word
from tracker.text.russian import lemma

_ABOVE = "#>"
# Words between the parts of a subject ("unemployment in Spain"), and in Russian between it and the verb.
_CHAIN, _RUSSIAN = 3, 4


def level_query(parts: Parts, concepts: Concepts) -> str:
    """The query of a claim that only says where something stands; "" for other claims.

    The claim names what is measured, then perhaps a verb of movement, then the bound, and nothing more.
    """
    if len(parts.bounds) != 1:
        return ""
    bound = parts.bounds[0]
    subject = _subject(parts, bound)
    if not subject:
        return ""
    found = either([_in_english(subject, bound, parts), _in_russian(subject, bound, parts)])
    return found if reads(found, concepts) else ""


def _subject(parts: Parts, bound: Threshold) -> list[str]:
    """The names and words that say what is measured; none for a claim of another form."""
    words = parts.claim.words
    named = {at: actor for actor in parts.actors for at in actor.positions}
    before = [at for at in range(bound.positions[0]) if at in named or content(words[at])]
    behind = [at for at in range(bound.positions[-1] + 1, len(words)) if content(words[at])]
    moved = bool(before) and before[-1] not in named and _moves(parts, before[-1])
    if moved:
        before.pop()
    told = any(_moves(parts, at) for at in bound.positions)
    units, fills = stems(_table()["units"]), stems(_table()["en"]["between"])
    if not (moved or told) or any(words[at].stem not in units for at in behind) or not named:
        return []
    pieces = [
        f"({named[at].query})" if at in named else word(parts.claim, (at,))
        for at in before
        if at in named or words[at].stem not in fills
    ]
    return list(dict.fromkeys(pieces)) if any(at in named for at in before) else []


def _moves(parts: Parts, at: int) -> bool:
    """Whether a word of the claim is a verb of movement, or one that passes a bound."""
    one = parts.claim.words[at]
    known = _table()
    english = stems(f"{known['en']['up']} {known['en']['down']} {known['claims']}".replace("=", ""))
    return one.stem in english or (not one.surface.isascii() and lemma(one.normal) in known["claims"].split())


def _in_english(subject: Sequence[str], bound: Threshold, parts: Parts) -> str:
    """What is measured, and right behind it where it stands."""
    table = _table()["en"]
    chain = f" NEAR/{_CHAIN} ".join(subject)
    between = f"({' OR '.join(f'={one}' for one in table['between'].split())})"
    ways = [f"({chain})", f"({chain}) ONEAR/1 {between}", f"({chain}) ONEAR/1 {between} ONEAR/1 {between}"]
    return f"({' OR '.join(ways)}) ONEAR/1 ({_level(table, bound, parts)})"


def _in_russian(subject: Sequence[str], bound: Threshold, parts: Parts) -> str:
    """What is measured before where it stands, and not something else of it."""
    table = _table()["ru"]
    chain = f" NEAR/{_CHAIN} ".join(subject)
    asked = stems(parts.claim.text)
    others = " OR ".join(one for one in _table()["else"].split() if not asked & stems(one.rstrip("*")))
    return f"({chain}) ONEAR/{_RUSSIAN} ({_level(table, bound, parts)}) AND NOT ({others}) NEAR/3 {subject[0]}"


def _level(table: Mapping[str, Any], bound: Threshold, parts: Parts) -> str:
    """How a report tells that a bound was passed."""
    above = bound.query.startswith(_ABOVE)
    value = bound.query.lstrip("#<>=")
    inclusive = any(parts.claim.words[at].normal in _table()["inclusive"].split() for at in bound.positions)
    passed = f"#>={value}" if above else f"#<={value}"
    beyond = f"#{'>' if above else '<'}{'=' if inclusive else ''}{value}"
    moves = " OR ".join(table["up" if above else "down"].split())
    sides = f"({' OR '.join(table['above' if above else 'below'])}) ONEAR/2 {passed}"
    to, stands = (f"({' OR '.join(table[key])}) ONEAR/2 {beyond}" for key in ("to", "stands"))
    ways = [sides, stands, f"({moves}) ONEAR/3 ({sides} OR {to} OR {stands})"]
    if above:
        ways += [f"({' OR '.join(table['passes'].split())}) ONEAR/2 {passed}"]
        reaches = " OR ".join(table["reaches"].split())
        # "Reaches a market value of $1 trillion".
        ways += [f"({reaches}) ONEAR/2 {beyond}", f"({reaches}) ONEAR/4 ({' OR '.join(table['of'])}) ONEAR/1 {beyond}"]
    return " OR ".join(ways)


@cache
def _table() -> Mapping[str, Any]:
    read: dict[str, Any] = yaml.load(
        files("tracker.draft").joinpath("levels.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return read
