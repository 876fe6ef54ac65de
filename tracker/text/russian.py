"""What form is a Russian word in, and what is its dictionary form or its nominative? By the dictionary of pymorphy3.

The dictionary is read when the first word is asked for, which takes a fifth of a second: English texts never wait.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from tracker.text.language import is_russian

_LIKELY = 0.45  # a reading of a word that is less probable is not relied upon
_LETTERS = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie"} | {
    "ь": "",
    "ю": "iu",
    "я": "ia",
}
_LATIN = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True)) | _LETTERS
_UNKNOWN = 0.02  # the weight of a part of a name that the dictionary knows as no name in that case
_PROPER = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr")
_NAME_PARTS = ("Name", "Surn", "Patr")
_GOVERNED = {
    **dict.fromkeys(("словам", "мнению", "оценке", "прогнозу", "у", "от", "из", "для", "без", "кроме"), "gent"),
    **dict.fromkeys(("к", "ко"), "datv"),
    **dict.fromkeys(("с", "со", "над", "между"), "ablt"),
    **dict.fromkeys(("о", "об", "при"), "loct"),
}
_SHORTEST_OFFICE = 3  # letters
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The dictionary form of a word's most probable reading.

    >>> lemma("подпишут"), lemma("санкций")
    ('подписать', 'санкция')
    """
    return str(_readings(word)[0].normal_form)


@lru_cache(maxsize=50_000)
def part_of_speech(word: str) -> str:
    """The part of speech of a word's most probable reading, as OpenCorpora names it: VERB, INFN, NOUN, ADJF, PRTS …

    >>> part_of_speech("подписать"), part_of_speech("бюджет")
    ('INFN', 'NOUN')
    """
    return str(_readings(word)[0].tag.POS or "")


@lru_cache(maxsize=50_000)
def is_future(word: str) -> bool:
    """Whether a word is a verb in the future tense.

    >>> [is_future(word) for word in ("вырастет", "снизится", "растет", "снижается", "бюджет")]
    [True, True, False, False, False]
    """
    return any(reading.score >= _LIKELY and "futr" in reading.tag for reading in _readings(word))


@lru_cache(maxsize=50_000)
def is_imperative(word: str) -> bool:
    """Whether a verb may tell several to do something, as well as what they will do.

    >>> is_imperative("спросите"), is_imperative("скажете"), is_imperative("вырастет")
    (True, False, False)
    """
    return any("impr" in reading.tag and "plur" in reading.tag for reading in _readings(word))


@lru_cache(maxsize=50_000)
def future_person(word: str) -> str:
    """Whose future a verb tells, as OpenCorpora names person and number; empty for what is no verb in the future.

    >>> [future_person(word) for word in ("отвечу", "начнем", "вырастет", "бюджет")]
    ['1per sing', '1per plur', '3per sing', '']
    """
    found = next((reading.tag for reading in _readings(word) if "futr" in reading.tag), None)
    return f"{found.person} {found.number}" if found and found.person else ""


@lru_cache(maxsize=50_000)
def past_forms(word: str) -> tuple[str, ...]:
    """The past tense of a verb in the future: he, she, they; none of another word.

    >>> past_forms("отзовет"), past_forms("посол")
    (('отозвал', 'отозвала', 'отозвали'), ())
    """
    if not is_future(word):
        return ()
    verb = next(reading for reading in _readings(word) if "futr" in reading.tag)
    forms = [verb.inflect(form) for form in ({"past", "masc"}, {"past", "femn"}, {"past", "plur"})]
    return tuple(form.word.replace("ё", "е") for form in forms if form)


@lru_cache(maxsize=50_000)
def is_finite(word: str) -> bool:
    """Whether a word is a verb with a person or a tense, or a short form that stands for one ("уверен", "подписан")."""
    reading = _readings(word)[0]
    return bool(reading.tag.POS in ("VERB", "PRTS", "ADJS", "PRED"))


@lru_cache(maxsize=50_000)
def is_past(word: str) -> bool:
    """Whether a word is a verb in the past tense."""
    reading = _readings(word)[0]
    return "past" in reading.tag and reading.tag.POS == "VERB"


@lru_cache(maxsize=50_000)
def is_first_name(word: str) -> bool:
    """Whether a word is a person's first name in Russian letters, in any case."""
    return is_russian(word) and any(reading.score >= _LIKELY and "Name" in reading.tag for reading in _readings(word))


@lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """Whether a Russian word is one of the dictionary's, and never a name of a person, a place or a house.

    A noun of a living being that does not stand in the nominative may be a surname all the same.

    >>> [is_common(word) for word in ("Вероятность", "Базу", "Петров", "Стрельцов")]
    [True, True, False, False]
    """
    if not is_russian(word) or not _analyzer().word_is_known(word):
        return False
    tags = [reading.tag for reading in _readings(word)]
    if any(mark in tag for tag in tags for mark in _PROPER):
        return False
    return any("NOUN" not in tag or "nomn" in tag or "inan" in tag for tag in tags)


