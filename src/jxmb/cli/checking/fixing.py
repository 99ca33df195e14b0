"""Fixes of a run: written to the files, shown as a diff, or for standard input written to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ... import documents
from ...findings import Finding, Safety
from ...lint import fix
from ...lint.engine import File
from ...lint.run import Run
from ...lint.write import Unwritable, write
from ...report.wording import spot
from ...source import Source
from ...source.decoding import Undecodable
from ...visible import UNENCODED, harmless
from ..inputs import Inputs
from ..inputs.paths import trouble
from ..interface.terminal import binary
from ..interface.words import Words

SAID = 20  # fixes of a document that could not be made, and are named


class Fixing:
    """Checks files and mends them."""

    def __init__(self, running: Run, inputs: Inputs, unsafe: bool, only_diff: bool) -> None:
        self.running = running
        self.inputs = inputs
        self.unsafe = unsafe
        self.only_diff = only_diff

    def check(self, files: Iterable[File]) -> Iterator[Finding]:
        """What is left to find in the files, one after another, then across them."""
        for file in files:
            yield from self.check_file(file)
        yield from self.running.across()

    def check_file(self, file: File) -> Iterable[Finding]:
        """What is left to find in a file after its fixes; with a diff, all that is found in it."""
        try:
            data = file.content()
            text = documents.open(data, file.shown)
        except (OSError, Undecodable):
            return self.running.check_file(file)
        done = self._fixed(text, file, data)
        found = self.running.check_source(text if self.only_diff else done.new, file)
        if text.document and not text.editable:
            return self._refused(found, text.document)
        return _unpromised(found, done.left) if done.left else found

    def _refused(self, found: Iterable[Finding], document: str) -> Iterator[Finding]:
        """The findings in a document that takes no changes; of those that it keeps from being mended it is said."""
        why = Words(*documents.unwritable(document))
        left = []
        for one in found:
            if one.safety is Safety.SAFE or (self.unsafe and one.safety):
                left.append(fix.Left(one, why))
            yield one
        self._remark(left)

    def _fixed(self, text: Source, file: File, data: bytes) -> fix.Fixed:
        """The text as it is in the file by then, and what was left out."""
        done = fix.fixed(text, file, self.running, unsafe=self.unsafe, data=data)
        self.running.summary.failing += len(done.fights) + (self.only_diff and done.changed)
        self.running.refused += [made for one in done.left for made in one.changes]
        self._remark(done.fights if self.only_diff else done.left)
        if self.only_diff:
            self._print(harmless(done.diff()).encode(sys.stdout.encoding, UNENCODED))
            return done
        if file.data is not None:
            self._print(done.data)
        elif done.changed and (why := self._unwritten(file, data, done)):
            self.inputs.refuse(file.shown, why)
            self.running.refused += [one._replace(why=why) for one in done.made]
            return replace(done, new=text, left=())
        self.running.summary.fixed += len(done.made)  # each is listed
        self.running.summary.unedited += len(done.left)
        self.running.applied += done.made
        return done

    def _remark(self, left: Sequence[fix.Left]) -> None:
        """Say which fixes were not made, and why: the first few, and how many more."""
        lang = self.inputs.lang
        said = list(dict.fromkeys((spot(finding.place, lang), why) for finding, why, _ in left))
        for place, why in said[:SAID]:
            words = Words(f"未自动修改：{why.zh}", f"Not fixed: {why.en}")
            self.inputs.remark(place, words)
        if (more := len(said) - SAID) > 0:
            self.inputs.remark("", Words(f"另有 {more} 处未自动修改", f"{more} more not fixed"))

    def _unwritten(self, file: File, old: bytes, done: fix.Fixed) -> Words | None:
        """Why the file could not be replaced; None where it was. Guesses leave a copy of the old one beside it."""
        keep = self.running.configuration.at(file.path).backup
        guessed = any(one.safety is Safety.UNSAFE for one in done.applied)
        copy = keep == "always" or (guessed and keep == "unsafe")
        try:
            write(file.path, old, done.data, file.folder, copy=copy)
        except Unwritable as error:
            return Words(error.zh, error.en)
        except OSError as error:
            return trouble(file.shown, error).words
        return None

    def _print(self, data: bytes) -> None:
        """Bytes to standard output, as they are."""
        sys.stdout.flush()
        out = binary(sys.stdout)
        out.write(data)
        out.flush()


def _unpromised(found: Iterable[Finding], left: Iterable[fix.Left]) -> Iterator[Finding]:
    """The findings, of which those that were left out are not said to be mended by a fix."""
    known = {(one.finding.code, one.finding.place) for one in left}
    for one in found:
        yield replace(one, changes=()) if (one.code, one.place) in known else one
