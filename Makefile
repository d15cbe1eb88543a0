# One command per chore; `make help` lists them. The same commands run in CI.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# Names, versions and hashes for every platform; no address of a registry.
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
Q ?= What refining capacity does Kazakhstan want by 2032?

.DEFAULT_GOAL := help
.PHONY: help chat test ask eval gate check lock encoder benchmarks screenshots clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

chat: $(READY) ## set everything up and open the web chat
	$(BIN)/kzrag chat

# The unit tests run side by side, a file in one process: its fixtures are made once. (They pass in one process, too.)
# Two runs: the browser's driver keeps an event loop of its own, in which no other test could start one. A browser on a
# busy machine may be late: where something failed, all of it is tried once more.
test: $(READY_DEV) ## set everything up and pass the tests
	$(BIN)/python -m pytest -q -n logical --maxprocesses 4 --dist loadfile --ignore=tests/browser
	$(BIN)/python -m pytest -q tests/browser || $(BIN)/python -m pytest -q tests/browser

ask: $(READY) ## answer one question: make ask Q="…"
	@$(BIN)/kzrag ask "$(Q)"

eval: $(READY) ## run the eval set, report and all
	$(BIN)/kzrag eval --split all --report out/eval.html --json out/eval.json

gate: $(READY) ## the tuning half of the eval set: exits 1 when answers broke a law or got worse beyond noise
	KZRAG_LLM= $(BIN)/kzrag eval

check: $(READY_DEV) ## format, lint, types, cases
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m kzrag.evaluation.cases eval/facts

# WRITE=--write keeps the figures under eval/results. What has no data is skipped with a line that says so.
benchmarks: $(READY_DEV) ## the public benchmarks, where KZRAG_DATA_DIR holds their data; hours with 10,000 documents
	-$(BIN)/python eval/benchmarks/retrieval.py $(WRITE)
	$(BIN)/python eval/benchmarks/trust.py $(WRITE)
	$(BIN)/python eval/benchmarks/stock.py $(WRITE)
	$(BIN)/python eval/benchmarks/scale.py $(WRITE)

encoder: ## make the encoder anew from the pinned weights and the data in KZRAG_DATA_DIR
	$(PYTHON) training/build.py

screenshots: $(READY_DEV) ## the README's pictures, from the browser tests
	KZRAG_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -q tests/browser -k screenshots

lock: $(READY_DEV) ## write the lock files anew
	$(BIN)/uv pip compile $(LOCK) --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --extra dev --output-file requirements-dev.lock pyproject.toml

clean: ## remove what was made
	rm -rf $(VENV) out build dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kzrag needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

# Copied, not linked: nltk, which LlamaIndex brings, refuses to read files that have several links.
INSTALL := UV_LINK_MODE=copy $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python

$(BIN)/uv: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"

$(READY): requirements.lock pyproject.toml | $(BIN)/uv
	$(INSTALL) --require-hashes --requirement requirements.lock
	$(INSTALL) --no-deps --editable .
	$(BIN)/python -m compileall -q src/kzrag
	@touch $@

$(READY_DEV): requirements-dev.lock pyproject.toml | $(BIN)/uv
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	$(INSTALL) --no-deps --editable .
	$(BIN)/python -m compileall -q src/kzrag
	@touch $@ $(READY)
