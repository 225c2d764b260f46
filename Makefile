# Communiqué. `make help` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

BROKER ?= tansu
PYTHON ?= python3
UV = $(CURDIR)/.local/uv/bin/uv
BIN := .venv/bin
PROJECTS = shared services/content-api services/syndicator services/media-store deploy/local
SOURCES = services/content-api/src services/syndicator/src services/media-store/src shared/src deploy/local/src
export BROKER

##@ Set-up
.PHONY: help env lock
help: ## Show this help
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*##/ {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: .venv/.installed ## Make the Python environment from the lock

$(UV):
	@mkdir -p .local
	@if command -v uv >/dev/null 2>&1; then mkdir -p .local/uv/bin && ln -sf "$$(command -v uv)" $(UV); \
	else $(PYTHON) -m venv .local/uv 2>/dev/null && .local/uv/bin/pip install --quiet --disable-pip-version-check uv; fi

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
.PHONY: run up down status logs clean
STACK = $(BIN)/local-stack
run: env ## Run everything in the foreground, all logs in one stream
	@exec $(STACK) run

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
