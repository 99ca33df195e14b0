"""The report as a page: well formed, whole, in both languages, and nothing in it but text."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.test_formats import FORM, HOSTILE
from tests.test_report import FINDING, LEFT, Done, summary

from jxmb.cli import main
from jxmb.findings import Form, Words
from jxmb.findings.drawing import Block, Cell, Extent
from jxmb.report import Out, load
from jxmb.source import Place
from jxmb.visible import visible

KINDS = ("title", "pairs", "money", "indicators", "rest")
VOID = {"meta", "input", "br"}
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'</style>{{ 7*7 }}\x1b\u202e"


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of each; every tag has its end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.section: str | None = None
        self.sections: list[str | None] = []  # of each finding
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs))
        if tag == "section":
            self.section = dict(attrs).get("id")
        if tag == "article":
            self.sections.append(self.section)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("script", "style"):
            self.text += data

    def all(self, tag: str, of: str = "") -> list[dict[str, str | None]]:
        """The attributes of the elements with a name, and with a class."""
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and (not of or of in (attrs.get("class") or "").split())
        ]


def drawn(found, lang="zh", forms=(), **more) -> Page:
    out = io.StringIO()
    run = Done(summary(errors=len(found)), lang, forms=forms, **more)
    load("html").render(run, iter(found), Out(out))
    return Page(out.getvalue())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, project, target in (("a b", HOSTILE, "》 6座"), ("clean", "泵站", "≥6座")):
        text = FORM.format(name=project, target=target)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def run(*args: str, lang: str = "zh"):
    call = ["check", ".", "--isolated", "--fail-on", "never", "--show", "info", *args]
    return CliRunner(env={"JXMB_LANG": lang}).invoke(main, call)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_finding_stands_there_once_below_its_form(folder, lang):
    found = json.loads(run("--format", "json").stdout)["findings"]
    assert run("--format", "html=审核报告.html", lang=lang).exit_code == 0
    page = Page((folder / "审核报告.html").read_text(encoding="utf-8"))
    shown = Counter(one["data-code"] for one in page.all("article"))
    assert found and shown == Counter(one["code"] for one in found)
    for one in found:
        assert visible(one["message" if lang == "zh" else "message_en"]) in page.text
    rows = [one for one in page.all("tr") if "data-sheet" in one]
    assert len(page.all("section", "form")) == len(rows) == 2
    assert page.all("html") == [{"lang": "zh-CN" if lang == "zh" else "en"}]


def test_a_finding_and_its_cell_lead_to_each_other(folder):
    page = Page(run("--format", "html").stdout)
    ids = {attrs.get("id") for _, attrs in page.elements}
    marks = [one for one in page.all("a", "m")]
    to_cells = [one for one in marks if (one["href"] or "").startswith("#c")]
    to_findings = [one for one in marks if (one["href"] or "").startswith("#n")]
    assert to_cells and {one["href"] for one in marks} <= {f"#{one}" for one in ids}
    assert {one["id"] for one in to_findings if "id" in one} == {
        (one["href"] or "")[1:] for one in to_cells
    }
    assert all(one["aria-label"] for one in marks)


def test_each_form_is_drawn_as_a_table(folder):
    page = Page(run("--format", "html").stdout)
    assert len(page.all("div", "sheet")) == 2
    assert page.text.count("2025年10月底前") >= 2


def test_a_level_that_is_not_printed_heads_nothing():
    rows = ((Cell("产出指标"), Cell("名称")), (Cell(""), Cell("另一名称")))
    block = Block("indicators", rows, (Cell("一级指标"), Cell("三级指标")), None, 1)
    page = drawn([], forms=[Form(FINDING.place, "x", "y", blocks=(block,))])
    assert len(page.all("th", "level")) == len(page.all("td", "level")) == 1


def test_nothing_is_fetched_and_every_link_leads_somewhere(folder):
    page = Page(run("--format", "html").stdout)
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for tag, attrs in page.elements:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert "src" not in attrs and not [name for name in attrs if name.startswith("on")]
        if "href" in attrs:
            assert attrs["href"][0] == "#" and attrs["href"][1:] in ids
        if "aria-labelledby" in attrs:
            assert attrs["aria-labelledby"] in ids


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_stays_text(lang):
    place = Place(SCRIPT, 2, 1, 2, 3)
    hostile = replace(
        FINDING,
        message=Words(SCRIPT, SCRIPT),
        reason=Words(SCRIPT, SCRIPT),
        remedy=Words(SCRIPT, SCRIPT),
        title=Words(SCRIPT, SCRIPT),
        place=place,
        excerpt=SCRIPT,
        project=SCRIPT,
        where=(SCRIPT,),
        also=(place,),
    )
    plain = Cell("x", (Extent(FINDING.place.line, 1, FINDING.place.line, 99),))
    whole = tuple(Block(kind, ((plain, plain),), (plain, plain), plain) for kind in KINDS)
    harmless = drawn([FINDING], lang, [Form(FINDING.place, "x", "y", Words("p", "p"), None, whole)])
    cell = Cell(SCRIPT, (Extent(2, 1, 2, 3),))
    blocks = tuple(Block(kind, ((cell, cell),), (cell, cell), cell) for kind in KINDS)
    form = Form(Place(SCRIPT, 1, 1, 1, 1), SCRIPT, SCRIPT, Words(SCRIPT, SCRIPT), None, blocks)
    page = drawn([hostile], lang, [form], coverage=LEFT)
    assert len(page.all("script")) == len(page.all("style")) == 1 and not page.all("img")
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in harmless.elements} | {"option"}
    assert page.text.count("<script>alert(1)</script>") > 10 and "49" not in page.text
    assert not set(page.text) & set("\x1b\u202e")


def test_forms_of_one_name_have_their_own_findings_and_a_file_without_forms_too():
    places = [Place("a.txt", line, 1, line, 1) for line in (1, 10, 20)]
    forms = [Form(place, "同名", "水务局") for place in places]
    found = [
        replace(FINDING, project="同名", place=Place("a.txt", line, 1, line, 2))
        for line in (3, 12, 13)
    ]
    found.append(replace(FINDING, project="", place=Place("b.txt", 1, 1, 1, 2)))
    page = drawn(found, forms=forms)
    known = [attrs.get("id") or "" for attrs in page.all("section", "form")]
    assert known == ["f1", "f2", "f3", "f4"]
    assert Counter(page.sections) == {"f1": 1, "f2": 2, "f4": 1}
    assert "不属于任何表" in page.text


def test_what_was_left_out_is_said_with_its_reason():
    page = drawn([], coverage=LEFT)
    for path in ("6.jpg", "锁.txt", "b.txt", "hello.txt", "教师培训"):
        assert path in page.text
    assert page.text.count("原因") == 11


def test_a_run_without_forms_has_its_page():
    page = drawn([], coverage=LEFT)
    assert page.all("h1") and not page.all("form") and not page.all("table")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", 'jxmb: html 格式需安装 jxmb[report]：pip install "jxmb[report]"。\n'),
        ("en", 'jxmb: Html requires jxmb[report]: pip install "jxmb[report]".\n'),
    ],
)
def test_a_missing_package_is_one_sentence(folder, monkeypatch, lang, said):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.delitem(sys.modules, "jxmb.report.html", raising=False)
    for target in ("html", "html=a.html"):
        done = run("--format", target, lang=lang)
        assert (done.exit_code, done.stdout, done.stderr) == (2, "", said)
    assert not (folder / "a.html").exists()
