"""Write the table of kinds with their counts into README.md; `--check` only says whether it is up to date."""

import sys
from pathlib import Path

from generator.labels import labels
from generator.model.kinds import KINDS

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- kinds: made by scripts/readme_kinds.py -->\n", "<!-- /kinds -->\n"


def table() -> str:
    """One row a kind: folder, names in both languages, number of entries."""
    rows = ["| folder | Tiếng Việt | ພາສາລາວ | entries |", "|---|---|---|---:|"]
    total = 0
    for kind in KINDS:
        count = len(list((ROOT / "data" / kind).glob("*.yaml")))
        total += count
        rows.append(
            f"| [`{kind}`](data/{kind}) | {labels('vi')[f'kind.{kind}']} | {labels('lo')[f'kind.{kind}']} | {count} |"
        )
    rows.append(f"| | | | **{total}** |")
    return "\n".join(rows) + "\n"


def main() -> int:
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    wanted = f"{before}{BEGIN}\n{table()}\n{END}{after}"
    if text == wanted:
        return 0
    if "--check" in sys.argv:
        sys.stderr.write("README.md: the table of kinds is old; run scripts/readme_kinds.py\n")
        return 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
