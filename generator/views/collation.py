"""The order of words in a list: as Vietnamese dictionaries print it, and as Lao ones do.

Vietnamese goes syllable by syllable, letters before tones: a ă â … d đ e ê …, then level, huyền, hỏi, ngã, sắc, nặng.
Lao goes by the consonant a syllable begins with, also where a vowel is written before it; tones count last. Both
keys put digits before letters and take no notice of capitals and punctuation. Letters of the other script come last.
"""

import re
import unicodedata
from functools import lru_cache

from generator.labels import Language

LATIN = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
# Marks that make another letter, not a tone: breve, circumflex, horn.
LETTER_MARKS = "\u0306\u0302\u031b"

# The order of the Unicode collation table, which follows Lao dictionaries.
LAO = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"
LAO_VOWELS = "ະັາຳິີຶືຸູົຼຽເແໂໃໄ"
LAO_TONES = "່້໊໋໌ໍ"
LAO_LIGATURES = str.maketrans({"ໜ": "ຫນ", "ໝ": "ຫມ"})
LEAD_VOWEL = re.compile(r"([ເແໂໃໄ])([ກ-ຮໜໝ])")

# Digits, or letters with their marks: Python does not count Lao vowel signs as word characters.
PIECE = re.compile(r"\d+|(?:[^\W\d_]|[\u0300-\u036f\u0eb1-\u0ebc\u0ec8-\u0ecd])+")

Key = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]

_LATIN_RANK = {letter: rank for rank, letter in enumerate(LATIN, 1)}
_LAO_RANK = {letter: rank for rank, letter in enumerate(LAO + LAO_VOWELS, 1)}
_LETTERS_OF = {"vi": _LATIN_RANK, "lo": _LAO_RANK}
_DIGITS = 1
_OWN = 2
_FOREIGN = 1000


@lru_cache(maxsize=8192)
def sort_key(text: str, language: Language) -> Key:
    """What to sort `text` by in a list of `language`: a pair of letters and tones for each syllable or word."""
    return tuple(_piece(piece, language) for piece in PIECE.findall(_decomposed(text)))


def initial(text: str, language: Language) -> str:
    """The letter a list of `language` files `text` under: capital or consonant; `#` for digits and other scripts."""
    for piece in sort_key(text, language)[:1]:
        rank = piece[0][0] - _OWN if piece[0] else 0
        for letter, own in _LETTERS_OF[language].items():
            if rank == own:
                return letter.upper()
    return "#"


def _decomposed(text: str) -> str:
    """Lower case with tones apart and the letters ă â ê ô ơ ư whole; Lao lead vowels after their consonant."""
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        # In decomposed text a dot below comes before a circumflex or breve: the letter is one further back.
        at = -2 if len(letters) > 1 and letters[-1] in TONES else -1
        if character in LETTER_MARKS and letters:
            letters[at] = unicodedata.normalize("NFC", letters[at] + character)
        else:
            letters.append(character)
    return LEAD_VOWEL.sub(r"\2\1", "".join(letters)).translate(LAO_LIGATURES)


def _piece(piece: str, language: Language) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if piece.isdecimal():
        return (_DIGITS, int(piece)), ()
    ranks = _LETTERS_OF[language]
    tones = TONES if language == "vi" else LAO_TONES
    letters = []
    marks = []
    for character in piece:
        if character in tones:
            marks.append(tones.index(character) + 1)
        elif character in ranks:
            letters.append(_OWN + ranks[character])
        else:
            letters.append(_FOREIGN + ord(character))
    return tuple(letters), tuple(marks)
