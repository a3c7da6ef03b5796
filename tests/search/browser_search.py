"""The browser's search run in Node, and the texts and queries on which it is held equal to Python's."""

import json
import random
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

HARNESS = Path(__file__).with_name("node_search.js")
QUERIES = Path(__file__).with_name("queries.yaml")

LAO = [chr(code) for code in range(0x0E80, 0x0F00)]
LETTERS = list("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹìíỉĩịòóỏõọùúủũụờớởỡợừứửữựỳýỷỹỵAĐƯƠÝ")
OTHERS = [
    *" .,-/()0123456789",
    *"\u200b\u200d\u00ad\u0301\u0300\u0323\u031b\ufeff\u00a0",
    *"ÅßœЖαกค日한🙂\u0130",
]
SEEDS = [
    "oà",
    "uý",
    "quý",
    "nghĩa",
    "ກວ່າ",
    "ຫນ້າ",
    "ນໍ້າ",
    "ເເຂວງ",
    "ຈັກຣ໌",
    "ສຶກວ່າ",
    "໒໐໒໕",
    "ＡＢＣ",
    "14/2018/NĐ-CP",
]


class NodeSearch:
    """`node_search.js` over one exported index."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _ask(self, request: dict[str, Any]) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the search stopped: see its error output"
        return json.loads(line)

    def tokens(self, texts: list[str]) -> list[list[list[Any]]]:
        """[exact, folded, start, end] of each token of each text; places in UTF-16 units."""
        answer: list[list[list[Any]]] = self._ask({"texts": texts})
        return answer

    def postings(self, field: str, terms: list[str]) -> list[list[Any]]:
        """[document frequency, document numbers, impacts] of each term."""
        answer: list[list[Any]] = self._ask({"field": field, "terms": terms})
        return answer

    def telling(self, documents: int) -> list[int]:
        """How telling a term is at each frequency from 0 to `documents`."""
        answer: list[int] = self._ask({"telling": documents})
        return answer

    def passage(self, texts: list[str], words: list[str]) -> dict[str, Any]:
        """The passage of `texts` with most of the folded `words`: its text and highlights."""
        answer: dict[str, Any] = self._ask({"passages": texts, "words": words})
        return answer

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        """The answer in the shape of `SearchResult.to_json`."""
        answer: dict[str, Any] = self._ask({"query": query, "options": options})
        return answer


@contextmanager
def node_search(exported: Path, *arguments: str) -> Iterator[NodeSearch]:
    """The search of an exported index, running until the end of the block."""
    node = shutil.which("node")
    assert node, "node is missing: run make setup-test"
    command = [node, str(HARNESS), str(exported), *arguments]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield NodeSearch(process)
    finally:
        process.kill()
        process.communicate()


def without_marks(text: str) -> str:
    """Vietnamese as typed without marks."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(char for char in plain if not "\u0300" <= char <= "\u036f"))


def _mistyped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return chance.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
            text[:at] + chance.choice(LETTERS + LAO) + text[at + 1 :],
        ]
    )


def sample_queries(documents: list[dict[str, Any]], count: int, seed: int) -> list[str]:
    """Names, aliases and numbers of documents, and the same as people type them; and the written queries."""
    chance = random.Random(seed)
    named = sorted(
        {
            text
            for document in documents
            for text in (*document["title"].values(), *document["aliases"], *document["codes"])
        }
    )
    chance.shuffle(named)
    changes = [
        lambda text: text,
        without_marks,
        lambda text: text[: chance.randint(1, len(text))],
        lambda text: _mistyped(text, chance),
        lambda text: text.replace(" ", ""),
        lambda text: " ".join(text.split()[-4:]),
        lambda text: text.upper(),
    ]
    queries = [changes[place % len(changes)](text) for place, text in enumerate(named[:count])]
    queries += [
        "",
        "  ",
        "zzqqj",
        "C/O",
        "nd 14 2018",
        "40.01",
        "savannakhet",
        "xangdau",
        "ka la o",
        "…",
        "biên đổi",
    ]
    if QUERIES.exists():
        written = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
        rows = written if isinstance(written, list) else [row for rows in written.values() for row in rows]
        queries += [str(row["q"]) for row in rows]
    return list(dict.fromkeys(queries))


def generated_texts(count: int, seed: int) -> list[str]:
    """Heaps of letters, marks and signs of both scripts, and of words that the rules rewrite."""
    chance = random.Random(seed)
    alphabets = [LAO, LETTERS, OTHERS, SEEDS, LAO + LETTERS + OTHERS]
    texts = []
    for _ in range(count):
        pieces: list[str] = []
        for _ in range(chance.randint(1, 4)):
            pieces += chance.choices(chance.choice(alphabets), k=chance.randint(1, 8))
        text = "".join(pieces)
        texts.append(chance.choice([text, text, unicodedata.normalize("NFD", text)]))
    return texts


def utf16_places(text: str) -> list[int]:
    """For each character of `text` (and its end) its place in UTF-16 units."""
    places = [0]
    for char in text:
        places.append(places[-1] + (2 if ord(char) > 0xFFFF else 1))
    return places


def all_texts(document: dict[str, Any]) -> list[str]:
    """Every text of a document."""
    texts = [*document["title"].values(), *document["aliases"], *document["codes"]]
    for section in document["sections"]:
        texts += [*section["heading"].values(), *section["text"].values()]
    return texts
