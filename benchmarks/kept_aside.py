"""How robust the ranking is: passages without names, asked for by pieces of themselves as people type them.

    python benchmarks/kept_aside.py [--index index] [--passages 400] [--distractors 6000] [--queries 40] [--misses]

The written queries were there while the ranking was made. These were not: passages of one language, without title,
alias or code, are drawn with a seed from the text of an index (or given, one a line, with ``--texts``), and each query
is made from a piece of one passage that stands in few others. All goes through ``python -m search``, as any other
handbook would. Right is every document that holds the piece; for two pieces, every document that holds both.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from search.analyzer import Token, analyze
from search.engine import open_index
from search.rules import rules
from search.syllables import LAO

ROOT = Path(__file__).parent.parent
SEED = 20261122
LEAST, MOST = 40, 400  # characters of a passage


class Question(NamedTuple):
    """``text`` as typed; ``answers`` are the numbers of the documents that are right."""

    kind: str
    text: str
    answers: frozenset[int]


def sentences(index: Path) -> list[str]:
    """Every sentence of an index that is long enough to be looked for."""
    engine = open_index(index)
    found: dict[str, None] = {}
    for number in range(engine.documents):
        for section in engine.reader.document(number)["sections"]:
            for text in section["text"].values():
                for part in re.split(r"\n|(?<=[.;]) ", text):
                    if LEAST <= len(part) <= MOST:
                        found[part] = None
    engine.close()
    return list(found)


def without_marks(text: str) -> str:
    """Vietnamese as typed without marks."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(char for char in plain if not "\u0300" <= char <= "\u036f"))


