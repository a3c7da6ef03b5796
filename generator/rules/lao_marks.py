"""Lao is stored in one spelling: marks in order, ຳ ໜ ໝ as one letter, no space before ຳ."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem
from generator.reading.handbook import Handbook
from generator.rules.values import QUOTING_KINDS, Value, is_spelling, iter_values

CODE = "lao-marks"

_LAO = re.compile("[\u0e80-\u0eff]")
_WORD = re.compile("[\u0e80-\u0eff]+(?: +[ຳໍ][\u0e80-\u0eff]*)*")
_ANY_SPACE_BEFORE_AM = re.compile(" +(?=[ຳໍ])")
_DOUBLED = re.compile("([ັິີຶືຸູົໍ່-໋])\\1+")
_TONE_FIRST = re.compile("([່-໋])([ັິີຶືຸູົໍຼ]+)")
_SPLIT_AM = re.compile("ໍ([່-໋]?)າ")
_TONE_AFTER_AM = re.compile("ຳ([່-໋])")
_HO = re.compile("ຫ([ນມ])")
_HO_LETTER = {"ນ": "ໜ", "ມ": "ໝ"}
_TONE_BEFORE_WO = re.compile("(?<![ເແໂໃໄ])([ກຂຄຮ])([່-໋])ວ(?=[າັ])")


def level(text: str) -> str:
    """The one spelling in which Lao is stored."""
    text = unicodedata.normalize("NFC", text)
    text = _ANY_SPACE_BEFORE_AM.sub("", text)
    text = text.replace("ເເ", "ແ").replace("ໞ", "ຫງ")
    text = _DOUBLED.sub(r"\1", text)
    text = _TONE_FIRST.sub(r"\2\1", text)
    text = _SPLIT_AM.sub(r"\1ຳ", text)
    text = _TONE_AFTER_AM.sub(r"\1ຳ", text)
    text = _HO.sub(lambda match: _HO_LETTER[match[1]], text)
    return _TONE_BEFORE_WO.sub(r"\1ວ\2", text)


def _unlevel(text: str) -> bool:
    return bool(_LAO.search(text)) and level(text) != text


def check(handbook: Handbook, today: date) -> Iterator[Problem]:
    """A problem for each Lao word that is typed in another order of signs, with the right form."""
    for value in iter_values(handbook, _unlevel, kinds_left_out=QUOTING_KINDS):
        if is_spelling(value.path):
            continue
        for found in _WORD.findall(value.text):
            if level(found) != unicodedata.normalize("NFC", found):
                yield _problem(value, found)
                break


def _problem(value: Value, found: str) -> Problem:
    expected = level(found)
    return value.problem(CODE, found=found, expected=expected, codes=_code_points(expected))


def _code_points(text: str) -> str:
    return " ".join(f"{ord(letter):04X}" for letter in text)
