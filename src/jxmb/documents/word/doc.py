"""Old Word documents (doc, and wps, which is the same): turned into docx by msdoc2docx, then read as such."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import doc2docx
from doc2docx.errors import EncryptedDocumentError

from ...source import Source
from ...source.decoding import Undecodable
from ..limits import refused
from . import docx

NAME = "doc"


def read(data: bytes, shown: str) -> Source:
    """The document as text. Raises `Undecodable`."""
    return replace(docx.read(_converted(data), shown), document=NAME)


def _converted(data: bytes) -> bytes:
    """The same document as docx, by way of a folder that only this user can read."""
    with TemporaryDirectory(prefix="jxmb-", ignore_cleanup_errors=True) as folder:
        old, new = Path(folder, "a.doc"), Path(folder, "a.docx")
        old.write_bytes(data)
        try:
            doc2docx.convert(old, new)
            return new.read_bytes()
        except EncryptedDocumentError:
            raise refused("password") from None
        except Exception:  # of a damaged file it raises whatever its parts do
            raise Undecodable(
                "旧版 Word 文件已损坏，或含有本工具读不了的内容，请另存为 docx",
                "the old Word file is damaged or has content that is not read: save it as docx",
            ) from None
