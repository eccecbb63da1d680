# Two commands do everything: `make demo` runs the main job, `make test` checks the project.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types unit browser lock clean

demo: .venv/.demo
	$(BIN)/factcheck demo

test: lint types unit

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy

# On two processes, each with a server and a browser of its own; the demo's file comes first, on a fresh server.
unit: .venv/.dev browser
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# A browser: Chromium on PATH, else Debian's package where we may install, else Playwright's own.
browser: .venv/.dev
	$(BIN)/python tests/find_browser.py --install

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.demo: requirements/studio.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements/studio.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ .venv/.demo

# Writes the hash-locked requirement files again, without addresses in them. Needs `uv` on PATH.
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --strip-extras --no-emit-index-url --no-emit-find-links
lock:
	$(LOCK) --extra studio --group dev -o requirements/dev.txt
	$(LOCK) --extra studio --group build -c requirements/dev.txt -o requirements/studio.txt

clean:
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
