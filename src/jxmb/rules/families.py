"""The families of rules: what the first characters of a code stand for."""

from __future__ import annotations

from ..deferred import dataclass
from ..findings import Words

LENGTH = 3  # characters of a code that name its family


@dataclass(frozen=True, slots=True)
class Family:
    """A family: the beginning of its codes, and its title.

    `judges` says that its rules judge the contents of a form, `writing` that they judge how targets are written: what
    is wrong there in a text that was recognised is the reading, as likely as not.
    """

    code: str
    title: Words
    judges: bool = True
    writing: bool = False


RUN = Family("JX0", Words("文件与运行", "Files and the run"), judges=False)
FAMILIES = {
    one.code: one
    for one in (
        RUN,
        Family("JX1", Words("版面", "Layout"), judges=False),
        Family("JX2", Words("完整性", "Completeness")),
        Family("JX3", Words("指标值的写法", "How targets are written"), writing=True),
        Family("JX4", Words("指标归类", "Taxonomy")),
        Family("JX5", Words("指标内容", "What indicators say")),
        Family("JX6", Words("资金与时间", "Money and time")),
        Family("JX7", Words("目标与指标", "Goal and indicators")),
        Family("JX8", Words("权重与自评", "Weights and self-evaluation")),
        Family("JX9", Words("各表之间", "Across forms")),
    )
}
FORM_RULES = tuple(one.code for one in FAMILIES.values() if one.judges)


def of(code: str) -> Family:
    """The family of a rule's code."""
    return FAMILIES[code[:LENGTH]]
