"""JX801–JX805, JX808: weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ... import deferred
from ...findings import Hit, Severity, Words
from ...model import Indicator, Project
from ...values import fold
from ..base import Context, rule

LEAST, MOST = Decimal(60), Decimal(140)  # beyond which rows were lost, or read twice
CLOSE = Decimal("0.01")  # points by which two sums may differ
FRACTIONS = (Decimal(1), Decimal("0.9"))
EXECUTION_WEIGHT = "预算执行率权重"
NUMBER = deferred.re(r"\d+(?:\.\d+)?")
POINTS = deferred.re(
    r"[(（]\s*(?P<points>\d+(?:\.\d+)?)\s*分?\s*[)）]|(?P<points2>\d+(?:\.\d+)?)分$"
)
PART = "其中"
FEW = 4  # rows that may well weigh the same
ZERO, TEN = Decimal(0), Decimal(10)
LEVELS = ("成本指标", "产出指标", "效益指标", "满意度指标")
# The shares of the levels that official papers give, without and with the 10 points of execution.
USUAL = (
    (20, 40, 20, 10),
    (0, 50, 30, 10),
    (20, 40, 30, 0),
    (0, 50, 40, 0),
)
FULL = (Decimal(90), Decimal(100))  # sums: without and with the execution of the budget


def _is_weighed(ctx: Context) -> bool:
    """Whether a row has a weight."""
    return any(one.weight.value is not None for one in ctx.project.indicators)


def _weights(rows: Sequence[Indicator]) -> list[Decimal] | None:
    """The weights of all rows; None where a row has none, or two share one cell."""
    found: list[Decimal] = []
    places: set[int] = set()
    for one in rows:
        if one.weight.value is None or one.weight.at.start in places:
            return None
        places.add(one.weight.at.start)
        found.append(one.weight.value)
    return found or None


def _sums(project: Project, ctx: Context) -> list[Decimal]:
    """What weights may come to: as the settings say, or what a printed weight of execution leaves."""
    sums = list(ctx.limits.weight_sums)
    for label, said in project.fields.items():
        match = NUMBER.search(said.text) if fold(label) == EXECUTION_WEIGHT else None
        if match:
            sums.append(100 - Decimal(match[0]))
    return sums


def is_one_of(total: Decimal, sums: Sequence[Decimal]) -> bool:
    """Whether points sum up to one of these sums."""
    return any(abs(total - one) <= CLOSE for one in sums)


def _whole(project: Project, ctx: Context) -> list[Decimal] | None:
    """The weights of a form all of whose rows have one and that is not cut off."""
    return None if project.truncated is not None else _weights(project.annual)


@rule(
    Project,
    "JX801",
    Severity.ERROR,
    "X",
    title=("权重合计不符", "Weights do not sum"),
    zh="权重合计 {total}，应为 {sums}",
    en="Weights sum to {total}, expected {sums}",
    why=(
        "财预〔2020〕10号 指标权重：合计100；预算执行率另占10的，合计90",
        "财预〔2020〕10号 on weights: the sum is 100, or 90 beside 10 for budget execution",
    ),
    remedy=("核对各行权重，使合计为 {sums}", "Check the weights, so that they sum to {sums}"),
    silences=("JX805",),
    damaged="some",
    when=lambda ctx: ctx.once(_is_weighed),
)
def weight_sum(project: Project, ctx: Context) -> Iterator[Hit]:
    """Weights of all rows that come to something else than a whole; far from one, rows may have been lost."""
    found = _whole(project, ctx)
    if found is None:
        return
    total, sums = sum(found, ZERO), _sums(project, ctx)
    if total == 0 or is_one_of(total, [*sums, *FRACTIONS]):
        return
    severity = None if LEAST <= total <= MOST else Severity.INFO
    listed = [f"{one:f}" for one in sums]
    words = {"total": f"{total:f}", "sums": Words(" 或 ".join(listed), " or ".join(listed))}
    also = tuple(one.weight.at for one in project.annual[1:])
    at = project.annual[0].weight.at
    yield Hit(at, words, also=also, severity=severity, where=(), value=f"{total:f}")


@rule(
    Indicator,
    "JX802",
    Severity.WARNING,
    "W",
    title=("部分指标无权重", "Weight missing"),
    zh="“{name}”缺少权重",
    en="Missing weight of `{name}`",
    why=(
        "财预〔2020〕10号 指标权重：各指标均应有权重",
        "财预〔2020〕10号 on weights: every indicator has a weight",
    ),
    remedy=("补充权重，使合计为 90 或 100", "Add it, so that the weights sum to 90 or 100"),
    damaged="some",
    when=lambda ctx: ctx.once(_is_weighed) and bool(ctx.once(_unweighed)),
)
def missing_weight(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A row without a weight, where most have one and these are not yet a whole."""
    if id(indicator) in ctx.once(_unweighed):
        yield Hit(indicator.name.at, {"name": indicator.name.text.strip()})


def _unweighed(ctx: Context) -> frozenset[int]:
    rows = ctx.project.annual
    have = [one for one in rows if one.weight.value is not None]
    lacking = [one for one in rows if one.weight.value is None and _counts(one)]
    if not lacking or 2 * len(have) <= len(rows):
        return frozenset()
    total = sum((one.weight.value or ZERO for one in have), ZERO)
    if is_one_of(total, [*_sums(ctx.project, ctx), *FRACTIONS]):
        return frozenset()
    return frozenset(map(id, lacking))


def _counts(one: Indicator) -> bool:
    """Whether a row should have a weight of its own."""
    name = fold(one.name.text)
    return bool(name and one.target.text.strip()) and not name.startswith(PART) and one.weight.blank


