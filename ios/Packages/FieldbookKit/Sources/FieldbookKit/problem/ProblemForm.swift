import FieldbookCore

/// The form of a problem by itself.
enum ProblemForm: FormShape {
    /// The questions about a problem, in their order.
    enum Part: String, CaseIterable, Sendable { case hamlet, what, handling, check }

    static let slot = "problem"
    static let check = Part.check

    static func wrap(_ content: ProblemEntry) -> Entry { .problem(entry: content) }

    static func unwrap(_ entry: Entry) -> ProblemEntry? {
        guard case .problem(let content) = entry else { return nil }
        return content
    }

    static func pages(_ content: ProblemEntry, _ choices: FormChoices, isOneByOne: Bool) -> [[Part]] {
        isOneByOne ? Part.allCases.map { [$0] } : [[.hamlet], [.what, .handling], [.check]]
    }

    static func part(of field: Field) -> Part {
        switch field {
        case .hamlet: .hamlet
        case .text, .where, .photo: .what
        case .toLevel: .handling
        default: .check
        }
    }

    static func missing(on page: [Part], _ content: ProblemEntry) -> Field? {
        if page.contains(.hamlet), content.hamletId.isEmpty { return .hamlet }
        if page.contains(.what), content.text.isBlank, content.photos.isEmpty { return .text }
        return page.contains(.handling) && content.handling == nil ? .toLevel : nil
    }

    static func photos(_ content: ProblemEntry, in slot: String) -> [PhotoEntry] { content.photos }

    static func setPhotos(_ photos: [PhotoEntry], in slot: String, of content: inout ProblemEntry) { content.photos = photos }
}
