"""`handbook documents`: the search documents and synonyms, for any search engine."""

import json
from datetime import date
from pathlib import Path

import click

from generator.commands.options import as_of_option, data_option
from generator.commands.problems import sound_handbook
from generator.exports.documents import search_documents
from generator.exports.synonyms import synonym_groups


@click.command()
@data_option
@as_of_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
def documents(data_dir: Path, as_of: date, out: Path) -> None:
    """Write documents.jsonl and synonyms.json."""
    handbook = sound_handbook(data_dir, as_of)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "documents.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for document in search_documents(handbook, as_of):
            file.write(json.dumps(document.to_json(), ensure_ascii=False) + "\n")
    groups = json.dumps(synonym_groups(handbook), ensure_ascii=False, indent=0)
    (out / "synonyms.json").write_text(groups + "\n", encoding="utf-8")
