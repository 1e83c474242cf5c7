# make run    kubeviz on http://127.0.0.1:8000/ (HOST=0.0.0.0 opens it to a class, PORT=… moves it)
# make test   everything: style, types, layers, unit, integration, databases, browser
# make bench  engine, tables, grading, live line and stage beside their floors

HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: run install test lint unit services browser bench clean

run: install
	@HOST=$(HOST) PORT=$(PORT) KUBEVIZ_COLLECTED=1 $(BIN)/python manage.py serve --prepare

install:
	@command -v python3 >/dev/null || { echo "kubeviz needs Python 3.11 or newer: install python3."; exit 1; }
	@python3 scripts/install.py

test: lint unit services browser

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

unit: install
	$(BIN)/pytest -n 2 -m "not browser"

# The tests that store something, again on PostgreSQL and Redis where they are reachable.
services: install
	$(BIN)/python scripts/services.py

browser: install
	$(BIN)/python manage.py fetch_assets
	$(BIN)/python scripts/chromium.py
	$(BIN)/pytest -n 2 -m browser

bench: install
	$(BIN)/python -m tests.bench

clean:
	rm -rf .venv node_modules static/vendor staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis
