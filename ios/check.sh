#!/bin/sh
# The iOS app without a Mac.
#   check.sh test [FILTER]  compiles generated code, kit, app and tests, and taps through the screens over the real core and server;
#                           all of them only when something they depend on has changed since they last passed
#   check.sh outlines       as test, and writes the outlines of the screens anew
#   check.sh format         swift format, strict
#   check.sh core           the Rust core type-checked for aarch64-apple-ios
#   check.sh bindings       writes the Swift sources of the core
#   check.sh swift ARG...   any command of the toolchain, in this folder
# FIELDBOOK_BUILT=1 leaves out `cargo build --workspace` when it has just run. Where a part cannot run (no root, no Debian), that is said
# loudly; with CI=true it is a failure.
set -eu
cd "$(dirname "$0")"
built=../target/debug
core=Packages/FieldbookCore/Sources

left_out() {
    printf '\n*** SKIPPED: %s ***\n\n' "$1" >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
    exit 0
}

programs() { [ -n "${FIELDBOOK_BUILT:-}" ] || (cd .. && cargo build --workspace); }

bindings() {
    library=$built/libfieldbook_ffi.so
    [ -e "$library" ] || { echo "no $library: run cargo build --workspace first" >&2; exit 1; }
    stamp=.build/bindings.stamp
    mkdir -p .build $core/FieldbookCore $core/FieldbookFFI
    if [ $stamp -nt $library ] && [ $stamp -nt ../bindings/uniffi.toml ] && [ -e $core/FieldbookCore/FieldbookCore.swift ]; then return; fi
    rm -rf .build/bindings
    (cd .. && "$PWD/target/debug/uniffi-bindgen" generate --library "$PWD/target/debug/libfieldbook_ffi.so" --language swift \
        --no-format --out-dir ios/.build/bindings)
    put() { cmp -s "$1" "$2" || cp "$1" "$2"; } # an unchanged file keeps its date, and nothing is compiled anew
    put .build/bindings/FieldbookCore.swift $core/FieldbookCore/FieldbookCore.swift
    put .build/bindings/FieldbookFFI.h $core/FieldbookFFI/FieldbookFFI.h
    put .build/bindings/FieldbookFFI.modulemap $core/FieldbookFFI/module.modulemap
    touch $stamp
}

swift_in() {
    status=0
    linux/swift-in.sh "$@" || status=$?
    [ $status != 77 ] || left_out "no Swift here (it needs root on a Debian machine); the iOS app was not compiled and not tested."
    return $status
}

# Of what compiler and tests see, by content: the sources of both apps, what the office is furnished with, the core and the server.
seen() {
    (
        cd ..
        find ios android/app/src ARCHITECTURE.md tests/data/units-village.csv tests/data/hamlets.csv \
            -name .build -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
        sha256sum target/debug/libfieldbook_ffi.so target/debug/fieldbook-server
    ) | sha256sum
}

run_all_tests() {
    programs
    bindings
    passed=.build/passed.stamp
    now=$(seen)
    if [ "$(cat $passed 2>/dev/null)" = "$now" ]; then
        echo "iOS: nothing has changed since all tests passed"
        return
    fi
    rm -f $passed
    FIELDBOOK_BUILT=1 run_tests
    echo "$now" >$passed
}

# Tests wait more than they compute: they run beside each other, a few at a time.
run_tests() {
    programs
    bindings
    swift_in linux/build-macros.sh
    swift_in swift test --disable-xctest -Xswiftc -warnings-as-errors "$@"
}

case ${1:-} in
    test) if [ $# = 1 ]; then run_all_tests; else run_tests --filter "$2"; fi ;;
    outlines) FIELDBOOK_OUTLINES=write run_tests --filter OutlineTests ;;
    format) swift_in swift format lint --recursive --strict App LinuxStandIns Packages/FieldbookKit Tests Package.swift Packages/FieldbookCore/Package.swift ;;
    bindings) bindings ;;
    swift) shift; bindings; swift_in linux/build-macros.sh; swift_in swift "$@" ;;
    core) linux/core-check.sh ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
