"""Where reports go: to a stream, to files named beside their formats, and to one whose ending tells its format."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ...report import SUFFIXES
from ..inputs.paths import STDOUT
from ..interface.problems import Problem
from ..interface.words import Words

NO_PATH = Words("-o 缺少文件的路径", "-o requires the path of a file")
ONLY_ONE = Words(
    "-o {output} 是文件夹，请写文件，如 -o 报告.html",
    "-o {output} is a folder; give a file, e.g. -o report.html",
)
UNFIT = Words(
    "-o {output} 与 --format {format} 不符，请改文件名或格式",
    "-o {output} does not fit --format {format}; change the name or the format",
)
UNKNOWN = Words(
    "-o {output} 的格式不支持，可选：{zh}，或用 --format 指定",
    "-o {output} has no known format: use {en}, or --format",
)


class Report(NamedTuple):
    """A format, and the file that it is written to."""

    format: str
    path: Path


def shown(formats: Sequence[str]) -> str | None:
    """The format that is shown: the last without a file; None where none is said."""
    plain = [one for one in formats if "=" not in one]
    return plain[-1] if plain else None


def filed(formats: Sequence[str]) -> list[Report]:
    """The formats that are written to files of their own."""
    pairs = (one.partition("=") for one in formats)
    return [Report(name, Path(path)) for name, sign, path in pairs if sign]


def output(path: str | None, said: str | None, settled: str | None) -> Report | None:
    """What ``-o`` means; None for standard output. `said` is the format of the command line, `settled` of the settings.

    The settings give way to the ending of the file, the command line must fit it. Raises `Problem`.
    """
    if path is None or path == STDOUT:
        return None
    if not path or "\0" in path:
        raise Problem(NO_PATH)
    if path.endswith(("/", os.sep)) or os.path.isdir(path):  # noqa: PTH112 - it may be locked
        raise Problem(ONLY_ONE.format({"output": path}))
    fit = SUFFIXES.get(Path(path).suffix.lower(), ())
    if said and fit and said not in fit:
        raise Problem(UNFIT.format({"output": path, "format": said}))
    name = said or (settled if settled in fit or not fit else fit[0])
    if not name:
        listed = {"zh": "、".join(SUFFIXES), "en": ", ".join(SUFFIXES), "output": path}
        raise Problem(UNKNOWN.format(listed))
    return Report(name, Path(path))
