"""The little that rules across forms need to know of one form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import blake2b
from operator import attrgetter
from sys import intern

from .. import deferred
from ..deferred import dataclass
from ..source import Place
from ..spool import Spool
from ..values import fold
from . import Project

WIDTH = 8  # bytes of a key
SATISFACTION = deferred.re("(.{2,20})满意[度率]")


def key(*texts: str) -> int:
    """A number that stands for texts, blanks and widths aside; the same in every process."""
    return int.from_bytes(_digest(texts), "big")


def _digest(texts: Iterable[str]) -> bytes:
    return blake2b("\0".join(map(fold, texts)).encode(), digest_size=WIDTH).digest()


@dataclass(frozen=True, slots=True)
class Fact:
    """One form in small, as a run keeps one of every form: picklable, and without the text of the file.

    `place` is that of the title, `named` that of the project's name. `keys` are those of name and value of each
    indicator, packed in their order, `units` the unit of each name that has one, a pair a line, `goal` the key of the
    goal (None where there is none) and `goal_length` its characters, `served` whose satisfaction is asked for, `heads`
    the headers of the indicator table as printed, `layout` as in `Project`.
    """

    place: Place
    named: Place
    title: str
    project: str
    year: int | None
    department: str
    implementer: str
    total: Decimal | None
    goal: int | None
    goal_length: int
    keys: bytes
    units: str
    served: frozenset[str]
    heads: str
    layout: str

    def __reduce__(self) -> tuple[type[Fact], tuple[object, ...]]:
        """In half the time: rules across forms read those on disk again and again."""
        return Fact, VALUES(self)

    @property
    def indicators(self) -> frozenset[int]:
        """One key of name and value for each indicator."""
        return unpacked(self.keys)

    @property
    def counted(self) -> Iterator[tuple[str, str]]:
        """Each name that has a unit, and that."""
        for pair in self.units.splitlines():
            name, _, unit = pair.partition("\t")
            yield name, unit


VALUES = attrgetter(*Fact.__slots__)


def packed(pairs: Iterable[tuple[str, str]]) -> bytes:
    """The keys of pairs in their order, `WIDTH` bytes each: equal where the sets are."""
    return b"".join(sorted(set(map(_digest, pairs))))


def unpacked(keys: bytes) -> frozenset[int]:
    """The keys that were packed."""
    return frozenset(
        int.from_bytes(keys[at : at + WIDTH], "big") for at in range(0, len(keys), WIDTH)
    )


def of(project: Project) -> Fact:
    """The fact that a form leaves behind."""
    total = project.funding.total.value
    goal = project.goal.text
    name = project.project_name
    return Fact(
        place=project.at.place,
        named=name.at.place if name.spans else project.at.place,
        title=intern(project.title.text.strip()),
        project=name.text.strip(),
        year=project.year.value,
        department=intern(project.department.text.strip()),
        implementer=intern(project.implementer.text.strip()),
        total=total.number if total else None,
        goal=key(goal) if goal.strip() else None,
        goal_length=len(fold(goal)),
        keys=packed((one.name.text, one.target.text) for one in project.annual),
        units="\n".join(
            f"{' '.join(one.name.text.split())}\t{one.target.value.unit}"
            for one in project.annual
            if one.target.value and one.target.value.unit
        ),
        served=frozenset(_served(project)),
        heads=intern(" ".join(fold(head) for head in project.heads)),
        layout=project.layout,
    )


def _served(project: Project) -> Iterator[str]:
    """Whose satisfaction is asked for."""
    for one in project.annual:
        if one.level1.value == "满意度指标" and (match := SATISFACTION.match(fold(one.name.text))):
            yield match[1]


class Facts(Spool[Fact]):
    """The facts of all forms of a run, in the order of the files; the scope of the rules of JX9."""
