"""The bill of materials in CycloneDX: every package of the lock, and what of others is in the site: `make sbom`.

    python scripts/sbom.py [OUT.json]

The packages come from requirements.lock with their hashes, their licences from what is installed; the rest from
generator/site/third_party.yaml. The same input gives the same bytes.
"""

import hashlib
import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parent.parent
THIRD_PARTY = ROOT / "generator" / "site" / "third_party.yaml"
# Where the files of the site come from.
PLACES = {"assets": ROOT / "generator" / "site" / "theme", "admin": ROOT / "generator" / "editing" / "admin"}


def of_lock() -> dict[str, Any]:
    """What `cyclonedx-py` makes of the lock."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(ROOT / "requirements.lock")]
    options = ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--of", "JSON"]
    # The bill is validated once it is whole.
    done = subprocess.run([*command, *options, "--no-validate"], capture_output=True, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def licences_of(package: str) -> list[dict[str, Any]]:
    """A package's licence as its own metadata tells it; nothing where it is not installed or tells none."""
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return []
    if expression := told.get("License-Expression"):
        return [{"expression": expression}]
    classifiers = [line for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    names = [line.split(" :: ")[-1] for line in classifiers] or [(told.get("License") or "").split("\n")[0]]
    return [{"license": {"name": name}} for name in names if name]


def files_of(pattern: str) -> list[Path]:
    """The files of the source that become `pattern` in the site."""
    first, _, rest = pattern.partition("/")
    return sorted(PLACES[first].glob(rest))


def component(part: dict[str, Any]) -> dict[str, Any]:
    """One part of the site that somebody else made, with the digest of its files taken together."""
    digest = hashlib.sha256()
    for path in (path for pattern in part["files"] for path in files_of(pattern)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return {
        "type": "file" if part["licence"].startswith("OFL") else "library",
        "bom-ref": part["package"],
        "name": part["name"],
        "version": str(part["version"]),
        "author": part["by"],
        "purl": part["package"],
        "licenses": [{"license": {"id": part["licence"]}}],
        "hashes": [{"alg": "SHA-256", "content": digest.hexdigest()}],
        "externalReferences": [{"type": "website", "url": part["address"]}],
    }


def bill() -> dict[str, Any]:
    """The whole bill."""
    made = of_lock()
    for package in made["components"]:
        package.pop("description", None)
        if found := licences_of(package["name"]):
            package["licenses"] = found
    parts = yaml.safe_load(THIRD_PARTY.read_text(encoding="utf-8"))
    made["components"] += [component(part) for part in parts]
    return made


def main() -> None:
    text = json.dumps(bill(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    version = json.loads(text)["specVersion"]
    problem = JsonStrictValidator(SchemaVersion.from_version(version)).validate_str(text)
    if problem is not None:
        raise SystemExit(f"not CycloneDX {version}: {problem}")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
