"""The server under load: so many requests a second for so long, on loopback; a table of what came back and when.

    python benchmarks/load.py [--rate 500] [--seconds 60] [--connections 50] [--site site --index index]

Requests are sent at their appointed time whether earlier ones are answered or not, and their time is counted from then,
so a server that stalls cannot hide it. Of 100 requests 60 are pages, 14 other files, 10 pages the reader has already, 4 pages
that do not exist, 11 searches among 200 that are asked again and again, 1 a search that nobody asked before. The searches are names of
entries, whole or broken off, in either script. The usual ones are asked once before the clock
starts. The client takes a core for itself.
"""

import argparse
import asyncio
import json
import platform
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
SHARES = {"page": 60, "file": 14, "unchanged": 10, "missing": 4, "search": 11, "search new": 1}
MIX = [name for name, share in SHARES.items() for _ in range(share)]
POPULAR = 200
EXPECTED = {"page": 200, "file": 200, "unchanged": 304, "missing": 404, "search": 200, "search new": 200}
HEAD_END = b"\r\n\r\n"
STATUS, LENGTH = re.compile(rb"HTTP/1\.1 (\d+)"), re.compile(rb"content-length: (\d+)", re.IGNORECASE)
TAG = re.compile(rb"etag: ([^\r]+)", re.IGNORECASE)


@dataclass
class Load:
    """What to ask for, and what came of it: seconds by class, errors by what they were."""

    pages: list[str]
    files: list[str]
    names: list[str]
    tags: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in EXPECTED})
    errors: Counter[str] = field(default_factory=Counter)
    received: int = 0

    def address(self, kind: str, dice: random.Random) -> str:
        """An address of one class of request."""
        if kind == "search":
            return f"/api/search?q={quote(self.names[dice.randrange(POPULAR)])}"
        if kind == "search new":
            name = self.names[dice.randrange(POPULAR, len(self.names))]
            return f"/api/search?q={quote(name[: dice.randint(3, 60)])}&limit={dice.randint(1, 20)}"
        if kind == "missing":
            return f"/gates/nothing-{dice.randrange(10**6)}.html"
        if kind == "unchanged":
            return dice.choice(list(self.tags) or self.pages)
        return dice.choice(self.files if kind == "file" else self.pages)


def load_of(site: Path) -> Load:
    """Every page and file of a site below 200 kB, and the words of its titles."""
    sizes = {path: path.stat().st_size for path in sorted(site.rglob("*")) if path.is_file()}
    small = [path for path, size in sizes.items() if size < 200_000]
    by_kind: dict[bool, list[str]] = {True: [], False: []}
    for path in small:
        by_kind[path.suffix == ".html"].append("/" + quote(path.relative_to(site).as_posix()))
    documents = (json.loads(path.read_bytes()) for path in sorted(site.glob("api/v1/*/*.json")))
    pairs = (document.get("entry", {}).get("name", {}) for document in documents)
    names = list(
        dict.fromkeys(pair[language] for pair in pairs for language in ("vi", "lo") if language in pair)
    )
    random.Random(1).shuffle(names)
    return Load(by_kind[True], by_kind[False], names)


