"""Which sentences are proposed as forecasts, how are they read, and why is the rest left out?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.extract import ArticleText, Proposal, Why, extract
from tracker.ledger.quotes import plain

DAY = date(2026, 1, 15)
ROOT = Path(__file__).parents[1]


def one(text: str) -> Proposal:
    """The one proposal of a text."""
    (proposal,) = extract(ArticleText(text, DAY)).proposals
    return proposal


# sentence: (probability from, to, expects, claim)
FORECASTS = {
    "The two presidents will meet in Geneva.": (0.8, 1.0, "happens", "The two presidents will meet in Geneva."),
    "Oil will not reach $200.": (0.0, 0.1, "does not happen", "Oil will reach $200."),
    "Oil will probably not reach $200.": (0.2, 0.3, "does not happen", "Oil will reach $200."),
    "Oil will almost certainly not reach $200.": (0.05, 0.1, "does not happen", "Oil will reach $200."),
    "Цены почти наверняка не вырастут.": (0.03, 0.1, "does not happen", "Цены вырастут."),
    "There will be no coalition in May.": (0.0, 0.1, "does not happen", "Coalition in May."),
    "Baku is quite likely to respond.": (0.7, 0.8, "happens", "Baku will respond."),
    "Baku is very unlikely to respond.": (0.1, 0.15, "does not happen", "Baku will respond."),
    "Baku is not likely to respond.": (0.1, 0.3, "does not happen", "Baku will respond."),
    "It is not ruled out that Israel will strike Iran.": (0.1, 0.3, "happens", "Israel will strike Iran."),
    "A second war cannot be ruled out.": (0.1, 0.3, "happens", "A second war."),
    "It is unlikely that the government falls before June.": (
        *(0.1, 0.3, "does not happen"),
        "The government falls before June.",
    ),
    "The possibility of a complete break seems unlikely.": (0.1, 0.3, "does not happen", "A complete break."),
    "There is a 70% chance of a recession in Germany.": (0.7, 0.7, "happens", "A recession in Germany."),
    "I doubt that Washington will sell its stake.": (0.1, 0.35, "does not happen", "Washington will sell its stake."),
    "Prices may well double by May.": (0.5, 0.7, "happens", "Prices will double by May."),
    "The response might not be so intense.": (0.2, 0.4, "happens", "The response will not be so intense."),
    "Estonia is likely to approve the cable by May, energy analyst Priit Tamm told this paper on Monday.": (
        *(0.6, 0.8, "happens"),
        "Estonia will approve the cable by May.",
    ),
    "Lithuania, for its part, will not return to the grid.": (
        *(0.0, 0.1, "does not happen"),
        "Lithuania will return to the grid.",
    ),
    "Стороны вряд ли подпишут договор.": (0.1, 0.3, "does not happen", "Стороны подпишут договор."),
    "Не исключено, что посла отзовут.": (0.1, 0.3, "happens", "Посла отзовут."),
    "Скорее всего, стороны подпишут договор.": (0.7, 0.8, "happens", "Стороны подпишут договор."),
    "Стороны не подпишут договор.": (0.0, 0.1, "does not happen", "Стороны подпишут договор."),
    "Вероятность рецессии составляет 30%.": (0.3, 0.3, "happens", "Рецессии."),
    "Разрыв отношений маловероятен.": (0.1, 0.3, "does not happen", "Разрыв отношений."),
    "Санкции могут усилиться осенью.": (0.3, 0.5, "happens", "Санкции могут усилиться осенью."),
    # Named as what is expected, without a verb of the future.
    "A cut in March is our base case.": (0.6, 0.9, "happens", "A cut in March."),
    "She puts Brent at $80 next year.": (0.6, 0.9, "happens", "Brent at $80 next year."),
    "Inflation should fall to 2% by June.": (0.6, 0.9, "happens", "Inflation will fall to 2% by June."),
    "By Christmas the truce will have collapsed.": (0.8, 1.0, "happens", "By Christmas the truce will have collapsed."),
    "Prices go up another 40% in the first quarter.": (
        *(0.8, 1.0, "happens"),
        "Prices go up another 40% in the first quarter.",
    ),
    "What it will not do is open the road to Nyala.": (
        0.0,
        0.1,
        "does not happen",
        "What it will do is open the road to Nyala.",
    ),
    "I make it 60-40 that the government falls.": (0.6, 0.6, "happens", "The government falls."),
    "His time will come, but not this year.": (0.0, 0.1, "does not happen", "His time will come."),
    "No deal before March.": (0.0, 0.1, "does not happen", "Deal before March."),
    "К концу года — 95 рублей за доллар.": (0.6, 0.9, "happens", "К концу года — 95 рублей за доллар."),
    "Наш базовый сценарий — снижение ставки до 13%.": (0.6, 0.9, "happens", "Снижение ставки до 13%."),
    "Вероятность войны цен, подобной той, невелика.": (0.1, 0.3, "does not happen", "Войны цен, подобной той."),
    "I would be astonished to see a deal before 2029.": (0.1, 0.3, "does not happen", "A deal before 2029."),
    "Рецессия неизбежна.": (0.95, 1.0, "happens", "Рецессия."),
    "Контракт подпишут, но не в этом году.": (0.0, 0.1, "does not happen", "Контракт подпишут."),
    "Союзу не бывать.": (0.0, 0.1, "does not happen", "Союзу бывать."),
    # Denied, or joined to something else, so that the words nearest to the event would mislead.
    "It is impossible to believe that Manchester City will miss out.": (
        *(0.0, 0.1, "does not happen"),
        "Manchester City will miss out.",
    ),
    "A snap election in May is not on the cards.": (0.1, 0.3, "does not happen", "A snap election in May."),
    "A third term for the mayor is not a foregone conclusion.": (
        *(0.3, 0.5, "happens"),
        "A third term for the mayor.",
    ),
    "The move won't be seen as wise, and they have certainly been slow.": (
        *(0.0, 0.1, "does not happen"),
        "The move will be seen as wise, and they have certainly been slow.",
    ),
    "The election, which pits two generals against each other, could end in a draw.": (
        *(0.3, 0.5, "happens"),
        "The election will end in a draw.",
    ),
    "I believe Liverpool (2nd) will be overtaken.": (0.6, 0.8, "happens", "Liverpool will be overtaken."),
    "The refund checks won't see the light of day.": (
        *(0.0, 0.1, "does not happen"),
        "The refund checks will see the light of day.",
    ),
    "The chances of a price under $2,000 are nil.": (0.0, 0.0, "does not happen", "A price under $2,000."),
    "No party is going to win a majority.": (0.0, 0.1, "does not happen", "A party will win a majority."),
    "Ждать ослабления рубля до выборов не следует.": (
        *(0.2, 0.3, "does not happen"),
        "Ослабления рубля до выборов.",
    ),
    "Рубль должен укрепиться к весне.": (0.6, 0.9, "happens", "Рубль должен укрепиться к весне."),
}


@pytest.mark.parametrize("sentence", FORECASTS)
def test_a_forecast_is_read(sentence: str) -> None:
    least, most, expects, claim = FORECASTS[sentence]
    proposal = one(sentence)
    assert least <= proposal.likelihood.probability <= most
    assert proposal.expects.value == expects
    assert proposal.claim == claim or len(claim.split()) < 2


LEFT_OUT = {
    "Will the truce hold until May?": Why.QUESTION,
    "Nobody knows whether the truce will hold.": Why.QUESTION,
    "Iran could have pressured Baku in recent years.": Why.PAST,
    "The treaty was expected to be signed last year.": Why.PAST,
    "It is likely that the leadership believes its envoys.": Why.PRESENT,
    "The incident is likely being used for the same purpose.": Why.PRESENT,
    "We hope that the war will end in May.": Why.WISH,
    "Baku would prefer Moscow to remain neutral.": None,
    "The company plans to open a factory that will make cars.": Why.PLAN,
    "A new government will usually raise taxes.": Why.GENERAL,
    "Ankara's strategy could affect the balance of power.": Why.VAGUE,
    "Something will give sooner or later.": Why.VAGUE,
    "Others doubt that it will come at all.": Why.NOBODY,
    "They met in Geneva on Monday.": None,
    "Неизвестно, когда закончится война.": Why.QUESTION,
    "Надеюсь, что война закончится в мае.": Why.WISH,
    "Компания обещает, что откроет завод в мае.": Why.PLAN,
    "Время покажет, кто прав.": Why.VAGUE,
    "Я отвечу, что за руль было удобно держаться.": Why.PLAN,
    "С коллегой я соглашусь только отчасти.": Why.PLAN,
    "Начнём с хорошего.": Why.PLAN,
    "Цены снижаются третий месяц подряд.": None,
    "That does not mean that prices will fall in May.": Why.REJECTED,
    "Это совсем не значит, что доллар упадет.": Why.REJECTED,
    "He may be unpopular at home, but he is liked abroad.": Why.PRESENT,
    "It is difficult to predict because there are two sides.": Why.QUESTION,
    # The same words in another use.
    "The company has three factories in Poland.": None,
    "She puts the blame on the governor.": None,
    "The score was 60-40 at the break.": None,
    "The race starts in June.": None,
    "The law takes effect in January.": None,
    "The fall in prices by June hurts the poor.": None,
    "Readers will have noticed the price.": Why.PAST,
    "The minister is set to visit Paris on Monday.": Why.PLAN,
    "She expects her staff to be on time.": Why.PRESENT,
    "Нам придется уехать в мае.": Why.PLAN,
    "Через год скажете, что знали все.": Why.VAGUE,
    "Депутаты должны принять закон до июня.": None,
    "Прием заявок — до 1 июня.": None,
    "Мы ждем ваших писем до 1 марта.": Why.PRESENT,
    "Саммит пройдет в июне в Казани.": Why.PLAN,
}


@pytest.mark.parametrize("sentence", LEFT_OUT)
def test_what_is_no_forecast_is_left_out_with_its_reason(sentence: str) -> None:
    found = extract(ArticleText(sentence, DAY))
    assert found.proposals == ()
    assert [left.why for left in found.left_out] == [why for why in [LEFT_OUT[sentence]] if why]
    assert len(found.left_out) + found.others == 1


# question, answer: (probability from, to, claim, phrase of time); None where the answer foretells nothing
ANSWERS = {
    ("Will it hold?", "More likely than not."): (0.5, 0.7, "It will hold.", ""),
    ("Will the truce survive?", "Until the summer, yes."): (
        *(0.8, 1.0),
        "Yes to the question: will the truce survive.",
        "Until the summer",
    ),
    ("Will the army return?", "Not before May."): (
        0.0,
        0.1,
        "Yes to the question: will the army return.",
        "before May",
    ),
    ("Премьер останется?", "Едва ли."): (0.1, 0.3, "Премьер останется.", ""),
    ("Зимой будут отключения?", "На правом берегу — нет."): (0.0, 0.1, "Зимой будут отключения.", "Зимой"),
    ("Who will win the cup?", "Norway, I think."): (*(0.6, 0.8), "Norway will win the cup.", ""),
    ("Кто выйдет в финал?", "Думаю, «Торпедо»."): (*(0.6, 0.8), "Торпедо выйдет в финал.", ""),
    ("Откроют ли мост?", "Не раньше мая."): (0.0, 0.1, "Откроют ли мост.", "раньше мая"),
    ("Премьера уволят?", "Уволят."): (0.8, 1.0, "Премьера уволят.", ""),
    ("Премьера уволят?", "Не уволят."): (0.0, 0.1, "Премьера уволят.", ""),
    ("So, will he go?", "No, he won't."): (0.0, 0.1, "He will go.", ""),
    ("Will it be over by May?", "Certainly not before June."): (0.0, 0.1, "It will be over by May.", "before June"),
    ("Премьера уволят?", "Уволился."): None,
    ("Who will win the cup?", "Nobody knows."): None,
    ("Who told you so?", "Norway."): None,
    ("Will it hold?", "Perhaps."): None,
    ("Will it hold?", "No."): None,
    ("Who will win?", "Most likely."): None,
    ("Was he right?", "Probably."): None,
    ("Он ошибся?", "Скорее всего."): None,
}


@pytest.mark.parametrize("case", ANSWERS, ids=" ".join)
def test_a_short_answer_foretells_what_was_asked(case: tuple[str, str]) -> None:
    question, answer = case
    proposals = extract(ArticleText(f"{question} {answer}", DAY)).proposals
    if (expected := ANSWERS[case]) is None:
        assert proposals == ()
        return
    (proposal,) = proposals
    least, most, claim, phrase = expected
    assert proposal.sentence == answer
    assert least <= proposal.likelihood.probability <= most
    assert proposal.claim == claim
    assert (proposal.window.is_default, proposal.window.phrase) == (not phrase, phrase or "within 12 months")


def test_a_condition_ends_where_the_next_subject_begins() -> None:
    proposal = one("If they come third they will change their leader by June.")
    assert proposal.condition == "If they come third"
    assert one("I would be surprised if the truce held until May.").condition == ""
    assert one("They will win it; if both are fit it will be easy.").condition == ""


def test_the_time_of_one_forecast_is_not_that_of_the_one_before_it() -> None:
    first, second = extract(ArticleText("Prices will fall in the shops, but rents could rise by March.", DAY)).proposals
    assert (first.window.is_default, second.window.phrase) == (True, "by March")


def test_what_stands_before_a_word_of_the_future_may_foretell_in_the_present() -> None:
    text = "Two of the five makers drop out by May; I would be amazed if Norway held on."
    first, second = extract(ArticleText(text, DAY)).proposals
    assert (first.claim, first.window.phrase) == ("Two of the five makers drop out by May.", "by May")
    assert (second.claim, second.expects.value) == ("Norway held on.", "does not happen")


def test_a_sentence_may_hold_two_forecasts() -> None:
    text = "Tensions will last for some time, but they are unlikely to lead to a break."
    first, second = extract(ArticleText(text, DAY)).proposals
    assert (first.claim, second.claim) == ("Tensions will last for some time.", "Tensions will lead to a break.")
    assert (first.expects.value, second.expects.value) == ("happens", "does not happen")


def test_two_clauses_beside_each_other_are_two_forecasts() -> None:
    first, second = extract(ArticleText("Цены вырастут к маю, рубль едва ли укрепится.", DAY)).proposals
    assert (first.claim, first.expects.value) == ("Цены вырастут к маю.", "happens")
    assert (second.claim, second.expects.value) == ("Рубль укрепится.", "does not happen")


def test_a_condition_is_kept_in_the_articles_words() -> None:
    proposal = one("If oil prices continue to fall, Azerbaijan will cut its budget.")
    assert (proposal.condition, proposal.claim) == (
        "If oil prices continue to fall",
        "Azerbaijan will cut its budget.",
    )
    assert one("Если цены упадут, Баку сократит бюджет.").condition == "Если цены упадут"
    assert one("Azerbaijan will cut its budget in May.").condition == ""


def test_the_time_of_a_forecast_is_the_one_that_follows_its_verb() -> None:
    proposal = one("In December the bank said that output would reach 310,000 tonnes by the end of 2026.")
    assert (proposal.window.phrase, proposal.window.is_default) == ("by the end of 2026", False)
    assert str(proposal.window.reading.window) == "2026-01-15 to 2026-12-31"


def test_a_forecast_without_a_time_has_a_default_that_says_so() -> None:
    proposal = one("The two presidents will meet in Geneva.")
    assert proposal.window.is_default
    assert str(proposal.window.reading.window) == "2026-01-15 to 2027-01-15"
    assert "no time is named" in proposal.reason


@pytest.mark.parametrize(
    "sentence", ["It is only a matter of time before the truce collapses.", "Рано или поздно цены вырастут."]
)
def test_what_is_a_matter_of_time_has_no_end(sentence: str) -> None:
    proposal = one(sentence)
    assert (proposal.window.phrase, proposal.window.is_default) == ("open", True)
    assert proposal.window.reading.window.closes == date.max


def test_the_day_on_which_somebody_speaks_is_not_that_of_the_forecast() -> None:
    assert one("John Brown told MPs on Monday that Tunisia will default.").window.is_default


def test_a_length_of_time_after_a_condition_is_no_date() -> None:
    assert one("If the levy comes, the premium will double within days.").window.is_default
    assert not one("The premium will double within days.").window.is_default


def test_would_is_a_forecast_only_in_what_somebody_said() -> None:
    assert one("Ms Brown said that the coalition would collapse.").likelihood.probability > 0.8
    assert extract(ArticleText("That would leave two companies in the world.", DAY)).proposals == ()


def test_the_authors_announcements_are_no_forecasts_in_a_report() -> None:
    text = (
        "“Oil will fall to $50 by May,” said John Brown. “Gas will follow in June,” he said. "
        "“Coal will not,” he added. “I doubt that coal will fall,” said Mary White.\n"
        "The ministers will meet in Vienna on Friday."
    )
    assert "The ministers" not in " ".join(proposal.claim for proposal in extract(ArticleText(text, DAY)).proposals)
    assert one("The ministers will agree on a cut in Vienna on Friday.")


def test_headings_are_not_read() -> None:
    assert extract(ArticleText("Oil will fall to $50\n\nNothing happened.", DAY)).proposals == ()


def seed() -> ArticleText:
    return ArticleText((ROOT / "seeds" / "azerbaijan-cuts-ties.txt").read_text("utf-8"), date(2025, 6, 30))


def test_all_forecasts_of_the_panel_are_proposed_with_forecaster_and_likelihood() -> None:
    document = yaml.safe_load((ROOT / "forecasts" / "azerbaijan-cuts-ties.yaml").read_text("utf-8"))
    from tracker.likelihood import read_likelihood

    left = list(extract(seed()).proposals)
    for forecast in document["forecasts"]:
        said = read_likelihood(forecast["likelihood"])
        quote = plain(forecast["quote"]).strip("'")
        fitting = [
            proposal
            for proposal in left
            if (plain(proposal.sentence) in quote or quote in plain(proposal.sentence))
            and proposal.forecaster == forecast["forecaster"]
            and said.low - 0.011 <= proposal.likelihood.probability <= said.high + 0.011
            and proposal.expects.value == forecast["expects"]
        ]
        assert fitting, forecast["id"]
        left.remove(fitting[0])
    assert len(left) <= 14
