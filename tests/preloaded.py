"""What has a tracker read, and made of its tables, once it has made a pass? For a process that others are copies of.

Each of the copies would else do it anew, which takes several times as long as its pass.
"""

from __future__ import annotations

import tempfile
import threading
from importlib import import_module
from pathlib import Path

from command import run

from tracker.workspace import create_workspace


def make_a_pass() -> None:
    """Import what the commands import, and make a pass over the example of `tracker init`."""
    for name in ("add", "check", "decide", "guided", "listing", "run", "service", "feeds.following", "feeds.polling"):
        import_module(f"tracker.cli.{name}")
    with tempfile.TemporaryDirectory() as folder:
        create_workspace(Path(folder))
        done = run(Path(folder), "check", "--offline")
        assert done.returncode == 0, done.stderr
    for thread in threading.enumerate():
        if thread is not threading.main_thread():  # a copy would have its locks, without it
            thread.join()


make_a_pass()
