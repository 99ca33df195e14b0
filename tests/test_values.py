"""Text to values: every line of tests/data/values says what one spelling means."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re._constants import MAXREPEAT  # the standard library's own reading of patterns
from re._parser import parse

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jxmb import deferred, values
from jxmb.values import (
    Amount,
    Day,
    Period,
    Target,
    amount,
    characters,
    dash,
    fold,
    is_placeholder,
    looks_like_sign,
    looks_like_target,
    looks_like_unit,
    measures,
    number,
    numeral,
    period,
    plain,
    share,
    sign,
    squeeze,
    target,
    width,
)
from jxmb.values.text import squeezed

DATA = Path(__file__).parent / "data" / "values"
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def table(name: str) -> list[list[str]]:
    """The lines of a table, cut at tabs; headings and remarks begin with #."""
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return [[ESCAPE.sub(lambda match: chr(int(match[1], 16)), row[0]), *row[1:]] for row in rows]


def fields(meant: Target, written: str) -> str:
    """A target as its table writes it."""
    said: list[str] = []
    for name in ("sign", "number", "upper", "unit"):
        value = getattr(meant, name)
        if value is not None:
            said.append(f"{name}={value:f}" if isinstance(value, Decimal) else f"{name}={value}")
    if meant.date is not None:
        said.append(f"date={iso(meant.date.start)}..{iso(meant.date.end)}")
    if meant.inferred:
        said.append(f"inferred={','.join(meant.inferred)}")
    as_written = meant.kind in ("text", "date") and meant.text == written.strip()
    if meant.text is not None and not as_written:
        said.append(f"text={meant.text}")
    return " ".join(said)


def iso(day: Day | None) -> str:
    return day.iso if day else ""


@pytest.mark.parametrize("row", table("targets.tsv"), ids=lambda row: row[0])
def test_target(row: list[str]) -> None:
    written, kind, *rest = row
    meant = target(written)
    assert meant is not None
    assert (meant.kind, fields(meant, written)) == (kind, "".join(rest))


@pytest.mark.parametrize("row", table("amounts.tsv"), ids=lambda row: row[0])
def test_amount(row: list[str]) -> None:
    written, *meant = row
    unit = meant[2] if len(meant) > 2 else None
    if meant in (["blank"], ["unread"]):
        assert amount(written) is None
        assert dash(written) is (meant == ["blank"])
    else:
        assert amount(written) == Amount(Decimal(meant[0]), unit)
        assert amount(written, "元") == Amount(Decimal(meant[1]), unit)
        assert not dash(written)


@pytest.mark.parametrize("row", table("periods.tsv"), ids=lambda row: row[0])
def test_period(row: list[str]) -> None:
    written, *meant = row
    found = period(*written.split("|"))
    if meant == ["none"]:
        assert found is None
        return
    assert found is not None
    days = [
        f"{day.iso}{'' if day.valid else '!'}" if day else "-" for day in (found.start, found.end)
    ]
    assert [*days, found.precision] == meant


def test_tables_are_large_enough() -> None:
    targets = table("targets.tsv")
    assert len(targets) >= 300
    assert len(table("amounts.tsv")) >= 40
    assert len(table("periods.tsv")) >= 40
    assert len({row[0] for row in targets}) == len(targets)
    assert {row[1] for row in targets} == {"number", "range", "date", "text"}


def test_a_day_keeps_its_piece_of_the_text() -> None:
    found = period("２０２２年１月１日 至 2022. 12. 31")
    assert found is not None
    assert found.start is not None
    assert found.end is not None
    assert (found.start.text, found.end.text) == ("２０２２年１月１日", "2022. 12. 31")


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0\u3000", "\u200b\ufeff", "\u00ad"])
def test_blank(blank: str) -> None:
    assert target(blank) is None
    assert amount(blank) is None
    assert number(blank) is None
    assert period(blank) is None
    assert dash(blank)
    assert fold(blank) == squeeze(blank) == ""
    assert not looks_like_target(blank)
    assert not looks_like_unit(blank)
    assert not looks_like_sign(blank)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8", "8"), ("10分", "10"), ("10.0", "10"), ("98.5%", "98.5"), ("９８．５％", "98.5"), ("100.00%", "100"), (" 20 ", "20"),
        ("10（分）", "10"), ("1,154.68", "1154.68"), (".5", "0.5"), ("-3", "-3"), ("3‰", "3"), ("百分之九十", "90"), ("=100%", "100"),
        ("0", "0"), ("0.00", "0"), ("3个百分点", "3"),
    ],
)  # fmt: skip
def test_number(written: str, meant: str) -> None:
    assert number(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    ["", "-", "—", "十分好", "10人", "≥90%", "1.2.3", "10分/10分", "12,34", "1 0", "%98", "9" * 29],
)
def test_no_number(written: str) -> None:
    assert number(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("一百零五", 105), ("二〇二二", 2022), ("三千", 3000),
     ("一万二千", 12000), ("两亿", 200000000), ("百", 100), ("", None), ("一个", None), ("12", None), ("一" * 99, None)],
)  # fmt: skip
def test_numeral(written: str, meant: int | None) -> None:
    assert numeral(written) == meant


