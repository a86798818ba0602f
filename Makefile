# make help: what can be done here

PYTHON ?= python3
LANGUAGE ?= en
BUILD ?= build
VENV := .venv
BIN := $(VENV)/bin
SPHINX := $(BIN)/python -m sphinx -W --keep-going -n -q -c .
export CNNBOOK_BUILD := $(abspath $(BUILD))
export CNNBOOK_ONLY := $(ONLY)
export CNNBOOK_STORE := $(abspath $(BUILD))/store
export IPYTHONDIR := $(abspath $(BUILD))/ipython
export OMP_NUM_THREADS := 1
export MPLBACKEND := agg
export PYTHONHASHSEED := 0

.DEFAULT_GOAL := help
.PHONY: help html html-en html-zh_CN test test-slow test-browser live doctest lint lint-js translate linkcheck bench clean

help:  ## list the commands
	@grep -E '^[a-z_A-Z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

html: $(VENV)/.book  ## build both languages to build/html (ONLY='ch02*': of that chapter alone)
	@$(MAKE) --no-print-directory -j2 html-en html-zh_CN
	@rm -rf $(BUILD)/html/jupyter_execute
	@echo "Open $(abspath $(BUILD))/html/index.html"

html-en html-zh_CN: html-%: $(VENV)/.book
	@$(BIN)/python docs/_ext/staging.py $(BUILD) $*
	@CNNBOOK_LANGUAGE=$* $(SPHINX) -b html -d $(BUILD)/doctrees/$* $(BUILD)/src/$* $(BUILD)/html/$(subst zh_CN,zh,$*)

test: $(VENV)/.dev  ## run the tests, with coverage of the package
	$(BIN)/python -m pytest -n 2 -m "not browser and not slow" --cov --cov-report=term

test-slow: $(VENV)/.dev  ## kill training runs and go on; share one between processes
	$(BIN)/python -m pytest -m slow

test-browser: $(VENV)/.dev html  ## open every built page in Chromium
	$(BIN)/python -m pytest -n 2 -m browser

live: $(VENV)/.book  ## rebuild on change, served on this machine (LANGUAGE=zh_CN for Chinese)
	CNNBOOK_LANGUAGE=$(LANGUAGE) $(BIN)/sphinx-autobuild -c . -d $(BUILD)/doctrees/$(LANGUAGE) --open-browser \
	  --pre-build "$(BIN)/python docs/_ext/staging.py $(BUILD) $(LANGUAGE)" --watch docs --watch cnnbook \
	  --ignore "$(CNNBOOK_BUILD)/*" $(BUILD)/src/$(LANGUAGE) $(BUILD)/html/$(subst zh_CN,zh,$(LANGUAGE))

doctest: $(VENV)/.dev  ## run the examples in docstrings and the cells of pages
	$(BIN)/python -m pytest -q --doctest-modules cnnbook tests/book/test_cells.py

lint: $(VENV)/.dev  ## check style and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

lint-js:  ## check types and style of the widgets' scripts (needs npm; only who changes them needs it)
	cd tests/book/js && npm install --silent --no-audit --no-fund --no-package-lock && npm run --silent check

translate: $(VENV)/.dev  ## bring the Chinese catalogues up to date with the English texts
	@$(BIN)/python docs/_ext/staging.py $(BUILD)/collect en
	@CNNBOOK_BUILD=$(CNNBOOK_BUILD)/collect CNNBOOK_LANGUAGE=en $(BIN)/python -m sphinx -q -c . -b gettext \
	  -d $(BUILD)/collect/doctrees $(BUILD)/collect/src/en $(BUILD)/collect/gettext
	@$(BIN)/python docs/_ext/translate.py $(BUILD)/collect/gettext

linkcheck: $(VENV)/.dev  ## try the links to other sites (needs a network)
	@$(BIN)/python docs/_ext/staging.py $(BUILD) en
	CNNBOOK_LANGUAGE=en $(SPHINX) -b linkcheck -d $(BUILD)/doctrees/linkcheck $(BUILD)/src/en $(BUILD)/linkcheck

bench: $(VENV)/.dev  ## measure speeds, as ratios within one run (a quarter of an hour)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.receptive_field

clean:  ## remove what was built; the virtual environment stays
	rm -rf $(BUILD) .pytest_cache .ruff_cache .hypothesis .coverage .import_linter_cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "cnnbook needs Python 3.11 or newer as '$(PYTHON)'; name another one: make PYTHON=python3.12 html"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "'$(PYTHON) -m venv' failed; on Debian: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.book: $(VENV)/.python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[book]'
	@touch $@

$(VENV)/.dev: $(VENV)/.book
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
