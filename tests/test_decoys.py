"""Is a forecast left unsettled by what only looks like its event? Invented headlines, from the query to the verdict.

A report is written "day Headline // summary"; days are those of builders.py, 1 being Monday, 1 September 2025, and the
window is September. The reports of a case come each from another house, unless one is named: "3@tass.ru Headline".
Every question is proved by its own reports, so that a decoy is not left aside by a query that would match nothing.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from builders import AFTER_ALL, criterion, day, forecast, item

from tracker.concepts import load_concepts
from tracker.evidence import evidence
from tracker.match import Matcher, Queries
from tracker.model import Assertion, Criterion, Evidence, Role, Status, Verdict
from tracker.resolve import Findings, Rule, resolve

Expected = tuple[Status, Rule]
Case = tuple[dict[str, Expected], tuple[str, ...]]

YES = Status.CONFIRMED, Rule.HAPPENED
NO = Status.REFUTED, Rule.AGAINST
SILENT = Status.PENDING, Rule.NOT_COVERED
ONE = Status.PENDING, Rule.TOO_FEW
TORN = Status.PENDING, Rule.CONTESTED
NEXT_DAY = Status.PENDING, Rule.DAY_UNKNOWN

HOUSES = ("harbourtimes.org", "nordkurier-online.net", "vostokgazeta.org", "eveningledger.org", "dailylantern.org")
REPORT = re.compile(r"(?P<day>-?\d+)(?:@(?P<house>\S+))? (?P<title>.+?)(?: // (?P<summary>.+))?")


def about(claim: str, topic: str, event: str, **other: object) -> Criterion:
    """What a forecast asks, in September, of two origins."""
    return criterion(claim=claim, topic=topic, event=event, **other)


def wins(team: str, in_russian: str) -> str:
    """The query for a team's victory; NEAR knows no order, so it would take the loser for the winner."""
    english = " OR ".join(f'"{team} {verb}"' for verb in ("=beat", "=beats", "=wins", "=win", "=defeat", "=defeats"))
    return f'{english} OR "by {team}" OR "{in_russian} обыграл*" OR "{in_russian} победил*"'


# What is asked, and reports that establish it.
QUESTIONS: dict[str, tuple[Criterion, tuple[str, ...]]] = {
    "lander": (
        about(
            "India's lander sets down on the Moon.",
            "@india",
            "@india NEAR/2 (lander OR модул*) NEAR/6 @moon-landing AND NOT @crash-landing",
            against="@crash-landing",
        ),
        ("9 India's lander touches down on the Moon", "9 Индийский посадочный модуль сел на Луну"),
    ),
    "seat": (
        about(
            "The Greens win the seat of Westford in Parliament.",
            "Westford OR Вестфорд*",
            "(Greens OR зеленые) NEAR/4 (win OR gain OR take OR выигра* OR получи*) NEAR/3 (Westford OR Вестфорд*)"
            " AND NOT (council OR ward OR совет*)",
        ),
        ("12 Greens win Westford by-election", "12 «Зелёные» выиграли выборы в Вестфорде"),
    ),
    "warship": (
        about(
            "A warship is hit in the Red Sea.",
            "@red-sea-shipping",
            "(warship OR destroyer OR frigate OR корвет* OR эсминец OR эсминц* OR фрегат*) NEAR/4"
            " (=hit OR =struck OR damaged OR поврежд* OR подбит* OR поразил*)",
        ),
        ("9 Destroyer hit by Houthi missile in the Red Sea", "9 В Красном море хуситы поразили фрегат"),
    ),
    "agents law": (
        about(
            "Georgia's parliament adopts the law on foreign agents.",
            "@georgia AND (agent* OR иноагент* OR агент*)",
            "(parliament OR парламент*) NEAR/6 @bill-passed",
        ),
        (
            "16 Georgian parliament adopts law on foreign agents",
            "16 Парламент Грузии принял закон об иноагентах",
        ),
    ),
    "town": (
        about(
            "Russia takes the city of Zaporizhzhia.",
            "@russia AND (Zaporizhzhia OR Запорожье)",
            "@capture-territory AND (Zaporizhzhia OR Запорожье) AND NOT (Zaporizhzhia NEAR/1 (region OR oblast OR"
            " province) OR Запорожск* OR =село OR =посёлок OR village OR settlement)",
        ),
        (
            "22 Russian forces capture the city of Zaporizhzhia",
            "22 Россия сообщила, что её армия заняла город Запорожье",
        ),
    ),
    "bankrupt": (
        about(
            "Gazprom is declared bankrupt.",
            "@gazprom",
            "@gazprom NEAR/5 @bankruptcy AND NOT (subsidiary OR unit OR arm OR former OR дочк* OR дочерн*)",
        ),
        ("9 Gazprom files for bankruptcy", "9 Газпром признан банкротом"),
    ),
    "minister": (
        about(
            "Serbia's defence minister resigns.",
            "@serbia",
            "(defence OR defense OR обороны) NEAR/6 @resign AND NOT (acting OR deputy OR former OR замминистр* OR"
            " бывш* OR врио)",
        ),
        ("9 Serbian defence minister resigns", "9 Министр обороны Сербии подал в отставку"),
    ),
    "tbilisi": (
        about("Georgia, the state, declares a state of emergency.", "@georgia", "@state-of-emergency"),
        ("9 Georgian government declares state of emergency", "9 В Грузии ввели чрезвычайное положение"),
    ),
    "kinshasa": (
        about("A coup takes place in the Democratic Republic of the Congo.", "@dr-congo", "@coup"),
        ("9 Soldiers seize power in Kinshasa", "9 В ДР Конго произошёл военный переворот"),
    ),
    "run-off": (
        about(
            "Noboa wins the run-off for Ecuador's presidency.",
            "@ecuador",
            "(Noboa OR Нобоа) NEAR/6 @election-won AND NOT (first NEAR/1 round OR первом NEAR/1 туре)",
        ),
        ("21 Noboa wins Ecuador presidential runoff", "21 Нобоа победил на выборах президента Эквадора"),
    ),
    "senate": (
        about(
            "The US Senate passes the crypto bill.",
            "@us-senate AND crypto*",
            "@us-senate NEAR/3 (=passes OR =passed OR =approves OR =approved) AND @bill-passed",
        ),
        ("16 US Senate passes crypto bill", "16 Senate approves bill on crypto in late vote"),
    ),
    "starship": (
        about("Starship is launched.", "Starship", "@rocket-launch"),
        ("24 SpaceX launches Starship from Texas", "24 SpaceX запустила ракету Starship"),
    ),
    "recall": (
        about("Azerbaijan recalls its ambassador from Russia.", "@azerbaijan AND @russia", "@recall-ambassador"),
        ("9 Azerbaijan recalls its ambassador from Russia", "9 Баку отозвал посла из Москвы"),
    ),
    "strike": (
        about("Israel strikes Iran.", "@israel AND @iran", "@strike"),
        ("9 Israel strikes missile plant in Iran", "9 Израиль нанёс удар по Ирану"),
    ),
    "meeting": (
        about(
            "Putin and Aliyev meet.",
            "(Putin OR Путин*) AND (Aliyev OR Алиев*)",
            "(Putin OR Путин* OR Aliyev OR Алиев*) NEAR/6 @leaders-meet",
        ),
        ("9 Putin meets Aliyev in Dushanbe", "9 Путин встретился с Алиевым"),
    ),
    "truce": (
        about("A ceasefire begins in Sudan.", "@sudan", "@ceasefire"),
        ("9 Ceasefire takes hold in Sudan", "9 В Судане вступило в силу перемирие"),
    ),
    "rate cut": (
        about(
            "The Federal Reserve cuts its rate.",
            "@federal-reserve",
            "@cut-rates",
            against="@hold-rates OR @raise-rates",
        ),
        ("17 Fed cuts interest rates by a quarter point", "17 ФРС снизила ставку"),
    ),
    "rate hold": (
        about(
            "The Federal Reserve holds its rate.",
            "@federal-reserve",
            "@hold-rates",
            against="@cut-rates OR @raise-rates",
        ),
        ("17 Fed holds interest rates steady", "17 ФРС сохранила ставку"),
    ),
    "takeover": (
        about(
            "Norvik buys the bank Baltica.",
            "Norvik OR Норвик",
            "(Norvik OR Норвик) NEAR/6 (buy OR acquire OR takeover OR acquisition OR купи* OR покупк* OR приобр* OR"
            " поглощ*) NEAR/6 (Baltica OR Балтика OR Балтики OR Балтику OR Балтикой)",
            against="@deal-called-off OR @regulator-blocks",
        ),
        ("9 Norvik completes takeover of Baltica", "9 Норвик купил банк «Балтика»"),
    ),
    "general": (
        about(
            "General Haftar dies or is killed.",
            "Haftar OR Хафтар",
            "(Haftar OR Хафтар) NEAR/6 (@killed OR @dies)",
        ),
        ("9 General Haftar killed in plane crash", "9 Генерал Хафтар погиб"),
    ),
    "ban": (
        about("Australia bans TikTok.", "@australia AND TikTok", "@ban"),
        ("9 Australia bans TikTok", "9 Австралия запретила TikTok"),
    ),
    "ban stands": (
        about(
            "Australia bans TikTok, and the ban stands.",
            "@australia AND TikTok",
            "@ban",
            against="(lift OR reverse OR scrap OR отмен* OR снял*) NEAR/4 (=ban OR запрет)",
            lasts=True,
        ),
        ("9 Australia bans TikTok", "9 Австралия запретила TikTok"),
    ),
    "hostages": (
        about("Hamas frees hostages.", "@hamas", "@hostages-freed"),
        ("9 Hamas frees four hostages", "9 ХАМАС освободил четырёх заложников"),
    ),
    "coup": (
        about("A coup takes place in Mali.", "@mali", "@coup"),
        ("9 Soldiers seize power in Mali", "9 В Мали произошёл военный переворот"),
    ),
    "riverton": (
        about(
            "Riverton win the final against Eastham.",
            "Riverton OR Ривертон*",
            wins("Riverton", "Ривертон"),
            against=wins("Eastham", "Истхэм"),
        ),
        ("14 Riverton beat Eastham 2-1 in cup final", "14 «Ривертон» обыграл «Истхэм» в финале кубка"),
    ),
    "eastham": (
        about(
            "Eastham win the final against Riverton.",
            "Eastham OR Истхэм*",
            wins("Eastham", "Истхэм"),
            against=wins("Riverton", "Ривертон"),
        ),
        ("14 Eastham beat Riverton 2-1 in cup final", "14 «Истхэм» обыграл «Ривертон» в финале кубка"),
    ),
    "crash": (
        about("India's lander crashes.", "@india", "@crash-landing", against="lander NEAR/6 @moon-landing"),
        ("9 Indian lander crashes into the Moon", "9 Индийский аппарат разбился о Луну: он врезался в Луну"),
    ),
    "conviction": (
        about(
            "Banker Orlov is convicted.",
            "Orlov OR Орлов*",
            "(Orlov OR Орлов*) NEAR/6 @convict",
            against="(Orlov OR Орлов*) NEAR/6 @acquit",
        ),
        ("9 Banker Orlov found guilty of fraud", "9 Суд признал банкира Орлова виновным"),
    ),
    "acquittal": (
        about(
            "Banker Orlov is acquitted.",
            "Orlov OR Орлов*",
            "(Orlov OR Орлов*) NEAR/6 @acquit",
            against="(Orlov OR Орлов*) NEAR/6 @convict",
        ),
        ("9 Banker Orlov acquitted of fraud", "9 Суд оправдал банкира Орлова"),
    ),
    "treaty and border": (
        about(
            "Armenia and Azerbaijan sign a treaty, and open their border.",
            "@armenia AND @azerbaijan",
            "@sign-agreement AND (open OR reopen OR откры*) NEAR/4 (border OR crossing OR границ*)",
        ),
        (
            "9 Armenia and Azerbaijan sign peace treaty and open border",
            "9 Армения и Азербайджан подписали договор и открыли границу",
        ),
    ),
    "resigns and dissolves": (
        about(
            "Bulgaria's prime minister resigns, and parliament is dissolved.",
            "@bulgaria",
            "@resign AND @dissolve-parliament",
        ),
        (
            "9 Bulgarian premier resigns, president dissolves parliament",
            "9 Премьер Болгарии ушёл в отставку, президент распустил парламент",
        ),
    ),
    "launch and orbit": (
        about(
            "Korea's rocket is launched and puts its satellite in orbit.",
            "@south-korea",
            "@rocket-launch AND @enters-orbit",
        ),
        (
            "9 South Korea launches rocket, satellite enters orbit",
            "9 Южная Корея запустила ракету, спутник вышел на орбиту",
        ),
    ),
    "truce and hostages": (
        about(
            "A truce begins in Gaza and hostages are freed.", "@palestine OR @hamas", "@ceasefire AND @hostages-freed"
        ),
        (
            "9 Gaza truce begins and Hamas frees first hostages",
            "9 В Газе началось перемирие, ХАМАС освободил заложников",
        ),
    ),
}


