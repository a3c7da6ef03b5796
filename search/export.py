"""The index for the browser: the program as one script, and the index as small scripts that hand over their data.

Everything is a classic script, so that it loads from ``file:`` as well. The page of results holds ``start.js`` alone,
which fetches ``search.js`` when somebody is about to search; ``search.js`` fetches ``core.js`` and
``analysis.js`` and then only the shards that a query needs:

``terms/N.js``
    for neighbouring syllables of the vocabulary their postings, exact forms, second syllables, names and synonyms
``pairs/N.js``
    postings of pairs, in order
``links/N.js``
    the second syllables once more, ordered by the sound of the first one; for names by sound and for typos
``concepts/N.js``
    postings and phrases of groups of synonyms
``vi/N.js``, ``lo/N.js``
    what is shown of a hit, in each language
``named.js``, ``spellings.js``
    pairs written as names; the commonest spelling of each term, for queries that find nothing

Numbers are written in letters, see :mod:`search.letters`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from search import rules
from search.document import LANGUAGES
from search.exported import Entry, LastExport, pairs_in_order, record, terms_of, vocabulary
from search.letters import DIGITS, number, packed, steps
from search.names import JOIN
from search.phonetics import skeleton, spelling_kept
from search.query import IndexReader, open_reader
from search.syllables import is_lao
from search.written import write

BROWSER = Path(__file__).parent / "browser"

PROGRAM = (
    "rules", "syllables", "normalize", "analyzer", "stopwords", "codes", "phonetics", "typos", "lexicon",
    "completion", "synonyms", "plan", "rank", "snippets", "suggest", "engine", "shards", "ui",
)  # fmt: skip
"""Parts of ``search.js``, each using only what stands before it."""

SHARD_SIZES = {"terms": 3_500, "pairs": 2_000, "links": 2_500, "concepts": 3_000, "vi": 4_000, "lo": 4_000}
"""About how many characters a shard holds: small enough for a slow line, large enough to compress."""


class Export(NamedTuple):
    """How many files were written, and their bytes in all."""

    files: int
    size: int


def _front_coded(terms: Sequence[str]) -> str:
    """Each term by how many letters it shares with the one before, and the rest."""
    lines = []
    before = ""
    for term in terms:
        shared = 0
        while shared < min(len(before), len(term)) and before[shared] == term[shared]:
            shared += 1
        lines.append(DIGITS[shared] + term[shared:])
        before = term
    return "\n".join(lines)


# Made once: json.dumps makes one anew for each value.
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    text = _encoded(value)
    # two line ends that older browsers do not take inside a string
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "replace")).digest())[:3].decode()


class _Shards:
    """Writes scripts below a folder and keeps their digests by group."""

    def __init__(self, folder: Path, before: Path | None) -> None:
        self.folder = folder
        self.before = before
        self.digests: dict[str, str] = {}
        self.files = 0
        self.size = 0

    def write(self, path: str, text: str) -> None:
        content = text.encode("utf-8", "replace")
        write(self.folder / path, content, self.before / path if self.before else None)
        self.files += 1
        self.size += len(content)

    def data(self, name: str, value: Any) -> str:
        """One script with data; returns its digest."""
        body = value if isinstance(value, str) else _json(value)
        digest = _digest(body)
        self.write(f"{name.replace('-', '/')}.js", f'handbookSearch.take("{name}","{digest}",{body});\n')
        group = name.partition("-")[0]
        self.digests[group] = self.digests.get(group, "") + digest
        return digest

    def split(self, group: str, items: Sequence[str], close: Callable[[Sequence[str]], str]) -> list[int]:
        """Items (JSON) in order, as shards of about the group's size; returns the place of each shard's first."""
        firsts: list[int] = []
        start = size = 0
        for place, item in enumerate(items):
            if place > start and size + len(item) > SHARD_SIZES[group]:
                self.data(f"{group}-{len(firsts)}", close(items[start:place]))
                firsts.append(start)
                start, size = place, 0
            size += len(item)
        self.data(f"{group}-{len(firsts)}", close(items[start:]))
        return [*firsts, start]


class _Made(NamedTuple):
    """What the browser is told of a document: its kind, and by language what a hit is made from, as JSON."""

    kind: str
    shown: dict[str, str]


class Shown:
    """What the browser is told of documents. It can be prepared before there is an index."""

    def __init__(self) -> None:
        self._prepared: dict[str, _Made] = {}

    def prepare(self, text: str) -> None:
        """Make what is told of a document, by its line, and keep it."""
        self._prepared[text] = self._made(text)

    def of(self, text: str) -> _Made:
        """What is told of the document of a line."""
        return self._prepared.get(text) or self._made(text)

    @staticmethod
    def _made(text: str) -> _Made:
        document = json.loads(text)
        return _Made(
            str(document["kind"]), {language: _json(_shown(document, language)) for language in LANGUAGES}
        )


class _Exporter:
    def __init__(self, reader: IndexReader, shards: _Shards, last: LastExport | None, shown: Shown) -> None:
        self.reader = reader
        self.shards = shards
        self.shown = shown
        self.terms = vocabulary(reader)
        self.ids = {term: i for i, term in enumerate(self.terms)}
        self.exported = terms_of(reader, last)
        self.seconds = self._seconds()

    def write(self) -> str:
        """Writes all shards and the core; returns the digest of the core."""
        held = [self.exported.pairs[pair] for pair in pairs_in_order(self.reader)]
        pairs = self.shards.split("pairs", held, lambda items: _json({"postings": " ".join(items)}))
        terms = self.shards.split("terms", [_json(self._entry(term)) for term in self.terms], _array)
        links = self._links()
        concepts = self._concepts()
        stored = [self.shown.of(text) for text in self.reader.segments.rows()[1]]
        documents = {
            language: self.shards.split(language, [one.shown[language] for one in stored], _array)
            for language in LANGUAGES
        }
        self.shards.data("named", {"pairs": self._named()})
        forms = self.reader.forms
        self.shards.data("spellings", {"forms": "\n".join(forms.get(term, "") for term in self.terms)})
        kinds = sorted({one.kind for one in stored})
        spoken = [self.reader.members("language", language) for language in LANGUAGES]
        codes = [(term, packed(found)) for term, found in self.reader.field_postings("code")]
        core = {
            "documents": self.reader.documents,
            "terms": _front_coded(self.terms),
            "frequencies": "".join(number(self.reader.frequency("folded", term)) for term in self.terms),
            "codes": [part for code in codes for part in code],
            "concepts": "".join(
                number(self.reader.frequency("concept", str(group))) for group in range(self.reader.concepts)
            ),
            "kinds": kinds,
            "kind_of": "".join(number(kinds.index(one.kind)) for one in stored),
            "language_of": "".join(
                number(sum((place in held) << bit for bit, held in enumerate(spoken)))
                for place in range(len(stored))
            ),
            "firsts": {
                "terms": steps(terms),
                "pairs": steps(pairs),
                "links": links,
                "concepts": steps(concepts),
            }
            | {language: steps(firsts) for language, firsts in documents.items()},
            "digests": self.shards.digests,
        }
        return self.shards.data("core", _json(core))

    def _seconds(self) -> dict[str, str]:
        """For each first syllable the number of its first pair, then each second one with its document frequency."""
        found = {}
        pairs_before = 0
        for first in self.terms:
            seconds = self.reader.seconds(first)
            if not seconds:
                continue
            text = number(pairs_before)
            before = -1
            for second, frequency in seconds.items():
                place = self.ids[second]
                text += number(place - before - 1) + number(frequency)
                before = place
            found[first] = text
            pairs_before += len(seconds)
        return found

    def _entry(self, term: str) -> list[Any]:
        """[postings, exact forms, second syllables, names, synonyms] of a term of the vocabulary."""
        entry = self.exported.entries.get(term, Entry())
        synonyms: list[Any] = []
        for phrase, group, value, single in self.reader.synonyms(term):
            synonyms += [" ".join(phrase[1:]), group, value, single]
        return [entry.postings, entry.exact, self.seconds.get(term, ""), entry.names, synonyms]

    def _links(self) -> list[str]:
        """Second syllables by sound; returns the key of each shard's first syllable."""

        def key(term: str) -> str:
            return f"{int(is_lao(term))}{skeleton(spelling_kept(term))} {term}"

        firsts = sorted(self.seconds, key=key)
        items = [f'"{self.ids[first]}":"{self.seconds[first]}"' for first in firsts]
        return [key(firsts[place]) for place in self.shards.split("links", items, _object) if firsts]

    def _concepts(self) -> list[int]:
        found = {int(group): postings for group, postings in self.reader.field_postings("concept")}
        groups = sorted(found)
        items = []
        for group in groups:
            held = packed(found[group])
            items.append(f'"{group}":{_json([held, self.reader.concept_phrases(group)])}')
        return [groups[place] for place in self.shards.split("concepts", items, _object) if groups]

    def _named(self) -> str:
        text = ""
        before = 0
        for first, second in sorted(
            (self.ids[first], self.ids[second])
            for first, _, second in (pair.partition(JOIN) for pair in self.reader.named)
        ):
            text += number(first - before) + number(second)
            before = first
        return text


