"""The words of the interface in both languages: `labels/vi.yaml` for the frame, `entries.vi.yaml` for the entries."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from generator.tables import read_table

Language = Literal["vi", "lo"]
LANGUAGES: tuple[Language, ...] = ("vi", "lo")
LABELS_DIR = Path(__file__).parent / "site" / "labels"


def other(language: Language) -> Language:
    """The paired language."""
    return "lo" if language == "vi" else "vi"


class Labels(Mapping[str, str]):
    """The words of one language by flat key. A key nobody wrote is our own bug and raises KeyError."""

    def __init__(self, language: Language, words: Mapping[str, str]) -> None:
        self.language = language
        self._words = dict(words)

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def fill(self, key: str, **values: object) -> str:
        """The words under `key` with `{name}` replaced by the value called so."""
        return self[key].format(**values)


@cache
def labels(language: Language) -> Labels:
    """The label table of `language`; every value is text, whatever it looks like."""
    words: dict[str, str] = {}
    for table in (f"{language}.yaml", f"entries.{language}.yaml"):
        words |= read_table(LABELS_DIR / table, plain=True)
    return Labels(language, words)
