"""Work in several processes: the same bytes, whatever happens to a worker, and an end at once when it is asked for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from jxmb import reader
from jxmb.cli import main
from jxmb.findings import Finding, Words
from jxmb.lint import jobs, pool
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.model import Project
from jxmb.source import Source, Span

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
FORM = """项目支出绩效目标表
(2024年)

项目名称	档案数字化{number}
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描档案	》 {number}卷
"""
KILLS = "此表致命"
COUNT = 3 * pool.CHUNK_ITEMS + 5


def text(number: int) -> str:
    return FORM.format(number=number) if number % 7 else "今天开会。\n"


def files(killers: Iterable[int] = (), count: int = COUNT) -> list[File]:
    return [
        File(
            Path(f"{number}.txt"),
            f"{number}.txt",
            data=(KILLS if number in set(killers) else text(number)).encode(),
        )
        for number in range(count)
    ]


def check(each: list[File], jobs: int | None = 1) -> tuple[list[Finding], Run]:
    run = Run(lang="en")
    return list(run.check(each, jobs)), run


# --- the same bytes


def ran(*args: str) -> tuple[int, bytes, bytes]:
    """Exit code, standard output, standard error."""
    done = CliRunner().invoke(main, args, env={"JXMB_LANG": "en"})
    return done.exit_code, done.stdout_bytes, done.stderr_bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for one in files(count=20):
        (tmp_path / one.path).write_bytes(one.data or b"")
    (tmp_path / "forms.txt").write_bytes(SAMPLES.read_bytes())
    (tmp_path / "word.docx").write_bytes(b"PK\x03\x04rest of a zip file")
    return tmp_path


@pytest.mark.parametrize("form", ["concise", "full", "json"])
def test_a_report_is_the_same_for_any_number_of_processes(folder: Path, form: str) -> None:
    paths = [str(folder), str(folder / "word.docx"), str(folder / "none.txt")]
    args = ["check", *paths, "--show", "info", "--format", form]
    code, out, err = one = ran(*args, "--jobs", "1")
    assert code == 2 and b"JX001" in out and b"none.txt" in err
    assert [ran(*args, "--jobs", number) for number in ("2", "3")] == [one, one]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_records_are_the_same_for_any_number_of_processes(folder: Path, form: str) -> None:
    paths = [str(folder), str(folder / "word.docx"), str(folder / "none.txt")]
    args = ["convert", *paths, "--to", form, *(["--with-source"] if form != "csv" else [])]
    code, out, err = ran(*args, "--jobs", "1")
    assert code == 2 and b"word.docx" in err and b"none.txt" in err
    for number in ("2", "3"):
        # Paths are looked for ahead of the reading, so what is said of them may come sooner.
        again, same, said = ran(*args, "--jobs", number)
        assert (again, same, sorted(said.splitlines())) == (code, out, sorted(err.splitlines()))


@pytest.mark.parametrize("fork", [True, False], ids=["fork", "spawn"])
def test_verdicts_are_the_same_in_a_process_of_any_kind(fork: bool) -> None:
    if fork and not pool.FORKING:
        fork = False
    run = Run()
    each = files()
    one = [(file, list(parts)) for file, parts in jobs.spread(run.checker, each, 1)]
    over = pool.Pool(run.checker, lambda: pool.processes(2, fork=fork), 4)
    assert [(file, list(parts)) for file, parts in over.results(each)] == one


def test_an_executor_of_another_kind_gives_the_same() -> None:
    run = Run()
    found = list(run.check(files(), 3, lambda: ThreadPoolExecutor(3)))
    assert found == check(files())[0]
    assert run.summary.files == COUNT


def test_little_work_stays_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "over", None)
    found, _ = check(files(), None)
    assert found == check(files(), 1)[0]


def test_much_work_is_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PAYS", 100)
    monkeypatch.setattr(jobs, "cores", lambda: 2)
    spread: list[int] = []
    over = pool.over

    def watched(job: object, items: object, number: int, executor: object) -> object:
        spread.append(number)
        return over(job, items, number)  # type: ignore[arg-type]

    monkeypatch.setattr(pool, "over", watched)
    found, run = check(files(), None)
    assert spread == [2]
    assert found == check(files(), 1)[0]
    assert run.summary.files == COUNT


# --- what a worker cannot do to a run


def deadly(source: Source) -> Iterator[Project | Span]:
    if KILLS in source.text:
        os._exit(9)
    return READ(source)


READ = reader.read
FORKED = pytest.mark.parametrize("killers", [{0}, {20}, {3, 4, 30}, {COUNT - 1}])


@FORKED
def test_a_file_that_kills_its_process_is_one_finding(
    killers: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "read", deadly)
    found, run = check(files(killers), 2)
    died = [one for one in found if one.code == "JX003"]
    assert [one.place.path for one in died] == [f"{number}.txt" for number in sorted(killers)]
    assert all("died" in one.message.en and "终止" in one.message.zh for one in died)
    assert run.summary.files == COUNT
    kept = [file for number, file in enumerate(files()) if number not in killers]
    assert [one for one in found if one.code != "JX003"] == check(kept, 1)[0]


def test_a_file_that_kills_its_process_is_missing_in_the_records(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "read", deadly)
    (folder / "05.txt").write_text(KILLS, encoding="utf-8")
    done = CliRunner().invoke(main, ["convert", str(folder), "--to", "jsonl", "--jobs", "2"])
    assert done.exit_code == 1  # word.docx
    assert "05.txt" in done.stderr and "终止" in done.stderr
    assert "Traceback" not in done.output
    read = {json.loads(line)["path"] for line in done.stdout.splitlines()}
    assert str(folder / "forms.txt") in read
    assert len(read) == 1 + sum(number % 7 > 0 for number in range(20))


class Odd:
    """A job whose items are what becomes of them."""

    def __call__(self, item: str) -> Iterator[object]:
        match item:
            case "cannot go":
                yield lambda: None
            case "cannot come back":
                yield Broken()
            case "raises":
                raise Unpicklable
            case "leaves":
                sys.exit(5)
            case "dies":
                os._exit(9)
            case _:
                yield item

    def failed(self, item: str, said: Words) -> Iterator[object]:
        yield f"{item} failed"

    def size(self, item: str) -> int:
        return 10


class Unpicklable(Exception):
    def __init__(self) -> None:
        super().__init__()
        self.never = lambda: None

    def __str__(self) -> str:
        raise ValueError("no words")


class Broken:
    def __reduce__(self) -> object:
        return explode, ()


def explode() -> None:
    raise RuntimeError("cannot be unpickled")


ODDITIES = ("cannot go", "cannot come back", "raises", "leaves", "dies")


@pytest.mark.parametrize("odd", ODDITIES)
def test_nothing_that_a_worker_does_ends_a_run(odd: str) -> None:
    items = [*map(str, range(20)), odd, *map(str, range(20, 60))]
    done = [
        (item, *parts)
        for item, parts in jobs.spread(Odd(), items, 2)  # type: ignore[type-var]
    ]
    assert done == [(item, f"{odd} failed" if item == odd else item) for item in items]


def test_who_stops_early_ends_the_workers() -> None:
    over = pool.over(Odd(), map(str, range(1000)), 2)
    assert next(over)[0] == "0"
    over.close()  # type: ignore[attr-defined]
    with pytest.raises(StopIteration):
        next(over)


class Large:
    """A job whose answers take long to come back."""

    def __call__(self, item: str) -> Iterator[bytes]:
        yield b"x" * 3_000_000

    def failed(self, item: str, said: Words) -> Iterator[bytes]:
        yield b""

    def size(self, item: str) -> int:
        return 200_000


def hung(*_: object) -> None:
    raise AssertionError("the workers are waited for")


@pytest.mark.posix
def test_who_stops_in_the_middle_of_an_answer_need_not_wait_for_its_rest() -> None:
    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(60)
    try:
        for _ in range(6):
            over = pool.over(Large(), map(str, range(60)), 2)
            next(over)
            over.close()  # type: ignore[attr-defined]
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# --- Ctrl-C


ENDLESS = r"""
import os, signal, time
from jxmb import reader
from jxmb.__main__ import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # which who runs the tests may ignore

