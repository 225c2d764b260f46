# Communiqué. `make help` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

BROKER ?= tansu
PYTHON ?= python3
UV = $(CURDIR)/.local/uv/bin/uv
UV_WANTED := $(shell sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements.lock)
BIN := .venv/bin
PROJECTS = shared services/content-api services/syndicator services/media-store clients/python deploy/local
SOURCES = services/content-api/src services/syndicator/src services/media-store/src shared/src clients/python/src deploy/local/src
export BROKER

##@ Set-up
.PHONY: help env lock
help: ## Show this help
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*##/ {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: .venv/.installed ## Make the Python environment from the lock

$(UV):
	@mkdir -p $(@D)
	@if command -v uv >/dev/null 2>&1; then ln -sf "$$(command -v uv)" $@; \
	elif $(PYTHON) -m venv .local/uv >/dev/null 2>&1; then \
	  .local/uv/bin/pip install --quiet --disable-pip-version-check "$(UV_WANTED)"; \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .local/uv/lib "$(UV_WANTED)" \
	  && ln -sf ../lib/bin/uv $@; \
	else echo "Neither uv nor a Python with venv or pip is here: install one of them." >&2; exit 1; fi

.venv/.installed: requirements.lock $(PROJECTS:%=%/pyproject.toml) | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation $(PROJECTS:%=-e ./%)
	@touch $@

lock: | $(UV) ## Write requirements.lock again from the pyproject files
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --no-emit-package communique-shared --python-version 3.11 --group dev \
	  $(PROJECTS:%=%/pyproject.toml) --all-extras --output-file requirements.lock

##@ Run
.PHONY: run up down status logs clean demo sample
STACK = $(BIN)/local-stack
run: env ## Run everything in the foreground, all logs in one stream
	@exec $(BIN)/python -I -S deploy/local/src/local_stack/guard.py -- $(STACK) run

up: env ## Start everything in the background and wait until it answers
	@$(STACK) up

down: env ## Stop everything and wait until the ports are free
	@$(STACK) down

status: env ## Show what runs
	@$(STACK) status

logs: env ## Show the logs of everything and follow them (PROGRAM=name for one)
	@exec $(STACK) logs --follow $(PROGRAM)

clean: env ## Stop everything and delete all local data
	@$(STACK) clean

demo: env ## Play the story: publish, correct, retract, and prove where it arrived
	@exec $(BIN)/python -m local_stack.demo

sample: env ## Load the sample ministry into a stack that is up
	@$(BIN)/python -m local_stack.demo --load

##@ Check
.PHONY: test unit integration e2e check format lint types layers spelling k8s docs bench
test: env ## Run every test against real components (BROKER=kafka for Apache Kafka)
	@$(BIN)/pytest --broker $(BROKER) tests

unit: env ## Run the tests that need no components
	@$(BIN)/pytest -q tests/unit tests/contract tests/architecture

integration: env ## Run the tests against real components only
	@$(BIN)/pytest --broker $(BROKER) tests/integration

e2e: env ## Run the end-to-end tests only, processes being killed included
	@$(BIN)/pytest --broker $(BROKER) tests/e2e

check: lint types layers spelling docs k8s ## Run all checks that need no components

format: env ## Format the code
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

lint: env
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: env
	@$(BIN)/mypy

layers: env
	@$(BIN)/lint-imports --no-logo

spelling: env
	@$(BIN)/codespell README.md CONTRIBUTING.md docs shared services clients examples deploy benchmarks

docs: env ## Check that the generated references are current
	@$(BIN)/pytest -q tests/architecture/test_docs.py

k8s: env ## Build the Kubernetes overlays and validate every object
	@$(BIN)/pytest -q tests/architecture/test_k8s.py tests/architecture/test_compose.py

bench: env ## Print the first ratios (bare WSGI, bare Kafka) measured in one run
	@exec $(BIN)/python -m benchmarks