def _array(items: Sequence[str]) -> str:
    return f"[{','.join(items)}]"


def _object(items: Sequence[str]) -> str:
    return f"{{{','.join(items)}}}"


def _shown(document: dict[str, Any], language: str) -> dict[str, Any]:
    """What a hit and a suggestion are made from; sections as [heading, text] in one language, empty without."""
    shown = {name: document[name] for name in ("id", "kind", "url", "title", "aliases")}
    sections = [
        [part["heading"].get(language, ""), part["text"].get(language, "")] for part in document["sections"]
    ]
    return shown | {"sections": sections}


def _compact(name: str) -> str:
    """A part of the program without comments and indentation."""
    text = (BROWSER / f"{name}.js").read_text(encoding="utf-8")
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("//"))


def program(core: str, analysis: str, words: Mapping[str, Any]) -> str:
    """``search.js``: all parts in one script, without comments and indentation.

    :param core: digest of ``core.js``; ``analysis`` that of ``analysis.js``.
    """
    lines = ["var handbookSearch=(function(){'use strict';"]
    lines.append(f'const ENTRY_DIGESTS={{core:"{core}",analysis:"{analysis}"}};')
    lines.append(f"const WORDS={_json(dict(words))};")
    lines += map(_compact, PROGRAM)
    lines.append(
        "return {take,analyze,inverseFrequency,bestPassage,Engine,shardFetcher,startPage};\n})();\nhandbookSearch.startPage();\n"
    )
    return "\n".join(lines)


