"""Answers that were given before: the bytes of a search's JSON, plain and compressed, until the index changes."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from typing import NamedTuple

from search.engine import Engine, SearchResult

# Shorter bodies grow when compressed, or hardly shrink.
LEAST_COMPRESSED = 500
_HELD_IN_ALL = 16_000_000


class Asked(NamedTuple):
    """A question as it came over HTTP, after its bounds were checked."""

    text: str
    lang: str | None
    only: str | None
    kind: str | None
    limit: int


class Body(NamedTuple):
    """What is sent: plain, compressed where that is shorter, and the tag by which a client knows it again."""

    plain: bytes
    compressed: bytes | None
    tag: str

    @property
    def size(self) -> int:
        """Bytes held for it."""
        return len(self.plain) + len(self.compressed or b"")

    def for_client(self, accepted: str) -> tuple[bytes, dict[str, str]]:
        """The bytes for a client that sent this Accept-Encoding, and the headers that tell what they are."""
        headers = {"ETag": self.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if self.compressed is not None and "gzip" in accepted:
            return self.compressed, headers | {"Content-Encoding": "gzip"}
        return self.plain, headers


def packed(plain: bytes) -> bytes | None:
    """The bytes compressed, or ``None`` where that saves nothing."""
    if len(plain) < LEAST_COMPRESSED:
        return None
    compressed = gzip.compress(plain, 6, mtime=0)
    return compressed if len(compressed) < len(plain) else None


def body_of(result: SearchResult, tag: str) -> Body:
    """A result as it is sent."""
    text = json.dumps(result.to_json(), ensure_ascii=False, separators=(",", ":"))
    plain = text.encode("utf-8")
    return Body(plain, packed(plain), tag)


class Answers:
    """The answers of one engine, the least lately used forgotten first. An answer says how long its search took."""

    def __init__(self, most_bytes: int = _HELD_IN_ALL) -> None:
        self._most = most_bytes
        self._held: OrderedDict[Asked, Body] = OrderedDict()
        self._size = 0
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    def held(self, engine: Engine, asked: Asked) -> Body | None:
        """The answer that this engine gave before."""
        with self._lock:
            if engine is not self._engine:
                return None
            body = self._held.get(asked)
            if body is not None:
                self._held.move_to_end(asked)
            return body

    def answer(self, engine: Engine, asked: Asked) -> Body:
        """The answer, searched for where it is not held."""
        body = self.held(engine, asked)
        if body is None:
            body = body_of(engine.search(*asked), self._tag(engine, asked))
            self._keep(engine, asked, body)
        return body

    @staticmethod
    def _tag(engine: Engine, asked: Asked) -> str:
        stamp = engine.reader.stamp
        said = json.dumps([stamp.analysis, stamp.data, *asked]).encode()
        return f'W/"{hashlib.sha256(said).hexdigest()[:20]}"'

    def _keep(self, engine: Engine, asked: Asked, body: Body) -> None:
        with self._lock:
            if engine is not self._engine:
                self._held.clear()
                self._size, self._engine = 0, engine
            if asked not in self._held:
                self._held[asked] = body
                self._size += body.size
            while self._size > self._most and self._held:
                _, dropped = self._held.popitem(last=False)
                self._size -= dropped.size
