"""The book as HTML: contents, parts, glossaries and indexes, with the page numbers known so far."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.labels import LANGUAGES, Language, labels, other
from generator.offline.book.content import Book, GlossaryRow, IndexRow, PrintedEntry, PrintedPart
from generator.offline.book.words import word
from generator.offline.portable.age import Published
from generator.site.assets import THEME_DIR
from generator.views import formats

TEMPLATES = Path(__file__).parent / "templates"
# As wide as a page number, for the first pass.
NO_PAGE = "000"
LEAD_VOWELS = "ເແໂໃໄ"
# Letters of Vietnamese that are letters of their own, whatever the tone.
PLAIN = str.maketrans({**dict.fromkeys("ÀẢÃÁẠ", "A"), **dict.fromkeys("ẰẲẴẮẶ", "Ă"), **dict.fromkeys("ẦẨẪẤẬ", "Â"),
                       **dict.fromkeys("ÈẺẼÉẸ", "E"), **dict.fromkeys("ỀỂỄẾỆ", "Ê"), **dict.fromkeys("ÌỈĨÍỊ", "I"),
                       **dict.fromkeys("ÒỎÕÓỌ", "O"), **dict.fromkeys("ỒỔỖỐỘ", "Ô"), **dict.fromkeys("ỜỞỠỚỢ", "Ơ"),
                       **dict.fromkeys("ÙỦŨÚỤ", "U"), **dict.fromkeys("ỪỬỮỨỰ", "Ư"), **dict.fromkeys("ỲỶỸÝỴ", "Y")})  # fmt: skip

Pages = Mapping[str, int]
Order = Callable[[Sequence[str], Language], list[int]]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the book says of itself: the date of its facts, and where the newest ones are (or "")."""

    published: Published
    site_url: str


@cache
def environment() -> jinja2.Environment:
    """The templates of what is printed."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )


def _font(family: str, file: str, weight: int, extra: str = "") -> str:
    content = base64.b64encode((THEME_DIR / "fonts" / file).read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; {extra}'
        f'src: url(data:font/woff2;base64,{content}) format("woff2"); }}\n'
    )


@cache
def fonts() -> str:
    """The site's own faces, within the style: what is printed fetches nothing."""
    lao = "size-adjust: 110%; unicode-range: U+E80-EFF, U+20AD; "
    return "".join(
        _font(family, f"{stem}-{weight}.woff2", weight, extra)
        for family, stem, extra in (
            ("Be Vietnam Pro", "be-vietnam-pro", ""),
            ("Noto Sans Lao", "noto-sans-lao", lao),
        )
        for weight in (400, 600)
    )


def emblem() -> Markup:
    """The emblem as SVG that can stand in HTML."""
    said = (THEME_DIR / "images/emblem.svg").read_text(encoding="utf-8")
    return Markup(re.sub(r"<\?xml[^>]*>|<!--.*?-->", "", said, flags=re.DOTALL))


def css_text(text: str) -> str:
    """A text as a string of CSS."""
    return '"' + "".join(f"\\{ord(char):x} " if char in '"\\<\n' else char for char in text) + '"'


def _page_style(name: str, left: str, right: str, foot: str) -> str:
    """Running heads of a part: Vietnamese left, Lao right, as the columns below; page number and date at the foot."""
    face = 'font: 8pt "Be Vietnam Pro", "Noto Sans Lao", sans-serif; color: #333;'
    return (
        f"@page {name} {{ size: A4; margin: 20mm 15mm 18mm;"
        f" @top-left {{ content: {css_text(left)}; {face} width: 50%; text-align: left; }}"
        f" @top-right {{ content: {css_text(right)}; {face} width: 50%; text-align: right; }}"
        f" @bottom-left {{ content: {css_text(foot)}; {face} width: 80%; text-align: left; }}"
        f" @bottom-right {{ content: counter(page); {face} }} }}\n"
    )


def _page_name(entry: PrintedEntry) -> str:
    """The page style of an entry that has its own running heads; a CSS name cannot hold the dot of its id."""
    return entry.id.replace(".", "--")


def _bare(name: str, language: Language) -> str:
    """The name from where it is looked for: without marks before it, in Lao from its first Lao letter on."""
    bare = name.lstrip(" ([{“\"'‘-–./…")
    return (re.sub(r"^[^\u0e80-\u0eff]+", "", bare) if language == "lo" else "") or bare


def _letter(name: str, language: Language) -> str:
    """The letter a name stands under: its first, without tone; in Lao the consonant behind a lead vowel."""
    bare = _bare(name, language)
    if language == "lo":
        bare = bare.lstrip(LEAD_VOWELS) or bare
        return {"ຫຼ": "ຫ"}.get(bare[:1], bare[:1])
    first = bare[:1].upper().translate(PLAIN)
    return first if first.isalpha() else "0–9"


def _grouped(
    rows: Sequence[Any], names: Sequence[str], language: Language, order: Order
) -> list[dict[str, Any]]:
    """The rows in the order of the language, under their letters."""
    groups: list[dict[str, Any]] = []
    for place in order([_bare(name, language) for name in names], language):
        letter = _letter(names[place], language)
        if not groups or groups[-1]["letter"] != letter:
            groups.append({"letter": letter, "rows": []})
        groups[-1]["rows"].append(rows[place])
    return groups


def _glossaries(glossary: Mapping[Language, tuple[GlossaryRow, ...]], order: Order) -> list[dict[str, Any]]:
    return [
        {
            "id": f"glossary-{language}",
            "vi": word(f"glossary-{language}", "vi"),
            "lo": word(f"glossary-{language}", "lo"),
            "first": language,
            "second": other(language),
            "groups": _grouped(rows, [row.first for row in rows], language, order),
        }
        for language, rows in glossary.items()
        if rows
    ]


