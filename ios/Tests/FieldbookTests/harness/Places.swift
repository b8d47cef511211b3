import Foundation

/// Where things lie on this machine.
enum Places {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let repository = tests.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let built = repository.appending(path: "target/debug")
    static let outlines = tests.appending(path: "outlines")
    static let kit = repository.appending(path: "ios/Packages/FieldbookKit/Sources/FieldbookKit")

    /// The texts of a folder's sources: "today/TodayScreen" and so on.
    static func sources(_ root: URL, _ ending: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in paths(root) where name.hasSuffix(ending) {
            found[String(name.dropLast(ending.count))] = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        }
        return found
    }

    /// Everything below a folder but what was built there. Not by `subpathsOfDirectory`: on Linux that reads beyond what the system
    /// gave of a folder of hundreds, and now and then crashes.
    static func paths(_ root: URL) -> [String] {
        var found: [String] = []
        let all = FileManager.default.enumerator(atPath: root.path)
        while let name = all?.nextObject() as? String {
            if name == ".build" { all?.skipDescendants() } else { found.append(name) }
        }
        return found
    }
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
