"""What a label of the money block says, read from the words that it is made of.

Offices name the same figure in hundreds of ways (年度预算资金总额, 当年市级财政资金, 本次下达资金). A label is taken
apart into words that say which year, whose money and what kind of figure; it is one of money where nothing
is left over. The vocabulary of `labels` goes first: it knows the words that mean something else.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .. import deferred
from . import CENTURIES, DATED, ENDS, LIMITS, Label, bare

UNIT = "(?:亿元|万元|千元|元)"
# The second line of 项目资金（万元）, where a line break in the cell became a row of its own.
UNIT_ALONE = deferred.re(rf"^[(（](?:单位[:：]?)?{UNIT}[)）]$")
# Kind of word: the words of that kind. At each place of a label the longest one that fits is taken.
WORDS = {
    "year": "预算年度 本年度 当年度 全年度 年度 当年 本年 全年 今年 年初",
    "term": "项目实施期 实施周期 实施期 项目期 中长期 中期 三年",
    "past": "以前年度 前年度 上年度 上年 往年",
    "before": "结转结余 结转 结余",
    "done": "执行数 执行额",
    "fiscal": "财政 一般公共预算 预算内",
    "others": "其他 其它 其余 非财政",
    "owner": "财政专户管理 财政专户 专户 政府性基金预算 政府性基金 国有资本经营预算 国有资本经营 中央 上级 省级 省 自治区级 自治区 盟市 "
    "旗县 市县区 市县 市级 市 区级 区县 区 县级 县 乡镇 地方 本级 单位 自有 自筹 社会 企业 银行 金融机构 专项债券 一般债券 债券 "
    "债务 事业 附属单位 个人 捐赠 群众 村集体 村民 学校 院校 医院",
    "total": "总金额 总额 总计 合计 总数 总预算 总资金 总投入 总概算 总投资 共计 金额 数额 额度 预算数 预算额 "
    "资金规模 预算规模 投资规模 经费规模 资金总量 总",
    "given": "申请 申报 安排 下达 批复 核定 申请数 申报数 安排数 下达数 批复数 核定数",
    "amount": "预算资金 资金 预算 经费 拨款 投资 概算 款项 款",
    "act": "拨付 使用 筹措 筹集 补助 配套 投入 支出 收入 贷款 管理 经营 上缴 调整 专项 转移支付",
    "head": "情况 来源 构成 组成 计划",
    "filler": "同名 项目 本次 此次 其中 部门 的 及 和 与 、 /",
}
# The role that the first of these kinds among its words gives a label; a total needs to say that it is one.
ROLES = {
    "others": "other",
    "before": "part",
    "owner": "part",
    "fiscal": "fiscal",
    "head": "head",
    "term": "total_midterm",
    "total": "total",
    "year": "total",
    "given": "total",
}
# What a column of figures is headed by that says of which time they are, and what may stand with it.
TERMS = {"past": "past", "term": "midterm", "year": "annual"}
TERMED = frozenset({*TERMS, "total", "given", "amount", "filler"})
SUMS = frozenset({"合计", "总计", "小计", "总额"})
# What says that a figure is meant: with the source of the money even what is done with it.
PAST = Label("other", "以前年度预算")  # another year's budget is no part of this one
RAISED = ("自筹", *WORDS["given"].split())
OFFICES = ("单位", "部门")  # what is done with money tells who does it: 项目管理单位
FIGURES = frozenset({"amount", "total"})
SOURCES = frozenset({"owner", "before", "fiscal"})


@cache
def _known() -> dict[str, str]:
    return {word: kind for kind, words in WORDS.items() for word in words.split()}


@cache
def _longest() -> int:
    return max(map(len, _known()))


@lru_cache(maxsize=1024)
def kinds(word: str) -> frozenset[str]:
    """The kinds of the words that a label is made of; empty where something else stands in it."""
    known, at = _known(), 0
    found: set[str] = set()
    while at < len(word):
        for length in range(min(_longest(), len(word) - at), 0, -1):
            kind = known.get(word[at : at + length])
            if kind is not None:
                found.add(kind)
                at += length
                break
        else:
            return frozenset()
    return frozenset(found)


@lru_cache(maxsize=1024)
def term(text: str) -> str | None:
    """Whose figures stand in a column under this head: a year, `annual`, `midterm` or `past`; None for another head.

    A sum of all years (合计) is one of the middle term beside heads that say a year.
    """
    if len(text) > 2 * LIMITS.words or text.isascii():
        return None
    word = _without_of_it(text)
    if word[:2] in CENTURIES and (dated := year(text)) is not None:
        rest = DATED.sub("", word)
        return str(dated) if not rest or kinds(rest.removesuffix("数")) <= TERMED else None
    found = kinds(word.removesuffix("数").replace("已", ""))
    if not found or not found <= TERMED:
        return None
    said = next((name for kind, name in TERMS.items() if kind in found), None)
    return said or ("midterm" if word in SUMS else None)


def plain(text: str) -> str:
    """A label of money without 其中 before it and without its year: 年度预算 for 其中：2026年预算."""
    word = _without_of_it(text)
    return DATED.sub("年度", word) if word[:2] in CENTURIES else word


def year(text: str) -> int | None:
    """The year that a label of money begins with: 2026 for 2026年预算."""
    dated = DATED.match(_without_of_it(text))
    return int(dated[0].rstrip("年度")) if dated else None


def _without_of_it(text: str) -> str:
    return bare(text).removeprefix("其中").lstrip(ENDS)


@lru_cache(maxsize=1024)
def find(text: str) -> tuple[Label, ...]:
    """The meaning of a label of money; empty for what is none.

    Roles: total, total_midterm, fiscal, other, part, head. The budget of years before is of the group other.
    """
    if text.isascii():
        return ()
    word = plain(text)
    if not LIMITS.shortest <= len(word) <= LIMITS.words:
        return ()
    found = kinds(word)
    if "past" in found and "before" not in found and found & FIGURES:
        return (PAST,)
    if "done" in found:
        return ()
    raised = ("act" in found and not word.endswith(OFFICES)) or word.endswith(RAISED)
    if not found & FIGURES and not (found & SOURCES and raised):
        return ()
    return next(((Label("money", ROLES[kind]),) for kind in ROLES if kind in found), ())
