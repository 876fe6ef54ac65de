"""What does the store hold about a criterion? Through a real database, from polls to findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from builders import AFTER_ALL, criterion, day, forecast, item, moment, remember, window
from test_query import concepts

from tracker import gather
from tracker.gather import criteria, findings, match_new, search, watching, with_coverage
from tracker.match import Queries
from tracker.model import Assertion, Criterion, Evidence, Item, Poll, Role, Window
from tracker.query import Document, Program, parse
from tracker.query.syntax import And
from tracker.resolve import Findings, Rule, resolve
from tracker.store import Store, open_store

MEETING = criterion(topic="freedonia AND sylvania", event="envoy NEAR/8 meet", against="envoy NEAR/4 expel")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as opened:
        yield opened


def save(store: Store, *items: Item, at: int = 1, archive: bool = False) -> None:
    """Poll each item's feed on the day `at`, and find in it the items that belong to it."""
    for feed in dict.fromkeys(one.feed for one in items):
        mine = tuple(one for one in items if one.feed == feed)
        remember(store, Poll(feed, moment(at), items=mine, archive=archive))


def known(store: Store, about: Criterion = MEETING, *, as_of: int = AFTER_ALL) -> list[Evidence]:
    """The evidence on a criterion, matched anew if it must be."""
    queries = Queries.of(about, concepts)
    match_new(store, {queries.fingerprint: queries})
    return list(findings(store, about, queries, day(as_of)).evidence)


def titles(evidence: list[Evidence]) -> list[str]:
    return [one.item.title for one in evidence]


MET = item("Envoys of Freedonia and Sylvania met", "TASS reports from Paris.", on=9)


def test_evidence_is_what_a_matched_item_says(store: Store) -> None:
    save(store, MET, item("Freedonia sings", on=9))
    (evidence,) = known(store)
    assert evidence.item == MET
    assert (evidence.role, evidence.assertion, evidence.origin) == (Role.EVENT, Assertion.AFFIRMED, "TASS")
    assert (evidence.event_day, evidence.matched) == (day(9), "Envoys … met")


def test_satire_is_no_evidence_whatever_it_says(store: Store) -> None:
    save(store, item("Envoys of Freedonia and Sylvania meet on the Moon", on=9, source="www.theonion.com"))
    (evidence,) = known(store)
    assert (evidence.assertion, evidence.reason) == (Assertion.HEDGED, "www.theonion.com prints satire")


def test_an_item_with_both_roles_is_evidence_of_each(store: Store) -> None:
    save(store, item("Freedonia and Sylvania: envoys meet, envoys expelled", on=9))
    assert [one.role for one in known(store)] == [Role.EVENT, Role.AGAINST]


def on(number: int) -> Item:
    return item(f"Envoys of Freedonia and Sylvania met {number} times", on=number)


DAYS = {
    "long before the window": (-3, False),
    "shortly before it, to tell reprints": (-2, True),
    "on its first day": (1, True),
    "in the lag": (37, True),
    "after the lag": (38, False),
}


@pytest.mark.parametrize("case", DAYS)
def test_of_which_days_items_are_looked_at(store: Store, case: str) -> None:
    number, looked_at = DAYS[case]
    save(store, on(number))
    assert bool(known(store)) == looked_at


def test_nothing_is_known_before_the_window_opens_or_before_it_is_published(store: Store) -> None:
    save(store, on(1), on(5), on(9))
    assert [len(known(store, as_of=number)) for number in (0, 1, 4, 5, 8, 9)] == [0, 1, 1, 2, 2, 3]


def test_an_edited_item_says_what_it_said_on_the_day(store: Store) -> None:
    save(store, MET, at=9)
    save(store, replace(MET, title="Envoys of Freedonia and Sylvania did not meet"), at=12)
    save(store, replace(MET, title="Nothing in Freedonia"), at=15)
    says = {number: [one.assertion for one in known(store, as_of=number)] for number in (9, 11, 12, 14, 15)}
    assert says == {
        9: [Assertion.AFFIRMED],
        11: [Assertion.AFFIRMED],
        12: [Assertion.DENIED],
        14: [Assertion.DENIED],
        15: [],
    }


