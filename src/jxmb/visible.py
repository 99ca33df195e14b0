"""Text made harmless for each kind of output: whatever is written passes one of these functions.

What a file, a name or a setting holds may be hostile: terminal escapes, marks that turn the reading direction round,
line breaks, commands that the log of a CI service obeys, formulas. It is shown as visible signs, never obeyed.

- a value in a line: `visible`; a whole line or more, on its way to a terminal or log: `harmless`, and `Harmless` for
  all that is written to a stream;
- a string of JSON: `escaped`; a cell of CSV: `cell`; XML and HTML: `markup`.
"""

from __future__ import annotations

import re
from codecs import register_error
from typing import IO, Any

from . import deferred

# Controls (C0, DEL, C1), direction marks, line separators, zero-width characters and lone surrogates.
UNSAFE = deferred.re(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# What Azure Pipelines, GitHub (of old) and TeamCity obey wherever it stands in a line.
COMMAND = deferred.re(r"#(?=#(?:vso|teamcity)?\[)", re.IGNORECASE)
# Controls but for line ends, feeds and tabs, of which texts are made; what has no width may be part of a word.
CONTROL = deferred.re(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# What must not come to a stream: the workflow commands, `::` at the beginning of a line among them, and controls but for
# the colours, erased lines and links to pages of rules of our own.
HARMFUL = deferred.re(
    r"(?P<command>(?<![^\n\r])(?:[ \t\v\f\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]|\x1b\[[0-9;]*[mK])*:(?=:)"
    r"|#(?=#(?:vso|teamcity)?\[))"
    r"|(?P<end>\r(?=\n))|(?P<own>\x1b(?=\[[0-9;]*[mK])|\r(?=\x1b\[2K)"
    r"|\x1b\]8;(?:id=[0-9]+)?;(?:file://[A-Za-z0-9/._~%:-]*/jxmb/rules/pages/[a-z0-9-]+\.md)?\x1b\\)"
    rf"|{CONTROL.pattern}|\r",
    re.IGNORECASE,
)
# A part of a path; where its bytes are no UTF-8, it has surrogates.
PART = deferred.re("[ -.0-~\x80-\u07ff\udc80-\udcff]+")
SURROGATE = deferred.re("[\ud800-\udfff]")
ESCAPED = deferred.re(rf"{UNSAFE.pattern}|(?<=#)#(?=(?:vso|teamcity)?\[)", re.IGNORECASE)
# What a spreadsheet takes for the beginning of a formula, also in full width, and the apostrophe that keeps it from that.
FORMULA = deferred.re(r"['=+\-@\t\r\n＝＋－＠]")
NUMBER = deferred.re(r"[+-]?[0-9]+(?:\.[0-9]+)?")
UNMARKED = deferred.re(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # no place for it in XML
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

PICTURES = 0x2400  # the control pictures of Unicode stand in the order of the controls
DELETE = "\N{SYMBOL FOR DELETE}"
SIGN = deferred.re(f"[\u2400-\u241f{DELETE}]|<U\\+(?:10|[0-9A-F])?[0-9A-F]{{4}}>")
UNENCODED = "jxmb"  # what an encoding of the output has no character for
PLAIN = {"›": ">", "—": "-", "…": "...", "─": "-", "│": "|"}  # for such encodings


def sign(character: str) -> str:
    """A visible sign for a character that must not reach a terminal: ``␛``, or ``<U+202E>``."""
    code = ord(character)
    if code < 0x20:
        return chr(PICTURES + code)
    return DELETE if code == 0x7F else f"<U+{code:04X}>"


def visible(text: str) -> str:
    """`text` on one line, with every unsafe character shown as a sign, and the commands of logs broken."""
    if not text.isprintable():
        if SURROGATE.search(text):
            text = PART.sub(lambda match: _decoded(match[0]), text)
        text = UNSAFE.sub(lambda match: sign(match[0]), text)
    return COMMAND.sub("# ", text) if "##" in text else text


def meant(shown: str) -> tuple[str, ...]:
    """The names for which `visible` may have shown this, other than itself: with its signs read back, and in GBK."""
    name = SIGN.sub(lambda match: _character(match[0]), shown)
    try:
        encoded = name.encode("gbk").decode("utf-8", "surrogateescape")
    except UnicodeError:
        encoded = shown
    return tuple(one for one in (name, encoded) if one != shown)


def _character(shown: str) -> str:
    """What a sign stands for."""
    if shown == DELETE:
        return "\x7f"
    return chr(int(shown[3:-1], 16) if shown[0] == "<" else ord(shown) - PICTURES)


def _decoded(name: str) -> str:
    """A part of a path in GBK, if that is what its bytes are."""
    if not SURROGATE.search(name):
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("gbk")
    except UnicodeError:
        return name


def harmless(text: str, colors: bool = False) -> str:
    """Lines that neither a terminal nor the log of a CI service obeys: ``: :error``, ``# #vso[``.

    With `colors` their escapes stay, those that erase a line, and links to the pages of rules.
    """

    def shown(match: re.Match[str]) -> str:
        if match["command"]:
            return f"{match[0]} "
        if match["end"] or (colors and match["own"]):
            return match[0]
        return sign(match[0])

    sound = "::" not in text and "##" not in text and "\r" not in text
    sound = sound and (text.removesuffix("\n").isprintable() or not CONTROL.search(text))
    return text if sound else HARMFUL.sub(shown, text)


class Harmless:
    """A stream of text to which nothing harmful is written; colours are, to a terminal or where it is said."""

    def __init__(self, stream: IO[str], colors: bool | None = None) -> None:
        self.stream = stream
        self.colors = stream.isatty() if colors is None else colors

    def write(self, text: str | bytes) -> int:
        """Write what is harmless of a text; click writes some as bytes."""
        if isinstance(text, bytes):
            text = text.decode("utf-8", "backslashreplace")
        return self.stream.write(harmless(text, self.colors))

    def writelines(self, lines: Any) -> None:
        """Write many."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # what writes bytes goes to `stream` and says so
            raise AttributeError(name)
        return getattr(self.stream, name)


def escaped(json: str) -> str:
    """JSON text with every unsafe character as ``\\uXXXX``: the same data, harmless on a terminal and in a log.

    The line ends of its own layout stay.
    """
    return ESCAPED.sub(lambda match: match[0] if match[0] == "\n" else _escape(match[0]), json)


def _escape(text: str) -> str:
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _unencoded(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an encoding does not have: a plain one, or what JSON has for it."""
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end]
    return "".join(PLAIN.get(one) or _escape(one) for one in missing), error.end


register_error(UNENCODED, _unencoded)


def cell(text: str) -> str:
    """A cell of CSV, of one line or more: what a spreadsheet would run as a formula gets an apostrophe before it.

    So does an apostrophe: what reads the file gets the same text by taking the first one away.
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def markup(text: str) -> str:
    """A text between tags of XML or HTML, or between the double quotes of an attribute."""
    text = UNMARKED.sub(lambda match: sign(match[0]), text)
    for character, entity in ENTITIES.items():
        text = text.replace(character, entity)
    return text
