"""Old findings, set aside: a file of fingerprints, so that only what is new is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from ..light import dataclass
from . import Finding

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


@dataclass(slots=True)
class Baseline:
    """The old findings; `knows` uses them up one by one."""

    entries: dict[str, Entry] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)

    def knows(self, finding: Finding) -> bool:
        """Whether a finding is old. Each entry covers as many as it counts."""
        entry = self.entries.get(finding.fingerprint)
        if entry is None:
            return False
        self._seen[entry.fingerprint] += 1
        return self._seen[entry.fingerprint] <= entry.count

    def stale(self) -> list[Entry]:
        """The entries that no longer occur as often as they did."""
        return [
            entry for entry in self.entries.values() if self._seen[entry.fingerprint] < entry.count
        ]


def of(findings: Iterable[Finding]) -> Baseline:
    """A baseline that covers exactly these findings."""
    entries: dict[str, Entry] = {}
    for one in findings:
        known = entries.get(one.fingerprint)
        count = known.count + 1 if known else 1
        entries[one.fingerprint] = Entry(one.fingerprint, count, one.code, one.project, one.where)
    return Baseline(entries)


def write(path: Path, baseline: Baseline) -> None:
    """Write a baseline, sorted, so that its history can be read. Raises `OSError`."""
    ordered = sorted(
        baseline.entries.values(),
        key=lambda one: (one.project, one.code, one.where, one.fingerprint),
    )
    data = {
        "version": VERSION,
        "findings": [
            {
                "fingerprint": one.fingerprint,
                "count": one.count,
                "code": one.code,
                "project": one.project,
                "where": list(one.where),
            }
            for one in ordered
        ],
    }
    import json

    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Baseline:
    """Read a baseline. Raises `BaselineError`."""
    import json

    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise BaselineError(
                f"基线文件 {path} 的版本不是 {VERSION}：请用 --write-baseline 重新生成。",
                f"baseline {path} is not of version {VERSION}: write it anew with --write-baseline.",
            )
        entries = [
            Entry(
                str(one["fingerprint"]),
                int(one["count"]),
                str(one["code"]),
                str(one["project"]),
                tuple(one["where"]),
            )
            for one in data["findings"]
        ]
    except OSError as error:
        raise BaselineError(
            f"无法读取基线文件 {path}：{error.strerror}。",
            f"cannot read baseline {path}: {error.strerror}.",
        ) from None
    except (ValueError, KeyError, TypeError):
        raise BaselineError(
            f"{path} 不是 jxmb 的基线文件：请用 --write-baseline 重新生成。",
            f"{path} is no baseline of jxmb: write it anew with --write-baseline.",
        ) from None
    return Baseline({entry.fingerprint: entry for entry in entries})
