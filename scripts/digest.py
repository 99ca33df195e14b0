#!/usr/bin/env python3
"""Say in one line a text what is read from it: its name, a hash of its records, a hash of its findings.

    python scripts/digest.py [PATH...] > before
    python scripts/digest.py [PATH...] | diff before -

Between the two stands a change that should change nothing. The texts are the samples, those in the rules' pages,
made forms in every layout of the tests (alone, together, and once with each damage that fits), and the files and
folders given. All is drawn from fixed seeds. With `--full` the records and findings, infos too, stand below each
line, a thing a line, so that `diff` shows what changed.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jxmb import Finding, check, convert  # noqa: E402
from jxmb.export.encode import compact  # noqa: E402

SUFFIXES = {".txt", ".md", ".tsv", ".csv", ".html", ".htm"}
ALONE = 2  # forms of each layout that stand alone in their text
TOGETHER = 3  # forms of each layout that stand in one text
DIGITS = 12  # of a hash

Text = tuple[str, Path]


def files(path: Path) -> Iterator[Text]:
    """A file, or all texts of a folder, named from there."""
    texts = sorted(path.rglob("*")) if path.is_dir() else [path]
    for text in texts:
        if text.is_file() and (text == path or text.suffix.lower() in SUFFIXES):
            yield f"{path.name}/{text.relative_to(path)}" if path.is_dir() else path.name, text


def pages() -> Iterator[tuple[str, bytes]]:
    """The texts in the rules' pages, bad and good."""
    for page in sorted((ROOT / "src" / "jxmb" / "rules" / "pages").glob("*.md")):
        blocks = page.read_text(encoding="utf-8").split("```text\n")[1:]
        for number, block in enumerate(blocks):
            yield f"pages/{page.stem}/{number}", block.split("```")[0].encode()


def made() -> Iterator[tuple[str, bytes]]:
    """Forms in every layout: alone, together, damaged."""
    from tests.forms.damage import DAMAGES
    from tests.forms.layouts import LAYOUTS, LAYOUTS_APART, LAYOUTS_ROUNDED
    from tests.forms.records import some

    records = some(len(DAMAGES))
    for name, layout in {**LAYOUTS, **LAYOUTS_APART, **LAYOUTS_ROUNDED}.items():
        for number, record in enumerate(records[:ALONE]):
            yield f"made/{name}/{number}", layout((record,)).text.encode()
        yield f"made/{name}/together", layout(records[:TOGETHER]).text.encode()
        for (damage, does), record in zip(DAMAGES.items(), records, strict=True):
            if does.fits(name):
                yield f"made/{name}/{damage}", does.apply(layout, (record,))[0]


def written(texts: Iterable[tuple[str, bytes]]) -> Iterator[Text]:
    """Texts as files, one after the other under one name in the folder where we are."""
    path = Path("text.txt")
    for name, data in texts:
        path.write_bytes(data)
        yield name, path


def records(path: Path, found: list[Finding]) -> list[dict[str, Any]]:
    """The forms of a file; none of a file that is no text, on which there is a finding."""
    if any(one.code == "JX001" for one in found):
        return []
    forms: list[dict[str, Any]] = convert(path)["documents"][0]["forms"]
    return forms


def said(finding: Finding) -> dict[str, Any]:
    """What a finding says, its path aside."""
    places = [finding.place, *(change.place for change in finding.changes), *finding.also]
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": list(finding.message),
        "remedy": list(finding.remedy),
        "where": list(finding.where),
        "places": [[at.line, at.column, at.end_line, at.end_column] for at in places],
        "changes": [change.text for change in finding.changes],
        "safety": finding.safety and str(finding.safety),
        "fingerprint": finding.fingerprint,
        "count": finding.count,
    }


def digest(things: list[str]) -> str:
    """A short hash of some lines."""
    return hashlib.sha256("\n".join(things).encode()).hexdigest()[:DIGITS]


def lines(record: dict[str, Any]) -> Iterator[str]:
    """A record with one thing a line, for reading."""
    for key, value in record.items():
        many = value if isinstance(value, list) else [value]
        yield from (f"  {key}: {compact(one)}" for one in many)


def entry(name: str, path: Path, full: bool) -> Iterator[str]:
    """The lines about one text."""
    findings = check(path)
    forms, found = records(path, findings), [compact(said(one)) for one in findings]
    yield f"{name} {digest([*map(compact, forms)])} {digest(found)}"
    if full:
        yield from (line for form in forms for line in lines(form))
        yield from (f"  {one}" for one in found)


def main(args: list[str]) -> int:
    """Print the digest of every text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--full", action="store_true", help="what was read below each line")
    asked = parser.parse_args(args)
    if missing := [path for path in asked.paths if not path.exists()]:
        parser.error(f"no such path: {', '.join(map(str, missing))}")
    given = [path.resolve() for path in (ROOT / "samples", *asked.paths)]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        own = written(chain(pages(), made()))
        for name, path in chain(chain.from_iterable(map(files, given)), own):
            sys.stdout.writelines(f"{line}\n" for line in entry(name, path, asked.full))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
