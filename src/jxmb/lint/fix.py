"""Write fixes: apply, read again, until nothing changes; a diff.

Everything else stays byte for byte. A text is edited here, a document by the module of its format.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from operator import itemgetter
from typing import Any, NamedTuple

from .. import deferred, documents
from ..deferred import dataclass
from ..documents import Change as Edit
from ..findings import Change, Finding, Made, Safety, Words
from ..source import Place, Source
from . import unchanged
from .diff import diff
from .engine import File
from .run import Run

HARMFUL = Words(
    "修改后其他内容的读取结果会变化", "other parts of the form would read differently after it"
)
PASSES = 10  # passes of fixing, after which the fixes are taken to undo each other
NEXT = deferred.re(r"[\t\r\n|]")  # where another cell begins
WIDTH = 60  # characters beside a change that are kept with it


class Left(NamedTuple):
    """A fix that was left out, and why."""

    finding: Finding
    why: Words
    changes: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with its fixes in: `source` is what was read, `new` and `data` are with them, `applied` what was fixed.

    `left` are fixes that could not be made, with the reason: a document cannot take every edit. `made` are the changes
    one by one, each in the text of its pass. `fights` are those of `left` that undo each other.

    >>> fixed = jxmb.fix(FORM)
    >>> [(one.code, one.before, one.change.text) for one in fixed.made], fixed.left
    ([('JX301', '》', '≥')], ())
    """

    source: Source
    new: Source
    data: bytes = field(repr=False)
    applied: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()
    made: tuple[Made, ...] = ()
    fights: tuple[Left, ...] = ()

    @property
    def text(self) -> str:
        """The text with the fixes in; of a document as it reads then."""
        return self.new.text

    @property
    def changed(self) -> bool:
        """Whether there was anything to fix."""
        return self.text != self.source.text

    def diff(self) -> str:
        """The change as a unified diff."""
        return diff(self.source.text, self.text, self.source.path)


def applicable(finding: Finding, *, unsafe: bool = False) -> bool:
    """Whether the fix of a finding may be written; without `unsafe` only what keeps the meaning."""
    return bool(finding.changes) and (unsafe or finding.safety is Safety.SAFE)


class Settled(NamedTuple):
    """A finding with its edits, which go into the same pass as others, and what they make of the text."""

    finding: Finding
    edits: list[Edit]
    made: tuple[Made, ...]

    def left(self, why: Words) -> Left:
        """The fix as one that was left out."""
        return Left(self.finding, why, tuple(one._replace(why=why) for one in self.made))


def _settled(source: Source, findings: Iterable[Finding]) -> list[Settled]:
    """The findings whose edits do not overlap those of one before."""
    taken: list[Edit] = []  # sorted
    settled: list[Settled] = []
    for finding in findings:
        edits = [_offsets(source, change) for change in finding.changes]
        if edits and not any(_overlap(one, other) for one in edits for other in _near(one, taken)):
            for edit in edits:
                insort(taken, edit)
            made = (
                _made(finding.code, source.text, *pair)
                for pair in zip(finding.changes, edits, strict=True)
            )
            settled.append(Settled(finding, edits, tuple(made)))
    return settled


def _made(code: str, text: str, change: Change, edit: Edit) -> Made:
    """A change with what stands beside it in its cell."""
    start, end, _ = edit
    head = NEXT.split(text[max(0, start - WIDTH) : start])[-1]
    tail = NEXT.split(text[end : end + WIDTH])[0]
    return Made(code, change, text[start:end], head=head, tail=tail)


def _edits(settled: Iterable[Settled]) -> list[Edit]:
    return sorted(edit for one in settled for edit in one.edits)


def fixed(
    text: Source, file: File, run: Run, *, unsafe: bool = False, data: bytes | None = None
) -> Fixed:
    """`text` with its fixes in, under the settings of a run, whose counts stay as they are.

    `data` is the content of the document that the text was made of: without it a document stays as it is. Fixes that
    undo each other are left out, all others are made.
    """
    start = Fixed(text, text, text.encode(text.text) if data is None else data)
    if text.document and data is None:
        return start
    fights: list[Left] = []
    for _ in range(PASSES):
        done, fighting = _settle(start, file, run, unsafe, {_key(one.finding) for one in fights})
        fights += fighting
        if not fighting:
            return replace(done, left=(*done.left, *fights), fights=tuple(fights))
    return replace(start, left=tuple(fights), fights=tuple(fights))


def _key(finding: Finding) -> tuple[str, int]:
    """A fix, in whichever pass: its rule, and the line in which it is made."""
    return finding.code, finding.place.line


def _settle(
    now: Fixed, file: File, run: Run, unsafe: bool, out: set[tuple[str, int]]
) -> tuple[Fixed, list[Left]]:
    """Passes until one changes nothing, or else the fixes that undo each other; those in `out` are not made.

    Each pass judges anew what it leaves out: what was harmful before another edit may be harmless behind it.
    """
    seen = [now.text]
    passes: list[list[Settled]] = []
    for _ in range(PASSES):
        found = run.probe().check_source(now.new, file)
        wanted = [one for one in found if applicable(one, unsafe=unsafe) and _key(one) not in out]
        after, settled = _pass(replace(now, left=()), wanted)
        if after.text == now.text:
            return after, []
        passes.append(settled)
        if after.text in seen:
            return now, _fighting(passes[seen.index(after.text) :])
        seen.append(after.text)
        now = after
    return now, _fighting(passes[-2:])


