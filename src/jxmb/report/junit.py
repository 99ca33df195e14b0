"""JUnit XML: a suite a file, a case a form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..findings import Finding, Form, Run, Severity
from ..visible import markup, visible
from . import Out
from .wording import SEVERITIES, Wording, path_through

BINARY = False
FORMS = True


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write a suite as soon as its file is done; a form fails by its errors and warnings, infos are its output."""
    wording = Wording(run.lang)
    out.stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="jxmb">\n')
    files = _Files(run)
    for path, group in groupby(findings, lambda one: one.place.path):
        found = list(group)
        for clean, forms in files.before(path):
            out.stream.write(_suite(clean, forms, [], wording))
        out.stream.write(_suite(path, files.next(path), found, wording))
    for clean, forms in files.before(None):
        out.stream.write(_suite(clean, forms, [], wording))
    out.stream.write(_left(run, wording) + "</testsuites>\n")


class _Files:
    """The forms of a run file by file, as the run comes to know them; each is handed out once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._done = 0
        self._seen = 0
        self._last: dict[str, int] = {}  # the number of the last form of each file seen

    def before(self, path: str | None) -> Iterator[tuple[str, list[Form]]]:
        """The files with forms that come before one: those without findings. None is the end.

        Before a file without forms that are still to be handed out nobody knows which come.
        """
        if path is not None and not self._comes(path):
            return
        while self._done < len(self.run.forms):
            first = self.run.forms[self._done].place.path
            if first == path:
                return
            yield first, self.next(first)

    def _comes(self, path: str) -> bool:
        """Whether a file has forms that were not handed out."""
        while self._seen < len(self.run.forms):
            self._last[self.run.forms[self._seen].place.path] = self._seen
            self._seen += 1
        return self._last.get(path, -1) >= self._done

    def next(self, path: str) -> list[Form]:
        """The forms that come next, if they are of this file."""
        known, begin = self.run.forms, self._done
        while self._done < len(known) and known[self._done].place.path == path:
            self._done += 1
        return list(known[begin : self._done])


def _left(run: Run, wording: Wording) -> str:
    """A suite of what was not read or judged: errors, and what was passed over."""
    left = run.coverage
    unjudged = [(one.form.place.path, one.why) for one in left.not_checked]
    errors = [(one.path, one.why) for one in (*left.unreadable, *left.unwritten)] + unjudged
    skipped = [(one.path, one.why) for one in (*left.formless, *left.skipped)]
    if not errors and not skipped:
        return ""
    cases = [_unread(path, "error", wording.of(why)) for path, why in errors]
    cases += [_unread(path, "skipped", wording.of(why)) for path, why in skipped]
    head = f'tests="{len(cases)}" failures="0" errors="{len(errors)}" skipped="{len(skipped)}"'
    return f'  <testsuite name="jxmb" {head}>\n{"".join(cases)}  </testsuite>\n'


def _unread(path: str, what: str, why: str) -> str:
    name = markup(visible(path))
    said = markup(visible(why))
    return f'    <testcase classname="jxmb" name="{name}"><{what} message="{said}"/></testcase>\n'


def _suite(path: str, forms: list[Form], found: list[Finding], wording: Wording) -> str:
    of: dict[str, list[Finding]] = {form.project: [] for form in forms}
    rest: list[Finding] = []
    for one in found:
        of.get(one.project, rest).append(one)
    cases = [_case(path, form.project, of[form.project], wording) for form in forms]
    if rest or not forms:
        cases.append(_case(path, path, rest, wording))
    failures = sum("<failure" in case for case in cases)
    head = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0"'
    return f'  <testsuite name="{markup(visible(path))}" {head}>\n{"".join(cases)}  </testsuite>\n'


def _case(path: str, name: str, found: list[Finding], wording: Wording) -> str:
    head = (
        f'    <testcase classname="{markup(visible(path))}" name="{markup(visible(name or path))}"'
    )
    grave = [one for one in found if one.severity is not Severity.INFO]
    if not found:
        return f"{head}/>\n"
    lines = [head + ">\n"]
    if grave:
        worst = min(grave, key=lambda one: one.severity.rank)
        said = markup(f"{worst.code} {wording.message(worst)}")
        body = markup("\n".join(_line(one, wording) for one in grave))
        lines.append(f'      <failure message="{said}" type="{worst.severity}">{body}</failure>\n')
    if infos := [one for one in found if one.severity is Severity.INFO]:
        lines.append(
            f"      <system-out>{markup(chr(10).join(_line(one, wording) for one in infos))}</system-out>\n"
        )
    return "".join([*lines, "    </testcase>\n"])


def _line(one: Finding, wording: Wording) -> str:
    where = f" ({path_through(one.where)})" if one.where else ""
    return f"- {wording.spot(one.place)}: {wording.of(SEVERITIES[one.severity])} {one.code} {wording.titled(one)}{where}"
