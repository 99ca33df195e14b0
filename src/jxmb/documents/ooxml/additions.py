"""What is added to the XML parts of a package: elements at the end of a part, parts that others point at."""

from __future__ import annotations

from posixpath import basename, dirname, join
from typing import NamedTuple

from ... import deferred
from .package import TYPES, Package

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = deferred.re(r"<(?:([\w.-]+):)?[\w.-]+(?=[\s>/])")  # the first element: its prefix
CLOSED = deferred.re(r"\s*/>\s*\Z")  # a root without content


class Root(NamedTuple):
    """The first element of a part: the prefix of its names with a colon, and their namespace."""

    prefix: str
    space: str

    @property
    def relations(self) -> str:
        """Where the types of relations begin, and their namespace."""
        return STRICT if "purl.oclc.org" in self.space else TRANSITIONAL


def root(text: str) -> Root:
    """The root of a part."""
    match = ROOT.search(text)
    name = match[1] if match else None
    start = text.find(f'xmlns:{name}="' if name else 'xmlns="')
    space = text[start:].split('"', 2)[1] if start >= 0 else ""
    return Root(f"{name}:" if name else "", space)


def within(text: str, inner: str) -> str:
    """A part with more elements at the end of its root."""
    if closed := CLOSED.search(text):
        match = ROOT.search(text)
        name = match[0][1:] if match else ""
        return f"{text[: closed.start()]}>{inner}</{name}>"
    at = text.rindex("</")
    return f"{text[:at]}{inner}{text[at:]}"


class Parts:
    """Parts of a package with what is added to them, as texts by name. Raises `UnicodeDecodeError`."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, str] = {}

    def text(self, name: str) -> str:
        """A part as it is by now; nothing where there is none."""
        if name in self.changed:
            return self.changed[name]
        return self.package.part(name).decode("utf-8-sig")

    def free(self, pattern: str) -> str:
        """The first name of a pattern (`xl/comments{}.xml`) that no part has."""
        number = 1
        while (name := pattern.format(number)) in self.package.names or name in self.changed:
            number += 1
        return name

    def relate(self, owner: str, type: str, part: str, space: str) -> str:
        """Lets a part point at another, as what a type says; gives the id of that."""
        name = join(dirname(owner), "_rels", f"{basename(owner)}.rels")
        text = self.text(name) or f'{DECLARATION}<Relationships xmlns="{RELATIONS}"/>'
        id = f"jxmb{type.title()}"
        prefix = root(text).prefix
        new = f'<{prefix}Relationship Id="{id}" Type="{space}/{type}" Target="/{part}"/>'
        self.changed[name] = within(text, new)
        return id

    def declare(self, part: str, type: str) -> None:
        """Says the content type of a part."""
        text = self.text(TYPES)
        new = f'<{root(text).prefix}Override PartName="/{part}" ContentType="{type}"/>'
        self.changed[TYPES] = within(text, new)

    def bytes(self) -> dict[str, bytes]:
        """The parts that changed."""
        return {name: text.encode() for name, text in self.changed.items()}
