"""Where do we keep what can be worked out again? In a folder below data/ that git ignores by itself."""

from __future__ import annotations

from pathlib import Path


def make_cache_folder(folder: Path) -> bool:
    """Make the folder if need be; whether it is there. Not where its parent is missing, or nothing may be written."""
    try:
        if folder.parent.is_dir() and not folder.is_dir():
            folder.mkdir(exist_ok=True)
            (folder / ".gitignore").write_text("*\n")
    except OSError:
        return False
    return folder.is_dir()
