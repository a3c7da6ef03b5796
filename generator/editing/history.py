"""Earlier versions of the data, read from git. Nothing here changes the repository."""

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path


class NoHistory(Exception):
    """Git is not there, the folder is no repository, or the revision is unknown; the text says which."""


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise NoHistory(f"git: {error.strerror}") from None
    if done.returncode:
        raise NoHistory(done.stderr.decode("utf-8", "replace").strip() or "git")
    return done.stdout


def revisions(path: Path, limit: int = 200) -> list[str]:
    """The commits that changed a file, newest first, its renames followed."""
    listed = _git(path.parent, "log", f"-{limit}", "--format=%H", "--", path.name)
    return listed.decode("ascii").split()


def text_at(path: Path, revision: str) -> str | None:
    """The file's text in a commit, or None where it was not there."""
    try:
        raw = _git(path.parent, "show", f"{revision}:./{path.name}")
    except NoHistory:
        return None
    return raw.decode("utf-8", "replace")


@contextmanager
def data_at(data_dir: Path, revision: str) -> Iterator[Path]:
    """The data folder as it was in a commit, in a temporary place; an empty one where it was not there."""
    commit = _git(data_dir, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="handbook-") as made:
        target = Path(made) / "data"
        target.mkdir()
        # Asked from inside the folder, git names its paths from here.
        listed = _git(data_dir, "ls-tree", "--name-only", commit.decode("ascii").strip(), "./")
        if listed.strip():
            archive = _git(data_dir, "archive", "--format=tar", commit.decode("ascii").strip(), ".")
            with tarfile.open(fileobj=BytesIO(archive)) as bundle:
                bundle.extractall(target, filter="data")
        yield target
