"""The search over HTTP, beside the site it belongs to.

``GET /api/search?q=…&lang=vi|lo&only=vi|lo&kind=…&limit=…`` answers with the JSON object of ``search query --json``.
All other addresses are files of the site. Nothing can be written, no file outside the site is given out, and folders
are not listed.
"""

from __future__ import annotations

import mimetypes
import stat
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.answers import Answers, Asked, Body, packed
from search.engine import LANGUAGES, Engine, IndexError, open_index
from search.headers import API_POLICY, PAGE_POLICY, SECURITY_HEADERS
from search.rules import limit
from search.stamp import STAMP

_KIND_CHARACTERS = 64
# Searches share one interpreter: more at once would only keep each other and the pages waiting. The second answers from the
# old index while the first opens a new one.
_SEARCHES_AT_ONCE = 2
_SEARCHES_WAITING = 150
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
    ".ics": "text/calendar",
}
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/geo+json", "image/svg+xml")
_HELD_FILE = 2_000_000
_HELD_IN_ALL = 48_000_000
_FOUND_IN_ALL = 20_000


class CurrentIndex:
    """The index under one folder, opened anew when a build has replaced it.

    A request keeps the engine it was given, and others are answered by the old one while the new one is being opened;
    the old one is let go with its last request. A new index that cannot be opened changes nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opening = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._engine: Engine | None = None

    def engine(self) -> Engine:
        """The engine of the newest index.

        :raises IndexError: when no index could be opened yet.
        """
        engine = self._engine
        if engine is None:
            with self._opening:
                return self._engine or self._open()
        if self._state() not in (None, self._seen) and self._opening.acquire(blocking=False):
            try:
                return self._open()
            except IndexError:
                return engine
            finally:
                self._opening.release()
        return engine

    def at_hand(self) -> Engine | None:
        """The engine, if it is open and the newest; never waits for one to be opened."""
        return self._engine if self._state() in (None, self._seen) else None

    def _state(self) -> tuple[int, int] | None:
        try:
            state = (self._folder / STAMP).stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_ino

    def _open(self) -> Engine:
        # noted before it is opened, so that a broken index is tried once and not with every request
        self._seen = self._state()
        self._engine = engine = open_index(self._folder)
        return engine


def _refused(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": message}, status, headers)


def _read_request(request: Request) -> Asked | str:
    """The question, or what is wrong with it."""
    values = request.query_params
    text = values.get("q")
    if text is None or not text.strip():
        return "q: what to search for is missing"
    if len(text) > limit("query_characters"):
        return f"q: at most {limit('query_characters')} characters, found {len(text)}"
    for name in ("lang", "only"):
        if values.get(name) not in (None, *LANGUAGES):
            return f"{name}: vi or lo expected"
    kind = values.get("kind") or None
    if kind is not None and len(kind) > _KIND_CHARACTERS:
        return f"kind: at most {_KIND_CHARACTERS} characters"
    count = values.get("limit", str(limit("hits")))
    most = limit("hits_most")
    if not (count.isascii() and count.isdigit() and len(count) < 5 and 1 <= int(count) <= most):
        return f"limit: a whole number from 1 to {most} expected"
    return Asked(text, values.get("lang"), values.get("only"), kind, int(count))


def _api(index: CurrentIndex) -> Route:
    answers = Answers()
    turns = CapacityLimiter(_SEARCHES_AT_ONCE)

    async def search(request: Request) -> Response:
        asked = _read_request(request)
        if isinstance(asked, str):
            return _refused(400, asked)
        engine = index.at_hand()
        body = answers.held(engine, asked) if engine is not None else None
        if body is None:
            if turns.statistics().tasks_waiting >= _SEARCHES_WAITING:
                return _refused(503, "too many searches at once; try again", {"Retry-After": "2"})
            try:
                body = await run_sync(lambda: answers.answer(index.engine(), asked), limiter=turns)
            except IndexError as error:
                return _refused(503, str(error))
        return _sent(body, request, "application/json")

    return Route("/api/search", search, methods=["GET"])


def _sent(body: Body, request: Request, media_type: str, status: int = 200) -> Response:
    """A body in the form the client takes, or the word that the client has it already."""
    content, headers = body.for_client(request.headers.get("accept-encoding", ""))
    known = (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))
    if status == 200 and body.tag in known:
        headers.pop("Content-Encoding", None)
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


class _Held(NamedTuple):
    """A file as it is sent, and what it is."""

    body: Body
    type: str


class SiteFiles:
    """The files of a built site. Small ones are kept in memory until they change on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._held: OrderedDict[tuple[Path, int, int], _Held] = OrderedDict()
        # where a held file was found, so that it is not looked for again
        self._found: dict[str, Path] = {}
        self._size = 0
        self._lock = threading.Lock()

    def find(self, address: str) -> Path | None:
        """The file of an address, or ``None``: parts that begin with a dot, and links that lead out, have none."""
        parts = [part for part in address.split("/") if part]
        if any(part.startswith(".") or "\\" in part or ":" in part or "\0" in part for part in parts):
            return None
        try:
            path = self._root.joinpath(*parts).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            return None
        return path if path == self._root or self._root in path.parents else None

    def at_hand(self, address: str) -> _Held | None:
        """The file of an address, if it is held and has not changed; costs one look at the disk."""
        path = self._found.get(address)
        if path is None:
            return None
        try:
            state = path.stat()
        except OSError:
            return None
        key = (path, state.st_mtime_ns, state.st_size)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def response(self, address: str, request: Request, status: int = 200) -> Response | None:
        """The response for an address, or ``None`` when the site has no such file."""
        path = self.find(address)
        if path is None:
            return None
        try:
            if path.is_dir():
                if not (path / "index.html").is_file():
                    return None
                if address and not address.endswith("/"):
                    return RedirectResponse(f"/{address.strip('/')}/", 301)
                path /= "index.html"
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):
                return None
            if state.st_size > _HELD_FILE:
                return FileResponse(path, status, headers={"Cache-Control": "no-cache"})
            held = self._hold(path, state.st_mtime_ns, state.st_size)
            if len(self._found) >= _FOUND_IN_ALL:
                self._found.clear()
            self._found[address] = path
        except OSError:
            return None
        return _sent(held.body, request, held.type, status)

    def _hold(self, path: Path, changed: int, size: int) -> _Held:
        key = (path, changed, size)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        plain = path.read_bytes()
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        text = kind.startswith(_TEXT_TYPES)
        body = Body(plain, packed(plain) if text else None, f'W/"{changed:x}-{size:x}"')
        held = _Held(body, f"{kind}; charset=utf-8" if text else kind)
        with self._lock:
            if key not in self._held:
                self._held[key] = held
                self._size += body.size
            while self._size > _HELD_IN_ALL and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._size -= dropped.body.size
        return held


