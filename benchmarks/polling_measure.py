"""What does a command cost, measured from outside? Time, processor and memory of its whole tree of processes.

Processor time is what the system counts for the process and the children that it waited for (wait4). Memory is the
resident set, summed over the tree, read from /proc every 10 ms; of each process the system's own record of its peak is
read as well, so that a short peak is missed only where several processes share it, or in the last 10 ms. Further
processes are looked for every 50 ms. Pages that processes share count for each. Linux only.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_EVERY_SECONDS = 0.01
_TREE_EVERY = 5  # samples; looking into every thread for its children takes longer than reading what they hold
_RESIDENT = re.compile(r"Vm(HWM|RSS):\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds from start to exit and of processor, megabytes at its peak; and what it said."""

    wall: float
    processor: float
    megabytes: float
    said: str


def environment(**own: str) -> dict[str, str]:
    """This process's environment with compiled bytecode and without proxies, which loopback addresses do not need."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    return {name: value for name, value in os.environ.items() if name.upper() not in left_out} | own


def cost(command: Sequence[str], folder: Path, own: Mapping[str, str]) -> Cost:
    """Run a command in a folder, with some variables of its own. SystemExit with its last words when it fails."""
    told, complained = folder / "stdout", folder / "stderr"
    with told.open("wb") as out, complained.open("wb") as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(**own), stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        memory = _Memory(process.pid)
        memory.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)  # so that nobody waits for it again
        memory.stop()
    if process.returncode:
        last = (complained.read_text(errors="replace").strip() or told.read_text(errors="replace"))[-2000:]
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{last}")
    said = told.read_text(errors="replace")
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory.peak_kilobytes / 1024, said)


class _Memory(threading.Thread):
    """Watches a tree of processes while it lives."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak_kilobytes = 0
        self._root = root
        self._ended = threading.Event()

    def run(self) -> None:
        tree: list[int] = []
        for sample in count():
            if self._ended.wait(_EVERY_SECONDS):
                return
            if sample % _TREE_EVERY == 0:
                tree = _tree(self._root)
            found = [_memory(pid) for pid in tree]
            together = sum(resident for _, resident in found)
            self.peak_kilobytes = max(self.peak_kilobytes, together, *(peak for peak, _ in found))

    def stop(self) -> None:
        """End watching."""
        self._ended.set()
        self.join()


def _tree(root: int) -> list[int]:
    """A process and all that it started; those that end meanwhile are left out."""
    found = [root]
    for pid in found:
        try:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        except OSError:
            continue
    return found


def _memory(pid: int) -> tuple[int, int]:
    """Peak and present resident set of a process in kilobytes; 0 for one that ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0, 0
    found = {name: int(size) for name, size in _RESIDENT.findall(status)}
    return found.get("HWM", 0), found.get("RSS", 0)
