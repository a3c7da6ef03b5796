"""How old a verification may be, per kind, from `freshness.yaml`; and which entries are past that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generator.model.entry import Entry
from generator.tables import read_table

_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many months a verification of a kind holds, and why, by language (vi, lo, en)."""

    months: int
    why: Mapping[str, str]


@cache
def allowed_ages() -> Mapping[str, Allowed]:
    """The table by kind, in the order of the most-read kinds first."""
    table: dict[str, Any] = read_table(Path(__file__).with_name("freshness.yaml"))
    return {kind: Allowed(int(row["months"]), row["why"]) for kind, row in table.items()}


def age_in_days(entry: Entry, today: date) -> int:
    """Days since the last verification; a month or a year counts from its first day."""
    return max(0, (today - entry.verified.on.first).days)


def overdue_days(kind: str, entry: Entry, today: date) -> int:
    """By how many days the verification is too old; 0 while it holds."""
    return max(0, round(age_in_days(entry, today) - allowed_ages()[kind].months * _MONTH))
