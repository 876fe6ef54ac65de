"""What stands in a subscribed file?"""

from __future__ import annotations

from pathlib import Path

from tracker.errors import FeedError
from tracker.feeds.unpack import too_large


def read_file(address: str, root: Path, size: int) -> bytes:
    """The bytes of a file of at most `size`, its path relative to the workspace `root` unless absolute; else FeedError.

    A relative path must stay inside the workspace, also through links: a list of feeds may come from somebody else.
    """
    try:
        path = (root / address).resolve()
        if not Path(address).is_absolute() and not path.is_relative_to(root.resolve()):
            raise FeedError("the path leads out of the workspace", where=address, mend="write the whole path")
        if not path.exists():
            raise FeedError("no such file", where=address, mend=f"paths start at {root}")
        # A pipe or a device would be read for ever.
        if not path.is_file():
            raise FeedError("this is a folder, not a file" if path.is_dir() else "not a regular file", where=address)
        if path.stat().st_size > size:
            raise too_large(size)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise FeedError(f"cannot be read: {reason.lower()}", where=address) from error
