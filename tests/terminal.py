"""`tracker` on a terminal of its own: answers are typed when it has asked."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

from command import environment


class Terminal:
    """`tracker` as it runs on a terminal, of 200 columns unless told: answers are typed when it has asked."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 200) -> None:
        self.screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *arguments],
            cwd=folder,
            env={**environment(folder), "TERM": "dumb"},
            stdin=inside,
            stdout=inside,
            stderr=inside,
        )
        os.close(inside)
        self.said = ""

    def answer(self, question: str, words: str) -> None:
        """Wait until it asks, then type; fails when it asks something else or ends."""
        start = len(self.said)
        while not (question in self.said[start:] and self.said.endswith(": ")):
            assert self._more(), f"it did not ask “{question}”: {self.said[start:]}"
        os.write(self.screen, f"{words}\n".encode())

    def read(self, words: str) -> None:
        """Wait until it has said this."""
        while words not in self.said:
            assert self._more(), f"it did not say “{words}”: {self.said}"

    def type(self, words: str) -> None:
        """Type as it is, as fast as it is taken; what it echoes is read meanwhile."""
        left = words.encode()
        while left:
            if select.select([self.screen], [], [], 0)[0]:
                assert self._more(), "it ended"
            left = left[os.write(self.screen, left[:1000]) :]

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._more():
            pass
        os.close(self.screen)
        return self.process.wait(timeout=20)

    def _more(self) -> bool:
        """Whether it said more; not so when it has ended, or is silent for so long that it must be waiting."""
        if not select.select([self.screen], [], [], 20)[0]:
            self.process.kill()
            return False
        try:
            piece = os.read(self.screen, 10_000)
        except OSError:  # how Linux says that the other side is closed
            return False
        self.said += piece.decode("utf-8", "replace")
        return bool(piece)
