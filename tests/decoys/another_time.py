"""Is the event of another time counted in this window? Before the opening, after the close, or told once more."""

from __future__ import annotations

from decoys.cases import DAY_UNKNOWN, SILENT, YES, Case, case

ANOTHER_TIME: dict[str, Case] = {
    "reported before the opening": case(
        "recall",
        SILENT,
        "-2 Azerbaijan recalls its ambassador from Russia",
        "-1 Баку отозвал посла из Москвы",
    ),
    "told again after the opening": case(
        "recall",
        DAY_UNKNOWN,
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
        DAY_UNKNOWN,
        "31 Azerbaijan recalls its ambassador from Russia",
        "31 Баку отозвал посла из Москвы",
    ),
    "two days after the close, without its day": case(
        "recall",
        DAY_UNKNOWN,
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
