// swift-tools-version: 6.0
// Builds and tests everything on Linux, against the stand-ins of `LinuxStandIns`. On a Mac `project.yml` makes the Xcode project instead.
import PackageDescription

let standInNames = [
    "AVFoundation", "BackgroundTasks", "CoreGraphics", "CoreImage", "CoreLocation", "CoreTransferable", "ImageIO", "LocalAuthentication",
    "Network", "PhotosUI", "Security", "SwiftUI", "UIKit", "URLSessions", "UniformTypeIdentifiers", "UserNotifications", "VisionKit",
]
let standIns: [Target.Dependency] = standInNames.map {
    .product(name: $0, package: "LinuxStandIns")
}
let app: [Target.Dependency] = [
    .product(name: "FieldbookKit", package: "FieldbookKit"),
    .product(name: "FieldbookCore", package: "FieldbookCore"),
]
let preview: [SwiftSetting] = [.unsafeFlags(["-load-plugin-library", "\(Context.packageDirectory)/.build/macros/libPreviewMacros.so"])]

let package = Package(
    name: "Fieldbook",
    dependencies: [
        .package(path: "LinuxStandIns"),
        .package(path: "Packages/FieldbookCore"),
        .package(path: "Packages/FieldbookKit"),
    ],
    targets: [
        .executableTarget(
            name: "FieldbookApp", dependencies: app + standIns, path: "App",
            exclude: ["Fieldbook.entitlements", "PrivacyInfo.xcprivacy", "vi.lproj", "en.lproj"], swiftSettings: preview),
        .testTarget(
            name: "FieldbookTests", dependencies: ["FieldbookApp"] + app + standIns, path: "Tests/FieldbookTests",
            exclude: ["outlines"], swiftSettings: preview),
    ],
    swiftLanguageModes: [.v6]
)
