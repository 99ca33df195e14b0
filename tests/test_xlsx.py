"""Excel workbooks are read as Excel shows them."""

import random
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from tests.documents import xlsx as make
from tests.documents.xlsx import FORM, MERGES, book, formula, number, rich, shared, sheet, written

from jxmb import check, convert, documents
from jxmb.documents.excel import areas, sheets
from jxmb.documents.limits import LIMITS, SENTENCES
from jxmb.source import Source
from jxmb.source.decoding import Undecodable


def text(*cells, **options) -> str:
    """What the cells of one row say."""
    return documents.open(book({"甲": sheet([cells])}, **options)).text.rstrip("\n")


def names(source: Source) -> list[list[str]]:
    """The names of indicators, form by form."""
    found = convert(source)["documents"][0]["forms"]
    return [[one["name"] for one in form["indicators"]] for form in found]


INDICATORS = ["改造步道", "验收合格率", "居民满意度"]


def changed(at: tuple[int, int], cell) -> list[list]:
    """The form with another cell at a row and column, from 0."""
    rows = [list(row) for row in FORM]
    rows[at[0]] += [None] * (at[1] + 1 - len(rows[at[0]]))
    rows[at[0]][at[1]] = cell
    return rows


def test_a_form_is_read_as_it_stands():
    source = documents.open(book({"Sheet1": sheet(FORM, MERGES)}), "目标表.xlsx")
    assert (source.document, source.path, source.notes) == ("xlsx", "目标表.xlsx", ())
    assert names(source) == [INDICATORS]
    assert {one.table for one in source.rows} == {0}
    title = source.rows[0]
    assert (title.column, title.width, title.down) == (0, 4, 1)
    level = next(one for one in source.rows if source.text[one.start : one.end] == "产出指标")
    assert (level.row, level.width, level.down) == (8, 1, 2)


def test_strings_may_stand_anywhere():
    strings = ["<t>甲</t>", make.runs_of("乙", "丙") + "<rPh><t>yi</t></rPh>"]
    assert text(shared(0), shared(1), rich("丁", "戊"), strings=strings) == "甲\t乙丙\t丁戊"
    assert text(formula('"己"', "己", "str"), formula("1=1", "1", "b")) == "己\tTRUE"
    assert text(written("上_x000D_\n下_x000B__x0009_右")) == "上\v下  右"


def test_numbers_and_dates_follow_their_styles():
    formats = ['"≥"0%', 'yyyy"年"m"月"', '@"整"']
    cells = (number("0.95", 1), number("43466", 2), number("0.1"), written("百万", 3))
    assert text(*cells, formats=formats) == "≥95%\t2019年1月\t0.1\t百万整"
    since = '<workbookPr date1904="1"/>'
    assert text(number("42004", 2), formats=formats, properties=since) == "2019年1月"

    def dated(at: str) -> str:
        return f'<c r="{at}" s="2" t="d"><v>2019-01-01T00:00:00</v></c>'

    assert text(dated, formats=formats) == "2019年1月"


@pytest.mark.parametrize(
    ("start", "end", "fires"),
    [
        (number("45306", 1), number("45641", 1), False),
        ("2024.1.15", "2024.12.15", True),
        (number("45306", 1), "2024.12.15", True),
    ],
)
def test_date_cells_are_not_loosely_written(start, end, fires):
    rows = [*FORM[:3], ["项目起止时间", start, end], *FORM[3:]]
    data = book({"表": sheet(rows)}, formats=["yyyy.m.d"])
    source = documents.open(data, "a.xlsx")
    assert "2024.1.15\t2024.12.15" in source.text
    assert ("JX625" in {one.code for one in check(source)}) == fires


