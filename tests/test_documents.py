"""Documents: an invented format shows all that a module of a document's format has to offer."""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from click.testing import CliRunner
from tests.shapes import schema, strict

from jxmb import api, check, convert, documents, parse, tables
from jxmb.cli import main
from jxmb.documents import Change, Comment, Kind, Refused, Written
from jxmb.model.repairs import Kind as RepairKind
from jxmb.report.json import build
from jxmb.source import Declared, Inside, Source, Span
from jxmb.source.decoding import Undecodable

MAGIC = b"GRID"
COLUMNS = "ABCDE"


def write(cells: list[dict[str, object]]) -> bytes:
    """A file of the invented format."""
    return MAGIC + json.dumps(cells).encode()


def read(data: bytes, shown: str) -> Source:
    """A sheet as text: a row a line, cells between tabs, pieces of a cell between vertical tabs."""
    text, starts, found = "", [], []
    for cell in json.loads(data[len(MAGIC) :]):
        while len(starts) <= cell["row"]:
            text += "\n" if starts else ""
            starts.append(len(text))
        if len(text) > starts[-1]:
            text += "\t"
        found.append((cell, len(text)))
        text += cell["text"].replace("\n", "\v")
    rows = tuple(
        Declared(
            _pieces(start, cell["text"]),
            table=0,
            row=cell["row"],
            column=cell["column"],
            width=cell.get("width", 1),
            down=cell.get("down", 1),
        )
        for cell, start in found
    )
    insides = tuple((start, _inside(cell)) for cell, start in found)
    return Source(text, shown, document="grid", rows=rows, insides=insides)


def _pieces(start: int, text: str) -> tuple[tuple[int, int], ...]:
    ends = [start + at for at, one in enumerate(text) if one == "\n"]
    return tuple(zip([start, *(end + 1 for end in ends)], [*ends, start + len(text)], strict=True))


def _inside(cell: dict[str, int]) -> Inside:
    name = f"{COLUMNS[cell['column']]}{cell['row'] + 1}"
    return Inside(f"表1!{name}", f"Sheet1!{name}", sheet="Sheet1", cell=name)


