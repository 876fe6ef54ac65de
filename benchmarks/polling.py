"""How fast are feeds polled, and what does it cost? tracker beside `reader`, newsboat and feedparser in threads.

    python benchmarks/polling.py [NEWS] [--peers PYTHON] [--feeds 500] [--many 5000] [--runs 3]

NEWS is a file of JSON lines with `title` and `description`, gzipped (default: ../shared/data/news-2023.jsonl.gz, RSS
items of 2023 from public feeds; where there is none, sentences are made up). PYTHON is an interpreter that has `reader`
(3.26 needs sgmllib3k besides, and not the urllib3-future of niquests in the place of its urllib3) and feedparser
(default: this one); newsboat is looked for on the PATH. Peers that are missing are named.

Every poller meets the same feeds (`polling_feeds.py`) on a local server (`polling_server.py`) that answers at once, or
after 50 ms: for the first time, when nothing changed, and when a tenth of the feeds has new items. A poll is a process
of its own, measured whole, from its start to its exit (`polling_measure.py`); with the Python ones, the poll alone is
timed as well, without the start of Python and the imports. Figures are medians. Every poll is checked: all feeds asked
for, all items stored. The tables are in Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from statistics import median

from polling_measure import cost
from polling_pollers import Poller, pollers, tracker
from polling_server import Server, serving

from tracker.wording import counted

NEWS = Path(__file__).parents[2] / "shared" / "data" / "news-2023.jsonl.gz"
DELAYS = {"no delay": 0.0, "50 ms a response": 0.05}
FIRST, SAME, CHANGED = PHASES = ("first poll", "nothing changed", "a tenth changed")
WARM_UP_FEEDS = 10


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll cost: seconds of the process and of the poll alone, seconds of processor, megabytes, traffic, items.

    A program that starts in no time has no poll alone; it is then the whole.
    """

    whole: float
    alone: float
    processor: float
    megabytes: float
    requests: float
    unchanged: float
    packed: float
    sent: float
    stored: float


Table = dict[str, Polled]


