"""One run of `convert`: from files to records, to where they go."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TextIO

from ... import reader
from ...deferred import dataclass
from ...documents import Missing
from ...export import Format, Forms, Out, Pieces, load, load_tables
from ...findings import Finding, Form, Summary, Unchecked
from ...findings import Missed as Left
from ...lint.jobs import Spread, spread
from ...model import Project
from ...model.document import Failure
from ...source import Place, Source
from ...source.decoding import Undecodable
from ..inputs import Inputs, crashed, read_input, undecodable
from ..inputs.paths import Filters, Input
from ..interface.words import Words
from ..output.destination import Destination, Targets, Tree, Unwritten
from ..output.progress import told
from .tracing import said


class Read(NamedTuple):
    """A file that could be read: its pieces follow."""

    encoding: str


class Missed(NamedTuple):
    """What is missing in the result and why: what could not be understood, or (`error`) a path that could not be read.

    `rule` is the name of that which would say so, None where it is no fault of the file.
    """

    words: Words
    rule: str | None = None
    error: OSError | Missing | None = None


class Remark(NamedTuple):
    """What is to be said of the form whose piece follows."""

    words: Words


Part = Read | Remark | str | Missed | Unchecked
# The rules by which `check` says the same.
UNDECODABLE, CRASHED, PAGE = "undecodable-file", "internal-error", "page-not-read"
EXPECTED = Words("应有 {expected} 份表，读到 {forms} 份", "Expected {expected} forms, read {forms}")
FORMLESS = Words("未找到绩效目标表", "No form found")


@dataclass(frozen=True, slots=True)
class Converter:
    """Files to pieces of a format. Picklable: it is all that another process needs."""

    format: str
    with_source: bool
    verbose: bool = False
    tables: bool = False

    def __call__(self, one: Input) -> Iterator[Part]:
        """What a file begins with, its pieces, and what went wrong."""
        try:
            text = read_input(one)
        except (OSError, Missing) as error:
            yield Missed(Words("", ""), error=error)
            return
        except Undecodable as error:
            yield Missed(undecodable(error), UNDECODABLE)
            return
        yield Read(text.encoding)
        format: Pieces = load_tables(self.format) if self.tables else load(self.format)
        if whole := getattr(format, "whole", None):
            yield whole(text)
        else:
            yield from self._forms(text, format.build)

    def _forms(self, text: Source, build: Callable[[Project, Source, bool], str]) -> Iterator[Part]:
        """A piece for each form."""
        try:
            for thing in reader.read(text):
                if isinstance(thing, Failure):
                    yield Missed(crashed(Words(thing.cause, thing.cause)), CRASHED)
                if not isinstance(thing, Project):
                    continue
                if self.verbose:
                    yield Remark(said(thing))
                if thing.mostly_unread:
                    yield from _unchecked(thing)
                yield build(thing, text, self.with_source)
            if missed := unread(text):
                yield missed
        except Exception as error:  # what was read so far, and the other files, are worth having
            cause = f"{type(error).__name__}: {error}"
            yield Missed(crashed(Words(cause, cause)), CRASHED)

    def failed(self, one: Input, said: Words) -> Iterator[Part]:
        """A file over which a process died."""
        yield Missed(crashed(said), CRASHED)

    def size(self, one: Input) -> int:
        """How many bytes a file has."""
        return one.size


def unread(text: Source) -> Missed | None:
    """What of a document could not be read."""
    if not text.notes:
        return None
    from ...rules.notes import listed, told

    notes = list(told(text, "unread-page"))
    if not notes:
        return None
    pages = listed(notes)
    said = Words(f"{pages.zh}没有读取", f"not read: {pages.en}")
    return Missed(said, None if any(note.needs for note in notes) else PAGE)


class Records:
    """One run of `convert`. `heads` is the language of heads; `check` finds what is to stand beside the records."""

    def __init__(
        self,
        paths: Sequence[str],
        filters: Filters,
        destination: Destination,
        converter: Converter,
        jobs: int | None,
        lang: str,
        expected: int | None = None,
        heads: str = "en",
        check: Callable[[Sequence[Input]], Iterator[Finding]] | None = None,
        spreading: Spread | None = None,
    ) -> None:
        """Nothing is looked for or read yet."""
        self.inputs = Inputs(paths, filters, lang)
        self.heads = heads
        self.check = check
        self._seen: list[Input] = []  # what `check` will be asked for
        self.destination = destination
        self.converter = converter
        self.spread = spreading or partial(spread, jobs=jobs)
        self.targets = Targets(self.inputs)
        self.done = Summary(expected=expected)

    def run(self) -> int:
        """Convert everything; the exit code."""
        with told(self.inputs.lang):
            self._write(self.destination.path)
        self.inputs.left()
        if self.done.expected not in (None, self.done.forms):
            counts = {"expected": self.done.expected, "forms": self.done.forms}
            self.inputs.remark("", EXPECTED.format(counts))
        return self.inputs.code(self.done)

    def _write(self, path: Path | None) -> None:
        if path is None:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(newline="")  # the formats end their lines themselves
            self._format.write(self._documents(), self._out(sys.stdout))
        elif self.destination.tables:
            self._write_tables(path)
        elif self.destination.folder:
            self._write_folder(path)
        else:
            self._write_file(path)

    @property
    def _format(self) -> Format:
        return load(self.converter.format)

    def _out(self, stream: TextIO) -> Out:
        """Where records go, with what is found in all that was read before."""
        check = self.check
        found = None if check is None else lambda: check(self._seen)
        return Out(stream, self.heads, self.inputs.lang, found)

    def _write_file(self, path: Path) -> None:
        """All records in one file; nothing read, nothing written."""
        format = self._format
        documents = begun(self._documents())
        if documents is None:
            return
        with self.targets.written(path) as stream:
            format.write(documents, self._out(stream))

    def _write_tables(self, folder: Path) -> None:
        """All records in one file a table; nothing read, nothing written."""
        format = load_tables(self.converter.format)
        documents = begun(self._documents())
        if documents is None:
            return
        with ExitStack() as stack:
            streams = [
                stack.enter_context(self.targets.written(folder / name)) for name in format.NAMES
            ]
            format.write(documents, [self._out(one) for one in streams])

    def _write_folder(self, folder: Path) -> None:
        """One file an input with forms, in the same tree; one that cannot be written is said, the others go on."""
        format = self._format
        tree = Tree(folder, self.destination.format, self.inputs.paths)
        for one, document in self._read():
            documents = begun(iter([document]))
            if documents is None:
                continue
            self._seen = [one]
            try:
                with self.targets.written(tree.path(one)) as stream:
                    format.write_one(next(documents), self._out(stream))
            except Unwritten as error:
                self.inputs.refuse(str(error.path), error.why)

    def _documents(self) -> Iterator[Forms]:
        for _, document in self._read():
            yield document

    def _read(self) -> Iterator[tuple[Input, Forms]]:
        """The files one after another; what cannot be read is said and left out."""
        for one, parts in self.spread(self.converter, self.inputs):
            first = next(parts)
            if isinstance(first, Read):
                self.done.files += 1
                if self.check is not None:
                    self._seen.append(one)
                yield one, Forms(one.shown, first.encoding, self._pieces(parts, one))
            else:
                self._say(first, one)

    def _pieces(self, parts: Iterator[Part], one: Input) -> Iterator[str]:
        """The pieces of a file, counted."""
        before, whole = self.done.forms, True
        for part in parts:
            if isinstance(part, Remark):
                self.inputs.remark(one.shown, part.words)
                continue
            if isinstance(part, str):
                self.done.forms += 1
                yield part
            else:
                self._say(part, one)
                whole = False
        if whole and self.done.forms == before:
            self.inputs.coverage.formless.append(Left(one.shown, FORMLESS))
            self.done.failing += one.named

    def _say(self, part: Part, one: Input) -> None:
        """Note what is missing, and say it where the end of the run does not."""
        if isinstance(part, Unchecked):
            self.inputs.coverage.not_checked.append(part)
            self.done.failing += 1
            return
        assert isinstance(part, Missed)
        if part.error is not None:
            self.inputs.missed(one.shown, part.error, one.named)
            return
        self.inputs.remark(one.shown, part.words)
        self.done.failing += 1
        if part.rule == CRASHED:
            form = Form(Place(one.shown, 1, 1, 1, 1), "")
            self.inputs.coverage.not_checked.append(Unchecked(form, part.words))
            self.done.forms += 1
        else:
            code = part.rule and _code(part.rule)
            self.inputs.coverage.unreadable.append(Left(one.shown, part.words, code))


def _unchecked(project: Project) -> Iterator[Unchecked]:
    """A form most of whose rows were not read."""
    from ...lint.unread import unchecked

    form = Form(project.at.place, project.project_name.text.strip())
    if (one := unchecked(form, project, ())) is not None:
        yield one


def _code(name: str) -> str:
    """The code of a rule."""
    from ... import rules

    return next(one.code for one in rules.load() if one.name == name)


def begun(documents: Iterator[Forms]) -> Iterator[Forms] | None:
    """The documents up to the first piece, and all that follow; None where there is no piece at all."""
    held = []
    for one in documents:
        pieces = iter(one.pieces)
        first = list(islice(pieces, 1))
        held.append(Forms(one.path, one.encoding, chain(first, pieces)))
        if first:
            return chain(held, documents)
    return None