@pytest.fixture(autouse=True)
def grid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented format among the documents."""
    module = ModuleType("tests.grid")
    module.read = read
    monkeypatch.setitem(sys.modules, "tests.grid", module)
    monkeypatch.setitem(documents.DOCUMENTS, "grid", Kind("网格", "a grid", "tests.grid"))
    monkeypatch.setattr(documents, "STARTS", (*documents.STARTS, (MAGIC, "grid")))


def sheet(*rows: tuple[str, ...]) -> list[dict[str, object]]:
    """Cells of rows."""
    return [
        {"row": at, "column": column, "text": text}
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


FORM = [
    {"row": 0, "column": 0, "width": 5, "text": "项目支出绩效目标表"},
    {"row": 1, "column": 0, "width": 5, "text": "（2024年度）"},
    *(
        {"row": at, "column": column, "text": text}
        for at, row in enumerate(
            (
                ("项目名称", "滨河步道改造"),
                ("主管部门", "河港区园林局", "实施单位", "河港区\n园林站"),
                ("一级指标", "二级指标", "三级指标", "指标值"),
            ),
            2,
        )
        for column, text in enumerate(row)
    ),
    {"row": 5, "column": 0, "down": 2, "text": "产出指标"},
    {"row": 5, "column": 1, "text": "数量指标"},
    {"row": 5, "column": 2, "text": "改造步道"},
    {"row": 5, "column": 3, "text": "》 2公里"},
    {"row": 6, "column": 1, "text": "质量指标"},
    {"row": 6, "column": 2, "text": "验收合格率"},
    {"row": 6, "column": 3, "text": "100%"},
]


def test_the_format_that_accepts_the_bytes_reads_them(tmp_path: Path):
    source = documents.open(write(FORM), "a.grid")
    assert (source.document, source.path) == ("grid", "a.grid")
    assert documents.open("项目名称".encode()).document == ""
    file = tmp_path / "a.txt"
    file.write_bytes(write(FORM))
    assert documents.read(file).document == "grid"


def test_declared_cells_are_rows_as_they_stand():
    rows = list(tables.read(documents.open(write(FORM))))
    assert {row.dialect for row in rows} == {"given"}
    wrapped = rows[3].cells[3]
    assert (wrapped.text, [span.text for span in wrapped.spans]) == (
        "河港区园林站",
        ["河港区", "园林站"],
    )
    assert [(cell.text, cell.column, cell.carried) for cell in rows[6].cells][:2] == [
        ("产出指标", 0, True),
        ("质量指标", 1, False),
    ]
    assert rows[0].cells[0].width == 5


def test_text_between_declared_cells_stays_text():
    cells = (Declared(((6, 10),), 0, 0, 0), Declared(((11, 12),), 0, 0, 1))
    source = Source("通知如下：\n项目名称\t甲\n此致", "a.grid", document="grid", rows=cells)
    assert [row.dialect for row in tables.read(source)] == ["line", "given", "line"]


def test_blank_cells_and_blank_rows_are_no_rows():
    cells = sheet(("", ""), ("项目名称", ""), ("", ""), ("主管部门", "甲局"))
    rows = list(tables.read(documents.open(write(cells))))
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["项目名称", ""],
        ["主管部门", "甲局"],
    ]


def test_a_document_is_read_as_its_table_says():
    (project,) = parse(documents.open(write(FORM))).projects
    assert project.implementer.value == "河港区园林站"
    assert [one.where for one in project.indicators] == [
        ("产出指标", "数量指标", "改造步道"),
        ("产出指标", "质量指标", "验收合格率"),
    ]


def test_places_inside_reach_findings_and_records():
    source = documents.open(write(FORM), "a.grid")
    (hit,) = [one for one in check(source) if one.code == "JX301"]
    assert hit.place.inside == Inside("表1!D6", "Sheet1!D6", sheet="Sheet1", cell="D6")
    assert build(hit)["at"] == {
        "zh": "表1!D6",
        "en": "Sheet1!D6",
        "sheet": "Sheet1",
        "cell": "D6",
    }
    assert source.inside(len(source.text)) == Inside(
        "表1!D7", "Sheet1!D7", sheet="Sheet1", cell="D7"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["full", "concise"])
def test_people_are_told_the_place_inside(tmp_path: Path, lang: str, form: str):
    file = tmp_path / "目标表.grid"
    file.write_bytes(write(FORM))
    said = CliRunner().invoke(main, ["check", str(file), "--format", form, "--lang", lang]).output
    assert f"{file}:{'表1' if lang == 'zh' else 'Sheet1'}!D6" in said
    assert f"{file}:6:" not in said


def test_sources_of_records_have_the_place_inside(tmp_path: Path):
    file = tmp_path / "a.grid"
    file.write_bytes(write(FORM))
    done = CliRunner().invoke(main, ["convert", str(file), "--with-source"])
    (form,) = json.loads(done.stdout)["documents"][0]["forms"]
    assert form["sources"]["project_name"]["at"]["cell"] == "B3"


def test_text_has_no_place_inside():
    source = documents.open("》 12次".encode())
    assert source.inside(0) is None
    assert Span(source, 0, 1).place.numbers()["at"] is None


def test_a_document_of_a_format_that_takes_no_edits_stays_as_it_is():
    source = documents.open(write(FORM), "a.grid")
    (hit,) = [one for one in check(source) if one.code == "JX301"]
    assert hit.changes == ()
    assert not api.fix(source).changed


def test_the_text_of_a_document_reads_to_the_same_records(tmp_path: Path):
    file = tmp_path / "a.grid"
    file.write_bytes(write(FORM))
    done = CliRunner().invoke(main, ["convert", str(file), "--to", "text"])
    assert done.exit_code == 0 and done.stdout_bytes.decode() == documents.read(file).text + "\n"
    assert "河港区\v园林站" in done.stdout
    (wanted,) = convert(file)["documents"][0]["forms"]
    assert convert(done.stdout)["documents"][0]["forms"] == [wanted]


def test_the_text_goes_to_a_file_of_that_kind(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(write(FORM))
    CliRunner().invoke(main, ["convert", str(tmp_path / "in"), "-o", str(tmp_path / "all.txt")])
    CliRunner().invoke(
        main, ["convert", str(tmp_path / "in"), "--to", "text", "-o", f"{tmp_path}/out/"]
    )
    one, other = (tmp_path / "all.txt").read_bytes(), (tmp_path / "out" / "a.txt").read_bytes()
    assert one == other and "项目名称\t滨河步道改造\n".encode() in one


def rewrite(data: bytes, changes: list[Change]) -> Written:
    """The invented format with changes in; rows of numbers are not touched."""
    cells, source = json.loads(data[len(MAGIC) :]), read(data, "-")
    refused = []
    for change in reversed(changes):
        at = max(at for at, one in enumerate(source.rows) if one.start <= change.start)
        first, old = source.rows[at].start, cells[at]["text"]
        if "公里" in old:
            refused.append(Refused(change, "单元格由公式计算", "a formula"))
            continue
        cells[at]["text"] = old[: change.start - first] + change.text + old[change.end - first :]
    return Written(write(cells), tuple(refused))


@pytest.fixture
def editable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented format takes edits."""
    monkeypatch.setattr(sys.modules["tests.grid"], "write", rewrite, raising=False)


