"""What is pasted into a terminal? All of it: one that waits for the end of a line cuts the line at 4,096 bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_END = b"\x04"  # Ctrl-D


def pasted(most: int) -> bytes:
    """What is typed or pasted until Ctrl-D, at most `most` bytes; what a pipe holds where there is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.buffer.read(most)
    with _line_by_line_no_more(sys.stdin.fileno()) as works:
        if not works:
            return sys.stdin.buffer.read(most)
        found = b""
        while len(found) < most and _END not in found:
            piece = os.read(sys.stdin.fileno(), 65_536)
            if not piece:
                break
            found += piece
        return found.partition(_END)[0]


@contextmanager
def _line_by_line_no_more(terminal: int) -> Iterator[bool]:
    """Let a terminal hand over what is typed at once, for as long as the block runs; False where it cannot."""
    try:
        import termios
    except ImportError:  # Windows, whose console has no such limit
        yield False
        return
    before = termios.tcgetattr(terminal)
    changed = termios.tcgetattr(terminal)
    changed[3] &= ~termios.ICANON
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    termios.tcsetattr(terminal, termios.TCSADRAIN, changed)
    try:
        yield True
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