class _Corpus:
    """The documents cut into exact tokens, and where each run of them stands."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.tokens = [analyze(text) for text in texts]
        self.holding: dict[tuple[str, str], set[int]] = {}
        for number, tokens in enumerate(self.tokens):
            for first, second in pairwise(tokens):
                self.holding.setdefault((first.exact, second.exact), set()).add(number)
        self.stops = {
            token.exact for group in rules()["stop"].values() for text in group for token in analyze(text)
        }

    def holders(self, words: Sequence[str]) -> frozenset[int]:
        """The documents in which ``words`` stand side by side."""
        found = set.intersection(*(self.holding.get(pair, set()) for pair in pairwise(words)))
        size = len(words)

        def holds(number: int) -> bool:
            exact = [token.exact for token in self.tokens[number]]
            return any(exact[i : i + size] == list(words) for i in range(len(exact) - size + 1))

        return frozenset(number for number in found if holds(number))

    def piece(
        self, number: int, chance: random.Random, least: int, most: int
    ) -> tuple[str, list[Token]] | None:
        """A run of tokens of a document that neither begins nor ends with an everyday word or a sign between."""
        tokens = self.tokens[number]
        size = chance.randint(least, most)
        if len(tokens) <= size:
            return None
        start = chance.randrange(len(tokens) - size)
        chosen = tokens[start : start + size]
        text = self.texts[number][chosen[0].start : chosen[-1].end]
        if {chosen[0].exact, chosen[-1].exact} & self.stops or re.search(r"[^\w\s\u0e80-\u0eff]|\d|_", text):
            return None
        if bool(LAO.search(text)) and re.search("[a-zA-Z]", text):
            return None
        return text, chosen


Change = Callable[[str, list[Token], random.Random], str]

_LETTERS = "abcdeghiklmnopqrstuvxy"
_LAO_LETTERS = "ກຂຄງຈສຊຍດຕຖທນບປຜພມຢລວຫອຮາິີຸູ"
_TONES = "\u0ec8\u0ec9\u0eca\u0ecb"
_SPELLINGS = [
    ("ຫຼ", "ຫລ"),
    ("ໜ", "ຫນ"),
    ("ໝ", "ຫມ"),
    ("ຳ", "ໍາ"),
    ("ຣ", "ລ"),
    ("ໃ", "ໄ"),
    ("ໄ", "ໃ"),
    ("ິ", "ີ"),
    ("ຶ", "ື"),
    ("ຸ", "ູ"),
    ("ແ", "ເເ"),
]


def _as_is(text: str, tokens: list[Token], chance: random.Random) -> str:
    return text


def _plain(text: str, tokens: list[Token], chance: random.Random) -> str:
    return without_marks(text)


def _joined(text: str, tokens: list[Token], chance: random.Random) -> str:
    return without_marks(text).replace(" ", "").lower()


def _half(text: str, tokens: list[Token], chance: random.Random) -> str:
    last = tokens[-1]
    keep = chance.randint(1, max(1, len(last.exact) - 1))
    return text[: last.start - tokens[0].start] + text[last.start - tokens[0].start :][:keep]


def _mistyped(text: str, tokens: list[Token], chance: random.Random) -> str:
    chosen = chance.choice([token for token in tokens if len(token.exact) > 2] or tokens)
    start, end = chosen.start - tokens[0].start, chosen.end - tokens[0].start
    word = text[start:end]
    at = chance.randrange(len(word))
    changed = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            word[:at] + chance.choice(_LAO_LETTERS if LAO.search(word) else _LETTERS) + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        ]
    )
    return text[:start] + changed + text[end:]


def _mistyped_plain(text: str, tokens: list[Token], chance: random.Random) -> str:
    return without_marks(_mistyped(text, tokens, chance))


def _other_spelling(text: str, tokens: list[Token], chance: random.Random) -> str:
    fitting = [pair for pair in _SPELLINGS if pair[0] in text]
    for this, other in chance.sample(fitting, min(2, len(fitting))):
        text = text.replace(this, other)
    return text


def _no_tones(text: str, tokens: list[Token], chance: random.Random) -> str:
    return "".join(char for char in text if char not in _TONES)


def _wrong_tones(text: str, tokens: list[Token], chance: random.Random) -> str:
    return "".join(chance.choice(_TONES[:2]) if char in _TONES else char for char in text)


def _spaced(text: str, tokens: list[Token], chance: random.Random) -> str:
    first = tokens[0].start
    pieces = [text[token.start - first : token.end - first] for token in tokens]
    return "".join(piece + (" " if chance.random() < 0.5 else "") for piece in pieces).strip()


def _unspaced(text: str, tokens: list[Token], chance: random.Random) -> str:
    return text.replace(" ", "")


# class: (Lao or not, tokens at least, at most, change)
CLASSES: dict[str, tuple[bool, int, int, Change]] = {
    "vi as it stands": (False, 2, 6, _as_is),
    "vi without marks": (False, 2, 6, _plain),
    "vi half typed": (False, 3, 6, _half),
    "vi mistyped": (False, 3, 6, _mistyped),
    "vi mistyped, no marks": (False, 3, 6, _mistyped_plain),
    "vi written together": (False, 2, 3, _joined),
    "lo from the midst": (True, 3, 7, _as_is),
    "lo other spelling": (True, 3, 7, _other_spelling),
    "lo without tones": (True, 3, 7, _no_tones),
    "lo wrong tones": (True, 3, 7, _wrong_tones),
    "lo spaces put in": (True, 3, 7, _spaced),
    "lo spaces left out": (True, 3, 7, _unspaced),
    "lo half typed": (True, 4, 7, _half),
    "lo mistyped": (True, 4, 7, _mistyped),
}
TWO_PIECES = {
    "vi two pieces": (False, _as_is),
    "vi two pieces, no marks": (False, _plain),
    "lo two pieces": (True, _as_is),
}
SHARED = 3  # a piece stands in at most so many documents


def questions(texts: Sequence[str], asked: int, each: int, seed: int) -> list[Question]:
    """``each`` questions of every class about the first ``asked`` of ``texts``."""
    corpus = _Corpus(texts)
    chance = random.Random(seed)
    by_script = {
        lao: [number for number in range(asked) if bool(LAO.search(texts[number])) is lao]
        for lao in (False, True)
    }
    found: list[Question] = []
    for name, (lao, least, most, change) in CLASSES.items():
        made = tries = 0
        while made < each and tries < 400 * each:
            tries += 1
            number = chance.choice(by_script[lao])
            piece = corpus.piece(number, chance, least, most)
            if piece is None:
                continue
            holders = corpus.holders([token.exact for token in piece[1]])
            typed = change(*piece, chance)
            if 0 < len(holders) <= SHARED and (change is _as_is or typed != piece[0]):
                found.append(Question(name, typed, holders))
                made += 1
    for name, (lao, change) in TWO_PIECES.items():
        made = tries = 0
        while made < each and tries < 400 * each:
            tries += 1
            number = chance.choice(by_script[lao])
            pieces = [corpus.piece(number, chance, 2, 3) for _ in range(2)]
            if None in pieces:
                continue
            one, two = (piece for piece in pieces if piece)
            if abs(one[1][0].start - two[1][0].start) < 12:
                continue
            both = corpus.holders([t.exact for t in one[1]]) & corpus.holders([t.exact for t in two[1]])
            if 0 < len(both) <= SHARED:
                found.append(Question(name, " ".join(change(*piece, chance) for piece in (one, two)), both))
                made += 1
    return found


def lines(texts: Iterable[str]) -> Iterable[str]:
    """The documents as ``python -m search index`` reads them."""
    for number, text in enumerate(texts):
        language = "lo" if LAO.search(text) else "vi"
        document = {
            "id": f"p{number:05}",
            "kind": "passage",
            "sections": [{"anchor": "p", "text": {language: text}}],
        }
        yield json.dumps(document, ensure_ascii=False)


def answers(texts: Sequence[str], asked: Sequence[Question]) -> list[list[int]]:
    """For each question the numbers of the documents found, best first, by way of the command line."""
    program = [sys.executable, "-m", "search"]
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "documents.jsonl", Path(folder) / "index"
        source.write_text("\n".join(lines(texts)), encoding="utf-8")
        subprocess.run([*program, "index", str(source), "--out", str(out), "-q"], check=True, cwd=ROOT)
        typed = "\n".join(question.text for question in asked)
        done = subprocess.run(
            [*program, "query", "--index", str(out), "--batch"],
            input=typed, capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT,
        )  # fmt: skip
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    return [[int(hit["id"][1:]) for hit in answer["hits"]] for answer in found]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--index", type=Path, default=ROOT / "index")
    parser.add_argument(
        "--texts", type=Path, help="passages to ask about, one a line, in place of the index's own"
    )
    parser.add_argument("--passages", type=int, default=400)
    parser.add_argument("--distractors", type=int, default=6000)
    parser.add_argument("--queries", type=int, default=40, help="of each class")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--misses", action="store_true", help="list the queries whose first answer is another"
    )
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    pool = sentences(options.index)
    chance.shuffle(pool)
    given = options.texts.read_text(encoding="utf-8").splitlines() if options.texts else None
    kept = [text for text in given if text.strip()] if given else pool[: options.passages]
    others = [text for text in pool[options.passages :] if text not in set(kept)][: options.distractors]
    sets = {"alone": kept, f"among {len(others)} others": kept + others}
    tables: dict[str, dict[str, list[tuple[bool, bool]]]] = {}
    for title, texts in sets.items():
        asked = questions(texts, len(kept), options.queries, options.seed)
        table = tables[title] = {}
        for question, found in zip(asked, answers(texts, asked), strict=True):
            result = (bool(found) and found[0] in question.answers, bool(question.answers & set(found[:3])))
            for name in (question.kind, "all"):
                table.setdefault(name, []).append(result)
            if options.misses and not result[0]:
                best = texts[found[0]] if found else "nothing"
                print(
                    f"{title}: {question.kind}: {question.text} → {best}\n    not {texts[min(question.answers)]}"
                )
    print(f"{len(kept)} passages; success@1 / success@3")
    print()
    print("| class | queries | " + " | ".join(tables) + " |")
    print("|---|---|" + "---|" * len(tables))
    for name in [*CLASSES, *TWO_PIECES, "all"]:
        counts = " + ".join(str(len(table.get(name, ()))) for table in tables.values())
        cells = [
            " / ".join(f"{sum(r[part] for r in table[name]) / len(table[name]):.3f}" for part in (0, 1))
            if table.get(name)
            else "none"
            for table in tables.values()
        ]
        print(f"| {name} | {counts} | " + " | ".join(cells) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
