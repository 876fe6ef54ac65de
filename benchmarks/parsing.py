"""How fast are feeds parsed, which of them the fast way, and does it say what the reference says?

    python benchmarks/parsing.py [FOLDER] [--documents 100]

The corpus is each feed of the folder, by default ../shared/data/feeds, and variants made of plain RSS and Atom. Title,
link, date and identity of every item that was read the fast way are compared with feedparser's reading of the same
document; the exit code is 1 where one differs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tracker.errors import FeedError
from tracker.feeds import parse
from tracker.feeds.document import feed_part
from tracker.feeds.encoding import decode
from tracker.feeds.entry import Document
from tracker.feeds.fast import read_fast
from tracker.feeds.reference import read_reference

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
START = "import time; began = time.perf_counter(); "
FIRST = (
    "import sys, datetime; from tracker.feeds.parse import parse_feed; "
    "parse_feed(sys.stdin.buffer.read(), address='https://a.example/', now=datetime.datetime.now(datetime.UTC), "
    "zone=datetime.UTC); print((time.perf_counter() - began) * 1000)"
)


def rss(number: int, items: int = 40) -> bytes:
    """A plain feed of a kind that most sites have: title, description, link, guid and date of each item."""
    site = f"https://site{number}.example"
    inside = "".join(
        f"<item><title>Ministers of {number} and {item} meet in Baku on Tuesday</title>"
        f"<description>They spoke of trade, of prisoners and of the border; talks go on, says {item}.</description>"
        f"<link>{site}/news/{item}</link><guid>{site}/news/{item}</guid>"
        f"<pubDate>Tue, {item % 28 + 1:02} Jul 2025 {number % 24:02}:{item % 60:02}:00 GMT</pubDate></item>\n"
        for item in range(items)
    )
    head = f"<title>Site {number}</title><link>{site}/</link><description>News</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{inside}</channel></rss>'.encode()


def atom(number: int, items: int = 40) -> bytes:
    """The same in Atom."""
    site = f"https://site{number}.example"
    inside = "".join(
        f'<entry><title type="html">Ministers &lt;b&gt;meet&lt;/b&gt; {item}</title><id>{site}/{item}</id>'
        f'<link rel="alternate" href="{site}/news/{item}"/><updated>2025-07-{item % 28 + 1:02}T10:00:00Z</updated>'
        f"<summary>They spoke of trade, of prisoners and of the border.</summary></entry>"
        for item in range(items)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Site {number}</title>{inside}</feed>'.encode()


def differences(body: bytes) -> list[str] | None:
    """Where the two readings of a document differ; None where it is not read the fast way."""
    try:
        document = feed_part(decode(body), "benchmark")
    except FeedError:
        return None
    fast = read_fast(document, limit=parse.MAX_ENTRIES)
    if fast is None:
        return None
    one, other = (items_of(read) for read in (fast, read_reference(document, "benchmark", limit=parse.MAX_ENTRIES)))
    found = [
        f"{ours} where the reference has {theirs}" for ours, theirs in zip(one, other, strict=False) if ours != theirs
    ]
    return found if len(one) == len(other) else [*found, f"{len(one)} items where the reference has {len(other)}"]


def items_of(document: Document) -> list[tuple[object, ...]]:
    """Title, summary, link, date and identity of the items that a reading leads to."""
    reading = parse._Reading("benchmark", "https://a.example/", NOW, UTC, UTC, (document.language, ""), False)
    items, names, _ = parse._items(document.entries, reading)
    return [(item.title, item.summary, item.link, item.published, item.key, names[item.key]) for item in items]


def per_second(read: Callable[[bytes], object], bodies: Sequence[bytes]) -> float:
    """Documents a second of processor time, in the best of three passes; what raises is read as far as it goes."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        for body in bodies:
            try:
                read(body)
            except (FeedError, ValueError):
                continue
        taken.append(time.process_time() - began)
    return len(bodies) / min(taken)


def ours(body: bytes) -> object:
    return parse.parse_feed(body, address="https://a.example/", now=NOW, zone=UTC)


def by_reference(body: bytes) -> object:
    """What parse_feed does where it does not take the fast way."""
    document = feed_part(decode(body), "benchmark")
    return items_of(read_reference(document, "benchmark", limit=parse.MAX_ENTRIES))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    parser.add_argument("--documents", type=int, default=20, help="how many of each generated kind")
    arguments = parser.parse_args()
    import fastfeedparser
    import feedparser

    files = [path.read_bytes() for path in sorted(arguments.folder.rglob("*")) if path.is_file()]
    corpora = {
        f"files of {arguments.folder.name}": files,
        "plain RSS of 40 items": [rss(number) for number in range(arguments.documents)],
        "plain Atom of 40 items": [atom(number) for number in range(arguments.documents)],
    }
    readers: dict[str, Callable[[bytes], object]] = {
        "feedparser": feedparser.parse,
        "fastfeedparser": fastfeedparser.parse,
        "by reference": by_reference,
        "parse_feed": ours,
    }
    print(f"{'documents a second':<28}" + "".join(f"{name:>16}" for name in readers) + f"{'fast':>9}{'differ':>8}")
    differ = 0
    for name, bodies in corpora.items():
        if not bodies:
            continue
        compared = [differences(body) for body in bodies]
        fast = [found for found in compared if found is not None]
        wrong = [line for found in fast for line in found]
        differ += len(wrong)
        speeds = "".join(f"{per_second(read, bodies):16,.0f}" for read in readers.values())
        print(f"{name:<28}{speeds}{len(fast) / len(bodies):>9.0%}{len(wrong):>8}")
        for line in wrong[:3]:
            print(f"  {line[:200]}")
    starts = [
        float(
            subprocess.run([sys.executable, "-c", START + FIRST], input=rss(1), capture_output=True, check=True).stdout
        )
        for _ in range(5)
    ]
    print(f"import and first document: {min(starts):.0f} ms in a new process")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
