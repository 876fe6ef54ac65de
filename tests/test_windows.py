"""Is a phrase of time read as the days that it means?"""

from __future__ import annotations

import contextlib
import importlib.resources
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import WindowError
from tracker.model import Window
from tracker.windows import read_window
from tracker.windows.naming import in_days

JUNE = date(2025, 6, 30)  # the article of the workspace
OCTOBER = date(2025, 10, 20)
JANUARY = date(2025, 1, 10)

# phrase, article's date: opens, closes
READINGS: dict[tuple[str, date], tuple[str, str]] = {
    # by idiom, and by feast
    ("before this decade is out", JUNE): ("2025-06-30", "2029-12-31"),
    ("before this year is over", JUNE): ("2025-06-30", "2025-12-31"),
    ("by Thanksgiving", JUNE): ("2025-06-30", "2025-11-27"),
    ("this side of Christmas", JUNE): ("2025-06-30", "2025-12-24"),
    # two days
    ("2025-07-16/2025-10-15", JUNE): ("2025-07-16", "2025-10-15"),
    ("2025-07-16..2025-10-15", JUNE): ("2025-07-16", "2025-10-15"),
    ("2025-07-16 to 2025-10-15", JUNE): ("2025-07-16", "2025-10-15"),
    ("2025-07-16 – 2025-10-15", JUNE): ("2025-07-16", "2025-10-15"),
    ("2025-01-01/2025-02-01", JUNE): ("2025-01-01", "2025-02-01"),
    ("from 16 July to 15 October 2025", JUNE): ("2025-07-16", "2025-10-15"),
    ("from 16 July to 15 October", JUNE): ("2025-07-16", "2025-10-15"),
    ("July 16–October 15, 2025", JUNE): ("2025-07-16", "2025-10-15"),
    ("between 10 and 20 November", OCTOBER): ("2025-11-10", "2025-11-20"),
    ("16–20 July 2025", JUNE): ("2025-07-16", "2025-07-20"),
    ("July 16-20, 2025", JUNE): ("2025-07-16", "2025-07-20"),
    ("с 16 июля по 15 октября 2025 года", JUNE): ("2025-07-16", "2025-10-15"),
    ("10 ноября – 5 января", OCTOBER): ("2025-11-10", "2026-01-05"),
    # one day
    ("16 July 2025", JUNE): ("2025-07-16", "2025-07-16"),
    ("July 16, 2025", JUNE): ("2025-07-16", "2025-07-16"),
    ("on Wednesday, 16 July 2025", JUNE): ("2025-07-16", "2025-07-16"),
    ("the 16th of July", JUNE): ("2025-07-16", "2025-07-16"),
    ("16.07.2025", JUNE): ("2025-07-16", "2025-07-16"),
    ("07/16/2025", JUNE): ("2025-07-16", "2025-07-16"),
    ("16 июля", JUNE): ("2025-07-16", "2025-07-16"),
    ("1 марта", JUNE): ("2026-03-01", "2026-03-01"),
    ("29 February", JUNE): ("2028-02-29", "2028-02-29"),
    ("16 juillet 2025", JUNE): ("2025-07-16", "2025-07-16"),
    # months, quarters, halves, years
    ("October 2025", JUNE): ("2025-10-01", "2025-10-31"),
    ("Oct '25", JUNE): ("2025-10-01", "2025-10-31"),
    ("2025-10", JUNE): ("2025-10-01", "2025-10-31"),
    ("May", JUNE): ("2026-05-01", "2026-05-31"),
    ("в сентябре", JUNE): ("2025-09-01", "2025-09-30"),
    ("в октябре этого года", JUNE): ("2025-10-01", "2025-10-31"),
    ("October", OCTOBER): ("2025-10-20", "2025-10-31"),
    ("Q3 2025", JUNE): ("2025-07-01", "2025-09-30"),
    ("3Q25", JUNE): ("2025-07-01", "2025-09-30"),
    ("2025 Q3", JUNE): ("2025-07-01", "2025-09-30"),
    ("third quarter", JUNE): ("2025-07-01", "2025-09-30"),
    ("the last quarter of 2025", JUNE): ("2025-10-01", "2025-12-31"),
    ("третий квартал", OCTOBER): ("2026-07-01", "2026-09-30"),
    ("первый квартал 2026", JUNE): ("2026-01-01", "2026-03-31"),
    ("в I квартале 2026 г.", JUNE): ("2026-01-01", "2026-03-31"),
    ("в 1 квартале 2026 года", JUNE): ("2026-01-01", "2026-03-31"),
    ("second half of 2025", JUNE): ("2025-07-01", "2025-12-31"),
    ("H2 2025", JUNE): ("2025-07-01", "2025-12-31"),
    ("second half of next year", JUNE): ("2026-07-01", "2026-12-31"),
    ("во втором полугодии 2025 года", JUNE): ("2025-07-01", "2025-12-31"),
    ("во второй половине 2025 года", JUNE): ("2025-07-01", "2025-12-31"),
    ("первая половина октября", JUNE): ("2025-10-01", "2025-10-15"),
    ("2026", JUNE): ("2026-01-01", "2026-12-31"),
    ("в 2026 году", JUNE): ("2026-01-01", "2026-12-31"),
    ("2025–27", JUNE): ("2025-06-30", "2027-12-31"),
    ("в 2026–2027 годах", JUNE): ("2026-01-01", "2027-12-31"),
    # seasons
    ("summer", JUNE): ("2025-06-30", "2025-08-31"),
    ("next spring", JUNE): ("2026-03-01", "2026-05-31"),
    ("this summer", JUNE): ("2025-06-30", "2025-08-31"),
    ("the coming autumn", JUNE): ("2025-09-01", "2025-11-30"),
    ("осенью 2025 года", JUNE): ("2025-09-01", "2025-11-30"),
    ("весной", JUNE): ("2026-03-01", "2026-05-31"),
    ("зимой", JUNE): ("2025-12-01", "2026-02-28"),
    ("this winter", JANUARY): ("2025-01-10", "2025-02-28"),
    ("winter 2025/26", JUNE): ("2025-12-01", "2026-02-28"),
    ("зимой 2027–2028 гг.", JUNE): ("2027-12-01", "2028-02-29"),
    ("winter 2025", JUNE): ("2025-12-01", "2026-02-28"),  # the other winter is over
    # parts
    ("late summer and early autumn of 2025", JUNE): ("2025-07-16", "2025-10-15"),
    ("конец лета — начало осени 2025 года", JUNE): ("2025-07-16", "2025-10-15"),
    ("early spring 2026", JUNE): ("2026-03-01", "2026-04-15"),
    ("late winter 2026", JUNE): ("2026-01-16", "2026-02-28"),
    ("early winter 2025", JUNE): ("2025-12-01", "2026-01-15"),
    ("midsummer 2026", JUNE): ("2026-07-01", "2026-07-31"),
    ("early 2026", JUNE): ("2026-01-01", "2026-04-30"),
    ("mid-2026", JUNE): ("2026-05-01", "2026-08-31"),
    ("late 2025", JUNE): ("2025-09-01", "2025-12-31"),
    ("в начале следующего года", JUNE): ("2026-01-01", "2026-03-31"),
    ("at the end of the year", JUNE): ("2025-10-01", "2025-12-31"),
    ("early October", JUNE): ("2025-10-01", "2025-10-10"),
    ("в середине октября", JUNE): ("2025-10-11", "2025-10-20"),
    ("late October 2025", JUNE): ("2025-10-21", "2025-10-31"),
    ("late in the third quarter of 2025", JUNE): ("2025-09-01", "2025-09-30"),
    ("mid-to-late October", JUNE): ("2025-10-16", "2025-10-31"),
    # several in a row
    ("October and November 2025", JUNE): ("2025-10-01", "2025-11-30"),
    ("July, August and September 2025", JUNE): ("2025-07-01", "2025-09-30"),
    ("Q3 and Q4 2025", JUNE): ("2025-07-01", "2025-12-31"),
    ("third and fourth quarters of 2025", JUNE): ("2025-07-01", "2025-12-31"),
    ("late 2025 or early 2026", JUNE): ("2025-09-01", "2026-04-30"),
    ("autumn and winter 2025", JUNE): ("2025-09-01", "2026-02-28"),
    ("winter and spring 2026", JUNE): ("2025-12-01", "2026-05-31"),
    ("в декабре и январе", JUNE): ("2025-12-01", "2026-01-31"),
    ("between July and October 2025", JUNE): ("2025-07-01", "2025-10-31"),
    ("с июля по октябрь 2025 года", JUNE): ("2025-07-01", "2025-10-31"),
    ("from November to February 2026", JUNE): ("2025-11-01", "2026-02-28"),
    ("July–October 2025", date(2025, 8, 5)): ("2025-08-05", "2025-10-31"),
    # until
    ("by the end of 2025", JUNE): ("2025-06-30", "2025-12-31"),
    ("by year-end", JUNE): ("2025-06-30", "2025-12-31"),
    ("until the end of the year", JUNE): ("2025-06-30", "2025-12-31"),
    ("for the rest of the year", JUNE): ("2025-06-30", "2025-12-31"),
    ("between now and the end of 2025", JUNE): ("2025-06-30", "2025-12-31"),
    ("before 1 March 2026", JUNE): ("2025-06-30", "2026-02-28"),
    ("by 1 March 2026", JUNE): ("2025-06-30", "2026-03-01"),
    ("to 1 March 2026", JUNE): ("2025-06-30", "2026-03-01"),
    ("until 1 March 2026", JUNE): ("2025-06-30", "2026-03-01"),
    ("before autumn", JUNE): ("2025-06-30", "2025-08-31"),
    ("no later than October", JUNE): ("2025-06-30", "2025-10-31"),
    ("by mid-October", JUNE): ("2025-06-30", "2025-10-15"),
    ("by mid-2026", JUNE): ("2025-06-30", "2026-06-30"),
    ("by 2025", JUNE): ("2025-06-30", "2025-12-31"),
    ("до конца года", JUNE): ("2025-06-30", "2025-12-31"),
    ("до нового года", JUNE): ("2025-06-30", "2025-12-31"),
    ("до конца недели", OCTOBER): ("2025-10-20", "2025-10-26"),
    ("к 1 марта", JUNE): ("2025-06-30", "2026-03-01"),
    ("до 1 марта включительно", JUNE): ("2025-06-30", "2026-03-01"),
    ("до весны 2026 года", JUNE): ("2025-06-30", "2026-02-28"),
    ("к концу лета", JUNE): ("2025-06-30", "2025-08-31"),
    ("к концу первого квартала 2026 года", JUNE): ("2025-06-30", "2026-03-31"),
    ("не позднее 1 сентября", JUNE): ("2025-06-30", "2025-09-01"),
    # within
    ("within six months", JUNE): ("2025-06-30", "2025-12-30"),
    ("within six months", date(2025, 8, 31)): ("2025-08-31", "2026-02-28"),
    ("in the next 30 days", JUNE): ("2025-06-30", "2025-07-30"),
    ("within twenty-one days", JUNE): ("2025-06-30", "2025-07-21"),
    ("within a decade", JUNE): ("2025-06-30", "2035-06-30"),
    ("in the coming year", JUNE): ("2025-06-30", "2026-06-30"),
    ("over the next two years", JUNE): ("2025-06-30", "2027-06-30"),
    ("в течение полугода", JUNE): ("2025-06-30", "2025-12-30"),
    ("в течение трёх месяцев", JUNE): ("2025-06-30", "2025-09-30"),
    ("в ближайший год", JUNE): ("2025-06-30", "2026-06-30"),
    ("в ближайшие полтора года", JUNE): ("2025-06-30", "2026-12-30"),
    # this and next
    ("this year", JUNE): ("2025-06-30", "2025-12-31"),
    ("next year", JUNE): ("2026-01-01", "2026-12-31"),
    ("в следующем году", JUNE): ("2026-01-01", "2026-12-31"),
    ("this month", OCTOBER): ("2025-10-20", "2025-10-31"),
    ("next month", date(2025, 12, 5)): ("2026-01-01", "2026-01-31"),
    ("next week", JUNE): ("2025-07-07", "2025-07-13"),
    ("next week", date(2025, 12, 31)): ("2026-01-05", "2026-01-11"),
    ("this quarter", OCTOBER): ("2025-10-20", "2025-12-31"),
    ("в следующем квартале", OCTOBER): ("2026-01-01", "2026-03-31"),
    ("в текущем месяце", OCTOBER): ("2025-10-20", "2025-10-31"),
    # days of the week and days ahead; the 30th of June 2025 is a Monday
    ("on Friday", JUNE): ("2025-07-04", "2025-07-04"),
    ("by Friday", JUNE): ("2025-06-30", "2025-07-04"),
    ("before Monday", JUNE): ("2025-06-30", "2025-07-06"),
    ("this Monday", JUNE): ("2025-06-30", "2025-06-30"),
    ("by the end of Wednesday", JUNE): ("2025-06-30", "2025-07-02"),
    ("к пятнице", JUNE): ("2025-06-30", "2025-07-04"),
    ("в ближайшую среду", JUNE): ("2025-07-02", "2025-07-02"),
    ("this weekend", JUNE): ("2025-07-05", "2025-07-06"),
    ("на выходных", JUNE): ("2025-07-05", "2025-07-06"),
    ("by tomorrow", JUNE): ("2025-06-30", "2025-07-01"),
    ("послезавтра", JUNE): ("2025-07-02", "2025-07-02"),
    ("by the 15th", JUNE): ("2025-06-30", "2025-07-15"),
    ("к 15 числу", JUNE): ("2025-06-30", "2025-07-15"),
    # feasts
    ("by Christmas", JUNE): ("2025-06-30", "2025-12-25"),
    ("before Christmas 2026", JUNE): ("2025-06-30", "2026-12-24"),
    ("before New Year's Eve", JUNE): ("2025-06-30", "2025-12-30"),
    ("by Easter", JUNE): ("2025-06-30", "2026-04-05"),
    ("by Easter 2027", JUNE): ("2025-06-30", "2027-03-28"),
    ("к Пасхе 2027 года", JUNE): ("2025-06-30", "2027-05-02"),
    ("к Рождеству", JUNE): ("2025-06-30", "2026-01-07"),
    ("ко Дню Победы", JUNE): ("2025-06-30", "2026-05-09"),
    ("by the new year", JUNE): ("2025-06-30", "2025-12-31"),
    ("in the new year", JUNE): ("2026-01-01", "2026-12-31"),
    ("под Новый год", JUNE): ("2025-12-31", "2025-12-31"),
    # decades
    ("this decade", JUNE): ("2025-06-30", "2029-12-31"),
    ("in the early 2030s", JUNE): ("2030-01-01", "2033-12-31"),
    ("by the mid-2030s", JUNE): ("2025-06-30", "2034-12-31"),
    ("in the late 2030s", JUNE): ("2036-01-01", "2039-12-31"),
    ("в первой половине 2030-х годов", JUNE): ("2030-01-01", "2034-12-31"),
    # some units of a period
    ("in the first two months of 2026", JUNE): ("2026-01-01", "2026-02-28"),
    ("the last week of July", JUNE): ("2025-07-25", "2025-07-31"),
    ("in the second week of July", JUNE): ("2025-07-08", "2025-07-14"),
    ("в первые два месяца года", JUNE): ("2026-01-01", "2026-02-28"),
    ("в последние два месяца года", JUNE): ("2025-11-01", "2025-12-31"),
    ("во второй декаде августа", JUNE): ("2025-08-11", "2025-08-20"),
    # parts of a week: three days
    ("early next week", JUNE): ("2025-07-07", "2025-07-09"),
    ("в конце недели", JUNE): ("2025-07-04", "2025-07-06"),
    ("к началу следующей недели", JUNE): ("2025-06-30", "2025-07-06"),
    ("next Tuesday, 8 July", JUNE): ("2025-07-08", "2025-07-08"),
    # spelled and shortened
    ("by end-2026", JUNE): ("2025-06-30", "2026-12-31"),
    ("at some point in 2026", JUNE): ("2026-01-01", "2026-12-31"),
    ("well into next year", JUNE): ("2025-06-30", "2026-12-31"),
    ("2027 at the latest", JUNE): ("2025-06-30", "2027-12-31"),
    ("for another six months", JUNE): ("2025-06-30", "2025-12-30"),
    ("между 2026 и 2028 годами", JUNE): ("2026-01-01", "2028-12-31"),
    ("по итогам года", JUNE): ("2025-06-30", "2025-12-31"),
    ("later this year", JUNE): ("2025-06-30", "2025-12-31"),
    ("позднее в этом году", JUNE): ("2025-06-30", "2025-12-31"),
    ("уже этим летом", JUNE): ("2025-06-30", "2025-08-31"),
    ("for the whole of 2026", JUNE): ("2026-01-01", "2026-12-31"),
    ("весь 2026 год", JUNE): ("2026-01-01", "2026-12-31"),
    ("before the year is out", JUNE): ("2025-06-30", "2025-12-31"),
    ("as early as next month", JUNE): ("2025-07-01", "2025-07-31"),
    ("ориентировочно в марте", JUNE): ("2026-03-01", "2026-03-31"),
    ("к лету 2026-го", date(2026, 5, 1)): ("2026-05-01", "2026-05-31"),
    ("в 2026/27 году", JUNE): ("2026-01-01", "2027-12-31"),
    ("within 48 hours", JUNE): ("2025-06-30", "2025-07-02"),
    ("in less than a year", JUNE): ("2025-06-30", "2026-06-30"),
    ("within two and a half years", JUNE): ("2025-06-30", "2027-12-30"),
    ("не позднее чем через месяц", JUNE): ("2025-06-30", "2025-07-30"),
    # without an end
    ("in 2028 at the earliest", JUNE): ("2028-01-01", "9999-12-31"),
    ("самое раннее в 2028 году", JUNE): ("2028-01-01", "9999-12-31"),
    ("not until 2027", JUNE): ("2027-01-01", "9999-12-31"),
    ("не раньше чем через год", JUNE): ("2026-06-30", "9999-12-31"),
    ("beginning in autumn", JUNE): ("2025-09-01", "9999-12-31"),
    ("after 1 March 2026", JUNE): ("2026-03-02", "9999-12-31"),
    ("2026 onwards", JUNE): ("2026-01-01", "9999-12-31"),
    ("не раньше марта 2026", JUNE): ("2026-03-01", "9999-12-31"),
    ("open", JUNE): ("2025-06-30", "9999-12-31"),
    ("no date", JUNE): ("2025-06-30", "9999-12-31"),
    ("бессрочно", JUNE): ("2025-06-30", "9999-12-31"),
}

