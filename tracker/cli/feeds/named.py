"""Which of the followed feeds is meant?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.cli.context import Context
from tracker.errors import NotFoundError, UsageError
from tracker.model import FeedState, Subscription


def followed(context: Context) -> list[Subscription]:
    """The feeds that are followed; every mistake in their list is told on standard error."""
    subscriptions, errors = context.subscriptions
    context.tell(errors)
    return subscriptions


def chosen(subscriptions: Sequence[Subscription], names: Sequence[str]) -> list[Subscription]:
    """The feeds of these names, each once; all of them without any."""
    return list(dict.fromkeys(named(subscriptions, name) for name in names)) if names else list(subscriptions)


def named(subscriptions: Sequence[Subscription], name: str) -> Subscription:
    """The feed of an address or a title. NotFoundError with what is near; UsageError when several have the title."""
    found = [one for one in subscriptions if one.address == name]
    found = found or [one for one in subscriptions if one.title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} feeds are called “{name}”", mend=", ".join(one.address for one in found) + "?")
    near = _near([text for one in subscriptions for text in (one.title, one.address) if text], name)
    mend = f"did you mean {' or '.join(near)}?" if near else "tracker feeds list shows them"
    raise NotFoundError(f"no feed “{name}” is followed", mend=mend)


def title(subscription: Subscription, state: FeedState) -> str:
    """What to call a feed; one that was added unread is listed under its address until it says its name."""
    given = subscription.title if subscription.title != subscription.address else ""
    return given or state.title or "no title yet"


def _near(known: Sequence[str], name: str) -> list[str]:
    from difflib import get_close_matches

    parts = [text for text in known if name.strip() and name.casefold() in text.casefold()]
    return list(dict.fromkeys([*parts, *get_close_matches(name, known)]))[:3]
