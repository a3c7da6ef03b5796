"""The contribute pages that explain the problem codes: a list, and a page each, made from the tables of messages and
examples so that none is missing."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.messages import Message, codes, guide_page, message_for
from generator.tables import read_table

# Where the list lies below each language's docs folder; the pages lie in a folder of its name.
ERROR_GUIDE = "contribute/errors.md"


@cache
def _table(name: str) -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = read_table(Path(__file__).with_name(name))
    return table


def _words(locale: str) -> Mapping[str, str]:
    return {key: row[locale] for key, row in _table("error_guide.yaml").items()}


def error_paths() -> Iterator[str]:
    """Paths of those pages below a language's docs folder, in order."""
    yield ERROR_GUIDE
    yield from (f"{guide_page(code)}.md" for code in codes())


def error_pages(locale: str) -> Iterator[tuple[str, str]]:
    """Path below the language's docs folder and Markdown of the list and of every code's page; `locale` is vi or lo."""
    yield ERROR_GUIDE, _list(locale)
    for code in codes():
        yield f"{guide_page(code)}.md", _page(message_for(code, locale), _words(locale), locale)


def _list(locale: str) -> str:
    words = _words(locale)
    parts = [f"# {words['title']} {{#errors}}", f"{words['lead']}\n{{: .lead }}"]
    for code in codes():
        folder, _slash, page = guide_page(code).rpartition("/")
        parts.append(f"## [{code}]({folder.rpartition('/')[2]}/{page}.md) {{#{code}}}")
        parts.append(_general(message_for(code, locale).sentence))
    return "\n\n".join(parts) + "\n"


def _page(message: Message, words: Mapping[str, str], locale: str) -> str:
    """What the code means and how to put it right. Without an example of a file it shows what is right, in a line."""
    example = _table("error_examples.yaml").get(message.code, {})
    severity = example.get("severity", "error")
    parts = [
        f"# {message.code} {{#code}}",
        f"**{_general(message.sentence)}**",
        words[severity],
        f"## {words['why']} {{#why}}",
        _general(message.why),
        f"## {words['remedy']} {{#remedy}}",
        _general(message.remedy),
    ]
    if example:
        said = message_for(message.code, locale).fill(example["params"])
        place = f"{example['place']}: {severity}[{message.code}]"
        parts.append(f"## {words['wrong']} {{#wrong}}")
        if "wrong" in example:
            parts.append(_file(example["file"], example["wrong"]))
        parts += [words["says"], f"```\n{place} {said}\n```"]
    parts.append(f"## {words['right']} {{#right}}")
    parts.append(
        _file(example["file"], example["right"]) if "right" in example else f"```\n{message.example}\n```"
    )
    parts.append(f"[{words['all']}](../errors.md)")
    return "\n\n".join(parts) + "\n"


def _file(name: str, text: str) -> str:
    return f"`{name}`\n\n```yaml\n{text}```"


def _general(text: str) -> str:
    """A sentence without the values of one case, safe for Markdown."""
    filled = re.sub(r"\{\w+\}", "…", text)
    said = re.sub(r"([\\*_\[\]#|{}])", r"\\\1", filled)
    return said.replace("<", "&lt;").replace(">", "&gt;")
