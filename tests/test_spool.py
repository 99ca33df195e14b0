"""Memory that does not grow with the run: what waits on disk is read as if it never had, and nothing of it stays."""

import errno
import gc
import io
import os
import pickle
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.test_cli import CLEAN, ENVIRON

from jxmb import rules, spool
from jxmb.cli import main
from jxmb.findings import Finding
from jxmb.lint import engine
from jxmb.lint.engine import Checks, File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.model.facts import Fact, Facts, key, packed
from jxmb.rules.across import groups
from jxmb.source import Inside, Place
from jxmb.spool import Disk, Spool, ordered

ACROSS = tuple(one for one in rules.load() if one.scope is Facts)
SMALL = st.integers(1, 5)


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One item in memory, the others on disk: the folder for temporary files."""
    for name in ("HELD", "SORTED", "BLOCK"):
        monkeypatch.setattr(spool, name, 1)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


# --- sequences


@given(items=st.lists(st.integers() | st.text()), held=SMALL)
def test_a_sequence_reads_as_a_list(items: list[object], held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "HELD", held)
        kept: Spool[object] = Spool()
        for number, item in enumerate(items):
            kept.append(item)
            assert kept[number] == kept[-1] == item  # reading and writing take turns
        assert (list(kept), kept[1:], len(kept)) == (items, items[1:], len(items))
        assert [kept[at] for at in range(-len(items), len(items))] == items * 2
        with pytest.raises(IndexError):
            kept[len(items)]


@given(items=st.lists(st.tuples(st.integers(0, 9), st.text())), most=SMALL, block=SMALL)
def test_what_is_sorted_on_disk_is_sorted(items: list[object], most: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "SORTED", most)
        patch.setattr(spool, "BLOCK", block)
        assert list(ordered(iter(items))) == sorted(items)


def test_small_runs_open_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_temporary", lambda: pytest.fail("a file was opened"))
    assert list(Spool(range(spool.HELD))) == list(range(spool.HELD))
    assert list(ordered(range(spool.SORTED - 1, 0, -1))) == list(range(1, spool.SORTED))


def test_what_is_written_in_short_is_read_whole() -> None:
    inside = Inside("第 1 页", "page 1", page=1, box=(1.0, 2.0, 3.0, 4.0))
    placed = Place("a.pdf", 1, 2, 3, 4, inside)
    for one in (placed, replace(fact(random.Random(0), 0), place=placed)):
        assert pickle.loads(pickle.dumps(one)) == one
        assert one.__reduce__()[1] == tuple(getattr(one, name) for name in one.__slots__)


# --- rules across forms


def fact(draw: random.Random, at: int) -> Fact:
    """A form that shares much with others."""
    matters = ["扫描档案", "培训", "道路养护", "道路 养护", "绿化", "检查次数"]
    names = [
        "",
        "".join(draw.choices("松竹梅兰菊荷柳", k=4)),
        draw.choice("甲乙") + draw.choice(matters),
    ]
    place = Place(f"{draw.choice('ab')}/{draw.choice('a-')}{at}.txt", draw.randint(1, 3), 1, 9, 9)
    rows = [(one, draw.choice("1112")) for one in draw.sample(matters, draw.choice([0, 2, 4, 6]))]
    goal = draw.choice(["", "甲" * 20, "乙" * 30, "丙"])
    return Fact(
        place=place,
        named=Place(place.path, place.line + 1, 2, 9, 9),
        title=draw.choice(["绩效目标申报表", "绩效目标表", ""]),
        project=draw.choice(names),
        year=draw.choice([None, 2024]),
        department=draw.choice(["财政局", "甲县财政局", "财政局(本级)", ""]),
        implementer=draw.choice(["", "一站"]),
        total=draw.choice([None, *map(Decimal, range(1, 200, 9))]),
        goal=key(goal) if goal else None,
        goal_length=len(goal),
        keys=packed(rows),
        units="\n".join(f"{name}\t{draw.choice('个人次')}" for name, _ in rows),
        served=frozenset(draw.sample(["群众", "企业"], 1)),
        heads=draw.choice(["a b", "a c", ""]),
        layout=draw.choice("xy"),
    )


def across(facts: list[Fact]) -> list[Finding]:
    return list(engine.check_facts(Facts(facts), Checks(rules=ACROSS, strict=True)))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(1, 80), held=SMALL, most=SMALL)
def test_rules_across_forms_find_the_same_on_disk(
    seed: int, size: int, held: int, most: int
) -> None:
    draw = random.Random(seed)
    facts = [fact(draw, at) for at in range(size)]
    found = across(facts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "HELD", held)
        patch.setattr(spool, "SORTED", most)
        assert across(facts) == found


def test_the_facts_that_are_compared_make_each_rule_speak() -> None:
    draw = random.Random(1)
    found = across([fact(draw, at) for at in range(200)])
    assert {one.code for one in found} == {one.code for one in ACROSS}


@settings(deadline=None)
@given(
    sets=st.lists(st.frozensets(st.integers(0, 9)), max_size=20),
    share=st.sampled_from([0.5, 0.8]),
    fewest=st.integers(1, 3),
)
def test_forms_that_are_alike_are_found_as_if_each_were_compared_with_each(
    sets: list[frozenset[int]], share: float, fewest: int
) -> None:
    draw = random.Random(0)
    facts = Facts(
        replace(fact(draw, 0), keys=packed((str(one), "") for one in keys)) for keys in sets
    )
    expected = {at: {at} for at in range(len(sets))}
    for one, other in combinations(range(len(sets)), 2):
        common, most = len(sets[one] & sets[other]), max(len(sets[one]), len(sets[other]))
        if common >= fewest and common >= share * most:
            both = expected[one] | expected[other]
            expected |= dict.fromkeys(both, both)
    found = list(groups.alike(facts, range(len(sets)), share, fewest))
    together = {min(one): sorted(one) for one in expected.values() if len(one) > 1}
    assert found == [together[at] for at in sorted(together)]


# --- runs


def forms(folder: Path, count: int = 8) -> Path:
    """Forms of which some are filed twice, some copied, some split."""
    folder.mkdir()
    for at in range(count):
        text = CLEAN.replace("教师培训", ("教师培训", "图书采购", "道路清扫", "绿化")[at % 4])
        text = text.replace("教育局", ("教育局", "甲县教育局")[at // 2 % 2])
        (folder / f"{at}.txt").write_text(text, encoding="utf-8")
    return folder


def jx(*args: str) -> tuple[int, bytes, str]:
    done = CliRunner().invoke(main, args, env=ENVIRON | {"JXMB_LANG": "zh"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout_bytes, done.stderr


FORMATS = ("concise", "json", "jsonl", "sarif", "junit", "markdown", "html", "gitlab")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_waits_on_disk_writes_the_same_bytes(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    def written(name: str) -> dict[str, object]:
        files = [f"--format={one}={tmp_path / name / one}" for one in FORMATS]
        sheet = str(tmp_path / name / "records.json")
        said = [
            jx("check", str(folder), "--jobs", jobs, "--show", "info", *files),
            *(
                jx("check", str(folder), "--jobs", jobs, "--summary", "--show", "info", *more)
                for more in ([], ["--format", "json"], ["--format", "jsonl", "--statistics"])
            ),
            jx("convert", str(folder), "--jobs", jobs, "-o", sheet),
        ]
        return {"said": said} | {one.name: one.read_bytes() for one in (tmp_path / name).iterdir()}

    folder = forms(tmp_path / "forms")
    held = written("held")
    assert [
        one for one in (b"JX901", b"JX902", b"JX903", b"JX904") if one not in held["json"]
    ] == []
    request.getfixturevalue("tight")
    opened: list[Disk] = []
    made = Disk.__init__
    monkeypatch.setattr(Disk, "__init__", lambda one: opened.append(one) or made(one))
    assert written("waiting") == held
    assert len(opened) > 3


def test_work_done_elsewhere_waits_on_disk_too(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever executor does the work, as that of a Dask client: facts are kept where the run is."""

    def found() -> list[Finding]:
        files = (File(path, path.name) for path in sorted(folder.iterdir()))
        run = Run(Configuration(rules.load(), isolated=True))
        return list(run.check(files, jobs=2, executor=lambda: ThreadPoolExecutor(2)))

    folder = forms(tmp_path / "forms")
    held = found()
    assert {one.code for one in held} >= {"JX901", "JX902"}
    request.getfixturevalue("tight")
    assert found() == held


