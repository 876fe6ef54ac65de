"""Does one account, printed many times, pass for several? Copies, rewrites of an agency, houses of two names."""

from __future__ import annotations

from decoys.cases import HOUSES, ONE, SILENT, YES, Case, case

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
