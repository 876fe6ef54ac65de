"""What a draft amounts to, beyond what the tests of `tracker add` and of the form see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from builders import AFTER_ALL, item, moment, remember

from tracker.concepts import load_concepts
from tracker.ledger import Defaults
from tracker.model import Article, Poll
from tracker.preview import Drafting, count_words
from tracker.store import Store, open_store

ARTICLE = Article("Envoys", moment(0).date())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as opened:
        items = tuple(item(f"Envoy number {number} talks", on=number) for number in range(1, 21))
        remember(opened, Poll(items[0].feed, moment(AFTER_ALL), items=items, archive=True))
        yield opened


@pytest.mark.parametrize(("most", "found", "whole"), [(None, 20, True), (20, 20, True), (19, 19, False), (5, 5, False)])
def test_no_more_items_are_looked_at_than_was_said(
    store: Store, tmp_path: Path, most: int | None, found: int, whole: bool
) -> None:
    @contextmanager
    def opened() -> Iterator[Store]:
        yield store

    drafting = Drafting(tmp_path, load_concepts(), Defaults(), (), opened, most)
    answer = drafting.answer(ARTICLE, {}, "topic", "envoy")
    assert answer.matches
    assert (len(answer.matches.items), answer.matches.whole, answer.stored) == (found, whole, 20)
    told = count_words(len(answer.matches.items), answer.stored, whole=answer.matches.whole)
    assert told == f"{'' if whole else 'at least '}{found} of the 20 stored items match"