@pytest.mark.parametrize(
    ("cell", "formats", "codes"),
    [
        (number("80", 1), ['0.00"万元"'], set()),
        ("80万元", [], {"JX603"}),
        (number("800000", 1), ['0"元"'], {"JX603"}),
        (number("1280", 1), ["#,##0.00"], set()),
        ("1,280", [], {"JX605"}),
        (lambda at: f'<c r="{at}" s="1"><f>1200+80</f></c>', ["#,##0.00"], set()),
    ],
)
def test_nobody_wrote_what_the_format_of_a_number_shows(cell, formats, codes):
    data = book({"表": sheet(changed((4, 2), cell))}, formats=formats)
    found = {one.code for one in check(documents.open(data, "a.xlsx"))}
    assert found & {"JX603", "JX605"} == codes


def test_a_formula_without_result_is_blank_and_noted():
    rows = changed((4, 2), formula("C6+C7"))
    rows[5][2] = formula("C9", "#REF!", "e")
    source = documents.open(book({"表": sheet(rows, MERGES)}))
    assert [(one.kind, one.what) for one in source.notes] == [
        ("formula", "=C6+C7"),
        ("formula", "#REF!"),
    ]
    assert [source.inside(one.offset).cell for one in source.notes] == ["C5", "C6"]
    solved = changed((4, 2), formula("C6+C7", "80"))
    assert not documents.open(book({"表": sheet(solved, MERGES)})).notes
    assert not documents.open(book({"表": sheet(changed((4, 2), formula('""', "", "str")))})).notes


def test_formulas_alone_in_the_last_column_are_noted():
    def follower(at: str) -> str:
        return f'<c r="{at}"><f t="shared" si="0"/></c>'

    rows = [
        ["项目名称", "步道"],
        ["资金总额", None, formula("B3+B4")],
        ["其他资金", None, follower],
    ]
    source = documents.open(book({"表": sheet([*FORM[:2], *rows, *FORM[7:]])}))
    assert [(one.kind, one.what) for one in source.notes] == [
        ("formula", "=B3+B4"),
        ("formula", ""),
    ]
    found = [one.message.zh for one in check(source) if one.code == "JX007"]
    assert found == ["公式“=B3+B4”没有计算结果", "公式没有计算结果"]


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("A2+B2", "3750.5"),
        ("$A$2-B2*2%", "2474.99"),
        ("SUM(A2:D2)", "3750.5"),
        ("sum(A2:B2, 10)/2", "1880.25"),
        ("ROUND(B2/7,1)", "178.6"),
        ("-(B2+A2)", "-3750.5"),
        ('"≥"&A2&C2', "≥2500个"),
        ('TEXT(A2/B2,"0.0%")&""', "199.9%"),
        ("D2+0.5", "12.5"),
        ("F2+0", "0"),
        ("E2+1", "3751.5"),
        ("A2+C2", ""),
        ("A2/F2", ""),
        ("B1+A2", ""),
        ("IF(A2>1,1,0)", ""),
        ("测算!A2", ""),
        ("A2:B2", ""),
        ("SUM(A2", ""),
        ("SUM(A2)A2", ""),
        ("SUM(A:A)", ""),
        ("ROUND(A2)", ""),
        ("A2*", ""),
        ("A2^2", ""),
        ("ZZZ1+1", ""),
        ("(" * 500 + "1" + ")" * 500, ""),
        ("1" + "*1E300" * 3, ""),
    ],
)
def test_what_a_formula_without_result_gives(code, result):
    row = [number("2500"), number("1250.5", 1), "个", "12", formula("A2+B2")]
    rows = [["甲", formula("B1+1")], row, ["乙", formula(code)]]
    source = documents.open(book({"甲": sheet(rows)}, formats=["#,##0.00"]))
    assert source.text.split("\n")[1:] == [
        "2500\t1,250.50\t个\t12\t3750.5",
        f"乙\t{result}".rstrip("\t"),
        "",
    ]


