"""The printed book: its pages counted, its words found, its fonts in it; posters; single entries."""

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno
from click.testing import CliRunner
from markupsafe import Markup
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from small_handbook import AS_OF, FIXTURE, REPOSITORY, in_thread

from generator.commands.offline import book as book_command
from generator.labels import LANGUAGES
from generator.model.reference import Term
from generator.offline.book import BookPlan, BookRefused, make_book, page_numbers
from generator.offline.book.chromium import PrinterMissing, printer
from generator.offline.book.content import KINDS, PrintedPair, _without_plain_twins, anchor, whole_book
from generator.offline.book.layout import Imprint, _grouped, book_html, entry_html
from generator.offline.book.poster import page_address, papers_at, qr_code
from generator.offline.book.words import WORDS
from generator.offline.portable.age import Published
from generator.reading.handbook import Handbook

pytestmark = pytest.mark.browser
IMPRINT = Imprint(Published(AS_OF, 92, 183), "https://handbook.example/")


def printed(handbook: Handbook, imprint: Imprint = IMPRINT, **what: str) -> bytes:
    """A PDF of the whole book, or of `only` or `poster`."""
    made: bytes = in_thread(make_book, BookPlan(handbook, AS_OF, imprint, **what), lambda stage: None)
    return made


def ordered(names: list[str], language: str) -> list[str]:
    """The names in the order of the language."""

    def order() -> list[int]:
        with printer() as chromium:
            return chromium.order(names, language)  # type: ignore[arg-type]

    return [names[place] for place in in_thread(order)]


@pytest.fixture(scope="module")
def pdf(handbook: Handbook) -> bytes:
    return printed(handbook)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    """The text of each page, as a search in a PDF reader sees it: white space does not count."""
    return [squeezed(page.extract_text()) for page in reader.pages]


def squeezed(text: str) -> str:
    """Without white space; the vowel am as its two signs, as it is drawn (either order of a tone)."""
    text = re.sub(r"[\s\u2060]+", "", unicodedata.normalize("NFC", text)).replace("\u0eb3", "\u0ecd\u0eb2")
    return re.sub("([\u0ec8-\u0ecb])\u0ecd", lambda match: "\u0ecd" + match[1], text)


def test_cover_contents_and_every_part(texts: list[str], handbook: Handbook) -> None:
    assert squeezed(WORDS["title"][0]) in texts[0]
    assert squeezed(WORDS["title"][1]) in texts[0]
    assert "21/11/2026" in texts[0]
    assert "21/2/2027" in texts[0]
    assert any(squeezed("Mục lục") in page and squeezed("ສາລະບານ") in page for page in texts[:4])
    whole = "".join(texts)
    for kind in KINDS:
        for entry in handbook.entries[kind].values():
            assert squeezed(entry.name.vi) in whole
            assert squeezed(entry.name.lo) in whole


def test_contents_and_index_give_the_pages_entries_stand_on(
    pdf: bytes, texts: list[str], handbook: Handbook
) -> None:
    pages = page_numbers(pdf)
    for kind in KINDS:
        for entry_id, entry in handbook.entries[kind].items():
            page = pages[anchor(kind, entry_id)]
            assert squeezed(entry.name.vi.split(" - ")[0]) in texts[page - 1]
    contents = "".join(texts[1:4])
    journey = handbook.entries["journeys"]["cassava-la-vn"].name  # type: ignore[attr-defined]
    number = pages[anchor("journeys", "cassava-la-vn")]
    assert f"{squeezed(journey.vi)}{squeezed(journey.lo)}{number}" in contents
    index = "".join(texts[pages["index"] - 1 :])
    assert f"Dansavanh{pages[anchor('gates', 'lao-bao')]}" in index
    assert f"{squeezed('ດ່ານລາວບາວ')}{pages[anchor('gates', 'lao-bao')]}" in index
    assert "000" not in index


