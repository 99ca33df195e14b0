"""Files of settings: which they are, and what stands in them.

Light: the language of every command, `--help` too, asks for it, so `pathlib` is loaded where there is a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from .. import deferred
from ..findings import Words
from ..findings.system import reason
from ..visible import visible

if TYPE_CHECKING:
    from pathlib import Path

StrPath = str | PathLike[str]
NAMES = ("jxmb.toml", "pyproject.toml")
OPTION = "--"  # stands for the file where a value was given on the command line
PLACE = deferred.re(r"\(at line (\d+), column (\d+)\)")  # in what tomllib says
NOT_UTF8 = Words("不是 UTF-8 编码，请另存为 UTF-8。", "Not UTF-8; save it as UTF-8.")
NO_TABLE = Words("没有 [tool.jxmb] 一节。", "No [tool.jxmb] table.")
BAD_TABLE = Words("[tool.jxmb] 应为一张表。", "[tool.jxmb] should be a table.")
TOO_DEEP = Words("嵌套过深或数值过大，无法读取。", "Nested too deep, or a number too large.")


def table(file: Path) -> dict[str, Any] | None:
    """The settings that a file holds; None where it has none. Raises `ConfigError`."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        why = reason(error)
        raise ConfigError(
            str(file), f"无法读取：{why.zh}。", f"cannot be read: {why.en}."
        ) from None
    return parsed(raw, file)


def parsed(raw: bytes, file: Path) -> dict[str, Any] | None:
    """The settings in the content of a file; None where it has none. Raises `ConfigError`."""
    import tomllib

    if b"\0" in raw[:2]:  # UTF-16
        raise ConfigError(str(file), *NOT_UTF8)
    try:
        data = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(str(file), *NOT_UTF8) from None
    except tomllib.TOMLDecodeError as error:
        at = PLACE.search(str(error))
        spot = f"第 {at[1]} 行第 {at[2]} 列" if at else "文件末尾"
        raise ConfigError(
            str(file), f"{spot}不符合 TOML 语法。", f"Invalid TOML: {error}."
        ) from None
    except (RecursionError, ValueError):
        raise ConfigError(str(file), *TOO_DEEP) from None
    if file.name != "pyproject.toml":
        return data
    tools = data.get("tool")
    own = tools.get("jxmb") if isinstance(tools, dict) else None
    if own is not None and not isinstance(own, dict):
        raise ConfigError(str(file), *BAD_TABLE)
    return own


class ConfigError(Exception):
    """Settings that cannot be used: one sentence in each language, with the file it is about."""

    def __init__(self, file: str, zh: str, en: str) -> None:
        self.file, self.zh, self.en = visible(file), visible(zh), visible(en)
        super().__init__(f"{self.file}: {self.zh}")


def absolute(path: Path) -> Path:
    """The whole path; as it stands where the working folder is gone."""
    try:
        return path.absolute()
    except OSError:
        return path


def held(folder: StrPath) -> dict[str, Any] | None:
    """The nearest settings upwards from a folder; None where there are none. Raises `ConfigError`."""
    there = (os.path.join(above, name) for above in _upwards(folder) for name in NAMES)
    found = (_table(file) for file in there if _settles(file))
    return next((one for one in found if one is not None), None)


def _upwards(folder: StrPath) -> Iterator[str]:
    """A folder and all above it; of a relative one as it stands where the working folder is gone."""
    try:
        at = os.path.join(os.getcwd(), folder)
    except OSError:
        at = os.fspath(folder)
    yield at
    while (above := os.path.dirname(at)) != at:
        yield (at := above)


def _table(file: StrPath) -> dict[str, Any] | None:
    from pathlib import Path

    return table(Path(file))


def lang(folder: StrPath) -> str | None:
    """The language that the nearest settings upwards from a folder ask for; None where none do or can be read."""
    try:
        return _lang(held(folder) or {})
    except ConfigError:
        return None


def lang_of(file: StrPath) -> str | None:
    """The language that a file of settings asks for; None where it does not or cannot be read."""
    try:
        return _lang(_table(file) or {})
    except ConfigError:
        return None


def _lang(said: dict[str, Any]) -> str | None:
    found = said.get("lang")
    return found if found in ("zh", "en") else None


def _settles(file: str) -> bool:
    """Whether a file may hold settings: what reads TOML is loaded for no other."""
    if not os.path.isfile(file):
        return False
    if os.path.basename(file) == NAMES[0]:
        return True
    try:
        with open(file, "rb") as opened:
            raw = opened.read()
    except OSError:
        return False
    return b"jxmb" in raw and (b"lang" in raw or b"tool.jxmb" in raw)