def export_browser_index(
    index: Path | str | IndexReader,
    out: Path,
    words: Mapping[str, Any] | None = None,
    last: LastExport | None = None,
    shown: Shown | None = None,
) -> Export:
    """Writes the index (opened, or its folder) into ``out``, which is replaced; same index, same bytes.

    :param words: for each language of the page of results what it says, see ``browser/ui.js``; a page in a language
        without words is left as it is.
    :param last: an earlier export to go on from, if there is one; what the next needs for it is then noted beside the
        stamp of the index.
    :param shown: what is already prepared of documents.
    :raises search.stamp.IndexError: when the folder holds no index that can be used.
    """
    reader = index if isinstance(index, IndexReader) else open_reader(index)
    try:
        shutil.rmtree(out, ignore_errors=True)
        shards = _Shards(out, last.folder if last and last.folder != out else None)
        core = _Exporter(reader, shards, last, shown or Shown()).write()
        analysis = shards.data("analysis", _json(_without_comments(rules.rules())))
        shards.write("search.js", program(core, analysis, words or {}))
        shards.write("start.js", _compact("start"))
        if last is not None:
            record(reader.out, out)
    finally:
        if reader is not index:
            reader.close()
    return Export(shards.files, shards.size)


def _without_comments(section: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _without_comments(value) if isinstance(value, dict) else value
        for name, value in section.items()
        if name != "about"
    }
