# Sổ Địa Bàn. `make demo` tells a month on two phones; `make test` is what the build machine runs.
SHELL := bash
.DEFAULT_GOAL := help
CARGO ?= cargo
BUILT := target/debug

# What makes the next build quicker takes gigabytes, and a build machine builds once.
ifdef CI
export CARGO_INCREMENTAL := 0
endif

.PHONY: help demo test serve bench bench-peers lint sim sim-power unit need-cargo

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: programs ## A month on two phones, with a bad network, told as a story
	@$(BUILT)/demo

test: need-space lint unit android-app ios ## What must hold: lints, unit tests, whole-system tests, two thousand simulated seeds, the Android and the iOS app

unit: programs
	$(CARGO) test --workspace

lint: need-cargo ## Format and lints, warnings are errors
	$(CARGO) fmt --all -- --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings

SEEDS ?= 0..2000

sim: need-cargo ## Simulated months: SEEDS=50000 for more, SEED=42 to replay one, ALOUD=1 to hear what leads to a failure
	FIELDBOOK_SEEDS=$(SEEDS) $(if $(SEED),FIELDBOOK_SEED=$(SEED)) $(if $(ALOUD),FIELDBOOK_ALOUD=1) $(CARGO) test --workspace --test simulation -- --nocapture

sim-power: need-cargo ## Mistakes planted one by one, and the seed of the simulation that finds each
	$(CARGO) build --workspace --features fieldbook-tests/planted --bin sim-power
	$(BUILT)/sim-power

.PHONY: history
history: programs ## Two minutes of three phones, an office and a bad network, proven from what was said; SEED=42 for that story again
	FIELDBOOK_HISTORY=120 $(if $(SEED),FIELDBOOK_SEED=$(SEED)) $(CARGO) test --workspace --test history -- --nocapture

serve: programs ## A server that keeps running, and how to enrol a phone on it
	@$(BUILT)/demo --serve

bench: need-cargo ## Bytes, requests and times beside their floors and peers; figures in target/bench.json
	$(CARGO) build --release -p fieldbook-server -p fieldbook-tests --bin fieldbook-server --bin bench
	target/release/bench

bench-peers: need-cargo ## The same visits by Anki, PouchDB, WatermelonDB, Automerge and tus, beside ours (needs Node and Python)
	$(CARGO) build --release -p fieldbook-server -p fieldbook-tests --bin fieldbook-server --bin bench
	tests/peers/run.sh target/release/bench

.PHONY: android android-app app-shots
android: android-app ## The Android app without a phone: tests over the real core and server, lints, the core checked for phones (android/README.md)
	android/arm-check.sh

android-app: programs
	FIELDBOOK_BUILT=1 android/host-build.sh check

app-shots: programs ## Pictures of every screen, in android/build/host/shots.html
	FIELDBOOK_BUILT=1 android/host-build.sh shots

.PHONY: ios
ios: programs ## The iOS app without a Mac: compiled and clicked through over the real core and server, format, the core checked for iPhones (ios/README.md)
	FIELDBOOK_BUILT=1 ios/check.sh test
	ios/check.sh format
	ios/check.sh core

.PHONY: programs
programs: need-cargo
	$(CARGO) build --workspace

.PHONY: need-space
need-space:
	@free=$$(df -Pk . | awk 'NR == 2 { print int($$4 / 1048576) }'); [ "$$free" -ge 12 ] || \
		{ echo "Building and testing everything takes 12 GB of disk; $$free GB are left here. Make room (cargo clean in other clones), then run make again." >&2; exit 1; }

need-cargo:
	@command -v $(CARGO) >/dev/null || { echo "Rust 1.95 or later is needed: install it with rustup, then run make again." >&2; exit 1; }
	@command -v cc >/dev/null || { echo "A C compiler is needed (for SQLite and zstd): on Debian, apt-get install build-essential." >&2; exit 1; }
