"""The form's own local server (`decap-server`, from the npm registry) over a clone, where each save becomes a branch."""

import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from clone_work import git

SERVER = Path(__file__).parent / "decap_server" / "node_modules" / "decap-server" / "dist" / "index.js"
STARTS_WITHIN = 60.0


class Quiet(SimpleHTTPRequestHandler):
    """The site's files, without a log."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def site(folder: Path) -> Iterator[int]:
    """A folder of files over HTTP; yields its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@contextmanager
def forge(clone: Path) -> Iterator[int]:
    """decap-server for a clone, in the mode that keeps unpublished entries on branches; yields its port."""
    assert SERVER.exists(), (
        "decap-server is missing: run `make setup-test` (it needs Node, npm and its registry)"
    )
    for key, value in (("user.name", "Test"), ("user.email", "test@localhost"), ("commit.gpgsign", "false")):
        git(clone, "config", key, value)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    told = {"MODE": "git", "BIND_HOST": "127.0.0.1", "PORT": str(port), "GIT_REPO_DIRECTORY": str(clone)}
    log = clone.parent / "decap-server.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            ["node", str(SERVER)], cwd=clone, env=os.environ | told, stdout=out, stderr=out
        )
        try:
            _wait(server, port, log)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=STARTS_WITHIN)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1",
        data=json.dumps({"action": "info"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(asked) as answer:
                assert json.load(answer)["type"] == "local_git"
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"decap-server did not start: {log.read_text(encoding='utf-8')}")


def saved(clone: Path, kind: str, entry_id: str) -> str:
    """What a save changed: the lines taken out and put in, as git shows them."""
    text = git(clone, "diff", "--unified=0", "main", f"cms/{kind}/{entry_id}")
    return "\n".join(row for row in text.splitlines() if row[:1] in "+-" and row[:3] not in ("+++", "---"))


def branches(clone: Path) -> list[str]:
    """The branches that saves have made."""
    return git(clone, "branch", "--list", "cms/*", "--format=%(refname:short)").split()
