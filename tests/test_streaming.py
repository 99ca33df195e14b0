"""What can be written as it comes is: a format holds no more than a file of it, however much there is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.test_report import FINDING, Done

from jxmb import export, report
from jxmb.findings import Finding, Form, Summary
from jxmb.reader import parse
from jxmb.source import Place, Source

MANY = 60
WHOLE = {"html"}  # what is a page, and is drawn when all is known
TEXTS = [name for name in report.FORMATS if not report.load(name).BINARY and name not in WHOLE]
RECORDS = ("json", "jsonl", "csv", "text")
FORM = "项目支出绩效目标表\n项目名称\t古树养护\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t养护古树\t≥80株\n"


def halves(marks: list[int], out: io.StringIO) -> tuple[float, float]:
    """How much was written when half of it had come, as a share of the whole, and before the last."""
    whole = len(out.getvalue())
    return marks[MANY // 2] / whole, marks[-1] / whole


@pytest.mark.parametrize(
    "asked", [{}, {"review": True, "statistics": True}], ids=["plain", "counts"]
)
@pytest.mark.parametrize("name", TEXTS)
def test_findings_are_written_as_they_come(name: str, asked: dict[str, Any]) -> None:
    out, marks = io.StringIO(), list[int]()
    places = [Place(f"{at}.txt", 3, 1, 3, 5) for at in range(MANY)]
    run = Done(Summary(files=MANY, forms=MANY), "zh", [Form(one, "泵站") for one in places])

    def coming() -> Iterator[Finding]:
        for one in places:
            marks.append(len(out.getvalue()))
            yield replace(FINDING, place=one, project="泵站", also=(), changes=())

    report.load(name).render(run, coming(), report.Out(out, **asked))
    half, last = halves(marks, out)
    assert half > (0.1 if asked else 0.4) and (asked or last > 0.8)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_no_part_of_a_review_grows_with_the_run(name: str) -> None:
    class Pieces(io.StringIO):
        longest = 0

        def write(self, piece: str) -> int:
            self.longest = max(self.longest, len(piece))
            return super().write(piece)

    def longest(forms: int) -> int:
        out = Pieces()
        places = [Place(f"{at:03}.txt", 3, 1, 3, 5) for at in range(forms)]
        every = [Form(one, f"泵站{one.path}", f"水务局{one.path}") for one in places]
        found = (replace(FINDING, place=one.place, project=one.project) for one in every)
        asked = report.Out(out, review=True, statistics=True)
        report.load(name).render(Done(Summary(), "zh", every), found, asked)
        return out.longest

    assert longest(MANY) == longest(1) > 0


@pytest.mark.parametrize("name", RECORDS)
def test_records_are_written_as_they_come(name: str) -> None:
    out, marks = io.StringIO(), list[int]()
    format = export.load(name)
    text = Source(FORM)
    whole = getattr(format, "whole", None)
    piece = whole(text) if whole else format.build(parse(text).projects[0], text)

    def coming() -> Iterator[export.Forms]:
        for at in range(MANY):
            marks.append(len(out.getvalue()))
            yield export.Forms(f"{at}.txt", "utf-8", [piece])

    format.write(coming(), export.Out(out))
    half, last = halves(marks, out)
    assert half > 0.4 and last > 0.9
