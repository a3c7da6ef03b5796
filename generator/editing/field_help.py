"""Titles and explanations of every key, in Vietnamese, Lao and English, from `field_help.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.tables import read_table


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """One key: its title and one sentence on what goes into it, by language."""

    title: Mapping[str, str]
    help: Mapping[str, str]


@cache
def help_table() -> Mapping[str, FieldHelp]:
    """All rows by key, or by `Part.key` where a key means something else in one part of the model."""
    table: dict[str, Any] = read_table(Path(__file__).with_name("field_help.yaml"), plain=True)
    return {key: FieldHelp(row["title"], row["help"]) for key, row in table.items()}


def help_for(model: str, key: str) -> FieldHelp:
    """The help of a key in the part `model` (a class name of the model)."""
    table = help_table()
    return table.get(f"{model}.{key}") or table[key]
