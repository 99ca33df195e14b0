"""Places in plain numbers, for what must outlive its text."""

from __future__ import annotations

from dataclasses import asdict

from ..light import dataclass


@dataclass(frozen=True, slots=True)
class Inside:
    """A place in a document's own terms: a sentence part in both languages (`Sheet1!C7`) and its numbers, from 1."""

    zh: str
    en: str
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def parts(self) -> dict[str, str | int]:
        """What is known of it, by name: its shape in JSON."""
        return {name: part for name, part in asdict(self).items() if part is not None}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file in plain numbers: lines and columns from 1, in code points.

    `inside` is where it begins in the document that the text was made of; None in text.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    inside: Inside | None = None

    def numbers(self) -> dict[str, int | dict[str, str | int]]:
        """Lines and columns by name, and `at`, the place inside, where there is one: its shape in JSON."""
        found: dict[str, int | dict[str, str | int]] = {
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }
        if self.inside is not None:
            found["at"] = self.inside.parts()
        return found
