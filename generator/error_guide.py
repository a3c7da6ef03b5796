"""The contribute page that explains every problem code, made from the table of messages so that none is missing."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from generator.messages import codes, message_for

# Where the page lies below each language's docs folder.
ERROR_GUIDE = "contribute/errors.md"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = (files("generator") / "error_guide.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return words


def render_error_guide(locale: str) -> str:
    """The page as Markdown in `locale` (vi or lo): a section per code, its heading id the code itself."""
    words = {key: row[locale] for key, row in _words().items()}
    parts = [f"# {words['title']} {{#errors}}", words["lead"]]
    for code in codes():
        message = message_for(code, locale)
        parts += [
            f"## {code} {{#{code}}}",
            f"**{_general(message.sentence)}**",
            f"{words['why']}: {_general(message.why)}",
            f"{words['remedy']}: {_general(message.remedy)}",
            f"{words['example']}:\n\n```yaml\n{message.example}\n```",
        ]
    return "\n\n".join(parts) + "\n"


def _general(text: str) -> str:
    """A sentence without the values of one case, safe for Markdown."""
    filled = re.sub(r"\{\w+\}", "…", text)
    return re.sub(r"([\\*_<>\[\]#|{}])", r"\\\1", filled)
