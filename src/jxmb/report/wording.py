"""The words around the findings, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from ..findings import (
    Coverage,
    Finding,
    Made,
    Missed,
    Run,
    Safety,
    Severity,
    Summary,
    Unchecked,
    Words,
)
from ..source import Place
from ..visible import visible

PACKAGE = Path(__file__).parent.parent
ARROW = " › "

SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.INFO: Words("提示", "info"),
}
PLURALS = {
    Severity.ERROR: Words("{n} 个错误", "{n} error{s}"),
    Severity.WARNING: Words("{n} 个警告", "{n} warning{s}"),
    Severity.INFO: Words("{n} 条提示", "{n} info{s}"),
}
WHY = Words("依据", "why")
REMEDY = Words("怎么改", "help")
FIXABLE = {
    Safety.SAFE: Words("可用 --fix 修改", "fixable with --fix"),
    Safety.UNSAFE: Words(
        "可用 --fix --unsafe-fixes 修改，改后请核对", "fixable with --fix --unsafe-fixes"
    ),
}
MARK = "[*]"  # on a finding that a fix mends
KEYS = {  # what the mark means, and how many bear it
    Safety.SAFE: Words("{n} 处可用 --fix 修改", "{n} fixable with --fix"),
    Safety.UNSAFE: Words(
        "{n} 处可用 --fix --unsafe-fixes 修改，改后请核对", "{n} fixable with --fix --unsafe-fixes"
    ),
}
UNFIXED = Words("{n} 处未能修改", "{n} could not be fixed")  # in files that were not written
BESIDE = 16  # characters of its cell that are shown on each side of a change
CHANGED = Words("已修改 {code} “{before}” → “{after}”", "fixed {code} `{before}` → `{after}`")
ALSO = Words("参见", "see also")
READ = Words("共检查 {files} 个文件、{forms} 份表", "Checked {files} file{fs}, {forms} form{s}")
FORMLESS = Words(
    "共检查 {files} 个文件，未读到绩效目标表", "Checked {files} file{fs}, no form was read"
)
SELECTED = Words("（按所选 {n} 条规则检查）", " against {n} selected rule{s}")
CLEAN = Words("未发现问题", "all clear")
HARMLESS = Words("无错误和警告", "no errors or warnings")
HIDDEN = Words("另有 {counts}（--show {least}）", "{counts} hidden (--show {least})")
NOTES = {
    "fixed": Words("已修改 {n} 处", "{n} fixed"),
    "unedited": Words("{n} 处需手工修改", "{n} need{verb} manual changes"),
    "ignored": Words("按设置忽略 {n} 条", "{n} ignored by settings"),
    "accepted": Words("已认可 {n} 条", "{n} accepted"),
    "baselined": Words("基线中已有 {n} 条", "{n} known from the baseline"),
}
WRITTEN = Words("已写入基线：{n} 条", "Written to the baseline: {n}")
EXPECTED = Words("应有 {n} 份表", "Expected {n} form{s}")
LEFT = {
    "formless": Words("未找到绩效目标表：", "No form found: "),
    "not_checked": Words("未能检查：", "Not checked: "),
    "unreadable": Words("无法读取：", "Cannot read: "),
    "unwritten": Words("未写入：", "Not written: "),
    "skipped": Words("未读取：", "Not read: "),
}
NAMED = 5  # files of a kind that are named; of the others it is said how many
MORE = Words(" 等 {n} 个", " and {more} more")


# Comma, colon, semicolon, full stop, and what stands between names.
MARKS = (("，", "：", "；", "。", "、"), (", ", ": ", "; ", ". ", ", "))


class Wording:
    """Sentences in the language of a report."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.comma, self.colon, self.semicolon, self.full_stop, self.join = MARKS[lang == "en"]

    def say(self, words: Words, **values: object) -> str:
        """A sentence with its placeholders filled; `s` is the English plural of `n`."""
        values.setdefault("s", "" if values.get("n") == 1 else "s")
        return self.of(words).format_map(values)

    def of(self, words: Words) -> str:
        """A sentence as it is."""
        return words.en if self.lang == "en" else words.zh

    def message(self, finding: Finding) -> str:
        """What is wrong, safe to show; one that stands for many says how many in its message."""
        return visible(self.of(finding.message))

    def titled(self, finding: Finding) -> str:
        """The title of the rule, and what is wrong; once where both are the same words."""
        title, message = self.of(finding.title), self.message(finding)
        return message if message.startswith(title) else f"{title}{self.colon}{message}"

    def spot(self, place: Place) -> str:
        """Where a finding is."""
        return spot(place, self.lang)

    def inside(self, place: Place) -> str:
        """The place in a document with a colon, before what is said of it where its path stands apart; nothing in text."""
        inside = place.inside
        if inside is None:
            return ""
        return f"{visible(inside.en if self.lang == 'en' else inside.zh)}{self.colon}"

    def counts(self, counted: Counter[Severity]) -> str:
        """``3 errors, 1 warning``."""
        listed = [self.say(PLURALS[one], n=counted[one]) for one in Severity if counted[one]]
        return self.join.join(listed)

    def changed(self, one: Made) -> str:
        """A change that was made: where, by which rule, and its cell before and after."""
        head, tail = one.head.lstrip(), one.tail.rstrip()
        head = f"…{head[-BESIDE:]}" if len(head) > BESIDE else head
        tail = f"{tail[:BESIDE]}…" if len(tail) > BESIDE else tail
        before, after = (
            visible(f"{head}{text}{tail}".strip()) for text in (one.before, one.change.text)
        )
        said = self.say(CHANGED, code=one.code, before=before, after=after)
        return f"{self.spot(one.change.place)}: {said}"

    def key(self, marked: Counter[Safety], unwritten: bool = False) -> str:
        """What the mark on findings means; what was just tried in vain is not offered again."""
        if unwritten and marked:
            return f"{MARK} {self.say(UNFIXED, n=marked.total())}"
        said = [self.say(words, n=marked[one]) for one, words in KEYS.items() if marked[one]]
        return f"{MARK} {self.join.join(said)}" if said else ""

    def summary(
        self, run: Run, shown: Counter[Severity], marked: Counter[Safety] | None = None
    ) -> str:
        """What was read, what was found and how much of it is not `shown`, and what was left out: one line.

        `marked` counts those among the shown that a fix mends.
        """
        done = run.summary
        judged = done.forms > len(run.coverage.not_checked)
        said = [self._head(done) + self._found(done, shown, judged)]
        if done.written:
            said.append(self.say(WRITTEN, n=done.written))
        if done.expected not in (None, done.forms):
            said.append(self.say(EXPECTED, n=done.expected))
        key = self.key(marked or Counter(), bool(run.coverage.unwritten))
        return self.full_stop.join([*said, *([key] if key else []), *self.left(run.coverage)])

    def left(self, coverage: Coverage, kinds: Collection[str] = LEFT) -> list[str]:
        """A sentence for each kind of thing that was left out: the first by name, and how many there are."""
        every = ((LEFT[kind], _names(getattr(coverage, kind))) for kind in LEFT if kind in kinds)
        return [self.of(words) + self._named(names) for words, names in every if names]

    def _named(self, names: Sequence[str]) -> str:
        first = self.join.join(visible(name) for name in names[:NAMED])
        more = len(names) - NAMED
        return first + (self.say(MORE, n=len(names), more=more) if more > 0 else "")

    def _head(self, done: Summary) -> str:
        plural = "" if done.files == 1 else "s"
        words = READ if done.forms else FORMLESS
        head = self.say(words, files=done.files, forms=done.forms, n=done.forms, fs=plural)
        return head + ("" if done.selected is None else self.say(SELECTED, n=done.selected))

    def _found(self, done: Summary, shown: Counter[Severity], judged: bool) -> str:
        """What was found, behind a colon: good news only of forms that were judged, and not of a new baseline."""
        total = totals(done)
        hidden = total - shown
        parts = [self.counts(shown)] if shown else []
        if not shown and hidden.keys() == {Severity.INFO}:
            parts = [self.of(HARMLESS)]
        if hidden:
            least = max(hidden, key=lambda one: one.rank)
            parts.append(self.say(HIDDEN, counts=self.counts(hidden), least=least))
        found = [self.comma.join(parts)] if parts else []
        if not total and judged and not done.written:
            found = [self.of(CLEAN)]
        notes = ((words, getattr(done, name)) for name, words in NOTES.items())
        found += [self.say(words, n=n, verb="s" if n == 1 else "") for words, n in notes if n]
        return (self.colon + self.semicolon.join(found)) if found else ""


