// swift-tools-version: 6.0
// The Rust core as a Swift module. Its sources are written by UniFFI (`ios/check.sh bindings`, or `bindings/apple.sh` on a Mac) and not kept.
import PackageDescription

#if os(Linux)
    let built = "\(Context.packageDirectory)/../../../target/debug"
    let ffi: Target = .systemLibrary(name: "FieldbookFFI")
    // The library of the host was linked against an older libc than the chroot's: what it asks of it is found when it is loaded.
    let link: [LinkerSetting] = [
        .unsafeFlags([
            "-L\(built)", "-lfieldbook_ffi", "-Xlinker", "-rpath", "-Xlinker", built, "-Xlinker", "--allow-shlib-undefined",
        ])
    ]
#else
    let ffi: Target = .binaryTarget(name: "FieldbookFFI", path: "FieldbookFFI.xcframework")
    let link: [LinkerSetting] = [.linkedFramework("SystemConfiguration"), .linkedFramework("Security")]
#endif

let package = Package(
    name: "FieldbookCore",
    platforms: [.iOS(.v17)],
    products: [.library(name: "FieldbookCore", targets: ["FieldbookCore"])],
    targets: [
        ffi,
        .target(name: "FieldbookCore", dependencies: ["FieldbookFFI"], linkerSettings: link),
    ],
    swiftLanguageModes: [.v6]
)
