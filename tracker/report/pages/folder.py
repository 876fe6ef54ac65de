"""How is a folder of files written so that a whole one always stands there? Beside it first, then in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from tracker.errors import UsageError

MARKER = ".tracker-site"
_MARKED = (
    "tracker wrote this folder and writes it anew each time: what you change in its pages is lost. Files of yours that"
    " lie beside index.html are kept.\n"
)


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files, by their paths, to a folder in the place of those written before; how many they are.

    The folder stands as it was until every file is written; a run that is broken off changes nothing. What somebody put
    beside the files at the top (a CNAME, a .git) stays. UsageError when the folder holds files but no sign
    of tracker's, or cannot be written.
    """
    folder = folder.resolve()
    try:
        _refuse_foreign(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{folder.name}-", suffix=".new", dir=folder.parent))
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}", mend="choose another folder") from error
    try:
        count = _fill(beside, files)
        _put_in_place(beside, folder)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}", mend="choose another folder") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds files, none of which says that tracker wrote it."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", mend="choose another one")
    if folder.is_dir() and not (folder / MARKER).is_file() and any(folder.iterdir()):
        what = f"{folder} holds files that are not tracker's, and its pages would take their place"
        raise UsageError(what, mend="choose a new or empty folder")


def _fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    made: set[Path] = set()
    for name, content in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content)
        count += 1
    (folder / MARKER).write_text(_MARKED, "utf-8")
    folder.chmod(0o755)  # mkdtemp's is for its owner alone, and a web server is somebody else
    return count


def _put_in_place(beside: Path, folder: Path) -> None:
    """Swap the folders, then take over what somebody put at the top of the old one, and delete the rest of it."""
    if not folder.exists():
        beside.rename(folder)
        return
    before = beside.with_suffix(".old")
    folder.rename(before)
    try:
        beside.rename(folder)
    except OSError:
        before.rename(folder)
        raise
    for entry in before.iterdir():
        if not (folder / entry.name).exists() and not _ours(entry):
            entry.rename(folder / entry.name)
    shutil.rmtree(before)


def _ours(entry: Path) -> bool:
    return entry.name in (MARKER, "forecasts", "forecasters", "static", "index.html", "changes.atom")