def case(question: str, expected: Expected, *reports: str) -> Case:
    """Reports, and what one forecast makes of them."""
    return {question: expected}, reports


LOOK_ALIKES: dict[str, Case] = {
    "the rover is not the lander": case(
        "lander",
        SILENT,
        "9 India's rover rolls onto the Moon",
        "9 Индийский луноход проехал по Луне сто метров",
        "10 Indian orbiter photographs lunar south pole",
    ),
    "another country's lander, with this one looking on": case(
        "lander",
        SILENT,
        "9 Japan's lander touches down on the Moon as India watches",
        "9 Японский модуль сел на Луну, Индия поздравляет",
    ),
    "a seat is not the seat": case(
        "seat",
        SILENT,
        "9 Greens win seat in Eastford as Labour holds Westford",
        "9 «Зелёные» получили место в Истфорде, Вестфорд остался за лейбористами",
        "9 Greens win Westford council seat",
    ),
    "a merchant ship is not a warship": case(
        "warship",
        SILENT,
        "9 Houthi missile hits bulk carrier in the Red Sea",
        "9 Destroyer comes to the aid of tanker hit in the Red Sea",
        "9 В Красном море подбит танкер, на помощь идёт фрегат",
    ),
    "a warship that hits is not one that is hit": case(
        "warship",
        SILENT,
        "9 US destroyer shoots down drones over the Red Sea",
        "9 Frigate in the Red Sea downs two Houthi missiles",
    ),
    "the party is not the parliament": case(
        "agents law",
        SILENT,
        "9 Georgian Dream party backs law on foreign agents",
        "9 Правящая партия Грузии поддержала закон об иноагентах",
    ),
    "a committee is not the plenary": case(
        "agents law",
        SILENT,
        "9 Georgian parliament committee approves law on foreign agents",
        "9 Комитет парламента Грузии одобрил закон об иноагентах",
        "9 Юридический комитет грузинского парламента поддержал законопроект об иноагентах",
    ),
    "the first reading is not the adoption": case(
        "agents law",
        SILENT,
        "9 Georgian parliament passes foreign agents bill in first reading",
        "9 Парламент Грузии принял закон об иноагентах в первом чтении",
    ),
    "the province is not the town of its name": case(
        "town",
        SILENT,
        "9 Russian forces capture two villages in Zaporizhzhia region",
        "9 Россия заняла село в Запорожской области",
        "9 Russian army seizes settlement near Zaporizhzhia",
    ),
    "a subsidiary is not the company": case(
        "bankrupt",
        SILENT,
        "9 Gazprom subsidiary in Berlin files for bankruptcy",
        "9 «Дочка» Газпрома признана банкротом",
        "9 Former arm of Gazprom declared insolvent",
    ),
    "the deputy and the predecessor are not the minister": case(
        "minister",
        SILENT,
        "9 Serbian deputy defence minister resigns",
        "9 Замминистра обороны Сербии подал в отставку",
        "9 Acting defence minister of Serbia resigns from party",
    ),
    "Georgia on the Chattahoochee is not Georgia on the Kura": case(
        "tbilisi",
        SILENT,
        "9 Georgia governor Kemp declares state of emergency as storm nears Savannah",
        "9 Georgia declares state of emergency over Atlanta floods",
        "9 В штате Джорджия ввели режим чрезвычайного положения",
    ),
    "the other Congo": case(
        "kinshasa",
        SILENT,
        "9 Soldiers seize power in Brazzaville",
        "9 Coup in the Republic of the Congo: army ousts Sassou Nguesso",
        "9 В Республике Конго произошёл военный переворот",
    ),
    "the first round is not the run-off": case(
        "run-off",
        SILENT,
        "9 Noboa wins first round of Ecuador election",
        "9 Нобоа победил в первом туре выборов в Эквадоре",
        "9 Noboa and Gonzalez go to runoff in Ecuador presidential election",
    ),
    "the House is not the Senate": case(
        "senate",
        SILENT,
        "9 House passes crypto bill, sends it to Senate",
        "9 Senate panel approves crypto bill",
        "9 House approves crypto bill as Senate waits",
    ),
    "a test of the engine is not a launch": case(
        "starship",
        SILENT,
        "9 SpaceX fires Starship engines on the pad in static test",
        "9 SpaceX провела огневые испытания двигателей Starship",
        "9 Starship rolls out to its launch pad",
    ),
    "a rehearsal is not a launch": case(
        "starship",
        SILENT,
        "9 SpaceX completes launch rehearsal of Starship rocket",
        "9 SpaceX провела репетицию запуска ракеты Starship",
    ),
    "an envoy of another state": case(
        "recall",
        SILENT,
        "9 Russia summons Azerbaijani ambassador",
        "9 Москва вызвала посла Азербайджана",
        "9 Azerbaijan's ambassador recalls his years in Russia",
    ),
    "the nephew is not the general": case(
        "general",
        SILENT,
        "9 Haftar's nephew killed in crash",
        "9 Племянник Хафтара погиб в аварии",
    ),
    "a mourner is not the dead": case(
        "general",
        SILENT,
        "9 Haftar mourns officer killed in Sirte",
        "9 Хафтар выразил соболезнования семьям погибших",
    ),
}

