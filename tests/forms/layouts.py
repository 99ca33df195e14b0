"""The layouts by name: a scheme of columns printed in a dialect.

Each layout is a function from records to a `Sample`: the text, and what a reader should find in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .apart import APART, layout_rounded
from .dialects import DIALECTS, tabs
from .grid import Page, centred, rounded
from .records import FormRecord, GoldenForm
from .wide import OWN, SCHEMES, flat, named, two_sided

Change = Callable[[Page], Page]


@dataclass(frozen=True)
class Sample:
    """A text and what it says."""

    text: str
    golden: tuple[GoldenForm, ...]


@dataclass(frozen=True)
class Layout:
    """Records to pages, pages to text; `above` and `below` are text around the forms."""

    pages: Callable[[Sequence[FormRecord]], list[Page]]
    write: Callable[[Page], str]
    above: str = ""
    between: str = ""
    below: str = ""

    def __call__(self, records: Sequence[FormRecord], change: Change | None = None) -> Sample:
        """The text of these records; `change` damages each page before it is written."""
        pages = self.pages(records)
        if change:
            pages = [change(page) for page in pages]
        texts = [self.write(page) for page in pages]
        golden = tuple(form for page in pages for form in page.golden)
        return Sample(self.above + self.between.join(texts) + self.below, golden)


def each(scheme: str, write: Callable[[Page], str]) -> Layout:
    """A layout with one table a form."""
    printing = two_sided if scheme == "two-sided" else named(scheme)
    return Layout(lambda records: [printing(record) for record in records], write)


def together(write: Callable[[Page], str], *, own: bool = False) -> Layout:
    """A layout with all projects in one table."""
    columns = {"columns": OWN} if own else {}
    return Layout(lambda records: [flat(records, **columns)], write)


LETTER = """关于下达2022年部门预算绩效目标的通知

各预算单位：

根据预算绩效管理有关规定，现将项目绩效目标批复给你们，请认真组织实施，并在年度终了后开展绩效自评。
附件1 资金安排表

"""
REMARKS = """
填报人：林一帆　　联系电话：0000-1234567　　填报日期：2022年1月15日

注：本表一式两份，预算单位、财政部门各存一份。
"""

# Every dialect over the plain scheme, then every scheme over the dialects that tell it apart best.
LAYOUTS: dict[str, Layout] = {
    **{f"wide/{name}": each("wide", write) for name, write in DIALECTS.items()},
    **{f"{name}/tabs": each(name, DIALECTS["tabs"]) for name in SCHEMES if name != "wide"},
    **{
        f"{name}/{dialect}": each(name, DIALECTS[dialect])
        for name in ("marginless", "sichuan", "mongolia", "two-values", "evaluation")
        for dialect in ("pipes", "html", "tabs-ragged", "comma", "tabs-repeated")
    },
    **{
        f"two-sided/{dialect}": each("two-sided", DIALECTS[dialect])
        for dialect in ("tabs", "pipes", "html", "comma")
    },
    **{
        f"flat/{dialect}": together(DIALECTS[dialect])
        for dialect in ("tabs", "tabs-repeated", "pipes", "html", "comma")
    },
    **{
        f"flat-own/{dialect}": together(DIALECTS[dialect], own=True)
        for dialect in ("tabs", "html", "tabs-repeated", "tabs-ragged")
    },
    "plain/letter": replace(
        each("plain", DIALECTS["tabs"]), above=LETTER, between="\n附：\n\n", below=REMARKS
    ),
    "plain/html-letter": replace(each("wide", DIALECTS["html"]), above=LETTER, below=REMARKS),
}

LAYOUTS_APART: dict[str, Layout] = {
    **{f"{name}/tabs-centred": each(name, tabs(centred)) for name in ("wide", "marginless")},
    **{f"plain/{name}": each("plain", write) for name, write in APART.items()},
    "marginless/layout": each("marginless", APART["layout"]),
    "marginless/blanks": each("marginless", APART["blanks"]),
    "marginless/lines": each("marginless", APART["lines"]),
    "weights/layout": each("weights", APART["layout"]),
    "weights/lines": each("weights", APART["lines"]),
    "sichuan/blanks": each("sichuan", APART["blanks"]),
    "sichuan/layout": each("sichuan", APART["layout"]),
    "sichuan/lines": each("sichuan", APART["lines"]),
}

# Measured only: a label rounded to a row lets some blocks be read in two ways, so no floor can be right.
LAYOUTS_ROUNDED: dict[str, Layout] = {
    "wide/tabs-rounded": each("wide", tabs(rounded)),
    "plain/layout-rounded": each("plain", layout_rounded),
}
