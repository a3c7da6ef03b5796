"""Each problem code has a page in both languages, with an example that the fixtures still give."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.error_guide import ERROR_GUIDE, error_pages
from generator.labels import LANGUAGES
from generator.messages import codes, guide_address, message_for

ROOT = Path(__file__).parents[2]
EXAMPLES = yaml.safe_load((ROOT / "generator" / "error_examples.yaml").read_text(encoding="utf-8"))
# A file that cannot be read, or that has a wrong name, shows nothing inside.
WITHOUT_EXAMPLE = {
    "unreadable",
    "not-a-file",
    "file-too-large",
    "too-many-values",
    "no-data-folder",
    "duplicate-id",
}
NAMES_ALONE = {"unknown-kind", "bad-id"}


def test_examples_are_what_the_fixtures_give() -> None:
    script = ROOT / "scripts" / "error_examples.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_code_has_an_example() -> None:
    assert sorted({*EXAMPLES, *WITHOUT_EXAMPLE}) == sorted(codes())
    for code, row in EXAMPLES.items():
        assert ("wrong" in row) == (code not in NAMES_ALONE)
        assert row.get("wrong") != row.get("right") or code in NAMES_ALONE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_page_and_stands_in_the_list(language: str) -> None:
    pages = dict(error_pages(language))
    listed = pages.pop(ERROR_GUIDE)
    assert [path.removeprefix("contribute/errors/").removesuffix(".md") for path in pages] == list(codes())
    for code in codes():
        assert f"## [{code}](errors/{code}.md) {{#{code}}}" in listed
        page = pages[f"contribute/errors/{code}.md"]
        assert guide_address(code, language).endswith(f"contribute/errors/{code}.html")
        assert page.startswith(f"# {code} {{#code}}\n")
        for section in ("why", "remedy", "right", *(["wrong"] if code in EXAMPLES else [])):
            assert f"{{#{section}}}" in page
        if code in EXAMPLES:
            assert message_for(code, language).fill(EXAMPLES[code]["params"]) in page
            assert EXAMPLES[code].get("wrong", "") in page
