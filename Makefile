# Two commands are all most people need: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test model check bench lock browser

# One thread a library; see bot/__main__.py.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv pip
COMPILE := $(UV) compile --quiet --generate-hashes --no-emit-index-url --exclude-newer $(shell date -d '7 days ago' +%F 2>/dev/null || date -v-7d +%F)

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## install what is missing, train if needed, start everything
	@exec $(BIN)/python -m bot run

test: setup-test browser ## run every check and every test
	@echo "· model and checks, $$(date +%T)"
	@$(MAKE) --no-print-directory --jobs 2 model check
	@echo "· tests, $$(date +%T)"
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadscope

model: setup # what tests and answers need: the trained routing, the indexes
	@$(BIN)/python -m bot train

check: setup-test ## formatting, lint, types, layers, spelling
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/codespell

bench: setup-test browser ## measure, beside a peer in the same run, into benchmarks/results/
	@$(BIN)/python -m benchmarks

setup: .venv/.app nlu/server/.venv/.rasa ## install the application and Rasa
setup-test: setup .venv/.dev ## install what tests and checks need

.venv/.uv: requirements/bootstrap.txt
	@echo "· Python environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: install it, or run make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.app: requirements/app.txt .venv/.uv
	@echo "· application libraries"
	@$(UV) install --python $(BIN)/python --no-deps --require-hashes -r $<
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.app
	@echo "· test and check libraries"
	@$(UV) install --python $(BIN)/python --no-deps --require-hashes -r $<
	@touch $@

nlu/server/.venv/.rasa: nlu/server/requirements.txt nlu/server/install.sh .venv/.uv
	@echo "· Rasa 3.6.21 in a Python 3.10 environment of its own"
	@sh nlu/server/install.sh $(BIN)/uv
	@touch $@

browser: ## find Chromium for the browser tests, or install Debian's
	@command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || { \
		echo "· Chromium and a Chinese font for the browser tests"; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-wqy-zenhei fontconfig >/dev/null 2>&1; \
		else echo "  not root: install the packages chromium and fonts-wqy-zenhei; browser tests will be skipped"; fi; }

lock: .venv/.uv ## resolve the requirement files again
	$(COMPILE) --python-version 3.11 requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) --python-version 3.11 pyproject.toml -o requirements/app.txt
	$(COMPILE) --python-version 3.11 --group test --group quality -c requirements/app.txt pyproject.toml -o requirements/dev.txt
	$(COMPILE) --python-version 3.10 nlu/server/rasa.in -o nlu/server/requirements.txt