# phrase, article's date: opens, closes, the other reading's opens and closes, a word of the doubt
DOUBTS: dict[tuple[str, date], tuple[str, str, str, str, str]] = {
    ("late summer and early autumn of 2025", JUNE): ("2025-07-16", "2025-10-15", "2025-08-01", "2025-09-30", "August"),
    ("winter 2026", JUNE): ("2026-12-01", "2027-02-28", "2025-12-01", "2026-02-28", "December 2026"),
    ("winter 2025", JANUARY): ("2025-12-01", "2026-02-28", "2025-01-10", "2025-02-28", "February 2025"),
    ("next October", JUNE): ("2025-10-01", "2025-10-31", "2026-10-01", "2026-10-31", "next calendar year"),
    ("late 2025", JUNE): ("2025-09-01", "2025-12-31", "2025-10-01", "2025-12-31", "October to December"),
    ("end of 2025", JUNE): ("2025-10-01", "2025-12-31", "2025-12-01", "2025-12-31", "December"),
    ("in six months", JUNE): ("2025-06-30", "2025-12-30", "2025-12-01", "2025-12-31", "not before"),
    ("через полгода", JUNE): ("2025-12-01", "2025-12-31", "2025-06-30", "2025-12-30", "until then"),
    ("two weeks from now", OCTOBER): ("2025-11-03", "2025-11-09", "2025-10-20", "2025-11-03", "until then"),
    ("over the next year", JUNE): ("2025-06-30", "2026-06-30", "2026-01-01", "2026-12-31", "calendar year"),
    ("within the year", JUNE): ("2025-06-30", "2025-12-31", "2025-06-30", "2026-06-30", "whole year"),
    ("в течение года", JUNE): ("2025-06-30", "2026-06-30", "2025-06-30", "2025-12-31", "this calendar year"),
    ("до 1 марта", JUNE): ("2025-06-30", "2026-03-01", "2025-06-30", "2026-02-28", "до"),
    ("by 2030", JUNE): ("2025-06-30", "2029-12-31", "2025-06-30", "2030-12-31", "include"),
    ("к лету", JUNE): ("2025-06-30", "2026-05-31", "2025-06-30", "2026-08-31", "include"),
    ("by early 2026", JUNE): ("2025-06-30", "2026-04-30", "2025-06-30", "2025-12-31", "before it begins"),
    ("03/04/2026", JUNE): ("2026-04-03", "2026-04-03", "2026-03-04", "2026-03-04", "4 March"),
    ("in the coming days", JUNE): ("2025-06-30", "2025-07-07", "2025-06-30", "2025-07-14", "no number of days"),
    ("within weeks", JUNE): ("2025-06-30", "2025-08-11", "2025-06-30", "2025-09-22", "no number of weeks"),
    ("in the months ahead", JUNE): ("2025-06-30", "2025-12-30", "2025-06-30", "2026-06-30", "no number of months"),
    ("within a few years", JUNE): ("2025-06-30", "2030-06-30", "2025-06-30", "2035-06-30", "no number of years"),
    ("в ближайшие недели", JUNE): ("2025-06-30", "2025-08-11", "2025-06-30", "2025-09-22", "no number of weeks"),
    ("in a matter of weeks", JUNE): ("2025-06-30", "2025-08-11", "2025-06-30", "2025-09-22", "no number of weeks"),
    ("a few weeks from now", JUNE): ("2025-06-30", "2025-08-11", "2025-06-30", "2025-09-22", "no number of weeks"),
    ("через считанные дни", JUNE): ("2025-06-30", "2025-07-07", "2025-06-30", "2025-07-14", "no number of days"),
    ("на днях", JUNE): ("2025-06-30", "2025-07-07", "2025-06-30", "2025-07-14", "no number of days"),
    ("the final months of 2025", JUNE): ("2025-10-01", "2025-12-31", "2025-09-01", "2025-12-31", "how many months"),
    ("в первых числах августа", JUNE): ("2025-08-01", "2025-08-05", "2025-08-01", "2025-08-10", "how many days"),
    ("within 3 to 6 months", JUNE): ("2025-06-30", "2025-12-30", "2025-06-30", "2025-09-30", "shorter"),
    ("within a year or two", JUNE): ("2025-06-30", "2027-06-30", "2025-06-30", "2026-06-30", "shorter"),
    ("в течение трёх-шести месяцев", JUNE): ("2025-06-30", "2025-12-30", "2025-06-30", "2025-09-30", "shorter"),
    ("через год-полтора", JUNE): ("2026-06-01", "2026-12-31", "2025-06-30", "2026-12-30", "until then"),
    ("через месяц-два", JUNE): ("2025-07-01", "2025-08-31", "2025-06-30", "2025-08-30", "until then"),
    ("лет через пять", JUNE): ("2030-01-01", "2030-12-31", "2025-06-30", "2030-06-30", "until then"),
    ("next Friday", JUNE): ("2025-07-04", "2025-07-04", "2025-07-11", "2025-07-11", "next week"),
    ("next weekend", JUNE): ("2025-07-12", "2025-07-13", "2025-07-05", "2025-07-06", "comes first"),
    ("over Christmas", date(2025, 12, 20)): ("2025-12-25", "2025-12-25", "2025-12-20", "2026-01-01", "around it"),
    ("by the end of the decade", JUNE): ("2025-06-30", "2029-12-31", "2025-06-30", "2030-12-31", "end of 2030"),
    ("by 2027 or 2028", JUNE): ("2025-06-30", "2027-12-31", "2025-06-30", "2026-12-31", "earlier of the two"),
    ("к лету или осени 2026 года", JUNE): (
        "2025-06-30",
        "2026-08-31",
        "2025-06-30",
        "2026-05-31",
        "earlier of the two",
    ),
    ("до 2030 года", JUNE): ("2025-06-30", "2029-12-31", "2025-06-30", "2030-12-31", "include"),
    ("в первом полугодии", JUNE): ("2025-06-30", "2025-06-30", "2026-01-01", "2026-06-30", "over"),
}

