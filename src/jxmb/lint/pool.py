"""Work spread over processes: items out, what is made of them back in their order.

The seam is `concurrent.futures.Executor`: whatever makes one, processes here, can do the work. Nothing but bytes
comes back from a worker, pickled there and unpickled here inside a guard, since an executor may hang on what cannot
be unpickled. Where a worker dies, the items in flight are done again one by one, and the one that kills again is
told as failed; the others go on.
"""

from __future__ import annotations

import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any, Generic, NamedTuple, TypeVar

from ..findings import Words
from .jobs import Job

Item = TypeVar("Item")
Part = TypeVar("Part")

CHUNK_ITEMS = 16  # items that go to a worker at once, so that the way there and back is cheap
CHUNK_BYTES = 100_000  # and so many bytes of theirs, so that no worker waits long for the last
AHEAD = 4  # chunks in flight for each worker: enough that none is idle, and few to hold
FORKING = sys.platform == "linux"  # elsewhere a fork may copy locks that others hold
MOST = 61 if sys.platform == "win32" else 1_000  # processes that Windows can wait for
DIED = Words("处理它的进程意外终止", "the process that worked on it died")


def over(
    job: Job[Item, Part],
    items: Iterable[Item],
    jobs: int,
    executor: Callable[[], Executor] | None = None,
) -> Iterator[tuple[Item, Iterator[Part]]]:
    """Each item with what is made of it, in order, by so many workers: see `jobs.spread`."""
    return Pool(job, executor or partial(processes, jobs), AHEAD * jobs).results(items)


def processes(jobs: int, *, fork: bool = FORKING) -> Executor:
    """So many worker processes. A fork has all that is imported here; it is taken where it is safe."""
    context = get_context("fork" if fork else "spawn")
    return ProcessPoolExecutor(min(jobs, MOST), context, initializer=_deaf)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait while workers may be started: one that comes in the middle of a fork would speak twice."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _deaf() -> None:
    """Ctrl-C is for the process that started the workers; it ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Flight(NamedTuple, Generic[Item]):
    """Items that are being worked on."""

    items: list[Item]
    answers: Future[list[bytes]]


class Pool(Generic[Item, Part]):
    """A job spread over the workers of an executor. `make` is asked for a new one where the old one broke."""

    def __init__(self, job: Job[Item, Part], make: Callable[[], Executor], ahead: int) -> None:
        self.job = job
        self.make = make
        self.ahead = ahead
        self._job = pickle.dumps(job)
        self._executor = make()

    def results(self, items: Iterable[Item]) -> Iterator[tuple[Item, Iterator[Part]]]:
        """Each item with what is made of it, in order. Who stops early ends the workers."""
        chunks = self._chunks(items)
        flying: deque[Flight[Item]] = deque()
        try:
            while True:
                while len(flying) < self.ahead and (chunk := next(chunks, None)):
                    flying.append(self._start(chunk))
                if not flying:
                    break
                flight = flying.popleft()
                if self._landed(flight):
                    yield from self._read(flight)
                else:
                    yield from self._again(flight)
                    # All that was in flight fell with it.
                    flying = deque(
                        one if self._landed(one) else self._start(one.items) for one in flying
                    )
        except BaseException:
            self._end()
            raise
        self._executor.shutdown()

    def _chunks(self, items: Iterable[Item]) -> Iterator[list[Item]]:
        chunk: list[Item] = []
        size = 0
        for item in items:
            chunk.append(item)
            size += self.job.size(item)
            if len(chunk) == CHUNK_ITEMS or size >= CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _start(self, chunk: list[Item]) -> Flight[Item]:
        try:
            with _undisturbed():
                return Flight(chunk, self._executor.submit(answer, self._job, chunk))
        except BrokenExecutor as error:
            broken: Future[list[bytes]] = Future()
            broken.set_exception(error)
            return Flight(chunk, broken)

    def _landed(self, flight: Flight[Item]) -> bool:
        """Whether a chunk came back; waits for it."""
        try:
            error = flight.answers.exception()
        except CancelledError:
            return False
        if isinstance(error, OSError):  # no answer of a worker: there is none to ask
            raise error
        return error is None

    def _read(self, flight: Flight[Item]) -> Iterator[tuple[Item, Iterator[Part]]]:
        for item, packed in zip(flight.items, flight.answers.result(), strict=True):
            try:
                parts: Iterator[Part] = iter(pickle.loads(packed))
            except Exception as error:
                parts = self.job.failed(item, said(error))
            yield item, parts

    def _again(self, flight: Flight[Item]) -> Iterator[tuple[Item, Iterator[Part]]]:
        """The items of a chunk that did not come back, one by one: nothing else is in flight meanwhile."""
        self._renew()
        for item in flight.items:
            alone = self._start([item])
            if self._landed(alone):
                yield from self._read(alone)
            else:
                self._renew()
                yield item, self.job.failed(item, DIED)

    def _renew(self) -> None:
        self._executor.shutdown(cancel_futures=True)
        self._executor = self.make()

    def _end(self) -> None:
        """Stop at once, whatever the workers are at.

        With its workers gone an executor has nothing to wait for, and leaves nothing open for the end of the program.
        """
        workers = list((getattr(self._executor, "_processes", None) or {}).values())
        for worker in workers:
            worker.kill()
        if answers := getattr(self._executor, "_result_queue", None):
            answers._writer.close()  # nobody writes the rest of an answer any more: who reads it need not wait
        self._executor.shutdown(wait=bool(workers), cancel_futures=True)


@lru_cache(maxsize=1)
def _unpacked(job: bytes) -> Job[Any, Any]:
    unpacked: Job[Any, Any] = pickle.loads(job)
    return unpacked


def answer(job: bytes, items: list[Any]) -> list[bytes]:
    """What a worker makes of some items: for each its parts, pickled."""
    return [_packed(_unpacked(job), item) for item in items]


def _packed(job: Job[Any, Any], item: object) -> bytes:
    try:
        return pickle.dumps(list(job(item)))
    except BaseException as error:  # also what asks to end the process
        return pickle.dumps(list(job.failed(item, said(error))))


def said(error: BaseException) -> Words:
    """An error in words, even one that cannot say itself."""
    kind = type(error).__name__
    try:
        text = f"{kind}: {error}"
    except Exception:
        text = kind
    return Words(text, text)
