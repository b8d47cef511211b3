#!/bin/sh
# Type-checks the Rust core for phones (aarch64-linux-android), its C parts included. Nothing is linked: that takes the NDK.
set -eu
cd "$(dirname "$0")/.."
target=aarch64-linux-android
tools="clang llvm-ar"
headers=/usr/aarch64-linux-gnu/include

left_out() {
    printf '\n*** SKIPPED: the Rust core was not checked for phones. ***\n*** %s. ***\n\n' "$1" >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
    exit 0
}

have_tools() {
    for tool in $tools; do command -v "$tool" >/dev/null || return 1; done
    [ -d $headers ]
}

# What is fetched may fail or fall silent: three times two minutes, then it is said.
fetch() {
    for left in 2 1 0; do
        if timeout 120 "$@" >/dev/null; then return; fi
        if [ $left -gt 0 ]; then echo "$1: not done; asking again ($left more)" >&2 && sleep 5; fi
    done
    return 1
}

if ! have_tools && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing clang llvm libc6-dev-arm64-cross"
    export DEBIAN_FRONTEND=noninteractive
    fetch apt-get -q update || echo "apt-get could not renew its lists; going on with those at hand" >&2
    fetch apt-get -q -o DPkg::Lock::Timeout=60 install -y --no-install-recommends clang llvm libc6-dev-arm64-cross ||
        left_out "apt-get could not install clang, llvm and libc6-dev-arm64-cross; what it said stands above"
fi
have_tools || left_out "Missing: clang, llvm-ar or $headers (packages clang, llvm, libc6-dev-arm64-cross)"
command -v rustup >/dev/null || left_out "Missing: rustup, which brings the libraries of the target $target"
if ! rustup target list --installed | grep -qx $target && ! fetch rustup target add $target; then
    # Where the toolchain comes from is out of reach: no fault of these sources, so also in CI no failure.
    printf '\n*** NOT CHECKED for phones: rustup could not fetch the target %s. ***\n\n' $target >&2
    exit 0
fi

# The NDK's compiler by its own name, with the C library's headers of another system: enough for a check.
bin=$PWD/android/build/arm
mkdir -p "$bin"
cat >"$bin/$target-clang" <<EOF
#!/bin/sh
exec clang --target=${target}26 -nostdlibinc -isystem "$(clang -print-resource-dir)/include" -isystem $headers "\$@"
EOF
chmod +x "$bin/$target-clang"
PATH=$bin:$PATH CC_aarch64_linux_android=$target-clang AR_aarch64_linux_android=llvm-ar \
    cargo check -q --target $target -p fieldbook-ffi
echo "fieldbook-ffi: checked for $target"
