"""How much of a document is read, and the sentences with which one is refused."""

from __future__ import annotations

from ..deferred import dataclass
from ..source.decoding import Undecodable

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read. What is beyond is refused with a sentence."""

    member: int = 100 * MB  # bytes of one part
    total: int = 300 * MB  # bytes of all parts that are read
    ratio: int = 200  # bytes unpacked for one packed, in parts over `small` bytes
    small: int = MB
    members: int = 10_000  # parts of a package
    cells: int = 1_000_000  # cells with content
    places: int = 200_000  # paragraphs and cells that have a place of their own
    text: int = 20 * MB  # characters that are read
    merges: int = 20_000  # merged ranges of a sheet
    foreign: int = 200  # rows of a sheet without a label, behind which what goes on is no form
    pages: int = 2_000
    pixels: int = 50 * MB  # of an image


LIMITS = Limits()

SENTENCES = {
    "damaged": ("文件已损坏或不完整", "the file is damaged or not whole"),
    "password": ("文件已加密", "the file is encrypted"),
    "members": (
        f"压缩包内文件超过 {LIMITS.members} 个",
        f"more than {LIMITS.members} files are packed in it",
    ),
    "size": (
        f"解压后的内容过大（单个部分超过 {LIMITS.member // MB} MB，或合计超过 {LIMITS.total // MB} MB）",
        f"its content is too large (a part over {LIMITS.member // MB} MB, or over {LIMITS.total // MB} MB in all)",
    ),
    "ratio": (
        f"压缩率异常（超过 {LIMITS.ratio} 倍）",
        f"it is packed too tightly (over {LIMITS.ratio} times)",
    ),
    "typed": ("文件含有 DTD 声明", "the file has a document type declaration"),
    "deep": ("文件结构嵌套过深", "the elements of the file are nested too deep"),
    "cells": (
        f"单元格超过 {LIMITS.cells} 个",
        f"it has more than {LIMITS.cells} cells",
    ),
    "places": (
        f"段落和单元格超过 {LIMITS.places} 个",
        f"it has more than {LIMITS.places} paragraphs and cells",
    ),
    "text": (f"文字超过 {LIMITS.text} 个", f"it has more than {LIMITS.text} characters"),
    "pixels": (
        f"图片超过 {LIMITS.pixels // MB} 百万像素",
        f"the picture has more than {LIMITS.pixels // MB} million points",
    ),
    "pages": (f"页数超过 {LIMITS.pages} 页", f"it has more than {LIMITS.pages} pages"),
    "merges": (
        f"合并单元格超过 {LIMITS.merges} 处",
        f"it has more than {LIMITS.merges} merged ranges",
    ),
}
AGAIN = ("请用 Word、Excel 或 WPS 重新保存", "save it once more with Word, Excel or WPS")
ADVICE = {
    "damaged": ("请重新复制或重新导出", "copy or export it once more"),
    "password": ("请取消打开密码", "remove the password"),
    "pixels": ("请以较低的分辨率重新扫描", "scan it once more at a lower resolution"),
}


def refused(why: str) -> Undecodable:
    """The sentence of a limit or a damage, by its name in `SENTENCES`."""
    (zh, en), (advice_zh, advice_en) = SENTENCES[why], ADVICE.get(why, AGAIN)
    return Undecodable(f"{zh}，{advice_zh}", f"{en}: {advice_en}")
