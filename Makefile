# Image Studio: everything there is to do with it. `make help` lists the targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Tests start the program hundreds of times: what is compiled once is kept, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
SETUP := scripts/setup.sh
# Two jobs side by side, the output of each in one piece.
SIDE_BY_SIDE := $(MAKE) -k -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: help
help: ## Show what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

.PHONY: setup
setup: ## Install everything: Python, frontend, model weights
	@$(SETUP) dev frontend weights

.PHONY: run
run: ## Start the studio at http://127.0.0.1:8000 (HOST=, PORT=)
	@$(SETUP) run frontend weights-if-reachable
	@exec $(BIN)/image-studio serve --host $(HOST) --port $(PORT)

.PHONY: check
check: ## Style, types, import order, lints and unit tests, in a minute
	@$(SETUP) dev node
	@$(SIDE_BY_SIDE) gates unit

.PHONY: test
test: ## Everything: the gates, the frontend, the docs and every test
	@$(SETUP) dev frontend packages weights
	@$(SIDE_BY_SIDE) gates frontend-test site
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: fix
fix: ## Mend what the tools can mend
	@$(SETUP) dev node
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .
	@cd frontend && node_modules/.bin/oxlint --fix --quiet
	@$(BIN)/python -m scripts.docs

.PHONY: docs
docs: ## Bring generated pages up to date and build the documentation into site/
	@$(SETUP) dev
	@$(BIN)/python -m scripts.docs
	@$(MAKE) site

.PHONY: bench
bench: ## Measure: the time from a clone to the first picture
	@bench/first_picture.sh

.PHONY: image-rehearsal
image-rehearsal: ## Build, start and use the container image without a container engine (root; ARGS=--uncommitted)
	@$(SETUP) run
	@$(BIN)/python -m deploy.rehearse $(ARGS)

.PHONY: lock
lock: ## Compile the lock files from pyproject.toml (ARGS=--upgrade takes newer versions)
	@scripts/lock.sh $(ARGS)

# --- parts of the above ---

.PHONY: gates style types imports lints frontend-check
gates: types style imports lints frontend-check

style:
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && echo "style: ok"

types:
	@$(BIN)/basedpyright --level error && echo "types: ok"

imports:
	@said=$$($(BIN)/lint-imports --no-logo 2>&1) && echo "imports: ok" || { echo "$$said"; exit 1; }

lints:
	@$(BIN)/python -m scripts.lint

frontend-check:
	@$(BIN)/python -m scripts.openapi /dev/stdout | cmp -s - frontend/openapi.json || \
	  { echo "frontend/openapi.json is not what the app says: make docs, then npm run gen:api in frontend/"; exit 1; }
	@cd frontend && npm run --silent check && echo "frontend: ok"

.PHONY: unit frontend-test site
unit:
	@$(BIN)/python -m pytest tests/unit -n 2 -m "not slow"

frontend-test:
	@cd frontend && npm run --silent test && npm run --silent size

site:
	@said=$$($(BIN)/zensical build --strict --clean 2>&1) && echo "docs: ok" || \
	  { echo "$$said" | sed -E 's/\x1b\[[0-9;]*m//g; /^Traceback/,$$d'; exit 1; }
