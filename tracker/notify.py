"""How do alerts reach people, and what has reached whom? Apprise sends them, the store remembers each that was sent.

An alert is written down once its address took it: what comes between the two can repeat one, never lose one. An
address that fails keeps no other waiting, and gets its alerts at the next pass. Addresses hold passwords and tokens
anywhere, so of each only its number and its scheme are ever shown.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.alerts import Alert, Situation, Urgency, alerts, report_lines
from tracker.errors import ConfigError, TrackerError
from tracker.model import FeedState, Forecast, Subscription, Verdict

if TYPE_CHECKING:
    from tracker.store import Store

# One alert may be what an address cannot take; after a few it is the address.
_PATIENCE = 3
_HTTP_STATUS = re.compile(r"\berror[=:]\s?(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that alerts go to. `send` returns why it failed, empty on success.

    `mark` stands for the address in the store; the address cannot be made out from it.
    """

    name: str
    mark: str
    send: Callable[[Alert], str]


@dataclass(frozen=True, slots=True)
class Sent:
    """An alert that was sent to a target, or why it was not."""

    target: str
    alert: Alert
    error: str = ""


def targets(addresses: Sequence[str], where: str) -> list[Target]:
    """The targets of Apprise addresses, which were written in `where`.

    TrackerError without the apprise package; ConfigError for an address that Apprise cannot read, by its number.
    """
    if not addresses:
        return []
    try:
        import apprise
    except ImportError:
        raise TrackerError("alerts need the apprise package", mend="pip install 'forecast-tracker[alerts]'") from None
    asset = apprise.AppriseAsset(app_id="tracker", app_desc="forecasts held to account", app_url="", async_mode=False)
    found = []
    for number, address in enumerate(addresses, start=1):
        name = f"alert address {number} ({address.partition('://')[0].lower()})"
        client = apprise.Apprise(asset=asset)
        with _overheard():
            accepted = client.add(apprise.Apprise.instantiate(address, asset=asset) or [])
        if not accepted or not len(client):
            mend = "the services and how to write each: https://github.com/caronc/apprise/wiki"
            raise ConfigError(f"{name} cannot be read", where=where, mend=mend)
        found.append(Target(name, _mark(address), _sender(client)))
    return found


def tell(
    store: Store,
    to: Sequence[Target],
    *,
    forecasts: Sequence[Forecast],
    verdicts: Sequence[Verdict],
    decided: Collection[str],
    subscriptions: Sequence[Subscription],
    today: date,
    now: datetime,
    closing_days: int,
) -> Iterator[Sent]:
    """Send to each target what it was not told yet, and yield each alert once it was tried. StoreError by the store."""
    if not to:
        return
    states = store.feed_states()
    feeds = [states.get(one.address, FeedState(one.address)) for one in subscriptions]
    named = [replace(state, title=one.title or state.title) for state, one in zip(feeds, subscriptions, strict=True)]
    situation = Situation(store.turns(), forecasts, verdicts, decided, named, today, now, closing_days)
    for target in to:
        # Asked anew for each: of one address that is written twice, the second is told nothing twice.
        told = {key.removeprefix(target.mark) for key in store.alerts_sent() if key.startswith(target.mark)}
        failures = 0
        for alert in alerts(situation, told):
            error = target.send(_with_report(store, alert))
            if not error:
                store.save_alerts([target.mark + key for key in alert.keys], now)
            yield Sent(target.name, alert, error)
            failures += bool(error)
            if failures == _PATIENCE:
                break


def _with_report(store: Store, alert: Alert) -> Alert:
    item = store.item(alert.report) if alert.report else None
    return replace(alert, body=f"{alert.body}\n{report_lines(item)}") if item else alert


def _mark(address: str) -> str:
    """What stands for an address in the store. Derived slowly: no weak password in it is to be found by trying."""
    return hashlib.pbkdf2_hmac("sha256", address.encode(), b"tracker alerts", 100_000, 8).hex() + " "


def _sender(client: object) -> Callable[[Alert], str]:
    from apprise import NotifyFormat, NotifyType

    types = {Urgency.HIGH: NotifyType.WARNING, Urgency.NORMAL: NotifyType.INFO}

    def send(alert: Alert) -> str:
        with _overheard() as statuses:
            sent = client.notify(  # type: ignore[attr-defined]
                title=alert.title, body=alert.body, notify_type=types[alert.urgency], body_format=NotifyFormat.TEXT
            )
        if sent:
            return ""
        return f"it answered with HTTP status {statuses[-1]}" if statuses else "it could not be reached, or refused it"

    return send


class _Statuses(logging.Handler):
    """Keeps the HTTP statuses that Apprise logs, and nothing else of what it says: it may hold an address."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the status, if it is told."""
        self.found.extend(_HTTP_STATUS.findall(record.getMessage()))


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """The HTTP statuses that Apprise tells of while the block runs; what else it logs goes nowhere."""
    logger, handler = logging.getLogger("apprise"), _Statuses()
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield handler.found
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