def test_the_result_of_a_formula_stands_in_the_format_of_its_cell():
    def total(at: str) -> str:
        return f'<c r="{at}" s="1"><f>C6+C7</f></c>'

    rows = [*changed((4, 2), total)[:6], [None, "其他资金", number("1234.5")], *FORM[6:]]
    rows[5][2] = number("2000.25")
    source = documents.open(book({"表": sheet(rows)}, formats=["#,##0.0"]))
    form = convert(source)["documents"][0]["forms"][0]
    assert form["funding"]["total"] == Decimal("3234.8")
    (found,) = [one for one in check(source) if one.code == "JX007"]
    assert found.message.zh == "公式“=C6+C7”没有计算结果，按公式算得“3,234.8”"
    assert found.message.en == "Formula `=C6+C7` without result, worked out as `3,234.8`"


def test_formulas_that_ask_for_each_other_end():
    ring = [[formula("B1"), formula("A1")]]
    chain = [[number("1")], *([formula(f"A{at}*2")] for at in range(1, 200))]
    doubled = [["字" * 30_000], *([formula(f"A{at}&A{at}")] for at in range(1, 30))]
    many = [[number("1")], *([formula("SUM(A1:A900)")] for _ in range(20))]
    wide = [[formula("SUM(A2:XFD1048576)")]]
    for rows in (ring, chain, doubled, many, wide):
        source = documents.open(book({"甲": sheet(rows)}))
        assert len(source.text) < 31_000


@pytest.mark.parametrize(
    ("cell", "code"), [((4, 2), "JX206"), ((5, 2), "JX601"), ((8, 3), "JX222")]
)
def test_what_a_formula_leaves_blank_is_nobodys_omission(cell, code):
    rows = [*FORM[:6], [None, "其他资金", "0"], *FORM[6:]]
    row, column = cell[0] + (cell[0] > 5), cell[1]

    def codes(value):
        changed = [list(one) for one in rows]
        changed[row][column] = value
        return {one.code for one in check(documents.open(book({"表": sheet(changed)}), "a.xlsx"))}

    assert code in codes(None) and "JX007" not in codes(None)
    assert code not in codes(formula("B9", "#REF!", "e"))
    assert "JX007" in codes(formula("B9", "#REF!", "e"))


def test_raised_figures_are_powers():
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>4</t></r>'
    strings = (f"<r><t>10</t></r>{raised}<r><t>m2</t></r>",)
    assert text("项目名称", shared(0), strings=strings) == "项目名称\t10⁴m2"


def test_merged_cells_say_what_their_first_says():
    rows = changed((2, 3), "盖住")
    source = documents.open(book({"表": sheet(rows, MERGES)}))
    assert "盖住" not in source.text


def test_of_merges_that_overlap_the_first_counts():
    source = documents.open(book({"表": sheet(FORM, [*MERGES, "B1:C3", "A1:XFD1048576"])}))
    assert names(source) == [INDICATORS]


def test_hidden_sheets_rows_and_columns_are_left_out():
    states = {"旧表": "hidden", "选项": "veryHidden"}
    parts = {
        "新表": sheet(FORM, MERGES),
        "旧表": sheet(FORM),
        "选项": sheet([["产出指标"], ["效益指标"]]),
    }
    source = documents.open(book(parts, states=states))
    assert names(source) == [INDICATORS]
    assert [(one.kind, one.what) for one in source.notes] == [("hidden", "旧表")]


def test_hidden_rows_of_a_form_are_noted():
    source = documents.open(book({"表 1": sheet(FORM, MERGES, hidden={10})}))
    assert names(source) == [["改造步道", "居民满意度"]]
    assert [one.what for one in source.notes] == ["'表 1'!10:10"]


def test_what_may_be_hidden_is_not_called_missing():
    def missing(**hides):
        data = book(
            {"旧": sheet(FORM), "表": sheet(FORM, MERGES, **hides)}, states={"旧": "hidden"}
        )
        return {one.severity for one in check(documents.open(data)) if one.code == "JX215"}

    assert not missing()
    assert missing(hidden={10}) == {"info"}
    without = [one for one in FORM if one[1:2] != ["质量指标"]]
    data = book({"旧": sheet(FORM), "表": sheet(without)}, states={"旧": "hidden"})
    (one,) = [one for one in check(documents.open(data)) if one.code == "JX215"]
    assert one.severity == "warning"  # nothing of this form is hidden


