"""The command line as a user runs it: a process of its own with an empty home, or, sooner done, in this process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from tracker.cli import main

REPOSITORY = Path(__file__).parents[1]
_PATIENCE_SECONDS = 180  # other tests may keep the machine busy


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
        timeout=_PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
    )


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str, **variables: str) -> Done:
    """The command line from its front door, in this process: a new one each time would take most of the time.

    Its environment is that of `tracker`, with these variables besides.
    """
    given = {**environment(folder), "COLUMNS": "80", **variables}
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in os.environ.keys() - given.keys():
            patch.delenv(name)
        for name, value in given.items():
            patch.setenv(name, value)
        for stream, own in {"stdin": StringIO(), "stdout": out, "stderr": err}.items():
            patch.setattr(sys, stream, own)
        patch.setattr(sys, "argv", ["tracker", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    told = [stream.buffer.getvalue().decode() for stream in (out, err) if isinstance(stream.buffer, BytesIO)]
    return Done(int(ended.value.code or 0), *told)


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
