"""Runs apply.py's own code on a copy and kills the process at the n-th change of the disk.

    python kill_driver.py ROOT STEP PHASE ARGUMENTS…

STEP 0 kills nothing and prints how many changes there were. PHASE is before, half (a write or removal cut in the middle)
or after.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

root, step, phase = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
sys.dont_write_bytecode = True
sys.path.insert(0, str(root))

from portable import apply, journal  # noqa: E402

done = 0


def killed_at(real: Callable[..., Any], half: Callable[..., Any] | None = None) -> Callable[..., Any]:
    def act(*arguments: Any, **named: Any) -> Any:
        global done
        done += 1
        if done != step:
            return real(*arguments, **named)
        if phase == "half" and half is not None:
            half(*arguments)
        elif phase == "after":
            real(*arguments, **named)
        os._exit(9)

    return act


def half_written(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content[: len(content) // 2])


def half_removed(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in files[: len(files) // 2]:
        unlink(path)


unlink = Path.unlink
journal.write_whole = killed_at(journal.write_whole, half_written)
Path.replace = killed_at(Path.replace)
Path.unlink = killed_at(Path.unlink)
Path.rmdir = killed_at(Path.rmdir)
shutil.rmtree = killed_at(shutil.rmtree, half_removed)
code = apply.main(root, sys.argv[4:])
if step == 0:
    print(f"steps {done}")
sys.exit(code)
