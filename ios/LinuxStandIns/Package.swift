// swift-tools-version: 6.0
// Stand-ins for Apple's modules, for Linux only: what the screens use of them, by Apple's documented signatures.
import PackageDescription

let preview: [SwiftSetting] = [.unsafeFlags(["-load-plugin-library", "\(Context.packageDirectory)/../.build/macros/libPreviewMacros.so"])]
let names = ["UIKit", "PhotosUI", "CoreLocation", "BackgroundTasks", "Security", "Network", "LocalAuthentication"]

let package = Package(
    name: "LinuxStandIns",
    products: (names + ["SwiftUI"]).map { .library(name: $0, targets: [$0]) },
    targets: [
        .target(name: "SwiftUI", dependencies: ["UIKit"], path: "SwiftUI", swiftSettings: preview),
        .target(name: "UIKit", path: "UIKit"),
        .target(name: "PhotosUI", dependencies: ["SwiftUI"], path: "PhotosUI"),
        .target(name: "CoreLocation", path: "CoreLocation"),
        .target(name: "BackgroundTasks", path: "BackgroundTasks"),
        .target(name: "Security", path: "Security"),
        .target(name: "Network", path: "Network"),
        .target(name: "LocalAuthentication", path: "LocalAuthentication"),
    ],
    swiftLanguageModes: [.v6]
)
