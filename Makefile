# `make report` and `make test` need only Debian's python3, python3-venv, python3-dev, make and gcc.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q
C_SOURCES := $(wildcard csrc/*/*.c csrc/*/*.h)
WORKERS ?= auto

.PHONY: report build test check test-kernels test-python lint sanitize bench coverage fuzz format clean help

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

lint: $(VENV)/.test  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.test  ## time the core against other tools and write benchmarks/results.md
	cd benchmarks && ../$(BIN)/python run.py $(QUESTIONS)

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.base: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt pip setuptools numpy
	@touch $@

$(VENV)/.package: $(VENV)/.base pyproject.toml setup.py $(C_SOURCES)
	$(PIP) install -c constraints.txt --no-build-isolation -e ".[all]"
	@touch $@

$(VENV)/.test: $(VENV)/.package
	$(PIP) install -c constraints.txt --group test --group lint
	@touch $@

clean:
	rm -rf $(VENV) build dist python/*.egg-info python/dueregard/*.so report.html
