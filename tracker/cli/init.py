"""`tracker init`: a new workspace, or the workflow that publishes one."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--publish", is_flag=True, help="With a workflow for GitHub that checks and publishes the scorecard.")
def init_command(folder: Path, publish: bool) -> int:
    """Make a workspace with a small example in DIR (default: this folder).

    \b
    tracker init demo
    tracker init --publish demo

    In a workspace that is there already, --publish adds the workflow alone.
    """
    from tracker.workspace import add_publishing, create_workspace

    if publish and (folder / "forecasts").is_dir():
        (path,) = add_publishing(folder)
        click.echo(f"{path.relative_to(folder)} publishes the scorecard once it is on GitHub.")
        _what_to_do(folder)
        return 0
    made = create_workspace(folder, publish=publish)
    click.echo(f"A workspace in {folder.absolute()}:")
    for path in made:
        click.echo(f"  {path.relative_to(folder)}")
    click.echo("\nNow:")
    if folder.resolve() != Path.cwd().resolve():
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo("  tracker check     polls the feeds and settles the example")
    click.echo("  tracker add       puts in a forecast of your own")
    if publish:
        _what_to_do(folder)
    return 0


def _what_to_do(folder: Path) -> None:
    """How the workflow comes to run: nothing of this can be done from here."""
    click.echo("\nTo publish:")
    click.echo("  push this folder to GitHub, as the root of a repository")
    click.echo("  there, in Settings, Pages, choose “GitHub Actions” as the source")
    click.echo("  in Actions, choose “Publish the scorecard” and “Run workflow”")
    if not (folder / ".git").exists():
        click.echo("It is not a repository yet: git init")