# phrase: what the error says
ERRORS = {
    "soon": "no dates in “soon”",
    "banana": "no dates in “banana”",
    "banana 2025": "cannot read “banana”",
    "some day": "cannot read “some”",
    "когда-нибудь": "cannot read “когда”",
    "": "empty",
    " \n": "empty",
    "-": "no dates",
    "by the end of": "no dates",
    "5": "cannot make dates of “5”",
    "2025-07-16/": "cannot make dates",
    "October 2025 or": "cannot make dates",
    "16 July 2025 17": "from “17” on",
    "September twenty-one": "cannot read",
    "Friday October": "cannot make dates",
    "the end of late summer": "from “late summer” on",
    "within 0 days": "leaves no time",
    "in the near future": "cannot read “near”",
    "в ближайшее время": "cannot read “время”",
    "by the end of the season": "cannot read “season”",
    "in the 5th week of February 2026": "has no week 5",
    "the first two years of October": "cannot make dates",
    "the second months of 2026": "cannot make dates",
    "by the 32nd": "cannot make dates",
    "by summer or autumn": "cannot make dates",
    "this spring or so": "was over on 2025-05-31",
    "31 February 2026": "there is no 31 February 2026",
    "31 февраля": "there is no 31 February",
    "29 February 2026": "there is no 29 February 2026",
    "2025-13-01": "there is no month 13",
    "5th quarter of 2026": "no quarter 5",
    "2025-10-15/2025-07-16": "16 July 2025 is before 15 October 2025",
    "from 15 October to 16 July 2025": "16 July 2025 is before 15 October 2025",
    "from 2027 to 2026": "is before 1 January 2027",
    "summer 2025 and spring 2026": "do not follow each other",
    "16 July 3025": "the year 3025 is outside 1900 to 2200",
    "1812": "the year 1812 is outside",
    "16 juillet 3025": "leaves the years 1900 to 2200",
    "within 300 years": "beyond the year 2200",
    "within 99999999999999999999 days": "beyond the year 2200",
    "October 2024": "was over on 2024-10-31",
    "this spring": "was over on 2025-05-31",
    "by 1 March 2025": "was over before the article",
    "before 2025": "was over before the article",
    "in 2025 " * 40: "320 characters",
}


