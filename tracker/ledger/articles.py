"""What does the article say that a forecast was published in? Its text, from a file inside the workspace."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import LedgerError
from tracker.ledger.files import read_text


def article_text(path: str, root: Path) -> str:
    """The text at a path relative to the workspace `root`. LedgerError if it is not there, outside, or unreadable."""
    target = root / path
    try:
        inside, there = target.resolve().is_relative_to(root.resolve()), target.exists()
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of symbolic links
        raise LedgerError(f"names a file that cannot be read: {getattr(error, 'strerror', error)}") from error
    if not inside:
        raise LedgerError(f"names a file outside the workspace: {path}", mend="copy the text into seeds/")
    if not there:
        raise LedgerError(f"names no file: {path}", mend="paths are relative to the folder that holds forecasts/")
    return read_text(target, path)