AHEAD: dict[str, Case] = {
    "planned": case(
        "recall",
        SILENT,
        "9 Azerbaijan plans to recall its ambassador from Russia",
        "9 Баку планирует отозвать посла из Москвы",
        "9 Azerbaijan draws up plans for recall of ambassador to Russia",
    ),
    "threatened": case(
        "recall",
        SILENT,
        "9 Azerbaijan threatens Russia with recall of ambassador",
        "9 Баку пригрозил Москве отзывом посла",
        "9 Azerbaijan warns Russia it could recall ambassador",
    ),
    "requested": case(
        "recall",
        SILENT,
        "9 Azerbaijani lawmakers ask government to recall ambassador from Russia",
        "9 Депутаты в Баку просят отозвать посла из Москвы",
        "9 Azerbaijan urged to recall ambassador from Russia",
    ),
    "agreed in principle": case(
        "truce",
        SILENT,
        "9 Sudan's army and RSF agree in principle to ceasefire",
        "9 Стороны в Судане в принципе согласились на перемирие",
        "9 Sudan rivals reach preliminary ceasefire deal",
    ),
    "pending": case(
        "takeover",
        SILENT,
        "9 Norvik takeover of Baltica awaits regulator's nod",
        "9 Покупка «Балтики» Норвиком ждёт одобрения регулятора",
        "9 Norvik's pending acquisition of Baltica worries staff",
    ),
    "poised": case(
        "strike",
        SILENT,
        "9 Israel poised to strike Iran",
        "9 Израиль готовится нанести удар по Ирану",
        "9 Israel stands ready to strike Iran",
    ),
    "vowed": case(
        "strike",
        SILENT,
        "9 Netanyahu vows to strike Iran again as Israel mourns",
        "9 Израиль поклялся нанести удар по Ирану",
        "9 Israel pledges strike on Iran",
    ),
    "expected": case(
        "rate cut",
        SILENT,
        "9 Fed expected to cut interest rates",
        "9 Аналитики ждут, что ФРС снизит ставку",
        "9 Markets bet on Fed rate cut",
        "9 Traders price in Fed rate cut",
    ),
    "scheduled": case(
        "meeting",
        SILENT,
        "9 Putin-Aliyev meeting scheduled for October",
        "9 Встреча Путина и Алиева запланирована на октябрь",
        "9 Kremlin: Putin, Aliyev meeting is on the agenda",
    ),
    "set to": case(
        "ban",
        SILENT,
        "9 Australia set to ban TikTok",
        "9 Австралия собирается запретить TikTok",
        "9 Australia moves closer to TikTok ban",
        "9 Australia mulls TikTok ban",
    ),
    "on the brink of it": case(
        "truce",
        SILENT,
        "9 Sudan close to ceasefire, envoy says",
        "9 Стороны в Судане близки к перемирию",
        "9 Sudan ceasefire within reach",
    ),
    "a deal that says it will be": case(
        "hostages",
        SILENT,
        "9 Hamas agrees to release hostages",
        "9 ХАМАС согласился освободить заложников",
        "9 Deal would see Hamas release ten hostages",
        "9 Hamas ready to release all hostages",
    ),
    "a bill for it is tabled": case(
        "ban",
        SILENT,
        "9 Australia introduces bill to ban TikTok",
        "9 В парламент Австралии внесли законопроект о запрете TikTok",
        "9 Australian minister drafts TikTok ban",
    ),
    "a headline's infinitive": case(
        "meeting",
        SILENT,
        "9 Putin to meet Aliyev in Dushanbe",
        "9 Путин и Алиев встретятся в Душанбе",
        "9 Aliyev awaits meeting with Putin",
    ),
    "a launch date is named": case(
        "starship",
        SILENT,
        "9 SpaceX targets Friday for Starship rocket launch",
        "9 SpaceX назвала дату запуска ракеты Starship",
        "9 SpaceX cleared for Starship rocket launch",
    ),
    "readied and drilled for": case(
        "strike",
        SILENT,
        "9 US intelligence sees Israel readying strike on Iran",
        "9 Israel's air force drills for strike on Iran",
        "9 Израиль отработал на учениях удар по Ирану",
    ),
    "licensed": case(
        "starship",
        SILENT,
        "9 SpaceX gets licence for Starship rocket launch",
        "9 FAA clears SpaceX for Starship rocket launch",
        "9 SpaceX получила разрешение на запуск ракеты Starship",
    ),
    "accepted by one side": case(
        "truce",
        SILENT,
        "9 Sudan's RSF says it accepts ceasefire, army has yet to answer",
        "9 РСБ согласились на перемирие в Судане, армия молчит",
    ),
    "backed by an official": case(
        "rate cut",
        SILENT,
        "9 Fed official backs September rate cut",
        "9 Weak jobs data cement case for Fed rate cut",
        "9 Fed seen cutting rates in September, poll shows",
        "9 Рынки заложили в цены снижение ставки ФРС",
    ),
    "approved by the shareholders": case(
        "takeover",
        SILENT,
        "9 Norvik sets sights on takeover of Baltica",
        "9 Baltica shareholders approve takeover by Norvik",
        "9 Regulator to rule on Norvik's takeover of Baltica",
    ),
    "being worked on": case(
        "meeting",
        SILENT,
        "9 Песков: встреча Путина и Алиева прорабатывается",
        "9 Kremlin prepares Putin-Aliyev meeting",
    ),
    "announced for a day to come": case(
        "meeting",
        SILENT,
        "9 Ушаков анонсировал встречу Путина и Алиева",
        "9 График Путина: встреча с Алиевым стоит на четверг",
    ),
    "counted down to": case(
        "starship",
        SILENT,
        "9 Countdown begins for SpaceX Starship rocket launch",
        "9 Где смотреть запуск ракеты Starship",
    ),
    "approved by the cabinet": case(
        "strike",
        SILENT,
        "9 Israel's cabinet approves strike on Iran",
        "9 Израиль запросил у США добро на удар по Ирану",
    ),
}

