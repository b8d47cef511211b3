import Foundation

/// Where things lie on this machine.
enum Places {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let repository = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let built = repository.appending(path: "target/debug")
    static let outlines = tests.appending(path: "outlines")
}

/// A folder that is gone with whoever holds it.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "fieldbook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