def polls(server: Server, poller: Poller, command: Sequence[str], delay: float) -> Iterator[Polled]:
    """A poll of each kind, in turn, into an empty database. SystemExit when one did not do its work."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        poller.prepare(folder, server.addresses)
        server.begin(delay)
        had, expected = 0, server.items
        for phase in PHASES:
            if phase == CHANGED:
                server.change()
                expected += server.new
            for _ in range(1 + poller.settling if phase == SAME else 1):
                spent = cost(command, folder, {"HOME": name})
                asked = server.counted()
            items = poller.items(folder)
            if items != expected or asked.requests < server.feeds:
                did = f"{asked.requests:,} requests for {server.feeds:,} feeds, {items:,} of {expected:,} items stored"
                raise SystemExit(f"{poller.name}, {phase}: {did}")
            print(f"  {poller.name}, {server.feeds:,} feeds, {phase}: {spent.wall:.2f} s", file=sys.stderr)
            alone = float(spent.said.split()[-1]) if command == poller.alone else spent.wall
            traffic = (asked.requests, asked.unchanged, asked.packed, asked.sent)
            yield Polled(spent.wall, alone, spent.processor, spent.megabytes, *traffic, items - had)
            had = items


def polled(server: Server, poller: Poller, delay: float) -> list[Polled]:
    """A poll of each kind; what the poll alone takes is another process's where the poller's command does not tell."""
    found = list(polls(server, poller, poller.command, delay))
    if poller.alone and poller.alone != poller.command:
        others = polls(server, poller, poller.alone, delay)
        found = [replace(one, alone=other.alone) for one, other in zip(found, others, strict=True)]
    return found


def compared(server: Server, found: Sequence[Poller], delay: float, runs: int) -> dict[str, Table]:
    """The medians of each kind of poll by poller; who comes first changes from run to run."""
    taken: dict[tuple[str, str], list[Polled]] = defaultdict(list)
    for run in range(runs):
        for place in range(len(found)):
            poller = found[(place + run) % len(found)]
            for phase, one in zip(PHASES, polled(server, poller, delay), strict=True):
                taken[phase, poller.name].append(one)
    return {phase: {poller.name: _median(taken[phase, poller.name]) for poller in found} for phase in PHASES}


def _median(many: Sequence[Polled]) -> Polled:
    return Polled(*(median(figures) for figures in zip(*map(astuple, many), strict=True)))


def fastest(table: Table) -> tuple[float, float]:
    """The least seconds that a peer took, of the whole and of the poll alone; tracker's where there are no peers."""
    peers = [one for name, one in table.items() if name != tracker().name] or list(table.values())
    return min(one.whole for one in peers), min(one.alone for one in peers)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in Markdown, and an empty line."""
    for row in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(row)} |")
    print()


def print_comparison(name: str, tables: dict[str, Table]) -> None:
    """A table for each kind of poll."""
    head = ("", "whole, s", "as fast", "poll alone, s", "as fast", "CPU, s", "memory, MB")
    for phase, table in tables.items():
        print(f"**{phase.capitalize()}, {name}**\n")
        whole, alone = fastest(table)
        rows = [
            (
                poller,
                f"{one.whole:.2f}",
                f"{whole / one.whole:.2f}x",
                f"{one.alone:.2f}",
                f"{alone / one.alone:.2f}x",
                f"{one.processor:.2f}",
                f"{one.megabytes:.0f}",
                f"{one.requests:,.0f}",
                f"{one.unchanged:,.0f}",
                f"{one.sent / 1000:,.0f}",
                f"{one.stored:,.0f}",
            )
            for poller, one in table.items()
        ]
        print_table((*head, "requests", "304", "kB sent", "items stored"), rows)


def print_summary(results: dict[str, dict[str, Table]]) -> None:
    """How many times as fast as the fastest peer tracker is, and its memory."""
    print("tracker: how many times as fast as the fastest peer, the whole process and the poll alone; memory\n")
    rows = []
    for name, tables in results.items():
        cells = [name]
        for table in tables.values():
            whole, alone = fastest(table)
            own = table[tracker().name]
            cells.append(f"{whole / own.whole:.2f}x, alone {alone / own.alone:.2f}x; {own.megabytes:.0f} MB")
        rows.append(cells)
    print_table(("", *PHASES), rows)


def print_growth(few: int, many: int, results: dict[str, dict[str, Table]], grown: dict[str, dict[str, Table]]) -> None:
    """tracker's time and memory with many feeds beside those with few."""
    print(f"**tracker, {many:,} feeds beside {few:,}** ({many / few:g}x)\n")
    head = ("", f"whole, s: {few:,}", f"{many:,}", "ratio", "poll alone, s", "", "ratio", "memory, MB", "", "ratio")
    rows = []
    for name, tables in results.items():
        for phase, table in tables.items():
            one, other = table[tracker().name], grown[name][phase][tracker().name]
            pairs = ((one.whole, other.whole), (one.alone, other.alone), (one.megabytes, other.megabytes))
            cells = [cell for a, b in pairs for cell in (f"{a:,.2f}", f"{b:,.2f}", f"{b / a:.1f}x")]
            rows.append((f"{phase}, {name}", *cells))
    print_table(head, rows)


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description="Polling many feeds: tracker and its peers.")
    options.add_argument("news", nargs="?", type=Path, default=NEWS if NEWS.exists() else None)
    options.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="the interpreter that has the peers")
    options.add_argument("--feeds", type=int, default=500)
    options.add_argument("--many", type=int, default=5_000, help="feeds for tracker alone; 0 for none")
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    if given.news and not given.news.is_file():
        options.error(f"no file {given.news}")
    load, _, _ = os.getloadavg()
    found, versions, missing = pollers(given.peers)
    with serving(given.news, WARM_UP_FEEDS) as server:  # compiles what is not compiled yet
        for poller in found:
            polled(server, poller, 0)
    with serving(given.news, given.feeds) as server:
        results = {name: compared(server, found, delay, given.runs) for name, delay in DELAYS.items()}
    python = f"Python {platform.python_version()}"
    print(f"{server.feeds:,} feeds, {server.items:,} items, {server.new:,} new ones; {counted(given.runs, 'run')}")
    # A load near the number of cores before the first poll: something else was running.
    print(f"{os.cpu_count()} cores, load before the first poll {load:.1f}; {python}")
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    for name, reason in missing.items():
        print(f"without {name}: {reason}")
    first = [table[FIRST] for table in results.values()]
    unpacked = [name for table in first for name, one in table.items() if one.packed < one.requests]
    print(f"accepts no gzip: {', '.join(dict.fromkeys(unpacked)) or 'none of them'}\n")
    print_summary(results)
    for name, tables in results.items():
        print_comparison(name, tables)
    if given.many:
        with serving(given.news, given.many) as server:
            grown = {name: compared(server, [tracker()], delay, 1) for name, delay in DELAYS.items()}
        print_growth(given.feeds, given.many, results, grown)


if __name__ == "__main__":
    main()