@rule(
    Indicator,
    "JX803",
    Severity.ERROR,
    "X",
    title=("权重为零或负", "Weight not positive"),
    zh="“{name}”的权重为 {weight}，应大于 0",
    en="Weight of `{name}` is {weight}, expected more than 0",
    why=(
        "财预〔2020〕10号 指标权重：权重反映重要程度",
        "财预〔2020〕10号 on weights: weights show importance",
    ),
    remedy=("填写大于零的权重，或删除本行", "Write a positive weight, or delete the row"),
    damaged="some",
    when=lambda ctx: ctx.once(_is_weighed),
)
def nonpositive_weight(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A printed weight of zero or less."""
    weight = indicator.weight
    if weight.value is None or weight.value > 0 or ctx.judged(indicator) is None:
        return
    words = {"name": indicator.name.text.strip(), "weight": weight.text.strip()}
    yield Hit(weight.at, words)


@rule(
    Project,
    "JX804",
    Severity.INFO,
    "X",
    title=("权重平均分配", "All weights equal"),
    zh="{count} 个指标的权重均为 {weight}",
    en="All {count} indicators have the weight {weight}",
    why=(
        "财预〔2020〕10号 指标权重：权重反映重要程度",
        "财预〔2020〕10号 on weights: weights show importance",
    ),
    remedy=(
        "增加核心指标的权重，如“20、20、10、20、10、10”",
        "Give the core indicators more, such as 20, 20, 10, 20, 10, 10",
    ),
    damaged="some",
    when=lambda ctx: ctx.once(_is_weighed),
)
def flat_weights(project: Project, ctx: Context) -> Iterator[Hit]:
    """More than four rows, all of one weight."""
    found = _weights(project.annual)
    if found is not None and len(found) > FEW and len(set(found)) == 1:
        words = {"count": len(found), "weight": f"{found[0]:f}"}
        yield Hit(project.annual[0].weight.at, words, where=(), value="")


@rule(
    Project,
    "JX805",
    Severity.INFO,
    "X",
    title=("一级指标权重异常", "Unusual level-1 weights"),
    zh="一级指标权重为{said}，与通行分配不同",
    en="Unusual level-1 weights: {said}",
    why=(
        "财预〔2020〕10号、财预〔2021〕101号 指标权重：成本20、产出40、效益20、满意度10，或产出50、效益30、满意度10",
        (
            "财预〔2020〕10号 and 财预〔2021〕101号 on weights: cost 20, output 40, benefit 20 and satisfaction 10, or 50, "
            "30 and 10 without cost"
        ),
    ),
    remedy=(
        "核对一级指标权重；本地另有规定的，从其规定",
        "Check them; local rules take precedence",
    ),
    damaged="some",
    when=lambda ctx: ctx.once(_is_weighed),
)
def unusual_level_weights(project: Project, ctx: Context) -> Iterator[Hit]:
    """Full weights whose sums by level are none of those that official papers give."""
    found = _whole(project, ctx)
    if found is None or not is_one_of(sum(found, ZERO), FULL):
        return
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one, weight in zip(project.annual, found, strict=True):
        sums[_level1(one)] += weight
    if not set(sums) <= set(LEVELS) or _is_usual([sums.get(one, ZERO) for one in LEVELS]):
        return
    said = "、".join(f"{name.removesuffix('指标')}{total:f}" for name, total in sums.items())
    listed = ", ".join(f"`{name}` {total:f}" for name, total in sums.items())
    words = {"said": Words(said, listed)}
    yield Hit(project.annual[0].weight.at, words, where=(), value=said)


def _level1(one: Indicator) -> str:
    printed = one.printed1
    return (printed.value if printed.text else None) or one.level1.value or one.level1.text


def _is_usual(sums: Sequence[Decimal]) -> bool:
    """Whether the levels have a usual share, or one of them the 10 points of execution besides."""
    for usual in USUAL:
        beyond = [one - share for one, share in zip(sums, usual, strict=True)]
        if not any(beyond) or sorted(beyond) == [ZERO, ZERO, ZERO, TEN]:
            return True
    return False


@rule(
    Project,
    "JX808",
    Severity.WARNING,
    "X",
    title=("一级分值与合计不符", "Level points contradict rows"),
    zh="“{label}”的分值 {points} 与各行权重合计 {total} 不符",
    en="Points {points} of `{label}` differ from the sum {total} of its rows",
    why=(
        "财预〔2020〕10号 指标权重：一级指标的分值为其下各指标权重之和",
        "财预〔2020〕10号 on weights: the points of a level are the sum of its rows",
    ),
    remedy=("核对分值和各行权重，更正有误的一处", "Check both, and correct the wrong one"),
    damaged="some",
    when=lambda ctx: ctx.once(_is_weighed),
)
def level_weights(project: Project, ctx: Context) -> Iterator[Hit]:
    """Points in the label of a level 1 that its rows do not come to."""
    if project.truncated is not None:
        return
    groups: dict[str, list[Indicator]] = defaultdict(list)  # a merged cell may be printed on each
    for one in project.annual:
        if not one.level1.missing:
            groups[fold(one.level1.text)].append(one)
    for rows in groups.values():
        label = rows[0].level1
        match = POINTS.search(label.text)
        found = _weights(rows) if match else None
        if match is None or found is None:
            continue
        points, total = Decimal(match["points"] or match["points2"]), sum(found, ZERO)
        if abs(points - total) > CLOSE:
            words = {"label": label.text.strip(), "points": f"{points:f}", "total": f"{total:f}"}
            yield Hit(label.at, words, where=(label.value or label.text,))
