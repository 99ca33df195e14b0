"""Mistakes of the print: slid rows, residue, wrong characters in labels, headings that disagree."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .damage import blank_labels, misread_label, template_rows
from .grid import Page

# An inner row of the plain print: no level label, then name and value.
INNER = re.compile(r"\t\t\t([^\t\n]+)\t([^\t\n]+)\n")
OPENING = re.compile(r"\t\t(\S+指标)\t([^\t\n]+)\t([^\t\n]+)\n")


@dataclass(frozen=True)
class Print:
    """A mistake of the page or of the text; `differs` is off where the layout itself is the mistake."""

    page: Callable[[Page, random.Random], Page] | None = None
    text: Callable[[str, random.Random], str] | None = None
    layout: str = "plain/tabs"
    differs: bool = True


def _once(pattern: re.Pattern[str], new: str) -> Callable[[str, random.Random], str]:
    return lambda text, rng: pattern.sub(new, text, count=1)


def _in_goal(text: str, rng: random.Random, write: Callable[[str], str]) -> str:
    return re.sub(r"(?<=\n年度目标\t)[^\t\n]+", lambda match: write(match[0]), text, count=1)


def _marked_up(text: str, rng: random.Random) -> str:
    return _in_goal(text, rng, lambda goal: f"<p>{goal}</p>")


def _half_width(text: str, rng: random.Random) -> str:
    return _in_goal(text, rng, lambda goal: goal.replace("，", ",", 1))


def _odd_blank(text: str, rng: random.Random) -> str:
    at = rng.choice(("\u00a0", "\u200b", "\u3000"))
    return _in_goal(text, rng, lambda goal: goal[:6] + at + goal[6:])


def _broken(text: str, rng: random.Random) -> str:
    return _in_goal(text, rng, lambda goal: goal[:5] + "\ufffd" + goal[6:])


def _page_number(text: str, rng: random.Random) -> str:
    return INNER.sub(lambda match: match[0] + "审核意见见后附材料\n", text, count=1)


def _no_year(page: Page, rng: random.Random) -> Page:
    del rng
    years = re.compile(r"(?:19|20)\d\d")
    clean = page.change(("field",), lambda box: "长期" if years.search(box.text) else box.text)
    return replace(clean, before=page.before[:1])


def _empty_level2(page: Page, rng: random.Random) -> Page:
    """The first level 2 with one row has neither name nor value."""
    del rng
    block = next(box for box in page.boxes if box.kind == "level2" and box.height == 1)

    def clear(kind: str) -> None:
        nonlocal page
        boxes = tuple(
            replace(box, text="") if box.kind == kind and box.row == block.row else box
            for box in page.boxes
        )
        page = replace(page, boxes=boxes)

    clear("name")
    clear("value")
    return page


def _wrong_years(page: Page, rng: random.Random) -> Page:
    del rng
    return page.change(
        ("label",),
        lambda box: "中期目标（2015年—2017年）" if box.text.startswith("中期目标（") else box.text,
    )


PRINT: dict[str, Print] = {
    "JX101": Print(text=_once(OPENING, r"\t\1\t\2\t\3\n")),
    "JX102": Print(text=_once(INNER, r"\t\1\t\t\2\n")),
    "JX103": Print(page=blank_labels),
    "JX104": Print(text=_marked_up),
    "JX105": Print(text=_page_number),
    "JX106": Print(text=_odd_blank),
    "JX107": Print(text=_half_width),
    "JX108": Print(page=misread_label),
    "JX109": Print(text=_broken),
    "JX110": Print(layout="plain/joined", differs=False),
    "JX114": Print(page=template_rows),
    "JX208": Print(page=_no_year),
    "JX223": Print(page=_empty_level2),
    "JX631": Print(page=_wrong_years, layout="two-sided/tabs"),
}
