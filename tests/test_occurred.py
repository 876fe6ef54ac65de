"""On which day does a report say that its event took place? Tables of reports; the event's words stand in [brackets].

Published on Thursday, 9 October 2025.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import ConfigError
from tracker.occurred import occurred
from tracker.occurred.tables import read_tables

THURSDAY = date(2025, 10, 9)


def told(report: str, published: date = THURSDAY, title: str = "") -> tuple[date, str]:
    """The day and precision read from a report whose event is marked by brackets."""
    spans, plain, at = [], "", 0
    for match in re.finditer(r"\[([^\]]*)\]", report):
        plain += report[at : match.start()]
        spans.append((len(plain), len(plain) + len(match[1])))
        plain, at = plain + match[1], match.end()
    found = occurred(title, plain + report[at:], spans, False, published)
    return found.day, found.precision


def day(month: int, number: int, year: int = 2025) -> tuple[date, str]:
    return date(year, month, number), "day"


PUBLISHED = (THURSDAY, "published")
ENGLISH = {
    "no date at all": ("Azerbaijan [summoned] the envoy.", PUBLISHED),
    "day and month": ("Azerbaijan [summoned the envoy] on 22 August.", day(8, 22)),
    "month and day with a year": ("The EU [adopted the package] on August 22, 2024.", day(8, 22, 2024)),
    "month and day of a headline": ("Ambassador [summoned] July 2", day(7, 2)),
    "month in short": ("The court [ruled] on Sept. 3.", day(9, 3)),
    "month in short without a full stop": ("Baku [recalls] its envoy, Jul 2, 2025", day(7, 2)),
    "planned for a month": ("The [summit] is planned for November.", (date(2025, 11, 1), "month")),
    "ordinal": ("They [met] on the 3rd of September.", day(9, 3)),
    "ISO": ("The office was [raided] on 2025-06-30.", day(6, 30)),
    "range of days": ("Putin [visited] Tajikistan on 7-9 October.", day(10, 7)),
    "two days": ("The leaders [met] on 7 and 8 August.", day(8, 7)),
    "range across months": ("The [drills] were held from 30 June to 2 July.", day(6, 30)),
    "a year that is not said is the past one": ("The jet [crashed] on 25 December.", day(12, 25, 2024)),
    "tomorrow's date stays ahead": ("The leaders [meet] on 10 October.", day(10, 10)),
    "shortly ahead": ("Putin [visits] Baku on 22 October.", day(10, 22)),
    "said to be ahead": ("The [talks] are scheduled for 20 December.", day(12, 20)),
    "said to be ahead in a headline": ("Putin to [visit] Baku on 1 December", day(12, 1)),
    "a stated year is kept though ahead": ("The cap [falls] on 1 February 2026.", day(2, 1, 2026)),
    "weekday": ("Azerbaijan [summoned the envoy] on Tuesday.", day(10, 7)),
    "weekday of publication": ("Azerbaijan [summoned the envoy] on Thursday.", day(10, 9)),
    "weekday after that of publication": ("The leaders [met] on Friday.", day(10, 3)),
    "weekday without preposition": ("Police [arrested] two men Monday.", day(10, 6)),
    "last weekday": ("They [met] last Thursday.", day(10, 2)),
    "next weekday": ("They [meet] next Thursday.", day(10, 16)),
    "weekday in the present tense": ("The leaders [meet] on Friday.", day(10, 10)),
    "weekday in the present tense, of yesterday": ("The leaders [meet] on Wednesday.", day(10, 8)),
    "weekday of a noun alone": ("A [strike] by pilots on Friday, union says.", day(10, 10)),
    "weekday ahead": ("The leaders will [meet] on Friday.", day(10, 10)),
    "weekday hoped for": ("Kallas hopes to [pass] the package on Monday.", day(10, 13)),
    "what is said on a weekday about the future": ("Moscow [said] on Tuesday it will answer.", day(10, 7)),
    "yesterday": ("The leaders [spoke] yesterday.", day(10, 8)),
    "last night": ("Fans [clashed] last night.", day(10, 8)),
    "today": ("The leaders [spoke] today.", day(10, 9)),
    "tomorrow": ("The leaders [speak] tomorrow.", day(10, 10)),
    "days ago": ("The men [died] three days ago.", day(10, 6)),
    "weeks ago": ("Baku [closed] the office two weeks ago.", day(9, 25)),
    "a week ago": ("Baku [closed] the office a week ago.", day(10, 2)),
    "months ago": ("Two months ago Baku [closed] the office.", (date(2025, 8, 1), "month")),
    "years ago": ("He was [killed] 20 years ago.", (date(2005, 1, 1), "year")),
    "last week": ("Fans [clashed] last week.", day(10, 2)),
    "last month": ("Exports [fell] last month.", (date(2025, 9, 1), "month")),
    "last year": ("Exports [fell] last year.", (date(2024, 1, 1), "year")),
    "month": ("The editor was [arrested] in June.", (date(2025, 6, 1), "month")),
    "the present month": ("The [talks] were held in October.", (THURSDAY, "month")),
    "month of the year before": ("The jet [crashed] in December.", (date(2024, 12, 1), "month")),
    "month and year": ("The editor was [arrested] in June 2024.", (date(2024, 6, 1), "month")),
    "part of a month": ("Brent [fell] in late April 2025.", (date(2025, 4, 1), "month")),
    "this summer, when it is over": ("Mali [had a coup] this summer.", (date(2025, 6, 1), "month")),
    "this autumn, which it is": ("Trade [grew] this autumn.", (THURSDAY, "month")),
    "last autumn, in autumn": ("Trade [grew] last autumn.", (date(2024, 9, 1), "month")),
    "next spring": ("They [meet] next spring.", (date(2026, 3, 1), "month")),
    "this winter, still to come": ("Trade [grows] this winter.", (date(2025, 12, 1), "month")),
    "what is expected for another day": ("The Fed [held rates], cut expected in December.", PUBLISHED),
    "the month that names the event": ("Iran complained of the June [strikes].", (date(2025, 6, 1), "month")),
    "the month of a figure": ("August [inflation rises] to 8 per cent.", PUBLISHED),
    "the coming month that names it": ("Traders count on a November [rate cut].", (date(2025, 11, 1), "month")),
    "month last year": ("The jet [crashed] in December last year.", (date(2024, 12, 1), "month")),
    "last June": ("Baku [arrested] the editor last June.", (date(2025, 6, 1), "month")),
    "last November": ("Baku [arrested] the editor last November.", (date(2024, 11, 1), "month")),
    "year": ("Crimea was [annexed] in 2014.", (date(2014, 1, 1), "year")),
    "the present year": ("Trade [grew] in 2025.", (THURSDAY, "year")),
    "this season, just over": ("Strikes [hit] the port this summer.", (date(2025, 6, 1), "month")),
    "season of a year": ("The army [attacked] in the summer of 2023.", (date(2023, 1, 1), "year")),
    "the date of the event, not of its cause": (
        "On 2 July Azerbaijan [summoned the envoy] over raids on 27 June.",
        day(7, 2),
    ),
    "only its cause is dated": ("Azerbaijan [summoned the envoy] over the raids of 27 June.", PUBLISHED),
    "only what went before is dated": ("After raids on 27 June, Baku [summoned the envoy].", PUBLISHED),
    "only the noun's clause is dated": ("Putin [admitted blame] for the jet that crashed on 25 December.", PUBLISHED),
    "the other clause is dated": ("Moscow [protested], while Baku held a trial on 3 October.", PUBLISHED),
    "the nearer of two dates": ("Baku [arrested] him on 30 June and freed him on 9 October.", day(6, 30)),
    "the nearer of two dates, second": ("Baku arrested him on 30 June and [freed] him on 9 October.", day(10, 9)),
    "another sentence is dated": ("Azerbaijan [summoned] the envoy. The jet crashed on 25 December.", PUBLISHED),
    "since when": ("Brent [at weakest] since May.", PUBLISHED),
    "until when": ("The waiver [runs] until 11 April.", PUBLISHED),
    "a date that names a noun": ("Israel [struck] camps tied to the October 7 attack.", PUBLISHED),
    "a year that names a noun": ("A court [heard] the 1920 invasion case.", PUBLISHED),
    "the past week is a duration": ("Prices [rose] over the past week.", PUBLISHED),
    "may without a capital": ("It may 5 times [rise].", PUBLISHED),
    "a number after a month": ("In March 12 people [died].", (date(2025, 3, 1), "month")),
    "no such day": ("They [met] on 31 June.", PUBLISHED),
    "a surname that is a month": ("Theresa May [resigns]", PUBLISHED),
    "a given name that is a month": ("April [meets] Bob", PUBLISHED),
    "a newsletter's weekday": ("Tuesday Briefing: Baku [recalls] its envoy", PUBLISHED),
    "a newspaper's weekday": ("Baku [recalled] its envoy, the Sunday Times reports.", PUBLISHED),
    "a name that holds a weekday": ("Shoppers [rushed] in on Black Friday.", PUBLISHED),
    "a name that holds today": ("Russia Today [closed] its office.", PUBLISHED),
    "a leap day": ("They [met] on 29 February.", day(2, 29, 2024)),
    "last year's time is that of a noun": ("He [won] the nomination for last year's election.", PUBLISHED),
    "this month's time is that of a noun": ("He [won] in this month's election.", PUBLISHED),
    "years without a number": ("The data should have been [shared] years ago.", PUBLISHED),
    "until at least": ("The heat [lasts] until at least Tuesday.", PUBLISHED),
    "Friday's talks where nothing else is said": ("They [agreed] at Friday's talks.", day(10, 3)),
}
RUSSIAN = {
    "нет даты": ("Баку [вызвал посла].", PUBLISHED),
    "день и месяц": ("22 августа Баку [вызвал посла].", day(8, 22)),
    "день, месяц и год": ("Баку [вызвал посла] 6 февраля 2024 года.", day(2, 6, 2024)),
    "с числительным": ("Они [встретились] 3-го сентября.", day(9, 3)),
    "цифрами": ("Документ [подписан] 28.06.2025.", day(6, 28)),
    "два дня": ("Саммит [прошёл] 7 и 8 октября.", day(10, 7)),
    "с и по": ("Учения [прошли] с 1 по 5 июля.", day(7, 1)),
    "назначено": ("На 22 декабря назначено [заседание].", day(12, 22)),
    "прошлого года": ("Самолёт [разбился] 25 декабря прошлого года.", day(12, 25, 2024)),
    "во вторник": ("Посла [вызвали] во вторник.", day(10, 7)),
    "в пятницу, в настоящем времени": ("Лидеры [встречаются] в пятницу.", day(10, 10)),
    "в пятницу": ("Лидеры [поговорили] в пятницу.", day(10, 3)),
    "в прошлый четверг": ("Лидеры [поговорили] в прошлый четверг.", day(10, 2)),
    "в следующую среду": ("Они [встретятся] в следующую среду.", day(10, 15)),
    "в понедельник пройдут": ("В понедельник пройдут [переговоры].", day(10, 13)),
    "вчера": ("Вчера посла [вызвали] в МИД.", day(10, 8)),
    "сегодня": ("Сегодня посла [вызвали] в МИД.", day(10, 9)),
    "позавчера": ("Позавчера посла [вызвали] в МИД.", day(10, 7)),
    "накануне сообщил": ("Министр накануне сообщил, а Баку накануне [вызвал] посла.", day(10, 8)),
    "накануне встречи": ("Решение [согласовали] накануне встречи.", PUBLISHED),
    "завтра": ("Завтра [встретятся] президенты.", day(10, 10)),
    "неделю назад": ("Неделю назад Баку [закрыл] офис.", day(10, 2)),
    "две недели назад": ("Баку [закрыл] офис две недели назад.", day(9, 25)),
    "5 дней назад": ("Баку [закрыл] офис 5 дней назад.", day(10, 4)),
    "месяц назад": ("Баку [закрыл] офис месяц назад.", (date(2025, 9, 1), "month")),
    "год назад": ("Год назад Баку [закрыл] офис.", (date(2024, 1, 1), "year")),
    "на прошлой неделе": ("На прошлой неделе посла [вызвали].", day(10, 2)),
    "в прошлом месяце": ("В прошлом месяце экспорт [упал].", (date(2025, 9, 1), "month")),
    "в прошлом году": ("В прошлом году экспорт [упал].", (date(2024, 1, 1), "year")),
    "в июне": ("В июне редактора [арестовали].", (date(2025, 6, 1), "month")),
    "в июне 2024 года": ("Редактора [арестовали] в июне 2024 года.", (date(2024, 6, 1), "month")),
    "в конце июня": ("Редактора [арестовали] в конце июня.", (date(2025, 6, 1), "month")),
    "в октябре, сейчас": ("Переговоры [прошли] в октябре.", (THURSDAY, "month")),
    "этим летом": ("Этим летом в Мали [произошёл переворот].", (date(2025, 6, 1), "month")),
    "прошлой весной": ("Прошлой весной экспорт [упал].", (date(2025, 3, 1), "month")),
    "ожидается другое": ("ФРС [сохранила ставку], снижение ожидается в декабре.", PUBLISHED),
    "месяц называет событие": ("Иран хоронит погибших при июньских [ударах].", (date(2025, 6, 1), "month")),
    "запланировано на месяц": ("[Переговоры] запланированы на ноябрь.", (date(2025, 11, 1), "month")),
    "в 2014 году": ("Крым [присоединили] в 2014 году.", (date(2014, 1, 1), "year")),
    "летом 2023 года": ("Наступление [началось] летом 2023 года.", (date(2023, 1, 1), "year")),
    "дата причины": ("Посол [вызван] из-за рейдов 27 июня.", PUBLISHED),
    "дата другой части": ("Баку [отменил концерты], а 28 июня послу вручили ноту.", PUBLISHED),
    "дата своей части": ("Баку отменил концерты, а 28 июня послу [вручили ноту].", day(6, 28)),
    "дата документа": ("Баку [недоволен] пресс-релизом от 4 сентября.", PUBLISHED),
    "до какого дня": ("Лицензия [действует] до 11 апреля.", PUBLISHED),
    "придаточное": ("Вернулся журналист, которого арестовали 30 июня, и [дал интервью].", PUBLISHED),
    "холдинг": ("Россия сегодня [назвала] аресты безосновательными.", PUBLISHED),
}
REPORTS = ENGLISH | RUSSIAN


@pytest.mark.parametrize("row", REPORTS.values(), ids=REPORTS.keys())
def test_reports(row: tuple[str, tuple[date, str]]) -> None:
    report, expected = row
    assert told(report) == expected


def test_the_month_before_january_is_december() -> None:
    assert told("Exports [fell] last month.", date(2025, 1, 5)) == (date(2024, 12, 1), "month")


def test_the_words_that_date_the_event_are_shown() -> None:
    title = "Azerbaijan recalls its envoy on 2 July"
    assert occurred(title, "", [(11, 18)], True, THURSDAY).said == "on 2 July"
    assert occurred("Azerbaijan recalls its envoy", "", [(11, 18)], True, THURSDAY).said == ""


YEAR = (date(2020, 1, 1), "year")
TITLES = {
    "a year in brackets": ("Serbia's premier resigns (2020)", YEAR),
    "in square brackets": ("[2020] Serbia's premier resigns", YEAR),
    "before a colon": ("2020: Serbia's premier resigns", YEAR),
    "before the name of a paper": ("Serbia's premier resigns (2020) - Reuters", YEAR),
    "after a label": ("Flashback (2020): Serbia's premier resigns", YEAR),
    "in Russian": ("2020: премьер Сербии ушёл в отставку", YEAR),
    "with a day": ("Serbia's premier resigns on 3 March (2020)", (date(2020, 3, 3), "day")),
    "with a day of another year": ("Serbia's premier resigns on 3 March 2019 (2020)", (date(2019, 3, 3), "day")),
    "the present year": ("Serbia's premier resigns (2025)", PUBLISHED),
    "a coming year": ("2030: Serbia's premier resigns", PUBLISHED),
    "a film": ("Dune (2021) wins the prize", PUBLISHED),
    "a vision": ("2020 vision: Serbia's premier resigns", PUBLISHED),
    "a number of people": ("2000 march as Serbia's premier resigns", PUBLISHED),
    "an amount": ("Fine of €2000: Serbia's premier resigns", PUBLISHED),
    "years": ("Serbia's premiers (2014-2020) resign", PUBLISHED),
    "an hour": ("Live 20:20: Serbia's premier resigns", PUBLISHED),
    "a longer number": ("Serbia's premier resigns (20200)", PUBLISHED),
}


@pytest.mark.parametrize("row", TITLES.values(), ids=TITLES.keys())
def test_a_title_under_an_older_year_tells_of_that_year(row: tuple[str, tuple[date, str]]) -> None:
    title, expected = row
    found = occurred(title, "", [(len(title) // 2, len(title) // 2 + 1)], True, THURSDAY)
    assert (found.day, found.precision) == expected
    assert bool(found.said) is (expected is not PUBLISHED)


def test_the_year_of_a_title_dates_its_summary_too() -> None:
    summary = "The premier resigned after protests."
    assert occurred("From the archive (2020)", summary, [(4, 20)], False, THURSDAY).day == date(2020, 1, 1)


def test_a_title_without_a_date_is_dated_by_the_sentence_that_tells_it_again() -> None:
    title, spans = "Azerbaijan summons Russian ambassador", [(11, 18), (27, 37)]
    again = "The jet fell on 25 December. The Russian ambassador was summoned on 2 July."
    assert occurred(title, again, spans, True, THURSDAY).day == date(2025, 7, 2)
    aside = "The last ambassador left on 2 July."
    assert occurred(title, aside, spans, True, THURSDAY).precision == "published"


def test_without_spans_the_whole_text_tells_of_the_event() -> None:
    assert occurred("Ambassador summoned on 2 July", "", [], True, THURSDAY).day == date(2025, 7, 2)
    assert occurred("", "", [], True, THURSDAY).day == THURSDAY


@given(st.text(), st.text(), st.tuples(st.integers(0, 30), st.integers(0, 30)), st.booleans(), st.dates())
def test_any_text_has_a_day(title: str, summary: str, span: tuple[int, int], in_title: bool, published: date) -> None:
    found = occurred(title, summary, [span], in_title, published)
    assert found.said or found.day == published


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 330))
def test_a_past_day_without_a_year_is_found_again(published: date, ago: int) -> None:
    event = published - timedelta(days=ago)
    report = f"Azerbaijan [summoned the envoy] on {event.day} {event:%B}."
    assert told(report, published) == (event, "day")


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        ("\nweekdays:", "\ndays_of_week:", "days_of_week"),
        ("\njoiners: 'and", "\njoiners: '(and", "joiners"),
        ("  5: 'five", "  5: 5 #", "counts"),
    ],
)
def test_tables_with_mistakes_are_refused(good: str, bad: str, complaint: str) -> None:
    text = files("tracker.occurred").joinpath("words.yaml").read_text("utf-8")
    with pytest.raises(ConfigError, match=complaint):
        read_tables(text.replace(good, bad, 1))
