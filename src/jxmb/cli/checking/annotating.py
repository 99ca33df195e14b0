"""Copies of documents in which each finding stands as a comment, for who works in Word or Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count
from pathlib import Path, PurePosixPath

from ... import documents, rules
from ...documents import Comment
from ...findings import Finding
from ...lint.write import Unwritable, create
from ...report.wording import REMEDY, WHY, Wording
from ...source.decoding import Undecodable
from ...visible import visible
from ..inputs import Inputs
from ..inputs.paths import Input, trouble
from ..interface.words import Words

NO_COMMENTS = Words(
    "未写批注副本，只有 Word（docx）和 Excel（xlsx）文件可以加批注",
    "No copy written: only Word (docx) and Excel (xlsx) files take comments",
)
WRITTEN = Words("已写入批注副本 {n} 份", "Annotated copies written: {n}")
INPUT = Words(
    "批注副本会覆盖输入文件，未写入；请用 --annotate 指定另一个文件夹",
    "Copy not written: it would replace an input; give --annotate another folder",
)


class Annotating:
    """Keeps the findings of a run as they pass, and writes the copies when all were reported."""

    def __init__(self, folder: Path, inputs: Inputs) -> None:
        self.folder = folder
        self.inputs = inputs
        self.wording = Wording(inputs.lang)
        self.files: dict[str, Input] = {}
        self.findings: dict[str, list[Finding]] = {}
        self._names: set[str] = set()
        self._written = 0

    def keep(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings, each that is shown kept for its file."""
        for one in findings:
            if one.suppressed is None:
                self.findings.setdefault(one.place.path, []).append(one)
            yield one

    def write(self) -> None:
        """A copy of each document that has findings; what was written and what cannot be annotated is said."""
        for shown, found in self.findings.items():
            if shown in self.files:
                self._write(self.files[shown], found)
        if self._written:
            self.inputs.remark(str(self.folder), WRITTEN.format({"n": self._written}))

    def _write(self, one: Input, found: list[Finding]) -> None:
        target = self.folder / self._name(one)
        try:
            copy = self._copy(one, found)
            if copy is None:
                self._say(one, NO_COMMENTS)
            elif self.inputs.reads(target):
                self._say(one, INPUT)
            else:
                create(target, copy)
                self._written += 1
        except (Undecodable, Unwritable) as error:
            self._say(one, Words(error.zh, error.en))
        except OSError as error:
            self.inputs.refuse(str(target), trouble(str(target), error).words)

    def _copy(self, one: Input, found: list[Finding]) -> bytes | None:
        """The document with comments; None where its format takes none."""
        data = one.path.read_bytes() if one.data is None else one.data
        source = documents.open(data, one.shown)
        places = ((source.starts[at.place.line - 1] + at.place.column - 1, at) for at in found)
        comments = [Comment(offset, self._text(finding)) for offset, finding in places]
        return documents.annotate(source.document, data, comments)

    def _text(self, finding: Finding) -> str:
        """What a comment says: code and title, what is wrong, why, and what to write."""
        of, colon = self.wording.of, "：" if self.inputs.lang == "zh" else ": "
        said = [f"{finding.code} {of(rules.of_code(finding.code).title)}", of(finding.message)]
        labelled = ((WHY, finding.reason), (REMEDY, finding.remedy))
        said += [f"{of(label)}{colon}{of(words)}" for label, words in labelled if of(words)]
        return "\n".join(map(visible, said))

    def _name(self, one: Input) -> str:
        """The path of the copy: that below the folder that was named; numbered where it is taken."""
        inside = PurePosixPath("stdin" if one.stdin else one.inside)
        numbered = (str(inside.with_stem(f"{inside.stem}.{number}")) for number in count(2))
        name = next(
            name for name in chain([str(inside)], numbered) if name.casefold() not in self._names
        )
        self._names.add(name.casefold())
        return name

    def _say(self, one: Input, words: Words) -> None:
        """What was named must be annotated; of a folder what can be is."""
        (self.inputs.refuse if one.named else self.inputs.remark)(one.shown, words)
