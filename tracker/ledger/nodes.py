"""What does a YAML file hold, and on which line? Text to nodes that know their place, with nothing expanded or guessed.

Every scalar stays the text that was written: YAML 1.1 would make a truth value of `no` and a date of 2025-06-30.
"""

from __future__ import annotations

import re

import yaml

from tracker.errors import LedgerError, TrackerError
from tracker.model import Place

MAX_DEPTH = 20
MAX_NODES = 500_000  # a file of a few megabytes can hold millions of one-letter nodes, which take gigabytes as objects

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_CUT_NUMBER = re.compile(r"[ \t]+(#[<>=]\S*)")
# What libyaml says, and what to say to someone who writes forecasts, not parsers.
_PROBLEMS = {
    "mapping values are not allowed in this context": (
        "a “:” stands where none can",
        "put a value that contains “: ” in quotes, and check the indentation",
    ),
    "found character that cannot start any token": (
        "a value cannot begin with this character",
        "put it in quotes: '@russia'; indent with spaces, never tabs",
    ),
    "found a tab character that violates indentation": ("a tab in the indentation", "indent with spaces"),
    "found unexpected end of stream": ("a quotation mark is opened here and never closed", "close it"),
    "did not find expected key": (
        "this line does not fit the lines above it",
        "check its indentation, and the quotation marks above it",
    ),
    "could not find expected ':'": ("a key without “:”", "write “key: value”, and check the indentation"),
}


def compose(text: str, file: str) -> yaml.Node | None:
    """The root node of a YAML text, None when it holds nothing.

    LedgerError for what is not YAML, and for what forecasts have no use for: aliases (by which a few lines expand to
    gigabytes), tags, several documents, deep nesting, control characters.
    """
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise LedgerError(f"control character U+{ord(control.group()):04X}", where=Place(file, line), mend="delete it")
    try:
        _refuse_the_needless(text, file)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, file) from error
    if root is not None:
        _mark_cut_numbers(root, text)
    return root


def cut_number(node: yaml.ScalarNode) -> str:
    """The number of a query that YAML took for a comment, such as #>=100; empty where there is none."""
    return getattr(node, "cut_number", "")


def place(node: yaml.Node, file: str) -> Place:
    """Where a node begins."""
    return Place(file, node.start_mark.line + 1)


def kind(node: yaml.Node) -> str:
    """What a node is, in a user's words."""
    if isinstance(node, yaml.ScalarNode):
        return "a text"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a block of keys"


def _refuse_the_needless(text: str, file: str) -> None:
    """Look at the events before anything is built from them."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        where = Place(file, event.start_mark.line + 1 if event.start_mark else 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise LedgerError("a second document", where=where, mend="delete the line “---”, or use two files")
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            if event.anchor is not None:
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                what = f"“{sign}{event.anchor[:40]}”: anchors and aliases are not read"
                raise LedgerError(what, where=where, mend=f"write it out, or in quotes if it is a text with “{sign}”")
            tag = getattr(event, "tag", None)
            if tag is not None:
                mend = "leave it out, or put it in quotes if it is a text"
                raise LedgerError(f"“{tag[:40]}”: tags are not read", where=where, mend=mend)
            depth += isinstance(event, yaml.CollectionStartEvent)
            if depth > MAX_DEPTH:
                raise LedgerError(f"nested more than {MAX_DEPTH} deep", where=where)
            if nodes > MAX_NODES:
                raise LedgerError(f"more than {MAX_NODES} values", where=where, mend="split it into several files")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _mark_cut_numbers(node: yaml.Node, text: str) -> None:
    """Keep with each plain scalar what `cut_number` tells: of “brent #>=100” the query would silently be “brent”."""
    if isinstance(node, yaml.ScalarNode):
        cut = _CUT_NUMBER.match(text, node.end_mark.index) if not node.style and node.end_mark else None
        node.cut_number = cut[1] if cut else ""  # type: ignore[attr-defined]
    else:
        for child in node.value:
            for inner in child if isinstance(child, tuple) else (child,):
                _mark_cut_numbers(inner, text)


def _not_yaml(error: yaml.YAMLError, file: str) -> TrackerError:
    problem = getattr(error, "problem", None) or "not YAML"
    # An unclosed bracket or quotation mark is noticed at the end of the file; what helps is where it was opened.
    inside = any(word in (getattr(error, "context", None) or "") for word in ("quoted", "flow"))
    mark = (inside and getattr(error, "context_mark", None)) or getattr(error, "problem_mark", None)
    what, mend = _PROBLEMS.get(problem, (f"not YAML: {problem}", ""))
    return LedgerError(what, where=Place(file, mark.line + 1) if mark else file, mend=mend)
