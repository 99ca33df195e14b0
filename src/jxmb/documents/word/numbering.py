"""Numbers that Word puts before its paragraphs: they stand in no text, but are read with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from ... import deferred
from ...deferred import dataclass
from ...visible import markup
from ..ooxml.package import Package, read
from ..ooxml.xml import Attributes, Reader, Start

LEVEL = deferred.re(r"%([1-9])")
STYLE = deferred.re(rb"""styleId\s*=\s*["']([^"'<>]*)["'][^<>]*>""")
END = deferred.re(rb"</(?:[^\s<>/]+:)?style\s*>")
BASED = deferred.re(rb"""<(?:[^\s<>/]+:)?basedOn\s[^<>]*?\bval\s*=\s*["']([^"'<>]*)["']""")
TOLD = (
    b"vanish",
    b"numId",
    b"ilvl",
    b"&",
)  # what most styles do not say; with the last an id is written otherwise
STRETCH = 1 << 13  # bytes of the styles that are unpacked first
LEVELS = 9
MOST = 30_000  # numbers beyond are written as they are
DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def counted(number: int) -> str:
    """A number in Chinese as it is counted: 十二, 一百二十三."""
    if number >= 10_000:
        return str(number)
    found, blank = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            found += ("〇" if blank and found else "") + DIGITS[digit] + sign
        blank = not digit
    return found.removeprefix("一") if 10 <= number < 20 else found or DIGITS[0]


def roman(number: int) -> str:
    """A number in Roman figures."""
    found = ""
    for value, sign in ROMAN:
        found += sign * (number // value)
        number %= value
    return found


def letters(number: int) -> str:
    """A, B … Z, AA, BB … as Word counts letters."""
    at, times = (number - 1) % 26, (number - 1) // 26 + 1
    return chr(ord("A") + at) * times


def _shifted(first: int, size: int, offset: str) -> dict[int, str]:
    return {number: chr(ord(offset) + number - first) for number in range(first, first + size)}


CIRCLED = {**_shifted(1, 20, "①"), **_shifted(21, 15, "㉑"), **_shifted(36, 15, "㊱")}
BRACKETED = _shifted(1, 20, "⑴")
DOTTED = _shifted(1, 20, "⒈")
CHINESE_BRACKETED = _shifted(1, 10, "㈠")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "chineseLegalSimplified": lambda number: counted(number).translate(
        str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    ),
    "japaneseCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "koreanDigital2": counted,
    "ideographDigital": lambda number: "".join(DIGITS[int(one)] for one in str(number)),
    "ideographTraditional": lambda number: STEMS[(number - 1) % 10],
    "decimalEnclosedCircle": lambda number: CIRCLED.get(number, str(number)),
    "decimalEnclosedCircleChinese": lambda number: CIRCLED.get(number, str(number)),
    "decimalEnclosedParen": lambda number: BRACKETED.get(number, f"({number})"),
    "decimalEnclosedFullstop": lambda number: DOTTED.get(number, f"{number}."),
    "ideographEnclosedCircle": lambda number: CHINESE_BRACKETED.get(number, str(number)),
    "decimalFullWidth": lambda number: str(number).translate(WIDE),
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": lambda number: letters(number).lower(),
    "upperLetter": letters,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperRoman": roman,
    "none": lambda _: "",
}


@dataclass(slots=True)
class Level:
    """A level of a list: how its number is written, in what text, and where it begins."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False  # numbers of the levels above are written as figures too


def whole(text: str | None, default: int = 0) -> int:
    """A number of an attribute, within bounds; `default` where it is none."""
    try:
        return max(-1, min(int(text or ""), MOST))
    except ValueError:
        return default


