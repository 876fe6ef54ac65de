"""Do the concepts that come with tracker mean what they say? Their own examples, and headlines of several at once."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

import pytest
import yaml

from tracker.concepts import Definition, load_concepts
from tracker.query import Document, Program, parse

DEFINITIONS: tuple[Definition, ...] = tuple(load_concepts())
NAMES = {definition.name for definition in DEFINITIONS}
KEYS = {"means", "any", "except", "hit", "miss"}


@cache
def _compiled() -> tuple[Program, dict[str, int]]:
    """All concepts in one program, as a workspace with many forecasts has them."""
    concepts = load_concepts()
    program = Program()
    return program, {name: program.add(concepts(name)) for name in sorted(NAMES)}


def concepts_of(headline: str) -> set[str]:
    """The names of all concepts that a headline has."""
    program, numbers = _compiled()
    reading = program.read(Document(headline, "", "en"))
    return {name for name, number in numbers.items() if reading.matches(number) is not None}


def has_concept(headline: str, name: str) -> bool:
    program, numbers = _compiled()
    return program.read(Document(headline, "", "en")).matches(numbers[name]) is not None


def has(headline: str, query: str) -> bool:
    program = Program()
    number = program.add(parse(query, load_concepts()))
    return program.read(Document(headline, "", "en")).matches(number) is not None


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.name)
def test_every_headline_listed_as_a_hit_has_its_concept_and_a_miss_lacks_it(definition: Definition) -> None:
    assert [headline for headline in definition.hit if not has_concept(headline, definition.name)] == []
    assert [headline for headline in definition.miss if has_concept(headline, definition.name)] == []


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.name)
def test_every_concept_says_what_it_means_and_proves_it_in_english_and_russian(definition: Definition) -> None:
    assert definition.means.endswith(".")
    assert len(definition.hit) >= 2
    assert len(definition.miss) >= 1
    assert not set(definition.hit) & set(definition.miss)
    assert any(headline.isascii() for headline in definition.hit), "no English example"
    assert any("а" <= letter <= "я" for headline in definition.hit for letter in headline.lower()), "no Russian example"


def test_no_name_is_used_in_two_files_and_no_key_is_unknown() -> None:
    names: Counter[str] = Counter()
    for file in files("tracker.concepts").iterdir():
        if file.name.endswith(".yaml"):
            for name, parts in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader).items():
                names[name] += 1
                assert set(parts) <= KEYS, f"{file.name}: {name}"
                assert name == name.lower().replace("_", "-").replace(" ", "-"), f"{name} is not in kebab-case"
    assert [name for name, count in names.items() if count > 1] == []
    assert set(names) == NAMES


# Headline → the concepts that it has, and those that it must not have.
HEADLINES: dict[str, tuple[str, str]] = {
    # The neighbours quarrel.
    "Baku summons Russian ambassador over deaths in custody": (
        "azerbaijan russia summon-ambassador worsen-relations",
        "recall-ambassador expel-diplomat sever-relations",
    ),
    "МИД Азербайджана вызвал российского посла и вручил ноту протеста": (
        "azerbaijan russia summon-ambassador protest worsen-relations",
        "recall-ambassador sever-relations",
    ),
    "Россия отзывает посла из Баку для консультаций": (
        "russia azerbaijan recall-ambassador worsen-relations",
        "summon-ambassador sever-relations",
    ),
    "Azerbaijan pulls its diplomats out of Iran": ("azerbaijan iran", "recall-ambassador sever-relations russia"),
    "Will Baku sever diplomatic relations with Moscow?": (
        "azerbaijan russia sever-relations",
        "recall-ambassador armenia",
    ),
    "Москва и Баку разорвали дипломатические отношения": ("russia azerbaijan sever-relations", "ease-tensions"),
    "Paris expels two Azerbaijani diplomats in tit-for-tat move": (
        "france azerbaijan expel-diplomat worsen-relations",
        "recall-ambassador summon-ambassador russia",
    ),
    "Azerbaijani lawmakers call off a visit to Moscow": (
        "azerbaijan russia cancel-visit",
        "cancel-events sever-relations",
    ),
    "Баку отменил концерты российских артистов": ("azerbaijan russia cancel-events", "cancel-visit sever-relations"),
    "Aliyev skips CIS summit in St Petersburg": (
        "azerbaijan azerbaijan-leaders leaders cis cancel-visit summit",
        "armenia",
    ),
    "Алиев обвинил Москву в намеренном обстреле посольства": (
        "azerbaijan russia leaders strike worsen-relations",
        "sever-relations ease-tensions convict",
    ),
    "Aliyev threatens to sue Russia before an international court": (
        "azerbaijan russia lawsuit icj worsen-relations",
        "icc convict",
    ),
    "Police in Baku arrest two editors of Sputnik": ("azerbaijan sputnik arrest", "release-detainee convict russia"),
    "Prosecutors in Baku open a murder inquiry": ("azerbaijan open-criminal-case", "convict arrest release-detainee"),
    "Суд в Екатеринбурге приговорил лидера диаспоры к 22 годам": ("convict", "leaders acquit release-detainee"),
    # They make up.
    "Putin and Aliyev meet in Dushanbe for first talks in a year": (
        "russia azerbaijan tajikistan leaders leaders-meet",
        "phone-call cancel-visit strike",
    ),
    "Путин принёс Алиеву извинения и пообещал компенсацию": (
        "russia azerbaijan leaders apology compensation",
        "leaders-meet worsen-relations",
    ),
    "Aliyev telephones Putin and congratulates him": ("azerbaijan russia phone-call leaders", "leaders-meet armenia"),
    "Президенты созвонились и договорились восстановить отношения": (
        "leaders phone-call ease-tensions",
        "worsen-relations sever-relations",
    ),
    "Baku frees a Russian journalist after months in custody": (
        "azerbaijan russia release-detainee",
        "convict open-criminal-case",
    ),
    "Директор Sputnik в Баку вышел на свободу": ("azerbaijan sputnik release-detainee", "convict resign"),
    "Russian-Azerbaijani intergovernmental commission meets in Astrakhan": (
        "russia azerbaijan joint-commission leaders-meet",
        "eu cancel-visit",
    ),
    "Межправкомиссия России и Азербайджана прошла в Астрахани": (
        "russia azerbaijan joint-commission",
        "eu election-won",
    ),
    "Kremlin hopes to normalise relations with Baku": ("russia azerbaijan ease-tensions", "worsen-relations usa"),
    "Moscow and Baku publish a joint statement on the airliner": ("russia azerbaijan joint-statement", "protest"),
    "Кремль признал роль ПВО в крушении самолёта": ("russia concession", "apology azerbaijan"),
    # Ankara, Yerevan, Washington.
    "Turkish and Azerbaijani ministers sign a defence memorandum": (
        "turkey azerbaijan sign-agreement memorandum",
        "peace-agreement turkmenistan",
    ),
    "Эрдоган прилетел в Баку с визитом": ("turkey azerbaijan leaders visit", "cancel-visit turkmenistan"),
    "Armenia and Azerbaijan initial a peace treaty at the White House": (
        "armenia azerbaijan usa peace-agreement sign-agreement",
        "ceasefire uk",
    ),
    "Vance and Aliyev sign a charter in Baku": ("usa azerbaijan leaders sign-agreement", "memorandum"),
    # War.
    "Israel strikes missile plants near Tehran": ("israel iran strike", "ceasefire usa"),
    "Израиль нанёс удар по Ирану": ("israel iran strike", "ceasefire iraq"),
    "Ceasefire between Israel and Iran takes hold": ("israel iran ceasefire", "strike peace-agreement"),
    "Hospital nurses strike over pay in England": ("uk", "strike sanction"),
    "Moscow and Minsk strike a deal on gas": ("russia belarus sign-agreement", "strike"),
    "Kremlin declares partial mobilisation": ("russia mobilisation", "victory"),
    "Moscow holds its Victory Day parade": ("russia", "victory election-won"),
    "Россия вывела миротворцев из Карабаха": ("russia withdraw-troops", "recall-ambassador azerbaijan"),
    "Дроны атаковали нефтебазу SOCAR под Одессой": ("strike socar", "azerbaijan oil-price-falls"),
    # Sanctions and oil.
    "EU adopts nineteenth sanctions package against Russia": (
        "eu russia sanction western-sanctioners approve",
        "lift-sanctions",
    ),
    "Hungary vetoes the EU's next sanctions package": ("hungary eu veto", "sanction approve lift-sanctions"),
    "Евросоюз продлил санкции против России на полгода": ("eu russia", "sanction lift-sanctions"),
    "Вашингтон ввёл санкции против «Лукойла»": ("usa lukoil sanction western-sanctioners", "russia lift-sanctions"),
    "Washington eases sanctions on Belarus": ("usa belarus lift-sanctions", "sanction russia"),
    "Brent falls below 60 dollars": ("oil-price-falls", "oil-price-rises budget-cut"),
    "Нефть подорожала после решения ОПЕК+": ("oil-price-rises opec", "oil-price-falls"),
    "Azerbaijan's oil output falls for a third year": ("azerbaijan", "oil-price-falls"),
    "Baku trims budget spending as crude gets cheaper": ("azerbaijan budget-cut oil-price-falls", "oil-price-rises"),
    "IMF says Azerbaijan's growth slowed to 1.4 percent": ("imf azerbaijan slow-growth", "who budget-cut"),
    # Politics, and names that look alike.
    "Sandu's party wins parliamentary election in Moldova": ("moldova leaders election-won", "resign"),
    "Премьер Армении ушёл в отставку": ("armenia leaders resign", "azerbaijan"),
    "Georgia's parliament bans an opposition party": ("georgia ban", "usa"),
    "Georgia's Republican governor signs a bill in Atlanta": ("", "georgia"),
    "Michael Jordan sells his house in Chicago": ("", "jordan"),
    "How long to roast a turkey": ("", "turkey"),
    "The man who sold us a boat": ("", "who usa"),
    "Daniil Medvedev reaches the final in Dubai": ("uae", "russia leaders"),
    "Lukoil and SOCAR hold talks": ("lukoil socar", "russia azerbaijan"),
    "Armenia's Pashinyan to visit Ankara": ("armenia turkey leaders visit", "azerbaijan"),
    "Striker signs for Real Madrid": ("", "strike spain sign-agreement"),
    "Премьера фильма о Грузии прошла в Тбилиси": ("georgia", "leaders russia"),
    "Several ties of the old railway were replaced": ("", "sever-relations"),
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_has_these_concepts_and_not_those(headline: str) -> None:
    wanted, unwanted = (set(names.split()) for names in HEADLINES[headline])
    assert wanted | unwanted <= NAMES, "the table names a concept that does not exist"
    found = concepts_of(headline)
    assert (wanted - found, unwanted & found) == (set(), set())


NEAR_QUERIES = {
    "the other side's ambassador is summoned": (
        "@summon-ambassador NEAR/8 @russia", "Baku summons Russian ambassador over raids", True,
    ),
    "a concept of names is an operand of NEAR": (
        "@azerbaijan-leaders NEAR/5 @russia-leaders", "Путин и Алиев пожали руки", True,
    ),
    "leaders who met are near the meeting": (
        "@leaders NEAR/8 @leaders-meet", "Presidents of two states meet in Beijing", True,
    ),
    "the actors may be too far from the event": (
        "@israel NEAR/3 @strike",
        "Israel opens a new railway line, and somewhere else in the world drones hit a depot",
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("query", "headline", "expected"), NEAR_QUERIES.values(), ids=NEAR_QUERIES)
def test_concepts_can_be_joined_by_near(query: str, headline: str, expected: bool) -> None:
    assert has(headline, query) is expected