ROWS = [dict(cell) for cell in FORM]
ROWS += sheet(*[()] * 7, ("", "时效指标", "开工及时率", "》95%"))


def test_fixes_go_back_into_the_document_and_what_it_refuses_is_said(
    tmp_path: Path, editable: None
):
    file = tmp_path / "a.grid"
    file.write_bytes(write(ROWS))
    shown = CliRunner().invoke(main, ["check", str(file), "--fix", "--select=JX301", "--diff"])
    assert "-时效指标\t开工及时率\t》95%" in shown.stdout
    assert "+时效指标\t开工及时率\t≥95%" in shown.stdout
    assert file.read_bytes() == write(ROWS)
    done = CliRunner().invoke(
        main, ["check", str(file), "--fix", "--select=JX301", "--format=json", "--lang=zh"]
    )
    assert f"{file}:表1!D6：未自动修改：单元格由公式计算。" in done.stderr
    shape = json.loads(done.stdout)
    jsonschema.validate(shape, strict(schema("jxmb.report", "findings.schema.json")))
    ((made,), (left,)) = (shape["applied"], shape["refused"])
    assert (made["before"], made["after"], made["at"]["cell"]) == ("》", "≥", "D8")
    assert (left["at"]["cell"], left["reason_en"]) == ("D6", "a formula")
    summary = shape["summary"]
    assert (summary["fixed"], summary["unedited"]) == (1, 1)
    texts = [cell["text"] for cell in json.loads(file.read_bytes()[len(MAGIC) :])]
    assert "≥95%" in texts and "》 2公里" in texts
    again = CliRunner().invoke(main, ["check", str(file), "--fix", "--select=JX301"])
    assert "》" in again.stdout and file.read_bytes() == write(
        [cell | {"text": text} for cell, text in zip(ROWS, texts, strict=True)]
    )


def test_a_program_gets_the_bytes_of_the_mended_document(tmp_path: Path, editable: None):
    file = tmp_path / "a.grid"
    file.write_bytes(write(ROWS))
    done = api.fix(file)
    assert "≥95%" in done.text and "≥95%" in documents.open(done.data).text
    assert {one.why.en for one in done.left} == {"a formula"}
    assert not api.fix(documents.read(file)).changed


