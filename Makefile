# Every target works from a clean clone: scripts/need.sh brings, or asks for, what pip cannot.
.DEFAULT_GOAL := help
.PHONY: help site serve test check lint types walls unit reference translations access bench lighthouse lock upgrade clean

bin := .venv/bin

# MkDocs 1 and Material each print a banner about MkDocs 2 that would only alarm the reader.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

site: .venv/ready ## Build the site into site/
	scripts/need.sh pdf
	$(bin)/mkdocs build --strict

serve: .venv/ready ## Show the site and rebuild it at every change
	$(bin)/mkdocs serve

test: check unit ## Everything that must pass: check, then unit

check: lint types walls ## Style, types and the walls between the stages

lint: .venv/ready ## Style and layout of the code
	$(bin)/ruff check .
	$(bin)/ruff format --check .

types: .venv/ready ## Types
	$(bin)/mypy

walls: .venv/ready ## What each stage may import
	$(bin)/lint-imports --no-logo

unit: .venv/ready tests/tools/node_modules/ready tests/tools/node_modules/editors/ready ## The tests, some of them in a browser
	scripts/need.sh browser driver java pdf
	$(bin)/pytest -n auto

reference: .venv/ready ## Write what is made from the data format: schemas for editors, and the reference of every key
	$(bin)/safety-plan schema
	$(bin)/safety-plan schema --format markdown --output docs/reference

translations: .venv/ready ## Bring the catalogues up to date with the code and the plan
	$(bin)/safety-plan translations extract --interface
	$(bin)/safety-plan translations extract

access: .venv/ready tests/tools/node_modules/ready ## Check that everyone can use every page, and write down the day
	scripts/need.sh browser driver java
	$(bin)/pytest -n auto tests/test_access.py tests/test_keyboard.py
	$(bin)/python -m tests.access_record

bench: .venv/ready ## Measure time and memory
	$(bin)/python -m tests.bench

lighthouse: .venv/ready tests/lighthouse/node_modules/ready ## Measure pages as a phone on a slow line loads them
	scripts/need.sh browser
	$(bin)/python -m tests.lighthouse

# Names, versions and hashes only: a lock with addresses in it would bind the town to one registry.
compile := $(bin)/uv pip compile pyproject.toml --extra pdf --group dev --output-file requirements.lock --quiet \
	--universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

lock: .venv/ready ## Write requirements.lock after a change of pyproject.toml
	$(compile)
	$(bin)/python scripts/lock_town.py
	scripts/need.sh node
	$(bin)/python scripts/lock_node.py

upgrade: .venv/ready ## Write requirements.lock with the newest releases
	$(compile) --upgrade
	$(bin)/python scripts/lock_town.py

clean: ## Remove everything made here
	rm -rf site .site-* .venv dist build .*_cache .hypothesis tests/*/node_modules
	find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps, since a new setting in pyproject.toml is no reason to install every library again.
.venv/locked: requirements.lock
	scripts/need.sh venv
	"$$(scripts/python.sh)" -m venv --clear .venv
	$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

.venv/ready: .venv/locked pyproject.toml
	$(bin)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# No script of a package is run: one of them would fetch Java from another place than the machine's own.
tests/%/node_modules/ready: tests/%/package-lock.json
	scripts/need.sh node
	npm ci --prefix $(dir $<) --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# Of each form editor one file: installed as a package, one of them alone would be half a gigabyte.
tests/tools/node_modules/editors/ready: tests/tools/node_modules/ready \
		plugins/safety_plan/editing/forms/editors.py | .venv/ready
	$(bin)/python -m tests.editors
	touch $@
