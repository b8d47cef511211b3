import Foundation
import Testing

/// The table of the two apps in ARCHITECTURE.md names what is there.
struct MapCensusTests {
    @Test func everythingTheTableNamesIsThere() throws {
        let rows = try Self.rows()
        #expect(rows.count >= 10)
        let android = try Ground("android/app/src", ".kt")
        let ios = try Ground("ios", ".swift")
        #expect(rows.flatMap(\.android).filter { !android.has($0) } == [])
        #expect(rows.flatMap(\.ios).filter { !ios.has($0) } == [])
    }

    private struct Row { let android, ios: [String] }

    /// What stands in backticks, row by row.
    private static func rows() throws -> [Row] {
        let page = try String(contentsOf: Places.repository.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        let part = try #require(page.components(separatedBy: "\n## ").first { $0.hasPrefix("The two apps") })
        let lines = part.split(separator: "\n").filter { $0.hasPrefix("|") && !$0.hasPrefix("|--") }.dropFirst()
        return try lines.map { line in
            let cells = line.split(separator: "|").map { $0.matches(of: /`([^`]+)`/).map { String($0.1) } }
            try #require(cells.count == 2, "\(line)")
            return Row(android: cells[0], ios: cells[1])
        }
    }

    /// The sources of one app.
    private struct Ground {
        private let files: Set<String>
        private let folders: Set<String>
        private let text: String

        init(_ folder: String, _ ending: String) throws {
            let sources = try Places.sources(Places.repository.appending(path: folder), ending)
            files = Set(sources.keys.flatMap { [String($0.split(separator: "/").last ?? ""), $0 + ending] })
            let all = Places.paths(Places.repository.appending(path: folder))
            folders = Set(all.compactMap { $0.split(separator: "/").dropLast().last.map(String.init) })
            text = sources.filter { !$0.key.hasSuffix("MapCensusTests") }.values.joined(separator: "\n")
        }

        /// A folder, a file of any feature (`XState`), a path, or a word of the code (`Key.aB` is any key).
        func has(_ name: String) -> Bool {
            if name.hasSuffix("/") { return folders.contains(String(name.dropLast())) }
            if let file = name.wholeMatch(of: /X([A-Z]\w+)/) { return files.contains("Today\(file.1)") }
            if name.contains("/") { return files.contains(name) }
            return files.contains(name) || text.contains(name.replacing(/(a_b|aB)$/, with: ""))
        }
    }
}
