"""Is each paragraph of an interview, a panel or a list laid to whoever speaks it, and no other page taken for one?"""

from __future__ import annotations

import re
import time
from datetime import date

import pytest

from tracker.extract import ArticleText
from tracker.extract.cues import table
from tracker.extract.interview import Exchange, questions
from tracker.extract.speakers import segments
from tracker.text.language import language_of

DAY = date(2026, 1, 15)


def speakers(*lines: str) -> dict[str, str]:
    """Who speaks, by the first words of each sentence."""
    text = "\n\n".join(lines)
    found = segments(ArticleText(text, DAY), table(language_of(text)))
    return {" ".join(re.findall(r"\w+", one.span.of(text))[:2]): one.speaker for one in found}


CASES: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "answers that never say I, and one that ends with a question": (
        (
            "What now for the lira?",
            "We spoke to Deniz Aksoy, who advises banks, about rates and gold.",
            "How low can it go?",
            "It will reach 52 by the end of the year. That is no collapse.",
            "The bank is milder. Its governor, Fatih Demir, said that the lira would be stable.",
            "Will there be an election?",
            "There will be none. Who would want it?",
            "And gold?",
            "Gold will rise.",
        ),
        {
            "It will": "Deniz Aksoy",
            "Its governor": "Fatih Demir",
            "There will": "Deniz Aksoy",
            "Gold will": "Deniz Aksoy",
        },
    ),
    "she talks to the interviewer": (
        (
            "“We will be bored”",
            "Sociologist Ingrid Falk studies work. She talks to Tom Ashby about idleness.",
            "What comes next?",
            "Half of all firms will close by May.",
            "And the rest?",
            "They will move.",
        ),
        {"Half of": "Ingrid Falk", "They will": "Ingrid Falk"},
    ),
    "the interviewer spoke to her": (
        (
            "“We will be bored”",
            "Ingrid Falk, a sociologist, studies work. Tom Ashby spoke to her for the Sunday Post.",
            "What comes next?",
            "Half of all firms will close by May.",
            "And the rest?",
            "They will move.",
        ),
        {"Half of": "Ingrid Falk", "They will": "Ingrid Falk"},
    ),
    "questions in bold type, and a remark among them": (
        (
            "Can it last?",
            "**Interview by Joan Petrie**",
            "Professor Ulrike Sander teaches politics.",
            "**Will it last?**",
            "This one will serve its term.",
            "**And the budget?**",
            "It will pass.",
            "**Some say that the right could win.**",
            "The right will fail.",
        ),
        {"This one": "Ulrike Sander", "It will": "Ulrike Sander", "The right": "Ulrike Sander"},
    ),
    "a newspaper's own questions and answers": (
        (
            "Will rates fall? Your questions answered",
            "The governor, Andrew Hale, voted for a cut last month.",
            "**Will there be another cut?**",
            "Another will come in March.",
            "**Should I fix now?**",
            "Lenders will compete.",
        ),
        {"Another will": "", "Lenders will": ""},
    ),
    "labels of a newspaper and a surname": (
        (
            "An interview with Lars Eklund",
            "Herald: Do you miss it?",
            "Eklund: Every day.",
            "Herald: Where do rates go?",
            "Eklund: The bank will cut them.",
            "And cash will go.",
            "Herald: Your successor says that the krona will fall.",
            "Eklund: It won't fall.",
        ),
        {"The bank": "Lars Eklund", "And cash": "Lars Eklund", "It won": "Lars Eklund"},
    ),
    "a number, a name and a topic over a paragraph": (
        (
            "Two predictions",
            "1. Omar Reid: prices will double",
            "Nobody has built enough. Prices will double by May.",
            "2. Yuki Tanabe: a sale",
            "The foundry will be sold.",
        ),
        {"Prices will": "Omar Reid", "The foundry": "Yuki Tanabe"},
    ),
    "numbers over topics name nobody": (
        (
            "Two things to watch",
            "1. Kenya's debt",
            "It will pay. Razia Mohan, an economist, expects a new loan.",
            "2. Nigeria",
            "The naira will rise.",
        ),
        {"It will": "", "Razia Mohan": "Razia Mohan", "The naira": ""},
    ),
    "a name and an office in two lines": (
        (
            "Who wins?",
            "Helen Marsh\nChief football writer",
            "City will win it.",
            "Dele Obafemi\nColumnist",
            "Liverpool will win it.",
        ),
        {"City will": "Helen Marsh", "Liverpool will": "Dele Obafemi"},
    ),
    "generals over their parts, whose names stand in a line of capitals": (
        (
            "What four generals told us",
            "Gen. (ret.) Stanley Whitmore, United States",
            "The front will not move.",
            "Brigadier Fiona Laing, United Kingdom",
            "Russia will run out of money.",
        ),
        {"The front": "Stanley Whitmore", "Russia will": "Fiona Laing"},
    ),
    "comments under names in capitals": (
        (
            "What analysts say",
            "CARSTEN BREMER, CHIEF ECONOMIST, HANSA BANK",
            "“There will be no more cuts.”",
            "JEAN-LUC FABRE, STRATEGIST, CREDIT DU RHONE",
            "“Prices will fall this year.”",
        ),
        {"There will": "Carsten Bremer", "Prices will": "Jean-Luc Fabre"},
    ),
    "banks with their forecasters in brackets": (
        (
            "Our forecasters' calls",
            "Federal Reserve (Nadia Rowe, Thornbury Securities)",
            "The Fed will cut three times.",
            "Bank of Japan (Kenji Watanabe, Osaka University)",
            "The rate will stand at 1.25%.",
        ),
        {"The Fed": "Nadia Rowe", "The rate": "Kenji Watanabe"},
    ),
    "labels of one letter": (
        (
            "Ten questions for Sir Alan Trent",
            "Q. Will it survive?",
            "A. It will. I was laughed at.",
            "Q. And then?",
            "A. The yards will be fuller in 2030.",
        ),
        {"The yards": "Alan Trent"},
    ),
    "our own editor": (
        (
            "Crystal ball",
            "Our political editor Neil Strand looks ahead",
            "I got four right.",
            "1. The Lords will say no.",
        ),
        {"The Lords": "Neil Strand"},
    ),
    "bullets that are no answers": (
        (
            "What the pros expect",
            "- Dana Whitcomb, Larch Advisors: “They will beat it.”",
            "- Mei Tan of Straits: “Sales will fall.”",
            "- The shares will move by May.",
        ),
        {"They will": "Dana Whitcomb", "Sales will": "Mei Tan", "The shares": ""},
    ),
    "clubs over the parts of a column": (
        (
            "Who goes down?",
            "By Sam Okafor",
            "Here is what I expect.",
            "Leeds United",
            "They have spent. Leeds will stay up.",
            "Aston Villa",
            "Villa will fall.",
        ),
        {"Leeds will": "Sam Okafor", "Villa will": "Sam Okafor"},
    ),
    "what a speaker under a line tells of others": (
        (
            "Two answers",
            "Hanan el-Tayeb, diplomat",
            "The truce will be extended.",
            "Piotr Zaleski, who runs an aid group",
            "But you asked. The World Food Programme says that it will rain. Chad will close the road.",
            "The donors will pay.",
        ),
        {
            "The truce": "Hanan el-Tayeb",
            "The World": "World Food Programme",
            "Chad will": "Piotr Zaleski",
            "The donors": "Piotr Zaleski",
        },
    ),
    "Russian, an interview in which others are spoken of": (
        (
            "«Премьером станет тот, кого не хотят»",
            "О явке — в разговоре с политологом Инарой Вилкасте.",
            "Лидер партии Раймондс Страутс заявил, что возьмёт двадцать мест. «Мы победим», — сказал он.",
            "— Значит, победит Страутс?",
            "— Страутс не победит.",
            "— Он говорит о двадцати мандатах.",
            "— Их будет двенадцать. Кто же за него пойдёт?",
            "— Сколько будут собирать коалицию?",
            "— Правительства до зимы не будет.",
        ),
        {"Страутс не": "Инара Вилкасте", "Их будет": "Инара Вилкасте", "Правительства до": "Инара Вилкасте"},
    ),
    "Russian, questions by nothing but their marks": (
        (
            "Борис Кагарлин: «Империя рухнет»",
            "Социолог Борис Кагарлин известен прогнозами.",
            "Офисы снова полны?",
            "Они будут полны к маю.",
            "А роботы?",
            "Роботы уйдут.",
        ),
        {"Они будут": "Борис Кагарлин", "Роботы уйдут": "Борис Кагарлин"},
    ),
    "Russian, two who are asked": (
        (
            "Об этом «Линия» спросила у Руслана Сафарова и дипломата Виктора Ланского.",
            "— Чего ждать?",
            "Сафаров: Стороны разойдутся.",
            "Ланской: Обмен завершится к марту.",
            "— А Иран?",
            "Ланской: Удара не будет.",
        ),
        {"Стороны разойдутся": "Руслан Сафаров", "Обмен завершится": "Виктор Ланской", "Удара не": "Виктор Ланской"},
    ),
    "Russian, initials": (
        (
            "Кирилл Мартов и Екатерина Шульгина обсудили итоги.",
            "Кирилл Мартов: Будут ли сюрпризы?",
            "Екатерина Шульгина: Сюрпризов не будет.",
            "К. М.: А явка?",
            "Е. Ш.: Явка упадёт.",
        ),
        {"Сюрпризов не": "Екатерина Шульгина", "Явка упадёт": "Екатерина Шульгина"},
    ),
    "Russian, a name and an office in two lines": (
        (
            "Прогнозы экспертов",
            "Михай Чобану,\nдиректор института",
            "Партия потеряет большинство.",
            "Елена Рошка,\nполиттехнолог",
            "Явка упадёт.",
        ),
        {"Партия потеряет": "Михай Чобану", "Явка упадёт": "Елена Рошка"},
    ),
    "Russian, an office and a name that end in a stop": (
        (
            "Прогноз редакции",
            "Заместитель главного редактора Лев Россоша.",
            "Я рискну. Большунов победит.",
            "Редактор отдела Марина Дьякова.",
            "Клуб останется без медалей.",
        ),
        {"Большунов победит": "Лев Россоша", "Клуб останется": "Марина Дьякова"},
    ),
    "Russian, who answers under headings": (
        (
            "Отвечает экономист Наталия Орлецкая",
            "О налогах",
            "Акцизы вырастут.",
            "О ставке",
            "Я ошиблась. Ставка упадёт.",
        ),
        {"Акцизы вырастут": "Наталия Орлецкая", "Ставка упадёт": "Наталия Орлецкая"},
    ),
    "Russian, a list in which a house stands among people": (
        (
            "Прогнозы на год",
            "1. Игорь Юшин, ведущий эксперт фонда",
            "Транзит возобновится.",
            "2. Аналитики «БКС Капитал»",
            "Дивидендов не будет.",
            "3. Фарес Кильзи, нефтяник",
            "ОПЕК распадётся.",
        ),
        {"Транзит возобновится": "Игорь Юшин", "Дивидендов не": "", "ОПЕК распадётся": "Фарес Кильзи"},
    ),
    "Russian, a reporter who is told things": (
        (
            "Мы спросили тех, кто играл.",
            "Бывший полузащитник Игорь Ледяхин уверен: «Локомотив» победит.",
            "— Они устали, — усмехается он. — «Зенит» не выиграет.",
            "Рядом сидит Андрей Соломатин. Он качает головой.",
            "— «Зенит» станет чемпионом. Вы не верите?",
            "— Ты это и раньше говорил, — машет рукой Ледяхин. — Осенью вспомнишь.",
        ),
        {"Зенит не": "Игорь Ледяхин", "Зенит станет": "Андрей Соломатин", "Осенью вспомнишь": "Игорь Ледяхин"},
    ),
    "Russian, the title names who writes": (
        ("Алексей Громов: Неблагодарное дело", "Колонка", "Я гадаю снова.", "Нефть подешевеет."),
        {"Нефть подешевеет": "Алексей Громов"},
    ),
    "Russian, whoever talked is named below": (
        (
            "О ценах — экономист Марат Гилязов",
            "**Что будет?**",
            "Цены вырастут.",
            "**А потом?**",
            "Потом упадут.",
            "Беседовала Анна Иванова",
        ),
        {"Цены вырастут": "Марат Гилязов", "Потом упадут": "Марат Гилязов"},
    ),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES.keys())
