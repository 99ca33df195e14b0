"""What a spreadsheet reads of a workbook, by the parts of the file itself."""

import re
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO
from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Sheet:
    """A sheet: its rows (texts as str, numbers as float), and its XML."""

    def __init__(self, root: ET.Element, shared: list[str]) -> None:
        self.root = root
        self.rows = [[_value(cell, shared) for cell in row] for row in root.iter(f"{MAIN}row")]

    def find(self, name: str) -> ET.Element:
        found = self.root.find(f".//{MAIN}{name}")
        assert found is not None, name
        return found


def sheets(data: bytes | Path) -> dict[str, Sheet]:
    """The sheets of a workbook by name, in order; that it holds no formula and no link is asserted."""
    with zipfile.ZipFile(BytesIO(data) if isinstance(data, bytes) else data) as file:
        names = [one.get("name", "") for one in _xml(file, "xl/workbook.xml").iter(f"{MAIN}sheet")]
        strings = "xl/sharedStrings.xml"
        shared = []
        if strings in file.namelist():
            shared = [_text(one) for one in _xml(file, strings)]
        parts = [_xml(file, f"xl/worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
    for part in parts:
        assert not list(part.iter(f"{MAIN}f")) and not list(part.iter(f"{MAIN}hyperlink"))
    return {name: Sheet(part, shared) for name, part in zip(names, parts, strict=True)}


def _xml(file: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(file.read(name))


def _text(one: ET.Element) -> str:
    said = "".join(part.text or "" for part in one.iter(f"{MAIN}t"))
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), said)


def _value(cell: ET.Element, shared: list[str]) -> str | float | None:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    if kind == "inlineStr":
        return _text(cell)
    if value is None:
        return None
    return shared[int(value)] if kind == "s" else float(value)
