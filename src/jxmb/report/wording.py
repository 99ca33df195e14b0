"""The words around the findings, in both languages."""

from __future__ import annotations

from collections import Counter

from ..findings import Finding, Safety, Severity, Summary, Words
from ..source import Place
from ..visible import visible

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
WHY = Words("原因", "why")
REMEDY = Words("怎么改", "what to do")
FIXABLE = {
    Safety.SAFE: Words("可用 --fix 修改", "can be mended with --fix"),
    Safety.UNSAFE: Words(
        "可用 --unsafe-fixes 修改，改后请核对", "can be mended with --unsafe-fixes; look it over"
    ),
}
ALSO = Words("参见", "see also")
CLEAN = Words("没有发现问题", "No problems found")
HARMLESS = Words("没有发现错误和警告", "No errors or warnings found")
FOUND = Words("发现 {counts}", "Found {counts}")
FILES = Words("{n} 个文件", "{n} file{s}")
FORMS = Words("{n} 份绩效目标表", "{n} form{s}")
FORMLESS = Words("其中 {n} 个没有绩效目标表", "{n} of them without a form")
NO_FORM = Words("没有读到绩效目标表", "No form was read")
UNSHOWN = Words(
    "未显示：{counts}（--show {least} 可显示）", "not shown: {counts} (--show {least} shows them)"
)
NOTES = {
    "ignored": Words("按设置忽略 {n} 条", "{n} ignored by the settings"),
    "accepted": Words("已认可 {n} 条", "{n} accepted"),
    "baselined": Words("基线中已有 {n} 条", "{n} known from the baseline"),
    "fixed": Words("已修改 {n} 处", "{n} mended"),
    "unedited": Words("{n} 处需手工修改", "{n} to be mended by hand"),
}


class Wording:
    """Sentences in the language of a report."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.comma, self.stop = ("，", "。") if lang == "zh" else (", ", ".")

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

    def spot(self, place: Place) -> str:
        """Where a finding is."""
        return spot(place, self.lang)

    def counts(self, counted: Counter[Severity]) -> str:
        """``3 errors, 1 warning``."""
        listed = [self.say(PLURALS[one], n=counted[one]) for one in Severity if counted[one]]
        return ("、" if self.lang == "zh" else ", ").join(listed)

    def summary(self, done: Summary, shown: Counter[Severity]) -> str:
        """What was read, what was found, and how much of it is not `shown`."""
        total = totals(done)
        head = self._head(total, shown)
        if not done.forms:
            head = self.comma.join([self.of(NO_FORM)] + ([head] if total else []))
        return f"{head}{'：' if self.lang == 'zh' else ': '}{self._read(done)}{self._rest(done, total - shown)}{self.stop}"

    def _head(self, total: Counter[Severity], shown: Counter[Severity]) -> str:
        """The good news, if it is that; findings that are shown are named whatever they are."""
        if not total:
            return self.of(CLEAN)
        if set(total) == {Severity.INFO} and not shown:
            return self.of(HARMLESS)
        return self.say(FOUND, counts=self.counts(total))

    def _read(self, done: Summary) -> str:
        parts = [self.say(FILES, n=done.files), self.say(FORMS, n=done.forms)]
        if done.formless:
            parts.insert(1, self.say(FORMLESS, n=done.formless))
        return self.comma.join(parts)

    def _rest(self, done: Summary, unshown: Counter[Severity]) -> str:
        parts = [
            self.say(words, n=number)
            for name, words in NOTES.items()
            if (number := getattr(done, name))
        ]
        if unshown:
            least = max(unshown, key=lambda one: one.rank)
            parts.append(self.say(UNSHOWN, counts=self.counts(unshown), least=least))
        gap = "；" if self.lang == "zh" else "; "
        return "".join(gap + part for part in parts)


def totals(done: Summary) -> Counter[Severity]:
    """How many findings there are of each severity, shown or not."""
    numbers = zip(Severity, (done.errors, done.warnings, done.infos), strict=True)
    return Counter({severity: number for severity, number in numbers if number})


def spot(place: Place, lang: str) -> str:
    """``file:line:column``, which editors open; in a document the place in it, which people find."""
    inside = place.inside
    if inside is None:
        return f"{visible(place.path)}:{place.line}:{place.column}"
    return visible(f"{place.path}:{inside.en if lang == 'en' else inside.zh}")


def path_through(where: tuple[str, ...]) -> str:
    """The place in the form: ``产出指标 › 数量指标 › name``."""
    return ARROW.join(visible(step) for step in where)
