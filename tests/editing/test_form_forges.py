"""On every forge the form opens, and what is saved waits on a branch for review: never on the main branch."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from local_forge import site
from playwright.sync_api import Browser, BrowserContext, Route

from generator.editing.form_jobs import form_jobs
from generator.reading.handbook import Handbook
from generator.reading.load import load_handbook

BASE = Path(__file__).parents[1] / "fixtures" / "problems" / "base"
OWN = "https://git.example"
FORGES = (
    ("https://github.com/example/handbook", "GitHub"),
    ("https://gitlab.com/example/handbook", "GitLab"),
    (f"{OWN}/example/handbook", "Forgejo"),
)
ENTRY = "data/gates/lao-bao.yaml"
STATES = ("draft", "pending_review", "pending_publish")
SIGNED_IN = json.dumps({"token": "t", "backendName": "forgejo", "login": "an"})


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load_handbook(BASE).handbook


@contextmanager
def form(
    handbook: Handbook, repo_url: str, folder: Path, browser: Browser
) -> Iterator[tuple[str, BrowserContext]]:
    """The form of a handbook that lies on that forge: its address, and a browser nobody has signed in with."""
    for job in form_jobs(handbook, repo_url, ""):
        for file, content in job.make():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    with site(folder) as port:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        yield f"http://127.0.0.1:{port}/admin/index.html", context
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("repo_url", "name"), FORGES)
def test_it_opens_and_asks_to_sign_in(
    handbook: Handbook, tmp_path: Path, browser: Browser, repo_url: str, name: str
) -> None:
    said: list[str] = []
    with form(handbook, repo_url, tmp_path, browser) as (address, context):
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(address)
        asked = page.get_by_role("button", name="Đăng nhập")
        asked.wait_for()
        assert name in asked.inner_text()
        assert said == []


class Own:
    """What a Forgejo answers the form, of one repository with one entry; it notes all that is asked to change."""

    def __init__(self) -> None:
        self.files = {ENTRY: (BASE / "gates" / "lao-bao.yaml").read_bytes()}
        self.branches = {"main"}
        self.pulls: list[dict[str, Any]] = []
        self.changes: list[tuple[str, str, Any]] = []

    def __call__(self, route: Route) -> None:
        asked = route.request
        place = unquote(urlsplit(asked.url).path)
        told = json.loads(asked.post_data) if asked.post_data else None
        if asked.method not in ("GET", "OPTIONS"):
            self.changes.append((asked.method, place, told))
        found = self._answer(asked.method, place.removeprefix("/api/v1"), told)
        headers = dict.fromkeys(("Origin", "Headers", "Methods"), "*")
        route.fulfill(
            status=404 if found is None else 200,
            headers={f"Access-Control-Allow-{name}": value for name, value in headers.items()},
            json={"message": "not found"} if found is None else found,
        )

    def _answer(self, method: str, place: str, told: Any) -> Any:
        if place == "/user":
            return {"login": "an", "id": 1, "full_name": "An", "avatar_url": ""}
        repository = "/repos/example/handbook"
        if place == repository:
            return {"owner": {"login": "example"}, "permissions": {"push": True}}
        handlers: dict[str, Callable[[str, str, Any], Any]] = {
            "branches": self._branches,
            "contents": self._contents,
            "git": self._git,
            "pulls": self._pulls,
            "labels": lambda *_: [
                {"id": number, "name": f"decap-cms/{n}"} for number, n in enumerate(STATES)
            ],
            "issues": self._labelled,
            "commits": lambda *_: [],
            "compare": lambda *_: {
                "files": [{"filename": ENTRY, "status": "modified", "sha": "0"}],
                "commits": [],
            },
        }
        first, _, rest = place.removeprefix(repository + "/").partition("/")
        return handlers[first](method, rest, told) if first in handlers else {}

    def _branches(self, method: str, name: str, told: Any) -> Any:
        if method == "POST":
            name = told["new_branch_name"]
            self.branches.add(name)
        return {"name": name, "commit": {"id": "c0"}} if name in self.branches else None

    def _contents(self, method: str, path: str, told: Any) -> Any:
        if method == "POST":
            return {"commit": {"sha": "c1"}}
        return {"sha": _sha(self.files[path])} if path in self.files else None

    def _git(self, _method: str, rest: str, _told: Any) -> Any:
        what, _, sha = rest.partition("/")
        if what == "blobs":
            (content,) = [content for content in self.files.values() if _sha(content) == sha]
            return {"content": base64.b64encode(content).decode(), "encoding": "base64"}
        rows = [
            {"path": path, "type": "blob", "sha": _sha(content), "size": len(content)}
            for path, content in self.files.items()
        ]
        return {"tree": rows}

    def _pulls(self, method: str, _rest: str, told: Any) -> Any:
        if method == "POST":
            row = {
                "number": len(self.pulls) + 1,
                "labels": [],
                "state": "open",
                "head": {"ref": told["head"]},
            }
            self.pulls.append(row)
            return row
        return self.pulls

    def _labelled(self, _method: str, _rest: str, _told: Any) -> Any:
        return [{"id": 0, "name": "decap-cms/draft"}]


def _sha(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


@pytest.mark.browser
def test_what_is_saved_on_a_forge_of_ones_own_waits_as_a_pull_request(
    handbook: Handbook, tmp_path: Path, browser: Browser
) -> None:
    own = Own()
    with form(handbook, f"{OWN}/example/handbook", tmp_path, browser) as (address, context):
        context.route(f"{OWN}/**", own)
        page = context.new_page()
        page.add_init_script(f"localStorage.setItem('decap-cms-user', {json.dumps(SIGNED_IN)})")
        page.goto(f"{address}#/collections/gates/entries/lao-bao")
        name = page.locator(".pair").first.locator("textarea[lang=vi]")
        name.wait_for()
        changed = f"{name.input_value()} (mới)"
        name.fill(changed)
        page.get_by_role("button", name="Lưu", exact=True).click()
        page.get_by_text("Bản nháp").or_(page.get_by_text("Mục đã được lưu")).first.wait_for()
    (wrote,) = [told for _, place, told in own.changes if place.endswith("/contents")]
    assert wrote["branch"] == "cms/gates/lao-bao"
    (file,) = wrote["files"]
    assert file["path"] == ENTRY
    assert changed in base64.b64decode(file["content"]).decode("utf-8")
    (pull,) = [told for _, place, told in own.changes if place.endswith("/pulls")]
    assert pull["base"] == "main" and pull["head"].endswith("cms/gates/lao-bao")