def remark(data: bytes, comments: list[Comment]) -> bytes:
    """The invented format with comments in its cells."""
    cells, source = json.loads(data[len(MAGIC) :]), read(data, "-")
    for one in comments:
        at = max(at for at, row in enumerate(source.rows) if row.start <= one.offset)
        cells[at].setdefault("comments", []).append(one.text)
    return write(cells)


def test_copies_have_the_findings_as_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.modules["tests.grid"], "annotate", remark, raising=False)
    folder, out = tmp_path / "in", tmp_path / "in" / "out"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.txt", "sub/a.txt"):
        (folder / name).write_bytes(write(FORM))
    (folder / "b.txt").write_text("项目名称\t甲\n", encoding="utf-8")
    call = ["check", str(folder), "--select=JX301,JX002", "--show=info", "--annotate", str(out)]
    first = CliRunner().invoke(main, [*call, "--lang=zh"])
    assert first.exit_code == 1 and f"{folder / 'b.txt'}：未写批注副本" in first.stderr
    copies = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert copies == ["a.txt", "sub/a.txt"] and f"{out}：已写入批注副本 2 份。" in first.stderr
    cells = json.loads((out / "a.txt").read_bytes()[len(MAGIC) :])
    ((cell, (comment,)),) = ((one["text"], one["comments"]) for one in cells if "comments" in one)
    assert cell == "》 2公里"
    assert comment.startswith("JX301 比较符错误\n") and "\n怎么改：" in comment
    assert (folder / "a.txt").read_bytes() == write(FORM)
    again = CliRunner().invoke(main, [*call, "--lang=zh"])
    assert again.stdout == first.stdout and len(list(out.rglob("*.txt"))) == 2


def test_what_takes_no_comments_or_would_be_replaced_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "a.txt"
    file.write_bytes(write(FORM))
    call = ["check", str(file), "--select=JX301", "--annotate"]
    done = CliRunner().invoke(main, [*call, str(tmp_path / "out")])
    assert done.exit_code == 2 and not (tmp_path / "out").exists()
    monkeypatch.setattr(sys.modules["tests.grid"], "annotate", remark, raising=False)
    done = CliRunner().invoke(main, [*call, str(tmp_path)])
    assert done.exit_code == 2 and file.read_bytes() == write(FORM)


def declared(*parts: str | list[tuple[str, ...]]) -> Source:
    """A document of paragraphs and tables."""
    text, cells, table = "", [], 0
    for part in parts:
        if isinstance(part, str):
            text += part + "\n"
            continue
        for number, row in enumerate(part):
            for column, said in enumerate(row):
                text += "\t" if column else ""
                cells.append(Declared(((len(text), len(text) + len(said)),), table, number, column))
                text += said
            text += "\n"
        table += 1
    return Source(text, "a", document="grid", rows=tuple(cells))


OWN = [
    ("项目名称", "滨河步道改造", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "改造步道", "≥2公里"),
]


@pytest.mark.parametrize(
    ("behind", "own"),
    [
        (["支出明细如下：", [("类别", "数额"), ("工资", "20")]], False),
        (["采购明细", [("名称", "数量", "单价", "说明"), ("钢板", "20", "3", "4")]], False),
        (["支出测算", "钢板\t20"], False),
        ([[("", "质量指标", "验收合格率", "100%")]], True),
        (["续表", [("", "质量", "验收合格率", "100%")]], True),
        ([[("", "", "验收合格率", "100%")]], True),
    ],
    ids=["a table", "other heads", "a line with tabs", "level", "short level", "no text between"],
)
def test_text_and_a_table_without_a_label_end_a_form(behind, own):
    (project,) = parse(declared("项目支出绩效目标表", OWN, *behind)).projects
    names = [one.name.text for one in project.indicators if one.name is not None]
    assert names == ["改造步道"] + ["验收合格率"] * own


@pytest.mark.parametrize("mark", ["续表", "（续表）", "接上页", "续上表"])
def test_what_says_that_a_table_goes_on_is_no_row_that_fell_out_of_it(mark):
    (project,) = parse(
        declared("项目支出绩效目标表", OWN, mark, [("", "质量指标", "验收合格率", "100%")])
    ).projects
    assert len(project.indicators) == 2
    assert [one.kind for one in project.repairs] == [RepairKind.STRAY]


