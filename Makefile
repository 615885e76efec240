# Everything that set-up needs, in two commands: make run, make test. GNU make; the README gives
# the same steps for Windows PowerShell.

PYTHON ?= python3
PYTEST ?= -n 2 --dist loadfile
IN := .venv/bin/python
PIP := -m pip --disable-pip-version-check --no-input install -qq --require-hashes
LOCK := $(IN) -m uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --custom-compile-command "make lock"

.PHONY: help run test check format bench lock screenshots audit sbom

help: ## say what can be made (this)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.can-run ## serve the dashboard on http://localhost:8501, with demonstration data
	$(IN) -m benchmarking serve

test: .venv/.can-check ## run all tests; PYTEST="-k survey" picks some
	$(IN) -m pytest $(PYTEST)

check: .venv/.can-check ## check style and types
	@failed=0; \
	$(IN) -m ruff check . || failed=1; \
	$(IN) -m ruff format --check . || failed=1; \
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(IN) -m pyright --pythonpath $(IN) || failed=1; \
	exit $$failed

format: .venv/.can-check ## put style right where that can be done by itself
	$(IN) -m ruff check --fix .
	$(IN) -m ruff format .

bench: .venv/.can-check ## measure speed and size in 35 minutes; BENCH=--write renews the tables
	$(IN) -m benchmarks $(BENCH) all

screenshots: .venv/.can-check ## take the pictures in docs/ anew
	SCREENSHOTS=docs/screenshots $(IN) -m pytest -q tests/browser/test_pictures.py

lock: .venv/.can-check ## compile the locks; LOCKED=--upgrade takes the newest versions
	$(LOCK) $(LOCKED) --output-file requirements.txt requirements.in
	$(LOCK) $(LOCKED) --output-file requirements-dev.txt requirements-dev.in
	$(LOCK) $(LOCKED) --output-file requirements-audit.txt requirements-audit.in

audit: .venv/.can-audit ## ask whether a known vulnerability is locked; needs an advisory service
	@$(IN) -m tests.supply.audit --with .venv/audit/bin/python

sbom: .venv/.can-run ## write the bill of materials in docs/security anew, from the lock
	@$(IN) -m tests.supply.bill

# A stamp stands for an installed lock, so that a second start installs nothing.
.venv/.can-run: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name the one you have: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and $(PYTHON) is older ($$($(PYTHON) -V 2>&1)). Install a newer one, or name the one you have: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up .venv from requirements.txt. This takes about a minute, once."
	@$(PYTHON) -m venv .venv
	@$(IN) $(PIP) -r requirements.txt
	@touch $@

.venv/.can-check: requirements-dev.txt .venv/.can-run
	@echo "Adding what tests and checks need, from requirements-dev.txt."
	@$(IN) $(PIP) -r requirements-dev.txt
	@touch $@

.venv/.can-audit: requirements-audit.txt .venv/.can-run
	@$(IN) -m venv .venv/audit
	@.venv/audit/bin/python $(PIP) -r requirements-audit.txt
	@touch $@
