"""What do tests share? A server in their hands, a workspace that follows it, and how properties are tested.

With examples drawn anew here, and always the same ones where a build depends on them.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command import article_workspace, run
from follower import LOOPBACK, Follower
from hypothesis import settings
from postgres import KINDS, fresh_store
from served import Served, served
from server import Server

from tracker.store import Store, open_store
from tracker.workspace import create_workspace, find_workspace

# A time limit for one example would make a busy machine fail what an idle one passes.
settings.register_profile("here", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")
# A shell that runs the tests in the background has them ignore Ctrl-C, and with them the commands that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def follower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    monkeypatch.setenv("NO_PROXY", "*")
    root = tmp_path / "workspace"
    create_workspace(root)
    (root / "data" / "feeds.opml").unlink()
    (root / "tracker.toml").write_text(LOOPBACK, "utf-8")
    workspace = find_workspace(root)
    with open_store(workspace.database, zone=workspace.zone) as store:
        yield Follower(root, store)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, on each kind of database."""
    with fresh_store(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that every user of the machine may enter; those of pytest are shut to others."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Not root, whom no file's permissions stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture(scope="session")
def checked_article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article's workspace after a check; tests only read it, or copy it."""
    workspace = article_workspace(tmp_path_factory.mktemp("article"))
    done = run(workspace, "check", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    return workspace


@pytest.fixture
def workspace(checked_article: Path, tmp_path: Path) -> Path:
    """The article's workspace after a check, to change; many a file has another one of that name."""
    return Path(shutil.copytree(checked_article, tmp_path / "workspace"))


@pytest.fixture(scope="module")
def reading(checked_article: Path) -> Iterator[Served]:
    """The article's workspace on a server that tests only read from, or are refused by."""
    with served(checked_article) as at:
        yield at
    assert not (checked_article / "data" / "decisions.jsonl").exists()


@pytest.fixture
def writing(workspace: Path) -> Iterator[Served]:
    """A workspace on a server that tests change it by."""
    with served(workspace) as at:
        yield at