def test_a_run_holds_a_few_facts_and_leaves_no_file(tight: Path) -> None:
    texts = [CLEAN.replace("教师培训", f"{at}校培训").encode() for at in range(30)]
    files = (File(Path(f"{at}.txt"), f"{at}.txt", data=text) for at, text in enumerate(texts))
    run = Run(Configuration(rules.load(), overrides={"show": "info"}), strict=True)
    most = 0
    for _ in run.check(files):
        gc.collect()
        most = max(most, sum(isinstance(one, Fact) for one in gc.get_objects()))
        assert list(tight.iterdir()) == []  # whatever ends the process here
    assert 0 < most < 10 and len(run._facts) == 30


class Full(io.BytesIO):
    """A file on a disk that is full."""

    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_folder_for_temporary_files_is_one_sentence(
    tight: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "_temporary", Full)
    code, _, said = jx("check", str(forms(tmp_path / "forms")))
    assert (code, said) == (2, f"jxmb: 无法读写 {tight}：磁盘已满。\n")


def test_a_disk_that_is_full_when_all_is_sorted_is_no_fault_of_a_rule(
    tight: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "HELD", 100)
    monkeypatch.setattr(spool, "_temporary", Full)
    with pytest.raises(OSError, match="No space") as caught:
        across([fact(random.Random(1), at) for at in range(5)])
    assert caught.value.filename == str(tight)


@pytest.mark.parametrize("known", [True, False])
def test_a_missing_folder_for_temporary_files_is_one_sentence(
    tight: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setattr(tempfile, "tempdir", str(gone) if known else None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", list)
    code, _, said = jx("check", str(forms(tmp_path / "forms")))
    shown = gone if known else spool.FOLDER
    assert (code, said) == (2, f"jxmb: 无法读写 {shown}：文件或文件夹不存在。\n")


def test_a_file_that_cannot_be_written_to_its_end_is_closed_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Late(io.BytesIO):
        def close(self) -> None:
            super().close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(spool, "_temporary", Late)
    disk = Disk()
    disk.append("甲")
    del disk
    gc.collect()
    assert capfd.readouterr().err == ""
