"""What is asked, and does its query work? Every question with its criterion and the reports that establish it.

Each is proved by its own reports, so that a decoy is not left aside by a query that would match nothing.
"""

from __future__ import annotations

from builders import criterion

from tracker.model import Criterion


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
