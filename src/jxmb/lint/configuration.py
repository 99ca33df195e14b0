"""Where settings are found: ``jxmb.toml`` or ``[tool.jxmb]`` of ``pyproject.toml``, nearest upwards from each file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..rules.base import AnyRule
from .settings import ConfigError, Settings, absolute, kebab, known_keys

NAMES = ("jxmb.toml", "pyproject.toml")
BUILT_IN = ""  # the origin of a value that nobody set
CHOSEN = frozenset(
    {"fail_on", "lang", "jobs", "policy"}
)  # options that the command line has checked
OPTION = "--"  # the origin of a value given on the command line


def _table(file: Path) -> dict[str, Any] | None:
    """The settings that a file holds; None where it has none. Raises `ConfigError`."""
    import tomllib

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            str(file), f"无法读取：{error.strerror}。", f"cannot be read: {error.strerror}."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            str(file), f"不是有效的 TOML：{error}。", f"is no valid TOML: {error}."
        ) from None
    if file.name != "pyproject.toml":
        return data
    own = data.get("tool", {}).get("jxmb")
    return own if isinstance(own, dict) else None


class Shown(NamedTuple):
    """One setting for `--show-settings`: its key, its value, and the file it came from (`BUILT_IN` for none)."""

    key: str
    value: object
    origin: str


class Configuration:
    """Finds the settings of each file, once a folder.

    `overrides` are options of the command line (by field name, ``None`` where not given); they win over files.
    """

    def __init__(
        self,
        rules: Sequence[AnyRule],
        *,
        file: Path | None = None,
        settings: Settings | None = None,
        isolated: bool = False,
        overrides: Mapping[str, object] | None = None,
    ) -> None:
        """`file` or `settings` hold for every file. Raises `ConfigError` where something cannot be used."""
        self.rules = tuple(rules)
        self.isolated = isolated
        self._options = self._chosen({**(overrides or {})})
        self._folders: dict[Path, tuple[Settings, str]] = {}
        self._default = self._overridden(Settings()), BUILT_IN
        self._fixed = (settings, BUILT_IN) if settings else self._load(file) if file else None
        if file and self._fixed is None:
            raise ConfigError(str(file), "没有 [tool.jxmb] 一节。", "has no [tool.jxmb] table.")

    def _chosen(self, overrides: Mapping[str, Any]) -> Settings:
        """The options that were given. What is chosen of a list needs no more looking at."""
        given = {key: value for key, value in overrides.items() if value is not None}
        if given.keys() <= CHOSEN:
            return Settings(**given, given=frozenset(map(kebab, given)))
        return self._validated({kebab(key): value for key, value in given.items()}, OPTION)

    def at(self, path: Path | None = None) -> Settings:
        """The settings of the file at `path`; those of the working directory without one."""
        return self._found(path)[0]

    def shown(self, path: Path | None = None) -> list[Shown]:
        """Each setting that holds for a file, with where it was set."""
        settings, origin = self._found(path)
        found = []
        for key in known_keys():
            place = settings.limits if key.startswith("limits.") else settings
            value = getattr(place, key.removeprefix("limits.").replace("-", "_"))
            own = origin if key in settings.given else BUILT_IN
            found.append(Shown(key, value, OPTION if key in self._options.given else own))
        return found

    def _found(self, path: Path | None) -> tuple[Settings, str]:
        if self._fixed is not None:
            return self._fixed
        folder = absolute(path).parent if path else absolute(Path())
        return self._folders.get(folder) or self._nearest(folder)

    def _nearest(self, folder: Path) -> tuple[Settings, str]:
        """The settings of a folder: one object for all folders to which the same settings apply."""
        passed: list[Path] = []
        for above in (folder, *folder.parents):
            passed.append(above)
            if found := self._folders.get(above) or self._own(above):
                break
        else:
            found = self._default
        self._folders |= dict.fromkeys(passed, found)
        return found

    def _own(self, folder: Path) -> tuple[Settings, str] | None:
        """The settings that stand in a folder itself."""
        if self.isolated:
            return None
        files = [folder / name for name in NAMES]
        there = (file for file in files if os.path.isfile(file))  # noqa: PTH113 - it may be locked
        return next((loaded for file in there if (loaded := self._load(file))), None)

    def _load(self, file: Path) -> tuple[Settings, str] | None:
        data = _table(file)
        if data is None:
            return None
        settings = self._validated(data, str(file))
        return self._overridden(replace(settings, root=absolute(file).parent)), str(file)

    def _validated(self, data: Mapping[str, Any], file: str) -> Settings:
        """Settings of a table; what reads it is loaded where there is something to read."""
        if not data:
            return Settings()
        from .validation import validate

        return validate(data, file, self.rules)

    def _overridden(self, settings: Settings) -> Settings:
        return settings.overridden(self._options)
