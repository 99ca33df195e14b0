"""Which of several names of projects and offices is that of the project and of the department, and what kind is its nature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import deferred, labels, policies, values
from ..forms.entries import Entry

TIERS = ("一级项目名称", "二级项目名称", "三级项目名称")  # of a programme, the last is the project
# What names the programme, beside the name of a project in it.
PROGRAMMES = frozenset({"专项名称", "专项资金名称", "资金名称", "补助资金名称", "转移支付名称"})
ASKING = frozenset(
    {"预算单位", "预算单位名称"}
)  # the department, beside who carries the project out
DEPARTMENT = labels.Label("field", "department")
OFFICES = frozenset({"department", "implementer"})
# What asks for the kind of a project, and so for its nature where the kinds are those of 项目属性.
KINDS = frozenset({"项目类型", "项目类别", "项目分类"})
NATURE = labels.Label("field", "nature")
NATURES = ("continuing_words", "new_words", "other_natures")  # lists of the vocabulary
HAN = deferred.regex(r"\p{Han}+")


def sorted_out(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, each name that is of something else under the label of that."""
    return _asking(_within(_lowest(_natured(entries))))


def _natured(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, the kind of the project as its nature where it is one, and no other label asks for that: 一次性项目."""
    if any(one.label == NATURE for one in entries):
        return entries
    return [
        replace(one, label=NATURE)
        if labels.bare(one.cell.text) in KINDS and _are_natures(one)
        else one
        for one in entries
    ]


def _are_natures(entry: Entry) -> bool:
    """Whether all words of a value, ticked or not, are natures of projects."""
    said = HAN.findall(values.fold("".join(cell.text for cell in entry.values)))
    known = {word for name in NATURES for word in policies.words(name)}
    return bool(said) and all(one.removesuffix("项目").removesuffix("性") in known for one in said)


def _lowest(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, the names of the programmes above a project as fields: 一级项目名称 over 二级项目名称."""
    names = [one for one in entries if labels.bare(one.cell.text) in TIERS and one.values]
    if len(names) < 2:
        return entries
    lowest = max(names, key=lambda one: TIERS.index(labels.bare(one.cell.text)))
    above = labels.Label("other", lowest.label.name)
    return [
        replace(one, label=above) if one in names and one is not lowest else one for one in entries
    ]


def _within(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, the name of a programme as a field where that of a project in it stands beside it."""
    names = [one for one in entries if one.label.name == "project_name" and one.values]
    above = [one for one in names if labels.bare(one.cell.text) in PROGRAMMES]
    if not above or len(above) == len(names):
        return entries
    other = labels.Label("other", "project_name")
    return [replace(one, label=other) if one in above else one for one in entries]


def _asking(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries, 预算单位 as the department where no other is named and 实施单位 stands beside it."""
    offices = [one for one in entries if one.label.name in OFFICES and one.values]
    if len(offices) < 2 or any(one.label == DEPARTMENT for one in offices):
        return entries
    asks = [labels.bare(one.cell.text) in ASKING for one in offices]
    if sum(asks) != 1:
        return entries
    asking = offices[asks.index(True)]
    return [replace(one, label=DEPARTMENT) if one is asking else one for one in entries]
