"""Every rule has a page, and the page is its test: each `text` is checked by that rule alone.

What a page shows in its `findings` and `fixed` fences is rewritten by ``pytest --update``.
"""

from __future__ import annotations

import csv
import re
import string
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import jxmb.rules
from jxmb.findings import Finding, Safety, Words
from jxmb.lint import engine
from jxmb.lint.engine import Checks, File
from jxmb.model.facts import Facts
from jxmb.rules import AnyRule
from jxmb.source import Note, Source

from .work import apply

RULES = jxmb.rules.load()
PAGES = Path(jxmb.rules.__file__).parent / "pages"
CATALOGUE = Path(__file__).parent / "data" / "catalogue.tsv"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADINGS = ("## 不合格 · Bad", "## 合格 · Good")
PATH = "form.txt"


NOTE = re.compile("【(隐藏|公式|修订|未读页|识别)：?(.*?)】")
NOTES = {
    "隐藏": "hidden",
    "公式": "formula",
    "修订": "revision",
    "未读页": "unread-page",
    "识别": "ocr",
}


class Noted(File):
    """A document whose reading told what stands in brackets."""

    def read(self) -> Source:
        marked = (self.data or b"").decode()
        text, notes, end = "", [], 0
        for match in NOTE.finditer(marked):
            text += marked[end : match.start()]
            end = match.end()
            notes.append(Note(NOTES[match[1]], len(text), what=match[2]))
        return Source(text + marked[end:], self.shown, document="docx", notes=tuple(notes))


@dataclass
class Case:
    """One `text` fence of a page (or `hex`: bytes, `document`: with notes) with what should be found in it."""

    kind: str
    body: str
    findings: str | None = None
    fixed: str | None = None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def file(self) -> File:
        if self.kind == "document":
            return Noted(Path(PATH), PATH, data=self.body.encode())
        data = bytes.fromhex(self.body) if self.kind == "hex" else self.body.encode()
        return File(Path(PATH), PATH, data=data)


def cases(page: str) -> list[Case]:
    found: list[Case] = []
    for match in FENCE.finditer(page):
        kind, body = match[1], match[2]
        if kind in ("text", "hex", "document"):
            found.append(Case(kind, body))
        else:
            assert kind in ("findings", "fixed"), f"unknown fence {kind}"
            assert getattr(found[-1], kind) is None, f"two {kind} fences for one text"
            setattr(found[-1], kind, body)
            found[-1].spans[kind] = match.span(2)
    return found


def run(rule: AnyRule, file: File) -> list[Finding]:
    checks = Checks(rules=(rule,), strict=True)
    verdicts = list(engine.check_file(file, checks))
    found = [one for verdict in verdicts for one in verdict.findings]
    found += engine.check_facts(Facts(one.fact for one in verdicts if one.fact), checks)
    return [one for one in found if one.code == rule.code]


def listed(findings: list[Finding]) -> str:
    lines = (
        f"{one.place.line}:{one.place.column} {one.code} {one.message.zh}\n  {one.message.en}\n"
        for one in findings
    )
    return "".join(lines)


def fixed(rule: AnyRule, text: str) -> str:
    """`text` after all fixes of one rule, unsafe ones too; a second run must change nothing."""
    for _ in range(3):
        found = run(rule, File(Path(PATH), PATH, data=text.encode()))
        new, applied = apply(Source(text), found)
        if not applied:
            return text
        text = new
    raise AssertionError("the fixes of this rule do not come to an end")


def generated(rule: AnyRule, case: Case) -> dict[str, str]:
    """The fences that belong to a case as they should be."""
    if case.findings is None:
        return {}
    fences = {"findings": listed(run(rule, case.file))}
    if case.fixed is not None:
        fences["fixed"] = fixed(rule, case.body)
    return fences


def rewrite(rule: AnyRule, path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    for case in reversed(cases(page)):
        for kind, body in sorted(generated(rule, case).items(), reverse=True):
            start, end = case.spans[kind]
            page = page[:start] + body + page[end:]
    path.write_text(page, encoding="utf-8")


EACH_RULE = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in RULES]


