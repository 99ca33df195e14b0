"""Records as they leave the program: the shape, exact numbers, and what a spreadsheet must not run."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import jsonschema
import pandas
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shapes import schema, strict
from tests.workbooks import Sheet, sheets

from jxmb import reader
from jxmb.cli import main
from jxmb.export import FILES, FOLDERS, FORMATS, Forms, Out, load, tables
from jxmb.export.csv import cell
from jxmb.export.encode import compact, number, pretty
from jxmb.source import Source
from jxmb.visible import UNSAFE

SAMPLES = Path(__file__).parent.parent / "samples"
FORM = """\
项目支出绩效目标表 (2023年)

项目名称\t校园维修
主管部门\t教育局\t实施单位\t
项目资金 (万元)\t年度预算\t1154.680
\t其中：财政拨款\t1,154.68万元
\t其他资金\t
年度目标\t修好三所学校的屋顶
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t备注
\t产出指标\t数量指标\t维修面积\t≥ 1200.5平方米\t=1+1
\t\t质量指标\t验收合格率\t@合格\t
\t满意度指标\t服务对象满意度指标\t师生满意度\t》 90%\t-5
"""


def forms(text: str = FORM, path: str = "form.txt") -> Source:
    return Source(text, path)


def written(name: str, *texts: Source, sources: bool = False, one: bool = False) -> str:
    out = io.StringIO()
    module = load(name)
    documents = [
        Forms(
            text.path,
            text.encoding,
            [module.build(form, text, sources) for form in reader.parse(text)],
        )
        for text in texts
    ]
    if one:
        module.write_one(documents[0], Out(out))
    else:
        module.write(documents, Out(out))
    return out.getvalue()


def exact(text: str) -> dict:
    return json.loads(text, parse_float=Decimal)


@pytest.fixture(scope="module")
def record() -> dict:
    return exact(written("json", forms()))["documents"][0]["forms"][0]


# --- the shape


SCHEMA = schema("jxmb.export", "records.schema.json")


@pytest.mark.parametrize("sources", [False, True])
def test_samples_are_as_the_schema_says_and_nothing_more(sources):
    text = (SAMPLES / "forms-2022.txt").read_bytes().decode("utf-8")
    shape = json.loads(written("json", forms(text), sources=sources))
    jsonschema.validate(shape, strict(SCHEMA))
    assert len(shape["documents"][0]["forms"]) == 17


def test_one_document_and_one_line_have_a_schema_of_their_own():
    document = json.loads(written("json", forms(), one=True))
    lines = [json.loads(line) for line in written("jsonl", forms()).splitlines()]
    for name, shape in (("document", document), ("line", lines[0])):
        jsonschema.validate(shape, {**SCHEMA, "$ref": f"#/$defs/{name}"} | {"required": []})
    assert document["version"] == 1
    assert document["forms"][0].items() <= lines[0].items()


def test_lines_hold_the_same_records_as_the_document(record):
    line = exact(written("jsonl", forms()).rstrip("\n"))
    assert line == {"version": 1, "path": "form.txt", "encoding": "utf-8", **record}


def test_no_file_at_all_is_still_a_document():
    assert json.loads(written("json")) == {"version": 1, "documents": []}


def test_a_file_without_a_form_is_still_a_document():
    shape = json.loads(written("json", forms("今天开会"), forms("也开会", "b.txt")))
    assert [one["forms"] for one in shape["documents"]] == [[], []]


# --- what fields say


def test_absent_is_null_and_blank_is_empty(record):
    assert record["nature"] is None
    assert record["period"] is None
    assert record["implementer"] == ""
    other = record["funding"]["rows"][2]
    assert (other["raw"], other["amount"]) == ("", None)


def test_amounts_are_exactly_what_was_read(record):
    assert record["funding"]["fiscal"] == Decimal("1154.68")
    assert record["funding"]["rows"][0]["raw"] == "1154.680"
    assert '"fiscal": 1154.68,' in written("json", forms())


def test_a_garbled_sign_is_read_and_said_to_be_inferred(record):
    last = record["indicators"][-1]
    assert last["target"]["sign"] == "≥"
    assert last["target"]["raw"] == "》 90%"
    assert "sign" in last["inferred"]


def test_levels_are_canonical_names(record):
    assert [(one["level1"], one["level2"]) for one in record["indicators"]] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]


def test_other_columns_are_kept_under_their_header(record):
    assert [one["extra"].get("备注") for one in record["indicators"]] == ["=1+1", None, "-5"]


def test_sources_point_at_what_stands_in_the_file():
    lines = FORM.splitlines()
    shape = json.loads(written("json", forms(), sources=True))["documents"][0]["forms"][0]
    objects = [shape, shape["funding"], *shape["funding"]["rows"], *shape["indicators"]]
    places = [place for one in objects for place in one["sources"].values()]
    assert len(places) > 20
    for place in places:
        line = lines[place["line"] - 1]
        assert line[place["column"] - 1 : place["end_column"] - 1] == place["raw"]


# --- numbers


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
@settings(max_examples=200)
def test_a_number_is_json_and_exactly_the_same_value(value):
    read = json.loads(number(value), parse_float=Decimal, parse_int=Decimal)
    assert read == value


@pytest.mark.parametrize(
    ("value", "text"),
    [("5", "5"), ("1.10", "1.1"), ("-0", "0"), ("0.00", "0"), ("1E+3", "1000"), ("-2.50", "-2.5")],
)
def test_a_number_is_written_short(value, text):
    assert number(Decimal(value)) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=200)
def test_encoding_is_json_and_sends_no_control_to_a_terminal(value):
    for text in (compact(value), pretty(value)):
        assert json.loads(text) == value
        assert not UNSAFE.search(text.replace("\n", ""))


# --- CSV


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_one_indicator_a_row(record):
    found = rows(written("csv", forms()))
    assert [row["indicator_name"] for row in found] == ["维修面积", "验收合格率", "师生满意度"]
    assert {row["project_name"] for row in found} == {"校园维修"}
    assert found[0]["target_number"] == "1200.5"
    assert found[0]["funding_total"] == "1154.68"


def test_a_form_without_indicators_is_not_lost():
    head = "\n".join(FORM.splitlines()[:8])
    found = rows(written("csv", forms(head)))
    assert [row["project_name"] for row in found] == ["校园维修"]


def test_one_header_for_many_files():
    found = rows(written("csv", forms(), forms(path="b.txt")))
    assert [row["path"] for row in found] == ["form.txt"] * 3 + ["b.txt"] * 3


@pytest.mark.parametrize("start", list("'=+-@\t\r＝＋－＠"))
def test_no_cell_is_a_formula(start):
    assert cell(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("text", ["-5", "+3.2", "≥5", "5-6", "招商"])
def test_plain_cells_stay_as_they_are(text):
    assert cell(text) == text


def test_every_format_writes_without_holding_all_forms():
    """Each form is written before the next one is asked for."""
    text = FORM * 3
    for name in FORMATS.keys() - {"text"} - FILES - FOLDERS:
        out = io.StringIO()
        sizes = []
        source, module = Source(text), load(name)

        def watched(out=out, sizes=sizes, source=source, module=module):
            for project in reader.parse(source):
                sizes.append(out.tell())
                yield module.build(project, source)

        module.write([Forms("a.txt", "utf-8", watched())], Out(out))
        assert len(sizes) == 3
        assert sizes[0] < sizes[1] < sizes[2] < out.tell()


# --- workbooks


def book(tmp_path: Path, text: str, *args: str) -> dict[str, Sheet]:
    (tmp_path / "form.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "records.xlsx"
    result = CliRunner().invoke(
        main, ["convert", str(tmp_path / "form.txt"), "--isolated", "-o", str(out), *args]
    )
    assert result.exit_code == 0, result.output
    return sheets(out)


def test_a_workbook_has_the_values_of_csv_and_numbers_are_numbers(tmp_path):
    tables = book(tmp_path, FORM * 2)
    assert list(tables) == ["forms", "indicators", "findings"]
    one, two, _ = (
        [dict(zip(table.rows[0], row, strict=True)) for row in table.rows[1:]]
        for table in tables.values()
    )
    path = str(tmp_path / "form.txt")
    rows = list(csv.DictReader(io.StringIO(written("csv", forms(FORM * 2, path)).lstrip("\ufeff"))))
    assert len(one) == 2 and [row["indicators"] for row in one] == [3, 3]
    assert len(two) == len(rows) == 6
    for row, flat in zip(two, rows, strict=True):
        both = row.keys() & flat.keys()
        assert len(both) > 15
        for name in both:
            value = row[name]
            if isinstance(value, float):
                assert Decimal(flat[name]) == Decimal(str(value))
            else:
                assert (value or "") == flat[name].removeprefix("'")
        assert isinstance(row["line"], float) and isinstance(row["target_number"], float | None)
    assert 1200.5 in [row["target_number"] for row in two]
    for table in tables.values():
        assert table.find("autoFilter").get("ref", "").startswith("A1:")
        assert table.find("pane").get("ySplit") == "1"


def test_a_number_that_a_cell_would_round_is_text(tmp_path):
    text = FORM.replace("1200.5", "1234567890123456.5")
    head, *rows = book(tmp_path, text)["indicators"].rows
    assert "1234567890123456.5" in [row[head.index("target_number")] for row in rows]


@pytest.mark.parametrize("said", ["=1+1", "+1", "@SUM(A1)", "http://a.b/", "_x0041_"])
def test_hostile_text_is_text_in_a_workbook(tmp_path, said):
    head, row = book(tmp_path, FORM.replace("修好三所学校的屋顶", said))["forms"].rows
    assert row[head.index("goal")] == said


def test_a_workbook_goes_to_a_file_only(tmp_path):
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    result = CliRunner().invoke(main, ["convert", str(tmp_path / "form.txt"), "--to", "xlsx"])
    assert result.exit_code == 2 and result.stdout == ""
    assert "xlsx 格式只能写入文件" in result.stderr and result.stderr.count("\n") == 1


def test_a_folder_has_a_workbook_an_input(tmp_path):
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    out = tmp_path / "out"
    args = ["convert", str(tmp_path / "form.txt"), "--isolated", "--to", "xlsx", "-o", f"{out}/"]
    assert CliRunner().invoke(main, args).exit_code == 0
    assert len(sheets(out / "form.xlsx")["forms"].rows) == 2


def test_the_workbook_of_an_earlier_run_is_no_input(tmp_path):
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    for _ in range(2):
        args = ["convert", str(tmp_path), "--isolated", "-o", str(tmp_path / "records.xlsx")]
        result = CliRunner().invoke(main, args)
        assert (result.exit_code, result.stderr) == (0, "")


# --- tables in a folder


def folder(tmp_path: Path, to: str, *args: str, text: str = FORM) -> Path:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    out = tmp_path / "out"
    result = CliRunner().invoke(
        main, ["convert", *paths, "--isolated", "--to", to, "-o", f"{out}/", *args]
    )
    assert (result.exit_code, result.stderr) == (0, "")
    return out


def table(path: Path) -> list[dict[str, str]]:
    return rows(path.read_bytes().decode("utf-8"))


def test_csv_in_a_folder_is_a_file_a_table(tmp_path):
    out = folder(tmp_path, "csv")
    assert sorted(path.name for path in out.iterdir()) == ["forms.csv", "indicators.csv"]
    forms, indicators = table(out / "forms.csv"), table(out / "indicators.csv")
    assert [row["indicators"] for row in forms] == ["3", "3"]
    wide = rows(written("csv", *(Source(FORM, row["path"]) for row in forms)))
    for flat, row in zip(wide, indicators, strict=True):
        (form,) = (one for one in forms if one["path"] == row["path"])
        assert {**form, **row}.items() >= flat.items()


def test_heads_are_in_the_language_that_is_asked_for(tmp_path):
    english = folder(tmp_path, "csv")
    before = [table(english / name) for name in ("forms.csv", "indicators.csv")]
    chinese = folder(tmp_path, "csv", "--heads", "zh")
    after = [table(chinese / name) for name in ("forms.csv", "indicators.csv")]
    for one, other in zip(before, after, strict=True):
        assert [list(row.values()) for row in one] == [list(row.values()) for row in other]
        assert all(not name.isascii() for name in other[0])
    assert after[0][0]["项目名称"] == "校园维修"
    assert after[1][0]["三级指标"] == "维修面积" and after[1][0]["指标值"] == "≥ 1200.5平方米"


def test_every_column_has_a_head_of_its_own():
    for columns in (tables.FORMS, tables.INDICATORS, tables.FINDINGS):
        said = tables.heads(columns, "zh")
        assert len(set(said)) == len(said) and tables.heads(columns, "en") == list(columns)
    wide = (*tables.FORM_COLUMNS, *tables.INDICATOR_COLUMNS)
    assert len(set(tables.heads(wide, "zh"))) == len(wide)


def test_heads_are_refused_where_there_are_none(tmp_path):
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    result = CliRunner().invoke(main, ["convert", str(tmp_path / "form.txt"), "--heads", "zh"])
    assert result.exit_code == 2 and "json 格式不支持 --heads" in result.stderr


def test_findings_stand_in_the_workbook(tmp_path):
    sheet = book(tmp_path, FORM, "--heads", "zh")["问题"]
    head, *found = sheet.rows
    by_code = {row[head.index("规则")]: dict(zip(head, row, strict=True)) for row in found}
    assert by_code["JX301"]["位置"] == "12:24" and by_code["JX301"]["级别"] == "error"
    assert "“》”" in by_code["JX301"]["问题"] and by_code["JX301"]["修改"] == "safe"
    assert all(row[head.index("建议")] for row in found)


TYPED = FORM.replace("年度目标", "项目起止时间\t2024年2月\t2024年\n年度目标")


def test_parquet_is_read_by_duckdb_with_its_types(tmp_path):
    out = folder(tmp_path, "parquet", text=TYPED)
    forms, indicators = (str(out / f"{name}.parquet") for name in ("forms", "indicators"))
    base = duckdb.connect()
    row = base.sql(
        f"select funding_total, period_start, period_end, period_precision, fields, funding_rows from '{forms}'"
    ).fetchall()[0]
    assert row[:4] == (Decimal("1154.68"), date(2024, 2, 1), date(2024, 12, 31), "year")
    assert row[5][1]["label"] == "其中：财政拨款" and row[5][1]["amount"] == Decimal("1154.68")
    base.execute("set autoinstall_known_extensions = false")
    summed = base.sql(
        f"""select sum(i.target.number), count(*), list(distinct f.project_name)
        from '{indicators}' i join '{forms}' f using (path, line) where i.level1 = '产出指标'"""
    ).fetchall()[0]
    assert summed == (Decimal("2401"), 4, ["校园维修"])


def test_parquet_is_read_by_pandas_and_holds_the_records(tmp_path):
    out = folder(tmp_path, "parquet")
    whole = pandas.read_parquet(out / "forms.parquet")
    indicators = pandas.read_parquet(out / "indicators.parquet")
    path = str(tmp_path / "a.txt")
    record = exact(written("json", forms(path=path)))["documents"][0]["forms"][0]
    first = whole[whole.path == path].iloc[0]
    for name in ("title", "year", "line", "policy", "project_name", "department", "goal"):
        assert first[name] == record[name]
    mine = indicators[indicators.path == path]
    assert list(mine.name) == [one["name"] for one in record["indicators"]]
    for row, one in zip(mine.target, record["indicators"], strict=True):
        for name in ("raw", "kind", "sign", "number", "unit", "text"):
            assert row[name] == one["target"][name]
    assert [dict(one) for one in mine.extra] == [one["extra"] for one in record["indicators"]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1200.5", Decimal("1200.5")),
        ("0.00000000001", None),  # more figures than a column holds: the text says it
        ("9" * 28, Decimal("9" * 28)),
        ("9" * 29, None),
    ],
)
def test_a_figure_that_no_column_holds_is_null_beside_its_text(tmp_path, written, read):
    out = folder(tmp_path, "parquet", text=FORM.replace("1200.5", written))
    found = pandas.read_parquet(out / "indicators.parquet").target[0]
    assert found["number"] == read and found["raw"] == f"≥ {written}平方米"


def test_parquet_goes_to_a_folder_only(tmp_path):
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    for args in (["--to", "parquet"], ["-o", str(tmp_path / "a.parquet")]):
        result = CliRunner().invoke(main, ["convert", str(tmp_path / "form.txt"), *args])
        assert result.exit_code == 2 and "-o 应为文件夹" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["form.txt"]


def test_tables_of_an_earlier_run_are_no_input(tmp_path):
    for to in ("csv", "parquet"):
        for heads in ([], ["--heads", "zh"] if to == "csv" else []):
            first = folder(tmp_path, to, *heads)
            held = {path.name: path.read_bytes() for path in first.iterdir()}
            args = ["convert", str(tmp_path), "--isolated", "--to", to, "-o", f"{first}/", *heads]
            result = CliRunner().invoke(main, args)
            assert (result.exit_code, result.stderr) == (0, f"jxmb: 未读取：{first}。\n")
            assert {path.name for path in first.iterdir()} == held.keys()
