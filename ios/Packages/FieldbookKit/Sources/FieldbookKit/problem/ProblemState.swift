import FieldbookCore

typealias OpenProblem = OpenForm<ProblemForm>

/// The form of a problem by itself.
struct ProblemState: Sendable {
    var form = FormState<ProblemForm>()
    /// Places by what was typed; none before anything was.
    var found: [HamletChoice]?
}
