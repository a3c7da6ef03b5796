"""What the editing commands say, in Vietnamese, Lao and English, from `words.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.messages import visible
from generator.tables import read_table


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language by key. A key nobody wrote is our own bug and raises KeyError."""

    lang: str
    table: Mapping[str, Mapping[str, str]]

    def __getitem__(self, key: str) -> str:
        return self.table[key][self.lang]

    def fill(self, key: str, **values: object) -> str:
        """The sentence with its `{name}`s filled in; values come from the data and are made fit to print."""
        return self[key].format(**{name: visible(value) for name, value in values.items()})


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, Any] = read_table(Path(__file__).with_name("words.yaml"))
    return table


@cache
def words(lang: str) -> Words:
    """The sentences of `lang` (vi, lo or en)."""
    return Words(lang, _table())
