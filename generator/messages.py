"""The sentences of every problem code, in Vietnamese, Lao and English, read from `messages.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from generator.model.scalars import CONTROL
from generator.tables import read_table

# What could steer a terminal, turn text round or break a line; shown as code points instead.
_STEERING = re.compile(f"{CONTROL.pattern}|[\t\n]")
_LONGEST_VALUE = 300


def visible(value: object) -> str:
    """A value from the data made fit for a terminal, a log and a web page: one line, nothing hidden, not endless."""
    text = str(value)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + "…"
    return _STEERING.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


class _Lenient(Formatter):
    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return visible(kwargs.get(str(key), "?"))


@dataclass(frozen=True, slots=True)
class Message:
    """One code in one language: the sentence with `{placeholders}`, an explanation and how to mend it."""

    code: str
    sentence: str
    why: str
    remedy: str
    example: str

    def fill(self, params: Mapping[str, Any]) -> str:
        """The sentence and its remedy with the values found."""
        parts = [_Lenient().vformat(part, (), params) for part in (self.sentence, self.remedy) if part]
        return " ".join(parts)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = read_table(Path(__file__).with_name("messages.yaml"))
    return table


def codes() -> tuple[str, ...]:
    """Every problem code, in the order of the table."""
    return tuple(_table())


def guide_page(code: str) -> str:
    """Where the guide explains a code: the page's path below its language, without an ending."""
    return f"contribute/errors/{code}"


def guide_address(code: str, lang: str, site: str = "") -> str:
    """Address of that page in the reader's language (Vietnamese for English); relative to the site without `site`."""
    return f"{site}{'lo/' if lang == 'lo' else ''}{guide_page(code)}.html"


@cache
def message_for(code: str, lang: str) -> Message:
    """The texts of a code; KeyError for a code nobody declared."""
    row = _table()[code]
    return Message(
        code, row["says"][lang], row["why"][lang], row["remedy"][lang], str(row.get("example", ""))
    )
