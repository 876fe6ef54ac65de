"""Which feeds does a page on the web have?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.errors import FeedError, UsageError
from tracker.model import Subscription

if TYPE_CHECKING:
    from tracker.feeds.answer import Answer
    from tracker.feeds.discover import Discovered

_MOST_GUESSES = 6


def find_feeds(context: Context, page: Subscription) -> list[Discovered]:
    """The feeds that a page names, else the first that answers at one of the usual addresses; none at all.

    UsageError when the page cannot be read.
    """
    from tracker.feeds.discover import Discovered, discover, guesses

    answer = _asked(context, page, page.address)
    if answer.error:
        raise UsageError(f"{page.address} cannot be read: {answer.error}", mend="try again, or name the feed itself")
    base = answer.final_address or page.address
    if found := discover(answer.body, base, answer.content_type):
        return found
    for address in guesses(base)[:_MOST_GUESSES]:
        if (title := _feed_title(context, _asked(context, page, address))) is not None:
            return [Discovered(address, title)]
    return []


def _asked(context: Context, page: Subscription, address: str) -> Answer:
    """What an address answers, asked as the page is."""
    from tracker.feeds.answer import Request
    from tracker.feeds.fetch import fetch_one
    from tracker.polling import limits

    request = Request(address, user_agent=page.user_agent, any_certificate=page.any_certificate)
    return fetch_one(request, limits(context.workspace))


def _feed_title(context: Context, answer: Answer) -> str | None:
    """What a feed calls itself, None when the answer is no feed."""
    from tracker.feeds.parse import parse_feed
    from tracker.polling import limits

    if answer.error:
        return None
    try:
        return parse_feed(
            answer.body,
            address=answer.address,
            now=context.now,
            zone=context.zone,
            content_type=answer.content_type,
            base=answer.final_address,
            size=limits(context.workspace).size,
        ).title
    except FeedError:
        return None
