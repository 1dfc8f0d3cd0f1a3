# `make run` and `make test` are all that is needed; `make help` lists the rest.
PORT ?=
PYTHON_FOR_VENV := $(shell command -v python3.11 || command -v python3)
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check install -qq --require-hashes
BUILT := .venv/.runtime
TESTED := .venv/.dev
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --allow-unsafe --no-header --no-annotate --strip-extras

.PHONY: help setup run serve build test check evaluate bench format lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(BUILT) ## make the virtual environment in .venv

run: setup ## build what changed and serve it (PORT=8123 chooses the port)
	@$(PYTHON) -m etl build
	@$(PYTHON) -m portal serve $(if $(PORT),--port $(PORT))

serve: setup ## serve the last good build as it is
	@$(PYTHON) -m portal serve $(if $(PORT),--port $(PORT))

build: setup ## build and check every dataset
	@$(PYTHON) -m etl build

test: $(TESTED) ## run every check and test (installs Debian's Chromium when it may)
	@.ci/packages
	@$(MAKE) --no-print-directory check
	$(PYTHON) -m pytest -n auto --dist loadfile

check: $(TESTED) ## style, types, layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	PYTHONPATH=. .venv/bin/lint-imports

evaluate: $(TESTED) ## precision, recall and F1 of the extractor over annotated notices
	@$(PYTHON) -m tests.evaluation

bench: $(TESTED) ## speed and memory as ratios against peers
	@for f in bench/*.py; do echo "== $$f"; $(PYTHON) -m bench.$$(basename $$f .py) || exit 1; done

format: $(TESTED) ## format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: $(TESTED) ## pin the dependencies anew, with hashes, for Linux and macOS
	.venv/bin/$(COMPILE) requirements.in -o requirements.txt
	.venv/bin/$(COMPILE) requirements-dev.in -o requirements-dev.txt

clean: ## remove the virtual environment and caches, never var/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON_FOR_VENV) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "需要 Python 3.11 或更新的版本（含 venv）。请先安装，再运行一次。Python 3.11 with venv is needed." >&2; exit 1; }
	@echo "正在准备运行环境 .venv（只在第一次）… setting up .venv, once"
	@$(PYTHON_FOR_VENV) -m venv .venv || \
		{ rm -rf .venv; echo "不能建立 .venv：请安装 venv（Debian：apt install python3-venv）。" >&2; exit 1; }

$(BUILT): requirements.txt | .venv/bin/python
	@echo "正在安装依赖… installing dependencies"
	@$(PIP) -r requirements.txt
	@touch $@

$(TESTED): requirements-dev.txt $(BUILT)
	@$(PIP) -r requirements-dev.txt
	@touch $@
