# Everything a newcomer needs is `make serve MEDIA=~/Media` and `make test`; `make help` lists the rest.
#
# A target that makes something leaves a file behind (a stamp), so a second run costs nothing.

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup page serve demo test test-long check house bench format docs wheel clean

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
READY := .venv/.ready
READY_TO_TEST := .venv/.ready-to-test
PAGE := src/medley/protocols/page/dist/index.html
PAGE_LIBRARIES := web/node_modules/.package-lock.json
PAGE_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/tests/*' -not -path 'web/dev/*' 2>/dev/null)

# Handed to the recipes by the environment, so that a path may hold spaces and quotes.
export MEDIA HOST PORT DATA FOLDER
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) $(PAGE) ## serve MEDIA=~/Media (a demo without it); HOST=, PORT=, DATA= where wanted
	@set -- $${MEDIA:+"$$MEDIA"} $${HOST:+--host "$$HOST"} $${PORT:+--port "$$PORT"} $${DATA:+--data "$$DATA"}; \
	[ -n "$$MEDIA" ] || set -- --demo "$$@"; \
	exec $(BIN)/medley serve "$$@"

setup: $(READY) ## make .venv from the lock

page: $(PAGE) ## build the page

demo: $(READY) ## make the demo library in FOLDER=build/demo
	@$(BIN)/medley demo "$${FOLDER:-build/demo}"

test: $(READY_TO_TEST) $(PAGE) ## the tests; ONLY=tests/core for some
	$(PYTEST) -n logical --maxprocesses 8 --dist worksteal -m "not long" $(ONLY)

test-long: $(READY_TO_TEST) $(PAGE) ## the proofs that take minutes
	$(PYTEST) -n logical --maxprocesses 4 --dist worksteal -m long $(ONLY)

check: $(READY_TO_TEST) $(PAGE_LIBRARIES) ## style, types, contracts, house rules, the page's own checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q -m "not long" tests/house
	cd web && npm run --silent check

house: $(READY_TO_TEST) ## only the contracts and the house rules
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q -m "not long" tests/house

bench: $(READY_TO_TEST) ## the figures of docs/performance.md; ONLY=name for one, JSON=1 for machines
	@$(BIN)/python -m bench $(ONLY) $(if $(JSON),--json)

format: $(READY_TO_TEST) $(PAGE_LIBRARIES) ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd web && npm run --silent format

docs: $(READY_TO_TEST) ## write docs/settings.md and docs/commands.md anew
	@$(BIN)/python -m tests.house.documents

wheel: $(READY) $(PAGE) ## build dist/*.whl with the page inside
	$(BIN)/pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir dist .

clean: ## remove everything that make made; your data stays
	rm -rf .venv build dist web/node_modules web/.svelte-kit $(dir $(PAGE))
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Medley needs Python 3.11 or newer: install it, or name one with `make PYTHON=python3.12`.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make environments: on Debian and Ubuntu `apt install python3-venv` adds that.'; exit 1; }
	@$(PYTHON) -m venv .venv

$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing the libraries into .venv, once …'
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_TO_TEST): requirements-dev.lock $(READY)
	@echo 'Installing what the tests need …'
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

$(PAGE_LIBRARIES): web/package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || { \
	  echo 'The page is built with Node 20 or newer: install it, and run this again.'; exit 1; }
	@echo "Installing the page's libraries …"
	@cd web && npm ci --silent --no-audit --no-fund
	@touch $@

$(PAGE): $(PAGE_LIBRARIES) $(PAGE_SOURCES)
	@echo 'Building the page …'
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@
