"""Importing the library changes nothing, starts nothing, and loads NumPy alone."""

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dueregard

HEAVY = ["scipy", "narwhals", "nanoarrow", "typer", "rich", "polars", "pandas", "pyarrow", "matplotlib", "great_tables"]

REPORT = f"""
import os, sys, threading
environment = dict(os.environ)
import numpy
before = set(sys.modules)
import dueregard
assert not [name for name in {HEAVY} if name in sys.modules], sorted(sys.modules)
assert threading.active_count() == 1
assert dict(os.environ) == environment
"""


def test_only_numpy_is_loaded_at_import() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", REPORT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_public_name_exists_and_is_documented() -> None:
    for name in dueregard.__all__:
        value = getattr(dueregard, name)
        assert value is not None
        if callable(value):
            assert value.__doc__, name
    assert set(dueregard.__all__) <= set(dir(dueregard))


def test_type_checkers_are_told_the_same_names() -> None:
    source = Path(dueregard.__file__).read_text()
    imported = set(re.findall(r"\b(\w+) as \1\b", source))
    assert imported == set(dueregard.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'gaps_of'"):
        _ = dueregard.gaps_of


def test_no_module_is_named_like_a_public_function() -> None:
    """`dr.tally` must stay callable however modules are imported."""
    modules = {module.name for module in pkgutil.iter_modules(dueregard.__path__)}
    functions = {name for name in dueregard.__all__ if callable(getattr(dueregard, name))}
    assert not modules & functions
