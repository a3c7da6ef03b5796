"""The site as one ZIM file for Kiwix readers, with index data of our own: Kiwix cannot cut Lao into words.

A Kiwix reader asks for whole words, after it has taken all marks off them, and takes a run of Lao letters for one word.
So a page is indexed under its syllables, and under the runs of neighbouring syllables somebody may type as one.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from mimetypes import guess_type
from pathlib import Path

from libzim.writer import Creator, Hint, IndexData, Item, StringProvider

from generator.exports.documents import search_document
from generator.labels import Labels, labels
from generator.offline.bundle import site_files
from generator.offline.published import published_of_site
from generator.reading.handbook import Handbook
from generator.views.pages import views_of
from search.analyzer import analyze
from search.syllables import is_lao

ICON = Path(__file__).parent / "emblem-48.png"
# Pages that repeat others: read, but not found.
NOT_FOUND_AS = ("both/", "cards/", "packs/")
# How many Lao syllables in a row are indexed as one word: in running text, and in names.
RUN_IN_TEXT, RUN_IN_NAMES = 3, 8
# Other ways to type the same letters, which do not meet once the marks are off.
SPELLINGS = str.maketrans({"ໜ": "ຫນ", "ໝ": "ຫມ", "ຳ": "າ", "ຼ": "ລ", "đ": "d"})
# Kiwix keeps no longer terms.
MOST_TERM_BYTES = 200
TYPES = {
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".geojson": "application/geo+json",
    ".pyz": "application/zip",
}


def without_marks(text: str) -> str:
    """The text as libzim compares it: lower case, decomposed, without any mark, composed."""
    plain = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(char for char in plain if unicodedata.category(char)[0] != "M")
    )


def _forms(term: str) -> Iterator[str]:
    yield from dict.fromkeys((without_marks(term), without_marks(term.lower().translate(SPELLINGS))))


def index_words(text: str, run: int) -> str:
    """The words of a text under which Kiwix shall find it; Lao syllables alone and up to `run` of them in a row."""
    words: list[str] = []
    lao: list[str] = []
    end = 0
    for token in analyze(text):
        if not is_lao(token.exact):
            lao.clear()
            words += _forms(text[token.start : token.end])
            continue
        # A space does not part Lao words; a comma or a bracket does.
        if text[end : token.start].strip():
            lao.clear()
        end = token.end
        # As it is written, not as our own search levels it: Kiwix levels nothing but marks.
        lao = [*lao[-run + 1 :], text[token.start : token.end]]
        for count in range(1, len(lao) + 1):
            term = "".join(lao[-count:])
            if len(term.encode()) <= MOST_TERM_BYTES:
                words += _forms(term)
    return " ".join(words)


class _Main(HTMLParser):
    """Title and text of a page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.texts: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("main", "title", "script", "style"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside == ["title"]:
            self.title += data
        elif self._inside == ["main"] and data.strip():
            self.texts.append(" ".join(data.split()))


class _Words(IndexData):  # type: ignore[misc]  # libzim has no types
    """Index data of one page."""

    def __init__(self, title: str, content: str, keywords: str) -> None:
        super().__init__()
        self._title, self._content, self._keywords = title, content, keywords

    def has_indexdata(self) -> bool:
        return bool(self._content)

    def get_title(self) -> str:
        return self._title

    def get_content(self) -> str:
        return self._content

    def get_keywords(self) -> str:
        return self._keywords

    def get_wordcount(self) -> int:
        return self._content.count(" ") + 1

    def get_geoposition(self) -> tuple[bool, float, float]:
        return False, 0.0, 0.0


class _File(Item):  # type: ignore[misc]  # libzim has no types
    """One file of the site."""

    def __init__(self, path: str, content: bytes, title: str, words: _Words) -> None:
        super().__init__()
        self._path, self._content, self._title, self._words = path, content, title, words

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return TYPES.get(Path(self._path).suffix) or guess_type(self._path)[0] or "application/octet-stream"

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: self._words.has_indexdata(), Hint.COMPRESS: True}

    def get_indexdata(self) -> IndexData:
        return self._words


def _item(path: str, content: bytes, names: Sequence[str], site_names: Sequence[str]) -> _File:
    if not path.endswith(".html"):
        return _File(path, content, "", _Words("", "", ""))
    page = _Main()
    page.feed(content.decode("utf-8"))
    title = page.title
    for name in site_names:
        title = title.removesuffix(f" – {name}")
    if path.removeprefix("lo/").startswith(NOT_FOUND_AS):
        return _File(path, content, title, _Words("", "", ""))
    keywords = " ".join(index_words(name, RUN_IN_NAMES) for name in names)
    text = " ".join(index_words(said, RUN_IN_TEXT) for said in page.texts)
    return _File(path, content, title, _Words(index_words(title, RUN_IN_NAMES), text, keywords))


def _names(handbook: Handbook, today: date) -> dict[str, tuple[str, ...]]:
    """Names, spellings and codes of each entry by the path of its page in either language."""
    found = {}
    for key, _ in handbook:
        document = search_document(handbook, key, views_of(handbook, key, today))
        for path in document.url.values():
            found[path] = (*document.title.values(), *document.aliases, *document.codes)
    return found


def _metadata(words: Labels, today: date) -> dict[str, str]:
    return {
        "Name": "border-trade-handbook_vie-lao_all",
        "Title": words["site.name"][:30],
        "Creator": words["site.name"],
        "Publisher": words["site.name"],
        "Date": today.isoformat(),
        "Description": words["site.description"][:80],
        "LongDescription": words["site.description"],
        "Language": "vie,lao",
        "License": "CC-BY-4.0",
        "Tags": "_ftindex:yes;_pictures:no;_videos:no",
    }


def write_zim(handbook: Handbook, today: date, site_dir: Path, out: Path) -> int:
    """Pack the built site into `out`; how many pages can be found. NotBuilt when there is no site.

    The file carries a random identifier, as the format wants it, so it differs from one time to the next.
    """
    published = published_of_site(site_dir)
    names = _names(handbook, today)
    site_names = [labels(language)["site.name"] for language in ("vi", "lo")]
    waiting = out.with_name(f".{out.name}.part")
    waiting.unlink(missing_ok=True)
    count = 0
    with Creator(str(waiting)).config_indexing(True, "vie") as creator:
        creator.set_mainpath("index.html")
        for path, content in site_files(site_dir):
            item = _item(path, content, names.get(path, ()), site_names)
            count += item.get_indexdata().has_indexdata()
            creator.add_item(item)
        for name, value in _metadata(labels("vi"), published.on).items():
            creator.add_metadata(name, value)
        creator.add_illustration(48, ICON.read_bytes())
    waiting.replace(out)
    return count
