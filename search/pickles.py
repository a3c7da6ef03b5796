"""Pickles without trust: Whoosh keeps its schema, segment list and posting blocks as pickles, which can run anything.

The schema is never read; the others by an unpickler that knows two classes of Whoosh and plain values.
"""

from __future__ import annotations

import io
import pickle
import sys
import types
from typing import Any

# All that Whoosh's own files hold beside plain values: what a segment is, how it was written, its counts by field.
_KNOWN = {
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("collections", "defaultdict"),
    ("builtins", "int"),
}


def _bytes(text: str, encoding: str) -> bytes:
    """Bytes as the older protocol of pickles writes them: as text, a letter a byte."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"bytes as {encoding!r} have no place in an index")
    return text.encode("latin1")


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):
            return _bytes
        if (module, name) in _KNOWN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")


def load(stream: Any, **options: Any) -> Any:
    """Like ``pickle.load``; UnpicklingError for what has no place in an index."""
    return _Unpickler(stream, **options).load()


def loads(data: bytes, **options: Any) -> Any:
    """Like ``pickle.loads``."""
    return _Unpickler(io.BytesIO(data), **options).load()


def placeholder(name: str, **names: Any) -> types.ModuleType:
    """A module of these names."""
    module = types.ModuleType(name)
    vars(module).update(names)
    return module


def distrust_pickles() -> None:
    """Gives every loaded module of Whoosh our unpickler in place of the standard one, whatever it calls it."""
    safe = placeholder("pickle", **vars(pickle))
    vars(safe).update(load=load, loads=loads, Unpickler=_Unpickler)
    standard = (pickle, pickle.load, pickle.loads, pickle.Unpickler)
    ours = {id(theirs): own for theirs, own in zip(standard, (safe, load, loads, _Unpickler), strict=True)}
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "whoosh"]:
        for name, value in list(vars(module).items()):
            if id(value) in ours:
                setattr(module, name, ours[id(value)])
