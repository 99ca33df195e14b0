"""Run mutants of texts and documents through everything, and print what breaks a promise.

`python scripts/fuzz.py PATH ... [--count 50000] [--first 0] [--seconds S] [--seed 1] [--keep DIR]`. Each mutant is read,
checked by all rules, rendered in a format and a width, converted and, every tenth, fixed; every other mutant of a zip
is made of one of its parts, and packed again. What is promised: no exception and no JX003; no control character and no
workflow command in a report; the summary, which tells the exit code, counts what is listed; what a fix did not name is
read as before, and a second fix changes nothing; and an end: a mutant that takes longer than a minute breaks it. A
mutant that breaks one is printed with its seed, and kept in DIR. Exit code 1 where one was found.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import jxmb
from jxmb import documents, reader, rules
from jxmb.documents import Change, Missing
from jxmb.export import records
from jxmb.findings import Finding
from jxmb.lint import unchanged
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.report import FORMATS, Out, load
from jxmb.source import Source
from jxmb.source.decoding import Undecodable

MARKS = "》《〉≥≤><＝%‰|\t\n\r\x0b\x0c\x1b[0m\u202e\ufeff\u3000,;:：；。\"'<>&`\x00\ud800🀄𠀀½①㎡"
WORDS = (
    "项目名称",
    "产出指标",
    "一级指标",
    "三级指标",
    "指标值",
    "年度目标",
    "万元",
    "合计",
    "2024年",
    "::error::",
    "=1+1",
    "<td>",
)
HARM = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^\s*(?:::|##(?:vso)?\[|##teamcity\[)",
    re.MULTILINE,
)
# What a format that speaks to a service writes itself: one command a line, for this run's only file.
OWN = re.compile(r"^::(?:error|warning|notice) file=mutant,(?=[^\n]*::)", re.MULTILINE)
TEXT = (".txt", ".md", ".csv", ".tsv", ".html", ".json")
SHORTEST_FIX = 10  # every so many mutants are fixed
LONGEST = 60  # seconds that a mutant may take
TOLD = 1000  # every so many mutants, how far the run came is told on standard error

Mutation = Callable[[bytes, random.Random], bytes]


def _delete(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randrange(1, 40) :]


def _double(data: bytes, rng: random.Random) -> bytes:
    at, size = rng.randrange(len(data) + 1), rng.randrange(1, 200)
    return data[: at + size] + data[at:]


def _swap(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    said = (
        rng.choice(WORDS)
        if rng.random() < 0.5
        else "".join(rng.choices(MARKS, k=rng.randrange(1, 4)))
    )
    return data[:at] + said.encode("utf-8", "surrogatepass") + data[at:]


def _bytes(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


MUTATIONS: tuple[Mutation, ...] = (_delete, _double, _swap, _insert, _bytes)


def _mutant(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randrange(1, 4)):
        data = rng.choice(MUTATIONS)(data, rng)
    return data


def _repacked(data: bytes, rng: random.Random) -> bytes:
    """A zip with a mutant of one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = rng.choice(sorted(parts))
    parts[name] = _mutant(parts[name], rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return packed.getvalue()


def mutants(paths: Sequence[Path], seed: int, numbers: range) -> Iterator[tuple[int, Path, bytes]]:
    """The mutants with these numbers, each with the file that it was made of."""
    for number in numbers:
        rng = random.Random(seed * 1_000_003 + number)
        path = rng.choice(paths)
        data = path.read_bytes()
        change = _mutant
        if rng.random() < 0.5 and zipfile.is_zipfile(path):
            change = _repacked
        try:
            yield number, path, change(data, rng)
        except (zipfile.BadZipFile, RuntimeError, OSError):  # no whole zip, or one with a password
            yield number, path, _mutant(data, rng)


def broken(data: bytes, number: int, configuration: Configuration) -> str | None:
    """The promise that a mutant breaks."""
    rng = random.Random(number)
    file = File(Path("mutant"), "mutant", data=data)
    run = Run(configuration, lang=rng.choice(("zh", "en")), keep_forms=True, draw=True)
    found: list[Finding] = list(run.check([file]))
    if any(one.code == rules.run.internal_error.code for one in found):
        return next(one.message.en for one in found if one.code == rules.run.internal_error.code)
    stream = io.StringIO()
    if fault := _miscounted(run, found):
        return fault
    name = rng.choice([one for one in sorted(FORMATS) if not load(one).BINARY])
    load(name).render(run, iter(found), Out(stream, False, rng.randrange(200)))
    printed = stream.getvalue()
    if getattr(load(name), "COMMANDS", False):
        printed = OWN.sub("", printed)
    if harm := HARM.search(printed):
        return f"{name} prints {harm[0]!r}"
    try:
        text = documents.open(data, "mutant")
    except (Undecodable, Missing):
        return None
    document = reader.parse(text)
    if document.failures:
        return document.failures[0].cause
    records.build([document])
    if number % SHORTEST_FIX == 0 and found:
        return _unfixed(data, file, configuration)
    return None


def _miscounted(run: Run, found: Sequence[Finding]) -> str | None:
    """What the summary counts, and the exit code with it, that is not what was found."""
    count, summary = Counter(one.severity.value for one in found), run.summary
    if (count["error"], count["warning"], count["info"]) != (
        summary.errors,
        summary.warnings,
        summary.infos,
    ):
        return "the summary miscounts the findings"
    failing = sum(map(run.fails, found)) + len(run.coverage.not_checked)
    return None if failing == summary.failing else "the summary miscounts what fails"


def _unfixed(data: bytes, file: File, configuration: Configuration) -> str | None:
    """What a fix does wrong."""
    from jxmb.lint.fix import fixed

    try:
        text = documents.open(data, "mutant")
        once = fixed(text, file, Run(configuration), data=data)
        if once.data is None or once.data == data:
            return None
        new = documents.open(once.data, "mutant")
        again = fixed(new, file, Run(configuration), data=once.data)
    except (Undecodable, Missing):
        return None
    if again.data not in (None, once.data):
        return "a second fix changes more"
    edits = list(_edits(text, new))
    same = unchanged.elsewhere(unchanged.data(text), unchanged.data(new), edits)
    return None if same else "what a fix did not name is read in another way"


def _edits(old: Source, new: Source) -> Iterator[Change]:
    """Where two texts differ, line by line where no line came or went."""
    lines, others = old.text.splitlines(True), new.text.splitlines(True)
    same = len(lines) == len(others)
    pairs = zip(lines, others, strict=True) if same else [(old.text, new.text)]
    at = 0
    for one, other in pairs:
        if one != other:
            codes = SequenceMatcher(None, one, other, False).get_opcodes()
            for tag, start, end, first, last in codes:
                if tag != "equal":
                    yield Change(at + start, at + end, other[first:last])
        at += len(one)


def _endless(*_: object) -> None:
    raise TimeoutError(f"no end within {LONGEST} s")


def main(arguments: Sequence[str]) -> int:
    """Run the mutants; print those that break a promise, and how many were run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--largest", type=int, default=40_000, help="bytes of a file that is taken")
    parser.add_argument("--documents", action="store_true", help="documents only, else texts only")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args(arguments)
    below = [
        one
        for path in map(Path, asked.paths)
        for one in ([path] if path.is_file() else sorted(path.rglob("*")))
    ]
    paths = [
        one
        for one in below
        if one.is_file()
        and (one.suffix not in TEXT) == asked.documents
        and 0 < one.stat().st_size <= asked.largest
    ]
    if not paths:
        parser.error("no such files")
    configuration = Configuration(rules.load(), isolated=True)
    end, run, bad = time.monotonic() + asked.seconds, 0, 0
    signal.signal(signal.SIGALRM, _endless)
    numbers = range(asked.first, asked.first + asked.count)
    for number, path, data in mutants(paths, asked.seed, numbers):
        if time.monotonic() > end:
            break
        run += 1
        if run % TOLD == 0:
            sys.stderr.write(f"{asked.seed}:{number}\t{bad} broken\n")
        signal.alarm(LONGEST)
        try:
            fault = broken(data, number, configuration)
        except Exception as error:  # what is looked for
            fault = f"{type(error).__name__}: {error}"
        finally:
            signal.alarm(0)
        if fault:
            bad += 1
            sys.stdout.write(f"{asked.seed}:{number}\t{path}\t{fault}\n")
            sys.stdout.flush()
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / f"{asked.seed}-{number}").write_bytes(data)
    sys.stdout.write(
        f"jxmb {jxmb.__version__}: {run} mutants of {len(paths)} files, seed {asked.seed}, {bad} broken promises\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
