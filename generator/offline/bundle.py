"""A copy of the handbook for a stick: the site for `file:`, search in the terminal, tools to verify and to update."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.offline.archives import zip_bytes
from generator.offline.portable.age import Published
from generator.offline.portable.manifest import (
    MANIFEST,
    SIGNATURE,
    File,
    Manifest,
    bad_path,
    signature_file,
)
from generator.offline.published import published_of_site
from generator.offline.readme import read_me
from generator.offline.signing import Signer
from generator.offline.terminal_search import search_archive

PORTABLE = Path(__file__).parent / "portable"
TOOLS = (
    "__init__",
    "age",
    "apply",
    "ed25519",
    "journal",
    "manifest",
    "patch",
    "previous",
    "update",
    "update_file",
    "verify",
    "words",
)

# What only a web server, a search engine or a phone's home screen asks for.
HOST_ONLY = frozenset(
    {
        "404.html",
        "assets/images/emblem-192.png",
        "assets/images/emblem-512.png",
        "manifest.webmanifest",
        "offline.html",
        "robots.txt",
        "sitemap.xml",
        "sw.js",
    }
)
# The form for officials needs a line and the forge.
HOST_FOLDERS = ("admin/",)
_HOST_TAGS = re.compile(rb'\n<link rel="manifest"[^>]*>|\n<script type="application/ld\+json">[^<]*</script>')

APPLY = '''"""Update, verify or bring back this copy of the handbook; see portable/apply.py."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Python 3.11+")
# A folder of compiled modules would be a foreign file of the copy.
sys.dont_write_bytecode = True

from pathlib import Path

HERE = Path(__file__).resolve().parent
# An isolated Python (-I) does not look beside the program.
sys.path.insert(0, str(HERE))

try:
    from portable.apply import main
except (Exception, SystemExit):
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")
    sys.exit("""Chương trình của bản này bị hỏng. Hãy giải nén lại tệp zip của bản đầy đủ.
ໂປຣແກຣມຂອງສະບັບນີ້ເສຍຫາຍ. ໃຫ້ເປີດໄຟລ໌ zip ຂອງສະບັບເຕັມຄືນໃໝ່.
The programs of this copy are damaged. Unpack the zip file of a whole copy anew.""")

sys.exit(main(HERE))
'''


class BundleRefused(Exception):
    """A site that cannot become a copy."""


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """What a copy is made from. `root` holds the licences."""

    root: Path
    site_dir: Path
    index_dir: Path
    signer: Signer | None = None


def page_for_stick(html: bytes) -> bytes:
    """A page without what points at host-only files or speaks to search engines."""
    return _HOST_TAGS.sub(b"", html)


def site_files(site_dir: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a built site that a copy has a use for, by path."""
    for path in sorted(site_dir.rglob("*")):
        name = path.relative_to(site_dir).as_posix()
        if path.is_dir() or name in HOST_ONLY or name.startswith(HOST_FOLDERS) or name.endswith(".map"):
            continue
        content = path.read_bytes()
        yield name, page_for_stick(content) if name.endswith(".html") else content


def copy_files(plan: BundlePlan) -> tuple[Published, dict[str, bytes]]:
    """Every file of the copy but its manifest, by path; NotBuilt, BundleRefused or the index's own error."""
    published = published_of_site(plan.site_dir)
    files = dict(site_files(plan.site_dir))
    files |= {f"portable/{name}.py": (PORTABLE / f"{name}.py").read_bytes() for name in TOOLS}
    files["apply.py"] = APPLY.encode("utf-8")
    files["search.pyz"] = search_archive(plan.index_dir, published)
    for name in ("LICENSE", "LICENSE-DATA"):
        files[f"{name}.txt"] = (plan.root / name).read_bytes()
    files |= read_me(published, signed=plan.signer is not None)
    bad = bad_path(files)
    if bad is not None:
        raise BundleRefused(f"{bad}: not a name for a stick (plain ASCII, no two alike but for case)")
    return published, files


def sealed(published: Published, files: dict[str, bytes], signer: Signer | None) -> dict[str, bytes]:
    """The files with their manifest, and its signature if somebody signs."""
    key = signer.public_key if signer else ""
    manifest = Manifest(published, key, {path: File.of(content) for path, content in files.items()}).dump()
    whole = files | {MANIFEST: manifest}
    if signer:
        whole[SIGNATURE] = signature_file(signer.sign(manifest))
    return whole


@dataclass(frozen=True, slots=True)
class Bundle:
    """A finished copy as a zip file, with how many files it holds."""

    content: bytes
    published: Published
    files: int


def bundle_of(plan: BundlePlan) -> Bundle:
    """The copy: the same bytes for the same site, index and key."""
    published, files = copy_files(plan)
    whole = sealed(published, files, plan.signer)
    return Bundle(zip_bytes(whole, published.on), published, len(whole))
