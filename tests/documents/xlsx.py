"""Excel workbooks from code: a small function for what a cell can be, sheets of them, and the package round them."""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from jxmb.documents.excel.sheets import letters

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MOMENT = (2024, 1, 1, 0, 0, 0)

Cell = str | None | Callable[[str], str]

FORM: list[list[Cell]] = [
    ["项目支出绩效目标表"],
    ["（2024年度）"],
    ["项目名称", "滨河步道改造"],
    ["主管部门", "河港区园林局", "实施单位", "河港区园林站"],
    ["项目资金（万元）", "年度资金总额", "80"],
    [None, "其中：财政拨款", "80"],
    ["年度目标", "改造滨河步道2公里，方便居民出行。"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "改造步道", "≥2公里"],
    [None, "质量指标", "验收合格率", "100%"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"],
]
MERGES = ("A1:D1", "A2:D2", "B3:D3", "A5:A6", "B7:D7", "A9:A10")


def written(text: str, style: int = 0) -> Callable[[str], str]:
    """A text in the cell itself."""
    return lambda at: (
        f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    )


def number(value: str, style: int = 0) -> Callable[[str], str]:
    """A number with the format of a style."""
    return lambda at: f'<c r="{at}" s="{style}"><v>{value}</v></c>'


def formula(code: str, value: str = "", type: str = "n") -> Callable[[str], str]:
    """A formula with its result."""
    return lambda at: f'<c r="{at}" t="{type}"><f>{escape(code)}</f><v>{value}</v></c>'


def shared(index: int, style: int = 0) -> Callable[[str], str]:
    """A string of the workbook."""
    return lambda at: f'<c r="{at}" s="{style}" t="s"><v>{index}</v></c>'


def rich(*runs: str) -> Callable[[str], str]:
    """A text in several fonts."""
    return lambda at: f'<c r="{at}" t="inlineStr"><is>{runs_of(*runs)}</is></c>'


def runs_of(*runs: str) -> str:
    """Runs of a string, the first one bold."""
    bold = "<rPr><b/></rPr>"
    return "".join(f"<r>{bold * (not at)}<t>{escape(one)}</t></r>" for at, one in enumerate(runs))


def sheet(
    rows: Iterable[Sequence[Cell]],
    merges: Iterable[str] = (),
    *,
    first: int = 1,
    hidden: Iterable[int] = (),
    before: str = "",
    behind: str = "",
) -> str:
    """The part of a sheet; rows from `first` on, `hidden` ones among them by number."""
    said = []
    for row, cells in enumerate(rows, first):
        concealed = ' hidden="1"' if row in hidden else ""
        said.append(f'<row r="{row}"{concealed}>')
        for column, one in enumerate(cells):
            at = f"{letters(column)}{row}"
            said.append("" if one is None else (written(one) if isinstance(one, str) else one)(at))
        said.append("</row>")
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merges)
    merged = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
    return (
        f'<worksheet {NAMESPACE} xmlns:r="{RELATION}"><dimension ref="A1"/>{before}'
        f"<sheetData>{''.join(said)}</sheetData>{merged}{behind}</worksheet>"
    )


def book(
    sheets: Mapping[str, str],
    *,
    formats: Sequence[str] = (),
    strings: Sequence[str] = (),
    states: Mapping[str, str] | None = None,
    properties: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of sheets by name. Style n has the nth format, from 1; `strings` are XML of shared strings."""
    named = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" state="{(states or {}).get(name, "visible")}" r:id="rId{at}"/>'
        for at, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    related += f'<Relationship Id="s" Type="{RELATION}/styles" Target="styles.xml"/>'
    related += f'<Relationship Id="t" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    codes = "".join(
        f'<numFmt numFmtId="{163 + at}" formatCode={quoteattr(code)}/>'
        for at, code in enumerate(formats, 1)
    )
    styles = "".join(f'<xf numFmtId="{163 + at}"/>' for at in range(1, len(formats) + 1))
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": relations(
            f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{RELATION}">{properties}<sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(related),
        "xl/styles.xml": f"<styleSheet {NAMESPACE}><numFmts>{codes}</numFmts>"
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f"<sst {NAMESPACE}>{''.join(f'<si>{one}</si>' for one in strings)}</sst>",
        **{f"xl/worksheets/sheet{at}.xml": part for at, part in enumerate(sheets.values(), 1)},
        **(more or {}),
    }
    return packed(parts)


def relations(said: str) -> str:
    """A part of relations."""
    return f'<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def _types(sheets: int) -> str:
    own = {
        "/xl/workbook.xml": f"{MAIN}.sheet.main+xml",
        "/xl/styles.xml": f"{MAIN}.styles+xml",
        "/xl/sharedStrings.xml": f"{MAIN}.sharedStrings+xml",
        **{f"/xl/worksheets/sheet{at}.xml": f"{MAIN}.worksheet+xml" for at in range(1, sheets + 1)},
    }
    named = "".join(
        f'<Override PartName="{name}" ContentType="{type}"/>' for name, type in own.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of parts."""
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return found.getvalue()
