import Foundation
import Testing

/// The two apps are the same app: same screens, same states, same words. What differs is named here, and why.
struct CensusTests {
    private static let android = Places.repository.appending(path: "android/app/src")
    private static let kotlin = android.appending(path: "main/kotlin/vn/sodiaban/fieldbook")
    private static let kotlinTests = android.appending(path: "test/kotlin/vn/sodiaban/fieldbook")

    /// Files of Android without a twin of their name, and what is there instead.
    private static let onlyOfAndroid: [String: String] = [
        "FieldbookApp": "App/FieldbookApp.swift",
        "MainActivity": "App/FieldbookApp.swift",
        "me/Languages": "ui/AppSettings: the system keeps a language for each app",
        "scan/Frame": "scan/CodeFinder: the system reads the code",
        "scan/PhoneCamera": "scan/CodeFinder",
    ]

    /// Files of iOS without a twin of their name, and why.
    private static let onlyOfIos: [String: String] = [
        "ClosedNotebook": "Android has made the folder of an app before it starts",
        "Surroundings": "Robolectric replaces the system's objects by itself",
        "form/Blank": "isBlank of Kotlin",
        "form/FormShape": "in form/FormModel on Android",
        "form/Turns": "a Mutex of Kotlin's coroutines",
        "keys/Keychain": "the AndroidKeyStore needs no wrapping",
        "outbox/OutboxState": "in outbox/OutboxViewModel on Android",
        "photo/CameraView": "an intent on Android",
        "scan/CodeFinder": "scan/Frame and scan/PhoneCamera",
        "sending/PhotoErrands": "WorkManager lets the core send while the app is closed",
        "ui/AppSettings": "me/Languages",
        "ui/FlowRow": "FlowRow of Compose",
        "ui/Varied": "copy() of Kotlin",
        "words/Key": "R.string",
        "words/Templates": "the resources of Android",
        "words/Words": "stringResource()",
    ]

    @Test func everyFileHasItsTwin() throws {
        let theirs = Set(try Places.sources(Self.kotlin, ".kt").keys.map { $0.replacing("ViewModel", with: "Model") })
        let ours = Set(try Places.sources(Places.kit, ".swift").keys)
        #expect(theirs.subtracting(ours).sorted() == Self.onlyOfAndroid.keys.sorted())
        #expect(ours.subtracting(theirs).sorted() == Self.onlyOfIos.keys.sorted())
    }

    @Test func everyFlowAndEveryPictureHasItsTwin() throws {
        let theirs = try Places.sources(Self.kotlinTests, "Test.kt").keys.filter { $0.hasSuffix("Flow") || $0.hasSuffix("Shots") }
        let ours = try Places.sources(Places.tests, "Tests.swift").keys.filter { $0.hasSuffix("Flow") || $0.hasSuffix("Outline") }
        #expect(Set(theirs.map { $0.replacing(/Shots$/, with: "Outline") }) == Set(ours))
    }

    @Test func everyStateHasTheSameName() throws {
        let theirs = try Self.names(
            of: /(?:data class|sealed interface|enum class) (\w+(?:State|Step))\b/, in: Places.sources(Self.kotlin, ".kt"))
        let ours = try Self.names(of: /(?:struct|enum) (\w+(?:State|Step))\b/, in: Places.sources(Places.kit, ".swift"))
        #expect(theirs.subtracting(ours).sorted() == [])
        #expect(ours.subtracting(theirs).sorted() == [])
    }

    @Test func everySampleHasTheSameName() throws {
        let theirs = try Self.samples(Places.sources(Self.kotlin, "Previews.kt"), /\n    val (\w+)/)
        let ours = try Self.samples(Places.sources(Places.kit, "Previews.swift"), /\n    static let `?(\w+)/)
        for (feature, names) in theirs { #expect(ours[feature] == names, "\(feature)") }
        #expect(Set(ours.keys) == Set(theirs.keys))
    }

    @Test func everyPlaceIsThere() throws {
        let theirs = try #require(try Places.sources(Self.kotlin, "Place.kt")["shell/"])
        let ours = try #require(try Places.sources(Places.kit, "Place.swift")["shell/"])
        let their = Set(theirs.matches(of: /data (?:object|class) (\w+)/).map { $0.1.lowercased() })
        #expect(Set(ours.matches(of: /\n    case `?(\w+)/).map { $0.1.lowercased() }) == their)
    }

    @Test func everyPictureOfAndroidHasItsOutlines() throws {
        let tests = try Places.sources(Self.kotlinTests, "ShotsTest.kt")
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
