"""Writing records to standard output, to one file, or to a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TextIO

from .. import reader
from ..documents import Missing, Unread
from ..export import FORMATS, SUFFIXES, Forms, load
from ..light import dataclass
from ..lint.jobs import spread
from ..lint.write import whole
from ..model import Project
from ..source import Source
from ..source.decoding import Undecodable
from .inputs import BROKEN, FORMLESS, Inputs, crashed, read_input, undecodable
from .paths import Filters, Input, real_path
from .problems import Problem
from .progress import told
from .tracing import said
from .words import Words


@dataclass(frozen=True, slots=True)
class Destination:
    """Where records go, and in which format. No `path` is standard output."""

    format: str
    path: Path | None = None
    folder: bool = False

    @classmethod
    def of(cls, output: str | None, to: str | None) -> Destination:
        """What ``-o`` and ``--to`` mean. Raises `Problem` where they contradict each other."""
        if output is None:
            return cls(to or "json")
        path = Path(output)
        suffix = path.suffix.lower().removeprefix(".")
        suffix = SUFFIXES.get(suffix, suffix)
        if suffix not in FORMATS or path.is_dir():
            return cls(to or "json", path, folder=True)
        if to and to != suffix:
            raise Problem(
                Words(
                    f"-o {output} 是 {suffix} 文件，与 --to {to} 不符，请只写一个",
                    f"-o {output} is a {suffix} file, but --to says {to}; give only one of them",
                )
            )
        return cls(suffix, path)

    def own_folder(self) -> frozenset[str]:
        """The folder that is written to and therefore never read."""
        return frozenset({str(self.path)}) if self.folder else frozenset()


class Read(NamedTuple):
    """A file that could be read: its pieces follow."""

    encoding: str


class Missed(NamedTuple):
    """What is missing in the result and why: what could not be understood, or (`error`) a path that could not be read.

    `unread` is a document that jxmb does not read.
    """

    words: Words
    unread: bool = False
    error: OSError | Missing | None = None


class Remark(NamedTuple):
    """What is to be said of the form whose piece follows."""

    words: Words


Part = Read | Remark | str | Missed


@dataclass(frozen=True, slots=True)
class Converter:
    """Files to pieces of a format. Picklable: it is all that another process needs."""

    format: str
    with_source: bool
    verbose: bool = False

    def __call__(self, one: Input) -> Iterator[Part]:
        """What a file begins with, its pieces, and what went wrong."""
        try:
            text = read_input(one)
        except (OSError, Missing) as error:
            yield Missed(Words("", ""), error=error)
            return
        except Undecodable as error:
            yield Missed(undecodable(error), isinstance(error, Unread))
            return
        yield Read(text.encoding)
        format = load(self.format)
        if whole := getattr(format, "whole", None):
            yield whole(text)
        else:
            yield from self._forms(text, format.build)

    def _forms(self, text: Source, build: Callable[[Project, Source, bool], str]) -> Iterator[Part]:
        """A piece for each form."""
        try:
            for thing in reader.read(text):
                if not isinstance(thing, Project):
                    continue
                if self.verbose:
                    yield Remark(said(thing))
                yield build(thing, text, self.with_source)
            if missed := unread(text):
                yield missed
        except Exception as error:  # what was read so far, and the other files, are worth having
            cause = f"{type(error).__name__}: {error}"
            yield Missed(crashed(Words(cause, cause)))

    def failed(self, one: Input, said: Words) -> Iterator[Part]:
        """A file over which a process died."""
        yield Missed(crashed(said))

    def size(self, one: Input) -> int:
        """How many bytes a file has."""
        return one.size


def unread(text: Source) -> Missed | None:
    """What of a document could not be read."""
    if not text.notes:
        return None
    from ..rules.notes import listed, told

    notes = list(told(text, "unread-page"))
    if not notes:
        return None
    pages = listed(notes)
    said = Words(f"{pages.zh}没有读取", f"not read: {pages.en}")
    return Missed(said, unread=any(note.needs for note in notes))


class Records:
    """One run of `convert`."""

    def __init__(
        self,
        paths: Sequence[str],
        filters: Filters,
        destination: Destination,
        converter: Converter,
        jobs: int | None,
        lang: str,
    ) -> None:
        """Nothing is looked for or read yet."""
        self.inputs = Inputs(paths, filters, lang)
        self.destination = destination
        self.converter = converter
        self.jobs = jobs
        self.format = load(converter.format)
        self.forms = 0
        self.code = 0
        self.taken: frozenset[str] = frozenset()  # inputs that stand where records go

    def run(self) -> int:
        """Convert everything; the exit code."""
        path = self.destination.path
        self.taken = self.inputs.within(path) if path else frozenset()
        with told(self.inputs.lang):
            self._write(path)
        return self.inputs.code(self.forms, self.code)

    def _write(self, path: Path | None) -> None:
        if path is None:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(newline="")  # the formats end their lines themselves
            self.format.write(self._documents(), sys.stdout)
        elif self.destination.folder:
            self._write_folder(path)
        else:
            self._guard(path)
            with written(path) as out:
                self.format.write(self._documents(), out)

    def _write_folder(self, folder: Path) -> None:
        """One file an input, in the same tree."""
        taken: set[str] = set()
        for one, document in self._read():
            target = folder / self._name(one, taken)
            self._guard(target)
            with written(target) as out:
                self.format.write_one(document, out)

    def _name(self, one: Input, taken: set[str]) -> str:
        """``a/form.json`` for ``a/form.txt``; where that is taken, ``a/form.html.json``."""
        inside = PurePosixPath("stdin" if one.stdin else one.inside)
        format = self.destination.format
        suffix = f".{next((one for one, name in SUFFIXES.items() if name == format), format)}"
        names = chain(
            (str(inside.with_suffix(suffix)), f"{inside}{suffix}"),
            (f"{inside}.{number}{suffix}" for number in count(2)),
        )
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        return name

    def _guard(self, target: Path) -> None:
        """Never write over a file that is read."""
        if self.taken and real_path(str(target)) in self.taken:
            raise Problem(
                Words(
                    f"{target} 是输入文件，不能覆盖，请用 -o 换一个名字或文件夹",
                    f"{target} is one of the inputs and is not overwritten; choose another -o",
                )
            )

    def _documents(self) -> Iterator[Forms]:
        for _, document in self._read():
            yield document

    def _read(self) -> Iterator[tuple[Input, Forms]]:
        """The files one after another; what cannot be read is said and left out."""
        for one, parts in spread(self.converter, self.inputs, self.jobs):
            first = next(parts)
            if isinstance(first, Read):
                yield one, Forms(one.shown, first.encoding, self._pieces(parts, one))
            else:
                self._say(first, one)

    def _pieces(self, parts: Iterator[Part], one: Input) -> Iterator[str]:
        """The pieces of a file, counted."""
        before = self.forms
        for part in parts:
            if isinstance(part, Remark):
                self.inputs.remark(one.shown, part.words)
                continue
            if not isinstance(part, str):
                self._say(part, one)
                return
            self.forms += 1
            yield part
        if one.named and self.forms == before:
            self.inputs.remark(one.shown, FORMLESS)

    def _say(self, part: Part, one: Input) -> None:
        """Say what is missing."""
        assert isinstance(part, Missed)
        if part.error is not None:
            self.inputs.missed(one.shown, part.error, one.named)
            return
        self.inputs.remark(one.shown, part.words)
        self.code = BROKEN
        self.inputs.failed |= part.unread


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A file that appears whole or not at all. Raises `Problem` where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as file:
            out = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
            yield out
            out.detach()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem(
            Words(
                f"无法写入 {path}（{reason}），请换一个位置",
                f"cannot write {path} ({reason}); choose another place",
            )
        ) from None
