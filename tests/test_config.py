"""Settings: where they are found, what they do, and one sentence for what is wrong with them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError
from tests.shapes import schema

from jxmb import rules
from jxmb.findings import Finding
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.lint.settings import ConfigError, covers, known_keys
from jxmb.lint.settings.configuration import OPTION, Configuration
from jxmb.lint.settings.schema import KEYS
from jxmb.lint.settings.validation import Table
from jxmb.rules.base import Limits

RULES = rules.load()
FORM = """项目支出绩效目标表
(2024年)

项目名称	档案数字化
主管部门	档案局
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描档案数量	》 8000卷
	质量指标	扫描合格率	98
"""


def settings(tmp_path: Path, text: str) -> Configuration:
    (tmp_path / "jxmb.toml").write_text(text, encoding="utf-8")
    return Configuration(RULES)


def wrong(tmp_path: Path, text: str) -> ConfigError:
    configuration = settings(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        configuration.at(tmp_path / "form.txt")
    return caught.value


def checked(
    configuration: Configuration, path: Path, text: str = FORM
) -> tuple[Run, list[Finding]]:
    run = Run(configuration, strict=True)
    file = File(path, path.name, data=text.encode())
    return run, list(run.check([file]))


def codes(found: list[Finding]) -> set[str]:
    return {one.code for one in found}


# --- where


def test_nearest_upwards_from_each_file(tmp_path: Path) -> None:
    near = tmp_path / "a" / "b"
    near.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.jxmb]\nlang = "en"\n', encoding="utf-8")
    (near.parent / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    configuration = Configuration(RULES)
    assert configuration.at(near / "form.txt").lang == "en"
    (near / "jxmb.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert Configuration(RULES).at(near / "form.txt").lang == "zh"
    assert Configuration(RULES).at(near.parent / "form.txt").lang == "en"
    assert Configuration(RULES, isolated=True).at(near / "form.txt").lang is None


def test_folders_under_the_same_settings_share_them(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcde")
    deep.mkdir(parents=True)
    (tmp_path / "jxmb.toml").write_text('lang = "en"\n', encoding="utf-8")
    for configuration in (Configuration(RULES), Configuration(RULES, isolated=True)):
        above = configuration.at(tmp_path / "form.txt")
        assert configuration.at(deep / "form.txt") is above
        assert configuration.at(deep.parent / "form.txt") is above


def test_jxmb_toml_goes_before_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.jxmb]\nlang = "en"\n', encoding="utf-8")
    assert settings(tmp_path, 'lang = "zh"').at(tmp_path / "x").lang == "zh"


def test_a_named_file_holds_for_all(tmp_path: Path) -> None:
    settings(tmp_path, 'lang = "zh"')
    other = tmp_path / "office.toml"
    other.write_text('lang = "en"\n', encoding="utf-8")
    assert Configuration(RULES, file=other).at(tmp_path / "x").lang == "en"


def test_options_win(tmp_path: Path) -> None:
    (tmp_path / "jxmb.toml").write_text('lang = "zh"\nfail-on = "info"\n', encoding="utf-8")
    configuration = Configuration(RULES, overrides={"lang": "en", "select": None})
    found = configuration.at(tmp_path / "x")
    assert (found.lang, found.fail_on, found.select) == ("en", "info", ())


def test_shown_settings_say_where_they_come_from(tmp_path: Path) -> None:
    file = tmp_path / "jxmb.toml"
    file.write_text('ignore = ["JX3"]\n[limits]\nunread-rows = 0.5\n', encoding="utf-8")
    shown = Configuration(RULES, overrides={"lang": "en"}).shown(tmp_path / "x")
    rows = {one.key: (one.value, one.origins) for one in shown}
    assert tuple(rows) == known_keys()
    assert rows["ignore"] == (("JX3",), (str(file),))
    assert rows["lang"] == ("en", (OPTION,))
    assert rows["limits.unread-rows"] == (Decimal("0.5"), (str(file),))
    assert rows["fail-on"] == ("error", ())


# --- what they do


@pytest.mark.parametrize("pattern", ["JX301", "JX3", "jx301", "garbled-sign", "JX300-JX305"])
def test_codes_prefixes_names_and_ranges(tmp_path: Path, pattern: str) -> None:
    run, found = checked(settings(tmp_path, f'ignore = ["{pattern}"]'), tmp_path / "form.txt")
    assert "JX301" not in codes(found)
    assert run.summary.ignored >= 1
    _, found = checked(settings(tmp_path, f'select = ["{pattern}"]'), tmp_path / "form.txt")
    assert "JX301" in codes(found) and "JX206" not in codes(found)


@pytest.mark.parametrize(
    "pattern", ["JX30", "JX302", "missing-unit", "J", "X301", "", "JX302-JX309"]
)
def test_what_is_not_meant(pattern: str) -> None:
    assert covers(pattern, "JX301", "garbled-sign") == (pattern == "JX30")


def test_per_file_ignores(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    configuration = settings(
        tmp_path, '[per-file-ignores]\n"old/*" = ["JX301"]\n"new.txt" = ["JX3"]'
    )
    for name, ignored in (("old/a.txt", True), ("a.txt", False), ("new.txt", True)):
        _, found = checked(configuration, tmp_path / name)
        assert ("JX301" not in codes(found)) == ignored, name


def test_severity_and_fail_on(tmp_path: Path) -> None:
    text = 'select = ["JX301"]\nfail-on = "warning"\n[severity]\nJX3 = "info"\ngarbled-sign = "warning"\n'
    run, (one,) = checked(settings(tmp_path, text), tmp_path / "form.txt")
    assert one.severity == "warning" and run.summary.failing == 1
    run, _ = checked(settings(tmp_path, text.replace('"warning"', '"error"', 1)), tmp_path / "x")
    assert run.summary.failing == 0
    run, _ = checked(settings(tmp_path, 'fail-on = "never"'), tmp_path / "x")
    assert run.summary.failing == 0 and run.summary.errors


def test_what_was_not_read_fails_whatever_the_settings(tmp_path: Path) -> None:
    configuration = settings(tmp_path, 'fail-on = "never"\nignore = ["JX0"]')
    run = Run(configuration)
    found = list(run.check([File(tmp_path / "a.pdf", "a.pdf", data=b"%PDF-1.7")]))
    assert codes(found) == {"JX001"} and run.summary.failing == 1


def test_limits_reach_the_rules(tmp_path: Path) -> None:
    text = """[limits]
