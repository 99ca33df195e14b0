"""Fixes change what they say and nothing else, and a second run has nothing left to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jxmb import api, documents, rules
from jxmb.documents import read
from jxmb.findings import Change, Finding, Safety, Severity, Words
from jxmb.lint import fix, unchanged
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.lint.settings import Settings
from jxmb.lint.settings.configuration import Configuration
from jxmb.report.wording import Wording
from jxmb.source import Place, Source, Span

from .work import apply

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
FORM = (
    "项目支出绩效目标表 \n(2024年)\n\n项目名称\t档案数字化\t\n"
    "一级指标\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t扫描档案\t》 8000卷  \n"
    "\t质量指标\t扫描合格率\t98\n"
)
NOTHING = Words("", "")


def only(*codes: str) -> Settings:
    """Settings under which these rules alone are run."""
    return Configuration(rules.load(), isolated=True, overrides={"select": codes}).at()


SIGNS = only("JX301")


def finding(text: str, *edits: tuple[int, int, str], safety: Safety = Safety.SAFE) -> Finding:
    source = Source(text)
    changes = tuple(Change(Span(source, start, end).place, new) for start, end, new in edits)
    place = changes[0].place if changes else Place("-", 1, 1, 1, 1)
    return Finding(
        "JX301", "x", Severity.ERROR, "G", "content", NOTHING, NOTHING, NOTHING, place,
        changes=changes, safety=safety,
    )  # fmt: skip


def fixed(text: str, *findings: Finding) -> str:
    return apply(Source(text), findings)[0]


def test_edits_are_put_in_their_places() -> None:
    text = "一\r\n二三\r四五"
    one, two = finding(text, (1, 1, "！")), finding(text, (4, 5, ""), (7, 8, "伍"))
    assert fixed(text, two, one) == "一！\r\n二\r四伍"


def test_what_overlaps_waits() -> None:
    text = "甲乙丙丁"
    first, second = finding(text, (0, 2, "A")), finding(text, (1, 3, "B"), (3, 4, "C"))
    new, applied = apply(Source(text), [first, second])
    assert (new, applied) == ("A丙丁", [first])


def test_two_insertions_at_one_place_wait_too() -> None:
    one, two = finding("甲", (1, 1, "%")), finding("甲", (1, 1, "个"))
    assert fixed("甲", one, two) == "甲%"


def test_neighbours_do_not_overlap() -> None:
    one, two = finding("甲乙", (0, 1, "A")), finding("甲乙", (1, 2, "B"))
    assert fixed("甲乙", one, two) == "AB"


@settings(max_examples=50)
@given(st.text("甲乙\r\n\t", max_size=30), st.data())
def test_what_is_not_edited_stays(text: str, data: st.DataObject) -> None:
    """Whatever edits there are: without their text the new file is the old one without their places."""
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    edits = list(zip(cuts[::2], cuts[1::2], strict=False))
    new, applied = apply(Source(text), [finding(text, (a, b, "#")) for a, b in edits])
    taken = sorted({(a, b) for a, b in edits})
    kept, end = [], 0
    for start, stop in taken:
        if any(start < b and a < stop for a, b in taken if (a, b) < (start, stop)):
            continue
        kept.append(text[end:start])
        end = stop
    kept.append(text[end:])
    assert new.replace("#", "") == "".join(kept)
    assert new.count("#") == len(applied)


def test_only_safe_fixes_unless_asked() -> None:
    assert fix.applicable(finding("甲", (0, 1, "乙")))
    unsafe = finding("甲", (0, 1, "乙"), safety=Safety.UNSAFE)
    assert not fix.applicable(unsafe) and fix.applicable(unsafe, unsafe=True)
    assert not fix.applicable(finding("甲"), unsafe=True)


def test_fix_of_a_text() -> None:
    assert api.fix(FORM, SIGNS).text == FORM.replace("》", "≥")
    both = only("JX301", "JX310")
    done = api.fix(FORM, both, unsafe=True)
    assert done.text == FORM.replace("》", "≥").replace("98", "98%")
    assert {one.code for one in done.applied} == {"JX301", "JX310"}
    assert done.changed and not api.fix(done.text, both, unsafe=True).changed


def test_two_changes_of_one_cell_are_told_one_after_the_other() -> None:
    done = api.fix(FORM, only("JX301", "JX308"))
    told = [
        (one.head + one.before + one.tail, one.head + one.change.text + one.tail)
        for one in done.made
    ]
    assert [tuple(map(str.strip, one)) for one in told] == [
        ("》 8000卷", "≥ 8000卷"),
        ("≥ 8000卷", "≥8000卷"),
    ]


def test_a_change_is_shown_in_its_cell_which_is_cut_visibly() -> None:
    period = FORM.replace("档案数字化\t\n", "档案数字化\n项目起止时间\t2024. 1. 1 至 2024.12.31\n")
    told = [Wording("zh").changed(one) for one in api.fix(period, only("JX625")).made]
    assert [one.split("JX625 ")[1] for one in told] == [
        "“2024. 1. 1 至 2024.12.31” → “2024-01-01 至 2024.12.31”",
        "“2024-01-01 至 2024.12.31” → “2024-01-01 至 2024-12-31”",
    ]
    (one,) = api.fix(FORM.replace("8000卷", f"8000卷（{'含图纸' * 9}）"), SIGNS).made
    assert "“》 8000卷（" in Wording("zh").changed(one) and Wording("zh").changed(one).endswith(
        "…”"
    )


def test_settings_say_what_is_fixed() -> None:
    wanted = Configuration(rules.load(), isolated=True, overrides={"ignore": ("JX301",)}).at()
    assert "》" in api.fix(FORM, wanted).text


def test_fixing_counts_nothing() -> None:
    run = Run(strict=True)
    fix.fixed(Source(FORM), File(Path("-"), "-"), run)
    assert (run.summary.files, run.summary.forms, run.summary.errors) == (0, 0, 0)


def test_diff_shows_what_changes() -> None:
    shown = api.fix(FORM, SIGNS).diff().splitlines()
    assert shown[0] == "--- a/-" and shown[1] == "+++ b/-"
    changed = [line for line in shown[2:] if line.startswith(("-", "+"))]
    assert changed == [
        "-产出指标\t数量指标\t扫描档案\t》 8000卷  ",
        "+产出指标\t数量指标\t扫描档案\t≥ 8000卷  ",
    ]
    assert fix.diff("甲", "甲", "x") == ""
    assert fix.diff("甲", "乙", "x").count("\\ No newline at end of file") == 2


def test_fixes_that_undo_each_other_are_named_and_the_others_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def flip(self: Run, text: Source, file: File) -> list[Finding]:
        """甲 and 乙 for ever, in the first line; in the second 丙 is mended once."""
        first = text.text.split("\n")[0]
        one = finding(text.text, (0, 1, "乙" if first == "甲" else "甲"))
        one = replace(one, code="JX113" if first == "甲" else "JX112")
        at = text.text.find("丙")
        return [one, *([finding(text.text, (at, at + 1, "丁"))] if at >= 0 else [])]

    monkeypatch.setattr(Run, "check_source", flip)
    done = api.fix("甲\n丙")
    assert done.text == "甲\n丁" and [one.code for one in done.applied] == ["JX301"]
    assert {one.finding.code for one in done.left} == {"JX112", "JX113"}
    assert all("JX112、JX113" in one.why.zh for one in done.left)
    assert done.left[0].changes[0].why == done.left[0].why


def test_fixes_that_never_end_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def grow(self: Run, text: Source, file: File) -> list[Finding]:
        return [finding(text.text, (0, 0, "甲"))]

    monkeypatch.setattr(Run, "check_source", grow)
    done = api.fix("乙")
    assert done.text == "乙" and [one.finding.code for one in done.left] == ["JX301"]


def test_the_samples_change_only_where_it_is_said() -> None:
    source = read(SAMPLES)
    done = api.fix(source, SIGNS)
    assert len(done.applied) == 7
    old, new = source.text.split("\n"), done.text.split("\n")
    changed = [at for at, (one, other) in enumerate(zip(old, new, strict=True), 1) if one != other]
    assert changed == [15, 18, 19, 133, 312, 313, 333]
    assert all(old[at - 1].replace("》", "≥") == new[at - 1] for at in changed)


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_samples_are_read_alike_on_lines_that_were_not_fixed(unsafe: bool) -> None:
    source = read(SAMPLES)
    done = api.fix(source, unsafe=unsafe)
    old, new = source.text.split("\n"), done.text.split("\n")
    same = {at for at, (one, other) in enumerate(zip(old, new, strict=True), 1) if one == other}

    before, after = (
        {key: text for key, text in readings(one).items() if key[0] in same}
        for one in (source, replace(source, text=done.text))
    )

    assert before == after
    assert len(before) > 100
    assert 0 < len(old) - len(same) < len(old) / 4


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_second_run_on_the_samples_has_nothing_left_to_fix(unsafe: bool) -> None:
    done = api.fix(SAMPLES, unsafe=unsafe)
    assert done.changed
    assert not api.fix(done.text, unsafe=unsafe).changed


def readings(source: Source) -> dict[tuple[int, int, str], str]:
    """What stands where: every value and every indicator of every form, by line and number."""
    found: dict[tuple[int, int, str], str] = {}
    for number, project in enumerate(api.parse(source).projects):
        for value in project.values():
            spans = value.reading.spans
            line = source.position(spans[0].start)[0] if spans else 0
            found[line, number, " ".join(value.where)] = value.reading.text
        for row, one in enumerate(project.indicators):
            line = source.position(one.at.start)[0]
            levels = (one.level1.value, one.level2.value)
            found[line, number, str(row)] = repr((*levels, one.name.text, one.target.text))
    return found


ROWS = FORM + "\t时效指标\t按期完成率\t》95%\n"


def test_a_fix_that_changes_how_other_things_are_read_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def found(self: Run, text: Source, file: File) -> list[Finding]:
        """Each sign mended, and a line end lost between two rows; each until it is done."""
        edits = [(at, at + 1, "≥") for at, one in enumerate(text.text) if one == "》"]
        edits += [(at, at + 1, "") for at in [text.text.find("\n\t质量")] if at >= 0]
        return [replace(finding(text.text, edit), fingerprint=f"{edit}") for edit in edits]

    monkeypatch.setattr(Run, "check_source", found)
    done = api.fix(ROWS)
    assert done.text == ROWS.replace("》", "≥")
    assert len(done.applied) == 2
    ((left, why, _),) = done.left
    assert left.changes[0].text == "" and "读取结果" in why.zh


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("》 8000卷", "≥8000卷", True),
        ("》 8000卷", "≤8000卷", False),
        ("》 8000卷", "≥800卷", False),
        ("扫描档案", "扫描的档案", True),
        ("档案数字化", "档案", True),
        ("产出指标", "效益指标", False),
    ],
)
def test_an_edited_cell_keeps_its_sign_its_figures_and_its_level(
    old: str, new: str, kept: bool
) -> None:
    at = FORM.index(old)
    after = FORM[:at] + new + FORM[at + len(old) :]
    edits = [documents.Change(at, at + len(old), new)]
    before = unchanged.data(Source(FORM))
    assert unchanged.elsewhere(before, unchanged.data(Source(after)), edits) is kept
    assert not unchanged.elsewhere(before, unchanged.data(Source(after)), []) or old == new


def test_what_could_not_be_read_may_become_readable() -> None:
    old, new = FORM.replace("》 8000卷", "若干卷"), FORM.replace("》 8000卷", "8000卷")
    at = old.index("若干")
    edits = [documents.Change(at, at + 2, "8000")]
    assert unchanged.elsewhere(unchanged.data(Source(old)), unchanged.data(Source(new)), edits)


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("8000卷", "8000册", "册"),  # the unit is part of the meaning
        ("扫描档案", "扫描\t档案", "\t"),  # a character goes over to the neighbour
        ("项目名称\t", "项目名称\t\n主管部门\t档案局\n", "主"),  # a field appears
    ],
)
def test_a_cell_keeps_its_unit_and_its_characters_and_nothing_appears(
    old: str, new: str, edit: str
) -> None:
    at, to = FORM.index(old), new.index(edit)
    after = FORM.replace(old, new)
    size = len(new) - len(old)
    change = documents.Change(at + to, at + to + (size == 0), new[to : to + max(size, 1)])
    before = unchanged.data(Source(FORM))
    assert not unchanged.elsewhere(before, unchanged.data(Source(after)), [change])


def test_a_guess_may_change_what_its_cell_means_and_nothing_else() -> None:
    after = FORM.replace("》 8000卷", "≤ 8000卷").replace("扫描合格率", "扫描率")
    at = FORM.index("》")
    edits = [documents.Change(at, at + 1, "≤")]
    before = unchanged.data(Source(FORM))
    alone = unchanged.data(Source(FORM.replace("》", "≤")))
    assert unchanged.elsewhere(before, alone, edits, edits)
    assert not unchanged.elsewhere(before, alone, edits)
    assert not unchanged.elsewhere(before, unchanged.data(Source(after)), edits, edits)
