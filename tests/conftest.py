"""How are properties tested, and what do several files of tests share?

Examples are drawn anew here, and are always the same ones where a build depends on them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import article_workspace, tracker
from hypothesis import settings

# A time limit for one example would make a busy machine fail what an idle one passes.
settings.register_profile("here", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def checked_article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article's workspace after a check; tests only read it, or copy it."""
    workspace = article_workspace(tmp_path_factory.mktemp("article"))
    done = tracker(workspace, "check", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    return workspace
