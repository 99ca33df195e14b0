"""The units in which targets are counted."""

from __future__ import annotations

from functools import lru_cache

from .. import deferred
from .text import squeeze

MOST = 24  # code points of a cell that holds a unit


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COUNTS = _words("""
个 页 次 人 名 家 户 项 件 台 套 辆 艘 架 部 条 份 本 册 张 篇 幅 块 座 栋 幢 间 处 所 场 期 届 批 班 组 队 支
棵 株 头 只 羽 匹 尾 盏 根 片 面 口 眼 孔 枚 颗 粒 袋 箱 桶 瓶 盒 包 卷 捆 双 对 副 把 顶 床 席 位 员 例 起
宗 案 桩 笔 单 门 节 讲 集 款 种 类 级 等 档 轮 遍 步 道 层 段 点 环 路 线 栏 版 倍 折 成 分 号 址 筐 盘 杆
樘 扇 套次 人次 户次 辆次 艘次 门次 册次 场次 批次 班次 频次 车次 架次 航次 台次 项次 件次 亩次 例次 家次 人天 人日 人月 人年 人份 人户
台套 套件 台班 台时 标段 路段 床位 张床位 席位 点位 岗位 工位 机位 车位 座位 学位 课时 学时 学分 教学班 行政村 自然村 村 社区 县 镇
乡 街道 乡镇 区 市 省 届次 位次 名次 人头 字 字节 标准箱 标箱 品种 品类 条目 车公里 人公里 吨公里 公里次 条次 篇次 包次 季次 票 万车公里
盏次 年级 星 站 网点 网格 窗口 片区 码 群 首 剂 剂次 针 针次 支次
""")
TIMES = _words("""
年 月 日 天 周 h min s d 星期 季 季度 小时 分钟 秒 秒钟 时 工作日 自然日 日历天 日历日 学期 学年 周岁 岁 旬 刻钟 钟头 昼夜 夜 晚
个月 个年 个年度 个季度 个小时 个工作日 个自然日 个日历天 个日历日 个星期 个周 个学期 个学年 个工作小时 工作小时 毫秒 月份 届年 交易日 个交易日 周年
""")
MEASURES = _words("""
米 公里 千米 里 厘米 毫米 微米 延米 延长米 华里 海里 米线 km Km KM m M cm mm
平方米 平方公里 平方千米 平方厘米 平方分米 平米 平方 平 亩 公顷 顷 ㎡ m² m2 ㎢ km² km2 k㎡ 立方米 立方 立方厘米 万方 方 ㎥ m³ m3 土方 hm² hm2 h㎡
吨 公吨 公斤 千克 克 毫克 斤 担 公担 kg Kg KG g t mg 升 毫升 公升 L ml mL 度 千瓦时 千瓦 兆瓦 瓦 kWh kwh KWh kW KW kw MW 千伏安 千伏 伏 kVA KVA kV
℃ 摄氏度 ° 分贝 dB dB(A) μg ug 勒克斯 兆 MB GB TB PB KB Mb Gb Mbps Gbps Kbps bps 帕 兆帕 MPa 焦 千焦 毫克/升 毫克/立方米 微克/立方米 吨标准煤 吨标煤
流明 lm 像素 赫兹 Hz 兆赫 MHz DPI dpi P
""")
MONEY = _words("""
元 圆 角 元整 美元 欧元 日元 港元 港币 澳元 澳门元 人民币 元人民币 英镑 韩元 韩币 卢布 美金 新台币 瑞士法郎
""")
RATIOS = _words("% ‰ 百分比 百分点 个百分点 个百分比 比例 个点 个基点 ppm")

UNITS = frozenset((*COUNTS, *TIMES, *MEASURES, *MONEY, *RATIOS))
DURATIONS = frozenset(TIMES)
SHARES = frozenset(("%", "‰", "百分比", "百分点", "个百分点", "个百分比", "比例", "成"))
SCALES = ("万亿", "千万", "百万", "十万", "亿", "万", "千", "百")
LONGEST = max(map(len, UNITS))
LONGEST_WORD = max(map(len, SCALES)) + max(len(one) for one in UNITS if one.isalpha())

# A place, not a measure: with a Chinese numeral they name a rank or a stage (一级, 二类).
RANKS = frozenset(
    _words(
        "级 等 类 号 档 届 度 分 点 线 道 路 面 方 区 市 平 里 担 年级 星 品种 步 流 位 名次 位次 环 节 首 省 县 时 里 刻 旬 月 角 本 口 网点"
    )
)

# What a unit is counted by: 元/人·天, 次/月, 17元/人.每天.
PER = deferred.re(r"[/每*·•・×.、]|\\")
SURE = frozenset("/\\每")
FREE = deferred.re(r"(?:[0-9]{1,4})?[\u4e00-\u9fff]{1,4}(?![\u4e00-\u9fff])")
COUNTED = deferred.re(r"[0-9]{1,4}")
LATIN = deferred.re(r"[A-Za-z0-9]")


def base_end(text: str, at: int) -> int:
    """Where a simple unit that starts at `at` ends; `at` itself where none does."""
    for size in range(min(LONGEST, len(text) - at), 0, -1):
        end = at + size
        if text[at:end] in UNITS and not (text[end - 1].isascii() and _goes_on(text, end)):
            return end
    return at


def _goes_on(text: str, at: int) -> bool:
    """Whether Latin letters go on, so that what ended here was no unit (5M, but not 5Mode)."""
    return text[at - 1].isalpha() and LATIN.match(text, at) is not None


def _bracket(text: str, at: int) -> int:
    """Where `(套)` behind a unit ends, as in 台(套)."""
    if not text.startswith("(", at):
        return at
    end = unit_end(text, at + 1, brackets=False)
    return end + 1 if end > at + 1 and text.startswith(")", end) else at


def _per(text: str, at: int) -> int:
    """Where one `/人` or `·天` ends; `at` itself where none stands."""
    mark = PER.match(text, at)
    if mark is None:
        return at
    start = mark.end()
    if text[at] != "每" and text.startswith("每", start):
        start += 1
    counted = COUNTED.match(text, start) if text[at] in SURE else None
    base = counted.end() if counted else start
    if text.startswith(SCALES, base):
        base += len(next(one for one in SCALES if text.startswith(one, base)))
    end = base_end(text, base)
    if end > base:
        return end
    free = FREE.match(text, start) if text[at] in SURE and text[at] != "每" else None
    return free.end() if free else at


def unit_end(text: str, at: int = 0, *, brackets: bool = True) -> int:
    """Where the unit that starts at `at` ends, in squeezed text; `at` itself where none does."""
    end = base_end(text, at)
    if text.startswith(SCALES, at):
        scale = next(one for one in SCALES if text.startswith(one, at))
        end = max(end, base_end(text, at + len(scale)))
    if end == at:
        return at
    if brackets:
        end = _bracket(text, end)
    while (further := _per(text, end)) > end:
        end = further
    return end


@lru_cache(maxsize=1024)
def looks_like_unit(text: str) -> bool:
    """Whether a cell holds only a unit: 个, 万元, 元/人·天, (亩)."""
    if not text or len(text) > MOST:
        return False
    written = squeeze(text)
    if written.startswith("(") and written.endswith(")"):
        written = written[1:-1]
    return written in SCALES or (written != "" and unit_end(written) == len(written))


def share(unit: str | None) -> bool:
    """Whether a unit is a share of a whole: %, ‰, 百分点, 成."""
    return unit in SHARES
