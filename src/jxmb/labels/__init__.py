"""The vocabulary of forms: what the labels of a 绩效目标表 are called, and how they are recognised.

A label is compared without blanks, width, points, numbering and marks. A word may be the label of several
things (成本指标 is a level 1 and a level 2): `find` gives all of them, the place decides.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .. import deferred
from ..deferred import dataclass
from ..values import fold
from . import grammar


@dataclass(frozen=True, slots=True)
class Label:
    """One meaning of a label: `group` (field, money, goal, column, level1 …) and canonical `name` in it."""

    group: str
    name: str


# Canonical name and what else it is called, by group. The first word is the canonical label.
FIELDS = {
    "project_name": "项目名称 项目名 项目支出名称 项目(专项)名称 专项名称 专项(项目)名称 转移支付(项目)名称 "
    "单位(专项)名称 一级项目名称 二级项目名称 三级项目名称 支出项目 支出项目名称 预算项目名称 项目名称及编码 项目名称(编码) "
    "单位(项目)名称 单位名称、项目名称 单位名称(项目名称) 项目单位(项目名称)",
    "department": "主管部门 主管部门及代码 主管部门及编码 主管部门及其编码 主管部门编码 主管部门名称 主管部门(单位)名称 "
    "主管部门(单位)名称及部门预算编码 项目主管部门 主管预算部门 业务主管部门 中央主管部门 省级主管部门 地方主管部门 "
    "市级主管部门 区级主管部门 县级主管部门 自治区主管部门 市县主管部门 一级主管部门名称 预算部门 部门名称 部门 "
    "预算主管部门 主管单位 资金主管部门 购买主体 一级预算部门 一级预算单位 一级预算部门名称 一级预算单位名称",
    "implementer": "实施单位 项目实施单位 建设单位 项目建设单位 项目执行单位 具体实施单位 申报单位 项目单位 资金使用单位 填报单位 编制单位 "
    "绩效编制单位 组织实施单位 预算单位 单位名称 单位信息 项目申报单位 项目申报单位名称 申报单位名称 填报单位名称 实施单位名称 下达地方或单位 项目承担单位 "
    "项目单位名称 预算单位名称 用款单位 项目使用单位 二级预算单位 基层预算单位",
    "nature": "项目属性 项目性质 存续状态 是否新增 项目存续状态",
    "period": "项目起止时间 起止时间 项目期 项目期限 项目支出实施期 专项实施期 实施周期 建设周期 项目实施周期 实施期 "
    "项目起止年限 项目起止日期 起止日期 项目周期 项目实施期 起止年限 项目实施期限 项目计划实施时间 实施期限 项目执行期 "
    "项目日期范围 日期范围 实施期间 项目实施期间 项目执行期间",
    "period_start": "开始日期 项目开始日期 计划开始日期 预计开始时间 开始时间 项目开始时间 计划开始时间",
    "period_end": "结束日期 项目完成日期 计划完成日期 预计完成时间 项目结束日期 结束时间 完成时间 完成日期 "
    "项目结束时间 计划完成时间 项目完成时间",
    "year": "预算年度 年度 申报年度 所属年度 绩效年度",
    "unit": "单位 金额单位 计量币种",
}
OTHERS = (
    "项目负责人 项目实施责任人 联系电话 联系人 项目联系人 项目负责人及电话 项目负责人电话 填报人 单位负责人 负责人 填报日期 "
    "填报时间 项目类别 项目类型 项目分类 项目来源 项目口径 项目概况 项目概述 项目内容 项目简介 项目描述 立项依据 "
    "项目立项依据 立项必要性 项目必要性 项目可行性 支出方向 支出用途 资金投向 投资方向 支持方向 资金支持方向 项目用途 资金用途 "
    "资金性质 资金来源 监督管理单位 省级财政部门 市级财政部门 区级财政部门 县级财政部门 财政部门 地方财政部门 "
    "项目编码 项目代码 部门职能概述 部门职责 年度工作任务 "
    "主要工作内容 职能职责 项目实施内容 项目实施计划 项目实施进度计划 单位代码 单位编码 经办人 审核人 评价结论 存在问题 "
    "改进措施 备注 说明 其他说明 审核意见 财政部门审核意见 主管部门审核意见 实施方案 保证措施 政策依据 支出级次 "
    "支出类型 支出类别 牵头单位 配合单位 主管处室 主管科室 业务处室 业务科室 责任处室 责任科室 实施科室 "
    "项目等级 功能科目 经济科目 科目名称 科目编码 部门预算编码 部门编码 部门代码 预算编码 分管领导 评价得分 评价等级 自评得分 自评等级 自评结论 "
    "偏差大或目标未完成原因分析 改进措施及结果应用方案 执行率分值 预算执行率权重 联系方式 填表人 填表日期 制表人 单位负责人签字 政府采购 是否政府采购 "
    "其他需要说明的问题 其他需要说明的事项 需要说明的问题 需要说明的事项 项目编号 项目级次 项目分级 承接主体 服务内容 "
    "建设内容 建设内容及规模 项目建设内容 建设性质 建设地点 项目建设地点 实施地点 调整类型 绩效目标类型 资金类型 申报理由"
)
MONEY = {
    "head": "项目资金 资金情况 项目资金申请 项目预算 项目资金情况 资金构成 项目资金来源 预算资金 预算情况 "
    "项目预算情况 年度预算申请 年度资金情况 资金来源 预算执行情况 项目预算执行情况 项目预算资金 资金总体情况 总体资金情况 项目投入 年度预算情况 "
    "资金(万元) 资金(元) 项目经费 "
    "部门整体支出预算 年度部门整体支出预算 整体支出预算 年度整体支出预算 资金预算 经费预算",
    "total": "年度资金总额 年度预算 资金总额 项目资金总额 年度资金申请总额 当年资金总额 总额 合计 年度财政资金总额 "
    "年度本级预算金额 项目金额 项目预算金额 项目总预算 当年年度预算 预算数 预算申报数 年度预算安排 年度金额 预算金额 "
    "年度预算数 年度预算金额 年度预算总额 项目预算总额 资金合计 小计 年初预算数 预算资金总额 项目总投资 年度资金预算 当年金额 "
    "预算总额 申请资金总额 年度总预算 全年预算数 项目总金额 年度资金总计 总计",
    "total_midterm": "中期资金总额 实施期资金总额 项目期资金总额 中长期资金总额 项目总资金",
    "fiscal": "财政拨款 其中财政拨款 财政资金 财政拨款小计 当年财政拨款 本年财政拨款 其中财政资金 市财政资金 "
    "年度财政拨款 财政拨款收入 财政拨款资金 财政性资金 财政投款 预算拨款 一般公共预算拨款 当年财政资金 本级财政拨款",
    "other": "其他资金 其它资金 其他 当年其他资金 其他收入 其他来源资金 其它 其他来源 本年其他资金 年度其他资金",
    "part": "上年结转资金 上年结转 上年结余 上年结余收入 结转资金 结转结余资金 自有资金 单位自筹 单位资金 自筹资金 "
    "事业收入 经营性收入 经营收入 财政专户管理资金 专户资金 财政专户拨款 财政专户资金 一般公共预算 一般公共预算资金 "
    "政府性基金 政府性基金预算 政府性基金预算拨款 政府性基金预算资金 国有资本经营预算 国有资本经营预算拨款 国有资本经营预算资金 "
    "中央补助 中央资金 中央财政资金 中央补助安排 上级资金 上级补助 上级财政资金 该项目支出上级资金 省级资金 "
    "省级财政资金 省级财政安排 自治区补助 自治区财政资金 盟市财政资金 旗县财政资金 市县资金 市县(区)财政资金 县级资金 "
    "地方资金 地方资金/其他 市级资金 区级资金 市级财政资金 区级财政资金 县级财政资金 本级资金 本级财政 本级财政资金 "
    "本级安排 当年市级财政资金 自有资金小计 社会资金 银行贷款 债券资金 专项债券 事业基金弥补差额 预算内资金 "
    "省级补助 市级补助 县级配套 地方配套 本级预算资金 社会投入资金 企业自筹 其中中央补助 省财政资金 中央财政补助 "
    "县财政资金 基本支出 项目支出 事业发展性支出 上年结转结余 项目单位自筹 附属单位上缴收入 上级补助收入 债务收入",
}
MONEY_COLUMNS = {
    "initial": "年初预算数 年初预算 年初预算金额",
    "budget": "全年预算数 调整后预算数 全年预算 预算数 全年预算数a 调整预算数 调整后预算",
    "executed": "全年执行数 预算执行数 执行数 全年执行数b 实际执行数 实际支出数 全年实际执行数",
    "rate": "执行率 预算执行率 执行率b/a 支出率",
    "weight": "分值 权重",
    "score": "得分 自评得分",
    "reason": "原因 偏差原因",
}
GOALS = {
    "annual": "年度目标 年度总体目标 年度绩效目标 本年度绩效目标 项目绩效目标 当年绩效目标 绩效目标 整体目标 "
    "年度绩效总目标 年度主要目标和成果 项目年度目标 项目年度绩效目标 本年度目标 预期目标 年度预期目标 年初设定目标 "
    "年度总目标 绩效总目标 项目绩效目标描述 当年目标 年度绩效目标描述 年度任务目标 项目目标 "
    "区域绩效目标 部门年度目标 年度整体目标 绩效目标内容 年初设定绩效目标 年度目标及任务 年度设定目标 "
    "整体绩效目标 全年绩效目标 全年总体目标 全年目标 当年整体绩效目标 年度整体绩效目标 部门整体绩效目标",
    "midterm": "中期目标 中期滚动目标 中长期目标 实施期目标 实施期绩效目标 项目期目标 长期目标 中期绩效目标 "
    "实施期总目标 项目总目标 项目实施期目标 中长期绩效目标 三年目标 实施期总体目标 项目实施期绩效目标",
    "overall": "总体目标 项目总体目标 总目标 总体绩效目标 项目总体绩效目标",
    "done": "实际完成情况 目标实际完成情况 年度总体目标完成情况综述 完成情况 全年实际完成情况 实际完成目标 目标完成情况 "
    "年度目标完成情况 全年目标完成情况 全年目标实际完成情况 年度目标实际完成情况 全年绩效目标完成情况",
}
COLUMNS = {
    "level1": "一级指标 一级目标 一级指标名称 一级绩效指标 一级 一级绩效指标名称",
    "level2": "二级指标 二级目标 二级指标名称 二级绩效指标 二级 指标类型 指标类别 二级绩效指标名称",
    "name": "三级指标 三级目标 三级指标名称 指标内容 指标名称 三级绩效指标 三级 绩效指标名称 具体指标 绩效指标 评价指标 "
    "指标描述 三级绩效指标名称 明细指标",
    "target": "年度指标值 指标值 目标值 年度目标值 年初目标值 指标目标值 绩效指标值 年度绩效指标值 绩效目标值 "
    "当年预期实现值 预期指标值 指标值及单位 全年指标值 计划指标值 年初指标值 年度指标目标值 项目指标值 "
    "年初设定指标值 预期值 本年度指标值 当年指标值 标准值 计划目标值 指标目标 预期目标值 计划值 年初目标值a 年度目标指标值 预计当年实现 "
    "当年预计实现 预计当年实现值 全年计划值 全年目标值",
    "target_midterm": "中期指标值 实施期指标值 实施周期目标值 实施周期指标值 项目期指标值 中长期指标值 实施期目标值 中期目标值 长期指标值 "
    "总体指标值 中期绩效指标值",
    "mark": "指标性质 绩效指标性质 计算符号 指标方向 指标方向性 运算符号 比较符 符号 指标值类型 指标属性 绩效指标方向 "
    "指标符号 比较符号 运算符 逻辑符号 性质 方向性 目标值符号 绩效指标属性 指标正反向",
    "unit": "度量单位 计量单位 绩效度量单位 单位 指标单位 计算单位",
    "weight": "权重 分值 指标权重 分值权重 指标分值 权重分值 标准分值 权重分 绩效指标权重 分数 分值(权重) 权重(分值) 满分",
    "actual": "实际完成值 完成值 全年实际值 实际值 全年实际完成值 实际完成指标值 实际完成情况 全年完成值 年度实际完成值 "
    "完成情况 实际完成 实际完成值b 年度完成值 实际完成数 实际实现值",
    "score": "得分 自评得分 评分 评价得分 实际得分",
    "reason": "偏差原因分析及改进措施 未完成原因及拟采取的改进措施 未完成原因和改进措施 偏差原因分析 偏差原因 原因 "
    "未完成原因 未完成原因分析 偏差原因及改进措施 未完成原因及改进措施 偏差原因分析及整改措施 原因分析 偏差分析",
    "note": "备注 指标解释 指标说明 评分标准 绩效标准 指标值说明 绩效指标描述 指标值内容 评分细则 指标标准或依据 "
    "计算方法 数据来源 资料来源 设定依据 指标值设定依据 说明 目标值制订说明 是否核心指标 评扣分标准 参考标准 上年度实际水平 "
    "绩效指标评价标准 评价标准 指标值解释 评分规则 指标值设定说明 计算公式 赋分规则 考核内容 绩效指标说明 "
    "指标内涵 取值说明 取值依据 测算依据 历史参考值 上年指标值 上年实际值 佐证资料 证明材料 扣分标准 序号 前年 上年 去年 前年实际值 半年计划值 "
    "指标值确定依据 评价标准确定依据 评分依据 核心指标 指标解释及计算方法 绩效金额 评(扣)分标准 评(扣分标准) 是否核心 "
    "完成时限 考核办法 考核方法 计分方法 计分标准 指标来源 指标值来源 数据采集方式",
}
MARGINS = "绩效指标 分解目标 目标分解 年度绩效指标 绩效目标指标 绩效指标体系 项目绩效指标 绩效考核指标 年度指标 绩效指标及目标值 部门整体支出年度绩效目标"
LEVEL1 = {
    "产出指标": "产出 产出目标 产出(工作量)指标 投入产出指标 项目完成指标 预期产出指标 预期产出 完成指标 产出类指标 项目产出指标 项目产出",
    "效益指标": "效益 效果指标 效果目标 成效指标 项目效益指标 效果 效益目标 预期效益指标 预期效益 效益类指标 项目效益 "
    "影响力目标 项目效果指标",
    "满意度指标": "满意度 满意度目标 满意指标 满意度类指标 服务对象满意度指标 服务对象满意度 社会公众或服务对象满意度指标",
    "成本指标": "成本 成本目标 产出成本指标 成本控制指标 成本类指标",
    "共性指标": "",
    "投入指标": "投入 投入目标",
    "过程指标": "过程 管理目标 管理指标",
    "实施效果指标": "",
    "过程管理指标": "",
    "个性指标": "",
}
# Level 2: its parents in the trees, the usual one first, and what else it is called.
LEVEL2 = {
    "数量指标": (
        "产出指标",
        "数量 产出数量 产出数量指标 数量目标 数量指标(或建筑规模指标) 数量类指标 工作数量",
    ),
    "质量指标": ("产出指标", "质量 产出质量 产出质量指标 质量目标 质量类指标 工作质量"),
    "时效指标": (
        "产出指标",
        "时效 产出时效 产出时效指标 进度指标 产出进度指标 时效目标 时间指标 时效类指标 工作时效 进度 "
        "时效指标(工期指标、形象进度指标) 时效性指标",
    ),
    "成本指标": (
        "产出指标 成本指标",
        "成本 产出成本 产出成本指标 成本目标 成本控制指标 成本类指标 预算(或投资规模)控制指标",
    ),
    "经济成本指标": ("成本指标", "经济成本"),
    "社会成本指标": ("成本指标", "社会成本"),
    "生态环境成本指标": ("成本指标", "生态环境成本 生态成本指标 生态成本 环境成本指标 环境成本"),
    "经济效益指标": ("效益指标", "经济效益 经济效益目标 经济指标 经济效益类指标 经济效果指标"),
    "社会效益指标": ("效益指标", "社会效益 社会效益目标 社会效益类指标 社会效果指标 社会指标"),
    "生态效益指标": (
        "效益指标",
        "生态效益 环境效益指标 生态环境效益指标 环境效益目标 环境效益 生态效益目标 生态环境效益 生态效益类指标 生态指标",
    ),
    "可持续影响指标": (
        "效益指标",
        "可持续影响 可持续发展指标 可持续影响力指标 可持续影响目标 可持续性 可持续性发展影响指标 可持续性指标 可持续发展 "
        "可持续性影响指标 可持续影响类指标 可持续效益指标 可持续发展影响指标",
    ),
    "社会、经济、生态效益指标": ("效益指标", "经济社会生态效益指标 社会经济生态效益指标"),
    "服务对象满意度指标": (
        "满意度指标",
        "服务对象满意度 满意度指标 满意度 社会公众或服务对象满意度指标 社会公众或服务对象满意度 受益对象满意度指标 "
        "服务对象满意度目标 服务对象满意度指标等 服务对象或受益者满意度指标 社会公众满意度指标 受益对象满意度 "
        "受益群众满意度指标 群众满意度指标 服务满意度指标 满意度目标 公众满意度指标 项目受益人满意度指标",
    ),
    "投入管理": ("共性指标", "投入管理指标"),
    "财务管理": ("共性指标", "财务管理指标"),
    "资产管理": ("共性指标", "资产管理指标"),
    "资金到位": ("投入指标", "资金到位指标 预算执行指标 预算执行"),
    "计划管理指标": ("过程管理指标", "计划管理"),
    "资金管理指标": ("过程管理指标", "资金管理"),
    "项目管理指标": ("过程管理指标", "项目管理"),
    "监督检查指标": ("过程管理指标", "监督检查"),
}
PARENTS = {name: tuple(parents.split()) for name, (parents, _) in LEVEL2.items()}

# What the name of an office ends in: an authority, any body, and what else some offices end in.
AUTHORITIES = "局|委|厅|办|府|院|校|会|队|部|镇|乡|街道"
BODIES = f"{AUTHORITIES}|办公室|中心|站|所|科|股|处|公司|单位|集团|馆|社"
OFFICES = f"{BODIES}|[室学团园司县区市州旗场]"
# What stands beside 项目属性 in most forms.
NATURES = ("延续项目", "新增项目", "经常性项目", "一次性项目", "常年项目")

NUMBERING = deferred.re(
    r"^(?:[★☆●■◆*※]+|[(（]?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.])+"
)
BRACKETS = deferred.re(
    r"\([^()]{0,30}\)?分?|\[[^\[\]]{0,30}\]|【[^【】]{0,30}】|\d{1,3}分$|^[^()]{0,3}\)"
)
NUMBERS = frozenset(
    "★☆●■◆*※(（一二三四五六七八九十"
)  # with one of them or a figure NUMBERING begins
ENCLOSING = frozenset("()[【")  # without one of them BRACKETS finds points at the end only
ENDS = ":：*★#、,.·。;|"
CLOSING = frozenset(")）")
CENTURIES = frozenset({"19", "20"})
DATED = deferred.re(r"^(?:19|20)\d\d年度?")  # 2026年指标值
# Which term a label is of may stand behind it: 绩效目标（实施期）.
TERMED = deferred.re(
    r"(?P<label>[^()]+)\((?P<term>实施期|项目期|中长期|中期|长期|三年|本年度|年度|当年)\)"
)
LEVELS = ("level1", "level2")  # the groups of their labels
LEVEL_END = "指标"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long labels, their parts and the texts around them are, in code points."""

    text: int = 80  # in which a label is looked for
    shortest: int = 3  # of what is known by a part of a label, or by the words in it
    safe: int = 4  # of a label that is not met by chance: misread, behind other text, inside a name
    twice: int = 7  # of one in which two characters may be wrong
    tail: int = 5  # that a label lost to the cell below
    lost: int = (
        4  # without which it is still told from a name (受益群众 is one, 服务对象满 is none)
    )
    before: int = 6  # of a text behind which a head needs no full stop
    words: int = 16  # of a label that is made of words: a longer text is a sentence