def window(opens: str, closes: str) -> Window:
    return Window(date.fromisoformat(opens), date.fromisoformat(closes))


@pytest.mark.parametrize(("phrase", "published"), READINGS)
def test_a_phrase_means_these_days(phrase: str, published: date) -> None:
    assert read_window(phrase, published).window == window(*READINGS[phrase, published])


@pytest.mark.parametrize(("phrase", "published"), DOUBTS)
def test_a_phrase_without_one_common_reading_shows_the_other(phrase: str, published: date) -> None:
    opens, closes, other_opens, other_closes, why = DOUBTS[phrase, published]
    reading = read_window(phrase, published)
    assert (reading.window, reading.other) == (window(opens, closes), window(other_opens, other_closes))
    assert why in reading.doubt


@pytest.mark.parametrize("phrase", ERRORS)
def test_what_cannot_be_read_is_an_error_with_a_mend(phrase: str) -> None:
    with pytest.raises(WindowError) as caught:
        read_window(phrase, JUNE)
    assert ERRORS[phrase] in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        ("2025-07-16/2025-10-15", "16 July to 15 October 2025"),
        ("16 июля", "16 July 2025"),
        ("осенью", "autumn 2025: 1 September to 30 November 2025"),
        ("winter 2025/26", "winter 2025–26: 1 December 2025 to 28 February 2026"),
        ("до конца года", "until the end of 2025: 30 June to 31 December 2025"),
        ("в этом году", "2025, from the article's date: 30 June to 31 December 2025"),
        ("через полгода", "6 months after the article, December 2025: 1 to 31 December 2025"),
        ("бессрочно", "no end: 30 June 2025 and after"),
    ],
)
def test_the_meaning_is_told_in_plain_english(phrase: str, meaning: str) -> None:
    assert read_window(phrase, JUNE).meaning == meaning


