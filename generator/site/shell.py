"""What the frame of a page says: languages, menu, path, addresses, links to edit and report. No HTML here."""

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from generator.labels import Labels, Language, labels, other
from generator.site import assets
from generator.site.page_info import Neighbour, PageInfo, heading_of, summary_of
from generator.views.linked_data import at

PARALLEL = "both"
MENU = ("gates", "journeys", "procedures", "documents", "agreements", "goods", "glossary")
# Footer: path below the language's root, key of the words.
FOOTER = (
    ("sources/index", "sources"),
    ("about/index", "about"),
    ("about/licence", "licence"),
    ("about/offline", "offline-ready"),
    ("about/accessibility", "frame.accessibility"),
    ("about/data", "open-data"),
    ("about/design", "design"),
    ("contribute/index", "suggest-edit"),
)
# Pages of the site that are no entries and carry no facts of their own.
UNLISTED = frozenset({"search", "404", "offline"})


@dataclass(frozen=True)
class Settings:
    """The build's settings. Addresses end with a slash or are empty; ages are in days."""

    site_url: str
    repository: str
    today: date
    ageing_days: int
    overdue_days: int


@dataclass(frozen=True)
class Link:
    """A link with its words. `current` is `page` or `true` as in `aria-current`, or empty."""

    href: str
    text: str
    current: str = ""


@dataclass(frozen=True)
class LanguageChoice:
    """One segment of the language switch; `name` is vi, lo or both."""

    name: str
    href: str
    language: Language
    text: str
    current: bool


@dataclass(frozen=True)
class Shell:
    """All the frame prints around one page. Addresses are relative to the page, save `permanent` (the page's
    own on the web) and `canonical` (that of the page in one language, for search engines)."""

    language: Language
    other_language: Language
    title: str
    description: str
    permanent: str
    canonical: str
    indexed: bool
    root: str
    style: str
    script: str
    page_scripts: tuple[str, ...]
    home: str
    languages: tuple[LanguageChoice, ...]
    menu: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    source: str
    is_data: bool
    edit: str
    report: str
    footer: tuple[Link, ...]
    feed: str
    unreviewed: bool
    parallel_kinds: str
    linked_data: Markup
    date_iso: str
    date_text: str
    check_text: str
    ageing_days: int
    overdue_days: int


@lru_cache(maxsize=4096)
def _relative(folder: str, target: str) -> str:
    return posixpath.relpath(target, folder or ".")


def day_text(day: date) -> str:
    """A date as both languages write it in figures: 21/11/2026."""
    return f"{day.day}/{day.month}/{day.year}"


@dataclass(frozen=True)
class Place:
    """Where a page stands: its language, and its path below that language's root without the ending."""

    language: Language
    path: str

    @classmethod
    def of_source(cls, source: str) -> "Place":
        """The place of `lo/gates/x.md` (a path below docs/)."""
        folder, _, rest = source.partition("/")
        return cls("lo" if folder == "lo" else "vi", rest.removesuffix(".md"))

    @property
    def parallel(self) -> bool:
        return self.path.startswith(f"{PARALLEL}/")

    @property
    def single(self) -> str:
        """The path of the page in one language."""
        return self.path.removeprefix(f"{PARALLEL}/")

    @property
    def kind(self) -> str:
        """The first folder of the page: a kind of entries, about, contribute …; empty at the root."""
        return self.single.partition("/")[0] if "/" in self.single else ""

    @property
    def is_index(self) -> bool:
        return self.path == "index" or self.path.endswith("/index")

    @property
    def address(self) -> str:
        """The page's path from the root of the site."""
        return address(self.language, self.path)


def address(language: Language, path: str) -> str:
    """The path of a page from the root of the site."""
    return f"{path}.html" if language == "vi" else f"lo/{path}.html"


