"""Which pollers are compared, and how is each set up, started and checked?"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from polling_measure import environment

_DRIVERS = str(Path(__file__).with_name("polling_drivers.py"))
# Prints which of the peers can be imported there, and the versions of what they are made of.
_LOOK = """
import json
from importlib import import_module
from importlib.metadata import distributions
errors = {}
for name in ("reader._parser.feedparser", "feedparser"):
    try:
        import_module(name)
    except ImportError as error:
        errors[name.split(".")[0]] = str(error)
wanted = ("reader", "feedparser", "requests", "urllib3", "urllib3-future")
versions = {one.name: one.version for one in distributions() if one.name in wanted}
print(json.dumps([errors, {name: versions[name] for name in wanted if name in versions}]))
"""


@dataclass(frozen=True, slots=True)
class Poller:
    """A program that polls feeds.

    `prepare` makes its folder ready for a list of addresses, `command` is what polls them, and `stored` (SQL) counts
    the items in its `database`. `alone` is a command that prints the seconds of the poll alone: `command` itself where
    it prints them, another where a user's command does not, none where the start takes no time worth telling apart.
    `settling` is how many unchanged polls it takes before it asks conditionally.
    """

    name: str
    prepare: Callable[[Path, Sequence[str]], None]
    command: Sequence[str]
    database: str
    stored: str
    alone: Sequence[str] = ()
    settling: int = 0

    def items(self, folder: Path) -> int:
        """How many items it has stored."""
        with closing(sqlite3.connect(folder / self.database)) as database:
            [count] = database.execute(self.stored).fetchone()
            return int(count)


def tracker() -> Poller:
    """tracker as a user runs it, and its poll alone."""

    def prepare(folder: Path, addresses: Sequence[str]) -> None:
        for name in ("forecasts", "data"):
            (folder / name).mkdir()
        (folder / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n')
        outlines = "".join(f'<outline type="rss" xmlUrl={quoteattr(address)}/>\n' for address in addresses)
        (folder / "data" / "feeds.opml").write_text(f'<opml version="2.0"><body>\n{outlines}</body></opml>\n')

    return Poller(
        name="tracker",
        prepare=prepare,
        command=(sys.executable, "-m", "tracker", "feeds", "poll"),
        alone=(sys.executable, _DRIVERS, "tracker", ".", "poll"),
        database="data/tracker.sqlite",
        stored="SELECT count(*) FROM items",
    )


def python_peer(python: str, library: str, threads: int) -> Poller:
    """`reader` or feedparser in so many threads, in an interpreter that has them."""

    def prepare(folder: Path, addresses: Sequence[str]) -> None:
        (folder / "addresses.txt").write_text("\n".join(addresses))
        subprocess.run([python, _DRIVERS, library, ".", "prepare"], cwd=folder, env=environment(), check=True)

    command = (python, _DRIVERS, library, ".", "poll", str(threads))
    return Poller(
        name=f"{library}, {threads} threads",
        prepare=prepare,
        command=command,
        alone=command,
        database=f"{library}.sqlite",
        stored="SELECT count(*) FROM entries",
    )


def newsboat(threads: int) -> Poller:
    """newsboat with a configuration and a cache of its own.

    It deals the feeds out beforehand, and the last thread gets what is over: a number that divides them serves it best.
    """

    def prepare(folder: Path, addresses: Sequence[str]) -> None:
        (folder / "urls").write_text("".join(f"{address}\n" for address in addresses))
        (folder / "config").write_text(f"reload-threads {threads}\n")

    return Poller(
        name=f"newsboat, {threads} threads",
        prepare=prepare,
        command=("newsboat", "-C", "config", "-u", "urls", "-c", "cache.sqlite", "-x", "reload"),
        database="cache.sqlite",
        stored="SELECT count(*) FROM rss_item",
        settling=1,
    )


def pollers(python: str) -> tuple[list[Poller], dict[str, str], dict[str, str]]:
    """tracker and the peers that are there, their versions, and why others are not."""
    look = subprocess.run([python, "-c", _LOOK], env=environment(), stdout=subprocess.PIPE, check=True)
    missing: dict[str, str]
    versions: dict[str, str]
    missing, versions = json.loads(look.stdout)
    libraries = (("reader", 8), ("reader", 32), ("feedparser", 16))
    found = [tracker(), *(python_peer(python, name, threads) for name, threads in libraries if name not in missing)]
    if shutil.which("newsboat"):
        told = subprocess.run(["newsboat", "-v"], env=environment(), capture_output=True, text=True, check=True)
        versions["newsboat"] = told.stdout.split()[1]
        found.append(newsboat(25))
    else:
        missing["newsboat"] = "not on the PATH"
    return found, versions, missing
