"""Does what is drafted from a claim, and called ready, take what only looks like its event for a fact?

decoys/drafted.txt holds claims with invented headlines: `+` tells the event, `-` only looks as if it did. `?` tells it
and is not found, `!` fools the draft all the same: what is known to fall short, so that a mend shows.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import item

from tracker.concepts import load_concepts
from tracker.draft import draft
from tracker.evidence import evidence
from tracker.match import Matcher, Queries
from tracker.model import Assertion, Criterion, Role, Window
from tracker.text.language import language_of

CONCEPTS = load_concepts()
WINDOW = Window(date(2025, 9, 1), date(2025, 9, 30))


def claims() -> dict[str, list[tuple[str, str]]]:
    """The headlines of each claim, with their signs."""
    found: dict[str, list[tuple[str, str]]] = {}
    told: list[tuple[str, str]] = []
    for line in Path(__file__).with_name("decoys").joinpath("drafted.txt").read_text("utf-8").splitlines():
        if line.startswith("  "):
            told.append((line[2], line[4:]))
        elif not line.startswith("#"):
            told = found[line] = []
    return found


CLAIMS = claims()


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_ready_draft_affirms_what_tells_its_event_and_nothing_else(claim: str) -> None:
    made = draft(claim, language=language_of(claim), published=date(2025, 8, 20), window=WINDOW, concepts=CONCEPTS)
    assert made.ready, made.doubts
    criterion = Criterion(claim, made.topic, made.event, WINDOW, against=made.against, lasts=made.lasts)
    matcher = Matcher({"it": Queries.of(criterion, CONCEPTS)})
    for sign, headline in CLAIMS[claim]:
        found = [evidence(one) for one in matcher.match(item(headline, language=language_of(headline)))]
        affirmed = any(one.assertion is Assertion.AFFIRMED and one.role is Role.EVENT for one in found)
        assert affirmed is (sign in "+!"), (headline, [(one.matched, one.reason) for one in found])


def test_few_are_known_to_fall_short() -> None:
    signs = [sign for told in CLAIMS.values() for sign, _ in told]
    assert (signs.count("!"), signs.count("?")) <= (signs.count("-") // 10, signs.count("+") // 5)