@lru_cache(maxsize=50_000)
def is_genitive(word: str) -> bool:
    """Whether a word may be a noun or adjective in the genitive."""
    nominal = ("NOUN", "ADJF", "PRTF", "NUMR", "NPRO")
    return any("gent" in reading.tag and reading.tag.POS in nominal for reading in _readings(word))


@lru_cache(maxsize=50_000)
def may_be_subject(word: str) -> bool:
    """Whether a word may stand in the nominative; so may any that is not Russian, or a surname that looks otherwise.

    >>> [may_be_subject(word) for word in ("Ведомости", "Ведомостями", "Минфина", "Тагиев", "Reuters")]
    [True, False, False, True, True]
    """
    if not is_russian(word):
        return True
    readings = _readings(word)
    if any("nomn" in reading.tag or not reading.tag.case for reading in readings):
        return True
    if any({"Name", "plur", "gent"} in reading.tag for reading in readings):
        return True  # "Галлямов" is a surname as well as several of a first name
    return not _analyzer().word_is_known(word) and any(reading.tag.case in ("gent", "accs") for reading in readings)


@lru_cache(maxsize=50_000)
def is_land_of(word: str) -> bool:
    """Whether a word is the name of a place in the genitive, and in no other case but such as look alike: «Японии»."""
    readings = _readings(word)
    return any({"Geox", "gent"} in reading.tag for reading in readings) and not may_be_subject(word)


@lru_cache(maxsize=50_000)
def is_plural(word: str) -> bool:
    """Whether a word's most probable reading is a plural."""
    return "plur" in _readings(word)[0].tag


@lru_cache(maxsize=50_000)
def is_animate(word: str) -> bool:
    """Whether a word is a noun of a living being: «миллиардер», «аналитика»."""
    return any("anim" in reading.tag and reading.tag.POS == "NOUN" for reading in _readings(word))


@lru_cache(maxsize=50_000)
def agree(adjective: str, noun: str) -> bool:
    """Whether an adjective may belong to a noun: they share case, number and gender.

    >>> agree("валютный", "фонд"), agree("валютного", "фонд"), agree("новый", "ждет")
    (True, False, False)
    """
    forms = {_form(reading.tag) for reading in _readings(adjective) if reading.tag.POS == "ADJF"}
    return any(_form(reading.tag) in forms for reading in _readings(noun) if reading.tag.POS == "NOUN")


def _form(tag: Any) -> tuple[str, str, str]:  # noqa: ANN401
    kind = tag.animacy if tag.case == "accs" and (tag.number == "plur" or tag.gender == "masc") else ""
    return str(tag.case), str(tag.number), f"{tag.gender if tag.number == 'sing' else ''} {kind or ''}"


@lru_cache(maxsize=50_000)
def case_after(word: str) -> str:
    """The case of a name that stands behind a word: that of an office, or what a preposition governs; else empty.

    >>> [case_after(word) for word in ("аналитик", "аналитика", "словам", "с", "вчера")]
    ['nomn', 'gent', 'gent', 'ablt', '']
    """
    if case := _GOVERNED.get(word, ""):
        return case
    if len(word) < _SHORTEST_OFFICE:
        return ""  # «и» stands for a name too, as an initial
    tags = [reading.tag for reading in _readings(word) if reading.tag.POS == "NOUN" and "sing" in reading.tag]
    living = [tag for tag in tags if "anim" in tag]
    return str(living[0].case) if living else ""


@lru_cache(maxsize=50_000)
def nominative_of_house(name: str) -> str:
    """The name of a body in the nominative: the words up to its noun change, those behind it stay.

    >>> nominative_of_house("Международного валютного фонда"), nominative_of_house("Банке России")
    ('Международный валютный фонд', 'Банк России')
    """
    parts = name.split()
    for number, part in enumerate(parts):
        if part_of_speech(part.casefold()) == "ADJF":
            continue
        noun = next((r for r in _readings(part.casefold()) if r.tag.POS == "NOUN" and r.tag.case), None)
        if noun is None:
            break
        changed = [_agreeing(before, noun) for before in parts[:number]]
        plain = noun.inflect({"nomn"})
        return " ".join([*changed, _capitalised_as(plain.word, part) if plain else part, *parts[number + 1 :]])
    return name


def _agreeing(word: str, noun: Any) -> str:  # noqa: ANN401
    """An adjective in the nominative that agrees with a noun; of several such forms the one most like the word."""
    wanted = {"nomn", noun.tag.number} | ({noun.tag.gender} if noun.tag.number == "sing" else set())
    forms = [
        form.word
        for reading in _readings(word.casefold())
        if reading.tag.POS == "ADJF"
        for form in reading.lexeme
        if wanted in form.tag
    ]
    likest = max(forms, key=lambda form: _shared(form, word.casefold()), default="")
    return _capitalised_as(likest, word) if likest else word


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _capitalised_as(word: str, like: str) -> str:
    plain = word if "ё" in like.casefold() else word.replace("ё", "е")
    return plain[:1].upper() + plain[1:] if like[0].isupper() else plain


