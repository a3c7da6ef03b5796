"""What stands in the repository, and what must not."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# A build takes over from these what agrees with itself, and Python executes the last: in a pull request nobody would
# read them.
OUTPUT = ("site", "index", ".cache", ":(glob)**/__pycache__/**", ":(glob)**/*.pyc")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no repository")
def test_no_output_is_committed() -> None:
    found = subprocess.run(
        ["git", "ls-files", "--", *OUTPUT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == ""


def test_what_is_published_is_built_from_the_repository_alone() -> None:
    for name in ("publish", "release"):
        text = (ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8")
        before, _, _ = text.partition("make build")
        assert before.rstrip(" &\n").endswith("rm -rf .cache site index")
