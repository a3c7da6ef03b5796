"""Figures of a text in either language, brought to one form: numbers, dates, money, articles.

The two sides of a pair are compared by these. `18/6/2025` and `18 ມິຖຸນາ 2025`, `1,5 triệu kíp` and
`1.500.000 ກີບ` are equal; a figure written as a word or in Roman numerals answers for one in digits.
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from generator.rules.lao_digits import TO_LATIN

FigureKind = Literal["number", "date", "money", "article"]

LAO_MONTHS = (
    "ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ",
    "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ",
)  # fmt: skip
_MONTH = re.compile("|".join(LAO_MONTHS))
_DIGIT_OR_MONTH = re.compile(rf"\d|{'|'.join(LAO_MONTHS)}")

_SCALES = {
    "nghìn tỷ": 12, "ngàn tỷ": 12, "nghìn tỉ": 12, "tỷ": 9, "tỉ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3,
    "ພັນຕື້": 12, "ຕື້": 9, "ລ້ານ": 6, "ແສນ": 5, "ໝື່ນ": 4, "ພັນ": 3,
}  # fmt: skip
_CURRENCIES = {
    "VND": ("đồng", "vnđ", "vnd", "₫", "ດົງ"),
    "LAK": ("kíp", "lak", "₭", "ກີບ"),
    "USD": ("đô la mỹ", "đô la", "đô-la", "usd", "us$", "$", "ໂດລາສະຫະລັດ", "ໂດລາ"),
    "THB": ("baht", "bạt", "thb", "ບາດ"),
    "CNY": ("nhân dân tệ", "cny", "ຢວນ"),
}
_CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words}

_NUMBER = r"\d+(?:[.,]\d+)*"
_LATIN_WORD = r"(?![^\W\d_])"
_SCALE = "|".join(f"{word}{_LATIN_WORD if word[0] < 'ກ' else ''}" for word in _SCALES)
_MONEY_WORD = "|".join(
    re.escape(word) + (_LATIN_WORD if word[-1].isalpha() and word[0] < "ກ" else "")
    for word in sorted(_CURRENCY_OF, key=len, reverse=True)
)
_SCALED = rf"(?P<number>{_NUMBER})(?:\s*(?P<scale>{_SCALE}))?(?:\s*(?P<currency>{_MONEY_WORD}))?"
_DATE = (
    r"(?P<day>[0-3]?\d)(?:(?:[/.-])(?P<month>[01]?\d)[/.-]|\s+tháng\s+(?P<month_long>[01]?\d)\s+năm\s+)(?P<year>[12]\d{3})(?![\d.,/]{0,40}\d)"
    r"|tháng\s+(?P<month_vi>[01]?\d)(?:[/.-]|\s+năm\s+)(?P<year_vi>[12]\d{3})(?!\d)"
    r"|(?P<day_lo>[0-3]?\d)\s+(?P<name>M\d\d)\s+(?P<year_lo>[12]\d{3})(?!\d)"
    r"|(?P<name_only>M\d\d)\s+(?P<year_name>[12]\d{3})(?!\d)"
    r"|ເດືອນ\s*(?P<month_lo>[01]?\d)(?:[/.-]|\s*ປີ\s*)(?P<year_month>[12]\d{3})(?!\d)"
)
_ARTICLE = r"(?:Điều|điều|ມາດຕາ)\s+(?P<articles>\d+(?:\s*(?:,|và|đến|-|–|ແລະ|ຫາ|ຫຼື|hoặc)\s*\d+(?![\d./]*/))*)"
_FIGURE = re.compile(rf"(?<![\d/])(?:{_DATE})|{_ARTICLE}|M(?P<month_alone>\d\d)|{_SCALED}", re.IGNORECASE)
# The Vietnamese name behind a Lao one repeats its figures: ທາງຫຼວງແຫ່ງຊາດ 9 (Quốc lộ 9).
_NAME_IN_BRACKETS = re.compile(
    "\\((?=[^()\u0e80-\u0eff]*+\\))[^()\u0e80-\u0eff]*[^\\W\\d_\u0e80-\u0eff][^()\u0e80-\u0eff]*\\)"
)
_ROMAN = re.compile(r"(?<![^\W_])(?=[IVX]{1,6}(?![^\W_]))X{0,3}(?:IX|IV|V?I{0,3})(?![^\W_])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}

_WORDS: dict[int, tuple[str, ...]] = {
    0: ("không", "ສູນ"),
    1: ("một", "mỗi", "duy nhất", "ໜຶ່ງ", "ດຽວ", "ລະ", "ຕໍ່"),
    2: ("hai", "đôi", "cả", "ສອງ", "ວັນຈັນ", "ຄູ່"),
    3: ("ba", "ສາມ", "ວັນອັງຄານ"),
    4: ("bốn", "tư", "ສີ່", "ວັນພຸດ"),
    5: ("năm", "ຫ້າ", "ວັນພະຫັດ"),
    6: ("sáu", "ຫົກ", "ວັນສຸກ"),
    7: ("bảy", "ເຈັດ", "ວັນເສົາ"),
    8: ("tám", "ແປດ"),
    9: ("chín", "ເກົ້າ"),
    10: ("mười", "ສິບ"),
    11: ("mười một", "ສິບເອັດ"),
    12: ("mười hai", "ສິບສອງ"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `shown` as written, `values` the numbers in it, `unit` a currency's code."""

    kind: FigureKind
    shown: str
    values: tuple[Decimal, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a text."""

    text: str
    found: tuple[Figure, ...]

    @property
    def spelled(self) -> frozenset[Decimal]:
        """The values that its Roman numerals and number words can stand for."""
        return _spelled(self.text)

    def of(self, kind: FigureKind) -> list[Figure]:
        """The figures of one kind, in order."""
        return [figure for figure in self.found if figure.kind == kind]

    @property
    def values(self) -> Counter[Decimal]:
        """How often each number stands in the text."""
        return Counter(value for figure in self.found for value in figure.values)


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures that stand on one side only, as written there."""

    kind: FigureKind
    only_vi: str
    only_lo: str


def read_number(text: str) -> Decimal:
    """`20.000` and `2.337,459` by Vietnamese and Lao custom; one lone separator otherwise starts decimals."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    parts = re.split("[.,]", text)
    if len(parts) == 2:
        return Decimal(f"{parts[0]}.{parts[1]}")
    return Decimal("".join(parts))


def _roman(text: str) -> int:
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_DIGITS[letter]
        total += -value if _ROMAN_DIGITS.get(following, 0) > value else value
    return total


@lru_cache(maxsize=65536)
def figures_of(text: str) -> Figures:
    """The figures of a Vietnamese or a Lao text."""
    if not _DIGIT_OR_MONTH.search(text):
        return Figures(text, ())
    plain = text.translate(TO_LATIN)
    plain = _MONTH.sub(lambda match: f" M{LAO_MONTHS.index(match[0]) + 1:02} ", plain)
    return Figures(text, tuple(_figure(match) for match in _FIGURE.finditer(plain)))


def _spelled(text: str) -> frozenset[Decimal]:
    romans = {Decimal(_roman(match[0])) for match in _ROMAN.finditer(text)}
    lower = text.lower()
    words = {
        Decimal(value)
        for value, forms in _WORDS.items()
        if any(form in lower if form[0] >= "ກ" else re.search(rf"\b{form}\b", lower) for form in forms)
    }
    return frozenset(romans | words)


def _figure(match: re.Match[str]) -> Figure:
    groups = match.groupdict()
    shown = re.sub(r"\s*M(\d\d)\s*", lambda month: f" {LAO_MONTHS[int(month[1]) - 1]} ", match[0]).strip()
    year = next((groups[name] for name in _YEARS if groups[name]), None)
    if year:
        day = groups["day"] or groups["day_lo"]
        month = next(groups[name] for name in _MONTHS if groups[name]).upper().removeprefix("M")
        return Figure("date", shown, tuple(Decimal(int(part)) for part in (day, month, year) if part))
    if groups["month_alone"]:
        return Figure("date", shown, (Decimal(int(groups["month_alone"])),))
    if groups["articles"]:
        return Figure("article", shown, tuple(Decimal(n) for n in re.findall(r"\d+", groups["articles"])))
    value = read_number(groups["number"]) * 10 ** _SCALES.get((groups["scale"] or "").lower(), 0)
    currency = _CURRENCY_OF.get((groups["currency"] or "").lower(), "")
    return Figure("money" if currency else "number", shown, (value.normalize(),), currency)


_YEARS = ("year", "year_vi", "year_lo", "year_name", "year_month")
_MONTHS = ("month", "month_long", "month_vi", "name", "name_only", "month_lo")


@lru_cache(maxsize=65536)
def compare(vi: str, lo: str) -> Difference | None:
    """The first kind of difference between the figures of the two sides, or None when they agree."""
    if vi == lo:
        return None
    difference = _compare(vi, lo)
    if difference and _compare(vi, _NAME_IN_BRACKETS.sub("", lo)) is None:
        return None
    return difference


def _compare(vi: str, lo: str) -> Difference | None:
    left, right = figures_of(vi), figures_of(lo)
    if not left.found and not right.found:
        return None
    only_vi = _missing(left, right)
    only_lo = _missing(right, left)
    if only_vi or only_lo:
        shown_vi, shown_lo = _holding(left, only_vi), _holding(right, only_lo)
        kind = _kind_of([*shown_vi, *shown_lo])
        return Difference(kind, _join(shown_vi), _join(shown_lo))
    return _same_numbers_in_other_roles(left, right)


def _missing(here: Figures, there: Figures) -> Counter[Decimal]:
    """Numbers in digits here that are not there in digits, nor as a word or a Roman numeral."""
    lacking = here.values - there.values
    if lacking:
        lacking = Counter({value: n for value, n in lacking.items() if value not in there.spelled})
    return lacking


def _holding(figures: Figures, values: Counter[Decimal]) -> list[Figure]:
    return [figure for figure in figures.found if any(value in values for value in figure.values)]


def _kind_of(figures: list[Figure]) -> FigureKind:
    kinds = {figure.kind for figure in figures}
    order: tuple[FigureKind, ...] = ("date", "money", "article")
    return next((kind for kind in order if kind in kinds), "number")


def _join(figures: list[Figure]) -> str:
    return "; ".join(dict.fromkeys(figure.shown for figure in figures)) or "–"


def _same_numbers_in_other_roles(left: Figures, right: Figures) -> Difference | None:
    """Equal numbers can still make other dates (day and month changed round), sums or articles."""
    for kind in ("date", "money", "article"):
        vi, lo = left.of(kind), right.of(kind)
        # "18 tháng 6/2025" is read as a number and a month: only what both sides write alike is compared.
        if not vi or sorted(len(figure.values) for figure in vi) != sorted(
            len(figure.values) for figure in lo
        ):
            continue
        marks_vi = Counter((figure.values, figure.unit) for figure in vi)
        marks_lo = Counter((figure.values, figure.unit) for figure in lo)
        if marks_vi != marks_lo:
            odd_vi = [figure for figure in vi if (figure.values, figure.unit) in marks_vi - marks_lo]
            odd_lo = [figure for figure in lo if (figure.values, figure.unit) in marks_lo - marks_vi]
            return Difference(kind, _join(odd_vi), _join(odd_lo))
    return None
