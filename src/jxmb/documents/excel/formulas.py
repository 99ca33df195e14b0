"""Formulas of which a file holds no result, as programs leave them: sums and joined texts are worked out as Excel does.

What asks for more than cells of its sheet and the functions here stays without a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, DecimalException

from ... import deferred
from ...source.decoding import Undecodable
from ..limits import LIMITS
from . import number_formats
from .digits import plain, rounded
from .sheets import Merge, Sheet, span

Value = Decimal | str
At = tuple[int, int]  # row and column of a cell, from 0
Token = tuple[str, str]  # what it is, and what it says
TOKEN = deferred.re(
    r'\s*(?:(?P<number>\d+\.?\d*|\.\d+)|"(?P<text>(?:[^"]|"")*)"|(?P<name>[A-Za-z]+)\('
    r"|(?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?)(?![\w.!(])"
    r"|(?P<sign>[-+*/&%(),]))"
)
NUMBER = deferred.re(r"[-+]?\d[\d,]*(?:\.\d+)?")  # a text that Excel takes for one
SIGNS = (("&",), ("+", "-"), ("*", "/"))  # from those that bind least
DEPTH = 40  # of brackets, and of cells that ask for others
LONGEST = 1_000  # characters of a formula
MOST = 10_000  # cells that those of a sheet ask for
LARGEST = 308  # power of ten of a value
CHARACTERS = 32_767  # of a text


class Unsolved(Exception):
    """A formula has no result here."""


def wanted(sheet: Sheet) -> set[At]:
    """The cells that the formulas without a result of a sheet ask for; none where they, or its cells, are too many."""
    found: set[At] = set()
    asked = sum(said.startswith("=") for said in sheet.unsolved.values())
    if not 0 < asked <= MOST or sum(map(len, sheet.rows.values())) > LIMITS.places:
        return found
    for at, said in sheet.unsolved.items():
        try:
            own = [_span(text) for kind, text in _tokens(said) if kind == "cells"]
        except Unsolved:
            continue
        asked += sum(map(_size, own))
        if asked > MOST:
            return set()
        found.update([at], *map(_cells, own))
    return found


def work_out(
    sheet: Sheet, numbers: Mapping[At, Decimal], shown: Callable[[At, Value], str]
) -> None:
    """Puts what formulas without a result give into their cells. `shown` says how a cell shows a value."""
    results = _Results(sheet, numbers)
    for at, said in sheet.unsolved.items():
        try:
            text = shown(at, results.of(at)) if said.startswith("=") else ""
        except Unsolved:
            continue
        sheet.put(*at, text)


class _Results:
    """The values of the cells of a sheet."""

    def __init__(self, sheet: Sheet, numbers: Mapping[At, Decimal]) -> None:
        self._sheet, self._numbers = sheet, numbers
        self._known: dict[
            At, Value | None
        ] = {}  # None for a formula that has none, or that is being worked out
        self._depth = 0

    def of(self, at: At) -> Value:
        """What a cell holds, a blank one the empty text. Raises `Unsolved`."""
        if at not in self._sheet.unsolved:
            text = self._sheet.rows.get(at[0], {}).get(at[1], "")
            return _within(self._numbers.get(at, text))
        if at not in self._known:
            self._known[at] = None
            self._known[at] = self._solved(self._sheet.unsolved[at])
        found = self._known[at]
        if found is None:
            raise Unsolved
        return found

    def _solved(self, said: str) -> Value | None:
        try:
            return _within(self.deeper(_Formula(self, _tokens(said)).result))
        except (Unsolved, DecimalException, ValueError):
            return None

    def deeper(self, read: Callable[[], Value]) -> Value:
        """What is read one level deeper: in a bracket, or in another cell."""
        if self._depth == DEPTH:
            raise Unsolved
        self._depth += 1
        try:
            return read()
        finally:
            self._depth -= 1


class _Formula:
    """A formula while it is read."""

    def __init__(self, results: _Results, tokens: Iterator[Token]) -> None:
        self._results = results
        self._tokens = [*tokens, ("", "")]
        self._at = 0

    def result(self) -> Value:
        """What it gives."""
        if self._take("sign") != "=":
            raise Unsolved
        found = self._joined()
        if self._tokens[self._at][0]:
            raise Unsolved
        return found

    def _take(self, kind: str, *texts: str) -> str:
        """The next token, if it is of a kind and one of some texts."""
        own, text = self._tokens[self._at]
        if own != kind or (texts and text not in texts):
            return ""
        self._at += 1
        return text

    def _joined(self, level: int = 0) -> Value:
        """Operands, and what the signs between them make of them."""
        if level == len(SIGNS):
            return self._signed()
        found = self._joined(level + 1)
        while sign := self._take("sign", *SIGNS[level]):
            found = OPERATIONS[sign](found, self._joined(level + 1))
        return found

    def _signed(self) -> Value:
        if sign := self._take("sign", "+", "-"):
            found = _number(self._results.deeper(self._signed))
            return -found if sign == "-" else found
        value = self._operand()
        while self._take("sign", "%"):
            value = _number(value) / 100
        return value

    def _operand(self) -> Value:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text.replace('""', '"')
        if kind == "cells" and ":" not in text:
            return self._results.of(*_cells(_span(text)))
        return self._results.deeper(self._bracket if text == "(" else self._function(text))

    def _bracket(self) -> Value:
        found = self._joined()
        if not self._take("sign", ")"):
            raise Unsolved
        return found

    def _function(self, name: str) -> Callable[[], Value]:
        if name.upper() not in FUNCTIONS:
            raise Unsolved
        return lambda: FUNCTIONS[name.upper()](self._arguments())

    def _arguments(self) -> list[list[Value]]:
        """What stands in the brackets of a function: the values of a range, or one."""
        found: list[list[Value]] = []
        while True:
            kind, text = self._tokens[self._at]
            if kind == "cells" and ":" in text:
                self._at += 1
                found.append([self._results.of(one) for one in _cells(_span(text))])
            else:
                found.append([self._joined()])
            if not self._take("sign", ","):
                break
        if not self._take("sign", ")"):
            raise Unsolved
        return found


def _tokens(said: str) -> Iterator[Token]:
    if len(said) > LONGEST or not said.startswith("="):
        raise Unsolved
    yield "sign", "="
    at, said = 1, said.rstrip()
    while at < len(said):
        match = TOKEN.match(said, at)
        if match is None or match.lastgroup is None:
            raise Unsolved
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _span(said: str) -> Merge:
    try:
        return span(said.upper())
    except Undecodable:
        raise Unsolved from None


def _size(one: Merge) -> int:
    return (one.bottom - one.top + 1) * (one.right - one.left + 1)


def _cells(one: Merge) -> Iterator[At]:
    for row in range(one.top, one.bottom + 1):
        for column in range(one.left, one.right + 1):
            yield row, column


def _within(value: Value) -> Value:
    """A value that a cell has room for. Raises `Unsolved`."""
    if isinstance(value, str) and len(value) > CHARACTERS:
        raise Unsolved
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) <= LARGEST):
        raise Unsolved
    return value


def _number(value: Value) -> Decimal:
    """A value as a number: a blank is nought. Raises `Unsolved`."""
    if isinstance(value, Decimal):
        return value
    if value and not NUMBER.fullmatch(value):
        raise Unsolved
    return Decimal(value.replace(",", "") or 0)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else plain(value)


def _sum(values: list[list[Value]]) -> Value:
    """Numbers together; texts do not count."""
    every = (one for own in values for one in own if isinstance(one, Decimal))
    return sum(every, Decimal(0))


def _rounded(values: list[list[Value]]) -> Value:
    (value,), (places,) = values
    return rounded(_number(value), int(_number(places)))


def _shown(values: list[list[Value]]) -> Value:
    (value,), (code,) = values
    if number_formats.is_date(_text(code)):
        raise Unsolved
    return number_formats.number(plain(_number(value)), _text(code))


OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "&": lambda one, other: _within(_text(one) + _text(other)),
    "+": lambda one, other: _number(one) + _number(other),
    "-": lambda one, other: _number(one) - _number(other),
    "*": lambda one, other: _number(one) * _number(other),
    "/": lambda one, other: _number(one) / _number(other),
}
FUNCTIONS: dict[str, Callable[[list[list[Value]]], Value]] = {
    "SUM": _sum,
    "ROUND": _rounded,
    "TEXT": _shown,
}
