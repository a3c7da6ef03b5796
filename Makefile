# Two commands on a fresh machine: `make run` and `make test`. The rest is for those who work on the handbook.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup setup-test run build check test lint relevance bench tour lock audit sbom clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(VENV)/.ready ## environment in .venv, locked by hash

$(VENV)/.ready: requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh environment "$(PYTHON)" "$(VENV)"

setup-test: setup
	@sh scripts/setup.sh browser
	@sh scripts/setup.sh form_server

run: build ## build the handbook and serve it on http://127.0.0.1:8000/
	$(BIN)/handbook serve --port $(PORT)

build: setup ## data/ to site/ and index/
	$(BIN)/handbook build

check: setup ## every problem in the data, with place and remedy
	$(BIN)/handbook check

lint: setup ## style, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: setup-test lint ## every test, a real browser included
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

relevance: build setup-test ## how often the right entry comes first, by class of query
	$(BIN)/python benchmarks/relevance.py --theme

bench: build setup-test ## tables of speed and size, added to benchmarks/RESULTS.md (not part of the tests)
	$(BIN)/python benchmarks/run_all.py

tour: setup-test build ## save every kind of page at 360 and 1280 px, both languages, light and dark, in tour/
	$(BIN)/pytest tests/browser/test_tour.py --site site --tour tour

lock: setup ## renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --generate-hashes --python-version 3.11.2 --no-header -o requirements.lock

audit: setup ## known weaknesses of what is locked; says so where they cannot be looked up
	$(BIN)/python scripts/audit.py

sbom: setup ## bill of materials (CycloneDX) from the lock and the parts of the site, in sbom.json
	$(BIN)/python scripts/sbom.py sbom.json

clean: ## remove what was built
	rm -rf site index build