WRONG_TIME: dict[str, Case] = {
    "reported before the opening": case(
        "recall",
        SILENT,
        "-2 Azerbaijan recalls its ambassador from Russia",
        "-1 Баку отозвал посла из Москвы",
    ),
    "told again after the opening": case(
        "recall",
        SILENT,
        "-1 Azerbaijan recalls its ambassador from Russia",
        "-1 Баку отозвал посла из Москвы",
        "1 Baku recalls envoy to Moscow, Azerbaijani ministry says",
        "2 Азербайджан отозвал посла из России",
    ),
    "a day after the close, with its day": case(
        "recall",
        SILENT,
        "32 Azerbaijan recalled its ambassador from Russia on Wednesday",
        "32 Баку в среду отозвал посла из Москвы",
    ),
    "a day after the close, without its day": case(
        "recall",
        NEXT_DAY,
        "31 Azerbaijan recalls its ambassador from Russia",
        "31 Баку отозвал посла из Москвы",
    ),
    "two days after the close, without its day": case(
        "recall",
        SILENT,
        "32 Azerbaijan recalls its ambassador from Russia",
        "32 Баку отозвал посла из Москвы",
    ),
    "within the lag, of a day inside": case(
        "recall",
        YES,
        "32 Azerbaijan recalled its ambassador from Russia on Tuesday",
        "32 Баку 30 сентября отозвал посла из Москвы",
    ),
    "on Tuesday, when Tuesday was the day before the opening's week": case(
        "strike",
        SILENT,
        "1 Israel struck Iran on Saturday",
        "1 Израиль в субботу нанёс удар по Ирану",
        "1 Israel hit Iran with a missile strike last Tuesday",
    ),
    "last year's": case(
        "strike",
        SILENT,
        "9 Israel struck Iran last year, satellite pictures show",
        "9 В прошлом году Израиль нанёс удар по Ирану",
        "9 Last year's Israeli strike on Iran hit radar, papers show",
    ),
    "a year after": case(
        "strike",
        SILENT,
        "9 A year after Israel struck Iran, the plant is working",
        "9 Через год после удара Израиля по Ирану завод работает",
        "9 Iran rebuilds plant one year after Israeli strike",
    ),
    "in 2014": case(
        "coup",
        SILENT,
        "9 Mali officer tells of the coup in 2012",
        "9 В Мали судят участников переворота 2012 года",
        "9 Leader of Mali's 2012 coup returns home",
    ),
    "the event of the neighbouring window": case(
        "rate cut",
        SILENT,
        "3 Fed cut rates in July by a quarter point, minutes show",
        "3 В июле ФРС снизила ставку, следует из протокола",
    ),
    "the next window's, dated ahead": case(
        "rate cut",
        SILENT,
        "18 Fed cuts rates on 29 October, economists agree",
        "18 ФРС снизит ставку 29 октября",
    ),
    "after the lag": case(
        "strike",
        SILENT,
        "40 Israel struck Iran on 30 September, ministry says",
        "40 Израиль 30 сентября нанёс удар по Ирану",
    ),
    "a week before the opening, told on its first day": case(
        "general",
        SILENT,
        "1 General Haftar was killed a week ago, family says",
        "1 Генерал Хафтар погиб неделю назад",
        "1 Haftar died on 25 August, doctors say",
    ),
}

UNCONFIRMED: dict[str, Case] = {
    "presumed": case(
        "general",
        SILENT,
        "9 General Haftar presumed dead after plane vanishes",
        "9 Хафтар предположительно погиб",
        "9 Haftar missing, presumed killed",
    ),
    "unconfirmed": case(
        "general",
        SILENT,
        "9 Unconfirmed: General Haftar killed",
        "9 По неподтверждённым данным, генерал Хафтар погиб",
        "9 Unconfirmed reports say Haftar was killed",
    ),
    "alleged": case(
        "strike",
        SILENT,
        "9 Iran shows debris of alleged Israeli strike",
        "9 Израиль якобы нанёс удар по Ирану",
        "9 Israel allegedly struck plant in Iran",
    ),
    "reportedly": case(
        "strike",
        SILENT,
        "9 Israel reportedly strikes plant in Iran",
        "9 Сообщается об ударе Израиля по Ирану, подтверждения нет",
        "9 Israel said to have struck Iran",
    ),
    "believed to have": case(
        "strike",
        SILENT,
        "9 Israel believed to have struck Iran",
        "9 Предполагается, что Израиль нанёс удар по Ирану",
        "9 Israel suspected of strike on Iran",
        "9 Analysts suspect Israeli strike on Iran",
    ),
    "feared": case(
        "coup",
        SILENT,
        "9 Coup feared in Mali as shots ring out",
        "9 В Мали опасаются военного переворота",
        "9 Mali on edge: fears of coup grow",
        "9 Gunfire in Mali raises fears of coup",
    ),
    "sources say": case(
        "recall",
        SILENT,
        "9 Azerbaijan recalls its ambassador from Russia, sources say",
        "9 Источники: Баку отозвал посла из Москвы",
        "9 Sources: Azerbaijan recalls ambassador from Russia",
    ),
    "one side claims it": case(
        "town",
        SILENT,
        "9 Russia claims capture of Zaporizhzhia city",
        "9 Russia claims its troops captured the city of Zaporizhzhia",
        "9 Россия утверждает, что её войска заняли город Запорожье",
    ),
    "rumoured": case(
        "coup",
        SILENT,
        "9 Rumours of coup sweep Mali",
        "9 Слухи о военном перевороте в Мали",
        "9 Mali: talk of coup in the capital",
    ),
    "apparent": case(
        "strike",
        SILENT,
        "9 Blasts in Iran in apparent Israeli strike",
        "9 В Иране взрывы, вероятно, удар Израиля",
        "9 Israel appears to have struck Iran",
        "9 Possible Israeli strike on Iran lights up sky",
    ),
    "a video purports to show it": case(
        "hostages",
        SILENT,
        "9 Video purports to show Hamas freeing hostages",
        "9 Hamas says it may have freed hostages, Israel cannot verify",
        "9 На видео ХАМАС якобы освободил заложников",
    ),
    "attempted": case(
        "coup",
        SILENT,
        "9 Attempted coup in Mali, says government",
        "9 Попытка военного переворота в Мали",
        "9 Soldiers attempt to seize power in Mali",
    ),
    "a think tank reckons": case(
        "rate cut",
        SILENT,
        "9 Fed likely to cut rates, think tank reckons",
        "9 Эксперт: ФРС, вероятно, снизит ставку",
        "9 Fed hints at rate cut",
        "9 Powell opens door to Fed rate cut",
    ),
    "a channel tells it": case(
        "recall",
        SILENT,
        "9 Telegram channel: Azerbaijan recalls ambassador from Russia",
        "9 СМИ узнали об отзыве посла Азербайджана из России",
    ),
    "a bank sees it coming": case(
        "rate cut",
        SILENT,
        "9 Goldman now sees three Fed rate cuts",
        "9 Markets fully priced for Fed rate cut",
        "9 В ФРС допустили снижение ставки",
    ),
    "simulated": case(
        "strike",
        SILENT,
        "9 Iran simulates response to Israeli strike",
        "9 Israel rehearses strike on Iran with US tankers",
    ),
    "hoped for": case(
        "truce",
        SILENT,
        "9 Надежды на перемирие в Судане тают",
        "9 Судан: шансов на перемирие мало",
        "9 Hopes of Sudan truce rise",
    ),
    "foretold": case(
        "recall",
        SILENT,
        "9 Эксперт предрёк отзыв посла Азербайджана из Москвы",
        "9 Азербайджан вправе отозвать посла из России — депутат",
    ),
}

