"""What formats of reports and of exports share: those that are written with packages of an extra, and workbooks."""

from __future__ import annotations

import importlib
from typing import Any


class Missing(Exception):
    """A format whose packages are not installed: what to do, in both languages."""

    def __init__(self, format: str, extra: str) -> None:
        super().__init__(format, extra)
        self.zh = f'{format} 格式需安装 jxmb[{extra}]：pip install "jxmb[{extra}]"'
        self.en = f'{format} requires jxmb[{extra}]: pip install "jxmb[{extra}]"'


def load(module: str, format: str, extra: str) -> Any:
    """The module of a format. Raises `Missing`."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise Missing(format, extra) from None
