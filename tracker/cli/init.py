"""`tracker init`: a new workspace."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
def init_command(folder: Path) -> int:
    """Make a workspace with a small example in DIR (default: this folder).

    \b
    tracker init demo
    """
    from tracker.workspace import create_workspace

    made = create_workspace(folder)
    click.echo(f"A workspace in {folder.absolute()}:")
    for path in made:
        click.echo(f"  {path.relative_to(folder)}")
    click.echo("\nNow:")
    if folder.resolve() != Path.cwd().resolve():
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  tracker check     polls the feeds and settles the example")
    click.echo("  tracker add       puts in a forecast of your own")
    return 0
