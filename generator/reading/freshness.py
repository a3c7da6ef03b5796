"""How old a verification may be, per kind, from `freshness.yaml`; and which entries are past that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from generator.model.entry import Entry

_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many months a verification of a kind holds, and why, by language (vi, lo, en)."""

    months: int
    why: Mapping[str, str]


@cache
def allowed_ages() -> Mapping[str, Allowed]:
    """The table by kind, in the order of the most-read kinds first."""
    text = (files("generator.reading") / "freshness.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {kind: Allowed(int(row["months"]), row["why"]) for kind, row in table.items()}


def age_in_days(entry: Entry, today: date) -> int:
    """Days since the last verification; a month or a year counts from its first day."""
    return max(0, (today - entry.verified.on.first).days)


def overdue_days(kind: str, entry: Entry, today: date) -> int:
    """By how many days the verification is too old; 0 while it holds."""
    return max(0, round(age_in_days(entry, today) - allowed_ages()[kind].months * _MONTH))
