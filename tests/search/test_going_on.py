"""An index that goes on from an earlier one is the index that would have been built anew."""

import json
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import search.index
from search import exported
from search.counts import Counts
from search.document import SearchDocument, Section
from search.engine import IndexError, build_index, open_index
from search.export import export_browser_index
from search.exported import RECORD, LastExport
from search.lexicon import FIELDS
from search.query import ORDER, open_reader
from search.stamp import COUNTS, STAMP, read_stamp
from search.terms import read_terms

SYNONYMS = [["C/O", "giấy chứng nhận xuất xứ", "ໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ"], ["ngô", "bắp", "ສາລີ"]]
NAMES = ("Lao Bảo", "La Lay", "Cha Lo", "Cầu Treo", "Bờ Y", "Nậm Cắn")
TEXTS = (
    "Giấy chứng nhận xuất xứ cho ngô và sắn qua cửa khẩu",
    "ສິນຄ້າຜ່ານແດນຕ້ອງມີໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ",
    "Hàng hóa qua biên giới nộp lệ phí tại cửa khẩu",
    "ດ່ານເປີດແຕ່ເຊົ້າຫາແລງ ເກັບຄ່າທຳນຽມ",
)

Edit = Callable[[list[SearchDocument]], list[SearchDocument]]


def handbook(count: int = 120) -> list[SearchDocument]:
    chance = random.Random(7)
    return [
        SearchDocument(
            id=f"gate-{number:03}",
            kind=chance.choice(("gates", "papers")),
            title={"vi": f"{chance.choice(NAMES)} {number}", "lo": f"ດ່ານ {number}"},
            aliases=(f"cũ {number}",),
            codes=(f"{number}/2018/NĐ-CP",),
            sections=tuple(
                Section("a", {}, {"lo" if "ກ" <= text[0] <= "ໝ" else "vi": text})
                for text in chance.sample(TEXTS, 3)
            ),
        )
        for number in range(count)
    ]


def renamed(documents: list[SearchDocument]) -> list[SearchDocument]:
    documents[40] = replace(documents[40], title={"vi": "Tây Trang ngoại truyện", "lo": "ດ່ານໃໝ່"})
    return documents


def removed(documents: list[SearchDocument]) -> list[SearchDocument]:
    return documents[:17] + documents[18:]


def added(documents: list[SearchDocument]) -> list[SearchDocument]:
    return [replace(documents[3], id="an-earlier-one", codes=("4001",)), *documents]


def moved(documents: list[SearchDocument]) -> list[SearchDocument]:
    """The same document under another id stands elsewhere."""
    documents[0] = replace(documents[0], id="zzz-last")
    return documents


def other_weight(documents: list[SearchDocument]) -> list[SearchDocument]:
    documents[9] = replace(documents[9], weight=0.5)
    return documents


def respelled(documents: list[SearchDocument]) -> list[SearchDocument]:
    """The same word with other marks: the folded term stands where it stood, its exact forms do not."""
    text = "Hang hóa qua biến giới nộp lệ phí tại cưa khẩu"
    documents[5] = replace(documents[5], sections=(Section("a", {}, {"vi": text}),))
    documents[6] = replace(documents[6], aliases=("cù 6",))
    return documents


def same(documents: list[SearchDocument]) -> list[SearchDocument]:
    return documents


EDITS: tuple[Edit, ...] = (renamed, removed, added, moved, other_weight, respelled, same)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("first") / "index"
    build_index(handbook(), out, SYNONYMS)
    # of what was made for a browser before there was nothing
    export_browser_index(out, out.with_name("browser"), last=LastExport(out, out.with_name("browser")))
    return out


def goes_on(index: Path) -> bool:
    """Whether an index keeps the first segment of an earlier one."""
    stamp = read_stamp(index)
    assert stamp
    return bool(json.loads((index / stamp.folder / ORDER).read_text()))


def content(index: Path, folder: Path, last: LastExport | None = None) -> dict[str, bytes]:
    """All that a browser gets of an index, which is all that it says."""
    export_browser_index(index, folder, last=last)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.js")}


