import Foundation

/// The texts of the String Catalog in one language, their placeholders still open.
struct Templates: Sendable {
    #if os(Linux)
        /// SwiftPM compiles no catalog here: its source is read instead.
        private let strings: [String: Catalog.Localization]

        init(_ language: Language) {
            strings = Catalog.shared.strings.compactMapValues { $0.localizations[language.rawValue] }
        }

        func words(of key: Key) -> String { strings[key.rawValue]?.stringUnit?.value ?? key.rawValue }

        /// Of the languages here only English has a form of its own for one.
        func words(of key: Key, count: Int) -> String {
            let forms = strings[key.rawValue]?.variations?.plural ?? [:]
            return (count == 1 ? forms["one"] : nil)?.stringUnit.value ?? forms["other"]?.stringUnit.value ?? key.rawValue
        }
    #else
        private let bundle: Bundle

        init(_ language: Language) {
            let folder = Bundle.module.path(forResource: language.rawValue, ofType: "lproj")
            bundle = folder.flatMap(Bundle.init(path:)) ?? Bundle.module
        }

        func words(of key: Key) -> String { bundle.localizedString(forKey: key.rawValue, value: nil, table: nil) }

        /// What Foundation gives for such a key chooses the form itself when it is filled in.
        func words(of key: Key, count: Int) -> String { words(of: key) }
    #endif
}

#if os(Linux)
    /// A String Catalog as it lies on the disk.
    struct Catalog: Decodable, Sendable {
        struct Entry: Decodable, Sendable { let localizations: [String: Localization] }
        struct Localization: Decodable, Sendable {
            let stringUnit: Unit?
            let variations: Variations?
        }
        struct Variations: Decodable, Sendable { let plural: [String: Form] }
        struct Form: Decodable, Sendable { let stringUnit: Unit }
        struct Unit: Decodable, Sendable { let value: String }

        let strings: [String: Entry]

        static let shared: Catalog = {
            guard let file = Bundle.module.url(forResource: "Localizable", withExtension: "xcstrings") else { return Catalog(strings: [:]) }
            do {
                return try JSONDecoder().decode(Catalog.self, from: Data(contentsOf: file))
            } catch {
                preconditionFailure("the String Catalog cannot be read: \(error)")
            }
        }()
    }
#endif
