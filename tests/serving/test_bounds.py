"""The server on a real socket: nobody holds it up, nothing leaves the site, and each answer says what it is."""

import gzip
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from generator.serving import connections, server
from search.document import SearchDocument
from search.engine import build_index

WORDS = ("cửa khẩu", "tờ khai", "ດ່ານ", "ພາສີ", "xăng dầu")


def documents(mark: str) -> list[SearchDocument]:
    return [
        SearchDocument(
            id=f"{mark}{n}", kind="gates", url={"vi": f"{n}.html"}, title={"vi": f"{WORDS[n % 5]} {n}"},
            aliases=(), codes=(), sections=(),
        )
        for n in range(30)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its index; a file too large for the sockets' buffers; something secret beside it."""
    root = tmp_path_factory.mktemp("served")
    (root / "site" / "gates").mkdir(parents=True)
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">"
    (root / "site" / "index.html").write_text(
        f"<head>{policy}</head>" + "<p>Trang chủ</p>" * 300, encoding="utf-8"
    )
    (root / "site" / "404.html").write_text("Không tìm thấy · ບໍ່ພົບ", encoding="utf-8")
    (root / "site" / "large.pdf").write_bytes(os.urandom(30_000_000))
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    build_index(documents("a"), root / "index")
    return root


@pytest.fixture(scope="module")
def port(place: Path) -> Iterator[int]:
    """The real server with bounds that a test can wait for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "IDLE_SECONDS", 0.5)
        patch.setattr(connections, "STALLED_SECONDS", 0.6)
        patch.setattr(connections, "MOST_CONNECTIONS", 20)
        bound = server.listen("127.0.0.1", 0)
        running = server.server_of(server.ServePlan(place / "site", place / "index", "127.0.0.1", 0))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield bound.getsockname()[1]
        running.should_exit = True
        thread.join(10)
        bound.close()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=8)


def ask(port: int, address: str, *headers: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """One request, spelled out; status, headers and body."""
    lines = [f"{method} {address} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
    with closing(connect(port)) as made:
        made.sendall("\r\n".join(lines).encode("utf-8", "surrogateescape"))
        return parsed(whole(made))


def whole(made: socket.socket) -> bytes:
    received = b""
    while piece := made.recv(1 << 16):
        received += piece
    return received


def parsed(received: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), {n.lower(): v for n, _, v in (line.partition(": ") for line in lines)}, body


def seconds_until_closed(made: socket.socket, keep_sending: bytes = b"") -> float:
    """How long the server bears it; whatever it says is read."""
    began = time.monotonic()
    made.settimeout(0.1)
    with suppress(ConnectionError):
        while time.monotonic() - began < 6:
            with suppress(TimeoutError):
                if not made.recv(4096):
                    break
            if keep_sending:
                made.sendall(keep_sending)
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-A: b\r\n"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"G"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", b"x"),
    ],
    ids=["says nothing", "never ends its headers", "rests after an answer", "trickles a second request", "trickles a body"],
)  # fmt: skip
def test_a_slow_client_is_let_go(port: int, first: bytes, then: bytes) -> None:
    with closing(connect(port)) as made:
        made.sendall(first)
        assert seconds_until_closed(made, then) < 4


def test_a_client_that_does_not_read_is_let_go(port: int) -> None:
    with closing(connect(port)) as made:
        made.sendall(b"GET /large.pdf HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(2.5)
        received = 0
        with suppress(ConnectionError):
            while piece := made.recv(1 << 16):
                received += len(piece)
        assert received < 30_000_000


def test_a_slow_reader_who_goes_on_reading_gets_all(port: int) -> None:
    with closing(connect(port)) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        made.sendall(b"GET /large.pdf HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = 0
        began = time.monotonic()
        while piece := made.recv(1 << 18):
            received += len(piece)
            if time.monotonic() - began < 1.5:
                time.sleep(0.02)
        assert received > 30_000_000


def test_many_who_only_hold_a_connection_keep_nobody_out(port: int) -> None:
    held = [connect(port) for _ in range(60)]
    try:
        for made in held[::2]:
            with suppress(ConnectionError):
                made.sendall(b"GET /gates")
        for _ in range(5):
            assert ask(port, "/")[0] == 200
    finally:
        for made in held:
            made.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: a\r\n" % n for n in range(5000)) + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    ],
)
def test_what_is_no_request_is_refused_and_nothing_else_happens(port: int, sent: bytes) -> None:
    with closing(connect(port)) as made, suppress(ConnectionError):
        made.sendall(sent)
        made.shutdown(socket.SHUT_WR)
        received = whole(made)
        # Headers that came in one piece are read, however many.
        assert not received or parsed(received)[0] < 500
    assert ask(port, "/")[0] == 200


@pytest.mark.parametrize(
    "address",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/gates/../../secret.txt", "/%2e%2e%5csecret.txt", "//../secret.txt",
     "/.%2e/secret.txt", "/%252e%252e/secret.txt", "/..;/secret.txt", "/..%00/secret.txt", "/%c0%ae%c0%ae/secret.txt", "/gates", "/gates/",
     "http://x/../secret.txt", "/index.html/../../secret.txt", "/~root", "/%ed%a0%80"],
)  # fmt: skip
def test_no_path_leaves_the_site(port: int, address: str) -> None:
    status, _, body = ask(port, address)
    assert status in (400, 404) and b"secret" not in body


@pytest.mark.parametrize("query", ["%00", "%ff%fe", "a&q=b", "%22" * 100, "*" * 400, "((((" * 100, "a%20OR%20" * 40, "%e2%80%ae",
                                   "%ed%a0%80", "ກ່" * 130, "+" * 400])  # fmt: skip
def test_an_odd_query_is_answered(port: int, query: str) -> None:
    from urllib.parse import quote

    status, headers, body = ask(port, f"/api/search?q={quote(query, safe='%&=+')}")
    assert status in (200, 400)
    assert json.loads(body).keys() >= ({"hits", "total"} if status == 200 else {"error"})
    assert headers["content-type"] == "application/json"


def test_a_page_says_what_it_is(port: int) -> None:
    status, headers, body = ask(port, "/", "Accept-Encoding: gzip")
    assert status == 200 and "Trang chủ".encode() in gzip.decompress(body)
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["vary"] == "Accept-Encoding" and headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert (
        "server" not in headers
        and "unsafe-inline" not in headers["content-security-policy"].split("style-src")[0]
    )
    assert ask(port, "/", f"If-None-Match: {headers['etag']}")[::2] == (304, b"")
    assert ask(port, "/", 'If-None-Match: "other"')[0] == 200
    head = ask(port, "/", "Accept-Encoding: gzip", method="HEAD")
    assert head[::2] == (200, b"") and head[1]["content-length"] == headers["content-length"]


def test_an_answer_is_compressed_and_known_again(port: int) -> None:
    address = "/api/search?q=cua+khau&limit=20"
    first = ask(port, address, "Accept-Encoding: gzip")
    assert first[1]["content-encoding"] == "gzip"
    plain = ask(port, address)
    assert json.loads(gzip.decompress(first[2])) == json.loads(plain[2])
    assert ask(port, address, f"If-None-Match: {first[1]['etag']}")[::2] == (304, b"")
    assert ask(port, address + "&lang=lo")[1]["etag"] != first[1]["etag"]


def test_a_part_of_a_large_file(port: int) -> None:
    """A download that was cut off is continued."""
    status, headers, body = ask(port, "/large.pdf", "Range: bytes=29999990-")
    assert (status, len(body)) == (206, 10) and headers["content-range"] == "bytes 29999990-29999999/30000000"


def test_a_new_index_takes_over_without_a_dropped_request(port: int, place: Path) -> None:
    """Asked without pause while the index is replaced four times."""
    stop = threading.Event()
    statuses: list[int] = []
    marks: set[str] = set()

    def keep_asking() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            status, _, body = ask(port, f"/api/search?q=cua+khau&limit={number % 50 + 1}")
            statuses.append(status)
            marks.add(json.loads(body)["hits"][0]["id"][0])

    threads = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for mark in "bcde":
        build_index(documents(mark), place / "index")
        time.sleep(0.1)
    deadline = time.monotonic() + 8
    while "e" not in marks and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200} and len(statuses) > 20
    assert {"a", "e"} <= marks
