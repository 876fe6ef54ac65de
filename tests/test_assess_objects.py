"""Is a deed told of those whom the matched words name, and done to them?

Headlines with their matched words in brackets.
"""

from __future__ import annotations

import re

import pytest

from tracker.assess import Assessment, assess
from tracker.model import Assertion


def judged(marked: str) -> Assessment:
    """The assessment of a headline of which the bracketed words are those that a query matched."""
    spans, title = [], ""
    for piece in re.split(r"(\[[^\]]+\])", marked):
        if piece.startswith("["):
            spans.append((len(title), len(title) + len(piece) - 2))
        title += piece.strip("[]")
    return assess(title, "", spans, in_title=True)


TOLD = [
    # a headline in which the deed is that of the one named, and done to the one named; one in which it is not
    ("[Ukraine] [joins] [NATO] after long wait", "[Ukraine] [joins] [NATO] exercise"),
    ("[Moldova] [joins] the [EU] as 28th member", "[Moldova] [joins] [EU] roaming zone"),
    ("[Boris Johnson] [quits] as [UK] leader", "[Hungary] [quits] [NATO] fuel programme"),
    ("[Amazon] [buys] [Intel] for $120bn", "[Amazon] [buys] [Intel] chips"),
    ("[Amazon] [buys] all of [Intel]", "[Amazon] [buys] [Intel's] Irish plant"),
    ("[Amazon] купила производителя чипов [Intel]", "[Amazon] [купил] процессоры [Intel]"),
    ("[Сбербанк] [купил] [Яндекс]", "[Сбербанк] [купил] у [Яндекса] сервис такси"),
    ("[Молдавия] [вступила] в состав [ЕС]", "[Молдавия] [вступила] в программу [ЕС]"),
    ("[Turkey] [bans] [Discord] nationwide", "[Turkey] [bans] gambling ads on [Discord]"),
    ("[Turkey] [bans] access to [Discord]", "[Turkey] [bans] 300 [Discord] servers"),
    ("[EU] [bans] imports of [Russian] oil", "[France] [bans] employees from [WhatsApp]"),
    ("[UK] [blocks] [Microsoft]-[Activision] deal", "[Nepal] [blocks] [Instagram] accounts"),
    ("[Роскомнадзор] [заблокировал] мессенджер [Telegram]", "[Роскомнадзор] [заблокировал] звонки в [Telegram]"),
    ("[Telegram] [заблокирован] по требованию [Роскомнадзора]", "[Роскомнадзор] [заблокировал] [Telegram]-каналы"),
    ("[India] [strikes] [Pakistan] military bases", "[India] [strikes] [Pakistan] water deal"),
    ("[India] [attacks] [Pakistan], killing 20", "[India] [attacks] [Pakistan's] record on terror"),
    ("[China] [attacks] [Taiwan] at dawn", "[China] [attacks] [Taiwan's] president in editorial"),
    ("[Putin] [meets] [Aliyev] for talks", "[Putin] [meets] [Aliyev's] conditions"),
    ("[Xi] [meets] [Bill] [Gates]", "[Putin] [meets] [Aliyev] halfway"),
    ("[США] [атаковали] [Венесуэлу] ракетами", "[США] [атаковали] [Венесуэлу] санкциями"),
    ("[Arsenal] [win] [Premier League] at last", "[Arsenal] [win] [Premier League] match"),
    ("[AfD] [wins] state [election]", "[AfD] [wins] praise in state [election]"),
    ("[NASA] [launches] [Artemis] to the Moon", "[NASA] [launches] probe into [Artemis]"),
    ("[Hackers] [attack] [Kyiv] after speech", "[Orban] [attacks] [Kyiv] in speech"),
    ("[Apple] [releases] foldable [iPhone]", "[Apple] supplier [releases] foldable [iPhone]"),
    ("[Israel]'s army [strikes] port", "[Israel] ally [strikes] port"),
    ("[Zelensky] [resigns]", "[Zelensky] accepts [resignation] of minister"),
    ("[Maduro]: I [resign]", "[Maduro]: Petro [resigns] with honour"),
    ("[Verstappen] [wins] title, says Norris", "[Verstappen] says Norris [wins] title"),
    ("[Netanyahu] is [convicted]", "[Netanyahu] meets [convicted] spy"),
    ("«[Зенит]» [победил] в Риме", "Воспитанник «[Зенита]» [победил] в Риме"),
    ("[Мадуро] [ушёл] в [отставку], заявила Мачадо", "[Мадуро] [уйдёт] в [отставку], заявила Мачадо"),
    ("[Мадуро] ушёл в [отставку]", "[Мадуро] уйдёт в [отставку], заявила Мачадо"),
]


@pytest.mark.parametrize(("own", "another"), TOLD, ids=lambda headline: headline[:50])
def test_a_deed_counts_only_of_those_who_are_named(own: str, another: str) -> None:
    assert judged(own).assertion is Assertion.AFFIRMED, judged(own).reason
    assert judged(another).assertion in {Assertion.HEDGED, Assertion.PLANNED}, judged(another).reason


def test_a_name_in_the_gap_of_a_cue_leaves_it_standing() -> None:
    assert judged("Qatar talks [Iran] out of [attack] on [Israel]").assertion is Assertion.DENIED
    assert judged("Protesters [arrested] for violence at [Turkish] rally").assertion is Assertion.AFFIRMED
