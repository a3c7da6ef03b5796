"""The page that describes the open data: every file of the interface, how many entries it holds, how to read it."""

import posixpath

from markupsafe import Markup, escape

from generator.model.kinds import KINDS
from generator.views.blocks import Cell, Items, Section, Table, TableRow
from generator.views.context import Context
from generator.views.lists import ListView

API = "api/v1"


def _file(context: Context, path: str) -> Markup:
    """A link to a file of the site by its path from the root."""
    here = context.folder if context.language == "vi" else f"lo/{context.folder}"
    said = Markup("/<wbr>").join(path.split("/"))
    return Markup('<a href="{}">{}</a>').format(posixpath.relpath(path, here), said)


def _kinds(context: Context) -> Table:
    words = context.words
    head = [
        words[key] for key in ("data.kind", "data.count", "data.all", "data.one", "data.schema", "data.csv")
    ]
    rows = []
    for kind in KINDS:
        entries = context.handbook.entries.get(kind, {})
        one = next(iter(entries), None)
        cells = (
            Cell(
                Markup('<a href="../{}/index.html">{}</a>').format(kind, words[f"kind.{kind}"]), heading=True
            ),
            Cell(escape(len(entries)), head[1], number=True),
            Cell(_file(context, f"{API}/{kind}.json"), head[2]),
            Cell(_file(context, f"{API}/{kind}/{one}.json") if one else context.unknown(), head[3]),
            Cell(_file(context, f"{API}/schema/{kind}.schema.json"), head[4]),
            Cell(_file(context, f"{API}/{kind}.csv") if one else context.unknown(), head[5]),
        )
        rows.append(TableRow(cells))
    return Table(tuple(Cell(escape(label)) for label in head), tuple(rows))


def data_view(context: Context) -> ListView:
    """The description of the open data in one language."""
    words = context.words
    other = {
        "index": f"{API}/index.json",
        "geojson": f"{API}/gates.geojson",
        "feed-vi": "feed.xml",
        "feed-lo": "lo/feed.xml",
    }
    files = tuple(
        Markup("{}: {}").format(_file(context, path), words[f"data.{name}"]) for name, path in other.items()
    )
    notes = tuple(
        escape(words[f"data.{name}"])
        for name in ("unknown", "computed", "dates", "languages", "spreadsheets")
    )
    licence = Markup('{} <a href="licence.html">{}</a>.').format(words["data.free"], words["licence"])
    sections = (
        Section("kinds", words["data.kinds"], (_kinds(context),)),
        Section("files", words["data.files"], (Items(files),)),
        Section("reading", words["data.reading"], (Items(notes),)),
        Section("use", words["licence"], (Items((licence,)),)),
    )
    return ListView("about", context.language, words["data.title"], words["data.lead"], sections)