@pytest.mark.parametrize("mark", ["（续）", "（续1）", "(续表)", "【续二】"])
def test_a_title_that_says_that_its_form_goes_on_opens_none(mark):
    more = [OWN[1], ("", "质量指标", "验收合格率", "100%")]
    (project,) = parse(
        declared("项目支出绩效目标表", OWN, "项目支出绩效目标表" + mark, more)
    ).projects
    assert [one.level2.value for one in project.indicators] == ["数量指标", "质量指标"]


FOOT = [
    ("备注", "无"),
    ("说明", "按季度监测"),
    ("其他需要说明的问题", "本项目跨年实施"),
]


@pytest.mark.parametrize("remark", FOOT)
def test_a_remark_below_the_indicators_is_none(remark):
    (project,) = parse(declared("项目支出绩效目标表", [*OWN, (*remark, "", "")])).projects
    assert [one.name.text for one in project.indicators] == ["改造步道"]


def test_a_column_of_remarks_stays_one():
    heads = ("二级指标", "三级指标", "指标值", "备注")
    rows = [("数量指标", "改造步道", "≥2公里", ""), ("", "备注栏更新", "3次", "按季")]
    (project,) = parse(declared("项目支出绩效目标表", [OWN[0], heads, *rows])).projects
    assert [one.name.text for one in project.indicators] == ["改造步道", "备注栏更新"]


def test_a_word_between_the_dates_of_a_period_may_have_a_cell_of_its_own():
    dates = ("项目起止时间", "2025年3月", "至", "2025年11月")
    (project,) = parse(declared("项目支出绩效目标表", [OWN[0], dates, *OWN[1:]])).projects
    assert project.period.value is not None
    assert (project.period.value.start.month, project.period.value.end.month) == (3, 11)


def test_who_carries_a_project_out_comes_before_who_fills_the_form_in():
    offices = ("主管部门", "某县水务局", "实施单位", "某县排水所")
    form = [OWN[0], offices, *OWN[1:]]
    (project,) = parse(declared("项目支出绩效目标表", "填报单位：某县水务局", form)).projects
    assert (project.department.text, project.implementer.text) == ("某县水务局", "某县排水所")
    (project,) = parse(declared("项目支出绩效目标表", "填报单位：某县水务局", OWN)).projects
    assert project.implementer.text == "某县水务局"


OLD = {"doc": ("doc2docx", "msdoc2docx"), "xls": ("xlrd", "xlrd")}  # with the package that reads it


def old(kind: str) -> bytes:
    """A form in an old format of Office."""
    return (Path(__file__).parent / "data" / "documents" / f"form.{kind}").read_bytes()


@pytest.mark.parametrize("kind", OLD)
def test_an_old_document_without_its_package_is_missing(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported, installed = OLD[kind]
    monkeypatch.delitem(sys.modules, documents.DOCUMENTS[kind].module, raising=False)
    monkeypatch.setitem(sys.modules, imported, None)
    with pytest.raises(documents.Missing, match=f"pip install {installed}"):
        documents.open(old(kind), f"a.{kind}")


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", OLD)
def test_a_damaged_old_document_is_read_or_refused(kind: str, seed: int) -> None:
    chance, data = random.Random(seed), bytearray(old(kind))
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    try:
        found = documents.open(bytes(data), f"a.{kind}")
    except documents.Unread as error:
        assert error.zh and error.en
    else:
        assert found.document == kind


def test_a_zip_that_asks_for_a_later_version_is_said_to_be_unreadable() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    data = bytearray(packed.getvalue())
    data[data.index(b"PK\x01\x02") + 6] = 196  # the version that is needed to unpack: 19.6

    with pytest.raises(Undecodable):
        documents.open(bytes(data), "form.docx")
