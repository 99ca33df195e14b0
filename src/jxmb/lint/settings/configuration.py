"""Where settings are found: ``jxmb.toml`` or ``[tool.jxmb]`` of ``pyproject.toml``, nearest upwards from each file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ...rules.base import AnyRule
from ..files import NAMES, NO_TABLE, ConfigError, absolute, parsed, table
from ..files import OPTION as OPTION
from . import Settings, kebab, known_keys

BUILT_IN = ""  # the origin of the settings that nobody set
CHOSEN = frozenset(  # options that the command line has checked
    {
        "show",
        "fail_on",
        "format",
        "color",
        "backup",
        "lang",
        "jobs",
        "policy",
        "include",
        "exclude",
        "encoding",
        "expect_forms",
        "force_exclude",
        "baseline",
    }
)


def below(root: Path) -> Path:
    """A folder as it is written from the working directory, where it lies below it."""
    here = absolute(Path())
    return root.relative_to(here) if root.is_relative_to(here) else root


def anchored(glob: str, root: Path) -> str:
    """A glob of a settings file as one of the working directory: with a ``/`` in it, it is relative to the file."""
    within = glob.removeprefix("./")
    return (below(root) / within).as_posix() if "/" in within.strip("/") else glob


class Shown(NamedTuple):
    """One setting: its key, its value, and where it was set: in a file, by an option, in both, or nowhere."""

    key: str
    value: object
    origins: tuple[str, ...]


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
            raise ConfigError(str(file), *NO_TABLE)

    def _chosen(self, overrides: Mapping[str, Any]) -> Settings:
        """The options that were given. What is chosen of a list needs no more looking at."""
        given = {key: value for key, value in overrides.items() if value is not None}
        if given.keys() <= CHOSEN:
            return Settings(**given, given=frozenset(map(kebab, given)))
        return self._validated({kebab(key): value for key, value in given.items()}, OPTION)

    def at(self, path: Path | None = None) -> Settings:
        """The settings of the file at `path`; those of the working directory without one."""
        return self._found(path)[0]

    def origin(self, path: Path | None = None) -> str:
        """The file whose settings hold for the file at `path`; nothing where none do."""
        return self._found(path)[1]

    def tried(self, raw: bytes, file: Path) -> None:
        """Raises `ConfigError` where a file of settings could not be used with this content."""
        self._validated(parsed(raw, file) or {}, str(file))

    def shown(self, path: Path | None = None) -> list[Shown]:
        """Each setting that holds for a file, with where it was set."""
        settings, origin = self._found(path)
        found = []
        for key in known_keys():
            place = settings.limits if key.startswith("limits.") else settings
            value = getattr(place, key.removeprefix("limits.").replace("-", "_"))
            by_file = key in settings.given and (
                key not in self._options.given or isinstance(value, Mapping)
            )
            places = ((origin, by_file), (OPTION, key in self._options.given))
            found.append(Shown(key, value, tuple(name for name, there in places if there)))
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
        data = table(file)
        if data is None:
            return None
        settings = self._validated(data, str(file))
        root = absolute(file).parent
        settings = replace(
            settings,
            root=root,
            include=tuple(anchored(glob, root) for glob in settings.include),
            exclude=tuple(anchored(glob, root) for glob in settings.exclude),
            baseline=settings.baseline and str(below(root) / settings.baseline),
        )
        return self._overridden(settings), str(file)

    def _validated(self, data: Mapping[str, Any], file: str) -> Settings:
        """Settings of a table; what reads it is loaded where there is something to read."""
        if not data:
            return Settings()
        from .validation import validate

        return validate(data, file, self.rules)

    def _overridden(self, settings: Settings) -> Settings:
        return settings.overridden(self._options)
