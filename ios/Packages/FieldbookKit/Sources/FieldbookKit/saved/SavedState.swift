import FieldbookCore

/// What was just saved.
struct SavedState: Sendable {
    var saved: Reading<SavedCase> = .loading
    var undo = Undo.none
    var isBusy = false
    var problem: FieldbookError?
}

struct SavedCase: Sendable {
    var `case`: CasePageView
    var status: Status
}

/// How what was saved can still be turned back.
enum Undo: Sendable {
    case none

    /// Within ten seconds: it becomes its form again.
    case toForm

    /// Later, where someone has the screen read aloud: it is taken back.
    case takeBack

    /// It was taken back.
    case takenBack
}
