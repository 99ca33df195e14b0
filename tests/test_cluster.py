"""Work on a Dask cluster: the same bytes, whatever happens to a worker, and never a result of another file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jxmb import __version__
from jxmb.findings import Words
from jxmb.lint import cluster
from jxmb.lint.cluster import Remote, Sent
from jxmb.lint.engine import File, Verdict
from jxmb.lint.run import Run

FORM = """项目支出绩效目标表
(2024年)

项目名称\t档案数字化{number}
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t扫描档案\t》 {number}卷
"""
COUNT = 60
WAIT = 60  # seconds for what should take two
KILLS = "此表致命"
# What a worker loads first: its reader ends the process over one text, or waits over another until a file is there.
PRELOAD = f"""
import os, time
from pathlib import Path
from jxmb import reader
folder = os.environ["FOLDER"]
def deadly(source):
    if "{KILLS}" in source.text:
        os._exit(1)
    if "等待" in source.text:
        Path(folder, f"busy-{{os.getpid()}}").touch()
        while not Path(folder, "go").exists():
            time.sleep(0.02)
    return read(source)
if reader.read.__name__ != "deadly":  # this is loaded twice
    read, reader.read = reader.read, deadly
"""
PROGRAM = "from distributed.cli.dask_{} import main; main()"


def ran(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """A command line of its own, as users start it."""
    said = {"JXMB_LANG": "zh", "PYTHONWARNINGS": "ignore"} | env
    return subprocess.run(
        [sys.executable, "-m", "jxmb", *args],
        cwd=cwd,
        env=os.environ | said,
        capture_output=True,
        timeout=4 * WAIT,
        check=False,
    )


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


class Cluster:
    """A scheduler and two workers, each a process that may die."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "scheduler.log"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._begin(
            self.log, "scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1",
        )  # fmt: skip
        until(lambda: "Scheduler at:" in self.said())
        line = next(one for one in self.said().splitlines() if "Scheduler at:" in one)
        self.address = line.split()[-1]
        self.workers = [self.worker(number) for number in range(2)]
        until(lambda: self.said().count("Register worker") >= 2)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def worker(self, number: int, nanny: str = "--no-nanny") -> subprocess.Popen[bytes]:
        (self.folder / "deadly.py").write_text(PRELOAD, encoding="utf-8")
        log = self.folder / f"worker{number}.log"
        args = ("--nthreads", "1", "--no-dashboard", "--preload", "deadly.py", nanny)
        return self._begin(log, "worker", self.address, *args)

    def _begin(self, log: Path, program: str, *args: str) -> subprocess.Popen[bytes]:
        known = {"FOLDER": str(self.folder), "PYTHONWARNINGS": "ignore"}
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM.format(program), *args],
                cwd=self.folder,
                env=os.environ | known,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            process.wait()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.end()


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    folder.mkdir()
    for number in range(COUNT):
        text = FORM.format(number=number) if number % 7 else "今天开会。\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "big5.txt").write_bytes(FORM.format(number=8).encode("gb18030"))
    (folder / "jxmb.toml").write_text('show = "info"\nignore = ["JX9"]\n', encoding="utf-8")
    return tmp_path


def test_a_cluster_gives_the_same_bytes(workers: Cluster, forms: Path) -> None:
    for args in (
        ("check", "forms", "--format", "json"),
        ("check", "forms/03.txt", "forms", "--encoding", "gb18030"),
        ("convert", "forms", "--to", "jsonl"),
    ):
        alone = ran(*args, cwd=forms)
        there = ran(*args, "--scheduler", workers.address, cwd=forms)
        assert (there.stdout, there.returncode) == (alone.stdout, alone.returncode), there.stderr
        assert there.stderr == alone.stderr


