#!/bin/sh
# swift-in.sh CMD [ARG...]: runs CMD in the Swift chroot, with the repository at its own path.
# The mounts live in a mount namespace of this one command: they are gone when it ends, however it ends, and two runs beside each other
# do not meet. Ends with 77 where there can be no chroot.
#   SWIFT_CACHE  as for setup-swift.sh
set -eu
[ $# -gt 0 ] || { echo "usage: swift-in.sh CMD [ARG...]" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd -P)
root=$("$here/setup-swift.sh")
cwd=$(pwd -P)
project=$(cd "$here/../.." && pwd -P)
case $cwd/ in "$project"/*) ;; *) echo "swift-in: $cwd is outside $project" >&2; exit 64 ;; esac
export ROOT="$root" PROJECT="$project" CWD="$cwd"
exec unshare --mount --propagation private -- sh -euc '
  mount --rbind /proc "$ROOT/proc"
  mount --rbind /dev "$ROOT/dev"
  case $PROJECT in /tmp/*) ;; *) mount -t tmpfs tmpfs "$ROOT/tmp" ;; esac
  mkdir -p "$ROOT$PROJECT"
  mount --bind "$PROJECT" "$ROOT$PROJECT"
  exec chroot "$ROOT" /usr/bin/env -i --chdir="$CWD" HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
    CI="${CI:-}" FIELDBOOK_OUTLINES="${FIELDBOOK_OUTLINES:-}" PATH=/usr/libexec/swift/bin:/usr/local/bin:/usr/bin:/bin "$@"
' swift-in "$@"
