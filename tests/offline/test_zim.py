"""The file for Kiwix, read back with the library Kiwix reads with."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher

from generator.build import BuildPlan
from generator.offline.published import NotBuilt
from generator.offline.zim import index_words, without_marks, write_zim
from generator.reading.handbook import Handbook


@pytest.fixture(scope="module")
def archive(built: BuildPlan, handbook: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    path = tmp_path_factory.mktemp("zim") / "handbook.zim"
    count = write_zim(handbook, built.as_of, built.site_dir, path)
    assert count > len(handbook)
    return Archive(path)


def found(archive: Archive, words: str, count: int = 5) -> list[str]:
    return list(Searcher(archive).search(Query().set_query(words)).getResults(0, count))


def test_it_is_whole_and_opens_on_the_home_page(archive: Archive) -> None:
    assert archive.check()
    assert archive.has_fulltext_index
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.get_metadata("Language") == b"vie,lao"
    assert archive.get_metadata("Date") == b"2026-11-21"
    assert len(archive.get_metadata("Title").decode()) <= 30
    assert archive.has_illustration(48)


def test_pages_of_both_languages_read_back(archive: Archive, built: BuildPlan) -> None:
    for path, words in (("gates/lao-bao.html", "Cửa khẩu"), ("lo/gates/lao-bao.html", "ດ່ານ")):
        item = archive.get_entry_by_path(path).get_item()
        assert item.mimetype == "text/html"
        assert words in bytes(item.content).decode("utf-8")
    style = next((built.site_dir / "assets").glob("look.*.css"))
    item = archive.get_entry_by_path(f"assets/{style.name}").get_item()
    assert item.mimetype == "text/css"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("cửa khẩu Lao Bảo", "gates/lao-bao.html"),
        ("cua khau lao bao", "gates/lao-bao.html"),
        ("den sa van", "gates/lao-bao.html"),
        ("Đen Sạ Vẳn", "gates/lao-bao.html"),
        ("ດ່ານສາກົນລາວບາວ", "lo/gates/lao-bao.html"),
        ("ດ່ານ ລາວບາວ", "lo/gates/lao-bao.html"),
        ("ແດນສະຫວັນ", "lo/gates/lao-bao.html"),
        ("ມັນຕົ້ນ", "lo/goods/cassava.html"),
        ("ໃບຢັ້ງຢືນແຫຼ່ງກຳເນີດສິນຄ້າ", "lo/glossary/certificate-of-origin.html"),
        ("ໃບຢັ້ງຢືນແຫລ່ງກໍາເນີດສິນຄ້າ", "lo/glossary/certificate-of-origin.html"),
        ("ນໍາເຂົ້າ", "lo/glossary/import.html"),
        ("0714", "goods/cassava.html"),
    ],
)
def test_both_languages_are_found(archive: Archive, words: str, path: str) -> None:
    assert path in found(archive, words)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("lao bao", "gates/lao-bao.html"),
        ("Lao Bảo", "gates/lao-bao.html"),
        ("ລາວບາວ", "lo/gates/lao-bao.html"),
        ("ດ່ານສາກົນ ລາວບາວ", "lo/gates/lao-bao.html"),
        ("ມັນ", "lo/goods/cassava.html"),
    ],
)
def test_titles_are_offered_while_a_reader_types(archive: Archive, words: str, path: str) -> None:
    assert path in list(SuggestionSearcher(archive).suggest(words).getResults(0, 10))


class _Addresses(HTMLParser):
    """What a page refers to, but for links a reader has to press and the name it has on the web."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        for name in ("href", "src", "action", "srcset", "poster", "data"):
            value = said.get(name)
            if value and not (tag == "link" and said.get("rel") == "canonical"):
                (self.links if tag == "a" else self.found).append(value)


def test_nothing_refers_outside_and_every_link_leads_somewhere(archive: Archive) -> None:
    paths = {archive._get_entry_by_id(number).path for number in range(archive.all_entry_count)}
    pages = [path for path in paths if path.endswith(".html")]
    assert len(pages) > 100
    for path in pages:
        page = _Addresses()
        page.feed(bytes(archive.get_entry_by_path(path).get_item().content).decode("utf-8"))
        assert not [value for value in page.found if urlsplit(value).scheme or value.startswith("//")], path
        for value in (*page.found, *page.links):
            parts = urlsplit(value)
            if parts.path and not parts.scheme:
                assert not value.startswith("/"), (path, value)
                target = unquote(urlsplit(urljoin(f"http://zim/{path}", value)).path).removeprefix("/")
                assert target in paths, (path, value)


def test_pages_that_repeat_others_are_not_found(archive: Archive) -> None:
    paths = found(archive, "Lao Bảo", 500)
    assert len(paths) > 10
    assert not [path for path in paths if path.removeprefix("lo/").startswith(("both/", "cards/", "packs/"))]


def test_what_nobody_wrote_is_not_found(archive: Archive) -> None:
    assert found(archive, "xyzzy") == []


def test_index_words() -> None:
    assert index_words("Điện Biên", 3).split() == ["đien", "dien", "bien"]
    words = index_words("ດ່ານສາກົນ", 3).split()
    assert words == ["ດານ", "ສາ", "ດານສາ", "ກນ", "ສາກນ", "ດານສາກນ"]
    # a comma parts, a space does not
    assert "ລາວບາວ" in index_words("ລາວ ບາວ", 3).split()
    assert "ລາວບາວ" not in index_words("ລາວ, ບາວ", 3).split()
    # both ways to write the same letter
    assert {"ໜງ", "ຫນງ"} <= set(index_words("ໜັງ", 1).split())
    assert without_marks("Khẩu ເຂົ້າ") == "khau ເຂາ"


def test_an_empty_folder_is_no_site(handbook: Handbook, built: BuildPlan, tmp_path: Path) -> None:
    with pytest.raises(NotBuilt):
        write_zim(handbook, built.as_of, tmp_path, tmp_path / "x.zim")
    assert not (tmp_path / "x.zim").exists()
