import FieldbookCore

/// The form of a report. With all three boxes blank it says "không phát sinh".
enum ReportForm: FormShape {
    /// The three boxes of a report, and the look over it.
    enum Part: String, CaseIterable, Sendable { case done, notDone, proposed, check }

    static let check = Part.check

    static func wrap(_ content: ReportEntry) -> Entry { .report(entry: content) }

    static func unwrap(_ entry: Entry) -> ReportEntry? {
        guard case .report(let content) = entry else { return nil }
        return content
    }

    static func pages(_ content: ReportEntry, _ choices: FormChoices, isOneByOne: Bool) -> [[Part]] {
        isOneByOne ? Part.allCases.map { [$0] } : [[.done, .notDone, .proposed], [.check]]
    }

    static func part(of field: Field) -> Part { field == .reportBox ? .done : .check }

    static func tidy(_ content: inout ReportEntry) {
        content.nothing = content.done.isBlank && content.notDone.isBlank && content.proposed.isBlank
    }

    static func photos(_ content: ReportEntry, in slot: String) -> [PhotoEntry] { [] }

    static func setPhotos(_ photos: [PhotoEntry], in slot: String, of content: inout ReportEntry) {}
}