@lru_cache(maxsize=50_000)
def gender(name: str) -> str:
    """The gender of a person by a Russian first name in the nominative, "masc" or "femn"; empty where it is not known.

    >>> gender("Дина Шарипова"), gender("Иван Петров"), gender("John Brown")
    ('femn', 'masc', '')
    """
    for part in name.split():
        if is_russian(part) and _analyzer().word_is_known(part):
            told = [reading.tag for reading in _readings(part) if "Name" in reading.tag]
            for tag in sorted(told, key=lambda tag: "nomn" not in tag):
                if tag.gender in ("masc", "femn"):
                    return str(tag.gender)
    return ""


@lru_cache(maxsize=50_000)
def nominative(name: str, case: str = "") -> str:
    """The name of a person in the nominative; words that are no name in Russian stay as they are.

    `case` is the one it stands in, as OpenCorpora names it ("gent"), where that is known. Surname and first name agree
    in gender, so that "Анны Петровой" is "Анна Петрова" and "Ивана Петрова" is "Иван Петров".

    >>> nominative("Ивана Петрова"), nominative("Анны Ивановой"), nominative("Аверина", "gent")
    ('Иван Петров', 'Анна Иванова', 'Аверин')
    >>> nominative("Кириллом Тремаском"), nominative("Инарой Вилкасте")
    ('Кирилл Тремаск', 'Инара Вилкасте')
    """
    parts = name.split()
    best = max(
        (_in_case(parts, case, gender) for case in ([case] if case else _CASES) for gender in ("masc", "femn")),
        key=lambda found: found[0],
    )
    return " ".join(best[1])


def _in_case(parts: list[str], case: str, gender: str) -> tuple[float, list[str]]:
    """How probable it is that a name stands in this case and gender, and its nominative if it does."""
    forms, weight = [], 1.0
    for part in parts:
        fits = [
            reading
            for reading in _readings(part)
            if (_is_name(reading) or (len(parts) == 1 and _is_place(reading)))
            and case in reading.tag
            and gender in reading.tag
            and "sing" in reading.tag
        ]
        inflected = (fits[0].inflect({"nomn", "sing", gender}) or fits[0].inflect({"nomn"})) if fits else None
        weight *= fits[0].score if fits else _UNKNOWN
        forms.append(_capitalised(inflected.word, part) if inflected else _by_ending(part, case, gender))
    return weight, forms


_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
# The endings of surnames that the dictionary does not have, by case and gender, and what they are in the nominative.
_ENDINGS = {
    ("gent", "masc"): ((rf"(?<={_CONSONANT})а$", ""),),
    ("accs", "masc"): ((rf"(?<={_CONSONANT})а$", ""),),
    ("datv", "masc"): ((rf"(?<={_CONSONANT})у$", ""),),
    ("ablt", "masc"): ((r"(?<=[оеи][внм])ым$", ""), (rf"(?<={_CONSONANT})[ое]м$", "")),
    ("loct", "masc"): ((rf"(?<={_CONSONANT})е$", ""),),
    ("gent", "femn"): ((r"(?<=[вн])ой$", "а"),),
    ("datv", "femn"): ((r"(?<=[вн])ой$", "а"),),
    ("ablt", "femn"): ((r"(?<=[вн])ой$", "а"),),
    ("loct", "femn"): ((r"(?<=[вн])ой$", "а"),),
}


def _by_ending(part: str, case: str, gender: str) -> str:
    """The nominative of a surname that the dictionary does not have, by the ending of its case."""
    for ending, plain in _ENDINGS.get((case, gender), ()):
        if re.search(ending, part):
            return re.sub(ending, plain, part)
    return part


def latin(text: str) -> str:
    """Russian letters by Latin ones, roughly as in passports (ICAO Doc 9303); other characters stay.

    >>> latin("Цена нефти упадёт")
    'tsena nefti upadet'
    """
    return "".join(_LATIN.get(letter, letter) for letter in text.casefold())


def _is_name(reading: Any) -> bool:  # noqa: ANN401
    return any(part in reading.tag for part in _NAME_PARTS)


def _is_place(reading: Any) -> bool:  # noqa: ANN401
    return any(part in reading.tag for part in ("Orgn", "Geox"))


def _capitalised(word: str, like: str) -> str:
    """A dictionary's word with the capitals that names have; ё only where the text writes it."""
    if like.casefold().startswith(word):
        return like[: len(word)]  # "АвтоВАЗе" is of "АвтоВАЗ"
    plain = word if "ё" in like.casefold() else word.replace("ё", "е")
    return "-".join(part[:1].upper() + part[1:] for part in plain.split("-"))


@lru_cache(maxsize=50_000)
def _readings(word: str) -> list[Any]:
    # pymorphy3 asks Unicode for the name of each character, and fails on one that has none.
    word = "".join(letter for letter in word if unicodedata.name(letter, ""))
    found: list[Any] = _analyzer().parse(word)
    return found


@cache
def _analyzer() -> Any:  # noqa: ANN401
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
