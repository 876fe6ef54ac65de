"""Are the queries drafted from a claim those of its actors and its event, and does it say so where they are not?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.concepts import load_concepts
from tracker.draft import Draft, draft
from tracker.draft.claim import read_claim, tenses
from tracker.draft.families import families, told_event, worded
from tracker.draft.library import library
from tracker.draft.tuning import changes
from tracker.draft.vocabulary import synonym_rows
from tracker.draft.wording import kind_query
from tracker.model import Item, Window
from tracker.query import Document, Program, parse
from tracker.text.language import language_of

CONCEPTS = load_concepts()
PUBLISHED = date(2025, 7, 1)
MONTH = Window(date(2025, 7, 1), date(2025, 7, 31))


def drafted(claim: str, window: Window | None = MONTH) -> Draft:
    language = "ru" if any("а" <= letter <= "я" for letter in claim.casefold()) else "en"
    return draft(claim, language=language, published=PUBLISHED, window=window, concepts=CONCEPTS)


def takes(made: Draft, title: str, summary: str = "") -> bool:
    """Whether an item matches topic and event."""
    return _has(f"({made.topic}) AND ({made.event})", title, summary)


def _has(query: str, title: str, summary: str = "") -> bool:
    program = Program()
    number = program.add(parse(query, CONCEPTS))
    return program.read(Document(title, summary, language_of(title))).matches(number) is not None


FINDS = [
    # claim, a headline that tells it, one that only looks like it
    ("Israel strikes Iran by the end of 2025", "Israel bombs targets in Iran", "Iran strikes Israel with missiles"),
    (
        "Will Venezuela invade Guyana before 2026?",
        "Venezuela invades Guyana",
        "Guyana will invade Venezuela, says Maduro",
    ),
    ("Will Microsoft acquire Activision Blizzard?", "Microsoft buys Activision", "Microsoft sues Activision"),
    ("Ukraine retakes Polohy", "Ukraine liberates Polohy after a siege", "Ukraine shells Polohy"),
    ("Bank of England raises interest rates", "Bank of England raises rates to 5.25%", "Fed raises interest rates"),
    (
        "Brent rises above $100 by the end of 2025",
        "Oil price jumps: Brent climbs to $104",
        "Brent rises $2 to 84 dollars",
    ),
    ("Brent rises above $100", "Oil price rises: Brent at $101 a barrel", "Brent rises on a plan of $150 billion"),
    ("Will Italy hold a summit in Rome?", "Italy opens summit in Rome", "Italy opens a museum in Rome"),
    ("Zelensky resigns", "President Zelensky resigns", "Minister resigns in Kyiv"),
    ("Путин посетит Армению", "Путин прибыл с визитом в Армению", "Пашинян прибыл с визитом в Россию"),
    ("Россия отзовёт посла из Баку", "Москва отозвала посла из Баку", "Москва вызвала посла Азербайджана"),
    ("Россия отзовёт посла из Баку", "Россия отозвала своего посла из Баку", "Баку отозвал посла из Москвы"),
    ("General Sergei Surovikin is stripped of his command", "Surovikin dismissed", "Surovikin inspects the front"),
    ("Donald Trump participates in the first Republican debate", "Trump attends GOP debate", "Trump mocks GOP debate"),
    (
        "The United Auto Workers call a strike against the Big Three",
        "UAW strikes at Big 3",
        "Big 3 strike a deal with UAW",
    ),
    ("Iran attacks Israel", "Iran fires missiles in attack on Israel", "Hamas attacks Israel, Iran denies a role"),
    ("Will the US strike Iran?", "US strikes Iran", "US launches strikes on Iran-linked militia"),
    ("Will Hunter Biden be convicted?", "Hunter Biden convicted", "Biden pardons convicted drug offenders"),
    ("Will Vladimir Putin die?", "Putin dies at 71", "Putin breaks silence after the death of Prigozhin"),
    ("Will Finland join NATO?", "Finland joins NATO", "Finland looks on: Sweden still hopes to join NATO"),
    ("Will Ukraine recapture Bakhmut?", "Ukraine recaptures Bakhmut", "Ukraine captures towns as it flanks Bakhmut"),
    ("Will the US default on its debt?", "US defaults on its debt", "Biden seeks deal to avert US default"),
    ("Will Xi Jinping visit Ukraine?", "Xi visits Ukraine", "Xi arrives in Moscow amid war in Ukraine"),
    (
        "Will the German Train Drivers' Union (GDL) go on strike?",
        "Germany: GDL drivers strike",
        "Germany: GDL and rail talk",
    ),
    ("Israel strikes Iran", "Iran struck by Israel", "Israel struck by Iran"),
    ("Israel strikes Iran", "Израиль нанёс удар по Ирану", "Иран нанёс удар по Израилю"),
    ("Israel strikes Iran", "Israel launches strikes on Iran", "US strikes on Iran anger Israel"),
    (
        "Canada expels a Chinese diplomat",
        "Canada expels Chinese diplomat over threats",
        "China expels Canadian diplomat",
    ),
    (
        "The Miami Heat win the NBA championship",
        "Miami Heat win NBA championship",
        "Denver Nuggets win first NBA title, beating the Miami Heat",
    ),
    (
        "The Kansas City Chiefs win the Super Bowl",
        "Kansas City Chiefs win Super Bowl",
        "Eagles beat Kansas City Chiefs to win Super Bowl",
    ),
    ("England wins the Ashes", "England win the Ashes", "England as Australia win the Ashes"),
    ("Donald Trump is convicted", "Trump convicted of fraud", "Trump aide Peter Navarro convicted of contempt"),
    ("Alexei Navalny is convicted", "Navalny convicted", "Associate of Kremlin critic Navalny is convicted"),
    (
        "Jair Bolsonaro returns to Brazil",
        "Bolsonaro returns to Brazil",
        "Bolsonaro returns on Twitter after flight from Brazil",
    ),
    ("Joe Biden and Xi Jinping meet", "Biden meets Xi in California", "Biden meets NATO allies as Putin courts Modi"),
    (
        "Donald Tusk becomes prime minister of Poland",
        "Poland's Tusk sworn in as PM",
        "Poland: Tusk named prime minister candidate",
    ),
    ("The Bank of Canada raises its policy rate", "Bank of Canada raises rates", "Canada: bank raises rates on cards"),
    ("Trump drops out of the race", "Trump drops out of race", "Pence suspends campaign, Trump leads"),
    ("Credit Suisse goes bankrupt", "Credit Suisse files for bankruptcy", "Bankruptcy of SVB scares Credit Suisse"),
    ("The European Union bans TikTok", "EU bans TikTok", "EU bans TikTok on staff phones"),
    ("The United States bans TikTok", "US bans TikTok", "Montana becomes first US state to ban TikTok"),
    (
        "Will Pakistan's former prime minister Imran Khan be arrested?",
        "Imran Khan arrested in Lahore",
        "Imran Khan speaks in Lahore, where police detain a driver",
    ),
    (
        "Will Luis Rubiales resign as president of the Spanish football federation?",
        "Spain: Rubiales resigns",
        "Spain: players call on Rubiales to resign, minister resigns",
    ),
    (
        "Will Boeing's Starliner be launched with astronauts on board?",
        "Starliner rocket launched",
        "Boeing reports loss",
    ),
    (
        "Will Honduras formally establish diplomatic relations with the People's Republic of China?",
        "Honduras establishes diplomatic relations with China",
        "Honduras cuts diplomatic relations with Taiwan, China says",
    ),
    (
        "Will Kate Forbes win the leadership election of the Scottish National Party?",
        "Forbes wins SNP leadership election",
        "Yousaf wins SNP leadership election, beating Forbes",
    ),
    (
        "Will Sudan's Rapid Support Forces take the city of Wad Madani?",
        "RSF takes control of Wad Madani",
        "RSF nears Wad Madani",
    ),
    (
        "Бывший президент Франции Николя Саркози будет осуждён",
        "Саркози осуждён в Париже",
        "Во Франции осуждён экс-министр",
    ),
    ("Hollywood actors go on strike", "Hollywood actors go on strike", "Hollywood writers go on strike"),
    ("The FDA approves donanemab", "FDA approves donanemab", "FDA approves new Alzheimer's drug"),
    (
        "Nvidia reaches a market value of $1 trillion",
        "Nvidia market value tops $1tn",
        "Nvidia market value near $900bn",
    ),
]


@pytest.mark.parametrize(("claim", "told", "alike"), FINDS, ids=lambda row: row[:40])
def test_a_draft_finds_what_tells_its_claim_and_not_what_looks_like_it(claim: str, told: str, alike: str) -> None:
    made = drafted(claim)
    assert made.ready, made.doubts
    assert takes(made, told), made.event
    assert not takes(made, alike), made.event


NEEDS_A_PERSON = [
    ("OPEC does not cut its output", "it denies"),
    ("Mike Johnson remains Speaker", "a state goes on"),
    ("The agreement between Moscow and Kyiv holds", "a state goes on"),
    ("If talks fail, Israel strikes Iran", "it has a condition"),
    ("He resigns", "does not name whom"),
    ("OpenAI releases a product after ChatGPT", "compares or orders"),
    ("Musk and Zuckerberg engage in a cage fight", "no known family"),
    ("The winner of stage nine holds the yellow jersey of the tour in Nice", "not asked for"),
    ("Hamas frees all hostages", "all of something"),
    ("", "nobody is named"),
    ("Germany", "no event is told"),
]


@pytest.mark.parametrize(("claim", "doubt"), NEEDS_A_PERSON)
def test_what_no_query_can_be_drafted_for_is_said(claim: str, doubt: str) -> None:
    made = drafted(claim)
    assert not made.ready
    assert any(doubt in one for one in made.doubts), made.doubts


def test_a_person_among_many_is_found_by_name_in_both_languages() -> None:
    made = drafted("Aliyev visits Moscow")
    assert takes(made, "Алиев посетит Москву")
    assert not takes(made, "Azerbaijan's foreign minister Bayramov visits Moscow")


def test_what_rules_the_event_out_is_proposed_only_for_a_window_that_it_closes() -> None:
    assert "@hold-rates" in drafted("Bank of England raises interest rates").against
    assert drafted("Bank of England raises interest rates", Window(date(2025, 7, 1), date(2026, 7, 1))).against == ""
    assert drafted("Bank of England raises interest rates", None).against == ""


def test_silence_speaks_only_of_events_that_make_news() -> None:
    invasion, talks = drafted("Venezuela invades Guyana"), drafted("Germany and France hold talks")
    assert (invasion.kind, invasion.audible) == ("@invade", None), "that all are reported is a person's word"
    assert (talks.kind, talks.audible) == ("", None)
    for claim in ("Unemployment in Germany exceeds 7%", "Any Republican candidate resigns"):
        assert (drafted(claim).kind, drafted(claim).audible) == ("", False)


def test_every_kind_that_makes_news_can_be_asked_for() -> None:
    known = library(CONCEPTS)
    for name, family in families().items():
        if family.makes_news:
            asked = kind_query(name, known)
            assert asked
            kind = parse(asked, CONCEPTS)
            # What tells a claim of the family tells one of the kind, in whatever tense a report has it.
            tells = [tenses(read_claim(claim, language_of(claim), PUBLISHED)) for claim in family.hit]
            assert all(any(known.has(kind, text) for text in texts) for texts in tells), name


def test_a_kind_finds_what_the_event_is_too_narrow_for() -> None:
    made = drafted("Venezuela invades Guyana")
    other = "Guyana wakes to an invasion; the army of Venezuela is said to be in Georgetown"
    assert (takes(made, other), _has(f"({made.topic}) AND ({made.kind})", other)) == (False, True)
    assert _has(made.kind, "Ruritania invades Borduria")


def test_the_sentence_names_the_actor_where_the_claim_does_not() -> None:
    made = draft(
        "The president resigns",
        sentence="In Peru the president will resign",
        language="en",
        published=PUBLISHED,
        window=MONTH,
        concepts=CONCEPTS,
    )
    assert made.topic == "@peru"
    assert any("from the sentence" in reason for reason in made.reasons)


COUNTS = {
    "Poland will recall its ambassador": "this came true within the window: “Poland will recall its ambassador.”",
    "Democrats win the House by July.": "this came true within the window: “Democrats win the House by July.”",
    "Oil prices are going to rise!": "this came true within the window: “Oil prices are going to rise!”",
    "Will the talks resume?": "the answer to this became yes within the window: “Will the talks resume?”",
    "Россия отзовёт  посла из Баку.": "это сбылось в срок: «Россия отзовёт посла из Баку».",
    "Цены на нефть упадут ниже $50": "это сбылось в срок: «Цены на нефть упадут ниже $50».",
    "Повысит ли ЦБ ставку?": "ответом на этот вопрос в срок стало «да»: «Повысит ли ЦБ ставку?»",
}


@pytest.mark.parametrize(("claim", "told"), COUNTS.items(), ids=COUNTS)
def test_the_criteria_say_the_claim_as_it_was_written_in_its_language(claim: str, told: str) -> None:
    begins, ends = "It is reported as a fact that", "Plans, demands and rumours do not count."
    if not claim.isascii():
        begins, ends = "Сообщено как о факте, что", "Планы, призывы и слухи не в счёт."
    assert drafted(claim).counts == f"{begins} {told} {ends}"


@pytest.mark.parametrize("name", [name for name, family in families().items() if family.verbs])
def test_each_family_with_wordings_tells_its_examples(name: str) -> None:
    family = families()[name]
    known = library(CONCEPTS)
    assert family.hit, "examples prove the row"
    assert family.miss, "examples prove the row"

    def told(claim: str) -> bool:
        read = read_claim(claim, "en", PUBLISHED)
        return name in {found.name for found in worded(read, known)}

    assert all(map(told, family.hit))
    assert not any(map(told, family.miss))


@pytest.mark.parametrize("name", sorted(families()))
def test_each_family_and_its_rivals_can_be_asked_for(name: str) -> None:
    family = families()[name]
    for one in (name, *family.rivals):
        other = families().get(one)
        assert (other and other.verbs) or CONCEPTS(one), one
    if family.verbs:
        parse(f"x NEAR/1 ({family.wordings})", CONCEPTS)


@pytest.mark.parametrize("row", synonym_rows(), ids=lambda row: row["words"][0])
def test_each_group_of_synonyms_proves_itself(row: dict[str, object]) -> None:
    words, hit, miss = row["words"], str(row["hit"]), str(row["miss"])
    assert isinstance(words, list)
    also = row.get("also", [])
    assert isinstance(also, list)
    query = " OR ".join([*words, *also])
    assert _has(query, hit)
    assert not _has(words[0], hit), "the headline is found by another word than the first"
    assert not _has(query, miss)


def test_a_claim_is_read_as_if_it_had_happened() -> None:
    claim = read_claim("Will Initech acquire a rival in 2025?", "en", PUBLISHED)
    assert claim.text == "Initech acquire a rival"
    assert "Initech acquires a rival" in list(tenses(claim))
    found = told_event(claim, library(CONCEPTS).found_in(tenses(claim)))
    assert found is not None
    assert found.name == "acquire"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_a_draft_whose_queries_can_be_read(claim: str) -> None:
    made = drafted(claim)
    for query in (made.topic, made.event, made.against):
        assert not query or str(parse(query, CONCEPTS))
    assert made.doubts or (made.topic and made.event)


WORDS = st.sampled_from(
    [
        *(
            "Israel",
            "Iran",
            "Baku",
            "Moscow",
            "Putin",
            "Xi",
            "will",
            "strike",
            "strikes",
            "recall",
            "its",
            "ambassador",
        ),
        *(
            "win",
            "the",
            "election",
            "above",
            "$100",
            "30%",
            "not",
            "by 2026",
            "resign",
            "OPEC",
            "(GDL)",
            "Luna-25",
            "or",
        ),
        *("and", "Россия", "отзовёт", "посла", "Путин", "встретится", "5 млн"),
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_words_of_claims_give_a_draft_whose_queries_can_be_read(claim: str) -> None:
    made = drafted(claim)
    for query in (made.topic, made.event, made.against):
        assert not query or str(parse(query, CONCEPTS))
    assert made == drafted(claim)


def item(key: str, title: str) -> Item:
    return Item(
        key=key,
        feed="f",
        source="example.org",
        title=title,
        summary="",
        link="",
        language="en",
        published=None,
        first_seen=None,  # type: ignore[arg-type]
        day=PUBLISHED,
    )


STORED = [
    item("meets", "Opec meets in Vienna"),
    item("meets-again", "Opec ministers meet"),
    item("gathers", "Opec ministers gather in Vienna"),
    item("film", "Opec film meets its critics"),
    item("quiet", "Opec keeps quiet"),
]


def test_a_change_takes_a_marked_item_in_and_says_what_else_it_changes() -> None:
    offered = changes("opec", "meet", CONCEPTS, takes=[STORED[2]], refuses=[], stored=STORED)
    assert offered
    for change in offered:
        assert "gathers" in change.takes
        assert not change.loses
        assert (change.before, change.after) == (3, 3 + len(change.takes))
    assert [len(change.takes) for change in offered] == sorted(len(change.takes) for change in offered)


def test_a_change_throws_a_marked_item_out_and_keeps_the_others() -> None:
    best = changes("opec", "meet", CONCEPTS, takes=[STORED[0]], refuses=[STORED[3]], stored=STORED)[0]
    assert (best.loses, best.takes, best.after) == (frozenset({"film"}), frozenset(), 2)


def test_a_change_meets_marks_of_both_kinds() -> None:
    for change in changes("opec", "meet", CONCEPTS, takes=[STORED[2]], refuses=[STORED[3]], stored=STORED):
        assert "gathers" in change.takes
        assert "film" in change.loses


def test_no_change_is_offered_where_the_query_does_what_is_asked_already() -> None:
    assert changes("opec", "meet", CONCEPTS, takes=[STORED[0]], refuses=[STORED[4]], stored=STORED) == []
    assert changes("iran", "meet", CONCEPTS, takes=[STORED[0]], refuses=[], stored=STORED) == []


def test_a_longer_reach_keeps_the_order_of_words() -> None:
    offered = changes("opec", "opec ONEAR/1 gather", CONCEPTS, takes=[STORED[2]], refuses=[], stored=STORED)
    assert "opec ONEAR/2 gather" in {change.event for change in offered}


def test_words_in_which_the_event_is_told_are_not_thrown_out() -> None:
    wrong = item("energy", "Serbian energy minister resigns over the blackout")
    offered = changes("@serbia", "minister NEAR/5 @resign", CONCEPTS, takes=[], refuses=[wrong], stored=[wrong])
    assert "throws out what has energy" in {change.does for change in offered}
    for change in offered:
        thrown_out = change.does.removeprefix("throws out what has ").split(" NEAR/4 ")
        assert not set(thrown_out) <= {"serbian", "minister", "resigns"}, change.does