UNDONE: dict[str, Case] = {
    "denied": case(
        "recall",
        SILENT,
        "9 Azerbaijan denies it recalled ambassador from Russia",
        "9 Баку опроверг отзыв посла из Москвы",
        "9 Azerbaijan has not recalled its ambassador from Russia",
    ),
    "reported, then denied by as many": case(
        "recall",
        TORN,
        "9 Azerbaijan recalls its ambassador from Russia",
        "9 Баку отозвал посла из Москвы",
        "10 Azerbaijan denies recall of ambassador from Russia",
        "10 Баку опроверг отзыв посла из Москвы",
    ),
    "blocked": case(
        "ban",
        SILENT,
        "9 Australian court blocks TikTok ban",
        "9 Суд в Австралии заблокировал запрет TikTok",
        "9 Australian senate rejects TikTok ban",
    ),
    "banned, then suspended by a court": case(
        "ban",
        TORN,
        "9 Australia bans TikTok",
        "9 Австралия запретила TikTok",
        "11 Court suspends Australia's ban on TikTok",
        "11 Суд приостановил запрет TikTok в Австралии",
    ),
    "banned, then reversed": case(
        "ban stands",
        TORN,
        "9 Australia bans TikTok",
        "9 Австралия запретила TikTok",
        "12 Australia reverses TikTok ban",
        "12 Австралия отменила запрет TikTok",
    ),
    "called off": case(
        "meeting",
        SILENT,
        "9 Putin-Aliyev meeting called off",
        "9 Встреча Путина и Алиева отменена",
        "9 Putin and Aliyev fail to meet in Dushanbe",
    ),
    "the deal fell through": case(
        "takeover",
        NO,
        "9 Norvik's takeover of Baltica called off",
        "9 Norvik scraps takeover of Baltica",
        "9 Norvik abandons Baltica takeover",
    ),
    "the watchdog blocks it": case(
        "takeover",
        NO,
        "9 Regulator blocks Norvik takeover of Baltica",
        "9 Watchdog blocks Norvik's acquisition of Baltica",
    ),
    "corrected": case(
        "general",
        SILENT,
        "9 Earlier reports that General Haftar was killed were wrong",
        "9 Correction: General Haftar was not killed",
        "9 Сообщения о том, что генерал Хафтар погиб, оказались ложными",
    ),
    "told, then corrected by as many": case(
        "general",
        TORN,
        "9 General Haftar killed in plane crash",
        "9 Генерал Хафтар погиб",
        "9 Earlier reports of Haftar killed were wrong",
        "10 Сообщения о том, что Хафтар погиб, оказались ложными",
    ),
    "alive": case(
        "general",
        SILENT,
        "9 Haftar alive, not killed, son says",
        "9 Хафтар жив, сообщения, что он погиб, неверны",
        "9 Haftar survives attempt to kill him",
    ),
    "foiled": case(
        "coup",
        SILENT,
        "9 Mali says it thwarted coup",
        "9 В Мали предотвратили военный переворот",
        "9 Coup in Mali fails",
    ),
    "collapsed before it began": case(
        "truce",
        SILENT,
        "9 Sudan ceasefire talks collapse",
        "9 Переговоры о перемирии в Судане провалились",
        "9 Hopes of Sudan ceasefire fade",
        "9 Sudan's army rejects ceasefire",
    ),
    "scrubbed": case(
        "starship",
        SILENT,
        "9 SpaceX scrubs Starship rocket launch",
        "9 SpaceX отложила запуск ракеты Starship",
        "9 SpaceX calls off launch of Starship rocket",
    ),
    "talked out of it": case(
        "strike",
        SILENT,
        "9 Trump says he talked Israel out of a strike on Iran",
        "9 Trump held off Israeli strike on Iran",
    ),
    "not on the table": case(
        "recall",
        SILENT,
        "9 Ambassador's recall from Russia not on the table, Azerbaijan says",
        "9 Посол Азербайджана в Москве не отозван, сообщили в МИД",
    ),
    "elusive": case(
        "truce",
        SILENT,
        "9 US-brokered truce in Sudan still elusive",
        "9 Sudan ceasefire on the verge of collapse before it starts",
        "9 Бурхан исключил перемирие с РСБ в Судане",
    ),
    "voted down": case(
        "ban",
        SILENT,
        "9 TikTok ban bill fails in Australian senate",
        "9 Австралия не станет запрещать TikTok",
    ),
    "one was dissuaded": case(
        "strike",
        SILENT,
        "9 США отговорили Израиль от удара по Ирану",
        "9 Израиль воздержался от удара по Ирану",
    ),
}

HALVES: dict[str, Case] = {
    "signed, and the border to open": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign treaty, border to open in spring",
        "9 Армения и Азербайджан подписали договор, границу откроют весной",
        "9 Armenia, Azerbaijan sign treaty but border stays closed, opening put off",
    ),
    "open, and the treaty unsigned": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan open border, treaty not signed",
        "9 Армения и Азербайджан открыли границу, но договор не подписан",
        "9 Armenia and Azerbaijan open border before signing treaty",
    ),
    "signed, and nothing of the border": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign peace treaty",
        "9 Армения и Азербайджан подписали мирный договор",
    ),
    "signed, with hope for the border": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign treaty, may open border",
        "9 Армения и Азербайджан подписали договор и могут открыть границу",
        "9 Armenia and Azerbaijan sign treaty, hope to reopen border",
    ),
    "resigned, and no dissolution": case(
        "resigns and dissolves",
        SILENT,
        "9 Bulgarian premier resigns",
        "9 Bulgarian premier resigns, president refuses to dissolve parliament",
        "9 Премьер Болгарии ушёл в отставку, парламент не распущен",
    ),
    "dissolved, and the premier stays": case(
        "resigns and dissolves",
        SILENT,
        "9 Bulgaria's president dissolves parliament, premier refuses to resign",
        "9 Президент Болгарии распустил парламент",
        "9 Bulgaria dissolves parliament as premier may resign",
    ),
    "resigned, with threats of dissolution": case(
        "resigns and dissolves",
        SILENT,
        "9 Bulgarian premier resigns, president threatens to dissolve parliament",
        "9 Премьер Болгарии ушёл в отставку, президент грозит распустить парламент",
    ),
    "launched, and lost on the way": case(
        "launch and orbit",
        SILENT,
        "9 South Korea launches rocket, satellite fails to enter orbit",
        "9 Южная Корея запустила ракету, но спутник не вышел на орбиту",
    ),
    "launched, and due in orbit": case(
        "launch and orbit",
        SILENT,
        "9 South Korea launches rocket, satellite to enter orbit on Friday",
        "9 Южная Корея запустила ракету, спутник выйдет на орбиту завтра",
        "9 South Korea launches rocket",
    ),
    "a truce, and no hostages yet": case(
        "truce and hostages",
        SILENT,
        "9 Gaza truce begins, Hamas to free hostages on Sunday",
        "9 В Газе началось перемирие, ХАМАС не освободил заложников",
        "9 Gaza truce begins, hostages not freed yet",
    ),
    "hostages, and no truce": case(
        "truce and hostages",
        SILENT,
        "9 Hamas frees two hostages, no Gaza truce in sight",
        "9 ХАМАС освободил двух заложников, перемирия в Газе нет",
        "9 Hamas frees two hostages ahead of Gaza truce",
    ),
    "the two parts, told by different houses, are a person's to put together": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign peace treaty",
        "12 Armenia and Azerbaijan open border",
    ),
    "both done": case(
        "treaty and border",
        YES,
        "9 Armenia and Azerbaijan sign treaty, open border",
        "9 Армения и Азербайджан подписали мирный договор и открыли границу",
    ),
}

