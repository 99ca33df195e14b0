"""The shape of the code: one direction of imports, small modules, light start-up."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "jxmb"
MODULE_LINES = 400
FUNCTION_LINES = 40

# What each module or package may import of ours, bottom up: a row may only name rows above it, so that there
# is one direction and no circle. Within a package its modules may import each other; families of rules may
# not. `rules.family` stands for every module of rules but base.
LAYERS = {
    "source": "",
    "visible": "",
    "values": "",
    "labels": "values",
    "jumbled": "labels",
    "repairs": "source",
    "findings": "source",
    "tables": "source labels",
    "roles": "tables labels values source",
    "levels": "tables labels source",
    "header": "tables jumbled labels values source",
    "forms": "tables jumbled labels values source",
    "policies": "labels",
    "model": "values repairs source",
    "readings": "model repairs source tables values",
    "indicators": "model readings repairs roles levels labels values source tables",
    "blocks": "indicators model readings repairs roles levels labels source tables",
    "funding": "model readings repairs header labels values source tables",
    "document": "model source",
    "apart.pieces": "tables forms labels values source",
    "apart.words": "apart.pieces tables labels values",
    "apart.seams": "apart.pieces apart.words roles tables",
    "apart.cleaned": "apart.pieces apart.words tables labels values source",
    "apart.pairs": "apart.pieces apart.words header tables labels values source",
    "apart.table": "apart.pieces apart.words apart.seams apart.pairs forms roles levels tables labels values",
    "apart.sliced": "apart.pieces apart.words apart.seams apart.cleaned apart.pairs apart.table header forms roles tables "
    "labels values",
    "apart.torn": "apart.pieces apart.words apart.seams apart.table repairs roles levels tables labels values",
    "apart.fused": "apart.pieces apart.words apart.seams apart.pairs apart.table apart.torn header forms roles "
    "levels tables labels values",
    "apart": "apart.pieces apart.words apart.cleaned apart.pairs apart.table apart.sliced apart.torn apart.fused "
    "tables labels levels roles forms header repairs values source",
    "spills": "tables forms labels values source",
    "wraps": "tables forms labels values source",
    "thin": "repairs tables",
    "scattered": "forms labels repairs roles tables",
    "phantom": "apart.words roles tables labels values source",
    "echoes": "forms labels source tables values",
    "page": "apart phantom wraps thin scattered spills forms header blocks labels repairs roles source tables values",
    "reader": "page document echoes forms funding header blocks labels model policies readings repairs "
    "roles source tables values",
    "facts": "model values findings",
    "rules.base": "findings policies facts model source",
    "rules.family": "rules.base facts findings labels model policies repairs source values",
    "rules": "rules.base rules.family",
    "stamp": "findings rules.base source values",
    "engine": "stamp rules rules.base rules.family facts reader policies document model repairs "
    "findings source values",
    "fixes": "findings source",
    "baseline": "findings",
    "config": "rules.base findings values",
    "runs": "engine config baseline rules facts findings source values",
    "report": "findings visible",
    "export": "document model values source visible",
    "api": "runs config engine fixes reader rules document findings source export",
    "cli": "api baseline config engine export fixes reader report rules runs findings model source "
    "visible",
    "__main__": "cli",
    "": "api document findings model",
}
THIRD = {
    "click": {"cli"},
    "pydantic": {"model", "config"},
    "rich": {"report", "cli"},
    "regex": {
        *("scattered", "spills", "thin", "wraps"),
        *("values", "labels", "roles", "levels", "header", "forms", "readings", "indicators"),
        *("funding", "apart", "reader", "rules.family"),
    },
}
FAMILY = "rules.family"


def modules() -> Iterator[tuple[str, Path]]:
    """Every module by its dotted name below jxmb."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


MODULES = dict(modules())


def unit(module: str) -> str:
    """The row of LAYERS that a module belongs to."""
    if module in LAYERS:
        return module
    package = module.rpartition(".")[0]
    return FAMILY if package == "rules" else unit(package) if package else module


def imported(module: str, path: Path) -> Iterator[tuple[str, str]]:
    """What a module imports: ("ours", dotted name) or ("third", package)."""
    package = ["jxmb", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{stem}.{alias.name}" for alias in node.names]
        for name in names:
            top, _, below = name.partition(".")
            if top == "jxmb":
                yield "ours", nearest(below)
            elif top not in sys.stdlib_module_names:
                yield "third", top


def nearest(name: str) -> str:
    """The module that a dotted name leads to: the name itself, or where it is defined."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module):
    allowed = {unit(module), *LAYERS[unit(module)].split()}
    if unit(module) == FAMILY:
        allowed.discard(FAMILY)
    for kind, name in imported(module, MODULES[module]):
        if kind == "third":
            assert {unit(module), unit(module).partition(".")[0]} & THIRD[name], (
                f"{module} imports {name}"
            )
        elif name and name != module:
            assert unit(name) in allowed, f"{module} imports {name}"


def test_the_table_has_one_direction_and_every_module():
    rows = list(LAYERS)
    for at, (row, below) in enumerate(LAYERS.items()):
        assert set(below.split()) <= set(rows[:at]), row
    assert {unit(module) for module in MODULES} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_are_small(module):
    text = MODULES[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < FUNCTION_LINES, f"{module}: {node.name}"


FORM = ROOT.parent.parent / "samples" / "forms-2022.txt"
HEAVY = {"pydantic", "rich", "regex"}
LIGHT = [
    (["--help"], HEAVY),
    (["--version"], HEAVY),
    (["check", "--help"], HEAVY),
    (["convert", "--help"], HEAVY),
    (["schema", "records"], HEAVY),
    (["chek"], HEAVY),
    (["check", str(FORM), "--format", "json"], {"rich"}),
    (["check", str(FORM), "--format", "concise"], {"rich"}),
    (["convert", str(FORM)], {"rich", "jxmb.rules", "jxmb.engine"}),
    (["rules"], {"rich"}),
]
WATCH = """
import sys
from jxmb.__main__ import main
try:
    main()
except SystemExit:
    pass
print("\\n".join(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("args", "absent"), LIGHT, ids=[" ".join(args[:1] + args[2:]) for args, _ in LIGHT]
)
def test_start_up_is_light(args, absent):
    done = subprocess.run([sys.executable, "-c", WATCH, *args], capture_output=True, text=True)
    loaded = set(done.stderr.splitlines())
    assert "jxmb.cli" in loaded
    assert not loaded & absent


def test_importing_the_library_is_light():
    code = "import sys, jxmb; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert not set(done.stdout.splitlines()) & {*HEAVY, "click", "jxmb.api"}
