"""Scalar types of the data files. Every scalar arrives as text; these types alone give it a meaning.

A value that does not fit raises `PydanticCustomError` whose type is the problem code shown to writers.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BeforeValidator, Discriminator, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

UNKNOWN: Final = "unknown"
Unknown = Literal["unknown"]

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What has no place in a line of text and could steer a terminal, turn text round or hide in it: controls, line ends
# other than \n, marks of direction, notes between lines, tags, non-characters, halves of characters.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKUP = re.compile("[<>]")


def _text(value: Any, code: str) -> str:
    if isinstance(value, str):
        return value
    raise PydanticCustomError(code, "expected text", {"found": type(value).__name__})


def plain_text(value: Any) -> str:
    """One run of readable text: no markup, no control characters, white space flattened."""
    text = _text(value, "not-text")
    for code_of_pattern, pattern in (("control-character", CONTROL), ("markup", _MARKUP)):
        match = pattern.search(text)
        if match:
            raise PydanticCustomError(
                code_of_pattern, "not plain text", {"found": ascii(match[0]).strip("'")}
            )
    flat = " ".join(text.split())
    if not flat:
        raise PydanticCustomError("empty-text", "empty text", {})
    return flat


Line = Annotated[str, BeforeValidator(plain_text)]


# Words with a meaning of their own among files and values: the list of a kind, a value nobody knows, and the names
# of devices, which Windows opens in place of a file whatever its ending.
_TAKEN_IDS = frozenset(
    {"index", UNKNOWN, "con", "prn", "aux", "nul"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in range(10)}
)


def is_entry_id(text: str) -> bool:
    """Whether a text may be an entry's id: small Latin letters, digits and hyphens, on any disk a name of its own."""
    return bool(ID_PATTERN.fullmatch(text)) and len(text) <= 80 and text not in _TAKEN_IDS


def _entry_id(value: Any) -> str:
    text = _text(value, "bad-id")
    if not is_entry_id(text):
        raise PydanticCustomError("bad-id", "bad id", {"found": text})
    return text


EntryId = Annotated[str, BeforeValidator(_entry_id)]


@dataclass(frozen=True, slots=True)
class RefTo:
    """Marks an id as a reference to an entry of `kind` (the folder's name)."""

    kind: str


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as exact as its source: `2025`, `2025-06` or `2025-06-18`."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        if self.day:
            return self.first
        following = date(self.year + 1, 1, 1) if self.month in (0, 12) else date(self.year, self.month + 1, 1)
        return following - timedelta(days=1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY[-MM[-DD]]`; ValueError when it is no such date."""
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
        if not match:
            raise ValueError(text)
        parsed = cls(*(int(part) for part in match.groups(default="0")))
        if parsed.year < 1800 or (match[2] and not parsed.month) or (match[3] and not parsed.day):
            raise ValueError(text)
        _ = parsed.first, parsed.last
        return parsed

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _partial_date, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


def _partial_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    text = _text(value, "date-text")
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise PydanticCustomError("date-text", "not a date", {"found": text}) from None


T = TypeVar("T")


def _tag(value: Any) -> str:
    return "unknown" if value == UNKNOWN else "known"


# A value, or the word `unknown`, which is printed as such: never zero, never blank, never a guess.
Maybe = Annotated[
    Annotated[Unknown, Tag("unknown")] | Annotated[T, Tag("known")],
    Discriminator(_tag),
]


def _clock(value: Any) -> str:
    text = _text(value, "hours-text")
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", text, re.ASCII):
        raise PydanticCustomError("hours-text", "not a clock time", {"found": text})
    return text


Clock = Annotated[str, BeforeValidator(_clock)]


def _number(value: Any) -> Decimal:
    text = _text(value, "number-text") if not isinstance(value, Decimal | int) else str(value)
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{1,9})?", text, re.ASCII):
        raise PydanticCustomError("number-text", "not a number", {"found": text})
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
        raise PydanticCustomError("number-text", "not a number", {"found": text}) from None


Number = Annotated[Decimal, BeforeValidator(_number)]


def _whole(value: Any) -> int:
    text = str(value)
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise PydanticCustomError("whole-number", "not a whole number", {"found": text})
    return int(text)


Whole = Annotated[int, BeforeValidator(_whole)]


def _flag(value: Any) -> bool:
    if value in ("true", "false") or isinstance(value, bool):
        return value in ("true", True)
    raise PydanticCustomError("yes-no", "not true or false", {"found": str(value)})


Flag = Annotated[bool, BeforeValidator(_flag)]


def _hs_code(value: Any) -> str:
    text = _text(value, "hs-code")
    if not re.fullmatch(r"\d{2}(?:\d{2}(?:\.\d{2}(?:\.\d{2}){0,2})?)?", text, re.ASCII):
        raise PydanticCustomError("hs-code", "not an HS heading", {"found": text})
    return text


HsCode = Annotated[str, BeforeValidator(_hs_code)]


def _address(value: Any) -> str:
    text = unicodedata.normalize("NFC", _text(value, "address"))
    # No name before the host: in https://moit.gov.vn@example.org it is the end that counts.
    if not re.fullmatch(r"(?:https?://[^\s/?#@]+(?:[/?#]\S*)?|mailto:[^\s@]+@[^\s@]+)", text) or re.search(
        r"[<>\"'`\\{}|^]", text
    ):
        raise PydanticCustomError("address", "not a web address", {"found": text})
    if CONTROL.search(text) or len(text) > 2000:
        raise PydanticCustomError("address", "not a web address", {"found": repr(text[:80])})
    return text


Address = Annotated[str, BeforeValidator(_address)]

_PERIOD = re.compile(r"(?P<from>\d{4}(?:-\d{2})?)(?:/(?P<to>\d{4}(?:-\d{2})?))?", re.ASCII)


def _period(value: Any) -> str:
    text = _text(value, "period-text")
    match = _PERIOD.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        start = PartialDate.parse(match["from"])
        if match["to"] and PartialDate.parse(match["to"]).last < start.first:
            raise ValueError(text)
    except ValueError:
        raise PydanticCustomError("period-text", "not a period", {"found": text}) from None
    return text


Period = Annotated[str, BeforeValidator(_period)]
