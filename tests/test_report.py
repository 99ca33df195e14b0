"""Reports: what a person and a program are shown, and what a hostile file cannot do to them."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.shapes import schema, strict

from jxmb.findings import (
    Change,
    Compared,
    Coverage,
    Finding,
    Form,
    Made,
    Missed,
    Safety,
    Severity,
    Summary,
    Unchecked,
    Words,
)
from jxmb.report import FORMATS, Out, load
from jxmb.report.excerpt import excerpt, fold
from jxmb.source import Place
from jxmb.visible import visible

LINE = "\t产出指标\t数量指标\t培训人数\t》 12次"
MARK = LINE.index("》") + 1
HERE = Place("forms/a.txt", 15, MARK, 15, MARK + 1)
FINDING = Finding(
    code="JX301",
    name="garbled-sign",
    severity=Severity.ERROR,
    aspect="G",
    blame="transcription",
    message=Words("比较符“》”应为“≥”", "Use `≥` instead of `》`"),
    reason=Words("系统无法比较", "no system can compare it"),
    remedy=Words("写作“≥ 12次”", "write ≥ 12次"),
    place=HERE,
    excerpt=LINE,
    project="教师培训",
    where=("产出指标", "数量指标", "培训人数"),
    also=(Place("forms/b.txt", 3, 1, 3, 5),),
    changes=(Change(HERE, "≥"),),
    safety=Safety.SAFE,
    fingerprint="f00",
    title=Words("比较符错误", "Garbled comparison sign"),
)
TEXTS = [name for name in FORMATS if not load(name).BINARY]
HOSTILE = "\x1b[31m[red]x[/red]\x9b2J\u202e\u200b\n::error::y \x07"


@dataclass
class Done:
    """A run that is over."""

    summary: Summary
    lang: str
    forms: Sequence[Form] = ()
    applied: Sequence[Made] = ()
    refused: Sequence[Made] = ()
    compared: Compared | None = None
    coverage: Coverage = field(default_factory=Coverage)


def summary(**numbers: int) -> Summary:
    return Summary(**{"files": 1, "forms": 1} | numbers)


def shown(
    name: str,
    findings: list[Finding],
    lang: str = "zh",
    color: bool = False,
    coverage: Coverage | None = None,
    **numbers,
) -> str:
    out = io.StringIO()
    run = Done(summary(**numbers), lang, coverage=coverage or Coverage())
    load(name).render(run, iter(findings), Out(out, color))
    return out.getvalue()


# --- one line a finding


def test_concise_is_one_line_a_finding_and_the_summary():
    assert shown("concise", [FINDING], errors=1) == (
        f"forms/a.txt:15:{MARK}: 错误 JX301 [*] 比较符错误：比较符“》”应为“≥” (产出指标 › 数量指标 › 培训人数)\n"
        "共检查 1 个文件、1 份表：1 个错误。[*] 1 处可用 --fix 修改\n"
    )


def test_english_stands_beside_chinese():
    assert shown("concise", [FINDING], "en", errors=1, infos=2) == (
        f"forms/a.txt:15:{MARK}: error JX301 [*] Garbled comparison sign: Use `≥` instead of `》`"
        " (产出指标 › 数量指标 › 培训人数)\n"
        "Checked 1 file, 1 form: 1 error, 2 infos hidden (--show info). [*] 1 fixable with --fix\n"
    )


@pytest.mark.parametrize("name", ["concise", "full"])
@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "共检查 1 个文件、1 份表：未发现问题\n"),
        ("en", "Checked 1 file, 1 form: all clear\n"),
    ],
)
def test_a_clean_run_is_one_friendly_line(name, lang, line):
    assert shown(name, [], lang) == line


def test_a_run_with_hidden_infos_only_is_good_news_too():
    assert shown("concise", [], infos=2) == (
        "共检查 1 个文件、1 份表：无错误和警告，另有 2 条提示（--show info）\n"
    )


def test_a_run_without_a_form_never_sounds_clean():
    for name in ("concise", "full"):
        text = shown(name, [], forms=0, coverage=Coverage(formless=[missed("信.txt")]))
        assert text == "共检查 1 个文件，未读到绩效目标表。未找到绩效目标表：信.txt\n"


def missed(path: str) -> Missed:
    return Missed(path, Words("原因", "a reason"))


LEFT = Coverage(
    skipped=[missed(f"{number}.jpg") for number in range(7)],
    unreadable=[missed("锁.txt")],
    unwritten=[missed("b.txt")],
    formless=[missed("hello.txt")],
    not_checked=[Unchecked(Form(HERE, "教师培训"), Words("原因", "a reason"))],
)


@pytest.mark.parametrize("name", ["concise", "full"])
def test_what_was_left_out_is_named_and_counted(name):
    assert shown(name, [], coverage=LEFT, forms=2, files=2) == (
        "共检查 2 个文件、2 份表：未发现问题。未找到绩效目标表：hello.txt。"
        "未能检查：forms/a.txt › 教师培训。无法读取：锁.txt。未写入：b.txt。"
        "未读取：0.jpg、1.jpg、2.jpg、3.jpg、4.jpg 等 7 个\n"
    )
    assert shown(name, [], "en", coverage=LEFT, forms=2, files=2) == (
        "Checked 2 files, 2 forms: all clear. No form found: hello.txt. "
        "Not checked: forms/a.txt › 教师培训. Cannot read: 锁.txt. Not written: b.txt. "
        "Not read: 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 2 more\n"
    )


@pytest.mark.parametrize("name", ["concise", "full"])
def test_a_fix_that_could_not_be_written_is_not_offered_again(name):
    assert shown(name, [FINDING]).endswith("[*] 1 处可用 --fix 修改\n")
    left = Coverage(unwritten=[missed("b.txt")])
    assert shown(name, [FINDING], coverage=left).endswith("[*] 1 处未能修改。未写入：b.txt\n")


def test_a_run_that_judged_no_form_never_sounds_clean():
    assert "未发现问题" not in shown("concise", [], coverage=LEFT)


def test_json_lists_what_was_left_out_and_counts_the_lists():
    shape = json.loads(shown("json", [], coverage=LEFT))
    jsonschema.validate(shape, strict(schema("jxmb.report", "findings.schema.json")))
    for name in ("skipped", "unreadable", "unwritten", "formless", "not_checked"):
        assert shape["summary"][name] == len(shape[name]) == len(getattr(LEFT, name))
    assert shape["skipped"][0] == {
        "path": "0.jpg",
        "reason": "原因",
        "reason_en": "a reason",
        "code": None,
    }
    assert shape["not_checked"][0]["project"] == "教师培训"


def test_the_rules_that_were_chosen_and_the_forms_that_should_be_there_are_counted():
    text = shown("concise", [], selected=1, expected=3)
    assert text == "共检查 1 个文件、1 份表（按所选 1 条规则检查）：未发现问题。应有 3 份表\n"
    text = shown("concise", [], "en", selected=1, expected=3)
    assert text == "Checked 1 file, 1 form against 1 selected rule: all clear. Expected 3 forms\n"


def test_a_new_baseline_is_no_good_news():
    assert shown("concise", [], written=4) == "共检查 1 个文件、1 份表。已写入基线：4 条\n"


def test_what_was_set_aside_is_counted():
    text = shown("concise", [], ignored=1, accepted=2, baselined=3, fixed=4, unedited=5)
    for part in (
        "忽略 1 条",
        "认可 2 条",
        "基线中已有 3 条",
        "已修改 4 处",
        "5 处需手工",
    ):
        assert part in text


@pytest.mark.parametrize("form", ["concise", "full"])
def test_how_often_a_rule_found_something_is_said_once(form):
    message = Words("数不对（本表共 3 处）", "wrong (3 in this form)")

    text = shown(form, [replace(FINDING, count=3, message=message)], errors=1)

    assert text.count("3 处") == 1


# --- drawn


def test_full_shows_place_line_mark_reason_and_remedy():
    text = shown("full", [FINDING], errors=1)
    lines = text.splitlines()
    assert f"forms/a.txt:15:{MARK}  错误 JX301 比较符错误 [*]" in lines
    assert "  产出指标 › 数量指标 › 培训人数" in lines
    assert "  依据：系统无法比较" in lines
    assert "  怎么改：写作“≥ 12次”" in lines
    assert "  参见：forms/b.txt:3:1" in lines
    assert "  可用 --fix 修改" in lines


def test_the_mark_stands_under_the_sign_as_a_terminal_shows_it():
    lines = shown("full", [FINDING], errors=1).splitlines()
    at = next(index for index, line in enumerate(lines) if "^" in line)
    source, mark = lines[at - 1], lines[at]
    before = source[: source.index("》")]
    assert cell_len(mark[: mark.index("^")]) == cell_len(before)
    assert mark.count("^") == cell_len("》")


def test_findings_stand_under_their_form():
    other = replace(FINDING, project="校园维修", place=replace(HERE, line=40, end_line=40))
    heads = [
        line for line in shown("full", [FINDING, other], errors=2).splitlines() if "──" in line
    ]
    assert [head.split(" ─")[0] for head in heads] == [
        "forms/a.txt › 教师培训",
        "forms/a.txt › 校园维修",
    ]


def test_colours_only_where_they_are_wanted():
    for name in ("concise", "full"):
        assert "\x1b[" in shown(name, [FINDING], color=True, errors=1)
        assert "\x1b" not in shown(name, [FINDING], errors=1)


WIDE = st.text(alphabet="产出指标a1 \t》≥\u200b\x1bｱé\N{GRINNING FACE}", max_size=120)


@given(WIDE, st.integers(0, 120), st.integers(0, 120), st.integers(12, 90))
@settings(max_examples=200)
def test_an_excerpt_fits_and_its_mark_stays_in_sight(line, start, length, width):
    start = min(start, len(line))
    end = min(start + length, len(line))
    place = Place("a.txt", 1, start + 1, 1, end + 1)
    found = excerpt(replace(FINDING, excerpt=line, place=place), width)
    assert cell_len(found.text) <= width
    assert found.width >= 1
    assert found.start >= 0
    assert found.start < width
    assert "\t" not in found.text
    assert "\x1b" not in found.text


def test_a_short_excerpt_marks_exactly_the_text():
    found = excerpt(FINDING, 200)
    assert found.text[found.text.index("》") :] == "》 12次"
    assert found.start == cell_len(found.text[: found.text.index("》")])


def test_a_long_line_is_cut_around_the_mark():
    line = "前" * 300 + "》" + "后" * 300
    place = Place("a.txt", 1, 301, 1, 302)
    found = excerpt(replace(FINDING, excerpt=line, place=place), 60)
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert cell_len(found.text[: found.text.index("》")]) == found.start


def test_the_excerpt_may_begin_inside_the_line():
    place = Place("a.txt", 1, 1001, 1, 1002)
    found = excerpt(replace(FINDING, excerpt="前》后", excerpt_column=1000, place=place), 40)
    assert (found.text, found.start, found.width) == ("前》后", 2, 2)


@given(st.text(alphabet="产出，。）a b1", max_size=200), st.integers(4, 60))
@settings(max_examples=200)
def test_folding_loses_nothing_and_fits(text, width):
    lines = list(fold(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


# --- JSON


def test_json_is_as_its_schema_says_and_nothing_more():
    bare = replace(FINDING, changes=(), safety=None, also=(), where=())
    shape = json.loads(shown("json", [FINDING, bare], errors=2))
    jsonschema.validate(shape, strict(schema("jxmb.report", "findings.schema.json")))


def test_json_holds_both_languages_and_plain_numbers():
    shape = json.loads(shown("json", [FINDING], errors=1, infos=7))
    found = shape["findings"][0]
    assert found["message"] == "比较符“》”应为“≥”"
    assert found["message_en"] == "Use `≥` instead of `》`"
    assert (found["line"], found["column"], found["end_column"]) == (15, MARK, MARK + 1)
    assert found["where"] == ["产出指标", "数量指标", "培训人数"]
    assert found["related"][0]["path"] == "forms/b.txt"
    assert found["fix"] == {
        "safety": "safe",
        "edits": [
            {"line": 15, "column": MARK, "end_line": 15, "end_column": MARK + 1, "text": "≥"}
        ],
    }
    assert shape["summary"]["infos"] == 7


def test_json_is_written_as_the_standard_library_would():
    for findings in ([], [FINDING], [FINDING, FINDING]):
        text = shown("json", findings, errors=len(findings))
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


# --- a finding at a time


@pytest.mark.parametrize("name", ["concise", "full", "json"])
def test_a_finding_is_shown_before_the_next_is_made(name):
    out = io.StringIO()
    run = Done(summary(), "zh")

    def findings() -> Iterator[Finding]:
        for number in range(1, 4):
            yield replace(FINDING, fingerprint=f"f{number}", message=Words(f"第{number}个", ""))
            assert f"第{number}个" in out.getvalue()
        run.summary.errors = 3  # whole only now

    load(name).render(run, findings(), Out(out))
    assert "3" in out.getvalue().rpartition("第3个")[2]


# --- hostile text


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_a_file_never_drives_the_terminal(name):
    hostile = replace(
        FINDING,
        message=Words(HOSTILE, HOSTILE),
        reason=Words(HOSTILE, HOSTILE),
        remedy=Words(HOSTILE, HOSTILE),
        place=Place(HOSTILE, 1, 1, 1, 2),
        excerpt=HOSTILE.replace("\n", ""),
        project=HOSTILE,
        where=(HOSTILE,),
        also=(Place(HOSTILE, 1, 1, 1, 2),),
    )
    text = shown(name, [hostile], errors=1)
    assert "[red]x[/red]" in text.replace("\\", "")  # Markdown has its marks behind a backslash
    assert not set(text) & set("\x1b\x9b\u202e\u200b\x07\r")
    own = ["::error file="] if name == "github" else []  # the one finding, as GitHub reads it
    commands = [line for line in text.splitlines() if line.startswith("::")]
    assert [line[: len("::error file=")] for line in commands] == own


def test_signs_stand_for_what_is_not_sent():
    assert visible("a\x1b\x7f\u202e\n") == "a␛␡<U+202E>␊"


def test_json_keeps_hostile_text_as_data():
    shape = json.loads(shown("json", [replace(FINDING, project=HOSTILE)], errors=1))
    assert shape["findings"][0]["project"] == HOSTILE


def test_a_file_name_that_is_no_text_can_be_shown():
    odd = replace(FINDING, place=Place("a\udcff.txt", 1, 1, 1, 2))
    for name in TEXTS:
        shown(name, [odd], errors=1).encode("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", TEXTS)
def test_the_title_of_the_rule_stands_in_every_format(name, lang):
    assert FINDING.title[lang == "en"] in shown(name, [FINDING], lang, errors=1)


@pytest.mark.parametrize("name", ["full", "concise"])
def test_a_title_that_says_all_is_said_once(name):
    words = Words("未找到绩效目标表", "No form found")
    same = replace(FINDING, title=words, message=words, reason=Words("", ""), remedy=Words("", ""))
    more = replace(same, message=Words("未找到绩效目标表（空白表）", "No form found in it"))
    assert shown(name, [same], errors=1).count(words.zh) == 1
    assert "未找到绩效目标表（空白表）" in shown(name, [more], errors=1)
