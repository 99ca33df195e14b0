"""Formulas of TeX, as models that read pictures write signs and numbers."""

from __future__ import annotations

import pytest

from jxmb.tables.formulas import shown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"$\geq 40$ 套", "≥40套"),
        (r"更新 $40$ 套", "更新40套"),
        (r"$\leqslant 5 \times 10^{3}$ 元", "≤5×10³元"),
        (r"\(\geq 90\%\)", "≥90%"),
        (r"$\ge$ 9000人", "≥9000人"),
        (r"\geq 90\%", "≥90%"),
        (r"$1 \sim 2$ 次", "1~2次"),
        (r"$25^{\circ}\mathrm{C}$", "25°C"),
        (r"$m^{2}$", "m²"),
        (r"$\unknown{5}$", r"\unknown5"),
    ],
)
def test_a_formula_is_what_it_shows(written: str, read: str) -> None:
    assert shown(written) == read


@pytest.mark.parametrize(
    "text", [r"\(人民币\)", r"\(1\) 检修", "100元$、200元$", "$5", r"D:\left", "A$B$"]
)
def test_what_is_no_formula_stays(text: str) -> None:
    assert shown(text) == text