def test_plain() -> None:
    assert [str(plain(Decimal(one))) for one in ("100.00", "1E+3", "0.50", "-0.0", "0")] == [
        "100",
        "1000",
        "0.5",
        "0",
        "0",
    ]
    assert amount("9" * 28 + "亿元") == Amount(Decimal("9" * 28 + "0000"), "亿元")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("≥", "≥"), (">=", "≥"), ("=>", "≥"), ("≧", "≥"), ("＞＝", "≥"), ("》", "≥"), ("》=", "≥"), ("〉", "≥"), ("≤", "≤"), ("<=", "≤"), ("＜", "<"),
    (">", ">"), ("＝", "="), ("═", "="), ("大于等于", "≥"), ("小 于 等 于", "≤"), ("等于", "="), ("不低于",
     "≥"), ("不超过", "≤"), ("大于", ">"), ("以上", "≥"),
     ("以内", "≤"), ("", None), ("定性", None), ("≥90", None), ("≥≤", None), ("年", None), ("次", None)],
)  # fmt: skip
def test_sign(written: str, meant: str | None) -> None:
    assert sign(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "≥",
        "》",
        "大于等于",
        "=",
        "定性",
        "文字描述",
        "定量",
        "正向",
        "反向",
        "是/否",
        " 正向指标 ",
        "≤ ",
    ],
)
def test_looks_like_sign(written: str) -> None:
    assert looks_like_sign(written)


@pytest.mark.parametrize(
    "written",
    ["≥90%", "%", "10", "及时", "数量指标", "定性指标分析报告", "大于等于90%", "《办法》"],
)
def test_does_not_look_like_sign(written: str) -> None:
    assert not looks_like_sign(written)


@pytest.mark.parametrize(
    "written",
    ["个", "次", "人", "%", "％", "‰", "万元", "万", "亿元", "万美元", "平方米", "元/人·天", "元／人",
     "人次", "次/年", "台(套)", "台（套）", "（亩）", "(%)", "工 作 日",
     "个百分点", "㎡", "m²", "km", "万平方米", "公里", "元/亩", "周岁", "分", "百分比"],
)  # fmt: skip
def test_looks_like_unit(written: str) -> None:
    assert looks_like_unit(written)


@pytest.mark.parametrize(
    "written",
    ["", "()", "10", "10个", "个人", "及时", "数量指标", "指标值", "≥", "人员", "项目", "年度", "度量单位", "次数", "-", "满意度", "ABC"],
)  # fmt: skip
def test_does_not_look_like_unit(written: str) -> None:
    assert not looks_like_unit(written)


@pytest.mark.parametrize(
    "written",
    ["≥90%", "》 12次", "100%", "12期", "10", "2022年底前", "12月前", "及时", "合规", "提高", "明显提升",
     "效果明显", "有效改善", "100%满意", "满意度90%", "每日一次",
     "一次性拨付", "应保尽保", "≥**%", "18—54周岁", "24小时内", "不断提高", "是", "无", "=100.00(%)", "基本形成", "健全完善",
     "更加完善", "正常运行", "初步建立", "≤1万元/公里·年"],
)  # fmt: skip
def test_looks_like_target(written: str) -> None:
    assert looks_like_target(written)


@pytest.mark.parametrize(
    "written",
    ["数量指标", "产出指标", "服务对象满意度", "参展企业", "资金拨付合规性", "2022年新增就业500人",
     "全年维护更新数据库信息", "指标值", "签约项目", "年度资金总额",
     "按照有关规定开展工作，促进地方经济社会发展", "字" * 200, "9" * 200],
)  # fmt: skip
def test_does_not_look_like_target(written: str) -> None:
    assert not looks_like_target(written)


@pytest.mark.parametrize(
    "written",
    [
        "*",
        "**",
        "XX",
        "××",
        "N",
        "待定",
        "TBD",
        "null",
        "--",
        "……",
        "≥**%",
        "≥ ** 人",
        "<**元/户·年",
        "NaN",
        "____",
    ],
)
def test_is_placeholder(written: str) -> None:
    assert is_placeholder(written)


@pytest.mark.parametrize(
    "written", ["", "10", "90-95%", "≥90%", "及时", "≥", "NB", "无", "2022-2025年"]
)
def test_is_no_placeholder(written: str) -> None:
    assert not is_placeholder(written)