OPPOSITES: dict[str, Case] = {
    "one side wins the final": (
        {"riverton": YES, "eastham": NO},
        ("14 Riverton beat Eastham 2-1 in the final", "14 «Ривертон» обыграл «Истхэм»"),
    ),
    "the other side wins it": (
        {"riverton": NO, "eastham": YES},
        ("14 Eastham beat Riverton on penalties", "14 «Истхэм» обыграл «Ривертон» по пенальти"),
    ),
    "in the passive": (
        {"riverton": NO, "eastham": YES},
        ("14 Riverton beaten by Eastham in the final", "14 Riverton were defeated by Eastham at the last"),
    ),
    "the rate is held": (
        {"rate hold": YES, "rate cut": NO},
        ("17 Fed holds rates steady", "17 ФРС оставила ставку без изменений"),
    ),
    "the rate is cut": (
        {"rate hold": NO, "rate cut": YES},
        ("17 Fed cuts rates for first time this year", "17 ФРС снизила ставку на четверть пункта"),
    ),
    "the rate is raised": (
        {"rate hold": NO, "rate cut": NO},
        ("17 Fed raises rates to 5%", "17 ФРС повысила ставку"),
    ),
    "held, with a cut in view": (
        {"rate hold": YES, "rate cut": NO},
        ("17 Fed holds rates, signals cut later", "17 ФРС сохранила ставку, снижение ожидается в декабре"),
    ),
    "it lands": (
        {"lander": YES, "crash": NO},
        ("9 India's lander touches down on the Moon", "9 India lander makes soft landing near lunar south pole"),
    ),
    "it crashes": (
        {"lander": NO, "crash": YES},
        ("9 India's lander crashes into the Moon", "9 Indian lander smashes into lunar surface"),
    ),
    "convicted": (
        {"conviction": YES, "acquittal": NO},
        ("9 Banker Orlov found guilty of fraud", "9 Суд признал банкира Орлова виновным"),
    ),
    "acquitted": (
        {"conviction": NO, "acquittal": YES},
        ("9 Banker Orlov acquitted of fraud", "9 Суд оправдал банкира Орлова"),
    ),
    "not guilty": (
        {"conviction": NO, "acquittal": YES},
        ("9 Banker Orlov found not guilty", "9 Banker Orlov cleared of fraud"),
    ),
    "houses that disagree": (
        {"riverton": TORN, "eastham": TORN},
        (
            "14 Riverton beat Eastham",
            "14 «Ривертон» обыграл «Истхэм»",
            "14 Eastham beat Riverton",
            "14 «Истхэм» обыграл «Ривертон»",
        ),
    ),
}

DATED: dict[str, Case] = {
    "on Tuesday, inside": case(
        "strike", YES, "3 Israel struck Iran on Tuesday", "3 Израиль во вторник нанёс удар по Ирану"
    ),
    "on Sunday, outside": case(
        "strike", SILENT, "2 Israel struck Iran on Sunday", "2 Израиль в воскресенье нанёс удар по Ирану"
    ),
    "last month": case(
        "general", SILENT, "9 General Haftar was killed last month", "9 Генерал Хафтар погиб в прошлом месяце"
    ),
    "in 2014": case("general", SILENT, "9 Haftar was killed in 2014", "9 Хафтар погиб в 2014 году"),
    "a year after": case(
        "coup", SILENT, "9 A year after the coup Mali votes", "9 Спустя год после военного переворота Мали голосует"
    ),
    "three days after": case(
        "recall",
        YES,
        "9 Azerbaijan recalls ambassador from Russia three days after raids",
        "9 Баку отозвал посла из Москвы через три дня после рейдов",
    ),
    "an ISO date inside": case(
        "general", YES, "12 Haftar killed 2025-09-11", "12 General Haftar died on 2025-09-11, ministry says"
    ),
    "an ISO date outside": case(
        "general", SILENT, "2 Haftar killed on 2025-08-29", "2 General Haftar died on 2025-08-29, ministry says"
    ),
    "Russian dates outside": case(
        "general", SILENT, "3 Генерал Хафтар погиб 28 августа", "3 Хафтар погиб 28.08.2025, сообщили в штабе"
    ),
    "Russian dates inside, told within the lag": case(
        "general", YES, "32 Генерал Хафтар погиб 28 сентября", "32 Хафтар погиб 28.09.2025, сообщили в штабе"
    ),
    "the date of its cause": case(
        "recall",
        YES,
        "9 Azerbaijan recalls ambassador from Russia over raids of 27 June",
        "9 Баку отозвал посла из Москвы из-за рейдов 27 июня",
    ),
    "the date of its announcement": case(
        "recall",
        SILENT,
        "9 Azerbaijan said on Monday it will recall its ambassador from Russia",
        "9 Баку в понедельник заявил, что отзовёт посла из Москвы",
    ),
    "yesterday was the day before the opening": case(
        "strike", SILENT, "1 Israel struck Iran yesterday", "1 Вчера Израиль нанёс удар по Ирану"
    ),
    "yesterday was the last day": case(
        "strike", YES, "31 Israel struck Iran yesterday", "31 Вчера Израиль нанёс удар по Ирану"
    ),
    "two weeks ago": case(
        "truce", SILENT, "9 Two weeks ago a ceasefire began in Sudan", "9 Две недели назад в Судане началось перемирие"
    ),
    "in August": case("meeting", SILENT, "9 Putin met Aliyev in August", "9 Путин встретился с Алиевым в августе"),
    "this summer": case(
        "coup", SILENT, "24 Mali had a coup this summer", "24 Этим летом в Мали произошёл военный переворот"
    ),
    "the date stands in the summary": case(
        "recall",
        SILENT,
        "2 Azerbaijan recalls ambassador from Russia // The ambassador was recalled from Russia on 29 August.",
        "2 Баку отозвал посла из Москвы // Посла отозвали 29 августа, сообщил МИД.",
    ),
    "an earlier round is dated, this one is not": case(
        "strike",
        YES,
        "9 Israel strikes Iran, months after the June war",
        "9 Израиль нанёс удар по Ирану, первый с июня",
    ),
    "the June strikes": case(
        "strike",
        SILENT,
        "9 Iran recalls victims of June strikes by Israel",
        "9 Iran files UN complaint over June strikes by Israel",
        "9 Иран хоронит погибших при июньских ударах Израиля",
    ),
    "since the 2020 coup": case(
        "coup",
        SILENT,
        "9 Mali's leader, in power since 2020 coup, extends term",
        "9 Mali to mark five years since army seized power",
    ),
    "three months after": case(
        "strike",
        SILENT,
        "9 Спустя три месяца после ударов Израиля Иран вернул инспекторов",
        "9 Год после удара Израиля: как живёт Иран",
        "9 Three months after Israeli strikes Iran lets inspectors in",
    ),
}

