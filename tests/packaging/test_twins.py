"""Every compiled function has a plain-Python twin of its name, and a test that compares the two."""

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest

from dueregard import _core, reference

ROOT = Path(__file__).parents[2]
ABOUT_THE_MACHINE = {"cpu_names"}  # says what there is, computes nothing
HOW_NOT_WHAT = {"interrupt", "cpu"}  # parameters that a twin has no use for
COMPILED = sorted(name for name in dir(_core) if not name.startswith("_") and name not in ABOUT_THE_MACHINE)
MODULES = [import_module(f"dueregard.reference.{module.name}") for module in pkgutil.iter_modules(reference.__path__)]


def twins_of(name):
    """Functions of that name which a module of the twins defines itself."""
    found = [getattr(module, name, None) for module in MODULES]
    return [
        twin for twin, module in zip(found, MODULES, strict=True) if getattr(twin, "__module__", "") == module.__name__
    ]


def parameters(function):
    return list(inspect.signature(function).parameters.values())


def test_there_are_compiled_functions_and_twins():
    assert len(COMPILED) > 8
    assert len(MODULES) > 4


@pytest.mark.parametrize("name", COMPILED)
def test_it_has_one_twin_that_can_stand_in_for_it(name):
    """The same parameters, with the same defaults, in the same order."""
    (twin,) = twins_of(name)
    asked = [p for p in parameters(getattr(_core, name)) if p.name not in HOW_NOT_WHAT]
    assert [p.name for p in parameters(twin)] == [p.name for p in asked]
    assert [p.default for p in parameters(twin)] == [p.default for p in asked]


@pytest.mark.parametrize("name", COMPILED)
def test_it_is_compared_with_its_twin(name):
    """Some test of the core names the function and the module of its twin."""
    (twin,) = twins_of(name)
    module = twin.__module__.rpartition(".")[2]
    texts = [path.read_text() for path in (ROOT / "tests" / "core").glob("test_*.py")]
    assert any(re.search(rf"\b{name}\b", text) and re.search(rf"\b{module}\b", text) for text in texts)
