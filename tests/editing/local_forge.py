"""What Decap's own local server does, for the tests: the form's requests answered from a clone, each save a branch.

The protocol is that of `decap-server` (the proxy backend): one address, `{"action", "params"}` by POST.
"""

import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from clone_work import git


class Forge(BaseHTTPRequestHandler):
    """Answers for the clone in `clone`; nothing is logged."""

    def __init__(self, clone: Path, *arguments: Any) -> None:
        self.clone = clone
        super().__init__(*arguments)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests read the clone."""

    def _answer(self, status: int, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in (
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Headers", "*"),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
        ):
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def do_OPTIONS(self) -> None:
        self._answer(200, {})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, value = self._act(asked["action"], asked.get("params", {}))
        self._answer(status, value)

    def _act(self, action: str, params: dict[str, Any]) -> tuple[int, Any]:
        match action:
            case "info":
                modes = ["simple", "editorial_workflow"]
                return 200, {"repo": "clone", "publish_modes": modes, "type": "local_git"}
            case "entriesByFolder":
                folder = self.clone / params["folder"]
                return 200, [self._file(path) for path in sorted(folder.glob(f"*.{params['extension']}"))]
            case "entriesByFiles":
                return 200, [self._file(self.clone / row["path"]) for row in params["files"]]
            case "getEntry":
                return 200, self._file(self.clone / params["path"])
            case "unpublishedEntries" | "getMedia":
                return 200, []
            case "unpublishedEntry":
                return self._unpublished(params["collection"], params["slug"])
            case "unpublishedEntryDataFile":
                branch = f"cms/{params['collection']}/{params['slug']}"
                data = git(self.clone, "show", f"{branch}:{params['path']}")
                return 200, {"data": data, "file": {"path": params["path"], "id": params["path"]}}
            case "persistEntry":
                return 200, self._save(params)
            case _:
                return 404, {"error": action}

    def _unpublished(self, kind: str, entry_id: str) -> tuple[int, Any]:
        path, branch = f"data/{kind}/{entry_id}.yaml", f"cms/{kind}/{entry_id}"
        if branch not in branches(self.clone):
            return 404, {"error": "Not Found"}
        diffs = [{"id": path, "path": path, "newFile": False}]
        day = "2026-11-21T00:00:00Z"
        return 200, {
            "collection": kind,
            "slug": entry_id,
            "status": "draft",
            "diffs": diffs,
            "updatedAt": day,
        }

    def _file(self, path: Path) -> dict[str, Any]:
        shown = path.relative_to(self.clone).as_posix()
        return {"data": path.read_text(encoding="utf-8"), "file": {"path": shown, "id": shown}}

    def _save(self, params: dict[str, Any]) -> dict[str, str]:
        """A branch of its own for each entry, as the editorial workflow has it."""
        (row,) = params.get("dataFiles") or [params["entry"]]
        branch = f"cms/{params['options']['collectionName']}/{row['slug']}"
        git(self.clone, "switch", "-q", "-c", branch, "main")
        path = self.clone / row["path"]
        path.write_text(row["raw"], encoding="utf-8", newline="\n")
        git(self.clone, "add", row["path"])
        git(self.clone, "commit", "-q", "-m", params["options"]["commitMessage"])
        git(self.clone, "switch", "-q", "main")
        return {"message": "entry persisted"}


class Quiet(SimpleHTTPRequestHandler):
    """The site's files, without a log."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def serve(handler: Any) -> ThreadingHTTPServer:
    """A server on a free port of this machine, answering until it is shut down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def forge(clone: Path) -> ThreadingHTTPServer:
    """The local forge of a clone."""
    return serve(partial(Forge, clone))


def site(folder: Path) -> ThreadingHTTPServer:
    """A folder of files over HTTP."""
    return serve(partial(Quiet, directory=str(folder)))


def saved(clone: Path, kind: str, entry_id: str) -> str:
    """What a save changed: the lines taken out and put in, as git shows them."""
    text = git(clone, "diff", "--unified=0", "main", f"cms/{kind}/{entry_id}")
    return "\n".join(row for row in text.splitlines() if row[:1] in "+-" and row[:3] not in ("+++", "---"))


def branches(clone: Path) -> list[str]:
    """The branches that saves have made."""
    return git(clone, "branch", "--list", "cms/*", "--format=%(refname:short)").split()
