# `make report` and `make test` need Debian's python3, python3-venv, make and gcc, and Python's headers (python3-dev),
# which are installed when make runs as root.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q
C_SOURCES := $(wildcard csrc/*/*.c csrc/*/*.h csrc/*/*/*.c csrc/*/*/*.h)
WORKERS ?= auto
ROUNDS ?= 3

.PHONY: report build test test-kernels test-python thorough fuzz lint sanitize bench coverage format clean help
SHELL := /bin/bash

help:  ## say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/'

report: build  ## set everything up and write the equality report from the example data
	$(BIN)/dueregard report --out report.html

build: $(VENV)/.package  ## the package, its extras and the compiled core, in .venv

test: lint test-kernels test-python  ## set everything up and run every check and test

test-kernels: $(VENV)/.test  ## the C kernels under the address and undefined-behaviour sanitizers
	$(MAKE) -C tests/kernels

test-python: $(VENV)/.test  ## the Python tests
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

thorough: $(VENV)/.test  ## the tests of every table that take too long for every day; writes tests/thorough.txt
	@set -o pipefail; $(BIN)/python -m pytest -n $(WORKERS) -q -rA -m thorough tests/inference | \
		grep -E '^(PASSED|FAILED|ERROR)|passed|failed' | sed 's/ in [0-9.]*s.*//' | sort | tee tests/thorough.txt

fuzz: $(VENV)/.test  ## the property tests with cases that differ in every run, ROUNDS times
	for round in $$(seq $(ROUNDS)); do \
		DUEREGARD_FUZZ=1 $(BIN)/python -m pytest -n $(WORKERS) -q $$(grep -rl "from hypothesis" tests --include='test_*.py') || exit 1; \
	done

lint: $(VENV)/.test  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/stubtest --concise dueregard._core

bench: $(VENV)/.test  ## time the core against other tools and write benchmarks/results.md
	cd benchmarks && ../$(BIN)/python run.py $(QUESTIONS)

coverage: $(VENV)/.test  ## enumerate, and draw, how often the intervals hold the true value; writes docs/coverage.md
	cd coverage && ../$(BIN)/python run.py

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The core is compiled against Python's own headers, which Debian keeps in a package of their own.
HEADERS := $(PYTHON) -c "import os, sysconfig as s; raise SystemExit(not os.path.exists(s.get_path('include') + '/Python.h'))"

$(VENV)/.base: constraints.txt
	@$(HEADERS) || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-dev; } || \
		{ echo "Python.h is missing: install python3-dev, then run make again" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt pip setuptools numpy
	@touch $@

$(VENV)/.package: $(VENV)/.base pyproject.toml setup.py $(C_SOURCES)
	$(PIP) install -c constraints.txt --no-build-isolation -e ".[all]"
	@touch $@

$(VENV)/.test: $(VENV)/.package
	$(PIP) install -c constraints.txt --group test --group lint
	@touch $@

# A copy of the package, so that the release build stays in place. Leaks are looked for in tests/core/test_memory.py: at
# exit the interpreter itself holds memory that the leak sanitizer would report.
SANITIZED := build/sanitized
sanitize: $(VENV)/.test  ## the tests of the core, with the extension under the same sanitizers
	rm -rf $(SANITIZED) && mkdir -p $(SANITIZED)
	cp -r python csrc setup.py pyproject.toml README.md LICENSE $(SANITIZED)
	rm -f $(SANITIZED)/python/dueregard/*.so
	cd $(SANITIZED) && DUEREGARD_SANITIZE=1 $(CURDIR)/$(BIN)/python setup.py -q build_ext --inplace
	PYTHONPATH=$(SANITIZED)/python PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1 \
	LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libubsan.so)" \
	$(BIN)/python -m pytest -p no:cacheprovider -m "not slow" --deselect tests/core/test_memory.py \
	--deselect tests/core/test_stopping.py::test_ctrl_c_stops_a_call_at_once tests/core

clean:
	rm -rf $(VENV) build dist python/*.egg-info python/dueregard/*.so report.html
