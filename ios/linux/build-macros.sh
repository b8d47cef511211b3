#!/bin/sh
# Run in the chroot: the plugin behind the stand-in of #Preview, from the SwiftSyntax that the toolchain ships.
set -eu
cd "$(dirname "$0")/.."
host=/usr/libexec/swift/lib/swift/host
plugin=.build/macros/libPreviewMacros.so
mkdir -p .build/macros
[ $plugin -nt LinuxStandIns/PreviewMacros/Preview.swift ] && exit 0
swiftc -swift-version 5 -O -parse-as-library -module-name PreviewMacros -emit-library \
  -I $host -L $host -lSwiftSyntax -lSwiftSyntaxMacros -Xlinker -rpath -Xlinker $host -Xlinker --allow-shlib-undefined \
  -o $plugin LinuxStandIns/PreviewMacros/Preview.swift
