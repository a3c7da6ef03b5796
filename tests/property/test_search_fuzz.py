"""Any query gets an answer: spans inside the text, hits in order, filters that let nothing else through."""

from pathlib import Path

import pytest
from fuzzing import cases
from hypothesis import example, given
from hypothesis import strategies as st

from search.document import SearchDocument, Section
from search.engine import Engine, build_index, open_index
from search.rules import limit
from search.snippets import Wanted, best_passage, mark

WORDS = [
    "cửa khẩu",
    "Lao Bảo",
    "hải quan",
    "tờ khai",
    "xăng dầu",
    "ດ່ານ",
    "ພາສີ",
    "ສາກົນ",
    "ໃບແຈ້ງ",
    "0901.21",
    "C/O",
    "mẫu S",
]
SIGNS = "\"'()[]{}*?~^:+-/\\|&!=,.;#%$@`<>_ \t\n\x00\x1b\u200b\u202e\ud800\U0001f600"
QUERY = st.text(max_size=60) | st.lists(st.sampled_from(WORDS) | st.text(alphabet=SIGNS, max_size=4), max_size=8).map(" ".join)  # fmt: skip
TEXTS = st.text(alphabet=st.sampled_from("ab cửađ. \n!ກ່າຂ1/\u0301\u200b🙂"), max_size=300)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    documents = [
        SearchDocument(
            id=f"d{n}",
            kind=("gates", "procedures")[n % 2],
            url={"vi": f"d{n}.html", "lo": f"lo/d{n}.html"},
            title={"vi": f"{WORDS[n % 5]} {n}", **({"lo": WORDS[5 + n % 4]} if n % 3 else {})},
            aliases=(WORDS[-n % 12],),
            codes=("27/2014/QĐ-TTg", "0901.21") if n % 4 == 0 else (),
            sections=(
                Section("a", {"vi": "Mục"}, {"vi": " ".join(WORDS[: n % 12]) + ".", "lo": "ດ່ານ " * (n % 5)}),
            ),
        )
        for n in range(40)
    ]
    out: Path = tmp_path_factory.mktemp("fuzz") / "index"
    build_index(documents, out, [["cửa khẩu", "ດ່ານ"], ["C/O", "mẫu S"]])
    return open_index(out)


@given(
    QUERY,
    st.sampled_from([None, "vi", "lo"]),
    st.sampled_from([None, "vi", "lo"]),
    st.sampled_from([None, "gates", "nothing", "\x00", "a" * 500]),
    st.sampled_from([None, 0, 1, 5, 10**9, -3]),
)
@cases(133)
def test_any_query(
    engine: Engine, text: str, lang: str | None, only: str | None, kind: str | None, count: int | None
) -> None:
    result = engine.search(text, lang, only, kind, count)
    assert result.query == text
    assert len(result.hits) <= min(result.total, limit("hits_most"))
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({(hit.kind, hit.id) for hit in result.hits}) == len(result.hits)
    for hit in result.hits:
        assert kind is None or hit.kind == kind
        for shown, spans in ((hit.snippet, hit.highlights), (hit.title, hit.title_highlights)):
            assert_spans(shown, spans)
    # The least worth that is shown is a share of the best, so a filter may let weaker ones in: totals are not compared.
    if kind in ("nothing", "\x00"):
        assert result.total == 0


def assert_spans(text: str, spans: list[tuple[int, int]]) -> None:
    done = 0
    for start, end in spans:
        assert done <= start < end <= len(text)
        done = end


@given(QUERY)
@cases(20)
def test_the_same_query_has_the_same_answer(engine: Engine, text: str) -> None:
    first, second = engine.search(text), engine.search(text)
    assert first._replace(took_ms=0) == second._replace(took_ms=0)


@given(
    st.lists(TEXTS, max_size=3),
    st.dictionaries(st.sampled_from(["a", "b", "cua", "ກາ"]), st.integers(0, 5000)),
)
@example(["a" * 500], {"a" * 40: 900})
@example(["x. " + "a\u0301" * 400 + " b"], {"b": 5, "á" * 40: 900})
@cases(66)
def test_snippets_stay_in_their_text(texts: list[str], singles: dict[str, int]) -> None:
    wanted = Wanted(singles, {("a", "b"): 900}, {})
    passage, worth = best_passage(texts, wanted)
    assert worth >= 0
    assert len(passage.text) <= 3 * limit("snippet_characters") + 4
    assert_spans(passage.text, passage.highlights)
    assert not any(ord(sign) < 32 for sign in passage.text)
    for text in texts:
        marked = mark(text, wanted)
        assert len(marked.text) == len(text)
        assert_spans(marked.text, marked.highlights)
