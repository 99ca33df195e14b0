"""Cells as Excel shows them: a format code has sections by sign or condition, of digits, dates and literals.

What a width would change is not known: General has 11 characters, and nothing is filled or aligned with blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from ... import deferred
from ...deferred import dataclass
from . import clock, digits
from .digits import Token

# The formats that a file need not hold, as Excel shows them in China.
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **dict.fromkeys((5, 6), "￥#,##0;￥-#,##0"),
    **dict.fromkeys((7, 8), "￥#,##0.00;￥-#,##0.00"),
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM"},
    **{19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"},
    **dict.fromkeys((37, 38), "#,##0;(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00;(#,##0.00)"),
    **{41: '#,##0;-#,##0;"-"', 42: '￥#,##0;￥-#,##0;￥"-"', 43: '#,##0.00;-#,##0.00;"-"'},
    **{44: '￥#,##0.00;￥-#,##0.00;￥"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0"},
    **{48: "##0.0E+0", 49: "@", 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'},
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **{32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
GENERAL = "General"
# What a language stands for that is none: the long date and the time of the system.
SYSTEM = {"$-F800": BUILT_IN[31], "$-F400": BUILT_IN[21]}
TOKEN = deferred.re(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<space>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<end>;)|(?P<text>@)'
    r"|(?P<general>(?i:General)|G/通用格式)|(?P<noon>(?i:AM/PM|A/P)|上午/下午)"
    r"|(?P<date>(?i:y+|m+|d+|h+|s+|e+(?![+-])|aaaa?))|(?P<power>[Ee][+-])"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<literal>.)",
    16,  # re.DOTALL
)
CONDITION = deferred.re(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
ELAPSED = deferred.re(r"(?i:h+|m+|s+)")
TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    **{"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
}
# The conditions of sections that have none, by how many there are; the last is for all else.
SIGNS: dict[int, tuple[str, ...]] = {2: (">=",), 3: (">", "<")}
TEXT = 3  # the number of the section for texts, where there are four
FIGURES = 15  # that Excel keeps of a number
LARGEST = 308  # its power of ten
LONGEST = 255  # characters of a code


@dataclass(slots=True, eq=False)
class Section:
    """What stands between semicolons: its condition and the kind of its Chinese numerals are no tokens."""

    tokens: list[Token]
    test: str = ""
    limit: Decimal = Decimal(0)
    chinese: str = ""

    def has(self, *kinds: str) -> bool:
        """Whether a token of one of these kinds stands in it."""
        return any(one.kind in kinds for one in self.tokens)


def number(value: str, code: str, since_1904: bool = False) -> str:
    """The number of a cell in a format; `value` as it stands where it is no number."""
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return value
    if not exact.is_finite() or abs(exact.adjusted()) > LARGEST:
        return value
    exact = digits.rounded(exact, FIGURES - 1 - exact.adjusted())
    if code == GENERAL:
        return digits.general(exact)
    section, signed = _chosen(exact, _sections(code))
    if section.has("date", "elapsed"):
        found = clock.shown(exact, section.tokens, section.chinese, since_1904)
        return digits.general(exact) if found is None else found
    return ("-" if signed else "") + digits.shown(abs(exact), section.tokens, section.chinese)


def text(value: str, code: str) -> str:
    """The text of a cell in a format."""
    if code == GENERAL or not ("@" in code or ";" in code):
        return value
    sections = _sections(code)
    own = next((one for one in sections if one.has("text")), None)
    if own is not None:
        return "".join(value if one.kind == "text" else one.literal for one in own.tokens)
    return "".join(one.literal for one in sections[TEXT].tokens) if len(sections) > TEXT else value


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether numbers are dates or times in this format."""
    return _sections(code)[0].has("date", "elapsed")


@lru_cache(maxsize=1024)
def kind(code: str) -> str:
    """Of what a number shows, what is not written in its cell: a `date`, or signs of its `format`; empty for nothing."""
    if is_date(code):
        return "date"
    return "format" if any(one.has("literal", "comma") for one in _sections(code)[:TEXT]) else ""


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    code = SYSTEM.get(code[1 : code.find("]")].upper(), code)
    found = [Section([])]
    for match in TOKEN.finditer(code[:LONGEST]):
        kind = match.lastgroup or ""
        said = match[kind]
        if kind == "end":
            found.append(Section([]))
        elif kind == "bracket":
            _bracket(said, found[-1])
        elif kind in ("quoted", "escaped"):
            found[-1].tokens.append(Token("literal", said))
        elif kind != "space":
            found[-1].tokens.append(Token(kind, said))
    return tuple(found[: TEXT + 1])


def _bracket(said: str, section: Section) -> None:
    if condition := CONDITION.fullmatch(said):
        section.test, section.limit = condition[1], Decimal(condition[2])
    elif ELAPSED.fullmatch(said):
        section.tokens.append(Token("elapsed", said.lower()))
    elif said.upper().startswith("DBNUM"):
        section.chinese = said[5:6]
    elif said.startswith("$"):  # a currency, and behind the dash a language
        section.tokens.append(Token("literal", said[1:].partition("-")[0]))


def _chosen(exact: Decimal, sections: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section for a number, and whether a minus goes before what it shows."""
    own = [one for one in sections[:TEXT] if not one.has("text")] or [
        Section([Token("general", "")])
    ]
    last = len(own) - 1
    for at, (section, test, limit) in enumerate(_tests(own)):
        if at == last or TESTS[test](exact, limit):
            # Sections that are chosen by the sign show it themselves.
            return section, exact < 0 and (at == 0 or any(one.test for one in own))
    raise AssertionError


def _tests(own: list[Section]) -> Iterator[tuple[Section, str, Decimal]]:
    signs = SIGNS.get(len(own), ())
    for at, one in enumerate(own):
        yield one, one.test or (signs[at] if at < len(signs) else "<"), one.limit
