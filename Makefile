# The build as a graph. `make help` lists the targets.
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.PHONY: help build data figures site browser release package diff verify cite metadata validate-metadata test lint tidy verify-sources attack bench fuzz mutants audit lock clean

PYTHON ?= python3
PY := .venv/bin/python
export GX_ANALYTICS_ENABLED := false
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1

# Text from the command line is passed through the environment, unexpanded: it is never run.
export TEXTS_FOLDER := $(value TEXTS)
export BENCH_ROWS := $(value N)
export FUZZ_RUNS := $(if $(value RUNS),$(value RUNS),200000)
export MUTANTS_SHARE := $(value SHARE)
unexport TEXTS N RUNS SHARE

export DIFF_FROM := $(value FROM)
export DIFF_TO := $(value TO)
export VERIFY_VERSION := $(value VERSION)
export VERIFY_ZIP := $(value ZIP)
export CITE_QUERY := $(value QUERY)
unexport FROM TO VERSION ZIP QUERY

RAW := $(wildcard raw/*.csv) raw/datapackage.json datapackage.json
NAMES := $(shell sed -n 's|.*"path": "build/\(.*\)\.csv".*|\1|p' datapackage.json)
CSV := $(NAMES:%=build/%.csv)
PARQUET := $(NAMES:%=build/%.parquet)
VIEWS := $(wildcard scripts/views/*.sql)
PAGE := scripts/page.py scripts/page.css
RULES := $(wildcard validation/*.py validation/rules/*.sql) $(PAGE)
DATABASE := build/expulsions.duckdb
VALID := build/validation/.passed
FIGURES := $(addprefix build/figures/,officials.svg officials.png claims.md)
SITE := build/site/index.html
# The commands replace files whole or not at all: make itself must never delete one.
.PRECIOUS: $(CSV) $(PARQUET) $(DATABASE) $(FIGURES) build/codebook.md
READING := $(addprefix scripts/,contract.py journal.py problem.py reader.py dates.py numerals.py curation.py expulsions.py reliability.py changes.py history.py tables.py)
RELEASED := $(wildcard build/releases/*/*)

# What counts is content, not the clock alone: where an input differs from what was last built from, all that rests on
# it is made old, so that an edit under a clock that was set back is seen too.
FROM_tables := $(RAW) $(READING) $(RELEASED)
FROM_database := $(VIEWS) scripts/database.py
FROM_validation := $(RULES)
ON_validation := $(VALID)
ON_database := $(DATABASE) $(FIGURES) $(SITE) build/codebook.md $(ON_validation)
ON_tables := $(CSV) $(PARQUET) $(ON_database)
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

$(CSV) $(PARQUET) &: $(RAW) $(READING) $(RELEASED) | .venv/.ready
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

# The tests of the explorer drive Debian's Chromium; this is 160 MB that a build does not need.
browser: .venv/.browser  ## install what the explorer's tests need beside Chromium

.venv/.browser: browser.lock | .venv/.ready
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r browser.lock
	@touch $@

site: $(SITE)  ## write build/site/, the explorer that opens from disk without a network

$(SITE): $(DATABASE) $(VALID) build/codebook.md $(wildcard scripts/explorer/*) $(PAGE) scripts/site.py scripts/citation.py | .venv/.ready
	@$(PY) -m scripts.site

# --- versions ---
CHECKS := $(if $(wildcard .ci/run),bash .ci/run,$(MAKE) --no-print-directory build lint test)

$(DATABASE): $(addprefix scripts/,fingerprint.py history.py) $(RELEASED)

release: data build/codebook.md $(SITE)  ## check everything, then write dist/ and build/releases/X.Y.Z/ (version: datapackage.json)
	@$(PY) -m scripts.release check
	@$(CHECKS)
	@$(PY) -m scripts.release

package: data build/codebook.md $(SITE)  ## write the zip and the database to dist/ without releasing
	@$(PY) -m scripts.package

diff: data  ## what changed, and the CHANGELOG section: make diff FROM=1.0.0 [TO=1.1.0]
	@$(PY) -m scripts.difference

verify: | .venv/.ready  ## rebuild and prove a release, or prove a zip: make verify VERSION=1.0.0 | ZIP=path
	@$(PY) -m scripts.verification

cite: data  ## how to cite this version or a slice: make cite [QUERY="expeller='RUS'"]
	@$(PY) -m scripts.citation

metadata: | .venv/.ready  ## write .zenodo.json out of the descriptor
	@$(PY) -m scripts.metadata

.validators/.ready: requirements-release.lock
	@$(PYTHON) -m venv .validators
	@.validators/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-release.lock
	@touch $@

validate-metadata: package .validators/.ready  ## hold a zip's metadata against the official validators (1 minute to set up)
	@.validators/bin/python -m validation.metadata dist

# Two workers share the cores: a thread each is quicker than two.
test: build  ## run the tests
	@POLARS_MAX_THREADS=1 $(PY) -m pytest

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
	@$(PY) -m scripts.daily

attack: | .venv/.ready  ## plant faults in the real raw/, damage whole tables, kill builds, and count what is caught and healed
	@$(PY) -m tests.attack
	@POLARS_MAX_THREADS=1 $(PY) -m tests.damage
	@$(PY) -m tests.faults

.fuzz/.ready: requirements.lock
	@$(PYTHON) -m venv .fuzz
	@.fuzz/bin/python -m pip install --quiet --disable-pip-version-check atheris $$(sed -n 's/^\(polars[a-z0-9-]*==[0-9.]*\).*/\1/p' requirements.lock)
	@touch $@

fuzz: .fuzz/.ready  ## feed hostile bytes to the raw reader (atheris, in an environment of its own): make fuzz RUNS=200000
	@.fuzz/bin/python -m tests.fuzz -runs="$$FUZZ_RUNS" -max_len=400 -rss_limit_mb=8192

.venv/.mutation: mutation.lock | .venv/.ready
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r mutation.lock
	@touch $@

mutants: data .venv/.mutation  ## plant faults in the code, one at a time, and count what the tests kill: make mutants SHARE=20
	@$(PY) -m tests.mutants

.audit/.ready: requirements.lock
	@$(PYTHON) -m venv .audit
	@.audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@touch $@

audit: .audit/.ready  ## hold the locks against the advisories of PyPI (needs the network)
	@for lock in *.lock; do .audit/bin/pip-audit --strict --disable-pip --require-hashes --requirement $$lock || exit 1; done

lock:  ## write the locks anew (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group dev pyproject.toml --output-file requirements.lock
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --constraint requirements.lock --group browser --output-file browser.lock
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --constraint requirements.lock --group mutation --output-file mutation.lock
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group pyproject.toml:metadata --output-file requirements-release.lock

clean:  ## remove what is built and not committed
	@rm -rf $(DATABASE) $(PARQUET) build/validation build/site build/diff build/.staging build/.journal build/.lock build/.made
