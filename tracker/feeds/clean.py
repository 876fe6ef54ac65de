"""What does a piece of feed markup say as plain text, and which links are safe to show?

Nothing that a feed sends reaches a terminal, a page or a matcher as it came: tags, entities, control characters and the
characters that change how others are displayed are gone.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache
from html import unescape
from html.entities import html5
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

# Elements whose text nobody sees.
_UNSEEN = "script|style|template|noscript|iframe|svg"
# What is not text. Every alternative ends at the next `<`, at a `>` or at the end, so that no input is scanned twice.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[|\]\]>"
    r"|<[!?][^<>]*>"
    rf"|<(?P<hidden>{_UNSEEN})\b[^<>]*>.*?(?:</(?P=hidden)\s*>|\Z)"
    r"""|</?(?P<tag>[A-Za-z][\w:-]*)(?P<rest>(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*+)?/?>|[^<>]*>)""",
    re.DOTALL | re.IGNORECASE,
)
# A tag as nearly all are written.
_PLAIN_TAG = re.compile(r"""</?([A-Za-z][A-Za-z0-9]*)(?:/?>|\s[^<>"']*+(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*+)*+>)""")
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# ECMA-48 control sequences and operating system commands, opened by ESC or by their one-character forms.
_TERMINAL_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]"
)
_COMMAND = re.compile("[\x1b\x9b\x9d]")
_SENTENCE_END = ".!?…:;,—–-"
# Where a publisher took the markup out himself, a paragraph's last word and the next one's first are one: "in
# pollsEight candidates met", "at home.Good morning". Names with a capital inside begin with one, or are iPhones.
_GLUE = re.compile(r"[A-Z](?:(?<=[a-z][a-z].)(?=[a-z])|(?<=[a-z][a-z][.!?].)(?=[a-z]+ ))")
_SENTENCE_OPENS = re.compile(r"(?:The|This|That|He|She|They|We|But|And|For|From|After|When|While|With) ")
_PARTICLES = frozenset({"the", "van", "von", "der", "del", "des", "les"})
_DOMAINS = ("Com", "Org", "Net", "Ru")
_BLOCK_BOUNDARY = "\x1d"
# White space to str.split, but control characters, which leave no space behind.
_SEPARATORS = re.compile("[\x1c-\x1f]")
_LONGEST_LINK = 4000
_WRAPPED = re.compile(r"[\t\r\n]+ *")
_NO_HOST = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
# An address as nearly all are written: it is absolute, and neither resolving nor cleaning changes it.
_PLAIN_LINK = re.compile(r"""https?://[a-z0-9.-]+(?:/[!-"$-:<=>@-~]*)?(?:\?[!-"$-~]+)?(?:#[!-~]+)?""")
# A tag inside an entity inside an entity is as deep as broken feeds go.
_MAX_ROUNDS = 3
_MAX_MARKUP = 50_000


def plain_text(markup: str, *, limit: int) -> str:
    """The text of a piece of HTML on one line, at most `limit` characters, cut at a word with an ellipsis.

    Escaped markup is read as markup too, because many feeds escape twice. Where a block ends without a full stop, one
    is set: otherwise the headlines of a list would read as one sentence.

    >>> plain_text("<p>Oil &amp;amp; gas: 3 &lt; 5</p><p>Baku &quot;recalls&quot; its envoy</p>", limit=100)
    'Oil & gas: 3 < 5. Baku "recalls" its envoy'
    """
    text = markup[:_MAX_MARKUP]
    for _ in range(_MAX_ROUNDS if "&" in text or "<" in text or "]]>" in text else 0):
        before = text
        if "<" in text or "]]>" in text:
            text = _without_markup(text)
        text = _ENTITY.sub(_character, text)
        if text == before:
            break
    return _shorten(_GLUE.sub(_parted, _one_line(text)), limit)


def printable(text: str) -> str:
    """Text without terminal escapes, control, invisible and direction-changing characters; white space collapsed.

    >>> printable("red \\x1b[31malert\\x1b[0m\\u202e now\\n")
    'red alert now'
    """
    is_plain = text.isprintable()  # then its only white space is the space
    line = text.strip() if is_plain and "  " not in text else " ".join(text.split())
    if is_plain or (line.isprintable() and not _SEPARATORS.search(text)):
        return line if line.isascii() else unicodedata.normalize("NFC", line)
    text = unicodedata.normalize("NFC", _TERMINAL_ESCAPE.sub("", text))
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return " ".join(text.split())


def without_commands(text: str) -> str:
    """Text without the sequences that a terminal would obey, whole: half of one would be shown."""
    return _TERMINAL_ESCAPE.sub("", text) if _COMMAND.search(text) else text


