"""What is on the pages, and can anything that feeds and files say break them?"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import golden_pages
import pytest
from builders import SEPTEMBER, affirmed, criterion, day, forecast, moment, window
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import LedgerError
from tracker.ledger.quotes import check_quote, find_quote, legible, plain
from tracker.model import Expects, Likelihood, Status, Window
from tracker.report.pages import charts
from tracker.report.pages.addresses import slugs_of
from tracker.report.pages.claim_review import claim_review, claim_review_data
from tracker.report.pages.feed import changes, feed
from tracker.report.pages.forecaster import score_over_time
from tracker.report.pages.marking import pieces
from tracker.report.pages.quotation import AROUND, in_context
from tracker.report.pages.render import Site, render
from tracker.report.pages.timeline import stretches, timeline
from tracker.report.standing import Standing
from tracker.report.words import Told, headline, outcome_words
from tracker.score import NEEDS, brier

ATOM = "{http://www.w3.org/2005/Atom}"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("name", golden_pages.golden())
def test_the_pages_are_those_that_were_looked_over(name: str) -> None:
    looked_over = (golden_pages.FOLDER / name).read_text("utf-8")
    assert golden_pages.golden()[name] == looked_over, "make golden, and look at what changed"


CONTEXTS = {
    "whole where it is short": ("b c", "a b c d", ["a [b c] d"]),
    "in its paragraph, between others": ("b", "a\nb\nc", ["a", "[b]", "c"]),
    "in parts": ("a … d", "x a b c d y", ["x [a] b c [d] y"]),
    "as the article sets it": ('say "so" - yes', "they say\n“so”—yes.", ["they [say]", "[“so”—yes]."]),
    "alone where the article lacks it": ("z", "a b c", ["[z]"]),
    "alone without an article": ("z", "", ["[z]"]),
    "cut at the sentence before": ("b", f"{'x' * AROUND}. a b", ["… a [b]"]),
    "cut at the sentence after": ("b", f"b a. {'x' * AROUND}", ["[b] a. …"]),
    "cut at a word where there is no sentence": ("b", f"{'x ' * AROUND}b", [f"… {'x ' * (AROUND // 2 - 1)}[b]"]),
}


@pytest.mark.parametrize("case", CONTEXTS)
def test_a_quote_is_marked_in_what_stands_around_it(case: str) -> None:
    quote, article, expected = CONTEXTS[case]
    shown = ["".join(f"[{p.text}]" if p.marked else p.text for p in line) for line in in_context(quote, article)]
    assert shown == expected


TYPESET = st.text("ab'\"“”«»`’ \t\n--–—…\xad\u200bé", max_size=40)


@given(TYPESET, TYPESET, TYPESET)
def test_a_quote_that_stands_in_an_article_is_found_there(before: str, quote: str, after: str) -> None:
    text = legible(before + quote + after)
    try:
        check_quote(quote, plain(text), "a file")
    except LedgerError:
        return
    spans = find_quote(quote, text)
    assert spans
    assert plain("".join(text[start:end] for start, end in spans)).strip(" '") != ""


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_marking_loses_no_letter(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(st.data())
def test_every_day_of_a_window_is_watched_or_not(data: st.DataObject) -> None:
    watched = data.draw(st.lists(st.booleans(), min_size=30, max_size=30))
    gaps: list[Window] = []
    for number, seen in enumerate(watched, start=1):
        if not seen and gaps and gaps[-1].closes == day(number - 1):
            gaps[-1] = Window(gaps[-1].opens, day(number))
        elif not seen:
            gaps.append(window(number, number))
    found = stretches(SEPTEMBER, gaps, day(60))
    assert [one.watched for one in found for _ in range(one.days.days)] == watched
    assert all(one.watched is not other.watched for one, other in pairwise(found))


def test_an_open_window_reaches_to_the_day_of_asking() -> None:
    open_ended = criterion(window=Window(day(1), date.max))
    line = timeline(open_ended, day(0), day(40), [(affirmed("Reuters", 5), True)], [])
    assert (line.first, line.last, line.closes) == (day(0), day(40), None)
    assert "2025-09-01 and after" in charts.timeline_words(line)
    assert str(charts.timeline(line)).count("<title>") == 1


def test_many_reports_make_no_large_drawing() -> None:
    reports = [(affirmed(f"Origin{number}", number % 30 + 1), number % 7 == 0) for number in range(2000)]
    line = timeline(criterion(), day(0), day(60), reports, None)
    drawing = str(charts.timeline(line))
    assert len(drawing) < 20_000
    assert "affirmed 2000 (286 counted)" in drawing


@given(st.dates(), st.integers(0, 30_000))
def test_an_axis_names_a_few_days(first: date, days: int) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    line = timeline(criterion(window=Window(first, last)), first, last, [], None)
    assert 1 <= str(charts.timeline(line)).count('class="tick"') <= 6


def test_forecasters_have_addresses_of_their_own() -> None:
    slugs = slugs_of(["Anna Lee", "anna-lee", "Anna  Lee", "Дмитрий Ерофеев", "???", "../..", "a" * 300])
    assert len(set(slugs.values())) == len(slugs)
    assert all(re.fullmatch(r"[\w-]{1,70}", slug) for slug in slugs.values())
    assert slugs["Дмитрий Ерофеев"] == "дмитрий-ерофеев"


HOSTILE = "</script><script>alert(1)</script><!-- ]]> \u2028 & \" ' <svg onload=x>"


def test_nothing_that_is_said_ends_the_script_of_the_claim_review() -> None:
    page = golden_pages.met()
    said = replace(
        page.forecast, quote=HOSTILE, forecaster=HOSTILE, article=replace(page.forecast.article, title=HOSTILE)
    )
    page = replace(page, standing=replace(page.standing, forecast=said))
    text = str(claim_review(page, HOSTILE, "https://example.org/"))
    assert "<" not in text
    assert json.loads(text) == claim_review_data(page, HOSTILE, "https://example.org/")
    assert json.loads(text)["claimReviewed"] == HOSTILE


def test_nothing_that_is_said_becomes_markup() -> None:
    page = golden_pages.decided()
    said = replace(
        page.forecast,
        quote=HOSTILE,
        counts=HOSTILE,
        tags=(HOSTILE,),
        criterion=replace(page.forecast.criterion, claim=HOSTILE, topic=HOSTILE),
        likelihood=Likelihood(HOSTILE, 0.5, 0.1, 0.9),
    )
    decision = replace(page.standing.decision, why=HOSTILE, by=HOSTILE)  # type: ignore[type-var]
    page = replace(page, standing=replace(page.standing, forecast=said, decision=decision))
    html = render("forecast.html", page, golden_pages.ADDRESSES, Site(HOSTILE))
    assert "<script>" not in html
    assert "<svg onload" not in html
    assert len(SCRIPT.findall(html)) == 1


@pytest.mark.parametrize(("status", "rating"), [(Status.CONFIRMED, 5), (Status.REFUTED, 1), (Status.PENDING, None)])
def test_only_a_settled_forecast_is_rated(status: Status, rating: int | None) -> None:
    page = golden_pages.met()
    page = replace(page, standing=replace(page.standing, machine=status))
    found = claim_review_data(page, "A paper")["reviewRating"]
    assert found.get("ratingValue") == rating
    assert found["alternateName"] == status.value.capitalize()


def test_a_headline_says_what_was_expected() -> None:
    happens, not_so = forecast(), forecast(expects=Expects.DOES_NOT_HAPPEN)
    assert headline(happens, Status.REFUTED) == "Refuted: The envoys of Freedonia and Sylvania meet."
    assert headline(not_so, Status.REFUTED).startswith("Refuted, expected not to happen: ")
    assert outcome_words(happens, Status.REFUTED, None) == "It did not happen."
    assert outcome_words(not_so, Status.REFUTED, day(4)) == "It happened, on 2025-09-04."
    assert outcome_words(not_so, Status.PENDING, None) == ""


def _told(*said: tuple[int, str, Status | None]) -> list[Told]:
    return [Told(moment(at), by, status, None, "so", by_machine=by == "tracker") for at, by, status in said]


CHANGES: dict[str, tuple[list[tuple[int, str, Status | None]], list[tuple[str | None, str]]]] = {
    "a first pending is none": ([(1, "tracker", Status.PENDING)], []),
    "a first verdict is one": ([(1, "tracker", Status.CONFIRMED)], [(None, "confirmed")]),
    "other words are none": (
        [(1, "tracker", Status.CONFIRMED), (2, "tracker", Status.CONFIRMED)],
        [(None, "confirmed")],
    ),
    "a verdict taken back is one": (
        [(1, "tracker", Status.CONFIRMED), (2, "tracker", Status.PENDING)],
        [(None, "confirmed"), ("confirmed", "pending")],
    ),
    "a person's word goes before": (
        [(1, "tracker", Status.PENDING), (2, "Firefly", Status.VOID), (3, "tracker", Status.REFUTED)],
        [("pending", "void")],
    ),
    "a word that is withdrawn leaves the machine's": (
        [(1, "tracker", Status.REFUTED), (2, "Firefly", Status.VOID), (3, "Firefly", None)],
        [(None, "refuted"), ("refuted", "void"), ("void", "refuted")],
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_the_feed_tells_what_changed(case: str) -> None:
    said, expected = CHANGES[case]
    found = changes(forecast(), _told(*said))
    assert [(one.before and one.before.value, one.status.value) for one in found] == expected
    assert len({one.id for one in found}) == len(found)


def test_the_feed_is_atom_whatever_is_said() -> None:
    said = forecast(replace(criterion(), claim=f"\x00\x1b[31m {HOSTILE}"), quote="\ud800\ufffe")
    changed = changes(said, _told((1, "tracker", Status.CONFIRMED), (2, "F\x07", Status.VOID)))
    for url in ("", "https://example.org/f/"):
        root = ElementTree.fromstring(feed(changed, golden_pages.ADDRESSES, Site("T", url)))
        assert [root.findtext(f"{ATOM}{name}") for name in ("title", "updated")] == [
            "T: what changed",
            "2025-09-02T12:00:00Z",
        ]
        entries = root.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [
            "2025-09-02T12:00:00Z",
            "2025-09-01T12:00:00Z",
        ]
        assert all((entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:") for entry in entries)
    assert feed([], golden_pages.ADDRESSES, Site()).startswith(b"<?xml")


def test_the_score_over_time_ends_at_the_score_of_all() -> None:
    page = golden_pages.scores()
    standings = [Standing(forecast(likelihood=Likelihood("", 0.9, 0.9, 0.9)), Status.CONFIRMED, event_day=day(3))] * 4
    assert score_over_time(standings, day(60)) == []
    assert [point.settled for point in page.scores] == list(range(NEEDS["brier"], 26))
    assert page.scores[-1].brier == pytest.approx(page.summary.brier)
    assert brier([0.9], [True]) == pytest.approx(0.01)
    assert [point.day for point in score_over_time(standings * 2, day(60))] == [day(3)]