@pytest.mark.parametrize(
    ("unit", "is_share"),
    [("%", True), ("‰", True), ("个百分点", True), ("成", True), ("次", False), (None, False)],
)
def test_share(unit: str | None, is_share: bool) -> None:
    assert share(unit) is is_share


def test_fold() -> None:
    assert (
        fold("绩效 指标")
        == fold("绩效\u3000指标")
        == fold("绩\u00ad效\u200b指标\ufeff")
        == "绩效指标"
    )
    assert fold("⽬标（％）") == "目标(%)"
    assert fold("e \u0301") == "é"
    assert fold("AbC 12") == "AbC12"
    assert fold("指标") == "指标"


def test_width_keeps_what_has_no_half_width() -> None:
    assert width("９０％（㎡）①ｍ²⼈\u00a0") == "90%(㎡)①m²人 "


SENTENCE = "组织大于等于 10 家企业参展，≥90%以上满意，2022年12月底前支出不超过 96 万元，第3批、W5%、A4纸除外。"


def test_measures_stand_where_they_say() -> None:
    found = measures(SENTENCE)
    pieces = [
        {name: SENTENCE[slice(*place)] for name, place in one.places.items()} for one in found
    ]
    assert pieces == [
        {"before": "大于等于", "number": "10", "unit": "家"},
        {"symbol": "≥", "number": "90", "unit": "%", "after": "以上"},
        {"before": "不超过", "number": "96", "unit": "万元"},
    ]
    assert [SENTENCE[one.start : one.end] for one in found] == [
        "大于等于 10 家",
        "≥90%以上",
        "不超过 96 万元",
    ]
    assert [(one.sign, one.number, one.unit) for one in found] == [
        ("≥", 10, "家"),
        ("≥", 90, "%"),
        ("≤", 96, "万元"),
    ]


def test_measures_of_a_range() -> None:
    text = "控制在 ３ 至 ５ 天 以内"
    (one,) = measures(text)
    assert (one.number, one.upper, one.unit, one.sign, one.inferred) == (3, 5, "天", "≤", ("sign",))
    assert {name: text[slice(*place)] for name, place in one.places.items()} == {
        "number": "３", "upper": "５", "unit": "天", "after": "以内",
    }  # fmt: skip


# What a clerk's text is made of, so that random texts come near real ones.
PIECES = st.sampled_from(

     [*"0123456789年月日前底内个次人%％.,，-—~/·()（）≥≤><=》《+*一二三十百万亿元每第约 \u00a0\u200b\u00ad\u0301\ufdd0",
     "2022", "12月", "以上", "以内", "不少于", "不超过",
     "控制在", "百分之", "万元", "元/人", "至", "到", "完成", "2022-02-30", "20221301", "季度", "±", "XX", "：", "。", "\n", "\t", "\r\n"]
)  # fmt: skip
TEXTS = st.text() | st.lists(PIECES, max_size=24).map("".join)


@settings(max_examples=300)
@given(TEXTS, TEXTS)
@example("0" * 30, "年")
@example("9" * 28 + "亿元", "9" * 27 + "亿1万元")
@example("二〇二二年十三月", "九十九日")
def test_nothing_raises(text: str, other: str) -> None:
    meant = target(text)
    assert (meant is None) == (squeeze(text) == "")
    assert meant is None or meant.kind in ("number", "range", "date", "text")
    assert amount(text) is None or isinstance(amount(text, "元"), Amount)
    assert number(text) is None or number(text).is_finite()
    found = period(text, other)
    assert found is None or isinstance(found, Period)
    for day in (found.start, found.end) if found else ():
        assert day is None or isinstance(day.valid, bool)
    for name in (
        "dash",
        "sign",
        "is_placeholder",
        "looks_like_sign",
        "looks_like_unit",
        "looks_like_target",
        "numeral",
    ):
        getattr(values, name)(text)


@settings(max_examples=200)
@given(TEXTS)
def test_folding(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFKC", text)) == fold(text)
    assert len(width(text)) == len(text)
    line, offsets = squeezed(text)
    assert line == squeeze(text)
    assert len(offsets) == len(line) + 1
    assert all(line[at] in (width(text)[offset], " ") for at, offset in enumerate(offsets[:-1]))


@settings(max_examples=200)
@given(TEXTS)
def test_measures_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for one in measures(text):
        assert end <= one.start < one.end <= len(text)
        assert all(one.start <= start < stop <= one.end for start, stop in one.places.values())
        end = one.end


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2) | st.integers(0, 10**12).map(Decimal)
UNITS = [
    "",
    "个",
    "次",
    "%",
    "‰",
    "万元",
    "亿元",
    "万美元",
    "人次",
    "平方米",
    "元/人·天",
    "次/年",
    "个工作日",
    "个百分点",
    "台(套)",
    "万平方米",
    "小时",
    "公里",
    "㎡",
    "km",
    "元/平方米",
]