class Frame:
    """Makes the shell of each page, knowing which pages the build holds.

    `pages` are the paths below each language's root, without ending, as in `Place.path`.
    """

    def __init__(self, settings: Settings, pages: Mapping[Language, frozenset[str]]) -> None:
        self.settings = settings
        self.pages = pages
        self.parallel_kinds = " ".join(
            sorted(
                {
                    path.split("/")[1]
                    for path in pages["vi"]
                    if path.startswith(f"{PARALLEL}/") and path.count("/") == 2
                }
            )
        )

    def shell(self, place: Place, info: PageInfo, content: str) -> Shell:
        """The shell of the page at `place` with `content` (HTML)."""
        language = place.language
        words = labels(language)
        folder = posixpath.dirname(place.address)
        written = info.written and place.path not in UNLISTED
        source = f"docs/{language}/{place.path}.md" if written else info.source
        heading = info.title or heading_of(content)
        home = place.path == "index"
        site_name = words["site.name"]
        title = f"{heading} – {site_name}" if heading and heading != site_name and not home else site_name
        description = info.description or (words["site.description"] if home else summary_of(content))
        canonical = self.absolute(address(language, place.single))
        crumbs = self._crumbs(place, words, info.above)
        return Shell(
            language=language,
            other_language=other(language),
            title=title,
            description=description,
            permanent=self.absolute(place.address),
            canonical=canonical,
            indexed=not place.parallel and place.path not in UNLISTED,
            root=_relative(folder, ".") + "/" if folder else "",
            style=assets.style().path,
            script=assets.script().path,
            page_scripts=info.scripts,
            home=self._to(folder, language, "index"),
            languages=self._languages(place, folder),
            menu=self._menu(place, folder, words),
            crumbs=tuple(Link(self._to(folder, language, crumb.path), crumb.title) for crumb in crumbs),
            previous=self._neighbour(info.previous, place, folder),
            next=self._neighbour(info.next, place, folder),
            source=source,
            is_data=bool(info.source),
            edit=edit_address(self.settings.repository, source) if source else "",
            report=self._report(words, source, self.absolute(place.address) or place.address),
            footer=self._footer(folder, language, words),
            feed=_relative(folder, "feed.xml" if language == "vi" else "lo/feed.xml") if home else "",
            unreviewed=written and language == "lo",
            parallel_kinds=self.parallel_kinds,
            linked_data=self._linked_data(place, heading or site_name, canonical, crumbs, info.thing),
            date_iso=self.settings.today.isoformat(),
            date_text=words.fill("frame.data-date", date=day_text(self.settings.today)),
            check_text=words.fill(
                "frame.check-by",
                date=day_text(self.settings.today + timedelta(days=self.settings.ageing_days)),
            ),
            ageing_days=self.settings.ageing_days,
            overdue_days=self.settings.overdue_days,
        )

    def _to(self, folder: str, language: Language, path: str) -> str:
        return _relative(folder, address(language, path))

    def absolute(self, path: str) -> str:
        return self.settings.site_url + path if self.settings.site_url else ""

    def _languages(self, place: Place, folder: str) -> tuple[LanguageChoice, ...]:
        single: tuple[Language, ...] = ("vi", "lo")
        choices = [
            LanguageChoice(
                name=language,
                href=self._to(folder, language, place.single),
                language=language,
                text=labels(language)[f"lang.{language}"],
                current=language == place.language and not place.parallel,
            )
            for language in single
        ]
        both = f"{PARALLEL}/{place.single}"
        if both in self.pages[place.language]:
            choices.append(
                LanguageChoice(
                    name=PARALLEL,
                    href=self._to(folder, place.language, both),
                    language=place.language,
                    text=labels(place.language)["lang.both"],
                    current=place.parallel,
                )
            )
        return tuple(choices)

    def _menu(self, place: Place, folder: str, words: Labels) -> tuple[Link, ...]:
        entries = [("search", words["search.page"])] + [
            (f"{kind}/index", words[f"kind.{kind}"]) for kind in MENU
        ]
        links = []
        for path, text in entries:
            if path not in self.pages[place.language]:
                continue
            current = ""
            if path == place.path:
                current = "page"
            elif place.kind and path.startswith(f"{place.kind}/"):
                current = "true"
            links.append(Link(self._to(folder, place.language, path), text, current))
        return tuple(links)

    def _crumbs(self, place: Place, words: Labels, above: Neighbour | None) -> tuple[Neighbour, ...]:
        """The pages above a page, home first."""
        if place.path == "index":
            return ()
        crumbs = [Neighbour("index", words["home"])]
        kind = above.path.partition("/")[0] if above else place.kind
        index = f"{kind}/index"
        key = f"kind.{kind}" if f"kind.{kind}" in words else kind
        if place.path != index and index in self.pages[place.language] and key in words:
            crumbs.append(Neighbour(index, words[key]))
        return (*crumbs, above) if above else tuple(crumbs)

    def _neighbour(self, neighbour: Neighbour | None, place: Place, folder: str) -> Link | None:
        if neighbour is None:
            return None
        path = f"{PARALLEL}/{neighbour.path}" if place.parallel else neighbour.path
        return Link(self._to(folder, place.language, path), neighbour.title)

    def _footer(self, folder: str, language: Language, words: Labels) -> tuple[Link, ...]:
        return tuple(
            Link(self._to(folder, language, path), words[key])
            for path, key in FOOTER
            if path in self.pages[language]
        )

    def _report(self, words: Labels, source: str, page_address: str) -> str:
        if not source:
            return ""
        return report_address(
            self.settings.repository,
            words.fill("frame.report-title", file=source),
            words.fill("frame.report-body", file=source, address=page_address),
        )

    def _linked_data(
        self,
        place: Place,
        name: str,
        canonical: str,
        crumbs: tuple[Neighbour, ...],
        thing: dict[str, Any] | None,
    ) -> Markup:
        """The page, the path to it and what it is about as schema.org JSON-LD.

        `<` is escaped, so no text can close the script element.
        """
        if not canonical or place.parallel or place.path in UNLISTED:
            return Markup()
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": name,
            "url": canonical,
            "inLanguage": place.language,
        }
        if crumbs:
            data["breadcrumb"] = {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": position,
                        "name": crumb.title,
                        "item": self.absolute(address(place.language, crumb.path)),
                    }
                    for position, crumb in enumerate((*crumbs, Neighbour(place.path, name)), 1)
                ],
            }
        if thing:
            data["mainEntity"] = at(self.settings.site_url, thing)
        said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return Markup(said.replace("<", "\\u003c"))


def edit_address(repository: str, file: str) -> str:
    """The web address at which `file` of the repository can be edited; empty without a repository."""
    if not repository:
        return ""
    part = "-/edit" if "gitlab" in urlsplit(repository).netloc else "edit"
    return f"{repository}{part}/main/{file}"


def report_address(repository: str, title: str, body: str) -> str:
    """The web address of a new issue with `title` and `body` filled in; empty without a repository."""
    if not repository:
        return ""
    if "gitlab" in urlsplit(repository).netloc:
        return f"{repository}-/issues/new?" + urlencode({"issue[title]": title, "issue[description]": body})
    return f"{repository}issues/new?" + urlencode({"title": title, "body": body})
