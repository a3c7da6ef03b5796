"""The form a value should have had: what a writer most likely meant by `7:00`, `18/6/2025` or `20.000 đồng`."""

import re
from collections.abc import Callable

from generator.model.scalars import PartialDate

_LAO_DIGITS = str.maketrans("໐໑໒໓໔໕໖໗໘໙", "0123456789")


def suggestion(code: str, found: str) -> str:
    """What to write instead of `found` for a problem `code` on the form of a value; an example where it is no guess."""
    if code not in _FORMS:
        return ""
    guess, example = _FORMS[code]
    return guess(found.translate(_LAO_DIGITS).strip()) or example


def _clock(text: str) -> str | None:
    match = re.fullmatch(r"(\d{1,2})(?:\s*(?:[:.hgH]|giờ|ໂມງ)\s*(\d{1,2})?)?\s*(?:phút|ນາທີ)?", text)
    if not match or int(match[1]) > 24 or int(match[2] or 0) > 59:
        return None
    return f"{int(match[1]):02}:{int(match[2] or 0):02}"


def _date(text: str) -> str | None:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not numbers or len(numbers) > 3:
        return None
    if numbers[0] > 1000:
        numbers.reverse()
    day, month, year = [0, 0, *numbers][-3:]
    # A month above 12 and a day that could be one: the two were changed round.
    if month > 12 >= day > 0:
        day, month = month, day
    try:
        return str(PartialDate.parse(str(PartialDate(year, month, day))))
    except ValueError:
        return None


def _number(text: str) -> str | None:
    match = re.search(r"-?\d[\d.,\s]*", text)
    if not match:
        return None
    digits = re.sub(r"\s", "", match[0]).strip(".,")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".") if re.fullmatch(r"-?\d+(?:[.,]\d+)?", digits) else None


def _whole(text: str) -> str | None:
    match = re.search(r"\d+", text)
    return match[0] if match else None


def _flag(text: str) -> str | None:
    word = text.casefold()
    if word in ("yes", "y", "on", "1", "có", "đúng", "ແມ່ນ", "true"):
        return "true"
    return "false" if word in ("no", "n", "off", "0", "không", "sai", "ບໍ່", "ບໍ່ແມ່ນ", "false") else None


def _hs_code(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if len(digits) not in (2, 4, 6, 8, 10):
        return None
    return ".".join([digits[:4], *(digits[start : start + 2] for start in range(4, len(digits), 2))])


def _address(text: str) -> str | None:
    bare = re.fullmatch(r"(?:https?:/*|www\.)?([\w-]+(?:\.[\w-]+)+(?:/\S*)?)", text)
    if bare and not re.search(r"[<>\"'`\\{}|^]", text):
        return f"https://{'www.' if text.startswith('www.') else ''}{bare[1]}"
    mail = re.fullmatch(r"[^\s@<>]+@[\w.-]+\.\w+", text)
    return f"mailto:{text}" if mail else None


def _period(text: str) -> str | None:
    parts = [_date(part) for part in re.split(r"\s*(?:/(?=\d{4})|–|đến|ຫາ|\.\.)\s*", text)]
    if not 1 <= len(parts) <= 2 or any(part is None or len(part) > 7 for part in parts):
        return None
    return "/".join(sorted(part for part in parts if part))


_FORMS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "hours-text": (_clock, "07:00"),
    "date-text": (_date, "2025-06-18, 2025-06, 2025"),
    "number-text": (_number, "1234.5"),
    "whole-number": (_whole, "3"),
    "yes-no": (_flag, "true, false"),
    "hs-code": (_hs_code, "0901.21"),
    "address": (_address, "https://www.customs.gov.vn/"),
    "period-text": (_period, "2021, 2022-01, 2022-01/2022-06"),
}
