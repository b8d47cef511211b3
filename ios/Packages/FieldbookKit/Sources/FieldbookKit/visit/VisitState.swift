import FieldbookCore

typealias OpenVisit = OpenForm<VisitForm>

/// A visit's form, and what is looked up beside it.
struct VisitState: Sendable {
    var form = FormState<VisitForm>()
    var fixing = Fixing.idle
    /// How well the place is known as the form stands.
    var grade: PlaceGrade?
    /// Places by what was typed; none before anything was.
    var found: [HamletChoice]?
}
