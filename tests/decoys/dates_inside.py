"""Does a date inside a text decide when the event was? Dates of it, of its cause, and of an earlier one."""

from __future__ import annotations

from decoys.cases import SILENT, YES, Case, case

DATES_INSIDE: dict[str, Case] = {
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
