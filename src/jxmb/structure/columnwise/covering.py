"""Which rows the level-2 labels of torn text cover: both in their order, told by where they stand and what rows say.

A label lies within its rows, or right before them; among other labels in a run its place says nothing. Then the
words of names and values do: 满意度 stands under 服务对象满意度指标, a date under 时效指标.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ... import deferred
from ...deferred import dataclass
from .limits import COVERING

COST = (r"成本|费用|单价|造价|标准|经费|支出|补助|投入", r"元|预算|成本")
# What the names under a level 2 say, and what their values look like.
SENSES = {
    "数量指标": (r"数量?$|面积|里程|规模|[次人个]数", r"\d[^%％‰年月日天时元]*$"),
    "质量指标": (r"率$|合格|达标|质量|规范|准确|验收", r"[%％]|合格|达标|规范"),
    "时效指标": (
        r"时间?$|及时|时限|期限|周期|进度|按期|如期",
        r"[年月日天期]|小时|分钟|及时|按时",
    ),
    "成本指标": COST,
    "经济成本指标": COST,
    "社会成本指标": (r"舆情|投诉|事故|负面|社会", r"^\D?0"),
    "生态环境成本指标": (r"环境|排放|污染|生态|能耗", r"[%％‰]|吨"),
    "经济效益指标": (r"收入|增收|产值|产能|产量|税收|节约|效益|经济|营业|降低.*成本", r"元"),
    "社会效益指标": (r"受益|就业|群众|居民|社会|事故|影响|保障|知晓", r"[人户]"),
    "生态效益指标": (r"生态|环境|绿|水质|污染|节能|节水|节电|排放|利用率|植被", r"[%％‰]|吨"),
    "可持续影响指标": (r"持续|长效|机制|制度|年限|长期|发展", r"年|长期|健全|完善"),
    "服务对象满意度指标": (r"满意", r"[%％]|满意"),
}
SAID = {
    name: (deferred.regex(said), deferred.regex(looks)) for name, (said, looks) in SENSES.items()
}
Way = tuple[float, tuple[int, ...]]  # what it is worth, and the first rows of the labels begun


@dataclass(frozen=True, slots=True)
class Standing:
    """A label: its canonical name, how many rows stand before it, and whether that says where its rows are.

    `first`: a row's name stands right behind it.
    """

    name: str
    height: int
    placed: bool
    first: bool


def starts(labels: Sequence[Standing], rows: Sequence[tuple[str, str]]) -> list[int]:
    """The first row of each label, of rows given by name and value; of all ways the one that says most.

    A label without a row of its own begins where the next one does.
    """
    if len(labels) > COVERING.most:
        return [label.height for label in labels]
    ways: list[Way] = [(0.0, ())]  # by the number of labels begun
    for row, said in enumerate(rows):
        before, ways = ways, []
        for begun in range(len(labels) + 1):
            earlier = enumerate(before[: begun + 1])
            worth, found = max(_to(labels, at, begun, way, row) for at, way in earlier)
            ways.append((worth + (_fit(labels[begun - 1], *said) if begun else 0.0), found))
    _, found = max((worth + COVERING.empty * at, found) for at, (worth, found) in enumerate(ways))
    return [*found, *[len(rows)] * (len(labels) - len(found))]


def doubtful(
    labels: Sequence[Standing], starts: Sequence[int], rows: Sequence[tuple[str, str]]
) -> Iterator[int]:
    """The rows of which their label says nothing, and another one does: their label may have come from elsewhere."""
    for row, said in enumerate(rows):
        own = bisect_right(starts, row) - 1
        if own >= 0 and not _fit(labels[own], *said) and any(_fit(one, *said) for one in labels):
            yield row


def _to(labels: Sequence[Standing], begun: int, until: int, way: Way, row: int) -> Way:
    """The way on to this row, on which so many labels have begun: all but the last of the new ones are empty."""
    worth, found = way
    if until == begun:
        return way if begun else (worth - COVERING.bare, found)
    label = labels[until - 1]
    if label.placed:
        worth -= COVERING.away * max(0, row - label.height)
        worth += COVERING.first * (label.first and row == label.height)
    if begun and labels[begun - 1].placed:
        worth -= COVERING.away * max(0, labels[begun - 1].height - row)
    return worth - COVERING.empty * (until - begun - 1), (*found, *[row] * (until - begun))


def _fit(label: Standing, name: str, value: str) -> float:
    """What the words of a row say for its label."""
    if label.name not in SAID:
        return 0.0
    said, looks = SAID[label.name]
    return COVERING.name * bool(said.search(name)) + COVERING.value * bool(looks.search(value))