class Client:
    """One connection that is kept, and opened again when the server closed it."""

    def __init__(self, port: int, load: Load) -> None:
        self._port, self._load = port, load
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, kind: str, address: str, due: float) -> None:
        """Send a request; note its class, status and seconds since it was due."""
        known = f"If-None-Match: {self._load.tags[address]}\r\n" if kind == "unchanged" else ""
        request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{known}\r\n"
        try:
            status, tag = await asyncio.wait_for(self._exchange(request.encode()), 30)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self._load.errors[f"{kind}: {type(error).__name__}"] += 1
            self.close()
            return
        if status != EXPECTED[kind]:
            self._load.errors[f"{kind}: {status}"] += 1
        if kind == "page" and tag:
            self._load.tags[address] = tag
        self._load.seconds[kind].append(time.perf_counter() - due)

    async def _exchange(self, request: bytes) -> tuple[int, str]:
        if self._writer is None or self._writer.is_closing() or (self._reader and self._reader.at_eof()):
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        assert self._reader is not None
        self._writer.write(request)
        head = await self._reader.readuntil(HEAD_END)
        status, length, tag = STATUS.match(head), LENGTH.search(head), TAG.search(head)
        assert status is not None
        size = int(length.group(1)) if length else 0
        if size and int(status.group(1)) != 304:
            await self._reader.readexactly(size)
        self._load.received += len(head) + size
        return int(status.group(1)), tag.group(1).decode() if tag else ""

    def close(self) -> None:
        """Give the connection up."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


async def run(port: int, load: Load, rate: int, seconds: float, connections: int) -> float:
    """Ask `rate` times a second; the seconds it took until the last answer."""
    free: asyncio.Queue[Client] = asyncio.Queue()
    clients = [Client(port, load) for _ in range(connections)]
    for client in clients:
        free.put_nowait(client)
    dice = random.Random(2)
    running: set[asyncio.Task[None]] = set()
    started = time.perf_counter()

    async def one(kind: str, due: float) -> None:
        client = await free.get()
        try:
            await client.ask(kind, load.address(kind, dice), due)
        finally:
            free.put_nowait(client)

    for number in range(int(rate * seconds)):
        due = started + number / rate
        if (early := due - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        kind = dice.choice(MIX)
        if kind == "unchanged" and not load.tags:
            kind = "page"
        task = asyncio.create_task(one(kind, due))
        running.add(task)
        task.add_done_callback(running.discard)
    if running:
        await asyncio.wait(running, timeout=60)
    took = time.perf_counter() - started
    for client in clients:
        client.close()
    return took


async def first_time(port: int, load: Load) -> float:
    """Ask each of the popular searches once, one after the other; mean milliseconds. The first opens the index, uncounted."""
    client = Client(port, load)
    for name in ("lao", *load.names[:POPULAR]):
        await client.ask("search", f"/api/search?q={quote(name)}", time.perf_counter())
    client.close()
    counted = load.seconds["search"][1:]
    load.seconds["search"].clear()
    return 1000 * sum(counted) / len(counted)


def memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def started_server(site: Path, index: Path) -> tuple[subprocess.Popen[str], int]:
    """`handbook serve` on a free port, and the port."""
    command = [sys.executable, "-m", "generator.cli", "serve", "--port", "0", "--site", str(site)]
    server = subprocess.Popen([*command, "--index", str(index)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://[^/]*:(\d+)/", line):
            return server, int(found.group(1))
    raise SystemExit("the server did not start")


def at(values: list[float], share: float) -> float:
    """Milliseconds below which this share of the values lies."""
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(load: Load) -> Iterator[str]:
    """The times by class, as Markdown."""
    yield "| requests | number | p50 ms | p99 ms | longest ms |"
    yield "|---|--:|--:|--:|--:|"
    whole = [value for values in load.seconds.values() for value in values]
    for name, values in [*load.seconds.items(), ("all", whole)]:
        if values:
            figures = " | ".join(f"{at(values, share):.1f}" for share in (0.5, 0.99, 1))
            yield f"| {name} | {len(values):,} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    load = load_of(options.site)
    server, port = started_server(options.site, options.index)
    try:
        first = asyncio.run(first_time(port, load))
        before = memory(server.pid)
        took = asyncio.run(run(port, load, options.rate, options.seconds, options.connections))
        after = memory(server.pid)
    finally:
        server.terminate()
        server.wait(20)
    number = sum(map(len, load.seconds.values()))
    print(
        f"{date.today()}, {platform.machine()}, {len(load.pages):,} pages, {options.connections} connections"
    )
    print(f"asked {options.rate}/s for {options.seconds:g} s: {number:,} answers in {took:.1f} s", end="")
    print(f" ({number / took:.0f}/s), {sum(load.errors.values())} errors, {load.received / 1e6:.0f} MB")
    print(f"the {POPULAR} usual searches, asked for the first time one after the other: {first:.0f} ms each")
    print(f"memory of the server: {before:.0f} MB before, {after:.0f} MB after\n")
    print("\n".join(table(load)))
    for name, count in load.errors.most_common():
        print(f"- {name}: {count}")
    sys.exit(bool(load.errors))


if __name__ == "__main__":
    main()