def test_a_worker_that_is_killed_costs_nothing(workers: Cluster, forms: Path) -> None:
    for number in (5, 50):
        waiting = FORM.format(number=number).replace("档案数字化", "等待")
        (forms / "forms" / f"{number:02}.txt").write_text(waiting, encoding="utf-8")
    alone = ran("check", "forms", "--format", "json", cwd=forms)
    args = ["check", "forms", "--format", "json", "--scheduler", workers.address]
    running = subprocess.Popen(
        [sys.executable, "-m", "jxmb", *args],
        cwd=forms,
        env=os.environ | {"JXMB_LANG": "zh", "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: list(workers.folder.glob("busy-*")))
    (busy,) = list(workers.folder.glob("busy-*"))[:1]
    os.kill(int(busy.name.partition("-")[2]), signal.SIGKILL)
    (workers.folder / "go").touch()
    said, _ = running.communicate(timeout=2 * WAIT)
    assert (said, running.returncode) == (alone.stdout, alone.returncode)


def test_a_file_that_kills_its_workers_is_one_finding(workers: Cluster, forms: Path) -> None:
    workers.worker(2, "--nanny")  # which is started again, however often
    until(lambda: workers.said().count("Register worker") >= 3)
    clean = ran("check", "forms/01.txt", "forms/02.txt", "--format", "concise", cwd=forms)
    (forms / "forms" / "03.txt").write_text(KILLS, encoding="utf-8")
    paths = [f"forms/{number:02}.txt" for number in (1, 2, 3)]
    done = ran("check", *paths, "--scheduler", workers.address, "--format", "concise", cwd=forms)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert said.count("JX003") == 1 and "forms/03.txt:1:1: 错误 JX003" in said
    for line in clean.stdout.decode().splitlines()[:-1]:
        assert line in said


def test_a_cluster_without_workers_or_a_scheduler_is_one_sentence(
    workers: Cluster, forms: Path
) -> None:
    for worker in workers.workers:
        os.killpg(worker.pid, signal.SIGKILL)
    until(lambda: workers.said().count("Remove worker") >= 2)
    args = ("check", "forms", "--scheduler")
    for address, why in (
        (workers.address, "没有工作节点"),
        ("tcp://127.0.0.1:9", "无法连接调度器"),
    ):
        done = ran(*args, address, cwd=forms)
        assert (done.returncode, done.stdout) == (2, b"")
        assert why in done.stderr.decode() and done.stderr.count(b"\n") == 1


def test_fixes_stay_on_this_machine(forms: Path) -> None:
    done = ran("check", "forms", "--fix", "--scheduler", "tcp://127.0.0.1:9", cwd=forms)
    assert done.returncode == 2 and "不能与 --fix" in done.stderr.decode()


# --- what goes to a worker


def remote(told: dict[str, str] | None = None) -> Remote[File, object]:
    return Remote(Run(lang="en").checker, told or {})  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> File:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(FORM.format(number=3), encoding="utf-8")
    return File(Path("a.txt"), "a.txt")


def found(sent: Sent[File], told: dict[str, str] | None = None) -> list[tuple[str, Words]]:
    verdicts = list(remote(told)(sent))
    assert all(isinstance(one, Verdict) for one in verdicts)
    return [(one.code, one.message) for verdict in verdicts for one in verdict.findings]  # type: ignore[attr-defined]


def test_a_worker_reads_the_file_whatever_its_folder(file: File, monkeypatch) -> None:
    sent = Sent.of(file)
    here = found(replace(sent, path=""))
    monkeypatch.chdir("/")
    assert found(sent) == here and here


def test_what_a_worker_cannot_read_is_a_finding(file: File) -> None:
    sent = Sent.of(file)
    file.path.unlink()
    ((code, said),) = found(sent)
    assert code == "JX003" and "the worker cannot read it" in said.en


def test_another_file_in_its_place_is_a_finding_and_no_result(file: File) -> None:
    sent = Sent.of(file)
    file.path.write_text(FORM.format(number=3000), encoding="utf-8")
    ((code, said),) = found(sent)
    assert code == "JX003" and "another file" in said.en


def test_a_file_that_is_not_here_is_looked_for_as_ever(tmp_path: Path) -> None:
    sent = Sent.of(File(tmp_path / "none.txt", "none.txt"))
    assert sent.path == "" and isinstance(next(remote()(sent)), OSError)


def test_the_encoding_goes_along_and_stays_nowhere(file: File, monkeypatch) -> None:
    file.path.write_bytes(FORM.format(number=3).encode("utf-16-le"))
    sent = Sent.of(file)
    name = cluster.TOLD[0]
    monkeypatch.setenv(name, "utf-8")
    said = found(sent, {name: "utf-16-le"})
    assert any(code == "JX301" for code, _ in said)
    assert os.environ[name] == "utf-8"


def test_the_version_is_that_of_the_package() -> None:
    assert cluster._version() == __version__
