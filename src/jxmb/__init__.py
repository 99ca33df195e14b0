r"""Read and lint China's 项目支出绩效目标表 (budget performance-target forms).

`parse` reads forms, `check` finds what is wrong with them, `fix` mends it and `convert` makes records. Each takes a `str`,
which is text, or a `Path`, which is a file: text, Word, Excel, PDF or a picture, told by its content. The examples of this
library are about one form:

>>> import jxmb
>>> FORM = '''
... 项目支出绩效目标表
... (2024年)
...
... 项目名称\t档案数字化
... 年度资金总额（万元）\t12.50
... 其中：财政拨款\t12.50
... 年度目标\t扫描并挂接档案8000卷。
... 一级指标\t二级指标\t三级指标\t指标值
... 产出指标\t数量指标\t扫描档案\t》8000卷
... 产出指标\t时效指标\t完成时间\t2024年10月底前
... 满意度指标\t服务对象满意度指标\t查档群众满意度\t≥95%
... '''
>>> [one.where[-1] for one in jxmb.check(FORM) if one.severity == "error"]
['主管部门', '效益指标', '扫描档案']

Whether names and shapes stay as they are is said on the page on stability.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import (
        Document,
        Finding,
        Fixed,
        Funding,
        Indicator,
        Project,
        Reading,
        Settings,
        Undecodable,
        check,
        convert,
        fix,
        parse,
    )

__version__ = "0.1.0"
__all__ = [
    "Document",
    "Finding",
    "Fixed",
    "Funding",
    "Indicator",
    "Project",
    "Reading",
    "Settings",
    "Undecodable",
    "check",
    "convert",
    "fix",
    "parse",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: starting up stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(".api", __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
