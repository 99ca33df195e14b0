"""The same grid of cells written as a table of each dialect."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html import escape

from jxmb.source.widths import columns

Grid = list[list[str]]


def written_tabs(grid: Grid) -> str:
    return "".join("\t".join(row) + "\n" for row in grid)


def written_markdown(grid: Grid) -> str:
    rows = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([rows[0], "|---" * len(grid[0]) + "|", *rows[1:]])


def written_bars(grid: Grid) -> str:
    return "\r\n".join(" | ".join(cell or "无" for cell in row) for row in grid)


def written_csv(grid: Grid) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(grid)
    return out.getvalue()


def written_html(grid: Grid) -> str:
    rows = ("".join(f"<TD class=a>\n  <p>{escape(cell)}</p></TD>" for cell in row) for row in grid)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def written_wiki(grid: Grid) -> str:
    return "{|\n" + "\n|-\n".join("\n".join(f"| {cell}" for cell in row) for row in grid) + "\n|}\n"


def framed(grid: Grid, corners: str, flat: str, bar: str) -> str:
    sizes = [max(columns(row[at]) for row in grid) for at in range(len(grid[0]))]
    top, middle, bottom = (
        corner[0] + corner[1].join(flat * (size + 2) for size in sizes) + corner[2]
        for corner in corners.split()
    )
    lines = (
        bar
        + bar.join(
            f" {cell}{' ' * (size - columns(cell))} " for cell, size in zip(row, sizes, strict=True)
        )
        + bar
        for row in grid
    )
    return "\n".join([top, f"\n{middle}\n".join(lines), bottom]) + "\n"


def written_frame(grid: Grid) -> str:
    return framed(grid, "┌┬┐ ├┼┤ └┴┘", "─", "│")


def written_grid(grid: Grid) -> str:
    return framed(grid, "+++ +++ +++", "-", "|")


def written_json(grid: Grid) -> str:
    return json.dumps(grid, ensure_ascii=False) + "\n"


def written_records(grid: Grid) -> str:
    rows = [{str(at): cell or None for at, cell in enumerate(row)} for row in grid]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def written_lists(grid: Grid) -> str:
    return "\n".join(repr([cell or None for cell in row]) for row in grid) + "\n"


WRITTEN: dict[str, Callable[[Grid], str]] = {
    "tabs": written_tabs,
    "markdown": written_markdown,
    "bars": written_bars,
    "csv": written_csv,
    "html": written_html,
    "wiki": written_wiki,
    "frame": written_frame,
    "grid": written_grid,
    "json": written_json,
    "lists": written_lists,
    "records": written_records,
}
