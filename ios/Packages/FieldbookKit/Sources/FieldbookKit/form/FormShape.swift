import FieldbookCore

/// What tells one kind of form from another.
protocol FormShape: Sendable {
    /// What is entered.
    associatedtype Content: Equatable, Sendable
    /// A part of the form: one question. Its name is the step the draft remembers.
    associatedtype Part: RawRepresentable<String>, CaseIterable, Hashable, Sendable

    /// The last page.
    static var check: Part { get }

    static func wrap(_ content: Content) -> Entry

    /// None of another kind of form.
    static func unwrap(_ entry: Entry) -> Content?

    /// The questions, page by page; each on its own when `isOneByOne`, else grouped.
    static func pages(_ content: Content, _ choices: FormChoices, isOneByOne: Bool) -> [[Part]]

    /// Where a fault of this field is shown.
    static func part(of field: Field) -> Part

    /// The pictures in a slot: of the whole, of a topic, of a problem.
    static func photos(_ content: Content, in slot: String) -> [PhotoEntry]

    static func setPhotos(_ photos: [PhotoEntry], in slot: String, of content: inout Content)

    /// The first thing that must be there before one goes on from this page.
    static func missing(on page: [Part], _ content: Content) -> Field?

    /// Takes out what was left blank.
    static func tidy(_ content: inout Content)
}

extension FormShape {
    static func missing(on page: [Part], _ content: Content) -> Field? { nil }

    static func tidy(_ content: inout Content) {}
}