def _indexes(
    index: Mapping[Language, tuple[IndexRow, ...]], order: Order, pages: Pages
) -> list[dict[str, Any]]:
    found = []
    for language, rows in index.items():
        shown = [
            {
                "name": row.name,
                "places": [{"id": target, "page": _page(pages, target)} for target in row.targets],
            }
            for row in rows
        ]
        found.append(
            {
                "id": f"index-{language}",
                "vi": word(f"index-{language}", "vi"),
                "lo": word(f"index-{language}", "lo"),
                "first": language,
                "groups": _grouped(shown, [row.name for row in rows], language, order),
            }
        )
    return found


def _page(pages: Pages, target: str) -> str:
    return str(pages[target]) if target in pages else NO_PAGE


def _contents(book: Book, pages: Pages) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = [
        {
            "id": part.id,
            "vi": part.vi,
            "lo": part.lo,
            "page": _page(pages, part.id),
            "rows": [
                {"id": entry.id, "vi": entry.vi, "lo": entry.lo, "page": _page(pages, entry.id)}
                for entry in part.entries
            ],
        }
        for part in book.parts
    ]
    lists = (*(f"glossary-{language}" for language in LANGUAGES), "index")
    return groups + [
        {
            "id": target,
            "vi": word(target, "vi"),
            "lo": word(target, "lo"),
            "page": _page(pages, target),
            "rows": [],
        }
        for target in lists
    ]


def _said(imprint: Imprint, language: Language) -> list[str]:
    """What the cover says: the date, the next check, that it does not replace the originals."""
    words = labels(language)
    return [
        words.fill("frame.data-date", date=formats.day(imprint.published.on)),
        words.fill("frame.check-by", date=formats.day(imprint.published.check_by)),
        f"{words['not-official']}. {words['original-prevails']}.",
        words["mark.unreviewed-lo"],
        word("licence", language),
        *([word("newer", language)] if imprint.site_url else []),
    ]


def _cover(imprint: Imprint) -> dict[str, Any]:
    lines = zip(_said(imprint, "vi"), _said(imprint, "lo"), strict=True)
    reading = [
        {language: Markup("{}").format(word(key, language)) for language in LANGUAGES}
        for key in ("columns", "numbers", "conflicts")
    ]
    reading.append(
        {
            language: Markup('<span class="unk">{}</span> {}').format(
                labels(language)["mark.unknown"], word("unknown", language)
            )
            for language in LANGUAGES
        }
    )
    named = {
        f"{key}_{language}": word(key, language)
        for key in ("languages", "reading", "contents")
        for language in LANGUAGES
    }
    return named | {"lines": [{"vi": vi, "lo": lo} for vi, lo in lines], "reading": reading}


def _style(parts: Sequence[tuple[str, str, str]], imprint: Imprint) -> Markup:
    foot = " · ".join(
        labels(language).fill("frame.data-date", date=formats.day(imprint.published.on))
        for language in LANGUAGES
    )
    pages = "".join(_page_style(name, vi, lo, foot) for name, vi, lo in parts)
    cover = "@page cover { size: A4; margin: 0; }\n"
    return Markup(fonts() + cover + pages + (TEMPLATES / "book.css").read_text(encoding="utf-8"))


def _words() -> dict[str, str]:
    keys = ("title", "sources", "doubtful", "index")
    return {f"{key}_{language}": word(key, language) for key in keys for language in LANGUAGES}


# Signs that the faces of the book lack: the minutes and seconds of an angle, the two of a square kilometre.
_REPLACED = str.maketrans({"′": "’", "″": "”", "²": "<sup>2</sup>"})


def book_html(book: Book, imprint: Imprint, order: Order, pages: Pages) -> str:
    """The whole book; `pages` are the page numbers of its ids found by the pass before, empty at first."""
    heads = [(part.id, part.vi, part.lo) for part in book.parts]
    heads += [
        (_page_name(entry), f"{part.vi} · {entry.vi}", f"{entry.lo} · {part.lo}")
        for part in book.parts
        for entry in part.entries
        if entry.own_page
    ]
    heads += [
        (name, word(key, "vi"), word(key, "lo"))
        for name, key in (
            ("front", "title"),
            ("glossary-vi", "glossary-vi"),
            ("glossary-lo", "glossary-lo"),
            ("index", "index"),
        )
    ]
    return environment().get_template("book.html").render(
        _words(),
        style=_style(heads, imprint),
        emblem=emblem(),
        cover=_cover(imprint),
        site_url=imprint.site_url,
        contents=_contents(book, pages),
        parts=book.parts,
        styles={entry.id: _page_name(entry) for part in book.parts for entry in part.entries if entry.own_page},
        glossaries=_glossaries(book.glossary, order),
        indexes=_indexes(book.index, order, pages),
    ).translate(_REPLACED)  # fmt: skip


def entry_html(entry: PrintedEntry, kind: str, imprint: Imprint) -> str:
    """One entry alone, from the same templates."""
    names = {language: labels(language)[f"kind.{kind}"] for language in LANGUAGES}
    part = PrintedPart(kind, names["vi"], names["lo"], (entry,))
    return environment().get_template("book.html").render(
        _words(),
        style=_style([("", names["vi"], names["lo"])], imprint),
        emblem="",
        cover=None,
        site_url=imprint.site_url,
        contents=[],
        parts=[part],
        styles={},
        glossaries=[],
        indexes=[],
    ).translate(_REPLACED)  # fmt: skip
