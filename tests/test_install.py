"""Installed from its wheel, away from this folder, tracker has all that it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command import REPOSITORY, environment


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel of this project was unpacked into."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run(
        [*build, str(folder / "wheels"), str(REPOSITORY)], check=True, env={**os.environ, "HOME": str(folder)}
    )
    (wheel,) = (folder / "wheels").glob("forecast_tracker-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert (
            "tracker = tracker.cli:main"
            in archive.read(next(name for name in archive.namelist() if name.endswith("entry_points.txt"))).decode()
        )
        archive.extractall(folder / "site")
    return folder / "site"


def test_a_new_workspace_is_made_and_settled(installed: Path, tmp_path: Path) -> None:
    def tracker(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        # Python adds the folder that it stands in to its path: nothing of this repository may be found there.
        variables = {**environment(tmp_path), "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
        return subprocess.run(
            [sys.executable, "-m", "tracker", *arguments],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            timeout=60,
        )

    where = subprocess.run(
        [sys.executable, "-c", "import tracker; print(tracker.__file__)"],
        env={**environment(tmp_path), "PYTHONPATH": str(installed)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    assert tracker("init", "--publish", "demo", folder=tmp_path).returncode == 0
    assert (tmp_path / "demo" / ".github" / "workflows" / "publish.yml").is_file()
    checked = tracker("check", "--offline", folder=tmp_path / "demo")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert [line.split()[1] for line in checked.stdout.splitlines() if line.startswith(("✔", "✘", "…"))] == [
        "confirmed",
        "refuted",
        "pending",
    ]
    assert tracker("search", "@strike", folder=tmp_path / "demo").returncode == 0
