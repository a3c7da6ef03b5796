"""Where the `handbook` command begins: a search is answered without loading what the other commands need."""

import os
import sys
from typing import NoReturn


def start() -> None:
    """Run the command that was typed, and end with its exit code."""
    if sys.argv[1:2] == ["search"]:
        from generator.commands.search import main as search

        use_utf8()
        sys.exit(search(sys.argv[2:]))
    from generator.cli import main

    try:
        main()
    except SystemExit as ended:
        if sys.argv[1:2] == ["build"]:
            _end_at_once(ended)
        raise


def _end_at_once(ended: SystemExit) -> NoReturn:
    """End without taking apart a handbook in memory, piece by piece: all that was to be written is written."""
    if isinstance(ended.code, str):
        sys.stderr.write(ended.code)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))


def use_utf8() -> None:
    """Lao and Vietnamese come through whatever the terminal says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    start()
