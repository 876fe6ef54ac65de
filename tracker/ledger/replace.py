"""How is a file replaced so that nobody ever sees half of it, and nobody's work is written over?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tracker.errors import LedgerError


def replace_file(path: Path, before: bytes | None, after: bytes) -> None:
    """Put `after` in place of `before`, at once or not at all; `before` None makes a new file.

    LedgerError, the file untouched, when it no longer holds `before`, may not be written, or the disk refuses. The
    permissions stay; a symbolic link stays one, and the file that it names is replaced.
    """
    try:
        target = path.resolve()
        holder, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(holder, "wb") as stream:
                stream.write(after)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(_mode(target, before))
            if _content(target) != before:
                mend = "nothing was written; try again"
                raise LedgerError("the file has changed since it was read", where=str(path), mend=mend)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except (OSError, RuntimeError) as error:
        raise LedgerError(f"cannot be written: {getattr(error, 'strerror', error)}", where=str(path)) from error


def _content(target: Path) -> bytes | None:
    return target.read_bytes() if target.exists() else None


def _mode(target: Path, before: bytes | None) -> int:
    """The permissions of the file, or those of a new one."""
    if before is not None and target.exists():
        if not os.access(target, os.W_OK):
            raise LedgerError("the file is write-protected", where=str(target), mend="chmod u+w, if it may be edited")
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk only when the folder is."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
