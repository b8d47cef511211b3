// swift-tools-version: 6.0
// Every screen of the app, its models and its words.
import PackageDescription

var packages: [Package.Dependency] = [.package(path: "../FieldbookCore")]
var needs: [Target.Dependency] = [.product(name: "FieldbookCore", package: "FieldbookCore")]
var settings: [SwiftSetting] = []
#if os(Linux)
    let standInNames = [
        "AVFoundation", "BackgroundTasks", "CoreGraphics", "CoreImage", "CoreLocation", "CoreTransferable", "ImageIO",
        "LocalAuthentication", "Network", "PhotosUI", "Security", "SwiftUI", "UIKit", "URLSessions", "UniformTypeIdentifiers",
        "UserNotifications", "VisionKit",
    ]
    packages.append(.package(path: "../../LinuxStandIns"))
    needs += standInNames.map { .product(name: $0, package: "LinuxStandIns") }
    settings.append(.unsafeFlags(["-load-plugin-library", "\(Context.packageDirectory)/../../.build/macros/libPreviewMacros.so"]))
#endif

let package = Package(
    name: "FieldbookKit",
    defaultLocalization: "vi",
    platforms: [.iOS(.v17)],
    products: [.library(name: "FieldbookKit", targets: ["FieldbookKit"])],
    dependencies: packages,
    targets: [.target(name: "FieldbookKit", dependencies: needs, resources: [.process("Resources")], swiftSettings: settings)],
    swiftLanguageModes: [.v6]
)
