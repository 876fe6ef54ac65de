# What can be done here. `make` lists it; the first `make run` or `make test` sets up .venv, later ones do not.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'

.PHONY: help run test golden screenshots measure lock clean
help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: .venv/run  ## settle the article's forecasts: tracker check, in this folder
	@$(BIN)/tracker check

test: .venv/test  ## what CI runs: ruff, mypy --strict and pytest
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto

golden: .venv/test  ## write the pages of tests/golden/ anew: then look at what changed
	$(BIN)/python tests/golden_pages.py
	@git --no-pager diff --stat -- tests/golden || true

screenshots: .venv/test  ## write the pictures of docs/images/ anew, with the Chromium that is installed
	$(BIN)/python tests/screenshots.py

measure: .venv/test  ## the figures of docs/performance.md on polling: PEERS=PYTHON has reader, NEWS= a year of news
	$(BIN)/python benchmarks/polling.py $(NEWS) $(if $(PEERS),--peers $(PEERS))
	$(if $(PEERS),$(PEERS),$(BIN)/python) benchmarks/clients.py
	$(BIN)/python benchmarks/parsing.py
	$(BIN)/python benchmarks/robustness.py

lock: .venv/test  ## write the two lock files anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra build --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra build --extra dev --constraints requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:  ## delete .venv and every cache
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ": make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
