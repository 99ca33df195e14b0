"""JSON text with numbers exactly as they were read: a Decimal is a JSON number, never a float."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring

from ..visible import escaped

STEP = "  "


def number(value: Decimal) -> str:
    """The shortest writing of exactly this value: ``5``, ``1.1``, ``1154.68``."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def compact(value: object) -> str:
    """`value` on one line."""
    return escaped(_encode(value, None))


def pretty(value: object) -> str:
    """`value` over many lines, indented."""
    return escaped(_encode(value, "\n"))


def _encode(value: object, margin: str | None) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return number(value)
    inner = None if margin is None else margin + STEP
    if isinstance(value, Mapping):
        pairs = [f"{_encode(key, None)}: {_encode(item, inner)}" for key, item in value.items()]
        return _join("{", pairs, "}", margin)
    if isinstance(value, list | tuple):
        return _join("[", [_encode(item, inner) for item in value], "]", margin)
    return str(value)


def _join(left: str, items: list[str], right: str, margin: str | None) -> str:
    if margin is None or not items:
        return f"{left}{', '.join(items)}{right}"
    gap = margin + STEP
    return f"{left}{gap}{f',{gap}'.join(items)}{margin}{right}"
