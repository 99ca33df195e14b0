"""Changes and comments are written into workbooks; what is not meant stays byte for byte."""

import zipfile
from io import BytesIO
from xml.dom import minidom

import pytest
from tests.documents.xlsx import (
    FORM,
    RELATION,
    book,
    formula,
    number,
    packed,
    relations,
    rich,
    runs_of,
    shared,
    sheet,
    written,
)

from jxmb import documents
from jxmb.documents import Change, Comment
from jxmb.documents.excel import xlsx
from jxmb.documents.excel.workbook import Workbook

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
COMMENTS, DRAWING = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def form(cell, **options) -> bytes:
    """A workbook of the form, with a cell in place of the first target: D9."""
    rows = [*map(list, FORM[:8]), [*FORM[8][:3], cell], *FORM[9:]]
    return book({"表": sheet(rows, **options.pop("part", {}))}, **options)


def replace(text: str, old: str, new: str) -> Change:
    """The change of the only place with a text."""
    assert text.count(old) == 1
    at = text.index(old)
    return Change(at, at + len(old), new)


FAR = '<sz val="10"/><rFont val="宋体"/><family val="3"/><charset val="134"/>'
WEST = '<rFont val="Times New Roman"/><sz val="10"/><family val="1"/><scheme val="minor"/>'


def run(text: str, look: str) -> str:
    """A run of a string."""
    return f"<r><rPr>{look}</rPr><t>{text}</t></r>"


def inline(runs: str):
    """A text in runs in the cell itself."""
    return lambda at: f'<c r="{at}" t="inlineStr"><is>{runs}</is></c>'


STYLE = {"formats": ["@", '@"整"', '"≥"0%', "yyyy.m.d"]}
# What a cell holds, what is replaced in it, and what it holds then.
WRITTEN = {
    "inline": (written("》 2公里"), ("》 2公里", "≥2公里"), written("≥2公里")),
    "a part": (written("共》2公里"), ("》2", "≥2"), written("共≥2公里")),
    "shared": (shared(0), ("二公里", "2公里"), written("2公里")),
    "spoken": (shared(1), ("三公里", "3公里"), written("3公里")),
    "with a style": (shared(0, 1), ("二公里", "2公里"), written("2公里", 1)),
    "typed": (
        lambda at: f'<c r="{at}" t="str" s="1"><v>二里</v></c>',
        ("二里", "2里"),
        written("2里", 1),
    ),
    "several lines": (written("甲\n二\n丙"), ("\v二", "\v2"), written("甲\n2\n丙")),
    "a line more": (written("甲二"), ("甲二", "甲\v2"), written("甲\n2")),
    "markup": (written("<b>&二"), ("&二", "&<2>"), written("<b>&<2>")),
    "blanks at the end": (written("二公里"), ("二公里", "2公里 "), written("2公里 ")),
    "what looks escaped": (written("_x005F_x0041_二"), ("_二", "_2"), written("_x005F_x0041_2")),
}
SHARED = (
    "<t>二公里</t>",
    "<t>三公里</t><rPh sb='0' eb='1'><t>san</t></rPh>",
    runs_of("甲", "乙"),
    run("》 ", FAR) + run("2", WEST) + run("公里", FAR) + "<rPh sb='0' eb='1'><t>da</t></rPh>",
    run("》 ", "<b/>") + run("2_x000A_公里", FAR),
    run("》", '<rFont val="Wingdings"/>') + run("2", WEST),
)