def test_an_edit_after_reports_have_ceased_to_count_changes_nothing(store: Store) -> None:
    save(store, MET, at=9)
    save(store, replace(MET, title="Nothing in Freedonia"), at=50)
    assert titles(known(store)) == [MET.title]


def test_a_correction_counts_whenever_it_comes(store: Store) -> None:
    save(store, MET, at=9)
    save(store, replace(MET, title="Correction: envoys of Freedonia and Sylvania did not meet"), at=50)
    assert [one.assertion for one in known(store, as_of=49)] == [Assertion.AFFIRMED]
    assert [one.assertion for one in known(store, as_of=50)] == [Assertion.DENIED]


def test_a_reprint_of_a_report_from_before_the_opening_settles_nothing(store: Store) -> None:
    text = "Envoys of Freedonia and Sylvania met in Paris and agreed to go on talking about the price of wheat"
    save(
        store,
        item(text, on=0, source="a.org"),
        item(text, on=1, source="b.org"),
        item("Sylvania and Freedonia: envoys meet", "They spoke for an hour.", on=2, source="c.org"),
    )
    verdict = resolve(forecast(MEETING), Findings(tuple(known(store))), day(AFTER_ALL))
    assert (verdict.rule, [one.item.source for one in verdict.evidence]) == (Rule.TOO_FEW, ["c.org"])


VOCABULARY = [
    "Freedonia",
    "Sylvania",
    "envoy",
    "envoys",
    "meet",
    "met",
    "expelled",
    "recalled",
    "talks",
    "war",
    "12",
    "wheat",
    "посол",
    "встретился",
]
QUERIES = {
    name: Queries.of(criterion(topic=topic, event=event, against=other), concepts)
    for name, (topic, event, other) in {
        "a phrase": ("freedonia", '"envoy meet"', ""),
        "near": ("sylvania", "envoy NEAR/2 meet", "envoy NEAR/2 expel"),
        "negated": ("freedonia AND NOT war", "talks", "war"),
        "a beginning": ("freedonia OR sylvania", "rec* OR expel*", ""),
        "in the title": ("title:freedonia", "envoy", "title:war"),
        "in Russian": ("freedonia", "посол NEAR/3 встретиться", ""),
        "exact": ("=envoys", "meet AND #=12", ""),
        "a language": ("freedonia AND lang:ru", "envoy OR посол", ""),
    }.items()
}


def some_items(chance: Random, number: int) -> list[Item]:
    def text() -> str:
        return " ".join(chance.choices(VOCABULARY, k=chance.randint(0, 7)))

    return [
        item(text(), text(), on=chance.randint(1, 30), key=f"{each:03}", language=chance.choice(["en", "ru"]))
        for each in range(number)
    ]


def matches(store: Store, queries: Mapping[str, Queries]) -> dict[str, list[str]]:
    return {
        name: sorted(one.key for one in store.matched(each.fingerprint, since=day(1), until=day(60)))
        for name, each in queries.items()
    }


def by_fingerprint(queries: Mapping[str, Queries]) -> dict[str, Queries]:
    return {each.fingerprint: each for each in queries.values()}


def test_a_new_item_and_a_new_criterion_find_each_other_alike(tmp_path: Path) -> None:
    items = some_items(Random(1), 300)
    edited = [replace(one, title=other.title) for one, other in zip(items[::5], items[1::5], strict=True)]

    def has(of: Item, queries: Queries) -> bool:
        program = Program()
        numbers = [program.add(query) for _, query in queries.roles()]
        return any(program.read(Document.of(of)).matches(number) is not None for number in numbers)

    naive = {name: sorted({one.key for one in [*items, *edited] if has(one, each)}) for name, each in QUERIES.items()}
    assert all(naive.values())
    with open_store(f"sqlite:///{tmp_path}/items-first.sqlite") as store:
        save(store, *items)
        save(store, *edited, at=2)
        match_new(store, by_fingerprint(QUERIES))
        assert matches(store, QUERIES) == naive
    with open_store(f"sqlite:///{tmp_path}/criteria-first.sqlite") as store:
        match_new(store, by_fingerprint(QUERIES))
        save(store, *items)
        match_new(store, by_fingerprint(QUERIES))
        save(store, *edited, at=2)
        match_new(store, by_fingerprint(QUERIES))
        assert matches(store, QUERIES) == naive
    with open_store(f"sqlite:///{tmp_path}/mixed.sqlite") as store:
        for number, (name, each) in enumerate(QUERIES.items()):
            save(store, *items[number * 40 : number * 40 + 40])
            match_new(store, by_fingerprint({name: each}))
        save(store, *edited, at=2)
        match_new(store, by_fingerprint(QUERIES))
        assert matches(store, QUERIES) == naive


