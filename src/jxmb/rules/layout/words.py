"""JX1: slips of the pen."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred, policies
from ...findings import Hit, Safety, Severity
from ...model import Value
from ..base import Context, place, rule, swap
from ..glance import said

# Longest first; 帐篷 behind another word (购入帐篷) is no slip of 入账.
SLIPS = deferred.re(
    f"(?:{'|'.join(sorted(policies.table('slips'), key=len, reverse=True))})(?<!帐(?=篷))"
)
WRITTEN = frozenset({"name", "target", "goal", "extra"})


@rule(
    Value,
    "JX113",
    Severity.INFO,
    "G",
    title=("用字不规范", "Wrong word or character"),
    zh="“{found}”应为“{meant}”",
    en="Use `{meant}` instead of `{found}`",
    why=(
        "《现代汉语词典》规范用字；写法不一影响审核和检索",
        "现代汉语词典 on standard characters; two spellings of a word hinder review and search",
    ),
    remedy=(
        "改为“{meant}”",
        "Write `{meant}`",
    ),
    fix=Safety.UNSAFE,
    blame="transcription",
    when=said(lambda: policies.table("slips")),
)
def wrong_word(value: Value, ctx: Context) -> Iterator[Hit]:
    """A listed slip in a name, target, goal or note."""
    if value.role not in WRITTEN:
        return
    slips = policies.table("slips")
    for match in SLIPS.finditer(value.reading.text):
        meant = slips[match[0]]
        yield Hit(
            place(value.reading, *match.span()),
            {"found": match[0], "meant": meant},
            edits=swap(value.reading, *match.span(), meant),
            value=match[0],
        )
