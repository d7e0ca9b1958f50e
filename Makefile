# The build as a graph and a table of contents; `make help` prints the contents. Reading this file starts no program and
# changes no file, whatever lies in the checkout.
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := help
ifeq ($(filter grouped-target,$(.FEATURES)),)
$(error GNU Make 4.3 or later is needed; this is $(MAKE_VERSION))
endif

# --- From outside ---

# DuckDB and Frictionless take these for patterns and would read other folders.
ODD := $(strip $(foreach letter,\ * ? [,$(findstring $(letter),$(CURDIR))))
$(if $(ODD),$(error The path of this checkout holds $(ODD): move it to a path without \ * ? [))

# What each target takes from the command line. (SITE= and PAPER= are how verify makes the package of a release that had no page or note.)
TAKES := bench:N bench:BENCH_DBT check-sheet:N check-sheet:SEED cite:QUERY diff:FROM diff:TO fuzz:RUNS mutants:SHARE package:PAPER package:SITE read-sheet:CODER read-sheet:FILE verify:VERSION verify:ZIP verify-sources:TEXTS
ASKED := $(or $(MAKECMDGOALS),help)
GIVEN := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
UNKNOWN := $(filter-out PYTHON $(foreach goal,$(ASKED),$(patsubst $(goal):%,%,$(filter $(goal):%,$(TAKES)))),$(GIVEN))
KNOWN := $(or $(filter $(ASKED:%=%:%),$(TAKES)),$(TAKES))
$(if $(UNKNOWN),$(error make $(ASKED) takes no $(UNKNOWN). Known: $(foreach pair,$(KNOWN),make $(subst :, ,$(pair))=)))

# Text goes through the environment, unexpanded: it is never run.
given = $(if $(filter command,$(origin $1)),$(value $1))
export BENCH_ROWS := $(call given,N)
export CITE_QUERY := $(call given,QUERY)
export DIFF_FROM := $(call given,FROM)
export DIFF_TO := $(call given,TO)
export FUZZ_RUNS := $(or $(call given,RUNS),200000)
export MUTANTS_SHARE := $(call given,SHARE)
export SHEET_CODER := $(call given,CODER)
export SHEET_FILE := $(call given,FILE)
export SHEET_N := $(call given,N)
export SHEET_SEED := $(call given,SEED)
export TEXTS_FOLDER := $(call given,TEXTS)
export VERIFY_VERSION := $(call given,VERSION)
export VERIFY_ZIP := $(call given,ZIP)
override export BENCH_DBT := $(value BENCH_DBT)
override export PYTHON := $(or $(value PYTHON),python3)
unexport CODER FILE N QUERY FROM TO RUNS SEED SHARE TEXTS VERSION ZIP PAPER SITE

# Settings that reach into Python, pip or a library end here; where packages come from is the user's to say.
PASSED := PYTHON PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX PYTHONUNBUFFERED POLARS_MAX_THREADS $(addprefix PIP_,CACHE_DIR CERT \
  CLIENT_CERT CONFIG_FILE DEFAULT_TIMEOUT EXTRA_INDEX_URL FIND_LINKS INDEX_URL KEYRING_PROVIDER NO_CACHE_DIR NO_INDEX PROXY RETRIES TIMEOUT TRUSTED_HOST)
unexport $(filter-out $(PASSED),$(filter __PYVENV_LAUNCHER__ PYTHON% PIP_% POLARS_% DUCKDB_% GX_% GE_% MPL% MATPLOTLIB%,$(.VARIABLES)))
export GX_ANALYTICS_ENABLED := false
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1

# --- What there is ---

# Tables are known from the descriptors: another file in raw/ is no part of the graph.
comma := ,
words_of = $(subst :, ,$(subst $(comma), ,$(file <$1)))
TABLES := $(patsubst "build/%.csv",%,$(filter "build/%.csv",$(call words_of,datapackage.json)))
RAW := datapackage.json raw/datapackage.json $(patsubst "%.csv",raw/%.csv,$(filter "%.csv",$(call words_of,raw/datapackage.json)))
$(if $(and $(TABLES),$(filter raw/%.csv,$(RAW))),,$(error datapackage.json and raw/datapackage.json have to name the tables; restore them))
# What is a view of the database is exported by the step that makes it.
DERIVED := $(filter $(patsubst scripts/query/views/%.sql,%,$(wildcard scripts/query/views/*.sql)),$(TABLES))
CSV := $(patsubst %,build/%.csv,$(filter-out $(DERIVED),$(TABLES)))
PARQUET := $(CSV:.csv=.parquet)
PANELS := $(DERIVED:%=build/%.csv) $(DERIVED:%=build/%.parquet)
DATABASE := build/expulsions.duckdb
CODEBOOK := build/codebook.md
COOKBOOK := build/cookbook.md
VALID := build/validation/.passed
FIGURES := $(addprefix build/figures/,officials.svg officials.png decisions.svg decisions.png moscow.svg moscow.png claims.md)
SITE := build/site/index.html
PAPER := build/data-note.pdf

# What makes it. A folder stands beside its files, so that a file that is gone is seen too.
BY_package := $(wildcard scripts/package/*.py scripts/package/*.css)
BY_compile := $(BY_package) $(wildcard scripts/compile/*.py build/releases build/releases/* build/releases/*/*)
BY_query := $(BY_package) $(wildcard scripts/query/*.py scripts/query/*.md scripts/query/views scripts/query/views/*.sql scripts/query/views/steps scripts/query/views/steps/*.sql)
BY_explore := $(BY_package) $(wildcard scripts/explore/*.py scripts/explore/page scripts/explore/page/* scripts/explore/paper scripts/explore/paper/*)
BY_validation := $(BY_package) $(wildcard validation/*.py validation/*.sql validation/rules validation/rules/*.sql)
# A name with other signs would be read as part of a rule.
MISNAMED := $(wildcard $(addsuffix /*[!A-Za-z0-9_.~\#-]*,scripts scripts/* scripts/*/* scripts/*/*/* scripts/*/*/*/* validation validation/* build/releases build/releases/*))
$(if $(MISNAMED),$(error Names here have letters, digits and _ . - only; rename or remove $(MISNAMED)))

# The commands replace files whole or not at all: make itself must never delete one.
.PRECIOUS: $(CSV) $(PARQUET) $(DATABASE) $(PANELS) $(CODEBOOK) $(COOKBOOK) $(VALID) $(FIGURES) $(SITE) $(PAPER)
.PHONY: help build data figures bundle browser site paper diff verify cite package release metadata validate-metadata test lint tidy worklist check-sheet read-sheet verify-sources attack bench fuzz mutants audit lock clean FORCE
PY := .venv/bin/python

## Build

help:  ## list the targets (the default)
	@awk -F ':.*## ' '/^## /{print "\n" substr($$0, 4)} /^[a-z-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' Makefile
	@printf '\n%s\n' 'An edit under a clock that was set back is not seen: make -B makes all anew.'
build: data $(CODEBOOK) $(COOKBOOK) $(VALID)  ## compile, build the database, write codebook and cookbook, validate
data: $(CSV) $(PARQUET) $(DATABASE) $(PANELS)  ## compile the tables and build the database only
figures: $(FIGURES)  ## draw the headline figure and the table beside it
paper: $(PAPER)  ## write build/data-note.pdf, the data described as a journal prints it, with the codebook
site: $(SITE)  ## write build/site/, the explorer that opens from disk without a network
clean:  ## remove what is built and not committed
	@rm -rf build/*.duckdb build/*.parquet build/*.pdf build/worklist.* build/validation build/site build/diff .staging build/.staging dist/.staging raw/.staging build/.journal

# A commit that a kill cut short, or a .csv that no table is, is seen to by the command, never here.
$(CSV) $(PARQUET) &: $(RAW) $(BY_compile) $(if $(wildcard build/.journal)$(filter-out $(RAW),$(wildcard raw/*.csv)),FORCE) | .venv/.ready
	@$(PY) -m scripts.compile.tables

# Where one is missing, the command says so.
$(RAW):

$(DATABASE) $(PANELS) &: $(CSV) $(BY_query) | .venv/.ready
	@$(PY) -m scripts.query.database

$(CODEBOOK): datapackage.json $(DATABASE) $(BY_query) | .venv/.ready
	@$(PY) -m scripts.query.codebook

$(COOKBOOK): $(DATABASE) $(BY_query) | .venv/.ready
	@$(PY) -m scripts.query.cookbook

$(VALID): $(DATABASE) $(BY_validation) raw/waivers.csv | .venv/.ready
	@$(PY) -m validation.run
	@touch -r build/validation/results.json $@

$(FIGURES) &: $(DATABASE) $(BY_explore) | .venv/.ready
	@$(PY) -m scripts.explore.figures

$(SITE): $(DATABASE) $(VALID) $(CODEBOOK) $(COOKBOOK) $(BY_explore) | .venv/.ready
	@$(PY) -m scripts.explore.site

$(PAPER): $(DATABASE) $(BY_explore) $(wildcard scripts/query/*.py scripts/query/*.md) | .venv/.paper
	@$(PY) -m scripts.explore.paper

## Edit and check

tidy: | .venv/.ready  ## put raw/ into its canonical form: sorted, minimally quoted, composed letters
	@$(PY) -m scripts.compile.tidy
worklist: data  ## write what to do next, with places and queries: build/worklist.html and .csv
	@$(PY) -m scripts.query.worklist
check-sheet: $(CSV)  ## write a form to code statements and decisions on, blind: make check-sheet N=60 SEED=1
	@$(PY) -m scripts.compile.form
read-sheet: $(CSV)  ## read a filled form into raw/recodings.csv: make read-sheet FILE=path [CODER=p1]
	@$(PY) -m scripts.compile.codings
verify-sources: | .venv/.ready  ## check held article texts: make verify-sources TEXTS=folder
	@$(PY) -m scripts.compile.sources
# Two workers share the cores: a thread each is quicker than two.
test: build  ## run the tests
	@POLARS_MAX_THREADS=1 $(PY) -m pytest
browser: .venv/.browser  ## install what the explorer's tests need beside Debian's Chromium (160 MB)
lint: | .venv/.ready  ## check style and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

## Versions

cite: data  ## how to cite this version or a slice: make cite [QUERY="expeller='RUS'"]
	@$(PY) -m scripts.publish.cite
diff: data  ## what changed, and the CHANGELOG section: make diff FROM=1.0.0 [TO=1.1.0]
	@$(PY) -m scripts.publish.diff
verify: | .venv/.ready  ## rebuild and prove a release, or prove a zip: make verify VERSION=1.0.0 | ZIP=path
	@$(PY) -m scripts.publish.verify
metadata: data  ## write .zenodo.json out of the descriptor and the tables
	@$(PY) -m scripts.publish.metadata
package: data $(CODEBOOK) $(COOKBOOK) $(FIGURES) $(SITE) $(PAPER)  ## write the zip, the packages for Python and R and the database to dist/ without releasing
	@$(PY) -m scripts.publish.archive
validate-metadata: package .validators/.ready  ## hold a zip's metadata against the official validators (1 minute to set up)
	@.validators/bin/python -m validation.metadata dist
release: data $(CODEBOOK) $(COOKBOOK) $(SITE) $(PAPER)  ## check everything, then write dist/ and build/releases/X.Y.Z/ (version: datapackage.json)
	@$(PY) -m scripts.publish.release check
	@bash .ci/run
	@$(PY) -m scripts.publish.release

## Attack and measure

attack: | .venv/.ready  ## plant faults in the real raw/, damage whole tables, kill builds, and count what is caught and healed
	@$(PY) -m tests.measure.attack
	@$(PY) -m tests.measure.slips
	@POLARS_MAX_THREADS=1 $(PY) -m tests.measure.damage
	@$(PY) -m tests.measure.faults
bench: | .venv/.ready  ## measure speed and memory: make bench N=100000
	@$(PY) -m tests.measure.bench
	@$(PY) -m tests.measure.edits
fuzz: .fuzz/.ready  ## feed hostile bytes to the raw reader (atheris, in an environment of its own): make fuzz RUNS=200000
	@.fuzz/bin/python -m tests.measure.fuzz -runs="$$FUZZ_RUNS" -max_len=400 -rss_limit_mb=8192
mutants: data .venv/.mutation  ## plant faults in the code, one at a time, and count what the tests kill: make mutants SHARE=20
	@$(PY) -m tests.measure.mutants

## Environments

audit: .audit/.ready  ## hold the locks against the advisories of PyPI (needs the network)
	@for lock in *.lock; do .audit/bin/python -m pip_audit --strict --disable-pip --require-hashes --requirement $$lock || exit 1; done
bundle:  ## lint the page's scripts and write its libraries and map anew out of npm, by their lock (needs npm and the network)
	@rm -rf .bundle && cp -r scripts/explore/bundle .bundle && cd .bundle && npm ci --ignore-scripts --no-audit --no-fund --silent && \
	node lint.js ../scripts/explore/page && node bundle.js vendor.js.new && mv vendor.js.new ../scripts/explore/page/vendor.js; status=$$?; cd .. && rm -rf .bundle; exit $$status
lock:  ## write the locks anew (needs uv)
	@set -e; oldest=$$(sed -n 's/^requires-python = ">=\([0-9.]*\),.*/\1/p' pyproject.toml); \
	lock() { uv pip compile --universal --python-version "$$oldest" --generate-hashes --no-emit-index-url --no-emit-find-links --no-header "$$@"; }; \
	lock --group dev pyproject.toml --output-file requirements.lock; \
	lock --constraint requirements.lock --group browser --output-file browser.lock; \
	lock --constraint requirements.lock --group mutation --output-file mutation.lock; \
	lock --constraint requirements.lock --group paper --output-file paper.lock; \
	lock --group pyproject.toml:metadata --output-file requirements-release.lock

.venv/.ready .fuzz/.ready .audit/.ready: requirements.lock
.validators/.ready: requirements-release.lock
.venv/.browser: browser.lock | .venv/.ready
.venv/.mutation: mutation.lock | .venv/.ready
.venv/.paper: paper.lock | .venv/.ready
.venv/.ready .venv/.browser .venv/.mutation .venv/.paper .validators/.ready:
	@"$$PYTHON" -m scripts.package.environment $@ $<
.fuzz/.ready:
	@"$$PYTHON" -m scripts.package.environment $@ $< atheris polars
.audit/.ready:
	@"$$PYTHON" -m scripts.package.environment $@ $< pip-audit

# An environment whose Python is gone, or is another one than it was made of, is made anew.
python_of = $(realpath $1/bin/python)
same = $(and $(python_of),$(or $(findstring $(realpath $1)/,$(python_of)),$(findstring executable = $(python_of),$(file <$1/pyvenv.cfg))))
.PHONY: $(foreach place,.venv .fuzz .audit .validators,$(if $(call same,$(place)),,$(place)/.ready))
