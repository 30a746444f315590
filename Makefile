# Every target works first on a clean clone.
PYTHON ?= python3
PORT ?= 7860
INDEX ?= data/index

BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: install run test lint bench screenshots

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --editable '.[test]'
	touch $(STAMP)

run: install
	test -f $(INDEX)/CURRENT || $(BIN)/kamerantwoord build data/sample --index $(INDEX)
	$(BIN)/python app.py --index $(INDEX) --port $(PORT)

test: lint
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest --cov --cov-report=term

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy rag embeddings app.py tests benchmarks

bench: install
	$(BIN)/python -m benchmarks.run

screenshots: install
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.page.screenshots
