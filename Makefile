# `make` alone prints this list. Everything runs in .venv/, which sets itself up.
PYTHON ?= python3
VENV := .venv/bin/python
# Settings that only have to be readable: lint looks at the code, it connects to nothing.
UNUSED := only-lint-sees-this-it-signs-nothing
LINT_ENV := DATABASE_URL=postgresql:///lint SECRET_KEY=$(UNUSED) TICKET_SECRET=$(UNUSED) IDENTITY_KEY=$(UNUSED)
# Three files of tests at a time on two cores, for many wait; each process has a server of its own. ONLY="-n 0": one by one.
AT_ONCE := -n 3 --dist loadfile --no-loadscope-reorder
SHORT := --ignore-glob='*races*.py' --ignore-glob='*test_whole_declaration.py' --ignore-glob='*/simulation/*'
# Without bytecode each process of the product and of the tests compiles all of it anew.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: help base dev run test test-hard test-pg15 bench lint fmt doctor lock pictures vendor

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/make \1	\2/p' Makefile | expand -t 18
base:
	@$(PYTHON) deploy/bootstrap.py base
dev:
	@$(PYTHON) deploy/bootstrap.py dev
run: base ## run the product at http://127.0.0.1:8000 (PORT, DATA_DIR, DATABASE_URL, SPLIT, DEMO)
	@$(VENV) -m deploy.run
test: dev ## all tests: unit, integration, browser, journeys (ONLY="-m unit" for some)
	@$(VENV) -m pytest $(AT_ONCE) $(ONLY)
test-hard: dev ## the same tests at full size
	@SCALE=hard $(VENV) -m pytest --timeout=3600 $(ONLY)
# The long races and plays are `make test`'s own: what they try is the same statements, many times.
test-pg15: dev ## the integration layer on Debian's PostgreSQL 15
	@PG_BINDIR=/usr/lib/postgresql/15/bin $(VENV) -m pytest $(AT_ONCE) -m integration $(SHORT) $(ONLY)
bench: ## how fast it is, beside its peers: one JSON object a line (ONLY=name for one)
	@$(PYTHON) deploy/bootstrap.py bench
	@$(VENV) -m bench $(ONLY)
lint: dev ## ruff, mypy, import-linter
	@$(VENV) -m ruff check --quiet . && $(VENV) -m ruff format --check --quiet .
	@$(LINT_ENV) $(VENV) -m mypy
	@$(LINT_ENV) .venv/bin/lint-imports --no-logo
	@$(VENV) -m deploy.vendor --check
fmt: dev ## put imports and layout right
	@$(VENV) -m ruff check --quiet --fix-only . && $(VENV) -m ruff format --quiet .
doctor: dev ## which Python, PostgreSQL, Chromium and fonts are used, and what fell back
	@$(VENV) -m deploy.doctor
lock: dev ## lock the requirements anew, with the hashes of every platform
	@$(PYTHON) deploy/bootstrap.py lock
pictures: dev ## draw docs/images anew
	@$(VENV) -m tests.journeys.pictures
vendor: dev ## fetch the vendored web files anew
	@$(VENV) -m deploy.vendor
