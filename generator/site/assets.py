"""The site's own style, scripts, fonts and icons: files named by their content, the rest copied.

Nothing of the theme's own bundles is shipped. A file's name carries a digest of what is in it, so browsers
and the service worker may keep it for good and a new build is never mixed with an old style.
"""

import json
import re
import shutil
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from generator.labels import LANGUAGES, labels

THEME_DIR = Path(__file__).parent / "theme"

STYLES = (
    "tokens",
    "base",
    "frame",
    "facts",
    "tables",
    "finding",
    "crossing",
    "parallel",
    "print",
)
# Styles of pages that need parts no other page has; their pages link them beside the one style sheet.
PAGE_STYLES = ("cards", "finder")
SCRIPTS = ("store", "language", "age", "filters", "packs", "share", "offline")

# The words the script prints, by the name it calls them.
SCRIPT_WORDS = {
    "note": "note",
    "offer": "offer.text",
    "go": "offer.go",
    "close": "close",
    "fresh": "age.fresh",
    "ageing": "age.ageing",
    "overdue": "age.overdue",
    "count": "filter.count",
    "clear": "pack.clear",
    "copied": "share.copied",
}

# The words of the page of results, by the name its script calls them.
SEARCH_WORDS = {
    "all": "all",
    "again": "search.again",
    "busy": "search.busy",
    "clear": "search.clear",
    "count": "search.count",
    "failed": "search.failed",
    "lists": "search.lists",
    "more": "search.more",
    "nearest": "search.nearest",
    "none": "search.none",
    "other": "search.other",
    "recent": "search.recent",
    "recent-note": "search.recent-note",
    "suggest": "search.suggest",
}

CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_SPACE = re.compile(r"\s*([{};])\s*")
CSS_PROPERTY = re.compile(r"(?<=[{;])([\w-]+): ")


@dataclass(frozen=True)
class Asset:
    """One file of the site: its path from the root, and its content."""

    path: str
    content: bytes


def _named(stem: str, suffix: str, text: str) -> Asset:
    content = text.encode()
    return Asset(f"assets/{stem}.{sha256(content).hexdigest()[:8]}.{suffix}", content)


def _compact_style(text: str) -> str:
    """CSS without comments and indentation. Safe for our own files only: no text in them holds `{};`."""
    text = CSS_SPACE.sub(r"\1", " ".join(CSS_COMMENT.sub("", text).split()))
    return CSS_PROPERTY.sub(r"\1:", text).replace(";}", "}") + "\n"


def _compact_script(text: str) -> str:
    """JavaScript without indentation and without lines that hold nothing but a comment."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


@cache
def style() -> Asset:
    """The one style sheet, `assets/look.<digest>.css`."""
    text = "".join((THEME_DIR / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    return _named("look", "css", _compact_style(text))


@cache
def page_style(name: str) -> Asset:
    """The style of one sort of page, `assets/<name>.<digest>.css`; `name` is one of `PAGE_STYLES`."""
    return _named(
        name, "css", _compact_style((THEME_DIR / "css" / f"{name}.css").read_text(encoding="utf-8"))
    )


@cache
def script() -> Asset:
    """The one script of every page, `assets/page.<digest>.js`, with its words in both languages."""
    words = {
        language: {name: labels(language)[key] for name, key in SCRIPT_WORDS.items()}
        for language in LANGUAGES
    }
    parts = [f"(function(){{'use strict';\nvar words={json.dumps(words, ensure_ascii=False)};\n"]
    parts += [
        _compact_script((THEME_DIR / "js" / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS
    ]
    return _named("page", "js", "".join(parts) + "})();\n")


@cache
def finder_script() -> Asset:
    """The finder's own script, `assets/finder.<digest>.js`, loaded on its page alone."""
    return _named(
        "finder", "js", _compact_script((THEME_DIR / "js" / "finder.js").read_text(encoding="utf-8"))
    )


def search_words() -> dict[str, dict[str, object]]:
    """What the page of results says in each language; `kinds` holds (folder, label) in order of the labels."""
    return {
        language: {name: labels(language)[key] for name, key in SEARCH_WORDS.items()}
        | {
            "kinds": [
                (key.removeprefix("kind."), text)
                for key, text in labels(language).items()
                if key.startswith("kind.")
            ]
        }
        for language in LANGUAGES
    }


def write_assets(site_dir: Path) -> None:
    """Write style, script, fonts with their licences, icons, manifest and service worker into the site."""
    for asset in (style(), *map(page_style, PAGE_STYLES), script(), finder_script()):
        target = site_dir / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.content)
    for folder in ("fonts", "images"):
        shutil.copytree(THEME_DIR / folder, site_dir / "assets" / folder, dirs_exist_ok=True)
    for name in ("sw.js", "manifest.webmanifest"):
        shutil.copyfile(THEME_DIR / name, site_dir / name)