def test_many_new_criteria_together_find_what_each_finds_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(3)
    items = some_items(chance, 60)
    found = []
    for name, many in (("alone", 1_000), ("together", 1)):
        monkeypatch.setattr(gather, "_MANY", many)
        with open_store(f"sqlite:///{tmp_path}/{name}.sqlite") as store:
            save(store, *items)
            match_new(store, by_fingerprint(QUERIES))
            found.append((matches(store, QUERIES), store.matched_up_to()))
    assert found[0] == found[1]


def test_matching_again_changes_nothing(store: Store) -> None:
    save(store, MET)
    first = known(store)
    up_to = store.matched_up_to()
    assert known(store) == first
    assert store.matched_up_to() == up_to


def test_criteria_are_those_of_forecasts_and_of_their_conditions_each_once() -> None:
    condition = criterion(event="summit")
    both = [forecast(MEETING, condition=condition), forecast(replace(MEETING, claim="The same, said otherwise."))]
    found = criteria(both, concepts)
    assert found == {
        each.fingerprint: each for each in (Queries.of(MEETING, concepts), Queries.of(condition, concepts))
    }


def cover(store: Store, about: Criterion, *, as_of: int = AFTER_ALL) -> Findings:
    """What is known of a criterion, with its coverage."""
    queries = Queries.of(about, concepts)
    found = Findings(tuple(known(store, about, as_of=as_of)))
    seen = watching(store, [forecast(about)], day(as_of))
    return with_coverage(store, about, queries, found, seen, day(as_of))


def archived(number: int, source: str, title: str = "Freedonia and Sylvania trade") -> Item:
    return item(f"{title} for {number} days", on=number, source=source)


def test_coverage_and_near_misses_come_from_what_was_carried(store: Store) -> None:
    trade = [archived(number, source) for number in range(-3, 34) for source in ("a.org", "b.org")]
    near = item("Sylvania: envoys of Freedonia to have a meeting room", on=10, source="a.org")
    save(store, *trade, near, at=40, archive=True)
    found = cover(store, replace(MEETING, event='"envoys meet"'))
    assert (found.evidence, found.near_misses) == ((), (near,))
    assert found.coverage is not None
    assert (found.coverage.watched, found.coverage.on_beat, found.coverage.audible) == (1.0, 1.0, False)


def test_a_phrase_of_time_in_the_claim_hides_no_near_miss(store: Store) -> None:
    trade = [archived(number, source) for number in range(-3, 34) for source in ("a.org", "b.org")]
    near = item("Sylvania: envoys of Freedonia to have a meeting room", on=10, source="a.org")
    save(store, *trade, near, at=40, archive=True)
    phrase = "before the end of the second quarter of the coming calendar year"
    claim = f"{MEETING.claim.rstrip('.')} {phrase}."
    found = cover(store, replace(MEETING, event='"envoys meet"', claim=claim, window_phrase=phrase))
    assert found.near_misses == (near,)


