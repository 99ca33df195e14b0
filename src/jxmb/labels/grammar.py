"""What a label says by the words that it is made of: of which time, whose, of which kind, and what it asks for.

Offices name the same thing in many ways (本年绩效指标值, 归口管理部门, 任务承担单位). The vocabulary of `labels` goes first:
it knows the words that mean something else.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .. import deferred

_MIDTERM = "实施期|实施周期|项目期|中长期|中期|长期|三年"
_ANNUAL = "本年度|年度|当年|本年|全年|预算年度|短期"
_PAST = "上年度?|去年|前年度?|近[两二三]年|以前年度|往年|历史|基期"
_EARLIER = "上?半年度?|季度|(?:调整|变更)前|原"  # in the year, but not what holds for it
_LATER = "(?:调整|变更)后|现"


class Grammar(NamedTuple):
    """How labels of one group are made; the first named group that matched is the name of the label in it."""

    group: str
    ends: str  # one of these is the last character
    core: tuple[str, ...]  # and one of these words stands in it
    pattern: re.Pattern[str]


GRAMMARS = (
    Grammar(
        "goal",
        "标述容务果",
        ("目标",),
        deferred.re(
            r"(?!目标$)(?:项目|部门|单位|区域|专项|专项资金|政策)?"
            rf"(?:(?P<midterm>{_MIDTERM})|(?P<annual>{_ANNUAL}))?"
            r"(?:总体|整体|总)?(?:预期)?(?:绩效)?(?:总体|整体|总|预期|主要)?(?P<overall>目标)(?:描述|概述|简述|内容"
            r"|[及和与](?:主要|工作|任务)*(?:内容|任务|成果))?"
            rf"|(?:项目|专项)?(?:(?P<midterm_work>{_MIDTERM})|(?P<annual_work>{_ANNUAL}))(?:总体|主要)?"
            r"(?:项目|建设|工作|任务|实施|发展|产出)目标"
        ),
    ),
    Grammar(
        "column",
        "值",
        ("指标", "目标", "完成", "实现", "预期", "预计", "计划", "应达"),
        deferred.re(
            rf"(?:(?P<target_midterm>{_MIDTERM})|(?P<note>{_PAST}|{_EARLIER})|{_ANNUAL}|{_LATER})?"
            r"(?:设定|申报|核定|批复|年初|绩效|项目|考核)*"
            r"(?:(?P<actual>(?:指标|目标)?(?:(?:实际|已)(?:完成|实现)?|完成)(?:指标|目标)?)"
            rf"|(?P<target>(?:指标|目标|预期|预计|计划|应达)+(?:{_ANNUAL})?(?:实现|完成)?))值"
        ),
    ),
    Grammar(
        "column",
        "值",
        ("及", "和", "与", "、"),
        deferred.re(
            r"(?P<name>(?:三级|具体|明细|绩效|考核)*指标(?:名称|内容)?(?:及|和|与|、)(?:指标|目标)?值)"
        ),
    ),
    Grammar(
        "column",
        "值平况",
        ("上年", "前年", "去年", "近", "往年", "历史", "基期"),
        deferred.re(rf"(?P<note>{_PAST})(?:实际|已)?(?:指标|目标|完成|实现|执行)*(?:值|水平|情况)"),
    ),
    Grammar(
        "column",
        "类别型种",
        ("指标",),
        deferred.re(
            r"(?:绩效|考核)?(?:(?P<level1>一级)|(?P<name>三级)|二级)?"
            r"指标(?P<level2>(?:子|小|大)?(?:类别|分类|类型|类|种类))"
        ),
    ),
    Grammar(
        "column",
        "称容述",
        ("指标",),
        deferred.re(
            r"(?:(?P<level1>一级)|(?P<level2>二级)|三级)?"
            r"(?:具体|细化|明细|考核|评价|绩效|分解)*指标(?P<name>名称|内容|描述)"
        ),
    ),
    Grammar(
        "column",
        "位",
        ("单位",),
        deferred.re(r"(?:指标值?|目标值?|绩效)?(?P<unit>(?:计量|度量|计算|衡量)单位)"),
    ),
    Grammar(
        "column",
        "重值分数比例",
        ("权重", "分值"),
        deferred.re(
            r"(?:指标|绩效|计分|评分|考核|分值)*(?P<weight>权重|分值)(?:系数|占比|比例|分值?)?"
        ),
    ),
    Grammar(
        "field",
        "位门构体称码",
        ("主管", "归口", "单位", "部门", "机构", "主体"),
        deferred.re(
            r"(?:项目|资金|预算|业务|行政|国家|中央|省级?|自治区|市级?|州级?|区级?|县级?)*"
            r"(?P<department>(?:行业)?(?:主管|归口管理|归口主管|归口)(?:预算)?(?:部门|单位)(?:名称)?)(?:及?其?(?:代码|编码))?"
            r"|(?:项目|具体|资金|预算|组织|任务|绩效)*(?P<implementer>(?:(?:实施|执行|承担|承办)(?:单位|部门|机构)|(?:实施|执行)主体"
            r"|(?:申报|申请|建设|管理|管理使用|使用|用款|填报|责任|编制|编报|报送)单位|(?:申报|填报|编制)部门)(?:名称)?)"
        ),
    ),
    Grammar(
        "field",
        "称码号",
        ("名称",),
        deferred.re(
            r"(?:一级|二级|三级|具体|预算|财政|支出|专项|补助|补贴|奖补|政府购买|采购|购买|服务|政策|任务|转移支付|建设|科研|资金)*"
            r"(?P<project_name>(?:项目|专项|资金|课题|工程|政策|政策任务|项目任务)名称)(?:(?:及|和|与|、|/)?(?:项目)?(?:代码|编码|编号))?"
        ),
    ),
    Grammar(
        "field",
        "间期限期工",
        ("期", "时间"),
        deferred.re(
            r"(?:项目|计划|专项|服务|建设|合同|履约|实施|执行)*"
            r"(?P<period>(?:服务|建设|合同|履约|实施|执行)(?:期限|期间|周期|工期|期|时间))"
        ),
    ),
    Grammar(
        "field",
        "间期月份度",
        ("开始", "起始", "启动", "开工", "结束", "终止", "完成", "截止", "完工", "竣工"),
        deferred.re(
            r"(?:项目|计划|预计)*"
            r"(?:(?:建设|实施|执行|服务|合同)?(?:(?P<period_start>开始|起始)|(?P<period_end>结束|终止|截止))"
            r"|(?<=.)(?:(?P<period_start_work>启动|开工)|(?P<period_end_work>完成|完工|竣工)))"
            r"(?:时间|日期|年月|年份|年度)"
        ),
    ),
    Grammar(
        "field",
        "度份",
        ("年度", "年份"),
        deferred.re(r"(?:预算|填报|申报|资金|项目|执行|绩效)+(?P<year>年度|年份)"),
    ),
    Grammar(
        "money_column",
        "数率",
        ("执行",),
        deferred.re(
            r"(?:截[至止]|\d{1,2}\D?(?:\d{1,2})?月底?|全年|本年|累计|实际)*"
            r"(?:(?P<expected>预计(?:全年)?(?:预算)?执行[数率])|(?:预算)?(?P<executed>执行数)|(?:预算)?(?P<rate>执行率))"
        ),
    ),
    Grammar(
        "field",
        "间期限月度",
        ("起止", "起讫"),
        deferred.re(
            r"(?:项目|计划|专项|支出|实施|执行|建设)*"
            r"(?P<period>(?:起止|起讫)(?:时间|日期|年限|年月|年度|期限|期间|时限))"
        ),
    ),
)


ENDS = frozenset("".join(one.ends for one in GRAMMARS))


@cache
def _by_end() -> dict[str, tuple[Grammar, ...]]:
    """The grammars of labels that end in a character."""
    found: dict[str, tuple[Grammar, ...]] = {}
    for one in GRAMMARS:
        for end in one.ends:
            found[end] = (*found.get(end, ()), one)
    return found


def read(word: str) -> tuple[str, str] | None:
    """Group and name of a label that is made of words, bare and folded; None for what is none."""
    for one in _by_end().get(word[-1:], ()):
        if not any(map(word.__contains__, one.core)):
            continue
        if match := one.pattern.fullmatch(word):
            name = next(name for name, text in match.groupdict().items() if text)
            return one.group, name.removesuffix("_work")
    return None
