#!/bin/sh
# Builds the core for iPhones and simulators, on a Mac with Xcode: writes ios/Packages/FieldbookCore/FieldbookFFI.xcframework and the
# Swift sources beside it.
#   apple.sh [debug|release]   release is what is shipped; debug builds faster
set -eu
cd "$(dirname "$0")/.."
[ "$(uname -s)" = Darwin ] || { echo "apple.sh needs a Mac; on Linux ios/check.sh builds against the host's library" >&2; exit 69; }
profile=${1:-release}
case $profile in
    release) flags=--release folder=release ;;
    debug) flags= folder=debug ;;
    *) echo "usage: apple.sh [debug|release]" >&2; exit 64 ;;
esac
# Of the host, unstripped: what it exports is read from its symbols.
cargo build -p fieldbook-ffi -p fieldbook-bindgen
targets="aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios"
for target in $targets; do
    rustup target add "$target"
    IPHONEOS_DEPLOYMENT_TARGET=17.0 cargo build $flags --target "$target" -p fieldbook-ffi
done

core=ios/Packages/FieldbookCore
work=target/apple
rm -rf "$work" "$core/FieldbookFFI.xcframework"
mkdir -p "$work/sources" "$work/headers/FieldbookFFI" "$work/simulator"
target/debug/uniffi-bindgen generate --library target/debug/libfieldbook_ffi.dylib --language swift --no-format --out-dir "$work/sources"
mkdir -p "$core/Sources/FieldbookCore"
cp "$work/sources/FieldbookCore.swift" "$core/Sources/FieldbookCore/"
# In a folder of its own, so that it meets no other framework's module map.
cp "$work/sources/FieldbookFFI.h" "$work/headers/FieldbookFFI/"
cp "$work/sources/FieldbookFFI.modulemap" "$work/headers/FieldbookFFI/module.modulemap"
lipo -create -output "$work/simulator/libfieldbook_ffi.a" \
    "target/aarch64-apple-ios-sim/$folder/libfieldbook_ffi.a" "target/x86_64-apple-ios/$folder/libfieldbook_ffi.a"
xcodebuild -create-xcframework \
    -library "target/aarch64-apple-ios/$folder/libfieldbook_ffi.a" -headers "$work/headers" \
    -library "$work/simulator/libfieldbook_ffi.a" -headers "$work/headers" \
    -output "$core/FieldbookFFI.xcframework"