def test_a_phrase_that_everyone_reads_alike_leaves_no_doubt() -> None:
    reading = read_window("by the end of 2025", JUNE)
    assert (reading.phrase, reading.other, reading.doubt) == ("by the end of 2025", None, "")


def test_an_article_of_an_impossible_year_is_an_error() -> None:
    with pytest.raises(WindowError, match="an article of 9999-12-31"):
        read_window("next year", date.max)


# Every form of every name of the calendar is read: the vocabulary has no row without its proof.
SENTENCES: dict[str, Callable[[str], str]] = {
    "month": lambda word: f"{word} 2027",
    "season": lambda word: f"{word} 2027/28" if word.startswith(("win", "зим")) else f"{word} 2027",
    "number": lambda word: f"within {word} weeks",
    "ordinal": lambda word: f"{word} quarter of 2027",
    "part": lambda word: f"{word} 2027",
    "edge": lambda word: f"{word} 2027",
    "which": lambda word: f"{word.replace('*', 'ий')} quarter",
    "weekday": lambda word: f"by {word}" if word.isascii() else f"к {word}",
    "ahead": lambda word: f"by {word}",
    "holiday": lambda word: f"by {word} 2027",
    "feast": lambda word: f"by {word} 2027",
}


@pytest.mark.parametrize("role", SENTENCES)
def test_every_form_of_a_word_means_the_same(role: str) -> None:
    text = importlib.resources.files("tracker.windows").joinpath("words.yaml").read_text("utf-8")
    table: dict[object, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)[role]
    windows = {
        value: {read_window(SENTENCES[role](form.removesuffix("*")), OCTOBER).window for form in forms}
        for value, forms in table.items()
    }
    assert all(len(found) == 1 for found in windows.values())
    assert len(set.union(*windows.values())) == len(windows)


DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
ARTICLES = st.dates(date(1950, 1, 1), date(2150, 12, 31))
EVERY = st.sampled_from([phrase for phrase, _ in [*READINGS, *DOUBTS]])
RELATIVE = st.sampled_from(
    sorted(phrase for phrase, _ in [*READINGS, *DOUBTS] if not any(character in phrase for character in "12'/"))
)


@given(DAYS, DAYS, ARTICLES)
def test_two_written_days_are_read_as_they_stand(one: date, another: date, published: date) -> None:
    expected = Window(min(one, another), max(one, another))
    for phrase in (
        f"{expected.opens}/{expected.closes}",
        str(expected),
        f"{expected.opens:%d.%m.%Y} – {expected.closes}",
    ):
        assert read_window(phrase, published).window == expected


@given(DAYS, ARTICLES)
def test_a_window_without_an_end_is_read_back_from_its_text(opens: date, published: date) -> None:
    assert read_window(str(Window(opens, date.max)), published).window == Window(opens, date.max)


@given(DAYS, st.integers(0, 5000), ARTICLES)
def test_the_days_of_a_window_in_words_are_read_back(opens: date, length: int, published: date) -> None:
    window = Window(opens, min(opens + timedelta(days=length), date(2200, 12, 31)))
    # A single day that is past cannot be meant.
    article = published if length else min(published, opens)
    assert read_window(in_days(window), article).window == window


