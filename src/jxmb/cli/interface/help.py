"""Pages of help: laid out by the cells that a terminal shows, which are two for a Chinese character."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator

import click

from ... import deferred
from .terminal import WIDTH, width

NARROWEST = 50  # cells of a page of help
NAMES = 30  # cells of the names of options, beyond which what they do stands below
GAP = 2  # cells between the columns, and before them
# What is not torn at the end of a line: words of ASCII, and a character with the marks about it.
PIECE = deferred.re(r"[（《“【]*(?:[!-~]+|.)[，。；：、！？）》”】]*\s*", re.DOTALL)
# What stands for a value, in Chinese.
TERMS = {
    "ARGS": "参数",
    "CODES": "代码",
    "COMMAND": "命令",
    "DATE": "日期",
    "DIR": "文件夹",
    "ENCODING": "编码",
    "FILE": "文件",
    "FORMAT": "格式",
    "GLOB": "通配符",
    "KEY": "名称",
    "LEVEL": "级别",
    "LIST": "词表",
    "N": "数",
    "NAME": "名称",
    "OPTIONS": "选项",
    "PATH": "路径",
    "PLACE": "位置",
    "RULE": "规则",
    "TEXT": "文字",
    "VALUE": "值",
    "WORDS": "词",
}


def in_terms(metavar: str, lang: str) -> str:
    """``PATH...`` as it is, or in Chinese."""
    if lang == "en":
        return metavar
    return re.sub("[A-Z]+", lambda match: TERMS.get(match[0], match[0]), metavar)


def metavar(param: click.Parameter, lang: str) -> str:
    """What stands for the value of a parameter."""
    if param.metavar is None and isinstance(param.type, click.Choice):
        listed = "|".join(map(str, param.type.choices))
        return f"[{listed}]" if isinstance(param, click.Option) else f"{{{listed}}}"
    return in_terms(param.metavar or str(param.name).upper(), lang)


class Formatter(click.HelpFormatter):
    """Pages of help as wide as click makes them, without asking `shutil`, which is slow to load."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=max(min(width(sys.stdout), WIDTH) - 2, NARROWEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is called; what does not fit stands below the first argument."""
        head = f"{prefix or ''}{prog} "
        first, *further = fold(args, self.width - cells(head))
        self.write(
            "".join(
                f"{line}\n"
                for line in (head + first, *(" " * cells(head) + one for one in further))
            )
        )

    def write_heading(self, heading: str) -> None:
        """The head of a section."""
        self.write(f"{heading}{':' if heading.isascii() else '：'}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, parted by blank lines."""
        margin = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            lines = fold(" ".join(paragraph.split()), self.width - self.current_indent)
            self.write("\n" * bool(number) + "".join(f"{margin}{line}\n" for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = NAMES, col_spacing: int = GAP
    ) -> None:
        """Two columns: names, and what they mean."""
        rows = list(rows)
        margin = " " * self.current_indent
        first = min(max(cells(name) for name, _ in rows), col_max) + col_spacing
        for name, text in rows:
            head, *lines = fold(text, self.width - self.current_indent - first)
            beside = cells(name) + col_spacing <= first
            lines = lines if beside else [head, *lines]
            self.write(
                f"{margin}{name}{' ' * (first - cells(name))}{head}\n"
                if beside
                else f"{margin}{name}\n"
            )
            self.write("".join(f"{margin}{' ' * first}{line}\n" for line in lines))


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def fold(text: str, most: int) -> Iterator[str]:
    """`text` in lines of at most `most` cells, but for a word that is longer."""
    line = ""
    for match in PIECE.finditer(text):
        if line and cells(line) + cells(match[0].rstrip()) > most:
            yield line.rstrip()
            line = ""
        line += match[0]
    yield line.rstrip()
