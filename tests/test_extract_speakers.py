"""Is each sentence of an article laid to whoever speaks it?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from tracker.extract import ArticleText
from tracker.extract.cues import table
from tracker.extract.speakers import segments
from tracker.text.language import language_of
from tracker.text.russian import nominative

DAY = date(2026, 1, 15)


def speakers(text: str, author: str = "") -> dict[str, str]:
    """Who speaks, by the first words of each sentence."""
    found = segments(ArticleText(text, DAY, author=author), table(language_of(text)))
    return {" ".join(re.findall(r"\w+", one.span.of(text))[:2]): one.speaker for one in found}


CASES = {
    "said after": ("“The truce will hold,” said John Brown, an analyst.", {"The truce": "John Brown"}),
    "said after, with an office": (
        "“The truce will hold,” said Goldman Sachs economist John Brown.",
        {"The truce": "John Brown"},
    ),
    "said after, with a house": (
        "“The truce will hold,” said John Brown of the Delphi Institute.",
        {"The truce": "John Brown"},
    ),
    "said before": ("John Brown, a former diplomat, said that the truce will hold.", {"John Brown": "John Brown"}),
    "in between": ("The truce, John Brown said, will hold.", {"The truce": "John Brown"}),
    "by a house": ("Economists at Oosterhof expect a recession in 2027.", {"Economists at": "Oosterhof"}),
    "according to": ("According to John Brown, the truce will hold.", {"According to": "John Brown"}),
    "of a bank's interest rates, which rate nothing": (
        "John Brown is an analyst. The Bank of England will cut interest rates, Mr Brown added.",
        {"The Bank": "John Brown"},
    ),
    "he adds": (
        "“The truce will hold,” said John Brown. “It will be extended,” he added.",
        {"The truce": "John Brown", "It will": "John Brown"},
    ),
    "a surname alone": (
        "John Brown is an analyst. Mary White is another. “It will rain,” said White. “Never mind it,” said Brown.",
        {"It will": "Mary White", "Never mind": "John Brown"},
    ),
    "goes on after the attribution": (
        "“The truce will hold,” said John Brown. “Next year the war will be over.”",
        {"Next year": "John Brown"},
    ),
    "the quotation before the attribution": (
        "“It is late. The truce will hold,” said John Brown.",
        {"It is": "John Brown", "The truce": "John Brown"},
    ),
    "she of two": (
        "Mary White is an analyst.\n“No,” said Ms White, and she smiled.\nJohn Brown, a trader, said that he was busy. "
        "In her view the truce will hold.",
        {"In her": "Mary White"},
    ),
    "introduced by a colon": (
        "“No,” said Mary White. John Brown goes further: “The truce will hold for a year.”",
        {"The truce": "John Brown"},
    ),
    "an answer over several paragraphs": (
        "“No,” said John Brown.\n“And now?” asked the Herald.\n“The truce will hold. And then\n"
        "the war will be over.”\n“And then?” asked the Herald.\n“Peace will come in May.”",
        {"The truce": "John Brown", "the war": "John Brown", "Peace will": "John Brown"},
    ),
    "a panel by heads": (
        "Jane Doe, analyst: The truce will hold.\nIt will be long.\nJohn Brown, historian: Peace will come.",
        {"The truce": "Jane Doe", "It will": "Jane Doe", "Peace will": "John Brown"},
    ),
    "a panel by headings": (
        "Three views.\n\nJane Doe, analyst\n\nThe truce will hold.\n\nJohn Brown\n\nPeace will come in May.",
        {"The truce": "Jane Doe", "Peace will": "John Brown"},
    ),
    "an interview by labels": (
        "We met John Brown in May. Brown was late.\n\nQ: Will it hold?\n\nA: The truce will hold.\n\nFor a year.\n\n"
        "Q: And then?\n\nA: Peace will come.",
        {"The truce": "John Brown", "For a": "John Brown", "Peace will": "John Brown"},
    ),
    "a column": ("By Jane Doe\n\nThe truce will hold, I think.", {"The truce": "Jane Doe"}),
    "Russian, after": ("«Перемирие сорвётся», — считает политолог Иван Петров.", {"Перемирие сорвётся": "Иван Петров"}),
    "Russian, a genitive": ("По словам политолога Ивана Петрова, перемирие сорвётся.", {"По словам": "Иван Петров"}),
    "Russian, a woman": ("По мнению Анны Ивановой, перемирие сорвётся.", {"По мнению": "Анна Иванова"}),
    "Russian, as noted": ("Как отметил Иван Петров, перемирие сорвётся.", {"Как отметил": "Иван Петров"}),
    "Russian, in between": ("Перемирие, полагает Иван Петров, сорвётся.", {"Перемирие полагает": "Иван Петров"}),
    "Russian, he added": (
        "«Перемирие сорвётся, — сказал Иван Петров. — Война продолжится». «Мира уже не будет», — добавил он.",
        {"Перемирие сорвётся": "Иван Петров", "Война продолжится": "Иван Петров", "Мира уже": "Иван Петров"},
    ),
    "Russian, she of two": (
        "Иван Петров молчит. «Мира уже не будет», — сказал Петров. Анна Иванова возражает ему. "
        "По её словам, мир наступит.",
        {"Мира уже": "Иван Петров", "По её": "Анна Иванова"},
    ),
    "Russian, a surname in another case": (
        "Эксперт Иван Петров молчит. По словам Петрова, мир наступит.",
        {"По словам": "Иван Петров"},
    ),
    "Russian, an interview by dashes": (
        "Мы встретились с Иваном Петровым. Петров спешил.\n— Что будет?\n— Перемирие сорвётся.\n— А потом?\n"
        "— Мир наступит.",
        {"Перемирие сорвётся": "Иван Петров", "Мир наступит": "Иван Петров"},
    ),
    "the subject of what is thought does not think it": (
        "Jane Doe, who lives in Paris, thinks Portugal will win it in May. Spain might stop them, she says.",
        {"Jane Doe": "Jane Doe", "Spain might": "Jane Doe"},
    ),
    "a town behind the verb": (
        "Jane Doe, an analyst, said that talks will resume in Doha in April.",
        {"Jane Doe": "Jane Doe"},
    ),
    "a newspaper that is told": (
        "Jane Doe, an analyst, told Reuters on Friday that it will rain.",
        {"Jane Doe": "Jane Doe"},
    ),
    "the central bank's own name": ("The Bank of Norway said that prices will fall.", {"The Bank": "Bank of Norway"}),
    "whose analysts": (
        "Oosterhof raised its forecast. The bank's analysts say that prices will fall. They expect a recession.",
        {"The bank": "Oosterhof", "They expect": "Oosterhof"},
    ),
    "analysts led by somebody": (
        "Oosterhof analysts led by Jane Doe wrote that prices will fall.",
        {"Oosterhof analysts": "Oosterhof"},
    ),
    "analysts at a house that is told of": (
        "Analysts at Rysgaard, a consultancy, think it will average $55.",
        {"Analysts at": "Rysgaard"},
    ),
    "he said, of whom a sentence was about": (
        "My old colleague Dominic Carr, who played for years, was more certain. “They'll win it,” he said.",
        {"They ll": "Dominic Carr"},
    ),
    "the striker said, of whom a sentence was about": (
        "“No,” said Gary Stone. Harry Cole was more careful. “We will reach the final,” the striker said.",
        {"We will": "Harry Cole"},
    ),
    "he reckons, and what he reckons of another": (
        "“No,” Gary Stone said. Harry Cole will be top scorer, he reckons.",
        {"Harry Cole": "Gary Stone"},
    ),
    "she sees, behind a colon": (
        "“No,” said Gary Stone. HBC's Lucy Finch was among the pessimists: she sees a recession in May.",
        {"HBC s": "Lucy Finch"},
    ),
    "he said, in an interview with a newspaper": (
        "Jane Doe, an analyst, says no. In an interview with Le Monde she said that it will rain.",
        {"In an": "Jane Doe"},
    ),
    "a quotation after another was named": (
        "“No,” said Gary Stone. Lucy Finch, an economist, was not so sure. “The truce will hold.”",
        {"The truce": "Lucy Finch"},
    ),
    "whatever somebody says": (
        "By Ann Writer\n\nI see it so. Prices will fall, whatever Andrew Bayle says.",
        {"Prices will": "Ann Writer"},
    ),
    "a column that asks and answers itself": (
        "By Ann Writer\n\nI wrote of Keith Stone last year. Stone lost.\n\nWill Stone go?\n\nHe will go by June.\n\n"
        "Will prices fall?\n\nI think so. They will.\n\nWill it rain?\n\nIt will rain in May.",
        {"He will": "Ann Writer", "It will": "Ann Writer"},
    ),
    "a transcript": (
        "JONES: Will it pass?\n\nWARNER: It will pass in May.\n\nJONES: And then?\n\nWARNER: The House will follow.",
        {"It will": "Warner", "The House": "Warner"},
    ),
    "a list of experts": (
        "1. Sarah Cole, football writer: Arsenal will win. Spurs will go down.\n\n2. Ben Ashe, editor: City will win.",
        {"Arsenal will": "Sarah Cole", "Spurs will": "Sarah Cole", "City will": "Ben Ashe"},
    ),
    "news by the minute, in bold": (
        "14:40 **Paul Dow**, of the Institute: Taxes will rise in May.\n\n15:10 Nothing else.",
        {"Taxes will": "Paul Dow"},
    ),
    "signed below": (
        "“The yen will rise in May.”\n\n— Ken Morris, strategist\n\n“Gold will fall in June.”\n\n— Paula Stone",
        {"The yen": "Ken Morris", "Gold will": "Paula Stone"},
    ),
    "Russian, of a house": (
        "Аналитики «Орион Капитала» ждут роста. Рубль, по их расчётам, вырастет.",
        {"Рубль по": "Орион Капитала"},
    ),
    "Russian, they think at a house": (
        "В «Роснефти» считают, что цены вырастут. Рубль, полагают в Goldman Sachs, упадёт.",
        {"В Роснефти": "Роснефть", "Рубль полагают": "Goldman Sachs"},
    ),
    "Russian, what experts think of a country": (
        "Аналитики Goldman Sachs, напротив, полагают, что экономика России сократится.",
        {"Аналитики Goldman": "Goldman Sachs"},
    ),
    "Russian, a house with a Latin name before a person": (
        "Глава Nvidia Дженсен Хуанг заявил, что спрос вырастет.",
        {"Глава Nvidia": "Дженсен Хуанг"},
    ),
    "Russian, a land before a person": (
        "Премьер-министр Японии Санаэ Такаити заявила, что цены вырастут.",
        {"Премьер министр": "Санаэ Такаити"},
    ),
    "Russian, he said to a newspaper": (
        "По мнению политолога Ивана Петрова, мира не будет. «Война продолжится», — сказал он РБК.",
        {"Война продолжится": "Иван Петров"},
    ),
    "Russian, by the regulator": (
        "По прогнозу Минэкономразвития, цены вырастут. ЦБ более осторожен: регулятор ждёт падения цен.",
        {"ЦБ более": "ЦБ"},
    ),
    "Russian, does not agree": (
        "Иван Петров молчит. С этим не согласен Ваге Абрамян. По его словам, мир наступит.",
        {"По его": "Ваге Абрамян"},
    ),
    "Russian, agrees with another": (
        "Иван Петров молчит. С Петровым согласен и Алексей Макарин. По его словам, мир наступит.",
        {"По его": "Алексей Макарин"},
    ),
    "Russian, in a report": ("Цены вырастут, говорится в обзоре JPMorgan.", {"Цены вырастут": "JPMorgan"}),
    "Russian, a paragraph with a dash in which somebody is named": (
        "Мы говорили с Анной Ивановой. Иванова ждёт мира.\n— Не верю, — возразил мне Иван Петров. — Война продолжится. "
        "Мира не будет.",
        {"Не верю": "Иван Петров", "Война продолжится": "Иван Петров", "Мира не": "Иван Петров"},
    ),
    "Russian, a sentence with a colon is no head": (
        "По словам Ивана Петрова, цены вырастут.\n\nСоглашение ОПЕК+ в мае будет пересмотрено: министры встречаются.",
        {"Соглашение ОПЕК": ""},
    ),
    "Russian, lines that end in a colon": (
        "Мария Орлова, экономист «Финама»:\n— Рубль упадёт.\n\nИгорь Николаев, доктор наук:\n— Рубль вырастет.",
        {"Рубль упадёт": "Мария Орлова", "Рубль вырастет": "Игорь Николаев"},
    ),
    "Russian, an interview about somebody named more often": (
        "«Стрельцов не уйдёт»: политолог Аркадий Мирский о выборах\n\nМы поговорили с Аркадием Мирским.\n\n"
        "— Виктор Стрельцов победит?\n— Стрельцов проиграет.\n— А потом?\n— Стрельцов уйдёт.",
        {"Стрельцов проиграет": "Аркадий Мирский", "Стрельцов уйдёт": "Аркадий Мирский"},
    ),
    "a war that continues is no speaker": (
        "By Jane Doe\n\nAs the Syrian war continues to wind down, the struggle will heat up.",
        {"As the": "Jane Doe"},
    ),
    "nor is a club that has added a player": (
        "By Jane Doe\n\nJohn Brown has added Ali Reza to his squad, so it will be close.",
        {"John Brown": "Jane Doe"},
    ),
    "Russian, nor whom a defeat awaits": (
        "Колонка Андрея Петрова\n\nЯ гадаю. В Москве «Оренбург» ждёт разгром.",
        {"В Москве": "Андрей Петров"},
    ),
    "Russian, a column": ("Колонка Андрея Петрова\n\nЯ гадаю. Рубль упадёт.", {"Рубль упадёт": "Андрей Петров"}),
}

# A text of Ann Author's, and the first words of a sentence in it whose speaker is not told, or in doubt.
IN_DOUBT = {
    "a spokesman": ("“No,” said John Brown. A spokesman for the ministry said it will rain in May.", "A spokesman"),
    "what a spokesman says": ("“No,” said John Brown. A spokesman for the party said: “We will win it.”", "We will"),
    "what he adds": (
        "“No,” said John Brown. A spokesman said that it will rain. He added that it will snow.",
        "He added",
    ),
    "the official": (
        "“No,” said John Brown. An official said no. According to the official, tariffs will rise.",
        "According to",
    ),
    "somebody's secretary": ("John Brown said no. It will rain, his press secretary told journalists.", "It will"),
    "the manager of a club": ("The manager at West Ham says that he will stay.", "The manager"),
    "a land's president": ("John Brown said no. The French president said that it will rain.", "The French"),
    "a party's senators": ("Republican senators said that they will override it.", "Republican senators"),
    "a house's economist": ("The IMF's chief economist said that growth will slow.", "The IMF"),
    "he, of whom nobody was": ("It was late. “It will rain,” he said.", "It will"),
    "bookmakers": ("John Brown said no. Brazil will win it, according to bookmakers.", "Brazil will"),
    "either of two": ("Jane Doe, an analyst, predicts rain. Brazil will win it.", "Brazil will"),
    "analysts at a meeting": (
        "John Brown said no. It comes before the OPEC+ meeting, in which analysts expect cuts.",
        "It comes",
    ),
    "Russian, a source": ("Перемирие продлится месяц, заявил источник в МИД Турции.", "Перемирие продлится"),
    "Russian, a representative": ("Представитель ООН сообщил, что конвой отправят в пятницу.", "Представитель ООН"),
    "Russian, the head of a bank": ("Иван Петров молчит. Глава ВТБ уверен, что рубль вырастет.", "Глава ВТБ"),
    "Russian, the president's secretary": (
        "Иван Петров сказал «нет». Пресс-секретарь президента добавил, что мира не будет.",
        "Пресс секретарь",
    ),
    "Russian, experts asked": ("Ставку снизят, считают опрошенные «Ведомостями» аналитики.", "Ставку снизят"),
    "Russian, one of them": ("Иван Петров сказал «нет». Один из них полагает, что мир наступит.", "Один из"),
    "Russian, whichever of two": (
        "«Да», — сказал Иван Петров. Гэри Маркус, критик, ему не верит. «Мира не будет», — написал он.",
        "Мира не",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_each_sentence_has_its_speaker(text: str, expected: dict[str, str]) -> None:
    found = speakers(text)
    assert {words: found.get(words) for words in expected} == expected


@pytest.mark.parametrize(("text", "words"), IN_DOUBT.values(), ids=IN_DOUBT.keys())
def test_who_is_not_told_is_neither_the_author_nor_whoever_spoke_last(text: str, words: str) -> None:
    assert speakers(text, author="Ann Author")[words] == ""


def test_the_author_speaks_where_nobody_else_does() -> None:
    assert speakers("The truce will hold.", author="Jane Doe") == {"The truce": "Jane Doe"}
    assert speakers("The truce will hold.") == {"The truce": ""}


def test_an_interviewers_questions_are_nobodys_forecasts() -> None:
    text = "“No,” said John Brown.\n“Will the truce end in May?” asked the Herald.\n“It will hold.”"
    assert speakers(text)["Will the"] == ""


NAMES = {
    "Ивана Петрова": "Иван Петров",
    "Анны Петровой": "Анна Петрова",
    "Эльвиры Набиуллиной": "Эльвира Набиуллина",
    "Фёдора Лукьянова": "Фёдор Лукьянов",
    "Ольги Беленькой": "Ольга Беленькая",
    "Юрия Ушакова": "Юрий Ушаков",
    "Иван Петров": "Иван Петров",
    "John Brown": "John Brown",
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_russian_name_is_put_in_the_nominative(name: str, expected: str) -> None:
    assert nominative(name) == expected