@pytest.mark.parametrize("rule", EACH_RULE)
def test_page(rule: AnyRule, update: bool) -> None:
    path = PAGES / f"{rule.name}.md"
    if update:
        rewrite(rule, path)
    shown = cases(path.read_text(encoding="utf-8"))
    for case in shown:
        if case.findings is None:
            assert listed(run(rule, case.file)) == "", (
                f"a good example is found fault with:\n{case.body}"
            )
        for kind, body in generated(rule, case).items():
            assert getattr(case, kind) == body
            assert body.strip(), f"an empty {kind} fence"


@pytest.mark.parametrize("rule", EACH_RULE)
def test_page_shape(rule: AnyRule) -> None:
    page = jxmb.rules.page(rule.name)
    assert page.startswith(f"# {rule.code} {rule.name}\n")
    shown = cases(page)
    for heading in HEADINGS:
        assert page.count(f"\n{heading}\n") == 1
    bad, good = (page.index(f"\n{heading}\n") for heading in HEADINGS)
    assert bad < good
    for part in ("**为什么 · Why.**", "**不报 · Silent.**"):
        assert part in page[:bad], f"{part} is not said"
    if rule.code == "JX003":  # no text makes a rule crash; tests/test_engine.py does
        return
    assert any(case.findings is not None for case in cases(page[bad:good]))
    assert any(case.findings is None for case in cases(page[good:]))
    assert bool(rule.fix) == any(case.fixed is not None for case in shown)


@pytest.mark.parametrize("rule", EACH_RULE)
@pytest.mark.parametrize(
    ("lang", "headings"), [("zh", "为什么 不报 不合格 合格"), ("en", "Why Silent Bad Good")]
)
def test_page_is_drawn_in_one_language(rule: AnyRule, lang: str, headings: str) -> None:
    drawn = jxmb.rules.drawn(rule, lang)
    assert drawn.startswith(f"# {rule.code} {getattr(rule.title, lang)}\n\n")
    for heading in headings.split():
        assert drawn.count(f"\n## {heading}\n") == 1
    prose = "".join(FENCE.split(drawn)[:: FENCE.groups + 1])
    assert not re.search(r"^\*[^*].*\*$", prose, re.MULTILINE)
    for line in filter(None, prose.split("\n")[2:]):
        chinese = bool(re.match("[\u4e00-\u9fff“《]", line.lstrip("#> -")))
        assert lang == "zh" or not chinese or re.search("[a-z]{3}", line), line
    for code in re.findall(r"^\d+:\d+ (JX\d+)", drawn, re.MULTILINE):
        assert code == rule.code


def test_pages_are_those_of_the_rules() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {rule.name for rule in RULES}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", EACH_RULE)
def test_words_in_both_languages(rule: AnyRule) -> None:
    for words in (rule.says, rule.why, rule.remedy):
        assert words.zh.strip() and words.en.strip()
        assert placeholders(words.zh) == placeholders(words.en)
        assert re.search("[\u4e00-\u9fff]", words.zh) or placeholders(words.zh)
        assert not words.zh.endswith(("。", ".")) and not words.en.endswith(("。", "."))


@pytest.mark.parametrize("rule", EACH_RULE)
def test_every_hit_supplies_the_words(rule: AnyRule) -> None:
    """Formatting raises where a word is missing; here nothing is left unfilled or empty."""
    for case in cases(jxmb.rules.page(rule.name)):
        for one in run(rule, case.file):
            for words in (one.message, one.reason, one.remedy):
                assert "{" not in words.zh + words.en
                assert "“”" not in words.zh and "  " not in words.en


@pytest.mark.parametrize("rule", EACH_RULE)
def test_finding_points_at_its_text(rule: AnyRule) -> None:
    for case in cases(jxmb.rules.page(rule.name)):
        for one in run(rule, case.file):
            assert one.name == rule.name and one.aspect == rule.aspect
            assert one.fingerprint and one.place.path == PATH
            assert (one.place.line, one.place.column) <= (one.place.end_line, one.place.end_column)