def test_a_form_may_be_hidden_as_a_whole():
    every = '<cols><col min="1" max="16384" hidden="1"/></cols>'
    for part in (sheet(FORM, hidden=set(range(1, 20))), sheet(FORM, before=every)):
        source = documents.open(book({"表": part}))
        assert (source.text, {one.kind for one in source.notes}) == ("", {"hidden"})


@pytest.mark.parametrize(
    ("column", "said", "notes"),
    [(2, "备注", []), (2, "三级指标", ["表!C:C"])],
    ids=["aside", "own"],
)
def test_hidden_columns_are_noted_where_they_hold_a_label(column, said, notes):
    rows = [[*row[:column], None, *row[column:]] for row in FORM]
    rows[7][column] = said
    hidden = '<cols><col min="3" max="3" hidden="1"/></cols>'
    source = documents.open(book({"表": sheet(rows, before=hidden)}))
    assert names(source) == [INDICATORS]
    assert [one.what for one in source.notes] == notes


def test_a_merged_cell_stays_where_some_of_its_rows_are_shown():
    source = documents.open(book({"表": sheet(FORM, MERGES, hidden={9})}))
    (form,) = convert(source)["documents"][0]["forms"]
    first = form["indicators"][0]
    assert (first["level1"], first["name"]) == ("产出指标", "验收合格率")


def test_forms_side_by_side_come_one_after_another():
    wide = [[*row, *[None] * (5 - len(row)), *row] for row in FORM]
    source = documents.open(book({"表": sheet(wide)}))
    assert names(source) == [INDICATORS, INDICATORS]
    assert {one.table for one in source.rows} == {0, 1}
    assert source.inside(source.text.rindex("验收合格率")).cell == "H10"


def test_a_blank_column_within_a_form_cuts_nothing():
    rows = [[*row[:3], None, *row[3:]] for row in FORM]
    assert names(documents.open(book({"表": sheet(rows)}))) == [INDICATORS]


def test_what_has_no_label_of_a_form_stays_text():
    aside = [["人数", number("10")], ["标准", number("0.2")]]
    source = documents.open(book({"表": sheet(FORM, MERGES), "测算": sheet(aside)}))
    assert source.text.endswith("\n\n人数\t10\n标准\t0.2\n")
    assert names(source) == [INDICATORS]
    assert source.inside(len(source.text) - 2).sheet == "测算"
    beside = [[*row, *[None] * (6 - len(row)), "测算", "10"] for row in FORM]
    assert names(documents.open(book({"表": sheet(beside, MERGES)}))) == [INDICATORS]


def test_many_rows_without_a_label_are_no_form():
    rows = [*FORM, [], *([str(at), "1", "2", "3"] for at in range(400))]
    source = documents.open(book({"表": sheet(rows, MERGES)}))
    assert names(source) == [INDICATORS]
    assert "399\t1\t2\t3" in source.text


def test_a_cell_at_the_end_of_a_sheet_is_no_wide_table():
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>注</t></is></c></row>'
    part = sheet(FORM, MERGES).replace("</sheetData>", far + "</sheetData>")
    source = documents.open(book({"表": part}))
    assert names(source) == [INDICATORS]
    assert (len(source.rows) < 100, "注" in source.text) == (True, True)


def test_rows_and_cells_may_be_without_addresses():
    part = sheet(FORM)
    for row in range(1, len(FORM) + 1):
        part = part.replace(f' r="{row}"', "")
        for column in "ABCD":
            part = part.replace(f' r="{column}{row}"', "")
    source = documents.open(book({"表": part}))
    assert "项目名称\t滨河步道改造" in source.text
    assert source.inside(source.text.index("滨河步道")).cell == "B3"