def assert_as_anew(
    index: Path, documents: Sequence[SearchDocument], synonyms: list[list[str]], tmp_path: Path
) -> None:
    build_index(documents, tmp_path / "anew", synonyms)
    assert not goes_on(tmp_path / "anew")
    assert content(index, tmp_path / "a") == content(tmp_path / "anew", tmp_path / "b")
    engine, anew = open_index(index), open_index(tmp_path / "anew")
    for query in ("lao bao", "cua khau", "ngoại truyện", "ໃບຢັ້ງຢືນ", "9/2018", "ດ່ານໃໝ່", "bap"):
        ours, theirs = engine.search(query), anew.search(query)
        assert (
            ours.hits == theirs.hits and ours.total == theirs.total and ours.suggestion == theirs.suggestion
        )
    for kind in ("gates", "papers"):
        assert engine.search("cua khau", kind=kind).hits == anew.search("cua khau", kind=kind).hits
    for field in (*FIELDS, "concept"):
        walked = list(anew.reader.field_postings(field))
        assert list(engine.reader.field_postings(field)) == walked
        for term, (numbers, _) in walked:
            assert engine.reader.frequency(field, term) == len(numbers)
    engine.close()
    anew.close()


def exported_last(first: Path) -> LastExport:
    """What a browser got of the first index."""
    return LastExport(first, first.with_name("browser"))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_one_edit_exported(first: Path, edit: Edit, tmp_path: Path) -> None:
    """What a browser gets goes on as well, as long as documents keep their numbers."""
    index, last = tmp_path / "index", exported_last(first)
    build_index(edit(handbook()), index, SYNONYMS, last=first)
    reader = open_reader(index)
    assert (exported._standing(reader, last) is not None) == (
        edit in (renamed, other_weight, respelled, same)
    )
    reader.close()
    assert content(index, tmp_path / "on", last) == content(index, tmp_path / "anew")


def test_edit_upon_edit_exported(first: Path, tmp_path: Path) -> None:
    documents, last = handbook(), exported_last(first)
    for number, edit in enumerate(
        (renamed, other_weight, respelled, same, removed, added, respelled, renamed, other_weight)
    ):
        documents = edit(documents)
        index, folder = tmp_path / f"index-{number}", tmp_path / f"browser-{number}"
        build_index(documents, index, SYNONYMS, last=last.made_from)
        assert content(index, folder, last) == content(index, tmp_path / "anew")
        last = LastExport(index, folder)


def test_edits_drawn_by_chance_exported(first: Path, tmp_path: Path) -> None:
    """Words put in, taken out and changed round, names and groups of synonyms with them."""
    chance, documents, last = random.Random(11), handbook(), exported_last(first)
    words = [*" ".join(TEXTS).split(), "Lao", "Bảo", "ngô", "bắp", "xuất", "xứ", "mới", "ໃໝ່"]
    for number in range(6):
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(documents))
            one = documents[place]
            said = " ".join(chance.choices(words, k=chance.randint(3, 12)))
            documents[place] = chance.choice(
                [
                    replace(one, title={**one.title, "vi": said[:20]}),
                    replace(one, aliases=(said[:30],)),
                    replace(one, sections=(*one.sections[1:], Section("a", {}, {"vi": said}))),
                ]
            )
        index, folder = tmp_path / f"index-{number}", tmp_path / f"browser-{number}"
        build_index(documents, index, SYNONYMS, last=last.made_from)
        build_index(documents, tmp_path / f"anew-{number}", SYNONYMS)
        assert content(index, folder, last) == content(tmp_path / f"anew-{number}", tmp_path / "anew")
        last = LastExport(index, folder)


@pytest.mark.parametrize(
    "damaged", ["a shard", "a shard more", "the record", "no record", "another index", "gone"]
)
def test_an_export_that_is_not_the_recorded_one_is_not_gone_on_from(
    first: Path, damaged: str, tmp_path: Path
) -> None:
    last = LastExport(tmp_path / "last", tmp_path / "last-browser")
    shutil.copytree(first, last.made_from)
    shutil.copytree(exported_last(first).folder, last.folder)
    shard, said = last.folder / "pairs/0.js", last.made_from / RECORD
    if damaged == "a shard":
        shard.write_bytes(shard.read_bytes().replace(b"A", b"B", 1))
    elif damaged == "a shard more":
        shutil.copy(shard, last.folder / "pairs/99.js")
    elif damaged == "the record":
        said.write_text(said.read_text()[:-20])
    elif damaged == "no record":
        said.unlink()
    elif damaged == "another index":
        build_index(other_weight(handbook()), last.made_from, SYNONYMS)
    else:
        shutil.rmtree(last.folder)
    build_index(renamed(handbook()), tmp_path / "index", SYNONYMS, last=first)
    reader = open_reader(tmp_path / "index")
    assert exported._standing(reader, last) is None
    reader.close()
    assert content(tmp_path / "index", tmp_path / "on", last) == content(
        tmp_path / "index", tmp_path / "anew"
    )


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_one_edit(first: Path, edit: Edit, tmp_path: Path) -> None:
    documents = edit(handbook())
    build_index(documents, tmp_path / "index", SYNONYMS, last=first)
    assert goes_on(tmp_path / "index")
    assert_as_anew(tmp_path / "index", documents, SYNONYMS, tmp_path)


