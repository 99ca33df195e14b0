"""JX708, JX709: indicators of one name."""

from __future__ import annotations

from collections.abc import Iterator

from ... import labels
from ...findings import Hit, Severity
from ...model import Indicator, Project
from ...values import Target, fold
from ..base import Context, rule

REQUIRED = "(必填)"


@rule(
    Project,
    "JX709",
    Severity.ERROR,
    "X",
    title=("同名指标值不一致", "Same name, different targets"),
    zh="“{name}”重复设置，指标值不一致（“{first}”“{second}”）",
    en="`{name}` appears twice with different targets: `{first}` and `{second}`",
    why=(
        "财预〔2015〕88号 指向明确：同一指标只有一个指标值；预算管理一体化系统要求三级指标不重名（财办〔2020〕13号 系统校验）",
        (
            "财预〔2015〕88号 on clear aims: an indicator has one target; the integrated budget system requires unique names "
            "(财办〔2020〕13号, its checks)"
        ),
    ),
    remedy=(
        "保留一个指标值；考核两项内容的，改用不同的名称，如“……数量”“……合格率”",
        "Keep one target; for two things use different names, such as `…数量` and `…合格率`",
    ),
    silences=("JX708", "JX710"),
    damaged="half",
)
def conflicting_duplicate(project: Project, ctx: Context) -> Iterator[Hit]:
    """One name with two targets in one set of targets."""
    firsts: dict[tuple[str, str], Indicator] = {}
    for one in project.indicators:
        name = one.name.text.strip()
        if not one.target.text.strip():
            continue
        first = firsts.setdefault((one.scope, name), one)
        if first is one or _agree(first, one) or not _is_name(fold(name)):
            continue
        words = {
            "name": name,
            "first": first.target.text.strip(),
            "second": one.target.text.strip(),
        }
        yield Hit(one.name.at, words, also=(first.name.at,), where=one.where, value=words["second"])


@rule(
    Project,
    "JX708",
    Severity.ERROR,
    "X",
    title=("三级指标重复", "Duplicate indicator"),
    zh="“{name}”重复设置，指标值均为“{value}”",
    en="`{name}` appears twice with the target `{value}`",
    why=(
        "财办〔2020〕13号 系统校验：同一套目标内三级指标不重名",
        "财办〔2020〕13号, its checks: names are unique within a set of targets",
    ),
    remedy=(
        "删除一行；考核两项内容的，改用不同的名称",
        "Delete one; for two things use different names",
    ),
    silences=("JX710",),
    damaged="half",
)
def duplicate_indicator(project: Project, ctx: Context) -> Iterator[Hit]:
    """One name and target twice in one set; under two level-2 labels a warning."""
    firsts: dict[tuple[str, str, str], Indicator] = {}
    for one in project.indicators:
        row = ctx.row(one)
        if not row.value or row.printed in NOTHING:
            continue
        first = firsts.setdefault((one.scope, row.printed, row.value), one)
        if first is one or not _is_name(row.printed):
            continue
        across = first.level2.value != one.level2.value
        severity = Severity.WARNING if across else None
        yield Hit(one.name.at, row.words, also=(first.name.at,), severity=severity, where=one.where)


NOTHING = frozenset(("无", "不涉及", "不适用"))


def _is_name(text: str) -> bool:
    """Whether a folded text is a name: it has letters, and is no level label in the place of a name."""
    if not any(map(str.isalpha, text)):
        return False
    return labels.meaning(text.removesuffix(REQUIRED), "level1", "level2") is None


def _agree(one: Indicator, other: Indicator) -> bool:
    """Whether two targets say the same: the same number, however written, or the same words."""
    a, b = one.target.value, other.target.value
    if a is not None and b is not None and a.number is not None and b.number is not None:
        return _measure(a) == _measure(b) and (not a.unit or not b.unit or a.unit == b.unit)
    return fold(one.target.text) == fold(other.target.text)


def _measure(target: Target) -> tuple[object, object]:
    return target.number, target.upper
