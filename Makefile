PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: chat run test check bench clean

chat: $(VENV)/.ready
	@$(BIN)/python -m bot chat

run: $(VENV)/.ready
	@$(BIN)/python -m bot run

test: check
	$(BIN)/python -m pytest

check: $(VENV)/.ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright

bench: $(VENV)/.ready
	$(BIN)/python -m nli bench
	$(BIN)/python -m bot bench

$(VENV)/.ready: pyproject.toml
	@echo "Setting up in $(VENV); this takes some minutes the first time."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --upgrade "pip>=25.1"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.ready-for-tests: $(VENV)/.ready
	@$(PIP) --group dev
	@touch $@

clean:
	rm -rf $(VENV)
