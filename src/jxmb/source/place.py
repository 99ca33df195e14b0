"""Places in plain numbers, for what must outlive its text."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file in plain numbers: lines and columns from 1, in code points."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, span: Span) -> Place:
        """The place of a span."""
        line, column = span.source.position(span.start)
        end_line, end_column = span.source.position(span.end)
        return cls(span.source.path, line, column, end_line, end_column)
