"""The shape of the code: one direction of imports, small modules, light start-up."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.forms.layouts import LAYOUTS
from tests.forms.records import some

ROOT = Path(__file__).parent.parent / "src" / "jxmb"
MODULE_LINES = 400
FUNCTION_LINES = 40

# The floors of the house, lowest first: a package may import what stands on a lower floor only.
FLOORS = (
    "deferred spool",
    "source values visible",
    "labels findings",
    "tables policies formats",
    "documents model",
    "forms meaning",
    "repair structure rules",
    "reader report export",
    "lint",
    "api cli",
)
# What each package imports of ours, bottom up: exactly this, and a row may only name rows above it. Within a row
# modules may import each other; families of rules may not.
LAYERS = {
    "deferred": "",
    "spool": "",
    "source": "deferred",
    "visible": "deferred",
    "values": "deferred",
    "labels": "deferred values",
    "findings": "deferred source visible values",
    "tables": "labels deferred source",
    "forms": "deferred source values labels tables",
    "policies": "",
    "model": "deferred source spool values tables",
    "structure": "deferred values labels tables forms",
    "structure.result": "deferred labels tables forms model",
    "structure.fragments": "deferred source values labels tables forms",
    "structure.side_labels": "deferred values labels structure.fragments",
    "structure.labelling": "deferred values labels structure.fragments structure.side_labels",
    "structure.noise": "deferred values labels tables model structure.fragments",
    "structure.continuation": "deferred source values tables structure.fragments",
    "structure.grid": "deferred source values labels tables forms structure structure.result structure.fragments",
    "structure.cells": "deferred source values labels tables forms structure.fragments",
    "structure.header": "deferred source values labels tables forms structure.result structure.fragments "
    "structure.labelling structure.continuation structure.cells",
    "structure.table": "deferred source values labels tables forms model structure.result structure.fragments "
    "structure.continuation structure.grid",
    "structure.rejects": "deferred values labels tables forms structure structure.result structure.fragments structure.continuation",
    "structure.columnwise": "deferred values labels forms model structure.result structure.fragments "
    "structure.cells structure.header",
    "structure.merged_rows": "deferred source values labels tables forms structure structure.result structure.fragments "
    "structure.labelling structure.cells structure.header structure.table structure.columnwise",
    "structure.visual_rows": "deferred values labels tables forms structure structure.fragments structure.labelling "
    "structure.noise structure.grid structure.table",
    "structure.recover": "deferred values tables forms model structure structure.result structure.fragments "
    "structure.labelling structure.noise structure.grid structure.header structure.table structure.rejects "
    "structure.columnwise structure.merged_rows structure.visual_rows",
    "repair": "deferred source labels tables forms model values",
    "reader": "deferred source values labels tables forms policies model structure structure.recover structure.grid repair",
    "meaning": "deferred values policies model",
    "rules": "deferred source spool values labels findings policies model meaning",
    "formats": "visible",
    "report": "deferred formats source spool visible findings rules",
    "export": "deferred formats source visible values findings model",
    "documents": "deferred source",
    "documents.ooxml": "deferred documents",
    "documents.word": "deferred source visible labels documents documents.ooxml",
    "documents.excel": "deferred source visible labels documents documents.ooxml",
    "documents.page": "deferred source labels values documents",
    "documents.scan": "deferred source documents documents.page",
    "documents.pdf": "deferred source documents documents.page documents.scan",
    "lint": "deferred source spool visible values findings policies model meaning reader rules report documents",
    "api": "source findings model reader rules export documents lint",
    "cli.interface": "deferred visible findings lint",
    "cli.inputs": "deferred source visible findings report documents cli.interface",
    "cli.output": "deferred visible findings report export documents lint cli.interface cli.inputs",
    "cli.options": "deferred source findings rules formats report documents lint cli.interface cli.inputs cli.output",
    "cli.checking": "deferred source spool visible findings rules report documents lint cli.interface cli.inputs cli.output cli.options",
    "cli.converting": "deferred source findings model reader rules export documents lint cli.interface cli.inputs cli.output",
    "cli": "visible findings rules export lint cli.interface cli.inputs cli.output cli.options cli.checking cli.converting",
    "__main__": "cli",
    "": "api",
}
THIRD = {
    "click": {"cli"},
    "pydantic": {"lint"},
    "doc2docx": {"documents.word"},
    "xlrd": {"documents.excel"},
    "xlsxwriter": {"formats"},
    "pyarrow": {"export"},
    "distributed": {"lint"},
    **{name: {"documents.scan"} for name in ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")},
    "rich": {"report", "cli"},
    **{name: {"report"} for name in ("jinja2", "markupsafe")},
    "pypdfium2": {"documents.pdf"},
    "regex": {
        *("deferred", "repair"),
        *("values", "labels", "forms", "model"),
        *("structure", "reader", "rules"),
    },
}


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
    return unit(package) if package else module


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


def ours(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    found = {name for kind, name in imported(module, MODULES[module]) if kind == "ours"}
    return {name for name in found if name and name != module}


@pytest.mark.parametrize("row", LAYERS)
def test_a_package_imports_what_its_row_says(row):
    modules = [module for module in MODULES if unit(module) == row]
    used = {unit(name) for module in modules for name in ours(module)}
    assert used - {row} == set(LAYERS[row].split())


@pytest.mark.parametrize(
    "module", [one for one in MODULES if one.count(".") and one.startswith("rules")]
)
def test_a_family_of_rules_imports_no_other(module):
    family = module.split(".")[1]
    assert {name.split(".")[1] for name in ours(module) if name.startswith("rules.")} <= {
        family,
        *("base", "families", "glance"),
    }


@pytest.mark.parametrize("module", MODULES)
def test_third_parties_stay_where_they_belong(module):
    for kind, name in imported(module, MODULES[module]):
        if kind == "third":
            assert {unit(module), unit(module).partition(".")[0]} & THIRD[name], name


def test_the_table_has_one_direction_and_every_module():
    rows = list(LAYERS)
    for at, (row, below) in enumerate(LAYERS.items()):
        assert set(below.split()) <= set(rows[:at]), row
    assert {unit(module) for module in MODULES} == set(LAYERS)


def test_packages_import_lower_floors_only():
    floors = {name: number for number, names in enumerate(FLOORS) for name in names.split()}
    for row, below in LAYERS.items():
        package = row.partition(".")[0]
        for other in {name.partition(".")[0] for name in below.split()} - {package}:
            assert floors.get(other, -1) < floors.get(package, len(floors)), (
                f"{row} imports {other}"
            )


@pytest.mark.parametrize("running", [False, True], ids=["by definition", "by __init__"])
def test_no_module_comes_round_to_itself(running):
    """Importing a module also runs the `__init__` of its packages."""
    graph = {}
    for module in MODULES:
        used = ours(module)
        if running:
            used |= {above for name in used for above in packages(name)} - packages(module)
        graph[module] = used - {module, ""}
    graphlib.TopologicalSorter(graph).prepare()


def packages(module: str) -> set[str]:
    """The packages that a module stands in."""
    parts = module.split(".")
    return {".".join(parts[:at]) for at in range(1, len(parts))}


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_are_small(module):
    text = MODULES[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < FUNCTION_LINES, f"{module}: {node.name}"


@pytest.mark.parametrize("module", [one for one in MODULES if not one.startswith("rules")])
def test_only_rules_know_the_codes_of_rules(module):
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    strings = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)}
    assert not [one for one in strings if re.fullmatch(r"JX\d{1,3}", str(one))]


@pytest.mark.parametrize("module", [one for one in MODULES if one != "deferred"])
def test_patterns_are_compiled_when_they_are_used(module):
    for node in run_at_import(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert ast.unparse(node.func) not in ("re.compile", "regex.compile"), node.lineno


@pytest.mark.parametrize("module", [one for one in MODULES if one != "deferred"])
def test_dataclasses_are_light(module):
    text = MODULES[module].read_text(encoding="utf-8")
    assert not re.search(r"^from dataclasses import .*\bdataclass\b", text, re.MULTILINE)


def run_at_import(node):
    """What runs when a module is imported: all but what stands in its functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from run_at_import(child)


