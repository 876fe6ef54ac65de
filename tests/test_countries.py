"""Is every state in the library, under each of its names and under no other's? By the names of Unicode's CLDR."""

from __future__ import annotations

from functools import cache

import pytest
from babel import Locale

from tracker.concepts import load_concepts
from tracker.query import Document, Program

# The members of the United Nations (193 since 2011) by their code of ISO 3166-1, with the concept of each.
MEMBER_CONCEPTS = """
AF:afghanistan AL:albania DZ:algeria AD:andorra AO:angola AG:antigua-and-barbuda AR:argentina AM:armenia
AU:australia AT:austria AZ:azerbaijan BS:bahamas BH:bahrain BD:bangladesh BB:barbados BY:belarus BE:belgium
BZ:belize BJ:benin BT:bhutan BO:bolivia BA:bosnia BW:botswana BR:brazil BN:brunei BG:bulgaria BF:burkina-faso
BI:burundi CV:cabo-verde KH:cambodia CM:cameroon CA:canada CF:central-african-republic TD:chad CL:chile CN:china
CO:colombia KM:comoros CG:congo-brazzaville CR:costa-rica CI:ivory-coast HR:croatia CU:cuba CY:cyprus CZ:czechia
KP:north-korea CD:dr-congo DK:denmark DJ:djibouti DM:dominica DO:dominican-republic EC:ecuador EG:egypt
SV:el-salvador GQ:equatorial-guinea ER:eritrea EE:estonia SZ:eswatini ET:ethiopia FJ:fiji FI:finland FR:france
GA:gabon GM:gambia GE:georgia DE:germany GH:ghana GR:greece GD:grenada GT:guatemala GN:guinea GW:guinea-bissau
GY:guyana HT:haiti HN:honduras HU:hungary IS:iceland IN:india ID:indonesia IR:iran IQ:iraq IE:ireland IL:israel
IT:italy JM:jamaica JP:japan JO:jordan KZ:kazakhstan KE:kenya KI:kiribati KW:kuwait KG:kyrgyzstan LA:laos
LV:latvia LB:lebanon LS:lesotho LR:liberia LY:libya LI:liechtenstein LT:lithuania LU:luxembourg MG:madagascar
MW:malawi MY:malaysia MV:maldives ML:mali MT:malta MH:marshall-islands MR:mauritania MU:mauritius MX:mexico
FM:micronesia MD:moldova MC:monaco MN:mongolia ME:montenegro MA:morocco MZ:mozambique MM:myanmar NA:namibia
NR:nauru NP:nepal NL:netherlands NZ:new-zealand NI:nicaragua NE:niger NG:nigeria MK:north-macedonia NO:norway
OM:oman PK:pakistan PW:palau PA:panama PG:papua-new-guinea PY:paraguay PE:peru PH:philippines PL:poland
PT:portugal QA:qatar KR:south-korea RO:romania RU:russia RW:rwanda KN:saint-kitts-and-nevis LC:saint-lucia
VC:saint-vincent-and-the-grenadines WS:samoa SM:san-marino ST:sao-tome-and-principe SA:saudi-arabia SN:senegal
RS:serbia SC:seychelles SL:sierra-leone SG:singapore SK:slovakia SI:slovenia SB:solomon-islands SO:somalia
ZA:south-africa SS:south-sudan ES:spain LK:sri-lanka SD:sudan SR:suriname SE:sweden CH:switzerland SY:syria
TJ:tajikistan TH:thailand TL:timor-leste TG:togo TO:tonga TT:trinidad-and-tobago TN:tunisia TR:turkey
TM:turkmenistan TV:tuvalu UG:uganda UA:ukraine AE:uae GB:uk TZ:tanzania US:usa UY:uruguay UZ:uzbekistan
VU:vanuatu VE:venezuela VN:vietnam YE:yemen ZM:zambia ZW:zimbabwe
"""
MEMBERS = dict(pair.split(":") for pair in MEMBER_CONCEPTS.split())
# Four that news names as states and that are no members.
OTHERS = {"TW": "taiwan", "PS": "palestine", "XK": "kosovo", "VA": "vatican"}
STATES = MEMBERS | OTHERS