NO_NEWS: dict[str, Case] = {
    "an anniversary": case(
        "coup",
        SILENT,
        "9 Mali marks anniversary of coup",
        "9 В Мали отмечают годовщину военного переворота",
        "9 Five years on, Mali remembers coup",
    ),
    "a retrospective": case(
        "strike",
        SILENT,
        "9 How Israel struck Iran: the inside story",
        "9 Как Израиль нанёс удар по Ирану: хроника",
        "9 Timeline: Israel strikes on Iran",
        "9 From the archive: Israel strikes Iran",
    ),
    "an obituary": case(
        "coup",
        SILENT,
        "9 Obituary: general who led the coup in Mali",
        "9 Умер генерал, совершивший военный переворот в Мали",
        "9 Mali general who seized power dies aged 80",
    ),
    "a quiz": case(
        "strike",
        SILENT,
        "9 Quiz: When Israel struck Iran, which city was hit",
        "9 Weekly quiz: Israel strikes Iran, a star weds, and a cat is found",
        "9 Викторина: Израиль нанёс удар по Ирану, и что ещё было на неделе",
        "9 News quiz of the week: who was there as Israel struck Iran?",
    ),
    "fiction and film": case(
        "coup",
        SILENT,
        "9 Film about a coup in Mali wins prize",
        "9 Фильм о военном перевороте в Мали получил приз",
        "9 In new thriller soldiers seize power in Mali",
        "9 Novel imagines coup in Mali",
    ),
    "a game": case(
        "strike",
        SILENT,
        "9 Israel strikes Iran in new video game",
        "9 В новой видеоигре Израиль наносит удар по Ирану",
        "9 War game: Israel strikes Iran",
    ),
    "a war of words": case(
        "strike",
        SILENT,
        "9 War of words: Israel and Iran trade barbs at UN",
        "9 Израиль и Иран обменялись словесными ударами",
        "9 Israel and Iran trade verbal strikes",
    ),
    "a match": case(
        "strike",
        SILENT,
        "9 Israel strikes late to win against Iran",
        "9 Israel bombards Iran goal in vain",
        "9 Сборная Израиля нанесла десять ударов по воротам Ирана",
        "9 Iran keeper saves Israel striker's shot, late strike sinks Israel",
    ),
    "an opinion": case(
        "recall",
        SILENT,
        "9 Opinion: Azerbaijan recalls its ambassador from Russia in vain",
        "9 Мнение: Баку отозвал посла из Москвы зря",
        "9 Azerbaijan recalls its ambassador from Russia in vain | Opinion",
        "9 Editorial: Azerbaijan recalls ambassador to Russia, too late",
    ),
    "an explainer": case(
        "recall",
        SILENT,
        "9 Explainer: Azerbaijan recalls its ambassador from Russia",
        "9 Что значит отзыв посла Азербайджана из Москвы",
        "9 What it means that Azerbaijan recalled its ambassador from Russia",
        "9 What happens when Azerbaijan recalls ambassador from Russia",
    ),
    "a live blog's heading on what may come": case(
        "strike",
        SILENT,
        "9 Live: Israel braces as Iran vows revenge, US warns against strike",
        "9 Онлайн: Израиль и Иран на грани удара",
        "9 Israel-Iran live: fears of strike mount",
    ),
    "a newsletter": case(
        "strike",
        SILENT,
        "9 Tuesday briefing: What if Israel strikes Iran",
        "9 The Morning newsletter: will Israel strike Iran?",
        "9 Утренняя рассылка: ударит ли Израиль по Ирану",
    ),
    "a museum": case(
        "truce",
        SILENT,
        "9 Museum in Sudan recalls ceasefire of 1972",
        "9 Exhibition on Sudan's 1972 ceasefire opens",
        "9 Выставка о перемирии 1972 года открылась в Судане",
    ),
    "a prize for it": case(
        "truce",
        SILENT,
        "9 Envoy wins prize for Sudan ceasefire efforts",
        "9 Премию вручили за усилия по перемирию в Судане",
    ),
    "a metaphor of money": case(
        "strike",
        SILENT,
        "9 Sanctions strike at heart of Iran's economy, says Israel",
        "9 Санкции стали ударом по экономике Ирана, говорят в Израиле",
    ),
    "retold on the screen": case(
        "strike",
        SILENT,
        "9 Documentary on Israel's strikes on Iran wins award",
        "9 Oscar-tipped film retells Israeli strike on Iran",
    ),
    "satire": case(
        "meeting",
        SILENT,
        "9 Lookalikes of Putin and Aliyev meet in satire show",
        "9 In TV comedy show Putin and Aliyev meet in heaven",
    ),
    "a map of them": case(
        "coup",
        SILENT,
        "9 Gabon, Niger, Mali: a map of Africa's coups",
        "9 A history of coups in Mali",
    ),
    "its leader in other news": case(
        "coup",
        SILENT,
        "9 Mali coup leader marries",
        "9 Trial of Mali coup plotters opens",
    ),
}

AGENCY = "Soldiers have seized power in Mali and closed the airport of the capital, state radio said in the morning."
REPRINTS: dict[str, Case] = {
    "five sites with one agency's copy": case(
        "coup",
        ONE,
        *(f"9@{site} Soldiers seize power in Mali // (Reuters) - {AGENCY}" for site in HOUSES),
    ),
    "five sites with one unsigned text": case(
        "coup", ONE, *(f"9@{site} Soldiers seize power in Mali // {AGENCY}" for site in HOUSES)
    ),
    "the copy under other headlines": case(
        "coup",
        ONE,
        f"9 Soldiers seize power in Mali // {AGENCY}",
        f"9 Army takes power in Mali, closes airport // {AGENCY}",
        f"10 Military takeover in Mali // {AGENCY}",
    ),
    "an agency credited by two rewriters": case(
        "coup",
        ONE,
        "9 Army seizes power in Mali, Reuters reports",
        "9 Military takeover in Bamako, according to Reuters // In Mali the army has gone on the air.",
    ),
    "the agency in two languages": case(
        "coup",
        ONE,
        "9 Army seizes power in Mali, Reuters reports",
        "9 В Мали произошёл военный переворот, сообщает Рейтер",
    ),
    "a house under its two domains": case(
        "coup",
        ONE,
        "9@tass.ru В Мали произошёл военный переворот",
        "9@tass.com Soldiers seize power in Mali",
    ),
    "an agency and its quoter": case(
        "coup",
        ONE,
        "9@tass.ru В Мали произошёл военный переворот",
        "9@vostokgazeta.org ТАСС: военные захватили власть в Мали",
    ),
    "an agency and a house that rewrites": case(
        "coup",
        YES,
        f"9 Soldiers seize power in Mali // (Reuters) - {AGENCY}",
        "9 Mali: junta ousts president // Tanks stand before the palace, our correspondent saw from her window.",
    ),
    "two agencies": case(
        "coup",
        YES,
        "9 Army seizes power in Mali, Reuters reports",
        "9 Military takeover in Mali, according to TASS",
    ),
    "a reprint two days on": case(
        "coup",
        ONE,
        f"9 Soldiers seize power in Mali // {AGENCY}",
        f"11 Soldiers seize power in Mali // {AGENCY}",
    ),
    "a copy of before the opening": case(
        "coup",
        SILENT,
        f"-1 Soldiers seize power in Mali // {AGENCY}",
        f"1 Soldiers seize power in Mali // {AGENCY}",
        f"2 Soldiers seize power in Mali // {AGENCY}",
    ),
    "a copy with a word of its own in the headline": case(
        "coup",
        ONE,
        f"9 BREAKING: Soldiers seize power in Mali // {AGENCY}",
        f"9 Soldiers seize power in Mali: details // {AGENCY} More soon.",
    ),
    "a rewrite in Russian by another house": case(
        "coup",
        YES,
        f"9 Soldiers seize power in Mali // {AGENCY}",
        "9 Военный переворот в Мали // Президент задержан, рассказал очевидец нашей газете.",
    ),
}

