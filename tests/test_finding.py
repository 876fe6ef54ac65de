"""Are phrases of time and words of probability found where they stand in a sentence, and nothing else taken for one?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.likelihood import find_likelihoods, read_likelihood
from tracker.windows import find_windows, read_window

JUNE = date(2025, 6, 30)

# A sentence of the 30th of June 2025: its phrases of time and their windows; "over" when that was before the article.
WINDOWS: dict[str, dict[str, str]] = {
    "The bank will cut rates before the end of March.": {"before the end of March": "2025-06-30 to 2026-03-31"},
    "Exports should recover in the second half of the year, she said.": {
        "in the second half of the year": "2025-07-01 to 2025-12-31"
    },
    "It may in 2026 fall below $60.": {"in 2026": "2026-01-01 to 2026-12-31"},
    "Prices may march on, fall or spring back; May I ask?": {},
    "It won't last until May.": {"until May": "2025-06-30 to 2026-04-30"},
    "Not in a month of Sundays will it fall.": {},
    "He goes before this decade is out.": {"before this decade is out": "2025-06-30 to 2029-12-31"},
    "Prices will fall in 2026.": {"in 2026": "2026-01-01 to 2026-12-31"},
    "An election this fall is unlikely.": {"this fall": "2025-09-01 to 2025-11-30"},
    "A deal by May is more likely than not before autumn.": {
        "by May": "2025-06-30 to 2026-04-30",
        "before autumn": "2025-06-30 to 2025-08-31",
    },
    "The 2026 World Cup took two years of work, five times a year.": {},
    "He scored in the second half of the game and won 5 in May.": {"in May": "2026-05-01 to 2026-05-31"},
    "Earlier this year it rose as in the first half of last year; it has risen since March.": {
        "this year": "over",
        "in the first half": "over",
        "since March": "over",
    },
    "In 2019 he lost, two years ago he won.": {"In 2019": "over"},
    "Today, one in ten people, 2000 of them, said so.": {},
    "Next year's appeal, due in October, will be over by the summer.": {
        "Next year": "2026-01-01 to 2026-12-31",
        "in October": "2025-10-01 to 2025-10-31",
        "by the summer": "2025-06-30 to 2026-05-31",
    },
    "В мае прошлого года цены росли, прошлой осенью упали.": {"В мае": "over", "осенью": "over"},
    "Он ещё осенью говорил, что через месяц-два после выборов, через год или два, всё решится.": {
        "осенью": "over",
        "через месяц-два": "2025-07-01 to 2025-08-31",
        "через год или два": "2026-01-01 to 2027-12-31",
    },
    "Within a year or two, in May a new law.": {
        "Within a year or two": "2025-06-30 to 2027-06-30",
        "in May": "2026-05-01 to 2026-05-31",
    },
    "Прогноз на 2026 год — 85 рублей за доллар.": {"на 2026 год": "2026-01-01 to 2026-12-31"},
    "Отключения начнутся ещё в ноябре.": {"в ноябре": "2025-11-01 to 2025-11-30"},
    "Ещё в этом году он вернётся.": {"в этом году": "2025-06-30 to 2025-12-31"},
    "Ставку снизят до конца 2025 года, а весной — ещё раз.": {
        "до конца 2025 года": "2025-06-30 to 2025-12-31",
        "весной": "2026-03-01 to 2026-05-31",
    },
    "По сравнению с 2023 годом за три месяца цены выросли до 3000 рублей.": {},
    "К декабрьскому саммиту, во второй половине сезона, он вернётся.": {},
    "Через год-полтора их будет 50 лет.": {"Через год-полтора": "2026-06-01 to 2026-12-31"},
    "Партия займёт первое место 7 июня, уверен он.": {"7 июня": "2026-06-07 to 2026-06-07"},
    "He said on Friday that by the 15th, in the coming weeks, all will be well; in the last two years it was not.": {
        "on Friday": "2025-07-04 to 2025-07-04",
        "by the 15th": "2025-06-30 to 2025-07-15",
        "in the coming weeks": "2025-06-30 to 2025-08-11",
    },
    "The town falls in a matter of weeks, the next by the end of the decade; a laptop costs more at Christmas.": {
        "in a matter of weeks": "2025-06-30 to 2025-08-11",
        "by the end of the decade": "2025-06-30 to 2029-12-31",
        "at Christmas": "2025-12-25 to 2025-12-25",
    },
    "The whole of 2026 was about all of that; the wed sat in the sun, mon dieu, and the last week was fun.": {
        "The whole of 2026": "2026-01-01 to 2026-12-31"
    },
    "Бюджет на месяц примут уже в ближайшие недели, к 15 числу, а в первые два месяца года — налог.": {
        "в ближайшие недели": "2025-06-30 to 2025-08-11",
        "к 15 числу": "2025-06-30 to 2025-07-15",
        "в первые два месяца года": "2026-01-01 to 2026-02-28",
    },
    "Since the June conflict and the August 2025 summit, the 2026 plan is the weakest loss in five years.": {},
    "The first talks in a year may lead to a deal in a year, in the early 2030s.": {
        "in a year": "2025-06-30 to 2026-06-30",
        "in the early 2030s": "2030-01-01 to 2033-12-31",
    },
    "A museum opening in October, beginning in autumn, on Dec. 8: the coldest in 13 years, the worst in over ten.": {
        "in October": "2025-10-01 to 2025-10-31",
        "beginning in autumn": "2025-09-01 and after",
        "on Dec. 8": "2025-12-08 to 2025-12-08",
    },
    "Banned after the 15th week; the deadliest first quarter; a ban hoped for in 2027.": {
        "in 2027": "2027-01-01 to 2027-12-31"
    },
    "В июне по-английски говорят in June.": {"В июне": "2025-06-30 to 2025-06-30"},
}

# A sentence: its words of probability, the probability, and "not" where a negation stands beside them.
LIKELIHOODS: dict[str, dict[str, tuple[float, str]]] = {
    "I make it 60-40 that he wins; they won 60-40 at home.": {"60-40": (0.6, "")},
    "A gain of forty seats is a one-in-ten shot.": {"one-in-ten": (0.1, "")},
    "The chance of a fall of 30% or more I put at 45%.": {"45%": (0.45, "")},
    "There is a 40% risk of rain, and a 5% risk premium.": {"40%": (0.4, "")},
    "Я бы дала ему 40%, а банк даёт кредит под 12%.": {"40%": (0.4, "")},
    "Шансы премьера — процентов семьдесят, прибыль упадёт процентов на пять.": {"процентов семьдесят": (0.7, "")},
    "Шансы на то, что повторится апрель, — один к двадцати.": {"один к двадцати": (0.047619048, "")},
    "A break seems very unlikely, but a recall could not be ruled out.": {
        "very unlikely": (0.125, ""),
        "could not be ruled out": (0.20, ""),
    },
    "They will probably not meet.": {"will": (0.05, "not"), "probably not": (0.265, "")},
    "It is expected not to last, and it could not.": {"expected": (0.25, "not"), "could": (0.40, "not")},
    "He will resign; she won't.": {"will": (0.95, ""), "won't": (0.05, "")},
    "I put the chance of a recession at 30 per cent.": {"30 per cent": (0.30, "")},
    "There is at least an 80 percent chance of rain.": {"at least an 80 percent": (0.80, "")},
    "I'd put that at under five per cent.": {"under five per cent": (0.05, "")},
    "I give it one chance in four.": {"one chance in four": (0.25, "")},
    "Growth of 3% and a rise to 40 per cent are good; one in ten agrees.": {},
    "The chance of growth above 3% is slim.": {},
    "As soon as possible, certain people can work in a remote office.": {},
    "War isn't at all likely, nor is it inevitable; no, likely.": {
        "isn't at all likely": (0.20, ""),
        "nor is it inevitable": (0.40, ""),
        "likely": (0.70, ""),
    },
    "A win is not inevitable, and they are not so poised to win.": {"not inevitable": (0.40, "")},
    "It is unlikely but not impossible.": {"unlikely": (0.20, ""), "not impossible": (0.20, "")},
    "A one-in-three chance, or a chance of 1 in 20, or of 3% growth.": {
        "one-in-three": (0.333333333, ""),
        "1 in 20": (0.05, ""),
    },
    "Не уверен, что победит: шансы 50 на 50.": {"Не уверен": (0.40, ""), "50 на 50": (0.50, "")},
    "Не может быть, с вероятностью в 0,7.": {"Не может быть": (0.05, ""), "0,7": (0.70, "")},
    "In May she may win.": {"may": (0.40, "")},
    "I don't think a truce will be signed.": {"don't think": (0.25, ""), "will": (0.95, "")},
    "Скорее всего, они не вернутся.": {"Скорее всего": (0.265, "not")},
    "Вероятность этого он оценил в 40%, инфляции — в 8%.": {"40%": (0.40, "")},
    "Вряд ли это случится, но не исключено, что случится.": {"Вряд ли": (0.20, ""), "не исключено": (0.20, "")},
    "Вероятность того, что они сыграют, составляет около 35 процентов.": {"около 35 процентов": (0.35, "")},
    "Он станет врачом и точно в срок.": {},
    "Он сказал: «unlikely».": {},
}


def language(sentence: str) -> str:
    return "ru" if any("а" <= letter <= "я" for letter in sentence.casefold()) else "en"


@pytest.mark.parametrize("sentence", WINDOWS)
def test_phrases_of_time_are_found_in_a_sentence(sentence: str) -> None:
    found = find_windows(sentence, JUNE, language(sentence))
    assert {one.phrase: str(one.reading.window) if one.reading else "over" for one in found} == WINDOWS[sentence]


@pytest.mark.parametrize("sentence", LIKELIHOODS)
def test_words_of_probability_are_found_in_a_sentence(sentence: str) -> None:
    found = find_likelihoods(sentence, language(sentence))
    assert {one.phrase: (one.likelihood.probability, "not" if one.negated else "") for one in found} == LIKELIHOODS[
        sentence
    ]


SENTENCES = st.lists(st.sampled_from([*WINDOWS, *LIKELIHOODS]), min_size=1, max_size=4).map("\n".join)
FRAGMENTS = st.lists(
    st.sampled_from([word for text in (*WINDOWS, *LIKELIHOODS) for word in text.split()] + ["«", "—", "\n", "31", "в"]),
    max_size=12,
).map(" ".join)


@given(st.one_of(SENTENCES, FRAGMENTS, st.text(max_size=40)), st.sampled_from(["en", "ru"]))
def test_what_is_found_stands_there_in_order_and_reads_alike_alone(text: str, spoken: str) -> None:
    windows = find_windows(text, JUNE, spoken)
    likelihoods = find_likelihoods(text, spoken)
    for found in (windows, likelihoods):
        end = 0
        for one in found:
            assert end <= one.start < one.end <= len(text)
            assert text[one.start : one.end] == one.phrase
            end = one.end
    for window in windows:
        assert window.reading is None or read_window(window.phrase, JUNE) == window.reading
    for likelihood in likelihoods:
        again = read_likelihood(likelihood.likelihood.words)
        assert again == likelihood.likelihood
