"""The layers: kernels know nothing of Python, and a room of the package imports only from those below it."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dueregard import _core

ROOT = Path(__file__).parents[2]
KERNELS = sorted((ROOT / "csrc" / "kernels").rglob("*.c"))
PACKAGE = ROOT / "python" / "dueregard"

# fmt: off
LAYERS = (
    {
        "_core", "exact_sums", "flags", "frames", "hints", "kinds", "labels", "memory", "missing", "notices", "threads",
        "units", "version", "whole_files",
    },
    {"records", "data", "inference", "findings"},
    {"tallies", "reference"},
    {"counting"},
    {"designs"},
    {"measures", "assessment"},
    {"audits", "plans"},
    {"publish"},
    {"cli"},
    {"__main__", "dueregard"},
)
# fmt: on
"""The rooms of the package, folders and files, from the ground up. A room imports from those below it."""

WITHIN_THE_GROUND = LAYERS[0]
"""These are small and few, and may import each other."""

ONLY = {
    "inference": {"_core", "flags", "threads"},
    "reference": {"records"},
}
"""Rooms that know less than the floor they stand on would allow."""

INSIDE_FUNCTIONS = {("findings", "publish"), ("publish", "dueregard"), ("cli", "dueregard"), ("plans", "dueregard")}
"""Imports from above, inside functions alone: findings publish themselves; the rules of checks, the commands and the
measures of plans call measures by their public names."""


def run(*command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_only_one_header_includes_python_and_numpy():
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "csrc").rglob("*.[ch]"))
        if re.search(r"#\s*include\s*[<\"](Python\.h|numpy/)", path.read_text())
    ]
    assert found == ["csrc/binding/numpy_api.h"]


def test_kernels_include_only_kernels_loops_and_the_standard_library():
    for room in ("kernels", "cpu"):
        for path in sorted((ROOT / "csrc" / room).rglob("*.[ch]")):
            for name in re.findall(r'#\s*include\s*"([^"]+)"', path.read_text()):
                assert name.startswith(("kernels/", "cpu/")), f"{path.name} includes {name}"


@pytest.mark.parametrize("source", KERNELS, ids=lambda path: path.name)
def test_a_kernel_compiles_alone_and_refers_to_no_python(source, tmp_path):
    kernel = tmp_path / "kernel.o"
    run("gcc", "-std=c11", "-O1", "-fno-pie", f"-I{ROOT / 'csrc'}", "-c", str(source), "-o", str(kernel))
    undefined = re.findall(r"U (\S+)", run("nm", "-u", str(kernel)))
    assert not [name for name in undefined if name.startswith(("Py", "_Py", "PyArray", "printf", "malloc_"))]
    data = [line for line in run("nm", str(kernel)).splitlines() if re.search(r" [dDbBC] ", line)]
    assert data == [], "kernels hold no variables"


def test_only_the_init_function_is_exported():
    names = [line.split()[-1] for line in run("nm", "-D", "--defined-only", _core.__file__).splitlines()]
    assert [name for name in names if name not in {"_init", "_fini"}] == ["PyInit__core"]


def test_every_kernel_has_a_test_of_its_name():
    tested = {path.name for path in (ROOT / "tests" / "kernels").glob("test_*.c")}
    assert {f"test_{path.stem}.c" for path in KERNELS} <= tested


def test_every_method_is_in_the_stub_and_described():
    stub = (ROOT / "python" / "dueregard" / "_core.pyi").read_text()
    methods = [name for name in dir(_core) if not name.startswith("_")]
    assert methods
    for name in methods:
        assert re.search(rf"^def {name}\(", stub, re.M), f"{name} is not in _core.pyi"
        assert getattr(_core, name).__doc__


def imports(tree, *, inside_functions):
    """The full names that a file imports: all of them, or those at its top level alone."""
    inner = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    for node in ast.walk(tree):
        if (id(node) in inner) and not inside_functions:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole module"
            if node.module == "dueregard":
                yield from (f"dueregard.{alias.name}" for alias in node.names)
            else:
                yield node.module


def rooms_entered(path, *, inside_functions=True):
    """The rooms of the package that a file imports from, its own left out."""
    names = imports(ast.parse(path.read_text()), inside_functions=inside_functions)
    inner = [name.split(".") for name in names if name.split(".")[0] == "dueregard"]
    return {parts[min(1, len(parts) - 1)] for parts in inner} - {room_of(path)}


def room_of(path):
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "dueregard" if name == "__init__" else name


def floor_of(room):
    (floor,) = [i for i, rooms in enumerate(LAYERS) if room in rooms]
    return floor


def is_below(room, other):
    return floor_of(room) < floor_of(other) or {room, other} <= WITHIN_THE_GROUND


FILES = sorted(PACKAGE.rglob("*.py"))


def test_every_file_imports_only_from_rooms_below_its_own():
    pairs = {(room_of(path), other) for path in FILES for other in rooms_entered(path)}
    upwards = {(room, other) for room, other in pairs if not is_below(other, room)}
    assert upwards == INSIDE_FUNCTIONS
    assert {(room, other) for room, other in pairs if other not in ONLY.get(room, {other})} == set()


def test_imports_from_above_stand_inside_functions():
    pairs = {(room_of(path), other) for path in FILES for other in rooms_entered(path, inside_functions=False)}
    assert {(room, other) for room, other in pairs if not is_below(other, room)} == set()
