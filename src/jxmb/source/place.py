"""Places in plain numbers, for what must outlive its text."""

from __future__ import annotations

from dataclasses import asdict
from operator import attrgetter

from ..deferred import dataclass

VALUES = attrgetter("path", "line", "column", "end_line", "end_column", "inside")
Part = str | int | tuple[float, float, float, float]


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
    box: tuple[float, float, float, float] | None = (
        None  # left, top, right, bottom on the page, in points
    )

    def parts(self) -> dict[str, Part]:
        """What is known of it, by name: its shape in JSON."""
        return {name: part for name, part in asdict(self).items() if part is not None}


@dataclass(frozen=True, slots=True)
class Note:
    """What a document tells of its reading, by kind:

    - hidden: content that Word or Excel hides was left out; `what` names it (a sheet, rows, columns); up to `end` goes
      the text of which it is a part;
    - formula: a cell has no result, or an error for one; `what` is what stands there, up to `end` goes what was worked out;
    - date: a cell is a date, and how that is written comes from the format of the cell;
    - format: a cell is a number, and what is shown beside its figures comes from the format of the cell;
    - revision: `count` tracked changes were read as if accepted;
    - unread-page: a page is a picture, or damaged; `what` is its number, `needs` the packages that would read it;
    - ocr: from here on the text comes from character recognition.

    `offset` is where it belongs in the text, `end` where it ends there, as far as it has an extent.
    """

    kind: str
    offset: int
    end: int = 0
    count: int = 1
    what: str = ""
    needs: str = ""


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

    def __reduce__(self) -> tuple[type[Place], tuple[object, ...]]:
        """In half the time: a run takes very many to other processes and to disk."""
        return Place, VALUES(self)

    def lines(self) -> dict[str, int]:
        """Lines and columns by name."""
        return {
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }

    def numbers(self) -> dict[str, int | dict[str, Part] | None]:
        """Lines and columns by name, and `at`, the place inside, None in text: its shape in JSON."""
        return {**self.lines(), "at": self.inside.parts() if self.inside else None}