@given(EVERY, ARTICLES)
def test_the_plain_words_of_a_reading_mean_its_window(phrase: str, published: date) -> None:
    with contextlib.suppress(WindowError):
        reading = read_window(phrase, published)
        assert read_window(reading.meaning.rpartition(": ")[2], published).window == reading.window


@given(EVERY, st.sampled_from([str.upper, str.title, str.casefold]), st.sampled_from([" ", "  ", "\t", "\n "]))
def test_case_spaces_and_quotes_do_not_matter(phrase: str, cased: Callable[[str], str], space: str) -> None:
    published = next(day for text, day in [*READINGS, *DOUBTS] if text == phrase)
    altered = read_window(f"«{space.join(cased(phrase).split(' '))}».{space}", published)
    plain = read_window(phrase, published)
    assert (altered.window, altered.other) == (plain.window, plain.other)


@given(RELATIVE, ARTICLES)
def test_a_relative_phrase_never_looks_back(phrase: str, published: date) -> None:
    with contextlib.suppress(WindowError):  # "this spring" in autumn
        reading = read_window(phrase, published)
        assert reading.window.opens >= published
        assert reading.other is None or reading.other.opens >= published
        assert (reading.other is None) == (reading.doubt == "")


WORDS = sorted(
    {word for phrase, _ in [*READINGS, *DOUBTS] for word in phrase.split()} | set(ERRORS) - {"in 2025 " * 40}
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), ARTICLES)
@example(["0", "July", "0"], JUNE)
def test_any_words_give_a_window_or_a_clear_error(words: list[str], published: date) -> None:
    with contextlib.suppress(WindowError):
        reading = read_window(" ".join(words), published)
        assert reading.window.days >= 1
        assert reading.other != reading.window


@given(st.text(max_size=30))
def test_any_text_gives_a_window_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(WindowError):
        assert read_window(text, JUNE).window.days >= 1


def test_a_day_named_in_any_form_is_within_the_year_it_names() -> None:
    for offset in range(0, 366, 17):
        day = JUNE + timedelta(days=offset)
        words = (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b %Y}")
        for written in (*words, f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}"):
            assert read_window(written, JUNE).window == Window(day, day)
