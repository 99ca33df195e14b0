"""A cursor over the lines of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

from .. import deferred
from ..source import LINE_END, Source, Span

SIGNED = deferred.re(r"\n>+ ?\d")  # a value with its sign
QUOTES = ("> > ", ">> ", "> ", ">")  # what mail begins each line with that it answers


class Lines:
    """The lines still to read: a dialect looks ahead as it likes and takes what belongs to it.

    The lines in the stretches `without`, which are in order, are passed over. The marks before quoted lines are none
    of theirs, where most lines are quoted.
    """

    def __init__(self, source: Source, without: Sequence[Span] = ()) -> None:
        self.source = source
        self._without = without
        self._returns = "\r" in source.text
        self.quote = _quote(source.text) if "\n>" in source.text else ""
        self._ahead: deque[Span] = deque()
        self._next = 0  # where the first line behind those in `_ahead` begins

    @cached_property
    def parts(self) -> list[Span]:
        """The stretches of the text that are not passed over."""
        starts = [0, *(one.end for one in self._without)]
        ends = [*(one.start for one in self._without), len(self.source.text)]
        return [Span(self.source, start, end) for start, end in zip(starts, ends, strict=True)]

    @property
    def at(self) -> int:
        """Offset at which the next line begins."""
        if self.quote:
            self.peek()
        return self._ahead[0].start if self._ahead else self._next

    def peek(self, ahead: int = 0) -> Span | None:
        """The next line, or one further on, without its line end; nothing behind the last."""
        while len(self._ahead) <= ahead:
            if self._without:
                self._pass_over()
            if self._next >= len(self.source.text):
                return None
            self._fetch()
        return self._ahead[ahead]

    def take(self, count: int = 1) -> list[Span]:
        """The next lines, which are then read."""
        found: list[Span] = []
        while len(found) < count and self.peek() is not None:
            found.append(self._ahead.popleft())
        return found

    def seek(self, offset: int) -> None:
        """Go on behind `offset`: with the next line where a line ends there, else with the rest of the line."""
        end = LINE_END.match(self.source.text, offset)
        self._ahead.clear()
        self._next = end.end() if end else offset

    def _pass_over(self) -> None:
        at = bisect_right(self._without, self._next, key=attrgetter("start"))
        if at:
            self._next = max(self._next, self._without[at - 1].end)

    def _fetch(self) -> None:
        stop, after = self._line_end()
        start = self._next
        if self.quote and self.source.text.startswith(self.quote.rstrip(), start):
            start = min(start + len(self.quote), stop)
        self._ahead.append(Span(self.source, start, stop))
        self._next = after

    def _line_end(self) -> tuple[int, int]:
        """Where the next line ends, and where the one behind it begins."""
        text = self.source.text
        if not self._returns:
            stop = text.find("\n", self._next)
            return (stop, stop + 1) if stop >= 0 else (len(text), len(text))
        end = LINE_END.search(text, self._next)
        return end.span() if end else (len(text), len(text))


def _quote(text: str) -> str:
    """What most lines of a text begin with as quoted ones do; nothing where they do not."""
    most = text.count("\n") / 2
    found = next((mark for mark in QUOTES if text.count(f"\n{mark}") > most), "")
    return "" if found and len(SIGNED.findall(text)) > most else found
