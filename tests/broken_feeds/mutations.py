"""How is a whole feed broken by chance, the same way every time?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random

from broken_feeds.case import Case

Mutation = Callable[[bytearray, Random], None]


def _span(body: bytearray, chance: Random, longest: int) -> slice:
    start = chance.randrange(len(body))
    return slice(start, start + chance.randint(1, longest))


def _cut(body: bytearray, chance: Random) -> None:
    del body[chance.randrange(len(body)) :]


def _behead(body: bytearray, chance: Random) -> None:
    del body[: chance.randrange(len(body) // 2)]


def _flip_bits(body: bytearray, chance: Random) -> None:
    for _ in range(chance.randint(1, 40)):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def _random_bytes(body: bytearray, chance: Random) -> None:
    body[_span(body, chance, 60)] = chance.randbytes(chance.randint(1, 60))


def _lose_spans(body: bytearray, chance: Random) -> None:
    for _ in range(chance.randint(1, 12)):
        del body[_span(body, chance, 30)]


def _repeat_span(body: bytearray, chance: Random) -> None:
    span = _span(body, chance, 900)
    body[span.start : span.start] = body[span] * chance.randint(1, 5)


def _swap_spans(body: bytearray, chance: Random) -> None:
    one, other = sorted((chance.randrange(len(body)), chance.randrange(len(body))))
    body[one:] = body[other:] + body[one:other]


def _strew(*pieces: bytes) -> Mutation:
    def strew(body: bytearray, chance: Random) -> None:
        for _ in range(chance.randint(1, 15)):
            at = chance.randrange(len(body))
            body[at:at] = chance.choice(pieces)

    return strew


def _replace_some(pattern: bytes, by: bytes) -> Mutation:
    def replace(body: bytearray, chance: Random) -> None:
        body[:] = re.sub(pattern, lambda found: by if chance.random() < 0.2 else found[0], bytes(body))

    return replace


def _shuffle_lines(body: bytearray, chance: Random) -> None:
    lines = bytes(body).splitlines(keepends=True)
    chance.shuffle(lines)
    body[:] = b"".join(lines)


MUTATIONS: Mapping[str, Mutation] = {
    "cut off": _cut,
    "beheaded": _behead,
    "bits flipped": _flip_bits,
    "random bytes": _random_bytes,
    "spans lost": _lose_spans,
    "a span repeated": _repeat_span,
    "spans swapped": _swap_spans,
    "lines shuffled": _shuffle_lines,
    "control characters": _strew(*(bytes([number]) for number in (0, 1, 7, 8, 11, 27, 127, 128, 155))),
    "signs of markup": _strew(b"<", b">", b"&", b'"', b"'", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"<!", b"&#"),
    "signs of JSON": _strew(b"{", b"}", b"[", b"]", b'"', b"\\", b",", b"\\u", b"null"),
    "tags": _strew(
        b"<item>", b"</item>", b"<title>", b"</channel>", b"<entry>", b"</feed>", b"<html>", b"<b>", b"</rss>"
    ),
    "letters of other encodings": _strew(
        b"\xff", b"\xd0", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80"
    ),
    "direction and terminal": _strew(
        b"\x1b[2J", b"\x1b]0;x\x07", "\u202e".encode(), "\u2066".encode(), b"&#27;", b"\\u001b"
    ),
    "closing tags lost": _replace_some(rb"</\w+>", b""),
    "quotation marks lost": _replace_some(rb'"', b""),
    "equals signs lost": _replace_some(rb"=", b""),
    "semicolons lost": _replace_some(rb";", b""),
    "colons lost": _replace_some(rb":", b""),
    "names in capitals": _replace_some(rb"item|entry", b"ITEM"),
}


def mutated(feeds: Mapping[str, bytes], *, seeds: range, kind: str = "broken by chance") -> Iterator[Case]:
    """Each feed broken in each way, once for each seed; what is left of it is anybody's guess."""
    for feed, whole in feeds.items():
        for name, mutate in MUTATIONS.items():
            for seed in seeds:
                body = bytearray(whole)
                mutate(body, Random(f"{feed} {name} {seed}"))
                yield Case(kind, f"{name}: {feed}, seed {seed}", bytes(body))
