import Foundation
import FoundationXML
import Testing

@testable import FieldbookKit

/// The two apps say the same words: Android's resources beside what this app reads, in both languages.
struct WordsCensusTests {
    private static let folders: [(Language, String)] = [(.vi, "values"), (.en, "values-en")]

    /// Keys that only Android's system needs.
    private static let ofAndroidAlone: [String: String] = [
        "notify_channel": "iOS has no channels of notifications",
        "screen_me_language_phone": "the language is chosen in the system's settings",
        "screen_me_language_vi": "the language is chosen in the system's settings",
        "screen_me_language_en": "the language is chosen in the system's settings",
    ]

    @Test(arguments: folders) func everyWordIsAndroids(_ language: Language, _ folder: String) throws {
        let (theirs, ours) = (try AndroidWords.read(folder), Self.catalog(language))
        #expect(theirs.count > 400)
        #expect(Set(theirs.keys).symmetricDifference(ours.keys).sorted() == [])
        #expect(theirs.filter { ours[$0.key] != $0.value }.keys.sorted() == [], "words that differ")
    }

    @Test func everyKeyIsInTheCatalogAndNoOther() {
        let keys = Set(Key.allCases.map(\.rawValue))
        #expect(keys.symmetricDifference(Self.catalog(.vi).keys).sorted() == [])
    }

    /// One, two … without a gap, the same in every form and in both languages, and each for the same kind of thing.
    @Test func placeholdersAreTheSameInBothLanguages() {
        let (vi, en) = (Self.catalog(.vi), Self.catalog(.en))
        for (key, forms) in vi {
            let all = (Array(forms.values) + Array((en[key] ?? [:]).values)).map(Self.placeholders)
            #expect(Set(all).count == 1, "\(key): \(all)")
            let numbers = (all.first ?? []).compactMap { $0.dropFirst().first?.wholeNumberValue }
            #expect(numbers == Array(1..<(numbers.count + 1)), "\(key)")
        }
    }

    @Test func everyKeyIsUsed() throws {
        let sources = try Self.swift().filter { $0.key != "words/Key" }.values.joined(separator: "\n")
        let used = Set(sources.matches(of: /\.([a-z]\w+)/).map { String($0.1) })
        let unused = Key.allCases.filter { !used.contains("\($0)") }.map(\.rawValue)
        #expect(unused.sorted() == Self.ofAndroidAlone.keys.sorted())
    }

    @Test func noWordsAreWrittenInTheCode() throws {
        let shown = /"[^"]*[à-ỹÀ-ỸđĐ][^"]*"|\b(?:Text|Page|SectionTitle|Label|accessibilityLabel|MainButton|SideButton)\("[^"\\]*[a-zA-Z]/
        let code = try Self.swift().filter { $0.key.firstMatch(of: /(Previews|Samples)$/) == nil }
        let found = code.flatMap { file, text in
            text.split(separator: "\n").filter { !$0.contains(/^\s*\/\//) && $0.contains(shown) }.map { "\(file): \($0)" }
        }
        #expect(found.sorted() == [])
    }

    /// Key, then form ("other" where there is one only), then words.
    private static func catalog(_ language: Language) -> [String: [String: String]] {
        Catalog.shared.strings.compactMapValues { entry in
            guard let said = entry.localizations[language.rawValue] else { return nil }
            return said.variations?.plural.mapValues(\.stringUnit.value) ?? said.stringUnit.map { ["other": $0.value] }
        }
    }

    private static func placeholders(_ words: String) -> [String] {
        Set(words.matches(of: /%\d\$(?:@|lld)/).map { String($0.0) }).sorted()
    }

    private static func swift() throws -> [String: String] {
        let app = try Places.sources(Places.repository.appending(path: "ios/App"), ".swift")
        return try Places.sources(Places.kit, ".swift").merging(app) { kit, _ in kit }
    }
}

/// Android's resources of one language, as formats of Foundation.
private final class AndroidWords: NSObject, XMLParserDelegate {
    private var words: [String: [String: String]] = [:]
    private var name = ""
    private var form = "other"
    private var item = 0
    private var text: String?

    static func read(_ folder: String) throws -> [String: [String: String]] {
        let resources = Places.repository.appending(path: "android/app/src/main/res/\(folder)")
        let reading = AndroidWords()
        for file in try FileManager.default.contentsOfDirectory(atPath: resources.path) where file.hasPrefix("strings") {
            let parser = XMLParser(data: try Data(contentsOf: resources.appending(path: file)))
            parser.delegate = reading
            guard parser.parse() else { throw CommandFailed(description: "\(folder)/\(file): \(String(describing: parser.parserError))") }
        }
        return reading.words
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        switch element {
        case "string", "plurals", "string-array":
            name = attributes["name"] ?? ""
            form = "other"
            item = 0
            text = element == "string" ? "" : nil
        case "item":
            form = attributes["quantity"] ?? "other"
            item += attributes["quantity"] == nil ? 1 : 0
            text = ""
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { text? += characters }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        guard let said = text, element == "string" || element == "item" else { return }
        words[item == 0 ? name : "\(name)_\(item)", default: [:]][form] = Self.asFormat(said)
        text = nil
    }

    private static func asFormat(_ words: String) -> String {
        words.replacing("\\n", with: "\n").replacing(/\\(.)/) { $0.1 }
            .replacing(/%(\d)\$s/) { "%\($0.1)$@" }.replacing(/%(\d)\$d/) { "%\($0.1)$lld" }
    }
}
