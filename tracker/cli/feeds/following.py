"""`tracker feeds add` and `remove`: follow a feed, found on its site where need be, and stop following it."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, pass_context
from tracker.cli.feeds.named import followed, named
from tracker.errors import NotFoundError, UsageError
from tracker.model import Subscription
from tracker.wording import counted

if TYPE_CHECKING:
    from tracker.feeds.discover import Discovered
    from tracker.polling import Polled


@click.command("add", short_help="Follow a feed, or find those of a site.")
@click.argument("address")
@click.option("--title", metavar="TEXT", help="What to call it (default: what it calls itself).")
@click.option("--language", metavar="CODE", help="The language of its items, where it does not say: en, ru.")
@click.option(
    "--archive", is_flag=True, help="It holds the past: what it carried proves that its sources were watched."
)
@click.option("--time-zone", metavar="NAME", help="The time zone of its dates that name none (the workspace's).")
@click.option("--user-agent", metavar="TEXT", help="The name to ask it by, for servers that block tracker's.")
@click.option("--any-certificate", is_flag=True, help="Accept a certificate that cannot be verified.")
@click.option("--no-poll", "--offline", is_flag=True, help="Do not read it now.")
@pass_context
def add_feed(
    context: Context,
    address: str,
    title: str | None,
    language: str | None,
    archive: bool,
    time_zone: str | None,
    user_agent: str | None,
    any_certificate: bool,
    no_poll: bool,
) -> int:
    """Follow a feed, by its web address or as a file in the workspace, and read it once. The address of a page finds
    the feeds that it names: the only one is followed, of several you choose.

    \b
    tracker feeds add https://www.aljazeera.com/
    tracker feeds add data/history.atom --archive

    A feed that cannot be read now is followed all the same.
    """
    from tracker.feeds.opml import add_subscription
    from tracker.schedule import alone

    if language and not re.fullmatch("[A-Za-z]{2}", language):
        raise click.UsageError(f"“{language}” is not a language: write two letters (ISO 639-1), such as ru.")
    subscription = Subscription(
        _address(context, address),
        title or "",
        (language or "").lower(),
        archive,
        timezone=time_zone or "",
        user_agent=user_agent or "",
        any_certificate=any_certificate,
    )
    if not no_poll:
        if not _follow(context, subscription):
            for one in _on_page(context, subscription):
                if not _follow(context, one):
                    raise UsageError(f"{one.address} is a page, too, and not a feed", mend="choose another")
        return 0
    with alone(context.workspace.lock):
        _refuse_double(context, subscription.address)
        add_subscription(context.workspace.opml, subscription)
    click.echo(f"following {subscription.title or subscription.address}")
    return 0


@click.command("remove", short_help="Stop following a feed.")
@click.argument("name", metavar="ADDRESS|TITLE")
@pass_context
def remove_feed(context: Context, name: str) -> int:
    """Stop following a feed, by its address or its title. The items that it brought stay.

    \b
    tracker feeds remove "Al Jazeera"
    """
    from tracker.feeds.opml import remove_subscription
    from tracker.schedule import alone

    with alone(context.workspace.lock):
        subscription = named(followed(context), name)
        remove_subscription(context.workspace.opml, subscription.address)
    click.echo(f"no longer following {subscription.title or subscription.address}; its items stay")
    return 0


def _follow(context: Context, subscription: Subscription) -> bool:
    """Read a feed and follow it, and say so; False, and it is not followed, when it is a page on the web."""
    from tracker.feeds.clean import is_web_address
    from tracker.feeds.opml import add_subscription, check_subscription
    from tracker.polling import poll_feeds
    from tracker.schedule import alone

    check_subscription(subscription)
    with alone(context.workspace.lock):
        _refuse_double(context, subscription.address)
        with context.store(made=True) as store:
            [polled] = poll_feeds(context.workspace, store, [subscription], now=context.now, anyway=True)
        if is_web_address(subscription.address) and "HTML page" in polled.poll.error:
            return False
        if polled.poll.terms.gone:
            mend = "look for its new address on its site"
            raise UsageError(f"{subscription.address}: {polled.poll.error}", mend=mend)
        if not subscription.title and not polled.poll.error:
            subscription = replace(subscription, title=polled.poll.title)
        add_subscription(context.workspace.opml, subscription)
    _tell_followed(subscription, polled)
    return True


def _tell_followed(subscription: Subscription, polled: Polled) -> None:
    name = subscription.title or subscription.address
    if polled.poll.error:
        click.echo(f"following {name}, though it could not be read now: {polled.poll.error}")
        click.echo(f"(tracker feeds remove {subscription.address} if that is not a feed)")
    else:
        click.echo(f"following {name}: {counted(polled.items, 'item')}, {polled.new} of them new")


def _on_page(context: Context, page: Subscription) -> list[Subscription]:
    """The feeds of a page that are to be followed: the only one, or those that the user chooses. UsageError if none."""
    from tracker.cli.feeds.finding import find_feeds

    known = {one.address for one in followed(context)}
    found = find_feeds(context, page)
    if not found:
        mend = "try the front page of its site, or the feed's own address; --no-poll follows this one unread"
        raise UsageError(f"{page.address} is a page, and no feed was found on it", mend=mend)
    if len(found) == 1:
        click.echo(f"{page.address} is a page; its feed is {found[0].address}")
        chosen = found
    else:
        click.echo(f"{page.address} is a page with {len(found)} feeds:")
        for number, one in enumerate(found, start=1):
            also = "  (followed already)" if one.address in known else ""
            kind = f"  ({one.kind})" if one.kind else ""
            click.echo(f"  {number}  {one.title or 'no title'}{kind}{also}\n     {one.address}")
        chosen = _choose(page, found)
    fresh = [one for one in chosen if one.address not in known]
    if not fresh:
        raise UsageError(f"{', '.join(one.address for one in chosen)} is followed already")
    title = page.title if len(chosen) == 1 else ""
    return [replace(page, address=one.address, title=title) for one in fresh]


def _choose(page: Subscription, found: list[Discovered]) -> list[Discovered]:
    """The feeds that the user chooses by their numbers; UsageError with what to type where there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo("choose one:")
        for one in found:
            click.echo(f"  tracker feeds add {_command_line(replace(page, address=one.address))}")
        raise UsageError("nothing is followed yet: which of these feeds?")
    from tracker.cli.guided import ask

    while True:
        words = ask("Which (numbers; Enter for none)", err=False).replace(",", " ").split()
        if not words:
            raise UsageError("nothing is followed")
        if all(word.isdecimal() and 1 <= int(word) <= len(found) for word in words):
            return [found[number - 1] for number in dict.fromkeys(map(int, words))]
        click.echo(f"  write numbers from 1 to {len(found)}, such as 1 2")


