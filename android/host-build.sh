#!/bin/sh
# ./host-build.sh check | test [TestClass…] | shots | apk | lint | ktlint | lock : see README.md
exec python3 "$(dirname "$0")/host-build/hostbuild.py" "$@"