ELSEWHERE = {
    "told as facts": ("Envoys of {} meet", True),
    "told as possible": ("Envoys of {} may meet", False),
    "on the topic itself": ("Envoys of Freedonia, Sylvania and {} meet", False),
    "of something else": ("Boxers of {} meet", False),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_which_reports_show_that_such_events_are_heard_of(store: Store, case: str) -> None:
    title, audible = ELSEWHERE[case]
    lands = {"Ruritania": "a.org", "Borduria": "b.org", "Syldavia": "a.org"}
    save(store, *(item(title.format(land), on=5, source=source) for land, source in lands.items()))
    coverage = cover(store, MEETING).coverage
    assert coverage is not None
    assert coverage.audible == audible


def test_what_only_a_search_has_found_does_not_show_what_the_feeds_report(store: Store) -> None:
    lands = {"Ruritania": "a.org", "Borduria": "b.org", "Syldavia": "a.org"}
    sought = [item(f"Envoys of {land} meet", on=5, source=source) for land, source in lands.items()]
    store.save_past(Poll("https://search.example/", moment(6), items=tuple(sought)))
    coverage = cover(store, MEETING).coverage
    assert coverage is not None
    assert coverage.audible is False


WIRE = "Envoys of Ruritania and Borduria meet in Paris and agree to go on talking about the price of wheat"
HEARD = {
    "one wire, however many print it": ([(WIRE, f"{name}.org") for name in "abcdefghijklmn"], False),
    "the wire and two reports of other events": (
        [(WIRE, "a.org"), (WIRE, "b.org"), ("Envoys of Syldavia meet", "c.org"), ("Envoys of Moronica meet", "a.org")],
        True,
    ),
    "many events that one house reports": ([(f"Envoys of Moronica meet: day {n}", "a.org") for n in range(9)], False),
    "many events by one house under two domains": (
        [(f"Envoys of Moronica meet: day {n}", ("tass.ru", "tass.com")[n % 2]) for n in range(9)],
        False,
    ),
    "many events that one house reports, and one by another": (
        [*((f"Envoys of Moronica meet: day {n}", "a.org") for n in range(9)), ("Envoys of Syldavia meet", "b.org")],
        True,
    ),
}


@pytest.mark.parametrize("case", HEARD)
def test_reports_elsewhere_count_without_reprints_and_from_two_houses(store: Store, case: str) -> None:
    reports, audible = HEARD[case]
    save(store, *(item(title, on=5, source=source) for title, source in reports))
    coverage = cover(store, MEETING).coverage
    assert coverage is not None
    assert coverage.audible == audible


BEAT = {
    "in the month before the window": (-20, AFTER_ALL, 10),
    "in the month after it": (45, AFTER_ALL, 16),
    "after the day that is asked about": (45, 44, 0),
    "before that month": (-40, AFTER_ALL, 0),
}


@pytest.mark.parametrize("case", BEAT)
def test_the_topic_around_the_window_shows_that_it_was_followed(store: Store, case: str) -> None:
    number, as_of, days = BEAT[case]
    weather = [item(f"Weather of day {each}", on=each, source="a.org") for each in range(-60, 61)]
    save(store, *weather, archived(number, "a.org"), at=AFTER_ALL, archive=True)
    found = cover(store, MEETING, as_of=as_of)
    assert found.coverage is not None
    assert found.coverage.on_beat * 30 == pytest.approx(days)
    assert found.near_misses == ()


def test_a_blog_that_is_not_watched_is_on_nobodys_beat(store: Store) -> None:
    save(store, *(item(f"Weather of day {each}", on=each, source="a.org") for each in range(-9, 40)), archive=True)
    save(store, archived(10, "blog.org"))
    coverage = cover(store, MEETING).coverage
    assert coverage is not None
    assert coverage.on_beat == 0.0


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_about(store: Store, as_of: date) -> None:
    about = replace(MEETING, window=Window(day(1), date.max))
    save(store, *(archived(number, "a.org") for number in range(1, 30)), archive=True)
    queries = Queries.of(about, concepts)
    seen = watching(store, [forecast(about), forecast(replace(MEETING, window=Window(date.min, day(1))))], as_of)
    coverage = with_coverage(store, about, queries, findings(store, about, queries, as_of), seen, as_of).coverage
    assert coverage is not None
    assert coverage.window_days == (date.max - day(0)).days * (as_of == date.max)


def test_the_analysts_word_is_taken_for_it(store: Store) -> None:
    coverage = cover(store, replace(MEETING, audible=True)).coverage
    assert coverage is not None
    assert (coverage.audible, coverage.audible_because) == (True, "the analyst says yes")


def test_coverage_reaches_as_far_as_the_day(store: Store) -> None:
    save(store, *(archived(number, source) for number in range(-3, 34) for source in ("a.org", "b.org")), archive=True)
    coverage = cover(store, MEETING, as_of=10).coverage
    assert coverage is not None
    assert coverage.window_days == 10


def test_coverage_is_the_same_whatever_other_forecasts_there_are(store: Store) -> None:
    dense = [archived(number, source) for number in range(-90, 0) for source in ("a.org", "b.org")]
    thin = [archived(number, source) for number in range(0, 40, 4) for source in ("a.org", "b.org")]
    save(store, *dense, *thin, at=45, archive=True)
    queries = Queries.of(MEETING, concepts)
    earlier = forecast(replace(MEETING, window=window(-80, -50)))
    covered = [
        with_coverage(store, MEETING, queries, Findings(()), watching(store, among, day(50)), day(50)).coverage
        for among in ([forecast(MEETING)], [forecast(MEETING), earlier])
    ]
    assert covered[0] == covered[1]


def test_polls_that_overlap_vouch_for_the_days_between(store: Store) -> None:
    for number in range(1, 31):
        for source in ("a.org", "b.org"):
            save(store, archived(number - 1, source), archived(number, source), at=number)
    coverage = cover(store, MEETING, as_of=30).coverage
    assert coverage is not None
    # The first poll came at noon of the 1st, the last at noon of the 30th: neither day was watched to its end.
    assert (coverage.watched_days, coverage.gaps) == (28, (window(1, 1), window(30, 30)))


def test_polls_that_missed_something_do_not(store: Store) -> None:
    for number in range(1, 31):
        for source in ("a.org", "b.org"):
            save(store, archived(number, source), at=number)
    coverage = cover(store, MEETING, as_of=30).coverage
    assert coverage is not None
    assert coverage.watched_days == 0


def test_a_search_comes_by_day_with_every_matched_word(store: Store) -> None:
    late = item("Envoys of Freedonia", "All envoys left.", on=9)
    early = item("Weather", "An envoy spoke.", on=3)
    save(store, late, early, item("Freedonia", on=5))
    found = list(search(store, parse("envoy", concepts), since=None, until=day(60)))
    assert [one.item for one in found] == [early, late]
    assert [(one.in_title, one.in_summary) for one in found] == [((), ((3, 8),)), (((0, 6),), ((4, 10),))]


def test_a_search_keeps_to_its_days(store: Store) -> None:
    save(store, *(on(number) for number in (1, 5, 9)))
    query = And((parse("freedonia", concepts), parse("NOT weather AND envoy", concepts)))
    found = search(store, query, since=day(2), until=day(5))
    assert [one.item.day for one in found] == [day(5)]


KIND = replace(MEETING, event='"envoys meet"', against="", kind="sit NEAR/2 down OR meet")
SAT = item("Freedonia, Sylvania: the two sat down in Paris", on=9)
TELLS = {
    "told as a fact": (SAT, True),
    "told as possible": (item("Freedonia and Sylvania may sit down in Paris", on=9), False),
    "of others": (item("Ruritania and Borduria sat down in Paris", on=9), False),
    "of another kind": (item("Freedonia and Sylvania sing in Paris", on=9), False),
    "found by the event too": (item("Freedonia, Sylvania: envoys meet, and sit down", on=9), False),
    "before the opening": (item("Freedonia, Sylvania: the two sat down in Paris", on=0), False),
    "in the lag": (item("Freedonia, Sylvania: the two sat down in Paris", on=37), True),
    "after the lag": (item("Freedonia, Sylvania: the two sat down in Paris", on=38), False),
}


@pytest.mark.parametrize("case", TELLS)
def test_what_on_the_topic_tells_of_such_an_event(store: Store, case: str) -> None:
    told, tells = TELLS[case]
    save(store, told)
    found = cover(store, KIND)
    assert [one.item for one in found.similar] == [told] * tells
    assert found.near_misses[:1] == (told,) * tells
    assert cover(store, replace(KIND, kind="")).similar == ()


def test_what_a_search_has_found_tells_of_such_an_event_too(store: Store) -> None:
    store.save_past(Poll("https://search.example/", moment(10), items=(SAT,)))
    assert [one.item.key for one in cover(store, KIND).similar] == [SAT.key]


def test_such_an_event_is_told_by_what_was_known_on_the_day(store: Store) -> None:
    save(store, SAT)
    assert [len(cover(store, KIND, as_of=number).similar) for number in (0, 8, 9)] == [0, 0, 1]


def test_a_correction_takes_such_an_event_back_and_another_edit_does_not(store: Store) -> None:
    save(store, SAT, at=9)
    save(store, replace(SAT, title="Nothing in Freedonia"), at=50)
    assert len(cover(store, KIND).similar) == 1
    save(store, replace(SAT, title="Correction: Freedonia and Sylvania did not sit down"), at=52)
    assert [len(cover(store, KIND, as_of=number).similar) for number in (51, 52)] == [1, 0]


def test_reports_of_a_long_lag_are_looked_at_to_its_end(store: Store) -> None:
    late = item(SAT.title, on=100)
    save(store, late)
    assert [one.item for one in cover(store, replace(KIND, lag_days=90), as_of=130).similar] == [late]


def test_near_misses_are_first_those_that_tell_of_such_an_event_and_few_in_all(store: Store) -> None:
    rooms = [item(f"Sylvania: envoys of Freedonia to have meeting room {n}", on=n, source="a.org") for n in range(1, 4)]
    towns = ["Paris", "Rome", "Oslo", "Bern", "Riga", "Kyiv", "Baku"]
    sat = [item(f"{town}: Freedonia and Sylvania sat down", on=n, key=town) for n, town in enumerate(towns, 10)]
    save(store, *rooms, *sat[:3], *(archived(number, "a.org") for number in range(1, 31)))
    shown = cover(store, replace(KIND, kind="sit NEAR/2 down")).near_misses
    assert [one.key for one in shown[:3]] == towns[:3]
    assert {one.title for one in shown[3:]} <= {one.title for one in rooms}
    assert len(shown) == 5
    save(store, *sat[3:])
    found = cover(store, replace(KIND, kind="sit NEAR/2 down"))
    assert [one.key for one in found.near_misses] == towns[:5]
    assert [one.item.key for one in found.similar] == towns


@pytest.mark.parametrize(("kind", "audible"), [("", False), ("meet", True), ("sing", False)])
def test_by_its_kind_an_event_is_audible_that_is_never_told_of_others(store: Store, kind: str, audible: bool) -> None:
    lands = {"Ruritania": "a.org", "Borduria": "b.org", "Syldavia": "a.org"}
    save(store, *(item(f"Envoys of {land} meet", on=5, source=source) for land, source in lands.items()))
    coverage = cover(store, replace(MEETING, event="freedonia NEAR/8 meet", kind=kind)).coverage
    assert coverage is not None
    assert coverage.audible == audible


def test_a_kind_changes_what_is_asked_and_not_which_reports_there_are(store: Store) -> None:
    save(store, MET)
    with_kind = replace(MEETING, kind="sit NEAR/2 down")
    assert known(store, with_kind) == known(store)
    assert Queries.of(with_kind, concepts).fingerprint != Queries.of(MEETING, concepts).fingerprint


def test_a_forecast_without_a_kind_asks_what_it_asked_before_there_were_kinds() -> None:
    condition = criterion(event="summit")
    assert forecast().asked == "1134f947bce87727"
    assert forecast(condition=condition).asked == "17faabe1ec91e3cc"
    kinds = [
        forecast(condition=condition),
        forecast(criterion(kind="meet"), condition=condition),
        forecast(criterion(kind="sit"), condition=condition),
        forecast(condition=replace(condition, kind="meet")),
        forecast(criterion(kind="meet"), condition=replace(condition, kind="meet")),
    ]
    assert len({one.asked for one in kinds}) == len(kinds)
