"""Importing the library changes nothing, starts nothing, and loads NumPy alone."""

import subprocess
import sys

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
    import dueregard

    for name in dueregard.__all__:
        assert getattr(dueregard, name) is not None
        if not name.startswith("__") and not name.isupper():
            assert getattr(dueregard, name).__doc__, name
    assert sorted(dueregard.__all__, key=str.casefold) == sorted(set(dueregard.__all__), key=str.casefold)


def test_no_module_is_named_like_a_public_function() -> None:
    """`dr.tally` must stay callable however modules are imported."""
    import pkgutil

    import dueregard

    modules = {module.name for module in pkgutil.iter_modules(dueregard.__path__)}
    functions = {name for name in dueregard.__all__ if callable(getattr(dueregard, name))}
    assert not modules & functions
