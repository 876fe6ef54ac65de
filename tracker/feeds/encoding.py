"""In which letters is a document written?

In this order: a byte order mark; UTF-8 wherever the bytes are valid UTF-8, because text in another encoding hardly ever
is; what the HTTP header says; what the document says; the look of the letters. A few pieces in another encoding do not
make a document of UTF-8 one of theirs.
"""

from __future__ import annotations

import codecs
import re

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    # Without a mark, the first two characters of a document tell: a "<" after zeros alone may have come otherwise.
    *((f"<{letter}".encode(name), name) for name in _WIDE for letter in "?!rRfFcC"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"""^[^<]{0,200}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""")
# Servers send these unasked, so a document that says otherwise is believed.
_SERVER_DEFAULTS = {"ascii", "cp1252"}
# Encodings of text in use; UTF-16 announces itself by its first bytes, and Python's other codecs are no encodings.
_CREDIBLE = ("ascii", "iso8859", "cp", "koi8", "mac-", "big5", "gb", "euc_", "shift_jis", "johab", "tis-620")
# Those in which a letter is one byte, so that a document can be cut at any "<".
_EIGHT_BIT = ("ascii", "iso8859", "cp125", "cp866", "koi8", "mac-")
_WORDS = re.compile(rb"[\x80-\xff]{3,}")
# The letters that make up more than half of a Russian text; case tells windows-1251 and koi8-r apart.
_FREQUENT = frozenset("оеаинтсрвлк")
_SAMPLE = 20_000
_ASCII = bytes(range(0x80))
# A byte that is no part of a letter, as Python's "surrogateescape" has it.
_BROKEN = re.compile("[\udc80-\udcff]")


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document; bytes that fit no encoding come out as U+FFFD. Never raises."""
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in _named(body, content_type):
        try:
            return _with_pieces_of_utf8(body, name) if name.startswith(_EIGHT_BIT) else body.decode(name)
        except (UnicodeError, ValueError):
            continue
    return _by_pieces(body) or body.decode(_by_letters(body[:_SAMPLE]), "replace")


def _named(body: bytes, content_type: str) -> list[str]:
    """The encodings that the header and the document name, the more credible first."""
    header, declared = _CHARSET.search(content_type), _DECLARED.search(body[:1000])
    names = [_known(header[1]) if header else "", _known(declared[1].decode("ascii")) if declared else ""]
    if names[0] in _SERVER_DEFAULTS and names[1]:
        names.reverse()
    return [name for name in names if name]


def _known(name: str) -> str:
    """Python's name of an eight-bit or East Asian encoding, empty for any other codec."""
    try:
        found = codecs.lookup(name.lower().removeprefix("x-")).name
    except (LookupError, UnicodeError, ValueError):
        return ""
    if not found.startswith(_CREDIBLE):
        return ""
    # Nearly everyone who says Latin-1 means its extension by Microsoft (WHATWG Encoding, section 4.2).
    if found == "iso8859-1":
        return "cp1252"
    # Likewise GBK, and all of GB 18030, go by the name of the first of the family (section 4.2 again).
    return "gb18030" if found in ("gb2312", "gbk") else found


def _by_pieces(body: bytes) -> str:
    """The text of a document most of which is UTF-8, from tag to tag; empty for any other.

    A piece that is not, such as an item that was copied from elsewhere, is read by the letters of all such pieces.
    """
    text = body.decode("utf-8", "surrogateescape")
    if len(_BROKEN.findall(text)) * 2 > _high(body):
        return ""
    pieces = text.split("<")
    strange = {}
    for number, piece in enumerate(pieces):
        broken = 0 if piece.isascii() else len(_BROKEN.findall(piece))
        if broken:
            raw = piece.encode("utf-8", "surrogateescape")
            if broken * 10 >= _high(raw):
                strange[number] = raw
    name = _by_letters(b"<".join(strange.values())[:_SAMPLE])
    for number, raw in strange.items():
        pieces[number] = raw.decode(name, "replace")
    return _BROKEN.sub("\ufffd", "<".join(pieces))


def _with_pieces_of_utf8(body: bytes, name: str) -> str:
    """The text of a document in an eight-bit encoding, in which some piece, from tag to tag, may be UTF-8.

    A text of other letters is hardly ever valid UTF-8: every letter would have to come with just its continuation.
    """
    pieces = []
    for piece in body.split(b"<"):
        try:
            pieces.append(piece.decode("utf-8"))
        except UnicodeDecodeError:
            pieces.append(piece.decode(name))
    return "<".join(pieces)


def _high(text: bytes) -> int:
    return len(text.translate(None, _ASCII))


def _by_letters(sample: bytes) -> str:
    """UTF-8 with some broken bytes, one of the Russian encodings, or Western European."""
    high = _high(sample)
    if sample.decode("utf-8", "replace").count("\ufffd") * 10 < high:
        return "utf-8"
    # Accents stand alone among Latin letters, Russian letters in words.
    if sum(map(len, _WORDS.findall(sample))) * 2 < high:
        return "cp1252"
    scores = {name: _frequent_letters(sample.decode(name, "replace")) for name in ("cp1251", "koi8-r", "cp866")}
    return max(scores, key=lambda name: scores[name])


def _frequent_letters(text: str) -> int:
    return sum(character in _FREQUENT for character in text)
