"""Does half of an event pass for the whole? Questions of two parts, of which the reports establish but one."""

from __future__ import annotations

from decoys.cases import SILENT, YES, Case, case

ONE_OF_TWO_PARTS: dict[str, Case] = {
    "signed, and the border to open": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign treaty, border to open in spring",
        "9 Армения и Азербайджан подписали договор, границу откроют весной",
        "9 Armenia, Azerbaijan sign treaty but border stays closed, opening put off",
    ),
    "open, and the treaty unsigned": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan open border, treaty not signed",
        "9 Армения и Азербайджан открыли границу, но договор не подписан",
        "9 Armenia and Azerbaijan open border before signing treaty",
    ),
    "signed, and nothing of the border": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign peace treaty",
        "9 Армения и Азербайджан подписали мирный договор",
    ),
    "signed, with hope for the border": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign treaty, may open border",
        "9 Армения и Азербайджан подписали договор и могут открыть границу",
        "9 Armenia and Azerbaijan sign treaty, hope to reopen border",
    ),
    "resigned, and no dissolution": case(
        "resigns and dissolves",
        SILENT,
        "9 Bulgarian premier resigns",
        "9 Bulgarian premier resigns, president refuses to dissolve parliament",
        "9 Премьер Болгарии ушёл в отставку, парламент не распущен",
    ),
    "dissolved, and the premier stays": case(
        "resigns and dissolves",
        SILENT,
        "9 Bulgaria's president dissolves parliament, premier refuses to resign",
        "9 Президент Болгарии распустил парламент",
        "9 Bulgaria dissolves parliament as premier may resign",
    ),
    "resigned, with threats of dissolution": case(
        "resigns and dissolves",
        SILENT,
        "9 Bulgarian premier resigns, president threatens to dissolve parliament",
        "9 Премьер Болгарии ушёл в отставку, президент грозит распустить парламент",
    ),
    "launched, and lost on the way": case(
        "launch and orbit",
        SILENT,
        "9 South Korea launches rocket, satellite fails to enter orbit",
        "9 Южная Корея запустила ракету, но спутник не вышел на орбиту",
    ),
    "launched, and due in orbit": case(
        "launch and orbit",
        SILENT,
        "9 South Korea launches rocket, satellite to enter orbit on Friday",
        "9 Южная Корея запустила ракету, спутник выйдет на орбиту завтра",
        "9 South Korea launches rocket",
    ),
    "a truce, and no hostages yet": case(
        "truce and hostages",
        SILENT,
        "9 Gaza truce begins, Hamas to free hostages on Sunday",
        "9 В Газе началось перемирие, ХАМАС не освободил заложников",
        "9 Gaza truce begins, hostages not freed yet",
    ),
    "hostages, and no truce": case(
        "truce and hostages",
        SILENT,
        "9 Hamas frees two hostages, no Gaza truce in sight",
        "9 ХАМАС освободил двух заложников, перемирия в Газе нет",
        "9 Hamas frees two hostages ahead of Gaza truce",
    ),
    "the two parts, told by different houses, are a person's to put together": case(
        "treaty and border",
        SILENT,
        "9 Armenia and Azerbaijan sign peace treaty",
        "12 Armenia and Azerbaijan open border",
    ),
    "both done": case(
        "treaty and border",
        YES,
        "9 Armenia and Azerbaijan sign treaty, open border",
        "9 Армения и Азербайджан подписали мирный договор и открыли границу",
    ),
}
