"""`tracker run`: the same pass, again and again, as a service."""

from __future__ import annotations

from contextlib import suppress

import click

from tracker.cli.context import Context, pass_context


@click.command("run")
@click.option("--every", metavar="SPAN", help="Time between passes: 30m, 1h, 1d (default 1h, or that of tracker.toml).")
@click.option("--once", is_flag=True, help="Make one pass as the service does, and end: for timers.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to tell what is done, on standard error: a line for people or a JSON object for each event.",
)
@pass_context
def run_command(context: Context, every: str | None, once: bool, log_format: str) -> int:
    """Check now and then at an interval, one pass at a time, until stopped by Ctrl-C or SIGTERM.

    \b
    tracker run --every 30m
    tracker run --once --log-format json

    A pass asks only the feeds that are due: fast ones more often than the interval, slow ones and those that rest more
    seldom. Alerts go to the addresses that are set (tracker notify). The pass in hand is finished first. A second
    tracker in the same workspace is refused.
    """
    from tracker.cli.notify import alert_targets
    from tracker.cli.service import Service
    from tracker.report.log import Log
    from tracker.schedule import alone, repeat, tell_systemd
    from tracker.workspace import interval_words

    settings = context.workspace.with_options(every=every).settings
    alert_targets(context)  # an address that cannot be read is told now, not after the first pass

    def write(line: str) -> None:
        # Where the log cannot be written, as on a full disk, the work still goes on.
        with suppress(OSError):
            click.echo(line, err=True)

    service = Service(context, settings.every, Log(write, context.zone, as_json=log_format == "json"))
    with alone(context.workspace.lock):
        if once:
            service.make_pass()
            return 1 if service.failed else 0
        words = f"checking every {interval_words(settings.every)}; Ctrl-C stops after the pass in hand"
        service.log.tell("started", words, every_seconds=int(settings.every.total_seconds()))
        tell_systemd("READY=1")
        repeat(service.make_pass, settings.every)
        tell_systemd("STOPPING=1")
    service.log.tell("stopped", "stopped")
    return 0