def test_each_paragraph_has_its_speaker(lines: tuple[str, ...], expected: dict[str, str]) -> None:
    found = speakers(*lines)
    assert {words: found.get(words) for words in expected} == expected


def test_a_paragraph_of_names_takes_no_longer_than_its_length_asks_for() -> None:
    began = time.process_time()
    for junk in ("John Brown said that. ", "Иван Петров: "):
        segments(ArticleText(junk * 1000, DAY), table(language_of(junk)))
    assert time.process_time() - began < 15


ASKS = Exchange(asks=True, asks_first=True, words=5, to_you=False, says_i=False)
TELLS = Exchange(asks=False, asks_first=False, words=5, to_you=False, says_i=False)
TELLS_AND_ASKS = Exchange(asks=True, asks_first=False, words=20, to_you=False, says_i=False)
TELLS_YOU = Exchange(asks=False, asks_first=False, words=9, to_you=True, says_i=False)

ALTERNATIONS = {
    "taking turns": ([ASKS, TELLS, ASKS, TELLS], "qaqa"),
    "an answer that ends with a question": ([ASKS, TELLS_AND_ASKS, ASKS, TELLS], "qaqa"),
    "a remark in place of a question": ([ASKS, TELLS, TELLS_YOU, TELLS, ASKS, TELLS], "qaqaqa"),
    "nothing": ([], ""),
}


@pytest.mark.parametrize(("paragraphs", "expected"), ALTERNATIONS.values(), ids=ALTERNATIONS.keys())
def test_questions_and_answers_take_turns(paragraphs: list[Exchange], expected: str) -> None:
    assert "".join("q" if asks else "a" for asks in questions(paragraphs, marked=True)) == expected


def test_an_answer_without_marks_may_have_paragraphs() -> None:
    assert questions([ASKS, TELLS, TELLS, TELLS_AND_ASKS, ASKS, TELLS], marked=False) == [
        *(True, False, False, False),
        *(True, False),
    ]