NUMBERS = 10
# Where all numbers stand in frozen objects: the packages that judge what a text or a page is, and the modules of
# documents that do. `NAMED` knows things, each in its own module: there a number has a name at its head.
HELD = ("labels", "forms", "tables", "structure", "reader", "repair")
HELD += ("documents.page", "documents.pdf", "documents.scan")
# The numbers of bytes and of memory are judged by nobody.
MEMORY = {"documents.pdf.intact", "documents.scan.cache", "documents.scan.slots"}
NAMED = ("values", "model", "meaning", "policies", "findings", "rules")
# What is in neither, for its numbers are given from outside.
GIVEN = {
    "documents": "formats of files",
    "source": "encodings",
    **dict.fromkeys(("report", "export", "formats"), "formats, and widths of what is printed"),
    **dict.fromkeys(("cli", "lint", "api", "visible"), "terminals, processes and settings"),
    **dict.fromkeys(("", "__main__", "deferred"), "no numbers"),
    "spool": "memory",
}
# None, one, a pair, a half, parts of a hundred, 万, what a code is written in; then months and days.
NATURAL = {0, 1, 2, 0.5, 100, 10_000}
CALENDAR = {12, 31}


def is_frozen(node):
    """Whether a node is a frozen class."""
    return isinstance(node, ast.ClassDef) and any(
        "frozen" in ast.unparse(one) for one in node.decorator_list
    )


def loose(node):
    """The numbers outside the frozen objects of a module; how much a cache keeps is no matter."""
    for child in ast.iter_child_nodes(node):
        if is_frozen(child):
            methods = [one for one in child.body if isinstance(one, ast.FunctionDef)]
            yield from (number for one in methods for number in loose(one))
        elif isinstance(child, ast.Constant) and type(child.value) in (int, float):
            yield child
        elif not (isinstance(child, ast.Call) and ast.unparse(child.func) == "lru_cache"):
            yield from loose(child)


