"""Word documents: what Word shows is read, with the places where it stands."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from tests.documents import docx as make
from tests.documents.docx import (
    box,
    field,
    form,
    gone,
    ins,
    listed,
    p,
    r,
    sdt,
    t,
    tbl,
    tc,
    tick,
    tr,
)

from jxmb import documents, parse
from jxmb.documents.limits import Limits
from jxmb.documents.ooxml import package
from jxmb.documents.ooxml.package import Package
from jxmb.documents.word.numbering import FORMS, Numbering
from jxmb.source import Source
from jxmb.source.decoding import Undecodable


def read(*blocks: str, **more) -> Source:
    """The document of these blocks, read."""
    return documents.open(make.docx(*blocks, **more), "a.docx")


def places(source: Source) -> dict[str, str]:
    """What stands at each place."""
    offsets = [offset for offset, _ in source.insides] + [len(source.text)]
    return {
        inside.zh: source.text[offset : offsets[at + 1]].strip("\n\t")
        for at, (offset, inside) in enumerate(source.insides)
    }


def records(source: Source) -> list[tuple[str | None, ...]]:
    """The indicators of the only form."""
    (project,) = parse(source).projects
    return [(*one.where, one.target.text) for one in project.indicators]


HIDE = "<w:vanish/>"
SYM = '<w:sym w:font="Symbol" w:char="F0B3"/>'
FORMULA = "<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>"
CHANGED = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"


def math(outer: str, **parts: str) -> str:
    """A formula of parts by name."""
    inner = "".join(
        f"<m:{one}><m:r><m:t>{said}</m:t></m:r></m:{one}>" for one, said in parts.items()
    )
    return f"<m:oMath>{outer.format(inner)}</m:oMath>"


# What a paragraph holds, and what is read of it.
SHOWN = {
    "runs": (p("改造", r("步道", "<w:b/>")), "改造步道"),
    "insertion": (p("改造", ins(r("步道"))), "改造步道"),
    "deletion": (p("改造", gone("旧"), "步道"), "改造步道"),
    "move": (p(f"<w:moveFrom>{r('旧')}</w:moveFrom>", f"<w:moveTo>{r('新')}</w:moveTo>"), "新"),
    "hidden": (p("改造", r("隐藏", HIDE), "步道"), "改造步道"),
    "not hidden": (p("改造", r("步道", '<w:vanish w:val="0"/>')), "改造步道"),
    "hidden before a tracked change": (p(r("步道", CHANGED)), "步道"),
    "hidden mark": (p("步道", look=f"<w:rPr>{HIDE}</w:rPr>"), "步道"),
    "field": (p(field("步道")), "步道"),
    "field in a field": (p(field("长", " IF " + "x"), field("步道")), "长步道"),
    "field without an end": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'), ""),
    "simple field": (p(f"<w:fldSimple>{r('步道')}</w:fldSimple>"), "步道"),
    "symbol": (p(r(SYM), "2公里"), "≥2公里"),
    "symbol as text": (p(r("\uf0b3", '<w:rFonts w:ascii="Symbol"/>'), "2公里"), "≥2公里"),
    "unknown symbol": (p(r('<w:sym w:font="其他" w:char="F0B3"/>')), "\uf0b3"),
    "no symbol": (p(r('<w:sym w:font="其他" w:char="?"/>'), "步道"), "步道"),
    "formula": (p(FORMULA, "90%"), "≥90%"),
    "fraction": (p(math("<m:f>{}</m:f>", num="1", den="2")), "1/2"),
    "power": (p(math("<m:sSup>{}</m:sSup>", e="10", sup="4"), "亩"), "10⁴亩"),
    "raised": (p("500m", r("2", '<w:vertAlign w:val="superscript"/>'), "以上"), "500m²以上"),
    "lowered": (p("CO", r("2", '<w:vertAlign w:val="subscript"/>')), "CO2"),
    "control": (p(sdt(r("步道"))), "步道"),
    "control that was not filled in": (p("甲", sdt(r("单击此处输入"), prompt=True), "乙"), "甲乙"),
    "control in one": (p(sdt(sdt(r("单击此处输入"), prompt=True) + r("步道"))), "步道"),
    "boxes": (p(tick(""), "新增", tick("<w:checked/>"), "延续"), "☐新增☑延续"),
    "box by default": (p(tick('<w:default w:val="1"/>')), "☑"),
    "box that is cleared": (p(tick('<w:default w:val="1"/><w:checked w:val="0"/>')), "☐"),
    "link": (p(f"<w:hyperlink>{r('步道')}</w:hyperlink>"), "步道"),
    "smart tag": (p(f"<w:smartTag>{r('步道')}</w:smartTag>"), "步道"),
    "hyphen": (p("2024", "<w:r><w:noBreakHyphen/></w:r>", "2025"), "2024-2025"),
    "tab": (p("甲", "<w:r><w:tab/></w:r>", "乙"), "甲\t乙"),
    "tab stop": (p("甲", look='<w:tabs><w:tab w:pos="1"/></w:tabs>'), "甲"),
    "break": (p("甲", "<w:r><w:br/></w:r>", "乙"), "甲\n乙"),
    "ruby": (
        p(f"<w:r><w:ruby><w:rt>{r('bu')}</w:rt><w:rubyBase>{r('步')}</w:rubyBase></w:ruby></w:r>"),
        "步",
    ),
    "deleted mark": (p("改造", look="<w:rPr><w:del/></w:rPr>") + p("步道"), "改造步道"),
    "blanks of the layout": ("<w:p><w:r><w:t>\n  步道\n </w:t></w:r></w:p>", "步道"),
    "blanks that count": (
        "<w:p><w:r><w:t xml:space='preserve'> 步\n道</w:t></w:r></w:p>",
        " 步 道",
    ),
    "text box": (p("下", box(p("上"))), "上\n下"),
    "only old alternative": (
        p(
            "<w:r><mc:AlternateContent><mc:Fallback>"
            + t("旧")
            + "</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        "旧",
    ),
}


@pytest.mark.parametrize(("paragraph", "shown"), SHOWN.values(), ids=SHOWN)
def test_paragraphs_say_what_word_shows(paragraph, shown):
    assert read(paragraph).text == (f"{shown}\n" if shown else "")


@pytest.mark.parametrize(("paragraph", "shown"), SHOWN.values(), ids=SHOWN)
def test_cells_say_what_word_shows(paragraph, shown):
    source = read(tbl(tr("名称", tc(paragraph))))
    assert source.text == "名称\t" + shown.replace("\t", " ").replace("\n", "\v") + "\n"
    assert [source.text[a:b] for a, b in source.rows[1].pieces] == shown.replace("\t", " ").split(
        "\n"
    )


def test_hidden_by_a_style():
    styles = (
        f'<w:styles {make.NAMES}><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="b"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>'
    )
    runs = [r(text, f'<w:rStyle w:val="{text}"/>') for text in "abc"]
    paragraph = p("段", look='<w:pStyle w:val="b"/>')
    assert read(p(*runs), paragraph, parts={"styles": styles}).text == "c\n"


def test_cells_of_a_table_are_declared():
    source = read(
        tbl(
            tr(tc("甲", down="restart"), tc("乙", width=2), "丙"),
            tr(tc(down=""), "丁", "戊", "己"),
            tr("庚", "辛", look='<w:gridBefore w:val="1"/>'),
            tr(
                tc("壬", down=""),
                tc("癸", look='<w:hMerge w:val="restart"/>'),
                tc("", look="<w:hMerge/>"),
            ),
        )
    )
    assert source.text == "甲\t乙\t\t丙\n\t丁\t戊\t己\n\t庚\t辛\n壬\t癸\n"
    assert [(one.row, one.column, one.width, one.down) for one in source.rows] == [
        *((0, 0, 1, 2), (0, 1, 2, 1), (0, 3, 1, 1)),
        *((1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1)),
        *((2, 1, 1, 1), (2, 2, 1, 1), (3, 0, 1, 1), (3, 1, 2, 1)),
    ]


def test_spans_end_with_the_table():
    source = read(tbl(tr(tc("甲", width=2_000_000_000)), tr("乙", "丙")))
    assert [one.width for one in source.rows] == [2, 1, 1]


def test_places_are_those_that_a_person_finds():
    source = read(
        p("甲"),
        p(""),
        p("乙", box(p("框"))),
        tbl(tr("丙", "丁"), tr(tc("戊", tbl(tr("己"))), "庚")),
        sdt(tbl(sdt(tr("辛")))),
    )
    assert places(source) == {
        "第1段": "甲",
        "文本框1": "框",
        "第3段": "乙",
        "表1 第1行 第1格": "丙",
        "表1 第1行 第2格": "丁",
        "表1 第2行 第1格": "戊",
        "表1 第2行 第2格": "庚",
        "表1 第2行 第1格 › 表1 第1行 第1格": "己",
        "表2 第1行 第1格": "辛",
    }
    (inside,) = [one for _, one in source.insides if one.zh == "表1 第1行 第2格"]
    assert (inside.en, inside.table, inside.row, inside.column) == ("table 1 row 1 cell 2", 1, 1, 2)


def test_a_table_of_one_cell_is_a_frame():
    inner = tbl(tr("甲", "乙"))
    source = read(tbl(tr(tc("题", inner, p("尾")))))
    assert source.text == "题\n甲\t乙\n尾\n"
    assert len(source.rows) == 2


def test_places_of_deep_tables_stay_short():
    block = p("底")
    for _ in range(40):
        block = tbl(tr(tc(block)))
    (inside,) = [one for _, one in read(block).insides]
    assert inside.zh.count("›") == 4 and len(inside.zh) < 80


def test_deleted_and_hidden_rows_are_left_out():
    source = read(
        tbl(
            tr("项目名称", "甲"),
            tr("旧", "一", look="<w:del/>"),
            tr("藏", "二", look="<w:hidden/>"),
            tr(tc(p(r("一级指标", HIDE))), tc(p(r("三", HIDE)))),
            tr("主管部门", "乙局"),
        )
    )
    assert source.text == "项目名称\t甲\n\t\n主管部门\t乙局\n"
    (note,) = [one for one in source.notes if one.kind == "hidden"]
    assert (note.count, note.what) == (2, "藏 二")
    assert [one.count for one in source.notes if one.kind == "revision"] == [1]
    assert "表1 第5行 第2格" in places(source)


def test_hidden_words_are_not_hidden_rows():
    assert not read(tbl(tr("项目名称", tc(p("甲", r("乙", HIDE)))))).notes
    assert not read(tbl(tr("收入", "甲", look="<w:hidden/>"), tr("支出", "乙"))).notes


def test_tracked_changes_are_counted_where_they_stand():
    source = read(
        p("甲"), tbl(tr("名称", tc(p(gone("旧"), ins(r("新") + r("的"))), p(ins(r("二"))))))
    )
    assert [(source.text[one.offset : one.end], one.count) for one in source.notes] == [
        ("新的", 2),
        ("二", 1),
    ]


def test_what_other_files_hold_is_noted_as_unread():
    source = read(
        p("甲"),
        '<w:altChunk r:id="a"/>',
        p('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        p('<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'),
    )
    assert [(one.kind, one.offset, one.what) for one in source.notes] == [
        ("unread-page", 2, "altChunk"),
        ("unread-page", 2, "Excel.Sheet.12"),
    ]


def test_a_document_of_pictures_is_noted_as_unread():
    picture = p('<w:r><w:drawing><a:blip r:embed="a"/></w:drawing></w:r>')
    assert [one.kind for one in read(picture).notes] == ["unread-page"]
    assert not read(picture, p("甲")).notes


def test_notes_stand_at_the_end():
    notes = make.part(
        "footnotes",
        f'<w:footnote w:type="separator">{p("线")}</w:footnote>',
        f'<w:footnote w:id="2">{p("注文")}</w:footnote>',
    )
    source = read(p("甲"), parts={"footnotes": notes})
    assert places(source) == {"第1段": "甲", "脚注1": "注文"}


def test_headers_are_read_where_the_body_has_no_title():
    parts = {"header1": make.part("hdr", p("项目支出绩效目标表"))}
    header = '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    source = read(p("甲"), header, parts=parts)
    assert places(source) == {"页眉": "项目支出绩效目标表", "第1段": "甲"}
    assert read(p("部门绩效目标表"), header, parts=parts).text == "部门绩效目标表\n"


def test_numbers_lead_their_paragraphs():
    levels = (("chineseCounting", "%1、"), ("decimal", "%1.%2"))
    source = read(
        p("甲", look=listed()),
        p("乙", look=listed(level=1)),
        p("丙", look=listed(level=1)),
        p("", look=listed()),
        p("丁", look=listed()),
        p("戊", look=listed(level=1)),
        p("己", look=listed(2)),
        parts={"numbering": make.numbering(*levels)},
    )
    assert source.text.split() == [
        "一、甲",
        "一.1乙",
        "一.2丙",
        "二、",
        "三、丁",
        "三.1戊",
        "五、己",
    ]


def test_numbers_by_style_and_bullets():
    styles = f'<w:styles {make.NAMES}><w:style w:styleId="a"><w:pPr>{listed()}</w:pPr></w:style></w:styles>'
    style = '<w:pStyle w:val="a"/>'
    for format, text in (("decimal", "指标1：甲"), ("bullet", "甲")):
        parts = {"numbering": make.numbering((format, "指标%1：")), "styles": styles}
        assert read(p("甲", look=style), parts=parts).text == f"{text}\n"


WRITTEN = {
    "chineseCounting": "一 十 十一 二十 一百〇五 一千〇一十",
    "chineseLegalSimplified": "壹 拾 拾壹 贰拾 壹佰〇伍 壹仟〇壹拾",
    "ideographDigital": "一 一〇 一一 二〇 一〇五 一〇一〇",
    "decimalEnclosedCircle": "① ⑩ ⑪ ⑳ 105 1010",
    "upperRoman": "I X XI XX CV MX",
    "lowerLetter": "a j k t aaaaa " + "v" * 39,
    "decimalFullWidth": "１ １０ １１ ２０ １０５ １０１０",
}


@pytest.mark.parametrize(("format", "written"), WRITTEN.items(), ids=WRITTEN)
def test_numbers_are_written_as_word_does(format, written):
    assert " ".join(FORMS[format](one) for one in (1, 10, 11, 20, 105, 1010)) == written


def test_strict_documents_are_read_alike():
    names = make.NAMES.replace(make.W, make.STRICT)
    assert read(*form(), names=names).text == read(*form()).text


# Ways to write one cell of a form that say the same.
SAME = {
    "two runs": p(r("≥"), r("2公里", "<w:b/>")),
    "symbol": p(r(SYM), "2公里"),
    "formula": p(FORMULA.replace("≥", "≥"), "2公里"),
    "field": p(field("≥2公里")),
    "tracked": p("≥", gone("3"), ins(r("2")), "公里"),
    "hidden": p("≥", r("三", HIDE), "2公里"),
    "control": sdt(p("≥2公里")),
}


@pytest.mark.parametrize("cell", SAME.values(), ids=SAME)
def test_a_form_reads_the_same_however_word_wrote_it(cell):
    assert records(read(*form(cell))) == records(read(*form()))
    assert records(read(*form()))[0] == ("产出指标", "数量指标", "改造步道", "≥2公里")


def test_the_text_of_a_document_reads_to_the_same_records():
    source = read(*form())
    assert records(Source(source.text.replace("\v", ""))) == records(source)


def test_a_framed_form_is_a_form():
    assert records(read(tbl(tr(tc(*form()))))) == records(read(*form()))


@pytest.mark.parametrize("between", [(), ("",)], ids=["touching", "apart"])
def test_forms_side_by_side_are_forms(between):
    source = read(tbl(tr(tc(*form()), *between, tc(*form("≥5公里", "改造栈道")))))
    first, second = parse(source).projects
    assert (first.title.text, first.year.value) == (second.title.text, second.year.value)
    assert [first.indicators[0].name.text, second.indicators[0].name.text] == [
        "改造步道",
        "改造栈道",
    ]


# What is refused, with a part of the sentence.
def bomb() -> bytes:
    return make.docx(p("甲" * 5_000_000))


REFUSED = {
    "entities": (
        lambda: make.packed({"document": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "DTD",
    ),
    "deep": (lambda: make.docx("<w:sdt>" * 500 + "</w:sdt>" * 500), "嵌套"),
    "bomb": (bomb, "压缩率"),
    "no XML": (lambda: make.packed({"document": "甲"}), "损坏"),
    "no document": (lambda: make.packed({"documents": "<a/>"}), "损坏"),
    "unknown encoding": (
        lambda: make.packed({"document": "<?xml version='1.0' encoding='x'?><a/>"}),
        "损坏",
    ),
    "cut": (lambda: make.docx(*form())[:900], "不完整"),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_hostile_documents_are_refused_with_a_sentence(data, sentence):
    with pytest.raises(Undecodable, match=sentence):
        documents.open(data(), "a.docx")


@pytest.mark.parametrize("limit", ["members", "member", "total", "text", "places"])
def test_limits_are_counted(monkeypatch, limit):
    monkeypatch.setattr(package, "LIMITS", Limits(**{limit: 3}))
    for module in ("word.body", "rendition"):
        monkeypatch.setattr(f"jxmb.documents.{module}.LIMITS", Limits(**{limit: 3}))
    with pytest.raises(Undecodable) as refused:
        documents.open(make.docx(*form()), "a.docx")
    assert refused.value.zh and refused.value.en


def test_sizes_are_counted_not_believed():
    data = make.docx(p("甲" * 5_000_000))
    directory = data.rindex(b"PK\x01\x02")
    lying = data[: directory + 24] + (10).to_bytes(4, "little") + data[directory + 28 :]
    with pytest.raises(Undecodable):
        documents.open(lying, "a.docx")


def test_nothing_outside_the_package_is_a_part():
    rels = (
        '<Relationships><Relationship Id="a" Type="x/header" Target="http://a.cn/b.xml" TargetMode="External"/>'
        '<Relationship Id="b" Type="x/styles" Target="../../../etc/passwd"/></Relationships>'
    )
    found = Package(make.packed({"_rels/document.xml": rels, "document": "<a/>"}))
    assert found.part("etc/passwd") == b""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/_rels/document.xml.rels", rels)
    relations = Package(data.getvalue()).relations("word/document.xml")
    assert {id: one.part for id, one in relations.items()} == {"b": "etc/passwd"}


def test_lists_of_a_missing_part_have_no_numbers():
    assert Numbering(Package(make.docx()), "word/numbering.xml").text("1", 0) == ""


MUTANTS = 300


def mutant(data: bytes, seed: int) -> bytes:
    """A damaged document: cut, bits turned, a piece of the file or of a part moved or lost."""
    chance = random.Random(seed)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if seed % 3 == 0:
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if seed % 3 == 1:
        return data[: chance.randrange(len(data))]
    name = chance.choice(list(members))
    text = members[name]
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    kept = text[:start] + text[end : end + chance.randrange(200)] * chance.randrange(3) + text[end:]
    members[name] = kept if seed % 2 else members[chance.choice(list(members))]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in members.items():
            archive.writestr(one, content)
    return out.getvalue()


def test_damaged_documents_give_records_or_a_sentence():
    parts = {"numbering": make.numbering(("decimal", "%1.")), "footnotes": make.part("footnotes")}
    data = make.docx(*form(p(r(SYM), gone("旧"), ins(r("2")), "公里", look=listed())), parts=parts)
    read_ones = 0
    for seed in range(MUTANTS):
        try:
            read_ones += bool(parse(documents.open(mutant(data, seed), "a.docx")).projects)
        except Undecodable as refused:
            assert refused.zh and refused.en
    assert MUTANTS * 0.05 < read_ones < MUTANTS * 0.95
