# What can be done here, in a word each. `make` alone lists it. The recipes are scripts, so that each can be read and run by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev build test check fmt unit postgres browser e2e engines kills-browser schemathesis fuzz faults load cost audit setup clean

help: ## List what make can do
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## Build what has changed, start the portal with an example cohort on PORT (8080), and say how to sign in
	@exec scripts/run

dev: ## Work on the app: the API on 8080, the app on 8081, rebuilt at each change
	@exec scripts/dev

build: ## Build the app into dist/ and the server
	@exec scripts/build

test: ## Run every suite; the last line is 'N passed, N failed'
	@exec scripts/test

check: ## The quick part of the tests: formatting and lints
	@exec scripts/test format prettier clippy clippy-web

unit: ## The tests that need no browser
	@exec scripts/test unit

postgres: ## The server's tests once more, on a PostgreSQL that is started for them
	@exec scripts/test postgres

browser: ## The tests of the browser layer, in headless Chromium
	@exec scripts/test browser

e2e: ## The tests of the whole portal, in headless Chromium
	@exec scripts/test build e2e

schemathesis: ## Call the API in odd ways: EXAMPLES (100) of each call, DATABASE; asks PyPI for the tool once
	@exec scripts/schemathesis $(EXAMPLES)

fuzz: ## Try random bytes on what reads strangers' bytes, SECONDS (60) each
	@exec scripts/fuzz all $(SECONDS)

faults: ## Run the server through seeded faults and kills (SCHEDULES, SEED, DATABASE, KILLS, ONLY): nothing may be lost
	@exec scripts/faults

load: ## Measure the server under load (LEARNERS, DATABASE, SECONDS, CONNECTIONS, SEED, ONLY, VERIFY, FOLDER); no test
	@LOAD_SECONDS=$(SECONDS) exec scripts/load

cost: ## Measure what visits and a month cost a learner, in bytes and seconds, RUNS (3) times: docs/performance-cost.md
	@exec scripts/cost

engines: ## The journeys offline and on a shared computer, in Firefox and WebKitGTK
	@exec scripts/test build engines

kills-browser: ## Kill Chromium KILLS (100) times in the moment it says 'Saved'
	@. scripts/env.sh && scripts/build && KILLS=$${KILLS:-100} playwright test -c tests/e2e --reporter=list killed

audit: ## Check the dependencies: licences, sources, known vulnerabilities
	@exec scripts/audit

fmt: ## Format everything
	@. scripts/env.sh && cargo fmt --all && prettier --write --log-level warn .

setup: ## Install what building and testing need
	@exec scripts/setup test

clean: ## Remove what was built; data/ stays
	rm -rf dist target test-results
