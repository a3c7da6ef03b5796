"""The search over HTTP, and the site beside it."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.types import ASGIApp

from search.document import SearchDocument
from search.engine import build_index
from search.server import create_app


class Client:
    """Asks an application directly, without a socket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def _ask(self, method: str, address: str, headers: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app), base_url="http://test"
        ) as client:
            return await client.request(method, address, headers=headers)

    def get(self, address: str, method: str = "GET", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        # a thread of its own: a browser of other tests may keep an event loop in this one
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(anyio.run, self._ask, method, address, named).result()


@pytest.fixture(scope="module")
def client(small_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Client:
    site = tmp_path_factory.mktemp("web") / "site"
    (site / "gates").mkdir(parents=True)
    (site / "index.html").write_text("<h1>Trang chủ</h1>" * 200, encoding="utf-8")
    (site / "404.html").write_text("Không tìm thấy trang · ບໍ່ພົບໜ້ານີ້", encoding="utf-8")
    (site / "gates" / "index.html").write_text("gates", encoding="utf-8")
    (site / "a.js").write_text("1", encoding="utf-8")
    (site / ".hidden").write_text("secret", encoding="utf-8")
    (site.parent / "outside.txt").write_text("secret", encoding="utf-8")
    (site / "link.txt").symlink_to(site.parent / "outside.txt")
    (site / "empty").mkdir()
    return Client(create_app(small_index, site))


def test_the_answer_is_that_of_the_command(client: Client) -> None:
    response = client.get("/api/search?q=cua+khau+lao+bao&lang=lo&kind=gates&limit=1")
    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"query", "took_ms", "total", "suggestion", "hits"}
    assert [(hit["id"], hit["lang"]) for hit in body["hits"]] == [("lao-bao", "lo")]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%20",
        "q=" + "a" * 401,
        "q=a&limit=0",
        "q=a&limit=101",
        "q=a&limit=x",
        "q=a&limit=1e3",
        "q=a&lang=en",
        "q=a&only=x",
        "q=a&kind=" + "k" * 65,
    ],
)
def test_input_has_bounds(client: Client, query: str) -> None:
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    assert client.get("/api/search?q=a", method=method).status_code == 405
    assert client.get("/index.html", method=method).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/a/../../outside.txt",
        "/%2e%2e%5coutside.txt",
        "//etc/passwd",
        "/.hidden",
        "/link.txt",
        "/empty/",
        "/empty",
        "/nothing",
        "/a.js%00.html",
        "/C:/x",
    ],
)
def test_no_address_leaves_the_site_and_no_folder_is_listed(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "secret" not in response.text
    assert "Không tìm thấy" in response.text and "ບໍ່ພົບ" in response.text


def test_files_of_the_site(client: Client) -> None:
    home = client.get("/")
    assert home.status_code == 200 and home.headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/gates/").text == "gates"
    moved = client.get("/gates")
    assert (moved.status_code, moved.headers["location"]) == (301, "/gates/")
    assert client.get("/a.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert client.get("/index.html", method="HEAD").text == ""


def test_unchanged_files_are_not_sent_again_and_text_is_compressed(client: Client) -> None:
    first = client.get("/index.html", accept_encoding="gzip")
    assert first.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/index.html", accept_encoding="identity").headers
    again = client.get("/index.html", if_none_match=first.headers["etag"])
    assert (again.status_code, again.text) == (304, "")


def test_every_response_carries_the_security_headers(client: Client) -> None:
    for address in ("/", "/api/search?q=a", "/nothing", "/api/search"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"


def test_a_new_index_is_answered_from_without_a_restart(
    small_index: Path, small_documents: list[SearchDocument], tmp_path: Path
) -> None:
    index = Path(shutil.copytree(small_index, tmp_path / "index"))
    client = Client(create_app(index))
    assert client.get("/api/search?q=thanh+long").json()["hits"][0]["id"] == "note-vi"
    build_index([document for document in small_documents if document.id != "note-vi"], index)
    hits = client.get("/api/search?q=thanh+long").json()["hits"]
    assert "note-vi" not in {hit["id"] for hit in hits}
    stamp = index / "stamp.json"
    stamp.write_text(json.dumps({}), encoding="utf-8")
    assert client.get("/api/search?q=lao+bao").status_code == 200


def test_without_an_index_the_server_says_what_to_run(tmp_path: Path) -> None:
    response = Client(create_app(tmp_path)).get("/api/search?q=a")
    assert response.status_code == 503
    assert "handbook build" in response.json()["error"]
