"""Is each sentence of an article laid to whoever speaks it?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from tracker.extract import ArticleText
from tracker.extract.article import language_of
from tracker.extract.cues import table
from tracker.extract.speakers import segments
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
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_each_sentence_has_its_speaker(text: str, expected: dict[str, str]) -> None:
    found = speakers(text)
    assert {words: found.get(words) for words in expected} == expected


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
