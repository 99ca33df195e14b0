"""PDF files: what they draw is read as the page shows it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.documents.pdf import cut, document, stroke, table, text, thin

from jxmb import documents, parse
from jxmb.cli import main
from jxmb.source import Source

WIDTHS = (90, 90, 170, 110)
HEAD = text(200, 60, "项目支出绩效目标表", 16) + text(250, 84, "（2024年度）")
FIELDS = [
    ("项目名称", "滨河步道改造", None, None),
    ("主管部门", "河港区园林局", "实施单位", "河港区园林站"),
    ("资金总额（万元）", "60", None, None),
    ("年度目标", "改造步道2公里。", None, None),
]
TABLE = [
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "改造步道长度", "≥2公里"),
    ("^", "质量指标", "验收合格率", "100%"),
]
REST = [
    ("效益指标", "社会效益指标", "服务居民人数", "≥3000人"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
]
INDICATORS = [
    ("产出指标", "数量指标", "改造步道长度", "≥2公里"),
    ("产出指标", "质量指标", "验收合格率", "100%"),
    ("效益指标", "社会效益指标", "服务居民人数", "≥3000人"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
]


def opened(data: bytes) -> Source:
    """A file as it is read."""
    return documents.open(data, "a.pdf")


def form(line=stroke, **look: float) -> str:
    """A page with a form."""
    return HEAD + table(60, 100, WIDTHS, FIELDS + TABLE + REST, line=line, **look)


def read(*pages: str, **about: str) -> list[tuple[str, ...]]:
    """The indicators of the only form."""
    (project,) = parse(opened(document(*pages, **about))).projects
    assert project.project_name.value == "滨河步道改造"
    return [(*one.where, one.target.text) for one in project.indicators]


def boxes(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line as one edge of a rectangle without filling, one point wide."""
    return f"{x0} {842 - y1} {max(x1 - x0, 1)} {max(y1 - y0, 1)} re S\n"


@pytest.mark.parametrize("line", [stroke, thin, boxes])
def test_cells_are_told_by_lines_however_they_are_drawn(line):
    assert read(form(line)) == INDICATORS


def test_the_size_of_a_font_may_stand_in_the_matrix_of_the_text():
    assert read(form(scale=0.05)) == read(form(scale=20)) == INDICATORS


def test_places_are_page_table_row_and_cell():
    source = opened(document(text(60, 60, "目录"), form()))
    first = source.inside(source.text.index("目录"))
    assert (first.zh, first.en) == ("第1页 第1行", "page 1 line 1")
    value = source.inside(source.text.index("≥2公里"))
    assert (value.zh, value.en) == ("第2页 表1 第6行 第4列", "page 2 table 1 row 6 column 4")
    below = source.inside(source.text.index("100%"))
    assert (below.row, below.column) == (7, 4)


@pytest.mark.parametrize("edges", [("", ""), ("bottom", "top")], ids=["closed", "open"])
def test_a_table_goes_on_over_a_page(edges):
    pages = (
        HEAD + table(60, 100, WIDTHS, FIELDS + TABLE, open_at=edges[0]) + text(290, 820, "- 1 -"),
        table(62, 40, WIDTHS, REST, open_at=edges[1]),
    )
    assert read(*pages) == INDICATORS
    source = opened(document(*pages))
    assert {one.table for one in source.rows} == {0}
    assert source.inside(source.text.index("≥90%")).zh == "第2页 表1 第2行 第4列"


def test_a_form_that_begins_on_the_next_page_is_another():
    found = parse(opened(document(form(), table(60, 40, WIDTHS, FIELDS + TABLE)))).projects
    assert [len(one.indicators) for one in found] == [4, 2]


def torn(*rest: str | None) -> list[str]:
    """The names of indicators where a row stands on two pages."""
    upper = [*FIELDS, *TABLE[:2], ("^", "质量指标", "步道路面平整度验", "100%")]
    lower = [rest, *REST]
    pages = HEAD + table(60, 100, WIDTHS, upper), table(60, 40, WIDTHS, lower)
    (project,) = parse(opened(document(*pages))).projects
    return [one.where[2] for one in project.indicators]


def test_a_row_that_a_page_tears_is_one():
    assert torn("", "", "收合格率", "")[1:3] == ["步道路面平整度验收合格率", "服务居民人数"]


def test_a_row_of_its_own_is_no_rest():
    assert torn("", "时效指标", "按期完工率", "100%")[1:3] == ["步道路面平整度验", "按期完工率"]


def test_characters_are_the_ones_that_are_meant():
    page = text(60, 60, "项⽬起止时间2022年-") + text(60, 74, "2023年，绩效目标与指标值⼀致")
    assert "项目起止时间2022年-" in opened(document(page)).text.split("\n")[0]
    assert "指标值一致" in opened(document(page)).text