def read(source):
    os.write(2, b"reading\n")
    time.sleep(3600)
    yield

reader.read = read
main()
"""


@pytest.mark.posix
@pytest.mark.parametrize("whole", [False, True], ids=["the parent", "everybody"])
@pytest.mark.parametrize("command", ["check", "convert"])
def test_an_interrupt_ends_all_at_once(folder: Path, command: str, whole: bool) -> None:
    args = [sys.executable, "-c", ENDLESS, command, str(folder), "--jobs", "2"]
    with subprocess.Popen(
        args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        assert running.stderr is not None
        try:
            assert running.stderr.readline() == b"reading\n"
            (os.killpg if whole else os.kill)(running.pid, signal.SIGINT)
            _, said = running.communicate(timeout=60)
            assert running.returncode == 130
            assert b"Traceback" not in said
            with pytest.raises(ProcessLookupError):
                os.killpg(running.pid, 0)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


HALF_MADE = r"""
import os, signal
from jxmb.cli.interface.group import Language, guarded

class Half:
    def __init__(self):
        os.kill(os.getpid(), signal.SIGINT)
        self.whole = True

    def __del__(self):
        self.whole

signal.signal(signal.SIGINT, signal.default_int_handler)
raise SystemExit(guarded(Half, Language([])))
"""


@pytest.mark.posix
def test_what_an_interrupt_leaves_half_made_says_nothing() -> None:
    args = [sys.executable, "-c", HALF_MADE]
    done = subprocess.run(args, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_no_more_processes_are_started_than_windows_can_wait_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "MOST", 3)
    with pool.processes(200) as executor:
        assert executor._max_workers == 3  # type: ignore[attr-defined]
