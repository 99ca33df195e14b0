"""Work on a Dask cluster: its client is an executor like any other, and files are read where the workers are.

A path must lead to the same file on every worker. What a worker cannot read, or finds in another size, is told as failed,
never judged; settings and encoding go along with the work. In a worker one file is read at a time, however many threads
it has: what reads PDFs is not made for more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

from .. import __version__, documents
from ..deferred import dataclass
from ..findings import Words
from ..findings.system import reason
from .jobs import Job, Spread
from .pool import AHEAD, Pool

PATIENCE = 30  # seconds without any worker after which the work is given up
LOOK = 5  # seconds between two looks at the workers
TIMEOUT = 10  # seconds in which a scheduler must answer
ALONE = Lock()  # one file at a time in a process
TOLD = (documents.ENCODING, documents.NO_CACHE)  # what a process tells those that it starts
UNREAD = Words("工作节点无法读取该文件：{why}", "the worker cannot read it: {why}")
OTHER = Words(
    "工作节点上的该文件与本机的不同（{there} 字节，本机 {here} 字节）",
    "the worker has another file there ({there} bytes, here {here})",
)
NO_PACKAGE = Words(
    '--scheduler 需安装 jxmb[dask]：pip install "jxmb[dask]"。',
    '--scheduler requires jxmb[dask]: pip install "jxmb[dask]".',
)
NOBODY = Words("无法连接调度器 {address}。", "Cannot connect to the scheduler {address}.")
IDLE = Words("调度器 {address} 没有工作节点。", "The scheduler {address} has no workers.")
STRANGER = Words(
    "工作节点 {worker} 上没有 jxmb {version}，请安装同一版本。",
    "The worker {worker} does not have jxmb {version}; install the same version.",
)


class ClusterError(Exception):
    """A cluster that cannot be used: one sentence in each language."""

    def __init__(self, said: Words) -> None:
        super().__init__(said.en)
        self.zh, self.en = said


class Lost(OSError):
    """All workers are gone, or the scheduler."""


class File(Protocol):
    """What is sent: a path, or the bytes that stand for it."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def data(self) -> bytes | None:
        """Its content, where that is here already."""

    @property
    def size(self) -> int:
        """Its bytes."""


Item = TypeVar("Item", bound=File)
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Sent(Generic[Item]):
    """A file on its way: its whole path and its size here; no path where it is not there to be read."""

    item: Item
    path: str
    size: int

    @classmethod
    def of(cls, item: Item) -> Sent[Item]:
        """A file as other machines can find it."""
        here = item.data is None and os.access(item.path, os.R_OK)
        return cls(item, os.path.abspath(item.path) if here else "", item.size)  # noqa: PTH100


@dataclass(frozen=True, slots=True)
class Remote(Generic[Item, Part]):
    """A job that is done on a worker, with what this process tells those that it starts."""

    job: Job[Item, Part]
    told: Mapping[str, str]

    def __call__(self, sent: Sent[Item]) -> Iterator[Part]:
        """What is made of a file, if it is the one that was meant."""
        with ALONE, _told(self.told):
            if not sent.path:
                yield from self.job(sent.item)
                return
            try:
                data = Path(sent.path).read_bytes()
            except OSError as error:
                yield from self.job.failed(sent.item, UNREAD.format({"why": reason(error)}))
                return
            if len(data) != sent.size:
                counts = {"there": len(data), "here": sent.size}
                yield from self.job.failed(sent.item, OTHER.format(counts))
                return
            filled: Any = sent.item
            yield from self.job(replace(filled, data=data))

    def failed(self, sent: Sent[Item], said: Words) -> Iterator[Part]:
        """What is told where nothing came back."""
        return self.job.failed(sent.item, said)

    def size(self, sent: Sent[Item]) -> int:
        """Its bytes."""
        return sent.size


@contextmanager
def _told(names: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in TOLD}
    for name in TOLD:
        os.environ.pop(name, None)
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Workers(Executor):
    """The workers of a client. Where none is left for a while, what is waited for is `Lost`."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self._executor = client.get_executor(pure=False)
        self._waiting: WeakSet[Future[Any]] = WeakSet()
        self._ended = Event()
        Thread(target=self._watch, daemon=True).start()

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Raises `Lost`."""
        if self.client.status != "running":
            raise Lost(None, "connection to the scheduler lost")
        future: Future[Any] = self._executor.submit(work, *args, **named)
        self._waiting.add(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; the cluster goes on."""
        self._ended.set()
        self._executor.shutdown(wait=wait and not cancel_futures)

    def _watch(self) -> None:
        without = 0
        while not self._ended.wait(LOOK):
            without = 0 if self._staffed() else without + LOOK
            if without >= PATIENCE:
                for future in [one for one in self._waiting if not one.done()]:
                    with suppress(Exception):  # it may have come to its end this moment
                        future.set_exception(Lost(None, "no workers left"))

    def _staffed(self) -> bool:
        try:
            return bool(self.client.nthreads())
        except Exception:  # whatever the connection ends with
            return False


@contextmanager
def connected(address: str) -> Iterator[Spread]:
    """What spreads work over the workers of a scheduler. Raises `ClusterError`."""
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise ClusterError(NO_PACKAGE) from None
    said = {"address": address, "version": __version__}
    try:
        client = distributed.Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, ImportError):
        raise ClusterError(NOBODY.format(said)) from None
    try:
        threads = client.nthreads()
        if not threads:
            raise ClusterError(IDLE.format(said))
        for worker, version in client.run(_version, on_error="return").items():
            if version != __version__:
                raise ClusterError(STRANGER.format(said | {"worker": worker}))
        yield _spreading(client, sum(threads.values()))
    finally:
        client.close()


def _version() -> str:
    return __version__


def _spreading(client: Any, threads: int) -> Spread:
    def spread(job: Job[Any, Any], items: Iterable[Any]) -> Iterator[tuple[Any, Iterator[Any]]]:
        told = {name: os.environ[name] for name in TOLD if name in os.environ}
        pool = Pool(Remote(job, told), lambda: Workers(client), AHEAD * threads)
        for sent, parts in pool.results(map(Sent.of, items)):
            yield sent.item, parts

    return spread
