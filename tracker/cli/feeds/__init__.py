"""`tracker feeds`: which feeds are followed, and how are they doing? A file for each pair of commands."""

from __future__ import annotations

import click

from tracker.cli.feeds.exchange import export_feeds, import_feeds
from tracker.cli.feeds.following import add_feed, remove_feed
from tracker.cli.feeds.listing import doctor, list_feeds
from tracker.cli.feeds.polling import poll_feeds


@click.group("feeds")
def feeds_command() -> None:
    """Follow feeds, and see how they are doing.

    \b
    tracker feeds add https://www.aljazeera.com/
    """


for _command in (list_feeds, doctor, add_feed, remove_feed, poll_feeds, import_feeds, export_feeds):
    feeds_command.add_command(_command)
