"""The handbook on the post's own network: read-only, bounded, found by its address."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from generator.build import BuildPlan
from generator.commands import serve as serve_module
from generator.commands.serve import serve
from generator.serving import server as serving
from generator.serving.addresses import addresses, is_loopback
from generator.serving.server import ServePlan, listen, server_of


@pytest.fixture(scope="module")
def address(built: BuildPlan) -> Iterator[str]:
    with listen("127.0.0.1", 0) as bound:
        server = server_of(ServePlan(built.site_dir, built.index_dir, "127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def test_site_and_search_in_both_languages(address: str) -> None:
    for path, lang in (("/", "vi"), ("/lo/index.html", "lo"), ("/gates/lao-bao.html", "vi")):
        page = httpx.get(address + path)
        assert page.status_code == 200
        assert f'<html lang="{lang}">' in page.text
    for words in ("cua khau lao bao", "ດ່ານລາວບາວ"):
        hits = httpx.get(f"{address}/api/search", params={"q": words}).json()["hits"]
        assert ("gates", "lao-bao") in [(hit["kind"], hit["id"]) for hit in hits[:3]]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(address: str, method: str) -> None:
    assert httpx.request(method, f"{address}/index.html").status_code == 405


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/%2e%2e/data", "/..%2fdata", "/.git/config", "//etc/passwd"]
)
def test_nothing_outside_the_site_is_given_out(address: str, path: str) -> None:
    with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1])), timeout=10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := raw.recv(65536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 404")


def test_a_header_without_end_is_cut_off(address: str) -> None:
    with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1])), timeout=10) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * (serving.MOST_HEADER_BYTES * 2))
        assert raw.recv(65536).startswith(b"HTTP/1.1 400")


def test_it_does_not_say_what_it_is_made_of(address: str) -> None:
    headers = httpx.get(address).headers
    assert "server" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_addresses() -> None:
    assert addresses("127.0.0.1", 8000) == ["http://127.0.0.1:8000/"]
    assert addresses("::1", 80) == ["http://[::1]:80/"]
    for open_to_all in ("0.0.0.0", "::"):
        found = addresses(open_to_all, 8000)
        assert found
        assert open_to_all + ":" not in found[0]
    assert all("[" not in place for place in addresses("0.0.0.0", 8000))
    assert [is_loopback(host) for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "192.168.1.5")] == [
        True,
        True,
        True,
        False,
        False,
    ]


class _Stopped:
    """A server that stops as soon as it runs."""

    def run(self, sockets: list[socket.socket]) -> None:
        assert sockets[0].fileno() >= 0


@pytest.mark.parametrize(("host", "coded"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_a_code_is_shown_when_others_can_reach_it(
    built: BuildPlan, monkeypatch: pytest.MonkeyPatch, host: str, coded: bool
) -> None:
    monkeypatch.setattr(serving, "server_of", lambda plan: _Stopped())
    run = CliRunner().invoke(
        serve,
        [
            "--host",
            host,
            "--port",
            "0",
            "--site",
            str(built.site_dir),
            "--index",
            str(built.index_dir),
            "--lang",
            "lo",
        ],
    )
    assert run.exit_code == 0, run.output
    assert "http://" in run.output
    assert ("▄" in run.output) == coded
    assert (serve_module.OPEN_TO_ALL["lo"] in run.output) == coded


def test_what_goes_wrong_is_told(built: BuildPlan, tmp_path: Path) -> None:
    run = CliRunner().invoke(serve, ["--site", str(tmp_path)])
    assert (run.exit_code, "handbook build" in run.output) == (1, True)
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = str(taken.getsockname()[1])
        run = CliRunner().invoke(serve, ["--port", port, "--site", str(built.site_dir)])
    assert (run.exit_code, port in run.output) == (1, True)
