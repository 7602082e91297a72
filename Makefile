# Lumbung: `make help` lists what can be done.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# What pytest is told; a file or two: make test TESTS=tests/orders
TESTS ?=
# Which lines the tests ran, and which they missed: make test COUNTED=yes. SlipCover: coverage.py's tracer doubles the time.
COUNTED ?=
PARALLEL := --numprocesses=auto --maxprocesses=4 --dist=worksteal
.DEFAULT_GOAL := help
.PHONY: help setup web pictures run test check schema bench demo demo-year lock migrations format release

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed ## Make .venv and install what is locked, and this project

.venv/.installed: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Lumbung needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
		{ echo "no venv module: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

web: setup ## Build the web app, with the machine's Node or one from PyPI
	$(BIN)/lumbung web build

run: setup ## Serve on http://127.0.0.1:8000 with SQLite, filled with one town
	$(BIN)/lumbung web build --if-possible
	$(BIN)/lumbung migrate
	$(BIN)/lumbung seed
	$(BIN)/lumbung serve

test: web ## Run the tests; says which need a server that isn't here, and how to give it
	@$(BIN)/python -m tests.servers
	$(BIN)/lumbung web test
	$(BIN)/python $(if $(COUNTED),-m slipcover) -m pytest $(PARALLEL) $(TESTS)

check: setup ## Style, types, import contracts, schema snapshot, breaking changes, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lumbung schema --check
	$(BIN)/lumbung make-migration --check
	$(BIN)/lumbung settings --check
	$(BIN)/lumbung web check

schema: setup ## Write schema/schema.graphql and docs/settings.md anew
	$(BIN)/lumbung schema --write
	$(BIN)/lumbung settings --write

bench: setup ## Measure, as ratios in one run, on PostgreSQL at LUMBUNG_TEST_POSTGRES_URL
	$(BIN)/python -m tests.benchmarks

demo: setup ## Tell the whole story over HTTP on a node in a temporary folder
	$(BIN)/python -m tests.demo

demo-year: setup ## Live a driver co-op's year through its services: 1,000 members, on SQLite
	$(BIN)/python -m tests.demo_year

format: setup ## Lay the source out as `make check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/lumbung web format

pictures: web ## Play a newcomer's first order at his pace, and make the pictures in README of it
	$(BIN)/python -m tests.web.pictures

migrations: setup ## Write the next migration from what the rows' classes say
	$(BIN)/lumbung make-migration

release: setup ## Keep this version's schema and a filled database, for later versions to hold against
	$(BIN)/lumbung schema --release
	$(BIN)/python -m tests.released

lock: ## Lock the dependencies anew, with hashes (needs uv)
	uv pip compile pyproject.toml --all-extras --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet -o requirements-dev.txt
	uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes -c requirements-dev.txt \
		--no-emit-index-url --no-header --no-annotate --quiet -o requirements.txt
