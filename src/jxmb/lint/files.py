"""Files of settings: which they are, and what stands in them. Light: the language of every command asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import lazy
from ..findings import Words
from ..findings.system import reason
from ..visible import visible

NAMES = ("jxmb.toml", "pyproject.toml")
OPTION = "--"  # stands for the file where a value was given on the command line
PLACE = lazy.re(r"\(at line (\d+), column (\d+)\)")  # in what tomllib says
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


def held(folder: Path) -> dict[str, Any] | None:
    """The nearest settings upwards from a folder; None where there are none. Raises `ConfigError`."""
    whole = absolute(folder)
    there = (above / name for above in (whole, *whole.parents) for name in NAMES)
    found = (table(file) for file in there if _settles(file))
    return next((one for one in found if one is not None), None)


def lang(folder: Path) -> str | None:
    """The language that the nearest settings upwards from a folder ask for; None where none do or can be read."""
    try:
        return _lang(held(folder) or {})
    except ConfigError:
        return None


def lang_of(file: Path) -> str | None:
    """The language that a file of settings asks for; None where it does not or cannot be read."""
    try:
        return _lang(table(file) or {})
    except ConfigError:
        return None


def _lang(said: dict[str, Any]) -> str | None:
    found = said.get("lang")
    return found if found in ("zh", "en") else None


def _settles(file: Path) -> bool:
    """Whether a file may hold settings: what reads TOML is loaded for no other."""
    try:
        if not file.is_file():
            return False
        raw = file.read_bytes() if file.name != NAMES[0] else b""
    except OSError:
        return False
    return file.name == NAMES[0] or (b"jxmb" in raw and (b"lang" in raw or b"tool.jxmb" in raw))
