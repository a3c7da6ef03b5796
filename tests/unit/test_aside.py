"""An object in a process of its own answers as one that is here, and what goes wrong there is said here."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import processes
from generator.processes import Aside, Say

ROOT = Path(__file__).parents[2]
HERE = os.getpid()


class Sum:
    """Adds numbers, saying each."""

    def __init__(self, say: Say) -> None:
        self.say, self.total = say, 0

    def add(self, number: int) -> None:
        self.total += number
        self.say(str(self.total))

    def fail(self) -> None:
        raise OSError(28, "No space left on device", "here")

    def end(self) -> None:
        os._exit(7)

    def where(self) -> None:
        self.say(str(os.getpid() == HERE))

    def wait(self) -> None:
        time.sleep(60)


@pytest.fixture(params=[1, 2], ids=["here", "aside"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """With one core everything is done here."""
    monkeypatch.setattr(processes, "cores", lambda: request.param)
    return int(request.param)


def test_calls_are_worked_off_in_order(many: int) -> None:
    heard: list[str] = []
    with Aside(Sum) as one:
        for number in range(1, 6):
            one.call("add", number)
        one.finish(heard.append)
        assert heard == ["1", "3", "6", "10", "15"]
        one.call("add", 10)
        one.call("where")
        one.finish(heard.append)
    assert heard[5:] == ["25", str(many == 1)]


def ask(one: Aside[Sum]) -> None:
    one.call("add", 1)
    one.call("fail")
    one.call("add", 2)
    one.finish(lambda said: None)


@pytest.mark.usefixtures("many")
def test_what_is_raised_there_is_raised_here() -> None:
    with Aside(Sum) as one, pytest.raises(OSError) as raised:
        ask(one)
    assert (raised.value.errno, raised.value.filename) == (28, "here")


def test_calls_after_a_failure_come_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    with Aside(Sum) as one:
        one.call("fail")
        for _ in range(10_000):
            one.call("add", 1)
        heard: list[str] = []
        with pytest.raises(OSError, match="No space"):
            one.finish(heard.append)
        with pytest.raises(OSError, match="No space"):
            one.finish(heard.append)
        assert heard == []


def test_a_process_that_ends_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    with Aside(Sum) as one:
        one.call("end")
        with pytest.raises(ChildProcessError, match="7"):
            one.finish(lambda said: None)
        with pytest.raises(ChildProcessError, match="7"):
            for _ in range(10_000):
                one.call("add", 1)


def closed(one: Aside[Sum]) -> None:
    with one:
        one.call("wait")


def failed(one: Aside[Sum]) -> None:
    with pytest.raises(KeyError), one:
        one.call("wait")
        raise KeyError


@pytest.mark.parametrize("leave", [closed, failed])
def test_closing_ends_it_whatever_it_does(
    leave: Callable[[Aside[Sum]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    began = time.monotonic()
    one = Aside(Sum)
    leave(one)
    assert one._process.exitcode == -signal.SIGKILL and time.monotonic() - began < 30


WAITING = """
import time
from generator import processes

class One:
    def __init__(self, say):
        pass

    def wait(self):
        import os
        os.write(1, b"%d\\n" % os.getpid())
        time.sleep(60)

processes.cores = lambda: 2
with processes.Aside(One) as one:
    one.call("wait")
    one.finish(print)
"""


def test_it_ends_with_a_killed_build() -> None:
    parent = subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and runs(child):
        time.sleep(0.05)
    assert not runs(child)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
