"""Do the same reports settle two opposite forecasts oppositely? Every case says what becomes of either."""

from __future__ import annotations

from decoys.cases import NO, TORN, YES, Case

OPPOSITE_ANSWERS: dict[str, Case] = {
    "one side wins the final": (
        {"riverton": YES, "eastham": NO},
        ("14 Riverton beat Eastham 2-1 in the final", "14 «Ривертон» обыграл «Истхэм»"),
    ),
    "the other side wins it": (
        {"riverton": NO, "eastham": YES},
        ("14 Eastham beat Riverton on penalties", "14 «Истхэм» обыграл «Ривертон» по пенальти"),
    ),
    "in the passive": (
        {"riverton": NO, "eastham": YES},
        ("14 Riverton beaten by Eastham in the final", "14 Riverton were defeated by Eastham at the last"),
    ),
    "the rate is held": (
        {"rate hold": YES, "rate cut": NO},
        ("17 Fed holds rates steady", "17 ФРС оставила ставку без изменений"),
    ),
    "the rate is cut": (
        {"rate hold": NO, "rate cut": YES},
        ("17 Fed cuts rates for first time this year", "17 ФРС снизила ставку на четверть пункта"),
    ),
    "the rate is raised": (
        {"rate hold": NO, "rate cut": NO},
        ("17 Fed raises rates to 5%", "17 ФРС повысила ставку"),
    ),
    "held, with a cut in view": (
        {"rate hold": YES, "rate cut": NO},
        ("17 Fed holds rates, signals cut later", "17 ФРС сохранила ставку, снижение ожидается в декабре"),
    ),
    "it lands": (
        {"lander": YES, "crash": NO},
        ("9 India's lander touches down on the Moon", "9 India lander makes soft landing near lunar south pole"),
    ),
    "it crashes": (
        {"lander": NO, "crash": YES},
        ("9 India's lander crashes into the Moon", "9 Indian lander smashes into lunar surface"),
    ),
    "convicted": (
        {"conviction": YES, "acquittal": NO},
        ("9 Banker Orlov found guilty of fraud", "9 Суд признал банкира Орлова виновным"),
    ),
    "acquitted": (
        {"conviction": NO, "acquittal": YES},
        ("9 Banker Orlov acquitted of fraud", "9 Суд оправдал банкира Орлова"),
    ),
    "not guilty": (
        {"conviction": NO, "acquittal": YES},
        ("9 Banker Orlov found not guilty", "9 Banker Orlov cleared of fraud"),
    ),
    "houses that disagree": (
        {"riverton": TORN, "eastham": TORN},
        (
            "14 Riverton beat Eastham",
            "14 «Ривертон» обыграл «Истхэм»",
            "14 Eastham beat Riverton",
            "14 «Истхэм» обыграл «Ривертон»",
        ),
    ),
}
