"""Is something else of the same looks taken for the event? Other actors, places, objects and stages of it."""

from __future__ import annotations

from decoys.cases import SILENT, Case, case

LOOK_ALIKES: dict[str, Case] = {
    "the rover is not the lander": case(
        "lander",
        SILENT,
        "9 India's rover rolls onto the Moon",
        "9 Индийский луноход проехал по Луне сто метров",
        "10 Indian orbiter photographs lunar south pole",
    ),
    "another country's lander, with this one looking on": case(
        "lander",
        SILENT,
        "9 Japan's lander touches down on the Moon as India watches",
        "9 Японский модуль сел на Луну, Индия поздравляет",
    ),
    "a seat is not the seat": case(
        "seat",
        SILENT,
        "9 Greens win seat in Eastford as Labour holds Westford",
        "9 «Зелёные» получили место в Истфорде, Вестфорд остался за лейбористами",
        "9 Greens win Westford council seat",
    ),
    "a merchant ship is not a warship": case(
        "warship",
        SILENT,
        "9 Houthi missile hits bulk carrier in the Red Sea",
        "9 Destroyer comes to the aid of tanker hit in the Red Sea",
        "9 В Красном море подбит танкер, на помощь идёт фрегат",
    ),
    "a warship that hits is not one that is hit": case(
        "warship",
        SILENT,
        "9 US destroyer shoots down drones over the Red Sea",
        "9 Frigate in the Red Sea downs two Houthi missiles",
    ),
    "the party is not the parliament": case(
        "agents law",
        SILENT,
        "9 Georgian Dream party backs law on foreign agents",
        "9 Правящая партия Грузии поддержала закон об иноагентах",
    ),
    "a committee is not the plenary": case(
        "agents law",
        SILENT,
        "9 Georgian parliament committee approves law on foreign agents",
        "9 Комитет парламента Грузии одобрил закон об иноагентах",
        "9 Юридический комитет грузинского парламента поддержал законопроект об иноагентах",
    ),
    "the first reading is not the adoption": case(
        "agents law",
        SILENT,
        "9 Georgian parliament passes foreign agents bill in first reading",
        "9 Парламент Грузии принял закон об иноагентах в первом чтении",
    ),
    "the province is not the town of its name": case(
        "town",
        SILENT,
        "9 Russian forces capture two villages in Zaporizhzhia region",
        "9 Россия заняла село в Запорожской области",
        "9 Russian army seizes settlement near Zaporizhzhia",
    ),
    "a subsidiary is not the company": case(
        "bankrupt",
        SILENT,
        "9 Gazprom subsidiary in Berlin files for bankruptcy",
        "9 «Дочка» Газпрома признана банкротом",
        "9 Former arm of Gazprom declared insolvent",
    ),
    "the deputy and the predecessor are not the minister": case(
        "minister",
        SILENT,
        "9 Serbian deputy defence minister resigns",
        "9 Замминистра обороны Сербии подал в отставку",
        "9 Acting defence minister of Serbia resigns from party",
    ),
    "Georgia on the Chattahoochee is not Georgia on the Kura": case(
        "tbilisi",
        SILENT,
        "9 Georgia governor Kemp declares state of emergency as storm nears Savannah",
        "9 Georgia declares state of emergency over Atlanta floods",
        "9 В штате Джорджия ввели режим чрезвычайного положения",
    ),
    "the other Congo": case(
        "kinshasa",
        SILENT,
        "9 Soldiers seize power in Brazzaville",
        "9 Coup in the Republic of the Congo: army ousts Sassou Nguesso",
        "9 В Республике Конго произошёл военный переворот",
    ),
    "the first round is not the run-off": case(
        "run-off",
        SILENT,
        "9 Noboa wins first round of Ecuador election",
        "9 Нобоа победил в первом туре выборов в Эквадоре",
        "9 Noboa and Gonzalez go to runoff in Ecuador presidential election",
    ),
    "the House is not the Senate": case(
        "senate",
        SILENT,
        "9 House passes crypto bill, sends it to Senate",
        "9 Senate panel approves crypto bill",
        "9 House approves crypto bill as Senate waits",
    ),
    "a test of the engine is not a launch": case(
        "starship",
        SILENT,
        "9 SpaceX fires Starship engines on the pad in static test",
        "9 SpaceX провела огневые испытания двигателей Starship",
        "9 Starship rolls out to its launch pad",
    ),
    "a rehearsal is not a launch": case(
        "starship",
        SILENT,
        "9 SpaceX completes launch rehearsal of Starship rocket",
        "9 SpaceX провела репетицию запуска ракеты Starship",
    ),
    "an envoy of another state": case(
        "recall",
        SILENT,
        "9 Russia summons Azerbaijani ambassador",
        "9 Москва вызвала посла Азербайджана",
        "9 Azerbaijan's ambassador recalls his years in Russia",
    ),
    "the nephew is not the general": case(
        "general",
        SILENT,
        "9 Haftar's nephew killed in crash",
        "9 Племянник Хафтара погиб в аварии",
    ),
    "a mourner is not the dead": case(
        "general",
        SILENT,
        "9 Haftar mourns officer killed in Sirte",
        "9 Хафтар выразил соболезнования семьям погибших",
    ),
}
