"""Asks for known weaknesses of everything in requirements.lock: `make audit`.

Exit codes: 0 every package was looked up and none is known to be weak; 1 weaknesses are known; 2 some could not be looked up,
because the register or its advisories are out of reach. What was not looked up is never called sound.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
COMMAND = ["pip_audit", "--requirement", str(ROOT / "requirements.lock"), "--disable-pip", "--no-deps",
           "--progress-spinner", "off", "--format", "json"]  # fmt: skip


def verdict(packages: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The exit code and what is to be said of the packages as pip-audit lists them."""
    missed = [package for package in packages if "skip_reason" in package]
    weak = [package for package in packages if package.get("vulns")]
    said = []
    for package in weak:
        for found in package["vulns"]:
            mended = ", ".join(found["fix_versions"]) or "no version mends it yet"
            said.append(f"{package['name']} {package['version']}: {found['id']} ({mended})")
    looked_up = len(packages) - len(missed)
    said.append(f"{len(packages)} packages: {looked_up} looked up, {len(weak)} with known weaknesses.")
    if missed:
        first = missed[0]
        said += [
            f"NOT AUDITED: {len(missed)} could not be looked up, such as {first['name']}: {first['skip_reason']}.",
            "Known weaknesses are told by the public register of packages; what stands in its place here does not tell them.",
            "Run `make audit` where it is within reach; the weekly workflow does.",
        ]
    return (1 if weak else 2 if missed or not packages else 0), said


def main() -> None:
    done = subprocess.run([sys.executable, "-m", *COMMAND], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        print("NOT AUDITED: pip-audit gave no answer; is the registry within reach?", file=sys.stderr)
        sys.exit(2)
    code, said = verdict(packages)
    print("\n".join(said))
    sys.exit(code)


if __name__ == "__main__":
    main()
