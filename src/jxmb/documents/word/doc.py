"""Old Word documents (doc, and wps, which is the same): turned into docx by msdoc2docx, then read as such."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import doc2docx
from doc2docx.errors import EncryptedDocumentError

from ...source import Note, Source
from ...source.decoding import Undecodable
from ..limits import refused
from . import docx

NAME = "doc"
BOX = "文本框"
LOST = frozenset({"MAIN_TEXTBOX_TABLE_MALFORMED", "GROUPED_MAIN_TEXTBOXES_DEFERRED"})


def read(data: bytes, shown: str) -> Source:
    """The document as text. Raises `Undecodable`."""
    converted, lost = _converted(data)
    found = docx.read(converted, shown)
    notes = (*(Note("unread-page", 0, what=BOX) for _ in range(lost)), *found.notes)
    return replace(found, document=NAME, notes=notes)


def _converted(data: bytes) -> tuple[bytes, bool]:
    """The same document as docx, by way of a folder that only this user can read; whether it lost text boxes."""
    with TemporaryDirectory(prefix="jxmb-", ignore_cleanup_errors=True) as folder:
        old, new = Path(folder, "a.doc"), Path(folder, "a.docx")
        old.write_bytes(data)
        try:
            told = doc2docx.convert(old, new).report.diagnostics
            return new.read_bytes(), any(one.code in LOST for one in told)
        except EncryptedDocumentError:
            raise refused("password") from None
        except Exception:  # of a damaged file it raises whatever its parts do
            raise Undecodable(
                "旧版 Word 文件已损坏，或含有本工具读不了的内容，请另存为 docx",
                "the old Word file is damaged or has content that is not read: save it as docx",
            ) from None
