"""Four times the input takes about four times the work; what is quadratic would take sixteen times.

Work is the processor time of this thread, the least of several tries, so a busy machine changes little.
"""

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from generator.editing.fmt import format_text
from generator.messages import visible
from generator.model.scalars import plain_text
from generator.reading.entries import validate_entry
from generator.reading.source import MAX_BYTES, parse_source
from search.analyzer import analyze
from search.document import SearchDocument, Section
from search.engine import Engine, build_index, open_index
from search.normalize import normalize
from search.snippets import Wanted, best_passage, mark

TIMES = 4
# Between the four of linear work and the sixteen of quadratic.
MOST = 9.0
# Below this the clock and the caches decide.
LEAST_SECONDS = 0.004

PIECES = {
    "words": "cửa khẩu quốc tế ",
    "no spaces": "cửakhẩuquốctế",
    "lao": "ດ່ານສາກົນລາວບາວ",
    "lao marks": "ກ່່່ິິ",
    "marks alone": "\u0301\u0323",
    "one letter": "a",
    "digits": "0901.21/2014-",
    "brackets": "([{<",
    "spaces": "  \t ",
    "signs": "*?~^:+-!|&\"'",
    "lines": "a\n",
    "two scripts": "aກ",
    "zero width": "\u200b\u2060a",
    "emoji": "🙂👩\u200d👩",
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """Least processor time of four tries, none of which stops to look for garbage among all the tests' objects."""
    tries = []
    gc.disable()
    try:
        for _ in range(4):
            began = time.thread_time()
            work(text)
            tries.append(time.thread_time() - began)
    finally:
        gc.enable()
    return min(tries)


def assert_linear(work: Callable[[str], object], piece: str, most: int, start: int = 250) -> None:
    """Grow until the clock can tell, or the input is as large as it may be, then compare with four times as much."""
    text = piece * start
    while seconds(work, text) < LEAST_SECONDS and len(text) * 2 * TIMES <= most:
        text *= 2
    small, large = seconds(work, text), seconds(work, text * TIMES)
    if large > LEAST_SECONDS:
        assert large / max(small, LEAST_SECONDS / TIMES) < MOST, (piece, len(text), small, large)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_analysis(piece: str) -> None:
    for work in (normalize, analyze):
        assert_linear(work, piece, 200_000)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_snippets(piece: str) -> None:
    wanted = Wanted({"cua": 900, "a": 100, "ກາ": 5}, {("cua", "khau"): 2000}, {})
    assert_linear(lambda text: best_passage([text], wanted), piece, 200_000)
    assert_linear(lambda text: mark(text, wanted), piece, 200_000)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_messages_and_scalars(piece: str) -> None:
    def read(text: str) -> None:
        with suppress(ValueError):
            plain_text(text)

    assert_linear(visible, piece, 400_000)
    assert_linear(read, piece, 400_000)


YAML = {
    "keys": "k{n}: 1\n",
    "one key": "a: 1\n",
    "list": "- a\n",
    "quoted": '- "a"\n',
    "escapes": '- "\\u1234\\x41"\n',
    "comments": "# a\n",
    "blank": "\n",
    "brackets": "[",
    "closed brackets": "[]",
    "braces": "{",
    "question marks": "? ",
    "dashes": "- ",
    "aliases": "- *a\n",
    "anchors": "- &a b\n",
    "tags": "- !a b\n",
    "documents": "---\n",
    "tabs": "\t",
    "long line": "a ",
    "block": "- |\n  a\n",
    "folded": "- >\n  a\n\n",
}


@pytest.mark.parametrize("piece", YAML.values(), ids=YAML)
def test_the_reader(piece: str) -> None:
    """Every size a file may have."""

    def read(text: str) -> None:
        validate_entry(parse_source(text, "data/gates/x.yaml"), "gates")

    whole = "".join(piece.format(n=n) for n in range(100)) if "{n}" in piece else piece
    assert_linear(read, whole, MAX_BYTES, start=1 if "{n}" in piece else 100)


def test_the_formatter() -> None:
    base = Path(__file__).parents[1] / "fixtures" / "problems" / "base" / "gates" / "lao-bao.yaml"
    text = base.read_text(encoding="utf-8")
    assert_linear(
        lambda more: format_text(text.replace("summary:", f"aliases: [{more}]\nsummary:"), "gates"),
        "a, ",
        20_000,
    )


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> list[Engine]:
    """The same kind of documents, 150 and 600 of them."""
    made = []
    for count in (150, 600):
        documents = [
            SearchDocument(
                id=f"d{n}",
                kind="gates",
                url={"vi": f"d{n}.html"},
                title={"vi": f"cửa khẩu số {n}", "lo": "ດ່ານ"},
                aliases=(f"tên khác {n % 17}",),
                codes=(f"{n}/2014/QĐ-TTg",),
                sections=(Section("a", {}, {"vi": "tờ khai hải quan xăng dầu " * 3, "lo": "ພາສີ ດ່ານ " * 3}),),
            )
            for n in range(count)
        ]
        out: Path = tmp_path_factory.mktemp("growth") / "index"
        build_index(documents, out)
        made.append(open_index(out))
    return made


@pytest.mark.parametrize(
    "query", ["cửa khẩu hải quan", "ດ່ານ ພາສີ", "123/2014", "khong co gi", "c", "cua khau so " * 30]
)
def test_a_query_in_a_larger_index(engines: list[Engine], query: str) -> None:
    small, large = (seconds(engine.search, query[:400]) for engine in engines)
    assert large / max(small, LEAST_SECONDS / TIMES) < MOST, (small, large)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_longer_query(engines: list[Engine], piece: str) -> None:
    text = (piece * 400)[:100]
    small, large = (seconds(engines[0].search, query) for query in (text, (piece * 400)[:400]))
    assert large / max(small, LEAST_SECONDS / TIMES) < MOST, (small, large)