def safe_link(link: str, base: str = "") -> str:
    """The link as an absolute http(s) address, a relative one resolved against `base`; empty when it is anything else.

    A user's name and password are left out: what stands before an @ looks like the host. So is what is over 4,000
    characters long.

    >>> safe_link("/news/1", "https://example.org/feed"), safe_link("javascript:alert(1)"), safe_link("https://[broken")
    ('https://example.org/news/1', '', '')
    """
    if len(link) > _LONGEST_LINK:
        return ""
    if _PLAIN_LINK.fullmatch(link):
        return link
    # A line that was wrapped goes on; a space within a line belongs to the address (RFC 3986, section 2.1, escapes it).
    link = printable(_WRAPPED.sub("", link.strip())).replace(" ", "%20")
    try:
        if not link or _NO_HOST.match(link):
            return ""
        absolute = urljoin(base, link)
        parts = urlsplit(absolute)
        host = parts.hostname
        if "@" in parts.netloc:
            absolute = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    except ValueError:
        return ""
    return absolute if parts.scheme.lower() in ("http", "https") and host else ""


def is_web_address(address: str) -> bool:
    """Whether a subscription's address is asked over HTTP, rather than read from a file."""
    return address.lower().startswith(("http://", "https://"))


def _without_markup(text: str) -> str:
    """A text with what a tag means for it in the place of each."""
    pieces = _PLAIN_TAG.split(text)
    meanings = _meanings()
    with suppress(KeyError):
        pieces[1::2] = [meanings[tag.lower()] for tag in pieces[1::2]]
        plain = "".join(pieces)
        if "<" not in plain and "]]>" not in plain:
            return plain
    return _MARKUP.sub(_without_tag, text)


def _without_tag(match: re.Match[str]) -> str:
    tag, rest = (match["tag"] or "").lower(), match["rest"]
    kind = _elements().get(tag, "")
    if kind == "block":
        return _BLOCK_BOUNDARY
    # "<Reuters>" is somebody's text; "<o:p>", "<x-y a=1>" and "</anything>" are markup.
    if tag and not kind and rest == ">" and tag.isalnum() and match[0][1] != "/":
        return match[0]
    return "" if tag and kind != "gap" else " "


def _character(match: re.Match[str]) -> str:
    """What an entity stands for; an unknown name stays, where `html.unescape` would read `&notit;` as `¬it;`."""
    name = match[1]
    if name.lstrip("#xX0").lower() in ("27", "1b", "7", "155", "9b"):  # unescape drops them, not what they command
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    return unescape(match[0]) if name.startswith("#") or f"{name};" in html5 else match[0]


def _one_line(text: str) -> str:
    if _BLOCK_BOUNDARY not in text:
        return printable(text)
    blocks = [block for block in map(printable, text.split(_BLOCK_BOUNDARY)) if block]
    pieces = []
    for block, following in pairwise([*blocks, ""]):
        ends = block.rstrip("\"'»”)]")[-1:] in _SENTENCE_END
        opens = following.lstrip("\"'«“([")[:1]
        pieces.append(block if ends or not (opens.isupper() or opens.isdigit()) else f"{block}.")
    return " ".join(pieces)


def _parted(glue: re.Match[str]) -> str:
    """A capital, with what parts it from what stands before it where a sentence begins."""
    text, at = glue.string, glue.start()
    if text[at - 1] in ".!?":
        return glue[0] if text.startswith(_DOMAINS, at) else f" {glue[0]}"
    start = at
    while start and "a" <= text[start - 1] <= "z":
        start -= 1
    word = text[start:at]
    is_whole = len(word) > 2 and word not in _PARTICLES and not (start and re.match(r"\w", text[start - 1]))
    return f". {glue[0]}" if is_whole or _SENTENCE_OPENS.match(text, at) else glue[0]


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word, _, rest = cut.rpartition(" ")
    return f"{at_word if at_word and len(rest) < 50 else cut}…"


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\v\f\r\x85":
        return " "
    # Cc control, Cf format (zero width, direction), Cs half of a pair; the last two code points of a plane are no text.
    return "" if category in ("Cc", "Cf", "Cs") or ord(character) & 0xFFFE == 0xFFFE else character


@cache
def _meanings() -> dict[str, str]:
    """What stands for the tags of each element whose text is seen."""
    stands = {"block": _BLOCK_BOUNDARY, "gap": " ", "inline": ""}
    return {element: stands[kind] for element, kind in _elements().items() if element not in _UNSEEN.split("|")}


@cache
def _elements() -> dict[str, str]:
    """Element → "block", "gap" or "inline", from elements.yaml."""
    from importlib.resources import files  # here, because a plain feed has no markup, and these take their time

    import yaml

    table = yaml.load(files("tracker.feeds").joinpath("elements.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    if set(table) != {"block", "gap", "inline"}:
        raise ValueError(f"elements.yaml: {', '.join(table)} where block, gap and inline are known")
    return {element: kind for kind, elements in table.items() for element in elements}
