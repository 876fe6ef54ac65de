"""How do commands bear 10,000 forecasts and a store of 1,000,000 items? Time and memory of whole processes.

    python benchmarks/large_ledger.py FOLDER [NEWS] [--forecasts 10000] [--items 1000000]

FOLDER keeps the workspace, which is made once and checked once (large_ledger_workspace.py; the first check of so many
forecasts takes long, and is told). NEWS is a file of JSON lines with `title`, `description`, `feed`, `link` and
`date_published`, gzipped (default: ../shared/data/news-2023.jsonl.gz, RSS items of 2023 from public feeds). Aims:
`tracker scorecard` under 2 s, `tracker scorecard --html` under 60 s, the first page of `tracker serve` under 300 ms. To
compare with, in the same run: the import of SQLAlchemy, and PyYAML's C parser on the same files. A command that fails
ends the benchmark with its last words; what is remembered in data/.cache/ is there, as it is for a user.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from large_ledger_workspace import Size, make
from news import NEWS
from polling_measure import Cost, cost, environment

READ_YAML = (
    "import sys, yaml; from pathlib import Path\n"
    "for path in Path(sys.argv[1]).glob('*.yaml'): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)"
)


def tracker(folder: Path, *words: str) -> list[str]:
    """A command on the workspace in a folder."""
    return [sys.executable, "-m", "tracker", "--workspace", str(folder), *words]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="Commands on a large workspace.")
    options.add_argument("folder", type=Path)
    options.add_argument("news", nargs="?", type=Path, default=NEWS)
    options.add_argument("--forecasts", type=int, default=Size.forecasts)
    options.add_argument("--items", type=int, default=Size.items)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    folder = given.folder.absolute()
    make(folder, given.news, Size(given.forecasts, given.items))
    print(f"{given.forecasts:,} forecasts, {given.items:,} items; medians of {given.runs} runs where many are made\n")
    print(f"{'':44}{'seconds':>10}{'processor':>11}{'MB':>8}")
    with tempfile.TemporaryDirectory() as where:
        scratch = Path(where)
        if not (folder / "checked").exists():
            row("tracker check --offline, the first", [cost(tracker(folder, "check", "--offline"), scratch, {})])
            (folder / "checked").touch()
        row("python -c 'import sqlalchemy'", several([sys.executable, "-c", "import sqlalchemy"], scratch, given.runs))
        row("PyYAML's C parser, every file", several([sys.executable, "-c", READ_YAML, f"{folder}/forecasts"], scratch))
        remembered = folder / "data" / ".cache" / "ledger.jsonl"
        remembered.unlink(missing_ok=True)
        row("tracker list, no file read before", several(tracker(folder, "list"), scratch))
        for words in (["list"], ["scorecard"]):
            row(f"tracker {words[0]}", several(tracker(folder, *words), scratch, given.runs))
        row("tracker check --offline, nothing new", several(tracker(folder, "check", "--offline"), scratch))
        row("tracker scorecard --html", several(tracker(folder, "scorecard", "--html", f"{where}/site"), scratch))
        serve(folder, scratch, 3 * given.runs)


def several(command: Sequence[str], scratch: Path, runs: int = 1) -> list[Cost]:
    """What a command costs, so many times."""
    return [cost(command, scratch, {}) for _ in range(runs)]


def row(name: str, costs: Sequence[Cost]) -> None:
    """Print a line of medians."""
    wall, processor, memory = (median(getattr(one, field) for one in costs) for field in Cost.__slots__[:3])
    print(f"{name:44}{wall:>10.2f}{processor:>11.2f}{memory:>8.0f}", flush=True)


def serve(folder: Path, scratch: Path, requests: int) -> None:
    """Print how long the index page takes: the first request after the server is up, and the later ones."""
    command = tracker(folder, "serve", "--port", "0")
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=scratch, env=environment(), stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            address = next(word.rstrip(",") for word in said.split() if word.startswith("http://"))
            up = time.perf_counter() - started
            times = [ask(address) for _ in range(requests)]
            status = Path(f"/proc/{server.pid}/status").read_text()
            peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
        finally:
            server.terminate()
    print(f"{'tracker serve, until it listens':44}{up:>10.2f}{'':>11}{peak:>8.0f}")
    print(f"{'  its index page, the first time':44}{times[0]:>10.3f}")
    print(f"{f'  its index page, the median of {requests - 1} more':44}{median(times[1:]):>10.3f}")


def ask(address: str) -> float:
    """Seconds until a page has come whole."""
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=600) as page:
        page.read()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
