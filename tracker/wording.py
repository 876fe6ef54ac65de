"""How is a number of things put in words?"""

from __future__ import annotations


def counted(number: int, noun: str, verb: str = "") -> str:
    """A number of things, and what they do.

    >>> counted(1, "origin", "report"), counted(2, "origin", "report"), counted(2, "event")
    ('1 origin reports', '2 origins report', '2 events')
    """
    if verb:
        verb = f" {verb}s" if number == 1 else f" {verb}"
    return f"{number} {noun}{'' if number == 1 else 's'}{verb}"
