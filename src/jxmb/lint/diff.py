"""What changes in a text, as a unified diff, in time that grows with the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..source import LINE_END
from ..visible import visible

CONTEXT = 3  # lines around a hunk


def diff(old: str, new: str, path: str) -> str:
    """What changes, as a unified diff; empty where nothing does."""
    path = visible(path)
    before, after = _lines(old), _lines(new)
    hunks = [
        line for group in _grouped(_changed(before, after)) for line in _hunk(group, before, after)
    ]
    return "".join([f"--- a/{path}\n", f"+++ b/{path}\n", *hunks] if hunks else [])


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[range, range]]:
    """The lines that differ, old and new: line by line, or all from the first to the last where some came or went."""
    if len(before) == len(after):
        differ = [
            at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
        ]
        for _, run in groupby(enumerate(differ), key=lambda one: one[1] - one[0]):
            lines = [at for _, at in run]
            yield (both := range(lines[0], lines[-1] + 1)), both
        return
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    yield range(head, len(before) - tail), range(head, len(after) - tail)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are the same at the beginning."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )


def _grouped(changed: Iterable[tuple[range, range]]) -> Iterator[list[tuple[range, range]]]:
    """Changes whose lines of context touch, together."""
    group: list[tuple[range, range]] = []
    for one in changed:
        if group and one[0].start - group[-1][0].stop > 2 * CONTEXT:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _hunk(
    group: Sequence[tuple[range, range]], before: Sequence[str], after: Sequence[str]
) -> Iterator[str]:
    """A hunk with the lines around it."""
    first, last = group[0], group[-1]
    above = min(CONTEXT, first[0].start)
    below = min(CONTEXT, len(before) - last[0].stop)
    olds = range(first[0].start - above, last[0].stop + below)
    news = range(first[1].start - above, last[1].stop + below)
    yield f"@@ -{_numbers(olds)} +{_numbers(news)} @@\n"
    at = olds.start
    for old, new in group:
        yield from (_line(" ", before[one]) for one in range(at, old.start))
        yield from (_line("-", before[one]) for one in old)
        yield from (_line("+", after[one]) for one in new)
        at = old.stop
    yield from (_line(" ", before[one]) for one in range(at, olds.stop))


def _numbers(lines: range) -> str:
    """Lines as a hunk names them: from 1, and how many where it is not one."""
    return f"{lines.start + 1}" if len(lines) == 1 else f"{lines.start + bool(lines)},{len(lines)}"


def _line(sign: str, line: str) -> str:
    return (
        f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
    )


def _lines(text: str) -> list[str]:
    """The lines with their ends, which a lone carriage return is too."""
    ends = [match.end() for match in LINE_END.finditer(text)]
    starts = [0, *ends]
    return [
        text[start:end]
        for start, end in zip(starts, [*ends, len(text)], strict=True)
        if end > start
    ]
