"""Old findings, set aside, so that only what is new is shown.

They are known again by rule, project and place in the form: files may have other names and values others when a form
is handed in again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, field, replace
from pathlib import Path
from stat import S_ISREG
from typing import Any

from ..deferred import dataclass
from ..values import fold
from ..visible import escaped
from . import Finding
from .system import reason

VERSION = 1


class BaselineError(Exception):
    """A baseline that cannot be used: one sentence in each language."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of old finding: how often it was there, and what a person needs to know it again."""

    fingerprint: str
    count: int
    code: str
    project: str
    where: tuple[str, ...]


Key = tuple[str, ...]  # rule, project and place in the form


def _key(one: Entry | Finding) -> Key:
    return one.code, fold(one.project), *map(fold, one.where)


@dataclass(slots=True)
class Baseline:
    """The old findings; `knows` uses them up one by one."""

    entries: dict[str, Entry] = field(default_factory=dict)
    _seen: Counter[Key] = field(default_factory=Counter)
    _known: Counter[Key] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Count what is known of each place."""
        for entry in self.entries.values():
            self._known[_key(entry)] += entry.count

    def knows(self, finding: Finding) -> bool:
        """Whether a finding is old. Each place covers as many of a rule as there were."""
        key = _key(finding)
        if self._seen[key] >= self._known.get(key, 0):
            return False
        self._seen[key] += 1
        return True

    def stale(self) -> list[Entry]:
        """The entries that no longer occur as often as they did, each with how many are gone."""
        return [
            replace(one, count=one.count - seen) for one, seen in self._parted() if seen < one.count
        ]

    def left(self) -> list[Entry]:
        """The entries that are still there, each with how many of it."""
        return [replace(one, count=seen) for one, seen in self._parted() if seen]

    def _parted(self) -> Iterator[tuple[Entry, int]]:
        """Each entry, and how many of it were seen again."""
        rest = Counter(self._seen)
        for entry in self.entries.values():
            key = _key(entry)
            seen = min(entry.count, rest[key])
            rest[key] -= seen
            yield entry, seen


def of(findings: Iterable[Finding]) -> Baseline:
    """A baseline that covers exactly these findings."""
    entries: dict[str, Entry] = {}
    for one in findings:
        known = entries.get(one.fingerprint)
        count = known.count + 1 if known else 1
        entries[one.fingerprint] = Entry(one.fingerprint, count, one.code, one.project, one.where)
    return Baseline(entries)


def dumped(baseline: Baseline) -> str:
    """The content of a baseline file, sorted, so that its history can be read."""
    import json

    ordered = sorted(
        baseline.entries.values(),
        key=lambda one: (one.project, one.code, one.where, one.fingerprint),
    )
    data = {"version": VERSION, "findings": [asdict(one) for one in ordered]}
    return escaped(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


def read(path: Path) -> Baseline:
    """Read a baseline. Raises `BaselineError`."""
    data = _loaded(path)
    if data["version"] != VERSION:
        raise BaselineError(
            f"基线文件 {path} 的版本不是 {VERSION}，请用 --write-baseline 重新生成。",
            f"Baseline {path} is not of version {VERSION}: write it anew with --write-baseline.",
        )
    entries = [_entry(one, path) for one in data["findings"]]
    return Baseline({entry.fingerprint: entry for entry in entries})


def guard(path: Path) -> None:
    """Refuse to take the place of a file that holds anything but a baseline. Raises `BaselineError`."""
    try:
        status = path.stat()
    except OSError:
        return
    if S_ISREG(status.st_mode) and status.st_size:
        _loaded(path)


def _loaded(path: Path) -> dict[str, Any]:
    """The data of a baseline of any version. Raises `BaselineError`."""
    import json

    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
    except OSError as error:
        why = reason(error)
        raise BaselineError(
            f"无法读取基线文件 {path}：{why.zh}。", f"Cannot read baseline {path}: {why.en}."
        ) from None
    except (ValueError, RecursionError):
        raise _no_baseline(path) from None
    match data:
        case {"summary": _}:  # a report
            raise _no_baseline(path)
        case {"version": int(), "findings": list()}:
            return data
    raise _no_baseline(path)


def _entry(data: object, path: Path) -> Entry:
    """One entry of a baseline. Raises `BaselineError`."""
    match data:
        case {
            "fingerprint": str(fingerprint),
            "count": int(count),
            "code": str(code),
            "project": str(project),
            "where": list(where),
        } if count > 0 and all(isinstance(one, str) for one in where):
            return Entry(fingerprint, count, code, project, tuple(where))
    raise _no_baseline(path)


def _no_baseline(path: Path) -> BaselineError:
    return BaselineError(
        f"{path} 不是 jxmb 的基线文件。", f"{path} is not a baseline file of jxmb."
    )
