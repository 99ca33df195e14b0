"""JX2: a 项目属性 that is none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ... import deferred, policies
from ...findings import Hit, Safety, Severity, Words
from ...model import Project
from ...values import fold
from ..base import Context, rule, swap
from .printed import label_before

# A choice of printed words: those with a tick count, before or behind the word as the form has it.
BEFORE = deferred.regex(r"(?P<mark>[□☐○◯☑√✓✔■●☒口])\s*(?P<word>[\p{Han}、]{2,12})")
BEHIND = deferred.regex(r"(?P<word>[\p{Han}、]{2,12}?)\s*[（(]?\s*(?P<mark>[□☐○◯☑√✓✔■●☒口])")
EMPTY_BOXES = frozenset("□☐○◯")
TICKS = frozenset("☑√✓✔■●☒")
PLAIN_BOXES = EMPTY_BOXES | TICKS
BOXES = PLAIN_BOXES | {"口"}  # which is a box only beside others
OPENING = frozenset("（([【")
BRACKETS = deferred.re(r"[（(\[【][^（）()\[\]【】]{0,30}[)）\]】]")


@rule(
    Project,
    "JX209",
    Severity.WARNING,
    "W",
    title=("项目属性填写不规范", "Unknown project nature"),
    zh="项目属性“{value}”不规范，应为{natures}",
    en="Expected {natures}, found `{value}`",
    why=(
        "财预〔2015〕88号 附表：项目属性为新增项目或延续项目；当地另有规定的，在设置 natures 中列出",
        "财预〔2015〕88号, annexed form: a project is new or continuing; list other local kinds in the setting natures",
    ),
    remedy=(
        "改为{natures}",
        "Write {natures}",
    ),
    fix=Safety.UNSAFE,
    damaged="some",
)
def unknown_nature(project: Project, ctx: Context) -> Iterator[Hit]:
    """A 项目属性 that is none of the settings' and no other word for one of them."""
    nature = project.nature
    if not nature.text.strip():
        return
    chosen = chosen_in(nature.text)
    known = {_core(one) for one in ctx.limits.natures}
    if not chosen or any(_core(one) in known or _alias(one) in known for one in chosen):
        return
    if any(one in fold(nature.text) for one in ctx.limits.natures):
        return  # with what fell in from a neighbouring cell
    if any(_core(one) in policies.words("other_natures") for one in chosen):
        return
    if label_before(nature, "nature") != "项目属性":
        return
    meant = _likely(chosen[0], ctx.limits.natures)
    plain = fold(chosen[0]) == fold(nature.text)
    *first, last = ctx.limits.natures
    zh = "".join(f"“{one}”" for one in first) + ("或" if first else "") + f"“{last}”"
    en = ", ".join(f"`{one}`" for one in first) + (" or " if first else "") + f"`{last}`"
    yield Hit(
        nature.at,
        {"value": chosen[0], "natures": Words(zh, en)},
        edits=swap(nature, 0, len(nature.text), meant) if meant and plain else (),
        where=("项目属性",),
    )


def chosen_in(text: str) -> list[str]:
    """The words that are ticked; the whole text where nothing is to be ticked."""
    if PLAIN_BOXES.isdisjoint(text):
        return [text.strip()]
    pattern = BEFORE if text.lstrip()[0] in BOXES else BEHIND
    return [one["word"] for one in pattern.finditer(text) if one["mark"] in TICKS]


@lru_cache(maxsize=64)
def _core(text: str) -> str:
    """新增 for 新增项目, 新增性项目 and 新增性项目(第二年)."""
    word = fold(text)
    if not OPENING.isdisjoint(word):
        word = BRACKETS.sub("", word)
    for end in ("类", "项目", "性"):
        word = word.removesuffix(end)
    return word


def _alias(text: str) -> str:
    """What a word is called in the official form."""
    core = _core(text)
    if core in policies.words("continuing_words"):
        return "延续"
    return "新增" if core in policies.words("new_words") else ""


def _likely(text: str, natures: tuple[str, ...]) -> str:
    """The one of the settings' natures that was most likely meant; nothing where neither is."""
    for words, core in (("likely_continuing_words", "延续"), ("likely_new_words", "新增")):
        if any(word in text for word in policies.words(words)):
            return next((one for one in natures if _core(one) == core), "")
    return ""
