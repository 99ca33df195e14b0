"""``jxmb schema``: the JSON Schema of what leaves the program."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .interface.group import Argument, Command, lang_option
from .interface.words import Words

PACKAGE = Path(__file__).parent.parent
RECORDS = "export/records.schema.json"
FINDINGS = "report/findings.schema.json"
PROMISE = (  # what each schema says of itself
    "同一版本内只增加键，已有的键不改名、不改含义 · within a version keys are only added, never renamed or changed in meaning."
)
SCHEMAS = {  # the file, and the definition in it that is meant; the whole where there is none
    "records": (RECORDS, ""),
    "document": (RECORDS, "document"),
    "jsonl": (RECORDS, "line"),
    "findings": (FINDINGS, ""),
    "findings-jsonl": (FINDINGS, "line"),
    "rules": ("cli/rules.schema.json", ""),
    "baseline": ("findings/baseline.schema.json", ""),
    "settings": ("lint/settings/settings.schema.json", ""),
}


@click.command(
    "schema",
    cls=Command,
    words=Words(
        "输出 JSON Schema：convert 的结果（records）、写到文件夹的每个文件（document）、--to jsonl 的每一行（jsonl），"
        "check --format json 的结果（findings）、--format jsonl 的每一行（findings-jsonl），rules --format json 的结果"
        "（rules），基线文件（baseline），设置文件（settings）。同一版本内只增加键。",
        "Print a JSON Schema: of convert (records), of each file in a folder (document), of a line of --to jsonl "
        "(jsonl), of check --format json (findings), of a line of --format jsonl (findings-jsonl), of rules --format "
        "json (rules), of a baseline file (baseline), of a settings file (settings). Within a version keys are only added.",
    ),
)
@click.argument("shape", type=click.Choice(list(SCHEMAS)), metavar="NAME", cls=Argument)
@lang_option
def schema(shape: str) -> None:
    """Print the schema as it stands in the package, or a part of it with all that it refers to."""
    name, part = SCHEMAS[shape]
    text = (PACKAGE / name).read_text(encoding="utf-8")
    if part:
        whole = json.loads(text)
        head = {
            "title": f"jxmb {shape}, version 1",
            "description": f"{whole['$defs'][part]['description']}. {PROMISE}",
        }
        own = {"$ref": f"#/$defs/{part}", "required": ["version"], "$defs": whole["$defs"]}
        text = (
            json.dumps({"$schema": whole["$schema"], **head, **own}, ensure_ascii=False, indent=2)
            + "\n"
        )
    click.echo(text, nl=False)
