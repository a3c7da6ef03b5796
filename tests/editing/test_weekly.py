"""The weekly report names dead sources and old verifications, and asks each host gently."""

import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from generator.editing.links import answer_of, dead_links
from generator.editing.status import handbook_status
from generator.editing.weekly import render_weekly
from generator.rules import check_handbook

BASE = Path(__file__).parent.parent / "fixtures" / "problems" / "base"


class Answers(BaseHTTPRequestHandler):
    """`/200`, `/404`, `/403`: what the path says."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_what_an_address_answers() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    assert answer_of(f"{address}/200") is None
    assert answer_of(f"{address}/403") is None
    assert answer_of(f"{address}/404") == "HTTP 404"
    assert answer_of(f"{address}/500") == "HTTP 500"
    server.shutdown()
    server.server_close()
    assert answer_of(f"{address}/200")


def test_dead_sources_by_id_and_one_host_at_a_time() -> None:
    busy: set[str] = set()
    lock = threading.Lock()

    def ask(url: str) -> str | None:
        host = url.split("/")[2]
        with lock:
            assert host not in busy
            busy.add(host)
        answer = "HTTP 404" if "moit" in url else None
        with lock:
            busy.remove(host)
        return answer

    found = dead_links(check_handbook(BASE, date(2026, 11, 21)).handbook, ask)
    assert [(row.source, row.answer) for row in found] == [("review", "HTTP 404")]


def test_report_in_both_languages_and_none_when_all_is_well() -> None:
    day = date(2027, 7, 1)
    checked = check_handbook(BASE, day)
    overdue = handbook_status(checked, day).overdue
    dead = dead_links(checked.handbook, lambda url: "HTTP 410" if "moit" in url else None)
    text = "\n".join(render_weekly(dead, overdue))
    assert "`data/gates/lao-bao.yaml`" in text and "HTTP 410" in text
    assert "Nguồn không mở được (1)" in text and "ແຫຼ່ງຂໍ້ມູນທີ່ເປີດບໍ່ໄດ້ (1)" in text
    assert list(render_weekly([], [])) == []
