"""The search of a copy: one zip file that Python runs, with the engine and the packed index in it."""

import json
from datetime import date
from pathlib import Path

from generator.offline.archives import zip_bytes
from generator.offline.portable.age import Published
from generator.offline.portable.packed_index import FORMAT
from generator.offline.portable.terminal import PUBLISHED
from search import rules
from search.query import INDEXED, IndexReader, open_reader
from search.wordlists import NAMES

PORTABLE = Path(__file__).parent / "portable"
ENGINE = rules.PATH.parent
TOOLS = ("__init__", "age", "packed_index", "terminal", "words")

START = """import sys

if sys.version_info < (3, 11):
    sys.exit("Python 3.11+")

import zipfile
from datetime import date
from pathlib import Path

import search.rules

archive = Path(__file__).resolve().parent
# The rules are read as a file; here they are a member of this very archive.
search.rules.PATH = zipfile.Path(zipfile.ZipFile(archive), "search/analysis.json")

from portable.terminal import main

sys.exit(main(archive, date.today()))
"""


def pack_index(index_dir: Path) -> dict[str, bytes]:
    """The members of a packed index with what the Whoosh index holds; see `portable.packed_index`.

    :raises search.stamp.IndexError: when the index cannot be used.
    """
    index = open_reader(index_dir)
    try:
        members = {f"{field}.txt": _lines(index, field) for field in INDEXED}
        documents = [_json(index.document(number)) for number in range(index.documents)]
        members["documents.jsonl"] = b"\n".join(documents)
        members |= {name: index.word_file(name).encode("utf-8") for name in NAMES}
        info = {"format": FORMAT, "analysis": rules.digest(), "documents": index.documents}
        return members | {"index.json": _json(info)}
    finally:
        index.close()


def _lines(index: IndexReader, field: str) -> bytes:
    lines = []
    for term, (numbers, impacts) in index.field_postings(field):
        steps = [now - before for before, now in zip([0, *numbers], numbers, strict=False)]
        lines.append(f"{term}\t{' '.join(map(str, steps))}\t{' '.join(map(str, impacts))}\n")
    return "".join(lines).encode("utf-8")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def search_archive(index_dir: Path, published: Published) -> bytes:
    """`search.pyz`. Nothing in it is compressed, so that a changed fact changes few of its bytes.

    :raises search.stamp.IndexError: when the index cannot be used.
    """
    files = {f"index/{name}": content for name, content in pack_index(index_dir).items()}
    files |= {f"portable/{name}.py": (PORTABLE / f"{name}.py").read_bytes() for name in TOOLS}
    files |= {f"search/{path.name}": path.read_bytes() for path in sorted(ENGINE.glob("*.py"))}
    files["search/analysis.json"] = rules.PATH.read_bytes()
    files["__main__.py"] = START.encode("ascii")
    files[PUBLISHED] = json.dumps(published.to_json()).encode("ascii")
    # The members keep one date: a new one would touch each of them in the archive's directory.
    return zip_bytes(files, date(1980, 1, 1), packed=False)