def test_links_in_the_contents_lead_to_those_pages(reader: PdfReader) -> None:
    """Every link inside the book has a place to go; nothing is fetched, outside addresses are plain links."""
    named = reader.named_destinations
    seen = 0
    for page in reader.pages:
        for note in page.get("/Annots", []):
            link = note.get_object()
            if "/Dest" in link:
                assert link["/Dest"] in named
                seen += 1
            elif link.get("/A", {}).get("/S") == "/URI":
                assert str(link["/A"]["/URI"]).startswith(("https://", "http://"))
    assert seen > 50


def test_it_is_tagged_and_has_bookmarks_titles_and_one_date(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "vi" in str(root["/Lang"])
    flat = list(_flat(reader.outline))
    assert any("Lao Bảo" in title and "ລາວບາວ" in title for title in flat)
    assert f"{WORDS['title'][0]} / {WORDS['title'][1]}" in flat
    assert flat.count("Cửa khẩu / ດ່ານ") == 1
    assert not [title for title in flat if re.search("[a-zà-ưạ-ỹ][\u0e80-\u0eff]", title)]
    assert len(flat) > 40
    assert reader.metadata is not None
    assert "ປຶ້ມຄູ່ມື" in str(reader.metadata.title)
    assert str(reader.metadata["/CreationDate"]).startswith("D:20261121")


def _flat(outline: list[object]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield str(item.title)  # type: ignore[attr-defined]


def test_only_our_fonts_and_all_of_them_embedded(reader: PdfReader) -> None:
    names = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert isinstance(descriptor, DictionaryObject)
            assert any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
            names.add(str(descriptor["/FontName"]).split("+")[-1])
    assert {name.split("-")[0] for name in names} == {"BeVietnamPro", "NotoSansLao"}


LAO_WORDS = ("ດ່ານສາກົນ", "ໃບຢັ້ງຢືນ", "ຂໍ້ມູນ", "ນຳເຂົ້າ", "ກຳເນີດ", "ປຶ້ມຄູ່ມື", "ເທົ່ານັ້ນ")


def test_lao_is_found_in_whole_words(texts: list[str]) -> None:
    """Every sign of the text layer means something, also the raised and lowered shapes of marks."""
    whole = "".join(texts)
    assert "\0" not in whole
    for word in LAO_WORDS:
        assert squeezed(word) in whole


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_lao_words_are_not_torn_by_a_reader_that_looks_at_gaps(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf)
    command = ["pdftotext", str(tmp_path / "book.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    for word in LAO_WORDS:
        assert word in text


def test_glossary_in_both_directions_in_the_order_of_the_language(
    texts: list[str], pdf: bytes, handbook: Handbook
) -> None:
    pages = page_numbers(pdf)
    for language, after in (("vi", "glossary-lo"), ("lo", "index")):
        part = "".join(texts[pages[f"glossary-{language}"] - 1 : pages[after] - 1])
        names = [getattr(term.name, language) for term in handbook.of(Term).values()]
        other = "lo" if language == "vi" else "vi"
        place = 0
        for name in ordered(names, language):
            paired = next(
                getattr(term.name, other)
                for term in handbook.of(Term).values()
                if getattr(term.name, language) == name
            )
            place = part.index(squeezed(name) + squeezed(paired), place) + 1
    assert squeezed("chữ Lào chưa được xác nhận") in "".join(texts)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "vi",
            ["an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "da", "đa", "đi", "e", "ê", "o", "ô", "ơ"],
        ),
        ("lo", ["ກັບ", "ກາ", "ເກ", "ແກ", "ໄກ", "ຂາ", "ງາ", "ສາ", "ຊາ", "ດ່ານ", "ຫາ", "ອາ", "ຮາ"]),
    ],
)
def test_order_of_letters(language: str, expected: list[str]) -> None:
    """Vietnamese letters before tones; a Lao lead vowel after its consonant; ສ before ຊ, ອ before ຮ."""
    assert ordered(sorted(expected, reverse=True), language) == expected


def test_names_stand_under_their_own_letter_and_once() -> None:
    """Marks before a name do not count; of spellings that differ in marks alone the whole one is printed."""
    names = {
        "vi": [
            "… ngày trước",
            "(an toàn)",
            "102/2020/NĐ-CP",
            "102/2020/ND-CP",
            "A Đớt - Tà Vàng",
            "A Dot - Ta Vang",
        ],
        "lo": ["… ວັນກ່ອນ", "C/O ຟອມ S", "ເກ", "ກາ"],
    }
    found = {
        language: _without_plain_twins({name: {"gates.x": None} for name in listed})
        for language, listed in names.items()
    }
    assert [row.name for row in found["vi"]] == [
        "… ngày trước",
        "(an toàn)",
        "102/2020/NĐ-CP",
        "A Đớt - Tà Vàng",
    ]
    assert len(_without_plain_twins({"Lao Bảo": {"gates.x": None}, "Lao Bao": {"gates.y": None}})) == 2
    with_letters = {}
    for language, rows in found.items():
        groups = _grouped(
            rows,
            [row.name for row in rows],
            language,
            lambda texts, _: sorted(range(len(texts)), key=texts.__getitem__),
        )  # type: ignore[arg-type]
        with_letters[language] = [(group["letter"], [row.name for row in group["rows"]]) for group in groups]
    assert with_letters["vi"] == [
        ("0–9", ["102/2020/NĐ-CP"]),
        ("A", ["A Đớt - Tà Vàng", "(an toàn)"]),
        ("N", ["… ngày trước"]),
    ]
    assert {letter for letter, _ in with_letters["lo"]} == {"ວ", "ຟ", "ກ"}


def test_both_languages_of_a_line_stand_beside_each_other(handbook: Handbook) -> None:
    book = whole_book(handbook, AS_OF)
    for part in book.parts:
        for entry in part.entries:
            assert entry.pairs
            for pair in entry.pairs:
                assert pair.vi
                assert pair.lo
                assert 'href="#s' not in pair.vi
    html = book_html(book, IMPRINT, lambda names, language: list(range(len(names))), {})
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in html, target
    assert "file:" not in html
    assert ".html" not in re.sub(r'href="https?:[^"]*"|>[^<]*<', "", html)


def test_a_word_wider_than_its_column_breaks(handbook: Handbook, tmp_path: Path) -> None:
    """Else Chromium prints everything smaller until that word has room, and the cover's bar ends above the foot."""
    entry = whole_book(handbook, AS_OF).parts[0].entries[0]
    long = Markup("khaibaohoso.vnsw.gov.vn/" * 12)
    pairs = tuple(PrintedPair(tag, long, long) for tag in ("h3", "h4", "p"))
    page = tmp_path / "entry.html"
    page.write_text(
        entry_html(replace(entry, vi=str(long), lo=str(long), pairs=pairs), "gates", IMPRINT), "utf-8"
    )

    def print_it() -> bytes:
        with printer() as chromium:
            return chromium.pdf(page)

    content = PdfReader(io.BytesIO(in_thread(print_it))).pages[0].get_contents()
    assert content is not None
    scales = {
        match[1] for match in re.finditer(rb"([\d.]+) 0 0 ([\d.]+) [\d.]+ -?[\d.]+ cm", content.get_data())
    }
    # 96 pixels of the page to an inch, 300 of the printer.
    assert scales == {b"3.125"}


def test_one_entry_alone(handbook: Handbook) -> None:
    pdf = printed(handbook, only="gate/lao-bao")
    reader = PdfReader(io.BytesIO(pdf))
    assert 1 <= len(reader.pages) <= 5
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert squeezed("Thông tin hai bên") in text
    assert squeezed("ຂໍ້ມູນສອງຝ່າຍ") in text
    for wrong in ("gates/none", "gates", "x/lao-bao", "/"):
        with pytest.raises(BookRefused):
            printed(handbook, only=wrong)


@pytest.mark.parametrize(("size", "width"), [("A4", 595), ("A3", 842)])
def test_a_poster_is_one_sheet_with_names_hours_papers_and_code(
    handbook: Handbook, size: str, width: int
) -> None:
    pdf = printed(handbook, poster="lao-bao", size=size)
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.width)) == width
    text = squeezed(reader.pages[0].extract_text())
    for words in (
        "Lao Bảo", "ລາວບາວ", "Đen Sạ Vẳn", "ແດນສະຫວັນ", "07:00–17:00", "C/O mẫu S do Lào cấp",
        "ໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ ຟອມ S", "https://handbook.example/gates/lao-bao.html", "21/11/2026",
        "không phải giờ chính thức", "ບໍ່ແມ່ນເວລາທາງການ",
    ):  # fmt: skip
        assert squeezed(words) in text, words


