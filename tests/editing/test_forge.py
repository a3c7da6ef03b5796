"""The forge's files are valid, pinned, and give nothing away to changes from strangers."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import COMMANDS, main
from generator.model.kinds import KINDS

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent


def run(*command: str) -> str:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/[0-9]*.yml"),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_files_fit_their_schema(schema: str, files: str) -> None:
    found = sorted(str(path) for path in ROOT.glob(files))
    assert found
    run("check-jsonschema", "--builtin-schema", schema, *found)


def test_zizmor_finds_nothing() -> None:
    run("zizmor", "--offline", "--no-progress", ".github")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_pinned_and_start_without_rights(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", used), used
    workflow = load(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job and "permissions" in job


def test_changes_from_strangers_see_no_secret() -> None:
    for path in WORKFLOWS:
        workflow = load(path)
        text = path.read_text(encoding="utf-8")
        assert "secrets." not in text
        if "pull_request" in workflow["on"]:
            rights = {
                right for job in workflow["jobs"].values() for right in (job["permissions"] or {}).values()
            }
            assert rights <= {"read"}
            assert "github.token" not in text
        if "pull_request_target" in workflow["on"]:
            assert "head.sha" not in text and "head.ref" not in text and "head_ref" not in text


def test_commands_in_the_forge_exist() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (*WORKFLOWS, ROOT / ".gitlab-ci.yml"))
    used = set(re.findall(r"\.venv/bin/handbook (\w+)", text))
    assert used <= set(COMMANDS) and {"check", "fmt", "schema", "diff", "bundle", "book"} <= used
    for line in re.findall(r"\.venv/bin/handbook (\w+) ((?:--[\w-]+ ?\w* ?)+)", text):
        shown = CliRunner().invoke(main, [line[0], "--help"]).output
        for option in re.findall(r"--[\w-]+", line[1]):
            assert option in shown, line
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in re.findall(r"\bmake ([a-z -]+)$", text, re.MULTILINE):
        assert set(line.split()) <= targets


def test_issue_forms_ask_the_same_four_questions() -> None:
    forms = [load(path) for path in sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))]
    assert len(forms) == 3
    asked = [[part["id"] for part in form["body"] if "id" in part] for form in forms]
    assert asked == [["page", "says", "right", "source"]] * 3
    assert len({form["name"] for form in forms}) == 3


def test_every_folder_of_facts_has_a_vietnamese_and_a_lao_owner() -> None:
    owners = {}
    for line in (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, *names = line.split()
            owners[path] = names
    for kind in KINDS:
        names = owners[f"/data/{kind}/"]
        assert [name.rsplit("-", 1)[1] for name in names] == ["vi", "lo"]
