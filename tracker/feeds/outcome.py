"""What poll does an answer amount to, and what is a feed to be asked?

An answer that holds a document is a poll only once that was read, which is somebody else's work in between.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from http import HTTPStatus
from pathlib import Path

from tracker.errors import FeedError
from tracker.feeds.answer import Answer, Request
from tracker.feeds.clean import is_web_address
from tracker.feeds.local import read_file
from tracker.feeds.pace import Told, address_to_ask, conditions, is_gone, moved, resting, rests
from tracker.feeds.parse import READING
from tracker.feeds.worker import Document, PackedFeed, unpacked
from tracker.model import FeedState, Poll, Subscription


@dataclass(frozen=True, slots=True)
class Begun:
    """A poll whose document is being read."""

    subscription: Subscription
    answer: Answer
    outcome: Poll
    document: Document


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns what was fetched into polls.

    `states` is what is known of feeds by address, and `size` how many bytes a document may have.
    """

    states: Mapping[str, FeedState]
    now: datetime
    zone: tzinfo
    root: Path
    size: int

    def state(self, subscription: Subscription) -> FeedState:
        """What is known of a feed."""
        return self.states.get(subscription.address) or FeedState(subscription.address)

    def rests(self, subscription: Subscription) -> bool:
        """Whether the feed is to be left alone now."""
        return resting(self.state(subscription).terms, self.now) is not None

    def reading(self, subscription: Subscription) -> str:
        """A fingerprint of all but the bytes that decides on what is read: the same bytes may be read otherwise."""
        how = (READING, str(self.zone), subscription.language, subscription.archive, subscription.timezone)
        return hashlib.sha256(repr(how).encode()).hexdigest()[:16] + ":"

    def request(self, subscription: Subscription) -> Request:
        """What to ask a feed on the web: for what is new, unless what it said before must be read otherwise now."""
        state = self.state(subscription)
        request = Request(
            address_to_ask(state),
            user_agent=subscription.user_agent,
            any_certificate=subscription.any_certificate,
            name=subscription.address,
            answered_by=state.terms.answered_by,
        )
        if not (state.body_hash.startswith(self.reading(subscription)) and conditions(state, self.now)):
            return request
        return replace(request, etag=state.etag, last_modified=state.last_modified)

    def file(self, subscription: Subscription) -> Answer:
        """What a file holds, as if a server had answered with it."""
        try:
            return Answer(subscription.address, body=read_file(subscription.address, self.root, self.size))
        except FeedError as error:
            return Answer(subscription.address, error=_line(error))

    def begin(self, subscription: Subscription, answer: Answer) -> Poll | Begun:
        """The poll that an answer amounts to, where it holds no document to be read.

        The same bytes as last time are not read again.
        """
        if answer.error:
            return self._failed(subscription, answer, answer.error)
        state = self.state(subscription)
        outcome = Poll(
            subscription.address,
            self.now,
            title=state.title,
            etag=answer.etag,
            last_modified=answer.last_modified,
            body_hash=state.body_hash,
            archive=subscription.archive,
            terms=state.terms,
        )
        if answer.unchanged:
            return self._read(state, answer, replace(outcome, unchanged=True))
        try:
            body = answer.packed.unpack() if answer.packed else answer.body
        except FeedError as error:
            return self._failed(subscription, answer, _line(error))
        terms = replace(state.terms, last_full=self.now, answered_by=answer.final_address)
        outcome = replace(outcome, terms=terms)
        body_hash = self.reading(subscription) + hashlib.sha256(body).hexdigest()
        if body_hash == state.body_hash:
            return self._read(state, answer, replace(outcome, unchanged=True))
        document = self._document(subscription, answer, body)
        # The document has the body from here on.
        return Begun(
            subscription, replace(answer, body=b"", packed=None), replace(outcome, body_hash=body_hash), document
        )

    def end(self, begun: Begun, packed: PackedFeed) -> Poll:
        """The poll of a document that the worker has read."""
        subscription, answer, outcome = begun.subscription, begun.answer, begun.outcome
        try:
            parsed = unpacked(packed)
        except FeedError as error:
            return self._failed(subscription, answer, _line(error))
        if subscription.archive and parsed.ahead:  # to be read again, although it be the same
            outcome = replace(outcome, etag="", last_modified="", body_hash="")
        terms = replace(outcome.terms, wishes=parsed.wishes.as_json(), lasts=parsed.lasts)
        outcome = replace(outcome, title=parsed.title, items=parsed.items, names=parsed.names, terms=terms)
        return self._read(self.state(subscription), answer, outcome)

    def _document(self, subscription: Subscription, answer: Answer, body: bytes) -> Document:
        return Document(
            body,
            subscription.address,
            self.now,
            self.zone,
            answer.content_type,
            answer.final_address,
            subscription.language,
            subscription.archive,
            subscription.timezone,
            self.size,
        )

    def _read(self, state: FeedState, answer: Answer, outcome: Poll) -> Poll:
        """The poll of a feed that was read, with the terms on which it is asked from now on."""
        until, because = rests(Told(answer.status, answer.headers), now=self.now, wishes=outcome.terms.wishes)
        moved_to, moved_polls = moved(state, answer.moved_to)
        terms = replace(
            outcome.terms,
            rests_until=until,
            rests_because=because,
            gone=False,
            moved_to=moved_to,
            moved_polls=moved_polls,
        )
        return replace(outcome, terms=terms)

    def _failed(self, subscription: Subscription, answer: Answer, error: str) -> Poll:
        state = self.state(subscription)
        told = Told(answer.status, answer.headers)
        if is_gone(told) and (answer.led_away or address_to_ask(state) != subscription.address):
            told = replace(told, status=HTTPStatus.NOT_FOUND)  # another address is gone, not the feed's own
        until, because = rests(
            told,
            now=self.now,
            failures=state.failures + 1,
            ours=answer.ours or not is_web_address(subscription.address),
            wishes=state.terms.wishes,
            jitter=random.random(),  # noqa: S311 (no secret)
        )
        if is_gone(told):
            error = f"{error}: it is gone for good, and not asked again"
        terms = replace(state.terms, rests_until=until, rests_because=because, gone=is_gone(told))
        title = state.title or subscription.title
        return Poll(
            subscription.address,
            self.now,
            error=error,
            title=title,
            archive=subscription.archive,
            ours=answer.ours,
            terms=terms,
        )


def _line(error: FeedError) -> str:
    """The error without its feed, which the poll names already."""
    return f"{error.what} ({error.mend})" if error.mend else error.what