@settings(max_examples=300)
@given(
    st.sampled_from(["", "≥", "≤", ">", "<", "="]),
    NUMBERS,
    st.sampled_from(UNITS),
    st.sampled_from(["", " ", "\u00a0"]),
    st.booleans(),
)
def test_what_is_composed_is_read_back(
    sign: str, value: Decimal, unit: str, blank: str, parted: bool
) -> None:
    digits = f"{value:,f}" if parted else f"{value:f}"
    meant = target(f"{sign}{blank}{digits}{blank}{unit}")
    if unit == "" and sign == "" and meant is not None and meant.kind == "date":
        assert re.fullmatch(
            r"(?:19|20)\d\d(?:\d{4}|\.\d\d)", digits
        )  # 20221231 and 2022.12 are days
        return
    assert meant == Target("number", sign or None, value, unit=unit or None)


@settings(max_examples=100)
@given(
    st.decimals(min_value=0, max_value=10**9, places=4),
    st.sampled_from(["", "元", "万元", "万", "亿元"]),
)
def test_money_is_exact(value: Decimal, unit: str) -> None:
    steps = {"": None, "元": 0, "万元": 4, "万": 4, "亿元": 8}
    read = amount(f"{value:f}{unit}")
    assert read is not None
    step = steps[unit]
    assert read.number == (value if step is None else value.scaleb(step - 4))
    assert read.unit == (unit or None)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "万",
        "年",
        "1,111,",
        "每",
        "≥",
        "(",
        "2022年",
        "百分之",
        "1 ",
        "/人",
        "不",
        "1-",
        "\u00ad",
        " ",
        "0\u0301\u0316",
        "控制在",
        "1(个)",
    ],
)
def test_long_texts_are_words(piece: str) -> None:
    text = piece * 20_000
    meant = target(text)
    assert meant is None or meant.kind == "text"
    assert amount(text) is None
    assert number(text) is None
    assert period(text) is None
    assert not looks_like_target(text)
    assert not looks_like_unit(text)


def deepest(tree: object) -> int:
    """How many unbounded repeats of a parsed pattern lie in each other; two can explode."""
    tree = getattr(tree, "data", tree)
    if not isinstance(tree, list | tuple):
        return 0
    unbounded = len(tree) == 3 and tree[1] == MAXREPEAT
    return unbounded + max(map(deepest, tree), default=0)


def patterns() -> list[deferred.Pattern]:
    """Every pattern of the package, compiled or not yet."""
    names = [one.name for one in walk_packages(values.__path__, f"{values.__name__}.")]
    held = [value for name in names for value in vars(import_module(name)).values()]
    return [value for value in held if isinstance(value, deferred.Pattern)]


def test_no_pattern_repeats_a_repeat() -> None:
    assert deepest(parse("(?:a+b?)*")) == 2
    assert len(patterns()) > 30
    assert [one.pattern for one in patterns() if deepest(parse(one.pattern, one.flags)) > 1] == []


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("20232023", "2023", "2023"),
        ("20222024", "2022", "2024"),
        ("202301202312", "2023-01", "2023-12"),
        ("2023-01-01 — 20 23-12-31", "2023-01-01", "2023-12-31"),
        ("2 023年3月-2024年5月", "2023-03", "2024-05"),
    ],
)
def test_dates_that_touch_or_are_cut_are_told(written: str, start: str, end: str) -> None:
    found = period(written)
    assert found is not None and found.start is not None and found.end is not None
    assert (found.start.iso, found.end.iso) == (start, end)


@pytest.mark.parametrize("written", ["20231301", "20230230", "2023012"])
def test_a_day_that_is_none_is_not_made_two_dates(written: str) -> None:
    found = period(written)
    assert found is None or found.end is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0一6岁儿童", "0—6岁儿童"),
        ("3一5天", "3—5天"),
        ("一次验收", "一次验收"),
        ("第一2页", "第一2页"),
    ],
)
def test_a_dash_between_figures_that_was_read_as_a_letter(written: str, read: str) -> None:
    assert characters(written) == read


@pytest.mark.parametrize(("text", "sign"), [("%90≥", "≥"), ("%95.5≤", "≤")])
def test_a_value_turned_round_is_read_from_right_to_left(text: str, sign: str) -> None:
    found = values.target(text)

    assert found is not None
    assert (found.kind, found.sign, found.unit) == ("number", sign, "%")
    assert "sign" in found.inferred


@pytest.mark.parametrize("text", ["%", "90%", "%90", "%90≥80"])
def test_other_values_with_a_percent_sign_are_not_turned(text: str) -> None:
    found = values.target(text)

    assert found is None or found.inferred != ("sign", "number", "unit")