def _command_line(subscription: Subscription) -> str:
    """What follows `tracker feeds add` for a subscription like this."""
    from shlex import quote

    words = [subscription.address]
    for option, value in (
        ("--title", subscription.title),
        ("--language", subscription.language),
        ("--time-zone", subscription.timezone),
        ("--user-agent", subscription.user_agent),
    ):
        words += [option, value] if value else []
    words += ["--archive"] if subscription.archive else []
    words += ["--any-certificate"] if subscription.any_certificate else []
    return " ".join(map(quote, words))


def _refuse_double(context: Context, address: str) -> None:
    for one in followed(context):
        if one.address == address:
            raise UsageError(f"{address} is followed already", mend=one.title)


def _address(context: Context, words: str) -> str:
    """The address as the list has it: on the web, or a file's path in the workspace. TrackerError for anything else."""
    from tracker.cli.paths import in_workspace
    from tracker.feeds.clean import is_web_address, safe_link

    if is_web_address(words):
        if not safe_link(words) or words.split() != [words]:
            raise UsageError(f"{words} is not an address on the web", mend="as in https://example.org/feed.xml")
        return words
    if re.match(r"[A-Za-z][\w+.-]*:", words):
        raise UsageError(f"{words} cannot be followed", mend="an http:// or https:// address, or a file")
    path = in_workspace(context, words)
    if path is None:
        mend = "feeds are files in the workspace, or web addresses that begin with https://"
        raise NotFoundError(f"no file {words} in {context.workspace.root}", mend=mend)
    return path
