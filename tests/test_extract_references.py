"""Whom do a name, "she", "the institute" or "said one" mean, and when does nobody stand behind them?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from tracker.extract import ArticleText
from tracker.extract.article import paragraphs
from tracker.extract.cues import table
from tracker.extract.roster import Roster
from tracker.extract.speakers import segments
from tracker.text.language import language_of
from tracker.text.russian import nominative_of_house

DAY = date(2026, 1, 15)


def speakers(text: str, author: str = "Ann Author") -> dict[str, str]:
    """Who speaks, by the first words of each sentence."""
    found = segments(ArticleText(text, DAY, author=author), table(language_of(text)))
    return {" ".join(re.findall(r"\w+", one.span.of(text))[:2]): one.speaker for one in found}


# The last sentence of each text that is laid to somebody, by its first words; "" where it is not told whose it is.
CASES = {
    "a subject behind where he works": (
        "“Yes,” said Jane Doe. At Bell Partners, a bond house, the chief officer, Tunde Ade, reads it as a sign. "
        "“Why not?” he asked. “There will be no cut.”",
        ("There will", "Tunde Ade"),
    ),
    "a house beside its kind": (
        "The Treasury said no. The Carfax Institute, a think-tank, expects a recession.",
        ("The Carfax", "Carfax Institute"),
    ),
    "the institute, though another house was named since": (
        "The Carfax Institute expects rain. The Treasury said no. The institute predicts snow.",
        ("The institute", "Carfax Institute"),
    ),
    "what they will not agree on is nobody's word": (
        "By Ann Author\n\nEDF says no. They will not agree on a date.",
        ("They will", "Ann Author"),
    ),
    "somebody who comes last in the sentence before": (
        "Not everyone agrees. Among the sceptics is Judith Kerr. “It will crash,” she says.",
        ("It will", "Judith Kerr"),
    ),
    "a view that is shared": (
        "“Yes,” said Pavel Ruz. That is also the view of Sana Iqbal. She sees a fall in May.",
        ("She sees", "Sana Iqbal"),
    ),
    "a remark without a word of saying": (
        "“No,” said Jane Doe. “They will settle,” shrugged Dieter Krone, an analyst.",
        ("They will", "Dieter Krone"),
    ),
    "in whose view": ("In John Brown's view, the truce will hold.", ("In John", "John Brown")),
    "by its own reckoning": (
        "Oosterhof's analysts met. By its reckoning, prices will fall.",
        ("By its", "Oosterhof"),
    ),
    "one, who is named behind": (
        "“It will happen,” said one, Giles Farrant of the exchange.",
        ("It will", "Giles Farrant"),
    ),
    "the admiral, though another spoke since": (
        "Admiral Grant Holloway is sure. “No,” said Jane Doe, a diplomat. The admiral thinks that war will come.",
        ("The admiral", "Grant Holloway"),
    ),
    "the sociologist laughed": (
        "The sociologist Dragos Stan said no. Radu Ion said yes. The sociologist laughed. “It will fall,” he said.",
        ("It will", "Dragos Stan"),
    ),
    "the Swede, who": (
        "The optimists are led by Rolf Andersson. The Swede, who builds them, told me that it will work.",
        ("The Swede", "Rolf Andersson"),
    ),
    "somebody in the second half of a sentence": (
        "Lloyd's has raised it, and Marcus Tan, a broker, reckons that it will rise again.",
        ("Lloyd s", "Marcus Tan"),
    ),
    "who expects another to do something": (
        "Seleshi Worku, Ethiopia's chief negotiator, expects Sudan to sign in May.",
        ("Seleshi Worku", "Seleshi Worku"),
    ),
    "what is agreed is nobody's word": (
        "By Ann Author\n\nThere will be a summit in Abu Dhabi at which nothing is agreed.",
        ("There will", "Ann Author"),
    ),
    "her, of whom no quotation tells": (
        "“He has found his feet,” said Laura Menke, an analyst. Dale Hutchins, the chairman, promised a vote. "
        "Menke doubts it. In her opinion it will slip into June.",
        ("In her", "Laura Menke"),
    ),
    "an office with a capital": ("Economist Jane Doe said that it will rain.", ("Economist Jane", "Jane Doe")),
    "a small part of a name": (
        "Hanan el-Tayeb is a diplomat. El-Tayeb said that it will rain.",
        ("El Tayeb", "Hanan el-Tayeb"),
    ),
    # Nobody, or in doubt.
    "two houses": ("UBS and Morgan Keane both expect prices to fall.", ("UBS and", "")),
    "traders in a town": ("Traders in London put the chance of a cut at 80 per cent.", ("Traders in", "")),
    "analysts of a field": ("Options traders expect a move of 6 per cent in May.", ("Options traders", "")),
    "a word that only begins the sentence": ("Turnout, it suggests, will drop.", ("Turnout it", "")),
    "he, after another was asked about": (
        "“No,” said Mykola Horbach. Asked whether he believed it, Oleh Marchenko shrugged. “There will be none.”",
        ("There will", "Oleh Marchenko"),
    ),
    "somebody whom the table does not know": ("The castaway said that it will rain.", ("The castaway", "")),
    "one of a house's people": ("“It will rain,” said one of the UN officials.", ("It will", "")),
    # Russian.
    "Russian, a foreign name as the subject": (
        "Хироси Накадзава, директор, считает, что рост кончится. По оценке Накадзавы, цены упадут.",
        ("По оценке", "Хироси Накадзава"),
    ),
    "Russian, a foreign name behind an office": (
        "По словам социолога Мартиньша Озолса, партия победит.",
        ("По словам", "Мартиньш Озолс"),
    ),
    "Russian, a word that only begins the sentence": (
        "Тимур Оганов молчит. Прежде Оганов говорил, что цены вырастут.",
        ("Прежде Оганов", "Тимур Оганов"),
    ),
    "Russian, a surname that is a word": (
        "Зинаида Корж молчит. Корж считает, что цены вырастут.",
        ("Корж считает", "Зинаида Корж"),
    ),
    "Russian, a house with small words": (
        "Правда, Государственный контроль предупредил, что цены вырастут.",
        ("Правда Государственный", "Государственный контроль"),
    ),
    "Russian, a bank in another case": (
        "В Банке России ожидают, что ставка снизится.",
        ("В Банке", "Банк России"),
    ),
    "Russian, a house in quotation marks behind what it is": (
        "По расчётам компании «Ледметрика», клуб победит.",
        ("По расчётам", "Ледметрика"),
    ),
    "Russian, acronyms before a name": (
        "Профессор НИУ ВШЭ Роман Ступаков думает, что цены вырастут.",
        ("Профессор НИУ", "Роман Ступаков"),
    ),
    "Russian, of a place": (
        "Скаут из Миннесоты Уэйн Хартли настроен иначе: по его мнению, клуб победит.",
        ("Скаут из", "Уэйн Хартли"),
    ),
    "Russian, of the same opinion": (
        "Иван Петров молчит. Того же мнения Зинаида Корж, партнёр фирмы. «Цены вырастут к маю», — рассуждает она.",
        ("Цены вырастут", "Зинаида Корж"),
    ),
    "Russian, does not agree with her": (
        "«Да», — сказала Анна Иванова. С ней не согласен Глеб Воротников. Он полагает, что цены упадут.",
        ("Он полагает", "Глеб Воротников"),
    ),
    "Russian, the paper's interlocutor": (
        "По мнению Глеба Воротникова, рубль упадёт. «Рынок просядет летом», — говорит собеседник «Вестника».",
        ("Рынок просядет", "Глеб Воротников"),
    ),
    "Russian, in the institute": (
        "Институт экономики повысил прогноз. В институте полагают, что экспорт вырастет.",
        ("В институте", "Институт экономики"),
    ),
    "Russian, they expect it there": (
        "В JPMorgan осторожны: там ждут роста цен.",
        ("В JPMorgan", "JPMorgan"),
    ),
    "Russian, his forecast is the agency's": (
        "Агентство «Рейтинг» сдержанно. По его прогнозу, рынок вырастет.",
        ("По его", "Рейтинг"),
    ),
    "Russian, what is said before who says it": (
        "Базу сохранят, уверяли меня в Москве.",
        ("Базу сохранят", ""),
    ),
    "Russian, one of the mission's people": (
        "— Переговоры сорвутся, — говорит один из сотрудников миссии ООН.",
        ("Переговоры сорвутся", ""),
    ),
    "Russian, her forecast may be either's": (
        "«Да», — сказал Иван Петров. Агентство «Рейтинг» сдержанно. По его прогнозу, рынок вырастет.",
        ("По его", ""),
    ),
    "Russian, what will be conceded is not said": (
        "Центробанк криптовалюту не признает, заверил зампред Владимир Чистов.",
        ("Центробанк криптовалюту", "Владимир Чистов"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_sentence_is_laid_to_whom_it_means(text: str, expected: tuple[str, str]) -> None:
    words, who = expected
    assert speakers(text)[words] == who


FULL = {
    "«Ставки ждут», — сказал Хироси Накадзава. Накадзавы боятся.": ["Хироси Накадзава"],
    "Мы спросили Руслана Сафарова и Виктора Ланского. Ланской молчит.": ["Руслан Сафаров", "Виктор Ланской"],
    "Так думают в Международном валютном фонде и в Министерстве финансов.": [
        "Международный валютный фонд",
        "Министерство финансов",
    ],
    "Центр новых технологий Хироки Ямада покинул.": ["Центр новых технологий", "Хироки Ямада"],
    "Прогноз Мильштейна мрачен. Новое правительство тоже.": [],
    "Ten questions for Sir Alan Trent": ["Alan Trent"],
    "The Bank of England and Standard & Crewe met Ursula von der Leyen.": [
        "Bank of England",
        "Standard & Crewe",
        "Ursula von der Leyen",
    ],
}


@pytest.mark.parametrize(("text", "expected"), FULL.items())
def test_full_names_are_found_in_the_nominative(text: str, expected: list[str]) -> None:
    assert Roster.of(text, paragraphs(text), table(language_of(text))).full == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Международного валютного фонда", "Международный валютный фонд"),
        ("Высшей школы ИИ", "Высшая школа ИИ"),
        ("Счётной палате", "Счётная палата"),
        ("Совете директоров", "Совет директоров"),
    ],
)
def test_a_house_is_put_in_the_nominative(name: str, expected: str) -> None:
    assert nominative_of_house(name) == expected
