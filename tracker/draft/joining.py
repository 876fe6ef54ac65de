"""How are the parts of a query joined, so that what can be measured stands near together?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.concepts import Concepts
from tracker.errors import QueryError
from tracker.query import parse

REACH = 8
"""Words between two parts that are told together."""


def near(pieces: Sequence[str], concepts: Concepts) -> str:
    """The parts, each near to those before it where it can be measured; else all of them anywhere."""
    if not pieces:
        return ""
    joined, apart = pieces[0], []
    for piece in pieces[1:]:
        longer = f"{joined} NEAR/{REACH} {piece}"
        if reads(longer, concepts):
            joined = longer
        else:
            apart.append(piece)
    return " AND ".join([joined, *apart])


def tied(pieces: Sequence[str], concepts: Concepts, reach: int = REACH, *, ordered: bool = False) -> str:
    """The parts near together, in this order if `ordered`; one that cannot be measured stands beside them."""
    operator = "ONEAR" if ordered else "NEAR"
    joined, apart = "", []
    for piece in filter(None, pieces):
        longer = f"{joined} {operator}/{reach} ({piece})" if joined else f"({piece})"
        if reads(f"{longer} NEAR/1 x", concepts):
            joined = longer
        else:
            apart.append(f"({piece})")
    whole = " AND ".join([part for part in (joined, *apart) if part])
    # A number alone asks for no word, and finds nothing that could be looked up.
    return str(parse(whole, concepts)) if reads(whole, concepts) else ""


def both(one: str, other: str) -> str:
    """Both of two parts; "" where one is missing, for without it the other says too little."""
    return f"{grouped(one)} AND {grouped(other)}" if one and other else ""


def either(queries: Sequence[str]) -> str:
    """Any of the parts that there are."""
    return " OR ".join(filter(None, queries))


def grouped(query: str) -> str:
    """The part as it may stand beside others."""
    return f"({query})" if " OR " in query else query


def reads(query: str, concepts: Concepts) -> bool:
    """Whether it is a query."""
    try:
        parse(query, concepts)
    except QueryError:
        return False
    return True
