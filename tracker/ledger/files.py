"""Which files hold forecasts, and what bytes are in them? Only as many as a forecast file may have, as UTF-8."""

from __future__ import annotations

import stat
from pathlib import Path

from tracker.errors import LedgerError
from tracker.model import Place

MAX_BYTES = 5_000_000


def forecast_files(folder: Path) -> list[Path]:
    """The forecast files of a folder, by name; hidden ones (an editor's) are not. OSError if it cannot be listed."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
    return sorted(path for path in found if path.name != "concepts.yaml" and not path.name.startswith("."))


def file_name(path: Path) -> str:
    """What messages call a forecast file: its folder and name, without characters that a terminal would obey."""
    name = f"{path.parent.name}/{path.name}"
    return name if name.isprintable() else "".join(c if c.isprintable() else "�" for c in name)


def read_text(path: Path, file: str) -> str:
    """The text of a file of at most MAX_BYTES in UTF-8; LedgerError, which names it `file`, when it cannot be had."""
    return decode(read_bytes(path, file), file)


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a file, one more than MAX_BYTES at most; LedgerError, which names it `file`, if it cannot be read.

    A pipe or a device is not opened: it would be waited for.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LedgerError("this is not a file", where=file)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise LedgerError(f"cannot be read: {reason or error}", where=file) from error


def decode(content: bytes, file: str) -> str:
    """The text of a file's bytes; LedgerError when they are too many or not UTF-8. A byte order mark is dropped."""
    if len(content) > MAX_BYTES:
        raise LedgerError(f"larger than {MAX_BYTES // 1_000_000} MB", where=file, mend="split it into several files")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LedgerError("not in UTF-8", where=Place(file, line), mend="save the file as UTF-8") from error
