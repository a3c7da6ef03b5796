"""Runs the code of apply.py on a copy in a child of its own and kills it at the n-th change of the disk."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.offline.portable import apply, journal

KILLED = 9


def _half_written(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content[: len(content) // 2])


def _half_removed(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in files[: len(files) // 2]:
        os.unlink(path)  # noqa: PTH108  # not counted


def _child(root: Path, arguments: list[str], step: int, phase: str, steps_seen: Path) -> int:
    done = 0

    def killed_at(real: Callable[..., Any], half: Callable[..., Any] | None = None) -> Callable[..., Any]:
        def act(*values: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if done != step:
                return real(*values, **named)
            if phase == "half" and half is not None:
                half(*values)
            elif phase == "after":
                real(*values, **named)
            os._exit(KILLED)

        return act

    journal.write_whole = killed_at(journal.write_whole, _half_written)
    for name in ("replace", "unlink", "rmdir"):
        setattr(Path, name, killed_at(getattr(Path, name)))
    shutil.rmtree = killed_at(shutil.rmtree, _half_removed)  # type: ignore[assignment]
    code = apply.main(root, arguments)
    steps_seen.write_text(str(done), encoding="ascii")
    return code


def run(root: Path, *arguments: str, step: int = 0, phase: str = "after") -> tuple[int, int, str]:
    """Exit code (`KILLED` when it was killed), how many changes of the disk there were, and what was said.

    Step 0 kills nothing. Phase is before, half (a write or removal cut in the middle) or after.
    """
    said, steps = (root.parent / f"{root.name}.{name}" for name in ("said", "steps"))
    pid = os.fork()
    if pid == 0:
        code = 1
        with (
            contextlib.suppress(BaseException),
            said.open("w", encoding="utf-8") as out,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
        ):
            code = _child(root, [*arguments, "--lang", "en"], step, phase, steps)
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, int(steps.read_text(encoding="ascii")) if code == 0 else 0, said.read_text(encoding="utf-8")
