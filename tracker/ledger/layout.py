"""How is a value written into a forecast file, so that it reads well and reads back the same?

Plain where YAML allows it, in quotes where it must be, and folded over several lines where it is long.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import yaml

from tracker.model import Article

Value = str | int | float | bool | Sequence[str] | Mapping[str, "Value"]
"""What a key may be set to; a mapping is for `if`."""

WIDTH = 110  # characters of a line
ORDER = (
    *("id", "forecaster", "quote", "at", "claim", "likelihood", "window", "expects", "topic", "event", "against"),
    *("sources", "times", "lag", "lasts", "audible", "kind", "coverage", "counts", "tags", "if"),
)

REQUIRED = ("id", "forecaster", "quote", "claim", "likelihood", "window", "expects", "topic", "event")
"""The keys that a forecast cannot do without."""


def block(fields: Mapping[str, Value], indent: int) -> str:
    """The lines of a block of keys in the order of ORDER, each indented, unknown keys last; no final line break."""
    known = [key for key in ORDER if key in fields]
    keys = [*known, *(key for key in fields if key not in ORDER)]
    return "\n".join(" " * indent + pair(key, fields[key], indent) for key in keys)


def pair(key: str, value: Value, indent: int) -> str:
    """A key and its value, the lines after the first indented as the value of a key at `indent` must be."""
    return f"{key}:{after_colon(value, indent, len(key) + 1)}"


def after_colon(value: Value, indent: int, column: int) -> str:
    """What follows the colon of a key at `indent`, with the space or line break before it; it starts at `column`."""
    if isinstance(value, Mapping):
        return "\n" + block(value, indent + 2)
    if isinstance(value, bool):
        return " yes" if value else " no"
    if not isinstance(value, str):
        if isinstance(value, Sequence):
            return " [" + ", ".join(scalar(item, inside="[{}]") for item in value) + "]"
        return f" {value}"
    words = " ".join(value.split())
    written = scalar(words)
    if indent + column + 1 + len(written) <= WIDTH + 10 or " " not in words:
        return f" {written}"
    prefix = " " * (indent + 2)
    lines = textwrap.wrap(words, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    return " >-\n" + "\n".join(prefix + line for line in lines)


def scalar(words: str, inside: str = "{}") -> str:
    """A text on one line, in quotes where plain words would not read back the same `inside` brackets or without.

    >>> scalar("quite likely"), scalar("@oil"), scalar("Oil: up"), scalar("a, b", inside="[{}]"), scalar('@a "b"')
    ('quite likely', '"@oil"', '"Oil: up"', '"a, b"', '\\'@a "b"\\'')
    """
    try:
        root = yaml.compose("key: " + inside.format(words), Loader=yaml.CSafeLoader)
        node = root.value[0][1] if isinstance(root, yaml.MappingNode) else root
        read = node.value[0] if isinstance(node, yaml.SequenceNode) and len(node.value) == 1 else node
        if isinstance(read, yaml.ScalarNode) and read.value == words and not read.style and words not in ("~", "null"):
            return words
    except yaml.YAMLError:
        pass
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return f'"{words}"'


def article_block(article: Article) -> str:
    """The head of a forecast file."""
    fields: dict[str, Value] = {"title": article.title, "published": str(article.published)}
    fields |= {key: value for key, value in (("url", article.url), ("text", article.text)) if value}
    return f"article:\n{block(fields, 2)}\n"