# A bare name may be something else (Georgia, Jordan, Chad), so each stands in a headline that only a state can have.
FRAMES = {"en": "{}: government closes the border, says foreign minister", "ru": "{}: правительство закрыло границу"}


@cache
def _compiled() -> tuple[Program, dict[str, int]]:
    concepts = load_concepts()
    program = Program()
    return program, {name: program.add(concepts(name)) for name in sorted(STATES.values())}


def states_of(headline: str) -> set[str]:
    """The concepts of all states that a headline names."""
    program, numbers = _compiled()
    reading = program.read(Document(headline, "", "en"))
    return {name for name, number in numbers.items() if reading.has(number)}


def test_the_list_is_of_the_193_members_and_names_no_concept_twice() -> None:
    assert len(MEMBERS) == 193
    assert len(set(STATES.values())) == 197


def test_the_frames_name_no_state_themselves() -> None:
    assert {language: states_of(frame) for language, frame in FRAMES.items()} == {"en": set(), "ru": set()}


@pytest.mark.parametrize("language", FRAMES)
@pytest.mark.parametrize("code", STATES)
def test_the_common_name_of_a_state_is_its_own_and_no_other_s(code: str, language: str) -> None:
    name = Locale(language).territories[code]
    assert states_of(FRAMES[language].format(name)) == {STATES[code]}