def _names(left: Sequence[Missed | Unchecked]) -> list[str]:
    """What the summary calls each: the path, behind it the project where it is a form."""
    return [
        one.path
        if isinstance(one, Missed)
        else ARROW.join(filter(None, (one.form.place.path, one.form.project)))
        for one in left
    ]


def totals(done: Summary) -> Counter[Severity]:
    """How many findings there are of each severity, shown or not."""
    numbers = zip(Severity, (done.errors, done.warnings, done.infos), strict=True)
    return Counter({severity: number for severity, number in numbers if number})


def fixable(finding: Finding) -> Safety | None:
    """How safely a finding can be fixed, None where it must be mended by hand."""
    return finding.safety if finding.changes else None


def spot(place: Place, lang: str) -> str:
    """``file:line:column``, which editors open; in a document the place in it, which people find."""
    inside = place.inside
    if inside is None:
        return f"{visible(place.path)}:{place.line}:{place.column}"
    return visible(f"{place.path}:{inside.en if lang == 'en' else inside.zh}")


def page(name: str) -> str:
    """Where the page of a rule stands on this machine."""
    return (PACKAGE / "rules" / "pages" / f"{name}.md").as_uri()


def path_through(where: tuple[str, ...]) -> str:
    """The place in the form: ``产出指标 › 数量指标 › name``."""
    return ARROW.join(visible(step) for step in where)
