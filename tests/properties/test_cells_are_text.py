"""What stands in a cell of a document is text: nothing of it is lost, and nothing is taken for markup or for structure."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.documents import docx, xlsx

from jxmb import convert, documents

# Where the texts stand in the form, and what of its record they are.
PLACES = {
    "project_name": (2, 1),
    "goal": (6, 1),
    "name": (8, 2),
    "target": (8, 3),
}
ODD = (
    *(
        "<p>",
        "</p>",
        "<br>",
        "<b>5</b>",
        "<td>",
        "</td></tr>",
        "<x>",
        "&lt;",
        "&nbsp;",
        "&amp;",
        "&#12;",
        "<!--",
    ),
    *(
        "|",
        "｜",
        "│",
        "**",
        "*",
        "`",
        "\\*",
        "[x]{.a=b}",
        "[a](b)",
        "{|",
        "|-",
        "!",
        "#",
        "_x000D_",
        "- ",
        "~~",
    ),
    *(
        "\t",
        "\n",
        "  ",
        "\u3000",
        "=",
        "'",
        '"',
        ",",
        ";",
        "\\",
        "/",
        "%",
        "≥",
        "9",
        "90%",
        "公里",
        "步道",
        "a",
        "B c",
    ),
)
TEXTS = st.lists(st.sampled_from(ODD), min_size=1, max_size=6).map("".join)


def shown(text: str) -> str:
    """A text without its blanks: how lines are put together, and that a tab becomes a blank, is not asked here."""
    return "".join(text.split())


def in_word(row: int, column: int, text: str) -> bytes:
    """The form as a Word document, with a text in a cell."""
    rows = []
    for at, cells in enumerate(xlsx.FORM):
        said = [
            text if (at, number) == (row, column) else str(one or "")
            for number, one in enumerate(cells)
        ]
        paragraphs = ([docx.p(docx.r(docx.t(line))) for line in one.split("\n")] for one in said)
        rows.append(docx.tr(*(docx.tc(*own) for own in paragraphs)))
    return docx.docx(docx.tbl(*rows))


def in_excel(row: int, column: int, text: str) -> bytes:
    """The same as a workbook."""
    rows = [list(cells) for cells in xlsx.FORM]
    rows[row][column] = xlsx.written(text.replace("_x", "_x005F_x"))
    return xlsx.book({"表": xlsx.sheet(rows, xlsx.MERGES)})


@pytest.mark.parametrize("written", [in_word, in_excel])
@pytest.mark.parametrize("field", PLACES)
@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(lambda text: shown(text).strip("*")))
@example("<p>90%</p>")
@example("<table><tr><td>项目名称</td></tr></table>")
@example("**步道**")
@example("&lt;5%&nbsp;")
@example("步道|公里")
def test_a_text_in_a_cell_comes_back(written, field, text):
    source = documents.open(written(*PLACES[field], text))
    (form,) = convert(source)["documents"][0]["forms"]
    indicator = form["indicators"][0]
    found = {**form, "name": indicator["name"], "target": (indicator["target"] or {}).get("raw")}
    marked = "*" if field == "name" else ""  # before a name it is a mark of the template, as ★ is
    assert shown(found[field] or "") == shown(text).lstrip(marked)