class Numbering:
    """The lists of a document, counted on as its paragraphs are read; their part is read when the first is met."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self._part = package, part  # the part until it is read
        self.abstract: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, str] = {}  # number of a list: that of its abstract list
        self.own: dict[tuple[str, int], Level] = {}  # levels that a list has for itself
        self.starts: dict[tuple[str, int], int] = {}  # levels that begin anew in a list
        self.counts: dict[str, list[int]] = {}
        self._abstract = self._list = ""
        self._at = 0
        self._level = Level()

    def _starts(self) -> dict[str, Start]:
        return {
            "abstractNum": self._on_abstract,
            "num": self._on_list,
            "abstractNumId": self._on_pointer,
            "lvlOverride": self._on_override,
            "startOverride": self._on_start_override,
            "lvl": self._on_level,
            "start": self._on_start,
            "numFmt": self._on_format,
            "lvlText": self._on_text,
            "isLgl": self._on_legal,
        }

    def text(self, number: str, level: int) -> str:
        """The number before the next paragraph of a list; bullets are none."""
        if self._part:
            part, self._part = self._part, ""
            self.package.read(part, Reader(self._starts(), {}))
        abstract = self.lists.get(number)
        if abstract is None or not 0 <= level < LEVELS:
            return ""
        counts = self._next(number, abstract, level)
        own = self._of(number, level)
        if own.format == "bullet":
            return ""
        return LEVEL.sub(
            lambda match: self._written(number, int(match[1]) - 1, own, counts), own.text
        )

    def _next(self, number: str, abstract: str, level: int) -> list[int]:
        counts = self.counts.setdefault(abstract, [0] * LEVELS)
        anew = self.starts.pop((number, level), None)
        if anew is not None:
            counts[level] = anew
        else:
            counts[level] = counts[level] + 1 if counts[level] else self._of(number, level).start
        for above in range(level):
            counts[above] = counts[above] or self._of(number, above).start
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return counts

    def _of(self, number: str, level: int) -> Level:
        own = self.own.get((number, level))
        return own or self.abstract.get(self.lists[number], {}).get(level) or Level()

    def _written(self, number: str, level: int, own: Level, counts: list[int]) -> str:
        count = counts[level] or 1
        form = FORMS.get(self._of(number, level).format)
        return str(count) if form is None or own.legal or count < 1 else form(count)

    def _on_abstract(self, attributes: Attributes) -> None:
        self._list, self._abstract = "", attributes.get("abstractNumId", "")

    def _on_list(self, attributes: Attributes) -> None:
        self._list = attributes.get("numId", "")

    def _on_pointer(self, attributes: Attributes) -> None:
        self.lists[self._list] = attributes.get("val", "")

    def _on_override(self, attributes: Attributes) -> None:
        self._at = whole(attributes.get("ilvl"))

    def _on_start_override(self, attributes: Attributes) -> None:
        self.starts[self._list, self._at] = whole(attributes.get("val"), 1)

    def _on_level(self, attributes: Attributes) -> None:
        self._level = Level()
        at = whole(attributes.get("ilvl"))
        if self._list:
            self.own[self._list, at] = self._level
        else:
            self.abstract.setdefault(self._abstract, {})[at] = self._level

    def _on_start(self, attributes: Attributes) -> None:
        self._level.start = whole(attributes.get("val"), 1)

    def _on_format(self, attributes: Attributes) -> None:
        self._level.format = attributes.get("val", "decimal")

    def _on_text(self, attributes: Attributes) -> None:
        self._level.text = attributes.get("val", "")

    def _on_legal(self, attributes: Attributes) -> None:
        self._level.legal = on(attributes)


def on(attributes: Attributes) -> bool:
    """Whether a property is set."""
    return attributes.get("val", "1") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    """What a style says of text: hidden or not (None: nothing), its list and level, and the style it is based on."""

    based: str = ""
    hidden: bool | None = None
    number: str | None = None
    level: int = 0


class Styles:
    """The styles of a document, by id. There may be many that nobody uses: one is read when its id is met."""

    def __init__(self, package: Package, part: str) -> None:
        self._rest = package.chunks(part, STRETCH)
        self._data = b""  # of the part, as far as it was needed
        self._at = 0  # the end of the elements that are known
        self._elements: dict[bytes, tuple[int, int]] = {}
        self._styles: dict[str, Style | None] = {}
        self._told: dict[tuple[str, str], bool] = {}
        self._lists: dict[str, tuple[str, int] | None] = {}

    def style(self, id: str) -> Style | None:
        """A style; None where the part has none of this id."""
        if id not in self._styles:
            element = self._element(markup(id).encode())
            self._styles[id] = self._style(element) if element else None
        return self._styles[id]

    def _element(self, id: bytes) -> bytes:
        while id not in self._elements and (self._next() or self._more()):
            pass
        start, end = self._elements.get(id, (0, 0))
        return self._data[start:end]

    def _next(self) -> bool:
        """Finds the next element that is whole."""
        if (match := STYLE.search(self._data, self._at)) is None:
            return False
        end = match.end()
        if self._data[end - 2 : end] != b"/>":
            if (closed := END.search(self._data, end)) is None:
                return False
            end = closed.end()
        self._elements.setdefault(match[1], (self._data.rfind(b"<", 0, match.start()), end))
        self._at = end
        return True

    def _more(self) -> bool:
        """Unpacks more: twice as much each time, so that what is looked through again is no more than the part."""
        more = b"".join(islice(self._rest, 1 + len(self._data) // STRETCH))
        self._data += more
        return bool(more)

    def _style(self, element: bytes) -> Style:
        found = Style()
        if not any(one in element for one in TOLD):
            if match := BASED.search(element):
                found.based = match[1].decode("utf-8", "replace")
            return found

        def hides(attributes: Attributes) -> None:
            # Not the mark at the end of a paragraph, nor what a style says of a part of a table.
            if reader.path[-3:-1] == ["style", "rPr"]:
                found.hidden = on(attributes)

        def based(attributes: Attributes) -> None:
            found.based = attributes.get("val", "")

        def numbered(attributes: Attributes) -> None:
            found.number = attributes.get("val", "")

        def levelled(attributes: Attributes) -> None:
            found.level = whole(attributes.get("val"))

        starts = {"basedOn": based, "vanish": hides, "numId": numbered, "ilvl": levelled}
        reader = Reader(starts, {})
        read(element, reader)
        return found

    def chain(self, id: str) -> Iterator[Style]:
        """A style and those that it is based on."""
        seen = set()
        while id and id not in seen and (style := self.style(id)) is not None:
            seen.add(id)
            yield style
            id = style.based

    def hidden(self, run: str, paragraph: str) -> bool:
        """Whether text is hidden by the style of its run, or else by that of its paragraph."""
        if not (run or paragraph):
            return False
        ids = (run, paragraph)
        if ids not in self._told:
            told = [one.hidden for id in ids for one in self.chain(id)]
            self._told[ids] = next((one for one in told if one is not None), False)
        return self._told[ids]

    def numbered(self, id: str) -> tuple[str, int] | None:
        """The list and the level of paragraphs in a style."""
        if id not in self._lists:
            found = (one for one in self.chain(id) if one.number is not None)
            self._lists[id] = next(((one.number or "", one.level) for one in found), None)
        return self._lists[id]
