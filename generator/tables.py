"""The program's own tables in YAML: words, messages, rules. Parsed once, as modules are compiled."""

import json
from pathlib import Path
from typing import Any

import yaml

from generator.compiled import compiled, keep_compiled


def read_table(path: Path, *, plain: bool = False) -> Any:
    """The values of a table: mappings, lists and single values as JSON has them; with `plain` every single value is text.

    ValueError when it holds something else, such as a date without quotation marks.
    """
    text = path.read_text(encoding="utf-8")
    made_from = f"{yaml.__version__} {plain}\n{text}"
    kept = compiled(str(path), made_from)
    if kept is not None:
        return json.loads(kept)
    table = yaml.load(text, Loader=yaml.CBaseLoader if plain else yaml.CSafeLoader)
    said = json.dumps(table, ensure_ascii=False, default=str)
    if json.loads(said) != table:
        raise ValueError(f"{path}: a value that JSON does not have")
    keep_compiled(str(path), made_from, said.encode("utf-8"))
    return table
