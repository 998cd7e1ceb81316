# What a person types. Each target that does more than one thing is a script of its own in scripts/.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
# Arguments for `make run`: another batch file, or options.
BATCH ?= examples/quickstart/config.yaml
# Options for `make serve`.
SERVE ?=
# Traits of the package to build with: TLS for HTTPS.
TRAITS ?=
# For `make bench`: the rows to measure, such as "1 2" (all where it is empty), and further options, such as --quick.
ROWS ?=
BENCH ?=
# For `make prove`: options, such as --class network or --output receipt.json.
PROVE ?=
# For `make fuzz`: options, and parsers of Fuzz/Corpus.
FUZZ ?=

SANDERLING := .build/release/sanderling
# libstdc++ is linked statically like the rest: looking its symbols up is a part of the command's start. libgcc is not, as the
# C library opens libgcc_s.so.1 by itself where a thread ends.
STATIC_LIBRARIES := .build/static-libraries
LINK_FLAGS := -Xswiftc -L$(STATIC_LIBRARIES) -Xlinker --no-export-dynamic
SWIFT_SOURCES := Package.swift Plugins Sources Tests Fuzz Benchmarks/Package.swift Benchmarks/SanderlingBenchmarks Benchmarks/WriteFilter
export SWIFT SANDERLING

.DEFAULT_GOAL := build
.PHONY: build run serve test test-long test-vm fuzz bench prove install uninstall deb format lint docs clean help toolchain

build: toolchain ## Build the command and the launcher (release)
	@scripts/install-dependencies --from scripts/build-packages.txt
	@[ -e $(SANDERLING) ] || echo "building for the first time: this takes some minutes"
	@scripts/find-static-libraries $(STATIC_LIBRARIES)
	@scripts/swiftpm build --quiet --configuration release --static-swift-stdlib $(LINK_FLAGS) $(if $(TRAITS),--traits $(TRAITS)) --product sanderling
	@SANDERLING_DIRECT_RUN=1 scripts/swiftpm build --quiet --configuration release --static-swift-stdlib --disable-local-rpath $(if $(TRAITS),--traits $(TRAITS)) --product sanderling-run
	@echo "built $(SANDERLING)"

run: toolchain ## Install what is missing, build, and run the quickstart batch
	@scripts/install-dependencies --from scripts/runtime-packages.txt --from scripts/quickstart-packages.txt
	@$(MAKE) --no-print-directory build
	@$(SANDERLING) batch $(BATCH)

serve: build ## Build, and serve on this machine's port 8080 until Ctrl-C; SERVE="--port 9000" for options
	@scripts/install-dependencies --from scripts/runtime-packages.txt
	@$(SANDERLING) serve $(SERVE)

test: toolchain ## Install what the tests need and run all but the long ones
	@scripts/test

test-long: toolchain ## Run what does not fit in `make test`
	@scripts/test-long

test-vm: build ## Check a stock kernel with cgroup v2, and that each wall is missed when it is not there, in a virtual machine
	@scripts/test-vm
	@scripts/sabotage-test

fuzz: toolchain ## Give what reads strangers' input to libFuzzer, half a minute each; FUZZ="--seconds 600 zip" for one
	@scripts/fuzz $(FUZZ)

bench: toolchain ## Measure Sanderling beside the field (under ten minutes once built); ROWS="1 2" for some rows
	@scripts/bench $(if $(ROWS),--rows "$(ROWS)") $(BENCH)

prove: toolchain ## Run hostile programs against this host's walls, and give a receipt; PROVE="--class network" for some
	@scripts/install-dependencies --from scripts/runtime-packages.txt --from scripts/attacks-packages.txt
	@$(MAKE) --no-print-directory build
	@$(SANDERLING) prove $(PROVE)

install: build ## Install into PREFIX (default /usr/local), below DESTDIR when set
	@scripts/install --prefix "$(PREFIX)" --destdir "$(DESTDIR)"

uninstall: ## Remove what `make install` put there
	@scripts/install --uninstall --prefix "$(PREFIX)" --destdir "$(DESTDIR)"

deb: build ## Make a Debian package, with a system service: .build/deb/*.deb
	@scripts/build-deb

format: toolchain ## Format the Swift sources
	@$(SWIFT) format --in-place --parallel --recursive $(SWIFT_SOURCES)

lint: toolchain ## Check the format of the Swift sources and the shell scripts
	@scripts/lint $(SWIFT_SOURCES)

docs: toolchain ## Build the library's documentation; a warning is a failure
	@scripts/build-documentation

clean: ## Remove everything that was built
	@rm -rf .build .build-* Benchmarks/.build output logs examples/*/output examples/*/logs
	@echo "removed the build"

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

toolchain:
	@command -v $(SWIFT) >/dev/null || { \
		echo "make: no '$(SWIFT)' on the PATH: install a Swift 6.3 toolchain from https://www.swift.org/install" >&2; \
		echo "make: and add its usr/bin to the PATH, or name the executable: make SWIFT=/path/to/swift" >&2; \
		exit 1; }