def _site(files: SiteFiles) -> Route:
    async def file(request: Request) -> Response:
        address = request.path_params["address"]
        if (held := files.at_hand(address)) is not None:
            return _sent(held.body, request, held.type)
        found = await run_in_threadpool(files.response, address, request)
        if found is None:
            found = await run_in_threadpool(files.response, "404.html", request, 404)
        return found if found is not None else _refused(404, "not found")

    return Route("/{address:path}", file, methods=["GET"])


class _Headers:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = API_POLICY if scope["path"].startswith("/api/search") else self._policy
                added = SECURITY_HEADERS | {"Content-Security-Policy": policy}
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in added.items()),
                ]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


def create_app(
    index_dir: Path | str, site_dir: Path | str | None = None, policy: str = PAGE_POLICY
) -> ASGIApp:
    """An ASGI application that answers searches from the index under ``index_dir``.

    :param site_dir: a built site to give out beside it; its ``404.html`` stands in for missing pages.
    :param policy: the Content-Security-Policy of everything but the answers of the search.
    """
    routes = [_api(CurrentIndex(Path(index_dir)))]
    if site_dir is not None:
        routes.append(_site(SiteFiles(Path(site_dir))))
    return _Headers(Starlette(routes=routes, exception_handlers={HTTPException: _problem}), policy)
