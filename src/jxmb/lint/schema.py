"""The JSON Schema of a settings file, for editors: made of what reads the file, so that both accept the same."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .. import policies
from ..rules.base import Limits
from .settings import Accept, Settings, kebab
from .validation import WANTED, Table

TITLE = "jxmb settings"
ABOUT = "jxmb.toml，或 pyproject.toml 的 [tool.jxmb] · jxmb.toml, or [tool.jxmb] of pyproject.toml"
SECTIONS = {"Thresholds": Limits(), "Accepted": Accept("", "", "")}
NONE: tuple[object, ...] = (None, "", (), {})  # defaults that say nothing


def build() -> dict[str, Any]:
    """The schema, with what each key wants in both languages and its default."""
    made = Table.model_json_schema()
    sections = {name: _section(made["$defs"][name], held) for name, held in SECTIONS.items()}
    whole = _section(made, Settings())
    whole["properties"]["words"]["propertyNames"] = {"enum": list(policies.meanings())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "description": ABOUT,
        **whole,
        "$defs": sections,
    }


def _section(shape: Mapping[str, Any], held: object) -> dict[str, Any]:
    """A table: its keys, described, each with the value that `held` gives it."""
    keys = {
        key: _key(key, one, getattr(held, key.replace("-", "_")))
        for key, one in shape["properties"].items()
    }
    needed = {"required": shape["required"]} if "required" in shape else {}
    return {"type": "object", "additionalProperties": False, **needed, "properties": keys}


def _key(key: str, shape: Mapping[str, Any], default: object) -> dict[str, Any]:
    """A key of a table. TOML has no null."""
    kept = {name: part for name, part in shape.items() if name not in ("title", "default", "anyOf")}
    for one in shape.get("anyOf", ()):
        kept |= one if one != {"type": "null"} else {}
    value = [] if isinstance(default, Limits) or default in NONE else [_plain(default)]
    said = WANTED[kebab(key)]
    return {
        "description": f"{said.zh} · {said.en}",
        **({"default": value[0]} if value else {}),
        **kept,
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
