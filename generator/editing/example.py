"""One whole entry with every key of it explained: the annotated example of the contribute pages."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.editing.comments import Comments
from generator.editing.emitter import emit
from generator.editing.field_help import help_for
from generator.editing.fmt import modeline
from generator.editing.shape import Shape, shape_of
from generator.editing.words import Words, words
from generator.labels import LANGUAGES
from generator.reading.source import Path as DataPath
from generator.reading.source import parse_source

KIND = "gates"


def example_text() -> str:
    """The entry without its explanations."""
    return (files("generator.editing") / "example.yaml").read_text(encoding="utf-8")


def annotated(lang: str) -> str:
    """The entry with a comment before each key: its title and what goes into it, each key once."""
    values = parse_source(example_text(), "example.yaml").values
    assert values is not None
    comments = Comments()
    _explain(values, shape_of(KIND), (), lang, comments, set())
    return "\n".join([modeline(KIND), *emit(values, shape_of(KIND), comments)]) + "\n"


def _explain(
    value: Any, shape: Shape | None, path: DataPath, lang: str, comments: Comments, told: set[tuple[str, str]]
) -> None:
    if shape is None or shape.kind in ("text", "name", "phrase"):
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            _explain(item, shape.item, (*path, index), lang, comments, told)
    elif isinstance(value, Mapping):
        first = next(iter(value))
        for key, item in value.items():
            place = (*path, key)
            # The first key of an item shares its line: what explains it stands before the item.
            above = path if key == first and path and isinstance(path[-1], int) else place
            if key in shape.fields and (shape.model, key) not in told:
                told.add((shape.model, key))
                said = help_for(shape.model, key)
                comments.before[above] = [f"# {said.title[lang]}: {said.help[lang]}"]
            _explain(item, shape.fields.get(key), place, lang, comments, told)


def render_example(said: Words) -> str:
    """The page as Markdown."""
    return (
        f"# {said['example.title']} {{#example}}\n\n{said['example.lead']}\n\n"
        f"```yaml\n{annotated(said.lang)}```\n\n{said['example.after']}\n"
    )


def example_pages(docs_dir: Path) -> Iterator[tuple[Path, str]]:
    """The page of each language below `docs_dir` and its text."""
    for language in LANGUAGES:
        yield docs_dir / language / "contribute" / "example.md", render_example(words(language))