def catalogue() -> dict[str, dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file, delimiter="\t")}


@pytest.mark.parametrize("rule", EACH_RULE)
def test_rule_agrees_with_the_catalogue(rule: AnyRule) -> None:
    row = catalogue()[rule.code]
    assert rule.name == row["name"]
    assert rule.severity == row["severity"]
    assert rule.aspect == row["aspect"]
    assert (rule.fix or "-") == row["fix"]
    assert rule.once == (row["once"] == "yes")


def test_catalogue_is_whole() -> None:
    rows = catalogue()
    assert len({row["name"] for row in rows.values()}) == len(rows)
    assert all(re.fullmatch(r"JX\d{3}", code) for code in rows)
    assert all(row["severity"] in ("error", "warning", "info") for row in rows.values())
    assert all(row["fix"] in ("-", *Safety) for row in rows.values())
    assert all(row["aspect"] in "WXSKG" for row in rows.values())


CODE = re.compile(r"\bJX\d{3}\b")
HAN = "\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"(?<=[{HAN}])[,:;()?!](?=[{HAN}])")
BETWEEN_QUOTES = re.compile("”、“|》、《")
QUOTED = re.compile("`[^`]*`|“[^”]*”")
BANNED = re.compile(
    r"\b(?:remarks?|nought|mend(?:ed|s)?|slips?|lest|nobody|stands?|holds?|(?<!there )is no)\b|\(s\)"
)


def spoken(rule: AnyRule) -> list[Words]:
    """What a rule says, as it is written and as its examples show it."""
    said = [rule.says, rule.why, rule.remedy]
    for case in cases(jxmb.rules.page(rule.name)):
        for one in run(rule, case.file):
            said += [one.message, one.reason, one.remedy]
    return said


@pytest.mark.parametrize("rule", EACH_RULE)
def test_page_says_how_to_correct(rule: AnyRule) -> None:
    page = jxmb.rules.page(rule.name)
    why, remedy, silent = (
        page.index(part)
        for part in ("**为什么 · Why.** ", "**怎么改 · Remedy.** ", "**不报 · Silent.** ")
    )
    assert why < remedy < silent
    zh, en, *_ = page[remedy:].split("\n")
    assert zh.endswith("。") and en.startswith("*") and en.endswith(".*")


def test_no_page_and_no_message_names_a_code_that_does_not_exist() -> None:
    known = {rule.code for rule in RULES}
    for rule in RULES:
        said = "".join(words.zh + words.en for words in (rule.says, rule.why, rule.remedy))
        assert set(CODE.findall(said + jxmb.rules.page(rule.name))) <= known, rule.code


@pytest.mark.parametrize("rule", EACH_RULE)
def test_marks_are_those_of_the_language(rule: AnyRule) -> None:
    prose = "".join(FENCE.split(jxmb.rules.page(rule.name))[:: FENCE.groups + 1])
    lines = [line for line in prose.split("\n") if not line.startswith("*") or line[1] == "*"]
    for zh in (*(words.zh for words in spoken(rule)), *lines):
        assert not BETWEEN_QUOTES.search(zh), zh
        assert not HALF_WIDTH.search(QUOTED.sub("", zh)), zh


@pytest.mark.parametrize("rule", EACH_RULE)
def test_english_is_a_fragment_with_a_capital(rule: AnyRule) -> None:
    for words in spoken(rule):
        own = QUOTED.sub("X", words.en)
        assert own[0] == "{" or not own[0].islower(), words.en
        assert "。" not in own and not BANNED.search(own), words.en
        assert "“" not in own, words.en


@pytest.mark.parametrize("rule", EACH_RULE)
def test_english_of_the_page_keeps_to_its_words(rule: AnyRule) -> None:
    prose = "".join(FENCE.split(jxmb.rules.page(rule.name))[:: FENCE.groups + 1])
    for line in prose.split("\n"):
        if line.startswith("*") and not line.startswith("**"):
            assert not BANNED.search(line) and not re.search("[。；]", QUOTED.sub("", line)), line
