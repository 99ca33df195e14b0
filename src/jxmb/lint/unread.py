"""What of a file was not read, and which form could not be judged."""

from __future__ import annotations

from collections.abc import Iterable

from ..findings import Finding, Form, Missed, Unchecked, Words
from ..model import Project
from ..rules import notes, run
from ..source import Source

UNREAD_ROWS = Words("{share}% 的行识别不可靠", "{share}% of rows not read reliably")


def pages(text: Source, found: Iterable[Finding]) -> Missed | None:
    """What of a document was not read: where a package would read it, that is no fault of the document."""
    pages = notes.page_not_read.code
    missing = any(note.needs for note in text.notes)
    said = (one.message for one in found if one.code == pages)
    return next((Missed(text.path, why, None if missing else pages) for why in said), None)


def unchecked(form: Form | None, project: Project, findings: Iterable[Finding]) -> Unchecked | None:
    """Why a form counts as not judged: its header or most of its rows could not be read."""
    if form is None:
        return None
    unsafe = (one.message for one in findings if one.code == run.unsafe_header.code)
    if why := next(unsafe, None):
        return Unchecked(form, why)
    if not project.mostly_unread:
        return None
    share = {"share": round(project.damage * 100)}
    return Unchecked(form, UNREAD_ROWS.format(share))
