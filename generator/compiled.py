"""What is made once of a file of the program: kept where Python keeps compiled modules, and only when it keeps those.

It is as safe as compiled modules: whoever can write beside the program can change the program.
"""

import hashlib
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from uuid import uuid4

_SEAL = 32


def compiled(file: str, made_from: str) -> bytes | None:
    """What was kept of a file, if it was made from the same and is whole."""
    with suppress(OSError):
        content = _place(file).read_bytes()
        if content[: 2 * _SEAL] == _head(made_from, content[2 * _SEAL :]):
            return content[2 * _SEAL :]
    return None


def keep_compiled(file: str, made_from: str, content: bytes) -> None:
    """Keep it for the next time. Without leave to write it is made again."""
    if sys.dont_write_bytecode:
        return
    path = _place(file)
    waiting = path.with_name(f"{path.name}.{uuid4().hex[:12]}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(_head(made_from, content) + content)
        waiting.replace(path)


def _place(file: str) -> Path:
    # With its own ending: card.html is not card.yaml.
    return Path(cache_from_source(f"{file}.py"))


def _head(made_from: str, content: bytes) -> bytes:
    return (_digest(made_from.encode("utf-8")) + _digest(content)).encode()


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=_SEAL // 2).hexdigest()