def test_edit_upon_edit(first: Path, tmp_path: Path) -> None:
    """Each goes on from the one before; of what was changed twice only the last stands."""
    documents, last = handbook(), first
    for number, edit in enumerate((renamed, other_weight, removed, added, renamed)):
        documents = edit(documents)
        build_index(documents, tmp_path / str(number), SYNONYMS, last=last)
        last = tmp_path / str(number)
        assert goes_on(last)
    assert_as_anew(last, documents, SYNONYMS, tmp_path)


def test_an_edit_taken_back(first: Path, tmp_path: Path) -> None:
    build_index(renamed(handbook()), tmp_path / "edited", SYNONYMS, last=first)
    build_index(handbook(), tmp_path / "index", SYNONYMS, last=tmp_path / "edited")
    assert_as_anew(tmp_path / "index", handbook(), SYNONYMS, tmp_path)


def test_other_synonyms(first: Path, tmp_path: Path) -> None:
    other = [*SYNONYMS[1:], ["lệ phí", "ຄ່າທຳນຽມ"]]
    build_index(handbook(), tmp_path / "index", other, last=first)
    assert goes_on(tmp_path / "index")
    assert_as_anew(tmp_path / "index", handbook(), other, tmp_path)


def test_too_much_has_changed(first: Path, tmp_path: Path) -> None:
    documents = [replace(one, aliases=("khác",)) if n % 5 == 0 else one for n, one in enumerate(handbook())]
    build_index(documents, tmp_path / "index", SYNONYMS, last=first)
    assert not goes_on(tmp_path / "index")


def test_another_mean_length_is_another_worth_of_every_document(first: Path, tmp_path: Path) -> None:
    documents = handbook()
    documents[5] = replace(documents[5], sections=(Section("a", {}, {"vi": TEXTS[0] * 400}),))
    build_index(documents, tmp_path / "index", SYNONYMS, last=first)
    assert not goes_on(tmp_path / "index")
    assert_as_anew(tmp_path / "index", documents, SYNONYMS, tmp_path)


def test_another_program_begins_anew(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search.index, "program_digest", lambda: "another")
    build_index(renamed(handbook()), tmp_path / "index", SYNONYMS, last=first)
    assert not goes_on(tmp_path / "index")


@pytest.mark.parametrize("damaged", ["counts", "segment", "stamp", "nothing there"])
def test_a_damaged_index_is_not_gone_on_from(first: Path, damaged: str, tmp_path: Path) -> None:
    last = tmp_path / "last"
    if damaged != "nothing there":
        build_index(handbook(), last, SYNONYMS)
        stamp = read_stamp(last)
        assert stamp
        place = {
            "counts": last / COUNTS,
            "segment": next((last / stamp.folder).glob("*.pst")),
            "stamp": last / STAMP,
        }[damaged]
        said = bytearray(place.read_bytes())
        said[len(said) // 2] ^= 1
        place.write_bytes(said)
        if damaged != "counts":
            with pytest.raises(IndexError):
                open_reader(last)
    build_index(renamed(handbook()), tmp_path / "index", SYNONYMS, last=last)
    assert not goes_on(tmp_path / "index")


def test_the_same_folder_goes_on_from_itself(tmp_path: Path) -> None:
    before = build_index(handbook(), tmp_path / "index", SYNONYMS)
    assert build_index(handbook(), tmp_path / "index", SYNONYMS) == before
    after = build_index(renamed(handbook()), tmp_path / "index", SYNONYMS)
    assert goes_on(tmp_path / "index")
    assert [path.name for path in (tmp_path / "index").glob("data-*")] == [after.folder]
    assert_as_anew(tmp_path / "index", renamed(handbook()), SYNONYMS, tmp_path)


def test_counts_come_back_from_json_and_can_be_taken_back() -> None:
    counts, some = Counts(), Counts()
    for number, document in enumerate(handbook(20)):
        counts.add(read_terms(document))
        if number % 2:
            some.add(read_terms(document))
    again = Counts.from_json(json.loads(json.dumps(counts.to_json())))
    assert again == counts
    for document in handbook(20)[::2]:
        again.take_back(read_terms(document))
    assert again.frequencies() == some.frequencies() and again.averages() == some.averages()
    assert again.pair_frequencies() == some.pair_frequencies() and set(again.names()) == set(some.names())
    assert again.commonest_forms() == some.commonest_forms()
