"""What does the service do in one pass, and what does it tell of it?"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.errors import ManyErrors, TrackerError
from tracker.model import Status
from tracker.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.check import Change, Checked
    from tracker.model import FeedState, Poll, Subscription
    from tracker.report.log import Log
    from tracker.store import Store


@dataclass
class Service:
    """Makes passes in the workspace that `start` names, and tells of them. `failed` says whether the last one did."""

    start: Context
    every: timedelta
    log: Log
    passes: int = 0
    failed: bool = False
    mistakes: list[str] = field(default_factory=list)

    def make_pass(self) -> datetime:
        """Make one pass, whatever comes of it; when to make the next."""
        self.passes += 1
        self.failed = False
        # Read anew each time: settings, forecasts and feeds may have been edited since the last pass.
        context = Context(self.start.folder, self.start.options)
        now = context.now
        self.log.tell("pass_began", number=self.passes)
        try:
            return self._pass(context, now)
        except TrackerError as error:
            self._fail(str(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            self._fail(error.strerror or str(error))
        except Exception as error:
            self._fail(f"a fault of tracker's own, please report it: {type(error).__name__}", traceback.format_exc())
        return now + self.every

    def _fail(self, words: str, trace: str = "") -> None:
        self.failed = True
        told = {"traceback": trace} if trace else {}
        self.log.tell("pass_failed", f"pass {self.passes} failed: {words}", number=self.passes, error=words, **told)
        if trace and not self.log.as_json:
            self.log.write(trace)

    def _pass(self, context: Context, now: datetime) -> datetime:
        from tracker.check import check
        from tracker.cli.check import report
        from tracker.schedule import due, next_pass, tell_systemd

        self._tell_mistakes(context)
        subscriptions = context.subscriptions[0]
        with context.store(made=True) as store:
            before = store.feed_states()
            checked = check(
                context.workspace,
                store,
                context.ledger,
                context.concepts,
                due(subscriptions, before, self.every, now),
                now=now,
                decisions=context.decisions,
            )
            for poll in checked.polls:
                self._tell_poll(poll, before.get(poll.address))
            self._tell_changes(checked)
            self._send_alerts(context, store, checked)
            after = store.feed_states()
        at = next_pass(subscriptions, after, self.every, now)
        self._tell_end(checked, subscriptions, after, at)
        tell_systemd(f"STATUS=pass {self.passes} ended; next at {at:%Y-%m-%d %H:%M} UTC")
        if checked.changes and not self.log.as_json:
            report(context, checked)
        return at

    def _tell_mistakes(self, context: Context) -> None:
        """Tell the mistakes in the workspace's files that the last pass had not met."""
        errors: list[TrackerError] = []
        for error in (*context.ledger.errors, *context.decisions.errors, *context.subscriptions[1]):
            errors.extend(error.errors if isinstance(error, ManyErrors) else (error,))
        mistakes = [str(error) for error in errors]
        for words in mistakes:
            if words not in self.mistakes:
                self.log.tell("mistake", f"error: {words}")
        self.mistakes = mistakes
        self.failed |= bool(mistakes)

    def _tell_poll(self, poll: Poll, before: FeedState | None) -> None:
        """Tell of a feed when it begins to fail, and when it is read again."""
        from tracker.alerts import feed_name
        from tracker.model import Subscription

        name = feed_name(Subscription(poll.address, poll.title))
        failed_before = bool(before and before.error)
        if poll.error and poll.terms.gone:
            self.log.tell("feed_gone", f"feed gone for good: {name}: {poll.error}", feed=name, error=poll.error)
        elif poll.error and not failed_before:
            self.log.tell("feed_failed", f"feed failed: {name}: {poll.error}", feed=name, error=poll.error)
        elif failed_before and not poll.error:
            self.log.tell("feed_came_back", f"feed came back: {name}", feed=name)

    def _tell_changes(self, checked: Checked) -> None:
        from tracker.check import reopened

        for change in filter(_changed, checked.changes):
            before, after = change
            now = "contested" if after.contested else after.status.value
            words = f"was {before.status}, now {now}" if before else now
            self.log.tell(
                "verdict_changed",
                f"verdict on {after.forecast}: {words}: {after.reason}",
                forecast=after.forecast,
                before=before.status if before else None,
                after=after.status,
                contested=after.contested,
                reopened=reopened(change),
            )

    def _send_alerts(self, context: Context, store: Store, checked: Checked) -> None:
        from tracker.cli.notify import alert_targets, send_alerts

        try:
            for sent in send_alerts(context, store, checked, alert_targets(context)):
                told = {"target": sent.target, "title": sent.alert.title}
                if sent.error:
                    words = f"alert failed: {sent.target}: {sent.error}; tried again at the next pass"
                    self.log.tell("alert_failed", words, **told, error=sent.error)
                else:
                    self.log.tell("alert_sent", f"alert sent: {sent.target}: {sent.alert.title}", **told)
                self.failed |= bool(sent.error)
        except TrackerError as error:
            self.failed = True
            self.log.tell("alert_failed", f"alert failed: {error}", error=str(error))

    def _tell_end(
        self, checked: Checked, subscriptions: Sequence[Subscription], states: Mapping[str, FeedState], at: datetime
    ) -> None:
        """Tell the health line: of all feeds, those that were read, and what is with the others."""
        known = [states[one.address] for one in subscriptions if one.address in states]
        read = sum(not poll.error for poll in checked.polls)
        gone = sum(state.terms.gone for state in known)
        failing = sum(bool(state.error) and not state.terms.gone for state in known)
        resting = len(subscriptions) - read - gone - failing
        changed = sum(map(_changed, checked.changes))
        self.failed |= bool(checked.polls) and not (read or resting)
        others = {"rest": resting, "fail": failing, "are gone": gone}
        notes = ", ".join(f"{count} {_verb(verb, count)}" for verb, count in others.items() if count)
        local = at.astimezone(self.log.zone)
        today = local.date() == datetime.now(self.log.zone).date()
        words = [
            f"pass {self.passes}: {read} of {counted(len(subscriptions), 'feed')} read{f' ({notes})' if notes else ''}",
            counted(checked.new_items, "new item"),
            f"{counted(changed, 'verdict') if changed else 'no verdict'} changed",
        ]
        self.log.tell(
            "pass_ended",
            f"{', '.join(words)}; next at {local:{'%H:%M' if today else '%Y-%m-%d %H:%M'}}",
            number=self.passes,
            feeds=len(subscriptions),
            read=read,
            resting=resting,
            failing=failing,
            gone=gone,
            new_items=checked.new_items,
            updated_items=checked.updated_items,
            verdicts_changed=changed,
            next=at.isoformat(timespec="seconds"),
        )


def _changed(change: Change) -> bool:
    """Whether a verdict stands otherwise than before; that a new forecast is pending is no news."""
    before, after = change
    if before is None:
        return after.status is not Status.PENDING or after.contested
    return (before.status, before.contested) != (after.status, after.contested)


def _verb(verb: str, count: int) -> str:
    """The verb as one or several feeds do it."""
    if count > 1:
        return verb
    return verb.replace("are", "is") if verb.startswith("are") else f"{verb}s"
