"""Whom does a report really come from? Reports by example, and the proof of every row of the table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from tracker.errors import ConfigError
from tracker.model import Item
from tracker.origins import House, Phrase, credits_in, houses, origin, phrases, read_tables


def report(title: str, summary: str = "", source: str = "example.org") -> Item:
    return Item(
        key="1",
        feed="https://example.org/feed",
        source=source,
        title=title,
        summary=summary,
        link="https://example.org/1",
        language="en",
        published=None,
        first_seen=datetime(2025, 10, 9, tzinfo=UTC),
        day=date(2025, 10, 9),
    )


CREDITED = {
    "TASS reports": ("Envoy summoned, TASS reports", "TASS"),
    "reported by Reuters": ("The fire, first reported by Reuters, is out", "Reuters"),
    "(Reuters) in a dateline": ("BAKU, July 2 (Reuters) - Azerbaijan summoned the envoy", "Reuters"),
    "(Reuters copy)": ("Envoy called to ministry over unfriendly steps (Reuters copy).", "Reuters"),
    "according to Interfax": ("The envoy left, according to Interfax", "Interfax"),
    "told Reuters": ("Sources told Reuters that the waiver may be relaxed", "Reuters"),
    "a US official told Axios": ("No dates are set, a US official told Axios.", "Axios"),
    "leading TASS:": ("TASS: envoy summoned in Baku", "TASS"),
    "trailing dash": ("EU turns to Ukraine to store gas – FT", "Financial Times"),
    "trailing colon": ("Rate likely to stay: Reuters poll", "Reuters"),
    "AFP in capitals": ("BLAST IN KABUL KILLS FOUR - AFP", "AFP"),
    "state news agency": (
        "Strikes hit Homs, the Syrian state news agency Sana has reported, citing an officer",
        "SANA",
    ),
    "CNN sources": ("Two survived the first strike, CNN sources say", "CNN"),
    "a reporter of the house": ("The jury is out. CNN's Ivan Watson reports from Kyiv.", "CNN"),
    "exclusive": ("Exclusive: Reuters report finds more mines", "Reuters"),
    "in an interview": ("We will win, he said in an interview with Fox News", "Fox News"),
    "writes at the end": ("The pipeline will be shut, writes Bloomberg.", "Bloomberg"),
    "the longer name": ("Power is out, Interfax-Ukraine reports", "Interfax-Ukraine"),
    "the times of several places": ("The raid was planned, The Times of Israel reported", "Times of Israel"),
    "a name in quotes": ("Ставки вырастут, пишет газета «Коммерсантъ»", "Kommersant"),
    "сообщает ТАСС": ("Посол вызван в МИД, сообщает ТАСС", "TASS"),
    "передаёт РИА Новости": ("Посол вызван в МИД, передаёт РИА Новости", "RIA / Sputnik"),
    "— пишет Коммерсант": ("Пакет согласован — пишет Коммерсант", "Kommersant"),
    "по данным Axios": ("По данным Axios, дата удара не назначена", "Axios"),
    "дательный падеж": ("Источник сообщил «Интерфаксу» о вылете", "Interfax"),
    "рассказал ТАСС": ("Об этом рассказал ТАСС посол Евдокимов", "TASS"),
    "заявила в интервью": ("Об этом она заявила в интервью «Известиям»", "Izvestia"),
    "в конце через тире": ("Посол вызван в МИД — РБК", "RBC"),
    "источник агентства": ("Источник ТАСС: переговоры пройдут в октябре", "TASS"),
    "узнал": ("«Ведомости» узнали о планах министерства", "Vedomosti"),
    "со ссылкой на": ("Удар близок, сообщает РИА Новости со ссылкой на Reuters", "Reuters"),
    "a by-line": ("By Reuters", "Reuters"),
    "a by-line at the end": ("The envoy left. By Reuters", "Reuters"),
    "as quoted by": ("The envoy left, as quoted by Interfax", "Interfax"),
    "a dateline with commas": ("Baku, July 5, AZERTAC The envoy was called in", "AZERTAC"),
    "a dateline without date": ("BAKU (Reuters) - The envoy was called in", "Reuters"),
    "a dateline in brackets": ("MOSCOW, July 5 (TASS)", "TASS"),
    "a dateline between slashes": ("MOSCOW, July 5. /TASS/. The envoy was called in", "TASS"),
    "a dateline before a plain word": ("BAKU, Azerbaijan, July 5. Trend reports that the envoy was called in", "Trend"),
    "trailing dash without a space": ("Kim inspects photos of 'target regions' -KCNA", "KCNA"),
    "a person of the house": ("It will end, he said in an interview with Fox News' Sean Hannity", "Fox News"),
    "a dateline with a domain": ("Moscow. 5 July. INTERFAX.RU - The envoy was called in", "Interfax"),
    "место и день": ("Москва. 5 июля. INTERFAX.RU - Посол вызван", "Interfax"),
    "место и день через тире": ("МОСКВА, 5 июл - РИА Новости, Мария Иванова. Посол вызван", "RIA / Sputnik"),
    "место и день между чертами": ("МОСКВА, 5 июля. /ТАСС/. Посол вызван", "TASS"),
    "в конце предложения через тире": ("Посол вызван в МИД — РИА Новости. Он молчал.", "RIA / Sputnik"),
    "a dateline of an agency whose name is another's too": ("WARSAW (PAP) — Poland has recalled its envoy", "PAP"),
    "its dateline with a day": ("Warsaw, Nov. 5 (PAP) - Poland has recalled its envoy", "PAP"),
    "its signature": ("Poland has recalled its envoy. (PAP)", "PAP"),
    "a dateline with a dash before the day": ("VILNIUS – Nov 05, BNS - Lithuania has shut the border", "BNS"),
    "место и день через длинное тире": ("МОСКВА, 5 ноя — РИА Новости. Посол вызван", "RIA / Sputnik"),
    "в скобках": ("Посол вызван в МИД (Интерфакс)", "Interfax"),
    "в скобках после места": ("Москва (Интерфакс) - Посол вызван", "Interfax"),
    "место без дня": ("АСТАНА. КАЗИНФОРМ - Токаев прибыл", "Kazinform"),
    "день перед местом": ("5 ноября, Минск /Корр. БЕЛТА/. Посол вызван", "BelTA"),
    "между чертами без дня": ("БАКУ /Trend/ - Посол вызван", "Trend"),
    "citing": ("TASS reported on Monday, citing Reuters", "Reuters"),
}
OWN = {
    "a name that is only told about": "Reuters journalist killed in southern Lebanon",
    "the head of an agency": "TASS head meets the president of Azerbaijan",
    "said about itself": "Reuters says it will appeal against the fine",
    "the results of a house": "New York Times reports quarterly earnings",
    "standing by": "Stand by Reuters journalist, colleagues say",
    "a day and a name without credit": "Baku, July 5, the office of TASS was searched",
    "an address": "See https://example.org/TASS for more",
    "день и имя без ссылки": "Москва. 5 июля сотрудник ТАСС задержан",
    "глава агентства": "Глава ТАСС заявил о расширении",
    "a photo": "The president waves. Photo: Reuters",
    "state media": "State media say the envoy has left",
    "social media": "The video was shared on Telegram, users report",
    "a head of the house": "Pay will be raised, according to the head of TASS",
    "an editor of the house": "Media must open up, according to the New York Times's longest-serving public editor",
    "a hyphenated name": "The anti-TASS: campaigners want another agency",
    "a plain word without a dateline": "Baku sees a Trend. Trend reports are due in July",
    "a word that is also a name": "New Fashion Trend Reports Suggest Colour",
    "a common noun that is also a name": "Iran is ready for talks, report says",
    "a party": "Singapore's PAP says that voters trust the People's Action Party (PAP)",
    "a country": "SPRINGFIELD (USA) — the governor resigned",
    "партия в скобках": "Депутаты вышли из фракции (ПП) — и вернулись",
    "a chief economist": "ECB Chief Economist Says Wages Need Cooling",
    "nothing": "",
}
PUBLISHERS = {
    "tass.ru": "TASS",
    "tass.com": "TASS",
    "ria.ru": "RIA / Sputnik",
    "sputnik-georgia.ru": "RIA / Sputnik",
    "am.sputniknews.ru": "RIA / Sputnik",
    "sputnikglobe.com": "RIA / Sputnik",
    "interfax.ru": "Interfax",
    "interfax.com.ua": "Interfax-Ukraine",
    "eng.kavkaz-uzel.eu": "Caucasian Knot",
    "caucasianknot.info": "Caucasian Knot",
    "trt.global": "TRT",
    "trthaber.com": "TRT",
    "bbc.co.uk": "BBC",
    "WWW.BBC.COM": "BBC",
    "wsj.com": "WSJ / Dow Jones",
    "en.trend.az": "Trend",
    "go.com": "ABC News",
    "abcnews.go.com": "ABC News",
    "notria.ru": "notria.ru",
    "gazette.example": "gazette.example",
}


@pytest.mark.parametrize("row", CREDITED.values(), ids=CREDITED.keys())
def test_the_house_that_the_text_credits(row: tuple[str, str]) -> None:
    text, name = row
    assert origin(report(text)).name == name
    assert origin(report("Envoy summoned", text)).name == name, "in the summary"


@pytest.mark.parametrize("text", OWN.values(), ids=OWN.keys())
def test_a_name_without_credit_leaves_the_publisher(text: str) -> None:
    found = origin(report(text))
    assert (found.name, found.credited) == ("example.org", "")


@pytest.mark.parametrize(("domain", "name"), PUBLISHERS.items())
def test_the_domains_of_one_house_are_one_publisher(domain: str, name: str) -> None:
    assert origin(report("Envoy summoned", source=domain)).name == name


def test_a_publisher_that_credits_itself_is_the_same_origin() -> None:
    assert origin(report("Envoy summoned — ТАСС", source="tass.ru")).name == origin(report("", source="tass.com")).name


def test_the_title_goes_before_the_summary_and_the_words_of_the_credit_are_shown() -> None:
    found = origin(report("Envoy summoned, AFP reports", "Reuters reports more."))
    assert (found.name, found.credited) == ("AFP", "AFP reports")


def test_a_wire_under_two_papers_is_of_one_origin() -> None:
    wire = ("Ambasador odwołany", "WARSAW (PAP) — Poland has recalled its ambassador from Minsk.")
    assert {origin(report(*wire, source=paper)).name for paper in ("herald.example", "gazette.example")} == {"PAP"}


@pytest.mark.parametrize("house", [house for house in houses() if house.credits], ids=lambda house: house.name)
def test_a_house_is_called_as_readers_know_it(house: House) -> None:
    """And not by an owner whom nothing that it prints names."""
    assert any(name in house.name or part in name for name in house.names for part in house.name.split(" / "))


@pytest.mark.parametrize("house", [house for house in houses() if house.hit], ids=lambda house: house.name)
def test_every_house_has_its_proof(house: House) -> None:
    assert house.name in {credit.name for credit in credits_in(house.hit, phrases())}
    assert house.name not in {credit.name for credit in credits_in(house.miss, phrases())}


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.hit)
def test_every_phrase_has_its_proof(phrase: Phrase) -> None:
    assert credits_in(phrase.hit, [phrase])
    assert not credits_in(phrase.miss, phrases())


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        ("  - {name: New, domain: [new.org]}", "unknown key 'domain'"),
        ("  - {domains: [new.org]}", "'name' is missing"),
        ("  - {name: New, domains: [tass.ru]}", "'tass.ru' belongs to TASS and to New"),
        ("  - {name: New, credits: [New]}", "no example"),
    ],
)
def test_a_house_with_a_mistake_is_refused(added: str, complaint: str) -> None:
    text = files("tracker").joinpath("origins.yaml").read_text("utf-8")
    with pytest.raises(ConfigError, match=complaint):
        read_tables(f"{text.rstrip()}\n{added}\n")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [("{hit: a, miss: b}", "no pattern"), ("{hit: a, miss: b, after: '('}", "pattern of 'a'"), ("{hit: a}", "'miss'")],
)
def test_a_phrase_with_a_mistake_is_refused(row: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        read_tables(f"{{fillers: {{}}, houses: [], phrases: [{row}]}}")