@pytest.mark.parametrize(("cell", "change", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_a_change_goes_into_its_cell(cell, change, expected):
    data = form(cell, strings=SHARED, **STYLE)
    text = xlsx.read(data, "a").text
    change = replace(text, *change)
    done = xlsx.write(data, [change])
    assert not done.refused
    assert xlsx.read(done.data, "a").text == text[: change.start] + change.text + text[change.end :]
    wanted = form(expected, strings=SHARED, **STYLE)
    canonical = [
        minidom.parseString(members(one)[SHEET]).getElementsByTagName("c")
        for one in (done.data, wanted)
    ]
    assert [sorted(one.attributes.items()) for one in canonical[0]] == [
        sorted(one.attributes.items()) for one in canonical[1]
    ]
    own, other = members(done.data), members(data)
    assert {name for name in own if own[name] != other[name]} == {SHEET}


# A cell in several fonts, what is replaced in it, and the runs that it holds then.
RUNS = {
    "in a run": (
        inline(run("》", FAR) + run("2", WEST)),
        ("》2", "≥2"),
        run("≥", FAR) + run("2", WEST),
    ),
    "in a run of another look": (
        shared(4),
        ("》 2", "≥ 2"),
        run("≥ ", "<b/>") + run("2_x000A_公里", FAR),
    ),
    "behind a line end": (
        shared(4),
        ("\v公里", "\v千米"),
        run("》 ", "<b/>") + run("2\n千米", FAR),
    ),
    "over runs in two fonts": (
        shared(3),
        ("》 2", "≥2"),
        run("≥", FAR) + run("2", WEST) + run("公里", FAR),
    ),
    "over three": (
        shared(3),
        (" 2公里", "3千米"),
        run("》3千米", FAR) + run("", WEST) + run("", FAR),
    ),
}


@pytest.mark.parametrize(("cell", "change", "expected"), RUNS.values(), ids=RUNS)
def test_a_change_of_a_cell_in_runs_goes_into_its_run(cell, change, expected):
    data = form(cell, strings=SHARED)
    text = xlsx.read(data, "a").text
    change = replace(text, *change)
    done = xlsx.write(data, [change])
    assert not done.refused
    assert xlsx.read(done.data, "a").text == text[: change.start] + change.text + text[change.end :]
    new = members(done.data)[SHEET].decode().replace(' xml:space="preserve"', "")
    assert f't="inlineStr"><is>{expected}</is></c>' in new
    assert members(done.data)[STRINGS] == members(data)[STRINGS]


def test_what_shares_a_string_keeps_it():
    data = book({"表": sheet([["项目名称", shared(0)], ["主管部门", shared(0)]])}, strings=SHARED)
    text = xlsx.read(data, "a").text
    at = text.index("二公里")
    done = xlsx.write(data, [Change(at, at + 1, "2")])
    assert xlsx.read(done.data, "a").text == "项目名称\t2公里\n主管部门\t二公里\n"


def test_changes_of_several_cells_and_sheets_go_in_together():
    rows = [["项目名称", "》2，》3"], ["主管部门", "甲局"]]
    data = book({"甲": sheet(rows), "乙": sheet(rows)})
    text = xlsx.read(data, "a").text
    changes = [Change(at, at + 1, "≥") for at, one in enumerate(text) if one == "》"]
    done = xlsx.write(data, [*changes, Change(text.index("甲局"), text.index("甲局") + 1, "乙")])
    assert not done.refused
    assert xlsx.read(done.data, "a").text == text.replace("》", "≥").replace("甲", "乙", 1)


def test_other_bytes_stay():
    data = form(written("二公里"))
    text = xlsx.read(data, "a").text
    done = xlsx.write(data, [replace(text, "二公里", "2公里")])
    before, after = members(data)[SHEET].decode(), members(done.data)[SHEET].decode()
    assert after == before.replace("二公里", "2公里")
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(done.data)) as new:
        assert old.namelist() == new.namelist()
        assert [one.date_time for one in old.filelist] == [one.date_time for one in new.filelist]
    assert xlsx.write(data, []).data == data


def test_prefixes_are_kept():
    part = (
        f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>项目名称</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    data = book({"表": part}, strings=SHARED)
    new = members(xlsx.write(data, [Change(0, 1, "2")]).data)[SHEET].decode()
    assert (
        '<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">2公里</x:t></x:is></x:c>' in new
    )
    noted = members(xlsx.annotate(data, [Comment(0, "注")]))[SHEET].decode()
    assert "</x:sheetData><x:legacyDrawing " in noted


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refers(code: str, attributes: str = "") -> dict:
    """A second sheet with a formula."""
    inner = f'<row r="1"><c r="A1"><f{attributes}>{code}</f><v>1</v></c></row>'
    return {"测算": sheet([]).replace("<sheetData>", "<sheetData>" + inner)}


TABLE = {
    "xl/worksheets/_rels/sheet1.xml.rels": relations(
        f'<Relationship Id="t1" Type="{RELATION}/table" Target="../tables/table1.xml"/>'
    ),
    "xl/tables/table1.xml": f'<table xmlns="{NAMESPACE}" id="1" name="明细" ref="A9:D10"/>',
}
REFUSED = {
    "a number": (form(number("31")), "31", "number"),
    "a number in its format": (form(number("0.8", 3), **STYLE), "≥80%", "number"),
    "a date": (form(number("45306", 4), **STYLE), "2024.1.15", "date"),
    "a truth": (form(lambda at: f'<c r="{at}" t="b"><v>1</v></c>'), "TRUE", "number"),
    "a formula": (form(formula('"二里"', "二里", "str")), "二里", "formula"),
    "several looks": (form(rich("二", "公里")), "二公里", "rich"),
    "a string in several looks": (form(shared(2), strings=SHARED), "甲乙", "rich"),
    "a font of symbols": (form(shared(5), strings=SHARED), "》2", "rich"),
    "a format that adds text": (form(written("二", 2), **STYLE), "二整", "shown"),
    "a protected sheet": (
        form(written("二里"), part={"behind": '<sheetProtection sheet="1"/>'}),
        "二里",
        "protected",
    ),
}


@pytest.mark.parametrize(("data", "old", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_changed_is_refused(data, old, why):
    from jxmb.documents.excel.changes import FIXED

    text = xlsx.read(data, "a").text
    change = replace(text, old, "改")
    done = xlsx.write(data, [change])
    assert [(one.change, one.zh, one.en) for one in done.refused] == [(change, *FIXED[why])]
    assert done.data == data


# A formula in another sheet, what its element says besides, whether it refers to D9 of the first.
REFERENCES = {
    "a cell": ("LEN(表!D9)", "", True),
    "a range": ("COUNTA(表!$C$1:$D$20)", "", True),
    "columns": ("COUNTA(表!D:E)", "", True),
    "rows": ("COUNTA(表!9:9)", "", True),
    "a quoted name": ("LEN('表'!D9)", "", True),
    "sheets": ("COUNTA(表:测算!D9)", "", True),
    "a formula that cells share": ("表!B7", ' t="shared" ref="A1:C3" si="0"', True),
    "another cell": ("LEN(表!D8)", "", False),
    "a cell of its own sheet": ("LEN(D9)", "", False),
    "a text": ("LEN(&quot;表!D9&quot;)", "", False),
    "a function": ("表!A1+LOG10(5)+D9(1)", "", False),
}


@pytest.mark.parametrize(("code", "attributes", "referred"), REFERENCES.values(), ids=REFERENCES)
def test_cells_that_a_formula_refers_to_stay(code, attributes, referred):
    first = sheet([*FORM[:8], [*FORM[8][:3], "二公里"], *FORM[9:]])
    data = book({"表": first, **refers(code, attributes)})
    change = replace(xlsx.read(data, "a").text, "二公里", "2公里")
    done = xlsx.write(data, [change])
    assert bool(done.refused) is referred
    assert (done.data == data) is referred


def test_names_refer_as_formulas_do():
    for name, referred in (("目标", True), ("_xlnm.Print_Area", False)):
        named = f'</sheets><definedNames><definedName name="{name}">表!$A$1:$D$20</definedName></definedNames>'
        parts = members(form(written("二公里")))
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", named.encode())
        data = packed(parts)
        done = xlsx.write(data, [replace(xlsx.read(data, "a").text, "二公里", "2公里")])
        assert bool(done.refused) is referred


@pytest.mark.parametrize(
    ("row", "named", "referred"), [(9, "", True), (10, "", False), (10, "SUM(明细[甲])", True)]
)
def test_heads_of_tables_stay(row, named, referred):
    rows = [list(one) for one in FORM]
    rows[row - 1][3] = "二公里"
    more = refers(named) if named else {}
    data = book({"表": sheet(rows), **more}, more=TABLE)
    done = xlsx.write(data, [replace(xlsx.read(data, "a").text, "二公里", "2公里")])
    assert bool(done.refused) is referred


def test_what_is_in_several_cells_or_no_table_is_refused():
    data = book({"表": sheet(FORM), "说明": sheet([["甲", "乙"]])})
    text = xlsx.read(data, "a").text
    changes = [
        replace(text, "改造步道\t≥2", "改"),
        replace(text, "改造步道", "改\t造"),
        replace(text, "甲\t乙", "丙"),
    ]
    done = xlsx.write(data, changes)
    assert [one.change for one in done.refused] == changes


def test_signed_workbooks_and_large_archives_stay(monkeypatch):
    signed = form(written("二公里"), more={"_xmlsignatures/sig1.xml": "<a/>"})
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    large = form(written("二公里"))
    for data in (signed, large):
        text = xlsx.read(data, "a").text
        done = xlsx.write(data, [replace(text, "二公里", "2公里")])
        assert (len(done.refused), done.data) == (1, data)


def said(data: bytes, part: str = COMMENTS) -> dict[str, str]:
    """The comments of a sheet, by cell."""
    found = minidom.parseString(members(data)[part]).getElementsByTagName("comment")
    return {
        one.getAttribute("ref"): "".join(
            piece.firstChild.data for piece in one.getElementsByTagName("t")
        )
        for one in found
    }


def test_comments_stand_on_their_cells():
    data = form(written("二公里"))
    text = xlsx.read(data, "a").text
    at = text.index("二公里")
    new = xlsx.annotate(
        data, [Comment(at + 1, "第一行\n<第二行>"), Comment(0, "题"), Comment(at, "再")]
    )
    assert xlsx.read(new, "a").text == text
    assert said(new) == {"D9": "第一行\n<第二行>\n\n再", "A1": "题"}
    drawing = minidom.parseString(members(new)[DRAWING])
    rows = [one.firstChild.data for one in drawing.getElementsByTagName("x:Row")]
    assert sorted(rows) == ["0", "8"]
    package = Workbook(new).package
    assert {one.type: one.part for one in package.relations(SHEET).values()} == {
        "comments": COMMENTS,
        "vmlDrawing": DRAWING,
    }
    assert package.types[COMMENTS].endswith("comments+xml")
    assert "jxmb" in members(new)[COMMENTS].decode()
    assert xlsx.annotate(data, []) == data


WIDE = '<cols><col min="1" max="16384" width="{}"/></cols>'


def frame(data: bytes, text: str) -> list[int]:
    """Where the frame of a comment on D9 begins and ends, in columns, rows and pixels."""
    at = xlsx.read(data, "a").text.index("二公里")
    new = xlsx.annotate(data, [Comment(at, text)])
    drawing = minidom.parseString(members(new)[DRAWING])
    return list(map(int, drawing.getElementsByTagName("x:Anchor")[0].firstChild.data.split(",")))


@pytest.mark.parametrize(("width", "right", "beyond"), [(4, 15, 12), (10, 8, 40), (100, 4, 320)])
def test_the_frame_is_as_wide_in_narrow_columns_as_in_wide_ones(width, right, beyond):
    data = form(written("二公里"), part={"before": WIDE.format(width)})
    assert frame(data, "注") == [4, 15, 7, 0, right, beyond, 8, 16]


def test_the_frame_is_as_high_as_its_text_and_wider_where_that_is_long():
    data = form(written("二公里"))
    assert frame(data, "注\n" * 5)[2:] == [7, 0, 8, 64, 12, 16]
    assert frame(data, "字" * 51)[6] - frame(data, "字" * 25)[6] == 2  # two lines more
    assert frame(data, "字" * 1000)[4] > frame(data, "字" * 100)[4]


def test_the_first_line_of_a_comment_is_bold():
    new = xlsx.annotate(form(written("二公里")), [Comment(0, "题\n一\n二"), Comment(0, "又")])
    runs = minidom.parseString(members(new)[COMMENTS]).getElementsByTagName("r")
    found = [(bool(one.getElementsByTagName("b")), one.lastChild.firstChild.data) for one in runs]
    assert found == [(True, "题"), (False, "\n一\n二"), (True, "\n\n又")]


def test_comments_join_those_that_are_there():
    data = xlsx.annotate(form(written("二公里")), [Comment(0, "旧")])
    data = packed(
        {
            name: part.replace(b"<author>jxmb", "<author>某人".encode())
            for name, part in members(data).items()
        }
    )
    text = xlsx.read(data, "a").text
    new = xlsx.annotate(data, [Comment(0, "新"), Comment(text.index("二公里"), "另")])
    assert said(new) == {"A1": "旧\n\njxmb：\n新", "D9": "另"}
    comments = members(new)[COMMENTS].decode()
    assert comments.index("某人") < comments.index("jxmb")
    assert 'ref="A1" authorId="0"' in comments and 'ref="D9" authorId="1"' in comments
    assert members(new)[SHEET] == members(data)[SHEET]
    assert members(new)[DRAWING].count(b'ObjectType="Note"') == 2


THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
OFFICE = "http://schemas.microsoft.com/office/2017/10/relationships"


def talked(*on: str) -> bytes:
    """The form with a conversation on cells, as Excel writes it beside the comments."""
    data = xlsx.annotate(form(written("二公里")), [Comment(0, "旧")])
    said = "".join(
        f'<threadedComment ref="{cell}" dT="2024-01-01T00:00:00.00" personId="{{P}}" id="{{{cell}}}"><text>问</text>'
        f'</threadedComment><threadedComment ref="{cell}" personId="{{P}}" id="{{B}}" parentId="{{{cell}}}"><text>答</text>'
        "</threadedComment>"
        for cell in on
    )
    kept = members(data)
    own, main = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
    for name, type, part in ((own, "threadedComment", "threads/a.xml"), (main, "person", "p.xml")):
        one = f'<Relationship Id="x" Type="{OFFICE}/{type}" Target="/xl/{part}"/></Relationships>'
        kept[name] = kept[name].replace(b"</Relationships>", one.encode())
    people = f'<personList xmlns="{THREADS}"><person displayName="某人" id="{{P}}"/></personList>'
    return packed(
        {
            **kept,
            "xl/threads/a.xml": f'<ThreadedComments xmlns="{THREADS}">{said}</ThreadedComments>',
            "xl/p.xml": people,
        }
    )


def test_a_conversation_is_answered():
    data = talked("A1", "B3")
    new = members(xlsx.annotate(data, [Comment(0, "新\n<行>")]))
    thread = minidom.parseString(new["xl/threads/a.xml"])
    *_, last = every = thread.getElementsByTagName("threadedComment")
    assert len(every) == 5 and last.getAttribute("ref") == "A1"
    assert last.getAttribute("parentId") == "{A1}" and len(last.getAttribute("id")) == 38
    assert last.getElementsByTagName("text")[0].firstChild.data == "新\n<行>"
    someone, own = minidom.parseString(new["xl/p.xml"]).getElementsByTagName("person")
    assert own.getAttribute("displayName") == "jxmb" and someone.getAttribute("id") == "{P}"
    assert own.getAttribute("id") == last.getAttribute("personId")
    assert said(packed(new))["A1"].endswith("新\n<行>")
    twice = members(xlsx.annotate(packed(new), [Comment(0, "再")]))
    answers = minidom.parseString(twice["xl/threads/a.xml"]).getElementsByTagName("threadedComment")
    assert len({one.getAttribute("id") for one in answers[-2:]}) == 2
    assert twice["xl/p.xml"] == new["xl/p.xml"]
    untouched = members(xlsx.annotate(talked("C9"), [Comment(0, "新")]))
    assert untouched["xl/p.xml"] == members(data)["xl/p.xml"]


def test_each_sheet_has_its_own_comments():
    data = book({"甲": sheet(FORM), "乙": sheet(FORM)})
    text = xlsx.read(data, "a").text
    new = xlsx.annotate(data, [Comment(text.rindex("改造步道"), "后"), Comment(0, "前")])
    assert said(new) == {"A1": "前"}
    assert said(new, "xl/comments2.xml") == {"C9": "后"}


def test_the_drawing_has_its_place_among_the_elements():
    behind = (
        '<pageMargins left="1"/><drawing r:id="d"/><tableParts count="0"/><extLst><ext/></extLst>'
    )
    data = form(written("二公里"), part={"behind": behind})
    new = members(xlsx.annotate(data, [Comment(0, "注")]))[SHEET].decode()
    assert new.index("<drawing") < new.index("<legacyDrawing") < new.index("<tableParts")


def test_comments_of_a_changed_workbook_are_read_by_the_door():
    data = form(written("二公里"))
    assert documents.annotate("xlsx", data, [Comment(0, "注")]) != data
    done = documents.write("xlsx", data, [replace(xlsx.read(data, "a").text, "二公里", "2公里")])
    assert done.data != data
