"""List the ids of the fact dossiers that have no entry here. Usage: compare_dossiers.py DIR [--data data].

DIR holds gates.yaml, agreements.yaml, procedures.yaml, papers.yaml, journeys.yaml and trade.yaml, and beside DIR the
glossary as `../lao/glossary.yaml` (or `glossary.yaml` in DIR). Exit code 0: all there; 1: some are missing.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

# Dossier section -> kind, for lists of items with an id.
SECTIONS = {
    "gates.yaml": {
        "gates": "gates",
        "planned_gates": "gates",
        "provinces": "provinces",
        "economic_zones": "zones",
    },
    "agreements.yaml": {"instruments": "agreements"},
    "procedures.yaml": {"procedures": "procedures", "instruments": "agreements"},
    "papers.yaml": {"papers": "documents"},
    "journeys.yaml": {"journeys": "journeys"},
    "trade.yaml": {"infrastructure": "projects"},
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def expected(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each item of the dossiers as (file, kind, id)."""
    for name, sections in SECTIONS.items():
        dossier = read(folder / name)
        for section, kind in sections.items():
            for item in dossier[section]:
                yield name, kind, item["id"]
        for source in dossier.get("sources", {}):
            yield name, "sources", source.replace("_", "-")
    glossary = folder / "glossary.yaml"
    if not glossary.exists():
        glossary = folder.parent / "lao" / "glossary.yaml"
    for term in read(glossary):
        yield glossary.name, "glossary", term["id"]


def refusals_missing(folder: Path, data: Path) -> Iterator[str]:
    """Refusals stand inside their procedure."""
    for item in read(folder / "procedures.yaml")["refusals"]:
        path = data / "procedures" / f"{item['procedure']}.yaml"
        known = {row["id"] for row in read(path).get("refusals", [])} if path.exists() else set()
        if item["id"] not in known:
            yield f"procedures/{item['procedure']}: refusal {item['id']}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dossiers", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    options = parser.parse_args()
    rows = list(expected(options.dossiers))
    missing = [
        f"{kind}/{item} ({name})"
        for name, kind, item in rows
        if not (options.data / kind / f"{item}.yaml").exists()
    ]
    missing += refusals_missing(options.dossiers, options.data)
    for line in missing:
        print(line)
    print(f"{len(rows)} ids in the dossiers, {len(missing)} without an entry", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
