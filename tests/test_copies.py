"""Which items are one report? Pairs whose keys say why, and properties that hold for any items."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.copies import clusters
from tracker.model import Item

DAY = date(2025, 10, 9)
AGENCY_TEXT = (
    "The Kremlin said on Monday that relations with Azerbaijan were going through a difficult period and that it hoped "
    "the period would soon pass, after President Aliyev demanded that Moscow admit blame for the downed airliner."
)


def item(
    title: str, summary: str = "", *, key: str = "", source: str = "a.org", day: date = DAY, hour: int | None = None
) -> Item:
    published = None if hour is None else datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    first_seen = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
    return Item(
        key=key or f"{source}/{title}/{summary}/{day}",
        feed=f"https://{source}/feed",
        source=source,
        title=title,
        summary=summary,
        link=f"https://{source}/1",
        language="en",
        published=published,
        first_seen=first_seen,
        day=day,
    )


REPRINTS = {
    "the same title and summary": (
        item("Putin meets Aliyev", "They spoke for an hour."),
        item("Putin meets Aliyev", "They spoke for an hour.", source="b.org"),
    ),
    "the same short title where one has no text of its own": (
        item("Putin and Aliyev meet in Dushanbe"),
        item("Putin and Aliyev meet in Dushanbe", "The talks began at noon.", source="b.org"),
    ),
    "a long headline with the outlet's name behind it": (
        item("Azerbaijan summons Russian ambassador over damage to its embassy in Kyiv"),
        item(
            "Azerbaijan summons Russian ambassador over damage to its embassy in Kyiv - The Daily News", source="b.org"
        ),
    ),
    "a long headline with one word put otherwise": (
        item("Azerbaijan summons the Russian ambassador over missile damage to its embassy in Kyiv"),
        item("Azerbaijan summons the Russian envoy over missile damage to its embassy in Kyiv", source="b.org"),
    ),
    "the same headline, however each goes on": (
        item(
            "Foo Fighters announce Josh Freese as new drummer after Taylor Hawkins' death", "Freese played at tributes."
        ),
        item(
            "Foo Fighters announce Josh Freese as new drummer after Taylor Hawkins’ death",
            "He was at two concerts.",
            source="b.org",
        ),
    ),
    "the same agency text under another headline": (
        item("Kremlin admits a hard spell with Azerbaijan", AGENCY_TEXT),
        item("Peskov hopes for better days in relations to Baku", AGENCY_TEXT, source="b.org"),
    ),
    "an agency text that was cut": (
        item("Kremlin admits a hard spell with Azerbaijan", AGENCY_TEXT),
        item("Hard spell with Baku, says Kremlin", AGENCY_TEXT[:120] + "…", source="b.org"),
    ),
    "a Russian headline with other endings": (
        item("Азербайджан вызвал посла России из-за повреждения здания посольства в Киеве"),
        item("Азербайджан вызвал посла России из-за повреждений здания посольства в Киеве", source="b.org"),
    ),
    "a number in words and in figures": (
        item("Rapper Fetty Wap sentenced to six years in prison for drug trafficking"),
        item("Rapper Fetty Wap sentenced to 6 years in prison for drug trafficking", source="b.org"),
    ),
    "a summary that only repeats the title is no text of its own": (
        item("Russia loads missile with nuclear-capable vehicle into launch silo", AGENCY_TEXT),
        item(
            "Russia loads a missile with nuclear-capable vehicle into launch silo",
            "Russia loads a missile with nuclear-capable vehicle into launch silo",
            source="b.org",
        ),
    ),
    "an agency text under a headline that shares no word": (
        item("Kremlin admits a hard spell", AGENCY_TEXT),
        item("Baku awaits", f"MOSCOW (AP) - {AGENCY_TEXT[:150]}", source="b.org"),
    ),
    "the publisher's own text under a mended headline of the same day": (
        item("Kremlin Admits Hard Spell With Azerbaijan", AGENCY_TEXT),
        item("Kremlin Concedes Hard Spell With Azerbaijan", AGENCY_TEXT, key="again"),
    ),
    "the publisher's own article again, two days later": (
        item("Kremlin admits hard spell", AGENCY_TEXT),
        item("Kremlin admits hard spell", AGENCY_TEXT, key="again", day=DAY + timedelta(days=2)),
    ),
    "case, accents and punctuation": (
        item("PRESIDENT ALIYEV MEETS PÉREZ IN BAKU FOR TALKS ON GAS"),
        item("President Aliyev meets Perez in Baku: for talks on gas", source="b.org"),
    ),
}

INDEPENDENT = {
    "a short headline in slightly different words with other texts": (
        item("Putin and Aliyev meet in Dushanbe", "The Russian leader promised compensation for the airliner."),
        item(
            "Putin, Aliyev meet in Dushanbe",
            "Baku media speak of a fresh start after a year of quarrels.",
            source="b.org",
        ),
    ),
    "the same short headline over texts of their own": (
        item("Putin and Aliyev meet in Dushanbe", "The Russian leader promised compensation for the airliner."),
        item("Putin and Aliyev meet in Dushanbe", "Baku media speak of a fresh start after a year.", source="b.org"),
    ),
    "one event, told separately": (
        item(
            "Russian ambassador called in over damage to Azerbaijan's mission in Kyiv", "Baku lodged a strong protest."
        ),
        item(
            "Azerbaijan complains to Moscow as Kyiv embassy is damaged in attack",
            "Friction may return.",
            source="b.org",
        ),
    ),
    "nearly the same headline over texts of their own": (
        item("Ghana becomes first country to approve Oxford malaria vaccine", "The agency in Accra gave its consent."),
        item(
            "Ghana becomes first country to approve Oxford's new malaria vaccine",
            "Scientists have sought one for decades.",
            source="b.org",
        ),
    ),
    "one quotation in two reports": (
        item(
            "Sturgeon speaks after arrest",
            'Nicola Sturgeon has vowed to "fully cooperate with the police" after the arrest of her husband.',
        ),
        item(
            "Party in turmoil, says former leader",
            'It was a hard week for Nicola Sturgeon, who said that she will "fully cooperate with the police".',
            source="b.org",
        ),
    ),
    "a publisher's standing heading on two days": (
        item("What's News: World-Wide"),
        item("What's News: World-Wide", day=DAY + timedelta(days=1)),
    ),
    "a publisher's standing heading and text, with other names on another day": (
        item(
            "Auto & Transport Roundup: Market Talk",
            "Volkswagen, Harley-Davidson and more featured in the latest Market Talks covering the Auto and Transport "
            "sector, with views of our reporters and of analysts.",
        ),
        item(
            "Auto & Transport Roundup: Market Talk",
            "Qantas, Air France and more featured in the latest Market Talks covering the Auto and Transport sector, "
            "with views of our reporters and of analysts.",
            day=DAY + timedelta(days=1),
        ),
    ),
    "a publisher's daily pictures": (
        item("A giant panda and dancers: Thursday's best photos", AGENCY_TEXT),
        item(
            "A light show and a clown: Friday's best photos",
            AGENCY_TEXT,
            day=DAY + timedelta(days=1),
        ),
    ),
    "packages of different number": (
        item("EU ambassadors agree on the 18th package of sanctions against Russia over the war"),
        item("EU ambassadors agree on the 19th package of sanctions against Russia over the war", source="b.org"),
    ),
    "packages numbered in words": (
        item("Послы ЕС согласовали восемнадцатый пакет санкций против России из-за войны на Украине"),
        item("Послы ЕС согласовали девятнадцатый пакет санкций против России из-за войны на Украине", source="b.org"),
    ),
    "different numbers of dead": (
        item("Russian strike on Kharkiv kills 5 people and damages a hospital in the centre"),
        item("Russian strike on Kharkiv kills 7 people and damages a hospital in the centre", source="b.org"),
    ),
    "another town": (
        item("Explosions heard in Kharkiv as Russia launches a missile attack on Ukraine"),
        item("Explosions heard in Odesa as Russia launches a missile attack on Ukraine", source="b.org"),
    ),
    "a standing text under the publisher's own different headlines": (
        item(
            "Oil slides again",
            "Follow the latest news in our live report with updates from reporters around the world.",
        ),
        item(
            "Quake hits Peru", "Follow the latest news in our live report with updates from reporters around the world."
        ),
    ),
    "the same figures in a template with new values": (
        item(
            "Oil report",
            "Brent crude futures fell 2.1 percent to settle at 62 dollars a barrel on the ICE exchange in London",
        ),
        item(
            "Oil report",
            "Brent crude futures fell 3.4 percent to settle at 60 dollars a barrel on the ICE exchange in London",
        ),
    ),
    "two languages": (
        item("Putin and Aliyev meet in Dushanbe to mend relations after the crash"),
        item("Путин и Алиев встретились в Душанбе, чтобы наладить отношения после крушения", source="b.org"),
    ),
    "nothing but emptiness in common": (item("Putin meets Aliyev"), item("", source="b.org")),
}


@pytest.mark.parametrize("pair", REPRINTS.values(), ids=REPRINTS.keys())
def test_reprints_are_one_cluster(pair: tuple[Item, Item]) -> None:
    assert [set(cluster) for cluster in clusters(pair)] == [set(pair)]


@pytest.mark.parametrize("pair", INDEPENDENT.values(), ids=INDEPENDENT.keys())
def test_independent_reports_stay_apart(pair: tuple[Item, Item]) -> None:
    assert sorted(len(cluster) for cluster in clusters(pair)) == [1, 1]


def test_the_first_of_a_cluster_is_the_earliest() -> None:
    late = item("Putin meets Aliyev", key="a", source="b.org", day=DAY + timedelta(days=1), hour=1)
    noon = item("Putin meets Aliyev", key="b", hour=12)
    dawn = item("Putin meets Aliyev", key="c", hour=5)
    undated = item("Putin meets Aliyev", key="d")
    assert clusters([late, undated, noon, dawn]) == [(dawn, noon, undated, late)]


def test_a_cluster_ends_days_after_its_original_even_where_each_copies_the_last() -> None:
    copies = [item("Putin meets Aliyev", source=f"{n}.org", day=DAY + timedelta(days=n)) for n in range(6)]
    assert clusters(copies, days=3) == [tuple(copies[:4]), tuple(copies[4:])]
    assert clusters(copies, days=0) == [(copy,) for copy in copies]


def test_a_copy_of_two_reports_joins_them() -> None:
    headline = "Kremlin admits a hard spell in its relations with Azerbaijan this summer"
    short = item(headline, key="a", hour=1)
    text = item("Peskov hopes for better days", AGENCY_TEXT, key="b", source="b.org", hour=2)
    both = item(headline, AGENCY_TEXT, key="c", source="c.org", hour=3)
    assert clusters([short, text]) == [(short,), (text,)]
    assert clusters([both, text, short]) == [(short, text, both)]


def test_copies_are_found_among_many_items_that_share_frequent_words() -> None:
    chance = random.Random(1)
    # Words as frequent as in news: the n-th has the weight 1/n (Zipf).
    vocabulary = ["".join(chance.choices("abcdefghiklmnoprstu", k=7)) for _ in range(5_000)]
    weights = [1 / rank for rank in range(1, 5_001)]

    def text(length: int) -> str:
        return " ".join(chance.choices(vocabulary, weights, k=length))

    written = [item(text(10), text(30), source=f"{n % 40}.org") for n in range(2_000)]
    copied = [item(text(10), chance.choice(written[:100]).summary, key=str(n), source="copy.org") for n in range(500)]
    found = clusters(written + copied)
    assert len(found) == 2_000
    assert sum(len(cluster) - 1 for cluster in found if {one.source for one in cluster} > {"copy.org"}) == 500


WORDS = st.sampled_from(
    ["Putin", "Aliyev", "meet", "talks", "in", "Baku", "on", "18", "19", "oil", "рост", "посол", "the", "of", "to"]
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
ITEMS = st.lists(
    st.builds(
        item,
        TEXTS,
        TEXTS,
        source=st.sampled_from(["a.org", "b.org"]),
        day=st.integers(0, 5).map(lambda days: DAY + timedelta(days=days)),
        hour=st.none() | st.integers(0, 23),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_makes_no_difference(items: list[Item], chance: random.Random) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert clusters(shuffled) == clusters(items)


@settings(deadline=None)
@given(ITEMS)
def test_every_item_is_in_one_cluster_and_clustering_again_changes_nothing(items: list[Item]) -> None:
    found = clusters(items)
    members = [member for cluster in found for member in cluster]
    assert sorted(members, key=repr) == sorted(items, key=repr)
    assert clusters(members) == found
    assert all((cluster[-1].day - cluster[0].day).days <= 3 for cluster in found)


@given(TEXTS, TEXTS)
def test_identical_texts_of_one_day_are_one_report(title: str, summary: str) -> None:
    some, other = item(title, summary, source="a.org"), item(title, summary, source="b.org")
    assert clusters([other, some]) == [(some, other)]


def test_no_items_make_no_clusters() -> None:
    assert clusters([]) == []
