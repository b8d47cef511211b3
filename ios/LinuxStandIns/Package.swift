// swift-tools-version: 6.0
// Stand-ins for Apple's modules, for Linux only: what the screens use of them, by Apple's documented signatures.
import PackageDescription

let preview: [SwiftSetting] = [.unsafeFlags(["-load-plugin-library", "\(Context.packageDirectory)/../.build/macros/libPreviewMacros.so"])]
let names = [
    "AVFoundation", "BackgroundTasks", "CoreGraphics", "CoreImage", "CoreLocation", "CoreTransferable", "ImageIO", "LocalAuthentication",
    "Network", "PhotosUI", "Security", "UIKit", "URLSessions", "UniformTypeIdentifiers", "UserNotifications", "VisionKit",
]

let package = Package(
    name: "LinuxStandIns",
    products: (names + ["SwiftUI"]).map { .library(name: $0, targets: [$0]) },
    targets: [
        .target(name: "SwiftUI", dependencies: ["UIKit"], path: "SwiftUI", swiftSettings: preview),
        .target(name: "UIKit", dependencies: ["CoreGraphics"], path: "UIKit"),
        .target(name: "PhotosUI", dependencies: ["CoreTransferable", "SwiftUI"], path: "PhotosUI"),
        .target(name: "AVFoundation", path: "AVFoundation"),
        .target(name: "CoreGraphics", path: "CoreGraphics"),
        .target(name: "CoreTransferable", dependencies: ["UniformTypeIdentifiers"], path: "CoreTransferable"),
        .target(name: "ImageIO", dependencies: ["CoreGraphics"], path: "ImageIO"),
        .target(name: "URLSessions", path: "URLSessions"),
        .target(name: "UniformTypeIdentifiers", path: "UniformTypeIdentifiers"),
        .target(name: "CoreImage", dependencies: ["CoreGraphics"], path: "CoreImage"),
        .target(name: "UserNotifications", path: "UserNotifications"),
        .target(name: "VisionKit", dependencies: ["UIKit"], path: "VisionKit"),
        .target(name: "CoreLocation", path: "CoreLocation"),
        .target(name: "BackgroundTasks", path: "BackgroundTasks"),
        .target(name: "Security", path: "Security"),
        .target(name: "Network", path: "Network"),
        .target(name: "LocalAuthentication", path: "LocalAuthentication"),
    ],
    swiftLanguageModes: [.v6]
)