def test_hours_nobody_knows_are_printed_as_unknown(handbook: Handbook) -> None:
    gate = handbook.entries["gates"]["la-lay"]
    changed = gate.model_copy(update={"hours": "unknown"})
    entries = handbook.entries | {"gates": handbook.entries["gates"] | {"la-lay": changed}}
    altered = Handbook(
        **{name: getattr(handbook, name) for name in handbook.__dataclass_fields__} | {"entries": entries}
    )
    pdf = printed(altered, poster="gates/la-lay")
    text = squeezed(PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    assert squeezed("Giờ mở cửa") in text
    assert squeezed("Chưa rõ") in text
    assert "07:00" not in text


def test_papers_of_a_direction_nobody_described_are_unknown_not_none(handbook: Handbook) -> None:
    there = papers_at(handbook, "lao-bao", "la-to-vn", AS_OF)
    assert there.known
    assert "C/O mẫu S do Lào cấp" in {paper.vi for paper in there.always}
    back = papers_at(handbook, "lao-bao", "vn-to-la", AS_OF)
    assert (back.known, back.always, back.sometimes) == (False, (), ())


def test_the_code_says_the_address_of_the_gate() -> None:
    address = page_address(IMPRINT, "lao-bao")
    assert address == "https://handbook.example/gates/lao-bao.html"
    code = segno.make(address, error="q", micro=False)
    assert qr_code(address).count("<path") == 1
    # as many dark modules drawn as the code has
    drawn = sum(int(run) for run in re.findall(r"h(\d+)", str(qr_code(address))))
    assert drawn == sum(sum(row) for row in code.matrix)


def test_a_poster_needs_a_gate_and_an_address(handbook: Handbook) -> None:
    for imprint, gate in ((IMPRINT, "none"), (Imprint(IMPRINT.published, ""), "lao-bao")):
        with pytest.raises(BookRefused):
            printed(handbook, imprint, poster=gate)


def test_without_chromium_it_says_what_to_install(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(PrinterMissing):
        ordered(["a"], "vi")
    with pytest.raises(BookRefused, match="HANDBOOK_CHROMIUM"):
        printed(handbook, only="gates/lao-bao")


def test_the_command(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    out = f"{tmp_path}/poster.pdf"
    day = date(2026, 11, 21).isoformat()
    data = str(FIXTURE)
    run = in_thread(
        CliRunner().invoke, book_command, [out, "--poster", "lao-bao", "--data", data, "--as-of", day, "-q"]
    )
    assert run.exit_code == 0, run.output
    assert len(PdfReader(out).pages) == 1
    both = [out, "--poster", "lao-bao", "--only", "gates/lao-bao", "--data", data]
    assert in_thread(CliRunner().invoke, book_command, both).exit_code == 2
    assert (
        in_thread(CliRunner().invoke, book_command, [out, "--only", "gates/none", "--data", data]).exit_code
        == 1
    )


def test_words_stand_in_both_languages() -> None:
    assert len(LANGUAGES) == 2
    for vi, lo in WORDS.values():
        assert re.findall(r"\{\w+\}", vi) == re.findall(r"\{\w+\}", lo)
        assert re.search("[\u0e80-\u0eff]", lo)
        assert not re.search("[\u0e80-\u0eff]", vi)
