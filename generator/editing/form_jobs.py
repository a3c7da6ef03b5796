"""The browser form as a part of the site: what it is made of, and the entries that can be chosen in it."""

import json
from collections.abc import Iterator
from functools import partial

from generator.exports.file_job import FileJob
from generator.labels import LANGUAGES
from generator.reading.handbook import Handbook
from generator.views.context import title_in


def script(name: str, value: object) -> bytes:
    """Data for a page's scripts, as one of them that leaves it under a global name."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"self.{name} = {text};\n".encode()


def form_entries(handbook: Handbook) -> Iterator[tuple[str, bytes]]:
    """By kind and id what each entry is called, in both languages where they differ."""
    entries = {
        kind: {
            entry_id: " / ".join(
                dict.fromkeys(title_in(handbook.name_of(kind, entry_id), language) for language in LANGUAGES)
            )
            for entry_id in of_kind
        }
        for kind, of_kind in handbook.entries.items()
    }
    yield "admin/entries.js", script("HANDBOOK_ENTRIES", entries)


def _form_files(repo_url: str, sign_in: str) -> Iterator[tuple[str, bytes]]:
    # The shape of the model is taken apart only when the program or the forge has changed.
    from generator.editing.form import form_files

    return form_files(repo_url, sign_in)


def form_jobs(handbook: Handbook, repo_url: str, sign_in: str) -> Iterator[FileJob]:
    """All of `admin/`; `sign_in` is what the forge wants to know of the form."""
    yield FileJob("form", partial(_form_files, repo_url, sign_in), f"{repo_url} {sign_in}")
    yield FileJob("form entries", partial(form_entries, handbook))
