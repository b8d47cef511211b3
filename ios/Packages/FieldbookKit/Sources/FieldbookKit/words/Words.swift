import Foundation

/// A language the app speaks.
public enum Language: String, CaseIterable, Sendable {
    case vi, en

    /// The one the system chose for this app: Vietnamese unless the person asked for English.
    public static var ofTheSystem: Language {
        Bundle.main.preferredLocalizations.lazy.compactMap { Language(rawValue: String($0.prefix(2))) }.first ?? .vi
    }
}

/// What stands on the screen, in one language: `words(.actionBack)`, `words(.commonStep, 2, 5)`, `words(.photos, count: 3)`.
public struct Words: Sendable {
    public let language: Language
    private let templates: Templates

    public init(_ language: Language) {
        self.language = language
        templates = Templates(language)
    }

    public func callAsFunction(_ key: Key, _ parts: any Part...) -> String {
        let template = templates.words(of: key)
        return parts.isEmpty ? template : String(format: template, arguments: parts.map(\.part))
    }

    /// In the form that goes with this number, which is the first of the parts.
    public func callAsFunction(_ key: Key, count: Int, _ parts: any Part...) -> String {
        String(format: templates.words(of: key, count: count), arguments: ([count] + parts).map(\.part))
    }
}

/// What may stand in for a placeholder: a text or a number.
public protocol Part {
    var part: any CVarArg { get }
}

extension String: Part {
    public var part: any CVarArg { self as NSString }
}

extension Int: Part {
    public var part: any CVarArg { self }
}

extension Int32: Part {
    public var part: any CVarArg { Int(self) }
}