@pytest.mark.parametrize(
    ("name", "wanted"),
    {
        **{"Sheet1": "Sheet1", "目标表": "目标表", "a_b.c": "a_b.c", "2024年": "'2024年'"},
        **{"甲 乙": "'甲 乙'", "it's": "'it''s'", "A1": "'A1'", "R1C1": "'R1C1'", "表-1": "'表-1'"},
    }.items(),
)
def test_places_are_called_as_in_excel(name, wanted):
    source = documents.open(book({name: sheet(changed((8, 3), "》 2公里"), MERGES)}), "a.xlsx")
    (hit,) = [one for one in check(source) if one.code == "JX301"]
    inside = hit.place.inside
    assert (inside.zh, inside.en) == (f"{wanted}!D9", f"{wanted}!D9")
    assert (inside.sheet, inside.cell) == (name, "D9")


def test_columns_have_letters():
    assert [sheets.letters(one) for one in (0, 25, 26, 701, 702, 16383)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]


def test_the_same_form_gives_the_same_findings_as_text():
    rows = changed((8, 3), "》 2公里")
    source = documents.open(book({"表": sheet(rows, MERGES)}))
    plain = Source(source.text)
    assert [one.code for one in check(source)] == [one.code for one in check(plain)]


REFUSED = {
    "a row beyond the last": sheet([["甲"]]).replace('r="A1" s', 'r="A1048577" s'),
    "a column beyond the last": sheet([["甲"]]).replace('r="A1" s', 'r="XFE1" s'),
    "no address": sheet([["甲"]]).replace('r="A1" s', 'r="甲" s'),
    "no such string": sheet([[shared(7)]]),
    "a document type": '<!DOCTYPE a [<!ENTITY b "c">]>' + sheet([["甲"]]),
    "cut off": sheet([["甲"]])[:-20],
    "too many merges": sheet([["甲"]], [f"A{at}:B{at}" for at in range(1, LIMITS.merges + 2)]),
}


@pytest.mark.parametrize("part", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_one_sentence(part):
    with pytest.raises(Undecodable) as told:
        documents.open(book({"表": part}))
    assert told.value.zh and told.value.en and "\n" not in told.value.zh + told.value.en


def test_merges_all_over_a_sheet_are_placed_by_one_sweep():
    merges = [f"A{at}:XFD{at + 5000}" for at in range(1, LIMITS.merges + 1)]
    merges[0] = "A1:D1"
    source = documents.open(book({"表": sheet(FORM, merges)}))
    assert source.text == "项目支出绩效目标表\n（2024年度）\n"


MUTANTS = 300


def test_a_sheet_with_a_form_and_too_many_cells_is_refused_before_its_end(monkeypatch):
    monkeypatch.setattr(areas, "MOST", 40)
    numbers = [[number("1.5")] for _ in range(60)]
    for rows, wanted in (([*FORM, *numbers], "places"), (numbers, "damaged")):
        torn = sheet(rows).replace("</sheetData>", "</sheetDate>")
        with pytest.raises(Undecodable) as told:
            documents.open(book({"甲": torn}))
        assert told.value.zh.startswith(SENTENCES[wanted][0])


def test_mutants_are_read_or_refused():
    strings = ["<t>三级指标</t>"]
    rows = changed((7, 2), shared(0))
    rows[4][2] = formula("C6", "80")
    whole = book({"表": sheet(rows, MERGES), "乙": sheet(FORM)}, strings=strings, formats=["0%"])
    parts = {
        name: zipfile.ZipFile(BytesIO(whole)).read(name)
        for name in zipfile.ZipFile(BytesIO(whole)).namelist()
    }
    chance = random.Random(14)
    read = 0
    for _ in range(MUTANTS):
        name = chance.choice(list(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(part))
            part[at : at + chance.randint(0, 9)] = chance.choice(
                (b"", b"9", b'"', b"<", b"-1", b"A", part[:20], bytes([chance.randrange(256)]))
            )
        try:
            convert(documents.open(make.packed({**parts, name: bytes(part)})))
            read += 1
        except Undecodable as told:
            assert told.zh and told.en
    assert 0 < read < MUTANTS