def test_drawings_in_drawings_are_read():
    assert read("q 1 0 0 1 20 10 cm/X0 Do Q", form=form()) == INDICATORS


def test_the_paper_need_not_begin_at_nothing_and_what_is_off_it_is_not_read():
    shown = "q 1 0 0 1 500 300 cm\n" + form() + text(1000, 300, "页外文字") + "Q"
    page = document(shown, attributes="/MediaBox[500 300 1095 1142]")
    (project,) = parse(opened(page)).projects
    assert len(project.indicators) == 4
    assert "页外文字" not in opened(page).text


TURNED = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}


@pytest.mark.parametrize("turn", TURNED)
def test_a_page_is_turned_as_its_characters_are(turn):
    box = "" if turn == 180 else "/MediaBox[0 0 842 595]"
    assert read(f"q {TURNED[turn]} cm\n{form()}Q", attributes=box) == INDICATORS


def test_a_table_in_a_frame_is_that_table():
    frame = stroke(50, 40, 530, 40) + stroke(50, 400, 530, 400)
    sides = stroke(50, 40, 50, 400) + stroke(530, 40, 530, 400)
    assert read(form() + frame + sides) == INDICATORS
    assert read(form() + thin(60, 99, 520, 99) + thin(58, 99, 58, 290)) == INDICATORS


def test_columns_cut_off_by_the_paper_stand_beside_the_others():
    rows = [[cell or "" for cell in row] for row in FIELDS + TABLE + REST]
    pages = (
        HEAD + table(60, 100, WIDTHS[:2], [row[:2] for row in rows]),
        table(40, 100, WIDTHS[2:], [row[2:] for row in rows]),
    )
    assert read(*pages) == INDICATORS
    source = opened(document(*pages))
    assert source.inside(source.text.index("≥90%")).zh == "第2页 表1 第9行 第2列"


def test_columns_cut_off_behind_the_first_level_stand_beside_it_though_text_stands_below_it():
    rows = [[cell or "" for cell in row] for row in FIELDS + TABLE + REST]
    pages = (
        HEAD + table(60, 100, WIDTHS[:1], [row[:1] for row in rows]) + text(60, 320, "填表人：甲"),
        table(40, 100, WIDTHS[1:], [row[1:] for row in rows]),
    )
    assert read(*pages) == INDICATORS


def test_pages_printed_down_and_then_over_are_put_together():
    def halves(name: str) -> list[str]:
        own = [("项目名称", name, None, None), *FIELDS[1:], *TABLE, *REST]
        rows = [[cell or "" for cell in row] for row in own]
        return [
            table(40, 60, WIDTHS[columns], [row[columns] for row in rows])
            for columns in (slice(3), slice(3, 4))
        ]

    (left, right), (below, beyond) = halves("甲项目"), halves("乙项目")
    source = opened(document(left, below, right, beyond, text(60, 60, "编制说明")))
    found = parse(source).projects
    assert [one.project_name.text for one in found] == ["甲项目", "乙项目"]
    for project in found:
        assert [(*one.where, one.target.text) for one in project.indicators] == INDICATORS
    assert source.inside(source.text.rindex("≥90%")).zh == "第4页 表1 第9行 第1列"
    assert source.text.endswith("编制说明\n\f\n")


@pytest.mark.parametrize("after", [[], [text(60, 60, "编制说明")], [form()]])
def test_a_form_without_heads_of_targets_waits_in_vain(after):
    pages = table(40, 60, WIDTHS, FIELDS), table(40, 60, WIDTHS, TABLE + REST)
    first, *more = parse(opened(document(*pages, *after))).projects
    assert [(*one.where, one.target.text) for one in first.indicators] == INDICATORS
    assert len(more) == (after == [form()])


def test_forms_that_stand_side_by_side_go_on_so():
    widths, pages = [66, 66, 66, 66], ["", "", ""]
    for x, name in ((20, "甲"), (300, "乙")):
        torn = ("效益指", "社会效", "服务居", "≥3000人"), ("标", "益指标", "民人数", "")
        head = [["项目名称", name * 4, None, None], *TABLE, torn[0]]
        pages[0] += text(x + 60, 60, "项目支出绩效目标表") + table(x, 100, widths, head)
        second = torn[1], ("^", "可持续影响指标", "使用年限", "≥5年")
        pages[1] += table(x, 40, widths, second)
        pages[2] += table(x, 40, widths, REST[1:])
    source = opened(document(*(page + text(290, 820, "- 1 -") for page in pages)))
    found = parse(source).projects
    assert [one.project_name.text for one in found] == ["甲甲甲甲", "乙乙乙乙"]
    expected = [*INDICATORS[:3], ("效益指标", "可持续影响指标", "使用年限", "≥5年"), INDICATORS[3]]
    for project in found:
        rows = [(*one.where, one.target.text) for one in project.indicators]
        assert [one[:2] + one[3:] for one in rows] == [one[:2] + one[3:] for one in expected]
        assert rows[2][2] == "服务居民人数"


