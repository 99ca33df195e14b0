"""Changes and comments in Word documents: what changes is what was asked for, and not one other byte."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from xml.dom import minidom

import pytest
from tests.documents import docx as make
from tests.documents.docx import box, field, form, gone, ins, listed, p, r, sdt, tbl, tc, tr

from jxmb.documents import Change, Comment
from jxmb.documents.ooxml.package import Package
from jxmb.documents.ooxml.repack import Unsplit, repacked
from jxmb.documents.word import docx
from jxmb.source.decoding import Undecodable

SYM = '<w:sym w:font="Symbol" w:char="F0B3"/>'
FORMULA = "<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>"
FAR = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hint="eastAsia"/><w:b/><w:lang w:val="zh-CN"/>'
WEST = '<w:rFonts w:ascii="Arial"/><w:b/><w:szCs w:val="21"/>'
WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
HINT = '<w:rFonts w:hint="eastAsia"/>'
MAIN = "word/document.xml"


CELL = "改造步道\t"  # before the cell that tests fill


def replace(text: str, old: str, new: str) -> Change:
    """The change of a text: of that in the cell, else of the first."""
    at = text.find(old, text.find(CELL) + len(CELL)) if CELL in text else -1
    at = at if at >= 0 else text.index(old)
    return Change(at, at + len(old), new)


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# What a cell holds, what is replaced in it, and what its XML is afterwards.
WRITTEN = {
    "one run": (p("》 2公里"), ("》 2", "≥2"), p("≥2公里")),
    "insertion at the beginning": (p("2公里"), ("2公里", "≥2公里"), p("≥2公里")),
    "insertion at the end": (p("≥2"), ("≥2", "≥2公里"), p("≥2公里")),
    "a run of several": (
        p("≥", r("2", "<w:b/>"), "公里"),
        ("2", "3"),
        p("≥", r("3", "<w:b/>"), "公里"),
    ),
    "two runs of one look": (p("改造", "步到长"), ("造步到", "造步道"), p("改造", "步道长")),
    "over two runs": (p("≥2公", "里长"), ("公里", "千米"), p("≥2千米", "长")),
    "looks that nobody sees": (
        p("≥2公", r("里长", HINT)),
        ("公里", "千米"),
        p("≥2千米", r("长", HINT)),
    ),
    "fonts of East and West": (
        p(r("≥", FAR), r("2公", WEST), r("里长", FAR)),
        ("公里", "千米"),
        p(r("≥", FAR), r("2千米", WEST), r("长", FAR)),
    ),
    "markup": (p("a<b&c"), ("<b&", "&lt;>"), p("a&lt;>c")),
    "blanks at the end": (p("2公里"), ("里", "里 "), p("2公里 ")),
    "tracked": (p("≥", gone("3"), ins(r("二"))), ("二", "2"), p("≥", gone("3"), ins(r("2")))),
    "control": (sdt(p("二公里")), ("二", "2"), sdt(p("2公里"))),
    "beside a symbol": (p(r(SYM), "二公里"), ("二", "2"), p(r(SYM), "2公里")),
    "behind a symbol": (p(r(SYM), "2公里"), ("2公里", " 2公里"), p(r(SYM), " 2公里")),
    "beside a field": (p(field("甲"), "二"), ("甲二", "甲2"), p(field("甲"), "2")),
    "second paragraph": (p("甲") + p("二"), ("二", "2"), p("甲") + p("2")),
    "nothing": (p("甲"), ("甲", "甲"), p("甲")),
}


@pytest.mark.parametrize(("cell", "change", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_a_change_goes_into_its_run(cell, change, expected):
    data = make.docx(*form(cell))
    text = docx.read(data, "a").text
    done = docx.write(data, [replace(text, *change)])
    assert not done.refused
    assert members(done.data) == members(make.docx(*form(expected)))
    changed = replace(text, *change)
    assert (
        docx.read(done.data, "a").text == text[: changed.start] + changed.text + text[changed.end :]
    )


def test_blanks_are_kept_only_where_there_are_some():
    bare = "<w:p><w:r><w:t>\n 2公里</w:t></w:r></w:p>"
    for new, tag in (("3公里", "<w:t>3公里"), ("2 ", '<w:t xml:space="preserve">2 ')):
        data = make.docx(bare)
        (change,) = [replace("2公里", "2公里", new)]
        assert tag.encode() in members(docx.write(data, [change]).data)[MAIN]


def test_changes_of_one_document_go_in_together():
    data = make.docx(*form(p("》2公里，》3米")))
    text = docx.read(data, "a").text
    at = text.index("》2")
    changes = [
        Change(at, at + 1, "≥"),
        Change(at + 5, at + 6, "≥"),
        replace(text, "步道改造", "绿道改造"),
    ]
    done = docx.write(data, changes)
    assert "≥2公里，≥3米" in docx.read(done.data, "a").text
    assert "滨河绿道改造" in docx.read(done.data, "a").text


def test_other_parts_stay_byte_for_byte():
    data = make.docx(*form(), parts={"styles": f"<w:styles {make.NAMES}/>"})
    text = docx.read(data, "a").text
    new = docx.write(data, [replace(text, "≥2公里", "≥20公里")]).data
    with (
        zipfile.ZipFile(BytesIO(data)) as old_archive,
        zipfile.ZipFile(BytesIO(new)) as new_archive,
    ):
        for old in old_archive.infolist():
            one = new_archive.getinfo(old.filename)
            size = 30 + len(old.filename) + old.compress_size
            same = data[old.header_offset :][:size] == new[one.header_offset :][:size]
            assert same == (old.filename != MAIN)
    start = data.index(b"PK\x01\x02")
    assert len(new) - len(data) == new.index(b"PK\x01\x02") - start


REFUSED = {
    "field": (p(field("二公里")), ("二", "2"), "域"),
    "symbol": (p(r(SYM), "2公里"), ("≥2", ">2"), "符号"),
    "formula": (p(FORMULA, "2"), ("≥2", ">2"), "公式"),
    "looks": (p("≥2公", r("里", "<w:b/>")), ("公里", "千米"), "格式不一致"),
    "a font of symbols": (p("≥2公", r("l", WINGDINGS)), ("公l", "千米"), "格式不一致"),
    "paragraphs": (p("甲") + p("乙"), ("甲\v乙", "甲乙"), "多个段落"),
    "break": (p("甲", "<w:r><w:br/></w:r>", "乙"), ("甲\v乙", "甲乙"), "多个段落"),
    "tab": (p("甲", "<w:r><w:tab/></w:r>", "乙"), ("甲 乙", "甲乙"), "制表符"),
    "new line": (p("甲乙"), ("甲乙", "甲\n乙"), "多个段落"),
    "text box": (p("甲", box(p("框中"))), ("框中", "框"), "文本框"),
}


@pytest.mark.parametrize(("cell", "change", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_plain_text_is_refused_with_a_sentence(cell, change, why):
    data = make.docx(*form(cell))
    text = docx.read(data, "a").text
    good = replace(text, "验收合格率", "工程验收合格率")
    done = docx.write(data, [replace(text, *change), good])
    assert [why in one.zh for one in done.refused] == [True]
    assert done.refused[0].en
    assert docx.read(done.data, "a").text == text.replace("验收合格率", "工程验收合格率")


def test_numbers_and_empty_cells_are_refused():
    parts = {"numbering": make.numbering(("decimal", "指标%1："))}
    data = make.docx(*form(p("≥2公里", look=listed()), p("")), parts=parts)
    text = docx.read(data, "a").text
    at = text.index("数量指标") + len("数量指标\t")
    done = docx.write(data, [replace(text, "指标1", "指标2"), Change(at, at, "改造")])
    assert [one.zh[:4] for one in done.refused] == ["自动编号", "文字在页"]
    assert done.data == data


def test_notes_and_headers_are_refused():
    parts = {
        "header1": make.part("hdr", p("项目支出绩效目标表")),
        "footnotes": make.part("footnotes", f"<w:footnote>{p('注文')}</w:footnote>"),
    }
    header = '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    data = make.docx(p("正文"), header, parts=parts)
    text = docx.read(data, "a").text
    done = docx.write(
        data,
        [replace(text, "目标表", "表"), replace(text, "注文", "注"), replace(text, "正文", "文")],
    )
    assert [one.zh[:2] for one in done.refused] == ["文字", "文字"]
    assert members(done.data)[MAIN] == members(make.docx(p("文"), header, parts=parts))[MAIN]


def setting(inner: str) -> dict[str, str]:
    return {"settings": f"<w:settings {make.NAMES}>{inner}</w:settings>"}


LOCKED = {
    "signed": (lambda: repacked(make.docx(p("甲")), {"_xmlsignatures/a.xml": b"<a/>"}), "签名"),
    "protected": (
        lambda: make.docx(p("甲"), parts=setting('<w:documentProtection w:enforcement="1"/>')),
        "限制编辑",
    ),
    "password to write": (
        lambda: make.docx(p("甲"), parts=setting('<w:writeProtection w:hash="a"/>')),
        "限制编辑",
    ),
    "tracked": (lambda: make.docx(p("甲"), parts=setting("<w:trackRevisions/>")), "修订"),
    "encoding": (lambda: repacked(make.docx(), {MAIN: utf16(p("甲"))}), "UTF-8"),
    "zip64": (lambda: sixty_four(make.docx(p("甲"))), "压缩"),
}


def utf16(block: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{make.part("document", block)}'.encode("utf-16")


def sixty_four(data: bytes) -> bytes:
    """A zip with the marks of zip64 before its end."""
    end = data.rindex(b"PK\x05\x06")
    count, _, size, start = struct.unpack_from("<HHII", data, end + 8)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    return data[:end] + record + struct.pack("<4sIQI", b"PK\6\7", 0, end, 1) + data[end:]


@pytest.mark.parametrize(("data", "why"), LOCKED.values(), ids=LOCKED)
def test_documents_that_must_stay_are_refused_with_a_sentence(data, why):
    done = docx.write(data(), [Change(0, 1, "乙")])
    assert done.data == data()
    assert [why in one.zh for one in done.refused] == [True]


def test_settings_that_are_off_lock_nothing():
    inner = '<w:documentProtection w:edit="forms"/><w:writeProtection w:recommended="1"/><w:trackRevisions w:val="0"/>'
    done = docx.write(make.docx(p("甲"), parts=setting(inner)), [Change(0, 1, "乙")])
    assert docx.read(done.data, "a").text == "乙\n"


def test_a_zip_with_strange_bytes_is_not_taken_apart():
    data = make.docx(p("甲"))
    with pytest.raises(Unsplit):
        repacked(data.replace(b"PK\x01\x02", b"PK\x01\x03"), {})
    with pytest.raises(Unsplit):
        repacked(b"x" + data, {})
    with pytest.raises(Unsplit):
        repacked(b"PK", {})
    assert repacked(data, {}) == data


def test_a_part_behind_its_sizes_is_replaced():
    """A header without sizes, which stand behind the data."""
    stream = BytesIO()
    stream.seekable = lambda: False
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "甲")
        archive.writestr("b", "乙")
    assert members(repacked(stream.getvalue(), {"a": b"new", "c": b"more"})) == {
        "a": b"new",
        "b": "乙".encode(),
        "c": b"more",
    }


def test_comments_stand_on_their_cells():
    data = make.docx(*form())
    source = docx.read(data, "a")
    offset = source.text.index("≥2公里")
    new = docx.annotate(data, [Comment(offset + 1, "第一行\n<第二行>"), Comment(0, "题目")])
    assert docx.read(new, "a").text == source.text
    main = members(new)[MAIN].decode()
    cell = main[
        main.index('<w:commentRangeStart w:id="0"/>') : main.index('<w:commentReference w:id="0"/>')
    ]
    assert "≥2公里" in cell and cell.count("<w:tc>") == 0
    assert main.index('commentRangeStart w:id="1"') < main.index("项目支出绩效目标表")
    comments = minidom.parseString(members(new)["word/comments.xml"])
    (first, _) = comments.getElementsByTagName("w:comment")
    lines = [one.firstChild.data for one in first.getElementsByTagName("w:t")]
    assert (first.getAttribute("w:author"), lines) == ("jxmb", ["第一行", "<第二行>"])
    package = Package(new)
    assert "comments" in {one.type for one in package.relations(MAIN).values()}
    assert package.types["word/comments.xml"].endswith("comments+xml")


def test_comments_join_those_that_are_there():
    old = f'<w:comments {make.NAMES}><w:comment w:id="4" w:author="某人">{p("旧")}</w:comment></w:comments>'
    data = make.docx(p("甲"), parts={"comments": old})
    new = docx.annotate(data, [Comment(0, "新")])
    assert b'w:id="5" w:author="jxmb"' in members(new)["word/comments.xml"]
    assert members(new)["[Content_Types].xml"] == members(data)["[Content_Types].xml"]


ANCHORS = {
    "empty paragraph": tbl(tr("甲", tc("<w:p/>"))),
    "empty paragraph with a look": tbl(tr("甲", tc("<w:p><w:pPr/></w:p>"))),
    "empty last paragraph": tbl(tr("甲", tc(p("乙"), "<w:p/>"))),
    "empty first paragraph": tbl(tr("甲", tc("<w:p/>", p("乙")))),
    "look": tbl(tr("甲", tc(p("乙", look="<w:jc/>")))),
    "text box": tbl(tr("甲", tc(p("乙", box(p("丙")))))),
    "nested": tbl(tr("甲", tc("乙", tbl(tr("丙", "丁")), p("戊")))),
}


@pytest.mark.parametrize("block", ANCHORS.values(), ids=ANCHORS)
def test_a_copy_with_comments_reads_the_same(block):
    data = make.docx(block)
    source = docx.read(data, "a")
    new = docx.annotate(data, [Comment(offset, "注") for offset in range(len(source.text))])
    assert docx.read(new, "a").text == source.text
    main = minidom.parseString(members(new)[MAIN])
    for one in main.getElementsByTagName("w:commentReference"):
        assert one.parentNode.parentNode.tagName == "w:p"
    assert len(main.getElementsByTagName("w:commentRangeStart")) == len(source.text)


def test_other_prefixes_are_kept():
    names = f'xmlns:x="{make.W}"'
    body = f"<x:document {names}><x:body><x:p><x:r><x:t>二</x:t></x:r></x:p></x:body></x:document>"
    data = make.packed({"document": body})
    assert "<x:t>2</x:t>" in members(docx.write(data, [Change(0, 1, "2")]).data)[MAIN].decode()
    new = members(docx.annotate(data, [Comment(0, "注")]))
    assert '<x:commentRangeStart x:id="0"/><x:r><x:t>' in new[MAIN].decode()
    bare = make.packed({"document": body.replace("x:", "").replace("xmlns:x", "xmlns")})
    assert (
        f'<w:commentRangeStart xmlns:w="{make.W}" w:id="0"/>'
        in members(docx.annotate(bare, [Comment(0, "注")]))[MAIN].decode()
    )


def test_a_package_that_does_not_name_its_parts_takes_no_comment():
    data = repacked(make.docx(p("甲")), {"[Content_Types].xml": b"<Types>"})
    with pytest.raises(Undecodable, match="批注"):
        docx.annotate(data, [Comment(0, "注")])


def test_a_document_without_text_takes_no_comment():
    data = make.docx()
    assert docx.annotate(data, [Comment(0, "注")]) == data
