"""What an index keeps of its words beside postings: small files, decoded when they are asked for.

Those of which a query needs little are lines, each with JSON of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from search.phonetics import SoundTable, sounds_of

NAMES = ("frequencies.json", "forms.json", "sounds.json", "named.json", "concepts.txt", "synonyms.txt")
"""The files."""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def concept_line(phrases: Sequence[Sequence[Sequence[str]]]) -> str:
    """A group of equivalent phrases as a line of JSON."""
    return _json(phrases)


def word_files(
    frequencies: Mapping[str, int],
    forms: Mapping[str, str],
    named: Iterable[str],
    table: Mapping[str, Any],
) -> dict[str, str]:
    """The content of each file by its name.

    :param frequencies: folded term → document frequency, in order of terms.
    :param forms: folded term → its commonest exact form.
    :param named: Latin pairs of syllables that are written as names.
    :param table: see :func:`search.synonyms.synonym_table`.
    """
    return {
        "frequencies.json": _json(dict(frequencies)),
        "forms.json": _json({term: form for term, form in forms.items() if form != term}),
        "sounds.json": _json(sounds_of(frequencies)),
        "named.json": _json(sorted(named)),
        "concepts.txt": "".join(concept_line(phrases) + "\n" for phrases in table["groups"]),
        "synonyms.txt": "".join(f"{token}\t{_json(found)}\n" for token, found in table["starts"].items()),
    }


class WordLists:
    """The files of one index. A store of postings adds :meth:`word_file` and :meth:`linked`."""

    def word_file(self, name: str) -> str:
        """The content of one of ``NAMES``."""
        raise NotImplementedError

    def linked(self, first: str, second: str) -> bool:
        """Whether two folded syllables stand side by side somewhere."""
        raise NotImplementedError

    @cached_property
    def frequencies(self) -> dict[str, int]:
        """Folded term → document frequency, in order of terms."""
        return dict(json.loads(self.word_file("frequencies.json")))

    @cached_property
    def forms(self) -> dict[str, str]:
        """Folded term → its commonest exact form, where that is another."""
        return dict(json.loads(self.word_file("forms.json")))

    @cached_property
    def named(self) -> list[str]:
        """Latin pairs of syllables that are written as names, in order."""
        return list(json.loads(self.word_file("named.json")))

    @cached_property
    def sounds(self) -> SoundTable:
        """The vocabulary by sound."""
        return SoundTable(json.loads(self.word_file("sounds.json")), lambda: self.named, self.linked)

    @cached_property
    def _synonyms(self) -> dict[str, str]:
        lines = (line.partition("\t") for line in self.word_file("synonyms.txt").split("\n"))
        return {token: found for token, _, found in lines if token}

    def synonyms(self, token: str) -> list[list[Any]]:
        """The phrases that begin with a folded token, see :func:`search.synonyms.synonym_table`."""
        held = self._synonyms.get(token)
        return list(json.loads(held)) if held else []

    def synonym_tokens(self) -> list[str]:
        """The folded tokens with which phrases begin."""
        return list(self._synonyms)

    @cached_property
    def _concepts(self) -> list[str]:
        return self.word_file("concepts.txt").split("\n")[:-1]

    @property
    def concepts(self) -> int:
        """How many groups of equivalent phrases there are."""
        return len(self._concepts)

    def concept_phrases(self, group: int) -> list[list[list[str]]]:
        """The phrases of a group as lists of [folded, exact]."""
        return list(json.loads(self._concepts[group]))
