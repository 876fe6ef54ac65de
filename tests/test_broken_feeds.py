"""Do broken and odd feeds end in items, or in one clear error, within their limits?"""

from __future__ import annotations

import re
import socket
import time
from collections import Counter
from pathlib import Path
from threading import Thread

import pytest
from broken_feeds import ADDRESS, NOW, ZONE, Case, cases
from broken_feeds.hostile import external
from broken_feeds.judging import complaints

from tracker.errors import FeedError
from tracker.feeds.parse import ParsedFeed, parse_feed

CASES = list(cases())
# Of the 20 that the reading process grants a document, for some of a third of the size that a feed may have: what would
# take minutes of a whole one takes longer than this. Most take a few milliseconds.
SECONDS = 10.0


# What is right, and is not done yet.
NOT_YET: dict[str, str] = {}


def marked(case: Case) -> object:
    why = NOT_YET.get(str(case))
    return pytest.param(case, id=str(case), marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])


def read(body: bytes, content_type: str = "") -> ParsedFeed:
    return parse_feed(body, address=ADDRESS, now=NOW, zone=ZONE, content_type=content_type)


def refusal(error: FeedError) -> str:
    """The error as `feeds list` shows it, beside the feed's own name."""
    return f"{error.what} ({error.mend})" if error.mend else error.what


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_broken_feed_ends_in_items_or_in_one_clear_error(case: Case) -> None:
    body = case.body
    began = time.process_time()
    try:
        feed = read(body, case.content_type)
    except FeedError as error:
        found = complaints(case, error=refusal(error))
    else:
        found = complaints(case, title=feed.title, items=feed.items)
    taken = time.process_time() - began
    assert found == []
    assert taken < SECONDS


@pytest.mark.parametrize("case", [case for case in CASES if case.later is not None], ids=str)
def test_an_item_that_changes_is_the_same_item(case: Case) -> None:
    assert case.later is not None
    assert [item.key for item in read(case.later).items] == [item.key for item in read(case.body).items]


def test_nothing_outside_a_document_is_asked_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        asked: list[str] = []

        def listen() -> None:
            while not done:
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                asked.append("a connection")
                connection.close()

        done: list[bool] = []
        thread = Thread(target=listen)
        thread.start()
        web = f"http://127.0.0.1:{listening.getsockname()[1]}/x.dtd"
        said = []
        for document in (*external(web).values(), *external(secret.as_uri()).values()):
            try:
                said += [f"{item.title} {item.summary}" for item in read(document.encode()).items]
            except FeedError as error:
                said.append(refusal(error))
        socket.create_connection(listening.getsockname()).close()  # the one that shows that it would be seen
        done.append(True)
        thread.join()
    assert asked == ["a connection"]
    assert len(said) >= 20
    assert not [words for words in said if "secret words" in words]


def test_the_corpus_is_as_large_and_as_plain_as_it_says() -> None:
    names = Counter(map(str, CASES))
    assert [name for name, times in names.items() if times > 1] == []
    assert NOT_YET.keys() <= names.keys()
    by_hand = [case for case in CASES if case.kind != "broken by chance"]
    assert len(by_hand) >= 800
    assert sum(case.expected_items is not None or case.must_be_read for case in by_hand) >= 600
    assert [case for case in CASES if not re.fullmatch(r"[ -~–«»“”’…é]+", str(case))] == []


def test_the_corpus_is_the_same_every_time() -> None:
    again = list(cases())
    assert [case.document for case in again if isinstance(case.document, bytes)] == [
        case.document for case in CASES if isinstance(case.document, bytes)
    ]
