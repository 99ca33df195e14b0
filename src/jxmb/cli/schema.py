"""``jxmb schema``: the JSON Schema of what leaves the program."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .group import Argument, Command, lang_option
from .words import Words

PACKAGE = Path(__file__).parent.parent
RECORDS = "export/records.schema.json"
SCHEMAS = {  # the file, and the definition in it that is meant; the whole where there is none
    "records": (RECORDS, ""),
    "document": (RECORDS, "document"),
    "jsonl": (RECORDS, "line"),
    "findings": ("report/findings.schema.json", ""),
    "baseline": ("findings/baseline.schema.json", ""),
    "settings": ("lint/settings.schema.json", ""),
}


@click.command(
    "schema",
    cls=Command,
    words=Words(
        "输出 JSON Schema：convert 的结果（records）、写到文件夹的每个文件（document）、--to jsonl 的每一行（jsonl），"
        "check --format json 的结果（findings），基线文件（baseline），设置文件（settings）。",
        "Print a JSON Schema: of convert (records), of each file in a folder (document), of a line of --to jsonl "
        "(jsonl), of check --format json (findings), of a baseline file (baseline), of a settings file (settings).",
    ),
)
@click.argument("shape", type=click.Choice(list(SCHEMAS)), cls=Argument)
@lang_option
def schema(shape: str) -> None:
    """Print the schema as it stands in the package, or a part of it with all that it refers to."""
    name, part = SCHEMAS[shape]
    text = (PACKAGE / name).read_text(encoding="utf-8")
    if part:
        whole = json.loads(text)
        head = {
            "title": f"jxmb {shape}, version 1",
            "description": whole["$defs"][part]["description"],
        }
        own = {"$ref": f"#/$defs/{part}", "required": ["version"], "$defs": whole["$defs"]}
        text = (
            json.dumps({"$schema": whole["$schema"], **head, **own}, ensure_ascii=False, indent=2)
            + "\n"
        )
    click.echo(text, nl=False)
