"""The frame of the site around hand-made pages: built strictly, then read as a browser and a crawler would."""

import gzip
import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jinja2
import pytest
from lxml import etree
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.error_guide import error_pages
from generator.labels import LANGUAGES, labels
from generator.site import assets
from generator.site.page_info import Neighbour, PageInfo, first_line, take
from generator.site.shell import MENU, UNLISTED

REPOSITORY = Path(__file__).parents[2]
TEMPLATES = REPOSITORY / "generator/site/templates"
HOSTILE = 'Chợ </title><script>alert(1)</script> "x" --> {#id}'
CURRENT = {"vi": "Cửa khẩu", "lo": "ດ່ານ"}


def write(docs: Path, path: str, info: PageInfo, body: str) -> None:
    target = docs / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(first_line(info) + body + "\n", encoding="utf-8")


def sample_docs(docs: Path) -> None:
    """Written pages of the repository and a few pages as the generator makes them."""
    for page in sorted((REPOSITORY / "docs").rglob("*.md")):
        target = docs / page.relative_to(REPOSITORY / "docs")
        if take(page.read_text(encoding="utf-8"))[0].written:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())
    for picture in (REPOSITORY / "docs").rglob("*.webp"):
        target = docs / picture.relative_to(REPOSITORY / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(picture.read_bytes())
    for language in LANGUAGES:
        # the written guides link to it
        for path, text in error_pages(language):
            write(docs, f"{language}/{path}", PageInfo(), text)
        write(docs, f"{language}/index.md", PageInfo(is_html=True), home(language))
        for kind in (*MENU, "sources"):
            body = f'<h1 id="{kind}">{labels(language)[f"kind.{kind}"]}</h1>'
            write(docs, f"{language}/{kind}/index.md", PageInfo(is_html=True), body)
        for gate, title in (("lao-bao", "Lao Bảo – Đen Sạ Vẳn"), ("la-lay", HOSTILE)):
            info = PageInfo(
                source=f"data/gates/{gate}.yaml",
                title=title,
                description="Quốc lộ 9",
                next=Neighbour("gates/la-lay", "La Lay") if gate == "lao-bao" else None,
                is_html=True,
            )
            sections = "".join(
                f'<h2 id="{anchor}">{anchor}</h2><p style="min-height:60rem">{anchor}</p>'
                for anchor in ("facts", "plan-b", "sources")
            )
            link = '<p><a id="la-lay-link" href="la-lay.html#plan-b">La Lay</a></p>'
            write(docs, f"{language}/gates/{gate}.md", info, f'<h1 id="name">{gate}</h1>{link}{sections}')
            rows = '<div><h2 id="facts" lang="vi">Hai bên</h2><h2 lang="lo">ສອງຝັ່ງ</h2></div>'
            link = link.replace("la-lay.html", "../../gates/la-lay.html")
            body = f'<h1 id="name">{gate}</h1>{link}<div class="par">{rows}</div>'
            write(docs, f"{language}/both/gates/{gate}.md", info, body)
        write(docs, f"{language}/journeys/cassava.md", PageInfo(source="data/journeys/cassava.yaml"), LIVE)


LIVE = """# Live parts {#live}

<ul class="chips" data-filters="papers"><li><a data-key="side" data-value="" href="#papers">all</a></li><li><a data-key="side" data-value="laos" href="#papers">Laos</a></li></ul>
<p class="count" data-count="papers" aria-live="polite"></p>
<ul class="pack" id="papers" data-pack="cassava"><li data-tick="form-s" data-side="laos"><b>C/O S</b></li><li data-tick="invoice" data-side="vietnam"><b>Invoice</b></li></ul>
"""


def home(language: str) -> str:
    """Home as the template prints it, without the first line."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    links = [{"href": "journeys/cassava.html", "text": "Sắn & ngô"}]
    return environment.get_template("home.md.j2").render(
        t=labels("lo" if language == "lo" else "vi"),
        first_line=Markup(),
        searches=[{"href": "search.html?q=lao+bao", "text": "lao bao", "language": "vi"}],
        directions=[{"to_vietnam": True, "links": links}, {"to_vietnam": False, "links": links}],
        chips=links,
        ways=[{"name": name, "links": links} for name in ("trader", "officer", "official")],
        gate_count=10,
        line=Markup('<ol class="bl"></ol>'),
        changes=Markup('<ol class="tl"><li>1</li></ol>'),
        chart=Markup("<table class='bars'><tr><td>1</td></tr></table>"),
        kinds=[{"href": "gates/index.html", "text": CURRENT[language], "count": 44}],
    )


class Records(logging.Handler):
    """Warnings of a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def build_site(docs: Path, site: Path, **settings: Any) -> list[str]:
    """Build strictly; returns the warnings, and raises as mkdocs does if there are any."""
    config = load_config(
        str(REPOSITORY / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site),
        site_url="https://handbook.example/", repo_url="https://git.example/handbook", **settings,
    )  # fmt: skip
    config.extra.update(data_dir="", as_of="2026-11-21")
    records = Records()
    logging.getLogger("mkdocs").addHandler(records)
    try:
        build(config)
    finally:
        logging.getLogger("mkdocs").removeHandler(records)
    return records.messages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("shell")
    sample_docs(folder / "docs")
    assert build_site(folder / "docs", folder / "site") == []
    yield folder / "site"


class Tags(HTMLParser):
    """All start tags of a page with their attributes, and the ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def each(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def unlisted(site: Path, page: Path) -> bool:
    """Whether the page stands outside the handbook's pages: search, not found, no line."""
    return page.relative_to(site).with_suffix("").as_posix().removeprefix("lo/") in UNLISTED


def read(path: Path) -> Tags:
    return Tags(path.read_text(encoding="utf-8"))


def test_every_page_says_its_language(site: Path) -> None:
    for page in pages(site):
        expected = "lo" if page.relative_to(site).parts[0] == "lo" else "vi"
        assert read(page).each("html")[0]["lang"] == expected, page


def test_both_languages_hold_the_same_pages_and_ids(site: Path) -> None:
    def ids(page: Path) -> list[str]:
        return [attributes["id"] for _, attributes in read(page).tags if "id" in attributes]

    for page in pages(site):
        path = page.relative_to(site)
        if path.parts[0] == "lo" or (not (site / "lo" / path).exists() and unlisted(site, page)):
            continue
        assert ids(page) == ids(site / "lo" / path), path


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in pages(site):
        for tag, attributes in read(page).tags:
            fetched = [attributes[name] for name in ("src", "srcset", "data", "action") if name in attributes]
            if tag == "link" and attributes["rel"] != "canonical":
                fetched.append(attributes["href"])
            for address in fetched:
                assert not urlsplit(address).netloc and not address.startswith("http"), (page, address)
            assert not [name for name in attributes if name.startswith("on")], (page, attributes)
    for style in site.rglob("*.css"):
        assert not re.findall(r"url\((?!fonts/|\"data:)", style.read_text(encoding="utf-8"))


def test_links_lead_to_pages_and_anchors(site: Path) -> None:
    known = {page: {a["id"] for _, a in read(page).tags if "id" in a} for page in pages(site)}
    for page in known:
        if page.name == "search.html":  # names the lists of every kind; the real site has them
            continue
        for tag, attributes in read(page).tags:
            address = attributes.get("href" if tag in {"a", "link"} else "src", "")
            parts = urlsplit(address)
            if not address or parts.scheme or tag not in {"a", "link", "script"}:
                continue
            if parts.path.endswith("feed.xml"):  # written by the exports
                continue
            if parts.path.startswith("/"):
                target = site / parts.path[1:]
            else:
                target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.exists(), (page, address)
            if parts.fragment:
                assert parts.fragment in known[target], (page, address)


def test_language_switch_leads_to_the_same_page(site: Path) -> None:
    gate = [a for a in read(site / "gates/lao-bao.html").each("a") if "data-set" in a]
    assert [(a["data-set"], a["href"], a.get("aria-current", "")) for a in gate] == [
        ("vi", "lao-bao.html", "true"),
        ("lo", "../lo/gates/lao-bao.html", ""),
        ("both", "../both/gates/lao-bao.html", ""),
    ]
    beside = [a for a in read(site / "lo/both/gates/lao-bao.html").each("a") if "data-set" in a]
    assert [(a["data-set"], a["href"], a.get("aria-current", "")) for a in beside] == [
        ("vi", "../../../gates/lao-bao.html", ""),
        ("lo", "../../gates/lao-bao.html", ""),
        ("both", "lao-bao.html", "true"),
    ]
    assert [a["data-set"] for a in read(site / "index.html").each("a") if "data-set" in a] == ["vi", "lo"]


def test_hostile_title_stays_text(site: Path) -> None:
    text = (site / "gates/la-lay.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    title = re.search(r"<title>(.*?)</title>", text)
    assert title is not None and "&lt;/title&gt;" in title.group(1)
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    said = json.loads(data)
    assert said["name"] == HOSTILE
    # A build is no change of the page: no date is claimed.
    assert said["inLanguage"] == "vi" and "dateModified" not in said
    assert said["url"] == "https://handbook.example/gates/la-lay.html"


def test_generated_page_names_its_data_file_and_how_to_correct_it(site: Path) -> None:
    tags = read(site / "lo/gates/lao-bao.html")
    addresses = [a["href"] for a in tags.each("a")]
    assert "https://git.example/handbook/edit/main/data/gates/lao-bao.yaml" in addresses
    [report] = [address for address in addresses if "/issues/new" in address]
    said = parse_qs(urlsplit(report).query)
    assert "data/gates/lao-bao.yaml" in said["title"][0]
    assert "https://handbook.example/lo/gates/lao-bao.html" in said["body"][0]
    assert [a["href"] for a in tags.each("a") if a.get("rel") == "next"] == ["la-lay.html"]


def test_written_page_is_edited_where_it_was_written(site: Path) -> None:
    addresses = [a["href"] for a in read(site / "lo/about/licence.html").each("a")]
    assert "https://git.example/handbook/edit/main/docs/lo/about/licence.md" in addresses


def test_menu_marks_the_section(site: Path) -> None:
    for language, folder in (("vi", site), ("lo", site / "lo")):
        page = (folder / "gates/lao-bao.html").read_text(encoding="utf-8")
        assert f'<a href="index.html" aria-current="true">{CURRENT[language]}</a>' in page
        index = (folder / "gates/index.html").read_text(encoding="utf-8")
        assert f'<a href="index.html" aria-current="page">{CURRENT[language]}</a>' in index


def test_description_stands_in_the_head(site: Path) -> None:
    metas = {
        a.get("name"): a["content"] for a in read(site / "gates/lao-bao.html").each("meta") if "name" in a
    }
    assert metas["description"] == "Quốc lộ 9"
    home_metas = {a.get("name"): a["content"] for a in read(site / "index.html").each("meta") if "name" in a}
    assert home_metas["description"] == labels("vi")["site.description"]


def test_pages_forbid_foreign_and_inline_script(site: Path) -> None:
    for page in pages(site):
        tags = read(page)
        for script in tags.each("script"):
            assert "src" in script or script.get("type") in {"application/ld+json", "application/json"}, page
        if page.name == "search.html" or not unlisted(site, page):
            [policy] = [a["content"] for a in tags.each("meta") if "http-equiv" in a]
            assert "default-src 'none'" in policy
            assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_theme_files_are_not_shipped(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [name for name in names if name.endswith(".map") or "lunr" in name or "bundle" in name]
    assert not [name for name in names if name.startswith("search/")]
    assert all(name.isascii() for name in names)
    own_styles = {assets.style().path, *(assets.page_style(name).path for name in assets.PAGE_STYLES)}
    assert {name for name in names if name.endswith(".css")} == own_styles
    scripts = {name for name in names if name.endswith(".js")}
    own = {assets.script().path, "sw.js"}
    # Beside the script of every page there is the finder's, for its page alone.
    assert own <= scripts
    assert all(name.startswith("assets/finder.") for name in scripts - own)
    licences = {name for name in names if "/OFL-" in name}
    assert len(licences) == len({name.rsplit("-", 1)[0] for name in names if name.endswith(".woff2")})


def test_first_visit_stays_within_the_budget(site: Path) -> None:
    def packed(path: Path) -> int:
        data = path.read_bytes()
        return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 9))

    style, script = packed(site / assets.style().path), packed(site / assets.script().path)
    fonts = sum(packed(font) for font in (site / "assets/fonts").glob("*00.woff2"))
    frame = packed(site / "gates/index.html")
    assert style <= 7_500
    assert script <= 5_000
    assert frame <= 2_500
    # What is left is for the text of the longest page: 60 kB for a first visit, 15 kB for a later one.
    assert style + script + fonts + frame <= 47_000


def test_sitemap_pairs_the_languages(site: Path) -> None:
    root = etree.parse(site / "sitemap.xml").getroot()
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {}
    for url in root.findall("s:url", name):
        alternates = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", name)}
        found[url.findtext("s:loc", namespaces=name)] = alternates
    gate = {
        "vi": "https://handbook.example/gates/lao-bao.html",
        "lo": "https://handbook.example/lo/gates/lao-bao.html",
    }
    assert found[gate["vi"]] == found[gate["lo"]] == gate
    assert not [address for address in found if "/both/" in address or "search.html" in address]
    listed = {site / urlsplit(address).path[1:] for address in found}
    hidden = {page for page in pages(site) if unlisted(site, page) or "both" in page.parts}
    assert listed == set(pages(site)) - hidden
    assert "Sitemap: https://handbook.example/sitemap.xml" in (site / "robots.txt").read_text()


def test_not_found_speaks_both_languages_from_any_depth(site: Path) -> None:
    text = (site / "404.html").read_text(encoding="utf-8")
    for language in LANGUAGES:
        assert f'<section lang="{language}">' in text
        assert labels(language)["not-found"] in text
    assert all(a["href"].startswith("/") for a in Tags(text).each("a") if a.get("class") != "skip")


def test_same_pages_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    sample_docs(tmp_path / "docs")
    build_site(tmp_path / "docs", tmp_path / "site")
    again = {path.relative_to(tmp_path / "site"): path for path in (tmp_path / "site").rglob("*")}
    assert sorted(again) == sorted(path.relative_to(site) for path in site.rglob("*"))
    for name, path in again.items():
        assert path.is_dir() or path.read_bytes() == (site / name).read_bytes(), name


@pytest.mark.parametrize(
    ("page", "text", "message"),
    [
        ("vi/only.md", "# Một mình {#only}\n", "docs/lo/only.md is missing"),
        ("vi/about/index.md", "# Không tên\n", "has no {#id}"),
        ("vi/about/index.md", "# Hộp {#box}\n\n!!! tip\n    Thế này.\n", "no box for '!!! tip'"),
        ("vi/about/index.md", "# Đứt {#cut}\n\n[x](nowhere.md)\n", "nowhere.md"),
        ("vi/about/index.md", "# Neo {#a}\n\n[x](../gates/lao-bao.md#nowhere)\n", "nowhere"),
    ],
)
def test_mistakes_in_written_pages_stop_the_build(
    tmp_path: Path, page: str, text: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    sample_docs(tmp_path / "docs")
    (tmp_path / "docs" / page).write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        build_site(tmp_path / "docs", tmp_path / "site")
    assert any(message in record.getMessage() for record in caplog.records)


def test_boxes_of_written_pages(tmp_path: Path) -> None:
    sample_docs(tmp_path / "docs")
    for language in LANGUAGES:
        page = tmp_path / "docs" / language / "about/index.md"
        page.write_text('# X {#x}\n\n!!! warning "Cũ"\n    Hỏi lại.\n', encoding="utf-8")
    assert build_site(tmp_path / "docs", tmp_path / "site") == []
    text = (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert re.search(r'<div class="box age"><p><b>Cũ</b></p>\s*<p>Hỏi lại.</p>', text)
