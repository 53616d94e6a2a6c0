# Two commands do everything: `make run` and `make test`. They get uv when it is missing, in a folder of their own.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

# Python keeps what it compiled: without that every start compiles 2,000 modules anew, which takes longer than the rest.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint build migrate

run: $(UV)
	@$(UV) sync --quiet --locked --no-dev --inexact
	@$(UV) run --no-sync leadboard run

test: $(UV)
	@$(UV) sync --quiet --locked
	@$(UV) run --no-sync pytest -n 2 --no-loadscope-reorder

lint: $(UV)
	@$(UV) sync --quiet --locked
	@$(UV) run --no-sync ruff check
	@$(UV) run --no-sync ruff format --check
	@$(UV) run --no-sync pyright

.uv/bin/uv:
	@python3 -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check uv
