import FieldbookCore

enum EnrolStep: Sendable { case code, confirm, pin, filling }

/// Enrolment, step by step.
struct EnrolState: Sendable {
    var step = EnrolStep.code
    /// Whose code it is, once looked up.
    var look: EnrolmentLook?
    var isBusy = false
    var problem: FieldbookError?
    var filling = Filling()
}

/// How far the first data have come.
struct Filling: Equatable, Sendable {
    /// Records still to come; none before the office has said.
    var left: Int64?
    var secondsLeft: Int?
    /// The first batch is here: work can begin, the rest comes by itself.
    var isUsable = false
    var isComplete = false
    var trouble: Trouble?
}