LIMITS = Limits()


@lru_cache(maxsize=1024)
def bare(text: str) -> str:
    """A label without width, blanks, points and units in brackets, numbering and marks."""
    folded = fold(text[: LIMITS.text]).lower()
    if folded.isalpha():  # nothing stands round it
        return folded
    folded = folded.strip(ENDS)
    if not folded or folded in vocabulary():
        return folded
    if folded[0] in NUMBERS or folded[0].isdecimal():
        folded = NUMBERING.sub("", folded)
    if ENCLOSING.isdisjoint(folded) and not folded.endswith("分"):
        return folded.strip(ENDS) or folded
    return BRACKETS.sub("", folded).strip(ENDS) or folded


@lru_cache(maxsize=1024)
def find(text: str) -> tuple[Label, ...]:
    """All meanings of a label; empty for what is none. All labels are Chinese."""
    if len(text) > LIMITS.text or text.isascii():
        return ()
    word = bare(text)
    found = vocabulary().get(word, ())
    if text[-1:] in CLOSING and (termed := TERMED.fullmatch(fold(text))) is not None:
        found = _made(termed["term"] + termed["label"]) or found
    if not found and word.startswith("其中"):
        found = vocabulary().get(word[2:].lstrip(ENDS), ())
    if not found and word[:2] in CENTURIES and (rest := DATED.sub("", word)) not in ("", word):
        found = _made(f"年度{rest}") or _made(rest)
    return found or (_told(word) if word[-1:] in grammar.ENDS else ())


