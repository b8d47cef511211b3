#!/bin/sh
# setup-swift.sh: makes a Debian chroot with Swift in a cache folder, or reuses the one there.
# Prints the chroot's path as its only line of stdout; everything else goes to stderr.
# Ends with 77 where it cannot work at all (not root, no Debian package for this processor).
#   SWIFT_CACHE  where chroots live (default: ${XDG_CACHE_HOME:-~/.cache}/swift-chroot)
set -eu
suite=trixie # Swift 6.0.3
recipe=1     # raise it when the package list or the steps below change: old chroots are then rebuilt
cache=${SWIFT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/swift-chroot}
packages=swiftlang,libc6-dev,libstdc++-14-dev,git,ca-certificates
root=$cache/$suite-r$recipe

say() { echo "setup-swift: $*" >&2; }
# What downloads is tried three times.
again() {
  for try in 1 2 3; do
    "$@" && return
    say "failed (try $try of 3): $*"
  done
  return 1
}
case $(uname -s)-$(uname -m) in
  Linux-x86_64 | Linux-aarch64) ;;
  *) say "no Debian swiftlang for $(uname -s) on $(uname -m)"; exit 77 ;;
esac
[ "$(id -u)" = 0 ] || { say "must run as root (chroot and mount need it)"; exit 77; }
command -v apt-get >/dev/null || { say "needs a Debian host (apt-get)"; exit 77; }

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9 # two runs at once: the second waits, then reuses
if [ -e "$root/.ready" ]; then echo "$root"; exit 0; fi

# The host's own mirror and download settings, so that this file names no host.
mirror_of_host() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sed -n '\|/debian/*$|p' | sort -u | head -n 1
}
mirror=$(mirror_of_host)
if [ -z "$mirror" ] || ! command -v mmdebstrap >/dev/null; then # before the first update apt names no target
  again apt-get update -qq >&2
  mirror=$(mirror_of_host)
  again env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap >&2
fi
[ -n "$mirror" ] || { say "no Debian mirror among the host's apt sources"; exit 1; }
conf=$(mktemp)
trap 'rm -f "$conf"' EXIT
echo 'Acquire::Retries "5"; Acquire::http::Timeout "60"; Acquire::https::Timeout "60";' >"$conf" # unless the host says otherwise
apt-config dump | sed -nE '/^Acquire::(http|https|Check|Retries)/p' >>"$conf"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] || { say "no $keyring: install debian-archive-keyring"; exit 1; }

make_chroot() {
  # A half-made one (a run that was cut off) is thrown away; mmdebstrap unmounts its own mounts.
  if [ -e "$root" ]; then
    if grep -qF " $root/" /proc/mounts; then say "something is still mounted below $root"; return 1; fi
    rm -rf --one-file-system "$root"
  fi
  mmdebstrap --quiet --mode=root --variant=apt --include="$packages" \
    --aptopt="$conf" --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$suite" "$root" "deb [signed-by=$keyring] $mirror $suite main" >&2
}
say "making $root from suite $suite (some 600 MB to download, 2.6 GB unpacked; about 90 s)"
again make_chroot || { say "the chroot could not be made; what went wrong stands above"; exit 1; }
# Programs in the chroot talk to loopback only: they need the host's names, nothing else of the network.
cp -L /etc/hosts "$root/etc/hosts"
# Swift finds its own libraries through /proc/self/exe, so /proc must be there.
unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" /usr/bin/swift --version' "$root" \
  >"$root/.ready.tmp" 2>&1 </dev/null || { cat "$root/.ready.tmp" >&2; exit 1; }
mv "$root/.ready.tmp" "$root/.ready"
say "$(head -n 1 "$root/.ready")"
echo "$root"