def test_titles_of_forms_that_stand_side_by_side_are_told_apart():
    widths = [60, 60, 60, 60]
    page = ""
    for x, name in ((20, "甲"), (300, "乙")):
        rows = [["项目名称", name * 4, None, None], *TABLE, *REST]
        page += text(x + 60, 60, "项目支出绩效目标表") + text(x + 90, 80, "（2024年度）")
        page += table(x, 100, widths, rows)
    found = parse(opened(document(page))).projects
    assert [one.project_name.text for one in found] == ["甲甲甲甲", "乙乙乙乙"]
    assert [one.title.text for one in found] == ["项目支出绩效目标表"] * 2
    assert [one.year.value for one in found] == [2024] * 2


def test_a_text_that_hangs_over_the_right_edge_of_its_table_stays_whole():
    rows = [["三级指标", "指标值"], ["新建雨水管道长度", ""]]
    drawn = table(60, 100, [120, 60], rows) + text(200, 134, "≥1268公里左右")
    assert "≥1268公里左右\n" in opened(document(drawn)).text


def test_a_text_that_the_edge_of_the_paper_cuts_is_read_once():
    rows = [[cell or "" for cell in row] for row in FIELDS + TABLE + REST]
    goal = "改造步道2公里，新建口袋公园12处。"

    def part(x: float, columns: slice, edges: tuple[float, ...], at: float) -> str:
        upper, lower = (
            table(x, y, WIDTHS[columns], [row[columns] for row in own])
            for y, own in ((100, rows[:3]), (180, rows[4:]))
        )
        walls = (stroke(edge, 160, edge, 180) for edge in edges)
        return upper + lower + text(at, 174, goal) + "".join(walls)

    left = HEAD + text(62, 174, "年度目标") + part(60, slice(0, 2), (60, 150), 152)
    source = opened(document(left, part(40, slice(2, 4), (320,), -48)))
    assert goal in source.text
    assert source.text.count("公园") == 1


@pytest.mark.parametrize("scale", [1, 0.05])
def test_a_text_that_its_cell_has_no_room_for_stays_in_it(scale):
    rows = [["项目名称", ""], ["年度目标", ""], ["一级指标", "指标值"]]
    drawn = table(60, 100, [80, 120], rows)
    long = text(142, 114, "滨河步道改造及绿化提升工程二期", 10, scale)
    low = [
        text(142, y, words, 10, scale)
        for y, words in ((122, "改造"), (133, "步道"), (145, "2公里"))
    ]
    drawn += cut(140, 100, 200, 120, long) + cut(140, 120, 200, 140, "".join(low))
    source = documents.open(document(drawn))
    assert (
        source.text
        == "项目名称\t滨河步道改造及绿化提升工程二期\n年度目标\t改造\v步道\v2公里\n一级指标\t指标值\n\n"
    )


def test_a_title_over_two_lines_is_one():
    page = text(90, 40, "河港区园林局二〇二四年度滨河步道与口袋公园改造提升项目", 16) + text(
        200, 64, "支出绩效目标表（试行）", 16
    )
    source = opened(document(page + table(60, 100, WIDTHS, FIELDS + TABLE)))
    assert "改造提升项目支出绩效目标表" in source.text.split("\n")[0]


def test_words_without_lines_stand_in_columns():
    words = [
        text(60 + sum(WIDTHS[:column]), 120 + 18 * at, cell)
        for at, row in enumerate(FIELDS + TABLE[:2] + [("", *TABLE[2][1:])] + REST)
        for column, cell in enumerate(row)
        if cell
    ]
    assert [one[2:] for one in read(HEAD + "".join(words))] == [one[2:] for one in INDICATORS]


def test_a_page_that_is_a_picture_is_named_and_a_blank_one_is_not():
    picture = "q 500 0 0 800 40 20 cm BI/W 1/H 1/CS/G/BPC 8 ID \x80 EI Q"
    source = opened(document(form(), picture, ""))
    assert [(one.kind, one.what) for one in source.notes] == [("unread-page", "2")]


def test_a_text_that_is_struck_out_is_left_out_and_told():
    source = opened(document(form() + text(60, 320, "作废") + stroke(60, 316.5, 80, 316.5)))
    assert "作废" not in source.text
    assert [one.kind for one in source.notes] == ["revision"]