# Plain news in many wordings, which no decoy's cue may take for one.
NEWS: dict[str, tuple[str, ...]] = {
    "recall": (
        "Azerbaijan recalls ambassador from Russia in protest at raids",
        "Azerbaijan's foreign ministry recalls ambassador to Russia for consultations",
        "Azerbaijan pulls its ambassador out of Russia",
        "Азербайджан отозвал своего посла из России для консультаций",
        "Посол Азербайджана в России отозван",
        "What now? Azerbaijan recalls ambassador from Russia",
        "In first since 1992, Azerbaijan recalls ambassador from Russia",
        "Азербайджан отзывает посла из России",
        "Баку отозвал посла из Москвы на фоне рейдов",
    ),
    "strike": (
        "Israel launches wave of strikes on Iran",
        "Israeli jets bomb Iran's Natanz plant",
        "Iran hit by Israeli missile strike, state TV confirms",
        "Explosions in Tehran as Israel strikes Iran",
        "Israel strikes Iran despite US warnings",
        "Oil jumps after Israel strikes Iran",
        "Israel kills three Iranian generals in strike on Tehran",
        "Израиль атаковал ядерные объекты Ирана",
        "Израиль нанёс удары по военным базам Ирана",
        "Иран сообщил об ударе Израиля по Исфахану",
        "ЦАХАЛ нанёс удар по Ирану, заявил Нетаньяху",
        "Israel strikes Iran without warning, killing scientists",
        "Израиль ударил по Ирану впервые с июня",
        "Израиль нанёс новый удар по Ирану: погибли семь человек",
        "Взрывы прогремели в Тегеране: Израиль нанёс удар по Ирану",
        "Израильские самолёты нанесли удары по Ирану, сообщили в ЦАХАЛ",
        "Israel strikes Iran; here is what we know",
        "Iran vows revenge after Israel strikes Tehran",
    ),
    "meeting": (
        "Putin, Aliyev hold talks in Dushanbe",
        "Putin and Aliyev meet for first time in a year",
        "Путин и Алиев провели переговоры в Душанбе",
        "В Душанбе прошла встреча Путина и Алиева",
        "Putin meets Aliyev, apologises for jet crash",
        "Putin and Aliyev shake hands at summit, discuss trade",
        "Путин и Алиев встретились в Душанбе и пожали руки",
        "Путин на встрече с Алиевым извинился за катастрофу самолёта",
        "Aliyev meets Putin after months of tension",
    ),
    "truce": (
        "Sudan's army and RSF agree ceasefire",
        "Sudan ceasefire comes into force at midnight",
        "Truce holds in Sudan for second day",
        "В Судане начало действовать перемирие",
        "Стороны конфликта в Судане объявили перемирие",
        "В Судане объявлено перемирие на три месяца",
        "Guns fall silent in Sudan as truce begins",
    ),
    "rate cut": (
        "Federal Reserve cuts interest rates by 25 basis points",
        "Fed lowers rates for first time since December",
        "Fed delivers quarter-point rate cut, signals two more",
        "Stocks hit record after Fed cuts rates",
        "ФРС США снизила базовую ставку на 0,25 п.п.",
        "Fed cuts rates as expected",
        "Fed cuts rates; Powell says job risks have grown",
        "ФРС снизила ставку на 25 базисных пунктов, до 4–4,25%",
        "It's official: Fed cuts rates",
        "What a day: Fed cuts rates and stocks soar",
    ),
    "general": (
        "Libya's Haftar dies at 81",
        "Haftar killed when plane crashes near Ankara",
        "Хафтар скончался на 82-м году жизни",
        "Генерал Хафтар погиб в авиакатастрофе под Анкарой",
        "Умер ливийский маршал Хафтар",
    ),
    "ban": (
        "Australian parliament bans TikTok",
        "TikTok banned in Australia from midnight",
        "В Австралии запретили TikTok",
        "Австралия ввела запрет на TikTok",
        "Australia becomes fourth country to ban TikTok",
    ),
    "hostages": (
        "Hamas releases last living hostages",
        "Hamas frees hostages as truce begins",
        "ХАМАС передал Красному Кресту семерых заложников",
        "ХАМАС отпустил всех живых заложников",
        "ХАМАС освободил последних заложников по соглашению о перемирии",
        "Four hostages freed by Hamas arrive in Israel",
    ),
    "coup": (
        "Army seizes power in Mali, suspends constitution",
        "Mali president ousted in coup",
        "Военные в Мали захватили власть",
        "Военные захватили власть в Мали и закрыли границы",
        "Mali's fourth coup in five years: soldiers seize power",
    ),
    "starship": (
        "SpaceX's Starship lifts off on eleventh test flight",
        "SpaceX launches Starship rocket on tenth flight",
        "SpaceX осуществила запуск Starship: ракета стартовала из Техаса",
        "Ракета Starship стартовала с полигона в Техасе",
    ),
    "takeover": (
        "Norvik buys Baltica for 2 billion euros",
        "Norvik completes acquisition of Baltica",
        "Норвик купил «Балтику» за 2 млрд евро",
        "Норвик завершил покупку банка «Балтика»",
    ),
    "minister": (
        "Serbian defence minister resigns over scandal",
        "Serbia's defence minister steps down, premier accepts resignation",
        "Министр обороны Сербии ушёл в отставку",
    ),
    "conviction": (
        "Orlov convicted of fraud, jailed for nine years",
        "Суд приговорил Орлова к девяти годам",
        "Орлов признан виновным в мошенничестве",
    ),
    "agents law": (
        "Georgian parliament passes foreign agents law in third reading",
        "Парламент Грузии принял закон об иноагентах в третьем чтении",
        "Georgia's parliament approves foreign agents law despite protests",
    ),
    "town": ("Russian army captures Zaporizhzhia, defence ministry says",),
    "tbilisi": ("Georgia declares state of emergency after Tbilisi clashes",),
    "lander": ("India's lander makes soft landing on the Moon",),
    "riverton": ("Riverton beat Eastham on penalties to win cup",),
    "senate": ("US Senate passes crypto bill 68-30",),
    "run-off": (
        "Noboa declared winner of Ecuador presidential runoff",
        "Нобоа победил во втором туре выборов президента Эквадора",
    ),
}

KINDS: dict[str, dict[str, Case]] = {
    "a look-alike": LOOK_ALIKES,
    "still ahead": AHEAD,
    "another time": WRONG_TIME,
    "unconfirmed": UNCONFIRMED,
    "undone": UNDONE,
    "one of two parts": HALVES,
    "opposite answers": OPPOSITES,
    "dates inside texts": DATED,
    "no news": NO_NEWS,
    "reprints": REPRINTS,
}
# Kinds whose decoys name the event itself: the query finds them, and what they say of it decides.
FOUND = {"still ahead", "another time", "unconfirmed", "undone", "dates inside texts", "reprints"}
# Decoys that still fool the program, each with the reason.
KNOWN_TO_FOOL: dict[str, str] = {
    "the nephew is not the general": "NEAR measures words: it cannot tell the possessor from the one who was killed",
    "a mourner is not the dead": "@dies has “mourns”, and NEAR cannot tell who mourns from who is mourned",
    "simulated": "“response” ends the scope of every cue, so that a response to no strike is taken for one to a strike",
}


@cache
def matcher() -> Matcher:
    """All questions at once, as a workspace has them."""
    concepts = load_concepts()
    return Matcher({name: Queries.of(asked, concepts) for name, (asked, _) in QUESTIONS.items()})


def findings(reports: tuple[str, ...], question: str) -> tuple[Evidence, ...]:
    """What the reports are to a question."""
    found = []
    for number, report in enumerate(reports):
        told = REPORT.fullmatch(report)
        assert told, report
        source = told["house"] or HOUSES[number]
        language = "ru" if re.search("[А-яё]", told["title"]) else "en"
        news = item(told["title"], told["summary"] or "", on=int(told["day"]), source=source, language=language)
        found += [evidence(matched) for matched in matcher().match(news) if matched.criterion == question]
    return tuple(found)


def verdict(question: str, evidence: tuple[Evidence, ...]) -> Verdict:
    return resolve(forecast(QUESTIONS[question][0]), Findings(evidence), day(AFTER_ALL))


def told(evidence: tuple[Evidence, ...], verdict: Verdict) -> str:
    """The verdict with what each report was taken to say, to be shown when a test fails."""
    lines = (f"{e.assertion} of {e.event_day} by {e.origin} ({e.role}): {e.item.title} [{e.reason}]" for e in evidence)
    return "\n".join([f"{verdict.status}, {verdict.rule}: {verdict.reason}", *lines])


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_answered_by_its_own_reports(question: str) -> None:
    found = findings(QUESTIONS[question][1], question)
    judged = verdict(question, found)
    assert (judged.status, judged.rule) == YES, told(found, judged)


@pytest.mark.parametrize("question", NEWS)
def test_plain_news_counts_however_it_is_worded(question: str) -> None:
    for headline in NEWS[question]:
        found = [one for one in findings((f"9 {headline}",), question) if one.role is Role.EVENT]
        assert [(one.assertion, one.event_day) for one in found] == [(Assertion.AFFIRMED, day(9))], headline


CASES = [
    pytest.param(
        kind,
        name,
        id=f"{kind}: {name}",
        marks=[pytest.mark.xfail(strict=True, reason=KNOWN_TO_FOOL[name])] if name in KNOWN_TO_FOOL else [],
    )
    for kind, cases in KINDS.items()
    for name in cases
]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_decoys_settle_nothing_and_what_only_looks_like_one_does(kind: str, name: str) -> None:
    expectations, reports = KINDS[kind][name]
    for question, expected in expectations.items():
        found = findings(reports, question)
        judged = verdict(question, found)
        assert (judged.status, judged.rule) == expected, told(found, judged)
        assert found or kind not in FOUND, "the query finds none of the reports"


def test_every_known_failure_is_a_case() -> None:
    assert set(KNOWN_TO_FOOL) <= {name for cases in KINDS.values() for name in cases}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_table_worth_its_name(kind: str) -> None:
    assert len(KINDS[kind]) >= 12
