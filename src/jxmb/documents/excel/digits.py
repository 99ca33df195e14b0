"""Numbers in the digits of a format code, and in Chinese numerals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

WIDTH = 11  # characters of a number in General
MANTISSA = 5  # places behind the point in General with a power of ten
THOUSAND = 3  # figures
EXACT = Context(prec=1000, rounding=ROUND_HALF_UP)
DENOMINATORS = frozenset("0123456789")
SHOWN = ("literal", "percent", "point", "comma")
# Chinese numerals by the kind that a format names: figures, and the signs of ten, hundred, thousand.
NUMERALS = {
    "1": ("〇一二三四五六七八九", "十百千"),
    "2": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "3": ("０１２３４５６７８９", "十百千"),
}
MYRIADS = ("", "万", "亿", "万亿")


class Token(NamedTuple):
    """A piece of a format code: what it is, and what it says."""

    kind: str
    text: str

    @property
    def literal(self) -> str:
        """What it shows by itself."""
        return self.text if self.kind in SHOWN else ""


SLASH = Token("literal", "/")


def rounded(number: Decimal, places: int) -> Decimal:
    """Half up to so many places behind the point, or before it where `places` is negative."""
    if -places <= number.as_tuple().exponent:  # type: ignore[operator]
        return number
    return number.quantize(Decimal((0, (1,), -places)), context=EXACT)


def plain(number: Decimal) -> str:
    """In full, without zeros at its end."""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def general(number: Decimal) -> str:
    """A number in the format General."""
    if not number:
        return "0"
    power = number.adjusted()
    exact = plain(number)
    if len(exact.lstrip("-")) <= WIDTH:
        return exact
    if -MANTISSA < power < WIDTH:
        near = plain(rounded(number, max(WIDTH - 2 - max(power, 0), 0)))
        if len(near.lstrip("-")) <= WIDTH:
            return near
    mantissa = rounded(number.scaleb(-power), MANTISSA)
    if abs(mantissa) >= 10:
        mantissa, power = mantissa.scaleb(-1), power + 1
    return f"{plain(mantissa)}E{'-' if power < 0 else '+'}{abs(power):02}"


def shown(number: Decimal, tokens: Sequence[Token], chinese: str) -> str:
    """A number without its sign in the tokens of a section; a fraction such as `# ?/?` as it is in General."""
    tokens = _whole_fraction(tokens)
    kinds = {one.kind for one in tokens}
    if kinds & {"general", "text"}:
        own = counted(number, chinese)
        return "".join(own if one.kind in ("general", "text") else one.literal for one in tokens)
    if "digit" not in kinds:
        return "".join(one.literal for one in tokens)
    number = number.scaleb(2 * sum(one.kind == "percent" for one in tokens))
    found = _scientific(number, tokens) if "power" in kinds else _fixed(number, tokens)
    return figures(found, chinese)


def _whole_fraction(tokens: Sequence[Token]) -> Sequence[Token]:
    places = [at for at, one in enumerate(tokens) if one.kind == "digit"]
    slash = next((at for at in range(len(tokens)) if tokens[at] == SLASH and places[:1] < [at]), 0)
    below = range(slash + 1, len(tokens))
    behind = [at for at in below if at in places or tokens[at].text in DENOMINATORS]
    if not (slash and behind):
        return tokens
    return [*tokens[: places[0]], Token("general", ""), *tokens[behind[-1] + 1 :]]


def figures(said: str, chinese: str) -> str:
    """Each figure as a Chinese numeral of a kind."""
    if chinese not in NUMERALS:
        return said
    own = NUMERALS[chinese][0]
    return said.translate({ord("0") + at: one for at, one in enumerate(own)})


def counted(number: Decimal, chinese: str) -> str:
    """A number in General, as it is counted in Chinese where a kind of numerals is named: 一百二十三."""
    said = general(number)
    whole, _, part = said.partition(".")
    if chinese not in NUMERALS or not whole.isdecimal():
        return said
    zero = NUMERALS[chinese][0][0]
    groups = [whole[max(at - 4, 0) : at] for at in range(len(whole), 0, -4)]
    found = ""
    for at, group in reversed(list(enumerate(groups))):
        if own := _group(int(group), chinese):
            blank = found and (group.startswith("0") or found.endswith(zero))
            found = found.rstrip(zero) + (zero if blank else "") + own + MYRIADS[at]
    return (found or zero) + ("." + figures(part, chinese) if part else "")


def _group(number: int, chinese: str) -> str:
    """Up to four figures as they are counted."""
    own, signs = NUMERALS[chinese]
    found, blank = "", False
    for unit, sign in ((1000, signs[2]), (100, signs[1]), (10, signs[0]), (1, "")):
        if figure := number // unit % 10:
            found += (own[0] if blank and found else "") + own[figure] + sign
        blank = not figure
    return found


def _point(tokens: Sequence[Token]) -> int:
    return next((at for at, one in enumerate(tokens) if one.kind == "point"), len(tokens))


def _fixed(number: Decimal, tokens: Sequence[Token]) -> str:
    """Figures before and behind the point, in the places and between the literals of the code."""
    places = [at for at, one in enumerate(tokens) if one.kind == "digit"]
    first, last = places[0], max([at for at in places if at < _point(tokens)], default=places[-1])
    commas = [at for at, one in enumerate(tokens) if one.kind == "comma"]
    behind = [at for at in commas if last < at <= last + len(commas) or at > places[-1]]
    number = number.scaleb(-THOUSAND * len(behind))  # a comma behind the digits divides
    kept = [one for at, one in enumerate(tokens) if at not in commas or at < first]
    point = _point(kept)
    part = [one for one in kept[point:] if one.kind == "digit"]
    whole, _, rest = f"{rounded(number, len(part)):f}".partition(".")
    return _whole(whole, kept[:point], any(first < at < last for at in commas)) + _part(
        rest.ljust(len(part), "0"), kept[point:]
    )


def _whole(figures: str, tokens: Sequence[Token], grouped: bool = False) -> str:
    """Figures before the point, from the right; what has no place goes to the first one."""
    figures = figures.lstrip("0")
    found: list[str] = []
    left = sum(one.kind == "digit" for one in tokens)
    used = 0
    for one in reversed(tokens):
        if one.kind != "digit":
            found.append(one.literal)
            continue
        left -= 1
        end = max(len(figures) - used, 0)
        own = figures[max(end - 1, 0) : end] if left else figures[:end]
        own = own or ("0" if one.text == "0" else "")
        found += _grouped(own, used) if grouped else own[::-1]
        used += max(len(own), 1)
    return (
        "".join(reversed(found))
        if any(one.kind == "digit" for one in tokens)
        else "".join(reversed(found)) + figures
    )


def _grouped(figures: str, used: int) -> list[str]:
    """Figures from the right, a comma before each that follows three others."""
    found = []
    for at, one in enumerate(reversed(figures), used):
        found += [",", one] if at and at % THOUSAND == 0 else [one]
    return found


def _part(figures: str, tokens: Sequence[Token]) -> str:
    """Figures behind the point, from the left; zeros at the end only where the code asks for them."""
    used, at, found = len(figures.rstrip("0")), 0, []
    for one in tokens:
        if one.kind == "digit":
            found.append(figures[at] if at < used or one.text == "0" else "")
            at += 1
        else:
            found.append(one.literal)
    return "".join(found)


def _scientific(number: Decimal, tokens: Sequence[Token]) -> str:
    at = next(at for at, one in enumerate(tokens) if one.kind == "power")
    head, tail = tokens[:at], tokens[at + 1 :]
    point = _point(head)
    step = max(1, sum(one.kind == "digit" for one in head[:point]))
    power = number.adjusted() // step * step if number else 0
    mantissa = rounded(number.scaleb(-power), sum(one.kind == "digit" for one in head[point:]))
    if mantissa >= Decimal(10) ** step:
        mantissa, power = mantissa.scaleb(-step), power + step
    sign = "-" if power < 0 else tokens[at].text[1].replace("-", "")
    shown = _fixed(mantissa, head) if any(one.kind == "digit" for one in head) else ""
    return f"{shown}E{sign}{_whole(str(abs(power)), tail)}"
