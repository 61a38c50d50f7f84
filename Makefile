# Every command of this repository. The first two are all that a fresh machine needs: `make demo`, `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

UV_VERSION := 0.13.9
UV := .tools/bin/uv
PYTHON := .venv/bin/python
# Not `pip sync`: parts that somebody added by `reelwright parts add` stay.
INSTALL := $(UV) pip install --quiet --require-hashes --no-deps --no-build
# Bytecode is wanted: without it every worker's start takes three times as long.
unexport PYTHONDONTWRITEBYTECODE
export UV_PYTHON_PREFERENCE := only-system
export UV_NO_PROGRESS := 1
LENGTH ?= 15
VARIANTS ?= 1

.PHONY: help setup setup-all demo test check format lock openapi template bench clean

help:  ## Show the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(UV):
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools uv==$(UV_VERSION)

.venv/bin/python: | $(UV)
	@$(UV) venv --quiet .venv

setup: .venv/.set-up  ## Install what the product and its samples need
setup-all: .venv/.set-up-all  ## Install everything, the tests' and the cloud's tools too

.venv/.set-up: pyproject.toml requirements/runtime.txt requirements/samples.txt | .venv/bin/python
	@if [ ! -e .venv/.set-up-all ]; then python3 -m local.download requirements/runtime.txt requirements/samples.txt; \
	  $(INSTALL) -r requirements/runtime.txt -r requirements/samples.txt; \
	  $(UV) pip install --quiet --no-deps --no-build-isolation --editable .; fi
	@touch $@

.venv/.set-up-all: pyproject.toml requirements/runtime.txt requirements/samples.txt requirements/dev.txt requirements/infra.txt | .venv/bin/python
	@python3 -m local.download requirements/runtime.txt requirements/samples.txt requirements/dev.txt requirements/infra.txt
	@$(INSTALL) -r requirements/runtime.txt -r requirements/samples.txt -r requirements/dev.txt -r requirements/infra.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.set-up

demo: setup  ## Make a reel from the sample photos and clips, through the local platform, into out/demo/
	@$(PYTHON) -m command_line.main demo --length $(LENGTH) --variants $(VARIANTS)

test: setup-all  ## Run the tests
	@$(PYTHON) -m pytest

check: setup-all  ## Format, lint, types, imports
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-cache

format: setup-all  ## Format the code
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
lock: $(UV)  ## Write requirements/*.txt anew from pyproject.toml
	@mkdir -p requirements
	@$(COMPILE) pyproject.toml -o requirements/runtime.txt
	@for group in samples dev infra; do $(COMPILE) --group $$group -c requirements/runtime.txt -o requirements/$$group.txt; done

openapi: setup  ## Write docs/openapi.json from the code
	@$(PYTHON) -m bench.openapi

template: setup-all  ## Synthesize the local platform's template from cdk/
	@$(PYTHON) -m local.synthesize

bench: setup-all  ## Measure speed, as ratios
	@$(PYTHON) -m bench

clean:  ## Remove what was built here (the local platform's data stays)
	@rm -rf .venv .tools out build cdk.out .pytest_cache .mypy_cache .ruff_cache
