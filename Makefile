# Everything goes through scripts/bootstrap.py, which needs nothing but Python 3.11 or later.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python

.PHONY: run test lint bench dist messages assets venv clean

run:       ## set up whatever is missing, then serve on 127.0.0.1:$(PORT)
	@$(PYTHON) scripts/bootstrap.py run --port $(PORT)
venv:      ## only the environment with everything a developer needs
	@$(PYTHON) scripts/bootstrap.py venv
assets: venv ## build the stylesheet, script, icons and fonts
	@$(VENV) scripts/assets.py
test:      ## lint, types, contracts and every test, on SQLite and on PostgreSQL
	@$(PYTHON) scripts/bootstrap.py test
lint: venv ## the checks without the tests
	@$(VENV) scripts/check.py lint
bench: venv
	@$(VENV) -m benchmarks
dist: venv ## a wheel with built assets and messages that runs with pip install alone
	@$(VENV) scripts/dist.py
messages: venv ## collect the Vietnamese msgids of every slice into its locale/en
	@$(VENV) scripts/messages.py
clean:
	rm -rf build dist node_modules thidua/web/static/web thidua/paperwork/fonts *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find thidua -name '*.mo' -delete
