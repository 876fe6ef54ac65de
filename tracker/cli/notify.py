"""`tracker notify`: where alerts go, and whether they get there. And what a pass has to tell, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, pass_context
from tracker.errors import ConfigError
from tracker.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.check import Checked
    from tracker.notify import Sent, Target
    from tracker.store import Store


@click.command("notify")
@click.option("--test", is_flag=True, help="Send a test message to every address.")
@pass_context
def notify_command(context: Context, test: bool) -> int:
    """Say where alerts go; with --test send one message there, and say what failed.

    \b
    tracker notify --test

    Addresses are those of tracker.toml (alerts = ["mailto://…", "tgram://…"]) or of TRACKER_ALERTS, as Apprise writes
    them. They hold secrets, so only the service of each is shown. Exits with 1 when a message could not be sent.
    """
    from tracker.alerts import Alert

    found = needed_targets(context)
    settings = context.workspace.settings
    if not test:
        for target in found:
            click.echo(target.name)
        before = counted(settings.closing_days, "day")
        click.echo(f"A window is told {before} before it closes. tracker notify --test sends a message to each.")
        return 0
    message = Alert((), "test message of tracker", f"Alerts on {context.workspace.root.name or 'forecasts'} come here.")
    failures = 0
    for target in found:
        error = target.send(message)
        failures += bool(error)
        click.echo(f"{target.name}: {error or 'sent'}")
    return 1 if failures else 0


def alert_targets(context: Context) -> list[Target]:
    """The targets of the workspace's alerts; none where no address is set. ConfigError for one that cannot be read."""
    from tracker.notify import targets
    from tracker.workspace import CONFIG_FILE, OPTION

    settings = context.workspace.settings
    by_option = settings.origin("alerts") == OPTION
    return targets(settings.alerts, "TRACKER_ALERTS or --alerts" if by_option else CONFIG_FILE)


def needed_targets(context: Context) -> list[Target]:
    """The targets of the workspace's alerts; ConfigError where there are none, too."""
    found = alert_targets(context)
    if not found:
        mend = 'alerts = ["json://HOST/PATH"] in tracker.toml, or TRACKER_ALERTS in the environment'
        raise ConfigError("no address for alerts is set", mend=mend)
    return found


def send_alerts(context: Context, store: Store, checked: Checked, to: list[Target]) -> Iterator[Sent]:
    """Send what a pass has to tell; each alert, once it was tried."""
    from tracker.notify import tell

    return tell(
        store,
        to,
        forecasts=context.ledger.forecasts,
        verdicts=checked.verdicts,
        decided=context.decisions.standing,
        subscriptions=context.subscriptions[0],
        today=checked.as_of,
        now=context.now,
        closing_days=context.workspace.settings.closing_days,
    )