# Headline → the states that it names, all of them; look-alikes stand next to one another.
HEADLINES: dict[str, str] = {
    # The people and the adjective.
    "Nigerien junta frees a minister": "niger",
    "Nigerian court frees a governor": "nigeria",
    "Суд Нигера освободил министра": "niger",
    "Нигерийский суд освободил губернатора": "nigeria",
    "Dominican court jails a banker": "dominican-republic",
    "Доминиканцы выбирают президента": "dominican-republic",
    "Premier of Dominica wins again": "dominica",
    "Congolese army retakes a mine": "dr-congo",
    "Republic of Congo extends its oil licence": "congo-brazzaville",
    "Democratic Republic of the Congo closes its border": "dr-congo",
    "Демократическая Республика Конго закрыла границу": "dr-congo",
    "Guinean soldiers patrol the capital": "guinea",
    "Equatorial Guinean oil minister dismissed": "equatorial-guinea",
    "Bissau-Guinean president flies abroad": "guinea-bissau",
    "Papua New Guinean police strike": "papua-new-guinea",
    "Гвинейские военные закрыли границу": "guinea",
    "South Sudanese rebels free a hostage": "south-sudan",
    "Sudanese refugees reach the camp": "sudan",
    "South Korean opposition wins": "south-korea",
    "North Korean ship seized": "north-korea",
    "Северокорейские рабочие вернулись домой": "north-korea",
    "Burkinabe captain promises a vote": "burkina-faso",
    "Ivorian cocoa farmers hold back beans": "ivory-coast",
    "Malian and Malawian ministers meet": "mali malawi",
    "Малийцы вышли на площадь": "mali",
    "Mauritanian police and Mauritian judges": "mauritania mauritius",
    "Slovak and Slovene premiers disagree": "slovakia slovenia",
    "Словацкий и словенский премьеры поспорили": "slovakia slovenia",
    "Austrian and Australian wines": "austria australia",
    "Gambian and Zambian delegates": "gambia zambia",
    "Iraqi and Iranian ministers shake hands": "iraq iran",
    "Swiss voters say no": "switzerland",
    "Swazi king names a cabinet": "eswatini",
    "Filipino sailors freed": "philippines",
    "Khmer and Thai troops exchange fire": "cambodia thailand",
    "Kosovar police close a crossing": "kosovo",
    "Черногорцы проголосовали": "montenegro",
    "Перуанцы требуют досрочных выборов": "peru",
    "Чадские солдаты погибли у озера": "chad",
    # The capital, and the leader of the day.
    "Kinshasa recalls its ambassador": "dr-congo",
    "Brazzaville hosts a summit on forests": "congo-brazzaville",
    "Niamey tells the troops to leave": "niger",
    "Hanoi and Manila sign a coast guard pact": "vietnam philippines",
    "Sunak calls an election": "uk",
    "Scholz dismisses his finance minister": "germany",
    "Lasso dissolves the assembly": "ecuador",
    "Мадуро объявил референдум": "venezuela",
    "Ardern announces her resignation": "new-zealand",
    "Bazoum held in his residence": "niger",
    "Tinubu sworn in": "nigeria",
    "Нетаньяху распустил военный кабинет": "israel",
    # The same letters, something else.
    "Volunteers as guinea pigs in a vaccine trial": "",
    "Oil spill spreads in the Niger Delta": "nigeria",
    "Chad Smith drums for charity": "",
    "Michael Jordan sells a jersey for a record sum": "",
    "New Jersey senator indicted": "",
    "Wildfire nears a town in New Mexico": "",
    "Hurricane crosses the Gulf of Mexico": "",
    "Panama hat weavers keep a craft alive": "",
    "Brazil nut harvest fails": "",
    "Tornado damages Lebanon, Tennessee": "",
    "Storm floods St Petersburg, Florida": "",
    "Students found dead in Moscow, Idaho": "",
    "Panama City, Florida, cleans up": "",
    "Fine china sold at auction": "",
    "How to roast a turkey for Christmas dinner": "",
    "Leclerc wins the Monaco Grand Prix": "",
    "Indiana Pacers win in overtime": "",
    "Ted Lasso ends after three seasons": "",
    "Atlanta Braves fans celebrate across Georgia, says governor": "",
    "Кроме того, подорожало молоко": "",
    "Куб воды подешевел": "",
    "Кубок достался хозяевам": "",
    "Индикатор погас": "",
    "Индиана Джонс вернулся на экран": "",
    "Павлинье перо нашли в музее": "",
    "Мало снега, мали и елей": "mali",
    "Соус чили сняли с продажи": "",
    "Угарный чад заполнил кухню": "",
    "Баллон с бутаном взорвался": "",
    "Фильм Серджо Леоне отреставрировали": "",
    "Бурундук разбудил посёлок": "",
    "Ферзевый гамбит принёс победу": "",
    "Альбом марок продан": "",
    "Суд над тираном отложен": "",
    "Прилетели мандарины и лимоны": "",
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_names_these_states_and_no_others(headline: str) -> None:
    assert states_of(headline) == set(HEADLINES[headline].split())


REGIONS: dict[str, str] = {
    "Nigerien junta expels the ambassador": "africa",
    "Эфиопия открыла плотину": "africa",
    "Peru recalls its envoy": "latin-america",
    "Аргентина взяла кредит": "latin-america",
    "Qatar mediates again": "middle-east",
    "Иран ответил на предложение": "middle-east",
    "Kazakhstan votes on a reactor": "central-asia",
    "Ташкент принял гостей": "central-asia",
    "Finland shuts its crossings": "europe",
    "Украина обменялась пленными": "europe",
    "Vanuatu wins its case": "oceania",
    "Непал отменил запрет": "asia",
}


@pytest.mark.parametrize("headline", REGIONS)
def test_a_state_s_headline_is_its_region_s(headline: str) -> None:
    concepts = load_concepts()
    program = Program()
    numbers = {name: program.add(concepts(name)) for name in sorted(set(REGIONS.values()))}
    reading = program.read(Document(headline, "", "en"))
    assert {name for name, number in numbers.items() if reading.has(number)} == {REGIONS[headline]}