def tuned(module, nodes, natural=NATURAL):
    """The lines with numbers that mean something of their own; code points are written in hexadecimal."""
    lines = MODULES[module].read_text(encoding="utf-8").encode().splitlines()
    return [
        (lines[one.lineno - 1].decode(), one.value)
        for one in nodes
        if one.value not in natural
        and not lines[one.lineno - 1][one.col_offset :].startswith(b"0x")
    ]


def tree_of(module):
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def standing_in(packages):
    """The modules of these packages."""
    rows = tuple(f"{one}." for one in packages)
    return [one for one in MODULES if one in packages or one.startswith(rows)]


def held():
    return [one for one in standing_in(HELD) if one not in MEMORY]


@pytest.mark.parametrize("module", held())
def test_tuned_numbers_stand_in_one_object_of_their_stage(module):
    assert tuned(module, loose(tree_of(module))) == []


@pytest.mark.parametrize("module", standing_in(NAMED))
def test_a_number_that_is_known_has_a_name(module):
    tree = tree_of(module)
    named = (ast.Assign, ast.AnnAssign, ast.AugAssign)
    tree.body = [one for one in tree.body if not isinstance(one, named)]
    assert tuned(module, loose(tree), NATURAL | CALENDAR) == []


def test_every_module_says_where_its_numbers_are_from():
    given = {one for one in MODULES if one.partition(".")[0] in GIVEN}
    assert {*held(), *standing_in(NAMED), *given} == set(MODULES)


# The modules that hold more, and how many; they may only become fewer.
MORE = {
    "documents.page.measures": 44,
    "forms": 20,
    "forms.shapes": 12,
    "structure.columnwise.limits": 19,
    "structure.grid.limits": 22,
    "structure.header.prices": 39,
    "structure.labelling": 12,
    "structure.table.prices": 45,
    "structure.table.row_shapes": 12,
    "tables": 16,
}


def numbers_held(module):
    """How many numbers the frozen objects of a module hold; an object of numbers has a default for each."""
    found = 0
    for node in filter(is_frozen, tree_of(module).body):
        fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
        if fields and all(one.value for one in fields):
            found += sum(
                ast.unparse(one.annotation).count("int")
                + ast.unparse(one.annotation).count("float")
                for one in fields
            )
    return found


def test_a_module_holds_few_numbers():
    sizes = {module: numbers_held(module) for module in held()}
    assert {name: size for name, size in sizes.items() if size > NUMBERS} == MORE


FORM = ROOT.parent.parent / "samples" / "forms-2022.txt"
HEAVY = {"pydantic", "rich", "regex"}
POOL = {"concurrent.futures", "multiprocessing", "jxmb.lint.pool"}
STRUCTURE = {name for name in MODULES if name.startswith("structure.")}
READERS = {f"jxmb.{name}" for name in MODULES if name.startswith("documents.")}
READERS |= {"xml.parsers.expat", "pypdfium2", "xlrd", "doc2docx", "rapidocr"}
REPAIR = {name for name in MODULES if name.startswith("repair.")}
NETWORK = {"socket", "urllib.request"}  # nothing opens it, and its modules are slow to load
TRANSLATION = {"locale"}  # of what click says of itself, which nobody sees
WRITERS = {f"jxmb.documents.ooxml.{name}" for name in ("pieces", "repack", "additions")}
LIGHT = [
    (["--help"], {*HEAVY, *TRANSLATION}),
    (["--version"], {*HEAVY, *TRANSLATION}),
    (["check", "--help"], HEAVY),
    (["convert", "--help"], HEAVY),
    (["schema", "records"], HEAVY),
    (["chek"], HEAVY),
    (["check", str(FORM), "--format", "json"], {"rich", *READERS, *POOL}),
    (["check", str(FORM), "--format", "concise"], {"rich", *READERS, *POOL}),
    (["convert", str(FORM)], {"rich", "jxmb.rules", "jxmb.lint.engine", *READERS, *POOL}),
    (["rules"], {"rich"}),
    *(
        (["check", str(FORM.with_name(f"form-2024.{kind}"))], {*NETWORK, *WRITERS, *POOL})
        for kind in ("docx", "xlsx")
    ),
]
LANES = ("tabs", "comma", "html", "frame")
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


@pytest.mark.parametrize("dialect", LANES)
def test_a_form_that_kept_its_cells_loads_neither_recovery_nor_repairs(dialect, tmp_path):
    text = LAYOUTS[f"wide/{dialect}"](some(1)).text
    path = tmp_path / "form.txt"
    path.write_text(text, encoding="utf-8")
    args = ["check", str(path), "--format", "concise"]
    done = subprocess.run([sys.executable, "-c", WATCH, *args], capture_output=True, text=True)
    loaded = set(done.stderr.splitlines())
    assert "jxmb.reader.page" in loaded
    assert not loaded & {f"jxmb.{name}" for name in STRUCTURE | REPAIR}


def test_importing_the_library_is_light():
    code = "import sys, jxmb; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert not set(done.stdout.splitlines()) & {*HEAVY, "click", "jxmb.api"}
