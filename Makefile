# One command runs the main job on a sample, one passes the tests; both set the project up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types score invented check bench formats gains agreement damage unseen pictures goldens clean

demo: $(VENV)/ready
	$(BIN)/planparse show samples/decision-plan-pipe.txt --depth 2
	$(BIN)/planparse extract samples/decision-plan-pipe.txt --format md -o samples-demo.md
	@echo "The whole plan as Markdown: samples-demo.md"

test: $(VENV)/ready
	$(BIN)/python -m pytest

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

score: $(VENV)/ready
	$(PYTHON) ../shared/score/score.py --planparse $(BIN)/planparse

# The plans that were written for the project, with the same measures
invented: $(VENV)/ready
	$(PYTHON) ../shared/score/score.py --planparse $(BIN)/planparse --gold benchmarks/invented/gold --texts benchmarks/invented/texts $(ARGS)

check: lint types test

# make bench ARGS="--quick --json figures.json"
bench: $(VENV)/ready
	$(BIN)/python benchmarks/speed.py $(ARGS)

# make formats ARGS="html --quick"
formats: $(VENV)/ready
	$(BIN)/python benchmarks/formats.py $(ARGS)

# make gains OLD=HEAD NEW=.venv/bin/planparse FOLDER=documents ARGS=--verbose
gains: $(VENV)/ready
	$(BIN)/python benchmarks/gains.py $(or $(OLD),HEAD) $(or $(NEW),$(BIN)/planparse) $(or $(FOLDER),samples) $(ARGS)

agreement: $(VENV)/ready
	$(BIN)/python benchmarks/layouts.py $(or $(FOLDER),../shared/corpus/txt) $(ARGS)

damage: $(VENV)/ready
	$(BIN)/python benchmarks/damage.py $(or $(FOLDER),samples)

# make unseen ARGS="--known --verbose"
unseen: $(VENV)/ready
	$(BIN)/python benchmarks/unseen.py ../shared/corpus/txt/pipe_rows $(ARGS)

pictures: $(VENV)/ready
	$(BIN)/python benchmarks/pictures.py

goldens: $(VENV)/ready
	PLANPARSE_REGENERATE=1 $(BIN)/python -m pytest tests/test_samples.py -k expected

# Bytecode is compiled at set-up: an uncompiled pydantic costs 85 ms at each start.
$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m compileall -q src $(VENV)/lib || true
	touch $@

clean:
	rm -rf $(VENV) dist samples-demo.md .pytest_cache .mypy_cache .ruff_cache .hypothesis
