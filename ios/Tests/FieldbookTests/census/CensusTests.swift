import Foundation
import Testing

/// The two apps are the same app: same screens, same states, same words. What differs is named here, and why.
struct CensusTests {
    private static let android = Places.repository.appending(path: "android/app/src")
    private static let kotlin = android.appending(path: "main/kotlin/vn/sodiaban/fieldbook")
    private static let kit = Places.repository.appending(path: "ios/Packages/FieldbookKit/Sources/FieldbookKit")

    /// Android's files without a twin of their name.
    private static let others: [String: String] = [
        "FieldbookApp": "App/FieldbookApp.swift",
        "MainActivity": "App/FieldbookApp.swift",
        "me/Languages": "ui/AppSettings.swift: the system keeps a language for each app",
        "scan/Frame": "scan/CodeFinder.swift: the system reads the code",
        "scan/PhoneCamera": "scan/CodeFinder.swift",
    ]

    /// "today/TodayScreen" and so on, each with its text.
    private static func sources(_ root: URL, _ ending: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path) where name.hasSuffix(ending) {
            found[String(name.dropLast(ending.count))] = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        }
        return found
    }

    @Test func everyFileOfAndroidHasItsTwin() throws {
        let ours = Set(try Self.sources(Self.kit, ".swift").keys)
        let missing = try Self.sources(Self.kotlin, ".kt").keys.filter { name in
            Self.others[name] == nil && !ours.contains(name.replacing("ViewModel", with: "Model"))
        }
        #expect(missing.sorted() == [])
    }

    @Test func everyStateHasTheSameName() throws {
        let theirs = try Self.names(
            of: /(?:data class|sealed interface|enum class) (\w+(?:State|Step))\b/, in: Self.sources(Self.kotlin, ".kt"))
        let ours = try Self.names(of: /(?:struct|enum) (\w+(?:State|Step))\b/, in: Self.sources(Self.kit, ".swift"))
        #expect(theirs.subtracting(ours).sorted() == [])
        #expect(ours.subtracting(theirs).sorted() == [])
    }

    @Test func everySampleHasTheSameName() throws {
        let theirs = try Self.samples(Self.sources(Self.kotlin, "Previews.kt"), /\n    val (\w+)/)
        let ours = try Self.samples(Self.sources(Self.kit, "Previews.swift"), /\n    static let `?(\w+)/)
        for (feature, names) in theirs { #expect(ours[feature] == names, "\(feature)") }
        #expect(Set(ours.keys) == Set(theirs.keys))
    }

    @Test func everyPlaceIsThere() throws {
        let theirs = try #require(try Self.sources(Self.kotlin, "Place.kt")["shell/"])
        let ours = try #require(try Self.sources(Self.kit, "Place.swift")["shell/"])
        let their = Set(theirs.matches(of: /data (?:object|class) (\w+)/).map { $0.1.lowercased() })
        #expect(Set(ours.matches(of: /\n    case `?(\w+)/).map { $0.1.lowercased() }) == their)
    }

    @Test func everyPictureOfAndroidHasItsOutlines() throws {
        let tests = try Self.sources(Self.android.appending(path: "test/kotlin/vn/sodiaban/fieldbook"), "ShotsTest.kt")
        var missing: [String] = []
        for text in tests.values {
            let feature = try #require(text.firstMatch(of: /check\("([\w-]+)-\$sample"\)/)).1
            for sample in text.matches(of: #/\n    "([\w-]+)" to /#) {
                for language in ["vi", "en"] {
                    let file = Places.outlines.appending(path: "\(feature)/\(sample.1).\(language).txt")
                    if !FileManager.default.fileExists(atPath: file.path) { missing.append("\(feature)/\(sample.1).\(language)") }
                }
            }
        }
        #expect(missing.sorted() == [])
    }

    private static func names(of pattern: Regex<(Substring, Substring)>, in sources: [String: String]) -> Set<String> {
        Set(sources.values.flatMap { $0.matches(of: pattern).map { String($0.1) } })
    }

    private static func samples(_ previews: [String: String], _ pattern: Regex<(Substring, Substring)>) -> [String: Set<String>] {
        previews.compactMapValues { text in
            let names = Set(text.matches(of: pattern).map { String($0.1) })
            return names.isEmpty ? nil : names
        }
    }
}
