"""Templates hold no logic: they print, loop, choose by a ready-made value, include."""

from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

TEMPLATES = Path(__file__).parent.parent.parent / "generator" / "site" / "templates"
FILES = sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.j2"))
# Sums, comparisons of order and tests belong to views. `==` with a literal chooses between two layouts.
FORBIDDEN = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Filter)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_logic(path: Path) -> None:
    tree = jinja2.Environment().parse(path.read_text(encoding="utf-8"))
    found = [
        f"{type(node).__name__} in line {node.lineno}" for kind in FORBIDDEN for node in tree.find_all(kind)
    ]
    assert not found
