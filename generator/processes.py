"""Independent work spread over the processor's cores, or done aside by a process that is there from the beginning.

The workers are forked: they find everything that was read and warmed up before, and nothing is copied to them. A system
without fork, or with one core, does the work in turn; what comes out is the same.
"""

import ctypes
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")

# From linux/prctl.h: the signal a process gets when the one that made it ends.
_PR_SET_PDEATHSIG = 1


def cores() -> int:
    """How many processes can compute at the same time here; 1 where processes cannot be forked."""
    return len(os.sched_getaffinity(0)) if sys.platform.startswith("linux") else 1


def collect_rarely() -> None:
    """For a command that reads a whole handbook: nearly all it makes stays to its end, and to look for garbage among it
    again and again takes a tenth of its time."""
    gc.set_threshold(50_000, 20, 20)


def _die_with(parent: int) -> None:
    """A build that is killed leaves no workers behind, which would hold its lock."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


class _Task:
    """The work as the forked workers find it."""

    work: Callable[[int], Any]


def _do(number: int) -> Any:
    return _Task.work(number)


@contextmanager
def spread(
    work: Callable[[int], T], count: int, workers: int | None = None, chunk: int = 16
) -> Iterator[Iterable[T]]:
    """Do `work(0)` … `work(count - 1)` in `workers` processes (one a core by default) while the block runs.

    A worker takes `chunk` neighbouring pieces at a time: enough that handing over costs nothing, few enough that all
    end together. Gives the results in order; what `work` raises is raised where its result is taken. Each result is
    pickled once.
    """
    workers = cores() if workers is None else workers
    if workers < 2:
        yield map(work, range(count))
        return
    # Loaded where it is needed: after a small edit it is not.
    from concurrent.futures import ProcessPoolExecutor

    _Task.work = work
    # What is there stays; a collection in a worker would only touch, and so copy, the memory they share.
    gc.freeze()
    try:
        # One without work would only hold on to memory that the others have changed since.
        with ProcessPoolExecutor(
            max(1, min(workers, count)),
            mp_context=get_context("fork"),
            initializer=_die_with,
            initargs=(os.getpid(),),
        ) as pool:
            try:
                yield pool.map(_do, range(count), chunksize=chunk)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    finally:
        gc.unfreeze()
        del _Task.work


Say = Callable[[str], None]


class Aside(Generic[T]):
    """An object that is made and lives in a process of its own, forked here and now.

    Its methods are called from here and worked off one after the other; only what is sent is copied, and nothing comes
    back but how far it is. With one core, or where processes cannot be forked, it lives here and a call is done at once.
    Closing ends the process, whatever it is doing.
    """

    def __init__(self, make: Callable[[Say], T]) -> None:
        """`make` is given what tells `finish` how far it is."""
        self._heard: list[str] = []
        self._calls = 0
        self._here = make(self._heard.append) if cores() < 2 else None
        self._raised: BaseException | None = None
        if self._here is None:
            context = get_context("fork")
            self._end, other = context.Pipe()
            self._process = context.Process(target=_live, args=(make, other, os.getpid()), daemon=True)
            self._process.start()
            other.close()

    def call(self, name: str, *arguments: object) -> None:
        """Have a method called; it may not have begun when this returns."""
        if self._here is not None:
            getattr(self._here, name)(*arguments)
            return
        self._calls += 1
        try:
            self._end.send((name, arguments))
        except ConnectionError as ended:
            raise self._gone() from ended

    def finish(self, heard: Say) -> None:
        """Wait for all calls so far, passing on how far they are. Raises what one has raised."""
        for said in self._heard:
            heard(said)
        self._heard.clear()
        if self._raised:
            raise self._raised
        while self._calls:
            try:
                what, value = self._end.recv()
            except (EOFError, ConnectionError) as ended:
                raise self._gone() from ended
            if what == "said":
                heard(value)
            elif what == "raised":
                self._raised = value
                raise value
            else:
                self._calls -= 1

    def _gone(self) -> ChildProcessError:
        self._process.join(1)
        return ChildProcessError(f"a process of the build has ended ({self._process.exitcode})")

    def __enter__(self) -> "Aside[T]":
        return self

    def __exit__(self, *raised: object) -> None:
        if self._here is None:
            self._process.kill()
            self._process.join()
            self._end.close()


def _live(make: Callable[[Say], Any], end: Connection, parent: int) -> None:
    """Work off calls; after one that raises the others are taken and left."""
    _die_with(parent)
    # An interrupted build ends this process itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        one = make(lambda said: end.send(("said", said)))
        while True:
            name, arguments = end.recv()
            getattr(one, name)(*arguments)
            end.send(("done", None))
    except BaseException as error:
        error.add_note(traceback.format_exc())
        end.send(("raised", error))
        while True:
            end.recv()