def _fighting(passes: Iterable[list[Settled]]) -> list[Left]:
    """The fixes of passes without an end, with the names of their rules."""
    every = {_key(one.finding): one for settled in passes for one in settled}
    codes = sorted({code for code, _ in every})
    why = Words(
        f"{'、'.join(codes)} 的修改互相冲突", f"the fixes of {', '.join(codes)} undo each other"
    )
    return [one.left(why) for one in every.values()]


def _pass(now: Fixed, wanted: list[Finding]) -> tuple[Fixed, list[Settled]]:
    """One pass further, with the edits that went in; where all were refused, with those that had to wait for them."""
    done = now
    while settled := _settled(now.new, wanted):
        done, made = _passed(done, settled)
        if done.text != now.text:
            return done, made
        tried = {id(one.finding) for one in settled}
        wanted = [one for one in wanted if id(one) not in tried]
    return done, []


def _passed(now: Fixed, settled: list[Settled]) -> tuple[Fixed, list[Settled]]:
    """The text with the edits in that leave alone how all else is read, and those."""
    kept, done = _harmless(now, unchanged.data(now.new), [], settled, now)
    known = {id(one) for one in kept} | {id(one.finding) for one in done.left}
    left = [
        one.left(HARMFUL)
        for one in settled
        if id(one) not in known and id(one.finding) not in known
    ]
    return replace(done, left=(*done.left, *left)), kept


def _harmless(
    now: Fixed, said: list[unchanged.Datum], kept: list[Settled], more: list[Settled], done: Fixed
) -> tuple[list[Settled], Fixed]:
    """The edits that may go in together with those kept, and the text with them: guilty ones are found by halves."""
    every = [*kept, *more]
    new = _edited(now, every)
    guessed = _edits(one for one in every if one.finding.safety is Safety.UNSAFE)
    if unchanged.elsewhere(said, unchanged.data(new.new), _edits(every), guessed):
        return every, new
    if len(more) == 1:
        return kept, done
    half = len(more) // 2
    kept, done = _harmless(now, said, kept, more[:half], done)
    return _harmless(now, said, kept, more[half:], done)


def _edited(now: Fixed, settled: list[Settled]) -> Fixed:
    """The text, or the document, with edits in."""
    if not now.source.document:
        new = replace(now.new, text=_joined(now.text, _edits(settled)))
        return replace(now, new=new, data=new.encode(new.text), **_done(now, settled))
    left = list(now.left)
    while settled:
        written = documents.write(now.source.document, now.data, _edits(settled))
        why = {one.change: Words(one.zh, one.en) for one in written.refused}
        refused = [one for one in settled if any(edit in why for edit in one.edits)]
        if not refused:
            new = documents.open(written.data, now.source.path)
            return replace(now, new=new, data=written.data, left=tuple(left), **_done(now, settled))
        # The edits of a finding go in together: without one of them the others stay out.
        left += [one.left(next(why[edit] for edit in one.edits if edit in why)) for one in refused]
        settled = [one for one in settled if one not in refused]
    return replace(now, left=tuple(left))


def _done(now: Fixed, settled: list[Settled]) -> dict[str, Any]:
    """What a pass adds to what was done."""
    return {
        "applied": (*now.applied, *(one.finding for one in settled)),
        "made": (*now.made, *_in_turn(settled)),
    }


def _in_turn(settled: Iterable[Settled]) -> Iterator[Made]:
    """The changes of one pass one after another: beside each stands what those before it made of its cell."""
    before: dict[int, list[Edit]] = defaultdict(list)
    for one in settled:
        for edit, made in zip(one.edits, one.made, strict=True):
            others = before[made.change.place.line]
            head = _joined_at(edit.start - len(made.head), made.head, others)
            tail = _joined_at(edit.end, made.tail, others)
            others.append(edit)
            yield made._replace(head=head, tail=tail)


def _joined_at(start: int, text: str, edits: Iterable[Edit]) -> str:
    """A piece of the text that begins at `start`, with the edits inside it in."""
    stop = start + len(text)
    inside = (one for one in edits if start <= one.start and one.end <= stop)
    return _joined(text, sorted(Edit(a - start, b - start, new) for a, b, new in inside))


def _joined(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, new in edits:
        pieces += (text[end:start], new)
        end = stop
    return "".join((*pieces, text[end:]))


def _offsets(source: Source, change: Change) -> Edit:
    place: Place = change.place
    start = source.starts[place.line - 1] + place.column - 1
    end = source.starts[place.end_line - 1] + place.end_column - 1
    return Edit(start, end, change.text)


def _near(edit: Edit, taken: Sequence[Edit]) -> Sequence[Edit]:
    """The only edits that one can overlap: at most two of them begin where it does."""
    at = bisect_left(taken, edit[:2], key=itemgetter(0, 1))
    return taken[max(0, at - 2) : at + 2]


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text; two insertions at one place do."""
    if one[:2] == other[:2]:
        return True
    return one[0] < other[1] and other[0] < one[1]
