"""Independent work spread over the processor's cores.

The workers are forked: they find everything that was read and warmed up before, and nothing is copied to them. A system
without fork, or with one core, does the work in turn; what comes out is the same.
"""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

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
