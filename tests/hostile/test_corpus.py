"""Every hostile entry gives its message or is read as harmless text; nothing raises, and no message carries it on."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hostile_corpus import CORPUS, Case, cases

from generator.model.scalars import CONTROL
from generator.problems import report
from generator.rules import Checked, check_handbook

TODAY = date(2026, 11, 21)
CASES = cases()


def checked(case: Case, tmp_path: Path) -> Checked:
    case.lay(tmp_path / "data")
    return check_handbook(tmp_path / "data", TODAY)


def test_the_corpus_is_large_and_named_for_what_it_tries() -> None:
    assert len(CASES) >= 150
    assert all(case.said["what"] for case in CASES)
    texts = [
        json.dumps({k: v for k, v in case.said.items() if k != "what"}, sort_keys=True) for case in CASES
    ]
    assert len(set(texts)) == len(texts), "two cases are the same"
    assert all(path.suffix == ".yaml" and path.read_text(encoding="utf-8") for path in CORPUS.iterdir())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    found = checked(case, tmp_path)
    start = len(str(tmp_path / "data")) + 1
    about = case.said.get("names", case.file)
    mine = [p for p in found.problems if p.file[start:] == about and p.severity == "error"]
    codes = {problem.code for problem in mine}
    if case.expect == "nothing":
        assert not found.problems
    elif case.expect == "problem":
        assert codes
    elif case.expect == "text":
        kind, _, name = case.file.partition("/")
        entry = found.handbook.entries[kind][name.removesuffix(".yaml")]
        for path, text in case.texts.items():
            value = entry
            for part in path.split("."):
                value = getattr(value, part)
            assert value == " ".join(text.split())
    else:
        assert case.expect in codes
        if "at" in case.said:
            places = {f"{p.line}:{p.column}" for p in mine if p.code == case.expect}
            assert case.said["at"] in places
    for lang in ("vi", "lo", "en"):
        for output in ("text", "json", "github"):
            said = report(found.problems, checked=len(found.files), output=output, lang=lang)
            said.encode("utf-8")
            shown = json.loads(said)["problems"] if output == "json" else []
            lines = [problem["message"] for problem in shown] if output == "json" else said.splitlines()
            assert not any(CONTROL.search(line) for line in lines)
            assert all(len(line) < 4000 for line in lines)


def test_messages_stay_messages_in_the_terminal(tmp_path: Path) -> None:
    """All that is wrong in one handbook, by the real command, in every format."""
    data = tmp_path / "data"
    steering = [case for case in CASES if case.name.startswith(("control-", "key-", "file-name-", "markup-"))]
    steering[0].lay(data)
    for case in steering:
        other = tmp_path / case.name
        case.lay(other)
        # Files of one name would hide each other.
        named = "copy" in case.said and not (data / case.file).exists()
        target = data / case.file if named else data / "gates" / f"x-{case.name}.yaml"
        target.write_bytes((other / case.file).read_bytes())
    for output in ("text", "json", "github"):
        command = [sys.executable, "-m", "generator.cli", "check", "--data", str(data), "--format", output]
        done = subprocess.run([*command, "--lang", "en"], capture_output=True, check=False, timeout=60)
        assert done.returncode == 1, done.stderr.decode()[-2000:]
        assert done.stderr == b""
        said = done.stdout.decode("utf-8")
        assert not CONTROL.search(said)
        if output == "json":
            assert len(json.loads(said)["problems"]) >= len(steering)
        else:
            assert len(said.splitlines()) >= len(steering)
        if output == "github":
            assert all(line.startswith(("::error ", "::warning ")) for line in said.splitlines())
