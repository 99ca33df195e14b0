"""Word documents from strings of XML: a function a feature."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="math" xmlns:mc="alternatives" xmlns:wps="shapes" xmlns:a="drawing" '
    'xmlns:o="office"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "header1": "header",
    "header2": "header",
    "comments": "comments",
}


def t(text: str) -> str:
    """The text of a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, look: str = "") -> str:
    """A run; `content` is text where it is no XML."""
    inner = content if content.startswith("<w:") else t(content)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>"


def p(*content: str, look: str = "") -> str:
    """A paragraph of runs; what is no XML becomes one."""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{runs}</w:p>"


def tc(*content: str, width: int = 1, down: str | None = None, look: str = "") -> str:
    """A cell of paragraphs; `down` is empty where it goes on a cell above, `restart` where it begins one."""
    blocks = [one if one.startswith(("<w:p", "<w:tbl", "<w:sdt")) else p(one) for one in content]
    if width > 1:
        look += f'<w:gridSpan w:val="{width}"/>'
    if down is not None:
        look += f'<w:vMerge w:val="{down}"/>' if down else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{''.join(blocks or [p()])}</w:tc>"


def tr(*cells: str, look: str = "") -> str:
    """A row of cells; what is no XML becomes one."""
    inner = "".join(one if one.startswith("<w:") else tc(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def sdt(content: str, prompt: bool = False) -> str:
    """A control around something; with `prompt` it was not filled in."""
    look = '<w:alias w:val="控件"/>' + ("<w:showingPlcHdr/>" if prompt else "")
    return f"<w:sdt><w:sdtPr>{look}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tick(state: str) -> str:
    """A box of a form of old, as a field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"{}</w:r>'.format
    data = f"><w:ffData><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar>"
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    return mark("begin", data) + code + mark("end", "/>")


def field(result: str, instruction: str = " MERGEFIELD 名称 ") -> str:
    """A field of three marks around its instruction and its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + code + mark("separate") + r(result) + mark("end")


def ins(content: str) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="1" w:author="某人">{content}</w:ins>'


def gone(text: str) -> str:
    """A tracked deletion."""
    return f'<w:del w:id="2" w:author="某人"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def box(*blocks: str) -> str:
    """A text box as a new version writes it, and once more for old ones."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{content}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def listed(number: int = 1, level: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def numbering(*levels: tuple[str, str]) -> str:
    """A list by the format and the text of its levels."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (format, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
    )


def part(name: str, *blocks: str) -> str:
    """A part of blocks: a header (`hdr`), the notes (`footnotes`)."""
    return f"<w:{name} {NAMES}>{''.join(blocks)}</w:{name}>"


def docx(*blocks: str, parts: Mapping[str, str] | None = None, names: str = NAMES) -> bytes:
    """A document of blocks, and of other parts by name (`styles`, `header1`)."""
    body = f"<w:document {names}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    return packed({"document": body, **(parts or {})})


def packed(parts: Mapping[str, str]) -> bytes:
    """A package of the parts below word/."""
    types = f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>'
    office = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
    related = "".join(
        f'<Relationship Id="{name}" Type="{R}/{PARTS[name]}" Target="{name}.xml"/>'
        for name in parts
        if name in PARTS
    )
    members = {
        "[Content_Types].xml": types,
        "_rels/.rels": office,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def form(target: str = "≥2公里", name: str = "改造步道") -> tuple[str, ...]:
    """The blocks of a form; `target` and `name` are the content of two cells."""
    return (
        p("项目支出绩效目标表"),
        p("（2024年度）"),
        tbl(
            tr("项目名称", tc("滨河步道改造", width=3)),
            tr("主管部门", "河港区园林局", "实施单位", tc("河港区", "园林站")),
            tr("项目属性", "新增项目", "项目起止时间", "2024年1月-2024年12月"),
            tr(tc("项目资金（万元）", down="restart"), "年度资金总额", tc("120", width=2)),
            tr(tc(down=""), "其中：财政拨款", tc("120", width=2)),
            tr(tc(down=""), "其他资金", tc("0", width=2)),
            tr("年度目标", tc("改造滨河步道2公里，方便群众出行。", width=3)),
            tr("一级指标", "二级指标", "三级指标", "指标值"),
            tr(tc("产出指标", down="restart"), "数量指标", tc(name), tc(target)),
            tr(tc(down=""), "质量指标", "验收合格率", "≥98%"),
            tr("效益指标", "社会效益指标", "方便出行人数", "≥3000人"),
            tr("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
        ),
    )
