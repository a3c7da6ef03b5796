"""The search index of a copy: plain lines, one a term, in order.

It holds what the Whoosh index holds, in a form that needs no library, runs nothing when it is read, and changes little
when a fact changes. Each field is a member `<field>.txt` of lines `term<TAB>numbers<TAB>impacts`; the numbers are the
steps from one document to the next.
"""

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any

from search import rules
from search.lexicon import Postings
from search.names import JOIN
from search.wordlists import WordLists

FORMAT = "border-search-lines-2"

# Reads a member of the index by its name.
Read = Callable[[str], bytes]


class PackedIndexError(Exception):
    """An index that cannot be used."""


class PackedIndex(WordLists):
    """One opened index: the same answers as `search.query.IndexReader`, from a packed index."""

    def __init__(self, read: Read) -> None:
        """`read` gives a member's bytes; PackedIndexError when there is no index of this version."""
        self._read = read
        try:
            info = json.loads(read("index.json"))
            if (info["format"], info["analysis"]) != (FORMAT, rules.digest()):
                raise ValueError("made by another version")
            self.documents = int(info["documents"])
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise PackedIndexError(str(error)) from error
        self._fields: dict[str, bytes] = {}

    def _lines(self, field: str) -> bytes:
        """All lines of a field, with a line end before the first."""
        if field not in self._fields:
            self._fields[field] = b"\n" + self._read(f"{field}.txt")
        return self._fields[field]

    def _row(self, field: str, term: str) -> list[bytes]:
        lines = self._lines(field)
        start = lines.find(b"\n" + term.encode("utf-8", "replace") + b"\t")
        if start < 0 or not term:
            return []
        return lines[start + 1 : lines.index(b"\n", start + 1)].split(b"\t")

    def frequency(self, field: str, term: str) -> int:
        """In how many documents ``term`` stands; 0 when it is not known."""
        if field == "folded":
            return self.frequencies.get(term, 0)
        row = self._row(field, term)
        return row[1].count(b" ") + 1 if row else 0

    def postings(self, field: str, term: str) -> Postings:
        """Where ``term`` stands; empty when it is not known."""
        row = self._row(field, term)
        if not row:
            return [], []
        numbers = []
        number = 0
        for step in row[1].split():
            number += int(step)
            numbers.append(number)
        return numbers, [int(impact) for impact in row[2].split()]

    def starting(self, field: str, prefix: str, most: int) -> list[str]:
        """Up to ``most`` terms of ``field`` that begin with ``prefix``, in order."""
        lines = self._lines(field)
        lead = b"\n" + prefix.encode("utf-8", "replace")
        found: list[str] = []
        place = lines.find(lead)
        while place >= 0 and len(found) < most and lines.startswith(lead, place) and place + 1 < len(lines):
            found.append(lines[place + 1 : lines.index(b"\t", place + 1)].decode("utf-8"))
            place = lines.index(b"\n", place + 1)
        return found

    def members(self, field: str, term: str) -> frozenset[int]:
        """The documents with ``term`` in a filter field (``kind``, ``language``)."""
        return frozenset(self.postings(field, term)[0])

    @cached_property
    def _documents(self) -> list[bytes]:
        return self._read("documents.jsonl").split(b"\n")

    def document(self, number: int) -> dict[str, Any]:
        """The stored document, in the shape of its JSON line."""
        return dict(json.loads(self._documents[number]))

    def word_file(self, name: str) -> str:
        """The content of one of ``search.wordlists.NAMES``."""
        return self._read(name).decode("utf-8")

    def linked(self, first: str, second: str) -> bool:
        """Whether two folded syllables stand side by side somewhere."""
        return self.frequency("pair", first + JOIN + second) > 0

    def close(self) -> None:
        """Nothing is held open."""