least-satisfaction = 85
weight-sums = [100, 90.5]
natures = ["常年项目"]
fewest-indicators = 5
most-indicators = 40
most-per-level2 = 12
amount-tolerance = 0.1
unread-rows = 0.5
overachieved = 1.5
"""
    assert settings(tmp_path, text).at(tmp_path / "x").limits == Limits(
        least_satisfaction=Decimal(85),
        weight_sums=(Decimal(100), Decimal("90.5")),
        natures=("常年项目",),
        fewest_indicators=5,
        most_indicators=40,
        most_per_level2=12,
        amount_tolerance=Decimal("0.1"),
        unread_rows=0.5,
        overachieved=Decimal("1.5"),
    )
    assert settings(tmp_path, "").at(tmp_path / "x").limits == Limits()


def test_amount_tolerance_is_that_of_the_settings(tmp_path: Path) -> None:
    form = FORM.replace(
        "一级指标",
        "项目资金（万元）	年度预算	10\n	财政拨款	6\n	其他资金	3.95\n一级指标",
    )
    for tolerance, silent in (("0.05", True), ("0.04", False)):
        text = f'select = ["JX601"]\nlimits.amount-tolerance = {tolerance}'
        assert (checked(settings(tmp_path, text), tmp_path / "x", form)[1] == []) == silent


def test_policy_is_an_id(tmp_path: Path) -> None:
    for written in ('"2021"', "2021"):
        assert settings(tmp_path, f"policy = {written}").at(tmp_path / "x").policy == "2021"


def test_rules_are_selected_besides(tmp_path: Path) -> None:
    (tmp_path / "jxmb.toml").write_text('select = ["JX301"]\n', encoding="utf-8")
    configuration = Configuration(RULES, overrides={"extend_select": ("JX206",)})
    assert codes(checked(configuration, tmp_path / "x")[1]) == {"JX301", "JX206"}


def test_of_tables_an_option_changes_what_it_names(tmp_path: Path) -> None:
    text = '[severity]\nJX301 = "info"\nJX206 = "info"\n[limits]\nmost-indicators = 9\nfewest-indicators = 2\n'
    (tmp_path / "jxmb.toml").write_text(text, encoding="utf-8")
    given = {"severity": {"JX206": "error"}, "limits": {"fewest-indicators": 4}}
    configuration = Configuration(RULES, overrides=given)
    found = configuration.at(tmp_path / "x")
    assert found.severity == {"JX301": "info", "JX206": "error"}
    assert (found.limits.most_indicators, found.limits.fewest_indicators) == (9, 4)
    origins = {one.key: one.origins for one in configuration.shown(tmp_path / "x")}
    file = str(tmp_path / "jxmb.toml")
    assert origins["severity"] == (file, OPTION)
    assert origins["limits.fewest-indicators"] == (OPTION,)
    assert origins["limits.most-indicators"] == (file,)


def test_words_are_added_to_the_lists_of_the_rules(tmp_path: Path) -> None:
    form = FORM.replace("扫描合格率	98", "案卷 错装率	≥3%")
    only = 'select = ["JX502"]\n'
    assert not checked(settings(tmp_path, only), tmp_path / "x", form)[1]
    added = only + '[words]\nlow_nouns = ["案卷错 装"]\n'
    (found,) = checked(settings(tmp_path, added), tmp_path / "x", form)[1]
    assert found.code == "JX502"


def test_each_limit_is_read_by_a_rule() -> None:
    source = Path(rules.__file__).parent
    code = "".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    assert [name for name in Limits.__dataclass_fields__ if f"limits.{name}" not in code] == []


def test_paths_of_a_file_are_relative_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = 'baseline = "old.json"\nexclude = ["archive", "a/b", "./c/d"]\n'
    (tmp_path / "sub").mkdir()
    found = settings(tmp_path / "sub", text).at(tmp_path / "sub" / "x")
    assert found.baseline == str(Path("sub", "old.json"))
    assert found.exclude == ("archive", "sub/a/b", "sub/c/d")


# --- accepted findings

ACCEPT = """[[accept]]
code = "JX301"
project = "档案 数字化"
where = "{where}"
reason = "扫描件如此，正式文本已改"
"""


@pytest.mark.parametrize(
    ("where", "accepted"),
    [
        ("产出指标 › 数量指标 › 扫描档案数量", True),
        ("扫描档案数量", True),
        ("数量指标›扫描 档案数量", True),
        ("数量指标 > 扫描档案数量", True),
        ("产出指标/数量指标/扫描档案数量", True),
        ("数量指标＞扫描档案数量", True),
        ("质量指标 > 扫描档案数量", False),
        ("质量指标 › 扫描档案数量", False),
        ("产出指标", False),
    ],
)
def test_accepted_in_one_place(tmp_path: Path, where: str, accepted: bool) -> None:
    run, found = checked(settings(tmp_path, ACCEPT.format(where=where)), tmp_path / "form.txt")
    assert ("JX301" not in codes(found)) == accepted
    assert run.summary.accepted == accepted
    assert [one.code for one in run.stale_accepts()] == [] if accepted else ["JX301"]


def test_accepted_in_the_whole_project(tmp_path: Path) -> None:
    text = ACCEPT.replace('where = "{where}"\n', "")
    assert "JX301" not in codes(checked(settings(tmp_path, text), tmp_path / "form.txt")[1])
    other = FORM.replace("档案数字化", "道路养护")
    run, found = checked(settings(tmp_path, text), tmp_path / "form.txt", other)
    assert "JX301" in codes(found)
    assert run.stale_accepts() == []  # its project was not among the files


# --- what is wrong


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ('selct = ["JX3"]', "select", "select"),
        ('fail_on2 = "info"', "fail-on", "fail-on"),
        ("[limits]\nunread-row = 0.2", "unread-rows", "unread-rows"),
        ('select = ["JX3O1"]', "JX301", "JX301"),
        ('ignore = ["garbled-sing"]', "garbled-sign", "garbled-sign"),
        ('[severity]\ngarbled-signs = "info"', "garbled-sign", "garbled-sign"),
        ('[per-file-ignores]\n"*" = ["misplaced-level"]', "misplaced-level2", "misplaced-level2"),
        ('select = "JX3"', '["JX3"]', '["JX3"]'),
        ("select = [3]", '["JX3"]', '["JX3"]'),
        ('fail-on = "errors"', "error、warning、info 或 never", "error, warning, info or never"),
        ('lang = "fr"', "zh 或 en", "zh or en"),
        ("policy = 2020", "2015 或 2021", "2015 or 2021"),
        ("policy = true", "2015 或 2021", "2015 or 2021"),
        ('fail_on = "never"', "是否应为“fail-on”？", "fail-on"),
        ("fail_on = 3", "fail-on", "fail-on"),
        ('extend-select = ["JX3O1"]', "JX301", "JX301"),
        ('format = "jsn"', "json", "json"),
        ('show = "never"', "error、warning 或 info", "error, warning or info"),
        ('color = "yes"', "auto、always 或 never", "auto, always or never"),
        ('exclude = [""]', "文件通配符的列表", "list of globs"),
        ('encoding = "bog5"', "编码名称", "encoding"),
        ('baseline = ""', "基线文件的路径", "path of a baseline"),
        ('[words]\nlow_noun = ["空置率"]', "low_nouns", "low_nouns"),
        ('[words]\nnear_units = ["空置率"]', "词表", "word list"),
        ("[words]\nlow_nouns = 3", "low_nouns", "low_nouns"),
        ('[words]\nlow_nouns = [" "]', "low_nouns", "low_nouns"),
        ("[limits]\noverachieved = 0.5", "不小于 1 的倍数", "from 1 on"),
        ('[limits]\nleast-satisfaction = "80"', "百分数", "percentage"),
        ("[limits]\nleast-satisfaction = nan", "百分数", "percentage"),
        ("[limits]\nweight-sums = [inf, -inf]", "数的列表", "list of numbers"),
        ("[limits]\nweight-sums = []", "数的列表", "list of numbers"),
        ('[limits]\nnatures = [""]', "项目属性的列表", "list of 项目属性"),
        ("[limits]\nfewest-indicators = 1.5", "整数", "whole number"),
        (f"[limits]\nfewest-indicators = {'9' * 5000}", "过大", "too large"),
        (f"[limits]\nfewest-indicators = 0x{'f' * 5000}", "整数", "whole number"),
        (f"expect-forms = 0x{'f' * 5000}", "表的份数", "how many forms"),
        (f"policy = 0x{'f' * 5000}", "2015 或 2021", "2015 or 2021"),
        (f"ignore = {'[' * 5000}{']' * 5000}", "过深", "too deep"),
        ("a = " + "{a=" * 5000 + "1" + "}" * 5000, "过深", "too deep"),
        (".".join("a" * 5000) + " = 1", "“a”", "`a`"),
        (f'select = ["{"x" * 90000}"]', "…”", "…`"),
        (f'lang = "{"zh" * 50000}"', "zh 或 en", "zh or en"),
        ("lang = 1979-05-27", "zh 或 en", "zh or en"),
        ('"" = 1', "“”", "``"),
        ('_root = "x"', "“_root”", "`_root`"),
        ('select = ["JX999-JX000"]', "“JX999-JX000”", "`JX999-JX000`"),
        ('[severity]\n"" = "error"', "“”", "``"),
        ('[per-file-ignores]\n"*" = "JX3"', "per-file-ignores", "per-file-ignores"),
        ("[per-file-ignores]\nlimits = 3", "per-file-ignores", "per-file-ignores"),
        ('[per-file-ignores]\n"*" = ["JX3O1"]', "JX301", "JX301"),
        ("accept = [1]", "[[accept]]", "[[accept]]"),
        ('accept = {code = "JX301"}', "[[accept]]", "[[accept]]"),
        (
            '[[accept]]\ncode = "JX301"\nproject = "甲"\nreason = "乙"\nwhere = 3',
            "表中位置",
            "place",
        ),
        ('[[accept]]\ncode = "JX301"\nproject = "甲"\nreason = "\\u200b"', "reason", "reason"),
        (
            '[[accept]]\ncode = "JX301"\nproject = "甲"\nreason = "乙"\ndate = "昨天"',
            "日期",
            "date",
        ),
        ('lang = "zh"\nlang = "en"', "TOML", "TOML"),
        ('lang = "\\ud800"', "TOML", "TOML"),
        ('lang = "\0"', "TOML", "TOML"),
        ('[severity]\nJX301 = "fatal"', "severity", "severity"),
        ('[limits]\nfewest-indicators = "3"', "整数", "whole number"),
        ("[limits]\namount-tolerance = true", "万元", "万元"),
        ("limits = 3", "limits", "limits"),
        ('[[accept]]\ncode = "JX301"\nproject = "甲"', "reason", "reason"),
        ('[[accept]]\ncode = "JX301"\nproject = "甲"\nreason = " "', "reason", "reason"),
        (
            '[[accept]]\ncode = "JX301"\nproject = "甲"\nreason = "乙"\nplace = "x"',
            "place",
            "place",
        ),
        ('root = "/"', "root", "root"),
        ("x = 1", "“x”", "`x`"),
        ("model_config = 1", "model_config", "model_config"),
        ('[[accept]]\ncode = "JX301"', "project", "project"),
        ("lang = 9999-99-99", "TOML", "TOML"),
        ("lang = 3", "zh 或 en", "zh or en"),
        ("limits = [1]", "limits", "limits"),
        (f"[limits]\nfewest-indicators = {'9' * 4000}", "整数", "whole number"),
        ("[limits]\nleast-satisfaction = true", "百分数", "percentage"),
        ('ignore = ["*"]', "“*”", "`*`"),
        ('select = [""]', "“”", "``"),
        ('select = ["J"]', "“J”", "`J`"),
        ("severity = 3", "severity", "severity"),
        ("per-file-ignores = [1]", "per-file-ignores", "per-file-ignores"),
        ("select = [", "TOML", "TOML"),
    ],
)
def test_one_sentence_about_what_is_wrong(tmp_path: Path, text: str, zh: str, en: str) -> None:
    error = wrong(tmp_path, text)
    assert error.file == str(tmp_path / "jxmb.toml")
    assert zh in error.zh and en in error.en
    assert error.zh.endswith(("。", "？")) and error.en.endswith((".", "?"))
    assert "\n" not in error.zh + error.en
    assert len(error.zh) < 300 and len(error.en) < 300


@pytest.mark.parametrize(
    "text",
    [
        'select = ["x\\n::error::pwned"]',
        'select = ["\\u202eJX\\u2066"]',
        'select = ["\\u001b[31mJX"]',
        '"\\u001b]0;title\\u0007" = 1',
        '[per-file-ignores]\n"*" = ["a\\rb"]',
        '[words]\n"\\u001b[2J" = ["词"]',
        'fail-on = "\\u001b[31mnever"',
    ],
)
def test_nothing_in_settings_reaches_the_terminal_as_it_is(tmp_path: Path, text: str) -> None:
    error = wrong(tmp_path, text)
    said = error.zh + error.en + str(error)
    assert said.isprintable()
    assert not said.startswith("::")


@pytest.mark.parametrize(
    "text",
    [
        "[limits]\namount-tolerance = 1e308",
        "[limits]\nleast-satisfaction = 1e-400",
        f'[limits]\nnatures = ["({"a" * 40}+)+$"]',
        '[per-file-ignores]\n"[" = ["JX3"]',
        f'[per-file-ignores]\n"{"*a" * 2000}" = ["JX3"]',
    ],
)
def test_odd_values_that_may_be_are_used_as_they_are(tmp_path: Path, text: str) -> None:
    """A number beyond all others, a glob that means nothing: neither a pattern nor a fault."""
    _, found = checked(settings(tmp_path, text), tmp_path / f"{'a' * 200}.txt")
    assert "JX301" in codes(found) and "JX003" not in codes(found)


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_settings_in_another_encoding_are_to_be_saved_as_utf8(
    tmp_path: Path, encoding: str
) -> None:
    text = 'lang = "zh"  # 设置'
    (tmp_path / "jxmb.toml").write_bytes(text.encode(encoding))
    with pytest.raises(ConfigError) as caught:
        Configuration(RULES).at(tmp_path / "form.txt")
    assert caught.value.zh == "不是 UTF-8 编码，请另存为 UTF-8。"
    (tmp_path / "jxmb.toml").write_bytes(text.encode("utf-8-sig"))
    assert Configuration(RULES).at(tmp_path / "form.txt").lang == "zh"


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\njxmb = 3"])
def test_a_pyproject_of_another_shape(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    configuration = Configuration(RULES)
    if "jxmb" not in text:
        assert configuration.at(tmp_path / "x").given == frozenset()
        return
    with pytest.raises(ConfigError, match=r"\[tool\.jxmb\]"):
        configuration.at(tmp_path / "x")


def test_options_are_checked_too() -> None:
    with pytest.raises(ConfigError) as caught:
        Configuration(RULES, overrides={"select": ("JX31O",)})
    assert caught.value.file == OPTION and "JX31" in caught.value.en


def test_a_named_file_must_hold_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no\.toml"):
        Configuration(RULES, file=tmp_path / "no.toml")
    other = tmp_path / "pyproject.toml"
    other.write_text("[project]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[tool\.jxmb\]"):
        Configuration(RULES, file=other)


def test_every_limit_is_a_setting() -> None:
    keys = {key.removeprefix("limits.").replace("-", "_") for key in known_keys() if "." in key}
    assert keys == set(Limits.__dataclass_fields__)


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ('fail-on = "eror"', "应为 error、warning、info 或 never。是否应为“error”？"),
        ('[severity]\nJX301 = "warn"', "应为 error、warning 或 info。是否应为“warning”？"),
        ("[limits]\nunread-rows = 3", "应为 0 到 1 之间的数"),
        ("[limits]\nleast-satisfaction = 900", "应为百分数"),
        ("[limits]\nfewest-indicators = -1", "应为整数"),
        ('[[accept]]\ncode = "JX3"\nproject = "档案数字化"\nreason = "x"', "未知规则“JX3”"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_the_nearest_one(
    tmp_path: Path, text: str, zh: str
) -> None:
    assert zh in wrong(tmp_path, text).zh


def test_a_finding_is_accepted_by_the_name_of_its_rule_too(tmp_path: Path) -> None:
    text = '[[accept]]\ncode = "garbled-sign"\nproject = "档案数字化"\nreason = "x"'
    run = Run(settings(tmp_path, text))
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    codes = {one.code for one in run.check([File(tmp_path / "form.txt", "form.txt")])}
    assert "JX301" not in codes and not run.stale_accepts()


# --- the schema for editors

TEXTS = ["x", "", " ", 3, True, ["x"], {}]
NUMBERS = [0, 1, 1.5, -1, 0.5, 100, 100.5, 10**6, "1", True, [1]]  # TOML has no null
LISTS = [[], ["x"], [""], ["x", 3], "x", {}, 3]
LEVELS = ["error", "warning", "info", "never", "", 1]
ENTRY = {"code": "JX301", "project": "甲", "reason": "乙"}
VALUES = {
    "select": LISTS,
    "extend-select": LISTS,
    "ignore": LISTS,
    "per-file-ignores": [{}, {"*": ["JX3"]}, {"*": "JX3"}, {"": []}, [], 3],
    "severity": [{}, *({"JX3": one} for one in LEVELS), []],
    "fail-on": LEVELS,
    "policy": ["2015", 2015, "2021", 2021, 2020, "2020", True, [2021]],
    "limits": [{}, [], 3, {"x": 1}],
    "words": [{}, *({"low_nouns": one} for one in LISTS), []],
    "accept": [
        [],
        [ENTRY],
        [ENTRY | {"where": "丙", "date": "2026-01-31"}],
        [ENTRY | {"date": "昨天"}],
        [ENTRY | {"x": 1}],
        [{"code": "JX301"}],
        ENTRY,
        [3],
    ],
    "show": LEVELS,
    "format": ["json", "full", "jsn", "", 3],
    "color": ["auto", "never", "yes", True],
    "backup": ["unsafe", "always", "never", "yes", True],
    "lang": ["zh", "en", "fr", 1],
    "jobs": NUMBERS,
    "expect-forms": NUMBERS,
    "encoding": ["big5", "UTF-8", 3, True],
    "include": LISTS,
    "exclude": LISTS,
    "force-exclude": [True, False, 1, "true"],
    "baseline": TEXTS,
    "limits.least-satisfaction": NUMBERS,
    "limits.weight-sums": [[], [90], [90.5, 100], ["90"], 90],
    "limits.natures": LISTS,
    "limits.fewest-indicators": NUMBERS,
    "limits.most-indicators": NUMBERS,
    "limits.most-per-level2": NUMBERS,
    "limits.amount-tolerance": NUMBERS,
    "limits.unread-rows": NUMBERS,
    "limits.overachieved": NUMBERS,
}


def test_the_schema_knows_every_key() -> None:
    assert VALUES.keys() == {*known_keys(), "limits"}
    shape = schema("jxmb.lint.settings", "settings.schema.json")
    jsonschema.Draft202012Validator.check_schema(shape)
    limits = shape["$defs"]["Thresholds"]["properties"]
    assert {*shape["properties"], *(f"limits.{key}" for key in limits)} == VALUES.keys()


@pytest.mark.parametrize(("key", "values"), VALUES.items(), ids=VALUES)
def test_the_schema_accepts_what_the_reader_accepts(key: str, values: list[object]) -> None:
    judge = jsonschema.Draft202012Validator(schema("jxmb.lint.settings", "settings.schema.json"))
    table, _, inner = key.rpartition(".")
    accepted = []
    for value in values:
        data = {table: {inner: value}} if table else {key: value}
        try:
            Table.model_validate(data)
            read = True
        except ValidationError:
            read = False
        whole = isinstance(value, float) and value.is_integer()
        assert judge.is_valid(data) == read or whole, data
        accepted.append(read)
    assert {True, False} <= set(accepted)
    unknown = {table: {f"{inner}x": 1}} if table else {f"{key}x": 1}
    assert not judge.is_valid(unknown)


def test_the_schema_says_what_each_key_does() -> None:
    assert {*known_keys(), "limits"} == {key for key in KEYS if not key.startswith("accept.")}


def test_the_schema_names_the_word_lists() -> None:
    judge = jsonschema.Draft202012Validator(schema("jxmb.lint.settings", "settings.schema.json"))
    assert judge.is_valid({"words": {"low_nouns": ["空置率"]}})
    assert not judge.is_valid({"words": {"low_noun": ["空置率"]}})


def test_the_schema_gives_the_defaults_in_force() -> None:
    shape = schema("jxmb.lint.settings", "settings.schema.json")
    assert shape["properties"]["show"]["default"] == "warning"
    assert shape["$defs"]["Thresholds"]["properties"]["weight-sums"]["default"] == [90, 100]
