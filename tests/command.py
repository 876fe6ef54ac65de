"""The command line as a user runs it: a process of its own, in a workspace, with an empty home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def environment(home: Path) -> dict[str, str]:
    """What a user's shell has, as little as possible of it: no colours, no settings of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(home), "NO_COLOR": "1", "USER": "tester", "PYTHONUTF8": "1"}


def tracker(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `tracker` in a folder and wait for it."""
    return subprocess.run(
        [sys.executable, "-m", "tracker", *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def article_workspace(folder: Path) -> Path:
    """A copy of this repository as a workspace, that follows its archive and no live feed."""
    for name in ("forecasts", "seeds"):
        shutil.copytree(REPOSITORY / name, folder / name)
    (folder / "data").mkdir()
    for archive in (REPOSITORY / "data").glob("*.atom"):
        shutil.copy(archive, folder / "data")
    outlines = "".join(
        f'<outline text="{archive.stem}" type="archive" xmlUrl="data/{archive.name}"/>'
        for archive in sorted((folder / "data").glob("*.atom"))
    )
    opml = f'<opml version="2.0"><head/><body>{outlines}</body></opml>'
    (folder / "data" / "feeds.opml").write_text(opml, "utf-8")
    return folder
