"""How long do commands take to start? As a ratio to `python -c pass`, in turn with it: a busy machine hurts both.

    python benchmarks/startup.py [WORKSPACE] [--runs 15]

WORKSPACE is a checked workspace (default: this repository, after `make run`). The figures are medians of the processor
time (user and system) of whole processes, with compiled bytecode in place. Aims: `tracker --version` under 5x,
`tracker list` under 30x.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "tracker --version": ["-m", "tracker", "--version"],
    "tracker list": ["-m", "tracker", "list"],
    "python -c 'import sqlalchemy'": ["-c", "import sqlalchemy"],
    "tracker check --offline": ["-m", "tracker", "check", "--offline"],
}


def seconds(arguments: list[str], folder: Path) -> float:
    """Processor time of one run of Python."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="Start-up times as ratios to python -c pass.")
    options.add_argument("workspace", nargs="?", type=Path, default=Path(__file__).parents[1])
    options.add_argument("--runs", type=int, default=15)
    given = options.parse_args()
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments in COMMANDS.values():
        seconds(arguments, given.workspace)
    for _ in range(given.runs):
        for name, arguments in COMMANDS.items():
            taken[name].append(seconds(arguments, given.workspace))
    least = median(taken["python -c pass"])
    print(f"{'':32}{'median ms':>10}{'ratio':>9}")
    for name, found in taken.items():
        print(f"{name:32}{median(found) * 1000:>10.1f}{median(found) / least:>8.1f}x")


if __name__ == "__main__":
    main()
