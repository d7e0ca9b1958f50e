# The build as a graph. `make help` lists the targets.
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help build data figures test lint tidy verify-sources attack bench fuzz lock clean

PYTHON ?= python3
PY := .venv/bin/python
export GX_ANALYTICS_ENABLED := false
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1

# Text from the command line is passed through the environment, unexpanded: it is never run.
export TEXTS_FOLDER := $(value TEXTS)
export BENCH_ROWS := $(value N)
export FUZZ_RUNS := $(if $(value RUNS),$(value RUNS),200000)
unexport TEXTS N RUNS

RAW := $(wildcard raw/*.csv) raw/datapackage.json datapackage.json
NAMES := $(shell sed -n 's|.*"path": "build/\(.*\)\.csv".*|\1|p' datapackage.json)
CSV := $(NAMES:%=build/%.csv)
PARQUET := $(NAMES:%=build/%.parquet)
VIEWS := $(wildcard scripts/views/*.sql)
RULES := $(wildcard validation/*.py validation/rules/*.sql)
DATABASE := build/expulsions.duckdb
VALID := build/validation/.passed
FIGURES := build/figures/officials.svg build/figures/claims.md
READING := $(addprefix scripts/,contract.py journal.py problem.py reader.py dates.py curation.py expulsions.py reliability.py product.py tables.py)

# What counts is content, not the clock alone: where an input differs from what was last built from, all that rests on
# it is made old, so that an edit under a clock that was set back is seen too.
FROM_tables := $(RAW) $(READING)
FROM_database := $(VIEWS) scripts/database.py
FROM_validation := $(RULES)
ON_validation := $(VALID)
ON_database := $(DATABASE) $(FIGURES) build/codebook.md $(ON_validation)
ON_tables := $(CSV) $(PARQUET) $(ON_database)
# These are replaced whole or not at all: make has nothing to clean up after an error.
.PRECIOUS: $(CSV) $(PARQUET) $(DATABASE) build/codebook.md
define stamp
SUM_$(1) := $$(shell cat $$(FROM_$(1)) 2>/dev/null | cksum)
ifneq ($$(SUM_$(1)),$$(shell cat build/.made/$(1) 2>/dev/null))
$$(shell touch -c -t 200001010000 $$(ON_$(1)))
endif
endef
$(foreach step,tables database validation,$(eval $(call stamp,$(step))))
made = @mkdir -p build/.made && echo '$(SUM_$(1))' > build/.made/$(1)

# A killed command leaves a journal or staged files: they are rolled forward or discarded before anything is compared.
ifneq ($(wildcard build/.journal build/.staging),)
$(shell $(PY) -m scripts.journal)
endif

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 24

build: data build/codebook.md $(VALID)  ## compile, build the database, write the codebook, validate
data: $(CSV) $(PARQUET) $(DATABASE)  ## compile the tables and build the database only
figures: $(FIGURES)  ## draw the headline figure and the table beside it

.venv/.ready: requirements.lock
	@echo "environment  setting up .venv from requirements.lock"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(CSV) $(PARQUET) &: $(RAW) $(READING) | .venv/.ready
	@$(PY) -m scripts.tables
	$(call made,tables)

$(DATABASE): $(CSV) $(VIEWS) scripts/database.py | .venv/.ready
	@$(PY) -m scripts.database
	$(call made,database)

build/codebook.md: datapackage.json $(VIEWS) scripts/codebook.py scripts/database.py | .venv/.ready
	@$(PY) -m scripts.codebook

$(VALID): $(DATABASE) $(RULES) | .venv/.ready
	@$(PY) -m validation.run
	@touch $@
	$(call made,validation)

$(FIGURES) &: $(DATABASE) scripts/figures.py | .venv/.ready
	@$(PY) -m scripts.figures

test: build  ## run the tests
	@$(PY) -m pytest

lint: | .venv/.ready  ## check style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

tidy: | .venv/.ready  ## put raw/ into its canonical form: sorted, minimally quoted, composed letters
	@$(PY) -m scripts.tidy

verify-sources: | .venv/.ready  ## check held article texts: make verify-sources TEXTS=folder
	@$(PY) -m scripts.sources

bench: | .venv/.ready  ## measure speed and memory: make bench N=100000
	@$(PY) -m scripts.bench

attack: | .venv/.ready  ## plant faults in the real raw/ and kill builds, and count what is caught and healed
	@$(PY) -m tests.attack
	@$(PY) -m tests.faults

.fuzz/.ready: requirements.lock
	@$(PYTHON) -m venv .fuzz
	@.fuzz/bin/python -m pip install --quiet --disable-pip-version-check atheris $$(sed -n 's/^\(polars[a-z0-9-]*==[0-9.]*\).*/\1/p' requirements.lock)
	@touch $@

fuzz: .fuzz/.ready  ## feed hostile bytes to the raw reader (atheris, in an environment of its own): make fuzz RUNS=200000
	@.fuzz/bin/python -m tests.fuzz -runs="$$FUZZ_RUNS" -max_len=400 -rss_limit_mb=2048

lock:  ## write requirements.lock anew (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group dev pyproject.toml --output-file requirements.lock

clean:  ## remove what is built and not committed
	@rm -rf $(DATABASE) $(PARQUET) build/validation build/.staging build/.journal build/.lock build/.made