def _made(word: str) -> tuple[Label, ...]:
    """The meanings of a label as the vocabulary has it, or as the words say that it is made of."""
    return vocabulary().get(word, ()) or _told(word)


def _told(word: str) -> tuple[Label, ...]:
    """The meaning of a label by the words that it is made of."""
    told = grammar.read(word) if len(word) <= LIMITS.words else None
    return () if told is None else (Label(*told),)


@lru_cache(maxsize=1024)
def meaning(text: str, *groups: str) -> str | None:
    """The canonical name of a label in one of these groups, the first that fits; None for no such label."""
    for label in find(text):
        if label.group in groups:
            return label.name
    return None


@cache
def vocabulary() -> dict[str, tuple[Label, ...]]:
    """Every way in which a label is written, folded, and what it says."""
    groups: list[tuple[str, dict[str, str]]] = [
        ("field", FIELDS),
        ("other", dict.fromkeys(OTHERS.split(), "")),
        ("money", MONEY),
        ("money_column", MONEY_COLUMNS),
        ("goal", GOALS),
        ("column", COLUMNS),
        ("margin", {"margin": MARGINS}),
        ("level1", LEVEL1),
        ("level2", {name: aliases for name, (_, aliases) in LEVEL2.items()}),
    ]
    found: dict[str, tuple[Label, ...]] = {}
    for group, table in groups:
        for name, aliases in table.items():
            words = aliases.split() if name.isascii() else [name, *aliases.split()]
            for word in words:
                key = fold(word).lower()
                label = Label(group, name)
                if label not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), label)
    return found


def in_full(text: str) -> bool:
    """Whether a text ends as a level label does that is written in full, and hardly ever a name."""
    return bare(text).endswith(LEVEL_END)


def known() -> tuple[str, ...]:
    """All labels and aliases, folded."""
    return tuple(vocabulary())
