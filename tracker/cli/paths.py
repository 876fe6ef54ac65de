"""Which file of the workspace does a path on the command line mean?"""

from __future__ import annotations

from pathlib import Path

from tracker.cli.context import Context
from tracker.errors import UsageError


def in_workspace(context: Context, words: str) -> str | None:
    """The file that is meant, seen from the workspace, else from here; its path in the workspace, None if none."""
    root = context.workspace.root.resolve()
    for base in (root, Path.cwd()):
        try:
            path = (base / words).resolve()
            if path.is_file() and path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        except (OSError, ValueError):  # too long a name, or a null character in it
            return None
    return None


def forecast_file(context: Context, words: str) -> Path:
    """The forecast file that is meant, there or not: `oil` and `forecasts/oil.yaml` are one. UsageError otherwise."""
    folder = context.workspace.forecasts
    name = Path(words).name
    if not Path(name).suffix:
        name += ".yaml"
    path = folder / name
    here = Path(words).parent
    places = (folder, folder.parent / here, Path.cwd() / here)
    if here != Path() and folder.resolve() not in (place.resolve() for place in places[1:]):
        raise UsageError(f"{words} is not in {folder.name}/, where forecast files stand", mend=f"--file {name}")
    if path.suffix not in (".yaml", ".yml") or name.startswith((".", "concepts.")):
        raise UsageError(f"{name} is not the name of a forecast file", mend="choose a name such as oil.yaml")
    return path
