"""``--scheduler``: the work of a run on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..interface.group import option
from ..interface.problems import Problem
from ..interface.words import Words

if TYPE_CHECKING:
    from ...lint.jobs import Spread

NOT_FIXING = Words(
    "--scheduler 不能与 --fix、--diff 并用：修改只在本机进行",
    "--scheduler does not go with --fix or --diff: fixes are made on this machine",
)
scheduler_option = option(
    "--scheduler",
    metavar="ADDRESS",
    zh="在 Dask 集群上运行，如 tcp://主机:8786；各节点须能读到同样的路径",
    en="Work on a Dask cluster, e.g. tcp://host:8786; its workers must have the same paths",
)


@contextmanager
def scheduled(address: str | None, *, fixing: bool = False) -> Iterator[Spread | None]:
    """What spreads work over a cluster; None where none is asked for. Raises `Problem`."""
    if address is None:
        yield None
        return
    if fixing:
        raise Problem(NOT_FIXING)
    from ...lint.cluster import ClusterError, connected

    try:
        with connected(address) as spreading:
            yield spreading
    except ClusterError as error:
        raise Problem(Words(error.zh, error.en), hint=False) from None
