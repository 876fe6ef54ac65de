"""How is a decoy written down? The form of a case, its reports, and the names of what may come of it.

A report is written "day Headline // summary"; days are those of builders.py, 1 being Monday, 1 September 2025, and the
window is September. The reports of a case come each from another house, unless one is named: "3@tass.ru Headline".
"""

from __future__ import annotations

import re

from tracker.model import Status
from tracker.resolve import Rule

Expected = tuple[Status, Rule]
Case = tuple[dict[str, Expected], tuple[str, ...]]

YES: Expected = Status.CONFIRMED, Rule.HAPPENED
NO: Expected = Status.REFUTED, Rule.AGAINST
SILENT: Expected = Status.PENDING, Rule.NOT_COVERED
ONE: Expected = Status.PENDING, Rule.TOO_FEW
TORN: Expected = Status.PENDING, Rule.CONTESTED
DAY_UNKNOWN: Expected = Status.PENDING, Rule.DAY_UNKNOWN

HOUSES = ("harbourtimes.org", "nordkurier-online.net", "vostokgazeta.org", "eveningledger.org", "dailylantern.org")
REPORT = re.compile(r"(?P<day>-?\d+)(?:@(?P<house>\S+))? (?P<title>.+?)(?: // (?P<summary>.+))?")


def case(question: str, expected: Expected, *reports: str) -> Case:
    """Reports, and what one forecast makes of them."""
    return {question: expected}, reports
