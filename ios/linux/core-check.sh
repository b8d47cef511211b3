#!/bin/sh
# Type-checks the Rust core for phones (aarch64-apple-ios). No C is compiled and nothing is linked: that takes a Mac.
set -eu
cd "$(dirname "$0")/../.."
target=aarch64-apple-ios

left_out() {
    printf '\n*** SKIPPED: the Rust core was not checked for iOS. %s ***\n\n' "$1" >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
    exit 0
}

# A download that hangs is cut and resumed; the whole has an end.
add_target() {
    for try in 1 2 3; do
        timeout 200 rustup target add $target && return
        echo "rustup did not bring $target (try $try of 3)" >&2
    done
    return 1
}

command -v rustup >/dev/null || left_out "Missing: rustup, which brings the libraries of the target $target."
if ! rustup target list --installed | grep -qx $target && ! add_target; then
    # Where the toolchain comes from is out of reach: no fault of these sources, so also in CI no failure.
    printf '\n*** NOT CHECKED for iPhones: rustup could not fetch the target %s. ***\n\n' $target >&2
    exit 0
fi

# In place of Apple's C compiler and archiver: empty objects, so no C is checked. cc-rs asks xcrun for the SDK unless SDKROOT is a
# folder that exists.
fake=$PWD/ios/.build/core-check
mkdir -p "$fake/iPhoneOS.sdk"
cat >"$fake/cc" <<'END'
#!/bin/sh
case "$*" in *--version* | *-E* | *-###*) echo "clang version 19.0.0 (stand-in)"; exit 0 ;; esac
while [ $# -gt 0 ]; do case $1 in -o) : >"$2"; shift ;; *.a) : >"$1" ;; esac; shift; done
END
chmod +x "$fake/cc"
SDKROOT=$fake/iPhoneOS.sdk CC_aarch64_apple_ios=$fake/cc AR_aarch64_apple_ios=$fake/cc \
    cargo check -q --target $target -p fieldbook-ffi
echo "fieldbook-ffi: checked for $target"