def test_a_word_with_a_struck_text_in_it_is_one_word():
    source = opened(
        document(form() + text(60, 320, "新增作废旧物面积") + stroke(80, 316.5, 120, 316.5))
    )
    assert "新增面积" in source.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document("", trailer="/Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(b)/P 0>>"), "加密"),
        (b"%PDF-1.7\n1 0 obj\nendobj\n", "损坏"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data, said):
    with pytest.raises(documents.Unread, match=said):
        opened(data)


def mutants(sound: bytes, count: int) -> Iterator[bytes]:
    """A file with damages."""
    for seed in range(count):
        draw = random.Random(seed)
        data = bytearray(sound)
        for _ in range(draw.randint(1, 12)):
            at = draw.randrange(len(data))
            if draw.random() < 0.3:
                del data[at : at + draw.randint(1, 400)]
            else:
                data[at] = draw.choice(b"0123456789<>[]/ \x00\xff")
        yield bytes(data)


def test_damaged_files_give_a_sentence_or_a_text():
    for data in mutants(document(form(), form(thin)), 300):
        try:
            source = opened(data)
        except documents.Undecodable:
            continue
        assert all(0 <= one.start <= one.end <= len(source.text) for one in source.rows)
        parse(source)


def unread(source: Source) -> list[str]:
    """The pages that were not read, or not wholly."""
    return [one.what for one in source.notes if one.kind == "unread-page"]


def test_a_page_with_damaged_content_is_not_a_blank_one():
    sound = document(form(), packed=True)
    start = sound.rindex(b"stream\n", 0, sound.rindex(b"endstream")) + len("stream\n")
    content = range(start, sound.index(b"\nendstream", start))
    for seed in range(40):
        draw = random.Random(seed)
        data = bytearray(sound)
        for at in draw.sample(content, draw.randint(1, 12)):
            data[at] ^= draw.randint(1, 255)
        source = opened(bytes(data))
        assert unread(source) == ["1"], seed


def test_a_page_without_its_content_is_not_a_blank_one():
    data = document(form(), packed=True).replace(b"/Contents", b"/Kontents")
    assert unread(opened(data)) == ["1"]


@pytest.mark.parametrize("drawn", ["", "q Q", stroke(60, 60, 500, 60), text(60, 60, " ")])
@pytest.mark.parametrize("packed", [False, True])
def test_a_blank_page_is_no_damaged_one(drawn, packed):
    assert unread(opened(document(form(), drawn, packed=packed))) == []


def test_what_is_drawn_twice_to_look_bold_stands_once():
    twice = text(60, 320, "注：目标值", 10) + text(60.4, 320, "注：目标值", 10)
    assert opened(document(form() + twice)).text.count("注：目标值") == 1


def test_what_hangs_over_the_side_of_a_table_does_not_end_it():
    over = text(525, 250, "外")
    pages = HEAD + table(60, 100, WIDTHS, FIELDS + TABLE) + over, table(60, 40, WIDTHS, REST)
    assert read(*pages) == INDICATORS


def test_fields_beside_each_other_above_a_table_are_lines():
    above = text(60, 96, "部门名称：河港区园林局") + text(440, 96, "金额单位：万元")
    (project,) = parse(opened(document(form().replace(HEAD, HEAD + above)))).projects
    assert project.department.value == "河港区园林局"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "a.pdf:第1页 表1 第7行 第4列：未自动修改：这是 PDF 文件，不能写入修改"),
        ("en", "a.pdf:page 1 table 1 row 7 column 4: Not fixed: this is a PDF file"),
    ],
)
def test_what_would_be_fixed_is_refused_at_its_place(tmp_path, monkeypatch, lang, said):
    monkeypatch.chdir(tmp_path)
    rows = [*FIELDS, *TABLE[:2], ("^", "质量指标", "验收合格率", "》 98%"), *REST]
    data = document(HEAD + table(60, 100, WIDTHS, rows))
    Path("a.pdf").write_bytes(data)
    done = CliRunner().invoke(main, ["check", "--fix", "--lang", lang, "a.pdf"])
    assert said in done.stderr
    assert done.stderr.count("a.pdf") == 1
    assert Path("a.pdf").read_bytes() == data
    done = CliRunner().invoke(main, ["check", "--lang", lang, "a.pdf"])
    assert done.stderr == ""


def test_a_line_at_the_left_edge_does_not_go_on_a_centred_title() -> None:
    from jxmb.documents.page.paragraphs import Line, paragraphs

    def line(text: str, left: float, right: float, base: float) -> Line:
        return Line(1, 1, [(text, left, right)], [], base - 9, base, 9.0)

    title = line("特定目标类项目支出绩效目标表", 200.0, 400.0, 50.0)
    year = line("预算年度：2025", 40.0, 110.0, 66.0)

    found = paragraphs([title, year], 600.0)

    assert [one.text for one in found] == ["特定目标类项目支出绩效目标表", "预算年度：2025"]
