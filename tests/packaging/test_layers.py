"""The layers of the C code: kernels know nothing of Python, and the module exports one function."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dueregard import _core

ROOT = Path(__file__).parents[2]
KERNELS = sorted((ROOT / "csrc" / "kernels").rglob("*.c"))


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
